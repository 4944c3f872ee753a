import type * as HttpClient from "@effect/platform/HttpClient"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { Answer, Call, Client, Descriptor } from "../Endpoint.js"
import * as Limits from "../Limits.js"
import * as RetryPolicy from "../RetryPolicy.js"
import * as E from "../WelkinError.js"
import * as Encoding from "./encoding.js"
import * as Limiter from "./limiter.js"
import type { Read } from "./reading.js"
import * as Recorder from "./recorder.js"
import { monotonicMillis as now } from "./ticks.js"
import * as Timing from "./timing.js"
import * as Transport from "./transport.js"

/** A bearer token that can be had, and dropped when the server refuses it. */
export interface Bearer {
  /** The token of now, or undefined where it has to be waited for: spares a call the timer for that. */
  readonly atHand?: Effect.Effect<Redacted.Redacted | undefined>
  readonly current: Effect.Effect<Redacted.Redacted, E.WelkinError>
  readonly reject: (token: Redacted.Redacted) => Effect.Effect<void>
}

/** One spelling for each name, so that no other one stands beside the client's own. */
export const inLowerCase = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** Headers that a call carries besides the client's own, in lower case. */
export class HeadersOfCall extends Context.Reference<HeadersOfCall>()("effect-welkin/HeadersOfCall", {
  defaultValue: (): ((ofClient: Readonly<Record<string, string>>) => Readonly<Record<string, string>>) => (ofClient) => ofClient
}) {}

export interface Options {
  /** Origin and path prefix, without a slash at the end. */
  readonly baseUrl: string
  readonly slots: Client["slots"]
  readonly transport: Transport.Transport
  readonly limiter: Limiter.Limiter
  /** Undefined below the client, where the token itself is asked for. */
  readonly bearer: Bearer | undefined
  /** Runs before each request that is sent. */
  readonly admit?: Effect.Effect<void, E.WelkinError>
  /** The kind of failure an error is, where it differs from {@link RetryPolicy.faultOf}. */
  readonly faultOf?: (error: E.WelkinError) => RetryPolicy.Fault
}

/** What a client and the token below it share. */
export const parts: Effect.Effect<Pick<Options, "transport" | "limiter">, never, HttpClient.HttpClient> = Effect.gen(function* () {
  const limits: Limits.Values = yield* Limits.Limits
  return { transport: yield* Transport.make, limiter: yield* Limiter.make(limits.concurrency) }
})

