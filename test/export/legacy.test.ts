import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Endpoint from "../../src/Endpoint.js"
import { byName, collections } from "../../src/export/Collection.js"
import * as Export from "../../src/export/Export.js"
import * as FolderSink from "../../src/export/FolderSink.js"
import * as Windows from "../../src/export/internal/windows.js"
import * as JsonSchema from "../../src/export/JsonSchema.js"
import { replaces } from "../../src/export/Kind.js"
import * as Manifest from "../../src/export/Manifest.js"
import * as Plan from "../../src/export/Plan.js"
import * as Verify from "../../src/export/Verify.js"
import * as Simulator from "../../src/testing/Simulator.js"
import * as Timestamp from "../../src/v1/Timestamp.js"
import { temporaryFolder } from "../support/folder.js"
import * as Memory from "../support/memorySink.js"
import { runs } from "../support/runs.js"

/** All of them, those on request included. */
const names = collections.map(({ name }) => name)

const planOf = (options: Partial<Plan.LegacyOptions> = {}) =>
  Effect.map(Simulator.Simulator, ({ legacyCredentials }) =>
    Export.plan({ generation: "v1", ...legacyCredentials, kinds: names, pageSize: 7, ...options })
  )

const events = (out: string, options?: Partial<Plan.LegacyOptions>) =>
  Effect.map(planOf(options), (plan) => Export.run(plan).pipe(Stream.provideSomeLayer(FolderSink.layer(out, plan)))).pipe(
    Stream.unwrap,
    Stream.provideSomeLayer(NodeContext.layer)
  )

const exporting = (out: string, options?: Partial<Plan.LegacyOptions>) =>
  Effect.map(Stream.runLast(events(out, options)), (last) => {
    const event = Option.getOrThrow(last)
    if (event._tag !== "Finished") throw new Error("an export without an end")
    return event.summary
  })

const linesOf = (out: string, kind: string): ReadonlyArray<string> =>
  (readdirSync(out).includes(kind) ? readdirSync(join(out, kind)) : []).flatMap((name) =>
    gunzipSync(readFileSync(join(out, kind, name)))
      .toString("utf8")
      .trimEnd()
      .split("\n")
  )

const manifestOf = (out: string): Manifest.Manifest => Option.getOrThrow(Manifest.ofText(readFileSync(join(out, "manifest.json"), "utf8")))

const sorted = (records: Iterable<any>) => Array.from(records).sort((one, other) => (one.id < other.id ? -1 : 1))

const parsed = (lines: ReadonlyArray<string>) => sorted(lines.map((line) => JSON.parse(line)))

/** Behind everything that was there from the start. */
const later = TestClock.setTime(Date.UTC(2030, 0, 1))

type Options = Omit<Simulator.Options, "legacy"> & { readonly legacy?: Simulator.LegacyOptions }

const world = ({ legacy, ...options }: Options = {}) =>
  Effect.provide(Simulator.layerClient({ seed: 5, patients: 6, ...options, ...(legacy === undefined ? {} : { legacy }) }))

/** What a service lists that has no limits, when it is asked for everything at once. */
const listed = (options: Options) =>
  Effect.forEach(collections, ({ find, name }) =>
    Effect.map(
      Endpoint.raw(find)({ "page[size]": 10_000 }),
      (answer: any) => [name, sorted((Array.isArray(answer) ? answer[0] : answer).data)] as const
    )
  ).pipe(
    Effect.map((all) => new Map(all)),
    world({ ...options, legacy: { ...options.legacy, maxSize: 10_000 } })
  )

