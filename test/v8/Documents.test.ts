import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Codecs from "../../src/Codecs.js"
import * as Documents from "../../src/v8/Documents.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const patientId = PatientId.make("p-1")
const documentSummaryId = Documents.DocumentSummaryId.make("d-1")

const summary = (id: string, jsonBody: object) => ({
  id,
  patientId: "p-1",
  cdtId: "c-1",
  version: 12,
  jsonBody,
  cdtName: "_document_summary"
})
const file = { id: "f-1", originalName: "plan.pdf", size: 20480, contentType: null, storageKey: "acme/demo/f-1" }

describe("Documents", () => {
  it.effect("a document is read without its fields, without files, and with files of no known type", () => {
    const bodies = [{}, { type: "dt-consent", files: null }, { type: "dt-consent", files: [file] }]
    const client = answers(...bodies.map((body) => ({ body: summary("d-1", body) })))
    return Effect.gen(function* () {
      const read = yield* Effect.forEach(bodies, () => Documents.get({ patientId, documentSummaryId }))
      assert.deepStrictEqual(
        read.map(({ jsonBody }) => jsonBody.files?.map((one) => one.originalName)),
        [undefined, undefined, ["plan.pdf"]]
      )
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a file without an id is refused by place", () => {
    const { id: _, ...nameless } = file
    const client = answers({ body: summary("d-1", { files: [nameless] }) })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Documents.get({ patientId, documentSummaryId }))
      assert.include(tagAndPlaces(error), "jsonBody.files.0.id")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("fields of a later release survive within the contents and beside them", () => {
    const client = answers({ body: { ...summary("d-1", { ocr: "done" }), shared: true } })
    return Effect.gen(function* () {
      const document = yield* Documents.get({ patientId, documentSummaryId })
      assert.deepStrictEqual(yield* Codecs.extension(Schema.Struct({ shared: Schema.Boolean }))(document), { shared: true })
      assert.deepStrictEqual(yield* Codecs.extension(Schema.Struct({ ocr: Schema.String }))(document.jsonBody), { ocr: "done" })
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("pages lie one level down, and the source goes with each of them", () => {
    const page = (id: string, number: number, last: boolean) => ({
      body: { name: "_document_summary", data: { content: [summary(id, {})], number, last } }
    })
    const client = answers(page("d-1", 0, false), page("d-2", 1, true))
    return Effect.gen(function* () {
      const found = yield* Stream.runCollect(Documents.listStream({ patientId, sourceId: "r-1", size: 1 }))
      assert.deepStrictEqual(
        Array.from(found, ({ id }) => String(id)),
        ["d-1", "d-2"]
      )
      assert.deepStrictEqual(client.sent(), [
        "GET /patients/p-1/document-summary?page=0&size=1&sourceId=r-1",
        "GET /patients/p-1/document-summary?page=1&size=1&sourceId=r-1"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("another envelope is an error, not an empty list", () => {
    const client = answers({ body: [] }, { body: { name: "_document_summary", data: {} } })
    return Effect.gen(function* () {
      for (const _ of [1, 2]) {
        const error = yield* Effect.flip(Stream.runDrain(Documents.listStream({ patientId })))
        assert(error._tag === "DecodeError")
        assert.strictEqual(error.reason, "Envelope")
      }
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("fields are sent bare, with no slash behind the path and nothing that was not given", () => {
    const client = answers({ status: 201, body: summary("d-1", { files: null }) }, { body: summary("d-1", {}) }, { body: "" })
    return Effect.gen(function* () {
      const { id } = yield* Documents.create({ patientId, body: { type: "doc-type-others" } })
      yield* Documents.update({ patientId, documentSummaryId: id, body: { external_id: "" } })
      yield* Documents.remove({ patientId, documentSummaryId: id })
      assert.deepStrictEqual(client.sent(), [
        ["POST /patients/p-1/document-summary", { type: "doc-type-others" }],
        ["PUT /patients/p-1/document-summary/d-1", { external_id: "" }],
        "DELETE /patients/p-1/document-summary/d-1"
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
