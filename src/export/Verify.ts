/**
 * Whether a folder still holds what its export wrote: every byte, every record, and nothing else.
 *
 * @since 0.1.0
 */
import type * as FileSystem from "@effect/platform/FileSystem"
import type * as Path from "@effect/platform/Path"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { type DiskError, type Folder, open } from "./Folder.js"
import * as Contents from "./internal/contents.js"
import * as Part from "./internal/part.js"
import * as Lock from "./Lock.js"
import * as Manifest from "./Manifest.js"
import type { Stored } from "./Sink.js"

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

/** Lines that are JSON, and whether all are. */
const countLines = <E>(lines: Stream.Stream<string, E>) =>
  lines.pipe(
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
  const counted = yield* Effect.option(countLines(Part.lines(folder, file.name)))
  if (Option.isNone(counted)) return [differs("cannot be read")]
  const { broken, lines } = counted.value
  return [
    ...(lines === file.records ? [] : [differs(`holds ${lines} records, not ${file.records}`)]),
    ...(broken === 0 ? [] : [differs(`holds ${broken} lines that are no JSON`)])
  ]
})

/** A file that is not read line by line: those beside the records, and the contents of documents' files. */
const checkBytes = Effect.fnUntraced(function* (folder: Folder, { name, bytes, sha256 }: Manifest.Book) {
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
    const lists = kinds.flatMap(({ deleted }) => (deleted === undefined ? [] : [deleted]))
    const ofFiles = yield* Effect.forEach([...files, ...lists], (file) => Effect.map(checkFile(folder, file), (found) => ({ file, found })))
    const harmed = new Set(ofFiles.flatMap(({ file, found }) => (found.length === 0 ? [] : [file.name])))
    // a harmed list of contents is a difference of its own; what it listed is not to be told from what does not belong
    const isListed = kinds.every(({ files, name }) => name !== Contents.kind || files.every((file) => !harmed.has(file.name)))
    const listed = isListed ? yield* Effect.orDie(Contents.listedIn(folder, kinds)) : new Map<string, Stored>()
    const books = [...bookkeeping, ...Array.from(listed, ([name, stored]) => ({ name, ...stored }))]
    const ofBooks = yield* Effect.forEach(books, (book) => checkBytes(folder, book))
    const known = new Set([Manifest.fileName, ...books.map(({ name }) => name), ...[...files, ...lists].map(({ name }) => name)])
    // what an unfinished kind has written so far waits for the next run
    const unfinished = kinds.filter(({ verdict }) => !Manifest.isThere(verdict)).map(({ name }) => name)
    const isWaiting = (name: string) =>
      unfinished.some((kind) => name.startsWith(`${kind}/`)) ||
      (Contents.isContent(name) && (!isListed || unfinished.includes(Contents.kind)))
    const extra = (yield* folder.names).filter((name) => !known.has(name) && !Lock.isOfLock(name) && !isWaiting(name))
    return {
      complete,
      files: files.length + lists.length + listed.size,
      records: files.reduce((sum, file) => sum + file.records, 0),
      bytes: [...files, ...lists, ...listed.values()].reduce((sum, file) => sum + file.bytes, 0),
      differences: [
        ...ofBooks.flat(),
        ...ofFiles.flatMap(({ found }) => found),
        ...extra.map((name) => ({ name, what: "does not belong here" }))
      ]
    }
  }
)
