import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Endpoint from "../../src/Endpoint.js"
import * as Export from "../../src/export/Export.js"
import * as FolderSink from "../../src/export/FolderSink.js"
import { byName, kinds } from "../../src/export/Kind.js"
import * as Plan from "../../src/export/Plan.js"
import * as Verify from "../../src/export/Verify.js"
import { slices } from "../../src/internal/slices.js"
import * as Simulator from "../../src/testing/Simulator.js"
import * as Chat from "../../src/v8/Chat.js"
import * as DocumentFiles from "../../src/v8/DocumentFiles.js"
import * as Documents from "../../src/v8/Documents.js"
import type { PatientId } from "../../src/v8/Patients.js"
import { whileTimePasses } from "../support/clock.js"
import { temporaryFolder } from "../support/folder.js"
import * as Memory from "../support/memorySink.js"
import { runs } from "../support/runs.js"

const planned = (options: Partial<Plan.Options>) =>
  Effect.map(Simulator.Simulator, ({ credentials }) => Export.plan({ ...credentials, pageSize: 10, ...options }))

const summaryOf = (events: ReadonlyArray<Export.Event>) => {
  const last = events.at(-1)!
  if (last._tag !== "Finished") throw new Error("an export without an end")
  return last.summary
}

const exporting = Effect.fnUntraced(function* (options: Partial<Plan.Options> = {}) {
  const memory = Memory.make()
  const plan = yield* planned(options)
  const events = Chunk.toReadonlyArray(yield* Export.run(plan).pipe(Stream.runCollect, Effect.provide(memory.layer)))
  const summary = summaryOf(events)
  return { ...memory, plan, events, summary, kind: (name: string) => summary.kinds.find((kind) => kind.name === name)! }
})

/** The same into a folder. */
const writing = (out: string, options: Partial<Plan.Options> = {}) =>
  Effect.flatMap(planned(options), (plan) =>
    Export.run(plan).pipe(Stream.runCollect, Effect.map(Chunk.toReadonlyArray), Effect.provide(FolderSink.layer(out, plan)))
  ).pipe(Effect.provide(NodeContext.layer))

const manifestOf = (out: string) => JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))

const linesOf = (out: string, kind: string): ReadonlyArray<string> =>
  manifestOf(out)
    .kinds.find(({ name }: any) => name === kind)
    .files.flatMap(({ name }: any) =>
      gunzipSync(readFileSync(join(out, name)))
        .toString("utf8")
        .trimEnd()
        .split("\n")
    )

const sorted = (texts: ReadonlyArray<string>): ReadonlyArray<string> => Array.from(texts).sort()

/** How often an endpoint was asked. */
const asked = (endpoint: string) =>
  Effect.flatMap(Simulator.Simulator, ({ journal }) =>
    Effect.map(journal, (all) => all.filter((entry) => entry.endpoint === endpoint).length)
  )

const world = (options: Simulator.Options = {}) => Simulator.layerClient({ seed: 7, patients: 12, ...options })

