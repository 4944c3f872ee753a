import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Export from "../../src/export/Export.js"
import * as FolderSink from "../../src/export/FolderSink.js"
import type * as Manifest from "../../src/export/Manifest.js"
import type * as Plan from "../../src/export/Plan.js"
import * as Previous from "../../src/export/Previous.js"
import * as Verify from "../../src/export/Verify.js"
import type * as Fault from "../../src/testing/Fault.js"
import * as Simulator from "../../src/testing/Simulator.js"
import * as Documents from "../../src/v8/Documents.js"
import * as Patients from "../../src/v8/Patients.js"
import { whileTimePasses } from "../support/clock.js"
import { temporaryFolder } from "../support/folder.js"
import { runs, seed } from "../support/runs.js"

type Options = Partial<Plan.Options> & { readonly retry?: ReadonlyArray<Manifest.Failure> }

const kindsHere = ["patients", "tasks", "documents", "users"]

const planned = (options: Options = {}) =>
  Effect.map(Simulator.Simulator, ({ credentials }) => Export.plan({ ...credentials, kinds: kindsHere, pageSize: 5, ...options }))

const doing = (out: string, plan: Plan.Plan, { retry }: Options, previous?: Previous.Previous) =>
  Export.run(plan, { retry }).pipe(
    Stream.runCollect,
    Effect.map(Chunk.toReadonlyArray),
    Effect.provide(FolderSink.layer(out, plan, previous))
  )

const writing = (out: string, options: Options = {}) =>
  Effect.flatMap(planned(options), (plan) => doing(out, plan, options)).pipe(Effect.provide(NodeContext.layer))

/** Stops at a page; false where the export has come to its end before. */
const stopping = (out: string, options: Options, earlier: string, at: number) =>
  Effect.gen(function* () {
    const { fingerprint } = yield* planned(options)
    const previous = yield* Previous.open(earlier, fingerprint)
    const plan = yield* planned({ ...options, previous })
    let pages = 0
    yield* Export.run(plan).pipe(
      Stream.takeUntil((event) => event._tag === "PageWritten" && ++pages === at),
      Stream.runDrain,
      Effect.provide(FolderSink.layer(out, plan, previous))
    )
    return pages === at
  }).pipe(Effect.provide(NodeContext.layer))

/** What changed since the newest export beside the folder, or since the one in another folder. */
const continuing = (out: string, options: Options = {}, earlier?: string) =>
  Effect.gen(function* () {
    const { fingerprint } = yield* planned(options)
    const previous = yield* earlier === undefined ? Previous.find(out, fingerprint) : Previous.open(earlier, fingerprint)
    return yield* doing(out, yield* planned({ ...options, previous }), options, previous)
  }).pipe(Effect.provide(NodeContext.layer))

const manifestOf = (out: string): Manifest.Manifest => JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))

/** What names an export in one that continues it. */
const checkOf = (out: string): string => (manifestOf(out) as unknown as { readonly check: string }).check

const kindOf = (out: string, kind: string): Manifest.KindOfRecord => manifestOf(out).kinds.find(({ name }) => name === kind)!

const linesOf = (out: string, kind: string): ReadonlyArray<string> =>
  kindOf(out, kind).files.flatMap(({ name }) =>
    gunzipSync(readFileSync(join(out, name)))
      .toString("utf8")
      .trimEnd()
      .split("\n")
  )

const deletedIn = (out: string, kind: string): ReadonlyArray<string> => {
  const { deleted } = kindOf(out, kind)
  if (deleted === undefined) return []
  assert.strictEqual(deleted.name, `deleted/${kind}.ndjson`)
  assert.strictEqual(statSync(join(out, deleted.name)).mode & 0o777, 0o600)
  const lines = readFileSync(join(out, deleted.name), "utf8").trimEnd().split("\n")
  assert.lengthOf(lines, deleted.records)
  return lines.map((line) => JSON.parse(line).id)
}

/** What the folders hold together, read one after another as their reader would. */
const merged = (folders: ReadonlyArray<string>, kind: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const out of folders) {
    for (const line of linesOf(out, kind)) found.set(JSON.parse(line).id, line)
    for (const id of deletedIn(out, kind)) found.delete(id)
  }
  return new Map(Array.from(found).sort())
}

const isSound = (out: string) =>
  Effect.map(Verify.verify(out).pipe(Effect.provide(NodeContext.layer)), ({ complete, differences }) => {
    assert.deepStrictEqual(differences, [])
    assert.isTrue(complete)
  })

