import * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { identity } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as AccessToken from "../src/AccessToken.js"
import * as Codecs from "../src/Codecs.js"
import * as Endpoint from "../src/Endpoint.js"
import * as Limits from "../src/Limits.js"
import * as RetryPolicy from "../src/RetryPolicy.js"
import * as WelkinClient from "../src/WelkinClient.js"
import type { WelkinError } from "../src/WelkinError.js"
import { whileTimePasses } from "./support/clock.js"
import * as Notes from "./support/notes.js"
import * as Scripted from "./support/scripted.js"
import * as Tracer from "./support/tracer.js"

const empty: Scripted.Reply = { body: { content: [], last: true } }
const isTokenRoute = ({ url }: Scripted.Seen) => url.pathname.includes("/admin/api_clients/")

/** An HTTP client that remembers what it was asked, the token route included. */
const recorder = (answer: (request: Scripted.Seen) => Scripted.Reply = () => empty) => {
  const seen: Array<Scripted.Seen> = []
  const http = Scripted.httpClient((request) =>
    Effect.sync(() => {
      seen.push(request)
      return isTokenRoute(request) ? { body: { token: "token-1" } } : answer(request)
    })
  )
  return { seen, calls: () => seen.filter((request) => !isTokenRoute(request)), http }
}

describe("WelkinClient", () => {
  it.effect("a call carries the token and fills the client's slots", () => {
    const { calls, http } = recorder()
    return Effect.gen(function* () {
      const answer = yield* Endpoint.withResponse(Notes.list)({ size: 2 })
      assert.deepStrictEqual(answer.value.content, [])
      const [call] = calls()
      assert.strictEqual(call!.url.href, "https://welkin.example/acme/demo/notes?size=2")
      assert.deepStrictEqual(call!.headers, {
        accept: "application/json",
        "accept-encoding": "identity",
        authorization: "Bearer token-1"
      } as never)
    }).pipe(Effect.provide(WelkinClient.layer(Scripted.options).pipe(Layer.provide(http))))
  })

  it.effect("two clients in one process share nothing: not the token, not the limits, not the pause", () => {
    const seen: Array<string> = []
    const clientOf = (tenant: string, answer: () => Scripted.Reply, concurrency: number) => {
      const http = Scripted.httpClient((request) =>
        Effect.sync(() => {
          seen.push(`${request.url.origin} ${request.url.pathname.split("/")[1]} ${request.headers.authorization ?? "none"}`)
          return isTokenRoute(request) ? { body: { token: `token-of-${tenant}` } } : answer()
        })
      )
      return WelkinClient.layer({ ...Scripted.options, tenant, baseUrl: `https://${tenant}.example` }).pipe(
        Layer.provide([http, Limits.layer({ concurrency })])
      )
    }
    return Effect.gen(function* () {
      const one = yield* Layer.build(clientOf("one", () => ({ status: 429, headers: { "retry-after": "30" } }), 1))
      const two = yield* Layer.build(clientOf("two", () => empty, 8))
      // the first client now waits out a pause with its only place taken
      const waiting = yield* Effect.fork(Effect.provide(Notes.list(), one))
      yield* Effect.yieldNow()
      yield* Effect.forEach(Array.from({ length: 200 }), () => Effect.provide(Notes.list(), two), { concurrency: 8 })
      assert.isNull(waiting.unsafePoll())
      assert.sameMembers(
        [...new Set(seen)],
        [
          "https://one.example one none",
          "https://one.example one Bearer token-of-one",
          "https://two.example two none",
          "https://two.example two Bearer token-of-two"
        ]
      )
    }).pipe(Effect.scoped)
  })

  it.effect("a pause that the server asks for holds the client back, even where the call that met it is not repeated", () => {
    const { calls, http } = recorder(({ method }) => (method === "POST" ? { status: 503, headers: { "retry-after": "30" } } : empty))
    const client = WelkinClient.layer(Scripted.options).pipe(Layer.provide(http))
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Notes.create({ body: { text: "" } }))
      assert.deepInclude(error, { _tag: "ServerError", attempts: 1, outcome: "Unknown", retryAfterMillis: 30_000 })
      const [took] = yield* whileTimePasses("1 seconds")(Effect.timed(Notes.list()))
      assert.isAtLeast(Duration.toMillis(took), 30_000)
      assert.lengthOf(calls(), 2)
    }).pipe(Effect.provide(client))
  })
})