describe("a plan", () => {
  it("names every kind once, and each can be read in some way", () => {
    assert.strictEqual(new Set(kinds.map(({ name }) => name)).size, kinds.length)
    for (const { bulk, crawl, name } of kinds) {
      assert.isTrue(bulk !== undefined || crawl !== undefined, name)
      assert.match(name, /^[a-z-]+$/)
      if (crawl !== undefined) assert.isTrue(crawl.tenant !== undefined || crawl.patient !== undefined, name)
    }
  })

  it("units are data, the same for the same patients; each patient is in one unit of a kind", () => {
    const options = { tenant: "t", instance: "i", baseUrl: "https://welkin.example" }
    FastCheck.assert(
      FastCheck.property(FastCheck.uniqueArray(FastCheck.uuid(), { maxLength: 400 }), FastCheck.boolean(), (patients, asCohort) => {
        const plan = Export.plan(asCohort ? { ...options, patients } : { ...options, mode: "crawl" })
        const units = [...plan.units, ...plan.perPatient.flatMap((kind) => Plan.crawl(plan, kind, patients))]
        const decode = Schema.decodeUnknownSync(Plan.Plan)
        assert.deepStrictEqual(decode(JSON.parse(JSON.stringify(plan))), plan)
        assert.strictEqual(new Set(units.map(({ id }) => id)).size, units.length)
        for (const unit of units) assert.deepStrictEqual(Schema.decodeUnknownSync(Plan.Unit)(JSON.parse(JSON.stringify(unit))), unit)
        const chat = units.filter(({ kind }) => kind === "chat")
        assert.deepStrictEqual(sorted(chat.flatMap(({ patients = [] }) => patients)), sorted(patients))
        assert.isAtMost(units.filter(({ kind }) => kind === "calendar-events").length, 1)
      }),
      { numRuns: runs({ test: 20, sweep: 500 }) }
    )
  })

  it("many patients are cut into at most 200 ranges, few into ranges of 50", () => {
    const plan = Export.plan({ tenant: "t", instance: "i", baseUrl: "https://welkin.example", mode: "crawl" })
    const sizes = (count: number) =>
      Plan.crawl(
        plan,
        "chat",
        Array.from({ length: count }, (_, at) => `p-${at}`)
      ).map(({ patients }) => patients!.length)
    assert.deepStrictEqual(sizes(0), [0])
    assert.deepStrictEqual(sizes(120), [50, 50, 20])
    assert.deepStrictEqual(
      sizes(100_001),
      Array.from({ length: 200 }, (_, at) => (at < 199 ? 501 : 100_001 - 199 * 501))
    )
  })

  it("what cannot be read in a mode is not in its plan, and profiles are in a cohort's only by name", () => {
    const options = { tenant: "t", instance: "i", baseUrl: "https://welkin.example" }
    const of = (more: Partial<Plan.Options>) => Export.plan({ ...options, ...more }).fingerprint.filters.kinds
    assert.deepStrictEqual(of({ mode: "bulk" }).length, 13)
    assert.notInclude(of({ mode: "crawl" }), "voice-calls")
    assert.notInclude(of({}), "data-audits")
    assert.deepStrictEqual(of({ kinds: ["data-audits"] }), ["data-audits"])
    assert.deepStrictEqual(of({ kinds: ["chat"] }), ["patients", "chat"])
    assert.deepStrictEqual(of({ kinds: ["chat"], patients: ["p"] }), ["chat"])
    assert.notInclude(of({ patients: ["p"] }), "pdt-records")
    assert.include(of({ patients: ["p"], kinds: ["pdt-records"] }), "pdt-records")
  })

  it("who the patients are is told by a hash, in whatever order they are named", () => {
    const of = (patients: ReadonlyArray<string>) =>
      Export.plan({ tenant: "t", instance: "i", baseUrl: "https://welkin.example", patients }).fingerprint
    assert.deepStrictEqual(of(["p-CANARY", "q"]), of(["q", "p-CANARY", "q"]))
    assert.notInclude(JSON.stringify(of(["p-CANARY"])), "CANARY")
    assert.match(Plan.difference(of(["p"]), of(["q"]))!, /begun for patients of cohort [0-9a-f]{8}, and this export/)
  })
})

