/**
 * The assessments that belong to an encounter. A link says which assessment is to be filled in and, once it is, which record of
 * `AssessmentRecords` holds the answers.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import { AssessmentRecordId } from "./AssessmentRecords.js"
import { CdtRecordBody } from "./Cdts.js"
import { EncounterId } from "./Encounters.js"
import * as Endpoint from "./endpoint.js"
import { CdtFormationId } from "./formations/CdtFormations.js"
import { PatientId } from "./Patients.js"

/**
 * The id of a link; not that of an assessment record.
 *
 * @since 0.1.0
 * @category ids
 */
export const EncounterAssessmentId = Codecs.id("EncounterAssessmentId")
/**
 * @since 0.1.0
 * @category ids
 */
export type EncounterAssessmentId = typeof EncounterAssessmentId.Type

const { source_record_id: _source, ...system } = CdtRecordBody.fields

/**
 * What a link says, beside the system fields of a record.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAssessmentLinkBody = Codecs.open<EncounterAssessmentLinkBody>()({
  ...system,
  id: EncounterAssessmentId,
  assessmentName: Schema.String,
  assessmentTitle: Schema.String,
  /** Null until a record is attached. */
  assessmentRecordId: Schema.NullOr(AssessmentRecordId),
  /** True when the encounter's template brought the link in. */
  fromTemplate: Schema.Boolean,
  relation: Codecs.openEnum("ASSESSMENT"),
  source_id: EncounterId,
  /** `__encounter__`. */
  source_name: Schema.String,
  source_type: Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAssessmentLinkBody extends Schema.Struct.Type<(typeof EncounterAssessmentLinkBody)["fields"]> {}

/**
 * A link between an encounter and an assessment, kept as a record of the internal type `__encounter_assessment__`.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAssessmentLink = Codecs.open<EncounterAssessmentLink>()({
  id: EncounterAssessmentId,
  patientId: PatientId,
  cdtId: CdtFormationId,
  /** Version of the formation. Changing the link does not change it. */
  version: Schema.Int,
  /** `__encounter_assessment__`. */
  cdtName: Schema.String,
  jsonBody: EncounterAssessmentLinkBody
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAssessmentLink extends Schema.Struct.Type<(typeof EncounterAssessmentLink)["fields"]> {}

/**
 * An assessment to be linked.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAssessmentLinkCreate = Codecs.closed<EncounterAssessmentLinkCreate>()({
  assessmentName: Schema.String,
  /** A record that is there already. */
  assessmentRecordId: Codecs.optionalNull(AssessmentRecordId)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAssessmentLinkCreate extends Schema.Struct.Type<(typeof EncounterAssessmentLinkCreate)["fields"]> {}

/**
 * The record to attach to a link. Nothing else of a link can be changed.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAssessmentLinkUpdate = Codecs.closed<EncounterAssessmentLinkUpdate>()({
  assessmentRecordId: Codecs.optional(AssessmentRecordId)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAssessmentLinkUpdate extends Schema.Struct.Type<(typeof EncounterAssessmentLinkUpdate)["fields"]> {}

/**
 * Reads the links of an encounter, all in one answer. A full encounter shows the same as `assessmentLinks`. Recorded.
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
 * The links of an encounter. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads one link. No such link is `NotFound` with code DT_RECORD_NOT_FOUND. Recorded.
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
 * Links an assessment to an encounter. It starts no record: that is attached by {@link update}. Recorded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { AssessmentRecords, EncounterAssessments, type Encounters, type Patients } from "effect-welkin/v8"
 *
 * const plan = (patientId: Patients.PatientId, encounterId: Encounters.EncounterId, assessmentName: string) =>
 *   Effect.flatMap(AssessmentRecords.create({ patientId, body: { assessmentName } }), ({ id }) =>
 *     EncounterAssessments.create({ patientId, encounterId, body: { assessmentName, assessmentRecordId: id } })
 *   )
 * ```
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
 * Attaches a record to a link, in the place of another if there is one, and answers with the whole link. Recorded.
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
 * Takes an assessment off an encounter. Recorded.
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
