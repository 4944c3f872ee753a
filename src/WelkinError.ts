/**
 * Everything a call can fail with: one closed union of tagged errors.
 *
 * An error names the endpoint, the route template, the status, Welkin's error codes and how often it was tried. It never holds
 * a value of a record, a secret or a filled URL, however it is printed. What the server said in its own words stands behind
 * {@link answer}, redacted.
 *
 * @since 0.1.0
 */
import type * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Places from "./internal/places.js"

/**
 * What is known about an unsafe call that failed: it never left (`NotSent`), the server turned it down before doing anything
 * (`Rejected`), or nobody can tell whether it was applied (`Unknown`): read before you write again.
 *
 * @since 0.1.0
 * @category models
 */
export type Outcome = "NotSent" | "Rejected" | "Unknown"

/**
 * Why a call was not tried again: its kind of failure is final (`Final`), all attempts are used (`Attempts`), the next one would
 * pass the deadline (`Deadline`), the client's spare retries, or its requests for a token, are used up (`Budget`), or the server asked
 * for a longer wait than the policy allows (`LongWait`).
 *
 * @since 0.1.0
 * @category models
 */
export type Stopped = "Final" | "Attempts" | "Deadline" | "Budget" | "LongWait"

/**
 * What every error of a call tells.
 *
 * @since 0.1.0
 * @category models
 */
export interface Facts {
  /** Id of the endpoint, such as `patients.get`. */
  readonly endpoint: string
  readonly method: string
  /** The route's template, never the filled path. */
  readonly route: string
  /** Requests sent or tried, the first one included. 0 where nothing was tried. */
  readonly attempts: number
  /** Milliseconds spent waiting between attempts. */
  readonly waitedMillis: number
  readonly stopped: Stopped
  /** Set on unsafe calls only. */
  readonly outcome?: Outcome
}

/**
 * What errors tell that came with an answer of the server.
 *
 * @since 0.1.0
 * @category models
 */
export interface AnsweredFacts extends Facts {
  readonly status: number
  /** Welkin's machine codes, such as `DT_RECORD_NOT_FOUND`. Empty where the body was not Welkin's. */
  readonly codes: ReadonlyArray<string>
  /** The wait that the server asked for, in milliseconds. */
  readonly retryAfterMillis?: number
  /** The body as it came. See {@link answer}. */
  readonly body: Redacted.Redacted<string>
}

/**
 * A place where a value broke its schema: path, expectation and the type that was there. Never the value.
 *
 * @since 0.1.0
 * @category models
 */
export type Place = Places.Place

const attempts = ({ attempts }: { readonly attempts: number }): string => `${attempts} attempt${attempts === 1 ? "" : "s"}`

const line = (error: Facts & { readonly _tag: string }, detail: string): string => {
  const outcome = error.outcome === undefined ? "" : `, outcome ${error.outcome}`
  return `${error.endpoint} (${error.method} ${error.route}): ${detail} after ${attempts(error)}${outcome}`
}

type Answered<Tag extends string> = new (facts: AnsweredFacts) => Cause.YieldableError & { readonly _tag: Tag } & AnsweredFacts

const listed = (codes: ReadonlyArray<string>): string => (codes.length === 0 ? "" : ` [${codes.join(", ")}]`)

const answered = <const Tag extends string>(tag: Tag): Answered<Tag> =>
  class extends (Data.TaggedError(tag) as unknown as Answered<Tag>) {
    override get message(): string {
      return line(this, `${this.status}${listed(this.codes)}`)
    }
  }

/**
 * 400: the server could not take the request.
 *
 * @since 0.1.0
 * @category errors
 */
export class BadRequest extends answered("BadRequest") {}

/**
 * 401 for another reason than the token's age: a fresh token would not help.
 *
 * @since 0.1.0
 * @category errors
 */
export class Unauthorized extends answered("Unauthorized") {}

/**
 * 403: the API client lacks the right. Rights are granted in Welkin's Admin, not by trying again.
 *
 * @since 0.1.0
 * @category errors
 */
export class Forbidden extends answered("Forbidden") {}

/**
 * 404: no such record, no right to see it, or (with an empty body) no such route.
 *
 * @since 0.1.0
 * @category errors
 */
export class NotFound extends answered("NotFound") {}

/**
 * 409: another record stands in the way.
 *
 * @since 0.1.0
 * @category errors
 */
export class Conflict extends answered("Conflict") {}

/**
 * 410: it was there once.
 *
 * @since 0.1.0
 * @category errors
 */
export class Gone extends answered("Gone") {}

/**
 * 429, after all allowed waiting. `retryAfterMillis` says how long the server wants to be left alone.
 *
 * @since 0.1.0
 * @category errors
 */
