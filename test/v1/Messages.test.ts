import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { ConversationId } from "../../src/v1/Conversations.js"
import * as Messages from "../../src/v1/Messages.js"
import { PatientId } from "../../src/v1/Patients.js"
import { WorkerId } from "../../src/v1/Workers.js"
import { answers, timestamp } from "../support/legacy.js"

const patient_id = PatientId.make("p-1")
const worker_id = WorkerId.make("w-1")
const message = { conversation_id: ConversationId.make("v-1"), contents: "Your visit is on Thursday." }
const time = timestamp("2021-03-01T09:15:21Z")

describe("Messages", () => {
  it.effect("a patient writes without a worker, a worker does not", () => {
    const client = answers({ body: { id: "m-1" } }, { body: { id: "m-2" } })
    return Effect.gen(function* () {
      yield* Messages.create({ body: { ...message, patient_id, direction: "inbound", sent_at: time } })
      yield* Messages.create({ body: { ...message, user_id: patient_id, direction: "outbound", worker_id, send_time: time } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /v1/messages", { ...message, patient_id: "p-1", direction: "inbound", sent_at: "2021-03-01T09:15:21.000000+00:00" }],
        [
          "POST /v1/messages",
          { ...message, user_id: "p-1", direction: "outbound", worker_id: "w-1", send_time: "2021-03-01T09:15:21.000000+00:00" }
        ]
      ])
      const anonymous = yield* Effect.flip(Messages.create({ body: { ...message, patient_id, direction: "outbound" } as never }))
      assert.include(anonymous.message, "body: expected a worker_id where the direction is outbound, got object")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a time under two names is refused", () =>
    Effect.gen(function* () {
      const body = { ...message, patient_id, direction: "inbound", sent_at: time, send_time: time } as never
      assert.include((yield* Effect.flip(Messages.create({ body }))).message, "at most one of sent_at, send_time")
    }).pipe(Effect.provide(answers().layer))
  )
})
