/**
 * The fields that a document's type defines, such as its notes: at most one record a document. The document itself stands in
 * `Documents`, its type in `DocumentTypes`.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { DocumentSummaryId } from "./Documents.js"
import * as Endpoint from "./endpoint.js"
import { CdtFormationId } from "./formations/CdtFormations.js"
import { PatientId } from "./Patients.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const DocumentTypeRecordId = Codecs.id("DocumentTypeRecordId")
/**
 * @since 0.1.0
 * @category ids
 */
export type DocumentTypeRecordId = typeof DocumentTypeRecordId.Type

/**
 * System fields, and beside them the fields of the document type: read those with `Codecs.extension`.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentTypeRecordBody = Codecs.open<DocumentTypeRecordBody>()({
  id: Codecs.optional(DocumentTypeRecordId),
  created_at: Codecs.optional(Codecs.Instant),
  /** A user's id or an API client's. */
  created_by: Codecs.optionalNull(Codecs.Id),
  /** A user's name, or `API_CLIENT:` and the client's. */
  created_by_name: Codecs.optionalNull(Schema.String),
  updated_at: Codecs.optional(Codecs.Instant),
  updated_by: Codecs.optionalNull(Codecs.Id),
  updated_by_name: Codecs.optionalNull(Schema.String),
  /** `DOCUMENT_SUMMARY`. */
  source_type: Codecs.optionalNull(Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")),
  source_name: Codecs.optionalNull(Schema.String),
  /** The document. */
  source_id: Codecs.optionalNull(DocumentSummaryId),
  external_id: Codecs.optionalNull(Schema.String),
  external_guid: Codecs.optionalNull(Codecs.Id),
  /** The one field of the three built-in types. */
  notes: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentTypeRecordBody extends Schema.Struct.Type<(typeof DocumentTypeRecordBody)["fields"]> {}

/**
 * The record of a document.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentTypeRecord = Codecs.open<DocumentTypeRecord>()({
  id: DocumentTypeRecordId,
  patientId: Codecs.optional(PatientId),
  /** The document type. */
  cdtId: Codecs.optional(CdtFormationId),
  /** The formation version it was written under; it does not count edits. */
  version: Codecs.optional(Schema.Int),
  jsonBody: Codecs.optional(DocumentTypeRecordBody),
  cdtName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentTypeRecord extends Schema.Struct.Type<(typeof DocumentTypeRecord)["fields"]> {}

const path = {
  patientId: PatientId,
  documentSummaryId: DocumentSummaryId,
  /** Name of the document's own type. One called `files` cannot be reached: that route belongs to the files. */
  documentTypeName: Codecs.Id
}

/**
 * Reads the record of a document. Documented, never recorded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Schema from "effect/Schema"
 * import { Codecs } from "effect-welkin"
 * import { DocumentRecords, type Documents } from "effect-welkin/v8"
 *
 * const consent = Codecs.extension(Schema.Struct({ "dtf-signed-on": Schema.NullOr(Codecs.CalendarDate) }))
 *
 * const signedOn = ({ id, patientId }: Documents.DocumentSummary) =>
 *   DocumentRecords.get({ patientId, documentSummaryId: id, documentTypeName: "dt-consent" }).pipe(
 *     Effect.flatMap(({ jsonBody = {} }) => consent(jsonBody)),
 *     Effect.map((fields) => fields["dtf-signed-on"])
 *   )
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get(
  "documentRecords.get",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
  { path, success: DocumentTypeRecord }
)

/**
 * Creates the record of a document. The body is a plain object of field names and values; Welkin shows none, this follows its
 * other records. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post(
  "documentRecords.create",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
  { path, body: Codecs.JsonObject, success: DocumentTypeRecord }
)

/**
 * Replaces the record of a document, with a body as in {@link create}. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put(
  "documentRecords.update",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
  { path, body: Codecs.JsonObject, success: DocumentTypeRecord }
)

/**
 * Deletes the record of a document; the document stays. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del(
  "documentRecords.remove",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
  { path }
)
