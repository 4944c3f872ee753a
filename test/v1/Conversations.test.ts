import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Conversations from "../../src/v1/Conversations.js"
import { PatientId } from "../../src/v1/Patients.js"
import { answers } from "../support/legacy.js"

const id = Conversations.ConversationId.make("v-1")

describe("Conversations", () => {
  it.effect("a patient under both names is the one under the newer", () => {
    const client = answers(
      { body: { data: { id: "v-1", user_id: "p-1", patient_id: "p-2" } } },
      { body: { data: { id: "v-1", user_id: "p-1", patient_id: null } } }
    )
    return Effect.gen(function* () {
      assert.deepStrictEqual<object>(yield* Conversations.get({ id }), { id: "v-1", patient_id: "p-2" })
      assert.deepStrictEqual<object>(yield* Conversations.get({ id }), { id: "v-1", patient_id: "p-1" })
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("one address and a list of them are both a list", () => {
    const client = answers({ body: { id: "v-1", email_address_ids: "m-1" } }, { body: { id: "v-1", email_address_ids: ["m-1", "m-2"] } })
    return Effect.gen(function* () {
      assert.deepStrictEqual<unknown>((yield* Conversations.get({ id })).email_address_ids, ["m-1"])
      assert.deepStrictEqual<unknown>((yield* Conversations.get({ id })).email_address_ids, ["m-1", "m-2"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("the services of 2018 want a patient and nothing else", () => {
    const client = answers({ body: { id: "v-1", conversation_type: null } })
    return Effect.gen(function* () {
      const made = yield* Conversations.create({ body: { user_id: PatientId.make("p-1") } })
      assert.strictEqual(made.conversation_type, null)
      assert.deepStrictEqual(client.sent(), [["POST /v1/conversations", { user_id: "p-1" }]])
    }).pipe(Effect.provide(client.layer))
  })
})
