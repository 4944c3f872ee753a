import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Limiter from "../../src/internal/limiter.js"
import * as Limits from "../../src/Limits.js"
import * as Metrics from "../../src/Metrics.js"
import { whileTimePasses } from "../support/clock.js"
import * as Notes from "../support/notes.js"
import * as Scripted from "../support/scripted.js"

/** Answers after a while, and knows how many requests were under way at most. */
const busy = (
  reply: (n: number) => Scripted.Reply = () => ({ body: { content: [], last: true } }),
  takes: Duration.DurationInput = "100 millis"
) => {
  const seen = { requests: 0, now: 0, most: 0 }
  const answer = () =>
    Effect.acquireUseRelease(
      Effect.sync(() => {
        seen.most = Math.max(seen.most, ++seen.now)
        return ++seen.requests
      }),
      (n) => Effect.as(Effect.sleep(takes), reply(n)),
      () => Effect.sync(() => seen.now--)
    )
  return { seen, answer }
}

const many = <A, E, R>(count: number, call: Effect.Effect<A, E, R>) =>
  Effect.all(
    Array.from({ length: count }, () => call),
    { concurrency: "unbounded" }
  )

const client = (answer: Parameters<typeof Scripted.client>[0], concurrency: number) =>
  Scripted.client(answer).pipe(Layer.provide(Limits.layer({ concurrency })))

describe("requests of one client", () => {
  for (const concurrency of [1, 3, 8]) {
    it.effect(`are never more than ${concurrency} at a time, where that is the limit, and not fewer`, () => {
      const { answer, seen } = busy()
      return Effect.gen(function* () {
        yield* whileTimePasses("50 millis")(many(40, Notes.list()))
        assert.deepEqual(seen, { requests: 40, now: 0, most: concurrency })
      }).pipe(Effect.provide(client(answer, concurrency)))
    })
  }

  it.effect("are counted until their body has been read", () => {
    const { answer, seen } = busy(() => ({ body: "x".repeat(10) }))
    return Effect.gen(function* () {
      yield* Notes.file({ noteId: "n-1" }).pipe(
        Stream.runForEach(() => Effect.sleep("1 seconds")),
        (one) => whileTimePasses("100 millis")(many(6, one))
      )
      assert.strictEqual(seen.most, 2)
      const open = yield* Effect.fork(Stream.runForEach(Notes.file({ noteId: "n-1" }), () => Effect.never))
      const other = yield* Effect.fork(Stream.runForEach(Notes.file({ noteId: "n-1" }), () => Effect.never))
      yield* TestClock.adjust("1 seconds")
      const queued = yield* Effect.fork(Notes.file({ noteId: "n-1" }).pipe(Stream.runDrain))
      yield* TestClock.adjust("60 seconds")
      assert.isTrue(Option.isNone(yield* Fiber.poll(queued)))
      yield* Fiber.interrupt(open)
      yield* whileTimePasses("50 millis")(Fiber.join(queued))
      yield* Fiber.interrupt(other)
    }).pipe(Effect.provide(client(answer, 2)))
  })

  it.effect("halve when the server says 429, and grow again with its answers", () => {
    // so slow that the pace holds nobody back
    const { answer, seen } = busy((n) => (n === 1 ? { status: 429 } : { body: { content: [], last: true } }), "20 seconds")
    const mostOf = (count: number) =>
      Effect.gen(function* () {
        seen.most = 0
        yield* whileTimePasses("5 seconds")(many(count, Notes.list()))
        return seen.most
      })
    return Effect.gen(function* () {
      assert.strictEqual(yield* mostOf(1), 1)
      assert.strictEqual(yield* mostOf(4), 4)
      // one more at a time for as many answers as there are places: 4 + 5 + 6 + 7
      assert.isBelow(yield* mostOf(12), 8)
      assert.strictEqual(yield* mostOf(40), 8)
    }).pipe(Effect.provide(client(answer, 8)))
  })

  it.effect(
    "that queue can be interrupted, and leave their place in the queue",
    () => {
      const { answer, seen } = busy()
      return Effect.gen(function* () {
        const first = yield* Effect.fork(Notes.list())
        yield* TestClock.adjust("10 millis")
        const queued = yield* Effect.fork(Notes.list())
        const last = yield* Effect.fork(Notes.list())
        yield* TestClock.adjust("10 millis")
        // no time passes: an interruption that waits for a place would never return
        yield* Fiber.interrupt(queued)
        yield* whileTimePasses("50 millis")(Fiber.joinAll([first, last]))
        yield* whileTimePasses("50 millis")(many(3, Notes.list()))
        assert.deepEqual(seen, { requests: 5, now: 0, most: 1 })
      }).pipe(Effect.provide(client(answer, 1)))
    },
    5_000
  )

  it.effect("that wait out a pause of the server can be interrupted", () => {
    const { answer, seen } = busy((n) => (n === 1 ? { status: 429, headers: { "retry-after": "30" } } : { body: {} }))
    return Effect.gen(function* () {
      const first = yield* Effect.fork(Notes.list())
      yield* TestClock.adjust("1 seconds")
      const second = yield* Effect.fork(Notes.list())
      yield* TestClock.adjust("1 seconds")
      yield* Fiber.interruptAll([first, second])
      yield* TestClock.adjust("60 seconds")
      assert.strictEqual(seen.requests, 1)
    }).pipe(Effect.provide(client(answer, 8)))
  })
})

