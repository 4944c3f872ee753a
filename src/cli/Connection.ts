import * as Options from "@effect/cli/Options"
import type * as FileSystem from "@effect/platform/FileSystem"
import type * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as AccessToken from "../AccessToken.js"
import * as Origin from "../internal/origin.js"
import * as LegacyClient from "../v1/LegacyClient.js"
import * as LegacyToken from "../v1/LegacyToken.js"
import * as WelkinClient from "../WelkinClient.js"
import type * as Failure from "./Failure.js"
import * as Http from "./http.js"
import * as Secret from "./Secret.js"

const api = Options.choice("api", ["v8", "v1"]).pipe(
  Options.withDescription(
    "v8: the current API. v1: the legacy API, whose collections are read by windows of time; " +
      `${LegacyClient.variables.clientId} and ${LegacyClient.variables.clientSecret} say whose.`
  ),
  Options.withDefault("v8")
)

const baseUrl = Options.text("base-url").pipe(
  Options.withPseudoName("URL"),
  Options.withDescription(
    `Where the API is, instead of ${WelkinClient.variables.baseUrl} (v1: ${LegacyClient.variables.baseUrl}) or the live host.`
  ),
  Options.optional
)

/** The flags of every command that talks to the service. */
export const options = { api, baseUrl, secretFile: Secret.option }

export interface Flags {
  readonly baseUrl: Option.Option<string>
  readonly secretFile: Option.Option<string>
}

/** Whose records, and where: the flags, and for the rest the environment. */
const settingsOf =
  <A extends { readonly baseUrl?: string | undefined }>(
    api: { readonly config: Config.Config<A>; readonly variables: { readonly baseUrl: string } },
    defaultBaseUrl: string,
    places: Secret.Places
  ) =>
  (flags: Flags): Effect.Effect<A & { readonly baseUrl: string }, ConfigError.ConfigError | Failure.Failure, FileSystem.FileSystem> =>
    Effect.gen(function* () {
      const fromEnvironment = yield* api.config
      const baseUrl = yield* Option.match(flags.baseUrl, {
        onNone: () => Origin.baseUrl(api.variables.baseUrl, fromEnvironment.baseUrl ?? defaultBaseUrl),
        onSome: (url) => Origin.baseUrl("--base-url", url)
      })
      return { ...fromEnvironment, baseUrl }
    }).pipe(Secret.provided(flags.secretFile, places))

/** The settings of the current API. */
export const settings = settingsOf(WelkinClient, AccessToken.defaultBaseUrl, Secret.current)

/** The settings of the legacy API. */
export const legacySettings = settingsOf(LegacyClient, LegacyToken.defaultBaseUrl, Secret.legacy)

/** The client of a command. */
export const layer = (settings: WelkinClient.Options) =>
  WelkinClient.layer(settings).pipe(Layer.mapError(Origin.named(WelkinClient.variables)), Layer.provide(Http.layer))

/** The same, with the token to be had by itself. */
export const layerWithToken = (settings: WelkinClient.Options) =>
  WelkinClient.layerWithoutToken(settings).pipe(
    Layer.provideMerge(AccessToken.layer(settings)),
    Layer.mapError(Origin.named(WelkinClient.variables)),
    Layer.provide(Http.layer)
  )

/** The client of the legacy API. */
export const legacyLayer = (settings: LegacyClient.Options) =>
  LegacyClient.layer(settings).pipe(Layer.mapError(Origin.named(LegacyClient.variables)), Layer.provide(Http.layer))

/** The same, with the token to be had by itself. */
export const legacyLayerWithToken = (settings: LegacyClient.Options) =>
  LegacyClient.layerWithoutToken(settings).pipe(
    Layer.provideMerge(LegacyToken.layer(settings)),
    Layer.mapError(Origin.named(LegacyClient.variables)),
    Layer.provide(Http.layer)
  )
