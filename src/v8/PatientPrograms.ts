/**
 * Enrolment of one patient in care programs: which programs, in which phase, with which history. Program definitions are in the
 * area programs.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId, PatientProgram, PatientProgramId } from "./Patients.js"

/**
 * Body for assigning, changing status or moving to a phase; send only what should change.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientProgramUpdate = Codecs.closed<PatientProgramUpdate>()({
  /** True enrols the patient. */
  assigned: Codecs.optional(Schema.Boolean),
  /** Docs send IN_PROGRESS together with assigned. */
  status: Codecs.optional(Codecs.openEnum("NOT_STARTED", "IN_PROGRESS", "FINISHED")),
  /** Phase to enter; works together with assigned in one call, and alone. */
  phaseName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientProgramUpdate extends Schema.Struct.Type<(typeof PatientProgramUpdate)["fields"]> {}

/**
 * Body of the separate phase call.
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
 * List a patient's programs, enrolled or not. Without a filter the list contains a stub for each program of the formation the
 * patient is not in (recorded: three stubs, nothing else). Everything but the program's name, title, description and the two
 * booleans is null there, and pathHistory is [].
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("patientPrograms.list", "/{tenant}/{instance}/patients/{patientId}/programs", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.springQuery,
    /** True: only programs the patient is in; false: only the others; left out: all. */
    assignedPrograms: Schema.optional(Schema.Boolean)
  },
  success: Pagination.metaInfoPage(PatientProgram)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list)

/**
 * Read the patient's running enrolment in a program, by program name. 404 carries PATIENT_PROGRAM_NOT_FOUND, componentType
 * PATIENT_PROGRAM, details {programName, patientId, notStatus: FINISHED}: finished enrolments are not found here, use getById. The
 * Python client would pass assignedPrograms and sort here; a single record leaves them nothing to do.
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
 * Read one enrolment record, running or finished, by its id. 404 carries PATIENT_PROGRAM_NOT_FOUND, componentType PATIENT_PROGRAM,
 * details {id, patientId}. That finished enrolments are returned is inferred from the path and from the other call's error. The
 * Python client would pass assignedPrograms and sort here; a single record leaves them nothing to do.
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
 * Read an enrolment by program name (older path). A program named `current` or `history` would collide with the newer paths.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getByName = Endpoint.get("patientPrograms.getByName", "/{tenant}/{instance}/patients/{patientId}/programs/{programName}", {
  path: { patientId: PatientId, programName: Codecs.Id },
  success: PatientProgram
})

/**
 * Assign a program, change its status, or move to a phase. Assigning and entering a first phase in one call is recorded:
 * {assigned: true, phaseName}. Moving phase with {phaseName} alone is recorded too, so the separate phases path is not needed.
 * Moving into a phase of kind FINISH leaves status IN_PROGRESS (recorded, with autoFinishProgram false on that phase). Whether
 * only phases listed in navigateTo may be entered is unknown: the recorded move was an allowed one, a vendor readme says any phase
 * may be chosen.
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
 * Move an enrolled patient to another phase. PatientPrograms.update with phaseName does the same and is recorded; prefer it.
 *
 * Documented, never recorded.
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
 * Remove a patient's enrolment. 200 with an empty body (Content-Length 0). The record is gone afterwards: reading it under
 * /history gives 404. To end a program but keep its history, set the status instead.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("patientPrograms.remove", "/{tenant}/{instance}/patients/{patientId}/programs/{patientProgramId}", {
  path: { patientId: PatientId, patientProgramId: PatientProgramId }
})
