import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as GoalTemplates from "../../../src/v8/formations/GoalTemplates.js"
import { answers } from "../../support/answers.js"
import { tagAndPlaces } from "../../support/places.js"

const goal = (subjectConfig: object) => ({
  name: "gtmp-walk",
  goalName: "Walk daily",
  type: "movement",
  priority: "LOW",
  taskTemplates: [{ name: "ttmp-check-walk", subjectConfig }]
})

describe("GoalTemplates", () => {
  it.effect("tasks go to a role, to the point of contact, or to a subject nobody knew", () => {
    const goals = [goal({ type: "ROLE", roleName: "coach" }), goal({ type: "POINT_OF_CONTACT" }), goal({ type: "TEAM", teamName: "north" })]
    const client = answers({ body: goals })
    return Effect.gen(function* () {
      const all = yield* Stream.runCollect(GoalTemplates.listStream({ version: "current" }))
      assert.deepStrictEqual<ReadonlyArray<unknown>>(Array.from(all), goals)
      assert.deepStrictEqual(client.sent(), ["GET /formations/current/goal-templates"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a task for nobody is refused by place", () => {
    const client = answers({ body: goal({}) })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(GoalTemplates.get({ version: "draft", goalTemplateName: "gtmp-walk" }))
      assert.deepStrictEqual(tagAndPlaces(error), ["DecodeError", "taskTemplates.0.subjectConfig.type"])
      assert.deepStrictEqual(client.sent(), ["GET /formations/draft/goal-templates/gtmp-walk"])
    }).pipe(Effect.provide(client.layer))
  })
})
