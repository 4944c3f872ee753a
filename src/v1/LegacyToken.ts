/**
 * The bearer token of the legacy API: a signed assertion trades for it. Asked for when first needed, once for all fibers, renewed in
 * the background five minutes before it expires, dropped when the server refuses it. It stays in memory.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Clock from "effect/Clock"
import * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import { SignJWT } from "jose"
import * as BearerToken from "../internal/bearer.js"
import * as Client from "../internal/client.js"
import type * as Limiter from "../internal/limiter.js"
import * as Origin from "../internal/origin.js"
import { LegacyClient, LegacyToken } from "../internal/tags.js"
import type * as Transport from "../internal/transport.js"
import { AuthenticationError, type WelkinError } from "../WelkinError.js"
import * as Authentication from "./Authentication.js"

export {
  /**
   * The token's service: `current` gives a token that lives for at least a minute, `reject` drops one that the server refused.
   * `atHand` may be left out: it gives the token of now, or undefined where it has to be waited for, and spares calls a timer.
   *
   * @since 0.1.0
   * @category tags
   */
  LegacyToken
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** As Welkin issued it. It belongs to one environment, live or test; the host is the same for all. */
  readonly clientId: string
  readonly clientSecret: Redacted.Redacted
  /** What the token may do: `all` unless this says otherwise, or names such as `patients.read` and `patients.write`. */
  readonly scopes?: ReadonlyArray<string> | undefined
  /** Default: the live host. https, or http to loopback. Without `/v1`. */
  readonly baseUrl?: string | undefined
  /** Whom the assertion is meant for. Default: the token route below the base URL; another one for a proxy. */
  readonly audience?: string | undefined
}

/** @internal */
export const defaultBaseUrl = "https://api.welkinhealth.com"

/** @internal */
export const checked = (options: Options): Either.Either<Options & { readonly baseUrl: string }, ConfigError.ConfigError> =>
  Either.gen(function* () {
    const baseUrl = yield* Origin.baseUrl("baseUrl", options.baseUrl ?? defaultBaseUrl)
    if (options.clientId === "") yield* Either.left(ConfigError.InvalidData(["clientId"], "must not be empty"))
    if (Redacted.value(options.clientSecret) === "") yield* Either.left(ConfigError.InvalidData(["clientSecret"], "must not be empty"))
    return { ...options, baseUrl }
  })

const anHour = 3600

/** The claims say no more than the service asks for. */
const sign = (options: Options & { readonly baseUrl: string }, nowMillis: number): Effect.Effect<Redacted.Redacted> =>
  Effect.promise(() =>
    new SignJWT({ scope: (options.scopes ?? ["all"]).join(" ") })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(options.clientId)
      .setAudience(options.audience ?? options.baseUrl + Authentication.exchange.descriptor.path)
      .setExpirationTime(Math.floor(nowMillis / 1000) + anHour)
      .sign(new TextEncoder().encode(Redacted.value(options.clientSecret)))
  ).pipe(Effect.map(Redacted.make))

/** What time it is for the server: by its own `Date`, once one has been seen, and by our clock until then. */
interface ServerTime {
  /** Milliseconds that the server's time is ahead of the monotonic clock, which no change of the wall clock touches. */
  readonly offset: Effect.Effect<number>
  readonly now: Effect.Effect<number>
  /** A transport that reads the clock off each answer. */
  readonly watch: (transport: Transport.Transport) => Transport.Transport
}

const monotonic = Effect.map(Clock.currentTimeNanos, (nanos) => Number(nanos / 1_000_000n))

const serverTime: Effect.Effect<ServerTime> = Effect.map(Ref.make<number | undefined>(undefined), (told) => {
  const own = Effect.zipWith(Clock.currentTimeMillis, monotonic, (wall, mono) => wall - mono)
  const offset = Effect.flatMap(Ref.get(told), (known) => (known === undefined ? own : Effect.succeed(known)))
  const heed = (date: string | undefined): Effect.Effect<void> => {
    const millis = Date.parse(date ?? "")
    return Number.isNaN(millis) ? Effect.void : Effect.flatMap(monotonic, (mono) => Ref.set(told, millis - mono))
  }
  return {
    offset,
    now: Effect.zipWith(offset, monotonic, (ahead, mono) => ahead + mono),
    watch: ({ send }) => ({
      send: (...sent) => Effect.tap(send(...sent), ({ headers }) => heed(headers.date))
    })
  }
})

/** A `Date` has whole seconds and takes a moment to arrive. */
const noticeable = 2_000

/** @internal */
export const makeWith: (
  options: Options & { readonly baseUrl: string },
  transport: Transport.Transport,
  limiter: Limiter.Limiter
) => Effect.Effect<LegacyToken["Type"], never, Scope.Scope> = Effect.fnUntraced(function* (options, transport, limiter) {
  const { id, method, path } = Authentication.exchange.descriptor
  const facts = { endpoint: id, method, route: path, attempts: 0, waitedMillis: 0, stopped: "Budget" as const }
  const time = yield* serverTime
  const below = yield* Client.make({
    baseUrl: options.baseUrl,
    slots: {},
    transport: time.watch(transport),
    limiter,
    bearer: undefined,
    admit: yield* BearerToken.budget(facts)
  })
  const ask = Effect.flatMap(
    Effect.flatMap(time.now, (now) => sign(options, now)),
    (assertion) => Authentication.exchange({ body: { assertion, grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer" } })
  ).pipe(Effect.provideService(LegacyClient, below), Effect.mapError(BearerToken.authentication))
  // the refusal may be due to our clock, and tells what the server's says
  const inServerTime = Effect.flatMap(time.offset, (believed) =>
    Effect.catchIf(
      ask,
      (error) => error._tag === "AuthenticationError" && error.reason === "Refused",
      (error) => Effect.flatMap(time.offset, (known) => (Math.abs(known - believed) < noticeable ? Effect.fail(error) : ask))
    )
  )
  return yield* BearerToken.make(
    inServerTime.pipe(
      Effect.filterOrFail(
        ({ access_token }) => Redacted.value(access_token) !== "",
        (): WelkinError => new AuthenticationError({ ...facts, attempts: 1, stopped: "Final", reason: "Malformed", codes: [] })
      ),
      Effect.map(({ access_token, expires_in }) => ({ token: access_token, lifetimeMillis: (expires_in ?? anHour) * 1000 }))
    )
  )
})

/**
 * Asks for tokens with the secret of a client.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make: (options: Options) => Effect.Effect<LegacyToken["Type"], ConfigError.ConfigError, HttpClient.HttpClient | Scope.Scope> =
  Effect.fnUntraced(function* (options) {
    const { limiter, transport } = yield* Client.parts
    return yield* makeWith(yield* checked(options), transport, limiter)
  })

/**
 * A token of its own for `LegacyClient.layerWithoutToken`: several clients can share it.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (options: Options): Layer.Layer<LegacyToken, ConfigError.ConfigError, HttpClient.HttpClient> =>
  Layer.scoped(LegacyToken, make(options))

/**
 * A token that somebody else takes care of, such as the long-lived ones that Welkin hands out for trials. When the server refuses it,
 * so does the call.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerStatic = (token: Redacted.Redacted): Layer.Layer<LegacyToken> =>
  Layer.succeed(LegacyToken, { atHand: Effect.succeed(token), current: Effect.succeed(token), reject: () => Effect.void })
