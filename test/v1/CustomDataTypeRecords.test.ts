import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as CustomDataTypeRecords from "../../src/v1/CustomDataTypeRecords.js"
import { PatientId } from "../../src/v1/Patients.js"
import { answers } from "../support/legacy.js"

const id = CustomDataTypeRecords.CustomDataTypeRecordId.make("r-1")
const content = { plan: "Basic", valid: true, user_id: "not a patient" }

describe("CustomDataTypeRecords", () => {
  it.effect("the content is kept as it is, whatever its fields are called", () => {
    const client = answers(
      { body: { data: { id: "r-1", user_id: "p-1", body: content } } },
      { body: { data: { id: "r-1", body: content } } }
    )
    return Effect.gen(function* () {
      const patient_id = PatientId.make("p-1")
      const made = yield* CustomDataTypeRecords.create({ body: { patient_id, type_name: "insurance_card", body: content } })
      assert.deepStrictEqual<object>(made, { id: "r-1", patient_id: "p-1", body: content })
      yield* CustomDataTypeRecords.update({ id, body: { body: content } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /v1/custom_data_type_records", { patient_id: "p-1", type_name: "insurance_card", body: content }],
        ["PUT /v1/custom_data_type_records/r-1", { body: content }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a bare record is told from an envelope, though its content has data", () => {
    const client = answers({ body: { id: "r-1", body: { data: { id: "r-2" } } } })
    return Effect.gen(function* () {
      assert.deepStrictEqual((yield* CustomDataTypeRecords.get({ id })).body, { data: { id: "r-2" } })
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("another type for a record cannot be sent", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(CustomDataTypeRecords.update({ id, body: { body: content, type_name: "other" } as never }))
      assert.include(error.message, "body.type_name: expected nothing")
    }).pipe(Effect.provide(answers().layer))
  )
})
