import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import { promisify } from "node:util"
import { createGunzip, gunzip, gzip } from "node:zlib"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type DiskError, type Folder, FolderDamaged } from "../Folder.js"
import type { Fingerprint, Unit } from "../Plan.js"

/** How the pages of a part are stored. */
export type Compression = Fingerprint["compression"]

/**
 * The name of a unit's n-th part. Names come from kinds and counters alone; a unit of a crawl has a number of its own, so that a
 * name tells whose part it is and does not depend on who was faster.
 */
export const nameOf = (unit: Pick<Unit, "id" | "kind">, number: number, compression: Compression): string => {
  const range = unit.id === unit.kind ? "" : `${unit.id.slice(unit.kind.length + 1)}-`
  return `${unit.kind}/part-${range}${String(number).padStart(5, "0")}.ndjson${compression === "gzip" ? ".gz" : ""}`
}

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

/** Length and hash of a whole file. */
export const digest = <E>(bytes: Stream.Stream<Uint8Array, E>): Effect.Effect<{ readonly bytes: number; readonly sha256: string }, E> =>
  Effect.suspend(() => {
    const hash = createHash("sha256")
    let length = 0
    return Stream.runForEach(bytes, (chunk) =>
      Effect.sync(() => {
        hash.update(chunk)
        length += chunk.byteLength
      })
    ).pipe(Effect.map(() => ({ bytes: length, sha256: hash.digest("hex") })))
  })

const gzipped = promisify(gzip)
const gunzipped = promisify(gunzip)

/** Lines as they stand in a part: one gzip member, so that what was written before is never touched. */
export const pack = (lines: ReadonlyArray<string>, compression: Compression): Effect.Effect<Uint8Array> => {
  const bytes = Buffer.from(`${lines.join("\n")}\n`)
  return compression === "gzip" ? Effect.promise(() => gzipped(bytes)) : Effect.succeed(bytes)
}

/** The lines of one page in a part, which must hash to what the journal says. */
export const unpack = (
  folder: Folder,
  name: string,
  range: { readonly offset: number; readonly bytes: number; readonly sha256: string },
  compression: Compression
): Effect.Effect<{ readonly bytes: Uint8Array; readonly lines: ReadonlyArray<string> }, DiskError | FolderDamaged> =>
  Effect.gen(function* () {
    const bytes = Buffer.concat(Chunk.toArray(yield* Stream.runCollect(folder.read(name, range))))
    if (sha256(bytes) !== range.sha256) return yield* new FolderDamaged({ name, what: "does not hold what the journal says" })
    const text = compression === "gzip" ? yield* Effect.promise(() => gunzipped(bytes)) : bytes
    return { bytes, lines: text.toString("utf8").split("\n").slice(0, -1) }
  })

const inflated = (name: string, bytes: Stream.Stream<Uint8Array, DiskError>): Stream.Stream<Uint8Array, DiskError | FolderDamaged> =>
  Stream.suspend(() => {
    let unread: DiskError | undefined
    const remembered = Stream.tapError(bytes, (error) =>
      Effect.sync(() => {
        unread = error
      })
    )
    return Stream.unwrap(
      Effect.map(Stream.toAsyncIterableEffect(remembered), (iterable) => {
        const stored = Readable.from(iterable)
        const gunzip = createGunzip()
        // a pipe hands on data and keeps errors to itself
        stored.once("error", (error) => gunzip.destroy(error))
        return Stream.fromAsyncIterable(stored.pipe(gunzip), () => unread ?? new FolderDamaged({ name, what: "cannot be unpacked" }))
      })
    )
  })

/** The lines of a whole part, as they come. */
export const lines = (folder: Folder, name: string): Stream.Stream<string, DiskError | FolderDamaged> => {
  const stored = folder.read(name)
  const bytes: Stream.Stream<Uint8Array, DiskError | FolderDamaged> = name.endsWith(".gz") ? inflated(name, stored) : stored
  return bytes.pipe(Stream.decodeText(), Stream.splitLines)
}
