import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type * as Limits from "../Limits.js"
import * as E from "../WelkinError.js"
import * as Recorder from "./recorder.js"
import * as Timing from "./timing.js"

/** A request in our own words; the platform's never leave this module. */
export interface Outgoing {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: { readonly contentType: string; readonly content: string | Stream.Stream<Uint8Array> } | undefined
}

/** A response whose body has not been read. */
export interface Incoming {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Opens the body: what is inside gives the parts that have arrived since it last did, and undefined at the end. */
  readonly body: (
    within: Timing.Within
  ) => Effect.Effect<Effect.Effect<Chunk.Chunk<Uint8Array> | undefined, E.WelkinError>, never, Scope.Scope>
}

const errorBodyCap = 64 * 1024
const errorBodyTime = Duration.seconds(5)

/** Codes of undici, node and OpenSSL; whoever raises them hides them a few causes deep. */
const reasons: Readonly<Record<string, E.TransportError["reason"]>> = {
  ECONNREFUSED: "Refused",
  ENOTFOUND: "NameNotFound",
  EAI_AGAIN: "NameNotFound",
  EHOSTUNREACH: "Unreachable",
  ENETUNREACH: "Unreachable",
  UND_ERR_CONNECT_TIMEOUT: "ConnectTimeout",
  DEPTH_ZERO_SELF_SIGNED_CERT: "Certificate",
  SELF_SIGNED_CERT_IN_CHAIN: "Certificate",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "Certificate",
  UNABLE_TO_GET_ISSUER_CERT: "Certificate",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "Certificate",
  HOSTNAME_MISMATCH: "Certificate",
  EPROTO: "Tls",
  ECONNRESET: "Reset",
  EPIPE: "Reset",
  UND_ERR_SOCKET: "Reset"
}

const reasonOfCode = (code: string): E.TransportError["reason"] | undefined => {
  if (code in reasons) return reasons[code]
  if (code.startsWith("CERT_") || code.startsWith("ERR_TLS_CERT")) return "Certificate"
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) return "Tls"
  return undefined
}

