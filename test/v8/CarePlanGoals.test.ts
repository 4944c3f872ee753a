import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as CarePlanGoals from "../../src/v8/CarePlanGoals.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const patientId = PatientId.make("p-1")
const goalId = CarePlanGoals.CarePlanGoalId.make("go-1")

const task = { name: "Call", status: "TODO", priority: "URGENT", assignee: { id: "u-1" } } as const

describe("CarePlanGoals", () => {
  it.effect("a stream asks for one status on every page", () => {
    const page = (number: number, lastPage: boolean) => ({ body: { data: [{ id: `go-${number}` }], metaInfo: { page: number, lastPage } } })
    const client = answers(page(0, false), page(1, true))
    return Effect.gen(function* () {
      const goals = yield* Stream.runCollect(CarePlanGoals.listStream({ patientId, status: "ACTIVE", size: 1 }))
      assert.deepStrictEqual(Array.from<unknown>(goals), [{ id: "go-0" }, { id: "go-1" }])
      assert.deepStrictEqual(client.sent(), [
        "GET /patients/p-1/care-plan/goals?page=0&size=1&status=ACTIVE",
        "GET /patients/p-1/care-plan/goals?page=1&size=1&status=ACTIVE"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a goal holds tasks of its own kind, or neither tasks nor comments", () => {
    const comment = { id: "co-1", createdAt: "2030-01-02T03:04:05.006Z", text: "Done", createdByName: "Sample Host", updatedByName: null }
    const client = answers(
      { body: { details: { id: "go-1", type: "dietary" }, tasks: [{ id: "ta-1", goalId: "go-1", comments: [comment] }], comments: [] } },
      { body: { details: { id: "go-1" } } },
      { body: { id: "go-1" } }
    )
    return Effect.gen(function* () {
      const { tasks } = yield* CarePlanGoals.get({ patientId, goalId })
      assert.strictEqual(tasks?.[0]?.comments?.[0]?.createdByName, "Sample Host")
      assert.isUndefined((yield* CarePlanGoals.get({ patientId, goalId })).tasks)
      const error = yield* Effect.flip(CarePlanGoals.get({ patientId, goalId }))
      assert.strictEqual(error._tag, "DecodeError")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("priorities nobody knew are read, and not sent", () => {
    const client = answers({ body: { id: "go-1", priority: "URGENT", status: "ADDED_LATER" } })
    return Effect.gen(function* () {
      const { priority } = yield* CarePlanGoals.update({ patientId, goalId, body: { status: "REMOVED" } })
      assert.strictEqual(priority, "URGENT")
      const error = yield* Effect.flip(CarePlanGoals.update({ patientId, goalId, body: { priority } as never }))
      assert.deepStrictEqual(tagAndPlaces(error), ["EncodeError", "body.priority"])
      assert.deepStrictEqual(client.sent(), [["PATCH /patients/p-1/care-plan/goals/go-1", { status: "REMOVED" }]])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a task added comes alone or as the first of a list; an empty list is none", () => {
    const client = answers({ status: 201, body: { id: "ta-1" } }, { body: [{ id: "ta-1", createdByName: "Sample Host" }] }, { body: [] })
    return Effect.gen(function* () {
      const dueDate = DateTime.unsafeMake("2030-03-11T17:00:00Z")
      const add = CarePlanGoals.addTask({ patientId, goalId, body: { ...task, dueDate } })
      assert.deepStrictEqual<unknown>([yield* add, yield* add], [{ id: "ta-1" }, { id: "ta-1", createdByName: "Sample Host" }])
      const error = yield* Effect.flip(add)
      assert.strictEqual(error._tag, "DecodeError")
      assert.deepStrictEqual(client.sent()[0], [
        "POST /patients/p-1/care-plan/goals/go-1/tasks",
        { ...task, dueDate: "2030-03-11T17:00:00.000Z" }
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a task of a goal takes less than other tasks", () => {
    const client = answers()
    return Effect.gen(function* () {
      const error = yield* Effect.flip(CarePlanGoals.addTask({ patientId, goalId, body: { ...task, watchers: [] } as never }))
      assert.deepStrictEqual(tagAndPlaces(error), ["EncodeError", "body.watchers"])
    }).pipe(Effect.provide(client.layer))
  })
})