describe("WelkinClient: trouble at the token route", () => {
  const create = Notes.create({ body: { text: "" } })
  const over = (token: Effect.Effect<Scripted.Reply>, limits: Partial<Limits.Values> = {}) =>
    WelkinClient.layer(Scripted.options).pipe(
      Layer.provide([
        Scripted.httpClient((request) => (isTokenRoute(request) ? token : Effect.succeed(empty))),
        Limits.layer(limits),
        RetryPolicy.layer(RetryPolicy.none)
      ])
    )

  it.effect("leaves a call that may write unsent, and says so", () =>
    Effect.gen(function* () {
      for (const [status, tag] of [
        [503, "ServerError"],
        [403, "AuthenticationError"],
        [429, "RateLimited"]
      ] as const) {
        const error = yield* Effect.flip(create).pipe(Effect.provide(over(Effect.succeed({ status }))))
        assert.deepInclude(error, { _tag: tag, endpoint: "authentication.exchange", outcome: "NotSent" })
      }
      const broken = over(Effect.succeed({ body: "{}", headers: { "content-length": "3" } }))
      const error = yield* Effect.flip(create).pipe(Effect.provide(broken))
      assert.deepInclude(error, { _tag: "TruncatedBody", outcome: "NotSent" })
    })
  )

  it.effect("a write whose token is refused, and the fresh one too, was rejected and so not applied", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(create)
      assert.deepInclude(error, { _tag: "AuthenticationError", reason: "StillRefused", attempts: 2, outcome: "Rejected" })
    }).pipe(Effect.provide(Scripted.client(() => Effect.succeed({ status: 401, body: [{ errorCode: "TOKEN_EXPIRED" }] }))))
  )

  it.effect("counts against the deadline of the call that waits for it", () =>
    Effect.gen(function* () {
      const [took, error] = yield* whileTimePasses("100 millis")(
        create.pipe(Limits.withLimits({ call: "5 seconds" }), Effect.flip, Effect.timed)
      )
      assert.deepInclude(error, {
        _tag: "TimeoutError",
        phase: "call",
        limitMillis: 5000,
        endpoint: "notes.create",
        attempts: 0,
        stopped: "Deadline",
        outcome: "NotSent"
      })
      assert.strictEqual(Duration.toMillis(took), 5000)
    }).pipe(Effect.provide(over(Effect.never)))
  )

  it.effect("leaves the call only what is left of its time", () =>
    Effect.gen(function* () {
      const [took, error] = yield* whileTimePasses("100 millis")(
        Notes.list().pipe(Limits.withLimits({ call: "5 seconds" }), Effect.flip, Effect.timed)
      )
      assert.deepInclude(error, { _tag: "TimeoutError", phase: "call", limitMillis: 5000, endpoint: "notes.list", attempts: 1 })
      assert.strictEqual(Duration.toMillis(took), 5000)
    }).pipe(
      Effect.provide(
        WelkinClient.layer(Scripted.options).pipe(
          Layer.provide(
            Scripted.httpClient((request) =>
              isTokenRoute(request) ? Effect.as(Effect.sleep("3 seconds"), { body: { token: "t" } }) : Effect.never
            )
          )
        )
      )
    )
  )
})

const build = (options: Partial<WelkinClient.Options>) =>
  Effect.exit(Effect.scoped(Layer.build(WelkinClient.layer({ ...Scripted.options, ...options }).pipe(Layer.provide(recorder().http)))))

