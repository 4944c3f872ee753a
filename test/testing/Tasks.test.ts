import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "../../src/testing/index.js"
import { Tasks, Users } from "../../src/v8/index.js"
import { collect, exported, wire, within } from "./resources.js"

describe("tasks", () => {
  it.effect("a task is created, read, changed, watched, commented, found and exported", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const [one, other] = yield* collect(Users.listStream())
        const patientId = simulator.patientId(1)
        const body = {
          name: "Call",
          description: "Ask about sleep",
          priority: "HIGH",
          status: "TODO",
          dueDate: "2031-03-11T17:00:00.000Z",
          assignee: { id: one!.id },
          patient: { id: patientId },
          comments: [{ text: "Left a message." }]
        }
        const raw = yield* wire("POST", "/tasks", { body })
        expect(raw.status).toBe(201)
        const { json: patient } = yield* wire("GET", `/patients/${patientId}`)
        expect(raw.json).toMatchObject({
          assignee: { id: one!.id, name: `${one!.firstName} ${one!.lastName}` },
          patient: { id: patientId, name: `${patient.firstName} ${patient.lastName}` },
          author: { name: expect.stringMatching(/^API_CLIENT:/) },
          watchers: [],
          comments: [{ text: "Left a message.", author: raw.json.author }]
        })
        const taskId = raw.json.id

        const updated = yield* Tasks.update({ taskId, body: { status: "IN_PROGRESS" } })
        expect(updated).toMatchObject({ name: "Call", status: "IN_PROGRESS", priority: "HIGH" })

        // siblings leave out what the other is about
        const watched = yield* wire("PATCH", `/tasks/${taskId}/watchers`, { body: { id: other!.id } })
        expect([watched.status, watched.json.watchers.length, "comments" in watched.json]).toEqual([200, 1, false])
        const commented = yield* wire("PATCH", `/tasks/${taskId}/comments`, { body: { text: "Called." } })
        expect([commented.status, commented.json.comments.length, "watchers" in commented.json]).toEqual([200, 2, false])
        yield* Tasks.removeWatcher({ taskId, watcherId: other!.id })
        yield* Tasks.removeComment({ taskId, commentId: commented.json.comments[0].id })
        const read = (yield* wire("GET", `/tasks/${taskId}`)).json
        expect([read.watchers, read.comments.map(({ text }: any) => text)]).toEqual([[], ["Called."]])

        const found = yield* collect(Tasks.searchStream({ patientId: raw.json.patient.id, search: "SLEEP" }))
        expect(found.at(-1)).toEqual(yield* Tasks.get({ taskId }))
        expect((yield* exported("TASK", 4)).at(-1)).toEqual({ watchersType: null, templateName: null, ...read })

        const both = yield* wire("PATCH", "/tasks", { body: { taskIds: [taskId, found[0]!.id], status: "CANCELED" } })
        expect(both.json.map(({ id, status }: any) => [id, status])).toEqual([
          [taskId, "CANCELED"],
          [found[0]!.id, "CANCELED"]
        ])
        const half = yield* wire("PATCH", "/tasks", { body: { taskIds: [taskId, patientId], status: "TODO" } })
        expect([half.status, (yield* wire("GET", `/tasks/${taskId}`)).json.status]).toEqual([404, "CANCELED"])
        expect((yield* wire("POST", "/tasks", { body: { ...body, status: "CANCELLED" } })).status).toBe(400)
        expect((yield* wire("POST", "/tasks", { body: { ...body, assignee: { id: "nobody" } } })).status).toBe(400)
      })
    )
  )

  it.effect("a search keeps what fits every filter, day by day, in a numbered page", () =>
    within(
      Effect.gen(function* () {
        const search = (query: Record<string, string>) =>
          Effect.map(wire("GET", "/tasks", { query: { size: "500", ...query } }), ({ json }) => json)
        const all = (yield* search({})).data as ReadonlyArray<any>
        const ids = (tasks: ReadonlyArray<any>) => tasks.map(({ id }) => id)
        const due = all.find(({ dueDate }) => typeof dueDate === "string").dueDate as string
        const on = (task: any) => String(task.dueDate).slice(0, 10)
        for (const [query, fits] of [
          [{ status: "TODO,IN_PROGRESS" }, (task: any) => ["TODO", "IN_PROGRESS"].includes(task.status)],
          [{ dueDate: `${due.slice(0, 10)}T00:00:00.001Z` }, (task: any) => on(task) === due.slice(0, 10)],
          [{ dueBefore: due }, (task: any) => typeof task.dueDate === "string" && on(task) <= due.slice(0, 10)],
          [{ priority: "URGENT", description: "sleep" }, (task: any) => task.priority === "URGENT" && task.description.includes("sleep")],
          [
            { relatedUserId: all[0].assignee.id },
            (task: any) => [task.assignee, ...task.watchers].some(({ id }: any) => id === all[0].assignee.id)
          ]
        ] as ReadonlyArray<readonly [Record<string, string>, (task: any) => boolean]>) {
          const found = (yield* search(query)).data
          expect(ids(found)).toEqual(ids(all.filter(fits)))
          expect(found.length).toBeGreaterThan(0)
          expect(found.length).toBeLessThan(all.length)
        }
        expect((yield* search({ size: "7", page: "1" })).metaInfo).toMatchObject({ page: 1, pageSize: 7, totalElements: all.length })
        expect((yield* wire("GET", "/tasks", { query: { status: "CANCELLED" } })).status).toBe(400)
      }),
      { patients: 40 }
    )
  )
})
