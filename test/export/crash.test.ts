import { gunzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Export from "../../src/export/Export.js"
import * as FolderSink from "../../src/export/FolderSink.js"
import * as Lock from "../../src/export/Lock.js"
import * as Manifest from "../../src/export/Manifest.js"
import type * as Plan from "../../src/export/Plan.js"
import * as Verify from "../../src/export/Verify.js"
import type * as Fault from "../../src/testing/Fault.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { runs, seed, sweeping } from "../support/runs.js"
import * as CrashFs from "./crashFs.js"

let pid = 0

const inBulk: Partial<Plan.Options> = { kinds: ["patients", "cdt-records"] }

/** Every way of reading: lists of the tenant on several pages and of several names, lists of patients, what is below those, files. */
const byCrawl: Partial<Plan.Options> = {
  mode: "crawl",
  kinds: ["patients", "pdt-records", "encounter-comments", "chat", "documents", "document-files", "users"]
}

/** Work of a process of its own: the ones before it are dead. */
const alone = <A, E, R>(
  work: Effect.Effect<A, E, R>,
  disk: CrashFs.Disk,
  powerFailsAfter = Number.POSITIVE_INFINITY,
  failsAt?: CrashFs.Steps["failsAt"]
) => {
  const steps: CrashFs.Steps = { done: 0, powerFailsAfter, ...(failsAt === undefined ? {} : { failsAt }) }
  const owner = { host: "here", boot: "one", pid: ++pid, started: "1" }
  return work.pipe(
    Effect.provide(CrashFs.layer(disk, steps)),
    Effect.provideService(Lock.Processes, { self: () => owner, user: () => "", isAlive: (other) => other.pid === owner.pid }),
    // small parts: every export here fills some
    Effect.provideService(FolderSink.PartBytes, 1500),
    Effect.exit,
    Effect.map((exit) => ({ exit, steps: steps.done }))
  )
}

const exporting = (
  disk: CrashFs.Disk,
  powerFailsAfter?: number,
  options: Partial<Plan.Options> = inBulk,
  failsAt?: CrashFs.Steps["failsAt"]
) =>
  alone(
    Effect.gen(function* () {
      const { credentials } = yield* Simulator.Simulator
      const plan = Export.plan({ ...credentials, pageSize: 3, ...options })
      return yield* Export.run(plan).pipe(Stream.runLast, Effect.provide(FolderSink.layer(CrashFs.root, plan)))
    }),
    disk,
    powerFailsAfter,
    failsAt
  )

/** The legacy API's, by windows. */
const exportingLegacy = (disk: CrashFs.Disk, powerFailsAfter?: number) =>
  alone(
    Effect.gen(function* () {
      const { legacyCredentials } = yield* Simulator.Simulator
      const plan = Export.plan({ generation: "v1", ...legacyCredentials, pageSize: 3, kinds: ["patients", "external-ids"] })
      return yield* Export.run(plan).pipe(Stream.runLast, Effect.provide(FolderSink.layer(CrashFs.root, plan)))
    }),
    disk,
    powerFailsAfter
  )

const manifestOf = (disk: CrashFs.Disk) =>
  Option.flatMap(CrashFs.bytesOf(disk, Manifest.fileName), (bytes) => Manifest.ofText(new TextDecoder().decode(bytes)))

/** Every line of every part in the manifest, by kind and part. */
const contents = (disk: CrashFs.Disk): ReadonlyArray<readonly [string, ReadonlyArray<string>]> =>
  Option.getOrThrow(manifestOf(disk)).kinds.flatMap(({ files }) =>
    files.map(({ name }) => {
      const bytes = Option.getOrThrow(CrashFs.bytesOf(disk, name))
      return [name, gunzipSync(bytes).toString("utf8").trimEnd().split("\n")] as const
    })
  )

const verified = (disk: CrashFs.Disk) =>
  Verify.verify(CrashFs.root).pipe(Effect.provide(CrashFs.layer(disk, { done: 0, powerFailsAfter: Number.POSITIVE_INFINITY })))

const explain = (exit: Exit.Exit<unknown, unknown>): string => (Exit.isFailure(exit) ? Cause.pretty(exit.cause) : "")

const unchanged: ReadonlyArray<Fault.Fault> = []

/** Somebody changes a record that was read already: its older version is to be taken out. */
const changing = (patientId: string): Fault.Fault => ({
  match: { endpoint: "exports.patients", nth: 3 },
  do: { _tag: "Write", method: "PATCH", path: `/patients/${patientId}`, body: { firstName: "Changed" } }
})

const world = (faults: ReadonlyArray<Fault.Fault>) => Simulator.layerClient({ seed: 3, patients: 8, faults })

const few = (faults: ReadonlyArray<Fault.Fault>) => Simulator.layerClient({ seed: 3, patients: 4, faults })

/** The contents of documents' files. */
const files = (disk: CrashFs.Disk): ReadonlyArray<readonly [string, string]> =>
  Array.from(disk.entries)
    .flatMap(
      ([name, entry]): ReadonlyArray<readonly [string, string]> =>
        entry !== "directory" && name.startsWith(`${CrashFs.root}/files/`) ? [[name, Buffer.from(entry.bytes).toString("hex")]] : []
    )
    .sort()

describe("power cuts", () => {
  for (const [way, options, survival, strides, small] of [
    ["bulk", inBulk, "nothing", 5, world],
    ["bulk", inBulk, "all", 5, world],
    ["bulk", inBulk, "some", 5, world],
    ["a crawl", byCrawl, "nothing", 90, few],
    ["a crawl", byCrawl, "all", 90, few],
    ["a crawl", byCrawl, "some", 45, few]
  ] as const) {
    it.effect(
      `${way}, with ${survival} of the undone surviving: at every step, the next run ends with the same hashes`,
      () =>
        Effect.gen(function* () {
          const golden = CrashFs.empty()
          const whole = yield* exporting(golden, undefined, options).pipe(Effect.provide(small(unchanged)))
          assert.isTrue(Exit.isSuccess(whole.exit), explain(whole.exit))
          const expected = contents(golden)
          assert.isAbove(expected.length, 3)
          assert.strictEqual(files(golden).length > 1, options === byCrawl)
          // every step in the sweep; each test run takes its turn at some
          const stride = runs({ test: strides, sweep: 1 })
          let tried = 0
          for (let step = (seed ?? Date.now()) % stride; step < whole.steps; step += stride) {
            const simulated = Effect.gen(function* () {
              const disk = CrashFs.empty()
              const cut = yield* exporting(disk, step, options)
              assert.isTrue(Exit.isFailure(cut.exit), `step ${step}`)
              const back = CrashFs.afterPowerCut(disk, survival === "some" ? { seed: step } : survival)
              const again = yield* exporting(back, undefined, options)
              assert.isTrue(Exit.isSuccess(again.exit), `step ${step}: ${explain(again.exit)}`)
              assert.deepStrictEqual(contents(back), expected, `step ${step}`)
              assert.deepStrictEqual(files(back), files(golden), `step ${step}`)
              assert.deepStrictEqual((yield* verified(back)).differences, [], `step ${step}`)
              tried++
            })
            yield* simulated.pipe(Effect.provide(small(unchanged)))
          }
          assert.isAbove(tried, 0)
          if (sweeping) yield* Console.log(`${tried} crash points (${way}, ${survival}), 0 failing`)
        }),
      { timeout: runs({ test: 120_000, sweep: 1_200_000 }) }
    )
  }

  it.effect(
    "windows of the legacy API, while a record changes: at every step, the next run, a day later, ends with every record once",
    () =>
      Effect.gen(function* () {
        const legacy = { maxSize: 4 }
        const id = yield* Effect.map(Simulator.Simulator, (one) => one.legacyPatientId(0)).pipe(
          Effect.provide(Simulator.layerClient({ seed: 3 }))
        )
        const changing: Fault.Fault = {
          match: { endpoint: "patients.find", nth: 3 },
          do: { _tag: "Write", method: "PUT", path: `/v1/patients/${id}`, body: { first_name: "Changed" } }
        }
        const service = Simulator.layerClient({ seed: 3, patients: 8, legacy, faults: [changing] })
        const records = (disk: CrashFs.Disk) =>
          contents(disk)
            .flatMap(([name, lines]) => lines.map((line) => `${name.split("/")[0]} ${line}`))
            .sort()
        yield* TestClock.setTime(Date.UTC(2030, 0, 1))
        const golden = CrashFs.empty()
        const whole = yield* exportingLegacy(golden).pipe(Effect.provide(service))
        assert.isTrue(Exit.isSuccess(whole.exit), explain(whole.exit))
        const patients = records(golden).filter((line) => line.startsWith("patients "))
        assert.lengthOf(patients, 8)
        const stride = runs({ test: 90, sweep: 1 })
        let tried = 0
        for (let step = (seed ?? Date.now()) % stride; step < whole.steps; step += stride) {
          yield* Effect.gen(function* () {
            const disk = CrashFs.empty()
            assert.isTrue(Exit.isFailure((yield* exportingLegacy(disk, step)).exit), `step ${step}`)
            const back = CrashFs.afterPowerCut(disk, { seed: step })
            yield* TestClock.adjust("1 day")
            const again = yield* exportingLegacy(back)
            assert.isTrue(Exit.isSuccess(again.exit), `step ${step}: ${explain(again.exit)}`)
            const found = records(back)
            // what changed is there in its new version, whose time of change depends on the run
            assert.lengthOf(found, records(golden).length, `step ${step}`)
            assert.deepStrictEqual(
              found.filter((line) => !line.includes(id)),
              records(golden).filter((line) => !line.includes(id)),
              `step ${step}`
            )
            const one = found.find((line) => line.startsWith("patients ") && JSON.parse(line.slice(9)).id === id)!
            assert.strictEqual(JSON.parse(one.slice(9)).first_name, "Changed", `step ${step}`)
            assert.deepStrictEqual((yield* verified(back)).differences, [], `step ${step}`)
            tried++
          }).pipe(Effect.provide(service))
        }
        assert.isAbove(tried, 0)
        if (sweeping) yield* Console.log(`${tried} crash points (windows, some), 0 failing`)
      }),
    { timeout: runs({ test: 120_000, sweep: 1_200_000 }) }
  )

  it.effect(
    "while a record changes, and while its older version is taken out: every record once, in its newest version",
    () =>
      Effect.gen(function* () {
        const patientId = yield* Effect.map(Simulator.Simulator, ({ patientId }) => patientId(0)).pipe(Effect.provide(world(unchanged)))
        // whichever of the first two pages it stands on, one of these has been read when it changes
        const faults = [changing(patientId)]
        const steps = yield* exporting(CrashFs.empty()).pipe(
          Effect.map(({ steps }) => steps),
          Effect.provide(world(faults))
        )
        const stride = runs({ test: 9, sweep: 1 })
        for (let step = (seed ?? Date.now()) % stride; step <= steps; step += stride) {
          const simulated = Effect.gen(function* () {
            const disk = CrashFs.empty()
            yield* exporting(disk, step)
            const back = CrashFs.afterPowerCut(disk, { seed: step })
            const again = yield* exporting(back)
            assert.isTrue(Exit.isSuccess(again.exit), `step ${step}: ${explain(again.exit)}`)
            const patients = contents(back)
              .filter(([name]) => name.startsWith("patients/"))
              .flatMap(([, lines]) => lines.map((line) => JSON.parse(line)))
            assert.lengthOf(patients, 8, `step ${step}`)
            assert.strictEqual(new Set(patients.map(({ id }) => id)).size, 8, `step ${step}`)
            assert.strictEqual(patients.find(({ id }) => id === patientId).firstName, "Changed", `step ${step}`)
            assert.deepStrictEqual((yield* verified(back)).differences, [], `step ${step}`)
          })
          yield* simulated.pipe(Effect.provide(world(faults)))
        }
        const superseded = CrashFs.empty()
        yield* exporting(superseded).pipe(Effect.provide(world(faults)))
        assert.strictEqual(Option.getOrThrow(manifestOf(superseded)).kinds[0]!.superseded, 1)
      }),
    { timeout: 120_000 }
  )
})

describe("a disk that fails", () => {
  for (const [way, options, code, strides] of [
    ["bulk", inBulk, "EIO", 5],
    ["bulk", inBulk, "ENOSPC", 5],
    ["a crawl", byCrawl, "EIO", 45]
  ] as const) {
    it.effect(
      `${way}, with ${code} at every write, sync, rename and other step: no success is told, and the next run ends with the same hashes`,
      () =>
        Effect.gen(function* () {
          const golden = CrashFs.empty()
          const whole = yield* exporting(golden, undefined, options)
          const stride = runs({ test: strides, sweep: 1 })
          let [tried, failed] = [0, 0]
          for (let step = (seed ?? Date.now()) % stride; step < whole.steps; step += stride) {
            const disk = CrashFs.empty()
            const { exit } = yield* exporting(disk, undefined, options, { step, code })
            tried++
            if (Exit.isSuccess(exit)) {
              // what had been done by then was all there was to do
              assert.deepStrictEqual((yield* verified(disk)).differences, [], `step ${step}`)
            } else {
              failed++
              const error = Option.getOrThrow(Cause.failureOption(exit.cause)) as { readonly _tag: string; readonly code?: string }
              assert.deepStrictEqual([error._tag, error.code], ["DiskError", code], `step ${step}`)
              assert.isTrue(Option.isNone(manifestOf(disk)) || (yield* verified(disk)).differences.length === 0, `step ${step}`)
            }
            const again = yield* exporting(disk, undefined, options)
            assert.isTrue(Exit.isSuccess(again.exit), `step ${step}: ${explain(again.exit)}`)
            assert.deepStrictEqual(contents(disk), contents(golden), `step ${step}`)
            assert.deepStrictEqual(files(disk), files(golden), `step ${step}`)
          }
          assert.isAtLeast(failed, tried - 3)
          if (sweeping) yield* Console.log(`${tried} failing steps (${way}, ${code}), ${failed} told, 0 lost`)
        }).pipe(Effect.provide((options === byCrawl ? few : world)(unchanged))),
      { timeout: runs({ test: 120_000, sweep: 1_200_000 }) }
    )
  }
})
