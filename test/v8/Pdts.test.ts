import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Codecs from "../../src/Codecs.js"
import * as Pdts from "../../src/v8/Pdts.js"
import { answers } from "../support/answers.js"

const at = "2030-01-02T03:04:05.006Z"

const system = {
  id: "g-1",
  created_at: at,
  created_by: null,
  created_by_name: null,
  updated_at: at,
  updated_by: null,
  updated_by_name: null,
  source_type: null,
  source_name: null,
  source_id: null,
  external_id: null,
  external_guid: null
}

const recordOf = (fields: object) => ({
  id: "g-1",
  createdAt: at,
  updatedAt: at,
  fullValue: "",
  deleted: false,
  pdtName: "pdt-guardian",
  jsonBody: { ...system, ...fields }
})

const pageOf = (page: number, lastPage: boolean, ...data: ReadonlyArray<object>) => ({
  pdtName: "pdt-guardian",
  lastUpdatedAt: null,
  records: { data, metaInfo: { page, lastPage } }
})

const pdtName = "pdt-guardian"
const recordId = Pdts.PdtRecordId.make("g-1")

describe("Pdts", () => {
  it.effect("fields are sent bare, and arrive with those nobody asked for", () => {
    const fields = { "pdtf-email": "guardian@mail.example", "pdtf-kinds": [1, 2], added_later: null }
    const client = answers({ status: 201, body: recordOf(fields) }, { body: recordOf(fields) })
    return Effect.gen(function* () {
      const { jsonBody } = yield* Pdts.create({ pdtName, body: { "pdtf-email": "guardian@mail.example", external_id: "mine-1" } })
      assert.deepInclude(jsonBody, fields as object)
      yield* Pdts.update({ pdtName, recordId, body: { "pdtf-email": null } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /pdts/pdt-guardian", { "pdtf-email": "guardian@mail.example", external_id: "mine-1" }],
        ["PATCH /pdts/pdt-guardian/g-1", { "pdtf-email": null }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a stream walks pages that sit one level down, an empty list included", () => {
    const second = { ...recordOf({}), id: "g-2", deleted: true }
    const client = answers({ body: pageOf(0, false, recordOf({})) }, { body: pageOf(1, true, second) }, { body: pageOf(0, true) })
    return Effect.gen(function* () {
      const records = yield* Stream.runCollect(Pdts.listStream({ pdtName, size: 1 }))
      assert.deepStrictEqual(
        Chunk.toArray(records).map(({ deleted, id }) => [String(id), deleted]),
        [
          ["g-1", false],
          ["g-2", true]
        ]
      )
      assert.isTrue(Chunk.isEmpty(yield* Stream.runCollect(Pdts.listStream({ pdtName }))))
      assert.deepStrictEqual(client.sent(), [
        "GET /pdts/pdt-guardian?page=0&size=1",
        "GET /pdts/pdt-guardian?page=1&size=1",
        "GET /pdts/pdt-guardian?page=0&size=100"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a page at the top level, where other lists have it, is another envelope", () => {
    const client = answers({ body: { data: [], metaInfo: { page: 0, lastPage: true } } })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runCollect(Pdts.listStream({ pdtName })))
      assert(error._tag === "DecodeError")
      assert.strictEqual(error.reason, "Envelope")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("typed calls speak the tenant's schema and fill in the type's name", () => {
    const Guardians = Pdts.typed(pdtName, Schema.Struct({ "pdtf-last-name": Schema.String, "pdtf-since": Schema.NullOr(Codecs.Instant) }))
    const record = recordOf({ "pdtf-last-name": "Sample", "pdtf-since": at, "pdtf-more": 1 })
    const client = answers({ body: record }, { body: record }, { body: record }, { body: pageOf(0, true, record) }, { status: 200 })
    return Effect.gen(function* () {
      const created = yield* Guardians.create({ body: { "pdtf-last-name": "Sample" } })
      yield* Guardians.get({ recordId })
      yield* Guardians.update({ recordId, body: { "pdtf-since": DateTime.unsafeMake(at) } })
      const listed = yield* Stream.runCollect(Guardians.listStream())
      yield* Guardians.remove({ recordId })
      const since: DateTime.Utc | null = created.jsonBody["pdtf-since"]
      assert.strictEqual(since && DateTime.formatIso(since), at)
      assert.strictEqual(DateTime.formatIso(created.jsonBody.created_at), at)
      assert.deepStrictEqual(Chunk.toArray(listed), [created])
      assert.deepInclude(created.jsonBody, { "pdtf-more": 1 } as object)
      // @ts-expect-error: a guardian without a name
      yield* Effect.flip(Guardians.create({ body: {} }))
      assert.deepStrictEqual(client.sent(), [
        ["POST /pdts/pdt-guardian", { "pdtf-last-name": "Sample" }],
        "GET /pdts/pdt-guardian/g-1",
        ["PATCH /pdts/pdt-guardian/g-1", { "pdtf-since": at }],
        "GET /pdts/pdt-guardian?page=0&size=100",
        "DELETE /pdts/pdt-guardian/g-1"
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
