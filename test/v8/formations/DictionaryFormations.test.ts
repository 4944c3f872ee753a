import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as DictionaryFormations from "../../../src/v8/formations/DictionaryFormations.js"
import { answers } from "../../support/answers.js"
import { tagAndPlaces } from "../../support/places.js"

const colours = { name: "d-colours", title: "Colours", fields: [{ name: "df-name", type: "text" }] }

describe("DictionaryFormations", () => {
  it.effect("of a dictionary nobody has seen yet, only names are asked", () => {
    const dictionaries = [
      { name: "cpt" },
      { name: "timezone", title: null, internal: null, fields: null },
      { ...colours, fields: [{ name: "df-name" }] }
    ]
    const client = answers({ body: dictionaries }, { body: [{ title: "Colours" }] })
    return Effect.gen(function* () {
      const all = yield* Stream.runCollect(DictionaryFormations.listStream({ version: "current" }))
      assert.deepStrictEqual<ReadonlyArray<unknown>>(Array.from(all), dictionaries)
      const error = yield* Effect.flip(DictionaryFormations.list({ version: "current" }))
      assert.deepStrictEqual(tagAndPlaces(error), ["DecodeError", "0.name"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("only the draft is written, whole", () => {
    const client = answers({ status: 201, body: colours }, { body: colours }, { body: "" })
    return Effect.gen(function* () {
      yield* DictionaryFormations.create({ body: colours })
      yield* DictionaryFormations.update({ dictionaryName: "d-colours", body: { ...colours, fields: [] } })
      yield* DictionaryFormations.remove({ dictionaryName: "d-colours" })
      assert.deepStrictEqual(client.sent(), [
        ["POST /formations/draft/dictionaries", colours],
        ["PUT /formations/draft/dictionaries/d-colours", { ...colours, fields: [] }],
        "DELETE /formations/draft/dictionaries/d-colours"
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