/** When each of the effects was let in, in milliseconds. */
const entries = (limiter: Limiter.Limiter, count: number) =>
  many(
    count,
    Effect.scoped(
      Effect.zipRight(
        limiter.enter,
        Effect.clockWith((clock) => clock.currentTimeMillis)
      )
    )
  )

describe("Limiter", () => {
  it.effect("keeps no pace and costs no time while nobody complains, and again after half a minute without a complaint", () =>
    Effect.gen(function* () {
      const limiter = yield* Limiter.make(4)
      yield* Effect.repeatN(limiter.succeeded, 99)
      assert.deepEqual(
        yield* entries(limiter, 50),
        Array.from({ length: 50 }, () => 0)
      )
      yield* limiter.slowDown
      // 85 a second, for a hundred have just succeeded
      const fiber = yield* Effect.fork(entries(limiter, 50))
      yield* TestClock.adjust("500 millis")
      assert.isTrue(Option.isNone(yield* Fiber.poll(fiber)))
      yield* TestClock.adjust("100 millis")
      yield* Fiber.join(fiber)
      yield* TestClock.adjust("30400 millis")
      assert.deepEqual(
        yield* entries(limiter, 50),
        Array.from({ length: 50 }, () => 31_000)
      )
    })
  )

  it.effect("a second in which nothing gets through halves the pace, and no more", () =>
    Effect.gen(function* () {
      const limiter = yield* Limiter.make(8)
      yield* Effect.repeatN(limiter.succeeded, 99)
      yield* limiter.slowDown
      yield* TestClock.adjust("2 seconds")
      yield* limiter.slowDown
      const fiber = yield* Effect.fork(entries(limiter, 21))
      yield* TestClock.adjust("600 millis")
      const at = yield* Fiber.join(fiber)
      // 85 % of fifty a second
      assert.closeTo(Math.max(...at) - 2000, (20 / 42.5) * 1000, 25)
    })
  )

  it.effect("a call that waits for its turn can be interrupted, and the turn is the next one's", () =>
    Effect.gen(function* () {
      const limiter = yield* Limiter.make(8)
      yield* limiter.slowDown
      const [at] = yield* entries(limiter, 1)
      assert.strictEqual(at, 0)
      const waiting = yield* Effect.fork(entries(limiter, 5))
      const last = yield* Effect.fork(entries(limiter, 1))
      yield* TestClock.adjust("100 millis")
      yield* Fiber.interrupt(waiting)
      // seven a second, for eight were under way when the server complained
      yield* TestClock.adjust("50 millis")
      assert.closeTo((yield* Fiber.join(last))[0]!, 147, 2)
    })
  )

  it.effect("a pause that begins while others wait for their turns holds them, and they come one by one behind it", () =>
    Effect.gen(function* () {
      const limiter = yield* Limiter.make(8)
      yield* limiter.slowDown
      const waiting = yield* Effect.fork(entries(limiter, 4))
      yield* TestClock.adjust("10 millis")
      yield* limiter.pauseFor(2000)
      const at = (yield* whileTimePasses("100 millis")(Fiber.join(waiting))).toSorted((one, other) => one - other)
      assert.strictEqual(at[0], 0)
      assert.isAtLeast(at[1]!, 2010)
      for (const n of [2, 3]) assert.isAtLeast(at[n]! - at[n - 1]!, 100)
    })
  )

  it.effect("lets nobody in during a pause; the longer of two pauses counts", () =>
    Effect.gen(function* () {
      const limiter = yield* Limiter.make(4)
      yield* TestClock.adjust("10 seconds")
      yield* limiter.pauseFor(5000)
      yield* limiter.pauseFor(1000)
      const fiber = yield* Effect.fork(entries(limiter, 3))
      yield* TestClock.adjust("4999 millis")
      assert.isTrue(Option.isNone(yield* Fiber.poll(fiber)))
      const at = yield* whileTimePasses("1 millis")(Fiber.join(fiber))
      assert.isTrue(at.every((millis) => millis >= 15_000 && millis <= 15_002))
    })
  )

  it.scoped("tells until when it pauses, by the wall clock", () =>
    Effect.gen(function* () {
      const limiter = yield* Limiter.make(4)
      const told = Effect.map(Metric.value(Metrics.pausedUntil), ({ value }) => value)
      yield* Effect.addFinalizer(() => Metric.set(Metrics.pausedUntil, 0))
      yield* TestClock.setTime(100_000)
      yield* limiter.pauseFor(5000)
      assert.strictEqual(yield* told, 105_000)
      yield* limiter.pauseFor(1000)
      assert.strictEqual(yield* told, 105_000)
      yield* limiter.pauseFor(5000.2)
      assert.strictEqual(yield* told, 105_001)
    })
  )

  it.effect("a pause that begins while others queue holds them as well", () =>
    Effect.gen(function* () {
      const limiter = yield* Limiter.make(1)
      const leave = yield* Deferred.make<void>()
      const inside = yield* Effect.fork(Effect.scoped(Effect.zipRight(limiter.enter, Deferred.await(leave))))
      const queued = yield* Effect.fork(entries(limiter, 1))
      yield* TestClock.adjust("1 millis")
      yield* limiter.pauseFor(2000)
      yield* Deferred.succeed(leave, undefined)
      yield* Fiber.join(inside)
      const [at] = yield* whileTimePasses("10 millis", 400)(Fiber.join(queued))
      assert.isAtLeast(at!, 2000)
    })
  )

  it.effect("a burst of refusals halves once; never fewer than one place is left", () =>
    Effect.gen(function* () {
      const limiter = yield* Limiter.make(8)
      const width = Effect.gen(function* () {
        const most = yield* Ref.make({ now: 0, most: 0 })
        yield* many(
          10,
          Effect.scoped(
            Effect.zipRight(
              limiter.enter,
              Effect.acquireUseRelease(
                Ref.update(most, ({ most, now }) => ({ now: now + 1, most: Math.max(most, now + 1) })),
                // so long that the pace holds nobody back
                () => Effect.sleep("60 seconds"),
                () => Ref.update(most, (state) => ({ ...state, now: state.now - 1 }))
              )
            )
          )
        ).pipe(whileTimePasses("20 seconds"))
        return (yield* Ref.get(most)).most
      })
      yield* Effect.all([limiter.slowDown, limiter.slowDown, limiter.slowDown])
      assert.strictEqual(yield* width, 4)
      for (const left of [2, 1, 1]) {
        yield* TestClock.adjust("1 seconds")
        yield* limiter.slowDown
        assert.strictEqual(yield* width, left)
      }
    })
  )

  it.effect("a second after a refusal begins another event", () =>
    Effect.gen(function* () {
      const limiter = yield* Limiter.make(8)
      // how many get a place while nobody leaves
      const width = Effect.gen(function* () {
        const inside = yield* Ref.make(0)
        const held = Effect.scoped(
          Effect.zipRight(
            limiter.enter,
            Effect.zipRight(
              Ref.update(inside, (n) => n + 1),
              Effect.never
            )
          )
        )
        const fiber = yield* Effect.fork(many(10, held))
        yield* TestClock.adjust("60 seconds")
        yield* Fiber.interrupt(fiber)
        return yield* Ref.get(inside)
      })
      yield* limiter.slowDown
      yield* TestClock.adjust("999 millis")
      yield* limiter.slowDown
      assert.strictEqual(yield* width, 4)
      yield* limiter.slowDown
      yield* TestClock.adjust("1000 millis")
      yield* limiter.slowDown
      assert.strictEqual(yield* width, 1)
    })
  )

  it.effect("has a hundred spare retries, and earns one with ten successes", () =>
    Effect.gen(function* () {
      const limiter = yield* Limiter.make(8)
      const spent = (count: number) =>
        Effect.map(Effect.all(Array.from({ length: count }, () => limiter.spend)), (all) => all.filter(Boolean).length)
      const succeed = (count: number) => Effect.repeatN(limiter.succeeded, count - 1)
      assert.strictEqual(yield* spent(150), 100)
      yield* succeed(9)
      assert.strictEqual(yield* spent(1), 0)
      yield* succeed(1)
      assert.strictEqual(yield* spent(2), 1)
      yield* succeed(5000)
      assert.strictEqual(yield* spent(150), 100)
    })
  )
})
