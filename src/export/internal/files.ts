/*
 * The files of documents: their bytes go to the sink, and a record tells which file has which content.
 */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Codecs from "../../Codecs.js"
import { isRecord } from "../../internal/json.js"
import * as DocumentFiles from "../../v8/DocumentFiles.js"
import type { DocumentFileId, DocumentSummaryId } from "../../v8/Documents.js"
import type { PatientId } from "../../v8/Patients.js"
import { isRetryable } from "../../WelkinError.js"
import { isSinkError, Sink, type SinkError, type Stored } from "../Sink.js"
import { type Batch, Calling, type Item, isGone, type Reads } from "./lists.js"

/** A file of a document, and where its content is: `files/ab/<sha256>`. */
export const StoredFile = Codecs.open<StoredFile>()({
  patientId: Schema.String,
  documentId: Schema.String,
  fileId: Schema.String,
  sha256: Schema.String,
  bytes: Schema.NonNegativeInt,
  /** The name it was uploaded with. */
  name: Codecs.optional(Schema.String),
  contentType: Codecs.optional(Schema.String),
  /** There were not as many bytes as the document says, nor when they were asked for again. */
  lengthUnverified: Codecs.optional(Schema.Literal(true))
})
export interface StoredFile extends Schema.Struct.Type<(typeof StoredFile)["fields"]> {}

interface Described {
  readonly documentId: string
  readonly id: string
  readonly size: number | undefined
  readonly name: string | undefined
  readonly contentType: string | undefined
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

/** The files that a document lists. What is not as its schema says is not there. */
const filesOf = ({ value }: Item): ReadonlyArray<Described> => {
  const document = value as { readonly id?: unknown; readonly jsonBody?: { readonly files?: unknown } | null } | null
  const listed = document?.jsonBody?.files
  const documentId = textOf(document?.id)
  if (!Array.isArray(listed) || documentId === undefined) return []
  return listed.flatMap((file): ReadonlyArray<Described> => {
    if (!isRecord(file) || typeof file.id !== "string") return []
    const size = typeof file.size === "number" ? file.size : undefined
    return [{ documentId, id: file.id, size, name: textOf(file.originalName), contentType: textOf(file.contentType) }]
  })
}

/** Nothing of a document's own text is followed: bytes come from the endpoint, and from nowhere else. */
const stored = Effect.fnUntraced(function* (patientId: PatientId, { contentType, documentId, id, name, size }: Described) {
  const { store } = yield* Sink
  const { through } = yield* Calling
  const bytes = DocumentFiles.download({
    patientId,
    documentSummaryId: documentId as DocumentSummaryId,
    fileId: id as DocumentFileId
  })
  // a body that breaks off is begun anew: the client cannot, for it has handed on what came
  const download = store(bytes).pipe(
    Effect.retry({ times: 2, while: (error) => !isSinkError(error) && isRetryable(error) }),
    Effect.map((found): Either.Either<Stored, SinkError> => Either.right(found)),
    Effect.catchIf(isSinkError, (error) => Effect.succeed(Either.left(error)))
  )
  const whole = Effect.flatMap(through(download), (found): Either.Either<Stored, SinkError> => found)
  const fits = (found: Stored) => size === undefined || found.bytes === size
  const first = yield* whole
  const found = fits(first) ? first : yield* whole
  const value = {
    patientId,
    documentId,
    fileId: id,
    ...found,
    ...(name === undefined ? {} : { name }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(fits(found) ? {} : { lengthUnverified: true as const })
  }
  return [{ value, text: JSON.stringify(value) }]
})

/** The files of a patient's documents, one after another. */
export const of = (patientId: PatientId, documents: Reads): Reads =>
  Stream.mapEffect(
    documents,
    Effect.fnUntraced(function* (page) {
      const items: Array<Item> = []
      let { removed } = page
      for (const file of page.items.flatMap(filesOf)) {
        const found = yield* Effect.catchIf(stored(patientId, file), isGone, () => Effect.succeed(undefined))
        if (found === undefined) removed++
        else items.push(...found)
      }
      return { ...page, items, removed } satisfies Batch
    })
  )
