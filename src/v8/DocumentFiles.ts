/**
 * The files of a document, as streams of bytes in both directions. What is known of a file stands in its document: see `Documents`.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { DocumentFile, DocumentFileId, DocumentSummaryId } from "./Documents.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * Adds files to a document, all in one request, and tells what Welkin knows of each. Takes jpg, jpeg, png and pdf, a pdf of up to
 * 200 MB. Streams are sent as they come, and run anew when the request is. The time they take counts against the limits of the
 * call: raise them for large files. Documented, never recorded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import type * as Stream from "effect/Stream"
 * import { Limits } from "effect-welkin"
 * import { DocumentFiles, Documents, type Patients } from "effect-welkin/v8"
 *
 * const file = (patientId: Patients.PatientId, name: string, content: Stream.Stream<Uint8Array>) =>
 *   Effect.gen(function* () {
 *     const { id } = yield* Documents.create({ patientId, body: { type: "doc-type-others" } })
 *     return yield* DocumentFiles.upload({
 *       patientId,
 *       documentSummaryId: id,
 *       body: [{ name, contentType: "application/pdf", content }]
 *     }).pipe(Limits.withLimits({ headers: "10 minutes", attempt: "10 minutes", call: "20 minutes" }))
 *   })
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const upload = Endpoint.post(
  "documentFiles.upload",
  "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/files",
  {
    path: { patientId: PatientId, documentSummaryId: DocumentSummaryId },
    // every part is called `files`
    body: Codecs.wrapped("files", Schema.Array(Codecs.File).pipe(Schema.minItems(1))),
    bodyType: "multipart",
    success: Schema.Array(DocumentFile)
  }
)

/**
 * The bytes of a file, as they arrive. They come without a name: that is the `originalName` in `Documents`. A stream that ends
 * was whole; one that breaks off fails. Recorded.
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