describe("the ways to read a kind", () => {
  it.effect("bulk, crawl and auto bring the same records, all of them as their schemas say", () =>
    Effect.gen(function* () {
      const found = [yield* exporting({ mode: "bulk" }), yield* exporting({ mode: "crawl" }), yield* exporting()] as const
      const [bulk, crawl, auto] = found
      for (const { summary } of found) {
        assert.isTrue(summary.complete)
        for (const { drift, name, verdict } of summary.kinds) assert.deepStrictEqual([name, verdict, drift], [name, "verified", 0])
      }
      assert.deepStrictEqual(
        auto.summary.kinds.map(({ name }) => name),
        kinds.filter(({ onRequest }) => onRequest !== true).map(({ name }) => name)
      )
      // messages of nobody are in no patient's list
      const ofNobody = { sms: "unrecognized-sms", emails: "unrecognized-emails" }
      const others = yield* exporting({ kinds: Object.values(ofNobody) })
      for (const { name } of crawl.summary.kinds) {
        const ids = sorted([...crawl.ids(name), ...others.ids(ofNobody[name as keyof typeof ofNobody] ?? "")])
        assert.isNotEmpty(ids, name)
        const named = ids.filter((id) => id !== "")
        assert.strictEqual(new Set(named).size, named.length, name)
        if (byName(name)!.bulk !== undefined) assert.deepStrictEqual(ids, sorted(bulk.ids(name)), name)
        assert.deepStrictEqual(sorted(auto.ids(name)).length, auto.kind(name).records, name)
      }
    }).pipe(Effect.provide(world()))
  )

  it.effect("a kind whose bulk route is forbidden is crawled, and that is said once; the others are not", () =>
    Effect.gen(function* () {
      const auto = yield* exporting({ kinds: ["patients", "tasks", "sms", "cdt-records"] })
      assert.deepStrictEqual(auto.events.flatMap((event) => (event._tag === "FellBack" ? [event.kind] : [])).sort(), [
        "cdt-records",
        "tasks"
      ])
      assert.deepStrictEqual(
        auto.summary.kinds.map(({ mode, name, verdict }) => [name, mode, verdict]),
        [
          ["patients", "bulk", "verified"],
          ["cdt-records", "crawl", "verified"],
          ["tasks", "crawl", "verified"],
          ["sms", "bulk", "verified"]
        ]
      )
      assert.strictEqual(yield* asked("cdtFormations.list"), 1)
      const strict = yield* exporting({ kinds: ["tasks"], mode: "bulk" })
      assert.deepInclude(strict.kind("tasks"), { mode: "bulk", verdict: "forbidden", records: 0 })
    }).pipe(Effect.provide(world({ deny: ["exports.tasks", "exports.cdtRecords"] })))
  )

  it.effect("a crawl that nobody planned reads the patients first, and keeps them", () =>
    Effect.gen(function* () {
      const auto = yield* exporting({ kinds: ["sms"] })
      assert.deepStrictEqual(
        auto.summary.kinds.map(({ mode, name }) => [name, mode]),
        [
          ["patients", "bulk"],
          ["sms", "crawl"]
        ]
      )
      assert.strictEqual(auto.kind("patients").records, 12)
    }).pipe(Effect.provide(world({ deny: ["exports.sms"] })))
  )

  it.effect("a crawl stays a crawl when bulk is permitted again, and bulk stays bulk when it is forbidden", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      const simulator = yield* Simulator.Simulator
      const options = { kinds: ["patients", "tasks", "emails"], pageSize: 5 }
      const first = summaryOf(yield* writing(out, options))
      assert.deepStrictEqual(
        first.kinds.map(({ mode, name, verdict }) => [name, mode, verdict]),
        [
          ["patients", "bulk", "verified"],
          ["tasks", "crawl", "incomplete"],
          ["emails", "bulk", "forbidden"]
        ]
      )
      yield* simulator.allow("exports.tasks")
      const before = yield* asked("exports.tasks")
      const events = yield* writing(out, options)
      assert.isTrue(summaryOf(events).complete)
      assert.deepStrictEqual(
        summaryOf(events).kinds.map(({ mode }) => mode),
        ["bulk", "crawl", "bulk"]
      )
      assert.strictEqual(yield* asked("exports.tasks"), before)
      assert.deepStrictEqual((yield* Verify.verify(out)).differences, [])
    }).pipe(
      Effect.scoped,
      Effect.provide([
        NodeContext.layer,
        world({
          deny: ["exports.tasks"],
          faults: [
            { match: { endpoint: "tasks.search", nth: 2 }, do: { _tag: "Status", status: 409 } },
            { match: { endpoint: "exports.emails", nth: 2 }, do: { _tag: "Deny" } }
          ]
        })
      ])
    )
  )

  for (const [says, action, verdict, reading] of [
    ["not how much it holds", { _tag: "RemoveField", path: "/metaInfo/totalElements" }, "bestEffort", ["sweep"]],
    [
      "that it holds less than it does",
      { _tag: "SetField", path: "/metaInfo/totalElements", value: 5 },
      "incomplete",
      ["backward", "sweep"]
    ]
  ] as const) {
    it.effect(`a list that says ${says} is ${verdict}, and that is told`, () =>
      Effect.gen(function* () {
        const { ids, kind, summary } = yield* exporting({ kinds: ["users"], pageSize: 2 })
        assert.strictEqual(summary.complete, verdict === "bestEffort")
        assert.deepInclude(kind("users"), { records: 6, reading, verdict })
        assert.strictEqual(new Set(ids("users")).size, 6)
      }).pipe(Effect.provide(world({ faults: [{ match: { endpoint: "users.list", times: "always" }, do: action }] })))
    )
  }

  it.effect("a record is the server's own text, behind whose it is where it does not say so itself", () =>
    Effect.gen(function* () {
      const { patientId } = yield* Simulator.Simulator
      const id = patientId(0) as PatientId
      const { lines } = yield* exporting({ kinds: ["chat", "documents"], patients: [id], pageSize: 200 })
      const [chat, documents] = [
        yield* Endpoint.text(Chat.list)({ patientId: id, includeArchived: true, pageSize: 200 }),
        yield* Endpoint.text(Documents.list)({ patientId: id })
      ]
      assert.isNotEmpty(lines("documents"))
      assert.deepStrictEqual(lines("documents"), slices(documents, ["data", "content"]))
      assert.deepStrictEqual(
        lines("chat"),
        slices(chat, ["content"])!.map((text) => `{"patientId":"${id}",${text.slice(1)}`)
      )
    }).pipe(Effect.provide(world()))
  )
})

