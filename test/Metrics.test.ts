import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Metric from "effect/Metric"
import * as MetricState from "effect/MetricState"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Endpoint from "../src/Endpoint.js"
import * as Recorder from "../src/internal/recorder.js"
import * as Metrics from "../src/Metrics.js"
import * as Pagination from "../src/Pagination.js"
import * as RetryPolicy from "../src/RetryPolicy.js"
import * as v1 from "../src/v1/index.js"
import * as v8 from "../src/v8/index.js"
import * as WelkinClient from "../src/WelkinClient.js"
import * as E from "../src/WelkinError.js"
import { whileTimePasses } from "./support/clock.js"
import * as Notes from "./support/notes.js"
import * as Scripted from "./support/scripted.js"

type Series = Readonly<Record<string, number>>

/** Every series of this SDK, as `name key=value key=value`; of a histogram the sum. */
const snapshot: Effect.Effect<Series> = Effect.map(Metric.snapshot, (pairs) =>
  Object.fromEntries(
    pairs.flatMap(({ metricKey, metricState }) => {
      if (!metricKey.name.startsWith("welkin.")) return []
      const labels = metricKey.tags.filter(({ key }) => key !== "unit").map(({ key, value }) => `${key}=${value}`)
      const value = MetricState.isCounterState(metricState)
        ? Number(metricState.count)
        : MetricState.isGaugeState(metricState)
          ? Number(metricState.value)
          : MetricState.isHistogramState(metricState)
            ? metricState.sum
            : Number.NaN
      return [[[metricKey.name, ...labels.toSorted()].join(" "), value]]
    })
  )
)

/** What an effect adds to each series, those of the token aside. */
const added = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<Series, never, R> =>
  Effect.gen(function* () {
    const before = yield* snapshot
    yield* Effect.exit(effect)
    const after = yield* snapshot
    return Object.fromEntries(
      Object.entries(after).flatMap(([name, value]) => {
        const more = value - (before[name] ?? 0)
        return more === 0 || name.includes("authentication.exchange") || name.startsWith("welkin.call.duration") ? [] : [[name, more]]
      })
    )
  })

const page = { content: [{ id: "a" }, { id: "b" }], last: true }

/** Answers one after the other, the last one for ever. */
const script = (...replies: ReadonlyArray<Scripted.Reply>) => {
  let n = 0
  return Scripted.client(() => Effect.sync(() => replies[Math.min(n++, replies.length - 1)]!))
}

const only = (series: Series, ...names: ReadonlyArray<string>): Series =>
  Object.fromEntries(Object.entries(series).filter(([name]) => names.some((one) => name.startsWith(one))))

