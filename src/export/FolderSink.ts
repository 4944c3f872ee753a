/**
 * The sink that writes the folder of an export. A page is one gzip member at the end of a part; when it is safely there the journal
 * says so; when a part is full it gets its final name. Killed at any moment, the same export goes on behind the last page.
 *
 * @since 0.1.0
 */
import { createHash, type Hash } from "node:crypto"
import type * as FileSystem from "@effect/platform/FileSystem"
import type * as Path from "@effect/platform/Path"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Seen from "../internal/seen.js"
import { version } from "../internal/version.js"
import {
  DiskError,
  type Folder,
  FolderDamaged,
  type FolderLocked,
  FolderRefused,
  type Growing,
  journalName,
  open as openFolder,
  take
} from "./Folder.js"
import * as Contents from "./internal/contents.js"
import * as Hashes from "./internal/hashes.js"
import * as Part from "./internal/part.js"
import * as Journal from "./Journal.js"
import { schemaOf } from "./JsonSchema.js"
import { replaces, type Version, versionOf } from "./Kind.js"
import * as Lock from "./Lock.js"
import * as Manifest from "./Manifest.js"
import { difference, type LegacyUnit, type Plan, type Source, type Unit } from "./Plan.js"
import * as Previous from "./Previous.js"
import { type Page, Sink, type Stored, type Writer } from "./Sink.js"

/**
 * The list of units that could not be done: unit, error, status and codes.
 *
 * @since 0.1.0
 * @category constants
 */
export const failuresName = "failures.ndjson"

/**
 * Who exported when, which kinds, and how many records: no values.
 *
 * @since 0.1.0
 * @category constants
 */
export const logName = "log.ndjson"

/**
 * The bytes at which a part is full, as they are stored: 64 MiB.
 *
 * @since 0.1.0
 * @category references
 */
export class PartBytes extends Context.Reference<PartBytes>()("effect-welkin/export/PartBytes", {
  defaultValue: (): number => 64 * 1024 * 1024
}) {}

/** A page inside a part. */
interface Member {
  readonly offset: number
  readonly bytes: number
  readonly sha256: string
}

/** A part of a unit, whole or growing. */
interface PartOfUnit {
  readonly name: string
  readonly members: Array<Member>
  readonly hash: Hash
  bytes: number
  records: number
}

/** A part that is not full: its file has a temporary name. */
interface Open {
  readonly part: PartOfUnit
  readonly file: Growing
  readonly scope: Scope.CloseableScope
}

const newPart = (name: string): PartOfUnit => ({ name, members: [], hash: createHash("sha256"), bytes: 0, records: 0 })

const draftOf = (name: string): string => `${name}.tmp`

const fileOf = ({ bytes, hash, name, records }: PartOfUnit): Manifest.File => ({ name, records, bytes, sha256: hash.copy().digest("hex") })

/** The parts of a unit as its journal lists them. */
const partsOf = (members: ReadonlyArray<Journal.Member>): ReadonlyArray<PartOfUnit> => {
  const parts: Array<PartOfUnit> = []
  for (const { count, offset, part: name, sha256 } of members) {
    if (count === 0) continue
    if (parts.at(-1)?.name !== name) parts.push(newPart(name))
    const part = parts.at(-1)!
    part.members.push({ offset: part.bytes, bytes: offset - part.bytes, sha256 })
    part.bytes = offset
    part.records += count
  }
  return parts
}

const rename = (folder: Folder, part: PartOfUnit) =>
  Effect.gen(function* () {
    // what a disk took without saying that it did not keep it
    if ((yield* folder.size(draftOf(part.name))) !== part.bytes) {
      return yield* new DiskError({ doing: "write", name: part.name, code: "EIO" })
    }
    yield* folder.rename(draftOf(part.name), part.name)
  })

/** Brings the files of a part to where its journal says they are; false where it is still growing. */
const settle = Effect.fnUntraced(function* (folder: Folder, part: PartOfUnit, isWhole: boolean) {
  const whole = yield* folder.size(part.name)
  if (whole !== undefined) {
    if (whole !== part.bytes) return yield* new FolderDamaged({ name: part.name, what: "has another length than the journal says" })
    yield* folder.remove(draftOf(part.name))
    return true
  }
  const growing = yield* folder.size(draftOf(part.name))
  if (growing === undefined || growing < part.bytes) {
    return yield* new FolderDamaged({ name: part.name, what: growing === undefined ? "is missing" : "is shorter than the journal says" })
  }
  if (!isWhole) return false
  yield* Effect.scoped(Effect.flatMap(folder.reopen(draftOf(part.name), part.bytes), (file) => file.sync))
  yield* rename(folder, part)
  return true
})

