import { rmdir } from "node:fs/promises"
import type { PlatformError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { DiskError, type Folder, type FolderLocked, FolderRefused, open } from "../../export/Folder.js"
import * as Lock from "../../export/Lock.js"
import * as Conversion from "./Conversion.js"

/** A folder that has no final name yet. */
export interface Target {
  readonly draft: Folder
  /** Gives it its name, in the place of what it is to replace. */
  readonly publish: Effect.Effect<void, DiskError>
}

const draftName = "new"
const replacedName = "old"

/** What a conversion leaves in its working folder when it is killed. */
const isOfWork = (name: string): boolean => name === draftName || name === replacedName || Lock.isOfLock(name)

const codeOf = (error: PlatformError): string => {
  const cause: unknown = error._tag === "SystemError" ? error.cause : undefined
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined
  return typeof code === "string" ? code : error._tag === "SystemError" ? error.reason : error._tag
}

const failed = (doing: DiskError["doing"], name: string) => (error: PlatformError) => new DiskError({ doing, name, code: codeOf(error) })

/** Whether a folder can give way, and says why not if it cannot. */
const replaceable = Effect.fnUntraced(function* (out: string, replace: boolean) {
  const fs = yield* FileSystem.FileSystem
  const { type } = yield* fs.stat(out).pipe(Effect.mapError(failed("read", "the folder")))
  if (type !== "Directory") return yield* new FolderRefused({ reason: "it is a file; name a new folder with --out" })
  const folder = yield* open(out)
  const names = yield* folder.names
  if (names.length === 0) return
  const text = yield* folder.readText(Conversion.fileName)
  const conversion = Option.flatMap(text, Conversion.ofText)
  if (Option.isNone(conversion)) {
    return yield* new FolderRefused({ reason: "it is not empty and holds no conversion; name a new folder with --out" })
  }
  const own = Conversion.namesOf(conversion.value)
  if (!names.every((name) => own.has(name))) {
    return yield* new FolderRefused({ reason: "beside a conversion it holds other files; name a new folder with --out" })
  }
  if (!replace) return yield* new FolderRefused({ reason: "it holds a conversion already; --force replaces it" })
})

/**
 * A private folder to write to, beside the one it is to become. Nothing stands under the final name before {@link Target.publish}; what
 * a killed conversion has left is swept away by the next, and two at the same time are refused.
 */
export const prepare: (
  out: string,
  replace: boolean
) => Effect.Effect<Target, DiskError | FolderRefused | FolderLocked, FileSystem.FileSystem | Path.Path | Scope.Scope> = Effect.fnUntraced(
  function* (out, replace) {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const name = path.basename(out)
    const work = `${out}.tmp`
    const exists = (file: string) => Effect.mapError(fs.exists(file), failed("read", path.basename(file)))

    if (yield* Effect.isSuccess(fs.readLink(out))) return yield* new FolderRefused({ reason: "it is a link; name a new folder with --out" })
    if (yield* exists(out)) yield* replaceable(out, replace)

    yield* fs.makeDirectory(work, { recursive: true, mode: 0o700 }).pipe(Effect.mapError(failed("prepare", `${name}.tmp`)))
    const entries = yield* fs.readDirectory(work).pipe(Effect.mapError(failed("read", `${name}.tmp`)))
    if ((yield* Effect.isSuccess(fs.readLink(work))) || !entries.every(isOfWork)) {
      return yield* new FolderRefused({ reason: `the folder ${name}.tmp beside it is needed, and is not empty` })
    }
    yield* fs.chmod(work, 0o700).pipe(Effect.mapError(failed("prepare", `${name}.tmp`)))
    const working = yield* open(work)
    // the last thing to happen, and nothing if another conversion has begun meanwhile: it removes an empty folder only
    yield* Effect.addFinalizer(() => Effect.promise(() => rmdir(work).catch(() => undefined)))
    yield* Lock.hold(working)
    const sweep = Effect.forEach([draftName, replacedName], (one) => fs.remove(path.join(work, one), { recursive: true, force: true }), {
      discard: true
    })
    yield* sweep.pipe(Effect.mapError(failed("remove", `${name}.tmp`)))
    yield* Effect.addFinalizer(() => Effect.ignore(sweep))

    const draft = path.join(work, draftName)
    yield* fs.makeDirectory(draft, { mode: 0o700 }).pipe(Effect.mapError(failed("prepare", name)))
    yield* fs.chmod(draft, 0o700).pipe(Effect.mapError(failed("prepare", name)))
    const beside = yield* open(path.dirname(out))
    return {
      draft: yield* open(draft),
      publish: Effect.gen(function* () {
        if (yield* exists(out)) yield* beside.rename(name, `${name}.tmp/${replacedName}`)
        yield* beside.rename(`${name}.tmp/${draftName}`, name)
      }).pipe(Effect.uninterruptible)
    }
  }
)
