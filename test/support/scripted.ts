import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as WelkinClient from "../../src/WelkinClient.js"

/** A request as the script sees it. */
export interface Seen {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Objects are sent as JSON, text and streams as they are. */
  readonly body?: unknown
}

const textOf = ({ body }: HttpClientRequest.HttpClientRequest): Effect.Effect<string, unknown> => {
  switch (body._tag) {
    case "Uint8Array":
      return Effect.succeed(new TextDecoder().decode(body.body))
    case "Stream":
      return Stream.mkString(Stream.decodeText(body.stream))
    default:
      return Effect.succeed("")
  }
}

/** An HTTP client that answers from a script: no socket, no simulator. */
export const httpClient = <E>(answer: (request: Seen) => Effect.Effect<Reply, E>): Layer.Layer<HttpClient.HttpClient> =>
  Layer.succeed(
    HttpClient.HttpClient,
    HttpClient.make((request, url) =>
      Effect.map(
        Effect.flatMap(textOf(request), (body) =>
          answer({ method: request.method, url, headers: request.headers, body })
        ) as Effect.Effect<Reply>,
        ({ body = "", headers = {}, status = 200 }) =>
          HttpClientResponse.fromWeb(
            request,
            new Response(status === 204 ? null : typeof body === "string" || body instanceof ReadableStream ? body : JSON.stringify(body), {
              status,
              headers: { "content-type": "application/json", ...headers }
            })
          )
      )
    )
  )

export const options: WelkinClient.Options = {
  tenant: "acme",
  instance: "demo",
  apiClient: "ABCDEFGHIJKL",
  secretKey: Redacted.make("s3cr3t-Example"),
  baseUrl: "https://welkin.example"
}

const isTokenRoute = (url: URL): boolean => url.pathname.includes("/admin/api_clients/")

/** A client over a script that need not care about tokens: they are `token-1`, `token-2`, … */
export const client = <E>(answer: (request: Seen) => Effect.Effect<Reply, E>) => {
  let issued = 0
  return WelkinClient.layer(options).pipe(
    Layer.provide(
      httpClient<unknown>((request) =>
        isTokenRoute(request.url) ? Effect.sync(() => ({ body: { token: `token-${++issued}` } })) : answer(request)
      )
    )
  )
}

/** What an HTTP client raises when the connection fails: the code hides in the cause. */
export const connectionError = (code: string): Effect.Effect<never, unknown> =>
  Effect.fail(
    new HttpClientError.RequestError({
      request: HttpClientRequest.get("https://welkin.example"),
      reason: "Transport",
      cause: new TypeError("fetch failed", { cause: Object.assign(new Error("CANARY-IN-CAUSE"), { code }) })
    })
  )

/** A body that breaks off. */
export const brokenBody = (text: string): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode(text))
      controller.error(Object.assign(new Error("terminated"), { code: "UND_ERR_SOCKET" }))
    }
  })
