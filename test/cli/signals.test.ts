import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Fault from "../../src/testing/Fault.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { layerServer } from "../../src/testing/server.js"
import { environment, folder, hashesOf, two } from "../support/exporting.js"
import * as Processes from "../support/process.js"
import { runs, seed as seedOfRun } from "../support/runs.js"

const slowly = (millis: number): Fault.Fault => ({ match: { method: "GET", times: "always" }, do: { _tag: "Delay", millis } })

const simulated = (...faults: ReadonlyArray<Fault.Fault>) => layerServer({ seed: 1, patients: 60, faults })

const exporting = (out: string, ...more: ReadonlyArray<string>) => ["export", "--out", out, ...two, "--page-size", "15", ...more]

/** Requests for records that the simulator has seen. */
const pagesAsked = Effect.map(
  Effect.flatMap(Simulator.Simulator, ({ journal }) => journal),
  (journal) => journal.filter(({ endpoint }) => endpoint?.startsWith("exports.")).length
)

/** Sends signals so many milliseconds after the export has begun, and tells when the process was gone after the first of them. */
const stopped = (out: string, env: Record<string, string>, ...signals: ReadonlyArray<readonly [after: number, signal: NodeJS.Signals]>) =>
  Effect.gen(function* () {
    let first = 0
    const ended = yield* Processes.welkin(exporting(out), {
      env,
      onStderr: (text, kill) => {
        if (!text.includes("exporting")) return
        for (const [after, signal] of signals) {
          setTimeout(() => {
            first ||= Date.now()
            kill(signal)
          }, after)
        }
      }
    })
    return { ...ended, millis: Date.now() - first }
  })

/** Goes on to the end, and compares with an export that was never stopped. */
const goesOn = (out: string, env: Record<string, string>, golden: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const again = yield* Processes.welkin(exporting(out), { env })
    assert.strictEqual(again.code, 0, again.stderr)
    assert.deepStrictEqual(hashesOf(out), golden)
  })

const goldenOf = (parent: string, env: Record<string, string>) =>
  Effect.gen(function* () {
    const out = join(parent, "golden")
    assert.strictEqual((yield* Processes.welkin(exporting(out), { env })).code, 0)
    return hashesOf(out)
  })

describe("signals", () => {
  it.live("SIGINT at any time: 130 within two seconds, how to go on, and the same hashes in the end (F84)", () =>
    Effect.gen(function* () {
      const parent = yield* folder
      const env = yield* environment
      const golden = yield* goldenOf(parent, env)
      const seed = seedOfRun ?? Date.now() % 1_000_000
      const times = runs({ test: 5, sweep: 100 })
      // the whole export takes about half a second: spread over it, and a little beside each other in each run
      const delay = (n: number) => Math.round(((n + ((seed * (n + 1) * 7919) % 1000) / 1000) * 400) / times)
      yield* Effect.forEach(
        Array.from({ length: times }, (_, n) => n),
        (n) =>
          Effect.gen(function* () {
            const out = join(parent, `out-${n}`)
            const { code, millis, stderr } = yield* stopped(out, env, [delay(n), "SIGINT"])
            const what = `seed ${seed}, run ${n}, after ${delay(n)} ms`
            // it may have been quicker
            if (code !== 0) {
              assert.strictEqual(code, 130, `${what}: ${stderr}`)
              assert.isBelow(millis, 2000, what)
              assert.include(stderr, `Go on with: welkin export --out ${out}`, what)
              assert.isFalse(existsSync(join(out, "manifest.json")), what)
            }
            yield* goesOn(out, env, golden)
          })
      )
    }).pipe(Effect.scoped, Effect.provide(simulated(slowly(40))))
  )

  it.live("SIGTERM: what is arriving is kept, and nothing new is sent", () =>
    Effect.gen(function* () {
      const out = join(yield* folder, "out")
      // both first pages are asked for and take half a second
      const { code, millis, stderr } = yield* stopped(out, yield* environment, [100, "SIGTERM"])
      assert.strictEqual(code, 143, stderr)
      assert.isBelow(millis, 2000)
      assert.strictEqual(yield* pagesAsked, 2)
      const journal = readFileSync(join(out, "journal.ndjson"), "utf8")
      assert.lengthOf(journal.match(/"part":/g) ?? [], 2, journal.replace(/[0-9a-f]{16,}/g, "…"))
    }).pipe(Effect.scoped, Effect.provide(simulated(slowly(500))))
  )

  it.live("SIGTERM, then SIGINT: at once, with the code of the first, and the export can go on (F85)", () =>
    Effect.gen(function* () {
      const parent = yield* folder
      const out = join(parent, "out")
      const env = yield* environment
      // the page would have its second
      const { code, millis } = yield* stopped(out, env, [100, "SIGTERM"], [250, "SIGINT"])
      assert.strictEqual(code, 143)
      assert.isBelow(millis, 700)
      const again = yield* Processes.welkin(exporting(out), { env })
      assert.strictEqual(again.code, 0, again.stderr)
    }).pipe(
      Effect.scoped,
      Effect.provide(simulated({ match: { endpoint: "exports.patients", nth: 1 }, do: { _tag: "Delay", millis: 5000 } }))
    )
  )

  it.live("a page that does not arrive in a second is dropped", () =>
    Effect.gen(function* () {
      const out = join(yield* folder, "out")
      const { code, millis, stderr } = yield* stopped(out, yield* environment, [200, "SIGINT"])
      assert.strictEqual(code, 130)
      assert.isAbove(millis, 900)
      assert.isBelow(millis, 2000)
      assert.include(stderr, "Go on with:")
    }).pipe(Effect.scoped, Effect.provide(simulated(slowly(10_000))))
  )
})

describe("pipes (F86)", () => {
  it.live("`| head` ends quietly", () =>
    Effect.gen(function* () {
      const { stderr, stdout } = yield* Processes.welkin(["endpoints"], {
        redirect: '| head -n 1; echo "$PIPESTATUS"',
        shell: "set +e"
      })
      assert.match(stdout, /^\[\n(0|141)\n$/)
      assert.strictEqual(stderr, "")
    })
  )

  it.live("stderr that nobody reads, or that is closed: the export is done all the same", () =>
    Effect.gen(function* () {
      const parent = yield* folder
      const env = yield* environment
      for (const [n, redirect] of ["2>&-", "2> >(true)"].entries()) {
        const args = ["export", "--out", join(parent, `out-${n}`), "--resources", "patients"]
        const { code, stdout } = yield* Processes.welkin(args, { env, redirect })
        assert.strictEqual(code, 0, redirect)
        assert.include(stdout, "complete:")
      }
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  it.live("stdout that is full: exit 74, and why", () =>
    Effect.gen(function* () {
      const { code, stderr } = yield* Processes.welkin(["endpoints"], { redirect: ">/dev/full" })
      assert.strictEqual(code, 74)
      assert.strictEqual(stderr, "Disk: stdout could not be written (ENOSPC).\n")
    })
  )
})