const errorOf = (exit: Exit.Exit<unknown, ConfigError.ConfigError>): string =>
  Exit.match(exit, {
    onSuccess: () => "no error",
    onFailure: (cause) => `${Cause.squash(cause)} ${Cause.pretty(cause)} ${JSON.stringify(cause)}`
  })

describe("WelkinClient: options", () => {
  for (const [baseUrl, origin] of [
    ["https://welkin.example", "https://welkin.example/"],
    ["https://welkin.example/", "https://welkin.example/"],
    ["https://welkin.example:8443/gateway/v8///", "https://welkin.example:8443/gateway/v8/"],
    ["HTTPS://Welkin.Example", "https://welkin.example/"],
    ["http://localhost:3000", "http://localhost:3000/"],
    ["http://127.0.0.1:3000", "http://127.0.0.1:3000/"],
    ["http://127.1.2.3", "http://127.1.2.3/"],
    ["http://[::1]:3000", "http://[::1]:3000/"]
  ] as const) {
    it.effect(`takes ${baseUrl}`, () => {
      const { http, seen } = recorder()
      return Effect.gen(function* () {
        yield* Notes.list()
        assert.deepEqual(
          seen.map(({ url }) => url.href),
          [`${origin}acme/admin/api_clients/ABCDEFGHIJKL`, `${origin}acme/demo/notes`]
        )
      }).pipe(Effect.provide(WelkinClient.layer({ ...Scripted.options, baseUrl }).pipe(Layer.provide(http))))
    })
  }

  for (const baseUrl of [
    "",
    "canary.example",
    "/canary",
    "//canary.example",
    "http://canary.example",
    "http://localhost.canary.example",
    "http://127.0.0.1.canary.example",
    "http://127.0.0.1@canary.example",
    "http://128.0.0.1/canary",
    "ftp://127.0.0.1/canary",
    "file:///canary",
    "javascript:canary",
    "https://canary@welkin.example",
    "https://:canary@welkin.example",
    "https://welkin.example?token=canary",
    "https://welkin.example/#canary",
    "https://",
    "https://canary:port"
  ]) {
    it.effect(`refuses ${baseUrl === "" ? "an empty base URL" : baseUrl}, without repeating it`, () =>
      Effect.gen(function* () {
        const told = errorOf(yield* build({ baseUrl }))
        assert.include(told, "baseUrl")
        assert.notInclude(told.toLowerCase(), "canary")
        const token = yield* Effect.exit(
          Effect.scoped(Layer.build(AccessToken.layer({ ...Scripted.options, baseUrl }).pipe(Layer.provide(recorder().http))))
        )
        assert.include(errorOf(token), "baseUrl")
      })
    )
  }

  for (const field of ["tenant", "instance"] as const) {
    for (const value of ["", ".", "..", "\ud800canary"]) {
      it.effect(`refuses ${JSON.stringify(value)} as ${field}`, () =>
        Effect.gen(function* () {
          const told = errorOf(yield* build({ [field]: value }))
          assert.include(told, field)
          assert.notInclude(told, "canary")
        })
      )
    }
  }

  it.effect("encodes a tenant and an instance that mean something in a path", () => {
    const { calls, http } = recorder()
    return Effect.gen(function* () {
      yield* Notes.list()
      assert.strictEqual(calls()[0]!.url.href, "https://welkin.example/a%2F..%2Fb/c%3Fd/notes")
    }).pipe(Effect.provide(WelkinClient.layer({ ...Scripted.options, tenant: "a/../b", instance: "c?d" }).pipe(Layer.provide(http))))
  })
})

const environment = {
  WELKIN_TENANT: "acme",
  WELKIN_INSTANCE: "demo",
  WELKIN_API_CLIENT: "ABCDEFGHIJKL",
  WELKIN_SECRET_KEY: "canary-secret",
  WELKIN_BASE_URL: "https://welkin.example"
}