const asked = (endpoint: string) =>
  Effect.flatMap(Simulator.Simulator, ({ journal }) =>
    Effect.map(journal, (all) => all.filter((entry) => entry.endpoint === endpoint).length)
  )

const patient = (n: number) => Effect.map(Simulator.Simulator, ({ patientId }) => patientId(n) as Patients.PatientId)

const documentsOf = (n: number) =>
  Effect.flatMap(patient(n), (patientId) => Effect.map(Documents.list({ patientId, size: 200 }), ({ data }) => data.content))

const filed = (n: number) => Effect.flatMap(patient(n), (patientId) => Documents.create({ patientId, body: { type: "doc-type-others" } }))

const tagged = (n: number, documentSummaryId: Documents.DocumentSummaryId, tag: string) =>
  Effect.flatMap(patient(n), (patientId) =>
    Documents.update({ patientId, documentSummaryId, body: { type: "doc-type-others", external_id: tag } })
  )

const thrownAway = (n: number, documentSummaryId: Documents.DocumentSummaryId) =>
  Effect.flatMap(patient(n), (patientId) => Documents.remove({ patientId, documentSummaryId }))

const renamed = (n: number, firstName: string) =>
  Effect.flatMap(patient(n), (patientId) => Patients.update({ patientId, body: { firstName } }))

/** Patients are removed by people, not by an API client. */
const removed = (patientId: string) =>
  Effect.gen(function* () {
    const { addFaults } = yield* Simulator.Simulator
    yield* addFaults({ match: { endpoint: "patients.get" }, do: { _tag: "Write", method: "DELETE", path: `/patients/${patientId}` } })
    yield* Patients.get({ patientId: yield* patient(0) })
  })

const added = (firstName: string) => Patients.create({ body: { firstName, lastName: "Sample" } as never })

const world = (options: Simulator.Options = {}) => Simulator.layerClient({ seed: 7, patients: 12, ...options })

