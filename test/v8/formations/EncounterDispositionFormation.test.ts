import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Disposition from "../../../src/v8/formations/EncounterDispositionFormation.js"
import { answers } from "../../support/answers.js"
import { cdtFormation } from "../../support/formations.js"
import { tagAndPlaces } from "../../support/places.js"

const disposition = { ...cdtFormation, name: "__encounter_disposition__", internal: true, relation: "ENCOUNTER_DISPOSITION" }
const code = { name: "uicedf-code", type: "select", dictionary: { name: "cpt", field: "value" }, meta: { required: false } } as const

describe("EncounterDispositionFormation", () => {
  it.effect("fields are written plainly, and go out under the only name there is", () => {
    const client = answers({ body: disposition }, { body: disposition })
    return Effect.gen(function* () {
      yield* Disposition.get({ version: "draft" })
      const { fields } = yield* Disposition.update({ body: [code] })
      assert.strictEqual(fields.length, 1)
      assert.deepStrictEqual(client.sent(), [
        "GET /formations/draft/encounter-disposition",
        ["PUT /formations/draft/encounter-disposition", { name: "__encounter_disposition__", fields: [code] }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a field that only other types have is not sent, and its place is named", () => {
    const client = answers()
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Disposition.update({ body: [code, { ...code, phi: true }] as never }))
      assert.deepStrictEqual(tagAndPlaces(error), ["EncodeError", "body.1.phi"])
    }).pipe(Effect.provide(client.layer))
  })
})