/** Tells which texts of records an earlier export holds. */
type Known = (text: string) => boolean

const writerOf: (
  unit: Unit | LegacyUnit,
  folder: Folder,
  journal: Journal.Journal,
  compression: Part.Compression,
  known: Effect.Effect<Known, DiskError | FolderDamaged> | undefined,
  unchanged: Array<string>
) => Effect.Effect<Writer, DiskError | FolderDamaged, Scope.Scope> = Effect.fnUntraced(
  function* (unit, folder, journal, compression, known, unchanged) {
    const history = journal.history(unit.id)
    for (const { unchanged: packed } of history?.members ?? []) if (packed !== undefined) unchanged.push(packed)
    if (history?.done !== undefined) {
      const { done } = history
      return { state: { _tag: "Done", result: done }, write: () => Effect.succeed(0), finish: Effect.succeed(done) }
    }

    const scope = yield* Effect.scope
    const fullBytes = yield* PartBytes
    const pages: ReadonlyArray<Journal.Member> = history?.members ?? []
    const lastPage = pages.at(-1)
    const parts: Array<PartOfUnit> = Array.from(partsOf(pages))
    const hashes = Hashes.make()
    const counts = { duplicates: 0, drift: 0, removedDuringExport: 0 }
    const reading = new Set<Manifest.Reading>()
    let verdict: Manifest.ReadingVerdict = "verified"
    // where nothing has changed, the next export begins where this one did
    let cursor: string | null = unit.since ?? null
    const count = (page: Omit<Page, "next" | "records" | "unchanged">): void => {
      counts.duplicates += page.duplicates
      counts.drift += page.drift
      counts.removedDuringExport += page.removed
      for (const way of page.reading) reading.add(way)
      verdict = Manifest.lesser(verdict, page.verdict)
      cursor = page.cursor ?? cursor
    }
    for (const page of pages) count(page)
    let open: Open | undefined

    const opened = (part: PartOfUnit, file: (scope: Scope.Scope) => Effect.Effect<Growing, DiskError>) =>
      Effect.flatMap(Scope.fork(scope, ExecutionStrategy.sequential), (own) =>
        Effect.map(file(own), (growing) => {
          open = { part, file: growing, scope: own }
          return open
        })
      )

    const begin = Effect.suspend(() => {
      const part = newPart(Part.nameOf(unit, parts.length + 1, compression))
      parts.push(part)
      // a part that was begun, and not yet in the journal when the power went
      return Effect.zipRight(
        folder.remove(draftOf(part.name)),
        opened(part, (own) => folder.create(draftOf(part.name)).pipe(Scope.extend(own)))
      )
    })

    const close = Effect.suspend(() => {
      if (open === undefined) return Effect.void
      const { part, scope: own } = open
      open = undefined
      return Effect.zipRight(Scope.close(own, Exit.void), rename(folder, part))
    })

    const linesOf = (part: PartOfUnit, member: Member) =>
      Effect.catchIf(
        Part.unpack(folder, part.name, member, compression),
        (error) => error._tag === "DiskError" && error.code === "ENOENT",
        () => Part.unpack(folder, draftOf(part.name), member, compression)
      )

    const write = Effect.fnUntraced(function* (page: Page) {
      const { next = null, records, unchanged: left = [], ...facts } = page
      count(facts)
      const packed = left.length === 0 ? undefined : Hashes.pack(left)
      if (packed !== undefined) unchanged.push(packed)
      const entry = { unit: unit.id, count: records.length, next, ...facts, ...(packed === undefined ? {} : { unchanged: packed }) }
      if (records.length === 0) {
        const part = parts.at(-1)
        yield* journal.append({ ...entry, part: part?.name ?? "", offset: part?.bytes ?? 0, sha256: "" }, next === null)
        return 0
      }
      const bytes = yield* Part.pack(
        records.map(({ text }) => text),
        compression
      )
      const { file, part } = open ?? (yield* begin)
      yield* file.append(bytes)
      yield* file.sync
      const sha256 = Part.sha256(bytes)
      const offset = part.bytes + bytes.byteLength
      yield* journal.append({ ...entry, part: part.name, offset, sha256 }, true)
      part.members.push({ offset: part.bytes, bytes: bytes.byteLength, sha256 })
      part.hash.update(bytes)
      part.bytes = offset
      part.records += records.length
      for (const { id } of records) if (id !== undefined) hashes.add(id)
      if (part.bytes >= fullBytes) yield* close
      return bytes.byteLength
    })

    /** The lines of older versions, by part. Only records that may be there twice are kept in memory. */
    const older = Effect.fnUntraced(function* (candidates: ReadonlySet<number>) {
      const newest = new Map<string, { readonly version: Version; readonly part: PartOfUnit; readonly line: number }>()
      const found = new Map<PartOfUnit, Set<number>>()
      for (const part of parts) {
        let line = 0
        for (const member of part.members) {
          for (const text of (yield* linesOf(part, member)).lines) {
            const here = { version: versionOf(JSON.parse(text)), part, line: line++ }
            const { id } = here.version
            if (id === undefined || !candidates.has(Hashes.hashOf(id))) continue
            const before = newest.get(id)
            const loser = before === undefined ? undefined : replaces(here.version, before.version) ? before : here
            if (loser !== here) newest.set(id, here)
            if (loser !== undefined) found.set(loser.part, (found.get(loser.part) ?? new Set()).add(loser.line))
          }
        }
      }
      return found
    })

    /** Writes a part anew without some of its lines, under its temporary name. */
    const without = Effect.fnUntraced(function* (part: PartOfUnit, dropped: ReadonlySet<number>) {
      const fresh = newPart(part.name)
      yield* folder.remove(draftOf(part.name))
      yield* Effect.scoped(
        Effect.gen(function* () {
          const file = yield* folder.create(draftOf(part.name))
          let line = 0
          for (const member of part.members) {
            const lines = (yield* linesOf(part, member)).lines.filter(() => !dropped.has(line++))
            if (lines.length === 0) continue
            const bytes = yield* Part.pack(lines, compression)
            yield* file.append(bytes)
            fresh.hash.update(bytes)
            fresh.bytes += bytes.byteLength
            fresh.records += lines.length
          }
          yield* file.sync
        })
      )
      return fresh
    })

    const rewritten = (files: ReadonlyArray<Manifest.File>, superseded: number) =>
      Effect.gen(function* () {
        const kept = new Set(files.map(({ name }) => name))
        for (const { name } of parts) {
          if (!kept.has(name)) {
            yield* folder.remove(draftOf(name))
            yield* folder.remove(name)
          } else if ((yield* folder.size(draftOf(name))) !== undefined) yield* folder.rename(draftOf(name), name)
        }
        return { files, superseded }
      })

    const supersede = Effect.gen(function* () {
      const candidates = hashes.repeated()
      const lost = candidates.size === 0 ? new Map<PartOfUnit, Set<number>>() : yield* older(candidates)
      if (lost.size === 0) return { files: parts.map(fileOf), superseded: 0 }
      const files: Array<Manifest.File> = []
      let superseded = 0
      for (const part of parts) {
        const dropped = lost.get(part)
        superseded += dropped?.size ?? 0
        const kept = dropped === undefined ? part : yield* without(part, dropped)
        // nothing is left of a part of which every record has a newer version
        if (kept.records > 0) files.push(fileOf(kept))
      }
      yield* journal.append({ unit: unit.id, rewritten: files, superseded }, true)
      return yield* rewritten(files, superseded)
    })

    const finish = Effect.gen(function* () {
      yield* close
      const again = history?.rewritten
      const { files, superseded } = yield* again === undefined ? supersede : rewritten(again.rewritten, again.superseded)
      const records = files.reduce((sum, file) => sum + file.records, 0)
      const result: Manifest.Result = {
        records,
        ...counts,
        superseded,
        ...(known === undefined ? {} : { unchanged: unchanged.reduce((sum, packed) => sum + Hashes.countOf(packed), 0) }),
        reading: Array.from(reading).sort(),
        verdict,
        cursor,
        files
      }
      yield* journal.append({ unit: unit.id, done: result }, true)
      return result
    })

    // the ids of a list that is gone on with
    const there = Seen.make()
    const isList = unit.mode === "crawl" && unit.patients === undefined

    // what was there is read again: its records are to be told from later ones, and its bytes to be what was written
    const recover = Effect.gen(function* () {
      let last: ReadonlyArray<Version> = []
      for (const part of parts) {
        const isWhole = part !== parts.at(-1) || lastPage?.next === null
        const isSettled = yield* settle(folder, part, isWhole)
        for (const member of part.members) {
          const { bytes, lines } = yield* linesOf(part, member)
          part.hash.update(bytes)
          last = lines.map((line) => versionOf(JSON.parse(line)))
          for (const { id } of last) {
            if (id === undefined) continue
            hashes.add(id)
            if (isList) there.meet(id, 1)
          }
        }
        if (!isSettled) yield* opened(part, (own) => folder.reopen(draftOf(part.name), part.bytes).pipe(Scope.extend(own)))
        if (part.bytes >= fullBytes) yield* close
      }
      return last
    })

    const records = parts.reduce((sum, part) => sum + part.records, 0)
    const steps = { write: (page: Page) => Effect.uninterruptible(write(page)), finish: Effect.uninterruptible(finish) }
    if (history?.rewritten !== undefined) return { state: { _tag: "Read", records }, ...steps }
    const last = yield* recover
    if (lastPage?.next === null) return { state: { _tag: "Read", records }, ...steps }
    const before = Hashes.make()
    if (isList) unchanged.forEach(before.addAll)
    const wasUnchanged = before.holds()
    const has = (id: string) => there.has(id) || wasUnchanged(id)
    const begun = { _tag: "Begun", records, position: lastPage?.next ?? undefined, last, has } as const
    return { state: known === undefined ? begun : { ...begun, known: yield* known }, ...steps }
  }
)

