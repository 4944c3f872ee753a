import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "../../src/testing/index.js"
import { CarePlanGoals, CarePlans, Tasks, Users } from "../../src/v8/index.js"
import { collect, wire, within } from "./resources.js"

const newPatient = Effect.map(
  wire("POST", "/patients", { body: { firstName: "Ada", lastName: "Example" } }),
  ({ json }) => json.id as string
)

describe("care plans", () => {
  it.effect("everybody has one; posting an overview twice replaces the text and keeps its creation", () =>
    within(
      Effect.gen(function* () {
        const path = `/patients/${yield* newPatient}/care-plan`
        const bare = yield* wire("GET", path)
        expect([bare.status, bare.json.patientOverview]).toEqual([200, null])

        const first = yield* wire("POST", `${path}/overview`, { body: { overview: "Works shifts." } })
        expect([first.status, first.json.overview]).toEqual([200, "Works shifts."])
        expect(first.json).not.toHaveProperty("id")
        const second = yield* wire("POST", `${path}/overview`, { body: { overview: "Works days." } })
        expect(second.json).toEqual({ ...first.json, overview: "Works days.", updatedAt: second.json.updatedAt })
        expect(second.json.updatedAt > first.json.updatedAt).toBe(true)
        const third = yield* wire("PUT", `${path}/overview`, { body: { overview: "Works nights." } })
        expect([third.status, third.json.createdAt]).toEqual([200, first.json.createdAt])

        const { json: plan } = yield* wire("GET", path)
        expect(plan).toEqual({
          ...bare.json,
          updatedAt: third.json.updatedAt,
          updatedByName: plan.updatedByName,
          patientOverview: third.json
        })
      })
    )
  )

  it.effect("the plans of the start decode, with and without an overview", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const plans = yield* Effect.forEach(
          Array.from({ length: 20 }, (_, index) => patientId(index)),
          (id) => CarePlans.get({ patientId: id as never })
        )
        expect(new Set(plans.map(({ id }) => id)).size).toBe(20)
        expect(plans.some(({ patientOverview }) => patientOverview == null)).toBe(true)
        expect(plans.some(({ patientOverview }) => (patientOverview?.overview?.length ?? 0) > 1000)).toBe(true)
      }),
      { patients: 20 }
    )
  )
})

describe("goals", () => {
  it.effect("a goal is made from a template, changed, listed by status, talked about and worked on", () =>
    within(
      Effect.gen(function* () {
        const patientId = (yield* newPatient) as never
        const path = `/patients/${patientId}/care-plan/goals`
        const raw = yield* wire("POST", path, { body: { goalTemplateName: "gtmp-sleep-hours" } })
        expect(raw.status).toBe(201)
        expect(raw.json).toMatchObject({ name: "Sleep seven hours", priority: "LOW", status: "ACTIVE", templateName: "gtmp-sleep-hours" })
        expect((yield* wire("POST", path, { body: { goalTemplateName: "gtmp-unknown" } })).status).toBe(400)
        const goalId = raw.json.id

        const done = yield* CarePlanGoals.update({ patientId, goalId, body: { status: "COMPLETED" } })
        expect(yield* collect(CarePlanGoals.listStream({ patientId, status: "COMPLETED" }))).toEqual([done])
        expect((yield* wire("GET", path, { query: { status: "ACTIVE" } })).json).toMatchObject({ data: [], metaInfo: { totalElements: 0 } })

        const comment = yield* wire("POST", `${path}/${goalId}/comments`, { body: { text: "Good first week." } })
        expect(comment.status).toBe(201)
        expect((yield* wire("GET", `${path}/${goalId}/comments`)).json).toEqual([comment.json])

        const [user] = yield* collect(Users.listStream())
        const task = { name: "Call", status: "TODO", priority: "LOW", assignee: { id: user!.id } }
        const added = yield* wire("POST", `${path}/${goalId}/tasks`, { body: task })
        expect(added.status).toBe(201)
        expect(added.json).toMatchObject({ ...task, goalId, watchersType: "POINT_OF_CONTACT", patient: { id: patientId } })
        yield* wire("PATCH", `/tasks/${added.json.id}/comments`, { body: { text: "Done." } })

        const { json: details } = yield* wire("GET", `${path}/${goalId}`)
        expect(details).toMatchObject({ details: { id: goalId }, comments: [comment.json], tasks: [{ id: added.json.id }] })
        // within a goal, a task's comment names its author otherwise
        expect(details.tasks[0].comments[0]).toMatchObject({ text: "Done.", createdByName: expect.stringMatching(/^API_CLIENT:/) })
        expect(details.tasks[0].comments[0]).not.toHaveProperty("author")
        expect((yield* CarePlanGoals.listTasks({ patientId, goalId })).map(({ id }) => id)).toEqual([added.json.id])
        expect(yield* Tasks.get({ taskId: added.json.id })).toMatchObject({ goalId })
        const stranger = (yield* Simulator.Simulator).patientId(0)
        expect((yield* wire("GET", `/patients/${stranger}/care-plan/goals/${goalId}`)).status).toBe(404)
      })
    )
  )
})
