import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Export from "../../src/export/Export.js"
import * as Folder from "../../src/export/Folder.js"
import * as FolderSink from "../../src/export/FolderSink.js"
import { replaces } from "../../src/export/Kind.js"
import * as Lock from "../../src/export/Lock.js"
import * as Plan from "../../src/export/Plan.js"
import * as Verify from "../../src/export/Verify.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { temporaryFolder } from "../support/folder.js"
import * as Memory from "../support/memorySink.js"
import { runs, seed } from "../support/runs.js"

const planOf = (options: Partial<Plan.Options> = {}) =>
  Effect.map(Simulator.Simulator, ({ credentials }) =>
    Export.plan({ ...credentials, kinds: ["patients", "cdt-records"], pageSize: 10, ...options })
  )

const exporting = (out: string, options: Partial<Plan.Options> = {}) =>
  Effect.flatMap(planOf(options), (plan) =>
    Export.run(plan).pipe(Stream.runCollect, Effect.map(Chunk.toReadonlyArray), Effect.provide(FolderSink.layer(out, plan)))
  ).pipe(Effect.provide(NodeContext.layer))

const summaryOf = (events: ReadonlyArray<Export.Event>) => {
  const last = events.at(-1)!
  if (last._tag !== "Finished") throw new Error("an export without an end")
  return last.summary
}

const linesOf = (out: string, kind: string): ReadonlyArray<string> =>
  readdirSync(join(out, kind)).flatMap((name) =>
    gunzipSync(readFileSync(join(out, kind, name)))
      .toString("utf8")
      .trimEnd()
      .split("\n")
  )

const gathered = (memory: Memory.Memory) =>
  Effect.flatMap(planOf(), (plan) =>
    Export.run(plan).pipe(Stream.runCollect, Effect.map(Chunk.toReadonlyArray), Effect.provide(memory.layer))
  )

