import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "../../src/testing/index.js"
import { PatientPrograms, Reports } from "../../src/v8/index.js"
import { collect, exported, refusal, wire, within } from "./resources.js"

const stub = {
  id: null,
  createdByName: null,
  createdAt: null,
  updatedByName: null,
  updatedAt: null,
  programDescription: "",
  assigned: false,
  patientId: null,
  currentPhase: null,
  status: null,
  compatibleWithCurrentVersion: false,
  pathHistory: []
}

describe("patient programs", () => {
  it.effect("a patient in no program sees stubs, is enrolled, moved on, finished, and removed", () =>
    within(
      Effect.gen(function* () {
        const { json: patient } = yield* wire("POST", "/patients", { body: { firstName: "Ada", lastName: "Example" } })
        const path = `/patients/${patient.id}/programs`
        const stubs = (yield* wire("GET", path)).json
        expect(stubs.metaInfo).toMatchObject({ totalElements: 3, lastPage: true })
        expect(stubs.data[1]).toEqual({ ...stub, programName: "prog-sleep", programTitle: expect.any(String) })

        const early = yield* wire("PATCH", `${path}/prog-sleep`, { body: { phaseName: "phase-active" } })
        expect(refusal(early)).toEqual([404, "PATIENT_PROGRAM_NOT_FOUND"])
        const raw = yield* wire("PATCH", `${path}/prog-sleep`, { body: { assigned: true } })
        expect(raw.status).toBe(200)
        expect(raw.json).toMatchObject({
          assigned: true,
          status: "NOT_STARTED",
          currentPhase: null,
          pathHistory: [],
          patientId: patient.id
        })

        const entered = yield* wire("PATCH", `${path}/prog-sleep`, { body: { phaseName: "phase-enrolled" } })
        expect(entered.json).toMatchObject({
          id: raw.json.id,
          status: "IN_PROGRESS",
          currentPhase: { name: "phase-enrolled", deleted: false }
        })
        expect(entered.json.currentPhase.currentVersion).toMatch(/^\d+$/)
        const moved = yield* wire("PATCH", `${path}/prog-sleep/phases`, { body: { phaseName: "phase-follow-up" } })
        expect(moved.json.status).toBe("IN_PROGRESS")
        expect(moved.json.pathHistory).toEqual([entered.json.currentPhase, moved.json.currentPhase])
        expect((yield* wire("PATCH", `${path}/prog-sleep`, { body: { phaseName: "phase-none" } })).status).toBe(400)

        const at = { patientId: patient.id, programName: "prog-sleep" }
        const current = yield* PatientPrograms.getCurrent(at as never)
        expect(yield* collect(PatientPrograms.listStream({ patientId: patient.id, assignedPrograms: true }))).toEqual([current])
        expect((yield* collect(PatientPrograms.listStream({ patientId: patient.id, assignedPrograms: false }))).length).toBe(2)
        // the patient shows it, and has changed with it
        const shown = (yield* wire("GET", `/patients/${patient.id}`)).json
        expect(shown.patientPrograms).toEqual([moved.json])
        expect((yield* exported("PATIENT")).at(-1)).toEqual(shown)
        expect((yield* exported("PATIENT_PROGRAM", 3)).at(-1)).toEqual(moved.json)

        yield* wire("PATCH", `${path}/prog-sleep`, { body: { status: "FINISHED" } })
        const finished = yield* wire("GET", `${path}/current/prog-sleep`)
        expect(refusal(finished)).toEqual([404, "PATIENT_PROGRAM_NOT_FOUND"])
        expect(finished.json[0]).toMatchObject({
          componentType: "PATIENT_PROGRAM",
          details: { programName: "prog-sleep", patientId: patient.id, notStatus: "FINISHED" }
        })
        expect((yield* wire("GET", `${path}/history/${raw.json.id}`)).json.status).toBe("FINISHED")

        const removed = yield* wire("DELETE", `${path}/${raw.json.id}`)
        expect([removed.status, removed.text]).toEqual([200, ""])
        const gone = yield* wire("GET", `${path}/history/${raw.json.id}`)
        expect(gone.json[0].details).toEqual({ id: raw.json.id, patientId: patient.id })
        expect((yield* wire("GET", `/patients/${patient.id}`)).json.patientPrograms).toEqual([])
      })
    )
  )

  it.effect("what a patient shows, what the list says and what the report counts agree", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const inSleep: Array<string> = []
        for (let index = 0; index < 30; index++) {
          const id = patientId(index)
          const { patientPrograms } = (yield* wire("GET", `/patients/${id}`)).json
          expect((yield* wire("GET", `/patients/${id}/programs`, { query: { assignedPrograms: "true" } })).json.data).toEqual(
            patientPrograms
          )
          if (patientPrograms.some((one: any) => one.programName === "prog-sleep" && one.status !== "FINISHED")) inSleep.push(id)
        }
        const report = yield* Reports.patientProgramPhaseDistribution()
        expect(report.find(({ name }) => name === "prog-sleep")).toMatchObject({ count: inSleep.length, patientIds: inSleep })
        expect(inSleep.length).toBeGreaterThan(0)
      }),
      { patients: 30 }
    )
  )
})
