import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"

/**
 * One client's traffic: so many requests at a time, none while the server wants silence, and a purse of spare retries.
 */
export interface Limiter {
  /** Waits for the server's pause to end and for a free place, which is held until the scope closes. */
  readonly enter: Effect.Effect<void, never, Scope.Scope>
  /** No request of this client leaves for so many milliseconds. */
  readonly pauseFor: (millis: number) => Effect.Effect<void>
  /** A call succeeded: a tenth of a retry is earned. */
  readonly succeeded: Effect.Effect<void>
  /** Takes one retry from the purse; false where it is empty. */
  readonly spend: Effect.Effect<boolean>
  /** The server asked for less: half as many at a time. */
  readonly slowDown: Effect.Effect<void>
}

// in tenths of a retry, which add up exactly
const purse = 1000
const earned = 1
const price = 10
// a burst of refusals belongs to one event
const calmNanos = 1_000_000_000n

export const make: (concurrency: number) => Effect.Effect<Limiter> = Effect.fnUntraced(function* (concurrency) {
  const places = yield* Effect.makeSemaphore(concurrency)
  const width = yield* Ref.make({ now: concurrency, successes: 0, slowedAt: -calmNanos })
  const silentUntil = yield* Ref.make(0n)
  const spare = yield* Ref.make(purse)

  const pauseLeft = Effect.zipWith(Ref.get(silentUntil), Clock.currentTimeNanos, (until, now) => (until > now ? until - now : 0n))
  const silence: Effect.Effect<void> = Effect.flatMap(pauseLeft, (left) =>
    // a millisecond more: timers may fire a little early
    left === 0n ? Effect.void : Effect.zipRight(Effect.sleep(Number(left / 1_000_000n) + 1), silence)
  )
  // who queues can be interrupted; who has a place gives it back
  const take = Effect.uninterruptibleMask((restore) =>
    Effect.zipRight(
      restore(places.take(1)),
      Effect.addFinalizer(() => places.release(1))
    )
  )

  return {
    // the pause may begin while a call queues for its place, so it is looked at again inside
    enter: Effect.zipRight(Effect.zipRight(silence, take), silence),
    pauseFor: (millis) =>
      Effect.flatMap(Clock.currentTimeNanos, (now) => {
        const end = now + BigInt(Math.ceil(millis)) * 1_000_000n
        return Ref.update(silentUntil, (until) => (end > until ? end : until))
      }),
    succeeded: Effect.flatMap(
      Ref.modify(width, (state) => {
        if (state.now === concurrency) return [undefined, state]
        const successes = state.successes + 1
        return successes < state.now
          ? [undefined, { ...state, successes }]
          : [state.now + 1, { ...state, now: state.now + 1, successes: 0 }]
      }),
      (wider) =>
        Effect.zipRight(
          Ref.update(spare, (left) => Math.min(purse, left + earned)),
          wider === undefined ? Effect.void : places.resize(wider)
        )
    ),
    spend: Ref.modify(spare, (left) => (left >= price ? [true, left - price] : [false, left])),
    slowDown: Effect.flatMap(Clock.currentTimeNanos, (now) =>
      Effect.flatMap(
        Ref.modify(width, (state) => {
          if (now - state.slowedAt < calmNanos) return [undefined, state]
          const narrower = Math.max(1, Math.floor(state.now / 2))
          return [narrower, { now: narrower, successes: 0, slowedAt: now }]
        }),
        (narrower) => (narrower === undefined ? Effect.void : places.resize(narrower))
      )
    )
  }
})