const withEnvironment = (variables: Readonly<Record<string, string>>) =>
  Effect.withConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(variables))))

const without = (name: keyof typeof environment) => {
  const { [name]: _, ...rest } = environment
  return rest
}

describe("WelkinClient.layerConfig", () => {
  const { http, seen } = recorder()
  const layer = WelkinClient.layerConfig().pipe(Layer.provide(http))
  const buildConfig = Effect.exit(Effect.scoped(Layer.build(layer)))

  it.effect("takes everything from the environment", () =>
    Effect.gen(function* () {
      seen.length = 0
      yield* Notes.list().pipe(Effect.provide(layer), withEnvironment(environment))
      assert.strictEqual(seen[0]!.url.href, "https://welkin.example/acme/admin/api_clients/ABCDEFGHIJKL")
      assert.deepEqual(JSON.parse(seen[0]!.body), { secret: "canary-secret" })
      assert.strictEqual(seen[1]!.url.href, "https://welkin.example/acme/demo/notes")
    })
  )

  it.effect("goes to the live host unless told otherwise", () =>
    Effect.gen(function* () {
      seen.length = 0
      yield* Notes.list().pipe(Effect.provide(layer), withEnvironment(without("WELKIN_BASE_URL")))
      assert.deepEqual([...new Set(seen.map(({ url }) => url.origin))], ["https://api.live.welkincloud.io"])
    })
  )

  for (const name of ["WELKIN_TENANT", "WELKIN_INSTANCE", "WELKIN_API_CLIENT", "WELKIN_SECRET_KEY"] as const) {
    for (const [kind, variables] of [
      ["missing", without(name)],
      ["empty", { ...environment, [name]: "" }]
    ] as const) {
      it.effect(`names ${name} where it is ${kind}, and no value`, () =>
        Effect.gen(function* () {
          const told = errorOf(yield* buildConfig.pipe(withEnvironment(variables)))
          assert.include(told, name)
          for (const other of Object.keys(environment)) if (other !== name) assert.notInclude(told, other)
          assert.notInclude(told, "canary")
        })
      )
    }
  }

  for (const [name, value] of [
    ["WELKIN_BASE_URL", "http://canary.example"],
    ["WELKIN_BASE_URL", "canary"],
    ["WELKIN_TENANT", ".."],
    ["WELKIN_INSTANCE", "\udfffcanary"]
  ] as const) {
    it.effect(`names ${name} where it is ${JSON.stringify(value)}, without repeating it`, () =>
      Effect.gen(function* () {
        const told = errorOf(yield* buildConfig.pipe(withEnvironment({ ...environment, [name]: value })))
        assert.include(told, name)
        assert.notInclude(told, "canary")
      })
    )
  }

  it.effect("takes a configuration of one's own", () =>
    Effect.gen(function* () {
      seen.length = 0
      const own = WelkinClient.layerConfig({
        tenant: Config.string("TENANT"),
        instance: Config.succeed("demo"),
        apiClient: Config.succeed("ABCDEFGHIJKL"),
        secretKey: Config.redacted("SECRET"),
        baseUrl: Config.succeed("https://welkin.example")
      }).pipe(Layer.provide(http))
      yield* Notes.list().pipe(Effect.provide(own), withEnvironment({ TENANT: "other", SECRET: "canary" }))
      assert.strictEqual(seen[1]!.url.href, "https://welkin.example/other/demo/notes")
    })
  )
})