describe("patients", () => {
  it.effect("one that is gone when its turn comes is counted, and does not make the export incomplete", () =>
    Effect.gen(function* () {
      const { addFaults, patientId } = yield* Simulator.Simulator
      const last = sorted(Array.from({ length: 12 }, (_, at) => patientId(at))).at(-1)!
      yield* addFaults({
        match: { endpoint: "contacts.list", nth: 2 },
        do: { _tag: "Write", method: "DELETE", path: `/patients/${last}` }
      })
      const { kind, lines, summary } = yield* exporting({
        kinds: ["contacts"],
        patients: Array.from({ length: 12 }, (_, at) => patientId(at))
      })
      assert.isTrue(summary.complete)
      assert.strictEqual(kind("contacts").removedDuringExport, 1)
      assert.notInclude(lines("contacts").join(), last)
    }).pipe(Effect.provide(world()))
  )

  it.effect("a list that is forbidden is asked for once, whatever the number of units", () =>
    Effect.gen(function* () {
      const { kind, summary } = yield* exporting({ kinds: ["patients", "contacts", "users"], mode: "crawl", pageSize: 200 })
      assert.isFalse(summary.complete)
      assert.deepInclude(kind("contacts"), { verdict: "forbidden", records: 0 })
      assert.deepInclude(kind("users"), { verdict: "verified" })
      assert.deepStrictEqual(
        summary.failures.map(({ endpoint, error, status, unit }) => [unit, error, status, endpoint]),
        [["contacts/00001", "Forbidden", 403, "contacts.list"]]
      )
      // units that were under way together
      assert.isAtMost(yield* asked("contacts.list"), 8)
    }).pipe(Effect.provide(world({ patients: 1000, deny: ["contacts.list"] })))
  )

  it.effect("one that fails leaves the others alone, is in the list of failures, and alone is read by the next run", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      const { addFaults, patientId } = yield* Simulator.Simulator
      const patients = Array.from({ length: 12 }, (_, at) => patientId(at))
      const failing = patients.at(5)!
      // its turn, and the second one behind all others: four attempts each
      yield* addFaults({ match: { endpoint: "chat.list", patient: failing, times: 8 }, do: { _tag: "Status", status: 500 } })
      const options = { kinds: ["chat"], patients }
      const first = summaryOf(yield* whileTimePasses("15 seconds")(writing(out, options)))
      assert.isFalse(first.complete)
      assert.deepStrictEqual(JSON.parse(readFileSync(join(out, "failures.ndjson"), "utf8")), {
        unit: "chat/00001",
        kind: "chat",
        error: "ServerError",
        endpoint: "chat.list",
        status: 500,
        codes: []
      })
      const expected = yield* exporting(options)
      const others = expected.lines("chat").filter((line) => JSON.parse(line).patientId !== failing)
      assert.strictEqual(first.kinds[0]!.records, others.length)
      const before = yield* asked("chat.list")
      assert.isTrue(summaryOf(yield* writing(out, options)).complete)
      assert.isAtMost((yield* asked("chat.list")) - before, 2)
      assert.deepStrictEqual(sorted(linesOf(out, "chat")), sorted(expected.lines("chat")))
      assert.isAbove(expected.lines("chat").length, others.length)
      assert.notInclude(readdirSync(out), "failures.ndjson")
    }).pipe(Effect.scoped, Effect.provide(world()))
  )

  it.effect("a server that is down for good is given up once, and not asked for every unit", () =>
    Effect.gen(function* () {
      const fiber = yield* Effect.fork(exporting({ kinds: ["patients", "chat", "contacts"], pageSize: 500 }))
      yield* TestClock.adjust("3 hours")
      const { summary } = yield* Fiber.join(fiber)
      assert.isFalse(summary.complete)
      assert.isAbove(summary.failures.length, 30)
      const { journal } = yield* Simulator.Simulator
      const failed = (yield* journal).filter(({ status }) => status === 503)
      // half an hour of one question every 15 seconds; before, two lists of each unit under way, and behind, one question of each
      assert.isAtMost(failed.length, 30 * 4 + 8 * 9)
    }).pipe(
      Effect.provide(
        world({ patients: 1000, faults: [{ match: { method: "GET", nth: 60, times: "always" }, do: { _tag: "Status", status: 503 } }] })
      )
    )
  )

  it.effect("a cohort: the records of these patients, and of nobody else", () =>
    Effect.gen(function* () {
      const { patientId } = yield* Simulator.Simulator
      const cohort = [patientId(2), patientId(7)]
      const all = yield* exporting({
        mode: "crawl",
        kinds: kinds.flatMap(({ name, crawl }) => (crawl?.patient === undefined ? [] : [name]))
      })
      const { ids, kind, lines, summary } = yield* exporting({ patients: [...cohort, "nobody"] })
      assert.isTrue(summary.complete)
      assert.deepStrictEqual(sorted(ids("patients")), sorted(cohort))
      assert.strictEqual(kind("patients").removedDuringExport, 1)
      assert.isNotEmpty(ids("users"))
      const patientsOf = (line: string): ReadonlyArray<string> => {
        const { participants = [], patient, patientId = patient?.id } = JSON.parse(line)
        return [patientId, ...participants.map(({ participantId }: any) => participantId)]
      }
      for (const { name } of all.summary.kinds) {
        if (name === "patients") continue
        const expected = all.lines(name).filter((line) => patientsOf(line).some((id) => cohort.includes(id)))
        assert.deepStrictEqual(sorted(lines(name)), sorted(expected), name)
      }
    }).pipe(Effect.provide(world()))
  )

  it.effect("a filter finds the patients, and is in the unit that looks for them", () =>
    Effect.gen(function* () {
      const { ids, kind, plan } = yield* exporting({ filter: {}, kinds: ["chat"] })
      assert.deepStrictEqual(plan.units, [{ id: "patients/00001", kind: "patients", mode: "crawl", pageSize: 10, filter: {} }])
      assert.strictEqual(new Set(ids("patients")).size, 12)
      assert.deepInclude(kind("chat"), { mode: "crawl", verdict: "verified" })
    }).pipe(Effect.provide(world()))
  )
})

