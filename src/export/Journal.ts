/**
 * The journal of an export: what is safely on disk, one line at a time, each written after what it tells of.
 *
 * @since 0.1.0
 */
import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { type DiskError, type Folder, FolderDamaged, FolderRefused, journalName } from "./Folder.js"
import { File, formatVersion, Reading, ReadingVerdict, Result } from "./Manifest.js"
import { Fingerprint, Place } from "./Plan.js"

const Header = Schema.Struct({
  format: Schema.Literal("effect-welkin-export"),
  formatVersion: Schema.Literal(formatVersion),
  startedAt: Schema.String,
  ...Fingerprint.fields
})
/**
 * The first line: which export this is.
 *
 * @since 0.1.0
 * @category models
 */
export type Header = typeof Header.Type

const Member = Schema.Struct({
  unit: Schema.String,
  part: Schema.String,
  /** Where the part ends behind this page. */
  offset: Schema.NonNegativeInt,
  count: Schema.NonNegativeInt,
  /** Of the bytes that the page added to the part. */
  sha256: Schema.String,
  next: Schema.NullOr(Place),
  cursor: Schema.NullOr(Schema.String),
  duplicates: Schema.NonNegativeInt,
  drift: Schema.NonNegativeInt,
  removed: Schema.NonNegativeInt,
  /** Hashes of the ids of records that were left out, for an earlier export has them. */
  unchanged: Schema.optionalWith(Schema.String, { exact: true }),
  reading: Schema.Array(Reading),
  verdict: ReadingVerdict
})
/**
 * A page that is there.
 *
 * @since 0.1.0
 * @category models
 */
export type Member = typeof Member.Type

/** Parts that were written anew, without records that have a newer version. */
const Rewritten = Schema.Struct({ unit: Schema.String, rewritten: Schema.Array(File), superseded: Schema.NonNegativeInt })

const Done = Schema.Struct({ unit: Schema.String, done: Result })

const Entry = Schema.Union(Done, Rewritten, Member)
/**
 * @since 0.1.0
 * @category models
 */
export type Entry = typeof Entry.Type

/**
 * What the journal tells about one unit.
 *
 * @since 0.1.0
 * @category models
 */
export interface History {
  readonly members: Array<Member>
  rewritten: typeof Rewritten.Type | undefined
  done: Result | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Journal {
  readonly header: Header
  readonly history: (unit: string) => History | undefined
  readonly units: ReadonlyArray<string>
  /** Appends a line; with `sync` it, and all lines before it, survive a power cut. */
  readonly append: (entry: Entry, sync: boolean) => Effect.Effect<void, DiskError>
}

const checkOf = (body: string): string => createHash("sha256").update(body).digest("hex").slice(0, 16)

const lineOf = (value: object): string => {
  const body = JSON.stringify(value)
  return `${body.slice(0, -1)},"check":"${checkOf(body)}"}\n`
}

const checked = /^(\{.*),"check":"([0-9a-f]{16})"\}$/

/** The value of a line; undefined where the line is torn or was changed. */
const valueOf = (line: string): object | undefined => {
  const [, start, check] = checked.exec(line) ?? []
  if (start === undefined || checkOf(`${start}}`) !== check) return undefined
  return JSON.parse(`${start}}`)
}

const damaged = (what: string) => new FolderDamaged({ name: journalName, what })

const asHeader = (value: object): Either.Either<Header, FolderRefused> => {
  if ("formatVersion" in value && typeof value.formatVersion === "number" && value.formatVersion > formatVersion) {
    return Either.left(new FolderRefused({ reason: "it was written by a newer version of this tool" }))
  }
  return Either.mapLeft(
    Schema.decodeUnknownEither(Header)(value),
    () => new FolderRefused({ reason: "its journal is not one of an export" })
  )
}

/** What a journal holds, and how many of its bytes count. Memory is needed for the lines that matter, not for the file. */
const read = Effect.fnUntraced(function* (folder: Folder) {
  const histories = new Map<string, History>()
  let header: Header | undefined
  let bytes = 0
  let torn = false
  const take = (line: string): Either.Either<void, FolderDamaged | FolderRefused> => {
    const value = valueOf(line)
    if (value === undefined) {
      torn = true
      return Either.void
    }
    // a tail that a crash has torn holds nothing sound
    if (torn) return Either.left(damaged("was changed: a line in its middle is not what was written"))
    bytes += Buffer.byteLength(line) + 1
    if (header === undefined) {
      const first = asHeader(value)
      if (Either.isLeft(first)) return Either.left(first.left)
      header = first.right
      return Either.void
    }
    const entry = Schema.decodeUnknownEither(Entry)(value)
    if (Either.isLeft(entry)) return Either.left(damaged("holds a line that is none of a journal"))
    const one = entry.right
    const history = histories.get(one.unit) ?? { members: [], rewritten: undefined, done: undefined }
    histories.set(one.unit, history)
    if ("done" in one) history.done = one.done
    else if ("rewritten" in one) history.rewritten = one
    else history.members.push(one)
    return Either.void
  }
  let rest = ""
  yield* folder.read(journalName).pipe(
    Stream.decodeText(),
    Stream.runForEach((text) => {
      const lines = (rest + text).split("\n")
      rest = lines.pop()!
      return Effect.forEach(lines, take, { discard: true })
    })
  )
  return { header, bytes, histories }
})

/**
 * Opens the folder's journal, or begins it. What a crash has torn off its end is cut away.
 *
 * @since 0.1.0
 * @category constructors
 */
export const open: (folder: Folder, begin: Header) => Effect.Effect<Journal, DiskError | FolderDamaged | FolderRefused, Scope.Scope> =
  Effect.fnUntraced(function* (folder, begin) {
    const there = (yield* folder.size(journalName)) !== undefined
    const { bytes, header, histories } = there
      ? yield* read(folder)
      : { header: undefined, bytes: 0, histories: new Map<string, History>() }
    if (header === undefined && there) {
      const names = yield* folder.names
      // a crash while the first line was written leaves nothing but that
      if (names.some((name) => name.includes("/"))) return yield* damaged("has no first line")
    }
    const file = there ? yield* folder.reopen(journalName, bytes) : yield* folder.create(journalName)
    const turn = yield* Effect.makeSemaphore(1)
    // half a line may be there: what came behind it could not be read
    let broken: DiskError | undefined
    const write = (value: object, sync: boolean) =>
      Effect.suspend(() =>
        broken === undefined
          ? Effect.zipRight(file.append(new TextEncoder().encode(lineOf(value))), sync ? file.sync : Effect.void)
          : Effect.fail(broken)
      ).pipe(
        Effect.tapError((error) =>
          Effect.sync(() => {
            broken = error
          })
        ),
        turn.withPermits(1)
      )
    if (header === undefined) yield* write(begin, true)
    return {
      header: header ?? begin,
      units: Array.from(histories.keys()),
      history: (unit) => histories.get(unit),
      append: (entry, sync) => write(Schema.encodeSync(Entry)(entry), sync)
    }
  })

/**
 * The first line of a folder's journal, if it has one.
 *
 * @since 0.1.0
 * @category accessors
 */
export const headerOf = (folder: Folder): Effect.Effect<Option.Option<Header>, DiskError | FolderDamaged | FolderRefused> =>
  Effect.flatMap(folder.size(journalName), (size) =>
    size === undefined ? Effect.succeedNone : Effect.map(read(folder), ({ header }) => Option.fromNullable(header))
  )
