import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/**
 * A clock that goes on as soon as nothing else is to be done, for simulations of tens of thousands of steps: the TestClock takes
 * milliseconds for each. It does not know of real sockets and files.
 */
export const virtualClock = () => {
  const sleepers = new Map<number, { readonly at: number; readonly wake: () => void }>()
  let now = 0
  let numbers = 0
  const unsafeCurrentTimeNanos = () => BigInt(Math.round(now * 1e6))
  const clock: Clock.Clock = {
    [Clock.ClockTypeId]: Clock.ClockTypeId,
    unsafeCurrentTimeMillis: () => now,
    unsafeCurrentTimeNanos,
    currentTimeMillis: Effect.sync(() => now),
    currentTimeNanos: Effect.sync(unsafeCurrentTimeNanos),
    sleep: (duration) =>
      Effect.async<void>((resume) => {
        const number = numbers++
        sleepers.set(number, { at: now + Duration.toMillis(duration), wake: () => resume(Effect.void) })
        return Effect.sync(() => sleepers.delete(number))
      })
  }
  /** Effects run in microtasks, all of them before the next turn of the event loop. */
  const until = (end: number): Effect.Effect<void> =>
    Effect.promise(async () => {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve))
        const next = Array.from(sleepers).reduce<readonly [number, { at: number; wake: () => void }] | undefined>(
          (first, one) => (first === undefined || one[1].at < first[1].at ? one : first),
          undefined
        )
        if (next === undefined || next[1].at > end) break
        sleepers.delete(next[0])
        now = next[1].at
        next[1].wake()
      }
      now = end
    })
  return { clock, until }
}
