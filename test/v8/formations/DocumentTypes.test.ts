import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as DocumentTypes from "../../../src/v8/formations/DocumentTypes.js"
import { answers } from "../../support/answers.js"
import { cdtFormation } from "../../support/formations.js"
import { tagAndPlaces } from "../../support/places.js"

const remarks = { name: "dtf-remarks", type: "textarea", meta: { required: false } } as const
const type = { ...cdtFormation, name: "dt-consent", title: "Consent", internal: true, relation: "DOCUMENT_TYPE" }

describe("DocumentTypes", () => {
  it.effect("whatever version is read, the draft is written", () => {
    const client = answers({ body: type }, { status: 201, body: type }, { body: type }, { body: "" })
    return Effect.gen(function* () {
      const body = { name: "dt-consent", title: "Consent", label: null, fields: [remarks] }
      yield* DocumentTypes.get({ version: 31, documentTypeName: "dt-consent" })
      yield* DocumentTypes.create({ body })
      yield* DocumentTypes.update({ documentTypeName: "dt-consent", body })
      yield* DocumentTypes.remove({ documentTypeName: "dt-consent" })
      assert.deepStrictEqual(client.sent(), [
        "GET /formations/31/document-types/dt-consent",
        ["POST /formations/draft/document-types", body],
        ["PUT /formations/draft/document-types/dt-consent", body],
        "DELETE /formations/draft/document-types/dt-consent"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a field without a type is not sent, and its place is named", () => {
    const client = answers()
    return Effect.gen(function* () {
      const body = { name: "dt-consent", title: "Consent", fields: [remarks, { name: "dtf-signed" }] } as never
      const error = yield* Effect.flip(DocumentTypes.create({ body }))
      assert.deepStrictEqual(tagAndPlaces(error), ["EncodeError", "body.fields.1.type"])
    }).pipe(Effect.provide(client.layer))
  })
})
