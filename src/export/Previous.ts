/**
 * An earlier export that a new one, in a folder of its own, continues: it holds what changed since, and together they hold all.
 *
 * @since 0.1.0
 */
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Chunk from "effect/Chunk"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Seen from "../internal/seen.js"
import * as Folder from "./Folder.js"
import * as Part from "./internal/part.js"
import * as Journal from "./Journal.js"
import { versionOf } from "./Kind.js"
import * as Manifest from "./Manifest.js"
import * as Plan from "./Plan.js"

/**
 * There is no export that this one can continue, or the one that was named is another's.
 *
 * @since 0.1.0
 * @category errors
 */
export class PreviousRefused extends Data.TaggedError("PreviousRefused")<{ readonly reason: string }> {
  override get message(): string {
    return `no earlier export can be continued: ${this.reason}`
  }
}

/** The folder of a finished export. */
interface Finished {
  readonly folder: Folder.Folder
  readonly manifest: Manifest.Manifest
}

/**
 * An earlier export, and those that it continues itself, the newest first.
 *
 * @since 0.1.0
 * @category models
 */
export interface Previous extends Plan.Continued {
  readonly exports: ReadonlyArray<Finished>
}

type Failure = Folder.DiskError | Folder.FolderDamaged | Folder.FolderRefused | PreviousRefused

type Platform = FileSystem.FileSystem | Path.Path

const refused = (reason: string) => new PreviousRefused({ reason })

/** Nothing is read but the manifest, and how long files are: their hashes are the business of `verify`. */
const finished = Effect.fnUntraced(function* (directory: string) {
  const folder = yield* Folder.open(directory)
  const text = yield* folder.readText(Manifest.fileName)
  if (Option.isNone(text)) return yield* refused("it has not come to its end")
  const manifest = Option.getOrUndefined(Manifest.ofText(text.value))
  if (manifest === undefined) {
    return yield* new Folder.FolderDamaged({ name: Manifest.fileName, what: "of the earlier export is not as it was written" })
  }
  for (const { bytes, name } of manifest.kinds.flatMap(({ deleted, files }) => (deleted === undefined ? files : [...files, deleted]))) {
    const found = yield* folder.size(name)
    if (found !== bytes) {
      const what = `of the earlier export ${found === undefined ? "is missing" : "has another length than its manifest says"}`
      return yield* new Folder.FolderDamaged({ name, what })
    }
  }
  return { folder, manifest }
})

/** The finished exports in a directory. What cannot be read is none. */
const among = Effect.fnUntraced(function* (directory: string) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const entries = yield* Effect.orElseSucceed(fs.readDirectory(directory), (): Array<string> => [])
  const found = yield* Effect.forEach(entries.sort(), (entry) => {
    const directoryOfExport = path.join(directory, entry)
    return fs
      .readFileString(path.join(directoryOfExport, Manifest.fileName))
      .pipe(
        Effect.option,
        Effect.map(Option.flatMap(Manifest.ofText)),
        Effect.map(Option.map((manifest) => ({ directory: directoryOfExport, manifest, check: Manifest.checkOf(manifest) })))
      )
  })
  return found.flatMap((one) => Option.toArray(one))
})

const ofFinished = Effect.fnUntraced(function* (newest: Finished, fingerprint: Plan.Fingerprint) {
  const hindrance = Plan.hindrance(newest.manifest, fingerprint)
  if (hindrance !== undefined) return yield* refused(hindrance)
  const path = yield* Path.Path
  const exports = [newest]
  let beside: Effect.Effect.Success<ReturnType<typeof among>> | undefined
  for (let { previous } = newest.manifest; previous !== undefined; { previous } = exports.at(-1)!.manifest) {
    beside ??= yield* among(path.dirname(newest.folder.path))
    const next = beside.find(({ check }) => check === previous)
    if (next === undefined) return yield* refused("it continues one itself, which is not beside it")
    exports.push(yield* finished(next.directory))
  }
  const cursors = newest.manifest.kinds.flatMap(({ cursor, mode, name, verdict }) =>
    mode !== "crawl" && cursor !== null && Manifest.isThere(verdict) ? [[name, cursor] as const] : []
  )
  return { check: Manifest.checkOf(newest.manifest), cursors: new Map(cursors), exports }
})

