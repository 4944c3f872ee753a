import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Codecs from "../../src/Codecs.js"
import * as DocumentRecords from "../../src/v8/DocumentRecords.js"
import { DocumentSummaryId } from "../../src/v8/Documents.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const record = { patientId: PatientId.make("p-1"), documentSummaryId: DocumentSummaryId.make("d-1"), documentTypeName: "dt-consent" }
const wire = { id: "r-1", jsonBody: { notes: null, "dtf-signed": true } }

describe("DocumentRecords", () => {
  it.effect("fields of the document type go out bare, nulls and lists among them, and come back beside the system fields", () => {
    const client = answers({ status: 201, body: wire }, { body: wire })
    return Effect.gen(function* () {
      yield* DocumentRecords.create({ ...record, body: { "dtf-signed": true, "dtf-witnesses": ["u-1"] } })
      const { jsonBody = {} } = yield* DocumentRecords.update({ ...record, body: { notes: null } })
      assert.deepStrictEqual(yield* Codecs.extension(Schema.Struct({ "dtf-signed": Schema.Boolean }))(jsonBody), { "dtf-signed": true })
      assert.deepStrictEqual(client.sent(), [
        ["POST /patients/p-1/document-summary/d-1/dt-consent", { "dtf-signed": true, "dtf-witnesses": ["u-1"] }],
        ["PUT /patients/p-1/document-summary/d-1/dt-consent", { notes: null }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("of a record nobody has seen yet, only the id is asked", () => {
    const client = answers({ body: { id: "r-1" } }, { body: { jsonBody: {} } })
    return Effect.gen(function* () {
      assert.deepStrictEqual(yield* DocumentRecords.get(record), { id: DocumentRecords.DocumentTypeRecordId.make("r-1") })
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(DocumentRecords.get(record))), ["DecodeError", "id"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("deleting does not read what comes back", () => {
    const client = answers({ body: "" })
    return Effect.gen(function* () {
      yield* DocumentRecords.remove(record)
      assert.deepStrictEqual(client.sent(), ["DELETE /patients/p-1/document-summary/d-1/dt-consent"])
    }).pipe(Effect.provide(client.layer))
  })
})
