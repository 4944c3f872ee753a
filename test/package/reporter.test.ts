import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const reporter = fileURLToPath(new URL("../../scripts/reporter.ts", import.meta.url))
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs")

/** Runs Vitest on files of its own, and answers its exit code and the last line it printed. */
const run = (files: Record<string, string>) => {
  const root = mkdtempSync(join(tmpdir(), "welkin-reporter-"))
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
    const args = [vitest, "run", "--globals", "--root", root, "--reporter", "default", "--reporter", reporter]
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" })
    return { status, last: stdout.trimEnd().split("\n").at(-1) }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

describe("the last line of a run", () => {
  it("counts tests", () => {
    expect(run({ "a.test.js": 'it("a", () => {}); it("b", () => {})', "b.test.js": 'it("c", () => {})' })).toEqual({
      status: 0,
      last: "3 passed, 0 failed"
    })
  })

  it("counts failures and what was skipped", () => {
    expect(run({ "a.test.js": 'it("a", () => {}); it("b", () => { throw new Error() }); it.skip("c", () => {}); it.todo("d")' })).toEqual({
      status: 1,
      last: "1 passed, 1 failed, 2 skipped"
    })
  })

  it("counts a file that does not load, a broken hook and a stray rejection as failed", () => {
    expect(
      run({
        "a.test.js": 'throw new Error("load")',
        "b.test.js": 'describe("b", () => { beforeAll(() => { throw new Error("hook") }); it("b", () => {}) })',
        "c.test.js": 'it("c", () => new Promise((resolve) => { Promise.reject(new Error("stray")); setTimeout(resolve, 20) }))'
      })
    ).toEqual({ status: 1, last: "1 passed, 3 failed, 1 skipped" })
  })

  it("says that a run without tests failed", () => {
    expect(run({})).toEqual({ status: 1, last: "0 passed, 1 failed" })
  })

  it("says that a run whose setup broke failed", () => {
    expect(
      run({
        "a.test.js": 'it("a", () => {})',
        "setup.js": 'export default () => { throw new Error("setup") }',
        "vitest.config.js": 'export default { test: { globalSetup: ["./setup.js"] } }'
      })
    ).toEqual({ status: 1, last: "0 passed, 1 failed" })
  })
})
