/**
 * Documents of a patient: what kind each is, and which files it holds. The files themselves travel through `DocumentFiles`, the
 * fields that a document's type defines stand in `DocumentRecords`, the types in `DocumentTypes`.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { CdtFormationId } from "./formations/CdtFormations.js"
import { PatientId } from "./Patients.js"

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
 * What is known of a stored file.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentFile = Codecs.open<DocumentFile>()({
  id: DocumentFileId,
  /** The name it was uploaded with. A download does not tell it. */
  originalName: Schema.String,
  /** Bytes. */
  size: Schema.Int,
  /** MIME type; null on old uploads. */
  contentType: Schema.NullOr(Schema.String),
  /** Welkin's own key, no URL. */
  storageKey: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentFile extends Schema.Struct.Type<(typeof DocumentFile)["fields"]> {}

/**
 * The contents of a document. All of it is missing where the API client may not read the fields.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentSummaryBody = Codecs.open<DocumentSummaryBody>()({
  id: Codecs.optional(DocumentSummaryId),
  created_at: Codecs.optional(Codecs.Instant),
  /** A user's id or an API client's. */
  created_by: Codecs.optionalNull(Codecs.Id),
  /** A user's name, or `API_CLIENT:` and the client's. */
  created_by_name: Codecs.optionalNull(Schema.String),
  updated_at: Codecs.optional(Codecs.Instant),
  updated_by: Codecs.optionalNull(Codecs.Id),
  updated_by_name: Codecs.optionalNull(Schema.String),
  source_type: Codecs.optionalNull(Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")),
  source_name: Codecs.optionalNull(Schema.String),
  source_id: Codecs.optionalNull(Codecs.Id),
  external_id: Codecs.optionalNull(Schema.String),
  external_guid: Codecs.optionalNull(Codecs.Id),
  /** Name of the document type: `doc-type-assessment`, `doc-type-docusign`, `doc-type-others`, or one of the instance (`dt-…`). */
  type: Codecs.optional(Schema.String),
  /** Null, not empty, until a file is uploaded. */
  files: Codecs.optionalNull(Schema.Array(DocumentFile))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentSummaryBody extends Schema.Struct.Type<(typeof DocumentSummaryBody)["fields"]> {}

/**
 * A document of a patient: a record of the built-in data type `_document_summary`.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentSummary = Codecs.open<DocumentSummary>()({
  id: DocumentSummaryId,
  patientId: PatientId,
  cdtId: CdtFormationId,
  /** The formation version it was written under; it does not count edits. */
  version: Schema.Int,
  jsonBody: DocumentSummaryBody,
  /** Always `_document_summary`. */
  cdtName: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentSummary extends Schema.Struct.Type<(typeof DocumentSummary)["fields"]> {}

/**
 * A page of documents, one level below the name of their data type.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentSummaryPage = Codecs.open<DocumentSummaryPage>()({
  /** Always `_document_summary`. */
  name: Schema.String,
  data: Pagination.springPage(DocumentSummary)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentSummaryPage extends Schema.Struct.Type<(typeof DocumentSummaryPage)["fields"]> {}

/**
 * A document to create.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentSummaryCreate = Codecs.open<DocumentSummaryCreate>()({
  /** Name of the document type. */
  type: Schema.String,
  external_id: Codecs.optional(Schema.String),
  external_guid: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentSummaryCreate extends Schema.Struct.Type<(typeof DocumentSummaryCreate)["fields"]> {}

/**
 * What to put in the place of a document's fields. Welkin documents no body; these are the fields of a new document.
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
 * One page of a patient's documents. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("documents.list", "/{tenant}/{instance}/patients/{patientId}/document-summary", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.springQuery,
    /** Only documents made from this record. */
    sourceId: Schema.optional(Codecs.Id)
  },
  success: DocumentSummaryPage
})

/**
 * Every document of a patient, page by page as the consumer pulls.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list, { at: "data" })

/**
 * The same, a page at a time.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list, { at: "data" })

/**
 * Reads one document with the list of its files; `NotFound` with `DT_RECORD_NOT_FOUND` where there is none. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("documents.get", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}", {
  path: { patientId: PatientId, documentSummaryId: DocumentSummaryId },
  success: DocumentSummary
})

/**
 * Creates a document without files. They are added with `DocumentFiles.upload`, which shows both calls together. Recorded.
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
 * Replaces the fields of a document. Nobody knows whether it keeps its files: try it out before you rely on it. Documented, never
 * recorded.
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
 * Deletes a document with all its files; a single file cannot be deleted. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("documents.remove", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}", {
  path: { patientId: PatientId, documentSummaryId: DocumentSummaryId }
})
