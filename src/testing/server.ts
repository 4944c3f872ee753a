/**
 * The simulator behind a socket: a loopback HTTP server over the same state as the door without one. For clients that are not
 * written in Effect, for the real command, and for faults that only a connection can have. Node only.
 *
 * @since 0.1.0
 */
import * as Http from "node:http"
import type * as Net from "node:net"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { bytesOf } from "./internal/alter.js"
import type { Request } from "./internal/call.js"
import { exchange } from "./internal/exchange.js"
import * as Notices from "./internal/v1/notices.js"
import * as Wire from "./internal/wire.js"
import * as Simulator from "./Simulator.js"

/**
 * A simulator's loopback server.
 *
 * @since 0.1.0
 * @category models
 */
export interface Service extends Simulator.Credentials {
  /** What a client of the legacy API is built with: it is served on the same port. */
  readonly legacyCredentials: Simulator.LegacyCredentials
  /** Nobody listens until the scope ends: connections are refused, and open ones are closed. Then the server is back on its port. */
  readonly down: Effect.Effect<void, never, Scope.Scope>
}

/**
 * The loopback server of the running test.
 *
 * @since 0.1.0
 * @category tags
 */
export class Server extends Context.Tag("effect-welkin/testing/Server")<Server, Service>() {}

/**
 * The server cannot listen, for instance because its port is taken.
 *
 * @since 0.1.0
 * @category errors
 */
export class CannotListen extends Data.TaggedError("CannotListen")<{ readonly code: string }> {
  override get message(): string {
    return `The simulator cannot listen on the loopback address: ${this.code}`
  }
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options extends Simulator.Options {
  /** The port on 127.0.0.1: any free one unless said. */
  readonly port?: number
}

/** Bodies above this are not read. */
const bodyCap = 64 * 1024 * 1024

/** A receiver's redirect is no acceptance. */
const sender = Effect.provide(HttpClient.HttpClient, FetchHttpClient.layer).pipe(
  Effect.map(HttpClient.transformResponse(Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" })))
)

/**
 * Puts a socket before the simulator of the context. When the scope ends, so do the server and all of its connections. Where the
 * simulator was told whom to notify of changes, it does so every minute.
 *
 * @since 0.1.0
 * @category constructors
 */
export const serve: (port?: number) => Effect.Effect<Service, CannotListen, Simulator.Simulator | Scope.Scope> = Effect.fnUntraced(
  function* (port = 0) {
    const { credentials, legacyCredentials, [Simulator.RuntimeKey]: runtime } = yield* Simulator.Simulator
    const run = yield* FiberSet.makeRuntime<never, void, never>()
    const server = Http.createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
      const answering = received(incoming).pipe(
        Effect.flatMap((request) => exchange(runtime, request)),
        Effect.catchTag("BodyTooLarge", () => Effect.succeed(tooLarge)),
        Effect.flatMap((delivery) => deliver(outgoing, delivery)),
        Effect.catchAllCause(() => Effect.sync(() => outgoing.destroy()))
      )
      const fiber = run(answering)
      // a client that hung up waits for nothing more
      outgoing.once("close", () => fiber.unsafeInterruptAsFork(fiber.id()))
    })
    const address = yield* Effect.acquireRelease(listen(server, port), () => close(server))
    const baseUrl = `http://127.0.0.1:${address.port}`
    yield* Effect.forkScoped(Notices.forever(runtime.world, yield* sender, baseUrl))
    return {
      ...credentials,
      baseUrl,
      legacyCredentials: { ...legacyCredentials, baseUrl },
      down: Effect.acquireRelease(close(server), () => Effect.orDie(listen(server, address.port)))
    }
  }
)

/**
 * A simulator and its loopback server.
 *
 * @example
 * ```ts
 * import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 * import { WelkinClient } from "effect-welkin"
 * import { layerServer, Server } from "effect-welkin/testing/server"
 *
 * const Welkin = Layer.unwrapEffect(Effect.map(Server, WelkinClient.layer)).pipe(
 *   Layer.provide(NodeHttpClient.layerUndici),
 *   Layer.provideMerge(layerServer({ seed: 1, patients: 250 }))
 * )
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layerServer = ({
  port,
  ...options
}: Options = {}): Layer.Layer<Server | Simulator.Simulator, CannotListen | Simulator.InvalidOptions> =>
  Layer.provideMerge(Layer.scoped(Server, serve(port)), Layer.scoped(Simulator.Simulator, Simulator.make(options)))

const listen = (server: Http.Server, port: number): Effect.Effect<Net.AddressInfo, CannotListen> =>
  Effect.async((resume) => {
    const failed = (error: NodeJS.ErrnoException) => resume(Effect.fail(new CannotListen({ code: error.code ?? "UNKNOWN" })))
    server.once("error", failed)
    try {
      server.listen(port, "127.0.0.1", () => {
        server.off("error", failed)
        resume(Effect.succeed(server.address() as Net.AddressInfo))
      })
    } catch (error) {
      // a port that is no port is thrown, not emitted
      failed(error as NodeJS.ErrnoException)
    }
  })

const close = (server: Http.Server): Effect.Effect<void> =>
  Effect.async((resume) => {
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })

class BodyTooLarge extends Data.TaggedError("BodyTooLarge") {}

const tooLarge: Wire.Answer = {
  _tag: "Answer",
  status: 413,
  headers: { "content-length": "0", connection: "close" },
  framing: "length",
  body: "",
  headDrip: undefined,
  ending: "nothing"
}

const received = (incoming: Http.IncomingMessage): Effect.Effect<Request, BodyTooLarge> =>
  Effect.async((resume) => {
    const chunks: Array<Buffer> = []
    let size = 0
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length
      if (size <= bodyCap) chunks.push(chunk)
      else resume(Effect.fail(new BodyTooLarge()))
    })
    incoming.once("end", () => resume(Effect.succeed(requestOf(incoming, Buffer.concat(chunks)))))
  })

/** The path is taken as it came: nothing is resolved that a client should have escaped. */
const requestOf = (incoming: Http.IncomingMessage, body: Uint8Array): Request => {
  const [pathname, search = ""] = (incoming.url ?? "/").split(/\?(.*)/s, 2) as [string, string?]
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []))
  return { method: incoming.method ?? "GET", pathname, query: new URLSearchParams(search), headers: Object.fromEntries(headers), body }
}