/** The texts that earlier exports hold of a kind: read when the first unit of it begins, and once. */
const knowing = (previous: Previous.Previous): Effect.Effect<(kind: string) => Effect.Effect<Known, DiskError | FolderDamaged>> =>
  Effect.map(Effect.makeSemaphore(1), (turn) => {
    const known = new Map<string, Known>()
    const read = Effect.fnUntraced(function* (kind: string) {
      const texts = Seen.make()
      yield* Stream.runForEachChunk(Previous.records(previous, kind), (chunk) =>
        Effect.sync(() => {
          for (const { id, text } of chunk) if (id !== undefined) texts.meet(text, 1)
        })
      )
      known.set(kind, texts.has)
      return texts.has
    })
    return (kind) => turn.withPermits(1)(Effect.suspend(() => Effect.fromNullable(known.get(kind)).pipe(Effect.orElse(() => read(kind)))))
  })

/** The directory of the lists of what is no longer there. */
const deletedDirectory = "deleted/"

const deletedName = (kind: string): string => `${deletedDirectory}${kind}.ndjson`

/**
 * The JSON Schema of a kind's records, as its models have them.
 *
 * @since 0.1.0
 * @category accessors
 */
export const schemaName = (kind: string): string => `schema/${kind}.json`

const describe = (folder: Folder, kinds: ReadonlyArray<string>, generation: Source["generation"]) =>
  Effect.forEach(
    kinds,
    Effect.fnUntraced(function* (kind) {
      const text = `${JSON.stringify(schemaOf(kind, generation), null, 2)}\n`
      const there = yield* folder.readText(schemaName(kind))
      if (!Option.contains(there, text)) yield* folder.replace(schemaName(kind), text)
    }),
    { discard: true }
  )

