import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Folder from "../../src/export/Folder.js"
import * as Journal from "../../src/export/Journal.js"
import * as CrashFs from "./crashFs.js"

const header: Journal.Header = {
  format: "effect-welkin-export",
  formatVersion: 1,
  startedAt: "2030-01-01T00:00:00.000Z",
  source: { origin: "https://welkin.example", tenant: "tenant", instance: "instance", generation: "v8" },
  filters: { kinds: ["patients"], since: null, mode: "auto", cohort: null },
  compression: "gzip"
}

const member = (unit: string, offset: number): Journal.Member => ({
  unit,
  part: `${unit}/part-00001.ndjson.gz`,
  offset,
  count: 3,
  sha256: "00",
  next: { page: offset },
  cursor: null,
  duplicates: 0,
  drift: 0,
  removed: 0,
  reading: ["cursor"],
  verdict: "verified"
})

const file = { name: "patients/part-00001.ndjson.gz", records: 2, bytes: 9, sha256: "01" }

const rewritten: Journal.Entry = { unit: "patients", rewritten: [file], superseded: 1 }

const result = {
  records: 2,
  duplicates: 0,
  superseded: 1,
  drift: 0,
  removedDuringExport: 0,
  reading: ["cursor" as const],
  verdict: "verified" as const,
  cursor: null,
  files: [file]
}

const done: Journal.Entry = { unit: "patients", done: result }

const entries: ReadonlyArray<Journal.Entry> = [member("patients", 4), member("tâches", 5), member("patients", 9), rewritten, done]

/** A line as a journal has it: what it tells, and a check of that. */
const line = (value: object): string => {
  const body = JSON.stringify(value)
  return `${body.slice(0, -1)},"check":"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"}\n`
}

const path = `${CrashFs.root}/${Folder.journalName}`

const diskWith = (...files: ReadonlyArray<readonly [name: string, bytes: Uint8Array]>): CrashFs.Disk => {
  const disk = CrashFs.empty()
  for (const [name, bytes] of files) {
    for (const names of [disk.entries, disk.durable]) {
      const directory = name.slice(0, name.lastIndexOf("/"))
      if (directory !== CrashFs.root) names.set(directory, "directory")
      names.set(name, { bytes, synced: bytes })
    }
  }
  return disk
}

const journalOf = (text: string | Uint8Array): CrashFs.Disk => diskWith([path, typeof text === "string" ? Buffer.from(text) : text])

const textOf = (disk: CrashFs.Disk): string => new TextDecoder().decode(Option.getOrThrow(CrashFs.bytesOf(disk, Folder.journalName)))

const onDisk = <A, E>(
  disk: CrashFs.Disk,
  work: (folder: Folder.Folder) => Effect.Effect<A, E, Scope.Scope>,
  steps: CrashFs.Steps = { done: 0, powerFailsAfter: Number.POSITIVE_INFINITY }
) => Effect.flatMap(Folder.take(CrashFs.root), work).pipe(Effect.scoped, Effect.provide(CrashFs.layer(disk, steps)))

const opening = (disk: CrashFs.Disk) => onDisk(disk, (folder) => Journal.open(folder, header))

const histories = ({ history, units }: Journal.Journal) => units.map((unit) => [unit, history(unit)] as const)

const whole = line(header) + entries.map(line).join("")