export class RateLimited extends answered("RateLimited") {}

/**
 * 408 or 5xx. On an unsafe call the outcome is `Unknown`.
 *
 * @since 0.1.0
 * @category errors
 */
export class ServerError extends answered("ServerError") {}

/**
 * A 3xx. Redirects are never followed: they would carry the token to another place.
 *
 * @since 0.1.0
 * @category errors
 */
export class UnexpectedRedirect extends answered("UnexpectedRedirect") {}

/**
 * Any other status that is no success.
 *
 * @since 0.1.0
 * @category errors
 */
export class UnexpectedStatus extends answered("UnexpectedStatus") {}

/**
 * No token to be had, or a fresh one refused as well.
 *
 * - `Refused`: the token route turned the credentials down. It is not asked again for 30 seconds.
 * - `Malformed`: it answered without a usable token.
 * - `Disabled`: the API client is switched off in Admin.
 * - `StillRefused`: the server refused a call with the old token and with a new one.
 * - `Budget`: ten token requests in five minutes are spent; Welkin blocks a client above a hundred.
 *
 * @since 0.1.0
 * @category errors
 */
export class AuthenticationError extends Data.TaggedError("AuthenticationError")<
  Facts & {
    readonly reason: "Refused" | "Malformed" | "Disabled" | "StillRefused" | "Budget"
    readonly status?: number
    readonly codes: ReadonlyArray<string>
    readonly retryAfterMillis?: number
  }
> {
  override get message(): string {
    const status = this.status === undefined ? "" : ` ${this.status}`
    return line(this, `authentication failed, ${this.reason}${status}${listed(this.codes)}`)
  }
}

/**
 * The request could not be sent, or no answer came back.
 *
 * @since 0.1.0
 * @category errors
 */
export class TransportError extends Data.TaggedError("TransportError")<
  Facts & { readonly reason: "Refused" | "NameNotFound" | "Unreachable" | "Certificate" | "Tls" | "ConnectTimeout" | "Reset" | "Other" }
> {
  override get message(): string {
    return line(this, `no answer, ${this.reason}`)
  }
}

/**
 * Something took longer than its limit: connecting and waiting for the headers (`headers`), a silent body (`idle`), a body below
 * the throughput floor (`floor`), one attempt (`attempt`) or the call as a whole (`call`).
 *
 * @since 0.1.0
 * @category errors
 */
export class TimeoutError extends Data.TaggedError("TimeoutError")<
  Facts & { readonly phase: "headers" | "idle" | "floor" | "attempt" | "call"; readonly limitMillis: number }
> {
  override get message(): string {
    return line(this, `${this.phase} limit of ${this.limitMillis} ms passed`)
  }
}

/**
 * The body ended before it was whole.
 *
 * @since 0.1.0
 * @category errors
 */
export class TruncatedBody extends Data.TaggedError("TruncatedBody")<Facts & { readonly status: number; readonly bytes: number }> {
  override get message(): string {
    return line(this, `body broke off at ${this.bytes} bytes`)
  }
}

/**
 * The body is larger than the limit; reading stopped there.
 *
 * @since 0.1.0
 * @category errors
 */
export class BodyTooLarge extends Data.TaggedError("BodyTooLarge")<Facts & { readonly status: number; readonly limitBytes: number }> {
  override get message(): string {
    return line(this, `body exceeds ${this.limitBytes} bytes`)
  }
}

/**
 * A 2xx whose body is not what the endpoint answers: no JSON (`Syntax`), nothing (`Empty`), a web page (`Html`), an error list or
 * another envelope (`Envelope`), or a field that breaks its schema (`Schema`; `places` says where).
 *
 * @since 0.1.0
 * @category errors
 */
export class DecodeError extends Data.TaggedError("DecodeError")<
  Facts & {
    readonly reason: "Syntax" | "Envelope" | "Empty" | "Html" | "Schema"
    readonly status: number
    readonly places: ReadonlyArray<Place>
    readonly body: Redacted.Redacted<string>
  }
> {
  override get message(): string {
    const where = this.places.length === 0 ? "" : `: ${Places.format(this.places)}`
    return line(this, `answer not understood, ${this.reason}${where}`)
  }
}

/**
 * The input breaks its schema, or cannot be put in a URL or header. Nothing was sent.
 *
 * @since 0.1.0
 * @category errors
 */
export class EncodeError extends Data.TaggedError("EncodeError")<Facts & { readonly places: ReadonlyArray<Place> }> {
  override get message(): string {
    return line(this, `input not accepted: ${Places.format(this.places)}`)
  }
}

