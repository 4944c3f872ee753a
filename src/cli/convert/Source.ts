import { createHash } from "node:crypto"
import { createGunzip } from "node:zlib"
import * as NodeStream from "@effect/platform-node/NodeStream"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type DiskError, type Folder, FolderDamaged } from "../../export/Folder.js"
import type * as Manifest from "../../export/Manifest.js"

/** Splits texts at line feeds, keeping what has no end yet. */
const splitter = () => {
  // in pieces: a long line would be copied again with each of them
  let open: Array<string> = []
  return {
    push: (text: string): ReadonlyArray<string> => {
      const lines = text.split("\n")
      const rest = lines.pop()!
      if (lines.length > 0) {
        lines[0] = open.join("") + lines[0]!
        open = []
      }
      if (rest !== "") open.push(rest)
      return lines
    },
    isClosed: () => open.length === 0
  }
}

/**
 * The lines of a part, some at a time. A part that is not as the manifest says fails: at its end, if not before. What came of it until
 * then is not to be kept.
 */
export const lines = (folder: Folder, file: Manifest.File): Stream.Stream<ReadonlyArray<string>, DiskError | FolderDamaged> =>
  Stream.suspend(() => {
    const damaged = (what: string) => new FolderDamaged({ name: file.name, what })
    const hash = createHash("sha256")
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
    const { isClosed, push } = splitter()
    let bytes = 0
    let records = 0
    const stored: Stream.Stream<Uint8Array, DiskError | FolderDamaged> = Stream.map(folder.read(file.name), (chunk) => {
      hash.update(chunk)
      bytes += chunk.byteLength
      return chunk
    })
    const plain = file.name.endsWith(".gz")
      ? stored.pipe(
          NodeStream.pipeThroughDuplex(
            () => createGunzip({ chunkSize: 256 * 1024 }),
            () => damaged("cannot be read")
          )
        )
      : stored
    const check = Effect.suspend(() => {
      if (bytes !== file.bytes) return damaged(`holds ${bytes} bytes, not ${file.bytes}`)
      if (hash.digest("hex") !== file.sha256) return damaged("has another SHA-256")
      if (!isClosed() || records !== file.records) return damaged(`holds ${records} records, not ${file.records}`)
      return Effect.void
    })
    const found = Stream.map(plain, (chunk) => {
      const whole = push(decoder.decode(chunk, { stream: true }))
      records += whole.length
      return whole
    })
    const checked = found.pipe(
      Stream.filter((some) => some.length > 0),
      Stream.concat(Stream.drain(Stream.fromEffect(check)))
    )
    return Effect.map(folder.size(file.name), (size) => (size === undefined ? Stream.fail(damaged("is missing")) : checked)).pipe(
      Stream.unwrap
    )
  })
