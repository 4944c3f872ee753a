/**
 * Encounters are contacts with a patient, normally tied to a calendar event. This area has the encounter records by patient and by
 * user, the full form with related data, comments, the disposition (outcome) record, and the definitions behind them: disposition
 * formation and encounter templates. Links to assessments are in the area assessments; CalendarEvent and EncounterAssessmentLink
 * are shared models.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import { EncounterId } from "./Encounters.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const EncounterCommentId = Codecs.id("EncounterCommentId")
/**
 * @since 0.1.0
 * @category ids
 */
export type EncounterCommentId = typeof EncounterCommentId.Type

/**
 * Comment on an encounter. Documented only; comments was empty in every recorded full encounter.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterComment = Codecs.open<EncounterComment>()({
  /** Documented, never recorded. */
  id: Codecs.optional(EncounterCommentId),
  /** Documented, never recorded. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  createdBy: Codecs.optionalNull(Codecs.Id),
  /** Documented, never recorded. */
  updatedBy: Codecs.optionalNull(Codecs.Id),
  /** Documented, never recorded. */
  createdByName: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  updatedByName: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  encounterId: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  text: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterComment extends Schema.Struct.Type<(typeof EncounterComment)["fields"]> {}

/**
 * Body for adding a comment.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterCommentCreate = Codecs.closed<EncounterCommentCreate>()({
  /** Sent in the one recorded call, which was refused with 403. */
  text: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterCommentCreate extends Schema.Struct.Type<(typeof EncounterCommentCreate)["fields"]> {}

/**
 * Body for changing a comment.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterCommentUpdate = Codecs.closed<EncounterCommentUpdate>()({
  text: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterCommentUpdate extends Schema.Struct.Type<(typeof EncounterCommentUpdate)["fields"]> {}

/**
 * List the comments of an encounter. Documented only; no client method, and the one recorded call (a create, in the client's
 * history) was refused with 403.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("encounterComments.list", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments", {
  path: { patientId: PatientId, encounterId: EncounterId },
  success: Schema.Array(EncounterComment)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Read one comment of an encounter. Documented only; no client method, and the one recorded call (a create, in the client's
 * history) was refused with 403.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get(
  "encounterComments.get",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}",
  {
    path: { patientId: PatientId, encounterId: EncounterId, commentId: Codecs.Id },
    success: EncounterComment
  }
)

/**
 * Add a comment to an encounter. The recorded call got 403 ACCESS_FOR_API_CLIENT_RESTRICTED: this endpoint may be closed to API
 * clients altogether.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post(
  "encounterComments.create",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments",
  {
    path: { patientId: PatientId, encounterId: EncounterId },
    body: EncounterCommentCreate,
    success: EncounterComment
  }
)

/**
 * Change the text of a comment. Documented only; no client method, and the one recorded call (a create, in the client's history)
 * was refused with 403.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put(
  "encounterComments.update",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}",
  {
    path: { patientId: PatientId, encounterId: EncounterId, commentId: Codecs.Id },
    body: EncounterCommentUpdate,
    success: EncounterComment
  }
)

/**
 * Delete a comment. Documented only; no client method, and the one recorded call (a create, in the client's history) was refused
 * with 403. No reply is documented; ignore any body.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del(
  "encounterComments.remove",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}",
  {
    path: { patientId: PatientId, encounterId: EncounterId, commentId: Codecs.Id }
  }
)
