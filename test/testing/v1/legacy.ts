/*
 * What the tests of the simulated legacy API share: the SDK's client on a simulator, and a look below it at what goes over the wire.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/TestClock"
import * as jose from "jose"
import { Simulator } from "../../../src/testing/index.js"
import type * as LegacyClient from "../../../src/v1/LegacyClient.js"
import { type Ask, send } from "../doors.js"

/** After all that is there from the start. */
export const now = Date.UTC(2024, 4, 1, 12)

export const within = <A, E>(
  effect: Effect.Effect<A, E, Simulator.Simulator | HttpClient.HttpClient | LegacyClient.LegacyClient>,
  options: Simulator.Options = { patients: 12 }
) => Effect.zipRight(TestClock.setTime(now), Effect.provide(effect, Simulator.layerClient(options)))

export interface Assertion {
  readonly claims?: Record<string, unknown>
  readonly secret?: string
  readonly header?: jose.JWTHeaderParameters
}

/** An assertion made without the SDK: the documented one, unless told otherwise. */
export const sign = Effect.fnUntraced(function* ({ claims = {}, header = { alg: "HS256", typ: "JWT" }, secret }: Assertion = {}) {
  const { legacyCredentials } = yield* Simulator.Simulator
  const at = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  const payload = {
    iss: legacyCredentials.clientId,
    aud: `${legacyCredentials.baseUrl}/v1/token`,
    exp: at + 3600,
    scope: (legacyCredentials.scopes ?? ["all"]).join(" "),
    ...claims
  }
  const key = new TextEncoder().encode(secret ?? Redacted.value(legacyCredentials.clientSecret))
  return yield* Effect.promise(() => new jose.SignJWT(payload as jose.JWTPayload).setProtectedHeader(header).sign(key))
})

/** Sends a form to the token route. */
export const submit = Effect.fnUntraced(function* (form: Record<string, string>) {
  const { legacyCredentials } = yield* Simulator.Simulator
  const client = yield* HttpClient.HttpClient
  const request = HttpClientRequest.post(`${legacyCredentials.baseUrl}/v1/token`).pipe(HttpClientRequest.bodyUrlParams(form))
  const { json, status } = yield* client.execute(request)
  return { status, json: (yield* json) as any }
})

export const grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer"

/** Trades an assertion for a token. */
export const exchange = (assertion: Assertion = {}) =>
  Effect.flatMap(sign(assertion), (text) => submit({ assertion: text, grant_type: grantType }))

/** Sends a request as it stands: what comes back is nothing that the SDK made of it. */
export const wire = Effect.fnUntraced(function* (method: Parameters<typeof send>[0], path: string, options: Ask = {}) {
  const token = options.token === undefined ? ((yield* exchange()).json.access_token as string) : options.token
  return yield* send(method, `/v1/${path}`, { ...options, token })
})

/** Status, code and place of a refusal. */
export const refusal = ({ json, status }: { readonly status: number; readonly json: any }) => [
  status,
  json?.errors?.[0]?.code,
  json?.errors?.[0]?.extra?.path
]