describe("Export of the legacy API", () => {
  it("takes the records out of every envelope as they were written", () => {
    const [one, other] = ['{"id":"1","n":9007199254740993}', '{"id":"2","s":"]}"}']
    for (const text of [
      `[${one},${other}]`,
      `{"data":[${one},${other}]}`,
      `{"links":{"data":[3]},"data":[${one} , ${other}],"meta":{}}`,
      `[{"data":[${one},${other}],"meta":{"current":{}}}]`,
      `[{"data":[${one}]},{"meta":{},"data":${other}}]`
    ]) {
      assert.deepStrictEqual(Windows.textsOf(text), [one, other], text)
    }
    for (const text of ["[]", '{"data":[]}', '{"data":null}', '{"meta":{}}', '[{"data":[]}]', '[{"data":null}]', "{}"]) {
      assert.deepStrictEqual(Windows.textsOf(text), [], text)
    }
    assert.deepStrictEqual(Windows.textsOf(`{"data":${one}}`), [one])
  })

  it("tells the newer version to the microsecond, with a zone or without", () => {
    const at = (updatedAt: string) => ({ id: "1", updatedAt })
    assert.isFalse(replaces(at("2021-03-01T09:15:22.104232"), at("2021-03-01T09:15:22.104233")))
    assert.isFalse(replaces(at("2021-03-01 09:15:22.104232"), at("2021-03-01T09:15:22.104233+00:00")))
    assert.isTrue(replaces(at("2021-03-01T09:15:22.104233Z"), at("2021-03-01T09:15:22.104232")))
  })

  for (const [name, legacy] of [
    ["the envelope of 2020", { envelope: "2020", maxSize: 5 }],
    ["the envelope of 2018, without links", { envelope: "2018", spelling: "2018", bounds: "(]", stamps: "naive", maxSize: 6 }],
    ["links that lead nowhere, the latest first", { links: "malformed", order: "descending", bounds: "()" }]
  ] as ReadonlyArray<readonly [string, Simulator.LegacyOptions]>) {
    it.effect(`${name}: every record of every collection once, as it was written`, () =>
      Effect.gen(function* () {
        const expected = yield* listed({ legacy })
        yield* later
        const memory = Memory.make()
        const out = yield* temporaryFolder
        yield* Effect.gen(function* () {
          const plan = yield* planOf()
          yield* Export.run(plan).pipe(Stream.runDrain, Effect.provide(memory.layer))
          const { complete, kinds } = yield* exporting(out)
          assert.isTrue(complete)
          for (const { cursor, drift, mode, name, reading, records, verdict } of kinds) {
            assert.deepStrictEqual([mode, reading, verdict, drift], ["window", ["window"], "verified", 0], name)
            assert.strictEqual(cursor, "2029-12-31T23:58:00.000000Z", name)
            assert.strictEqual(records, expected.get(name)!.length, name)
          }
        }).pipe(world({ legacy }))
        for (const [name, records] of expected) {
          assert.isAbove(records.length, 0, name)
          assert.deepStrictEqual(parsed(memory.lines(name)), records, name)
          assert.deepStrictEqual(parsed(linesOf(out, name)), records, name)
        }
        assert.deepStrictEqual((yield* Verify.verify(out).pipe(Effect.provide(NodeContext.layer))).differences, [])
        const { filters, source } = manifestOf(out)
        assert.deepInclude(source, { generation: "v1", instance: "" })
        assert.deepStrictEqual(filters, { kinds: names, since: null, mode: "window", cohort: null })
      }).pipe(Effect.scoped)
    )
  }

  it.effect("a plan is data, names no secret, and its units run anywhere; since asks for what changed alone", () =>
    Effect.gen(function* () {
      yield* later
      const { legacyCredentials } = yield* Simulator.Simulator
      const plan = Export.plan({ generation: "v1", ...legacyCredentials })
      const usual = plan.fingerprint.filters.kinds
      assert.deepStrictEqual(
        names.filter((name) => !usual.includes(name)),
        ["messages", "patient-tasks"]
      )
      assert.strictEqual(plan.fingerprint.source.tenant, legacyCredentials.clientId)
      assert.deepStrictEqual(Schema.decodeUnknownSync(Plan.LegacyPlan)(JSON.parse(JSON.stringify(plan))), plan)
      const outline = Plan.outlineLegacy(plan)
      assert.deepInclude(outline.kinds[0], { name: "patients", mode: "window", callsAtLeast: { perThousandRecords: 20 } })
      assert.deepStrictEqual(
        outline.leftOut!.map(({ name }) => name),
        ["messages", "patient-tasks", "notifications", "deletions"]
      )
      const memory = Memory.make()
      yield* Export.runUnit(plan.units[0]!).pipe(Effect.provide(memory.layer))
      const times = memory.lines("patients").map((line) => JSON.parse(line).updated_at as string)
      assert.lengthOf(times, 9)
      const middle = times.sort()[4]!
      const half = Memory.make()
      const [unit] = Export.plan({ generation: "v1", ...legacyCredentials, kinds: ["patients"], since: middle }).units
      yield* Export.runUnit(unit!).pipe(Effect.provide(half.layer))
      const found = half.lines("patients").map((line) => JSON.parse(line).updated_at as string)
      // a microsecond more on either side
      assert.deepStrictEqual(
        found.filter((time) => time >= middle).sort(),
        times.filter((time) => time >= middle)
      )
      assert.isBelow(found.length, 9)
    }).pipe(world({ patients: 9 }))
  )

  it("a collection has a JSON Schema of its own", () => {
    const fields = (generation: "v1" | "v8") => Object.keys((JsonSchema.schemaOf("patients", generation) as any).properties ?? {})
    assert.include(fields("v1"), "primary_worker_id")
    assert.notInclude(fields("v8"), "primary_worker_id")
  })

  it.effect.prop(
    "interrupted behind any page, and resumed later: the same records once each",
    [FastCheck.array(FastCheck.integer({ min: 1, max: 30 }), { maxLength: 2 }), FastCheck.constantFrom("2018" as const, "2020" as const)],
    ([stops, envelope]) =>
      Effect.gen(function* () {
        const legacy = { envelope, maxSize: 5 } as const
        const expected = yield* listed({ legacy })
        const out = yield* temporaryFolder
        const some = { kinds: ["patients", "phone-numbers", "external-ids"] }
        yield* later
        yield* Effect.gen(function* () {
          for (const stop of stops) {
            yield* events(out, some).pipe(
              Stream.filter(({ _tag }) => _tag === "PageWritten"),
              Stream.take(stop),
              Stream.runDrain
            )
            yield* TestClock.adjust("40 hours")
          }
          assert.isTrue((yield* exporting(out, some)).complete)
        }).pipe(world({ legacy }))
        for (const name of some.kinds) assert.deepStrictEqual(parsed(linesOf(out, name)), expected.get(name), name)
        assert.deepStrictEqual((yield* Verify.verify(out).pipe(Effect.provide(NodeContext.layer))).differences, [])
      }).pipe(Effect.scoped),
    { timeout: 120_000, fastCheck: { numRuns: runs({ test: 3, sweep: 100 }) } }
  )

  it.effect("what was read before is not read again: a resumed unit goes on at its place", () =>
    Effect.gen(function* () {
      yield* later
      const options = { kinds: ["patients"] }
      const simulator = yield* Simulator.Simulator
      const requests = Effect.map(simulator.journal, (all) => all.filter(({ endpoint }) => endpoint === "patients.find").length)
      yield* exporting(yield* temporaryFolder, options)
      const whole = yield* requests
      const out = yield* temporaryFolder
      yield* events(out, options).pipe(
        Stream.filter(({ _tag }) => _tag === "PageWritten"),
        Stream.take(4),
        Stream.runDrain
      )
      const before = yield* requests
      const [patients] = (yield* exporting(out, options)).kinds
      // the overlap is told from later versions, and nothing has to be taken out
      assert.deepInclude(patients, { records: 40, superseded: 0 })
      assert.isAbove(yield* requests, before)
      // the page that was on its way, and what a new walk has to find out anew
      assert.isAtMost((yield* requests) - whole, whole + 3)
      assert.lengthOf(linesOf(out, "patients"), 40)
    }).pipe(Effect.scoped, world({ patients: 40, legacy: { maxSize: 5 } }))
  )

  for (const partBytes of [64 * 1024, 1])
    it.effect(
      `records that change while they are read are there once, in their newest version, read before or not (parts of ${partBytes})`,
      () =>
        Effect.gen(function* () {
          yield* later
          const out = yield* temporaryFolder
          const simulator = yield* Simulator.Simulator
          const ids = Array.from({ length: 30 }, (_, index) => simulator.legacyPatientId(index))
          // the service's clock is ahead of ours: a walk that ended now would miss what changed
          for (const [at, id] of ids.entries()) {
            yield* simulator.addFaults({
              match: { endpoint: "patients.find", nth: 3 },
              do: { _tag: "Write", method: "PUT", path: `/v1/patients/${id}`, body: { first_name: `Changed-${at}` } }
            })
          }
          const { complete, kinds } = yield* Effect.provideService(exporting(out, { kinds: ["patients"] }), FolderSink.PartBytes, partBytes)
          assert.isTrue(complete)
          assert.deepStrictEqual((yield* Verify.verify(out).pipe(Effect.provide(NodeContext.layer))).differences, [])
          const patients = parsed(linesOf(out, "patients"))
          assert.deepStrictEqual(
            patients.map(({ id }) => id),
            Array.from(ids).sort()
          )
          for (const { first_name } of patients) assert.match(first_name, /^Changed-/)
          assert.isAbove(kinds[0]!.superseded, 0)
          assert.isBelow(kinds[0]!.superseded, 30)
          const first = Option.getOrThrow(Timestamp.fromText(kinds[0]!.cursor!))
          assert.strictEqual(Timestamp.toDateTime(first).epochMillis, Date.UTC(2029, 11, 31, 23, 58))
        }).pipe(Effect.scoped, world({ patients: 30, clockSkewMillis: 3_600_000, legacy: { maxSize: 5 } }))
    )

  it.effect("a walk that lasts longer than a day goes on with what changed behind its end", () =>
    Effect.gen(function* () {
      yield* later
      const simulator = yield* Simulator.Simulator
      const ids = Array.from({ length: 20 }, (_, index) => simulator.legacyPatientId(index))
      for (const id of ids) {
        yield* simulator.addFaults({
          match: { endpoint: "patients.find", nth: 2 },
          do: { _tag: "Write", method: "PUT", path: `/v1/patients/${id}`, body: { first_name: "Changed" } }
        })
      }
      const [unit] = (yield* planOf({ kinds: ["patients"] })).units
      const pages = yield* Windows.pages(byName("patients")!, unit!, { last: [], position: undefined }).pipe(
        // behind each page
        Stream.tap(() => TestClock.adjust("30 hours")),
        Stream.take(12),
        Stream.runCollect,
        Effect.map(Chunk.toReadonlyArray)
      )
      assert.isBelow(pages.length, 12)
      const newest = new Map(pages.flatMap(({ records }) => records.map(({ id, text }) => [id, JSON.parse(text).first_name] as const)))
      assert.deepStrictEqual(Array.from(newest).sort(), Array.from(ids, (id): [string, string] => [id, "Changed"]).sort())
      assert.deepStrictEqual(
        pages.map(({ next }) => next !== undefined),
        pages.map((_, at) => at < pages.length - 1)
      )
    }).pipe(world({ patients: 20, legacy: { maxSize: 5 } }))
  )

  it.effect("a moment that holds more than a page can bring fails its unit, and no other", () =>
    Effect.gen(function* () {
      yield* later
      const out = yield* temporaryFolder
      const { complete, failures, kinds } = yield* exporting(out, { kinds: ["patients", "workers"] })
      assert.isFalse(complete)
      assert.deepStrictEqual(
        kinds.map(({ name, verdict }) => [name, verdict]),
        [
          ["patients", "incomplete"],
          ["workers", "incomplete"]
        ]
      )
      assert.deepStrictEqual(
        failures.map(({ error, unit }) => [unit, error]),
        [
          ["patients", "WindowOverflow"],
          ["workers", "WindowOverflow"]
        ]
      )
      const { complete: others } = yield* exporting(yield* temporaryFolder, { kinds: ["calendars"], pageSize: 50 })
      assert.isFalse(others)
    }).pipe(Effect.scoped, world({ sharedInstants: 8, legacy: { envelope: "2018", links: "none", maxSize: 3 } }))
  )

  it.effect("an outage is waited for, and a collection that is not permitted is told apart from one that is empty", () =>
    Effect.gen(function* () {
      yield* later
      const simulator = yield* Simulator.Simulator
      yield* simulator.addFaults(
        { match: { endpoint: "patients.find", nth: 2, times: 20 }, do: { _tag: "Status", status: 503 } },
        { match: { endpoint: "workers.find", times: "always" }, do: { _tag: "Deny" } }
      )
      const memory = Memory.make()
      const plan = yield* planOf({ kinds: ["patients", "workers"] })
      const fiber = yield* Effect.fork(Stream.runCollect(Export.run(plan)).pipe(Effect.provide(memory.layer)))
      yield* TestClock.adjust("30 minutes")
      const told = Chunk.toReadonlyArray(yield* Fiber.join(fiber))
      assert.isTrue(told.some(({ _tag }) => _tag === "Waiting"))
      assert.lengthOf(new Set(memory.ids("patients")), 20)
      const last = told.at(-1)!
      assert.deepStrictEqual(last._tag === "Finished" && last.summary.kinds.map(({ name, verdict }) => [name, verdict]), [
        ["patients", "verified"],
        ["workers", "forbidden"]
      ])
    }).pipe(world({ patients: 20, legacy: { maxSize: 5 } }))
  )

  it.effect("an export of one generation does not go on in the folder of the other", () =>
    Effect.gen(function* () {
      yield* later
      const out = yield* temporaryFolder
      const { credentials } = yield* Simulator.Simulator
      yield* exporting(out, { kinds: ["workers"] })
      const plan = Export.plan({ ...credentials, kinds: ["users"] })
      const refused = yield* Effect.flip(FolderSink.make(out, plan)).pipe(Effect.provide(NodeContext.layer))
      assert.strictEqual(refused._tag, "FolderRefused")
    }).pipe(Effect.scoped, world())
  )

  it.effect("tells how far it is in events of its kinds", () =>
    Effect.gen(function* () {
      yield* later
      const all = yield* events(yield* temporaryFolder, { kinds: ["workers", "calendars"] }).pipe(
        Stream.runCollect,
        Effect.map(Chunk.toReadonlyArray)
      )
      assert.deepStrictEqual(
        all.filter(({ _tag }) => _tag === "KindStarted" || _tag === "Started"),
        [
          { _tag: "Started", kinds: ["calendars", "workers"] },
          { _tag: "KindStarted", kind: "calendars", mode: "window", units: 1 },
          { _tag: "KindStarted", kind: "workers", mode: "window", units: 1 }
        ]
      )
    }).pipe(Effect.scoped, world())
  )
})
