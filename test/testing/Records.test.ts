import { describe, expect, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import { Simulator } from "../../src/testing/index.js"
import {
  AssessmentRecords,
  CalendarEvents,
  CalendarSchedules,
  CarePlanGoals,
  EncounterAssessments,
  EncounterComments,
  Encounters,
  Exports,
  FullEncounters,
  PatientPrograms,
  Patients,
  Tasks,
  Users,
  WorkHours
} from "../../src/v8/index.js"
import { collect, exported, wire, within } from "./resources.js"

/** The kinds of record that patients have, and when one of them last changed. */
const kinds: { readonly [resource: string]: (record: any) => string } = {
  ASSESSMENT: ({ answers, updatedAt }) => [answers.updated_at, updatedAt].sort().at(-1)!,
  CALENDAR_EVENT: ({ updatedAt }) => updatedAt,
  ENCOUNTER: ({ updatedAt }) => updatedAt,
  ENCOUNTER_COMMENT: ({ cursorAttribute }) => cursorAttribute,
  ENCOUNTER_DISPOSITION: ({ updatedAt }) => updatedAt,
  PATIENT_PROGRAM: ({ updatedAt }) => updatedAt,
  TASK: ({ updatedAt }) => updatedAt
}

const ids = (records: ReadonlyArray<any>): ReadonlyArray<string> => records.map(({ id }) => id)

describe("records that patients have from the start", () => {
  it.effect.prop(
    "an export holds each once, in the order of change, whatever its pages and whatever was written before",
    {
      resource: FastCheck.constantFrom(...Object.keys(kinds)),
      pageSize: FastCheck.integer({ min: 1, max: 40 }),
      seed: FastCheck.nat(1000)
    },
    ({ pageSize, resource, seed }) =>
      within(
        Effect.gen(function* () {
          const simulator = yield* Simulator.Simulator
          const path = `/patients/${simulator.patientId(0)}`
          yield* wire("POST", `${path}/encounters`, { body: { templateName: "etmp-first-visit" } })
          yield* wire("POST", `${path}/assessment-records`, { body: { assessmentName: "asm-mood" } })
          yield* wire("PATCH", `${path}/programs/prog-sleep`, { body: { assigned: true } })
          const records = yield* exported(resource, pageSize)
          expect(new Set(ids(records)).size).toBe(records.length)
          const times = records.map(kinds[resource]!)
          expect(times).toEqual([...times].sort())
          const whole = yield* wire("GET", `/export/${resource}`, { query: { pageSize: "1000" } })
          expect(records).toEqual(whole.json.data)
        }),
        { patients: 9, seed }
      ),
    { fastCheck: { numRuns: 30 } }
  )

  it.effect("records that share an instant come twice at a page's edge, and none is lost", () =>
    within(
      Effect.forEach(Object.keys(kinds), (resource) =>
        Effect.gen(function* () {
          const whole = (yield* wire("GET", `/export/${resource}`, { query: { pageSize: "1000" } })).json.data
          const paged = yield* exported(resource, 5)
          expect(paged.length).toBeGreaterThan(whole.length)
          expect(new Set(ids(paged))).toEqual(new Set(ids(whole)))
        })
      ),
      { patients: 20, sharedInstants: 4 }
    )
  )

  it.effect("the same seed makes the same bytes, and a larger population begins with the smaller one", () =>
    Effect.gen(function* () {
      const texts = (patients: number, seed: number) =>
        within(
          Effect.forEach(
            Array.from({ length: 8 }, (_, index) => index),
            (index) =>
              Effect.gen(function* () {
                const id = (yield* Simulator.Simulator).patientId(index)
                const parts = ["full-encounters", "assessment-records", "care-plan", "care-plan/goals", "programs"]
                return yield* Effect.forEach(parts, (part) => Effect.map(wire("GET", `/patients/${id}/${part}`), ({ text }) => text))
              })
          ),
          { patients, seed }
        )
      const small = yield* texts(8, 5)
      expect(yield* texts(8, 5)).toEqual(small)
      expect(yield* texts(500, 5)).toEqual(small)
      expect(yield* texts(8, 6)).not.toEqual(small)
    })
  )

  it.effect("every one of them is what the SDK takes it for", () =>
    within(
      Effect.gen(function* () {
        const patients = yield* collect(Patients.listStream())
        for (const { id: patientId } of patients) {
          yield* collect(AssessmentRecords.listStream({ patientId }))
          yield* collect(CarePlanGoals.listStream({ patientId }))
          yield* collect(PatientPrograms.listStream({ patientId }))
          for (const { id: encounterId } of yield* collect(Encounters.listForPatientStream({ patientId }))) {
            yield* EncounterComments.list({ patientId, encounterId })
            yield* EncounterAssessments.list({ patientId, encounterId })
          }
        }
        const counts = yield* Effect.all([
          Effect.map(collect(FullEncounters.listStream({ withCareTeam: false })), (all) => all.length),
          Effect.map(collect(Exports.encountersStream()), (all) => all.length)
        ])
        expect(counts[0]).toBe(counts[1])
        yield* collect(Tasks.searchStream())
        yield* collect(Users.listStream())
        yield* collect(Exports.assessmentsStream())
        yield* collect(Exports.calendarEventsStream())
        yield* collect(Exports.encounterCommentsStream())
        yield* collect(Exports.encounterDispositionsStream())
        yield* collect(Exports.patientProgramsStream())
        yield* collect(Exports.tasksStream())
        const period = {
          from: DateTime.unsafeMake("2010-01-01T00:00:00.000Z"),
          to: DateTime.unsafeMake("2040-01-01T00:00:00.000Z")
        }
        const events = yield* collect(CalendarEvents.listStream({ ...period, includeCancelled: true }))
        expect(events.length).toBe((yield* exported("CALENDAR_EVENT")).length)
        const hours = yield* WorkHours.list(period)
        expect(hours.length).toBe(6)
        const schedules = yield* CalendarSchedules.list({ ...period, psmIds: hours.map(({ psmId }) => psmId) })
        expect(schedules.flatMap((one) => one.events).length).toBeGreaterThan(0)
      }),
      { patients: 40 }
    )
  )

  it.effect("a deleted patient takes them along", () =>
    within(
      Effect.gen(function* () {
        const [{ patientId, id, jsonBody }] = (yield* exported("ENCOUNTER")).filter((one) => one.jsonBody.calendarEventId !== null)
        expect((yield* wire("DELETE", `/patients/${patientId}`)).status).toBe(204)
        expect((yield* wire("GET", `/patients/${patientId}/encounters/${id}`)).status).toBe(404)
        expect((yield* wire("GET", `/calendar/events/${jsonBody.calendarEventId}`)).status).toBe(404)
        for (const resource of Object.keys(kinds)) expect(JSON.stringify(yield* exported(resource))).not.toContain(patientId)
        const lists: ReadonlyArray<readonly [string, Record<string, string>]> = [
          ["/encounters", { withCareTeam: "false" }],
          ["/tasks", {}],
          ["/reports/patient-program-phase-distribution", {}]
        ]
        for (const [path, query] of lists) expect((yield* wire("GET", path, { query })).text).not.toContain(patientId)
      }),
      { patients: 12, allow: ["patients.remove"] }
    )
  )

  it.effect("a million patients: one patient's lists and a page of an export answer, lists over all of them say that they do not", () =>
    within(
      Effect.gen(function* () {
        const id = (yield* Simulator.Simulator).patientId(777_777)
        expect((yield* wire("GET", `/patients/${id}/full-encounters`)).status).toBe(200)
        expect((yield* wire("GET", "/tasks", { query: { patientId: id } })).status).toBe(200)
        const page = yield* wire("GET", "/export/ENCOUNTER", { query: { pageSize: "100" } })
        expect([page.json.data.length, page.json.cursor.hasNext]).toEqual([100, true])
        for (const [path, query] of [
          ["/encounters", { withCareTeam: "false" }],
          ["/tasks", {}]
        ] as const) {
          const told = yield* wire("GET", path, { query })
          expect([told.status, told.json[0].errorCode]).toEqual([501, "NOT_SIMULATED"])
        }
      }),
      { patients: 1_000_000 }
    )
  )
})
