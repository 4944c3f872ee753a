/**
 * A file system in memory that knows what would survive a power cut: a file's bytes once it was synced, a directory's names once
 * the directory was. The machine loses power at a chosen step, and comes back with what was durable and, as a seed has it, with some
 * of what was not, in no order.
 */
import { SystemError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"

interface Inode {
  bytes: Uint8Array
  synced: Uint8Array
}

type Entry = Inode | "directory"

/** A change of a directory's names that a power cut may undo, whole. */
interface Change {
  readonly directory: string
  readonly apply: (entries: Map<string, Entry>) => void
}

export interface Disk {
  readonly entries: Map<string, Entry>
  readonly durable: Map<string, Entry>
  pending: ReadonlyArray<Change>
}

export const root = "/export"

export const empty = (): Disk => ({ entries: new Map([[root, "directory"]]), durable: new Map([[root, "directory"]]), pending: [] })

const copy = (entries: Map<string, Entry>, bytesOf: (file: Inode) => Uint8Array): Map<string, Entry> => {
  const copies = new Map<Inode, Inode>()
  return new Map(
    Array.from(entries, ([name, entry]): [string, Entry] => {
      if (entry === "directory") return [name, entry]
      const bytes = bytesOf(entry)
      const inode = copies.get(entry) ?? { bytes, synced: bytes }
      copies.set(entry, inode)
      return [name, inode]
    })
  )
}

/** What of the undone is there after the power cut: nothing, all of it, or some, drawn from a seed. */
export type Survival = "nothing" | "all" | { readonly seed: number }

const random = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
  }
}

/** The disk as it is when the power is back. */
export const afterPowerCut = (disk: Disk, survival: Survival): Disk => {
  const next = typeof survival === "object" ? random(survival.seed + 1) : undefined
  const some = (): number => next?.() ?? (survival === "all" ? 1 : 0)
  const kept = new Map(disk.durable)
  for (const { apply } of disk.pending) if (some() >= 0.5) apply(kept)
  // nothing is in a directory that is not there
  for (const name of kept.keys()) if (name !== root && kept.get(name.slice(0, name.lastIndexOf("/"))) !== "directory") kept.delete(name)
  const entries = copy(kept, ({ bytes, synced }) => {
    if (survival === "all") return bytes
    if (next === undefined || bytes === synced) return synced
    // the length may be there before the bytes are
    const length = synced.length + Math.floor(some() * (Math.max(bytes.length, synced.length) - synced.length + 1))
    const torn = new Uint8Array(length)
    torn.set(synced.subarray(0, length))
    if (bytes.length > synced.length && some() < 0.7) torn.set(bytes.subarray(synced.length, length), synced.length)
    return torn
  })
  return { entries, durable: new Map(entries), pending: [] }
}

const failure = (reason: "NotFound" | "AlreadyExists" | "BadResource" | "Unknown", code: string, method: string) =>
  new SystemError({ reason, module: "FileSystem", method, cause: { code } })

export interface Steps {
  done: number
  readonly powerFailsAfter: number
  /** The step that is not done, and the system's code for why; half of a write is done all the same. */
  readonly failsAt?: { readonly step: number; readonly code: string }
}