/**
 * A list that does not move: the same page, token or cursor twice, more than three empty pages in a row, or more pages than allowed.
 *
 * @since 0.1.0
 * @category errors
 */
export class PagingStalled extends Data.TaggedError("PagingStalled")<
  Facts & { readonly reason: "SamePosition" | "SamePage" | "PageIgnored" | "EmptyPages" | "TooManyPages"; readonly pages: number }
> {
  override get message(): string {
    return line(this, `list stalled, ${this.reason} at page ${this.pages}`)
  }
}

/**
 * A list that contradicts itself: a page says it is the last although its own total promises more.
 *
 * @since 0.1.0
 * @category errors
 */
export class PagingInconsistent extends Data.TaggedError("PagingInconsistent")<
  Facts & { readonly pages: number; readonly read: number; readonly total: number }
> {
  override get message(): string {
    return line(this, `list ended after ${this.read} of ${this.total} records`)
  }
}

/**
 * v1: more records than fit a page share one microsecond, so no window can separate them.
 *
 * @since 0.1.0
 * @category errors
 */
export class WindowOverflow extends Data.TaggedError("WindowOverflow")<Facts & { readonly pages: number }> {
  override get message(): string {
    return line(this, `a window of one microsecond holds more than a page, at page ${this.pages}`)
  }
}

/**
 * v1: the server answers with records outside the window it was asked for.
 *
 * @since 0.1.0
 * @category errors
 */
export class WindowIgnored extends Data.TaggedError("WindowIgnored")<Facts & { readonly pages: number }> {
  override get message(): string {
    return line(this, `the time window is ignored, at page ${this.pages}`)
  }
}

/**
 * @since 0.1.0
 * @category errors
 */
export type WelkinError =
  | BadRequest
  | Unauthorized
  | Forbidden
  | NotFound
  | Conflict
  | Gone
  | RateLimited
  | ServerError
  | UnexpectedRedirect
  | UnexpectedStatus
  | AuthenticationError
  | TransportError
  | TimeoutError
  | TruncatedBody
  | BodyTooLarge
  | DecodeError
  | EncodeError
  | PagingStalled
  | PagingInconsistent
  | WindowOverflow
  | WindowIgnored

const tags: ReadonlySet<string> = new Set<WelkinError["_tag"]>([
  "BadRequest",
  "Unauthorized",
  "Forbidden",
  "NotFound",
  "Conflict",
  "Gone",
  "RateLimited",
  "ServerError",
  "UnexpectedRedirect",
  "UnexpectedStatus",
  "AuthenticationError",
  "TransportError",
  "TimeoutError",
  "TruncatedBody",
  "BodyTooLarge",
  "DecodeError",
  "EncodeError",
  "PagingStalled",
  "PagingInconsistent",
  "WindowOverflow",
  "WindowIgnored"
])

/**
 * Whether a value is an error of this SDK.
 *
 * @since 0.1.0
 * @category predicates
 */
export const isWelkinError = (u: unknown): u is WelkinError =>
  u instanceof Error && "_tag" in u && tags.has(String(u._tag)) && "endpoint" in u && "attempts" in u

/**
 * Whether the same call could succeed later without anybody changing anything: the server or the network was in trouble. For an unsafe call this says
 * nothing about whether the first one was applied: see `outcome`.
 *
 * @since 0.1.0
 * @category predicates
 */
export const isRetryable = (error: WelkinError): boolean => {
  switch (error._tag) {
    case "RateLimited":
    case "ServerError":
    case "TimeoutError":
    case "TruncatedBody":
      return true
    case "TransportError":
      return error.reason !== "Certificate"
    case "AuthenticationError":
      return error.reason === "Budget"
    default:
      return false
  }
}

/**
 * Whether the credentials or the rights of the API client are the trouble.
 *
 * @since 0.1.0
 * @category predicates
 */
export const isAuth = (error: WelkinError): error is AuthenticationError | Unauthorized | Forbidden =>
  error._tag === "AuthenticationError" || error._tag === "Unauthorized" || error._tag === "Forbidden"

/**
 * Whether the record is not there: 404 or 410.
 *
 * @since 0.1.0
 * @category predicates
 */
export const isNotFound = (error: WelkinError): error is NotFound | Gone => error._tag === "NotFound" || error._tag === "Gone"

/**
 * What the server said in its own words, message and details included. It may hold health data: unwrap it with `Redacted.value`
 * only where that may be seen.
 *
 * @since 0.1.0
 * @category accessors
 */
export const answer = (error: WelkinError): Option.Option<Redacted.Redacted<string>> =>
  "body" in error && Redacted.isRedacted(error.body) ? Option.some(error.body) : Option.none()
