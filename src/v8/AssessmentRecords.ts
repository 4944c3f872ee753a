/**
 * Filled-in assessments of a patient: start one, write its answers, complete it, list and delete. The docs give paths only; bodies
 * come from recordings of 2022.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const AssessmentRecordId = Codecs.id("AssessmentRecordId")
/**
 * @since 0.1.0
 * @category ids
 */
export type AssessmentRecordId = typeof AssessmentRecordId.Type

/**
 * Answers of a record: CDT system fields plus one key per question, named <refCdtName>__<refCdtFieldName>.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentRecordAnswers = Codecs.open<AssessmentRecordAnswers>()({
  /** Id of the answers row, different from the record id. */
  id: Codecs.Id,
  /** Id of the assessment record. */
  source_id: Codecs.Id,
  /** Assessment name. */
  source_name: Schema.String,
  /** ASSESSMENT. */
  source_type: Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY"),
  /** Null in every recording. */
  external_id: Schema.NullOr(Schema.String),
  /** Null in every recording. */
  external_guid: Schema.NullOr(Codecs.Id),
  created_at: Codecs.Instant,
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
export interface AssessmentRecordAnswers extends Schema.Struct.Type<(typeof AssessmentRecordAnswers)["fields"]> {}

/**
 * Answers to write: a flat map from <refCdtName>__<refCdtFieldName> to the value. No fixed fields.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentRecordAnswersUpdate = Codecs.JsonObject
/**
 * @since 0.1.0
 * @category models
 */
export type AssessmentRecordAnswersUpdate = typeof AssessmentRecordAnswersUpdate.Type

/**
 * A questionnaire filled in, or being filled in, for a patient. Known from recordings only: the docs show no body at all.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentRecord = Codecs.open<AssessmentRecord>()({
  id: AssessmentRecordId,
  createdAt: Codecs.Instant,
  /** Not moved by an answers update; answers.updated_at is. */
  updatedAt: Codecs.Instant,
  /** User or API client. */
  createdBy: Schema.NullOr(Codecs.Id),
  /** As createdBy. */
  updatedBy: Schema.NullOr(Codecs.Id),
  /** Full name, or API_CLIENT: followed by the client name. */
  createdByName: Schema.NullOr(Schema.String),
  updatedByName: Schema.NullOr(Schema.String),
  /** Set by the server when status becomes COMPLETED; null on every recorded NEW or IN_PROGRESS record. */
  finalizedDate: Schema.NullOr(Codecs.Instant),
  /** The same instant with a numeric offset (+00:00) instead of Z. */
  localFinalizedDate: Schema.NullOr(Codecs.LocalInstant),
  /** As localFinalizedDate. */
  localCreatedDate: Codecs.LocalInstant,
  /** As localFinalizedDate. */
  localUpdatedDate: Codecs.LocalInstant,
  assessmentName: Schema.String,
  assessmentTitle: Schema.String,
  /** Underscore + assessment name. */
  assessmentCdtName: Schema.String,
  /** Formation version the record was made with. */
  version: Schema.Int,
  patientId: PatientId,
  /**
   * NEW, IN_PROGRESS and COMPLETED recorded; SUBMITTED (patient done, awaiting review) and EXPIRED (patient's link ran out)
   * inferred from status names in the vendor's release notes. COMPLETED is final.
   */
  status: Codecs.openEnum("NEW", "IN_PROGRESS", "SUBMITTED", "EXPIRED", "COMPLETED"),
  answers: AssessmentRecordAnswers,
  /** Empty object in every recording; content unknown. */
  scoring: Codecs.JsonObject,
  /** Folder of patient-facing assessments it was sent in (inferred); null in every recording; type unknown, probably a uuid. */
  folderId: Schema.NullOr(Schema.String),
  /** End of a patient-facing link (inferred); null in every recording; type inferred from the name. */
  expirationDate: Schema.NullOr(Codecs.Instant),
  /** Question labels by answer key; an empty object until the record has been completed. */
  questions: Schema.Record({ key: Schema.String, value: Schema.String }),
  /** Empty object in every recording; content unknown. */
  resolvedCdtValues: Codecs.JsonObject,
  /** Whether it is a patient-facing assessment (meaning inferred from the abbreviation the vendor uses); false in every recording. */
  pfa: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentRecord extends Schema.Struct.Type<(typeof AssessmentRecord)["fields"]> {}

/**
 * Body for starting a record.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentRecordCreate = Codecs.open<AssessmentRecordCreate>()({
  /** Formation name of the assessment; the only field ever sent. */
  assessmentName: Schema.String,
  /** Inferred from the record; untested on creation. */
  status: Codecs.optional(Codecs.openEnum("NEW", "IN_PROGRESS", "SUBMITTED", "EXPIRED", "COMPLETED")),
  /** Inferred from the record; untested on creation, set them with the answers endpoint. */
  answers: Codecs.optional(Codecs.JsonObject)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentRecordCreate extends Schema.Struct.Type<(typeof AssessmentRecordCreate)["fields"]> {}

