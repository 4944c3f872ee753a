/**
 * Care flows: the goals and tasks of one patient. They are made in Welkin and can be read only.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { list, renamed } from "./codecs.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"
import { WorkerId } from "./Workers.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const CareFlowId = Codecs.id("LegacyCareFlowId")
/**
 * @since 0.1.0
 * @category ids
 */
export type CareFlowId = typeof CareFlowId.Type

/**
 * One task within a goal. The `reminder_date` and `instructions` of the services of 2018 read as `due_date` and `description`.
 *
 * @since 0.1.0
 * @category models
 */
export const CareFlowTask = renamed(
  Codecs.open<CareFlowTask>()({
    title: Codecs.optionalNull(Schema.String),
    description: Codecs.optionalNull(Schema.String),
    due_date: Codecs.optionalNull(Timestamp.Timestamp),
    completed_at: Codecs.optionalNull(Timestamp.Timestamp),
    completed_by_worker_id: Codecs.optionalNull(WorkerId),
    /** Who is to do it. */
    worker_id: Codecs.optionalNull(WorkerId)
  }),
  { reminder_date: "due_date", instructions: "description" }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface CareFlowTask extends Schema.Struct.Type<(typeof CareFlowTask)["fields"]> {}

/**
 * One goal. The `interventions` of the services of 2018 read as `tasks`.
 *
 * @since 0.1.0
 * @category models
 */
export const CareFlowGoal = renamed(
  Codecs.open<CareFlowGoal>()({
    title: Codecs.optionalNull(Schema.String),
    tasks: Codecs.optionalNull(Schema.Array(CareFlowTask))
  }),
  { interventions: "tasks" }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface CareFlowGoal extends Schema.Struct.Type<(typeof CareFlowGoal)["fields"]> {}

/**
 * The plan itself.
 *
 * @since 0.1.0
 * @category models
 */
export const CareFlowBody = Codecs.open<CareFlowBody>()({
  title: Codecs.optionalNull(Schema.String),
  description: Codecs.optionalNull(Schema.String),
  /** What later services have as `title`. */
  diagnosis: Codecs.optionalNull(Schema.String),
  goals: Codecs.optionalNull(Schema.Array(CareFlowGoal))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CareFlowBody extends Schema.Struct.Type<(typeof CareFlowBody)["fields"]> {}

/**
 * A patient's care flow. Its plans are a list, although no example has more than one.
 *
 * @since 0.1.0
 * @category models
 */
export const CareFlow = renamed(
  Codecs.open<CareFlow>()({
    id: CareFlowId,
    patient_id: Codecs.optionalNull(PatientId),
    care_flow: Codecs.optionalNull(list(CareFlowBody)),
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
export interface CareFlow extends Schema.Struct.Type<(typeof CareFlow)["fields"]> {}

/**
 * Reads one care flow. Needs the scope `care_flows.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("careFlows.get", "/v1/care_flows/{id}", { path: { id: CareFlowId }, success: CareFlow })

/**
 * One page of the care flows changed within a window of time. There is no filter by patient. Needs the scope `care_flows.read` or
 * `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("careFlows.find", "/v1/care_flows", { item: CareFlow })

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
