import { afterAll, afterEach } from "vitest"
import { strays } from "./dialled.js"
import { seed } from "./runs.js"

// Only on demand: loading fast-check costs every test file a tenth of a second.
if (seed !== undefined) {
  const FastCheck = await import("effect/FastCheck")
  FastCheck.configureGlobal({ ...FastCheck.readConfigureGlobal(), seed })
}

// A long row of synchronous properties would keep the worker from answering the runner.
afterEach(() => new Promise<void>((resolve) => setImmediate(resolve)))

afterAll(() => {
  if (strays.size > 0) throw new Error(`dialled beyond this machine: ${[...strays].join(", ")}`)
})
