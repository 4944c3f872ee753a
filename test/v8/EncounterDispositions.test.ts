import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Codecs from "../../src/Codecs.js"
import * as EncounterDispositions from "../../src/v8/EncounterDispositions.js"
import { EncounterId } from "../../src/v8/Encounters.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"
import { disposition } from "../support/encounters.js"

const of = { patientId: PatientId.make("p-1"), encounterId: EncounterId.make("en-1") }

describe("EncounterDispositions", () => {
  it.effect("the instance's own fields are read, whatever is in them; notes may be anything or designed away", () => {
    const own = { "uicedf-outcome": "seen", "uicedf-codes": [{ code: "A1" }] }
    const client = answers(
      { body: { ...disposition, jsonBody: { ...disposition.jsonBody, ...own, notes: { rich: [] } } } },
      { body: disposition }
    )
    return Effect.gen(function* () {
      const { jsonBody } = yield* EncounterDispositions.get(of)
      assert.deepStrictEqual(yield* Codecs.extension(Schema.Struct({ "uicedf-outcome": Schema.String }))(jsonBody), {
        "uicedf-outcome": "seen"
      })
      assert.deepInclude(jsonBody as object, { ...own, notes: { rich: [] } })
      assert.notProperty((yield* EncounterDispositions.get(of)).jsonBody, "notes")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a change is sent bare, with names as they are spelt and nulls that clear", () => {
    const client = answers({ body: disposition })
    return Effect.gen(function* () {
      yield* EncounterDispositions.update({ ...of, body: { "uicedf-outcome": null, "uicedf-Next_Step": ["call"] } })
      assert.deepStrictEqual(client.sent(), [
        ["PATCH /patients/p-1/encounters/en-1/disposition", { "uicedf-outcome": null, "uicedf-Next_Step": ["call"] }]
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
