import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as EmailAddresses from "../../src/v1/EmailAddresses.js"
import { PatientId } from "../../src/v1/Patients.js"
import { answers } from "../support/legacy.js"
import { tagAndPlaces } from "../support/places.js"

const patient_id = PatientId.make("p-1")

describe("EmailAddresses", () => {
  it.effect("no consent is sent that was not given", () => {
    const client = answers({ body: { data: { id: "m-1" } } })
    return Effect.gen(function* () {
      yield* EmailAddresses.create({ body: { patient_id, email: "not checked", opted_in_to_email: true } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /v1/email_addresses", { patient_id: "p-1", email: "not checked", opted_in_to_email: true }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a patient is referred to or created, not both", () => {
    const client = answers({ body: { data: { id: "m-1" } } })
    const patient = { first_name: "A", phase: "onboarding" }
    return Effect.gen(function* () {
      yield* EmailAddresses.create({ body: { patient, email: "a@mail.example" } })
      assert.deepStrictEqual(client.sent(), [["POST /v1/email_addresses", { patient, email: "a@mail.example" }]])
      const both = { patient, patient_id, email: "a@mail.example" } as never
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(EmailAddresses.create({ body: both }))), ["EncodeError", "body"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("the filter by patient is sent under one name", () => {
    const client = answers({ body: { data: [] } }, { body: { data: [] } })
    return Effect.gen(function* () {
      yield* EmailAddresses.find({ patient_id })
      yield* EmailAddresses.find({ user_id: patient_id })
      assert.deepStrictEqual(client.sent(), ["GET /v1/email_addresses?patient_id=p-1", "GET /v1/email_addresses?user_id=p-1"])
      const both = yield* Effect.flip(EmailAddresses.find({ patient_id, user_id: patient_id }))
      assert.deepStrictEqual(tagAndPlaces(both), ["EncodeError", "user_id"])
    }).pipe(Effect.provide(client.layer))
  })
})
