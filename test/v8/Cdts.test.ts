import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Codecs from "../../src/Codecs.js"
import * as Endpoint from "../../src/Endpoint.js"
import * as Cdts from "../../src/v8/Cdts.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"

const at = "2030-01-02T03:04:05.006Z"

const system = {
  id: "r-1",
  created_at: at,
  created_by: null,
  created_by_name: "API_CLIENT:ABCDEFGHIJKL",
  updated_at: at,
  updated_by: null,
  updated_by_name: null,
  source_type: null,
  source_name: null,
  source_id: null,
  external_id: null,
  external_guid: null
}

const recordOf = (jsonBody: object) => ({ id: "r-1", patientId: "p-1", cdtId: "c-1", version: 9, cdtName: "cdt-vitals", jsonBody })

const pageOf = (...content: ReadonlyArray<object>) => ({ name: "cdt-vitals", data: { content, last: true, number: 0 } })

const patientId = PatientId.make("p-1")
const recordId = Cdts.CdtRecordId.make("r-1")
const cdtName = "cdt-vitals"

describe("Cdts", () => {
  it.effect("fields are sent bare when creating and changing, and arrive untouched", () => {
    const fields = { "cdtf-pulse": 61, "cdtf-moods": ["good", "fair"], "cdtf-at": at, "cdtf-file": { name: "a" }, "cdtf-note": null }
    const record = recordOf({ ...system, ...fields })
    const client = answers({ status: 201, body: record }, { body: record })
    return Effect.gen(function* () {
      const created = yield* Cdts.create({ patientId, cdtName, body: { ...fields, external_id: "mine-1" } })
      const changed = yield* Cdts.update({ patientId, cdtName, recordId, body: { "cdtf-pulse": 61 } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /patients/p-1/cdts/cdt-vitals", { ...fields, external_id: "mine-1" }],
        ["PATCH /patients/p-1/cdts/cdt-vitals/r-1", { "cdtf-pulse": 61 }]
      ])
      assert.deepInclude(created.jsonBody, fields as object)
      assert.deepStrictEqual(changed, created)
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a record read alone has all its system fields", () => {
    const { created_at: _, ...rest } = system
    const client = answers({ body: recordOf(system) }, { body: recordOf(rest) })
    return Effect.gen(function* () {
      const { jsonBody } = yield* Cdts.get({ patientId, cdtName, recordId: "mine/1", type: "EID" })
      assert.strictEqual(DateTime.formatIso(jsonBody.created_at), at)
      const error = yield* Effect.flip(Cdts.get({ patientId, cdtName, recordId }))
      assert(error._tag === "DecodeError")
      assert.deepStrictEqual(
        error.places.map((place) => place.path),
        ["jsonBody.created_at"]
      )
      assert.strictEqual(client.sent()[0], "GET /patients/p-1/cdts/cdt-vitals/mine%2F1?type=EID")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a list asks for fields and values in one parameter each, and reads records that show no system field", () => {
    const client = answers({ body: pageOf(recordOf({ "cdtf-mood": "good" })) })
    return Effect.gen(function* () {
      const { data } = yield* Cdts.list({
        patientId,
        cdtName,
        fields: ["cdtf-mood", "cdtf-pulse"],
        filters: { field: "cdtf-mood", values: ["good", "so so"] },
        dateStart: DateTime.unsafeMake(at),
        sort: "created_at,desc"
      })
      assert.deepStrictEqual(data.content[0]?.jsonBody, { "cdtf-mood": "good" } as object)
      assert.deepStrictEqual(client.sent(), [
        "GET /patients/p-1/cdts/cdt-vitals?sort=created_at%2Cdesc&fields=cdtf-mood%2Ccdtf-pulse&filters=cdtf-mood%3Dgood%2Cso%20so&dateStart=2030-01-02T03%3A04%3A05.006Z"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a filter that would say something else on the wire is not sent", () => {
    const client = answers()
    return Effect.gen(function* () {
      for (const filters of [
        { field: "cdtf-mood", values: ["good,fair"] },
        { field: "cdtf=mood", values: ["good"] },
        { field: "", values: ["good"] },
        { field: "cdtf-mood", values: [] }
      ]) {
        const error = yield* Effect.flip(Cdts.list({ patientId, cdtName, filters }))
        assert.strictEqual(error._tag, "EncodeError")
      }
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a filter reads as it was written", () =>
    Effect.gen(function* () {
      const filter = { field: "cdtf-mood", values: ["a=b", ""] }
      assert.strictEqual(yield* Schema.encode(Cdts.CdtFilter)(filter), "cdtf-mood=a=b,")
      assert.deepStrictEqual(yield* Schema.decode(Cdts.CdtFilter)("cdtf-mood=a=b,"), filter)
      yield* Effect.flip(Schema.decode(Cdts.CdtFilter)("cdtf-mood"))
    })
  )

  it.effect("many changes are written as rows of fields, and a row that failed does not hide the others", () => {
    const client = answers({
      body: {
        rows: [
          { id: "r-1", jsonBody: { ...system, "cdtf-mood": "fair" }, result: { status: "OK", content: null } },
          { id: "r-2", jsonBody: null, result: { status: "ERROR", content: [{ errorCode: "X" }] } },
          { id: "r-3", jsonBody: { "cdtf-mood": "bad" }, result: { status: "ERROR", content: null } },
          { id: "r-4", result: { status: "ERROR", content: null } }
        ]
      }
    })
    return Effect.gen(function* () {
      const { rows } = yield* Cdts.bulkUpdate({ patientId, cdtName, body: [{ id: recordId, "cdtf-mood": "fair", external_id: "mine-1" }] })
      assert.deepStrictEqual(
        rows.map(({ result }) => result.status),
        ["OK", "ERROR", "ERROR", "ERROR"]
      )
      assert.strictEqual(rows[0]?.jsonBody?.created_by_name, "API_CLIENT:ABCDEFGHIJKL")
      assert.deepStrictEqual(client.sent(), [
        ["PATCH /patients/p-1/cdts/cdt-vitals", { rows: [{ id: "r-1", jsonBody: { "cdtf-mood": "fair", external_id: "mine-1" } }] }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a stream walks pages that sit one level down", () => {
    const client = answers(
      { body: { name: cdtName, data: { content: [recordOf(system)], last: false, number: 0 } } },
      { body: { name: cdtName, data: { content: [{ ...recordOf(system), id: "r-2" }], last: true, number: 1 } } }
    )
    return Effect.gen(function* () {
      const ids = yield* Cdts.listStream({ patientId, cdtName }).pipe(
        Stream.map(({ id }) => String(id)),
        Stream.runCollect
      )
      assert.deepStrictEqual(Chunk.toArray(ids), ["r-1", "r-2"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("deleting takes an empty answer; a record that is gone is told from other failures", () => {
    const gone = [{ errorCode: "DT_RECORD_NOT_FOUND", componentType: "CDT", message: "", details: {} }]
    const client = answers({ status: 200, headers: { "content-length": "0" } }, { status: 404, body: gone })
    return Effect.gen(function* () {
      yield* Cdts.remove({ patientId, cdtName, recordId })
      const error = yield* Effect.flip(Cdts.get({ patientId, cdtName, recordId }))
      assert(error._tag === "NotFound")
      assert.deepStrictEqual(error.codes, ["DT_RECORD_NOT_FOUND"])
    }).pipe(Effect.provide(client.layer))
  })

  describe("typed", () => {
    const Vitals = Cdts.typed(
      cdtName,
      Schema.Struct({
        measuredAt: Schema.propertySignature(Codecs.Instant).pipe(Schema.fromKey("cdtf-measured-at")),
        "cdtf-pulse": Schema.NullOr(Schema.Int)
      })
    )
    const wire = { "cdtf-measured-at": at, "cdtf-pulse": null }
    const measuredAt = DateTime.unsafeMake(at)

    it.effect("every call speaks the tenant's schema and fills in the type's name", () => {
      const record = recordOf({ ...system, ...wire })
      const row = { id: "r-1", jsonBody: record.jsonBody, result: { status: "OK", content: null } }
      const client = answers({ body: record }, { body: record }, { body: record }, { body: { rows: [row] } }, { body: pageOf(record) }, {})
      return Effect.gen(function* () {
        const { id } = yield* Vitals.create({ patientId, body: { measuredAt, external_id: "mine-1" } })
        yield* Vitals.get({ patientId, recordId: "mine-1", type: "EID" })
        yield* Vitals.update({ patientId, recordId: id, body: { "cdtf-pulse": 61 } })
        yield* Vitals.bulkUpdate({ patientId, body: [{ id, measuredAt }] })
        yield* Vitals.list({ patientId, page: 0, filters: { field: "cdtf-pulse", values: ["61"] } })
        yield* Vitals.remove({ patientId, recordId: id })
        assert.deepStrictEqual(client.sent(), [
          ["POST /patients/p-1/cdts/cdt-vitals", { "cdtf-measured-at": at, external_id: "mine-1" }],
          "GET /patients/p-1/cdts/cdt-vitals/mine-1?type=EID",
          ["PATCH /patients/p-1/cdts/cdt-vitals/r-1", { "cdtf-pulse": 61 }],
          ["PATCH /patients/p-1/cdts/cdt-vitals", { rows: [{ id: "r-1", jsonBody: { "cdtf-measured-at": at } }] }],
          "GET /patients/p-1/cdts/cdt-vitals?page=0&filters=cdtf-pulse%3D61",
          "DELETE /patients/p-1/cdts/cdt-vitals/r-1"
        ])
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("own and system fields are read beside each other, and what neither knows survives", () => {
      const client = answers({ body: pageOf(recordOf({ ...system, ...wire, added_later: 1 })) })
      return Effect.gen(function* () {
        const [record] = Chunk.toArray(yield* Stream.runCollect(Vitals.listStream({ patientId })))
        const pulse: number | null | undefined = record?.jsonBody["cdtf-pulse"]
        assert.isNull(pulse)
        assert.strictEqual(record?.jsonBody.measuredAt && DateTime.formatIso(record.jsonBody.measuredAt), at)
        assert.strictEqual(record?.jsonBody.created_at && DateTime.formatIso(record.jsonBody.created_at), at)
        assert.deepInclude(record?.jsonBody, { added_later: 1 } as object)
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("a value that is not as the schema says is refused by place, coming and going", () => {
      const client = answers({ body: recordOf({ ...system, ...wire, "cdtf-pulse": "61" }) })
      return Effect.gen(function* () {
        const received = yield* Effect.flip(Vitals.get({ patientId, recordId }))
        assert(received._tag === "DecodeError")
        assert.include(
          received.places.map((place) => place.path),
          "jsonBody.cdtf-pulse"
        )
        // @ts-expect-error: the pulse is a number
        const sent = yield* Effect.flip(Vitals.bulkUpdate({ patientId, body: [{ id: recordId, "cdtf-pulse": "61" }] }))
        assert(sent._tag === "EncodeError")
        assert.include(
          sent.places.map((place) => place.path),
          "body.0.cdtf-pulse"
        )
        // @ts-expect-error: a measurement without its time
        yield* Effect.flip(Vitals.create({ patientId, body: {} }))
        // @ts-expect-error: a record of which only some fields are shown would not fit the schema
        void (() => Vitals.list({ patientId, fields: ["cdtf-pulse"] }))
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("the calls are endpoints still", () => {
      const record = recordOf({ ...system, ...wire })
      const client = answers({ status: 203, body: record }, { body: record })
      return Effect.gen(function* () {
        assert.strictEqual(Vitals.get.descriptor.id, "cdts.get")
        assert.strictEqual((yield* Endpoint.withResponse(Vitals.get)({ patientId, recordId })).status, 203)
        assert.deepStrictEqual(yield* Endpoint.raw(Vitals.get)({ patientId, recordId }), record)
      }).pipe(Effect.provide(client.layer))
    })
  })
})
