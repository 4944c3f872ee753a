import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { PatientId } from "../../src/v1/Patients.js"
import * as PatientTasks from "../../src/v1/PatientTasks.js"
import { answers } from "../support/legacy.js"

describe("PatientTasks", () => {
  it.effect("know the patient by the old name, and hand it out under the new", () => {
    const client = answers({ body: { data: { id: "t-1", user_id: "p-1", task_type: "weekly_survey", dismissed: null } } })
    return Effect.gen(function* () {
      const made = yield* PatientTasks.create({ body: { user_id: PatientId.make("p-1"), task_type: "weekly_survey" } })
      assert.deepStrictEqual<object>(made, { id: "t-1", patient_id: "p-1", task_type: "weekly_survey", dismissed: null })
      assert.deepStrictEqual(client.sent(), [["POST /v1/patient_tasks", { user_id: "p-1", task_type: "weekly_survey" }]])
    }).pipe(Effect.provide(client.layer))
  })
})