/**
 * Body of the full update. The only recorded call sends the whole record as read, with status changed; the smallest accepted body
 * is unknown, so the safe way is read, change, put back.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentRecordUpdate = Codecs.open<AssessmentRecordUpdate>()({
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  id: Codecs.optional(Codecs.Id),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  createdBy: Codecs.optionalNull(Codecs.Id),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  updatedBy: Codecs.optionalNull(Codecs.Id),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  createdByName: Codecs.optionalNull(Schema.String),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  updatedByName: Codecs.optionalNull(Schema.String),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  finalizedDate: Codecs.optionalNull(Codecs.Instant),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  localFinalizedDate: Codecs.optionalNull(Codecs.LocalInstant),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  localCreatedDate: Codecs.optional(Codecs.LocalInstant),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  localUpdatedDate: Codecs.optional(Codecs.LocalInstant),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  assessmentName: Codecs.optional(Schema.String),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  assessmentTitle: Codecs.optional(Schema.String),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  assessmentCdtName: Codecs.optional(Schema.String),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  version: Codecs.optional(Schema.Int),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  patientId: Codecs.optional(PatientId),
  /** The field one changes; COMPLETED finalises the record. */
  status: Codecs.optional(Codecs.openEnum("NEW", "IN_PROGRESS", "SUBMITTED", "EXPIRED", "COMPLETED")),
  /** Sent back unchanged in the recording; use the answers endpoint to change answers. */
  answers: Codecs.optional(Codecs.JsonObject),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  scoring: Codecs.optional(Codecs.JsonObject),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  folderId: Codecs.optionalNull(Schema.String),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  expirationDate: Codecs.optionalNull(Codecs.Instant),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  questions: Codecs.optional(Schema.Record({ key: Schema.String, value: Schema.String })),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  resolvedCdtValues: Codecs.optional(Codecs.JsonObject),
  /** Sent back as read in the recording; whether it can be left out or changed is not known. */
  pfa: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentRecordUpdate extends Schema.Struct.Type<(typeof AssessmentRecordUpdate)["fields"]> {}

/**
 * List a patient's assessment records. Items are full records including answers.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("assessmentRecords.list", "/{tenant}/{instance}/patients/{patientId}/assessment-records", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.springQuery
  },
  success: Pagination.springPage(AssessmentRecord)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list)

/**
 * Read one assessment record. Unknown or deleted: 404 with errorCode ASSESSMENT_RECORD_NOT_FOUND, componentType ASSESSMENT and
 * details {recordId, patientId}.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get(
  "assessmentRecords.get",
  "/{tenant}/{instance}/patients/{patientId}/assessment-records/{assessmentRecordId}",
  {
    path: { patientId: PatientId, assessmentRecordId: AssessmentRecordId },
    success: AssessmentRecord
  }
)

/**
 * Start an assessment record for a patient. The new record has status NEW, every question key present in answers with null, and
 * empty questions, scoring and resolvedCdtValues.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("assessmentRecords.create", "/{tenant}/{instance}/patients/{patientId}/assessment-records", {
  path: { patientId: PatientId },
  body: AssessmentRecordCreate,
  success: AssessmentRecord
})

/**
 * Replace an assessment record, for instance to complete it. COMPLETED is final: nothing can be changed afterwards, and the
 * answers are copied to the CDTs behind the questions (release notes). Putting status COMPLETED fills finalizedDate and
 * localFinalizedDate and copies the question labels into questions. The body is the whole record; read-only fields in it are
 * ignored (they come back with the server's values).
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put(
  "assessmentRecords.update",
  "/{tenant}/{instance}/patients/{patientId}/assessment-records/{assessmentRecordId}",
  {
    path: { patientId: PatientId, assessmentRecordId: AssessmentRecordId },
    body: AssessmentRecordUpdate,
    success: AssessmentRecord
  }
)

/**
 * Write answers of an assessment record. Body is the bare map, not wrapped in answers. Keys must be in the exact case of the
 * formation: the server rejects upper-case field names (release notes, 2022). The reply is the whole record with the new answers,
 * but answers.updated_at in it is still the old time, and the record's own updatedAt does not move; read again for exact times.
 * Whether keys left out keep their value or are cleared is not known (the recorded assessment has a single question); send all
 * answers. Status is not changed by writing answers to an IN_PROGRESS record; whether NEW turns into IN_PROGRESS is not recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const updateAnswers = Endpoint.put(
  "assessmentRecords.updateAnswers",
  "/{tenant}/{instance}/patients/{patientId}/assessment-records/{assessmentRecordId}/answers",
  {
    path: { patientId: PatientId, assessmentRecordId: AssessmentRecordId },
    body: AssessmentRecordAnswersUpdate,
    success: AssessmentRecord
  }
)

/**
 * Delete an assessment record. 200 with an empty body; reading it afterwards gives 404 ASSESSMENT_RECORD_NOT_FOUND.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del(
  "assessmentRecords.remove",
  "/{tenant}/{instance}/patients/{patientId}/assessment-records/{assessmentRecordId}",
  {
    path: { patientId: PatientId, assessmentRecordId: AssessmentRecordId }
  }
)
