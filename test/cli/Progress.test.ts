import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as TestClock from "effect/TestClock"
import type * as Display from "../../src/cli/Display.js"
import { Output } from "../../src/cli/Output.js"
import * as Progress from "../../src/cli/Progress.js"
import type { Event } from "../../src/export/Export.js"
import * as Metrics from "../../src/Metrics.js"
import { TransportError } from "../../src/WelkinError.js"

const result = {
  mode: "bulk" as const,
  records: 30,
  duplicates: 0,
  superseded: 0,
  drift: 2,
  removedDuringExport: 0,
  reading: ["cursor" as const],
  verdict: "verified" as const,
  cursor: null,
  files: []
}

const error = new TransportError({
  endpoint: "exports.sms",
  method: "GET",
  route: "/export/SMS",
  attempts: 4,
  waitedMillis: 0,
  stopped: "Attempts",
  reason: "Refused"
})

const started: Event = { _tag: "Started", kinds: ["patients", "sms"] }
const page = (kind: string, records: number): Event => ({ _tag: "PageWritten", kind, unit: kind, records, bytes: 100 })

/** What is said on stderr: notes, and lines that are redrawn. */
const listening = (progress: Display.Progress) => {
  const said: Array<string> = []
  const keep = (text: string) => Effect.sync(() => void said.push(text))
  const live = (lines: ReadonlyArray<string>) => keep(`live ${lines.join(" | ")}`)
  const output: Output["Type"] = { progress, result: keep, body: keep, note: keep, detail: keep, live, heeding: () => output }
  return { said, layer: Layer.succeed(Output, output) }
}

const following = (...events: ReadonlyArray<Event>) => events.reduce(Progress.after, Progress.begun)

