/**
 * Documents of a patient: a summary record (type and files), the files themselves, and one type-specific record with the fields
 * the document type defines. The definitions of document types are in the area formations.
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
export const DocumentFileId = Codecs.id("DocumentFileId")
/**
 * @since 0.1.0
 * @category ids
 */
export type DocumentFileId = typeof DocumentFileId.Type

/**
 * @since 0.1.0
 * @category ids
 */
export const DocumentSummaryId = Codecs.id("DocumentSummaryId")
/**
 * @since 0.1.0
 * @category ids
 */
export type DocumentSummaryId = typeof DocumentSummaryId.Type

/**
 * Metadata of one stored file.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentFile = Codecs.open<DocumentFile>()({
  id: DocumentFileId,
  /** File name as uploaded; the only place to get it, the download does not send it. */
  originalName: Schema.String,
  /** Bytes. */
  size: Schema.Int,
  /** MIME type; null on uploads recorded in 2022. */
  contentType: Schema.NullOr(Schema.String),
  /** Internal object-storage key built from tenant, instance, patient and file; not a URL, of no use to callers. */
  storageKey: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentFile extends Schema.Struct.Type<(typeof DocumentFile)["fields"]> {}

/**
 * Contents of a document summary.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentSummaryBody = Codecs.open<DocumentSummaryBody>()({
  /** Same as the outer id. */
  id: DocumentSummaryId,
  created_at: Codecs.Instant,
  /** User or API client. */
  created_by: Schema.NullOr(Codecs.Id),
  /** Display name, or `API_CLIENT:` and the client name; null in the docs' document-type records. */
  created_by_name: Schema.NullOr(Schema.String),
  updated_at: Codecs.Instant,
  updated_by: Schema.NullOr(Codecs.Id),
  /** Null in the docs' document-type records. */
  updated_by_name: Schema.NullOr(Schema.String),
  /** Null on summaries. */
  source_type: Schema.NullOr(Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")),
  source_name: Schema.NullOr(Schema.String),
  source_id: Schema.NullOr(Codecs.Id),
  external_id: Schema.NullOr(Schema.String),
  external_guid: Schema.NullOr(Codecs.Id),
  /**
   * Document type name; built in: doc-type-assessment, doc-type-docusign, doc-type-others; instances add their own (usual prefix
   * `dt-`).
   */
  type: Schema.String,
  /** Null on a record without files (recorded right after creation), not an empty array. */
  files: Schema.NullOr(Schema.Array(DocumentFile))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentSummaryBody extends Schema.Struct.Type<(typeof DocumentSummaryBody)["fields"]> {}

/**
 * One document of a patient. Stored as a record of the built-in data type `_document_summary`, which cannot be edited.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentSummary = Codecs.open<DocumentSummary>()({
  id: DocumentSummaryId,
  patientId: PatientId,
  /** Id of the `_document_summary` definition in that formation version. */
  cdtId: Codecs.Id,
  /** Formation version the record was written under, not an edit counter. */
  version: Schema.Int,
  /**
   * Decode its fields as optional: for a related kind of record a third-party recording shows an empty object, apparently where
   * the caller's role may not read the fields.
   */
  jsonBody: DocumentSummaryBody,
  /** Always `_document_summary`; absent in the 2021 docs. */
  cdtName: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentSummary extends Schema.Struct.Type<(typeof DocumentSummary)["fields"]> {}

/**
 * List envelope: the name of the underlying data type next to an ordinary Spring page.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentSummaryPage = Codecs.open<DocumentSummaryPage>()({
  /** Always `_document_summary`. */
  name: Schema.String,
  /** SpringPage. */
  data: Pagination.springPage(DocumentSummary)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentSummaryPage extends Schema.Struct.Type<(typeof DocumentSummaryPage)["fields"]> {}

/**
 * Body for creating a document.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentSummaryCreate = Codecs.open<DocumentSummaryCreate>()({
  /** Document type name. */
  type: Schema.String,
  /** Editable system field of every data type. */
  external_id: Codecs.optional(Schema.String),
  /** Editable system field of every data type. */
  external_guid: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentSummaryCreate extends Schema.Struct.Type<(typeof DocumentSummaryCreate)["fields"]> {}

/**
 * Body for replacing a document's fields. The docs show no body; inferred from creation.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentSummaryUpdate = Codecs.open<DocumentSummaryUpdate>()({
  type: Codecs.optional(Schema.String),
  external_id: Codecs.optional(Schema.String),
  external_guid: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentSummaryUpdate extends Schema.Struct.Type<(typeof DocumentSummaryUpdate)["fields"]> {}

/**
 * List a patient's documents. On an empty result totalPages is 0 and last is true (recorded on other Spring lists).
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("documents.list", "/{tenant}/{instance}/patients/{patientId}/document-summary", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.springQuery,
    /** Only documents created from this source record. */
    sourceId: Schema.optional(Codecs.Id)
  },
  success: DocumentSummaryPage
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list, { at: "data" })

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list, { at: "data" })

/**
 * Read one document with its file list. 404 carries DT_RECORD_NOT_FOUND, componentType CDT, details {patientId, cdtRecordId,
 * cdtName} (recorded after a delete).
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("documents.get", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}", {
  path: { patientId: PatientId, documentSummaryId: DocumentSummaryId },
  success: DocumentSummary
})

/**
 * Create an empty document of a given type; files are added afterwards. Status 201 (recorded). jsonBody.files is null until a file
 * is uploaded. Two steps are needed for a document with content: create, then documents.files.upload.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("documents.create", "/{tenant}/{instance}/patients/{patientId}/document-summary", {
  path: { patientId: PatientId },
  body: DocumentSummaryCreate,
  success: DocumentSummary
})

/**
 * Replace the fields of a document. Never recorded; no request body is documented. It is unknown whether leaving `files` out keeps
 * the files.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("documents.update", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}", {
  path: { patientId: PatientId, documentSummaryId: DocumentSummaryId },
  body: DocumentSummaryUpdate,
  success: DocumentSummary
})

/**
 * Delete a document. Status 200 with an empty body and Content-Length 0 (recorded); do not parse JSON. Reading it afterwards gives
 * 404. No endpoint deletes a single file.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("documents.remove", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}", {
  path: { patientId: PatientId, documentSummaryId: DocumentSummaryId }
})
