import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as TestClock from "effect/TestClock"
import { PatientId } from "../../src/v1/Patients.js"
import * as PhoneNumbers from "../../src/v1/PhoneNumbers.js"
import { answers, timestamp } from "../support/legacy.js"
import { tagAndPlaces } from "../support/places.js"

const patient_id = PatientId.make("p-1")
const id = PhoneNumbers.PhoneNumberId.make("n-1")

const both = (text: string) => [PhoneNumbers.toE164(text), PhoneNumbers.toNational(text)].map(Option.getOrUndefined)

describe("PhoneNumbers", () => {
  it.effect("consent to calls is read under its misspelt name, and never sent so", () => {
    const client = answers(
      { body: { id: "n-1", opted_on_to_phone: true } },
      { body: { id: "n-1", opted_on_to_phone: true, opted_in_to_phone: false } },
      { body: { id: "n-1" } }
    )
    return Effect.gen(function* () {
      assert.deepStrictEqual<object>(yield* PhoneNumbers.get({ id }), { id: "n-1", opted_in_to_phone: true })
      assert.deepStrictEqual<object>(yield* PhoneNumbers.get({ id }), { id: "n-1", opted_in_to_phone: false })
      yield* PhoneNumbers.update({ id, body: { opted_in_to_phone: true } })
      assert.deepStrictEqual(client.sent().at(-1), ["PUT /v1/phone_numbers/n-1", { opted_in_to_phone: true }])
      const misspelt = PhoneNumbers.update({ id, body: { opted_on_to_phone: true } as never })
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(misspelt)), ["EncodeError", "body.opted_on_to_phone"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a number goes as it is given, and no consent with it", () => {
    const client = answers({ body: { data: { id: "n-1" } } })
    return Effect.gen(function* () {
      yield* PhoneNumbers.create({ body: { patient_id, phone_number: "500-555-0142", phone_number_type: "cell" } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /v1/phone_numbers", { patient_id: "p-1", phone_number: "500-555-0142", phone_number_type: "cell" }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a number cannot be changed", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(PhoneNumbers.update({ id, body: { phone_number: "+15005550142" } as never }))
      assert.deepStrictEqual(tagAndPlaces(error), ["EncodeError", "body.phone_number"])
    }).pipe(Effect.provide(answers().layer))
  )

  it.effect("a search is a read: sent again after trouble, its window in the body", () => {
    const client = answers({ status: 503 }, { body: { data: [{ id: "n-1" }], links: {} } })
    return Effect.gen(function* () {
      const body = { phone_number: "+15005550142", "page[from]": timestamp("2021-03-01T00:00:00Z"), "page[size]": 50 }
      const fiber = yield* Effect.fork(PhoneNumbers.search({ body }))
      yield* TestClock.adjust("1 second")
      assert.strictEqual((yield* Fiber.join(fiber)).data.length, 1)
      const sent = [
        "POST /v1/phone_numbers/find",
        { phone_number: "+15005550142", "page[from]": "2021-03-01T00:00:00.000000", "page[size]": 50 }
      ]
      assert.deepStrictEqual<unknown>(client.sent(), [sent, sent])
      const both = PhoneNumbers.search({ body: { patient_id, user_id: patient_id } as never })
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(both)), ["EncodeError", "body"])
    }).pipe(Effect.provide(client.layer))
  })

  it.each([
    ["500-555-0142", "+15005550142", "500-555-0142"],
    ["(500) 555-0142", "+15005550142", "500-555-0142"],
    ["+1 500 555 0142", "+15005550142", "500-555-0142"],
    ["15005550142", "+15005550142", "500-555-0142"]
  ])("%s has two forms", (text, e164, national) => {
    assert.deepStrictEqual(both(text), [e164, national])
  })

  it.each(["+44 20 7946 0000", "555-0142", "500-555-0142 x3", ""])("%s has none", (text) => {
    assert.deepStrictEqual(both(text), [undefined, undefined])
  })
})
