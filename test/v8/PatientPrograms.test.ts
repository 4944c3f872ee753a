import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as PatientPrograms from "../../src/v8/PatientPrograms.js"
import { PatientId, PatientProgramId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"

const patientId = PatientId.make("p-1")

/** A program that the patient is not in. */
const stub = {
  id: null,
  createdAt: null,
  createdByName: null,
  updatedAt: null,
  updatedByName: null,
  programName: "prog-sleep",
  programTitle: "Sleep",
  programDescription: "",
  assigned: false,
  patientId: null,
  currentPhase: null,
  status: null,
  compatibleWithCurrentVersion: false,
  pathHistory: []
}

const enrolment = { ...stub, id: "pp-1", patientId: "p-1", assigned: true, status: "NOT_STARTED" }

const unknown = [{ errorCode: "PATIENT_PROGRAM_NOT_FOUND", componentType: "PATIENT_PROGRAM", message: "", details: {} }]

describe("PatientPrograms", () => {
  it.effect("a stream holds enrolments and stubs; false asks for the stubs alone", () => {
    const client = answers(
      { body: { data: [enrolment], metaInfo: { page: 0, lastPage: false } } },
      { body: { data: [stub], metaInfo: { page: 1, lastPage: true } } },
      { body: { data: [stub], metaInfo: { page: 0, lastPage: true } } }
    )
    return Effect.gen(function* () {
      const programs = yield* Stream.runCollect(PatientPrograms.listStream({ patientId, size: 1 }))
      assert.deepStrictEqual(
        Array.from(programs, ({ id, status }) => [id, status]),
        [
          [PatientProgramId.make("pp-1"), "NOT_STARTED"],
          [null, null]
        ]
      )
      yield* PatientPrograms.list({ patientId, assignedPrograms: false })
      assert.deepStrictEqual(client.sent(), [
        "GET /patients/p-1/programs?page=0&size=1",
        "GET /patients/p-1/programs?page=1&size=1",
        "GET /patients/p-1/programs?assignedPrograms=false"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an enrolment is read by name while it runs and by id ever after", () => {
    const client = answers({ status: 404, body: unknown }, { body: { ...enrolment, status: "FINISHED" } })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(PatientPrograms.getCurrent({ patientId, programName: "prog sleep/2" }))
      assert(error._tag === "NotFound")
      assert.deepStrictEqual(error.codes, ["PATIENT_PROGRAM_NOT_FOUND"])
      const { status } = yield* PatientPrograms.getById({ patientId, patientProgramId: PatientProgramId.make("pp-1") })
      assert.strictEqual(status, "FINISHED")
      assert.deepStrictEqual(client.sent(), [
        "GET /patients/p-1/programs/current/prog%20sleep%2F2",
        "GET /patients/p-1/programs/history/pp-1"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("enrolling and moving are sent bare and answered with 200 or 201; a removal goes by id and answers nothing", () => {
    const client = answers({ status: 201, body: enrolment }, { body: enrolment }, { status: 201, body: enrolment }, { status: 200 })
    return Effect.gen(function* () {
      const program = { patientId, programName: "prog-sleep" }
      yield* PatientPrograms.update({ ...program, body: { assigned: true, phaseName: "welcome" } })
      yield* PatientPrograms.update({ ...program, body: { status: "FINISHED" } })
      yield* PatientPrograms.changePhase({ ...program, body: { phaseName: "review" } })
      yield* PatientPrograms.remove({ patientId, patientProgramId: PatientProgramId.make("pp-1") })
      assert.deepStrictEqual(client.sent(), [
        ["PATCH /patients/p-1/programs/prog-sleep", { assigned: true, phaseName: "welcome" }],
        ["PATCH /patients/p-1/programs/prog-sleep", { status: "FINISHED" }],
        ["PATCH /patients/p-1/programs/prog-sleep/phases", { phaseName: "review" }],
        "DELETE /patients/p-1/programs/pp-1"
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
