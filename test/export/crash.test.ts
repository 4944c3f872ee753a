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
import * as Previous from "../../src/export/Previous.js"
import * as Verify from "../../src/export/Verify.js"
import type * as Fault from "../../src/testing/Fault.js"
import * as Simulator from "../../src/testing/Simulator.js"
import * as Documents from "../../src/v8/Documents.js"
import * as Patients from "../../src/v8/Patients.js"
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

/** Kinds of both modes, in two folders beside each other. */
const ofBoth: Partial<Plan.Options> = { kinds: ["patients", "cdt-records", "documents", "users"] }
const [earlier, later] = ["/earlier", "/later"]

/** A disk with an export behind which somebody has gone, somebody changed and somebody come. */
const outdated = Effect.gen(function* () {
  const disk = CrashFs.empty()
  const { credentials, patientId } = yield* Simulator.Simulator
  const plan = Export.plan({ ...credentials, pageSize: 3, ...ofBoth })
  const whole = yield* alone(Stream.runDrain(Export.run(plan)).pipe(Effect.provide(FolderSink.layer(CrashFs.root + earlier, plan))), disk)
  assert.isTrue(Exit.isSuccess(whole.exit), explain(whole.exit))
  const [changed, gone] = [0, 3].map((n) => patientId(n) as Patients.PatientId) as [Patients.PatientId, Patients.PatientId]
  const [first, second] = (yield* Documents.list({ patientId: changed, size: 200 })).data.content
  yield* Documents.remove({ patientId: changed, documentSummaryId: first!.id })
  const body = { type: "doc-type-others", external_id: "Changed" }
  yield* Documents.update({ patientId: changed, documentSummaryId: second!.id, body })
  yield* (yield* Simulator.Simulator).addFaults({
    match: { endpoint: "patients.get" },
    do: { _tag: "Write", method: "DELETE", path: `/patients/${gone}` }
  })
  yield* Patients.get({ patientId: changed })
  yield* Patients.update({ patientId: changed, body: { firstName: "Changed" } })
  yield* Patients.create({ body: { firstName: "Added", lastName: "Sample" } as never })
  yield* TestClock.adjust("1 second")
  return CrashFs.afterPowerCut(disk, "nothing")
})

/** What has changed since. */
const continuing = (deletions: boolean) => (disk: CrashFs.Disk, powerFailsAfter?: number, failsAt?: CrashFs.Steps["failsAt"]) =>
  alone(
    Effect.gen(function* () {
      const { credentials } = yield* Simulator.Simulator
      const options = { ...credentials, pageSize: 3, deletions, ...ofBoth }
      const previous = yield* Previous.find(CrashFs.root + later, Export.plan(options).fingerprint)
      const plan = Export.plan({ ...options, previous })
      return yield* Export.run(plan).pipe(Stream.runLast, Effect.provide(FolderSink.layer(CrashFs.root + later, plan, previous)))
    }),
    disk,
    powerFailsAfter,
    failsAt
  )

const manifestOf = (disk: CrashFs.Disk, folder = "") =>
  Option.flatMap(CrashFs.bytesOf(disk, `${folder}/${Manifest.fileName}`.slice(1)), (bytes) =>
    Manifest.ofText(new TextDecoder().decode(bytes))
  )

/** Every line of every part in the manifest, by kind and part. */
const contents = (disk: CrashFs.Disk, folder = ""): ReadonlyArray<readonly [string, ReadonlyArray<string>]> =>
  Option.getOrThrow(manifestOf(disk, folder)).kinds.flatMap(({ files }) =>
    files.map(({ name }) => {
      const bytes = Option.getOrThrow(CrashFs.bytesOf(disk, `${folder}/${name}`.slice(1)))
      return [name, gunzipSync(bytes).toString("utf8").trimEnd().split("\n")] as const
    })
  )

const verified = (disk: CrashFs.Disk, folder = "") =>
  Verify.verify(CrashFs.root + folder).pipe(Effect.provide(CrashFs.layer(disk, { done: 0, powerFailsAfter: Number.POSITIVE_INFINITY })))

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

/** What an export has come to, save when. */
const found = (disk: CrashFs.Disk, folder: string) => ({
  contents: contents(disk, folder),
  files: files(disk),
  kinds: Option.getOrThrow(manifestOf(disk, folder)).kinds
})

type Found = ReturnType<typeof found>

/** A way to export: where, beginning with what, and what it must have come to for a test of it to be worth its name. */
const wayOf = (
  service: ReturnType<typeof world>,
  run: ReturnType<typeof continuing>,
  isWorth: (found: Found) => boolean,
  folder = "",
  disk: typeof outdated = Effect.sync(CrashFs.empty)
) => ({ disk, folder, isWorth, run, service })

const exportingBy =
  (options: Partial<Plan.Options>): ReturnType<typeof continuing> =>
  (disk, powerFailsAfter, failsAt) =>
    exporting(disk, powerFailsAfter, options, failsAt)

const deletedOf = ({ kinds }: Found) => kinds.flatMap(({ deleted, name }) => (deleted === undefined ? [] : [name])).join()

const ways = {
  bulk: wayOf(world(unchanged), exportingBy(inBulk), ({ contents }) => contents.length > 3),
  "a crawl": wayOf(few(unchanged), exportingBy(byCrawl), ({ contents, files }) => contents.length > 3 && files.length > 1),
  "an increment": wayOf(few(unchanged), continuing(false), (found) => deletedOf(found) === "documents", later, outdated),
  "an increment with all deletions": wayOf(
    few(unchanged),
    continuing(true),
    (found) => deletedOf(found) === "patients,cdt-records,documents",
    later,
    outdated
  )
}

