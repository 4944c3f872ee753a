/**
 * Whether a folder still holds what its export wrote: every byte, every record, and nothing else.
 *
 * @since 0.1.0
 */
import { Readable } from "node:stream"
import { createGunzip } from "node:zlib"
import type * as FileSystem from "@effect/platform/FileSystem"
import type * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { type DiskError, type Folder, open } from "./Folder.js"
import * as Part from "./internal/part.js"
import * as Lock from "./Lock.js"
import * as Manifest from "./Manifest.js"

/**
 * Something that is not as the manifest says.
 *
 * @since 0.1.0
 * @category models
 */
export interface Difference {
  /** The file, relative to the folder. */
  readonly name: string
  readonly what: string
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Report {
  readonly complete: boolean
  readonly files: number
  readonly records: number
  readonly bytes: number
  readonly differences: ReadonlyArray<Difference>
}

class NoGzip {
  readonly _tag = "NoGzip"
}

const inflated = <E>(bytes: Stream.Stream<Uint8Array, E>): Stream.Stream<Uint8Array, NoGzip> =>
  Stream.unwrap(
    Effect.map(Stream.toAsyncIterableEffect(bytes), (iterable) =>
      Stream.fromAsyncIterable(Readable.from(iterable).pipe(createGunzip()), () => new NoGzip())
    )
  )

/** Lines that are JSON, and whether all are. */
const countLines = <E>(bytes: Stream.Stream<Uint8Array, E>) =>
  bytes.pipe(
    Stream.decodeText(),
    Stream.splitLines,
    Stream.runFold({ lines: 0, broken: 0 }, ({ broken, lines }, line) => {
      try {
        JSON.parse(line)
        return { lines: lines + 1, broken }
      } catch {
        return { lines: lines + 1, broken: broken + 1 }
      }
    })
  )

const checkFile = Effect.fnUntraced(function* (folder: Folder, file: Manifest.File) {
  const differs = (what: string): Difference => ({ name: file.name, what })
  if ((yield* folder.size(file.name)) === undefined) return [differs("is missing")]
  const { bytes, sha256 } = yield* Part.digest(folder.read(file.name))
  if (bytes !== file.bytes) return [differs(`holds ${bytes} bytes, not ${file.bytes}`)]
  if (sha256 !== file.sha256) return [differs("has another SHA-256")]
  const stored: Stream.Stream<Uint8Array, unknown> = folder.read(file.name)
  const counted = yield* Effect.option(countLines(file.name.endsWith(".gz") ? inflated(stored) : stored))
  if (Option.isNone(counted)) return [differs("cannot be read")]
  const { broken, lines } = counted.value
  return [
    ...(lines === file.records ? [] : [differs(`holds ${lines} records, not ${file.records}`)]),
    ...(broken === 0 ? [] : [differs(`holds ${broken} lines that are no JSON`)])
  ]
})

const checkBook = Effect.fnUntraced(function* (folder: Folder, { name, bytes, sha256 }: Manifest.Book) {
  if ((yield* folder.size(name)) === undefined) return [{ name, what: "is missing" }]
  const found = yield* Part.digest(folder.read(name))
  return found.bytes === bytes && found.sha256 === sha256 ? [] : [{ name, what: "is not as it was written" }]
})

/**
 * Reads every file again and compares it with the manifest: lengths, hashes, counts, and whether each line is JSON.
 *
 * @since 0.1.0
 * @category constructors
 */
export const verify: (out: string) => Effect.Effect<Report, DiskError, FileSystem.FileSystem | Path.Path> = Effect.fnUntraced(
  function* (out) {
    const folder = yield* open(out)
    const text = yield* folder.readText(Manifest.fileName)
    const nothing = { complete: false, files: 0, records: 0, bytes: 0 }
    const only = (what: string): Report => ({ ...nothing, differences: [{ name: Manifest.fileName, what }] })
    if (Option.isNone(text)) return only("is missing: this export has not come to its end")
    const manifest = Manifest.ofText(text.value)
    if (Option.isNone(manifest)) return only("is not as it was written")
    const { bookkeeping, complete, kinds } = manifest.value
    const files = kinds.flatMap((kind) => kind.files)
    const known = new Set([Manifest.fileName, ...bookkeeping.map(({ name }) => name), ...files.map(({ name }) => name)])
    // what an unfinished kind has written so far waits for the next run
    const unfinished = kinds.filter(({ verdict }) => verdict !== "verified").map(({ name }) => `${name}/`)
    const extra = (yield* folder.names).filter(
      (name) => !known.has(name) && !Lock.isOfLock(name) && !unfinished.some((kind) => name.startsWith(kind))
    )
    const ofFiles = yield* Effect.forEach(files, (file) => checkFile(folder, file))
    const ofBooks = yield* Effect.forEach(bookkeeping, (book) => checkBook(folder, book))
    return {
      complete,
      files: files.length,
      records: files.reduce((sum, file) => sum + file.records, 0),
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      differences: [...ofBooks.flat(), ...ofFiles.flat(), ...extra.map((name) => ({ name, what: "does not belong here" }))]
    }
  }
)
