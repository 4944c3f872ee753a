/**
 * Encounter comments: remarks on an encounter.
 *
 * They may be closed to API clients: the one call ever recorded, a create, was refused with `Forbidden` and
 * `ACCESS_FOR_API_CLIENT_RESTRICTED`.
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
 * A comment on an encounter. Documented, never recorded: only its id is sure to be there.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterComment = Codecs.open<EncounterComment>()({
  id: EncounterCommentId,
  createdAt: Codecs.optional(Codecs.Instant),
  updatedAt: Codecs.optional(Codecs.Instant),
  createdBy: Codecs.optionalNull(Codecs.Id),
  updatedBy: Codecs.optionalNull(Codecs.Id),
  createdByName: Codecs.optionalNull(Schema.String),
  updatedByName: Codecs.optionalNull(Schema.String),
  encounterId: Codecs.optional(EncounterId),
  text: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterComment extends Schema.Struct.Type<(typeof EncounterComment)["fields"]> {}

/**
 * What a comment says.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterCommentInput = Codecs.closed<EncounterCommentInput>()({
  text: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterCommentInput extends Schema.Struct.Type<(typeof EncounterCommentInput)["fields"]> {}

/**
 * The comments on an encounter, whole. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("encounterComments.list", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments", {
  path: { patientId: PatientId, encounterId: EncounterId },
  success: Schema.Array(EncounterComment)
})

/**
 * The comments one by one. Their list comes in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads one comment. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get(
  "encounterComments.get",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}",
  {
    path: { patientId: PatientId, encounterId: EncounterId, commentId: EncounterCommentId },
    success: EncounterComment
  }
)

/**
 * Adds a comment. Recorded as `Forbidden` only, with `ACCESS_FOR_API_CLIENT_RESTRICTED`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post(
  "encounterComments.create",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments",
  {
    path: { patientId: PatientId, encounterId: EncounterId },
    body: EncounterCommentInput,
    success: EncounterComment
  }
)

/**
 * Changes the text of a comment. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put(
  "encounterComments.update",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}",
  {
    path: { patientId: PatientId, encounterId: EncounterId, commentId: EncounterCommentId },
    body: EncounterCommentInput,
    success: EncounterComment
  }
)

/**
 * Deletes a comment. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del(
  "encounterComments.remove",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}",
  {
    path: { patientId: PatientId, encounterId: EncounterId, commentId: EncounterCommentId }
  }
)