describe("progress", () => {
  it("one line: what is done, what is under way and how fast, not counting what was there before", () => {
    const resumed: Event = { _tag: "Resumed", kind: "patients", unit: "patients", records: 1000 }
    const progress = following(started, resumed, page("patients", 4000), page("sms", 2000))
    assert.strictEqual(Progress.line(progress, 2000), "0 of 2 kinds done · patients 5,000 · sms 2,000 · 3,000/s")
    const finished = Progress.after(progress, { _tag: "KindFinished", kind: "sms", result: { name: "sms", ...result } })
    assert.strictEqual(Progress.line(finished, 500), "1 of 2 kinds done · patients 5,000")
  })

  it("says that it waits for the server, until the next page", () => {
    const waiting = following(started, page("sms", 10), { _tag: "Waiting", kind: "sms", error })
    assert.include(Progress.line(waiting, 500), "waiting for the server (TransportError)")
    assert.notInclude(Progress.line(Progress.after(waiting, page("sms", 10)), 500), "waiting")
  })

  it.scoped("without a terminal: a line every ten seconds, and nothing that is redrawn", () =>
    Effect.gen(function* () {
      const { layer, said } = listening("plain")
      const show = yield* Effect.provide(Progress.display, layer)
      yield* show(started)
      yield* show(page("sms", 50))
      yield* TestClock.adjust("9 seconds")
      assert.deepStrictEqual(said, ["exporting patients, sms"])
      yield* TestClock.adjust("21 seconds")
      assert.deepStrictEqual(said.slice(1), [
        "0 of 2 kinds done · sms 50 · 5/s",
        "0 of 2 kinds done · sms 50 · 3/s",
        "0 of 2 kinds done · sms 50 · 2/s"
      ])
    })
  )

  it.scoped("on a terminal: a line a kind and one for all, redrawn, and gone in the end", () =>
    Effect.gen(function* () {
      const { layer, said } = listening("bar")
      yield* Effect.scoped(
        Effect.gen(function* () {
          const show = yield* Effect.provide(Progress.display, layer)
          yield* show(started)
          yield* show(page("sms", 50))
          yield* TestClock.adjust("1 second")
          yield* show(page("patients", 1000))
          yield* TestClock.adjust("200 millis")
        })
      )
      assert.deepStrictEqual(said.slice(1), [
        ...Array.from({ length: 4 }, () => "live sms         50 | 0 of 2 kinds done"),
        "live sms         50 · 50/s | 0 of 2 kinds done · 50/s",
        "live patients      1,000 · 833/s | sms              50 · 42/s | 0 of 2 kinds done · 875/s",
        "live "
      ])
    })
  )

  it.scoped("says that the server wants to be left alone, and for how long", () =>
    Effect.gen(function* () {
      const { layer, said } = listening("bar")
      const show = yield* Effect.provide(Progress.display, layer)
      yield* show(started)
      yield* Effect.acquireRelease(Metric.set(Metrics.pausedUntil, 2000), () => Metric.set(Metrics.pausedUntil, 0))
      yield* TestClock.adjust("600 millis")
      assert.strictEqual(said[1], "live 0 of 2 kinds done · rate limited, waiting 2 s (honouring Retry-After)")
      yield* TestClock.adjust("1600 millis")
      assert.strictEqual(said.at(-1), "live 0 of 2 kinds done")
    })
  )

  it.scoped("not at all, if nobody wants it", () =>
    Effect.gen(function* () {
      const { layer, said } = listening("none")
      const show = yield* Effect.provide(Progress.display, layer)
      yield* show(started)
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(said, [])
    })
  )

  it("how long it takes still: from what this run has done, not from what was there", () => {
    const four: Event = { _tag: "Started", kinds: ["patients", "sms", "tasks", "emails"] }
    const finished = (kind: string): Event => ({ _tag: "KindFinished", kind, result: { name: kind, ...result } })
    const ended: Event = { _tag: "UnitFinished", kind: "patients", unit: "patients", result }
    const resumed = following(four, { _tag: "Resumed", kind: "patients", unit: "patients", records: 30 }, ended, finished("patients"))
    assert.strictEqual(Progress.line(resumed, 10_000), "1 of 4 kinds done")
    const one = Progress.after(resumed, finished("sms"))
    assert.strictEqual(Progress.line(one, 10_000), "2 of 4 kinds done · about 20 s left")
    assert.strictEqual(Progress.line(one, 300_000), "2 of 4 kinds done · about 10 min left")
    assert.strictEqual(Progress.line(one, 7_200_000), "2 of 4 kinds done · about 4 h left")
    assert.strictEqual(Progress.line(following(four, ...four.kinds.map(finished)), 10_000), "4 of 4 kinds done")
  })

  it("of a crawl, the units that have come to their end speak for the others, and not those of an earlier run", () => {
    const crawled: Event = { _tag: "KindStarted", kind: "sms", mode: "crawl", units: 4 }
    const unit = (n: number) => ({ kind: "sms", unit: `sms/0000${n}` })
    const resumed = (n: number): Event => ({ _tag: "Resumed", ...unit(n), records: 7 })
    const ended = (n: number): Event => ({ _tag: "UnitFinished", ...unit(n), result })
    const before = following({ _tag: "Started", kinds: ["sms"] }, crawled, resumed(1), ended(1))
    assert.strictEqual(Progress.line(before, 10_000), "0 of 1 kinds done · sms 7 (25%)")
    const one = Progress.after(before, ended(2))
    assert.strictEqual(Progress.line(one, 10_000), "0 of 1 kinds done · sms 7 (50%) · about 20 s left")
    // one that failed is not waited for, nor one that goes on where it was left
    const failed: Event = { _tag: "UnitFailed", ...unit(3), error }
    assert.strictEqual(Progress.line(Progress.after(one, failed), 10_000), "0 of 1 kinds done · sms 7 (75%) · about 5 s left")
    const goingOn = following({ _tag: "Started", kinds: ["sms"] }, crawled, resumed(1), ended(2))
    assert.strictEqual(Progress.line(goingOn, 10_000), "0 of 1 kinds done · sms 7 (25%) · about 30 s left")
    assert.deepStrictEqual(Progress.lines(goingOn, 500), ["sms          7 (25%)", "0 of 1 kinds done"])
    // other kinds that are done or open count as much as this one
    const two = following({ _tag: "Started", kinds: ["sms", "tasks", "emails"] }, crawled, ended(1), page("tasks", 5), {
      _tag: "KindFinished",
      kind: "tasks",
      result: { name: "tasks", ...result }
    })
    assert.include(Progress.line(two, 10_000), " · about 14 s left")
    // what is forbidden is told of one unit
    const forbidden = following({ _tag: "Started", kinds: ["sms", "tasks"] }, crawled, failed, {
      _tag: "KindFinished",
      kind: "sms",
      result: { name: "sms", ...result }
    })
    assert.strictEqual(Progress.line(forbidden, 10_000), "1 of 2 kinds done · about 10 s left")
  })

  it.scoped("of a crawl, tells how long it takes still while time goes on", () =>
    Effect.gen(function* () {
      const { layer, said } = listening("plain")
      const show = yield* Effect.provide(Progress.display, layer)
      yield* show({ _tag: "Started", kinds: ["sms"] })
      yield* show({ _tag: "KindStarted", kind: "sms", mode: "crawl", units: 4 })
      yield* show({ _tag: "UnitFinished", kind: "sms", unit: "sms/00001", result })
      yield* show(page("sms", 50))
      yield* TestClock.adjust("10 seconds")
      yield* show({ _tag: "UnitFinished", kind: "sms", unit: "sms/00002", result })
      yield* TestClock.adjust("10 seconds")
      assert.deepStrictEqual(said.slice(1), [
        "0 of 1 kinds done · sms 50 (25%) · 5/s · about 30 s left",
        "0 of 1 kinds done · sms 50 (50%) · 3/s · about 20 s left"
      ])
    })
  )

  it("a kind that falls back from its export route begins anew, in units", () => {
    const bulk: Event = { _tag: "KindStarted", kind: "sms", mode: "bulk", units: 1 }
    const crawled: Event = { _tag: "KindStarted", kind: "sms", mode: "crawl", units: 2 }
    const ended: Event = { _tag: "UnitFinished", kind: "sms", unit: "sms/00001", result }
    const fallen = following(
      { _tag: "Started", kinds: ["sms"] },
      bulk,
      { _tag: "FellBack", kind: "sms", error },
      crawled,
      page("sms", 4),
      ended
    )
    assert.strictEqual(Progress.line(fallen, 1000), "0 of 1 kinds done · sms 4 (50%) · 4/s · about 1 s left")
  })

  it.scoped("the end of a kind is said once, with what was not as its schema says", () =>
    Effect.gen(function* () {
      const { layer, said } = listening("plain")
      const show = yield* Effect.provide(Progress.display, layer)
      yield* show(started)
      yield* show({ _tag: "KindFinished", kind: "patients", result: { name: "patients", ...result } })
      yield* show({ _tag: "UnitFailed", kind: "sms", unit: "sms", error })
      assert.deepStrictEqual(said.slice(1), [
        "patients: 30 records, done; 2 not as their schema says, kept as they came",
        `sms: TransportError: ${error.message}`
      ])
    })
  )

  it("an event as JSON holds no error's body", () => {
    assert.deepStrictEqual(JSON.parse(Progress.jsonOf({ _tag: "UnitFailed", kind: "sms", unit: "sms", error })), {
      event: "UnitFailed",
      kind: "sms",
      error: "TransportError",
      endpoint: "exports.sms"
    })
  })
})
