import * as FileSystem from "@effect/platform/FileSystem"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Export from "../../src/export/Export.js"
import * as FolderSink from "../../src/export/FolderSink.js"
import * as Part from "../../src/export/internal/part.js"
import * as Lock from "../../src/export/Lock.js"
import type * as Sink from "../../src/export/Sink.js"
import * as Scripted from "../support/scripted.js"
import * as CrashFs from "./crashFs.js"

const planned = Export.plan({ ...Scripted.options, baseUrl: "https://welkin.example", kinds: ["patients"], mode: "crawl" })
// parts that can be read at a glance
const plan = { ...planned, fingerprint: { ...planned.fingerprint, compression: "none" as const } }
const unit = plan.units[0]!

/** A page of records with these ids; more come behind it unless it is the last. */
const page = (ids: ReadonlyArray<string>, isLast = false): Sink.Page => ({
  records: ids.map((id) => ({ id, updatedAt: undefined, text: JSON.stringify({ id }) })) as unknown as Sink.Page["records"],
  next: isLast ? undefined : { page: 1 },
  cursor: null,
  duplicates: 0,
  drift: 0,
  removed: 0,
  reading: ["whole"],
  verdict: "verified"
})

const processes = { self: () => ({ host: "here", boot: "one", pid: 1, started: "1" }), user: () => "" }

/** Opens the unit in a process of its own, and writes these pages. */
const writing = (
  disk: CrashFs.Disk,
  pages: ReadonlyArray<Sink.Page>,
  partBytes = 1_000_000,
  changed: (sound: FileSystem.FileSystem) => Partial<FileSystem.FileSystem> = () => ({})
) =>
  Effect.gen(function* () {
    const sink = yield* FolderSink.make(CrashFs.root, plan)
    const writer = yield* sink.open(unit)
    yield* Effect.forEach(pages, writer.write)
    return writer.state
  }).pipe(
    Effect.scoped,
    Effect.updateService(FileSystem.FileSystem, (sound) => ({ ...sound, ...changed(sound) })),
    Effect.provide(CrashFs.layer(disk, { done: 0, powerFailsAfter: Number.POSITIVE_INFINITY })),
    Effect.provideService(Lock.Processes, { ...processes, isAlive: () => false }),
    Effect.provideService(FolderSink.PartBytes, partBytes)
  )

const part = Part.nameOf(unit, 1, "none")
const draft = `${part}.tmp`

const textOf = (disk: CrashFs.Disk, name: string) =>
  Option.getOrUndefined(Option.map(CrashFs.bytesOf(disk, name), (bytes) => new TextDecoder().decode(bytes)))

/** A disk after a page of a part that goes on, or of one that is full. */
const written = (isFull: boolean) =>
  Effect.gen(function* () {
    const disk = CrashFs.empty()
    yield* writing(disk, [page(["a", "b"])], isFull ? 1 : undefined)
    assert.strictEqual(textOf(disk, isFull ? part : draft), '{"id":"a"}\n{"id":"b"}\n')
    return disk
  })

const change = (disk: CrashFs.Disk, name: string, text: string | undefined): void => {
  const path = `${CrashFs.root}/${name}`
  const bytes = Buffer.from(text ?? "")
  if (text === undefined) disk.entries.delete(path)
  else disk.entries.set(path, { bytes, synced: bytes })
}

describe("a part that is gone on with", () => {
  it.effect("holds what the journal says; what stands behind that is cut away", () =>
    Effect.gen(function* () {
      const disk = yield* written(false)
      change(disk, draft, `${textOf(disk, draft)}{"id":"torn`)
      const state = yield* writing(disk, [page(["c"])])
      assert.deepInclude(state, { _tag: "Begun", records: 2, position: { page: 1 } })
      assert.strictEqual(textOf(disk, draft), '{"id":"a"}\n{"id":"b"}\n{"id":"c"}\n')
      // a last page ends its part: it gets its name, and nothing is left to be read
      yield* writing(disk, [page(["d"], true)])
      assert.strictEqual((yield* writing(disk, []))._tag, "Read")
      assert.strictEqual(textOf(disk, part), '{"id":"a"}\n{"id":"b"}\n{"id":"c"}\n{"id":"d"}\n')
      assert.isUndefined(textOf(disk, draft))
    })
  )

  for (const [name, isFull, file, text, what] of [
    ["that is missing", false, draft, undefined, "is missing"],
    ["that is shorter", false, draft, '{"id":"a"}\n', "is shorter than the journal says"],
    ["of which a byte is another", false, draft, '{"id":"a"}\n{"id":"x"}\n', "does not hold what the journal says"],
    ["that is whole, and missing", true, part, undefined, "is missing"],
    ["that is whole, and shorter", true, part, '{"id":"a"}\n', "has another length than the journal says"],
    ["that is whole, and longer", true, part, '{"id":"a"}\n{"id":"b"}\n\n', "has another length than the journal says"],
    ["that is whole, and of which a byte is another", true, part, '{"id":"a"}\n{"id":"x"}\n', "does not hold what the journal says"]
  ] as const) {
    it.effect(`one ${name}, is damaged, and left as it is`, () =>
      Effect.gen(function* () {
        const disk = yield* written(isFull)
        change(disk, file, text)
        const error = yield* Effect.flip(writing(disk, []))
        assert.deepInclude(error, { _tag: "FolderDamaged", what })
        assert.strictEqual(textOf(disk, file), text)
      })
    )
  }

  it.effect("does not get its name where the disk did not keep it", () =>
    Effect.gen(function* () {
      const disk = CrashFs.empty()
      const error = yield* Effect.flip(
        writing(disk, [page(["a"])], 1, (sound) => ({
          open: (path, options) =>
            Effect.map(sound.open(path, options), (file) =>
              path.endsWith(draft) ? { ...file, writeAll: (bytes: Uint8Array) => file.writeAll(bytes.subarray(1)) } : file
            )
        }))
      )
      assert.deepInclude(error, { _tag: "DiskError", doing: "write", name: part, code: "EIO" })
      assert.isUndefined(textOf(disk, part))
    })
  )
})
