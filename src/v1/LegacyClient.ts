/**
 * The client of the legacy API, v1: the one service that its endpoints need. Its token, limits and retries are its own, and its
 * credentials never reach the current API.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Endpoint from "../Endpoint.js"
import * as Client from "../internal/client.js"
import * as Origin from "../internal/origin.js"
import { LegacyClient } from "../internal/tags.js"
import * as RetryPolicy from "../RetryPolicy.js"
import type { WelkinError } from "../WelkinError.js"
import * as LegacyToken from "./LegacyToken.js"

export {
  /**
   * @since 0.1.0
   * @category tags
   */
  LegacyClient
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options extends LegacyToken.Options {}

/** v1 answers 401 for the token and nothing else, and its older services do not say so in a code. */
const faultOf = (error: WelkinError): RetryPolicy.Fault => (error._tag === "Unauthorized" ? "TokenRefused" : RetryPolicy.faultOf(error))

/**
 * Builds a client over a token that comes from the context. It takes the `RetryPolicy` and the `Limits` that stand there as its own.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make: (
  options: Pick<Options, "baseUrl">
) => Effect.Effect<LegacyClient["Type"], ConfigError.ConfigError, HttpClient.HttpClient | LegacyToken.LegacyToken> = Effect.fnUntraced(
  function* (options) {
    const baseUrl = yield* Origin.baseUrl("baseUrl", options.baseUrl ?? LegacyToken.defaultBaseUrl)
    return yield* Client.make({ baseUrl, slots: {}, bearer: yield* LegacyToken.LegacyToken, faultOf, ...(yield* Client.parts) })
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
 * import { LegacyClient } from "effect-welkin/v1"
 *
 * const Welkin = LegacyClient.layer({
 *   clientId: "2f6d1c4b-9a70-4d1e-8b53-7e0c6a5f4d31",
 *   clientSecret: Redacted.make("…"),
 *   scopes: ["patients.read"]
 * }).pipe(Layer.provide(FetchHttpClient.layer))
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (options: Options): Layer.Layer<LegacyClient, ConfigError.ConfigError, HttpClient.HttpClient> =>
  Layer.scoped(
    LegacyClient,
    Effect.gen(function* () {
      const complete = yield* LegacyToken.checked(options)
      const { limiter, transport } = yield* Client.parts
      const bearer = yield* LegacyToken.makeWith(complete, transport, limiter)
      return yield* Client.make({ baseUrl: complete.baseUrl, slots: {}, transport, limiter, bearer, faultOf })
    })
  )

/**
 * A client over the `LegacyToken` of the context: one that is shared, or static.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerWithoutToken = (
  options: Pick<Options, "baseUrl"> = {}
): Layer.Layer<LegacyClient, ConfigError.ConfigError, HttpClient.HttpClient | LegacyToken.LegacyToken> =>
  Layer.effect(LegacyClient, make(options))

/**
 * The variables that {@link config} reads.
 *
 * @since 0.1.0
 * @category constants
 */
export const variables = {
  clientId: "WELKIN_V1_CLIENT_ID",
  clientSecret: "WELKIN_V1_CLIENT_SECRET",
  baseUrl: "WELKIN_V1_BASE_URL"
} as const

/**
 * The options as the environment has them: `WELKIN_V1_CLIENT_ID`, `WELKIN_V1_CLIENT_SECRET` and `WELKIN_V1_BASE_URL`.
 *
 * @since 0.1.0
 * @category constants
 */
export const config: Config.Config<Options> = Config.all({
  clientId: Config.nonEmptyString(variables.clientId),
  clientSecret: Config.redacted(Config.nonEmptyString(variables.clientSecret)),
  baseUrl: Config.withDefault(Config.string(variables.baseUrl), LegacyToken.defaultBaseUrl)
})

/**
 * A client whose options come from the configuration; without an argument from `WELKIN_V1_CLIENT_ID`, `WELKIN_V1_CLIENT_SECRET` and
 * `WELKIN_V1_BASE_URL`, of which the last may be left out. Errors name the variable and never its value.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = (
  wrapped?: Config.Config.Wrap<Options>
): Layer.Layer<LegacyClient, ConfigError.ConfigError, HttpClient.HttpClient> =>
  wrapped === undefined
    ? Layer.unwrapEffect(Effect.map(config, (options) => Layer.mapError(layer(options), Origin.named(variables))))
    : Layer.unwrapEffect(Effect.map(Config.unwrap(wrapped), layer))

/**
 * Calls a route that this SDK does not know, with the same token, limits, retries and errors. `Envelope.item` takes its answer out of
 * the envelope, and a find of `TimeWindow.query` and `Envelope.page` can be walked.
 *
 * @example
 * ```ts
 * import * as Schema from "effect/Schema"
 * import { Envelope, LegacyClient, TimeWindow } from "effect-welkin/v1"
 *
 * const alerts = LegacyClient.request("GET", "/v1/alerts", {
 *   query: TimeWindow.query,
 *   success: Envelope.page(Schema.Struct({ id: Schema.NonEmptyString, updated_at: Schema.String }))
 * })
 *
 * const all = TimeWindow.items(alerts)()
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const request: Endpoint.Constructors<LegacyClient>["request"] = Endpoint.forClient(LegacyClient, "v1").request
