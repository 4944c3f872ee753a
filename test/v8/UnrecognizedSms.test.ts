import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { PatientId } from "../../src/v8/Patients.js"
import * as UnrecognizedSms from "../../src/v8/UnrecognizedSms.js"
import { answers } from "../support/answers.js"

describe("UnrecognizedSms", () => {
  it.effect("messages of one number are found and assigned, and no patient stands in any path", () => {
    const unknown = { id: "s-1", direction: "IN", sender: null, patientInfo: null, status: "UNRECOGNISED" }
    const client = answers({ body: { content: [unknown], last: true } }, { body: { ...unknown, sender: "p-1", status: "RECEIVED" } })
    return Effect.gen(function* () {
      const found = yield* Stream.runCollect(UnrecognizedSms.listStream({ from: "+15005550001" }))
      const assigned = yield* Effect.forEach(found, ({ id }) =>
        UnrecognizedSms.update({ smsId: id, body: { sender: PatientId.make("p-1") } })
      )
      assert.deepStrictEqual(
        assigned.map(({ sender, status }) => [sender, status]),
        [["p-1", "RECEIVED"]]
      )
      assert.deepStrictEqual(client.sent(), [
        "GET /unrecognized-patients/sms?page=0&size=100&from=%2B15005550001",
        ["PUT /unrecognized-patients/sms/s-1", { sender: "p-1" }]
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
