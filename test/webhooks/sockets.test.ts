import { createServer } from "node:http"
import { type AddressInfo, connect } from "node:net"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpServer from "@effect/platform/HttpServer"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { assert, describe, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as LegacyClient from "../../src/v1/LegacyClient.js"
import * as LegacyToken from "../../src/v1/LegacyToken.js"
import * as Timestamp from "../../src/v1/Timestamp.js"
import * as Marks from "../../src/webhooks/Marks.js"
import type { Notification } from "../../src/webhooks/Notifications.js"
import * as Pull from "../../src/webhooks/Pull.js"
import * as Receiver from "../../src/webhooks/Receiver.js"
import * as Signing from "../../src/webhooks/Signing.js"
import { options, ping, secret } from "./receiving.js"

const valid = Effect.map(
  Signing.sign({ secret: Redacted.make(secret), issuer: options.issuer, audience: options.audience }),
  (token) => `Bearer ${Redacted.value(token)}`
)

/** A receiver on a port of its own, until the scope ends. */
const serving = <E>(
  receive: (notifications: ReadonlyArray<Notification>) => Effect.Effect<unknown, E>,
  changed: Partial<Receiver.Options> = {}
) =>
  Effect.gen(function* () {
    const { address, serve } = Context.get(
      yield* Layer.build(NodeHttpServer.layerServer(createServer, { port: 0, host: "127.0.0.1" })),
      HttpServer.HttpServer
    )
    yield* serve(yield* Receiver.make({ ...options, ...changed }, receive))
    return (address as { readonly port: number }).port
  })

/** Writes bytes to a port, piece by piece, and reads what comes until the connection ends. */
const speak = (port: number, ...pieces: ReadonlyArray<string>): Effect.Effect<string> =>
  Effect.async((resume) => {
    let heard = ""
    const socket = connect(port, "127.0.0.1", () => {
      for (const piece of pieces) socket.write(piece)
    })
    socket.on("data", (bytes) => {
      heard += bytes.toString("latin1")
    })
    // what was refused is not read to its end, and may be told so
    socket.on("error", () => {})
    socket.on("close", () => resume(Effect.succeed(heard)))
    return Effect.sync(() => socket.destroy())
  })

const head = (...headers: ReadonlyArray<string>): string =>
  ["POST /welkin HTTP/1.1", "host: hooks.clinic.example", "content-type: application/json", ...headers, "", ""].join("\r\n")

const body = JSON.stringify(ping)

/** A server that keeps what it is asked, and answers each question with the same. */
const listener = (answer: unknown) =>
  Effect.gen(function* () {
    const heard: Array<string> = []
    const server = yield* Effect.acquireRelease(
      Effect.async<ReturnType<typeof createServer>>((resume) => {
        const one = createServer((request, response) => {
          heard.push(`${request.method} ${request.url?.split("?")[0]}`)
          response.end(JSON.stringify(answer))
        })
        one.on("connection", () => heard.push("connection"))
        one.listen(0, "127.0.0.1", () => resume(Effect.succeed(one)))
      }),
      (one) =>
        Effect.async<void>((resume) => {
          one.close(() => resume(Effect.void))
          one.closeAllConnections()
        })
    )
    return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  })

describe("Receiver on a socket", () => {
  it.scopedLive("one Authorization header is one; two are none, however equal", () =>
    Effect.gen(function* () {
      const handed = yield* Ref.make(0)
      const port = yield* serving(() => Ref.update(handed, (n) => n + 1))
      const authorization = `authorization: ${yield* valid}`
      const length = `content-length: ${body.length}`
      assert.match(yield* speak(port, head("connection: close", authorization, length), body), /^HTTP\/1\.1 200 /)
      for (const second of [authorization, `Authorization: Basic x`, "AUTHORIZATION:"]) {
        const answer = yield* speak(port, head("connection: close", authorization, second, length), body)
        assert.match(answer, /^HTTP\/1\.1 401 [\s\S]*The token is not valid here\.$/, second)
      }
      assert.strictEqual(yield* Ref.get(handed), 1)
    })
  )

  it.scopedLive("a body that is too large in fact, or by its header, and one that comes too slowly are told so", () =>
    Effect.gen(function* () {
      const port = yield* serving(() => Effect.die("called"), { bodyTimeout: "100 millis" })
      const authorization = `authorization: ${yield* valid}`
      const chunk = `10000\r\n${" ".repeat(0x10000)}\r\n`
      const large = yield* speak(
        port,
        head(authorization, "transfer-encoding: chunked"),
        ...Array.from({ length: 16 }, () => chunk),
        "1\r\n \r\n"
      )
      assert.match(large, /^HTTP\/1\.1 413 [\s\S]*The body is too large\.$/)
      const announced = yield* speak(port, head(authorization, "content-length: 1048577"))
      assert.match(announced, /^HTTP\/1\.1 413 [\s\S]*The body is too large\.$/)
      const slow = yield* speak(port, head(authorization, "content-length: 10"), "[")
      assert.match(slow, /^HTTP\/1\.1 408 [\s\S]*The body did not arrive in time\.$/)
      assert.notMatch(
        yield* speak(port, head(authorization, "content-length: 10", "transfer-encoding: chunked"), "0\r\n\r\n"),
        /^HTTP\/1\.1 2/
      )
    })
  )

  it.scopedLive("killed between durable and acknowledged: no 200 was sent, and the same comes again", () =>
    Effect.gen(function* () {
      const begun = yield* Deferred.make<void>()
      const ended = yield* Deferred.make<void>()
      const stored = yield* Ref.make(0)
      // durable, and then killed before the answer
      const receive = () =>
        Ref.updateAndGet(stored, (n) => n + 1).pipe(
          Effect.tap((times) =>
            times > 1
              ? Effect.void
              : Effect.zipRight(Deferred.succeed(begun, undefined), Effect.never).pipe(
                  Effect.onInterrupt(() => Deferred.succeed(ended, undefined))
                )
          )
        )
      const port = yield* serving(receive)
      const request = [head("connection: close", `authorization: ${yield* valid}`, `content-length: ${body.length}`), body] as const
      const first = yield* Effect.fork(speak(port, ...request))
      yield* Deferred.await(begun)
      yield* Fiber.interrupt(first)
      yield* Deferred.await(ended)
      assert.match(yield* speak(port, ...request), /^HTTP\/1\.1 200 /)
      assert.strictEqual(yield* Ref.get(stored), 2)
    })
  )
})

describe("Receiver and Pull on sockets", () => {
  it.scopedLive("nobody asks what href leads to: the records come from the API, and the other host hears nothing", () =>
    Effect.gen(function* () {
      const other = yield* listener({ data: [{ id: "stolen" }] })
      const updated = Timestamp.fromMicros(Timestamp.toMicros(yield* Timestamp.now) - 60_000_000n)
      const api = yield* listener({
        data: [{ id: "cal-1", updated_at: updated }],
        links: { next: { href: `${other.url}/v1/calendars?page[from]=2000-01-01T00:00:00` } }
      })
      const records = yield* Ref.make<ReadonlyArray<string>>([])
      const Api = LegacyClient.layerWithoutToken({ baseUrl: api.url }).pipe(
        Layer.provide([NodeHttpClient.layerUndici, LegacyToken.layerStatic(Redacted.make("token"))])
      )
      const port = yield* serving((notifications) =>
        Pull.catchUp(notifications, (changes) =>
          Ref.update(records, (before) => [...before, ...changes.map(({ record }) => record.id)])
        ).pipe(Effect.provide([Api, Marks.layerMemory]))
      )
      const { port: otherPort } = new URL(other.url)
      const hrefs = [
        `${other.url}/v1/calendars`,
        "http://169.254.169.254/latest/meta-data",
        `http://127.0.0.1:${otherPort}@127.0.0.1:${otherPort}/`
      ]
      const sent = yield* HttpClientRequest.post(`http://127.0.0.1:${port}/welkin`).pipe(
        HttpClientRequest.setHeader("authorization", yield* valid),
        HttpClientRequest.bodyUnsafeJson(hrefs.map((href) => ({ resource: "calendars", from: updated, to: updated, href }))),
        HttpClient.execute,
        Effect.provide(NodeHttpClient.layerUndici)
      )
      assert.strictEqual(sent.status, 200)
      assert.deepStrictEqual(yield* Ref.get(records), ["cal-1"])
      assert.include(api.heard, "GET /v1/calendars")
      assert.isEmpty(other.heard)
    })
  )
})
