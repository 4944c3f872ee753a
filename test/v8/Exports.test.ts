import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Exports from "../../src/v8/Exports.js"
import { answers } from "../support/answers.js"

const at = "2030-01-02T03:04:05.006Z"

const last = (...data: ReadonlyArray<unknown>) => ({ body: { data, cursor: { start: null, end: null, hasNext: false } } })

/** What the page call makes of one record. */
const read = <A, E, R>(page: Effect.Effect<{ readonly data: ReadonlyArray<A> }, E, R>) => Effect.map(page, ({ data }) => data[0]!)

describe("Exports", () => {
  it("each row of the table is exported as call, stream and pages, under its own name and route", () => {
    const module: Readonly<Record<string, unknown>> = Exports
    for (const [name, kind] of Object.entries(Exports.kinds)) {
      assert.strictEqual(kind.name, name)
      assert.strictEqual(module[name], kind.endpoint)
      assert.strictEqual(module[`${name}Stream`], kind.stream)
      assert.strictEqual(module[`${name}Pages`], kind.pages)
      assert.strictEqual(kind.endpoint.descriptor.id, `exports.${name}`)
      assert.strictEqual(kind.endpoint.descriptor.path, `/{tenant}/{instance}/export/${kind.resource}`)
      assert.strictEqual(kind.endpoint.descriptor.paging, "cursor")
    }
    const resources = Object.values(Exports.kinds).map(({ resource }) => resource)
    assert.strictEqual(new Set(resources).size, 13)
  })

  it.effect("a stream goes on from the end of each page, by the names this route knows", () => {
    const page = { data: [{ id: "p-1" }], cursor: { start: null, end: "2030-02-01", hasNext: true } }
    const client = answers({ body: page }, last({ id: "p-2" }))
    return Effect.gen(function* () {
      const patients = yield* Stream.runCollect(Exports.patientsStream({ position: { start: at }, pageSize: 1000 }))
      assert.deepStrictEqual(
        Chunk.toArray(patients).map(({ id }) => String(id)),
        ["p-1", "p-2"]
      )
      assert.deepStrictEqual(client.sent(), [
        `GET /export/PATIENT?start=${encodeURIComponent(at)}&pageSize=1000`,
        "GET /export/PATIENT?start=2030-02-01&pageSize=1000"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("any resource can be asked for, named here or not", () => {
    const client = answers(last({ anything: 1 }))
    return Effect.gen(function* () {
      const record = yield* read(Exports.byResource({ resource: "AUTOMATION AUDIT", status: "failure" }))
      assert.deepStrictEqual(record, { anything: 1 } as object)
      assert.deepStrictEqual(client.sent(), ["GET /export/AUTOMATION%20AUDIT?status=failure"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a missing right shows as such, not as an empty export", () => {
    const client = answers({ status: 403, body: [{ errorCode: "ACCESS_DENIED", componentType: "AUTH", message: "", details: {} }] })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runCollect(Exports.tasksStream()))
      assert.strictEqual(error._tag, "Forbidden")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("of each kind a record may lack everything, and hold null anywhere but as its id", () => {
    const kinds = Object.values(Exports.kinds)
    return Effect.gen(function* () {
      for (const { name, record } of kinds) {
        const schema = record as Schema.Schema<object>
        const names = Object.keys((record as unknown as { readonly fields: object }).fields).filter((field) => field !== "id")
        const empty = Object.fromEntries(names.map((field) => [field, null]))
        for (const wire of [{}, empty]) assert.deepStrictEqual(yield* Schema.decodeUnknown(schema)(wire), wire, name)
      }
    })
  })

  describe("where a value may look otherwise than when it is read singly", () => {
    it.effect("it stays as it came", () => {
      const odd = { team: [{ name: "no id" }] }
      const patient = { mrn: 1007, careTeam: "a, b", patientPrograms: odd, pointOfContact: 1, patientTerritories: [odd] }
      const task = { patient: "Sample Patient", watchers: "none" }
      const event = { additionalInfo: "room 3", duration: 1800.5, participants: [odd] }
      const assessment = { answers: { "cdt-sleep__cdtf-quality": "good" }, scoring: 7, questions: { a: 1 } }
      const client = answers(last(patient), last(task), last(event), last(assessment), last({ updatedAt: 1 }), last({ bodyType: "HTML" }))
      return Effect.gen(function* () {
        assert.deepStrictEqual(yield* read(Exports.patients()), patient as object)
        assert.deepStrictEqual(yield* read(Exports.tasks()), task as object)
        assert.deepStrictEqual(yield* read(Exports.calendarEvents()), event as object)
        assert.deepStrictEqual(yield* read(Exports.assessments()), assessment as object)
        assert.deepStrictEqual(yield* read(Exports.encounters()), { updatedAt: 1 } as object)
        assert.deepStrictEqual(yield* read(Exports.emails()), { bodyType: "HTML" } as object)
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("it is read all the same where it does look so, and goes back as it came", () =>
      Effect.gen(function* () {
        const phase = {
          timestamp: at,
          createdBy: null,
          createdByName: null,
          name: "a",
          title: "A",
          description: "",
          currentVersion: "7",
          deleted: false
        }
        const program = {
          id: null,
          createdAt: null,
          createdByName: null,
          updatedAt: null,
          updatedByName: null,
          programName: "prog",
          programTitle: "Program",
          programDescription: "",
          assigned: true,
          patientId: "p-1",
          currentPhase: phase,
          status: "IN_PROGRESS",
          compatibleWithCurrentVersion: true,
          pathHistory: [phase]
        }
        const wire = { mrn: "1007", careTeam: [[{ id: "u-1" }]], patientPrograms: [program] }
        const patient = yield* Schema.decodeUnknown(Exports.ExportPatient)(wire)
        assert.deepStrictEqual(patient.careTeam, [{ id: "u-1" }] as never)
        assert(Array.isArray(patient.patientPrograms))
        assert.isTrue(DateTime.isDateTime(patient.patientPrograms[0].currentPhase.timestamp))
        assert.deepStrictEqual(yield* Schema.encode(Exports.ExportPatient)(patient), { ...wire, careTeam: [{ id: "u-1" }] } as never)
      })
    )
  })

  it.effect("a plain field of another type is refused, and so is a record that is no object", () => {
    const client = answers(last({ updatedAt: "2030-02-30T00:00:00.000Z" }), last({ id: "r-1" }, "r-2"))
    return Effect.gen(function* () {
      for (const path of ["data.0.updatedAt", "data.1"]) {
        const error = yield* Effect.flip(Exports.cdtRecords())
        assert(error._tag === "DecodeError")
        assert.include(
          error.places.map((place) => place.path),
          path
        )
      }
    }).pipe(Effect.provide(client.layer))
  })

  describe("typed records", () => {
    const Vitals = Schema.Struct({ pulse: Schema.propertySignature(Schema.Int).pipe(Schema.fromKey("cdtf-pulse")) })
    const Guardian = Schema.Struct({ "pdtf-last-name": Schema.NullOr(Schema.String) })
    const vitals = { id: "r-1", cdtName: "cdt-vitals", jsonBody: { created_at: at, "cdtf-pulse": 61, "cdtf-note": null } }

    it.effect("of one type only, system fields beside the tenant's own", () => {
      const client = answers(
        last({ id: "r-0", cdtName: "cdt-other", jsonBody: { "cdtf-pulse": "none" } }, vitals),
        last({ id: "g-1", pdtName: "pdt-guardian", jsonBody: { "pdtf-last-name": null } }, { id: "g-2", pdtName: "pdt-payer" })
      )
      return Effect.gen(function* () {
        const records = Chunk.toArray(yield* Stream.runCollect(Exports.typedCdtRecordsStream("cdt-vitals", Vitals, { pageSize: 2 })))
        assert.deepStrictEqual(
          records.map(({ id, jsonBody }) => [String(id), jsonBody.pulse, jsonBody.created_at && DateTime.formatIso(jsonBody.created_at)]),
          [["r-1", 61, at]]
        )
        const guardians = Chunk.toArray(yield* Stream.runCollect(Exports.typedPdtRecordsStream("pdt-guardian", Guardian)))
        assert.deepStrictEqual(
          guardians.map(({ jsonBody }) => jsonBody["pdtf-last-name"]),
          [null]
        )
        assert.deepStrictEqual(client.sent(), ["GET /export/CDT_RECORD?pageSize=2", "GET /export/PDT_RECORD?pageSize=100"])
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("one that hides its type, or does not fit, is an error that names the place", () => {
      const client = answers(
        last({ id: "r-1", jsonBody: {} }),
        last({ ...vitals, jsonBody: { "cdtf-pulse": "sixty" } }),
        last({ cdtName: "cdt-vitals" })
      )
      return Effect.gen(function* () {
        for (const path of ["cdtName", "jsonBody.cdtf-pulse", "jsonBody"]) {
          const error = yield* Effect.flip(Stream.runDrain(Exports.typedCdtRecordsStream("cdt-vitals", Vitals)))
          assert(error._tag === "ExtensionMismatch")
          assert.deepStrictEqual(
            error.places.map((place) => place.path),
            [path]
          )
          assert.notInclude(error.message, "sixty")
        }
      }).pipe(Effect.provide(client.layer))
    })
  })
})
