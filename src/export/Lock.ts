/**
 * One writer a folder: who is writing, and whether that process still lives.
 *
 * @since 0.1.0
 */
import { readFileSync } from "node:fs"
import { hostname, userInfo } from "node:os"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { DiskError, type Folder, FolderLocked } from "./Folder.js"

/**
 * A process, told apart from a later one with the same number by the machine's boot and its own start.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Owner = Schema.Struct({
  host: Schema.String,
  /** The kernel's id of this boot; empty where there is none to be had. */
  boot: Schema.String,
  pid: Schema.Int,
  /** When it started, in ticks since the boot; empty where there is none to be had. */
  started: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export type Owner = typeof Owner.Type

const Json = Schema.parseJson(Owner)

const file = (path: string): string => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}

/** State and start of a process as Linux tells them. The name of the program, in brackets, may hold anything. */
const procOf = (pid: number): { readonly state: string; readonly started: string } => {
  const stat = file(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return { state: fields[0] ?? "", started: fields[19] ?? "" }
}

const answers = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // it is there, and somebody else's
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

/**
 * How a process is told from others.
 *
 * @since 0.1.0
 * @category references
 */
export class Processes extends Context.Reference<Processes>()("effect-welkin/export/Processes", {
  defaultValue: (): {
    readonly self: () => Owner
    readonly isAlive: (owner: Owner) => boolean
    /** The name of who runs this process; empty where the machine does not know. */
    readonly user: () => string
  } => {
    const self = (): Owner => ({
      host: hostname(),
      boot: file("/proc/sys/kernel/random/boot_id").trim(),
      pid: process.pid,
      started: procOf(process.pid).started
    })
    return {
      self,
      user: () => {
        try {
          return userInfo().username
        } catch {
          return ""
        }
      },
      isAlive: (owner) => {
        const here = self()
        // nobody here can tell about another machine
        if (owner.host !== here.host) return true
        if (owner.boot !== here.boot || !answers(owner.pid)) return false
        const { started, state } = procOf(owner.pid)
        return started === owner.started && state !== "Z"
      }
    }
  }
}) {}

/**
 * The lock's file.
 *
 * @since 0.1.0
 * @category constants
 */
export const fileName = "lock"

const read = (folder: Folder, name: string): Effect.Effect<Option.Option<Owner>, DiskError> =>
  Effect.flatMap(folder.readText(name), (text) =>
    Effect.mapError(
      Effect.transposeMapOption(text, Schema.decodeUnknown(Json)),
      // a lock appears whole: this is none, and whose it is nobody knows
      () => new DiskError({ doing: "read", name, code: "EINVAL" })
    )
  )

/**
 * Makes `name` ours, or says whose it is.
 *
 * A lock appears whole, by a link, so that nobody reads half of one. A dead one is replaced under a lock of its own: two that find
 * it dead must not both replace it, the second over the first one's fresh lock.
 */
const acquire = (folder: Folder, name: string, ours: string): Effect.Effect<void, DiskError | FolderLocked> =>
  Effect.gen(function* () {
    const processes = yield* Processes
    for (;;) {
      const found = yield* read(folder, name)
      if (Option.isSome(found) && processes.isAlive(found.value)) {
        const { host, pid } = found.value
        return yield* new FolderLocked({ host, pid, here: host === processes.self().host })
      }
      if (Option.isNone(found)) {
        if (yield* folder.link(ours, name)) return
        continue
      }
      const taking = `${name}.dead`
      yield* acquire(folder, taking, ours)
      const still = yield* read(folder, name)
      if (Option.isSome(still) && !processes.isAlive(still.value)) {
        yield* folder.rename(taking, name)
        return
      }
      yield* folder.remove(taking)
    }
  })

/**
 * Whether a file belongs to the lock: itself, or what a crash left of taking it.
 *
 * @since 0.1.0
 * @category predicates
 */
export const isOfLock = (name: string): boolean => name === fileName || name.startsWith(`${fileName}.`)

/** Removes what dead processes left behind when they took the lock. */
const sweep = Effect.fnUntraced(function* (folder: Folder) {
  const processes = yield* Processes
  for (const name of (yield* folder.names).filter((name) => name !== fileName && isOfLock(name))) {
    const owner = yield* Effect.option(read(folder, name))
    if (Option.exists(Option.flatten(owner), (one) => !processes.isAlive(one))) yield* folder.remove(name)
  }
})

/**
 * Holds the folder until the scope closes.
 *
 * @since 0.1.0
 * @category constructors
 */
export const hold: (folder: Folder) => Effect.Effect<void, DiskError | FolderLocked, Scope.Scope> = Effect.fnUntraced(function* (folder) {
  const processes = yield* Processes
  const owner = processes.self()
  // a look first: who finds the folder taken writes nothing to it
  const found = yield* read(folder, fileName)
  if (Option.isSome(found) && processes.isAlive(found.value)) {
    const { host, pid } = found.value
    return yield* new FolderLocked({ host, pid, here: host === owner.host })
  }
  const ours = `${fileName}.${owner.pid}.${(yield* Random.nextIntBetween(0, 2 ** 31)).toString(36)}`
  const draft = Effect.scoped(
    Effect.gen(function* () {
      const file = yield* folder.create(ours)
      yield* file.append(new TextEncoder().encode(Schema.encodeSync(Json)(owner)))
      yield* file.sync
    })
  )
  yield* Effect.acquireRelease(
    Effect.zipRight(draft, acquire(folder, fileName, ours)).pipe(Effect.ensuring(Effect.ignore(folder.remove(ours)))),
    () => Effect.ignore(folder.remove(fileName))
  )
  yield* sweep(folder)
})
