/**
 * What an export holds, and how far it can be trusted. It is written last.
 *
 * @since 0.1.0
 */
import { createHash } from "node:crypto"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Fingerprint } from "./Plan.js"

/**
 * A finished file.
 *
 * @since 0.1.0
 * @category schemas
 */
export const File = Schema.Struct({
  /** Relative to the folder, with `/` between its parts. */
  name: Schema.NonEmptyString,
  records: Schema.NonNegativeInt,
  bytes: Schema.NonNegativeInt,
  sha256: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export type File = typeof File.Type

/**
 * What a unit of work has brought.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Result = Schema.Struct({
  records: Schema.NonNegativeInt,
  /** Records that the server sent again at the seam of two pages, and that were left out. */
  duplicates: Schema.NonNegativeInt,
  /** Records that changed while they were read, and whose older version was taken out. */
  superseded: Schema.NonNegativeInt,
  /** Records that break their schema. They are in the files as they came. */
  drift: Schema.NonNegativeInt,
  /** Where the last page ended: a later export may begin there. */
  cursor: Schema.NullOr(Schema.String),
  files: Schema.Array(File)
})
/**
 * @since 0.1.0
 * @category models
 */
export type Result = typeof Result.Type

/**
 * Why a unit of work could not be done. No record's value stands in it.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Failure = Schema.Struct({
  unit: Schema.String,
  kind: Schema.String,
  /** The tag of the error, such as `ServerError`. */
  error: Schema.String,
  endpoint: Schema.String,
  status: Schema.NullOr(Schema.Int),
  codes: Schema.Array(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export type Failure = typeof Failure.Type

/**
 * How far the records of a kind can be trusted to be all: `verified` (read to the end, in an order that loses nothing),
 * `forbidden` (the API client lacks the right), `incomplete` (something failed).
 *
 * @since 0.1.0
 * @category schemas
 */
export const Verdict = Schema.Literal("verified", "forbidden", "incomplete")
/**
 * @since 0.1.0
 * @category models
 */
export type Verdict = typeof Verdict.Type

/**
 * @since 0.1.0
 * @category schemas
 */
export const KindOfRecord = Schema.Struct({
  name: Schema.NonEmptyString,
  /** How the records were read. */
  mode: Schema.Literal("bulk"),
  verdict: Verdict,
  ...Result.fields
})
/**
 * @since 0.1.0
 * @category models
 */
export type KindOfRecord = typeof KindOfRecord.Type

/**
 * What a run has come to.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Summary = Schema.Struct({
  /** Whether every kind that was asked for is `verified`. */
  complete: Schema.Boolean,
  kinds: Schema.Array(KindOfRecord),
  failures: Schema.Array(Failure)
})
/**
 * @since 0.1.0
 * @category models
 */
export type Summary = typeof Summary.Type

/**
 * A file beside the records: the journal, the log, the failures.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Book = Schema.Struct({ name: Schema.NonEmptyString, bytes: Schema.NonNegativeInt, sha256: Schema.String })
/**
 * @since 0.1.0
 * @category models
 */
export type Book = typeof Book.Type

/**
 * The version of the folder's format that this package writes.
 *
 * @since 0.1.0
 * @category constants
 */
export const formatVersion = 1

/**
 * @since 0.1.0
 * @category schemas
 */
export const Manifest = Schema.Struct({
  format: Schema.Literal("effect-welkin-export"),
  formatVersion: Schema.Literal(formatVersion),
  tool: Schema.Struct({ name: Schema.String, version: Schema.String }),
  ...Fingerprint.fields,
  startedAt: Schema.String,
  finishedAt: Schema.String,
  ...Summary.fields,
  bookkeeping: Schema.Array(Book)
})
/**
 * @since 0.1.0
 * @category models
 */
export type Manifest = typeof Manifest.Type

/**
 * @since 0.1.0
 * @category constants
 */
export const fileName = "manifest.json"

const encode = Schema.encodeSync(Manifest)
const decode = Schema.decodeUnknownOption(Schema.parseJson(Manifest))

/**
 * The manifest as it stands in its file. Its last field is the SHA-256 of all the rest.
 *
 * @since 0.1.0
 * @category conversions
 */
export const textOf = (manifest: Manifest): string => {
  const body = JSON.stringify(encode(manifest), null, 2)
  const check = createHash("sha256").update(body).digest("hex")
  return `${body.slice(0, -2)},\n  "check": "${check}"\n}\n`
}

/**
 * The manifest that a text is; none where a byte of it is not as it was written.
 *
 * @since 0.1.0
 * @category conversions
 */
export const ofText = (text: string): Option.Option<Manifest> => Option.filter(decode(text), (manifest) => textOf(manifest) === text)
