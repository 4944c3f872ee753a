import type { ChildProcess } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Fault from "../../src/testing/Fault.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { layerServer } from "../../src/testing/server.js"
import { environment, hashesOf, two } from "../support/exporting.js"
import { temporaryFolder } from "../support/folder.js"
import * as Processes from "../support/process.js"
import { runs, seed as seedOfRun } from "../support/runs.js"

const slowly = (millis: number): Fault.Fault => ({ match: { method: "GET", times: "always" }, do: { _tag: "Delay", millis } })

/** Holds the first page of a kind until the test lets it go. */
const latched = (endpoint: Fault.EndpointId, name: string): Fault.Fault => ({ match: { endpoint, nth: 1 }, do: { _tag: "Latch", name } })

const simulated = (...faults: ReadonlyArray<Fault.Fault>) => layerServer({ seed: 1, patients: 60, faults })

const exporting = (out: string, ...more: ReadonlyArray<string>) => ["export", "--out", out, ...two, "--page-size", "15", ...more]

/** Requests for records that the simulator has seen. */
const pagesAsked = Effect.map(
  Effect.flatMap(Simulator.Simulator, ({ journal }) => journal),
  (journal) => journal.filter(({ endpoint }) => endpoint?.startsWith("exports.")).length
)

/** An export under way, as its own process. */
const underWay = (out: string, env: Record<string, string>) =>
  Effect.gen(function* () {
    const spawned = yield* Deferred.make<ChildProcess>()
    const told = yield* Deferred.make<void>()
    const ended = yield* Effect.fork(
      Processes.welkin(exporting(out), {
        env,
        onSpawn: (child) => Deferred.unsafeDone(spawned, Effect.succeed(child)),
        onStderr: (text) => {
          if (text.includes("exporting")) Deferred.unsafeDone(told, Effect.void)
        }
      })
    )
    const child = yield* Deferred.await(spawned)
    yield* Deferred.await(told)
    let first: number | undefined
    return {
      kill: (signal: NodeJS.Signals) =>
        Effect.sync(() => {
          first ??= Date.now()
          child.kill(signal)
        }),
      /** How it ended, and how long after the first signal. */
      ended: Effect.map(Fiber.join(ended), (how) => ({ ...how, millis: Date.now() - first! }))
    }
  })

/** What it takes on this machine, at this moment, for a process to begin and to end: the promise is about one that is not busy. */
const slack = Effect.map(Effect.timed(Processes.welkin(["--version"])), ([taken]) => Duration.toMillis(taken))

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
  it.live(
    "SIGINT at any time: 130 within two seconds, how to go on, and the same hashes in the end (F84)",
    () =>
      Effect.gen(function* () {
        const parent = yield* temporaryFolder
        const env = yield* environment
        const { restore, snapshot } = yield* Simulator.Simulator
        const fresh = yield* snapshot
        const golden = yield* goldenOf(parent, env)
        const seed = seedOfRun ?? Date.now() % 1_000_000
        const busy = yield* slack
        const times = runs({ test: 5, sweep: 100 })
        // the whole export takes about half a second: spread over it, and a little beside each other in each run
        const delay = (n: number) => Math.round(((n + ((seed * (n + 1) * 7919) % 1000) / 1000) * 400) / times)
        yield* Effect.forEach(
          Array.from({ length: times }, (_, n) => n),
          (n) =>
            Effect.gen(function* () {
              // hundreds of starts in five minutes would have the API client blocked
              yield* restore(fresh)
              const out = join(parent, `out-${n}`)
              const { ended, kill } = yield* underWay(out, env)
              yield* Effect.sleep(delay(n))
              yield* kill("SIGINT")
              const { code, millis, stderr } = yield* ended
              const what = `seed ${seed}, run ${n}, after ${delay(n)} ms`
              // it may have been quicker
              if (code !== 0) {
                assert.strictEqual(code, 130, `${what}: ${stderr}`)
                assert.isBelow(millis, 2000 + busy, what)
                assert.include(stderr, `Go on with: welkin export --out ${out}`, what)
                assert.isFalse(existsSync(join(out, "manifest.json")), what)
              }
              yield* goesOn(out, env, golden)
            })
        )
      }).pipe(Effect.scoped, Effect.provide(simulated(slowly(40)))),
    runs({ test: 60_000, sweep: 1_800_000 })
  )

  it.live("SIGTERM: what is arriving is kept, and nothing new is sent", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const { held, release } = yield* Simulator.Simulator
      const { ended, kill } = yield* underWay(out, yield* environment)
      yield* held("patients")
      yield* held("records")
      yield* kill("SIGTERM")
      yield* release("patients")
      yield* Effect.sleep("200 millis")
      yield* release("records")
      const { code, stderr } = yield* ended
      assert.strictEqual(code, 143, stderr)
      assert.include(stderr, "Go on with:")
      assert.strictEqual(yield* pagesAsked, 2)
      assert.lengthOf(readFileSync(join(out, "journal.ndjson"), "utf8").match(/"part":/g) ?? [], 2)
    }).pipe(Effect.scoped, Effect.provide(simulated(latched("exports.patients", "patients"), latched("exports.cdtRecords", "records"))))
  )

  it.live("a page that does not arrive in a second is dropped", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const { held } = yield* Simulator.Simulator
      const { ended, kill } = yield* underWay(out, yield* environment)
      yield* held("patients")
      yield* kill("SIGINT")
      const { code, millis, stderr } = yield* ended
      assert.strictEqual(code, 130)
      assert.isAbove(millis, 900)
      assert.isBelow(millis, 2000 + (yield* slack))
      assert.include(stderr, "Go on with:")
    }).pipe(Effect.scoped, Effect.provide(simulated(latched("exports.patients", "patients"))))
  )

  it.live("SIGTERM, then SIGINT: at once, with the code of the first, and the export can go on (F85)", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const env = yield* environment
      const { held, release } = yield* Simulator.Simulator
      const { ended, kill } = yield* underWay(out, env)
      yield* held("patients")
      yield* kill("SIGTERM")
      // two signals at once may arrive in any order
      yield* Effect.sleep("100 millis")
      yield* kill("SIGINT")
      const { code, stderr } = yield* ended
      assert.strictEqual(code, 143)
      // no second for the page, and no time for words either
      assert.notInclude(stderr, "Go on with:")
      yield* release("patients")
      const again = yield* Processes.welkin(exporting(out), { env })
      assert.strictEqual(again.code, 0, again.stderr)
    }).pipe(Effect.scoped, Effect.provide(simulated(latched("exports.patients", "patients"))))
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
      const parent = yield* temporaryFolder
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
