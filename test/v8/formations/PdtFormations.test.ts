import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as PdtFormations from "../../../src/v8/formations/PdtFormations.js"
import { answers } from "../../support/answers.js"

const field = {
  name: "pdtf-kind",
  type: "select",
  formula: null,
  dictionary: null,
  profileDataType: null,
  editable: true,
  searchable: false,
  bulkEdit: false,
  phi: false,
  injectedSource: false,
  displayType: "SELECT",
  valueType: "STRING",
  meta: { required: false },
  richTextEnabled: false,
  disable: false
}

const formation = {
  id: null,
  name: "pdt-payer",
  title: null,
  constant: false,
  internal: false,
  readable: true,
  updatable: true,
  contactable: true,
  type: "MULTI_RECORD",
  sourceType: "INTERNAL",
  externalSourceType: null,
  fields: [field],
  _containsPHI: false
}

describe("PdtFormations", () => {
  it.effect("a type of fields nobody has seen yet, from a source outside, is read with its settings", () => {
    const meta = { required: true, patterns: ["ADDED_LATER"], options: [{ label: "A", value: 1, refCdtName: null }], added: [1] }
    const strange = { ...formation, sourceType: "EXTERNAL", fields: [{ ...field, type: "signature", meta }] }
    const client = answers({ body: strange })
    return Effect.gen(function* () {
      const read = yield* PdtFormations.get({ version: 75, pdtName: "pdt-payer" })
      assert.deepStrictEqual(read, strange as object)
      assert.deepStrictEqual(client.sent(), ["GET /formations/75/pdts/pdt-payer"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("the list comes whole and is asked for once; a page in its place is not taken for an empty list", () => {
    const client = answers({ body: [formation, { ...formation, name: "pdt-guardian" }] }, { body: { content: [], last: true } })
    return Effect.gen(function* () {
      const names = yield* PdtFormations.listStream({ version: "current" }).pipe(
        Stream.map(({ name }) => name),
        Stream.runCollect
      )
      assert.deepStrictEqual(Chunk.toArray(names), ["pdt-payer", "pdt-guardian"])
      const error = yield* Effect.flip(PdtFormations.list({ version: "draft" }))
      assert(error._tag === "DecodeError")
      assert.strictEqual(error.reason, "Envelope")
      assert.deepStrictEqual(client.sent(), ["GET /formations/current/pdts", "GET /formations/draft/pdts"])
    }).pipe(Effect.provide(client.layer))
  })
})
