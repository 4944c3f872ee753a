import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as IntegrationTasks from "../../src/v1/IntegrationTasks.js"
import { answers } from "../support/legacy.js"

const get = IntegrationTasks.get({ id: IntegrationTasks.IntegrationTaskId.make("t-1") })

describe("IntegrationTasks", () => {
  it.effect("a task with errors is no error, in whatever envelope", () => {
    const task = { id: "t-1", status: "failed", errors: [{ code: "user_not_found", message: "Nobody.", extra: { attempt: 2 } }] }
    const client = answers({ body: task }, { body: { data: task } }, { body: { errors: task.errors } })
    return Effect.gen(function* () {
      assert.deepStrictEqual<object>(yield* get, task)
      assert.deepStrictEqual<object>(yield* get, task)
      assert.strictEqual((yield* Effect.flip(get))._tag, "DecodeError")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("fields that are to be removed come along as unknown ones", () => {
    const task = { id: "t-1", provider_id: 7, args: [], result: "x", job_id: "no guid" }
    return Effect.gen(function* () {
      assert.deepStrictEqual<object>(yield* get, task)
    }).pipe(Effect.provide(answers({ body: task }).layer))
  })
})
