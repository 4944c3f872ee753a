/**
 * A server on 127.0.0.1 that answers as badly as a test wants, and tells what it saw from its own side: requests, open sockets,
 * and when a socket closed. The token route is answered by itself.
 */
import * as Http from "node:http"
import type * as Net from "node:net"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type * as HttpClient from "@effect/platform/HttpClient"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import * as AccessToken from "../../src/AccessToken.js"
import * as Limits from "../../src/Limits.js"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import * as WelkinClient from "../../src/WelkinClient.js"
import * as Scripted from "./scripted.js"

export interface Exchange {
  /** Counts the requests of this server, from 1; token requests apart. */
  readonly n: number
  readonly method: string
  readonly url: string
  readonly headers: Http.IncomingHttpHeaders
  readonly body: Buffer
  readonly response: Http.ServerResponse
  readonly socket: Net.Socket
}

export type Handle = (exchange: Exchange) => void

export interface Server {
  readonly baseUrl: string
  /** Every request but those for a token. */
  readonly requests: ReadonlyArray<Exchange>
  /** Sockets that are open now, and that have been opened in all; the clients' ports of those open now. */
  readonly sockets: { readonly open: number; readonly opened: number; readonly ports: ReadonlySet<number> }
  /** Lets go of the requests so far, for a test that counts what is kept. */
  readonly forget: () => void
}

const isTokenRoute = (url: string): boolean => url.includes("/admin/api_clients/")

/** Serves until the scope closes. */
export const serve = (
  handle: Handle,
  tokens: (exchange: Pick<Exchange, "response">) => void = json({ token: "exchanged-token" })
): Effect.Effect<Server, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.async<{ readonly http: Http.Server; readonly server: Server }>((resume) => {
        let n = 0
        const requests: Array<Exchange> = []
        const forget = () => {
          requests.length = 0
        }
        const sockets = { open: 0, opened: 0, ports: new Set<number>() }
        const http = Http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
          const parts: Array<Buffer> = []
          request.on("data", (part) => parts.push(part))
          request.on("error", () => {})
          request.on("end", () => {
            const { headers, method = "", socket, url = "" } = request
            if (isTokenRoute(url)) return tokens({ response })
            const exchange = { n: ++n, method, url, headers, body: Buffer.concat(parts), response, socket }
            requests.push(exchange)
            handle(exchange)
          })
        })
        http.on("connection", (socket) => {
          const port = socket.remotePort!
          sockets.open++
          sockets.opened++
          sockets.ports.add(port)
          socket.setNoDelay(true)
          socket.on("error", () => {})
          socket.on("close", () => {
            sockets.open--
            sockets.ports.delete(port)
          })
        })
        http.listen(0, "127.0.0.1", () => {
          const { port } = http.address() as Net.AddressInfo
          resume(Effect.succeed({ http, server: { baseUrl: `http://127.0.0.1:${port}`, requests, sockets, forget } }))
        })
      }),
      ({ http }) =>
        Effect.async<void>((resume) => {
          http.close(() => resume(Effect.void))
          http.closeAllConnections()
        })
    ),
    ({ server }) => server
  )

/** Answers as a server should. */
export const json =
  (value: unknown, status = 200, headers: Http.OutgoingHttpHeaders = {}) =>
  ({ response }: Pick<Exchange, "response">): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers })
    response.end(status === 204 ? undefined : JSON.stringify(value))
  }

/** Writes an answer by hand, head and all, and leaves the socket open. */
export const raw =
  (head: ReadonlyArray<string>, body: string | Uint8Array = "", status = "200 OK"): Handle =>
  ({ socket }) => {
    socket.write(`HTTP/1.1 ${status}\r\n${["content-type: application/json", ...head].join("\r\n")}\r\n\r\n`)
    if (body.length > 0) socket.write(body)
  }

/** The same, and ends the connection. Without a length or chunks in the head, that is where the body ends. */
export const ended =
  (head: ReadonlyArray<string>, body: string | Uint8Array, status?: string): Handle =>
  (exchange) => {
    raw(["connection: close", ...head], body, status)(exchange)
    exchange.socket.end()
  }

/** The two HTTP clients that the SDK promises to work with, undici anew for each layer. */
export const httpClients: ReadonlyArray<readonly [name: string, layer: Layer.Layer<HttpClient.HttpClient>]> = [
  ["undici", NodeHttpClient.layerUndici],
  ["fetch", FetchHttpClient.layer]
]

const settings = (limits: Partial<Limits.Values>, policy: Partial<RetryPolicy.Policy>) =>
  Layer.merge(Limits.layer(limits), RetryPolicy.layer(policy))

/** A client of a server that tries once, with limits of a test's patience and a token that need not be asked for. */
export const client = (
  { baseUrl }: Pick<Server, "baseUrl">,
  http: Layer.Layer<HttpClient.HttpClient>,
  limits: Partial<Limits.Values> = {},
  policy: Partial<RetryPolicy.Policy> = RetryPolicy.none
) =>
  WelkinClient.layerWithoutToken({ ...Scripted.options, baseUrl }).pipe(
    Layer.provide([settings(limits, policy), AccessToken.layerStatic(Redacted.make("loopback-token")), http])
  )

/** The same, asking for its token. */
export const clientWithSecret = (
  { baseUrl }: Pick<Server, "baseUrl">,
  http: Layer.Layer<HttpClient.HttpClient>,
  policy: Partial<RetryPolicy.Policy> = RetryPolicy.none
) => WelkinClient.layer({ ...Scripted.options, baseUrl }).pipe(Layer.provide([settings({}, policy), http]))

/** Waits until something is so, by the real clock; dies with its name where it never is. */
export const eventually = (name: string, isSo: () => boolean, within: Duration.DurationInput = "5 seconds"): Effect.Effect<void> => {
  const attempt: Effect.Effect<void> = Effect.suspend(() => (isSo() ? Effect.void : Effect.zipRight(Effect.sleep("2 millis"), attempt)))
  return attempt.pipe(
    Effect.timeoutFail({ duration: within, onTimeout: () => new Error(`not within ${Duration.format(within)}: ${name}`) }),
    Effect.orDie
  )
}