describe("files of documents", () => {
  const options = { kinds: ["documents", "document-files"], mode: "crawl" } as const
  /** What documents say of their files. */
  const described = (lines: ReadonlyArray<string>) =>
    lines.flatMap((line) => {
      const { id, jsonBody, patientId } = JSON.parse(line)
      return ((jsonBody.files ?? []) as ReadonlyArray<any>).map((file) => ({ documentId: id, patientId, file }))
    })

  it.effect("every byte is kept under its hash, the same content once, and no name of the server's becomes a file's", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      const { patientId } = yield* Simulator.Simulator
      const id = patientId(0) as PatientId
      const content = new TextEncoder().encode("%PDF twice")
      const names = ["../../escape.pdf", `${"x".repeat(300)}.pdf`, "CON.pdf", "😀.pdf"]
      const document = yield* Documents.create({ patientId: id, body: { type: "doc-type-others" } })
      yield* DocumentFiles.upload({
        patientId: id,
        documentSummaryId: document.id,
        body: names.map((name) => ({ name, contentType: "application/pdf", content: Stream.make(content) })) as any
      })
      const summary = summaryOf(yield* writing(out, options))
      assert.isTrue(summary.complete)
      const listed = described(linesOf(out, "documents"))
      const stored = linesOf(out, "document-files").map((line) => JSON.parse(line))
      assert.deepStrictEqual(
        sorted(stored.map(({ bytes, documentId, fileId, name }) => [documentId, fileId, bytes, name].join())),
        sorted(listed.map(({ documentId, file }) => [documentId, file.id, file.size, file.originalName].join()))
      )
      assert.includeMembers(
        stored.map(({ name }) => name),
        names
      )
      for (const { documentId, fileId, patientId, sha256 } of stored) {
        const bytes = readFileSync(join(out, "files", sha256.slice(0, 2), sha256))
        assert.strictEqual(createHash("sha256").update(bytes).digest("hex"), sha256)
        const chunks = yield* Stream.runCollect(DocumentFiles.download({ patientId, documentSummaryId: documentId, fileId }))
        assert.deepStrictEqual(bytes, Buffer.concat(Array.from(chunks)))
      }
      const found = readdirSync(join(out, "files"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      assert.lengthOf(found, new Set(stored.map(({ sha256 }) => sha256)).size)
      assert.isBelow(found.length, stored.length)
      for (const entry of found) {
        assert.match(entry.name, /^[0-9a-f]{64}$/)
        assert.strictEqual(statSync(join(entry.parentPath, entry.name)).mode & 0o777, 0o600)
        assert.strictEqual(statSync(entry.parentPath).mode & 0o777, 0o700)
      }
      const { contents } = manifestOf(out)
      assert.strictEqual(contents.files, found.length)
      assert.strictEqual(
        contents.bytes,
        found.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
      )

      const [victim] = found
      const path = join(victim!.parentPath, victim!.name)
      const before = readFileSync(path)
      const differences = Effect.map(Verify.verify(out), (report) => report.differences.map(({ what }) => what))
      assert.deepStrictEqual(yield* differences, [])
      rmSync(path)
      assert.deepStrictEqual(yield* differences, ["is missing"])
      writeFileSync(path, Buffer.from(before).fill(0, 0, 1))
      assert.deepStrictEqual(yield* differences, ["is not as it was written"])
      writeFileSync(path, before)
      writeFileSync(join(out, "files", "0".repeat(64)), before)
      assert.deepStrictEqual(yield* differences, ["does not belong here"])
    }).pipe(Effect.scoped, Effect.provide([NodeContext.layer, world()]))
  )

  it.effect("a body that breaks off is asked for again, and one that is shorter than its document says is marked", () =>
    Effect.gen(function* () {
      const { contents, kind, lines } = yield* exporting(options)
      // a file that breaks off does not have its patient's other files read again
      assert.strictEqual(yield* asked("documents.list"), 2 * 12)
      const expected = yield* exporting(options)
      assert.deepStrictEqual(kind("document-files").records, expected.kind("document-files").records)
      const marked = lines("document-files").filter((line) => JSON.parse(line).lengthUnverified === true)
      assert.lengthOf(marked, 1)
      assert.strictEqual(contents.get(JSON.parse(marked[0]!).sha256)!.byteLength, 5)
      assert.lengthOf(
        expected.lines("document-files").filter((line) => JSON.parse(line).lengthUnverified === true),
        0
      )
    }).pipe(
      Effect.provide(
        world({
          faults: [
            { match: { endpoint: "documentFiles.download" }, at: { afterBytes: 3 }, do: { _tag: "Reset" } },
            {
              match: { endpoint: "documentFiles.download", nth: 4, times: 2 },
              do: { _tag: "ReplaceBytes", base64: "JVBERi0=", contentType: "application/pdf" }
            }
          ]
        })
      )
    )
  )

  it.effect("what was stored for a document that is gone since goes, too", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      yield* writing(out, options)
      mkdirSync(join(out, "files", "ab"), { recursive: true })
      writeFileSync(join(out, "files", "ab", `ab${"0".repeat(62)}`), "left behind")
      writeFileSync(join(out, "files", "3.tmp"), "half")
      assert.lengthOf((yield* Verify.verify(out)).differences, 2)
      yield* writing(out, options)
      assert.deepStrictEqual((yield* Verify.verify(out)).differences, [])
    }).pipe(Effect.scoped, Effect.provide([NodeContext.layer, world()]))
  )
})
