/**
 * The folder of an export: private, and every file in it whole or absent.
 *
 * @since 0.1.0
 */
import type { PlatformError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"

/**
 * The disk did not do what it was asked to. Nothing stands under a final name because of it, and the export can go on once the
 * trouble is over.
 *
 * @since 0.1.0
 * @category errors
 */
export class DiskError extends Data.TaggedError("DiskError")<{
  /** What was being done. */
  readonly doing: "prepare" | "write" | "sync" | "rename" | "remove" | "read"
  /** The system's code, such as `ENOSPC`. */
  readonly code: string
  /** Relative to the folder. */
  readonly name: string
}> {
  override get message(): string {
    return `could not ${this.doing} ${this.name}: ${this.code}`
  }
}

/**
 * The folder is not one that this export may write to: it holds something else, or another export.
 *
 * @since 0.1.0
 * @category errors
 */
export class FolderRefused extends Data.TaggedError("FolderRefused")<{ readonly reason: string }> {
  override get message(): string {
    return `this folder cannot be used: ${this.reason}`
  }
}

/**
 * What the folder's journal says is not what its files hold. It cannot be gone on with.
 *
 * @since 0.1.0
 * @category errors
 */
export class FolderDamaged extends Data.TaggedError("FolderDamaged")<{ readonly name: string; readonly what: string }> {
  override get message(): string {
    return `${this.name} ${this.what}`
  }
}

/**
 * Another exporter is writing to the folder.
 *
 * @since 0.1.0
 * @category errors
 */
export class FolderLocked extends Data.TaggedError("FolderLocked")<{
  readonly host: string
  readonly pid: number
  readonly here: boolean
}> {
  override get message(): string {
    const who = `process ${this.pid} on ${this.here ? "this machine" : this.host}`
    return `${who} is exporting to this folder${this.here ? "" : `; if it is gone, remove the file "lock"`}`
  }
}

/**
 * An open file that grows at its end.
 *
 * @since 0.1.0
 * @category models
 */
export interface Growing {
  readonly append: (bytes: Uint8Array) => Effect.Effect<void, DiskError>
  /** Makes what was appended survive a power cut. */
  readonly sync: Effect.Effect<void, DiskError>
}

/**
 * The folder's operations. Names are relative to it.
 *
 * @since 0.1.0
 * @category models
 */
export interface Folder {
  readonly path: string
  /** Begins a file that is not there yet. */
  readonly create: (name: string) => Effect.Effect<Growing, DiskError, Scope.Scope>
  /** Opens a file and cuts it to a length. */
  readonly reopen: (name: string, bytes: number) => Effect.Effect<Growing, DiskError, Scope.Scope>
  /** Puts a whole file in the place of one that may be there. */
  readonly replace: (name: string, text: string) => Effect.Effect<void, DiskError>
  /** Gives a file that is synced its final name, for good. */
  readonly rename: (from: string, to: string) => Effect.Effect<void, DiskError>
  readonly remove: (name: string) => Effect.Effect<void, DiskError>
  /** Puts a second name beside a file; false where that name is taken. */
  readonly link: (from: string, to: string) => Effect.Effect<boolean, DiskError>
  /** The bytes of a file; undefined where there is none. */
  readonly size: (name: string) => Effect.Effect<number | undefined, DiskError>
  readonly read: (name: string, range?: { readonly offset: number; readonly bytes: number }) => Stream.Stream<Uint8Array, DiskError>
  readonly readText: (name: string) => Effect.Effect<Option.Option<string>, DiskError>
  /** The names of all files, at any depth. */
  readonly names: Effect.Effect<ReadonlyArray<string>, DiskError>
}

const isMissing = (error: PlatformError): boolean => error._tag === "SystemError" && error.reason === "NotFound"

// the platform tells the reason in words of its own; the system's code stands in the cause
const codeOf = (error: PlatformError): string => {
  const cause: unknown = error._tag === "SystemError" ? error.cause : undefined
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : error._tag === "SystemError" ? error.reason : error._tag
}

const at =
  (doing: DiskError["doing"], name: string) =>
  <A, R>(effect: Effect.Effect<A, PlatformError, R>): Effect.Effect<A, DiskError, R> =>
    Effect.mapError(effect, (error) => new DiskError({ doing, name, code: codeOf(error) }))

const utf8 = new TextEncoder()

/** What a crash can leave behind before there is a journal. */
const isOfBeginning = (name: string): boolean => name === "lock" || name.startsWith("lock.")

/**
 * The file that makes a folder one of an export.
 *
 * @since 0.1.0
 * @category constants
 */
export const journalName = "journal.ndjson"

/**
 * Opens a folder that an export may be in, for reading only.
 *
 * @since 0.1.0
 * @category constructors
 */
export const open: (out: string) => Effect.Effect<Folder, DiskError, FileSystem.FileSystem | Path.Path> = Effect.fnUntraced(
  function* (out) {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const root = yield* fs.realPath(out).pipe(at("read", "the folder"))
    return operations(fs, path, root)
  }
)

/** The directories that get a new name when a folder is made, from the outermost to its parent. */
const namesGrowIn = Effect.fnUntraced(function* (fs: FileSystem.FileSystem, path: Path.Path, out: string) {
  const found = [path.dirname(path.resolve(out))]
  for (let at = found[0]!; path.dirname(at) !== at && !(yield* fs.exists(at)); found.unshift(at)) at = path.dirname(at)
  return found
})

/**
 * Takes a folder for writing: one that is new or empty, or that holds an export.
 *
 * @since 0.1.0
 * @category constructors
 */
export const take: (out: string) => Effect.Effect<Folder, DiskError | FolderRefused, FileSystem.FileSystem | Path.Path> = Effect.fnUntraced(
  function* (out) {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const above = yield* namesGrowIn(fs, path, out).pipe(at("prepare", "the folder"))
    yield* fs.makeDirectory(out, { recursive: true, mode: 0o700 }).pipe(at("prepare", "the folder"))
    // a folder whose name is not synced is gone after a power cut, with all that is in it
    for (const directory of above) {
      const opened = Effect.option(fs.open(directory, { flag: "r" }))
      // who may not read it cannot sync it
      const sync = Effect.flatMap(opened, (handle) => (Option.isNone(handle) ? Effect.void : handle.value.sync))
      yield* Effect.scoped(sync).pipe(at("sync", "the folder"))
    }
    const root = yield* fs.realPath(out).pipe(at("prepare", "the folder"))
    const entries = yield* fs.readDirectory(root).pipe(at("read", "the folder"))
    if (!entries.includes(journalName) && !entries.every(isOfBeginning)) {
      return yield* new FolderRefused({ reason: "it is not empty and holds no export; name a new folder, or empty it" })
    }
    // the mode above is cut by the umask, and the folder may have been there before
    yield* fs.chmod(root, 0o700).pipe(at("prepare", "the folder"))
    return operations(fs, path, root)
  }
)

const operations = (fs: FileSystem.FileSystem, path: Path.Path, root: string): Folder => {
  const full = (name: string) => path.join(root, name)
  const parentOf = (name: string) => (path.dirname(name) === "." ? "" : path.dirname(name))

  /** Nobody may lead us elsewhere: neither the file nor the directory it is in may be a link. */
  const guard = Effect.fnUntraced(function* (name: string) {
    const parent = full(parentOf(name))
    const real = yield* fs.realPath(parent).pipe(at("prepare", name))
    if (real !== parent || (yield* Effect.isSuccess(fs.readLink(full(name))))) {
      return yield* new DiskError({ doing: "prepare", name, code: "ELOOP" })
    }
  })

  const syncDirectory = (name: string) =>
    Effect.scoped(Effect.flatMap(fs.open(full(name), { flag: "r" }), (handle) => handle.sync)).pipe(at("sync", name || "the folder"))

  const settled = new Set([""])

  /** Makes a directory's name survive a power cut, whoever made it: a run that was killed may not have come to that. */
  const directory: (name: string) => Effect.Effect<void, DiskError> = Effect.fnUntraced(function* (name) {
    if (settled.has(name)) return
    const parent = parentOf(name)
    yield* directory(parent)
    if (!(yield* fs.exists(full(name)).pipe(at("prepare", name)))) {
      yield* fs.makeDirectory(full(name), { recursive: true, mode: 0o700 }).pipe(at("prepare", name))
      yield* fs.chmod(full(name), 0o700).pipe(at("prepare", name))
    }
    yield* syncDirectory(parent)
    settled.add(name)
  })

  const growing = (handle: FileSystem.File, name: string): Growing => ({
    // the platform takes a write of nothing for one that did nothing
    append: (bytes) => (bytes.byteLength === 0 ? Effect.void : handle.writeAll(bytes).pipe(at("write", name))),
    sync: handle.sync.pipe(at("sync", name))
  })

  const create: Folder["create"] = Effect.fnUntraced(function* (name) {
    yield* directory(parentOf(name))
    yield* guard(name)
    const handle = yield* fs.open(full(name), { flag: "wx", mode: 0o600 }).pipe(at("prepare", name))
    yield* fs.chmod(full(name), 0o600).pipe(at("prepare", name))
    // a file that is synced, in a directory that is not, is gone after a power cut
    yield* syncDirectory(parentOf(name))
    return growing(handle, name)
  })

  const remove: Folder["remove"] = (name) => Effect.catchIf(fs.remove(full(name)), isMissing, () => Effect.void).pipe(at("remove", name))

  const size: Folder["size"] = (name) =>
    Effect.map(fs.stat(full(name)), (info): number | undefined => Number(info.size)).pipe(
      Effect.catchIf(isMissing, () => Effect.succeed(undefined)),
      at("read", name)
    )

  const rename: Folder["rename"] = Effect.fnUntraced(function* (from, to) {
    yield* directory(parentOf(to))
    yield* guard(to)
    yield* fs.rename(full(from), full(to)).pipe(at("rename", to))
    yield* syncDirectory(parentOf(to))
  })

  return {
    path: root,
    create,
    reopen: Effect.fnUntraced(function* (name, bytes) {
      yield* guard(name)
      const handle = yield* fs.open(full(name), { flag: "r+" }).pipe(at("prepare", name))
      yield* handle.truncate(FileSystem.Size(bytes)).pipe(at("prepare", name))
      yield* handle.seek(FileSystem.Size(bytes), "start")
      return growing(handle, name)
    }),
    replace: Effect.fnUntraced(function* (name, text) {
      const temporary = `${name}.tmp`
      yield* remove(temporary)
      const bytes = utf8.encode(text)
      yield* Effect.scoped(
        Effect.gen(function* () {
          const file = yield* create(temporary)
          yield* file.append(bytes)
          yield* file.sync
        })
      )
      if ((yield* size(temporary)) !== bytes.byteLength) return yield* new DiskError({ doing: "write", name, code: "EIO" })
      yield* rename(temporary, name)
    }),
    rename,
    remove,
    link: (from, to) =>
      Effect.as(fs.link(full(from), full(to)), true).pipe(
        Effect.catchIf(
          (error) => error._tag === "SystemError" && error.reason === "AlreadyExists",
          () => Effect.succeed(false)
        ),
        at("prepare", to)
      ),
    size,
    read: (name, range) =>
      fs
        .stream(full(name), {
          bufferSize: 1,
          ...(range === undefined ? {} : { offset: FileSystem.Size(range.offset), bytesToRead: FileSystem.Size(range.bytes) })
        })
        .pipe(Stream.mapError((error) => new DiskError({ doing: "read", name, code: codeOf(error) }))),
    readText: (name) =>
      Effect.map(fs.readFileString(full(name)), Option.some).pipe(
        Effect.catchIf(isMissing, () => Effect.succeedNone),
        at("read", name)
      ),
    names: Effect.gen(function* () {
      const found: Array<string> = []
      const visit = (directory: string): Effect.Effect<void, PlatformError> =>
        Effect.flatMap(fs.readDirectory(full(directory)), (entries) =>
          Effect.forEach(
            entries,
            (entry) => {
              const name = directory === "" ? entry : `${directory}/${entry}`
              return Effect.flatMap(fs.stat(full(name)), (info) =>
                info.type === "Directory" ? visit(name) : Effect.sync(() => found.push(name))
              ).pipe(
                // gone since the directory was read
                Effect.catchIf(isMissing, () => Effect.void)
              )
            },
            { discard: true }
          )
        )
      yield* visit("")
      return found.sort()
    }).pipe(at("read", "the folder"))
  }
}