describe("a journal", () => {
  it.effect("tells what was written, unit by unit, and goes on behind it", () =>
    Effect.gen(function* () {
      const disk = CrashFs.empty()
      const first = yield* onDisk(disk, (folder) =>
        Effect.tap(Journal.open(folder, header), (journal) => Effect.forEach(entries, (entry) => journal.append(entry, false)))
      )
      assert.deepStrictEqual(first.header, header)
      assert.deepStrictEqual(first.units, [])
      assert.strictEqual(textOf(disk), whole)
      const again = yield* onDisk(disk, (folder) =>
        Effect.tap(Journal.open(folder, { ...header, startedAt: "later" }), (journal) => journal.append(member("users", 1), false))
      )
      // which export it is was said when it began
      assert.deepStrictEqual(again.header, header)
      assert.deepStrictEqual(histories(again), [
        ["patients", { members: [member("patients", 4), member("patients", 9)], rewritten, done: result }],
        ["tâches", { members: [member("tâches", 5)], rewritten: undefined, done: undefined }]
      ])
      assert.isUndefined(again.history("users"))
      assert.strictEqual(textOf(disk), whole + line(member("users", 1)))
      assert.deepStrictEqual((yield* opening(disk)).units, ["patients", "tâches", "users"])
    })
  )

  it.effect("torn anywhere, tells what stands whole before the tear, and is cut there", () =>
    Effect.gen(function* () {
      const bytes = Buffer.from(whole)
      const all = [header, ...entries].map(line)
      const begins = all.map((_, n) => Buffer.byteLength(all.slice(0, n).join("")))
      const lengths = [...begins.flatMap((begin) => [begin, begin + 1, begin + 60, begin - 1]), bytes.length - 1].filter(
        (length) => length >= 0
      )
      for (const length of lengths) {
        const disk = journalOf(bytes.subarray(0, length))
        const kept = begins.findLastIndex((begin) => begin <= length)
        const journal = yield* onDisk(disk, (folder) =>
          Effect.tap(Journal.open(folder, header), (journal) => journal.append(member("users", 1), false))
        )
        assert.deepStrictEqual(journal.header, header)
        const sound = all.slice(0, Math.max(1, kept)).join("")
        assert.strictEqual(textOf(disk), sound + line(member("users", 1)), `at ${length}`)
        assert.lengthOf(
          histories(journal).flatMap(([, history]) => history!.members),
          entries.slice(0, Math.max(0, kept - 1)).filter((entry) => "part" in entry).length
        )
      }
    })
  )

  it.effect("reads the same in pieces of any size", () =>
    Effect.gen(function* () {
      const disk = journalOf(whole)
      for (const size of [1, 2, 5, 64, 1000]) {
        const journal = yield* onDisk(disk, (folder) =>
          Journal.open(
            {
              ...folder,
              read: (name) =>
                Stream.mapConcat(folder.read(name), (bytes) =>
                  Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size))
                )
            },
            header
          )
        )
        assert.deepStrictEqual(journal.units, ["patients", "tâches"])
        assert.strictEqual(textOf(disk), whole)
      }
    })
  )

  it.effect("that was changed before its last line cannot be gone on with, and is left as it is", () =>
    Effect.gen(function* () {
      const before = Buffer.from(whole)
      const lastLine = Buffer.byteLength(whole) - Buffer.byteLength(line(done))
      for (let at = 0; at < lastLine; at += 41) {
        const changed = Buffer.from(before)
        changed[at]! ^= 1
        const disk = journalOf(changed)
        const error = yield* Effect.flip(opening(disk))
        assert.deepInclude(error, { _tag: "FolderDamaged", name: Folder.journalName }, `at ${at}`)
        assert.include(error.message, "was changed")
        assert.deepStrictEqual(Option.getOrThrow(CrashFs.bytesOf(disk, Folder.journalName)), changed)
      }
    })
  )

  for (const [name, text, tag, message] of [
    ["of a newer version", line({ ...header, formatVersion: 2 }), "FolderRefused", "newer version"],
    ["of another format", line({ ...header, format: "something else" }), "FolderRefused", "is not one of an export"],
    ["of an older version", line({ ...header, formatVersion: 0 }), "FolderRefused", "is not one of an export"],
    ["whose version is a text", line({ ...header, formatVersion: "2" }), "FolderRefused", "is not one of an export"],
    ["with a line that is none of it", line(header) + line({ unit: "patients", something: "else" }), "FolderDamaged", "none of a journal"]
  ] as const) {
    it.effect(`one ${name} is refused`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(opening(journalOf(text)))
        assert.strictEqual(error._tag, tag)
        assert.include(error.message, message)
      })
    )
  }

  it.effect("without a first line begins anew, unless files of an export are there", () =>
    Effect.gen(function* () {
      const torn = line(header).slice(0, 50)
      const alone = journalOf(torn)
      assert.deepStrictEqual(histories(yield* opening(alone)), [])
      assert.strictEqual(textOf(alone), line(header))
      const among = diskWith([path, Buffer.from(torn)], [`${CrashFs.root}/patients/part-00001.ndjson.gz`, Buffer.from("x")])
      const error = yield* Effect.flip(opening(among))
      assert.strictEqual(error._tag, "FolderDamaged")
      assert.include(error.message, "has no first line")
      // with one, the files are its own
      yield* opening(diskWith([path, Buffer.from(whole)], [`${CrashFs.root}/patients/part-00001.ndjson.gz`, Buffer.from("x")]))
    })
  )

  it.effect("keeps through a power cut its first line, and what was synced with all before it", () =>
    Effect.gen(function* () {
      const kept = (synced: ReadonlyArray<boolean>) =>
        Effect.gen(function* () {
          const disk = CrashFs.empty()
          yield* onDisk(disk, (folder) =>
            Effect.flatMap(Journal.open(folder, header), (journal) =>
              Effect.forEach(synced, (sync, n) => journal.append(member("patients", n), sync))
            )
          )
          return (yield* opening(CrashFs.afterPowerCut(disk, "nothing"))).history("patients")?.members.length ?? 0
        })
      assert.strictEqual(yield* kept([]), 0)
      assert.strictEqual(yield* kept([false, false]), 0)
      assert.strictEqual(yield* kept([false, true, false]), 2)
      const begun = CrashFs.empty()
      yield* opening(begun)
      assert.strictEqual(textOf(CrashFs.afterPowerCut(begun, "nothing")), line(header))
    })
  )

  it.effect("takes nothing more once it could not be written", () =>
    Effect.gen(function* () {
      const begun: CrashFs.Steps = { done: 0, powerFailsAfter: Number.POSITIVE_INFINITY }
      yield* onDisk(CrashFs.empty(), (folder) => Journal.open(folder, header), begun)
      // the write that follows breaks off in the middle of its line
      const disk = CrashFs.empty()
      const errors = yield* onDisk(
        disk,
        (folder) =>
          Effect.flatMap(Journal.open(folder, header), (journal) =>
            Effect.all(
              Array.from({ length: 3 }, (_, n) => Effect.flip(journal.append(member("patients", n), true))),
              { concurrency: 3 }
            )
          ),
        { ...begun, done: 0, failsAt: { step: begun.done, code: "ENOSPC" } }
      )
      assert.deepStrictEqual(
        errors.map(({ code, name }) => [code, name]),
        Array.from({ length: 3 }, () => ["ENOSPC", Folder.journalName])
      )
      const half = textOf(disk)
      assert.isTrue(half.startsWith(line(header)) && half.length < line(header).length + line(member("patients", 0)).length)
      assert.deepStrictEqual((yield* opening(disk)).units, [])
    })
  )
})

describe("the first line of a journal", () => {
  const first = (disk: CrashFs.Disk) => Effect.map(onDisk(disk, Journal.headerOf), Option.getOrUndefined)

  it.effect("is there once it has been written", () =>
    Effect.gen(function* () {
      assert.isUndefined(yield* first(CrashFs.empty()))
      assert.isUndefined(yield* first(journalOf("")))
      assert.isUndefined(yield* first(journalOf(line(header).slice(0, -1))))
      assert.deepStrictEqual(yield* first(journalOf(whole)), header)
    })
  )
})