describe("Metrics", () => {
  it.effect("count a call, its bytes and its records", () =>
    Effect.gen(function* () {
      yield* Notes.list()
      const series = yield* added(Notes.list())
      assert.deepEqual(series, {
        "welkin.bytes welkin.endpoint=notes.list": JSON.stringify(page).length,
        "welkin.calls http.response.status_class=2xx welkin.endpoint=notes.list": 1,
        "welkin.records welkin.endpoint=notes.list": 2
      })
    }).pipe(Effect.provide(script({ body: page })))
  )

  it.effect("count the records of every style of page, and of lists that come whole, however they are read", () =>
    Effect.gen(function* () {
      const { endpoint } = Notes
      const path = "/{tenant}/{instance}/pages"
      const rows = [{ id: "a" }, { id: "b" }, { id: "c" }]
      const spring = endpoint.get("pages.spring", path, { success: Pagination.springPage(Notes.Note) })
      const cursor = endpoint.get("pages.cursor", path, { success: Pagination.cursorPage(Notes.Note) })
      for (const [call, body, records] of [
        [spring(), { content: rows }, 3],
        [Endpoint.raw(spring)(), { content: rows }, 3],
        [endpoint.get("pages.meta", path, { success: Pagination.metaInfoPage(Notes.Note) })(), { data: rows, metaInfo: {} }, 3],
        [endpoint.get("pages.token", path, { success: Pagination.pageTokenPage(Notes.Note) })(), { content: rows, meta: {} }, 3],
        [cursor(), { rows, hasNext: false }, 3],
        [Endpoint.source(cursor, Pagination.cursorPage(Schema.Unknown))(), { data: rows, cursor: {} }, 3],
        [
          endpoint.get("pages.deep", path, { success: Schema.Struct({ records: Pagination.metaInfoPage(Notes.Note) }) })(),
          { records: { data: rows, metaInfo: {} } },
          3
        ],
        [endpoint.get("pages.whole", path, { success: Schema.Array(Notes.Note) })(), rows, 3],
        // one record, whatever it has for a field
        [Notes.get({ noteId: "a" }), { id: "a", content: rows, data: rows }, undefined]
      ] as const) {
        const series = yield* Effect.provide(added(call as Effect.Effect<unknown, unknown, WelkinClient.WelkinClient>), script({ body }))
        assert.deepEqual(Object.values(only(series, "welkin.records")), records === undefined ? [] : [records], JSON.stringify(body))
      }
    })
  )

  it.effect("count a failure by its tag, each request sent again by the tag of the one before, and what was waited", () =>
    Effect.gen(function* () {
      const series = yield* added(whileTimePasses("1 seconds")(Notes.list()))
      const waited = only(series, "welkin.waits")
      assert.deepEqual(only(series, "welkin.calls", "welkin.failures", "welkin.retries"), {
        "welkin.calls http.response.status_class=4xx welkin.endpoint=notes.list": 1,
        "welkin.failures error.type=NotFound http.request.method=GET": 1,
        "welkin.retries error.type=RateLimited welkin.endpoint=notes.list": 1,
        "welkin.retries error.type=ServerError welkin.endpoint=notes.list": 1,
        "welkin.retries error.type=TransportError welkin.endpoint=notes.list": 1
      })
      // half of 250, of 500 and of the tenth of two seconds; the pause is everybody's
      assert.deepEqual(Object.keys(waited).toSorted(), ["welkin.waits welkin.wait=backoff", "welkin.waits welkin.wait=pause"])
      assert.strictEqual(waited["welkin.waits welkin.wait=backoff"], 100 + 250)
      assert.closeTo(waited["welkin.waits welkin.wait=pause"]!, 2000, 2)
    }).pipe(
      Effect.withRandom(Random.fixed([0.5])),
      Effect.provide(
        (() => {
          let n = 0
          return Scripted.client(
            (): Effect.Effect<Scripted.Reply, unknown> =>
              [
                Scripted.connectionError("ECONNRESET"),
                Effect.succeed({ status: 503 }),
                Effect.succeed({ status: 429, headers: { "retry-after": "2" } }),
                Effect.succeed({ status: 404 })
              ][n++]!
          )
        })()
      )
    )
  )

  it.effect("count what a policy of one's own repeats under one name", () =>
    Effect.gen(function* () {
      const stubborn = RetryPolicy.withRetryPolicy(Notes.list(), { repeat: () => "Always" })
      const series = yield* added(whileTimePasses("1 seconds")(stubborn))
      assert.deepEqual(only(series, "welkin.retries"), { "welkin.retries error.type=_OTHER welkin.endpoint=notes.list": 2 })
    }).pipe(Effect.provide(script({ status: 409 }, { status: 400 }, { body: page })))
  )

  it.effect("tell the waits for a place and for the pace from one another", () =>
    Effect.gen(function* () {
      yield* Notes.list()
      const many = Effect.all(
        Array.from({ length: 12 }, () => Notes.list()),
        { concurrency: "unbounded" }
      )
      const waited = only(yield* added(whileTimePasses("500 millis")(many)), "welkin.waits")
      // four of twelve queue for one second
      assert.deepEqual(waited, { "welkin.waits welkin.wait=place": 4000 })
      yield* Effect.flip(RetryPolicy.withRetryPolicy(Notes.remove({ noteId: "a" }), RetryPolicy.none))
      const paced = only(yield* added(whileTimePasses("500 millis")(many)), "welkin.waits")
      assert.isAbove(paced["welkin.waits welkin.wait=pace"]!, 500)
    }).pipe(
      Effect.provide(
        Scripted.client(({ method }) =>
          method === "DELETE" ? Effect.succeed({ status: 429 }) : Effect.as(Effect.sleep("1 seconds"), { body: page })
        )
      ),
      (test) => whileTimePasses("250 millis")(test)
    )
  )

  it.effect("count a download once it has ended: read, failed or left half-way", () =>
    Effect.gen(function* () {
      const download = Notes.file({ noteId: "a" })
      const whole = yield* Effect.provide(added(Stream.runDrain(download)), script({ body: "x".repeat(100) }))
      assert.deepEqual(whole, {
        "welkin.bytes welkin.endpoint=notes.file": 100,
        "welkin.calls http.response.status_class=2xx welkin.endpoint=notes.file": 1
      })
      const left = yield* Effect.provide(added(Stream.runHead(download)), script({ body: "x".repeat(100) }))
      assert.deepEqual(left, whole)
      const broken = yield* Effect.provide(added(Stream.runDrain(download)), script({ body: Scripted.brokenBody("x".repeat(10)) }))
      assert.deepEqual(broken, {
        "welkin.calls http.response.status_class=2xx welkin.endpoint=notes.file": 1,
        "welkin.failures error.type=TruncatedBody http.request.method=GET": 1
      })
      const refused = yield* Effect.provide(added(Stream.runDrain(download)), script({ status: 403 }))
      assert.deepEqual(refused, {
        "welkin.calls http.response.status_class=4xx welkin.endpoint=notes.file": 1,
        "welkin.failures error.type=Forbidden http.request.method=GET": 1
      })
    })
  )

  it.effect("count an interrupted call as one without an answer, and as no failure", () =>
    Effect.gen(function* () {
      const series = yield* added(
        Effect.gen(function* () {
          const fiber = yield* Effect.fork(Notes.list())
          yield* TestClock.adjust("1 seconds")
          yield* Fiber.interrupt(fiber)
        })
      )
      assert.deepEqual(series, { "welkin.calls http.response.status_class=none welkin.endpoint=notes.list": 1 })
    }).pipe(Effect.provide(Scripted.client(() => Effect.never)))
  )

  it.effect("carry the labels that an application gives to a part of itself", () =>
    Effect.gen(function* () {
      const series = yield* added(Effect.tagMetrics(Notes.list(), "job", "nightly"))
      assert.deepEqual(only(series, "welkin.calls"), {
        "welkin.calls http.response.status_class=2xx job=nightly welkin.endpoint=notes.list": 1
      })
    }).pipe(Effect.provide(script({ body: page })))
  )

  it.effect("take the time of a call, its waits included", () =>
    Effect.gen(function* () {
      const name = "welkin.call.duration http.request.method=POST http.response.status_class=2xx"
      yield* Notes.list()
      const before = (yield* snapshot)[name] ?? 0
      yield* whileTimePasses("1 seconds")(Notes.create({ body: { text: "" } }))
      assert.closeTo((yield* snapshot)[name]! - before, 3000, 260)
    }).pipe(Effect.provide(script({ body: page }, { status: 429, headers: { "retry-after": "3" } }, { body: { id: "a" } })))
  )

  it.effect("say how long the pause of the server still lasts", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2026, 0, 1))
      assert.strictEqual(yield* Metrics.pauseLeft, 0)
      const fiber = yield* Effect.fork(Notes.list())
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual(yield* Metrics.pauseLeft, 20_000)
      yield* whileTimePasses("1 seconds")(Fiber.join(fiber))
      assert.strictEqual(yield* Metrics.pauseLeft, 0)
    }).pipe(Effect.provide(script({ status: 429, headers: { "retry-after": "30" } }, { body: page })))
  )
})

