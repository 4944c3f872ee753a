import type * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import type * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import * as E from "../WelkinError.js"
import type { Bearer } from "./client.js"
import { monotonicMillis as now } from "./ticks.js"

/** A token and how long it lives, counted from when it was asked for. */
export interface Granted {
  readonly token: Redacted.Redacted
  readonly lifetimeMillis: number
}

interface Held {
  readonly token: Redacted.Redacted
  readonly renewAt: number
  readonly sendableUntil: number
}

interface State {
  readonly held: Held | undefined
  readonly pending: Deferred.Deferred<Redacted.Redacted, E.WelkinError> | undefined
  /** The credentials were turned down: the same answer for everybody until then. */
  readonly refused: { readonly until: number; readonly error: E.WelkinError } | undefined
  /** A renewal failed while the old token still serves: not again before. */
  readonly renewNotBefore: number
}

const minute = 60_000
const renewAhead = 5 * minute
const leastLife = minute
const refusedFor = 30_000

const held = ({ lifetimeMillis, token }: Granted, askedAt: number): Held => ({
  token,
  renewAt: askedAt + lifetimeMillis - Math.min(renewAhead, lifetimeMillis / 2),
  sendableUntil: askedAt + lifetimeMillis - Math.min(leastLife, lifetimeMillis / 2)
})

/**
 * One exchange however many fibers wait, run in the scope of the layer so that no caller's interruption ends it; renewed in the
 * background before it expires. Failures are told to those who wait, and not kept.
 */
export const make: (exchange: Effect.Effect<Granted, E.WelkinError>) => Effect.Effect<Bearer, never, Scope.Scope> = Effect.fnUntraced(
  function* (exchange) {
    const scope = yield* Effect.scope
    // a caller's retry policy or span must not become the shared exchange's
    const own = yield* Effect.context<never>()
    const state = yield* Ref.make<State>({ held: undefined, pending: undefined, refused: undefined, renewNotBefore: 0 })

    const run = (pending: Deferred.Deferred<Redacted.Redacted, E.WelkinError>) =>
      Effect.gen(function* () {
        const askedAt = yield* now
        const exit = yield* Effect.exit(Effect.mapInputContext(exchange, (_: Context.Context<never>) => own))
        const endedAt = yield* now
        yield* Ref.update(state, (before): State => {
          if (Exit.isSuccess(exit)) return { held: held(exit.value, askedAt), pending: undefined, refused: undefined, renewNotBefore: 0 }
          const error = exit.cause._tag === "Fail" ? exit.cause.error : undefined
          const refused =
            error?._tag === "AuthenticationError" && error.reason === "Refused" ? { until: endedAt + refusedFor, error } : undefined
          return { held: before.held, pending: undefined, refused, renewNotBefore: endedAt + refusedFor }
        })
        yield* Deferred.done(
          pending,
          Exit.map(exit, ({ token }) => token)
        )
      })

    const start = (before: State): readonly [Deferred.Deferred<Redacted.Redacted, E.WelkinError>, Effect.Effect<unknown>, State] => {
      const pending = Deferred.unsafeMake<Redacted.Redacted, E.WelkinError>(FiberId.none)
      return [pending, Effect.forkIn(Effect.interruptible(run(pending)), scope), { ...before, pending }]
    }

    const current: Bearer["current"] = Effect.uninterruptibleMask((restore) =>
      Effect.flatten(
        Effect.flatMap(now, (at) =>
          Ref.modify(state, (before): readonly [Effect.Effect<Redacted.Redacted, E.WelkinError>, State] => {
            const { held, pending, refused, renewNotBefore } = before
            if (held !== undefined && at < held.sendableUntil) {
              if (at < held.renewAt || pending !== undefined || at < renewNotBefore) return [Effect.succeed(held.token), before]
              const [, fork, after] = start(before)
              return [Effect.as(fork, held.token), after]
            }
            if (refused !== undefined && at < refused.until) return [Effect.fail(refused.error), before]
            if (pending !== undefined) return [restore(Deferred.await(pending)), before]
            const [fresh, fork, after] = start({ ...before, held: undefined })
            return [Effect.zipRight(fork, restore(Deferred.await(fresh))), after]
          })
        )
      )
    )

    return {
      atHand: Effect.zipWith(Ref.get(state), now, ({ held }, at) => (held !== undefined && at < held.renewAt ? held.token : undefined)),
      current,
      // a late refusal of an older token must not cost the newer one
      reject: (token) => Ref.update(state, (before) => (before.held?.token === token ? { ...before, held: undefined } : before))
    }
  }
)

const turnedDown: ReadonlySet<E.WelkinError["_tag"]> = new Set(["BadRequest", "Unauthorized", "Forbidden", "NotFound"])

/** An exchange that fails for good is a failure to authenticate; trouble on the way keeps its own name. */
export const authentication = (error: E.WelkinError): E.WelkinError => {
  const reason = turnedDown.has(error._tag) ? "Refused" : error._tag === "DecodeError" ? "Malformed" : undefined
  if (reason === undefined) return error
  const { attempts, endpoint, method, route, stopped, waitedMillis } = error
  const status = "status" in error && error.status !== undefined ? { status: error.status } : {}
  const codes = "codes" in error ? error.codes : []
  return new E.AuthenticationError({ endpoint, method, route, attempts, waitedMillis, stopped, reason, codes, ...status })
}

const requests = 10
const window = 5 * minute

/** Lets ten requests pass in any five minutes; the service blocks a client for five minutes above a hundred. */
export const budget = (facts: E.Facts): Effect.Effect<Effect.Effect<void, E.WelkinError>> =>
  Effect.map(Ref.make<ReadonlyArray<number>>([]), (sent) =>
    Effect.flatten(
      Effect.flatMap(now, (at) =>
        Ref.modify(sent, (before): readonly [Effect.Effect<void, E.WelkinError>, ReadonlyArray<number>] => {
          const recent = before.filter((one) => at - one < window)
          if (recent.length < requests) return [Effect.void, [...recent, at]]
          const retryAfterMillis = Math.ceil(recent[0]! + window - at)
          return [Effect.fail(new E.AuthenticationError({ ...facts, reason: "Budget", codes: [], retryAfterMillis })), recent]
        })
      )
    )
  )
