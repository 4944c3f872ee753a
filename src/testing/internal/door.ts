/*
 * The door without a socket: an HttpClient that hands requests to the simulator, and raises what undici raises where there is no answer.
 */
import * as Cookies from "@effect/platform/Cookies"
import * as Headers from "@effect/platform/Headers"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as UrlParams from "@effect/platform/UrlParams"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Inspectable from "effect/Inspectable"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { baseUrl } from "./address.js"
import { bytesOf } from "./alter.js"
import { exchange, type Runtime } from "./exchange.js"
import * as Wire from "./wire.js"

export const make = (runtime: Runtime): HttpClient.HttpClient =>
  HttpClient.make((request, url) =>
    Effect.gen(function* () {
      if (url.origin !== baseUrl) return yield* failed(request, coded("ENOTFOUND", `getaddrinfo ENOTFOUND ${url.hostname}`))
      const { body, headers } = yield* content(request)
      const delivery = yield* exchange(runtime, {
        method: request.method,
        pathname: url.pathname,
        query: url.searchParams,
        headers: { ...request.headers, ...headers },
        body
      })
      switch (delivery._tag) {
        case "Refused":
          return yield* failed(request, coded("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1"))
        case "TlsFailed":
          return yield* failed(request, coded(...handshakes[delivery.problem]))
        case "Reset":
          return yield* failed(request, reset())
        case "Silence":
          return yield* Effect.never
        case "Answer": {
          const { headDrip } = delivery
          if (headDrip !== undefined) {
            yield* Effect.sleep(Math.ceil(Wire.headText(delivery).length / headDrip.bytes) * headDrip.everyMillis)
          }
          return new Answered(request, delivery)
        }
      }
    })
  )

/** An error as node and undici raise them. */
const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code })

/** How node names what is wrong with a TLS handshake. */
const handshakes: { readonly [Problem in Wire.TlsProblem]: readonly [code: string, message: string] } = {
  selfSigned: ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"],
  expired: ["CERT_HAS_EXPIRED", "certificate has expired"],
  wrongHost: ["ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match certificate's altnames"],
  plainHttp: ["ERR_SSL_WRONG_VERSION_NUMBER", "wrong version number"]
}

const reset = (): Error => coded("ECONNRESET", "read ECONNRESET")

const failed = (request: HttpClientRequest.HttpClientRequest, cause: Error): Effect.Effect<never, HttpClientError.RequestError> =>
  Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport", cause }))

interface Content {
  readonly body: Uint8Array
  readonly headers: { readonly "content-type"?: string }
}

/** The bytes of a request, as they would go out. */
const content = (request: HttpClientRequest.HttpClientRequest): Effect.Effect<Content, HttpClientError.RequestError> => {
  const { body } = request
  switch (body._tag) {
    case "Empty":
      return Effect.succeed({ body: new Uint8Array(), headers: {} })
    case "Uint8Array":
      return Effect.succeed({ body: body.body, headers: {} })
    case "Raw":
      return written(request, body.body as BodyInit)
    case "FormData":
      return written(request, body.formData)
    case "Stream":
      return collected(body.stream).pipe(
        Effect.mapBoth({
          onSuccess: (bytes) => ({ body: bytes, headers: {} }),
          onFailure: (cause) => new HttpClientError.RequestError({ request, reason: "Transport", cause })
        })
      )
  }
}

const written = (request: HttpClientRequest.HttpClientRequest, body: BodyInit): Effect.Effect<Content, HttpClientError.RequestError> =>
  Effect.tryPromise({
    try: async () => {
      const web = new Response(body)
      const type = web.headers.get("content-type")
      const bytes = new Uint8Array(await web.arrayBuffer())
      // a form's boundary is known to nobody else; any other type was named by the request
      return { body: bytes, headers: body instanceof FormData && type !== null ? { "content-type": type } : {} }
    },
    catch: (cause) => new HttpClientError.RequestError({ request, reason: "Encode", cause })
  })

const collected = <E>(stream: Stream.Stream<Uint8Array, E>): Effect.Effect<Uint8Array, E> =>
  Effect.map(Stream.runCollect(stream), (chunks) => {
    const whole = new Uint8Array(Chunk.reduce(chunks, 0, (length, chunk) => length + chunk.length))
    let at = 0
    for (const chunk of chunks) {
      whole.set(chunk, at)
      at += chunk.length
    }
    return whole
  })

/** A response that is read from memory, and breaks where it is to break. */
class Answered extends Inspectable.Class implements HttpClientResponse.HttpClientResponse {
  readonly [HttpIncomingMessage.TypeId]: HttpIncomingMessage.TypeId = HttpIncomingMessage.TypeId
  readonly [HttpClientResponse.TypeId]: HttpClientResponse.TypeId = HttpClientResponse.TypeId
  readonly headers: Headers.Headers
  readonly status: number

  constructor(
    readonly request: HttpClientRequest.HttpClientRequest,
    private readonly answer: Wire.Answer
  ) {
    super()
    this.headers = Headers.fromInput(answer.headers)
    this.status = answer.status
  }

  get cookies(): Cookies.Cookies {
    const header = this.answer.headers["set-cookie"]
    return header === undefined ? Cookies.empty : Cookies.fromSetCookie(header)
  }

  get remoteAddress(): Option.Option<string> {
    return Option.none()
  }

  private unreadable(cause: unknown): HttpClientError.ResponseError {
    return new HttpClientError.ResponseError({ request: this.request, response: this, reason: "Decode", cause })
  }

  get stream(): Stream.Stream<Uint8Array, HttpClientError.ResponseError> {
    const { body } = this.answer
    if (typeof body === "string" || body instanceof Uint8Array) {
      return body.length === 0 ? Stream.empty : Stream.sync(() => bytesOf(body))
    }
    return Stream.mapError(body, ({ how }) => this.unreadable(how === "reset" ? reset() : coded("UND_ERR_SOCKET", "other side closed")))
  }

  get text(): Effect.Effect<string, HttpClientError.ResponseError> {
    const { body } = this.answer
    return typeof body === "string" ? Effect.succeed(body) : Effect.map(collected(this.stream), (bytes) => new TextDecoder().decode(bytes))
  }

  private read<A>(parse: (text: string) => A): Effect.Effect<A, HttpClientError.ResponseError> {
    return Effect.flatMap(this.text, (text) => Effect.try({ try: () => parse(text), catch: (cause) => this.unreadable(cause) }))
  }

  get json(): Effect.Effect<unknown, HttpClientError.ResponseError> {
    return this.read((text) => (text === "" ? null : (JSON.parse(text) as unknown)))
  }

  get urlParamsBody(): Effect.Effect<UrlParams.UrlParams, HttpClientError.ResponseError> {
    return this.read((text) => UrlParams.fromInput(new URLSearchParams(text)))
  }

  get arrayBuffer(): Effect.Effect<ArrayBuffer, HttpClientError.ResponseError> {
    return Effect.map(collected(this.stream), (bytes) => bytes.buffer as ArrayBuffer)
  }

  get formData(): Effect.Effect<FormData, HttpClientError.ResponseError> {
    return Effect.flatMap(collected(this.stream), (bytes) =>
      Effect.tryPromise({
        try: () => new Response(bytes as BodyInit, { headers: { "content-type": this.headers["content-type"] ?? "" } }).formData(),
        catch: (cause) => this.unreadable(cause)
      })
    )
  }

  toJSON(): unknown {
    return { _id: "effect-welkin/testing/Response", status: this.status }
  }
}
