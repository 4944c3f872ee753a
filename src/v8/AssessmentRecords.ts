/**
 * Filled-in assessments of a patient: start one, write its answers, complete it. `AssessmentFormations` tells which assessments
 * there are and what they ask; `EncounterAssessments` links a record to an encounter.
 *
 * The answers stand beside system fields in snake case, each under the name of the custom data type and the field it fills in:
 * `<type>__<field>`. Every assessment asks its own questions, so the calls of this module take and give any answers;
 * {@link typed} gives the same calls for one assessment, with a schema of yours for its answers.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import * as Codecs from "../Codecs.js"
import type { WelkinClient } from "../internal/tags.js"
import * as Pagination from "../Pagination.js"
import type { WelkinError } from "../WelkinError.js"
import { CdtRecordBody } from "./Cdts.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import * as Typed from "./typed.js"

/**
 * The id of a record.
 *
 * @since 0.1.0
 * @category ids
 */
export const AssessmentRecordId = Codecs.id("AssessmentRecordId")
/**
 * @since 0.1.0
 * @category ids
 */
export type AssessmentRecordId = typeof AssessmentRecordId.Type

const { source_record_id: _source, ...system } = CdtRecordBody.fields

/**
 * The system fields of a record's answers. The answers stand beside them, null where a question was not answered.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentRecordAnswers = Codecs.open<AssessmentRecordAnswers>()({
  ...system,
  /** Not the record's. */
  id: Codecs.Id,
  source_id: AssessmentRecordId,
  /** Name of the assessment. */
  source_name: Schema.String,
  source_type: Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentRecordAnswers extends Schema.Struct.Type<(typeof AssessmentRecordAnswers)["fields"]> {}

/**
 * How far a record is. SUBMITTED: the patient is done and somebody has to look at it; EXPIRED: the patient's link ran out. Nothing
 * can be changed once it is COMPLETED.
 *
 * @since 0.1.0
 * @category schemas
 */
export const AssessmentRecordStatus = Codecs.openEnum("NEW", "IN_PROGRESS", "SUBMITTED", "EXPIRED", "COMPLETED")
/**
 * @since 0.1.0
 * @category models
 */
export type AssessmentRecordStatus = typeof AssessmentRecordStatus.Type

/**
 * An assessment that is filled in, or being filled in, for a patient.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentRecord = Codecs.open<AssessmentRecord>()({
  id: AssessmentRecordId,
  createdAt: Codecs.Instant,
  /** Not moved by writing answers: see `answers.updated_at`. */
  updatedAt: Codecs.Instant,
  /** User or API client. */
  createdBy: Schema.NullOr(Codecs.Id),
  /** User or API client. */
  updatedBy: Schema.NullOr(Codecs.Id),
  /** Full name, or `API_CLIENT:` and the name of the client. */
  createdByName: Schema.NullOr(Schema.String),
  /** Full name, or `API_CLIENT:` and the name of the client. */
  updatedByName: Schema.NullOr(Schema.String),
  /** When it was completed. */
  finalizedDate: Schema.NullOr(Codecs.Instant),
  localFinalizedDate: Schema.NullOr(Codecs.LocalInstant),
  localCreatedDate: Codecs.LocalInstant,
  localUpdatedDate: Codecs.LocalInstant,
  assessmentName: Schema.String,
  assessmentTitle: Schema.String,
  /** The hidden type that stores the answers: an underscore and the assessment's name. */
  assessmentCdtName: Schema.String,
  /** Version of the assessment under which the record was made. */
  version: Schema.Int,
  patientId: PatientId,
  status: AssessmentRecordStatus,
  answers: AssessmentRecordAnswers,
  /** Seen empty only. */
  scoring: Codecs.JsonObject,
  /** Probably the folder of assessments that was sent to the patient. */
  folderId: Schema.NullOr(Schema.String),
  /** Probably the end of the patient's link. */
  expirationDate: Schema.NullOr(Codecs.Instant),
  /** The questions as they were asked, under the names of their answers. Empty until the record is completed. */
  questions: Schema.Record({ key: Schema.String, value: Schema.String }),
  /** Seen empty only. */
  resolvedCdtValues: Codecs.JsonObject,
  /** Probably whether the patient fills it in. */
  pfa: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentRecord extends Schema.Struct.Type<(typeof AssessmentRecord)["fields"]> {}

/**
 * A record to be started. Only the name was ever sent: write answers by {@link updateAnswers}.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentRecordCreate = Codecs.open<AssessmentRecordCreate>()({
  assessmentName: Schema.String,
  status: Codecs.optional(AssessmentRecordStatus),
  answers: Codecs.optional(Codecs.JsonObject)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentRecordCreate extends Schema.Struct.Type<(typeof AssessmentRecordCreate)["fields"]> {}

const updateOf = (answers: Schema.Struct.Fields) => ({
  ...Typed.partially(AssessmentRecord.fields),
  answers: Codecs.optional(Typed.model(Typed.partially(answers)))
})

/**
 * A record to be put back: the whole of it as it was read, with another `status`. What less the service would take is unknown.
 *
 * @since 0.1.0
 * @category models
 */