const reasonOf = (error: unknown, depth = 0): E.TransportError["reason"] | undefined => {
  if (typeof error !== "object" || error === null || depth > 8) return undefined
  const own = "code" in error && typeof error.code === "string" ? reasonOfCode(error.code) : undefined
  if (own !== undefined) return own
  const below = [...("errors" in error && Array.isArray(error.errors) ? error.errors : []), "cause" in error ? error.cause : undefined]
  for (const one of below) {
    const found = reasonOf(one, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** node's http client raises connection errors twice, side by side: all failures of the cause are looked at. */
const reasonOfCause = (cause: Cause.Cause<unknown>): E.TransportError["reason"] => {
  for (const failure of [...Cause.failures(cause), ...Cause.defects(cause)]) {
    const found = reasonOf(failure)
    if (found !== undefined) return found
  }
  return "Other"
}

/** A streamed body runs in the scope of its attempt: a runtime's fetch that is aborted leaves it standing, files open and all. */
const platformBody = (body: Outgoing["body"]): Effect.Effect<HttpBody.HttpBody, never, Scope.Scope> => {
  if (body === undefined) return Effect.succeed(HttpBody.empty)
  const { content, contentType } = body
  if (typeof content === "string") return Effect.succeed(HttpBody.text(content, contentType))
  return Effect.map(Stream.toQueue(content, { capacity: 1 }), (queue) =>
    HttpBody.stream(Stream.flattenTake(Stream.fromQueue(queue)), contentType)
  )
}

// a runtime's fetch would follow redirects by itself, and turn a POST into a GET on the way
const withoutRedirects = <A, Err, R>(effect: Effect.Effect<A, Err, R>): Effect.Effect<A, Err, R> =>
  Effect.mapInputContext(effect, (context: Context.Context<R>) => {
    const init = Option.getOrElse(Context.getOption(context, FetchHttpClient.RequestInit as any), () => ({})) as RequestInit
    return Context.add(context, FetchHttpClient.RequestInit as any, { ...init, redirect: "manual" }) as Context.Context<R>
  })

export interface Transport {
  /** Sends one request. The connection belongs to the scope. */
  readonly send: (
    request: Outgoing,
    facts: E.Facts,
    limits: Limits.Values,
    within: Timing.Within
  ) => Effect.Effect<Incoming, E.WelkinError, Scope.Scope>
}

export const make: Effect.Effect<Transport, never, HttpClient.HttpClient> = Effect.map(HttpClient.HttpClient, (given) => {
  const client = given.pipe(
    HttpClient.withScope,
    // its own span and headers would carry the full URL, ids and all; what the given client was told about tracing comes second
    HttpClient.transformResponse(Effect.withTracerEnabled(false))
  )
  const received = Recorder.bytes()
  return {
    send: (request, facts, limits, within) => {
      const platformRequest = Effect.map(platformBody(request.body), (body) =>
        HttpClientRequest.make(request.method)(request.url).pipe(
          HttpClientRequest.setHeaders(request.headers),
          HttpClientRequest.setBody(body)
        )
      )
      const answered: Effect.Effect<HttpClientResponse.HttpClientResponse, E.WelkinError, Scope.Scope> = Effect.flatMap(
        platformRequest,
        client.execute
      ).pipe(
        withoutRedirects,
        Effect.catchAllCause((cause) =>
          Cause.isInterruptedOnly(cause)
            ? Effect.failCause(cause as Cause.Cause<never>)
            : Effect.fail(new E.TransportError({ ...facts, reason: reasonOfCause(cause) }))
        )
      )
      const millis = Duration.toMillis(limits.headers)
      return Effect.map(
        within(answered, { millis, exceeded: () => new E.TimeoutError({ ...facts, phase: "headers", limitMillis: millis }) }),
        (response) => incoming(response, facts, limits, received)
      )
    }
  }
})

type Received = ReturnType<typeof Recorder.bytes>

const incoming = (response: HttpClientResponse.HttpClientResponse, facts: E.Facts, limits: Limits.Values, received: Received): Incoming => {
  const { headers, status } = response
  const length =
    headers["content-encoding"] === undefined && /^\d+$/.test(headers["content-length"] ?? "")
      ? Number(headers["content-length"])
      : undefined
  return { status, headers, body: watched(response.stream, status, length, facts, limits, received) }
}

// a Response of 204 has no body at all, which the platform takes for a failure to read it
const isEmptyBody = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "reason" in error && error.reason === "EmptyBody"

/**
 * The body at our own reader: silence, drip and a missing end are failures, whatever the HTTP client thinks of them. Only the time
 * spent waiting for the server counts, so that a consumer may take its time.
 */
const watched =
  (
    body: Stream.Stream<Uint8Array, unknown>,
    status: number,
    length: number | undefined,
    facts: E.Facts,
    limits: Limits.Values,
    received: Received
  ): Incoming["body"] =>
  (within) =>
    Effect.map(Stream.toPull(body), (pull) => {
      const window = Duration.toMillis(limits.floorWindow)
      let bytes = 0
      let windowMillis = 0
      let windowBytes = 0
      const timeout = (phase: "idle" | "floor", limit: Duration.DurationInput) =>
        new E.TimeoutError({ ...facts, phase, limitMillis: Duration.toMillis(limit) })
      const ended = (cause: Cause.Cause<Option.Option<unknown>>) => {
        if (Cause.isInterruptedOnly(cause)) return Effect.failCause(cause as Cause.Cause<never>)
        const failure = Option.flatten(Cause.failureOption(cause))
        const isEnd = Option.isNone(failure) ? Cause.isFailType(cause) : isEmptyBody(failure.value)
        const isWhole = isEnd && (length === undefined || bytes === length)
        return isWhole ? Effect.succeed(undefined) : Effect.fail(new E.TruncatedBody({ ...facts, status, bytes }))
      }
      const count = ([waited, chunk]: [Duration.Duration, Chunk.Chunk<Uint8Array> | undefined]) => {
        if (chunk === undefined) return Effect.succeed(chunk)
        const size = Chunk.reduce(chunk, 0, (sum, part) => sum + part.byteLength)
        bytes += size
        windowBytes += size
        windowMillis += Duration.toMillis(waited)
        const counted = Effect.as(received(facts.endpoint, size), chunk)
        if (windowMillis < window) return counted
        const tooSlow = windowBytes < (limits.floorBytesPerSecond * windowMillis) / 1000
        windowMillis = 0
        windowBytes = 0
        return tooSlow ? Effect.fail(timeout("floor", limits.floorWindow)) : counted
      }
      const idle: Timing.Limit = { millis: Duration.toMillis(limits.idle), exceeded: () => timeout("idle", limits.idle) }
      return Effect.flatMap(Effect.timed(within(Effect.catchAllCause(pull, ended), idle)), count)
    })

/** The body, part by part. */
export const streamOf = (response: Incoming): Stream.Stream<Uint8Array, E.WelkinError> =>
  Stream.fromPull(
    Effect.map(response.body(Timing.alone), (next) =>
      Effect.filterOrFail(Effect.mapError(next, Option.some), Predicate.isNotUndefined, () => Option.none<E.WelkinError>())
    )
  )

/** Reads a body into memory, up to a cap. */
export const readAll = (
  response: Incoming,
  cap: number,
  facts: E.Facts,
  within: Timing.Within
): Effect.Effect<Uint8Array, E.WelkinError, Scope.Scope> =>
  Effect.flatMap(response.body(within), (next) => {
    const parts: Array<Uint8Array> = []
    let size = 0
    // by hand: running a Stream costs as much as half of the call
    const rest: Effect.Effect<void, E.WelkinError> = Effect.flatMap(next, (chunk) => {
      if (chunk === undefined) return Effect.void
      for (const part of chunk) {
        parts.push(part)
        size += part.byteLength
      }
      return size > cap ? Effect.fail(new E.BodyTooLarge({ ...facts, status: response.status, limitBytes: cap })) : rest
    })
    return Effect.map(rest, () => {
      if (parts.length === 1) return parts[0]!
      const whole = new Uint8Array(size)
      let at = 0
      for (const part of parts) {
        whole.set(part, at)
        at += part.byteLength
      }
      return whole
    })
  })

const decoder = () => new TextDecoder("utf-8", { fatal: true })

/** The text of a body; undefined where it is no UTF-8. */
export const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder().decode(bytes)
  } catch {
    return undefined
  }
}

// Welkin's codes are upper snake case in v8 and lower snake case in v1, two of them a single word; anything else could be somebody's name
const codePattern = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+(?:_[a-z0-9]+)+|unauthorized|forbidden)$/