describe("Export", () => {
  it.effect("a plan is data: it survives JSON, and its units run anywhere, into any sink", () =>
    Effect.gen(function* () {
      const plan = yield* planOf()
      assert.deepStrictEqual(Schema.decodeUnknownSync(Plan.Plan)(JSON.parse(JSON.stringify(plan))), plan)
      const memory = Memory.make()
      const result = yield* Export.runUnit(plan.units[0]!).pipe(Effect.provide(memory.layer))
      assert.strictEqual(result.records, 25)
      assert.lengthOf(new Set(memory.ids("patients")), 25)
    }).pipe(Effect.provide(Simulator.layerClient({ patients: 25 })))
  )

  it.effect("what the server sends again at the seam of two pages is there once, and counted", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      const { kinds } = summaryOf(yield* exporting(out))
      const ids = linesOf(out, "patients").map((line) => JSON.parse(line).id)
      assert.lengthOf(ids, 60)
      assert.strictEqual(new Set(ids).size, 60)
      assert.isAbove(kinds[0]!.duplicates, 0)
    }).pipe(Effect.scoped, Effect.provide(Simulator.layerClient({ patients: 60, sharedInstants: 3 })))
  )

  it.effect("a record that breaks its schema is kept as it came, and counted", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      const { complete, kinds } = summaryOf(yield* exporting(out))
      assert.isTrue(complete)
      assert.strictEqual(kinds[0]!.drift, 1)
      assert.lengthOf(
        linesOf(out, "patients").filter((line) => line.includes('"firstName":17')),
        1
      )
    }).pipe(
      Effect.scoped,
      Effect.provide(
        Simulator.layerClient({
          patients: 20,
          faults: [{ match: { endpoint: "exports.patients" }, do: { _tag: "SetField", path: "/data/3/firstName", value: 17 } }]
        })
      )
    )
  )

  it("the newer version is told down to the nanosecond, and without a time it is the later one", () => {
    const at = (updatedAt: string | undefined) => ({ id: "1", updatedAt })
    assert.isTrue(replaces(at("2024-01-01T00:00:00.000001Z"), at("2024-01-01T00:00:00.000000Z")))
    assert.isFalse(replaces(at("2024-01-01T00:00:00.000001Z"), at("2024-01-01T00:00:00.000002Z")))
    assert.isFalse(replaces(at("2024-01-01T01:00:00+02:00"), at("2024-01-01T00:00:00Z")))
    assert.isTrue(replaces(at(undefined), at("2024-01-01T00:00:00Z")))
  })

  it.effect("through an outage of ten minutes: 40 requests at most, and every record in the end", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator.Simulator
      const memory = Memory.make()
      const fiber = yield* Effect.fork(gathered(memory))
      yield* TestClock.adjust("30 minutes")
      const events = yield* Fiber.join(fiber)
      assert.isTrue(summaryOf(events).complete)
      assert.include(
        events.map(({ _tag }) => _tag),
        "Waiting"
      )
      const ids = [...memory.ids("patients"), ...memory.ids("cdt-records")]
      assert.strictEqual(new Set(ids).size, ids.length)
      assert.isAbove(ids.length, 30)
      const failed = (yield* simulator.journal).filter(({ status }) => status === 503)
      assert.isAtMost(failed.length, 40 + 2 * 4)
    }).pipe(
      Effect.scoped,
      Effect.provide(
        Simulator.layerClient({
          patients: 30,
          faults: [{ match: { method: "GET", nth: 3, times: 40 }, do: { _tag: "Status", status: 503 } }]
        })
      )
    )
  )

  it.effect("one kind that fails for ever does not stop the other, and is in the summary", () =>
    Effect.gen(function* () {
      const fiber = yield* Effect.fork(gathered(Memory.make()))
      yield* TestClock.adjust("2 hours")
      const { complete, failures, kinds } = summaryOf(yield* Fiber.join(fiber))
      assert.isFalse(complete)
      assert.deepStrictEqual(
        kinds.map(({ name, records, verdict }) => [name, records, verdict]),
        [
          ["patients", 10, "incomplete"],
          ["cdt-records", kinds[1]!.records, "verified"]
        ]
      )
      assert.deepInclude(failures[0], { unit: "patients", error: "ServerError", status: 500 })
    }).pipe(
      Effect.scoped,
      Effect.provide(
        Simulator.layerClient({
          patients: 30,
          faults: [{ match: { endpoint: "exports.patients", nth: 2, times: "always" }, do: { _tag: "Status", status: 500 } }]
        })
      )
    )
  )
})