export const AssessmentRecordUpdate = Codecs.open<AssessmentRecordUpdate>()(updateOf(AssessmentRecordAnswers.fields))
/**
 * @since 0.1.0
 * @category models
 */
export interface AssessmentRecordUpdate extends Partial<Omit<AssessmentRecord, "answers">> {
  readonly answers?: Partial<AssessmentRecordAnswers>
}

/**
 * Answers by `<type>__<field>`, in the exact case of the formation.
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
 * One page of a patient's records, answers included. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("assessmentRecords.list", "/{tenant}/{instance}/patients/{patientId}/assessment-records", {
  path: { patientId: PatientId },
  query: Pagination.springQuery,
  success: Pagination.springPage(AssessmentRecord)
})

/**
 * Every record of a patient, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list)

/**
 * The pages of {@link list}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list)

/**
 * Reads one record. No such record is `NotFound` with code ASSESSMENT_RECORD_NOT_FOUND. Recorded.
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
 * Starts a record: its status is NEW, and it shows every question with the answer null. Recorded.
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
 * Puts a record back with another status; what only the server may change is ignored. COMPLETED is final: the server dates the
 * record, adds the questions, and copies the answers to the data types behind them. Recorded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { AssessmentRecords, type Patients } from "effect-welkin/v8"
 *
 * const complete = (patientId: Patients.PatientId, assessmentRecordId: AssessmentRecords.AssessmentRecordId) =>
 *   AssessmentRecords.get({ patientId, assessmentRecordId }).pipe(
 *     Effect.flatMap((record) =>
 *       AssessmentRecords.replace({ patientId, assessmentRecordId, body: { ...record, status: "COMPLETED" } })
 *     )
 *   )
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const replace = Endpoint.put(
  "assessmentRecords.replace",
  "/{tenant}/{instance}/patients/{patientId}/assessment-records/{assessmentRecordId}",
  {
    path: { patientId: PatientId, assessmentRecordId: AssessmentRecordId },
    body: AssessmentRecordUpdate,
    success: AssessmentRecord
  }
)

/**
 * Writes the answers of a record; its status stays. Send all of them: what becomes of those left out is unknown. The record that
 * comes back has the new answers but the old `answers.updated_at`. Recorded.
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
 * Deletes a record. Recorded.
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

// ------------------------------------------------------------------------------------------------------------- one assessment

/**
 * A record whose answers a schema describes.
 *
 * @since 0.1.0
 * @category models
 */
export interface TypedAssessmentRecord<Answers> extends Omit<AssessmentRecord, "answers"> {
  readonly answers: AssessmentRecordAnswers & Answers
}

/**
 * Such a record to be put back.
 *
 * @since 0.1.0
 * @category models
 */
export interface TypedAssessmentRecordUpdate<Answers> extends Omit<AssessmentRecordUpdate, "answers"> {
  readonly answers?: Partial<AssessmentRecordAnswers> & Partial<Answers>
}

/**
 * The calls of this module for one assessment, with a schema for its answers. A record of another assessment is refused, and
 * passed over by `listStream`; answers are written all at once, null where there is none.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Schema from "effect/Schema"
 * import { AssessmentRecords, type Patients } from "effect-welkin/v8"
 *
 * const Sleep = AssessmentRecords.typed(
 *   "asm-sleep",
 *   Schema.Struct({
 *     quality: Schema.propertySignature(Schema.NullOr(Schema.Literal("good", "bad"))).pipe(Schema.fromKey("cdt-sleep__cdtf-quality"))
 *   })
 * )
 *
 * const ask = (patientId: Patients.PatientId) =>
 *   Effect.flatMap(Sleep.create({ patientId }), ({ id }) =>
 *     Sleep.updateAnswers({ patientId, assessmentRecordId: id, body: { quality: "good" } })
 *   )
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const typed = <F extends Schema.Struct.Fields>(assessmentName: string, schema: Typed.TenantSchema<F>) => {
  type Answers = Typed.FieldsOf<F>
  const fields = { ...AssessmentRecordAnswers.fields, ...schema.fields }
  const record = Typed.model<TypedAssessmentRecord<Answers>>({
    ...AssessmentRecord.fields,
    assessmentName: Schema.Literal(assessmentName),
    answers: Typed.model(fields)
  })
  return {
    /** Every record of this assessment among a patient's records. */
    listStream: (
      ...input: Parameters<typeof listStream>
    ): Stream.Stream<TypedAssessmentRecord<Answers>, WelkinError | Codecs.ExtensionMismatch, WelkinClient> =>
      listStream(...input).pipe(Typed.ofType("assessmentName", assessmentName, "answers", schema)),
    get: Typed.endpoint(get, {}, { success: record }),
    create: Typed.endpoint(create, { body: { assessmentName } }, { success: record }),
    replace: Typed.endpoint(replace, {}, { body: Typed.model<TypedAssessmentRecordUpdate<Answers>>(updateOf(fields)), success: record }),
    updateAnswers: Typed.endpoint(updateAnswers, {}, { body: Typed.model<Answers>(schema.fields), success: record }),
    remove
  }
}
