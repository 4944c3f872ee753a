/**
 * To-dos that the Welkin app shows a patient; many lead to a survey. The collection was withdrawn in 2018-10, so later services answer
 * `NotFound` throughout.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { Flag, renamed } from "./codecs.js"
import * as Envelope from "./Envelope.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const PatientTaskId = Codecs.id("LegacyPatientTaskId")
/**
 * @since 0.1.0
 * @category ids
 */
export type PatientTaskId = typeof PatientTaskId.Type

/**
 * One task.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientTask = renamed(
  Codecs.open<PatientTask>()({
    id: PatientTaskId,
    patient_id: Codecs.optionalNull(PatientId),
    task_type: Codecs.optionalNull(Schema.String),
    dismissed: Codecs.optionalNull(Flag),
    /** When it was last changed. On a fresh record it can lie some microseconds before `created_at`. */
    updated_at: Codecs.optionalNull(Timestamp.Timestamp),
    created_at: Codecs.optionalNull(Timestamp.Timestamp)
  }),
  { user_id: "patient_id" }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientTask extends Schema.Struct.Type<(typeof PatientTask)["fields"]> {}

/**
 * Body of {@link create}.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientTaskCreate = Codecs.closed<PatientTaskCreate>()({
  /** The patient. The collection was gone before the field was renamed. */
  user_id: PatientId,
  task_type: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientTaskCreate extends Schema.Struct.Type<(typeof PatientTaskCreate)["fields"]> {}

/**
 * Reads one task. Needs the scope `all`.
 *
 * Documented in 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("patientTasks.get", "/v1/patient_tasks/{id}", { path: { id: PatientTaskId }, success: PatientTask })

/**
 * Creates a task. Not idempotent. Needs the scope `all`.
 *
 * Documented in 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("patientTasks.create", "/v1/patient_tasks", { body: PatientTaskCreate, success: PatientTask })

/**
 * Deletes a task and answers what it was, if the service says so. Needs the scope `all`.
 *
 * Documented in 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("patientTasks.remove", "/v1/patient_tasks/{id}", {
  path: { id: PatientTaskId },
  success: Envelope.removed(PatientTask)
})

/**
 * One page of the tasks changed within a window of time. There is no filter by patient. Needs the scope `all`.
 *
 * Documented in 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("patientTasks.find", "/v1/patient_tasks", { item: PatientTask })

/**
 * Every one of them, window by window as the consumer pulls: see {@link find} and `TimeWindow`.
 *
 * @since 0.1.0
 * @category streams
 */
export const findStream = TimeWindow.items(find)

/**
 * The same, a page at a time, each with the mark to begin again from.
 *
 * @since 0.1.0
 * @category streams
 */
export const findPages = TimeWindow.pages(find)
