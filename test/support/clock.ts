import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as TestClock from "effect/TestClock"

/** A moment of the machine's own time, for work that other threads do, such as signing: no test clock knows of it. */
export const aMoment = Effect.promise(() => new Promise<void>((resolve) => setTimeout(resolve, 1)))

/**
 * Runs an effect while the test clock moves on step by step, until it is done. Work that a layer does in the background goes to
 * sleep whenever it likes: a single long step could pass before it does.
 */
export const whileTimePasses =
  (step: Duration.DurationInput, most = 200, between: Effect.Effect<void> = Effect.void) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.gen(function* () {
      const fiber = yield* Effect.fork(effect)
      for (let n = 0; n < most && Option.isNone(yield* Fiber.poll(fiber)); n++) {
        yield* TestClock.adjust(step)
        yield* between
      }
      if (Option.isNone(yield* Fiber.poll(fiber))) {
        return yield* Effect.dieMessage(`not done after ${most} steps of ${Duration.format(step)}`)
      }
      return yield* Fiber.join(fiber)
    })

/** The wall clock is so many milliseconds off, as it is at each moment; the monotonic one goes on. */
export const wallClockOff =
  (millis: () => number) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.clockWith((clock) =>
      Effect.withClock(effect, {
        [Clock.ClockTypeId]: Clock.ClockTypeId,
        unsafeCurrentTimeMillis: () => clock.unsafeCurrentTimeMillis() + millis(),
        unsafeCurrentTimeNanos: () => clock.unsafeCurrentTimeNanos(),
        currentTimeMillis: Effect.map(clock.currentTimeMillis, (now) => now + millis()),
        currentTimeNanos: clock.currentTimeNanos,
        sleep: (duration) => clock.sleep(duration)
      })
    )
