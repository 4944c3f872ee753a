/**
 * Documents of a patient: a summary record (type and files), the files themselves, and one type-specific record with the fields
 * the document type defines. The definitions of document types are in the area formations.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { DocumentFile, DocumentFileId, DocumentSummaryId } from "./Documents.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * Parts of the multipart form for uploading.
 *
 * @since 0.1.0
 * @category models
 */
export const DocumentFilesUpload = Codecs.closed<DocumentFilesUpload>()({
  /**
   * Repeat the part name `files` once per file; each part carries a file name and a content type. Allowed kinds: jpg, jpeg, png,
   * pdf.
   */
  files: Schema.Array(Codecs.File)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DocumentFilesUpload extends Schema.Struct.Type<(typeof DocumentFilesUpload)["fields"]> {}

/**
 * Add one or more files to a document. Multipart/form-data, every part named `files`, several allowed in one request. Let the HTTP
 * library write the Content-Type header with its boundary. Reply is a bare JSON array of the new files' metadata, not the
 * document. Only jpg, jpeg, png and pdf are accepted. A retry must rewind the file streams first (the python client does so). The
 * client's test for this call is written out but has no recording. PDFs may have up to 200 MB since release 2026.69 (release
 * notes).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const upload = Endpoint.post(
  "documentFiles.upload",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/files",
  {
    path: { patientId: PatientId, documentSummaryId: DocumentSummaryId },
    body: DocumentFilesUpload,
    bodyType: "multipart",
    success: Schema.Array(DocumentFile)
  }
)

/**
 * Download the bytes of one file. 200 with the raw bytes. Recorded response headers: Content-Type = the file's own type
 * (image/jpeg), Content-Length = its size, Accept-Ranges `true` (an odd value; do not rely on ranges), Cache-Control no-store. No
 * Content-Disposition, no ETag: take the name from jsonBody.files[].originalName. Errors are JSON (ErrorList), so branch on the
 * status, not on the content type.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const download = Endpoint.download(
  "documentFiles.download",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/files/{fileId}",
  {
    path: { patientId: PatientId, documentSummaryId: DocumentSummaryId, fileId: DocumentFileId }
  }
)
