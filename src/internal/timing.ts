import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type { WelkinError } from "../WelkinError.js"
import { monotonicMillis as now } from "./ticks.js"

/** How long something may take, and the error it ends with when it takes longer. */
export interface Limit {
  readonly millis: number
  readonly exceeded: () => WelkinError
}

/** Holds something to a limit. */
export type Within = <A, R>(effect: Effect.Effect<A, WelkinError, R>, limit: Limit) => Effect.Effect<A, WelkinError, R>

/** With a timer for it alone. */
export const alone: Within = (effect, { exceeded, millis }) => Effect.timeoutFail(effect, { duration: millis, onTimeout: exceeded })

/**
 * With one timer for all limits inside of the work, which ends as a whole when one of them is exceeded: a timer for each, two fibers
 * every time, would be a third of a call. None of the limits may be shorter than `least`: one that begins while the timer sleeps
 * ends when it has woken.
 */
export const together = <A, R>(
  least: number,
  work: (within: Within) => Effect.Effect<A, WelkinError, R>
): Effect.Effect<A, WelkinError, R> =>
  Effect.suspend(() => {
    const running = new Set<{ readonly until: number; readonly exceeded: Limit["exceeded"] }>()
    const within: Within = (effect, { exceeded, millis }) =>
      Effect.flatMap(now, (at) => {
        const limit = { until: at + millis, exceeded }
        running.add(limit)
        return Effect.ensuring(
          effect,
          Effect.sync(() => running.delete(limit))
        )
      })
    const timer: Effect.Effect<never, WelkinError> = Effect.flatMap(now, (at) => {
      // a limit of nothing must not keep the timer awake
      let wait = Math.max(1, least)
      for (const { exceeded, until } of running) {
        if (until <= at) return Effect.fail(exceeded())
        wait = Math.min(wait, until - at)
      }
      return Effect.zipRight(Effect.sleep(wait), timer)
    })
    return Effect.uninterruptibleMask((restore) =>
      Effect.raceWith(restore(work(within)), Effect.interruptible(timer), {
        onSelfDone: (exit, timing) => Effect.zipRight(Fiber.interrupt(timing), exit),
        onOtherDone: (exit, working) => Effect.zipRight(Fiber.interrupt(working), exit)
      })
    )
  })