describe("WelkinClient.withHeaders", () => {
  const run = <A, E>(effect: Effect.Effect<A, E, WelkinClient.WelkinClient>) => {
    const { calls, http, seen } = recorder()
    return Effect.map(Effect.exit(Effect.provide(effect, WelkinClient.layer(Scripted.options).pipe(Layer.provide(http)))), (exit) => ({
      exit,
      calls: calls(),
      seen
    }))
  }

  it.effect("sends them with every call inside an effect or a stream, and with no exchange of a token", () =>
    Effect.gen(function* () {
      for (const effect of [
        WelkinClient.withHeaders(Effect.zipRight(Notes.list(), Notes.list()), { "Security-Role": "nurse" }),
        Notes.file({ noteId: "n-1" }).pipe(WelkinClient.withHeaders({ "security-role": "nurse" }), Stream.runDrain)
      ]) {
        const { calls, seen } = yield* run(Effect.asVoid(effect))
        assert.isTrue(calls.every(({ headers }) => headers["security-role"] === "nurse"))
        assert.isUndefined(seen[0]!.headers["security-role"])
      }
    })
  )

  it.effect("the innermost wins, whatever the case of its name; the others stay", () =>
    Effect.gen(function* () {
      const { calls } = yield* run(
        Notes.list().pipe(WelkinClient.withHeaders({ "X-A": "inner" }), WelkinClient.withHeaders({ "x-a": "outer", "x-b": "outer" }))
      )
      assert.strictEqual(calls[0]!.headers["x-a"], "inner")
      assert.strictEqual(calls[0]!.headers["x-b"], "outer")
    })
  )

  it.effect("what the client says itself cannot be said otherwise", () =>
    Effect.gen(function* () {
      const { calls } = yield* run(
        Notes.create({ body: { text: "" } }).pipe(
          WelkinClient.withHeaders({
            authorization: "Bearer other",
            Authorization: "Bearer other",
            AUTHORIZATION: "Bearer other",
            "Accept-Encoding": "gzip",
            "Content-Type": "text/plain"
          })
        )
      )
      assert.strictEqual(calls[0]!.headers.authorization, "Bearer token-1")
      assert.strictEqual(calls[0]!.headers["accept-encoding"], "identity")
      assert.strictEqual(calls[0]!.headers["content-type"], "application/json")
    })
  )

  for (const [name, headers] of [
    ["CR LF in a value", { "x-a": "canary\r\nx-b: 1" }],
    ["LF in a value", { "x-a": "canary\n" }],
    ["CR in a value", { "x-a": "canary\r" }],
    ["NUL in a value", { "x-a": "canary\0" }],
    ["DEL in a value", { "x-a": "canary\x7f" }],
    ["a character that no header can carry", { "x-a": "canary €" }],
    ["CR LF in a name", { "x-a\r\ncanary": "1" }],
    ["a colon in a name", { "x-a:canary": "1" }],
    ["an empty name", { "": "canary" }]
  ] as const) {
    it.effect(`${name} is refused before anything is sent`, () =>
      Effect.gen(function* () {
        const { exit, seen } = yield* run(Effect.flip(WelkinClient.withHeaders(Notes.create({ body: { text: "" } }), headers)))
        assert.isTrue(Exit.isSuccess(exit))
        if (!Exit.isSuccess(exit)) return
        assert.deepInclude(exit.value, { _tag: "EncodeError", attempts: 0, outcome: "NotSent" })
        assert.notInclude(String(exit.value) + JSON.stringify(exit.value), "canary")
        assert.lengthOf(seen, 0)
      })
    )
  }
})