describe("an export that continues an earlier one", () => {
  it.effect(
    "after any changes, the folders together hold what a full export holds, each record once; and what is gone is listed",
    () =>
      Effect.gen(function* () {
        for (let run = 0; run < runs({ test: 3, sweep: 60 }); run++) {
          // bulk routes alone, lists alone, and as it comes: deletions are seen by the lists
          const mode = (["bulk", "crawl", "auto"] as const)[run % 3]!
          yield* Effect.gen(function* () {
            const root = yield* temporaryFolder
            const options = { mode, kinds: mode === "bulk" ? ["patients", "tasks"] : kindsHere }
            const folders = [join(root, "0")]
            yield* writing(folders[0]!, options)
            for (let step = 1; step <= 2; step++) {
              for (let change = yield* Random.nextIntBetween(1, 6); change > 0; change--) {
                const n = yield* Random.nextIntBetween(0, 10)
                const documents = mode === "bulk" ? [] : yield* documentsOf(n)
                const how = yield* Random.nextIntBetween(0, 5)
                if (how === 0) yield* added(`Added${step}`)
                else if (how === 1 && mode !== "bulk") yield* filed(n)
                else if (how === 2 && documents.length > 0) yield* thrownAway(n, documents[0]!.id)
                else if (how === 3 && documents.length > 0) yield* tagged(n, documents[0]!.id, `Tagged${step}`)
                else yield* renamed(n, `Renamed${step}`)
              }
              // a patient who is gone is a deletion that a bulk route does not tell
              if (mode === "crawl" && step === 2) yield* removed(yield* patient(11))
              yield* TestClock.adjust("1 second")
              const next = join(root, `${step}`)
              yield* continuing(next, options)
              yield* isSound(next)
              assert.strictEqual(manifestOf(next).previous, checkOf(folders.at(-1)!))
              folders.push(next)
            }
            const full = join(root, "full")
            yield* writing(full, options)
            for (const { name } of manifestOf(full).kinds) {
              assert.deepStrictEqual(merged(folders, name), merged([full], name), `${mode} ${name}`)
              for (const out of folders) {
                const ids = linesOf(out, name).map((line) => JSON.parse(line).id)
                assert.strictEqual(new Set(ids).size, ids.length)
              }
            }
            if (mode === "crawl") assert.include(deletedIn(folders[2]!, "patients"), yield* patient(11))
          }).pipe(Effect.scoped, Effect.provide(world({ seed: 100 + run })))
        }
      }).pipe(Effect.withRandom(Random.make(seed ?? 1))),
    { timeout: 600_000 }
  )

  it.effect("asks a bulk route for what changed with an overlap, lists for all, and says which; what is as it was is left out", () =>
    Effect.gen(function* () {
      const root = yield* temporaryFolder
      const [first, second, third] = ["1", "2", "3"].map((name) => join(root, name)) as [string, string, string]
      yield* writing(first)
      yield* renamed(3, "Renamed")
      const events = yield* continuing(second)
      assert.deepStrictEqual(
        events.flatMap((event) => (event._tag === "KindStarted" ? [[event.kind, event.mode, event.since]] : [])).sort(),
        [
          ["documents", "crawl", "full"],
          ["patients", "bulk", "cursor"],
          ["tasks", "bulk", "cursor"],
          ["users", "crawl", "full"]
        ]
      )
      const { kinds, previous } = manifestOf(second)
      assert.deepStrictEqual(
        kinds.map(({ deletions, name, records, since }) => [name, since, deletions, records]),
        [
          ["patients", "cursor", "unknown", 1],
          ["tasks", "cursor", "unknown", 0],
          ["documents", "full", "compared", 0],
          ["users", "full", "compared", 0]
        ]
      )
      assert.match(checkOf(first), /^[0-9a-f]{64}$/)
      assert.strictEqual(previous, checkOf(first))
      // the last record of the first export is in the overlap
      assert.isAbove(kindOf(second, "tasks").unchanged!, 0)
      assert.strictEqual(kindOf(second, "documents").unchanged, linesOf(first, "documents").length)
      const { fingerprint } = yield* planned()
      const earlier = yield* Previous.open(first, fingerprint).pipe(Effect.provide(NodeContext.layer))
      const { units } = yield* planned({ previous: earlier })
      const overlapping = new Date(Date.parse(kindOf(first, "patients").cursor!) - 120_000).toISOString()
      assert.strictEqual(units.find(({ kind }) => kind === "patients")!.since, overlapping)
      // nothing has changed
      yield* TestClock.adjust("1 second")
      yield* continuing(third)
      assert.deepStrictEqual(
        manifestOf(third).kinds.map(({ records }) => records),
        [0, 0, 0, 0]
      )
      yield* isSound(third)
      // nor is there anything at all any more
      yield* removed(JSON.parse(linesOf(second, "patients").at(-1)!).id)
      yield* TestClock.adjust("1 second")
      yield* continuing(join(root, "4"))
      const { cursor, records, unchanged } = kindOf(join(root, "4"), "patients")
      assert.deepStrictEqual([records, unchanged], [0, 0])
      assert.strictEqual(cursor, new Date(Date.parse(kindOf(third, "patients").cursor!) - 120_000).toISOString())
    }).pipe(Effect.scoped, Effect.provide(world()))
  )

  it.effect("reads the lists of all patients, not just of those that changed", () =>
    Effect.gen(function* () {
      const root = yield* temporaryFolder
      yield* writing(join(root, "1"))
      const [found] = yield* documentsOf(2)
      yield* tagged(2, found!.id, "Changed")
      const { id } = yield* added("Added")
      const before = yield* asked("documents.list")
      yield* continuing(join(root, "2"))
      assert.strictEqual((yield* asked("documents.list")) - before, 13)
      assert.deepStrictEqual(
        linesOf(join(root, "2"), "documents").map((line) => JSON.parse(line).id),
        [found!.id]
      )
      assert.include(linesOf(join(root, "2"), "patients").join(), id)
    }).pipe(Effect.scoped, Effect.provide(world()))
  )

  it.effect("stopped anywhere, the same command goes on with the same increment, also when a newer export is beside it", () =>
    Effect.gen(function* () {
      const root = yield* temporaryFolder
      yield* writing(join(root, "1"), { mode: "crawl" })
      yield* renamed(1, "Renamed")
      const [gone] = yield* documentsOf(4)
      yield* thrownAway(4, gone!.id)
      yield* TestClock.adjust("1 second")
      const whole = join(root, "whole")
      yield* continuing(whole, { mode: "crawl" })
      const expected = manifestOf(whole).kinds.map(({ deleted, files, unchanged }) => ({
        deleted,
        unchanged,
        sha256: files.map((file) => file.sha256)
      }))
      assert.deepStrictEqual(deletedIn(whole, "documents"), [gone!.id])
      const list = join(whole, "deleted/documents.ndjson")
      const text = readFileSync(list, "utf8")
      writeFileSync(list, text.replace(/[0-9]/, "x"))
      assert.deepStrictEqual((yield* Verify.verify(whole)).differences, [{ name: "deleted/documents.ndjson", what: "has another SHA-256" }])
      writeFileSync(list, text)
      for (let at = 1; at <= 12; at += runs({ test: 4, sweep: 1 })) {
        const out = join(root, `stopped${at}`)
        assert.isTrue(yield* stopping(out, { mode: "crawl" }, join(root, "1"), at))
        yield* continuing(out, { mode: "crawl" })
        yield* isSound(out)
        assert.strictEqual(manifestOf(out).previous, checkOf(join(root, "1")))
        assert.deepStrictEqual(
          manifestOf(out).kinds.map(({ deleted, files, unchanged }) => ({ deleted, unchanged, sha256: files.map((file) => file.sha256) })),
          expected,
          `stopped at page ${at}`
        )
      }
    }).pipe(Effect.scoped, Effect.provide([NodeContext.layer, world()]))
  )

  it.effect("is refused another source, other patients, another predecessor, and one that is not whole", () =>
    Effect.gen(function* () {
      const root = yield* temporaryFolder
      const [first, second] = [join(root, "1"), join(root, "2")]
      const kinds = ["patients"]
      const reasonOf = <R>(effect: Effect.Effect<unknown, { readonly message: string }, R>) =>
        Effect.map(Effect.flip(effect), ({ message }) => message)
      assert.include(yield* reasonOf(continuing(first, { kinds })), "no complete one of the same source")
      yield* writing(first, { kinds })
      yield* continuing(second, { kinds })
      assert.include(yield* reasonOf(continuing(join(root, "3"), { kinds, tenant: "another" }, first)), "tenant another")
      assert.include(yield* reasonOf(continuing(join(root, "3"), { kinds, tenant: "another" })), "no complete one")
      assert.include(yield* reasonOf(continuing(join(root, "3"), { kinds, patients: ["p"] }, first)), "patients of cohort")
      // at the same moment it would be the same export
      yield* TestClock.adjust("1 second")
      yield* writing(join(root, "elsewhere"), { kinds })
      assert.include(yield* reasonOf(continuing(second, { kinds }, join(root, "elsewhere"))), "continuing the export")
      assert.include(yield* reasonOf(writing(second, { kinds })), "continuing the export")
      const { fingerprint } = yield* planned({ kinds })
      const previous = yield* Previous.open(first, fingerprint).pipe(Effect.provide(NodeContext.layer))
      const unaware = planned({ kinds, previous }).pipe(
        Effect.flatMap((plan) => doing(join(root, "3"), plan, {})),
        Effect.provide(NodeContext.layer)
      )
      assert.include(yield* reasonOf(unaware), "another earlier export than the one that was given")
      const [part] = kindOf(first, "patients").files
      writeFileSync(join(first, part!.name), readFileSync(join(first, part!.name)).subarray(1))
      assert.include(yield* reasonOf(continuing(join(root, "3"), { kinds }, first)), "has another length")
      const text = readFileSync(join(first, "manifest.json"), "utf8")
      writeFileSync(join(first, "manifest.json"), text.replace('"complete": true', '"complete": false'))
      assert.include(yield* reasonOf(continuing(join(root, "3"), { kinds }, first)), "is not as it was written")
      assert.isFalse(existsSync(join(root, "3")))
      // what it continued is not to be trusted any more
      assert.include(yield* reasonOf(continuing(join(root, "3"), { kinds }, second)), "is not beside it")
    }).pipe(Effect.scoped, Effect.provide(world()))
  )

  it.effect("what is gone is told once, and again when it has come back as it was", () =>
    Effect.gen(function* () {
      const root = yield* temporaryFolder
      const options = { mode: "crawl", kinds: ["documents"] } as const
      const { restore, snapshot } = yield* Simulator.Simulator
      const step = (name: string) =>
        Effect.zipRight(
          TestClock.adjust("1 second"),
          Effect.as(Effect.zipRight(continuing(join(root, name), options), isSound(join(root, name))), join(root, name))
        )
      yield* writing(join(root, "0"), options)
      const before = yield* snapshot
      const id = (yield* documentsOf(4))[0]!.id
      const line = linesOf(join(root, "0"), "documents").find((text) => JSON.parse(text).id === id)!
      yield* thrownAway(4, id)
      assert.deepStrictEqual([deletedIn(yield* step("1"), "documents"), linesOf(join(root, "1"), "documents")], [[id], []])
      assert.deepStrictEqual([deletedIn(yield* step("2"), "documents"), linesOf(join(root, "2"), "documents")], [[], []])
      yield* restore(before)
      assert.deepStrictEqual([deletedIn(yield* step("3"), "documents"), linesOf(join(root, "3"), "documents")], [[], [line]])
      yield* tagged(4, id, "Changed")
      assert.lengthOf(linesOf(yield* step("4"), "documents"), 1)
      yield* restore(before)
      assert.deepStrictEqual(linesOf(yield* step("5"), "documents"), [line])
    }).pipe(Effect.scoped, Effect.provide(world()))
  )

  it.effect("read by another way than before, a kind is read in full, and nothing is said of deletions", () =>
    Effect.gen(function* () {
      const root = yield* temporaryFolder
      const kinds = ["patients", "tasks"]
      const folders = ["0", "1", "2"].map((name) => join(root, name))
      for (const [at, mode] of (["crawl", "bulk", "crawl"] as const).entries()) {
        yield* TestClock.adjust("1 second")
        yield* renamed(at, "Renamed")
        yield* at === 0 ? writing(folders[at]!, { kinds, mode }) : continuing(folders[at]!, { kinds, mode })
        if (at > 0) for (const kind of kinds) assert.deepInclude(kindOf(folders[at]!, kind), { since: "full", deletions: "unknown" })
      }
      const full = join(root, "full")
      yield* writing(full, { kinds, mode: "crawl" })
      for (const kind of kinds) assert.deepStrictEqual(merged(folders, kind), merged([full], kind), kind)
    }).pipe(Effect.scoped, Effect.provide(world()))
  )

  it.effect("a list of patients that may have missed one takes nobody's records for deleted", () =>
    Effect.gen(function* () {
      const root = yield* temporaryFolder
      const options = { mode: "crawl", kinds: ["patients", "documents", "users"] } as const
      yield* writing(join(root, "1"), options)
      const { addFaults } = yield* Simulator.Simulator
      yield* addFaults({ match: { endpoint: "patients.search", times: "always" }, do: { _tag: "RemoveField", path: "/totalElements" } })
      yield* continuing(join(root, "2"), options)
      assert.deepStrictEqual(
        manifestOf(join(root, "2")).kinds.map(({ deletions, name, verdict }) => [name, verdict, deletions]),
        [
          ["patients", "bestEffort", "unknown"],
          ["documents", "verified", "unknown"],
          ["users", "verified", "compared"]
        ]
      )
    }).pipe(Effect.scoped, Effect.provide(world()))
  )

  it.effect("a kind that is not whole in the earlier one is read in full, and nothing is said of deletions", () =>
    Effect.gen(function* () {
      const root = yield* temporaryFolder
      const [first, second] = [join(root, "1"), join(root, "2")]
      yield* whileTimePasses("15 seconds")(writing(first))
      assert.isFalse(manifestOf(first).complete)
      yield* continuing(second, {}, first)
      assert.deepInclude(kindOf(second, "users"), { since: "full", deletions: "unknown", verdict: "verified", records: 6 })
      assert.deepInclude(kindOf(second, "tasks"), { since: "full", deletions: "unknown", verdict: "verified" })
      assert.deepInclude(kindOf(second, "documents"), { since: "full", deletions: "compared", records: 0 })
      const full = join(root, "full")
      yield* writing(full)
      for (const kind of kindsHere) assert.deepStrictEqual(merged([first, second], kind), merged([full], kind), kind)
    }).pipe(
      Effect.scoped,
      Effect.provide(
        world({
          faults: [
            { match: { endpoint: "users.list", nth: 1, times: 1 }, do: { _tag: "Status", status: 409 } },
            { match: { endpoint: "exports.tasks", nth: 2, times: 1 }, do: { _tag: "Status", status: 409 } }
          ]
        })
      )
    )
  )
})

