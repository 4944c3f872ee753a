import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Endpoint from "../../src/Endpoint.js"
import * as Envelope from "../../src/v1/Envelope.js"
import * as LegacyClient from "../../src/v1/LegacyClient.js"
import * as LegacyToken from "../../src/v1/LegacyToken.js"
import * as Patients from "../../src/v1/Patients.js"
import * as TimeWindow from "../../src/v1/TimeWindow.js"
import { answers, options } from "../support/legacy.js"
import * as Scripted from "../support/scripted.js"

const id = Patients.PatientId.make("p-1")
const call = Patients.get({ id })
const found = { body: { data: { id: "p-1" } } }
const listed = (status: number, code: string) => ({
  status,
  body: { errors: [{ status, code, title: "", detail: "CANARY", extra: null }] }
})

/** A server that gives out `t1`, `t2`, …, and what it was sent. */
const server = (answer: (bearer: string) => Scripted.Reply) => {
  const seen: Array<string> = []
  let issued = 0
  const http = Scripted.httpClient((request) =>
    Effect.sync(() => {
      if (request.url.pathname === "/v1/token") return { body: { access_token: `t${++issued}` } }
      seen.push(`${request.url.href} ${request.headers.authorization}`)
      return answer(request.headers.authorization ?? "")
    })
  )
  return { http, issued: () => issued, seen }
}

describe("LegacyClient", () => {
  it.effect("a call goes to /v1 of the base URL with the token, and its answer keeps what came around it", () => {
    const { http, seen } = server(() => ({ ...found, headers: { "x-current-api-version": "v1" } }))
    return Effect.gen(function* () {
      const { headers, status, value } = yield* Endpoint.withResponse(Patients.get)({ id })
      assert.deepStrictEqual([value.id, status, headers["x-current-api-version"]], [id, 200, "v1"])
      assert.deepStrictEqual(seen, ["https://legacy.example/v1/patients/p-1 Bearer t1"])
    }).pipe(Effect.provide(LegacyClient.layer(options).pipe(Layer.provide(http))))
  })

  for (const [name, refusal] of [
    ["with its code", listed(401, "unauthorized")],
    ["with a code nobody knows", listed(401, "client_replaced")],
    ["with a page of a proxy", { status: 401, body: "<html>" }],
    ["with nothing", { status: 401 }]
  ] as const) {
    it.effect(`a 401 ${name} is about the token: a fresh one, once`, () => {
      const { http, issued, seen } = server((bearer) => (bearer === "Bearer t1" ? refusal : found))
      return Effect.gen(function* () {
        yield* call
        assert.strictEqual(issued(), 2)
        assert.strictEqual(seen.length, 2)
        const always = server(() => refusal)
        const error = yield* Effect.flip(call).pipe(Effect.provide(LegacyClient.layer(options).pipe(Layer.provide(always.http))))
        assert.strictEqual(error._tag === "AuthenticationError" && error.reason, "StillRefused")
        assert.strictEqual(always.issued(), 2)
      }).pipe(Effect.provide(LegacyClient.layer(options).pipe(Layer.provide(http))))
    })
  }

  it.effect.each([
    [400, "parse_exception", "BadRequest"],
    [400, "uniqueness_exception", "BadRequest"],
    [400, "bad_request", "BadRequest"],
    [403, "forbidden", "Forbidden"],
    [404, "not_found", "NotFound"],
    [404, "resource_not_found", "NotFound"]
  ] as const)("%d %s", ([status, code, tag]) => {
    const { http, issued } = server(() => listed(status, code))
    return Effect.gen(function* () {
      const error = yield* Effect.flip(call)
      assert.strictEqual(error._tag, tag)
      if ("codes" in error) assert.deepStrictEqual(error.codes, [code])
      assert.notInclude(JSON.stringify(error) + error.message, "CANARY")
      assert.strictEqual(issued(), 1)
    }).pipe(Effect.provide(LegacyClient.layer(options).pipe(Layer.provide(http))))
  })

  it.effect("a word that is no code of Welkin's could be anything, and is not kept", () => {
    const { http } = server(() => listed(404, "canary"))
    return Effect.gen(function* () {
      const error = yield* Effect.flip(call)
      assert.deepStrictEqual("codes" in error && error.codes, [])
    }).pipe(Effect.provide(LegacyClient.layer(options).pipe(Layer.provide(http))))
  })

  it.effect("a token of one's own is sent as it is", () => {
    const { http, issued, seen } = server(() => found)
    const client = LegacyClient.layerWithoutToken({ baseUrl: "http://127.0.0.1:4000/prefix/" })
    return Effect.gen(function* () {
      yield* call
      assert.deepStrictEqual(seen, ["http://127.0.0.1:4000/prefix/v1/patients/p-1 Bearer trial"])
      assert.strictEqual(issued(), 0)
    }).pipe(Effect.provide(client.pipe(Layer.provide([http, LegacyToken.layerStatic(Redacted.make("trial"))]))))
  })

  it.effect("calls and walks a collection that this SDK does not know", () => {
    const client = answers({ body: [{ data: [{ id: "a-1" }] }] })
    const alerts = LegacyClient.request("GET", "/v1/alerts", {
      query: TimeWindow.query,
      success: Envelope.page(Schema.Struct({ id: Schema.String }))
    })
    return Effect.gen(function* () {
      assert.deepStrictEqual(Array.from(yield* Stream.runCollect(TimeWindow.items(alerts)())), [{ id: "a-1" }])
    }).pipe(Effect.provide(client.layer))
  })
})

