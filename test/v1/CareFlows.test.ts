import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as CareFlows from "../../src/v1/CareFlows.js"
import { answers } from "../support/legacy.js"

const get = CareFlows.get({ id: CareFlows.CareFlowId.make("f-1") })
const read = (care_flow: unknown) =>
  Effect.map(Effect.provide(get, answers({ body: { id: "f-1", care_flow } }).layer), (flow) => flow.care_flow)

describe("CareFlows", () => {
  it.effect("one plan and a list of plans are both a list", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual<unknown>(yield* read({ title: "Sleep" }), [{ title: "Sleep" }])
      assert.deepStrictEqual<unknown>(yield* read([{ title: "Sleep" }, { title: "Walk" }]), [{ title: "Sleep" }, { title: "Walk" }])
      assert.strictEqual(yield* read(null), null)
    })
  )

  it.effect("tasks of 2018 and of later read alike, unknown fields and all", () =>
    Effect.gen(function* () {
      const old = { title: "Agree", reminder_date: "2021-03-08T00:00:00+00:00", instructions: "Settle on a time.", added_later: 1 }
      const later = { due_date: "2021-03-08T00:00:00.000000+00:00", description: "Settle on a time.", reminder_date: null }
      assert.deepStrictEqual<unknown>(yield* read({ goals: [{ interventions: [old] }, { tasks: [later] }] }), [
        {
          goals: [
            { tasks: [{ title: "Agree", due_date: "2021-03-08T00:00:00.000000Z", description: "Settle on a time.", added_later: 1 }] },
            { tasks: [{ due_date: "2021-03-08T00:00:00.000000Z", description: "Settle on a time." }] }
          ]
        }
      ])
    })
  )

  it.effect("an error within a plan is named where it is handed out", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(read({ goals: [{ interventions: [{ reminder_date: "soon" }] }] }))
      assert.include(error.message, "care_flow.0.goals.0.tasks.0.due_date: expected Timestamp, got string")
    })
  )
})
