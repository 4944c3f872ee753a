/**
 * What an export holds, and how far it can be trusted. It is written last.
 *
 * @since 0.1.0
 */
import { createHash } from "node:crypto"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Fingerprint, Mode } from "./Plan.js"

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
 * How the pages of a list were read: last to first in an order that does not change (`backward`), from the first on until a whole
 * pass brought nothing new (`sweep`), from one to the next that it names (`cursor`), in one answer (`whole`), or by windows of time
 * (`window`).
 *
 * @since 0.1.0
 * @category schemas
 */
export const Reading = Schema.Literal("backward", "sweep", "cursor", "whole", "window")
/**
 * @since 0.1.0
 * @category models
 */
export type Reading = typeof Reading.Type

/**
 * How far a list can be trusted to be whole: `verified` (read to the end, in an order that loses nothing), `bestEffort` (read until
 * nothing new came, in an order that nobody knows, or to a page that does not say that it is the last), `incomplete` (it did not come
 * to rest).
 *
 * @since 0.1.0
 * @category schemas
 */
export const ReadingVerdict = Schema.Literal("verified", "bestEffort", "incomplete")
/**
 * @since 0.1.0
 * @category models
 */
export type ReadingVerdict = typeof ReadingVerdict.Type

/**
 * The lesser of two verdicts.
 *
 * @since 0.1.0
 * @category combinators
 */
export const lesser = (one: ReadingVerdict, other: ReadingVerdict): ReadingVerdict =>
  ReadingVerdict.literals.indexOf(one) > ReadingVerdict.literals.indexOf(other) ? one : other

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
  /** Patients and encounters that were gone when their turn came. */
  removedDuringExport: Schema.NonNegativeInt,
  /** Records that the export that this one continues holds already, byte for byte, and that were left out. */
  unchanged: Schema.optionalWith(Schema.NonNegativeInt, { exact: true }),
  /** Each way in which a list was read. */
  reading: Schema.Array(Reading),
  verdict: ReadingVerdict,
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
 * How far the records of a kind can be trusted to be all: as its lists can, or `forbidden` (the API client lacks the right) or
 * `incomplete` (something failed).
 *
 * @since 0.1.0
 * @category schemas
 */
export const Verdict = Schema.Literal(...ReadingVerdict.literals, "forbidden")
/**
 * @since 0.1.0
 * @category models
 */
export type Verdict = typeof Verdict.Type

/**
 * How a kind was read that continues an earlier export: only what changed since its `cursor`, or in `full`, because its lists cannot
 * be asked for changes, the earlier export does not have all of it, or deletions are to be told.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Since = Schema.Literal("cursor", "full")
/**
 * @since 0.1.0
 * @category models
 */
export type Since = typeof Since.Type

/**
 * Whether an export knows what is no longer there: `compared` where all ids were read now and in the exports before, in the same mode,
 * otherwise `unknown`. `deleted` is the file of the ids, one `{"id": …}` a line, where there are any.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Deletions = Schema.Struct({
  deletions: Schema.optionalWith(Schema.Literal("compared", "unknown"), { exact: true }),
  deleted: Schema.optionalWith(File, { exact: true })
})
/**
 * @since 0.1.0
 * @category models
 */
export type Deletions = typeof Deletions.Type

/**
 * @since 0.1.0
 * @category schemas
 */
export const KindOfRecord = Schema.Struct({
  name: Schema.NonEmptyString,
  mode: Mode,
  ...Result.fields,
  verdict: Verdict,
  /** Both left out where the export continues no other. */
  since: Schema.optionalWith(Since, { exact: true }),
  ...Deletions.fields
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
  /** Whether every kind that was asked for is there: `verified`, or `bestEffort` where its lists allow no more. */
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
 * Whether nothing is known to be missing.
 *
 * @since 0.1.0
 * @category predicates
 */
export const isThere = (verdict: Verdict): boolean => verdict === "verified" || verdict === "bestEffort"

/**
 * The files of documents, each content once.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Contents = Schema.Struct({ files: Schema.NonNegativeInt, bytes: Schema.NonNegativeInt })
/**
 * @since 0.1.0
 * @category models
 */
export type Contents = typeof Contents.Type

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
  contents: Contents,
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

const bodyOf = (manifest: Manifest): string => JSON.stringify(encode(manifest), null, 2)

const hashOf = (body: string): string => createHash("sha256").update(body).digest("hex")

/**
 * The SHA-256 of a manifest: it names the export in the manifest of one that continues it.
 *
 * @since 0.1.0
 * @category accessors
 */
export const checkOf = (manifest: Manifest): string => hashOf(bodyOf(manifest))

/**
 * The manifest as it stands in its file. Its last field is the SHA-256 of all the rest.
 *
 * @since 0.1.0
 * @category conversions
 */
export const textOf = (manifest: Manifest): string => {
  const body = bodyOf(manifest)
  return `${body.slice(0, -2)},\n  "check": "${hashOf(body)}"\n}\n`
}

/**
 * The manifest that a text is; none where a byte of it is not as it was written.
 *
 * @since 0.1.0
 * @category conversions
 */
export const ofText = (text: string): Option.Option<Manifest> => Option.filter(decode(text), (manifest) => textOf(manifest) === text)
