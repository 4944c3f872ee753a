import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Simulator } from "../../src/testing/index.js"
import { layerServer, Server } from "../../src/testing/server.js"

/** The simulator behind a socket, with undici before it. What answers for the address takes the place of the one in process. */
const overSocket = (options?: Simulator.Options) =>
  Layer.effect(
    Simulator.Simulator,
    Effect.map(Effect.all([Simulator.Simulator, Server]), ([simulator, { down: _, ...credentials }]) => ({ ...simulator, credentials }))
  ).pipe(Layer.provide(layerServer(options)), Layer.merge(NodeHttpClient.layerUndici))

/** Both ways to a simulator. Each gives the simulator, its credentials and an HTTP client that reaches it. */
export const doors = {
  "in process": Simulator.layer,
  "over a socket": overSocket
}

export interface Ask {
  readonly query?: Record<string, string>
  readonly body?: unknown
  /** A form, in the place of a body. */
  readonly form?: FormData
  /** A bearer token; the one got with the secret unless said. */
  readonly token?: string | null
  readonly headers?: Record<string, string>
}

export interface Told {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly json: any
}

export const send = Effect.fnUntraced(function* (
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  { body, form, headers = {}, query = {}, token = null }: Ask = {}
) {
  const { credentials } = yield* Simulator.Simulator
  const client = yield* HttpClient.HttpClient
  const plain = HttpClientRequest.make(method)(credentials.baseUrl + path).pipe(
    HttpClientRequest.setUrlParams(query),
    HttpClientRequest.setHeaders({ ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers })
  )
  const withForm = form === undefined ? plain : HttpClientRequest.bodyFormData(plain, form)
  const request = body === undefined ? withForm : HttpClientRequest.bodyUnsafeJson(plain, body)
  const response = yield* client.execute(request)
  const text = yield* response.text
  const told: Told = { status: response.status, headers: { ...response.headers }, text, json: tryJson(text) }
  return told
})

const tryJson = (text: string): any => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Asks for a token. */
export const exchange = Effect.gen(function* () {
  const { apiClient, secretKey, tenant } = (yield* Simulator.Simulator).credentials
  return yield* send("POST", `/${tenant}/admin/api_clients/${apiClient}`, { body: { secret: Redacted.value(secretKey) } })
})

/** Sends a request as the API client, below the instance. */
export const ask = Effect.fnUntraced(function* (method: Parameters<typeof send>[0], path: string, options: Ask = {}) {
  const { instance, tenant } = (yield* Simulator.Simulator).credentials
  const token = options.token === undefined ? ((yield* exchange).json.token as string) : options.token
  return yield* send(method, `/${tenant}/${instance}${path}`, { ...options, token })
})

/** The code and moment of a transport failure: `request ECONNRESET`, `response UND_ERR_SOCKET`. */
export const failureOf = <A, E>(exit: Exit.Exit<A, E>): string | undefined =>
  Exit.match(exit, {
    onSuccess: () => undefined,
    onFailure: (cause) => {
      const error = Cause.squash(cause)
      if (error instanceof HttpClientError.RequestError) return `request ${codeOf(error.cause)}`
      if (error instanceof HttpClientError.ResponseError) return `response ${codeOf(error.cause)}`
      return String(error)
    }
  })

const codeOf = (cause: unknown): string => (typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "none")
