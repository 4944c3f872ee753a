import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { PatientId } from "../../src/v8/Patients.js"
import * as Tasks from "../../src/v8/Tasks.js"
import { UserId } from "../../src/v8/Users.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const taskId = Tasks.TaskId.make("ta-1")
const commentId = Tasks.TaskCommentId.make("co-1")
const watcherId = UserId.make("u-2")

describe("Tasks", () => {
  it.effect("a task is one with nothing but an id, and none without", () => {
    const nulls = Object.fromEntries(Object.keys(Tasks.Task.fields).map((name) => [name, null]))
    const client = answers({ body: { id: "ta-1" } }, { body: { ...nulls, id: "ta-1" } }, { body: { name: "Call" } })
    return Effect.gen(function* () {
      assert.deepStrictEqual<unknown>(yield* Tasks.get({ taskId }), { id: "ta-1" })
      assert.isNull((yield* Tasks.get({ taskId })).dueDate)
      const error = yield* Effect.flip(Tasks.get({ taskId }))
      assert.deepStrictEqual(tagAndPlaces(error), ["DecodeError", "id"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a stream sends lists as one parameter each, days as instants, and the filter with every page", () => {
    const page = (number: number, lastPage: boolean) => ({ body: { data: [{ id: `ta-${number}` }], metaInfo: { page: number, lastPage } } })
    const client = answers(page(0, false), page(1, true))
    return Effect.gen(function* () {
      const tasks = yield* Tasks.searchStream({
        patientId: PatientId.make("p-1"),
        status: ["TODO", "IN_PROGRESS"],
        priority: ["HIGH", "URGENT"],
        dueBefore: DateTime.unsafeMake("2030-03-11"),
        search: "",
        size: 1
      }).pipe(Stream.runCollect)
      assert.strictEqual(tasks.length, 2)
      const filter = "patientId=p-1&status=TODO%2CIN_PROGRESS&priority=HIGH%2CURGENT&dueBefore=2030-03-11T00%3A00%3A00.000Z&search="
      assert.deepStrictEqual(client.sent(), [`GET /tasks?page=0&size=1&${filter}`, `GET /tasks?page=1&size=1&${filter}`])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a status with two Ls is read, and neither sent nor asked for", () => {
    const client = answers({ body: { id: "ta-1", status: "CANCELLED" } })
    return Effect.gen(function* () {
      const { status } = yield* Tasks.get({ taskId })
      assert.strictEqual(status, "CANCELLED")
      const write = yield* Effect.flip(Tasks.updateStatuses({ body: { taskIds: [taskId], status } as never }))
      const ask = yield* Effect.flip(Tasks.search({ status: [status] as never }))
      assert.deepStrictEqual(tagAndPlaces(write), ["EncodeError", "body.status"])
      assert.include(tagAndPlaces(ask), "status.0")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an update sends only what it was given; several tasks are one call", () => {
    const client = answers({ body: { id: "ta-1" } }, { body: [{ id: "ta-1" }, { id: "ta-2" }] })
    return Effect.gen(function* () {
      yield* Tasks.update({ taskId, body: { description: "" } })
      const updated = yield* Tasks.updateStatuses({ body: { taskIds: [taskId, Tasks.TaskId.make("ta-2")], status: "CANCELED" } })
      assert.deepStrictEqual<unknown>(updated, [{ id: "ta-1" }, { id: "ta-2" }])
      assert.deepStrictEqual(client.sent(), [
        ["PATCH /tasks/ta-1", { description: "" }],
        ["PATCH /tasks", { taskIds: ["ta-1", "ta-2"], status: "CANCELED" }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a comment carries keys that are not documented; other bodies do not", () => {
    const comment = { text: "Left a message.", onBehalfOf: { id: "p-1" } }
    const client = answers({ body: { id: "ta-1" } })
    return Effect.gen(function* () {
      yield* Tasks.addComment({ taskId, body: comment })
      assert.deepStrictEqual(client.sent(), [["PATCH /tasks/ta-1/comments", comment]])
      const watcher = { id: "u-2", name: "Sample Host" }
      assert.strictEqual((yield* Effect.flip(Tasks.addWatcher({ taskId, body: watcher })))._tag, "EncodeError")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("removals answer with the task, alone or as the first of a list", () => {
    const task = { id: "ta-1", watchers: [{ id: "u-1", name: null }], comments: [] }
    const client = answers({ body: task }, { body: task }, { body: [task] }, { body: [] })
    return Effect.gen(function* () {
      const removals = [
        yield* Tasks.removeWatcher({ taskId, watcherId }),
        yield* Tasks.removeComment({ taskId, commentId }),
        yield* Tasks.removeComment({ taskId, commentId })
      ]
      assert.deepStrictEqual<unknown>(removals, [task, task, task])
      assert.strictEqual((yield* Effect.flip(Tasks.removeComment({ taskId, commentId })))._tag, "DecodeError")
      assert.deepStrictEqual(client.sent().slice(0, 2), ["DELETE /tasks/ta-1/watchers/u-2", "DELETE /tasks/ta-1/comments/co-1"])
    }).pipe(Effect.provide(client.layer))
  })
})
