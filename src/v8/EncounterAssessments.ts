/**
 * Two things share the word assessment. Encounter assessment links say which questionnaires belong to an encounter and which
 * record holds the answers. Assessment formations are the questionnaire definitions (sections, scoring, conditions) of the
 * published or draft formation. Filled-in questionnaires are in the area assessment-records.
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
export const EncounterAssessmentId = Codecs.id("EncounterAssessmentId")
/**
 * @since 0.1.0
 * @category ids
 */
export type EncounterAssessmentId = typeof EncounterAssessmentId.Type

/**
 * jsonBody of an encounter assessment link: link fields plus the usual CDT system fields.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAssessmentLinkBody = Codecs.open<EncounterAssessmentLinkBody>()({
  /** Same as the outer id. */
  id: Codecs.Id,
  /** Formation name of the assessment. */
  assessmentName: Schema.String,
  /** Not in the 2021 docs. */
  assessmentTitle: Schema.String,
  /** Null until a filled-in assessment record is attached. */
  assessmentRecordId: Schema.NullOr(Codecs.Id),
  /** True when the encounter template brought the link in. */
  fromTemplate: Schema.Boolean,
  relation: Codecs.openEnum("ASSESSMENT"),
  /** Encounter id. */
  source_id: Codecs.Id,
  /** __encounter__. */
  source_name: Schema.String,
  /** ENCOUNTER. */
  source_type: Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY"),
  /** Null in every recording; absent in the 2021 docs. */
  external_id: Schema.NullOr(Schema.String),
  /** Null in every recording; absent in the 2021 docs. */
  external_guid: Schema.NullOr(Codecs.Id),
  created_at: Codecs.Instant,
  /** User or API client; the field type in the configuration is plain text. */
  created_by: Schema.NullOr(Codecs.Id),
  /** Full name, or API_CLIENT: followed by the client name. */
  created_by_name: Schema.NullOr(Schema.String),
  updated_at: Codecs.Instant,
  updated_by: Schema.NullOr(Codecs.Id),
  updated_by_name: Schema.NullOr(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAssessmentLinkBody extends Schema.Struct.Type<(typeof EncounterAssessmentLinkBody)["fields"]> {}

/**
 * Link between an encounter and an assessment to fill in during it; stored as a record of the internal CDT
 * __encounter_assessment__.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAssessmentLink = Codecs.open<EncounterAssessmentLink>()({
  id: EncounterAssessmentId,
  patientId: PatientId,
  cdtId: Codecs.Id,
  /** Formation version, not an edit counter. */
  version: Schema.Int,
  /** __encounter_assessment__; absent in the 2021 docs. */
  cdtName: Schema.String,
  jsonBody: EncounterAssessmentLinkBody
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAssessmentLink extends Schema.Struct.Type<(typeof EncounterAssessmentLink)["fields"]> {}

/**
 * Body for linking an assessment to an encounter.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAssessmentLinkCreate = Codecs.closed<EncounterAssessmentLinkCreate>()({
  /** Formation name of the assessment. */
  assessmentName: Schema.String,
  /** Existing record to attach at once; the docs send null, the recording leaves it out. */
  assessmentRecordId: Codecs.optionalNull(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAssessmentLinkCreate extends Schema.Struct.Type<(typeof EncounterAssessmentLinkCreate)["fields"]> {}

/**
 * Body for changing a link; only the record reference can be set.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAssessmentLinkUpdate = Codecs.closed<EncounterAssessmentLinkUpdate>()({
  /** Record to attach; whether null detaches is not known. */
  assessmentRecordId: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAssessmentLinkUpdate extends Schema.Struct.Type<(typeof EncounterAssessmentLinkUpdate)["fields"]> {}

/**
 * List the assessment links of an encounter. The same objects arrive in assessmentLinks of a full encounter.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get(
  "encounterAssessments.list",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/assessments",
  {
    path: { patientId: PatientId, encounterId: EncounterId },
    success: Schema.Array(EncounterAssessmentLink)
  }
)

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Read one assessment link of an encounter. An unknown or deleted link gives 404 with errorCode DT_RECORD_NOT_FOUND, componentType
 * CDT and empty details.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get(
  "encounterAssessments.get",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/assessments/{encounterAssessmentId}",
  {
    path: { patientId: PatientId, encounterId: EncounterId, encounterAssessmentId: EncounterAssessmentId },
    success: EncounterAssessmentLink
  }
)

/**
 * Link an assessment to an encounter. Links made this way come back with fromTemplate false. This only links the questionnaire;
 * answers live in an assessment record, attached later through assessmentRecordId.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post(
  "encounterAssessments.create",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/assessments",
  {
    path: { patientId: PatientId, encounterId: EncounterId },
    body: EncounterAssessmentLinkCreate,
    success: EncounterAssessmentLink
  }
)

/**
 * Attach an assessment record to a link. Replies with the whole link. An already attached record may be replaced by another one.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch(
  "encounterAssessments.update",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/assessments/{encounterAssessmentId}",
  {
    path: { patientId: PatientId, encounterId: EncounterId, encounterAssessmentId: EncounterAssessmentId },
    body: EncounterAssessmentLinkUpdate,
    success: EncounterAssessmentLink
  }
)

/**
 * Remove an assessment link from an encounter. 200 with Content-Length 0 and no content type. A later read of the link gives 404
 * DT_RECORD_NOT_FOUND.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del(
  "encounterAssessments.remove",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/assessments/{encounterAssessmentId}",
  {
    path: { patientId: PatientId, encounterId: EncounterId, encounterAssessmentId: EncounterAssessmentId }
  }
)
