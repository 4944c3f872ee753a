import { createServer, type IncomingMessage, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import type * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as AccessToken from "../../src/AccessToken.js"
import * as WelkinClient from "../../src/WelkinClient.js"
import { options } from "./scripted.js"

/** A client of a listener on this machine, through a socket: for bodies of bytes, and for what arrives before the rest is there. */
export const clientOf = (listener: RequestListener): Layer.Layer<WelkinClient.WelkinClient, ConfigError.ConfigError> =>
  Layer.unwrapScoped(
    Effect.gen(function* () {
      const server = yield* Effect.acquireRelease(
        Effect.async<ReturnType<typeof createServer>>((resume) => {
          const one = createServer(listener)
          one.listen(0, "127.0.0.1", () => resume(Effect.succeed(one)))
        }),
        (one) =>
          Effect.async<void>((resume) => {
            one.close(() => resume(Effect.void))
            one.closeAllConnections()
          })
      )
      const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      return WelkinClient.layerWithoutToken({ ...options, baseUrl }).pipe(
        Layer.provide([NodeHttpClient.layerUndici, AccessToken.layerStatic(Redacted.make("token"))])
      )
    })
  )

/** A part of a form: text, or a file. */
export type Part = readonly [name: string, content: string | { readonly name: string; readonly type: string; readonly bytes: Uint8Array }]

/** The parts of a form, as the platform's own parser reads them. `seen` is told of every piece while they arrive. */
export const formOf = async (request: IncomingMessage, seen: (bytes: number) => void = () => {}): Promise<ReadonlyArray<Part>> => {
  const pieces: Array<Uint8Array<ArrayBuffer>> = []
  for await (const piece of request) {
    pieces.push(piece)
    seen(piece.length)
  }
  const form = await new Response(new Blob(pieces), { headers: { "content-type": request.headers["content-type"]! } }).formData()
  return Promise.all(
    Array.from(form, async ([name, value]): Promise<Part> => {
      if (typeof value === "string") return [name, value]
      return [name, { name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) }]
    })
  )
}