const bookkeeping = Effect.fnUntraced(function* (folder: Folder, kinds: ReadonlyArray<string>) {
  const found: Array<Manifest.Book> = []
  for (const name of [journalName, logName, failuresName, ...kinds.map(schemaName)]) {
    if ((yield* folder.size(name)) === undefined) continue
    const { bytes, sha256 } = yield* Part.digest(folder.read(name))
    found.push({ name, bytes, sha256 })
  }
  return found
})

const decodeFailure = Schema.decodeUnknown(Schema.parseJson(Manifest.Failure))

const isDraft = (name: string): boolean => Contents.isContent(name) && name.endsWith(".tmp")

/** Stores content: under a temporary name while it comes, then under its hash. */
const storing = (folder: Folder): Sink["Type"]["store"] => {
  let incoming = 0
  return (content) =>
    Effect.suspend(() => {
      const draft = Contents.draftOf(++incoming)
      const hash = createHash("sha256")
      let bytes = 0
      const receive = Effect.scoped(
        Effect.flatMap(folder.create(draft), (file) =>
          Stream.runForEach(content, (chunk) => {
            hash.update(chunk)
            bytes += chunk.byteLength
            return file.append(chunk)
          }).pipe(Effect.zipRight(file.sync))
        )
      )
      const keep = Effect.gen(function* () {
        const stored: Stored = { sha256: hash.digest("hex"), bytes }
        const name = Contents.nameOf(stored.sha256)
        if ((yield* folder.size(name)) === bytes) yield* folder.remove(draft)
        else if ((yield* folder.size(draft)) !== bytes) return yield* new DiskError({ doing: "write", name, code: "EIO" })
        else yield* folder.rename(draft, name)
        return stored
      })
      return Effect.zipRight(receive, Effect.uninterruptible(keep)).pipe(Effect.onError(() => Effect.ignore(folder.remove(draft))))
    })
}

