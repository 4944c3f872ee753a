/**
 * What is tried again, when, and how often.
 *
 * A call that only reads is repeated after trouble on the way. A call that may write is repeated only where it provably never
 * left, or where the server turned it down before doing anything. {@link decisions} is the whole table.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import { dual, identity } from "effect/Function"
import * as Layer from "effect/Layer"
import type * as Stream from "effect/Stream"
import { refine } from "./internal/refine.js"
import type { Outcome, TransportError, WelkinError } from "./WelkinError.js"

/**
 * Kinds of failure that are treated alike.
 *
 * @since 0.1.0
 * @category models
 */
export type Fault =
  /** The request did not leave: refused, unreachable, no connection in time, TLS failed before anything was written. */
  | "NeverSent"
  /** The host's name is not known. */
  | "NameNotFound"
  /** The server's certificate is not trusted. */
  | "Certificate"
  /** Sent, and nothing came back. */
  | "NoAnswer"
  /** An answer began and broke off, stalled or came too slowly. */
  | "BrokenBody"
  /** 401 with a code that says the token is too old or unknown. */
  | "TokenRefused"
  /** 408, 500, 502, 503, 504. */
  | "Unavailable"
  /** 429. */
  | "RateLimited"
  /** Any other status that is no success: the server decided. */
  | "TurnedDown"
  /** 2xx that is no JSON. */
  | "NoJson"
  /** 2xx of another shape than the endpoint's. */
  | "WrongShape"
  /** The call's own limits, input or credentials ended it. */
  | "Ended"

/**
 * Whether to repeat: never, always (within the policy), once, once without a wait at first, once with a fresh token.
 *
 * @since 0.1.0
 * @category models
 */
export type Repeat = "Never" | "Always" | "Once" | "AlwaysFirstAtOnce" | "WithFreshToken"

/**
 * @since 0.1.0
 * @category models
 */
export interface Decision {
  /** For calls that only read. */
  readonly safe: Repeat
  /** For calls that may write. */
  readonly unsafe: Repeat
  /** What is known about a call that may write. */
  readonly outcome: Outcome
}

/**
 * The table of decisions. A fault that is not in it does not exist.
 *
 * @since 0.1.0
 * @category constants
 */
export const decisions: { readonly [F in Fault]: Decision } = {
  NeverSent: { safe: "Always", unsafe: "Always", outcome: "NotSent" },
  NameNotFound: { safe: "Once", unsafe: "Once", outcome: "NotSent" },
  Certificate: { safe: "Never", unsafe: "Never", outcome: "NotSent" },
  NoAnswer: { safe: "AlwaysFirstAtOnce", unsafe: "Never", outcome: "Unknown" },
  BrokenBody: { safe: "Always", unsafe: "Never", outcome: "Unknown" },
  TokenRefused: { safe: "WithFreshToken", unsafe: "WithFreshToken", outcome: "Rejected" },
  Unavailable: { safe: "Always", unsafe: "Never", outcome: "Unknown" },
  RateLimited: { safe: "Always", unsafe: "Always", outcome: "Rejected" },
  TurnedDown: { safe: "Never", unsafe: "Never", outcome: "Rejected" },
  NoJson: { safe: "Once", unsafe: "Never", outcome: "Unknown" },
  WrongShape: { safe: "Never", unsafe: "Never", outcome: "Unknown" },
  Ended: { safe: "Never", unsafe: "Never", outcome: "NotSent" }
}

/** Codes of a 401 after which a fresh token helps: two of v8, one of v1. */
const tokenCodes: ReadonlySet<string> = new Set(["TOKEN_EXPIRED", "NOT_VALID_JSON_WEB_TOKEN", "unauthorized"])

const faultsOfTransport: { readonly [R in TransportError["reason"]]: Fault } = {
  Refused: "NeverSent",
  Unreachable: "NeverSent",
  ConnectTimeout: "NeverSent",
  Tls: "NeverSent",
  NameNotFound: "NameNotFound",
  Certificate: "Certificate",
  Reset: "NoAnswer",
  Other: "NoAnswer"
}

/**
 * The kind of failure an error of a single attempt is.
 *
 * @since 0.1.0
 * @category predicates
 */
