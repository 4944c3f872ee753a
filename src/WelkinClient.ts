/**
 * The client of the current API, v8: the one service that its endpoints need. It knows the origin, carries the token, keeps the
 * limits, tries again where that is safe, and puts one span around each call.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import * as Layer from "effect/Layer"
import type * as Stream from "effect/Stream"
import * as AccessToken from "./AccessToken.js"
import * as Endpoint from "./Endpoint.js"
import * as Client from "./internal/client.js"
import * as Origin from "./internal/origin.js"
import { refine } from "./internal/refine.js"
import { WelkinClient } from "./internal/tags.js"

export {
  /**
   * @since 0.1.0
   * @category tags
   */
  WelkinClient
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options extends AccessToken.Options {
  /** Name of the environment, a database of its own inside the tenant. */
  readonly instance: string
}

const slotsOf = (options: { readonly tenant: string; readonly instance: string; readonly baseUrl?: string | undefined }) =>
  Effect.all({
    baseUrl: Origin.baseUrl("baseUrl", options.baseUrl ?? AccessToken.defaultBaseUrl),
    tenant: Origin.slot("tenant", options.tenant),
    instance: Origin.slot("instance", options.instance)
  })

/**
 * Builds a client over a token that comes from the context. It takes the `RetryPolicy` and the `Limits` that stand there as its own.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make: (
  options: Omit<Options, "apiClient" | "secretKey">
) => Effect.Effect<WelkinClient["Type"], ConfigError.ConfigError, HttpClient.HttpClient | AccessToken.AccessToken> = Effect.fnUntraced(
  function* (options) {
    const { baseUrl, ...slots } = yield* slotsOf(options)
    return yield* Client.make({ baseUrl, slots, bearer: yield* AccessToken.AccessToken, ...(yield* Client.parts) })
  }
)

/**
 * A client that gets its own token with the secret of an API client.
 *
 * @example
 * ```ts
 * import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
 * import * as Layer from "effect/Layer"
 * import * as Redacted from "effect/Redacted"
 * import { WelkinClient } from "effect-welkin"
 *
 * const Welkin = WelkinClient.layer({
 *   tenant: "acme",
 *   instance: "demo",
 *   apiClient: "ABCDEFGHIJKL",
 *   secretKey: Redacted.make("…")
 * }).pipe(Layer.provide(FetchHttpClient.layer))
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (options: Options): Layer.Layer<WelkinClient, ConfigError.ConfigError, HttpClient.HttpClient> =>
  Layer.scoped(
    WelkinClient,
    Effect.gen(function* () {
      const { baseUrl, ...slots } = yield* slotsOf(options)
      const { limiter, transport } = yield* Client.parts
      const bearer = yield* AccessToken.makeWith({ ...options, baseUrl }, transport, limiter)
      return yield* Client.make({ baseUrl, slots, transport, limiter, bearer })
    })
  )

/**
 * A client over the `AccessToken` of the context: one that is shared, or static.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerWithoutToken = (
  options: Omit<Options, "apiClient" | "secretKey">
): Layer.Layer<WelkinClient, ConfigError.ConfigError, HttpClient.HttpClient | AccessToken.AccessToken> =>
  Layer.effect(WelkinClient, make(options))

/**
 * The environment variable that each option is read from.
 *
 * @since 0.1.0
 * @category constants
 */
export const variables = {
  tenant: "WELKIN_TENANT",
  instance: "WELKIN_INSTANCE",
  apiClient: "WELKIN_API_CLIENT",
  secretKey: "WELKIN_SECRET_KEY",
  baseUrl: "WELKIN_BASE_URL"
} as const

/**
 * The options as the environment has them: `WELKIN_TENANT`, `WELKIN_INSTANCE`, `WELKIN_API_CLIENT`, `WELKIN_SECRET_KEY` and `WELKIN_BASE_URL`.
 *
 * @since 0.1.0
 * @category constants
 */
export const config: Config.Config<Options> = Config.all({
  tenant: Config.nonEmptyString(variables.tenant),
  instance: Config.nonEmptyString(variables.instance),
  apiClient: Config.nonEmptyString(variables.apiClient),
  secretKey: Config.redacted(Config.nonEmptyString(variables.secretKey)),
  baseUrl: Config.withDefault(Config.string(variables.baseUrl), AccessToken.defaultBaseUrl)
})

/**
 * A client whose options come from the configuration; without an argument from `WELKIN_TENANT`, `WELKIN_INSTANCE`,
 * `WELKIN_API_CLIENT`, `WELKIN_SECRET_KEY` and `WELKIN_BASE_URL`, of which the last may be left out. Errors name the variable and never its value.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = (
  wrapped?: Config.Config.Wrap<Options>
): Layer.Layer<WelkinClient, ConfigError.ConfigError, HttpClient.HttpClient> =>
  wrapped === undefined
    ? Layer.unwrapEffect(Effect.map(config, (options) => Layer.mapError(layer(options), Origin.named(variables))))
    : Layer.unwrapEffect(Effect.map(Config.unwrap(wrapped), layer))

/**
 * Sends headers of your own with every call inside an effect or stream, such as the `Security-Role` that Welkin's CORS rules name. `Authorization` stays the client's.
 *
 * @since 0.1.0
 * @category combinators
 */
export const withHeaders: {
  (headers: Readonly<Record<string, string>>): <S extends Effect.Effect<any, any, any> | Stream.Stream<any, any, any>>(self: S) => S
  <S extends Effect.Effect<any, any, any> | Stream.Stream<any, any, any>>(self: S, headers: Readonly<Record<string, string>>): S
} = dual(2, (self: Effect.Effect<any, any, any> | Stream.Stream<any, any, any>, headers: Readonly<Record<string, string>>) =>
  refine(self, Client.HeadersOfCall, (before: Readonly<Record<string, string>>) => ({ ...before, ...Client.inLowerCase(headers) }))
)

/**
 * Calls a route that this SDK does not know, with the same token, limits, retries and errors. Values go into `{slots}`, never into the route itself.
 *
 * @example
 * ```ts
 * import * as Schema from "effect/Schema"
 * import { WelkinClient } from "effect-welkin"
 *
 * const labs = WelkinClient.request("GET", "/{tenant}/{instance}/patients/{patientId}/labs", {
 *   path: { patientId: Schema.NonEmptyString },
 *   success: Schema.Unknown
 * })
 *
 * const some = labs({ patientId: "p-1" })
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const request: Endpoint.Constructors<WelkinClient>["request"] = Endpoint.forClient(WelkinClient, "v8").request
