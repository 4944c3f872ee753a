/**
 * Progress of the data intake by integrations that Welkin itself built. The tasks of one run share a job id; the top task tells the state
 * of the whole job, while errors stay with the task they befell.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { renamed } from "./codecs.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const IntegrationTaskId = Codecs.id("LegacyIntegrationTaskId")
/**
 * @since 0.1.0
 * @category ids
 */
export type IntegrationTaskId = typeof IntegrationTaskId.Type

/**
 * One error of a task. Not the API's own error format: `code` is the integration's.
 *
 * @since 0.1.0
 * @category models
 */
export const IntegrationError = Codecs.open<IntegrationError>()({
  /** Such as `user_not_found`, later `patient_not_found`. */
  code: Codecs.optionalNull(Schema.String),
  message: Codecs.optionalNull(Schema.String),
  extra: Codecs.optional(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface IntegrationError extends Schema.Struct.Type<(typeof IntegrationError)["fields"]> {}

/**
 * One task of an intake job.
 *
 * @since 0.1.0
 * @category models
 */
export const IntegrationTask = renamed(
  Codecs.open<IntegrationTask>()({
    id: IntegrationTaskId,
    status: Codecs.optionalNull(Codecs.openEnum("unattempted", "running", "failed", "succeeded")),
    /** The patient, if the task concerns one. */
    patient_id: Codecs.optionalNull(PatientId),
    /** Ids in other systems that the task deals with. */
    ref_ids: Codecs.optionalNull(Schema.Array(Schema.String)),
    job_id: Codecs.optionalNull(Schema.String),
    /** Job name, a dot, task name. */
    task_name: Codecs.optionalNull(Schema.String),
    errors: Codecs.optionalNull(Schema.Array(IntegrationError)),
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
export interface IntegrationTask extends Schema.Struct.Type<(typeof IntegrationTask)["fields"]> {}

/**
 * Reads one task. Needs the scope `integration_tasks.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("integrationTasks.get", "/v1/integration_tasks/{id}", {
  path: { id: IntegrationTaskId },
  success: IntegrationTask
})

/**
 * One page of the tasks changed within a window of time. Needs the scope `integration_tasks.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("integrationTasks.find", "/v1/integration_tasks", {
  query: {
    job_id: Schema.optional(Schema.String),
    task_name: Schema.optional(Schema.String),
    /** Tasks whose `ref_ids` hold this value. */
    ref_id: Schema.optional(Schema.String)
  },
  item: IntegrationTask
})

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