/** What the files of documents come to. What was stored for a document that has changed since goes. */
const contentsOf = Effect.fnUntraced(function* (folder: Folder, { kinds }: Manifest.Summary) {
  const known = yield* Contents.listedIn(folder, kinds)
  if (kinds.some(({ name, verdict }) => name === Contents.kind && Manifest.isThere(verdict))) {
    for (const name of (yield* folder.names).filter(Contents.isContent)) if (!known.has(name)) yield* folder.remove(name)
  }
  return { files: known.size, bytes: Array.from(known.values()).reduce((sum, { bytes }) => sum + bytes, 0) }
})

/**
 * The failures that the last run of an export left in its folder: for `Export.run` to do just their units.
 *
 * @since 0.1.0
 * @category constructors
 */
export const failuresIn: (
  out: string
) => Effect.Effect<ReadonlyArray<Manifest.Failure>, DiskError | FolderDamaged, FileSystem.FileSystem | Path.Path> = Effect.fnUntraced(
  function* (out) {
    const text = yield* Effect.flatMap(openFolder(out), (folder) => folder.readText(failuresName))
    const lines = Option.getOrElse(text, () => "")
      .split("\n")
      .filter((line) => line !== "")
    return yield* Effect.mapError(
      Effect.forEach(lines, (line) => decodeFailure(line)),
      () => new FolderDamaged({ name: failuresName, what: "holds a line that is none of it" })
    )
  }
)

