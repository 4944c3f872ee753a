import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as RetryPolicy from "../../RetryPolicy.js"
import { isRetryable, type WelkinError } from "../../WelkinError.js"

/**
 * What an export does when the client has given up on a page: it waits for the server to come back, and asks no more than once in
 * a while, however many units wait.
 */
export interface Outage {
  /** Reads a page, through an outage if need be. `waiting` is told each time before a wait. */
  readonly through: <A, R, E2, R2>(
    page: Effect.Effect<A, WelkinError, R>,
    waiting: (error: WelkinError) => Effect.Effect<void, E2, R2>
  ) => Effect.Effect<A, WelkinError | E2, R | R2>
  /** The error that a server in trouble was given up with, while it has answered nobody since. */
  readonly lost: () => WelkinError | undefined
}

export interface Patience {
  /** Between two questions to a server in trouble. */
  readonly every: Duration.DurationInput
  /** Until a unit is given up. */
  readonly atMost: Duration.DurationInput
}

/** A page that fails so often while others come is the trouble itself. */
const mostAlone = 3

export const make = ({ atMost, every }: Patience): Effect.Effect<Outage> =>
  Effect.map(Effect.makeSemaphore(1), (turn) => {
    // before the first answer there is nothing to wait for: the address is wrong, or the server is down for good
    let answers = 0
    let given: { readonly up: WelkinError; readonly at: number } | undefined
    const lost = () => (given?.at === answers ? given.up : undefined)
    const answered = Effect.sync(() => {
      answers++
    })
    return {
      lost,
      through: Effect.fnUntraced(function* (page, waiting) {
        const first = yield* Effect.either(page)
        if (Either.isRight(first)) {
          yield* answered
          return first.right
        }
        let error = first.left
        const before = answers
        const began = yield* Clock.currentTimeMillis
        for (let tries = 1; ; tries++) {
          const waited = (yield* Clock.currentTimeMillis) - began
          const isAlone = answers > before && tries > mostAlone
          const isLost = before === 0 || waited >= Duration.toMillis(atMost)
          if (!isRetryable(error) || isAlone) return yield* error
          if (isLost || lost() !== undefined) {
            given = { up: error, at: answers }
            return yield* error
          }
          yield* waiting(error)
          const again = yield* turn.withPermits(1)(
            Effect.zipRight(Effect.sleep(every), Effect.either(RetryPolicy.withRetryPolicy(page, RetryPolicy.none)))
          )
          if (Either.isRight(again)) {
            yield* answered
            return again.right
          }
          error = again.left
        }
      })
    }
  })
