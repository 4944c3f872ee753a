import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { PatientId } from "../../src/v8/Patients.js"
import * as Sms from "../../src/v8/Sms.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const patientId = PatientId.make("p-1")
const smsId = Sms.SmsId.make("s-1")

describe("Sms", () => {
  it.effect("of a message nobody has seen yet, only the id is asked", () => {
    const nothing = Object.fromEntries(Object.keys(Sms.Sms.fields).map((name) => [name, null]))
    const client = answers(
      { body: { id: "s-1" } },
      { body: { ...nothing, id: "s-1" } },
      { body: { ...nothing, id: "s-1", status: "QUEUED" } }
    )
    return Effect.gen(function* () {
      assert.deepStrictEqual(yield* Sms.get({ patientId, smsId }), { id: smsId })
      assert.strictEqual((yield* Sms.get({ patientId, smsId })).direction, null)
      assert.strictEqual((yield* Sms.get({ patientId, smsId })).status, "QUEUED")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a message without an id, or with a day for a moment, is refused", () => {
    const client = answers({ body: { message: "Tomorrow at 9." } }, { body: { id: "s-1", sentAt: "2030-01-02" } })
    return Effect.gen(function* () {
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(Sms.get({ patientId, smsId }))), ["DecodeError", "id"])
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(Sms.get({ patientId, smsId }))), ["DecodeError", "sentAt"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("filters keep a plus sign, a false and an empty text, and join their statuses", () => {
    const client = answers({ body: { content: [], last: true } })
    return Effect.gen(function* () {
      yield* Sms.list({ patientId, phone: "+15005550001", starred: false, search: "", status: ["UNRECOGNISED", "UNRECOGNIZED"] })
      assert.deepStrictEqual(client.sent(), [
        "GET /patients/p-1/sms?search=&starred=false&phone=%2B15005550001&status=UNRECOGNISED%2CUNRECOGNIZED"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("filters go with every page", () => {
    const client = answers(
      { body: { content: [{ id: "s-1" }], last: false, number: 0 } },
      { body: { content: [{ id: "s-2" }], last: true, number: 1 } }
    )
    return Effect.gen(function* () {
      const found = yield* Stream.runCollect(Sms.listStream({ patientId, direction: "IN", size: 1 }))
      assert.deepStrictEqual(
        Array.from(found, ({ id }) => String(id)),
        ["s-1", "s-2"]
      )
      assert.deepStrictEqual(client.sent(), [
        "GET /patients/p-1/sms?page=0&size=1&direction=IN",
        "GET /patients/p-1/sms?page=1&size=1&direction=IN"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a message is scheduled to the millisecond", () => {
    const client = answers({ status: 201, body: { id: "s-1" } })
    return Effect.gen(function* () {
      const scheduledAt = DateTime.unsafeMake("2030-01-02T03:04:05Z")
      yield* Sms.send({ patientId, body: { message: "Tomorrow at 9.", receiver: patientId, sendNow: false, scheduledAt } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /patients/p-1/sms", { message: "Tomorrow at 9.", receiver: "p-1", sendNow: false, scheduledAt: "2030-01-02T03:04:05.000Z" }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a change sends what changes and nothing else; a field of the answer is no change", () => {
    const client = answers({ body: { id: "s-1" } })
    return Effect.gen(function* () {
      yield* Sms.update({ patientId, smsId, body: { starred: false } })
      const refused = yield* Effect.flip(Sms.update({ patientId, smsId, body: { starred: true, status: "SENT" } as never }))
      assert.deepStrictEqual(tagAndPlaces(refused), ["EncodeError", "body.status"])
      assert.deepStrictEqual(client.sent(), [["PUT /patients/p-1/sms/s-1", { starred: false }]])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("deleting takes any success for one, whatever it says", () => {
    const client = answers({ body: "" }, { body: "deleted" })
    return Effect.gen(function* () {
      yield* Sms.remove({ patientId, smsId })
      yield* Sms.remove({ patientId, smsId })
      assert.deepStrictEqual(client.sent(), ["DELETE /patients/p-1/sms/s-1", "DELETE /patients/p-1/sms/s-1"])
    }).pipe(Effect.provide(client.layer))
  })
})
