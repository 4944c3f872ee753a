import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import * as Metrics from "../Metrics.js"
import * as Pace from "./pace.js"
import * as Recorder from "./recorder.js"
import { monotonicMillis } from "./ticks.js"
import * as Turnstile from "./turnstile.js"

/**
 * One client's traffic: so many requests at a time, none while the server wants silence, no faster than it takes them once it has
 * complained, and a purse of spare retries.
 */
export interface Limiter {
  /** Waits for the server's pause to end, for a free place, which is held until the scope closes, and for its turn. */
  readonly enter: Effect.Effect<void, never, Scope.Scope>
  /** No request of this client leaves for so many milliseconds. */
  readonly pauseFor: (millis: number) => Effect.Effect<void>
  /** A call succeeded: a tenth of a retry is earned. */
  readonly succeeded: Effect.Effect<void>
  /** Takes one retry from the purse; false where it is empty. */
  readonly spend: Effect.Effect<boolean>
  /** The server asked for less: half as many at a time, and fewer a second. */
  readonly slowDown: Effect.Effect<void>
}

// in tenths of a retry, which add up exactly
const purse = 1000
const earned = 1
const price = 10
// a burst of refusals belongs to one event
const calmMillis = 1000

export const make: (concurrency: number) => Effect.Effect<Limiter> = Effect.fnUntraced(function* (concurrency) {
  const places = Turnstile.make(concurrency)
  const gate = yield* Effect.makeSemaphore(1)
  const width = yield* Ref.make({ now: concurrency, successes: 0, slowedAt: Number.NEGATIVE_INFINITY })
  const pace = yield* Ref.make(Pace.free)
  const silentUntil = yield* Ref.make(0n)
  const spare = yield* Ref.make(purse)
  const waited = Recorder.waits()

  const wait = (cause: "pause" | "pace", millis: number) => Effect.zipRight(Effect.sleep(millis), waited(cause, millis))
  const pauseLeft = Effect.zipWith(Ref.get(silentUntil), Clock.currentTimeNanos, (until, now) => (until > now ? until - now : 0n))
  const silence: Effect.Effect<void> = Effect.flatMap(pauseLeft, (left) =>
    // a millisecond more: timers may fire a little early
    left === 0n ? Effect.void : Effect.zipRight(wait("pause", Number(left / 1_000_000n) + 1), silence)
  )
  // who queues can be interrupted; who has a place gives it back
  const take = Effect.uninterruptibleMask((restore) =>
    Effect.zipRight(
      Effect.flatMap(Effect.timed(places.take(restore)), ([queued]) => waited("place", Duration.toMillis(queued))),
      Effect.addFinalizer(() => places.release)
    )
  )
  const next: Effect.Effect<void> = Effect.flatMap(Effect.zipRight(silence, monotonicMillis), (now) =>
    Effect.flatMap(
      Ref.modify(pace, (before) => Pace.turn(before, now)),
      (millis) => (millis === 0 ? Effect.void : Effect.zipRight(wait("pace", millis), next))
    )
  )
  // one waits for the next turn and the others for that one: the pace is what it is when their turn comes
  const turn = Effect.flatMap(Ref.get(pace), ({ slowed }) => (slowed === undefined ? silence : gate.withPermits(1)(next)))

  const earn = Ref.update(spare, (left) => Math.min(purse, left + earned))
  const counted = Effect.flatMap(monotonicMillis, (now) => Ref.update(pace, (before) => Pace.succeeded(before, now)))
  const widen = Effect.flatMap(
    Ref.modify(width, (state) => {
      if (state.now === concurrency) return [undefined, state]
      const successes = state.successes + 1
      return successes < state.now ? [undefined, { ...state, successes }] : [state.now + 1, { ...state, now: state.now + 1, successes: 0 }]
    }),
    (wider) => (wider === undefined ? Effect.void : places.resize(wider))
  )

  return {
    // the pause may begin while a call queues for its place, so it is looked at again inside
    enter: Effect.zipRight(Effect.zipRight(silence, take), turn),
    pauseFor: (millis) =>
      Effect.flatMap(Clock.currentTimeNanos, (now) => {
        const end = now + BigInt(Math.ceil(millis)) * 1_000_000n
        return Effect.whenEffect(
          Effect.flatMap(Clock.currentTimeMillis, (now) => Metric.set(Metrics.pausedUntil, now + Math.ceil(millis))),
          Ref.modify(silentUntil, (until) => (end > until ? [true, end] : [false, until]))
        )
      }),
    succeeded: Effect.zipRight(Effect.zipRight(earn, counted), widen),
    spend: Ref.modify(spare, (left) => (left >= price ? [true, left - price] : [false, left])),
    slowDown: Effect.flatMap(monotonicMillis, (now) =>
      Effect.flatMap(
        Ref.modify(width, (state) => {
          if (now - state.slowedAt < calmMillis) return [undefined, state]
          const narrower = Math.max(1, Math.floor(state.now / 2))
          return [narrower, { now: narrower, successes: 0, slowedAt: now }]
        }),
        (narrower) =>
          narrower === undefined
            ? Effect.void
            : Effect.zipRight(
                Ref.update(pace, (before) => Pace.slower(before, now, concurrency)),
                places.resize(narrower)
              )
      )
    )
  }
})
