/**
 * The bearer token of an API client: asked for when first needed, once for all fibers, renewed in the background five minutes
 * before it expires, dropped when the server refuses it. It stays in memory.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import * as BearerToken from "./internal/bearer.js"
import * as Client from "./internal/client.js"
import * as Jwt from "./internal/jwt.js"
import type * as Limiter from "./internal/limiter.js"
import * as Origin from "./internal/origin.js"
import { AccessToken, WelkinClient } from "./internal/tags.js"
import type * as Transport from "./internal/transport.js"
import * as Authentication from "./v8/Authentication.js"
import { AuthenticationError, type WelkinError } from "./WelkinError.js"

export {
  /**
   * The token's service: `current` gives a token that lives for at least a minute, `reject` drops one that the server refused.
   * `atHand` may be left out: it gives the token of now, or undefined where it has to be waited for, and spares calls a timer.
   *
   * @since 0.1.0
   * @category tags
   */
  AccessToken
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  readonly tenant: string
  /** Name of the API client, twelve capital letters in Admin. */
  readonly apiClient: string
  readonly secretKey: Redacted.Redacted
  /** Default: the live host. https, or http to loopback. */
  readonly baseUrl?: string | undefined
}

/** @internal */
export const defaultBaseUrl = "https://api.live.welkincloud.io"

const anHour = 3_600_000

/** @internal */
export const makeWith: (
  options: Options & { readonly baseUrl: string },
  transport: Transport.Transport,
  limiter: Limiter.Limiter
) => Effect.Effect<AccessToken["Type"], never, Scope.Scope> = Effect.fnUntraced(function* (options, transport, limiter) {
  const { id, method, path } = Authentication.exchange.descriptor
  const facts = { endpoint: id, method, route: path, attempts: 0, waitedMillis: 0, stopped: "Budget" as const }
  const admit = yield* BearerToken.budget(facts)
  const below = yield* Client.make({
    baseUrl: options.baseUrl,
    slots: { tenant: options.tenant },
    transport,
    limiter,
    bearer: undefined,
    admit
  })
  const input = { apiClientName: options.apiClient, body: { secret: options.secretKey } }
  return yield* BearerToken.make(
    Authentication.exchange(input).pipe(
      Effect.provideService(WelkinClient, below),
      Effect.mapError(BearerToken.authentication),
      Effect.filterOrFail(
        ({ enabled }) => enabled !== false,
        (): WelkinError => new AuthenticationError({ ...facts, attempts: 1, stopped: "Final", reason: "Disabled", codes: [] })
      ),
      Effect.filterOrFail(
        ({ token }) => Redacted.value(token) !== "",
        (): WelkinError => new AuthenticationError({ ...facts, attempts: 1, stopped: "Final", reason: "Malformed", codes: [] })
      ),
      Effect.map(({ token }) => ({ token, lifetimeMillis: Jwt.lifetimeMillis(Redacted.value(token)) ?? anHour }))
    )
  )
})

/**
 * Asks for tokens with the secret of an API client.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make: (options: Options) => Effect.Effect<AccessToken["Type"], ConfigError.ConfigError, HttpClient.HttpClient | Scope.Scope> =
  Effect.fnUntraced(function* (options) {
    const baseUrl = yield* Origin.baseUrl("baseUrl", options.baseUrl ?? defaultBaseUrl)
    yield* Origin.slot("tenant", options.tenant)
    const { limiter, transport } = yield* Client.parts
    return yield* makeWith({ ...options, baseUrl }, transport, limiter)
  })

/**
 * A token of its own for `WelkinClient.layerWithoutToken`: several clients of one tenant can share it.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (options: Options): Layer.Layer<AccessToken, ConfigError.ConfigError, HttpClient.HttpClient> =>
  Layer.scoped(AccessToken, make(options))

/**
 * A token that somebody else takes care of. When the server refuses it, so does the call.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerStatic = (token: Redacted.Redacted): Layer.Layer<AccessToken> =>
  Layer.succeed(AccessToken, { atHand: Effect.succeed(token), current: Effect.succeed(token), reject: () => Effect.void })