describe("an increment that is to tell all deletions", () => {
  const kinds = ["patients", "tasks", "documents"]

  it.effect(
    "in a chain with others, stopped or not: what the folders hold together is what a full export holds, without what is gone",
    () =>
      Effect.gen(function* () {
        for (let run = 0; run < runs({ test: 1, sweep: 20 }); run++) {
          const sharedInstants = (yield* Random.nextBoolean) ? 1 : 3
          yield* Effect.gen(function* () {
            const root = yield* temporaryFolder
            const folders = [join(root, "0")]
            yield* writing(folders[0]!, { kinds })
            const alive = [1, 2, 3, 4, 5, 6, 7]
            for (let step = 1; step <= 4; step++) {
              const deletions = step % 2 === 0
              const next = join(root, `${step}`)
              for (let change = yield* Random.nextIntBetween(1, 5); change > 0; change--) {
                const n = alive[yield* Random.nextIntBetween(0, alive.length)]!
                const how = yield* Random.nextIntBetween(0, 4)
                if (how === 0) yield* added(`Added${step}`)
                else if (how === 1) yield* filed(n)
                else yield* renamed(n, `Renamed${step}`)
              }
              // every step takes somebody away; who is not told at once is told later
              const [gone] = alive.splice(yield* Random.nextIntBetween(0, alive.length), 1)
              yield* removed(yield* patient(gone!))
              yield* TestClock.adjust("1 second")
              if (yield* Random.nextBoolean) {
                yield* stopping(next, { kinds, deletions }, folders.at(-1)!, yield* Random.nextIntBetween(1, 6))
                // a kind that had come to its end brings that the next time
                if (!deletions) yield* renamed(0, `Again${step}`)
              }
              yield* continuing(next, { kinds, deletions })
              yield* isSound(next)
              folders.push(next)
              for (const [kind, isBulk] of [
                ["patients", true],
                ["tasks", true],
                ["documents", false]
              ] as const) {
                const found = kindOf(next, kind)
                const expected: ReadonlyArray<unknown> = deletions || !isBulk ? ["full", "compared"] : ["cursor", "unknown"]
                assert.deepStrictEqual([found.since, found.deletions], expected, `${step} ${kind}`)
              }
              if (!deletions) continue
              const full = join(root, `full${step}`)
              yield* writing(full, { kinds })
              for (const kind of kinds) assert.deepStrictEqual(merged(folders, kind), merged([full], kind), `${step} ${kind}`)
            }
          }).pipe(Effect.scoped, Effect.provide(world({ seed: 200 + run, patients: 8, sharedInstants })))
        }
      }).pipe(Effect.withRandom(Random.make(seed ?? 1))),
    { timeout: 600_000 }
  )

  it.effect("leaves out what is as it was, tells who is gone once, and goes on from its own cursors", () =>
    Effect.gen(function* () {
      const root = yield* temporaryFolder
      const options = { kinds: ["patients", "tasks", "encounters"] }
      const [first, second, third, fourth] = ["1", "2", "3", "4"].map((name) => join(root, name)) as [string, string, string, string]
      yield* writing(first, options)
      const tasks = linesOf(first, "tasks").map((line) => JSON.parse(line))
      const gone = tasks[0].patient.id
      const theirs = tasks.filter((task) => task.patient.id === gone).map(({ id }) => id)
      yield* removed(gone)
      yield* added("Added")
      yield* TestClock.adjust("1 second")
      yield* continuing(second, { ...options, deletions: true })
      assert.deepStrictEqual(manifestOf(second).filters, { ...manifestOf(first).filters, deletions: true })
      assert.deepInclude(kindOf(second, "patients"), { records: 1, unchanged: 11, since: "full", deletions: "compared" })
      assert.deepStrictEqual(deletedIn(second, "patients"), [gone])
      assert.deepStrictEqual(Array.from(deletedIn(second, "tasks")).sort(), theirs.sort())
      assert.deepInclude(kindOf(second, "tasks"), { records: 0, unchanged: tasks.length - theirs.length })
      yield* TestClock.adjust("1 second")
      yield* continuing(third, options)
      assert.deepInclude(kindOf(third, "patients"), { records: 0, since: "cursor", deletions: "unknown" })
      yield* TestClock.adjust("1 second")
      yield* continuing(fourth, { ...options, deletions: true })
      assert.deepInclude(kindOf(fourth, "patients"), { records: 0, unchanged: 12, deletions: "compared" })
      assert.isFalse(existsSync(join(fourth, "deleted")))
      // nobody is asked for patients whose lists are not read
      yield* continuing(join(root, "5"), { kinds: ["encounters"], deletions: true }, fourth)
      assert.deepStrictEqual(
        manifestOf(join(root, "5")).kinds.map(({ deletions, name }) => [name, deletions]),
        [["encounters", "compared"]]
      )
      // with or without it, it is not the same export
      const { message } = yield* Effect.flip(continuing(fourth, options))
      assert.include(message, "begun for bulk routes read whole, and this export is for bulk routes read from their cursors")
    }).pipe(Effect.scoped, Effect.provide(world()))
  )

  const tasksAre = (action: Fault.Fault["do"], match: Partial<Fault.Match> = {}) =>
    Effect.flatMap(Simulator.Simulator, ({ addFaults }) =>
      addFaults({ match: { endpoint: "exports.tasks", times: "always", ...match }, do: action })
    )
  const nothing = () => Effect.void

  for (const [name, before, trouble, verdict] of [
    ["fails in the middle", ["auto"], () => tasksAre({ _tag: "Status", status: 409 }, { nth: 2 }), "incomplete"],
    ["ends with a page that does not say so", ["auto"], () => tasksAre({ _tag: "RemoveField", path: "/cursor/hasNext" }), "bestEffort"],
    ["is said to have no record's id any more", ["auto"], () => tasksAre({ _tag: "RemoveField", path: "/data/0/id" }), "verified"],
    [
      "is not permitted any more in bulk",
      ["auto"],
      () => Effect.flatMap(Simulator.Simulator, ({ deny }) => deny("exports.tasks")),
      "verified"
    ],
    ["was crawled before", ["crawl"], nothing, "verified"],
    ["was crawled before the last time", ["crawl", "bulk"], nothing, "verified"]
  ] as const) {
    it.effect(`a kind that ${name}: nobody is taken for gone`, () =>
      Effect.gen(function* () {
        const root = yield* temporaryFolder
        const options = { kinds: ["patients", "tasks"] }
        for (const [at, mode] of before.entries()) {
          const out = join(root, `${at}`)
          yield* at === 0 ? writing(out, { ...options, mode }) : continuing(out, { ...options, mode })
          yield* TestClock.adjust("1 second")
        }
        yield* trouble()
        const last = join(root, "last")
        yield* whileTimePasses("15 seconds")(continuing(last, { ...options, deletions: true }))
        assert.deepInclude(kindOf(last, "tasks"), { verdict, since: "full", deletions: "unknown" })
        assert.isFalse(existsSync(join(last, "deleted")))
        assert.strictEqual(kindOf(last, "patients").deletions, before.some((mode) => mode === "crawl") ? "unknown" : "compared")
      }).pipe(Effect.scoped, Effect.provide(world()))
    )
  }
})

