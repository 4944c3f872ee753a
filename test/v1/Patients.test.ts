import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Codecs from "../../src/Codecs.js"
import * as Patients from "../../src/v1/Patients.js"
import { WorkerId } from "../../src/v1/Workers.js"
import { answers } from "../support/legacy.js"
import { tagAndPlaces } from "../support/places.js"

const id = Patients.PatientId.make("p-1")
const worker = WorkerId.make("w-1")
const birthday = Schema.decodeSync(Codecs.CalendarDate)("1971-04-18")
const patient = { phase: "onboarding", timezone: "US/Pacific", first_name: "A", last_name: "B", birthday }

describe("Patients", () => {
  it.effect("are created with all that hangs on them", () => {
    const client = answers({ body: { data: { id: "p-1" } } })
    const body = {
      ...patient,
      coach_id: worker,
      zip_code: "00501",
      external_ids: [{ external_id: "1", namespace: "hospital" }],
      phone_numbers: [{ phone_number: "+15005550142", phone_number_type: "cell" as const }],
      email_addresses: [{ email: "a@mail.example", verified: false }],
      custom_data_type_records: [{ type_name: "insurance_card", body: { plan: "Basic" } }]
    }
    return Effect.gen(function* () {
      yield* Patients.create({ body })
      assert.deepStrictEqual(client.sent(), [["POST /v1/patients", body]])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("what hangs on them is checked, and no field is sent that nobody knows", () =>
    Effect.gen(function* () {
      const refused = (body: object) => Effect.map(Effect.flip(Patients.create({ body: { ...patient, ...body } as never })), tagAndPlaces)
      assert.deepStrictEqual(yield* refused({ phone_numbers: [{ phone_number: "1", phone_number_type: "fax", consent: true }] }), [
        "EncodeError",
        "body.phone_numbers.0.consent",
        "body.phone_numbers.0.phone_number_type"
      ])
      assert.deepStrictEqual(yield* refused({ birthday: "1971-02-30", is_active: true }), [
        "EncodeError",
        "body.birthday",
        "body.is_active"
      ])
      assert.deepStrictEqual(yield* refused({ coach_id: worker, primary_worker_id: worker }), ["EncodeError", "body"])
    }).pipe(Effect.provide(answers().layer))
  )

  it.effect("the worker in charge is read under the name of any year", () => {
    const client = answers({ body: { id: "p-1", coach_id: "w-1" } }, { body: { id: "p-1", coach_id: "w-1", primary_worker_id: "w-2" } })
    return Effect.gen(function* () {
      assert.deepStrictEqual<object>(yield* Patients.get({ id }), { id: "p-1", primary_worker_id: "w-1" })
      assert.deepStrictEqual<object>(yield* Patients.get({ id }), { id: "p-1", primary_worker_id: "w-2" })
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a change tells clearing from leaving alone", () => {
    const client = answers({ body: { data: { id: "p-1" } } })
    return Effect.gen(function* () {
      yield* Patients.update({ id, body: { primary_worker_id: null, street: null, phase: "active" } })
      assert.deepStrictEqual(client.sent(), [["PUT /v1/patients/p-1", { primary_worker_id: null, street: null, phase: "active" }]])
      const both = Patients.update({ id, body: { primary_worker_id: null, coach_id: null } as never })
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(both)), ["EncodeError", "body"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a day of birth is a day, in nobody's time zone", () => {
    const client = answers({ body: { id: "p-1", birthday: "1971-04-18" } }, { body: { id: "p-1", birthday: "1971-04-18T00:00:00Z" } })
    return Effect.gen(function* () {
      assert.strictEqual((yield* Patients.get({ id })).birthday, birthday)
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(Patients.get({ id }))), ["DecodeError", "birthday"])
    }).pipe(Effect.provide(client.layer))
  })
})
