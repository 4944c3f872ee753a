import { gzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { DiskError, type Folder } from "../../../src/export/Folder.js"
import * as Part from "../../../src/export/internal/part.js"

const name = "patients/part-00001.ndjson.gz"
const stored = gzipSync(`{"id":"1"}\n{"id":"2"}\n`)

/** A folder whose only file reads so. */
const reading = (bytes: Stream.Stream<Uint8Array, DiskError>): Folder => ({ read: () => bytes }) as unknown as Folder

const linesOf = (bytes: Stream.Stream<Uint8Array, DiskError>) => Stream.runCollect(Part.lines(reading(bytes), name))

describe("the lines of a part", () => {
  it.effect("come as they were written", () =>
    Effect.map(linesOf(Stream.make(stored.subarray(0, 10), stored.subarray(10))), (lines) =>
      assert.deepStrictEqual(Array.from(lines), ['{"id":"1"}', '{"id":"2"}'])
    )
  )

  it.effect("end with the disk's own error where it fails in the middle", () => {
    const error = new DiskError({ doing: "read", name, code: "EIO" })
    return Effect.map(Effect.flip(linesOf(Stream.concat(Stream.make(stored.subarray(0, 10)), Stream.fail(error)))), (failure) =>
      assert.strictEqual(failure, error)
    )
  })

  it.effect("end with the damage where they cannot be unpacked", () =>
    Effect.map(Effect.flip(linesOf(Stream.make(stored.subarray(0, 20)))), (failure) =>
      assert.deepInclude(failure, { _tag: "FolderDamaged", name })
    )
  )
})

describe("a part", () => {
  it("has a name of its unit, its number and its compression", () => {
    assert.strictEqual(Part.nameOf({ id: "patients", kind: "patients" }, 1, "gzip"), "patients/part-00001.ndjson.gz")
    assert.strictEqual(Part.nameOf({ id: "chat/0-99", kind: "chat" }, 12, "none"), "chat/part-0-99-00012.ndjson")
  })

  for (const compression of ["gzip", "none"] as const) {
    it.effect(`gives back the lines that were packed (${compression}), and none of what was changed`, () =>
      Effect.gen(function* () {
        const lines = ['{"id":"1"}', '{"id":"ä"}']
        const bytes = yield* Part.pack(lines, compression)
        const range = { offset: 0, bytes: bytes.byteLength, sha256: Part.sha256(bytes) }
        const found = yield* Part.unpack(reading(Stream.make(bytes.subarray(0, 5), bytes.subarray(5))), name, range, compression)
        assert.deepStrictEqual(found.lines, lines)
        assert.deepStrictEqual(Buffer.from(found.bytes), Buffer.from(bytes))
        const changed = Uint8Array.from(bytes, (byte, at) => (at === 3 ? byte ^ 1 : byte))
        const error = yield* Effect.flip(Part.unpack(reading(Stream.make(changed)), name, range, compression))
        assert.deepInclude(error, { _tag: "FolderDamaged", name, what: "does not hold what the journal says" })
      })
    )
  }
})