/** What is on the disk before a way is gone, what is found at its end when nothing comes between, and the steps to there. */
const undisturbed = Effect.fnUntraced(function* ({ disk, folder, isWorth, run }: (typeof ways)[keyof typeof ways]) {
  const begun = yield* disk
  const golden = CrashFs.afterPowerCut(begun, "nothing")
  const { exit, steps } = yield* run(golden)
  assert.isTrue(Exit.isSuccess(exit), explain(exit))
  const expected = found(golden, folder)
  assert.isTrue(isWorth(expected))
  return { begun, expected, steps }
})

describe("power cuts", () => {
  for (const [way, survival, strides] of [
    ["bulk", "nothing", 5],
    ["bulk", "all", 5],
    ["bulk", "some", 5],
    ["a crawl", "nothing", 90],
    ["a crawl", "all", 90],
    ["a crawl", "some", 45],
    ["an increment", "nothing", 90],
    ["an increment", "all", 90],
    ["an increment", "some", 90],
    ["an increment with all deletions", "nothing", 90],
    ["an increment with all deletions", "all", 90],
    ["an increment with all deletions", "some", 45]
  ] as const) {
    const { folder, run, service } = ways[way]
    it.effect(
      `${way}, with ${survival} of the undone surviving: at every step, the next run ends with the same hashes`,
      () =>
        Effect.gen(function* () {
          const { begun, expected, steps } = yield* undisturbed(ways[way])
          // every step in the sweep; each test run takes its turn at some
          const stride = runs({ test: strides, sweep: 1 })
          let tried = 0
          for (let step = (seed ?? Date.now()) % stride; step < steps; step += stride) {
            const disk = CrashFs.afterPowerCut(begun, "nothing")
            const cut = yield* run(disk, step)
            assert.isTrue(Exit.isFailure(cut.exit), `step ${step}`)
            const back = CrashFs.afterPowerCut(disk, survival === "some" ? { seed: step } : survival)
            const again = yield* run(back)
            assert.isTrue(Exit.isSuccess(again.exit), `step ${step}: ${explain(again.exit)}`)
            assert.deepStrictEqual(found(back, folder), expected, `step ${step}`)
            assert.deepStrictEqual((yield* verified(back, folder)).differences, [], `step ${step}`)
            tried++
          }
          assert.isAbove(tried, 0)
          if (sweeping) yield* Console.log(`${tried} crash points (${way}, ${survival}), 0 failing`)
        }).pipe(Effect.provide(service)),
      { timeout: runs({ test: 120_000, sweep: 1_200_000 }) }
    )
  }

  it.effect("told complete, an export is there, also in folders that were made for it", () =>
    Effect.gen(function* () {
      const { credentials } = yield* Simulator.Simulator
      const plan = Export.plan({ ...credentials, kinds: ["patients"] })
      const out = `${CrashFs.root}/a/b/c`
      const disk = CrashFs.empty()
      const whole = yield* alone(Stream.runDrain(Export.run(plan)).pipe(Effect.provide(FolderSink.layer(out, plan))), disk)
      assert.isTrue(Exit.isSuccess(whole.exit), explain(whole.exit))
      const back = CrashFs.afterPowerCut(disk, "nothing")
      assert.lengthOf(contents(back, "/a/b/c"), 1)
      assert.deepStrictEqual((yield* verified(back, "/a/b/c")).differences, [])
    }).pipe(Effect.provide(few(unchanged)))
  )

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
  for (const [way, code, strides] of [
    ["bulk", "EIO", 5],
    ["bulk", "ENOSPC", 5],
    ["a crawl", "EIO", 45],
    ["an increment", "EIO", 90],
    ["an increment with all deletions", "ENOSPC", 90]
  ] as const) {
    const { folder, run, service } = ways[way]
    it.effect(
      `${way}, with ${code} at every write, sync, rename and other step: no success is told, and the next run ends with the same hashes`,
      () =>
        Effect.gen(function* () {
          const { begun, expected, steps } = yield* undisturbed(ways[way])
          const stride = runs({ test: strides, sweep: 1 })
          let [tried, failed] = [0, 0]
          for (let step = (seed ?? Date.now()) % stride; step < steps; step += stride) {
            const disk = CrashFs.afterPowerCut(begun, "nothing")
            const { exit } = yield* run(disk, undefined, { step, code })
            tried++
            if (Exit.isSuccess(exit)) {
              // what had been done by then was all there was to do
              assert.deepStrictEqual((yield* verified(disk, folder)).differences, [], `step ${step}`)
            } else {
              failed++
              const error = Option.getOrThrow(Cause.failureOption(exit.cause)) as { readonly _tag: string; readonly code?: string }
              assert.deepStrictEqual([error._tag, error.code], ["DiskError", code], `step ${step}`)
              const isSound = Option.isNone(manifestOf(disk, folder)) || (yield* verified(disk, folder)).differences.length === 0
              assert.isTrue(isSound, `step ${step}`)
            }
            const again = yield* run(disk)
            assert.isTrue(Exit.isSuccess(again.exit), `step ${step}: ${explain(again.exit)}`)
            assert.deepStrictEqual(found(disk, folder), expected, `step ${step}`)
          }
          assert.isAtLeast(failed, tried - 3)
          if (sweeping) yield* Console.log(`${tried} failing steps (${way}, ${code}), ${failed} told, 0 lost`)
        }).pipe(Effect.provide(service)),
      { timeout: runs({ test: 120_000, sweep: 1_200_000 }) }
    )
  }
})