describe("the folder", () => {
  it.effect(
    "a journal cut at any byte goes on; one with a changed byte goes on only from before it, or is refused with a reason",
    () =>
      Effect.gen(function* () {
        const golden = yield* temporaryFolder
        yield* exporting(golden, { kinds: ["patients"] })
        const journal = readFileSync(join(golden, "journal.ndjson"))
        const part = readFileSync(join(golden, "patients/part-00001.ndjson.gz"))
        const expected = linesOf(golden, "patients")
        let refused = 0
        const tries = runs({ test: 40, sweep: journal.length })
        for (let n = 0; n < tries; n++) {
          for (const harm of ["cut", "flip"] as const) {
            const out = yield* temporaryFolder
            const at = Math.floor((n * journal.length) / tries)
            const harmed = harm === "cut" ? journal.subarray(0, at) : Buffer.from(journal)
            if (harm === "flip") harmed[at]! ^= 1
            mkdirSync(join(out, "patients"))
            writeFileSync(join(out, "journal.ndjson"), harmed)
            writeFileSync(join(out, "patients/part-00001.ndjson.gz.tmp"), part)
            const result = yield* Effect.either(exporting(out, { kinds: ["patients"] }))
            if (result._tag === "Right") {
              assert.deepStrictEqual(linesOf(out, "patients"), expected, `${harm} at ${at}`)
            } else {
              refused++
              assert.include(["FolderDamaged", "FolderRefused"], result.left._tag, `${harm} at ${at}`)
              assert.notInclude(result.left.message, expected[0]!.slice(10, 40))
            }
          }
        }
        assert.isAbove(refused, 0)
      }).pipe(Effect.scoped, Effect.provide(Simulator.layerClient({ patients: 30 }))),
    { timeout: runs({ test: 120_000, sweep: 1_800_000 }) }
  )

  it.live("fifty that start at once: one winner, and it takes over from a dead writer", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      const alive = (pid: number) => pid < 100
      const owner = (pid: number) => ({ host: "here", boot: "one", pid, started: "1" })
      const folder = yield* Folder.take(out).pipe(Effect.provide(NodeContext.layer))
      for (let round = 0; round < runs({ test: 5, sweep: 100 }); round++) {
        writeFileSync(join(out, "lock"), JSON.stringify(owner(1000)))
        const starts = yield* Effect.forEach(
          Array.from({ length: 50 }, (_, pid) => pid),
          (pid) =>
            Effect.scoped(Effect.zipRight(Lock.hold(folder), Effect.sleep("1 second"))).pipe(
              Effect.either,
              Effect.provideService(Lock.Processes, { self: () => owner(pid), user: () => "", isAlive: (one) => alive(one.pid) })
            ),
          { concurrency: "unbounded" }
        )
        assert.lengthOf(
          starts.filter(({ _tag }) => _tag === "Right"),
          1
        )
        for (const start of starts) if (start._tag === "Left") assert.strictEqual(start.left._tag, "FolderLocked")
        assert.deepStrictEqual(readdirSync(out), [])
      }
    }).pipe(Effect.scoped)
  )

  it.effect("a link planted where a part goes is refused, and its target is untouched", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      const elsewhere = yield* temporaryFolder
      symlinkSync(elsewhere, join(out, "patients"))
      writeFileSync(join(out, "journal.ndjson"), "")
      const error = yield* Effect.flip(exporting(out, { kinds: ["patients"] }))
      assert.strictEqual(error._tag, "DiskError")
      assert.deepStrictEqual(readdirSync(elsewhere), [])
    }).pipe(Effect.scoped, Effect.provide(Simulator.layerClient({ patients: 5 })))
  )

  it.effect(
    "every corruption is found: changed bytes, cuts, missing and extra files",
    () =>
      Effect.gen(function* () {
        const out = yield* temporaryFolder
        yield* exporting(out)
        const sound = yield* Verify.verify(out)
        assert.deepStrictEqual(sound.differences, [])
        assert.isTrue(sound.complete)
        const names = readdirSync(out, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
        const missed: Array<string> = []
        for (let n = 0; n < runs({ test: 60, sweep: 1000 }); n++) {
          const name = names[yield* Random.nextIntBetween(0, names.length)]!
          const before = readFileSync(name)
          const at = yield* Random.nextIntBetween(0, before.length)
          const how = yield* Random.nextIntBetween(0, 4)
          const changed = Buffer.from(before)
          changed[at]! ^= 1 << (yield* Random.nextIntBetween(0, 8))
          const stranger = `${name}.more`
          if (how === 0) writeFileSync(name, changed)
          else if (how === 1) writeFileSync(name, before.subarray(0, at))
          else if (how === 2) rmSync(name)
          else writeFileSync(stranger, "")
          if ((yield* Verify.verify(out)).differences.length === 0) missed.push(`${how} ${name} ${at}`)
          writeFileSync(name, before)
          rmSync(stranger, { force: true })
        }
        assert.deepStrictEqual(missed, [])
        assert.deepStrictEqual((yield* Verify.verify(out)).differences, [])
      }).pipe(
        Effect.withRandom(Random.make(seed ?? 1)),
        Effect.scoped,
        Effect.provide([NodeContext.layer, Simulator.layerClient({ patients: 30 })])
      ),
    { timeout: 600_000 }
  )
})