/**
 * Writes into a folder that is new or empty, or goes on in one that holds the same export. The folder is locked until the scope
 * closes. An export that continues an earlier one wants that, too: it leaves out what is there.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make: (
  out: string,
  plan: Pick<Plan, "fingerprint">,
  previous?: Previous.Previous
) => Effect.Effect<
  Sink["Type"],
  DiskError | FolderRefused | FolderDamaged | FolderLocked,
  FileSystem.FileSystem | Path.Path | Scope.Scope
> = Effect.fnUntraced(function* (out, plan, previous) {
  if (plan.fingerprint.previous !== previous?.check) {
    return yield* new FolderRefused({ reason: "the plan continues another earlier export than the one that was given" })
  }
  const folder = yield* take(out)
  yield* Lock.hold(folder)
  const { fingerprint } = plan
  const startedAt = DateTime.formatIso(yield* DateTime.now)
  const begin: Journal.Header = { format: "effect-welkin-export", formatVersion: Manifest.formatVersion, startedAt, ...fingerprint }
  const before = yield* Journal.headerOf(folder)
  const differs = Option.flatMap(before, (header) => Option.fromNullable(difference(header, fingerprint)))
  if (Option.isSome(differs)) return yield* new FolderRefused({ reason: differs.value })
  const journal = yield* Journal.open(folder, begin)
  // until this run has come to its end the folder does not claim to be whole
  yield* folder.remove(Manifest.fileName)

  const { self, user } = yield* Lock.Processes
  const log = (entry: object) =>
    Effect.gen(function* () {
      const text = Option.getOrElse(yield* folder.readText(logName), () => "")
      const at = DateTime.formatIso(yield* DateTime.now)
      yield* folder.replace(logName, `${text}${JSON.stringify({ at, ...entry, user: user(), host: self().host })}\n`)
    })
  yield* log({ event: Option.isNone(before) ? "begun" : "resumed", version, kinds: fingerprint.filters.kinds })

  const isOfEnd = (name: string) => isDraft(name) || name.startsWith(deletedDirectory)
  for (const name of (yield* folder.names).filter(isOfEnd)) yield* folder.remove(name)
  const results = new Map<string, Manifest.Result>()
  const unchanged = new Map<string, Array<string>>()
  const known = previous === undefined ? undefined : yield* knowing(previous)

  /** Visits the ids in the files of a unit, and tells how many records there have none. */
  const visit = Effect.fnUntraced(function* (unit: string, each: (id: string) => void) {
    let nameless = 0
    for (const { name } of results.get(unit)?.files ?? []) {
      yield* Stream.runForEach(Part.lines(folder, name), (line) =>
        Effect.sync(() => {
          const { id } = versionOf(JSON.parse(line))
          if (id === undefined) nameless++
          else each(id)
        })
      )
    }
    return nameless
  })

  /** The ids of the records that units have left out, as hashes: among a million of them, one that is gone is hidden once in 10^10. */
  const leftOut = (units: ReadonlyArray<string>): Hashes.Hashes => {
    const hashes = Hashes.make()
    for (const unit of units) unchanged.get(unit)?.forEach(hashes.addAll)
    return hashes
  }

  return {
    open: (unit) =>
      Effect.suspend(() => {
        const own: Array<string> = []
        unchanged.set(unit.id, own)
        return Effect.map(writerOf(unit, folder, journal, fingerprint.compression, known?.(unit.kind), own), (writer) => ({
          ...writer,
          finish: Effect.tap(writer.finish, (result) => Effect.sync(() => results.set(unit.id, result)))
        }))
      }),
    begun: new Set(journal.units),
    ids: Effect.fnUntraced(function* ({ id, kind, since }) {
      const found = new Set<string>()
      yield* visit(id, (id) => found.add(id))
      if (previous === undefined) return Array.from(found)
      // who was asked for changes alone does not tell who is still there
      const isThere = since === undefined ? leftOut([id]).holds() : () => true
      yield* Stream.runForEach(Previous.records(previous, kind), (record) =>
        Effect.sync(() => {
          if (record.id !== undefined && isThere(record.id)) found.add(record.id)
        })
      )
      return Array.from(found)
    }),
    compare: Effect.fnUntraced(function* (kind, units) {
      if (previous === undefined || !units.every(({ mode }) => Previous.isReadBy(previous, mode, kind))) return { deletions: "unknown" }
      const ids = units.map(({ id }) => id)
      const hashes = leftOut(ids)
      // one that has lost its id looks as if it were gone
      let nameless = 0
      for (const id of ids) nameless += yield* visit(id, hashes.add)
      const isThere = hashes.holds()
      const lines: Array<string> = []
      yield* Stream.runForEach(Previous.records(previous, kind), ({ id }) =>
        Effect.sync(() => {
          if (id === undefined) nameless++
          else if (!isThere(id)) lines.push(`${JSON.stringify({ id })}\n`)
        })
      )
      if (nameless > 0) return { deletions: "unknown" }
      if (lines.length === 0) return { deletions: "compared" }
      const text = lines.join("")
      const name = deletedName(kind)
      yield* folder.replace(name, text)
      const bytes = Buffer.from(text)
      return { deletions: "compared", deleted: { name, records: lines.length, bytes: bytes.byteLength, sha256: Part.sha256(bytes) } }
    }),
    store: storing(folder),
    finish: Effect.fnUntraced(function* (summary) {
      const { complete, failures, kinds } = summary
      if (failures.length === 0) yield* folder.remove(failuresName)
      else yield* folder.replace(failuresName, failures.map((failure) => `${JSON.stringify(failure)}\n`).join(""))
      const names = kinds.map(({ name }) => name)
      yield* describe(folder, names, fingerprint.source.generation)
      yield* log({ event: "ended", complete, kinds: kinds.map(({ name, records, verdict }) => ({ name, records, verdict })) })
      const manifest: Manifest.Manifest = {
        format: "effect-welkin-export",
        formatVersion: Manifest.formatVersion,
        tool: { name: "effect-welkin", version },
        ...fingerprint,
        startedAt: journal.header.startedAt,
        finishedAt: DateTime.formatIso(yield* DateTime.now),
        ...summary,
        contents: yield* contentsOf(folder, summary),
        bookkeeping: yield* bookkeeping(folder, names)
      }
      yield* folder.replace(Manifest.fileName, Manifest.textOf(manifest))
    })
  }
})

/**
 * The same as a layer.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (
  out: string,
  plan: Pick<Plan, "fingerprint">,
  previous?: Previous.Previous
): Layer.Layer<Sink, DiskError | FolderRefused | FolderDamaged | FolderLocked, FileSystem.FileSystem | Path.Path> =>
  Layer.scoped(Sink, make(out, plan, previous))
