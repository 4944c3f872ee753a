import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/TestClock"
import * as Timing from "../../src/internal/timing.js"
import { TimeoutError, type WelkinError } from "../../src/WelkinError.js"

const limit = (seconds: number): Timing.Limit => ({
  millis: seconds * 1000,
  exceeded: () =>
    new TimeoutError({
      endpoint: "notes.get",
      method: "GET",
      route: "/notes",
      attempts: 1,
      waitedMillis: 0,
      stopped: "Final",
      phase: "idle",
      limitMillis: seconds * 1000
    })
})

const seconds = Effect.map(Clock.currentTimeMillis, (millis) => millis / 1000)

/** Runs until nothing is left to wait for, and tells how it ended and when. */
const timed = <A>(effect: Effect.Effect<A, WelkinError>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.fork(Effect.zip(Effect.exit(effect), seconds))
    yield* TestClock.adjust("1 hours")
    return yield* Fiber.join(fiber)
  })

/** The limit that was exceeded, in seconds. */
const exceeded = (exit: Exit.Exit<unknown, WelkinError>) =>
  Exit.isFailure(exit) && exit.cause._tag === "Fail" && exit.cause.error._tag === "TimeoutError"
    ? exit.cause.error.limitMillis / 1000
    : exit

describe("limits with one timer", () => {
  it.effect("the one that is exceeded first ends the work, in time", () =>
    Effect.gen(function* () {
      const [exit, at] = yield* timed(Timing.together(20_000, (within) => within(within(Effect.sleep("50 seconds"), limit(20)), limit(40))))
      assert.deepStrictEqual([exceeded(exit), at], [20, 20])
    })
  )

  it.effect("one that begins while the timer sleeps ends in time all the same", () =>
    Effect.gen(function* () {
      const work = (within: Timing.Within) => Effect.zipRight(Effect.sleep("7 seconds"), within(Effect.never, limit(10)))
      const [exit, at] = yield* timed(Timing.together(10_000, (within) => within(work(within), limit(30))))
      assert.deepStrictEqual([exceeded(exit), at], [10, 17])
    })
  )

  it.effect("one whose work is done does not count any more", () =>
    Effect.gen(function* () {
      const [exit, at] = yield* timed(
        Timing.together(10_000, (within) => Effect.zipRight(within(Effect.sleep("9 seconds"), limit(10)), Effect.sleep("90 seconds")))
      )
      assert.isTrue(Exit.isSuccess(exit))
      assert.strictEqual(at, 99)
    })
  )

  it.effect("work that nobody may interrupt ends when it is done", () =>
    Effect.gen(function* () {
      const [exit, at] = yield* timed(
        Effect.uninterruptible(Timing.together(10_000, (within) => within(Effect.as(Effect.sleep("3 seconds"), "done"), limit(10))))
      )
      assert.deepStrictEqual(exit, Exit.succeed("done"))
      assert.strictEqual(at, 3)
    })
  )

  it.effect("what the work held is given back before anything else happens, whoever ends it", () =>
    Effect.gen(function* () {
      const order: Array<string> = []
      const says = (word: string) => Effect.sync(() => order.push(word))
      const held = Timing.together(10_000, (within) =>
        within(
          Effect.onInterrupt(Effect.never, () => Effect.zipRight(Effect.yieldNow(), says("work"))),
          limit(10)
        )
      ).pipe(Effect.ensuring(says("caller")))
      const fiber = yield* Effect.fork(held)
      yield* TestClock.adjust("1 seconds")
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(order, ["work", "caller"])
      yield* timed(held)
      assert.deepStrictEqual(order, ["work", "caller", "work", "caller"])
    })
  )

  it.effect("limits of nothing end the work, and do not keep the timer awake before they begin", () =>
    Effect.gen(function* () {
      const [exit, at] = yield* timed(
        Timing.together(0, (within) => Effect.zipRight(Effect.sleep("10 millis"), within(Effect.never, limit(0))))
      )
      assert.strictEqual(exceeded(exit), 0)
      assert.closeTo(at, 0.01, 0.0011)
    })
  )
})