describe("Metrics: the worst case", () => {
  const facts = { endpoint: "", method: "", route: "", attempts: 1, waitedMillis: 0, stopped: "Final" } as const
  const descriptors = [...Endpoint.listOf(v8), ...Endpoint.listOf(v1), WelkinClient.request("GET", "/any", {}).descriptor]
  const errors = Object.values(E).filter((one) => typeof one === "function" && one.prototype instanceof Error) as ReadonlyArray<
    new (
      facts: object
    ) => E.WelkinError
  >
  const labels = ["welkin.endpoint", "welkin.wait", "http.request.method", "http.response.status_class", "error.type", "unit"]

  it.effect("every endpoint, every class of status and every error: 2,000 series a metric at most, and no label but those allowed", () =>
    Effect.gen(function* () {
      assert.isAbove(descriptors.length, 250)
      assert.strictEqual(errors.length, 21)
      const calls = Recorder.calls()
      const bytes = Recorder.bytes()
      const waited = Recorder.waits()
      for (const d of descriptors) {
        yield* bytes(d.id, 1)
        yield* calls.ended({ ...d, paging: "spring" }, 1, { value: { content: [1] } })
        for (const status of [undefined, 0, 200, 300, 400, 500]) yield* calls.ended(d, 1, { status })
        for (const Failure of errors) {
          const error = new Failure(facts)
          yield* calls.ended(d, 1, { error })
          yield* calls.retried(d, error)
        }
      }
      for (const cause of ["pause", "backoff", "place", "pace"] as const) yield* waited(cause, 1)
      const counts = new Map<string, number>()
      for (const { metricKey } of yield* Metric.snapshot) {
        if (!metricKey.name.startsWith("welkin.") || metricKey.tags.some(({ key }) => key === "job")) continue
        counts.set(metricKey.name, (counts.get(metricKey.name) ?? 0) + 1)
        for (const { key } of metricKey.tags) assert.include(labels, key)
      }
      assert.sameMembers(
        [...counts.keys()],
        ["calls", "failures", "retries", "waits", "records", "bytes", "call.duration", "paused.until"].map((name) => `welkin.${name}`)
      )
      for (const [name, count] of counts) assert.isAtMost(count, 2000, name)
      // a bucket is a series as well, for those who count so
      assert.isAtMost(counts.get("welkin.call.duration")! * 17, 2000)
    })
  )
})