/** What every attempt of a call gets. */
interface Attempt {
  readonly facts: E.Facts
  readonly limits: Limits.Values
  /** Milliseconds until the call's deadline. */
  readonly left: number
  readonly request: Transport.Outgoing
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
// what HTTP allows in a field value: no control characters, so no CR, LF or NUL
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/

const placesOfHeaders = (headers: Readonly<Record<string, string>>): ReadonlyArray<E.Place> =>
  Object.entries(headers).flatMap(([name, value]) =>
    headerName.test(name) && headerValue.test(value)
      ? []
      : [{ path: "headers", expected: "a header without control characters", actual: "string" }]
  )

/** The last word on a call: why it was not tried again, and what is known about an unsafe one. */
const settle = (error: E.WelkinError, stopped: E.Stopped, outcome: E.Outcome | undefined): E.WelkinError => {
  const Class = error.constructor as new (facts: object) => E.WelkinError
  return new Class({ ...error, stopped, ...(outcome === undefined ? {} : { outcome }) })
}

/** Builds the client that endpoints call through: token, limits, retries and one span around each call. */
export const make: (options: Options) => Effect.Effect<Client> = Effect.fnUntraced(function* (options) {
  const { admit = Effect.void, baseUrl, bearer, faultOf = RetryPolicy.faultOf, limiter, slots, transport } = options
  const policyOfClient: RetryPolicy.Policy = yield* RetryPolicy.RetryPolicy
  const limitsOfClient: Limits.Values = yield* Limits.Limits
  const calls = Recorder.calls()
  const waited = Recorder.waits()

  const requestOf = (call: Call, token: Redacted.Redacted | undefined, extra: Readonly<Record<string, string>>): Transport.Outgoing => ({
    method: call.descriptor.method,
    url: baseUrl + call.target,
    headers: {
      ...extra,
      accept: call.descriptor.answer === "bytes" ? "*/*" : "application/json",
      // a runtime that inflates by itself may take half a body for a whole one
      "accept-encoding": "identity",
      ...(token === undefined ? {} : { authorization: `Bearer ${Redacted.value(token)}` })
    },
    body: call.body
  })

  /**
   * Tries a call until it succeeds, or until its policy, its deadline or the purse of spare retries ends it. `within` owns the
   * scope of one attempt: its place among the client's requests and its connection.
   */
  const attempting = Effect.fnUntraced(function* <A>(
    call: Call,
    once: (attempt: Attempt) => Effect.Effect<A, E.WelkinError, Scope.Scope>,
    within: (attempt: Effect.Effect<A, E.WelkinError, Scope.Scope>) => Effect.Effect<A, E.WelkinError>
  ) {
    const d = call.descriptor
    const policy: RetryPolicy.Policy = (yield* RetryPolicy.RetryPolicyOfCall)(policyOfClient)
    const limits: Limits.Values = (yield* Limits.LimitsOfCall)(limitsOfClient)
    const extra = (yield* HeadersOfCall)({})
    const refusedHeaders = placesOfHeaders(extra)
    if (refusedHeaders.length > 0) return yield* Effect.fail(Encoding.refusal(d, refusedHeaders))
    const deadline = Duration.toMillis(limits.call)
    let spent = 0
    let waitedMillis = 0
    let renewed = false
    let unknown = false
    const outcome = (known: E.Outcome): E.Outcome | undefined => (d.safe ? undefined : unknown ? "Unknown" : known)
    const timed = <B, R>(effect: Effect.Effect<B, E.WelkinError, R>) =>
      Effect.flatMap(now, (began) =>
        Effect.ensuring(
          effect,
          Effect.map(now, (ended) => {
            spent += ended - began
          })
        )
      )
    for (let n = 1; ; n++) {
      const facts: E.Facts = { endpoint: d.id, method: d.method, route: d.path, attempts: n, waitedMillis, stopped: "Final" }
      const tokenless = () => new E.TimeoutError({ ...facts, attempts: n - 1, stopped: "Deadline", phase: "call", limitMillis: deadline })
      const token =
        bearer === undefined || !d.auth
          ? undefined
          : ((yield* bearer.atHand ?? Effect.void) ??
            (yield* timed(bearer.current).pipe(
              Effect.timeoutFail({ duration: deadline - spent, onTimeout: tokenless }),
              Effect.mapError((error) => settle(error, error.stopped, outcome("NotSent")))
            )))
      // waiting for a place is our own doing and does not count against the deadline
      const entered = Effect.zipRight(limiter.enter, admit)
      const attempt = Effect.suspend(() => once({ facts, limits, left: deadline - spent, request: requestOf(call, token, extra) }))
      const result = yield* Effect.either(within(Effect.zipRight(entered, timed(attempt))))
      yield* Effect.annotateCurrentSpan("welkin.attempts", n)
      if (Either.isRight(result)) {
        yield* limiter.succeeded
        return { value: result.right, attempts: n, waitedMillis }
      }
      const error = result.left
      const fault = faultOf(error)
      const stop = (stopped: E.Stopped) => Effect.fail(settle(error, stopped, outcome(RetryPolicy.decisions[fault].outcome)))
      const repeat = policy.repeat(fault, d.safe)
      // what the server asks for holds for every request of this client, whether or not this call is repeated
      const asked = "retryAfterMillis" in error ? error.retryAfterMillis : undefined
      const tooLong = asked !== undefined && asked > Duration.toMillis(policy.maxRetryAfter)
      if (fault === "RateLimited") yield* limiter.slowDown
      if (asked !== undefined && !tooLong) yield* limiter.pauseFor(asked)
      // an exchange of tokens that was not admitted says why itself
      if (repeat === "Never") return yield* stop(error.stopped)
      if (repeat === "WithFreshToken") {
        if (token === undefined) return yield* stop("Final")
        yield* bearer!.reject(token)
        if (renewed) return yield* Effect.fail(stillRefused(error, outcome("Rejected")))
        renewed = true
        yield* calls.retried(d, error)
        continue
      }
      if (tooLong) return yield* stop("LongWait")
      if (n >= (repeat === "Once" ? Math.min(2, policy.attempts) : policy.attempts)) return yield* stop("Attempts")
      const backoff = Math.min(Duration.toMillis(policy.cap), Duration.toMillis(policy.base) * 2 ** (n - 1))
      // a wait the server asked for is everybody's and does not count; a little more, so that not all come back at once
      const most = repeat === "AlwaysFirstAtOnce" && n === 1 ? 0 : asked ? Math.min(250, asked / 10) : backoff
      const own = Math.round(yield* Random.nextRange(0, most))
      if (spent + own >= deadline) return yield* stop("Deadline")
      if (!(yield* limiter.spend)) return yield* stop("Budget")
      unknown ||= RetryPolicy.decisions[fault].outcome === "Unknown"
      spent += own
      waitedMillis += own + (asked ?? 0)
      yield* Effect.sleep(own + (asked ?? 0))
      yield* Effect.all([calls.retried(d, error), waited("backoff", own), waited("pause", asked ?? 0)], { discard: true })
    }
  })

  const spanned = (d: Descriptor) => ({
    kind: "client" as const,
    captureStackTrace: false,
    attributes: { "welkin.endpoint": d.id, "http.request.method": d.method, "http.route": d.path }
  })

  /** Tells span and metrics how a call ended. */
  const tell = (d: Descriptor, began: number, ended: Recorder.Ended): Effect.Effect<void> =>
    Effect.flatMap(now, (at) =>
      Effect.zipRight(
        ended.error === undefined ? Effect.void : Effect.annotateCurrentSpan("error.type", ended.error._tag),
        calls.ended(d, at - began, ended)
      )
    )

  const told = <A>(d: Descriptor, call: Effect.Effect<Answer<A>, E.WelkinError>): Effect.Effect<Answer<A>, E.WelkinError> =>
    Effect.flatMap(now, (began) =>
      Effect.onExit(call, (exit) =>
        tell(d, began, Exit.isSuccess(exit) ? exit.value : { error: Option.getOrUndefined(Cause.failureOption(exit.cause)) })
      )
    )

  const execute = <A>(call: Call, read: Read<A>): Effect.Effect<Answer<A>, E.WelkinError> => {
    const once = Effect.fnUntraced(function* ({ facts, limits, request }: Attempt, within: Timing.Within) {
      const response = yield* transport.send(request, facts, limits, within)
      yield* Effect.annotateCurrentSpan("http.response.status_code", response.status)
      if (!isSuccess(response.status)) return yield* Effect.flip(Transport.refusal(response, facts))
      const text = Transport.textOf(yield* Transport.readAll(response, limits.bodyBytes, facts, within))
      const value = yield* Either.mapLeft(
        read({ contentType: response.headers["content-type"] ?? "", text }),
        (mismatch) => new E.DecodeError({ ...facts, ...mismatch, status: response.status, body: Redacted.make(text ?? "") })
      )
      return { value, status: response.status, headers: response.headers }
    })
    const inTime = (attempt: Attempt) => {
      const whole = Duration.toMillis(attempt.limits.attempt)
      const [phase, limit] = whole <= attempt.left ? (["attempt", whole] as const) : (["call", attempt.limits.call] as const)
      const millis = Math.min(whole, attempt.left)
      const exceeded = () => new E.TimeoutError({ ...attempt.facts, phase, limitMillis: Duration.toMillis(limit) })
      const least = Math.min(millis, Duration.toMillis(attempt.limits.headers), Duration.toMillis(attempt.limits.idle))
      return Timing.together(least, (within) => within(once(attempt, within), { millis, exceeded }))
    }
    return attempting(call, inTime, Effect.scoped).pipe(
      Effect.map(({ value, ...tries }) => ({ ...value, ...tries })),
      Effect.catchIf(
        // the delete whose answer was lost, and whose repetition finds nothing left to delete
        (error) => error._tag === "NotFound" && call.descriptor.method === "DELETE" && error.outcome === "Unknown",
        (error) =>
          Effect.succeed({ value: undefined as A, status: 404, headers: {}, attempts: error.attempts, waitedMillis: error.waitedMillis })
      ),
      (answer) => told(call.descriptor, answer),
      Effect.withSpan(`welkin.${call.descriptor.id}`, spanned(call.descriptor))
    )
  }

  const download = (call: Call): Stream.Stream<Uint8Array, E.WelkinError> =>
    Effect.gen(function* () {
      const whole = yield* Effect.scope
      const began = yield* now
      let ended: Recorder.Ended = {}
      const failed = (error: E.WelkinError) =>
        Effect.sync(() => {
          ended = { error }
        })
      yield* Effect.addFinalizer(() => tell(call.descriptor, began, ended))
      const once = Effect.fnUntraced(function* ({ facts, limits, request }: Attempt) {
        const response = yield* transport.send(request, facts, limits, Timing.alone)
        yield* Effect.annotateCurrentSpan("http.response.status_code", response.status)
        if (!isSuccess(response.status)) return yield* Effect.flip(Transport.refusal(response, facts))
        ended = { status: response.status }
        return Transport.streamOf(response)
      })
      // an attempt that fails gives back its connection at once, the one that succeeds keeps it until the stream ends
      const { value } = yield* attempting(call, once, (attempt) =>
        Effect.flatMap(Scope.fork(whole, ExecutionStrategy.sequential), (scope) =>
          Effect.onError(Scope.extend(attempt, scope), (cause) => Scope.close(scope, Exit.failCause(cause)))
        )
      ).pipe(Effect.tapError(failed))
      return Stream.tapError(value, failed)
    }).pipe(Stream.unwrapScoped, Stream.withSpan(`welkin.${call.descriptor.id}`, spanned(call.descriptor)))

  return { slots, execute, download }
})

const stillRefused = (error: E.WelkinError, outcome: E.Outcome | undefined): E.AuthenticationError => {
  const { attempts, endpoint, method, route, waitedMillis } = error
  return new E.AuthenticationError({
    endpoint,
    method,
    route,
    attempts,
    waitedMillis,
    stopped: "Final",
    reason: "StillRefused",
    status: 401,
    codes: "codes" in error ? error.codes : [],
    ...(outcome === undefined ? {} : { outcome })
  })
}
