import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as AssessmentResponses from "../../src/v1/AssessmentResponses.js"
import { PatientId } from "../../src/v1/Patients.js"
import { answers } from "../support/legacy.js"
import { tagAndPlaces } from "../support/places.js"

const patient_id = PatientId.make("p-1")
const model = { hours_slept: 6.5, woke_rested: false }

describe("AssessmentResponses", () => {
  it.effect("the patient and the assessment go under the names that were given, and no other", () => {
    const client = answers({ body: { data: { id: "a-1" } } }, { body: { data: { id: "a-2" } } })
    return Effect.gen(function* () {
      yield* AssessmentResponses.create({ body: { patient_id, spec_name: "sleep", model } })
      yield* AssessmentResponses.create({ body: { user_id: patient_id, spec_id: "sleep", model } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /v1/assessment_responses", { patient_id: "p-1", spec_name: "sleep", model }],
        ["POST /v1/assessment_responses", { user_id: "p-1", spec_id: "sleep", model }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a patient under two names or none, or an assessment under none, is refused", () => {
    const refusedBy = (body: object) =>
      Effect.map(Effect.flip(AssessmentResponses.create({ body: body as never })), (error) => error.message)
    return Effect.gen(function* () {
      const both = yield* refusedBy({ patient_id, user_id: patient_id, spec_name: "sleep", model })
      assert.include(both, "body: expected exactly one of patient_id, user_id, got object")
      assert.include(yield* refusedBy({ spec_name: "sleep", model }), "exactly one of patient_id, user_id")
      assert.include(yield* refusedBy({ patient_id, model }), "at least one of spec_name, spec_id")
      const wrong = yield* Effect.flip(AssessmentResponses.create({ body: { patient_id: "", spec_name: "sleep", model } as never }))
      assert.deepStrictEqual(tagAndPlaces(wrong), ["EncodeError", "body.patient_id"])
    }).pipe(Effect.provide(answers().layer))
  })

  it.effect("the assessment's own schema is asked for", () => {
    const spec = { fields: ["hours_slept"] }
    const client = answers({ body: { data: { id: "a-1", spec } } })
    return Effect.gen(function* () {
      const id = AssessmentResponses.AssessmentResponseId.make("a-1")
      assert.deepStrictEqual((yield* AssessmentResponses.get({ id, include_schema: true })).spec, spec)
      assert.deepStrictEqual(client.sent(), ["GET /v1/assessment_responses/a-1?include_schema=true"])
    }).pipe(Effect.provide(client.layer))
  })
})