export const faultOf = (error: WelkinError): Fault => {
  switch (error._tag) {
    case "TransportError":
      return faultsOfTransport[error.reason]
    case "TimeoutError":
      return error.phase === "headers" ? "NoAnswer" : "BrokenBody"
    case "TruncatedBody":
      return "BrokenBody"
    case "Unauthorized":
      return error.codes.some((code) => tokenCodes.has(code)) ? "TokenRefused" : "TurnedDown"
    case "RateLimited":
      return "RateLimited"
    case "ServerError":
      return "Unavailable"
    case "DecodeError":
      return error.reason === "Syntax" ? "NoJson" : "WrongShape"
    case "BodyTooLarge":
      return "WrongShape"
    case "BadRequest":
    case "Forbidden":
    case "NotFound":
    case "Conflict":
    case "Gone":
    case "UnexpectedRedirect":
    case "UnexpectedStatus":
      return "TurnedDown"
    default:
      return "Ended"
  }
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Policy {
  /** Requests per call, the first one included. 4. */
  readonly attempts: number
  /** First wait: a random one between nothing and this. Doubles with each attempt. 250 milliseconds. */
  readonly base: Duration.DurationInput
  /** Longest wait of our own. 20 seconds. */
  readonly cap: Duration.DurationInput
  /** Longest wait taken on the server's word (`Retry-After`); above it a call fails at once. 60 seconds. */
  readonly maxRetryAfter: Duration.DurationInput
  /** Decides for a kind of failure; reads {@link decisions} unless replaced. */
  readonly repeat: (fault: Fault, safe: boolean) => Repeat
}

/**
 * The policy of a client that was given none.
 *
 * @since 0.1.0
 * @category constants
 */
export const standard: Policy = {
  attempts: 4,
  base: "250 millis",
  cap: "20 seconds",
  maxRetryAfter: "60 seconds",
  repeat: (fault, safe) => (safe ? decisions[fault].safe : decisions[fault].unsafe)
}

/**
 * Nothing is tried again, except once with a fresh token where the old one was refused.
 *
 * @since 0.1.0
 * @category constants
 */
export const none: Policy = { ...standard, repeat: (fault) => (fault === "TokenRefused" ? "WithFreshToken" : "Never") }

/**
 * The policy a client is made with.
 *
 * @since 0.1.0
 * @category references
 */
export class RetryPolicy extends Context.Reference<RetryPolicy>()("effect-welkin/RetryPolicy", { defaultValue: (): Policy => standard }) {}

/**
 * What a single call changes about its client's policy: nothing, unless {@link withRetryPolicy} says so.
 *
 * @since 0.1.0
 * @category references
 */
export class RetryPolicyOfCall extends Context.Reference<RetryPolicyOfCall>()("effect-welkin/RetryPolicyOfCall", {
  defaultValue: (): ((ofClient: Policy) => Policy) => identity
}) {}

/**
 * A policy for a client; what is left out keeps its standard value. Give it to the client's layer, not to the call.
 *
 * @example
 * ```ts
 * import * as Layer from "effect/Layer"
 * import { RetryPolicy, WelkinClient } from "effect-welkin"
 *
 * const patient = WelkinClient.layerConfig().pipe(Layer.provide(RetryPolicy.layer({ attempts: 6 })))
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (policy: Partial<Policy>): Layer.Layer<never> =>
  Layer.succeed(RetryPolicy, { ...standard, ...policy }) as Layer.Layer<never>

/**
 * Changes the policy of every call inside an effect or stream. Innermost wins.
 *
 * @example
 * ```ts
 * import { RetryPolicy } from "effect-welkin"
 * import { Patients } from "effect-welkin/v8"
 *
 * const once = Patients.searchStream({ body: {} }).pipe(RetryPolicy.withRetryPolicy(RetryPolicy.none))
 * ```
 *
 * @since 0.1.0
 * @category combinators
 */
export const withRetryPolicy: {
  (policy: Partial<Policy>): <S extends Effect.Effect<any, any, any> | Stream.Stream<any, any, any>>(self: S) => S
  <S extends Effect.Effect<any, any, any> | Stream.Stream<any, any, any>>(self: S, policy: Partial<Policy>): S
} = dual(2, (self: Effect.Effect<any, any, any> | Stream.Stream<any, any, any>, policy: Partial<Policy>) =>
  refine(self, RetryPolicyOfCall, (ofClient: Policy) => ({ ...ofClient, ...policy }))
)
