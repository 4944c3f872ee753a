/**
 * Patient programs: in which care programs a patient is enrolled, in which phase, and how they came there.
 *
 * Programs are named as in their formation; an enrolment has an id. The module Patients has the model, {@link PatientProgram}, since
 * a patient holds enrolments too; the module ProgramFormations defines programs and phases.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId, PatientProgram, PatientProgramId } from "./Patients.js"

/**
 * What is to change of an enrolment. Keys left out stay as they are.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientProgramUpdate = Codecs.closed<PatientProgramUpdate>()({
  /** True enrols the patient. */
  assigned: Codecs.optional(Schema.Boolean),
  status: Codecs.optional(Codecs.openEnum("NOT_STARTED", "IN_PROGRESS", "FINISHED")),
  /** The phase to enter. */
  phaseName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientProgramUpdate extends Schema.Struct.Type<(typeof PatientProgramUpdate)["fields"]> {}

/**
 * The phase to enter.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientProgramPhaseChange = Codecs.closed<PatientProgramPhaseChange>()({
  phaseName: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientProgramPhaseChange extends Schema.Struct.Type<(typeof PatientProgramPhaseChange)["fields"]> {}

/**
 * One page of a patient's programs. Programs that the patient is not in are listed too, as stubs whose `id` is null. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("patientPrograms.list", "/{tenant}/{instance}/patients/{patientId}/programs", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.springQuery,
    /** True for programs that the patient is in, false for the others. */
    assignedPrograms: Schema.optional(Schema.Boolean)
  },
  success: Pagination.metaInfoPage(PatientProgram)
})

/**
 * Every program of a patient, stubs included.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list)

/**
 * Every page of a patient's programs.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list)

/**
 * Reads the running enrolment in a program. `NotFound` with `PATIENT_PROGRAM_NOT_FOUND` where there is none or it is finished:
 * {@link getById} reads that one. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getCurrent = Endpoint.get(
  "patientPrograms.getCurrent",
  "/{tenant}/{instance}/patients/{patientId}/programs/current/{programName}",
  {
    path: { patientId: PatientId, programName: Codecs.Id },
    success: PatientProgram
  }
)

/**
 * Reads one enrolment, running or finished, by its id. `NotFound` with `PATIENT_PROGRAM_NOT_FOUND` where it was removed. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getById = Endpoint.get(
  "patientPrograms.getById",
  "/{tenant}/{instance}/patients/{patientId}/programs/history/{patientProgramId}",
  {
    path: { patientId: PatientId, patientProgramId: PatientProgramId },
    success: PatientProgram
  }
)

/**
 * Reads an enrolment by the program's name, on the route of 2021. Documented, never recorded.
 *
 * @deprecated Use {@link getCurrent}.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getByName = Endpoint.get("patientPrograms.getByName", "/{tenant}/{instance}/patients/{patientId}/programs/{programName}", {
  path: { patientId: PatientId, programName: Codecs.Id },
  success: PatientProgram
})

/**
 * Enrols a patient, changes the status of an enrolment, or enters a phase; several of them in one call. Entering a phase that ends
 * the program does not finish the enrolment unless the program says so. Recorded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { PatientPrograms, type Patients } from "effect-welkin/v8"
 *
 * const start = (patientId: Patients.PatientId, programName: string, phaseName: string) =>
 *   PatientPrograms.getCurrent({ patientId, programName }).pipe(
 *     Effect.catchTag("NotFound", () => PatientPrograms.update({ patientId, programName, body: { assigned: true, phaseName } }))
 *   )
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("patientPrograms.update", "/{tenant}/{instance}/patients/{patientId}/programs/{programName}", {
  path: { patientId: PatientId, programName: Codecs.Id },
  body: PatientProgramUpdate,
  success: PatientProgram
})

/**
 * Moves a patient to another phase. Documented, never recorded: {@link update} does the same and was.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const changePhase = Endpoint.patch(
  "patientPrograms.changePhase",
  "/{tenant}/{instance}/patients/{patientId}/programs/{programName}/phases",
  {
    path: { patientId: PatientId, programName: Codecs.Id },
    body: PatientProgramPhaseChange,
    success: PatientProgram
  }
)

/**
 * Removes an enrolment with its history: it can be read no more. To end a program and keep the history, update the status. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("patientPrograms.remove", "/{tenant}/{instance}/patients/{patientId}/programs/{patientProgramId}", {
  path: { patientId: PatientId, patientProgramId: PatientProgramId }
})