const deliver = (outgoing: Http.ServerResponse, delivery: Wire.Delivery): Effect.Effect<void> => {
  switch (delivery._tag) {
    case "Refused":
    case "TlsFailed":
    case "Reset":
      return reset(outgoing)
    case "Silence":
      return Effect.never
    case "Answer":
      return delivery.headDrip === undefined ? answer(outgoing, delivery) : trickle(outgoing, delivery, delivery.headDrip)
  }
}

const reset = (outgoing: Http.ServerResponse): Effect.Effect<void> =>
  Effect.sync(() => {
    outgoing.socket?.resetAndDestroy()
  })

/** A reset overtakes what the other side has not read yet, so it waits for as long as that takes, whatever a test's clock says. */
const moment = 5

const aMoment: Effect.Effect<void> = Effect.async((resume) => {
  setTimeout(() => resume(Effect.void), moment)
})

/** Closes the connection as if all were well, once everything written is out. */
const hangUp = (outgoing: Http.ServerResponse): Effect.Effect<void> =>
  Effect.sync(() => {
    outgoing.socket?.end()
  })

const answer = (outgoing: Http.ServerResponse, response: Wire.Answer): Effect.Effect<void> =>
  Effect.suspend(() => {
    const { body, framing, headers, status } = response
    outgoing.sendDate = false
    if (framing === "close") {
      outgoing.useChunkedEncodingByDefault = false
      outgoing.shouldKeepAlive = false
    }
    outgoing.writeHead(status, headers as Http.OutgoingHttpHeaders)
    if (typeof body === "string" || body instanceof Uint8Array) return end(outgoing, response, body)
    return Stream.runForEach(body, (bytes) => write(outgoing, bytes)).pipe(
      Effect.zipRight(end(outgoing, response)),
      Effect.catchTag("Broken", ({ how }) => (how === "reset" ? Effect.zipRight(aMoment, reset(outgoing)) : hangUp(outgoing)))
    )
  })

const write = (outgoing: Http.ServerResponse, bytes: Uint8Array): Effect.Effect<void> =>
  Effect.async((resume) => {
    outgoing.write(bytes, () => resume(Effect.void))
  })

const end = (outgoing: Http.ServerResponse, { ending }: Wire.Answer, last: string | Uint8Array = ""): Effect.Effect<void> =>
  Effect.async((resume) => {
    // a finished response no longer knows its socket
    const { socket } = outgoing
    outgoing.end(last, () => {
      if (ending === "reset") setTimeout(() => socket?.resetAndDestroy(), moment)
      else if (ending === "halfClose") socket?.end()
      resume(Effect.void)
    })
  })

/** A head that comes in bits cannot be written by node's response: it goes onto the socket, and the body after it, ended by the close. */
const trickle = (outgoing: Http.ServerResponse, response: Wire.Answer, { bytes, everyMillis }: Wire.Drip): Effect.Effect<void> => {
  const { "transfer-encoding": _, ...headers } = response.headers
  const head = bytesOf(Wire.headText({ status: response.status, headers: { ...headers, connection: "close" } }))
  const onto = (piece: Uint8Array) => Effect.async<void>((resume) => void outgoing.socket?.write(piece, () => resume(Effect.void)))
  return Stream.range(0, Math.ceil(head.length / bytes) - 1, 1).pipe(
    Stream.runForEach((at) => Effect.zipRight(Effect.sleep(everyMillis), onto(head.subarray(at * bytes, (at + 1) * bytes)))),
    Effect.zipRight(
      typeof response.body === "string" || response.body instanceof Uint8Array
        ? onto(bytesOf(response.body))
        : Stream.runForEach(response.body, onto)
    ),
    Effect.catchTag("Broken", () => Effect.void),
    Effect.zipRight(hangUp(outgoing))
  )
}