describe("what failed", () => {
  it.effect("is done again alone: neither what is finished nor what is forbidden is asked for", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const { allow, journal } = yield* Simulator.Simulator
      const options = { mode: "crawl" } as const
      yield* whileTimePasses("15 seconds")(writing(out, options))
      const failures = FolderSink.failuresIn(out).pipe(Effect.provide(NodeContext.layer))
      const retry = yield* failures
      assert.deepStrictEqual(
        retry.map(({ kind, unit }) => [kind, unit]),
        [
          ["documents", "documents/00001"],
          ["users", "users/00001"]
        ]
      )
      // permitted again: that is for the whole kind to be read, and no unit that failed
      yield* allow("users.list")
      const before = (yield* journal).length
      yield* whileTimePasses("15 seconds")(writing(out, { ...options, retry }))
      assert.deepStrictEqual(Array.from(new Set((yield* journal).slice(before).map(({ endpoint }) => endpoint))), ["documents.list"])
      assert.deepStrictEqual(
        (yield* failures).map(({ kind, error }) => [kind, error]),
        [["users", "Forbidden"]]
      )
      assert.deepInclude(kindOf(out, "documents"), { verdict: "verified" })
      assert.deepInclude(kindOf(out, "users"), { verdict: "forbidden", records: 0 })
      assert.isAbove(kindOf(out, "patients").records, 0)
      yield* writing(out, options)
      yield* isSound(out)
      assert.isFalse(existsSync(join(out, "failures.ndjson")))
    }).pipe(
      Effect.scoped,
      Effect.provide(
        world({
          deny: ["users.list"],
          faults: [{ match: { endpoint: "documents.list", nth: 3, times: 8 }, do: { _tag: "Status", status: 409 } }]
        })
      )
    )
  )
})