describe("WelkinClient.request", () => {
  const labs = WelkinClient.request("GET", "/{tenant}/{instance}/notes/{noteId}/labs", {
    path: { noteId: Codecs.Id },
    query: { kind: Schema.optional(Schema.String) },
    success: Schema.Struct({ count: Schema.Number })
  })

  it.effect("calls a route of one's own with the token, and decodes its answer", () => {
    const { calls, http } = recorder(() => ({ body: { count: 3 } }))
    return Effect.gen(function* () {
      assert.deepEqual(yield* labs({ noteId: "a/b", kind: "x y" }), { count: 3 })
      assert.strictEqual(calls()[0]!.url.href, "https://welkin.example/acme/demo/notes/a%2Fb/labs?kind=x%20y")
      assert.strictEqual(calls()[0]!.headers.authorization, "Bearer token-1")
      assert.deepInclude(labs.descriptor, { id: "request", method: "GET", safe: true })
    }).pipe(Effect.provide(WelkinClient.layer(Scripted.options).pipe(Layer.provide(http))))
  })

  it.effect("repeats what only reads, not what may write, and fails as endpoints do", () => {
    const { calls, http } = recorder(() => ({ status: 503 }))
    const write = WelkinClient.request("PUT", "/{tenant}/{instance}/labs", { body: Schema.Struct({ a: Schema.Number }) })
    return Effect.gen(function* () {
      const read = yield* whileTimePasses("1 seconds")(Effect.flip(labs({ noteId: "n-1" })))
      assert.deepInclude(read, { _tag: "ServerError", endpoint: "request", attempts: 4 })
      const wrote = yield* Effect.flip(write({ body: { a: 1 } }))
      assert.deepInclude(wrote, { _tag: "ServerError", route: "/{tenant}/{instance}/labs", attempts: 1, outcome: "Unknown" })
      assert.deepEqual(
        calls().map(({ method }) => method),
        ["GET", "GET", "GET", "GET", "PUT"]
      )
    }).pipe(Effect.provide(WelkinClient.layer(Scripted.options).pipe(Layer.provide(http))))
  })

  for (const route of [
    "",
    "/",
    "notes",
    "@canary.example/notes",
    ".canary.example/notes",
    ":8080/notes",
    "//canary.example/notes",
    "/\\canary.example",
    "https://canary.example/notes",
    "/notes/../admin",
    "/notes/./admin",
    "/notes/.canary",
    "/notes/%2e%2e/admin",
    "/notes?canary=1",
    "/notes#canary",
    "/notes/a b",
    "/notes/\r\ncanary",
    "/notes\t/admin",
    "/notes//admin",
    "/notes/",
    "/notes/x{noteId}",
    "/notes/{noteId}canary",
    "/notes/{note-id}",
    "/notes/{"
  ]) {
    it.effect(`refuses the route ${JSON.stringify(route)} before anything is sent`, () => {
      const { http, seen } = recorder()
      const call = WelkinClient.request("GET", route as "/notes", { success: Schema.Unknown })
      return Effect.gen(function* () {
        const error = yield* Effect.flip(call())
        assert.deepInclude(error, { _tag: "EncodeError", attempts: 0 })
        assert.lengthOf(seen, 0)
      }).pipe(Effect.provide(WelkinClient.layer(Scripted.options).pipe(Layer.provide(http))))
    })
  }
})

