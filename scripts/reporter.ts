import type { Reporter, SerializedError, TestModule } from "vitest/node"

/**
 * Prints `N passed, N failed` as the very last line of a run, `, N skipped` behind it if any.
 *
 * Vitest prints its own summary from the last hook a reporter has, so this waits for the process to end. What broke outside
 * a test (a file that does not load, a hook, an unhandled rejection, a global setup) counts as failed too.
 */
export default class Totals implements Reporter {
  private passed = 0
  private failed = 0
  private skipped = 0

  onInit(): void {
    process.once("exit", (code) => {
      if (code !== 0 && this.failed === 0) this.failed = 1
      if (code === 0 && this.failed > 0) process.exitCode = 1
      process.stdout.write(`${this.passed} passed, ${this.failed} failed${this.skipped > 0 ? `, ${this.skipped} skipped` : ""}\n`)
    })
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandled: ReadonlyArray<SerializedError>): void {
    this.passed = 0
    this.failed = unhandled.length
    this.skipped = 0
    for (const module of modules) {
      if (module.errors().length > 0) this.failed++
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) this.failed++
      }
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === "passed") this.passed++
        else if (state === "failed") this.failed++
        else this.skipped++
      }
    }
  }
}
