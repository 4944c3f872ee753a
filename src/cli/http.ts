import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Agent, EnvHttpProxyAgent } from "undici"

const connect = { timeout: 10_000 }

// a proxy sees every byte of the records: it is used only by those who ask for it
const dispatcher = Effect.flatMap(Config.withDefault(Config.literal("env", "none")("WELKIN_PROXY"), "none"), (proxy) =>
  Effect.acquireRelease(
    Effect.sync(() => (proxy === "env" ? new EnvHttpProxyAgent({ connect }) : new Agent({ connect }))),
    (agent) => Effect.promise(() => agent.destroy())
  )
)

/** The command's own connections. */
export const layer = NodeHttpClient.layerUndiciWithoutDispatcher.pipe(Layer.provide(Layer.scoped(NodeHttpClient.Dispatcher, dispatcher)))
