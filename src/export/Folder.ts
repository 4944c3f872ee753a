/**
 * The folder of an export: private, and every file in it whole or absent.
 *
 * @since 0.1.0
 */
import { createHash } from "node:crypto"
import type { PlatformError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/**
 * The disk did not do what it was asked to. Nothing stands under a final name because of it.
 *
 * @since 0.1.0
 * @category errors
 */
export class DiskError extends Data.TaggedError("DiskError")<{
  /** What was being done. */
  readonly doing: "prepare" | "write" | "sync" | "rename" | "read"
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
 * The folder holds something that is no export of this tool.
 *
 * @since 0.1.0
 * @category errors
 */
export class FolderNotEmpty extends Data.TaggedError("FolderNotEmpty")<{}> {
  override get message(): string {
    return "the output folder is not empty: name a new one, or empty it"
  }
}

/**
 * A finished file.
 *
 * @since 0.1.0
 * @category models
 */
export interface Written {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/**
 * A file being written under a temporary name.
 *
 * @since 0.1.0
 * @category models
 */
export interface Draft {
  readonly append: (text: string) => Effect.Effect<void, DiskError>
  /** Bytes written so far. */
  readonly bytes: () => number
  /** Makes it last and gives it its name: sync, rename, sync of the directory. */
  readonly commit: Effect.Effect<Written, DiskError>
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Folder {
  /** Begins a file. What is not committed when the scope closes is removed. */
  readonly draft: (name: string) => Effect.Effect<Draft, DiskError, Scope.Scope>
}

// the platform tells the reason in words of its own; the system's code stands in the cause
const codeOf = (error: PlatformError): string => {
  const cause: unknown = error._tag === "SystemError" ? error.cause : undefined
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : error._tag === "SystemError" ? error.reason : error._tag
}

const utf8 = new TextEncoder()

/**
 * Takes a folder that is new or empty.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make: (out: string) => Effect.Effect<Folder, DiskError | FolderNotEmpty, FileSystem.FileSystem | Path.Path> =
  Effect.fnUntraced(function* (out) {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const at =
      (doing: DiskError["doing"], name: string) =>
      <A, R>(effect: Effect.Effect<A, PlatformError, R>): Effect.Effect<A, DiskError, R> =>
        Effect.mapError(effect, (error) => new DiskError({ doing, name, code: codeOf(error) }))

    const directory = (name: string) =>
      fs.makeDirectory(path.join(out, name), { recursive: true, mode: 0o700 }).pipe(
        // the mode above is cut by the umask
        Effect.zipRight(fs.chmod(path.join(out, name), 0o700)),
        at("prepare", name === "" ? "the output folder" : name)
      )
    const syncDirectory = (name: string) =>
      Effect.scoped(Effect.flatMap(fs.open(path.join(out, name), { flag: "r" }), (handle) => handle.sync)).pipe(at("sync", name))

    yield* directory("")
    const entries = yield* fs.readDirectory(out).pipe(at("read", "the output folder"))
    if (entries.length > 0) return yield* new FolderNotEmpty()

    const draft: Folder["draft"] = Effect.fnUntraced(function* (name) {
      const parent = path.dirname(name)
      if (parent !== ".") yield* directory(parent)
      const temporary = path.join(out, `${name}.tmp`)
      const handle = yield* fs.open(temporary, { flag: "wx", mode: 0o600 }).pipe(at("prepare", name))
      let committed = false
      yield* Effect.addFinalizer(() => (committed ? Effect.void : Effect.ignore(fs.remove(temporary))))
      yield* fs.chmod(temporary, 0o600).pipe(at("prepare", name))
      const hash = createHash("sha256")
      let bytes = 0
      return {
        bytes: () => bytes,
        append: (text) =>
          Effect.suspend(() => {
            const chunk = utf8.encode(text)
            hash.update(chunk)
            bytes += chunk.byteLength
            return handle.writeAll(chunk).pipe(at("write", name))
          }),
        commit: Effect.gen(function* () {
          yield* handle.sync.pipe(at("sync", name))
          const { size } = yield* handle.stat.pipe(at("sync", name))
          if (Number(size) !== bytes) return yield* new DiskError({ doing: "write", name, code: "EIO" })
          yield* fs.rename(temporary, path.join(out, name)).pipe(at("rename", name))
          committed = true
          yield* syncDirectory(parent === "." ? "" : parent)
          return { name, bytes, sha256: hash.digest("hex") }
        })
      }
    })
    return { draft }
  })