describe("WelkinClient: spans", () => {
  const canary = "CANARY"
  const traced = <A, E>(
    effect: Effect.Effect<A, E, WelkinClient.WelkinClient>,
    answer?: () => Scripted.Reply,
    given: (client: HttpClient.HttpClient) => HttpClient.HttpClient = identity
  ) => {
    const { http: recording, seen } = recorder(answer)
    const http = Layer.map(recording, (context) => Context.make(HttpClient.HttpClient, given(Context.get(context, HttpClient.HttpClient))))
    const { spans, tracer } = Tracer.recording()
    return whileTimePasses("1 seconds")(
      Effect.exit(Effect.provide(effect, WelkinClient.layer({ ...Scripted.options, tenant: canary }).pipe(Layer.provide(http))))
    ).pipe(
      Effect.withSpan("application"),
      Effect.withTracer(tracer),
      Effect.map(() => ({ seen, spans: spans.filter(({ name }) => name !== "application") }))
    )
  }

  it.effect("one a call, under the caller's, with the template and what came of it", () =>
    Effect.gen(function* () {
      const { seen, spans } = yield* traced(Effect.withSpan(Notes.get({ noteId: canary }), "mine"), () => ({
        body: { id: canary, text: canary },
        headers: { "x-a": canary }
      }))
      const call = spans.find(({ name }) => name === "welkin.notes.get")!
      assert.deepEqual(
        spans.map(({ name, parent }) => [name, parent] as const).filter(([name]) => name !== "welkin.authentication.exchange"),
        [
          ["mine", "application"],
          ["welkin.notes.get", "mine"]
        ]
      )
      assert.strictEqual(call.kind, "client")
      assert.deepEqual(Object.fromEntries(call.attributes), {
        "welkin.endpoint": "notes.get",
        "http.request.method": "GET",
        "http.route": "/{tenant}/{instance}/notes/{noteId}",
        "http.response.status_code": 200,
        "welkin.attempts": 1
      })
      assert.isTrue(seen.every(({ headers }) => !("b3" in headers) && !("traceparent" in headers)))
    })
  )

  it.effect("none of the HTTP client's own, even where that was told to trace", () =>
    Effect.gen(function* () {
      const { seen, spans } = yield* traced(
        Notes.get({ noteId: canary }),
        undefined,
        HttpClient.withTracerDisabledWhen(() => false)
      )
      assert.sameMembers(
        spans.map(({ name }) => name),
        ["welkin.notes.get", "welkin.authentication.exchange"]
      )
      assert.isTrue(seen.every(({ headers }) => !("b3" in headers) && !("traceparent" in headers)))
    })
  )

  for (const [name, effect, answer, expected] of [
    [
      "a failure",
      Notes.get({ noteId: canary }),
      { status: 404, body: [{ errorCode: canary, message: canary }] },
      { status: 404, attempts: 1, error: "NotFound" }
    ],
    [
      "a call tried four times",
      Notes.list({ author: canary }),
      { status: 503, body: canary },
      { status: 503, attempts: 4, error: "ServerError" }
    ],
    ["a wrong shape", Notes.get({ noteId: canary }), { body: { id: 7, text: canary } }, { status: 200, attempts: 1, error: "DecodeError" }],
    ["a download", Stream.runDrain(Notes.file({ noteId: canary })), { body: canary }, { status: 200, attempts: 1, error: undefined }],
    [
      "a download that is refused",
      Stream.runDrain(Notes.file({ noteId: canary })),
      { status: 403, body: canary },
      { status: 403, attempts: 1, error: "Forbidden" }
    ],
    [
      "a download that breaks off",
      Stream.runDrain(Notes.file({ noteId: canary })),
      { body: canary, headers: { "content-length": "99" } },
      { status: 200, attempts: 1, error: "TruncatedBody" }
    ]
  ] as const) {
    it.effect(`${name} is one span as well, and holds no value`, () =>
      Effect.gen(function* () {
        const { spans } = yield* traced(Effect.asVoid(effect as Effect.Effect<unknown, unknown, WelkinClient.WelkinClient>), () => answer)
        const calls = spans.filter(({ name }) => name.startsWith("welkin.notes."))
        assert.lengthOf(calls, 1)
        assert.lengthOf(spans, 2)
        for (const { attributes, events, exit, links } of spans) {
          assert.isAtMost(attributes.size, 12)
          const told = JSON.stringify([...attributes, events, links]) + (exit === undefined ? "open" : JSON.stringify(exit))
          assert.notInclude(told, canary)
          assert.notInclude(told, Redacted.value(Scripted.options.secretKey))
          assert.isDefined(exit)
        }
        assert.strictEqual(calls[0]!.attributes.get("http.response.status_code"), expected.status)
        assert.strictEqual(calls[0]!.attributes.get("welkin.attempts"), expected.attempts)
        assert.strictEqual(calls[0]!.attributes.get("error.type"), expected.error)
        const failure = Exit.causeOption(calls[0]!.exit!).pipe(Option.flatMap(Cause.failureOption), Option.getOrUndefined)
        assert.strictEqual((failure as WelkinError | undefined)?._tag, expected.error)
      })
    )
  }
})