const codesOf = (text: string): ReadonlyArray<string> => {
  try {
    const parsed: any = JSON.parse(text)
    const entries: ReadonlyArray<any> = Array.isArray(parsed) ? parsed : Array.isArray(parsed?.errors) ? parsed.errors : [parsed]
    return entries.flatMap((entry) => {
      // the last is OAuth's, which v1's token route may speak
      const code = entry?.errorCode ?? entry?.code ?? entry?.error
      return typeof code === "string" && code.length <= 64 && codePattern.test(code) ? [code] : []
    })
  } catch {
    return []
  }
}

/** How long a server wants to be left alone, in milliseconds; undefined where it does not say, or says nonsense. */
export const retryAfter = (headers: Readonly<Record<string, string>>, nowMillis: number): number | undefined => {
  const text = headers["retry-after"]?.trim() ?? ""
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined
  const until = Date.parse(text)
  if (Number.isNaN(until)) return undefined
  // both dates come from the server's clock; ours may be hours off
  const served = Date.parse(headers.date ?? "")
  return Math.max(0, until - (Number.isNaN(served) ? nowMillis : served))
}

/** Turns an answer that is no success into its error. What the server said stays redacted. */
export const refusal: (response: Incoming, facts: E.Facts) => Effect.Effect<E.WelkinError, never, Scope.Scope> = Effect.fnUntraced(
  function* (response, facts) {
    // an error whose body is too slow is the same error: its limits are not those of the attempt
    const bytes = yield* readAll(response, errorBodyCap, facts, Timing.alone).pipe(
      Effect.timeoutFail({
        duration: errorBodyTime,
        onTimeout: () => new E.TimeoutError({ ...facts, phase: "idle", limitMillis: Duration.toMillis(errorBodyTime) })
      }),
      Effect.either
    )
    // whether a fresh token would help stands in the body of a 401: one that broke off has not said
    if (Either.isLeft(bytes) && response.status === 401) return bytes.left
    const text = Either.isLeft(bytes) ? "" : (textOf(bytes.right) ?? "")
    const wait = retryAfter(response.headers, yield* Clock.currentTimeMillis)
    const answered: E.AnsweredFacts = {
      ...facts,
      status: response.status,
      codes: codesOf(text),
      body: Redacted.make(text),
      ...(wait === undefined ? {} : { retryAfterMillis: wait })
    }
    return new (classOf(response.status))(answered)
  }
)

const classes: Readonly<Record<number, new (facts: E.AnsweredFacts) => E.WelkinError>> = {
  400: E.BadRequest,
  401: E.Unauthorized,
  403: E.Forbidden,
  404: E.NotFound,
  408: E.ServerError,
  409: E.Conflict,
  410: E.Gone,
  429: E.RateLimited,
  500: E.ServerError,
  502: E.ServerError,
  503: E.ServerError,
  504: E.ServerError
}

// a browser hides the status of a redirect it did not follow behind a 0
const classOf = (status: number): (new (facts: E.AnsweredFacts) => E.WelkinError) =>
  classes[status] ?? (status === 0 || (status >= 300 && status < 400) ? E.UnexpectedRedirect : E.UnexpectedStatus)
