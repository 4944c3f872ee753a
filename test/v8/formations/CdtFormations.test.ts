import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as CdtFormations from "../../../src/v8/formations/CdtFormations.js"
import type { Version } from "../../../src/v8/formations/Version.js"
import { answers } from "../../support/answers.js"
import { cdtFormation, field } from "../../support/formations.js"
import { tagAndPlaces } from "../../support/places.js"

describe("CdtFormations", () => {
  it.effect("a version is live, being edited, or a number; nothing else is asked for", () => {
    const client = answers({ body: [] }, { body: [] }, { body: [] })
    return Effect.gen(function* () {
      yield* Effect.forEach(["current", "draft", 75] as const, (version) => CdtFormations.list({ version }))
      for (const version of [0, -1, 1.5, Number.NaN, "published", "75", ""]) {
        const error = yield* Effect.flip(CdtFormations.list({ version: version as Version }))
        assert.deepStrictEqual(tagAndPlaces(error), ["EncodeError", "version"])
      }
      assert.deepStrictEqual(client.sent(), ["GET /formations/current/cdts", "GET /formations/draft/cdts", "GET /formations/75/cdts"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("all types come as one stream, and one comes by a name that stays a single path segment", () => {
    const client = answers({ body: [cdtFormation, { ...cdtFormation, name: "cdt/odd" }] }, { body: { ...cdtFormation, name: "cdt/odd" } })
    return Effect.gen(function* () {
      const names = yield* CdtFormations.listStream({ version: "current" }).pipe(
        Stream.map(({ name }) => name),
        Stream.runCollect
      )
      assert.deepStrictEqual(Array.from(names), ["cdt-sleep", "cdt/odd"])
      yield* CdtFormations.get({ version: "current", cdtName: "cdt/odd" })
      assert.deepStrictEqual(client.sent(), ["GET /formations/current/cdts", "GET /formations/current/cdts/cdt%2Fodd"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("fields are read as old instances sent them, with settings of any kind and choices of any type", () => {
    const { name, type, dictionary, searchable, bulkEdit, phi } = field
    const old = { name, type, dictionary, searchable, bulkEdit, phi, meta: {} }
    const select = {
      ...field,
      type: "formula",
      displayType: "RADIO",
      valueType: "INTEGER",
      dictionary: { name: "cpt", field: "value" },
      meta: { options: [{ label: "Low", value: 1, refCdtName: null }], multiple: true, patterns: ["NUMBERS_ONLY"] }
    }
    const client = answers({ body: { ...cdtFormation, fields: [old, select] } })
    return Effect.gen(function* () {
      const { fields } = yield* CdtFormations.get({ version: "current", cdtName: "cdt-sleep" })
      assert.deepStrictEqual<ReadonlyArray<unknown>>(fields, [old, select])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a field without a name is refused by place, and a page is no list", () => {
    const { name: _, ...nameless } = field
    const client = answers({ body: [{ ...cdtFormation, fields: [nameless] }] }, { body: { content: [cdtFormation], last: true } })
    return Effect.gen(function* () {
      const list = Effect.flip(CdtFormations.list({ version: "current" }))
      assert.deepStrictEqual(tagAndPlaces(yield* list), ["DecodeError", "0.fields.0.name"])
      const error = yield* list
      assert(error._tag === "DecodeError")
      assert.strictEqual(error.reason, "Envelope")
    }).pipe(Effect.provide(client.layer))
  })
})