describe("LegacyClient: configuration", () => {
  const build = (variables: ReadonlyArray<readonly [string, string]>) => {
    const { http, seen } = server(() => found)
    return call.pipe(
      Effect.provide(LegacyClient.layerConfig().pipe(Layer.provide(http))),
      Effect.withConfigProvider(ConfigProvider.fromMap(new Map(variables))),
      Effect.map(() => seen[0]),
      Effect.mapError(String)
    )
  }
  const credentials = [
    ["WELKIN_V1_CLIENT_ID", "c"],
    ["WELKIN_V1_CLIENT_SECRET", "s3cr3t-Example"]
  ] as const

  it.effect("comes from the environment, with the live host where none is named", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* build(credentials), "https://api.welkinhealth.com/v1/patients/p-1 Bearer t1")
      const named = yield* build([...credentials, ["WELKIN_V1_BASE_URL", "https://legacy.example/"]])
      assert.strictEqual(named, "https://legacy.example/v1/patients/p-1 Bearer t1")
    })
  )

  it.effect("errors name the variable and not its value", () =>
    Effect.gen(function* () {
      const missing = yield* Effect.flip(build([["WELKIN_V1_CLIENT_ID", "c"]]))
      assert.include(missing, "WELKIN_V1_CLIENT_SECRET")
      const insecure = yield* Effect.flip(build([...credentials, ["WELKIN_V1_BASE_URL", "http://canary.example"]]))
      assert.include(insecure, "WELKIN_V1_BASE_URL")
      assert.notInclude(insecure, "canary")
      const empty = yield* Effect.flip(build([["WELKIN_V1_CLIENT_ID", ""], credentials[1]]))
      assert.include(empty, "WELKIN_V1_CLIENT_ID")
      assert.notInclude(missing + insecure + empty, "s3cr3t")
    })
  )

  it.effect("an empty id or secret is refused, wherever it comes from", () =>
    Effect.gen(function* () {
      const { http } = server(() => found)
      const refused = (changes: Partial<LegacyClient.Options>) =>
        Effect.map(Effect.flip(Layer.build(LegacyClient.layer({ ...options, ...changes }).pipe(Layer.provide(http)))), String)
      assert.include(yield* Effect.scoped(refused({ clientId: "" })), "clientId")
      assert.include(yield* Effect.scoped(refused({ clientSecret: Redacted.make("") })), "clientSecret")
    })
  )
})
