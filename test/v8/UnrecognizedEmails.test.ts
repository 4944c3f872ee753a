import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { PatientId } from "../../src/v8/Patients.js"
import * as UnrecognizedEmails from "../../src/v8/UnrecognizedEmails.js"
import { answers } from "../support/answers.js"

describe("UnrecognizedEmails", () => {
  it.effect("mail from one address is found, assigned and deleted, and no patient stands in any path", () => {
    const unknown = (id: string) => ({ id, direction: "IN", sender: null, status: "UNRECOGNIZED" })
    const client = answers(
      { body: { content: [unknown("e-1"), unknown("e-2")], last: true } },
      { body: { ...unknown("e-1"), sender: "p-1", status: "RECEIVED" } },
      { body: "" }
    )
    return Effect.gen(function* () {
      const [first, second] = yield* Stream.runCollect(UnrecognizedEmails.listStream({ from: "mira@patients.example" }))
      const assigned = yield* UnrecognizedEmails.update({ emailId: first!.id, body: { sender: PatientId.make("p-1") } })
      yield* UnrecognizedEmails.remove({ emailId: second!.id })
      assert.deepStrictEqual([assigned.sender, assigned.status], ["p-1", "RECEIVED"])
      assert.deepStrictEqual(client.sent(), [
        "GET /unrecognized-patients/emails?page=0&size=100&from=mira%40patients.example",
        ["PUT /unrecognized-patients/emails/e-1", { sender: "p-1" }],
        "DELETE /unrecognized-patients/emails/e-2"
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
