/**
 * Documents of a patient: a summary record (type and files), the files themselves, and one type-specific record with the fields
 * the document type defines. The definitions of document types are in the area formations.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { DocumentSummaryId } from "./Documents.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * System fields plus the fields of the document type (open: their names come from the formation).
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentTypeRecordBody = Codecs.open<DocumentTypeRecordBody>()({
  /** Same as the outer id. Documented, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  created_at: Codecs.optional(Codecs.Instant),
  /** User or API client. */
  created_by: Codecs.optionalNull(Codecs.Id),
  /** Display name, or `API_CLIENT:` and the client name; null in the docs' document-type records. */
  created_by_name: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  updated_at: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  updated_by: Codecs.optionalNull(Codecs.Id),
  /** Null in the docs' document-type records. */
  updated_by_name: Codecs.optionalNull(Schema.String),
  /** DOCUMENT_SUMMARY. */
  source_type: Codecs.optionalNull(Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")),
  /** DOCUMENT_SUMMARY. */
  source_name: Codecs.optionalNull(Schema.String),
  /** The summary's id. Documented, never recorded. */
  source_id: Codecs.optionalNull(Codecs.Id),
  /** Documented, never recorded. */
  external_id: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  external_guid: Codecs.optionalNull(Codecs.Id),
  /** The one field of the three built-in types; own types define their own fields. Documented, never recorded. */
  notes: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentTypeRecordBody extends Schema.Struct.Type<(typeof DocumentTypeRecordBody)["fields"]> {}

/**
 * The type-specific record that belongs to a summary (one to one): the fields the document type defines.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentTypeRecord = Codecs.open<DocumentTypeRecord>()({
  /** Documented, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  patientId: Codecs.optional(PatientId),
  /** Id of the document type definition. */
  cdtId: Codecs.optional(Codecs.Id),
  /** Formation version. Documented, never recorded. */
  version: Codecs.optional(Schema.Int),
  /** Documented, never recorded. */
  jsonBody: Codecs.optional(DocumentTypeRecordBody),
  /** Not in the docs; every recorded record of the same family has it, so expect it and treat it as optional. */
  cdtName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentTypeRecord extends Schema.Struct.Type<(typeof DocumentTypeRecord)["fields"]> {}

/**
 * Body for creating: field name to value, as the document type defines them (open). Not shown in the docs; inferred from the
 * record.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentTypeRecordCreate = Codecs.open<DocumentTypeRecordCreate>()({
  /** For the built-in types. */
  notes: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentTypeRecordCreate extends Schema.Struct.Type<(typeof DocumentTypeRecordCreate)["fields"]> {}

/**
 * Body for replacing: field name to value, as the document type defines them (open). Not shown in the docs; inferred from the
 * record.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentTypeRecordUpdate = Codecs.open<DocumentTypeRecordUpdate>()({
  /** For the built-in types. */
  notes: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentTypeRecordUpdate extends Schema.Struct.Type<(typeof DocumentTypeRecordUpdate)["fields"]> {}

/**
 * Read the type-specific record of a document. One record per document; it has no id in the path. A document type called `files`
 * would collide with the files path.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get(
  "documentRecords.get",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
  {
    path: { patientId: PatientId, documentSummaryId: DocumentSummaryId, documentTypeName: Codecs.Id },
    success: DocumentTypeRecord
  }
)

/**
 * Create the type-specific record of a document. No request body is documented; a flat object of field values is assumed, as for
 * CDT records.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post(
  "documentRecords.create",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
  {
    path: { patientId: PatientId, documentSummaryId: DocumentSummaryId, documentTypeName: Codecs.Id },
    body: DocumentTypeRecordCreate,
    success: DocumentTypeRecord
  }
)

/**
 * Replace the type-specific record of a document. No request body is documented; a flat object of field values is assumed.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put(
  "documentRecords.update",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
  {
    path: { patientId: PatientId, documentSummaryId: DocumentSummaryId, documentTypeName: Codecs.Id },
    body: DocumentTypeRecordUpdate,
    success: DocumentTypeRecord
  }
)

/**
 * Delete the type-specific record of a document. Expect an empty body, as on other deletes.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del(
  "documentRecords.remove",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
  {
    path: { patientId: PatientId, documentSummaryId: DocumentSummaryId, documentTypeName: Codecs.Id }
  }
)