/**
 * Opens an earlier export, for one with this fingerprint to continue. It must be of the same source and patients; one that
 * continues another itself must have that beside it. Kinds that are not complete in it are read in full again.
 *
 * @since 0.1.0
 * @category constructors
 */
export const open: (directory: string, fingerprint: Plan.Fingerprint) => Effect.Effect<Previous, Failure, Platform> = Effect.fnUntraced(
  function* (directory, fingerprint) {
    return yield* ofFinished(yield* finished(directory), fingerprint)
  }
)

const begunIn = (out: string): Effect.Effect<Option.Option<Journal.Header>, Exclude<Failure, PreviousRefused>, Platform> =>
  Effect.flatMap(FileSystem.FileSystem, (fs) =>
    Effect.flatMap(
      Effect.orElseSucceed(fs.exists(out), () => false),
      (isThere) => (isThere ? Effect.flatMap(Folder.open(out), Journal.headerOf) : Effect.succeedNone)
    )
  )

/**
 * Finds the newest complete export of the same source and patients beside a folder; where an export was begun in the folder, the
 * one that it continues.
 *
 * @since 0.1.0
 * @category constructors
 */
export const find: (out: string, fingerprint: Plan.Fingerprint) => Effect.Effect<Previous, Failure, Platform> = Effect.fnUntraced(
  function* (out, fingerprint) {
    const path = yield* Path.Path
    const own = path.resolve(out)
    const begun = Option.getOrUndefined(yield* begunIn(own))
    const beside = (yield* among(path.dirname(own))).filter(({ directory }) => directory !== own)
    const fitting = beside.filter(({ check, manifest }) =>
      begun?.previous === undefined ? manifest.complete && Plan.hindrance(manifest, fingerprint) === undefined : check === begun.previous
    )
    const [newest] = fitting.sort((one, other) => (one.manifest.finishedAt < other.manifest.finishedAt ? 1 : -1))
    if (newest !== undefined) return yield* open(newest.directory, fingerprint)
    return yield* refused(
      begun?.previous === undefined
        ? "there is no complete one of the same source and patients beside this folder"
        : "the one that this folder was begun with is not beside it any more"
    )
  }
)

/** A record that an earlier export holds. */
interface Earlier {
  readonly id: string | undefined
  readonly text: string
}

const parsed = (folder: Folder.Folder, name: string): Stream.Stream<Earlier, Folder.DiskError | Folder.FolderDamaged> =>
  Stream.mapChunksEffect(Part.lines(folder, name), (lines) =>
    Effect.try({
      try: () => Chunk.map(lines, (text) => ({ id: versionOf(JSON.parse(text)).id, text })),
      catch: () => new Folder.FolderDamaged({ name, what: "of the earlier export holds a line that is no JSON" })
    })
  )

/**
 * What the earlier exports hold of a kind together: of each record its newest version, and nothing that they tell to be deleted.
 *
 * @since 0.1.0
 * @category streams
 */
export const records = ({ exports }: Previous, kind: string): Stream.Stream<Earlier, Folder.DiskError | Folder.FolderDamaged> =>
  Stream.suspend(() => {
    const met = Seen.make()
    const isNew = ({ id }: Earlier) => id === undefined || met.meet(id, 1) === 0
    return Stream.flatMap(Stream.fromIterable(exports), ({ folder, manifest }) => {
      const found = manifest.kinds.find(({ name }) => name === kind)
      const deleted = found?.deleted === undefined ? Stream.empty : parsed(folder, found.deleted.name)
      const files = Stream.flatMap(Stream.fromIterable(found?.files ?? []), ({ name }) => parsed(folder, name))
      return Stream.concat(Stream.drain(Stream.map(deleted, isNew)), Stream.filter(files, isNew))
    })
  })

/**
 * Whether all of a kind was read, in the same mode, in each of the earlier exports that have it, and in the newest of them: what
 * another mode brings is not always the same.
 *
 * @since 0.1.0
 * @category predicates
 */
export const isReadBy = ({ exports }: Previous, mode: Plan.Mode, kind: string): boolean => {
  const found = exports.map(({ manifest }) => manifest.kinds.find(({ name }) => name === kind))
  return found[0] !== undefined && Manifest.isThere(found[0].verdict) && found.every((one) => one === undefined || one.mode === mode)
}
