/**
 * Filled-in assessments: answers given elsewhere and loaded for display, or given within Welkin and read back. They can be created and
 * read, not changed.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { atLeastOne, exactlyOne, renamed } from "./codecs.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"
import { WorkerId } from "./Workers.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const AssessmentResponseId = Codecs.id("LegacyAssessmentResponseId")
/**
 * @since 0.1.0
 * @category ids
 */
export type AssessmentResponseId = typeof AssessmentResponseId.Type

/**
 * One filled-in assessment.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentResponse = renamed(
  Codecs.open<AssessmentResponse>()({
    id: AssessmentResponseId,
    /** Name of the assessment, from Workshop, as the services of 2018 give it. */
    spec_id: Codecs.optionalNull(Schema.String),
    /** Name of the assessment, from Workshop. */
    spec_name: Codecs.optionalNull(Schema.String),
    spec_version: Codecs.optionalNull(Schema.String),
    /** The assessment's own schema; comes with `include_schema` alone. */
    spec: Codecs.optional(Codecs.Json),
    patient_id: Codecs.optionalNull(PatientId),
    /** Who filled it in or edited it last; nobody where it was the patient. */
    worker_id: Codecs.optionalNull(WorkerId),
    /** Answers by field name, as the assessment's schema has them. */
    model: Codecs.optional(Codecs.Json),
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
export interface AssessmentResponse extends Schema.Struct.Type<(typeof AssessmentResponse)["fields"]> {}

/**
 * Body of {@link create}. The assessment is named by `spec_name`, or `spec_id` for the services of 2018; the patient by `patient_id`,
 * or `user_id` for those.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentResponseCreate = Schema.Struct({
  patient_id: Codecs.optional(PatientId),
  user_id: Codecs.optional(PatientId),
  spec_name: Codecs.optional(Schema.String),
  spec_id: Codecs.optional(Schema.String),
  /** The newest, unless this says otherwise. */
  spec_version: Codecs.optional(Schema.String),
  model: Codecs.JsonObject,
  /** Shown on the timeline in the place of the configured title. Never answered. */
  title: Codecs.optional(Schema.String),
  worker_id: Codecs.optional(WorkerId)
}).pipe(exactlyOne("patient_id", "user_id"), atLeastOne("spec_name", "spec_id"))
/**
 * @since 0.1.0
 * @category models
 */
export type AssessmentResponseCreate = typeof AssessmentResponseCreate.Type

/**
 * Reads one assessment response. Needs the scope `assessment_responses.read` or `all`.
 *
 * Documented since 2018, `include_schema` later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("assessmentResponses.get", "/v1/assessment_responses/{id}", {
  path: { id: AssessmentResponseId },
  query: {
    /** Adds `spec` to the answer. */
    include_schema: Schema.optional(Schema.Boolean)
  },
  success: AssessmentResponse
})

/**
 * Creates an assessment response; answers that do not fit the assessment are a `BadRequest`. Not idempotent: a repeat creates a
 * second one. Needs the scope `assessment_responses.write` or `all`; with `write` alone nothing but the id comes back.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("assessmentResponses.create", "/v1/assessment_responses", {
  body: AssessmentResponseCreate,
  success: AssessmentResponse
})

/**
 * One page of the assessment responses changed within a window of time. There is no filter by patient. Needs the scope
 * `assessment_responses.read` or `all`.
 *
 * Documented since 2018, `include_schema` later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("assessmentResponses.find", "/v1/assessment_responses", {
  query: {
    /** Adds `spec` to each item. */
    include_schema: Schema.optional(Schema.Boolean)
  },
  item: AssessmentResponse
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
