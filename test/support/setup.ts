import { seed } from "./runs.js"

// Only on demand: loading fast-check costs every test file a tenth of a second.
if (seed !== undefined) {
  const FastCheck = await import("effect/FastCheck")
  FastCheck.configureGlobal({ ...FastCheck.readConfigureGlobal(), seed })
}