/** A file system on a disk, whose power fails when it has done so many steps. */
export const layer = (disk: Disk, steps: Steps): Layer.Layer<FileSystem.FileSystem | Path.Path> => {
  const step = <A>(change: () => A | SystemError, half: () => unknown = () => undefined): Effect.Effect<A, SystemError> =>
    Effect.suspend(() => {
      if (steps.done >= steps.powerFailsAfter) return Effect.die("the power is off")
      if (steps.done++ === steps.failsAt?.step) {
        half()
        return Effect.fail(failure("Unknown", steps.failsAt.code, "step"))
      }
      const result = change()
      return result instanceof SystemError ? Effect.fail(result) : Effect.succeed(result)
    })
  const { durable, entries } = disk
  const changed = (path: string, apply: Change["apply"]): void => {
    apply(entries)
    disk.pending = [...disk.pending, { directory: parentOf(path), apply }]
  }
  const fileAt = (path: string): Inode | undefined => {
    const entry = entries.get(path)
    return entry === "directory" ? undefined : entry
  }
  const reading = (path: string, method: string): Effect.Effect<Uint8Array, SystemError> =>
    Effect.suspend(() => {
      const file = fileAt(path)
      return file === undefined ? Effect.fail(failure("NotFound", "ENOENT", method)) : Effect.succeed(file.bytes)
    })
  const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/"))
  const childrenOf = (names: Iterable<string>, directory: string) => [...names].filter((name) => parentOf(name) === directory)
  const info = (entry: Entry) => ({
    type: entry === "directory" ? ("Directory" as const) : ("File" as const),
    size: FileSystem.Size(entry === "directory" ? 0 : entry.bytes.length)
  })

  const handle = (path: string, inode: Entry, flag: string) => {
    let position = 0
    const write = (chunk: Uint8Array) => {
      if (inode === "directory" || flag === "r") return failure("BadResource", "EBADF", "write")
      const grown = new Uint8Array(Math.max(inode.bytes.length, position + chunk.length))
      grown.set(inode.bytes)
      grown.set(chunk, position)
      inode.bytes = grown
      position += chunk.length
    }
    return {
      [FileSystem.FileTypeId]: FileSystem.FileTypeId,
      stat: Effect.sync(() => info(inode)),
      sync: step(() => {
        if (inode !== "directory") {
          inode.synced = inode.bytes
          return
        }
        for (const { apply, directory } of disk.pending) if (directory === path) apply(durable)
        disk.pending = disk.pending.filter(({ directory }) => directory !== path)
      }),
      seek: (offset: bigint | number) =>
        Effect.sync(() => {
          position = Number(offset)
          return FileSystem.Size(position)
        }),
      truncate: (length: bigint | number = 0) =>
        step(() => {
          if (inode !== "directory") inode.bytes = inode.bytes.slice(0, Number(length))
        }),
      writeAll: (chunk: Uint8Array) =>
        step(
          () => write(chunk),
          () => write(chunk.subarray(0, chunk.length >> 1))
        )
    } as unknown as FileSystem.File
  }

  const fs = FileSystem.makeNoop({
    realPath: (path) => Effect.succeed(path),
    readLink: () => Effect.fail(failure("BadResource", "EINVAL", "readLink")),
    chmod: () => Effect.void,
    exists: (path) => Effect.sync(() => entries.has(path)),
    stat: (path) =>
      Effect.suspend(() => {
        const entry = entries.get(path)
        return entry === undefined
          ? Effect.fail(failure("NotFound", "ENOENT", "stat"))
          : Effect.succeed(info(entry) as FileSystem.File.Info)
      }),
    readDirectory: (path) => Effect.sync(() => childrenOf(entries.keys(), path).map((name) => name.slice(path.length + 1))),
    readFileString: (path) => Effect.map(reading(path, "readFileString"), (bytes) => new TextDecoder().decode(bytes)),
    stream: (path, options = {}) =>
      Stream.fromEffect(
        Effect.map(reading(path, "stream"), (bytes) => {
          const offset = Number(options.offset ?? 0)
          return bytes.slice(offset, options.bytesToRead === undefined ? undefined : offset + Number(options.bytesToRead))
        })
      ),
    makeDirectory: (path) =>
      step(() => {
        const missing: Array<string> = []
        for (let at = path; at !== "" && !entries.has(at); at = parentOf(at)) missing.unshift(at)
        for (const directory of missing) changed(directory, (names) => names.set(directory, "directory"))
      }),
    open: (path, options = {}) => {
      const { flag = "r" } = options
      const there = Effect.suspend(() => Effect.fromNullable(entries.get(path))).pipe(
        Effect.mapError(() => failure("NotFound", "ENOENT", "open"))
      )
      if (flag !== "wx") return Effect.map(there, (entry) => handle(path, entry, flag))
      return step(() => {
        if (entries.has(path)) return failure("AlreadyExists", "EEXIST", "open")
        const inode: Inode = { bytes: new Uint8Array(0), synced: new Uint8Array(0) }
        changed(path, (names) => names.set(path, inode))
        return handle(path, inode, flag)
      })
    },
    link: (from, to) =>
      step(() => {
        const file = entries.get(from)
        if (file === undefined) return failure("NotFound", "ENOENT", "link")
        if (entries.has(to)) return failure("AlreadyExists", "EEXIST", "link")
        changed(to, (names) => names.set(to, file))
      }),
    rename: (from, to) =>
      step(() => {
        const file = entries.get(from)
        if (file === undefined) return failure("NotFound", "ENOENT", "rename")
        changed(to, (names) => {
          names.delete(from)
          names.set(to, file)
        })
      }),
    remove: (path) =>
      Effect.suspend(() =>
        entries.has(path) ? step(() => changed(path, (names) => names.delete(path))) : Effect.fail(failure("NotFound", "ENOENT", "remove"))
      )
  })
  return Layer.merge(Layer.succeed(FileSystem.FileSystem, fs), Path.layer)
}

/** The bytes of a file. */
export const bytesOf = (disk: Disk, name: string): Option.Option<Uint8Array> => {
  const entry = disk.entries.get(`${root}/${name}`)
  return entry === undefined || entry === "directory" ? Option.none() : Option.some(entry.bytes)
}
