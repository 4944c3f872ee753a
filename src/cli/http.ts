import * as HttpClient from "@effect/platform/HttpClient"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Agent, EnvHttpProxyAgent } from "undici"
import { Shutdown } from "./Shutdown.js"

const connect = { timeout: 10_000 }

// a proxy sees every byte of the records: it is used only by those who ask for it
const dispatcher = Effect.flatMap(Config.withDefault(Config.literal("env", "none")("WELKIN_PROXY"), "none"), (proxy) =>
  Effect.acquireRelease(
    Effect.sync(() => (proxy === "env" ? new EnvHttpProxyAgent({ connect }) : new Agent({ connect }))),
    (agent) => Effect.promise(() => agent.destroy())
  )
)

/** The command's own connections, which a signal closes to new requests. */
export const layer = Layer.effect(
  HttpClient.HttpClient,
  Effect.flatMap(Shutdown, ({ guard }) => Effect.map(HttpClient.HttpClient, guard))
).pipe(Layer.provide(NodeHttpClient.layerUndiciWithoutDispatcher), Layer.provide(Layer.scoped(NodeHttpClient.Dispatcher, dispatcher)))
