// npm run --silent endpoints: every endpoint as JSON on stdout, for tools.
import { listing } from "./listing.mjs"

process.stdout.write(`${JSON.stringify(await listing(), null, 2)}\n`)
