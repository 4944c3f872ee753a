/**
 * What the SDK is built around: things that the libraries below it do, measured before it was designed. Each hazard is pinned here as
 * it is (`the library`), so that an update which changes it is noticed, and beside it that the SDK is not touched by it (`the SDK`).
 */
import { execFile } from "node:child_process"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Util from "node:util"
import * as Zlib from "node:zlib"
import * as Command from "@effect/cli/Command"
import * as HelpDoc from "@effect/cli/HelpDoc"
import * as Options from "@effect/cli/Options"
import * as ValidationError from "@effect/cli/ValidationError"
import * as FileSystem from "@effect/platform/FileSystem"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as KeyValueStore from "@effect/platform/KeyValueStore"
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Undici from "@effect/platform-node/Undici"
import { assert, describe, it } from "@effect/vitest"
import * as Cache from "effect/Cache"
import * as Cause from "effect/Cause"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Deferred from "effect/Deferred"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Scheduler from "effect/Scheduler"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/TestClock"
import * as Codecs from "../../src/Codecs.js"
import * as Endpoint from "../../src/Endpoint.js"
import * as Folder from "../../src/export/Folder.js"
import { slices } from "../../src/internal/slices.js"
import * as Turnstile from "../../src/internal/turnstile.js"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import * as Faulty from "../support/faulty.js"
import { temporaryFolder } from "../support/folder.js"
import * as Notes from "../support/notes.js"
import * as Scripted from "../support/scripted.js"
import * as Sinks from "../support/sinks.js"
import * as Tracer from "../support/tracer.js"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** All clients of the platform: the two of the SDK, and the one over node:http that a user may bring. */
const clients = [...Faulty.httpClients, ["node:http", NodeHttpClient.layer] as const]

const bare = HttpClient.HttpClient

const undici = (dispatcher: () => Undici.Dispatcher): Layer.Layer<HttpClient.HttpClient> =>
  NodeHttpClient.layerUndiciWithoutDispatcher.pipe(
    Layer.provide(
      Layer.scoped(
        NodeHttpClient.Dispatcher,
        Effect.acquireRelease(Effect.sync(dispatcher), (made) => Effect.promise(() => made.destroy()))
      )
    )
  )

/** Whether an effect still runs after so long. */
const hangs = <A, E, R>(effect: Effect.Effect<A, E, R>, forAsLongAs: Duration.DurationInput): Effect.Effect<boolean, never, R> =>
  effect.pipe(Effect.exit, Effect.timeoutOption(forAsLongAs), Effect.map(Option.isNone))

const inspect = (value: unknown): string => Util.inspect(value, { depth: Infinity, showHidden: true, getters: true })

const stalled = Faulty.raw(["content-length: 1000"], '{"content":')
const big = "x".repeat(300_000)

describe("H1: undici's own time limits are switched off by the platform", () => {
  const impatient = { bodyTimeout: 50, headersTimeout: 50 }

  it.scopedLive("the library: limits of the agent count for nothing, those of an interceptor do", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* Faulty.serve(stalled)
      const body = Effect.flatMap(bare, (client) => Effect.flatMap(client.get(baseUrl), ({ text }) => text))
      assert.isTrue(yield* hangs(body, "500 millis").pipe(Effect.provide(undici(() => new Undici.Agent(impatient)))))
      const compelled = () =>
        new Undici.Agent().compose((dispatch) => (options, handler) => dispatch({ ...options, ...impatient }, handler))
      assert.isFalse(yield* hangs(body, "20 seconds").pipe(Effect.provide(undici(compelled))))
    })
  )

  it.scopedLive("the SDK: its own limit ends the call", () =>
    Effect.gen(function* () {
      const server = yield* Faulty.serve(stalled)
      const failure = yield* Effect.flip(Notes.list()).pipe(
        Effect.provide(
          Faulty.client(
            server,
            undici(() => new Undici.Agent(impatient)),
            { idle: "100 millis" }
          )
        )
      )
      assert.include(failure, { _tag: "TimeoutError", phase: "idle" } as object)
    })
  )
})

describe("H2: a time limit around a request ends at its headers", () => {
  for (const [name, http] of clients) {
    it.scopedLive(`the library: the body that follows has none, over ${name}`, () =>
      Effect.gen(function* () {
        const { baseUrl } = yield* Faulty.serve(stalled)
        const client = yield* bare
        const response = yield* Effect.timeout(client.get(baseUrl), "10 seconds")
        assert.strictEqual(response.status, 200)
        assert.isTrue(yield* hangs(response.text, "200 millis"))
      }).pipe(Effect.provide(http))
    )

    it.scopedLive(`the SDK: an attempt is the answer and its body, over ${name}`, () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(stalled)
        const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.client(server, http, { attempt: "100 millis" })))
        assert.include(failure, { _tag: "TimeoutError", phase: "attempt" } as object)
      })
    )
  }
})

describe("H3: a body that nobody reads keeps its socket", () => {
  const calls = 20
  const many = Array.from({ length: calls })

  for (const [name, http] of Faulty.httpClients) {
    it.scopedLive(`the library: as many sockets as answers, and none in a scope, over ${name}`, () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.json({ big }, 503))
        const client = yield* bare
        const held = yield* Effect.forEach(many, () => client.get(server.baseUrl))
        assert.strictEqual(server.sockets.open, calls)
        const scoped = yield* Faulty.serve(Faulty.json({ big }, 503))
        yield* Effect.forEach(many, () => Effect.scoped(HttpClient.withScope(client).get(scoped.baseUrl)))
        // one or two more are opened ahead
        yield* Faulty.eventually("scoped requests leave no socket", () => scoped.sockets.open <= 3)
        // whoever holds the answers holds their sockets
        assert.lengthOf(held, calls)
      }).pipe(Effect.provide(http))
    )

    it.scopedLive(`the SDK: none, over ${name}`, () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.json({ big }, 503))
        yield* Effect.gen(function* () {
          for (const _ of many) assert.strictEqual((yield* Effect.flip(Notes.list()))._tag, "ServerError")
          yield* Faulty.eventually("one socket at most is kept", () => server.sockets.open <= 1)
        }).pipe(Effect.provide(Faulty.client(server, http)))
      })
    )
  }

  const single = undici(() => new Undici.Agent({ connections: 1 }))

  it.scopedLive("the library: with one connection the next request never leaves", () =>
    Effect.gen(function* () {
      const { baseUrl, requests } = yield* Faulty.serve(Faulty.json({ big }, 503))
      const client = yield* bare
      const held = yield* client.get(baseUrl)
      assert.isTrue(yield* hangs(client.get(baseUrl), "300 millis"))
      assert.lengthOf(requests, 1)
      assert.strictEqual(held.status, 503)
    }).pipe(Effect.provide(single))
  )

  it.scopedLive("the SDK: it does", () =>
    Effect.gen(function* () {
      const server = yield* Faulty.serve(Faulty.json({ big }, 503))
      yield* Effect.zipRight(Effect.flip(Notes.list()), Effect.flip(Notes.list())).pipe(
        Effect.timeout("20 seconds"),
        Effect.provide(Faulty.client(server, single))
      )
      assert.lengthOf(server.requests, 2)
    })
  )
})

describe("H4: the platform's own repetition knows neither methods nor Retry-After", () => {
  it.scopedLive("the library: a POST goes out four times, and nobody waits", () =>
    Effect.gen(function* () {
      const { baseUrl, requests } = yield* Faulty.serve(Faulty.json([], 503, { "retry-after": "60" }))
      const client = HttpClient.retryTransient(yield* bare, { times: 3 })
      const hung = yield* hangs(Effect.scoped(client.post(baseUrl)), "30 seconds")
      assert.deepEqual([hung, requests.map(({ method }) => method)], [false, ["POST", "POST", "POST", "POST"]])
    }).pipe(Effect.provide(NodeHttpClient.layerUndici))
  )

  it.scopedLive("the library: a body that breaks off is not asked for again", () =>
    Effect.gen(function* () {
      const { baseUrl, requests } = yield* Faulty.serve(Faulty.ended(["content-length: 1000"], "{"))
      const client = HttpClient.retryTransient(yield* bare, { times: 3 })
      assert.isTrue(Exit.isFailure(yield* Effect.exit(Effect.flatMap(client.get(baseUrl), ({ text }) => text))))
      assert.lengthOf(requests, 1)
    }).pipe(Effect.provide(NodeHttpClient.layerUndici))
  )

  it.scopedLive("the SDK: what may write goes out once, and what the server asked for is told", () =>
    Effect.gen(function* () {
      const server = yield* Faulty.serve(Faulty.json([], 503, { "retry-after": "60" }))
      const failure = yield* Effect.flip(Notes.create({ body: { text: "" } })).pipe(
        Effect.provide(Faulty.client(server, NodeHttpClient.layerUndici, {}, RetryPolicy.standard))
      )
      assert.include(failure, { _tag: "ServerError", outcome: "Unknown", retryAfterMillis: 60_000 } as object)
      assert.lengthOf(server.requests, 1)
    })
  )
})

describe("H5: half a body can look whole", () => {
  const page = JSON.stringify({ content: [{ id: "n-1", text: "a".repeat(500) }], last: true })
  const half = page.slice(0, 300)

  for (const [name, http] of clients) {
    it.scopedLive(`the library: it is a success where nothing says how long it is, and none where something does, over ${name}`, () =>
      Effect.gen(function* () {
        const text = (handle: Faulty.Handle) =>
          Effect.gen(function* () {
            const { baseUrl } = yield* Faulty.serve(handle)
            const client = yield* bare
            return yield* Effect.either(Effect.flatMap(client.get(baseUrl), ({ text }) => text))
          })
        assert.deepEqual(yield* text(Faulty.ended([], half)), Either.right(half))
        assert.isTrue(Either.isLeft(yield* text(Faulty.ended([`content-length: ${page.length}`], half))))
        const chunk = `${half.length.toString(16)}\r\n${half}\r\n`
        assert.isTrue(Either.isLeft(yield* text(Faulty.ended(["transfer-encoding: chunked"], chunk))))
      }).pipe(Effect.provide(http))
    )

    it.scopedLive(
      `the library: ${name === "fetch" ? "asks for gzip and inflates it" : "neither asks for gzip nor inflates it"}, ${name}`,
      () =>
        Effect.gen(function* () {
          const zipped = Zlib.gzipSync(page)
          const { baseUrl, requests } = yield* Faulty.serve(
            Faulty.ended(["content-encoding: gzip", `content-length: ${zipped.length}`], zipped)
          )
          const client = yield* bare
          const text = yield* Effect.flatMap(client.get(baseUrl), ({ text }) => text)
          assert.deepEqual(
            [/gzip/.test(requests[0]!.headers["accept-encoding"] ?? ""), text === page],
            [name === "fetch", name === "fetch"]
          )
        }).pipe(Effect.provide(http))
    )

    it.scopedLive(`the SDK: it is never data, and nothing is asked for but the plain body, over ${name}`, () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.ended([], half))
        const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.client(server, http)))
        assert.include(failure, { _tag: "DecodeError", reason: "Syntax" } as object)
        assert.strictEqual(server.requests[0]!.headers["accept-encoding"], "identity")
      })
    )
  }
})

describe("H6: who follows a redirect takes the secret along", () => {
  const servers = Effect.gen(function* () {
    const other = yield* Faulty.serve(Faulty.json({ id: "n-1" }))
    const server = yield* Faulty.serve(Faulty.json([], 302, { location: `${other.baseUrl}/notes` }))
    return { other, server }
  })
  const secret = HttpClientRequest.bodyUnsafeJson({ secret: "CANARY" })

  for (const [name, http] of [["undici", NodeHttpClient.layerUndici] as const, ["node:http", NodeHttpClient.layer] as const]) {
    it.scopedLive(`the library: token, method and body arrive at another origin, over ${name}`, () =>
      Effect.gen(function* () {
        const { other, server } = yield* servers
        const client = HttpClient.followRedirects(yield* bare)
        yield* client.execute(secret(HttpClientRequest.bearerToken(HttpClientRequest.post(server.baseUrl), "CANARY-TOKEN")))
        const [{ body, headers, method }] = other.requests as [Faulty.Exchange]
        assert.deepEqual([method, headers.authorization, body.toString()], ["POST", "Bearer CANARY-TOKEN", '{"secret":"CANARY"}'])
      }).pipe(Effect.provide(http))
    )
  }

  it.scopedLive("the library: fetch follows unasked, makes a GET of a POST, and calls it a success", () =>
    Effect.gen(function* () {
      const { other, server } = yield* servers
      const client = yield* bare
      const response = yield* client.execute(secret(HttpClientRequest.bearerToken(HttpClientRequest.post(server.baseUrl), "CANARY-TOKEN")))
      const [{ body, headers, method }] = other.requests as [Faulty.Exchange]
      assert.deepEqual([response.status, method, headers.authorization, body.length], [200, "GET", undefined, 0])
    }).pipe(Effect.provide(Faulty.httpClients[1]![1]))
  )

  for (const [name, http] of clients) {
    it.scopedLive(`the SDK: nobody else hears of it, over ${name}`, () =>
      Effect.gen(function* () {
        const { other, server } = yield* servers
        const failure = yield* Effect.flip(Notes.create({ body: { text: "CANARY" } })).pipe(Effect.provide(Faulty.client(server, http)))
        assert.include(failure, { _tag: "UnexpectedRedirect", status: 302 } as object)
        assert.strictEqual(other.sockets.opened, 0)
      })
    )
  }
})

describe("H7: the platform's spans hold the URL and all headers", () => {
  const traced = <A, E, R>(effect: Effect.Effect<A, E, R>) => {
    const { spans, tracer } = Tracer.recording()
    return Effect.map(Effect.exit(Effect.withTracer(effect, tracer)), () => spans)
  }
  const names = (server: Faulty.Server) => Object.keys(server.requests[0]!.headers)

  it.scopedLive("the library: in attributes, and on the wire; not with its tracer disabled", () =>
    Effect.gen(function* () {
      const server = yield* Faulty.serve(Faulty.json({}))
      const client = yield* bare
      const url = `${server.baseUrl}/patients/CANARY-ID?email=CANARY-EMAIL`
      const options = { headers: { "x-secret": "CANARY-SECRET", authorization: "Bearer CANARY-TOKEN" } }
      const [span] = yield* traced(client.get(url, options))
      const attributes = Object.fromEntries(span!.attributes)
      assert.include(attributes, {
        "url.full": url,
        "url.path": "/patients/CANARY-ID",
        "url.query": "email=CANARY-EMAIL",
        "http.request.header.x-secret": "CANARY-SECRET"
      })
      assert.notInclude(inspect(attributes), "CANARY-TOKEN")
      assert.includeMembers(names(server), ["b3", "traceparent"])
      const silent = HttpClient.withTracerDisabledWhen(client, () => true)
      const quiet = yield* Faulty.serve(Faulty.json({}))
      assert.isEmpty(yield* traced(silent.get(quiet.baseUrl)))
      assert.notIncludeMembers(names(quiet), ["b3", "traceparent"])
    }).pipe(Effect.provide(NodeHttpClient.layerUndici))
  )

  it.scopedLive("the SDK: one span of its own, and no value in it", () =>
    Effect.gen(function* () {
      const server = yield* Faulty.serve(Faulty.json([{ errorCode: "X_Y", message: "CANARY" }], 404))
      const call = Notes.get({ noteId: "CANARY-ID" }).pipe(Effect.provide(Faulty.client(server, NodeHttpClient.layerUndici)))
      const spans = yield* traced(call)
      assert.deepEqual(
        spans.map(({ name }) => name),
        ["welkin.notes.get"]
      )
      assert.notInclude(inspect(spans), "CANARY")
      assert.notIncludeMembers(names(server), ["b3", "traceparent"])
    })
  )
})

describe("H8: the platform's errors hold the request and its answer", () => {
  it.scopedLive("the library: URL, token, the secret in a body, and what the server said", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* Faulty.serve(Faulty.json({ name: "CANARY-ANSWER" }, 400))
      const client = yield* bare
      const response = yield* client.execute(
        HttpClientRequest.post(`${baseUrl}?email=CANARY-EMAIL`).pipe(
          HttpClientRequest.bearerToken("CANARY-TOKEN"),
          HttpClientRequest.bodyUnsafeJson({ secret: "CANARY-SECRET" })
        )
      )
      yield* response.text
      const refused = yield* Effect.flip(HttpClient.filterStatusOk(HttpClient.make(() => Effect.succeed(response))).get(baseUrl))
      assert.include(refused.message, "400")
      for (const form of [JSON.stringify(refused), inspect(refused)]) {
        for (const canary of ["CANARY-EMAIL", "CANARY-TOKEN", "CANARY-SECRET", "CANARY-ANSWER"]) assert.include(form, canary)
      }
    }).pipe(Effect.provide(NodeHttpClient.layerUndici))
  )

  it.scopedLive("the SDK: an error holds none of them, in any form", () =>
    Effect.gen(function* () {
      const server = yield* Faulty.serve(Faulty.json([{ errorCode: "X_Y", message: "CANARY" }], 400))
      const failure = yield* Effect.flip(Notes.create({ body: { text: "CANARY" } })).pipe(
        Effect.provide(Faulty.client(server, NodeHttpClient.layerUndici))
      )
      for (const [form, text] of Sinks.stringForms(failure)) assert.notInclude(text, "CANARY", form)
    })
  )
})

describe("H9: a ParseError prints what it refused", () => {
  const Patient = Schema.Struct({ ssn: Schema.NumberFromString })
  const refusal = (schema: Schema.Schema<any, any>, value: unknown) =>
    Either.getOrThrow(Either.flip(Schema.decodeUnknownEither(schema)(value)))

  it("the library: in every form", () => {
    const error = refusal(Patient, { ssn: "CANARY" })
    for (const form of [
      error.message,
      String(error),
      JSON.stringify(error),
      inspect(error),
      Cause.pretty(Cause.fail(error)),
      JSON.stringify(ParseResult.ArrayFormatter.formatErrorSync(error))
    ]) {
      assert.include(form, "CANARY")
    }
  })

  it.effect("the library: Redacted does not help, nor does Config", () =>
    Effect.gen(function* () {
      const Secret = Schema.Redacted(Schema.String.pipe(Schema.minLength(50)))
      assert.include(refusal(Secret, "CANARY").message, "CANARY")
      const provider = ConfigProvider.fromMap(new Map([["PORT", "CANARY"]]))
      for (const config of [Config.integer("PORT"), Schema.Config("PORT", Schema.NumberFromString)]) {
        assert.include(String(yield* Effect.flip(Effect.withConfigProvider(config, provider))), "CANARY")
      }
    })
  )

  it("the library: a message of one's own hides it from the text, and not from the issue", () => {
    const Hidden = Schema.NumberFromString.annotations({ message: () => ({ message: "refused", override: true }) })
    const error = refusal(Hidden, "CANARY")
    assert.notInclude(error.message, "CANARY")
    assert.strictEqual(error.issue.actual, "CANARY")
  })

  it.effect("the SDK: an error tells places and types", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(Notes.list())
      assert.strictEqual(failure._tag, "DecodeError")
      for (const [form, text] of Sinks.stringForms(failure)) assert.notInclude(text, "CANARY", form)
    }).pipe(Effect.provide(Scripted.client(() => Effect.succeed({ body: { content: [{ id: "CANARY", text: { CANARY: 1 } }] } }))))
  )
})

describe("H10: the engine's JSON error quotes the text", () => {
  it("the library: its message holds some of it", () => {
    assert.throws(() => JSON.parse("<b>CANARY</b>"), /CANARY/)
  })

  it.effect("the SDK: an error says that it is a web page, or no JSON", () =>
    Effect.gen(function* () {
      for (const body of ["<b>CANARY</b>", "CANARY"]) {
        const failure = yield* Notes.list().pipe(
          RetryPolicy.withRetryPolicy(RetryPolicy.none),
          Effect.flip,
          Effect.provide(Scripted.client(() => Effect.succeed({ body })))
        )
        assert.strictEqual(failure._tag, "DecodeError")
        for (const [form, text] of Sinks.stringForms(failure)) assert.notInclude(text, "CANARY", form)
      }
    })
  )
})

describe("H11: an answer of the platform prints its body once it was read", () => {
  it.scopedLive("the library: and is still there to be read after it was printed", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* Faulty.serve(Faulty.json({ name: "CANARY" }))
      const response = yield* Effect.flatMap(bare, (client) => client.get(baseUrl))
      assert.notInclude(JSON.stringify(response), "CANARY")
      assert.deepEqual(yield* response.json, { name: "CANARY" })
      assert.include(JSON.stringify(response), "CANARY")
    }).pipe(Effect.provide(NodeHttpClient.layerUndici))
  )

  it.scopedLive("the SDK: an answer is plain data, without anything of the platform's", () =>
    Effect.gen(function* () {
      const server = yield* Faulty.serve(Faulty.json({ content: [] }))
      const answer = yield* Endpoint.withResponse(Notes.list)().pipe(Effect.provide(Faulty.client(server, NodeHttpClient.layerUndici)))
      assert.hasAllKeys(answer, ["value", "status", "headers", "attempts", "waitedMillis"])
      assert.deepEqual(structuredClone(answer.value), { content: [] })
    })
  )
})

describe("H12: what is shared can be poisoned", () => {
  it.effect("the library: Effect.cached keeps the interruption of whoever asked first, for ever", () =>
    Effect.gen(function* () {
      let asked = 0
      const shared = yield* Effect.cached(Effect.suspend(() => (asked++ === 0 ? Effect.never : Effect.succeed("token"))))
      const leader = yield* Effect.fork(shared)
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(leader)
      assert.isTrue(Exit.isInterrupted(yield* Effect.exit(shared)))
      assert.strictEqual(asked, 1)
    })
  )

  it.effect("the library: Cache fails all who wait when the first one is interrupted", () =>
    Effect.gen(function* () {
      const asking = yield* Deferred.make<void>()
      const cache = yield* Cache.make({
        capacity: 1,
        timeToLive: "1 hour",
        lookup: () => Effect.zipRight(Deferred.succeed(asking, undefined), Effect.never)
      })
      const leader = yield* Effect.fork(cache.get("token"))
      yield* Deferred.await(asking)
      const waiting = yield* Effect.fork(cache.get("token"))
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(leader)
      assert.isTrue(Exit.isInterrupted(yield* Fiber.await(waiting)))
    })
  )

  it.effect("the library: cachedWithTTL keeps a failure as long as a value", () =>
    Effect.gen(function* () {
      let asked = 0
      const once = Effect.suspend(() => (asked++ === 0 ? Effect.fail("503") : Effect.succeed("token")))
      const shared = yield* Effect.cachedWithTTL(once, "1 hour")
      assert.strictEqual(yield* Effect.flip(shared), "503")
      yield* TestClock.adjust("59 minutes")
      assert.strictEqual(yield* Effect.flip(shared), "503")
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual(yield* shared, "token")
    })
  )

  it.effect("the SDK: the token outlives whoever asked first, and a failure is asked about again", () => {
    let exchanges = 0
    const answer = (request: Scripted.Seen): Effect.Effect<Scripted.Reply> => {
      if (!request.url.pathname.includes("/admin/api_clients/")) return Effect.succeed({ body: { content: [] } })
      if (++exchanges === 1) return Effect.succeed({ status: 403 })
      return Effect.as(Effect.sleep("1 second"), { body: { token: "token" } })
    }
    return Effect.gen(function* () {
      assert.strictEqual((yield* Effect.flip(Notes.list()))._tag, "AuthenticationError")
      yield* TestClock.adjust("31 seconds")
      const leader = yield* Effect.fork(Notes.list())
      const waiting = yield* Effect.fork(Notes.list())
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(leader)
      yield* TestClock.adjust("2 seconds")
      yield* Fiber.join(waiting)
      assert.strictEqual(exchanges, 2)
    }).pipe(Effect.provide(Faulty.clientWithSecret({ baseUrl: Scripted.options.baseUrl! }, Scripted.httpClient(answer))))
  })
})

/** Where a server was a moment ago. */
const nobody = Effect.map(Effect.scoped(Faulty.serve(() => {})), ({ baseUrl }) => baseUrl)

describe("H13: the client over node:http fails twice at once, and keeps no connection", () => {
  it.scopedLive("the library: two failures side by side, and a socket a request", () =>
    Effect.gen(function* () {
      const client = yield* bare
      const cause = yield* Effect.flip(Effect.sandbox(client.get(yield* nobody)))
      assert.deepEqual([cause._tag, Cause.failures(cause).length], ["Parallel", 2])
      const { baseUrl, sockets } = yield* Faulty.serve(Faulty.json({}))
      for (let n = 0; n < 3; n++) yield* Effect.flatMap(client.get(baseUrl), ({ text }) => text)
      assert.strictEqual(sockets.opened, 3)
    }).pipe(Effect.provide(NodeHttpClient.layer))
  )

  it.scopedLive("the SDK: one error, whose reason is found in either", () =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(Notes.list()).pipe(Effect.provide(Faulty.client({ baseUrl: yield* nobody }, NodeHttpClient.layer)))
      const failures = Exit.isFailure(exit) ? [...Cause.failures(exit.cause)] : []
      assert.lengthOf(failures, 1)
      assert.include(failures[0], { _tag: "TransportError", reason: "Refused" } as object)
    })
  )
})

/** Runs a program of the platform's runMain, and tells how it ended. */
const ran = (program: string, signal?: NodeJS.Signals) =>
  Effect.async<{ readonly code: unknown; readonly said: string }>((resume) => {
    const source = `import * as Effect from "effect/Effect"\nimport * as NodeRuntime from "@effect/platform-node/NodeRuntime"\n${program}`
    const child = execFile(process.execPath, ["--input-type=module", "-e", source], { cwd: root }, (error, stdout, stderr) =>
      resume(Effect.succeed({ code: error === null ? 0 : (error.code ?? error.signal), said: stdout + stderr }))
    )
    child.stdout?.once("data", () => signal && child.kill(signal))
    return Effect.sync(() => child.kill("SIGKILL"))
  })

describe("H14: runMain calls a signal a success", () => {
  it.live("the library: exit 0 on SIGINT and SIGTERM, and the message of what failed on stderr", () =>
    Effect.gen(function* () {
      // said once it listens for signals, which it does behind the first turn
      const waiting = `NodeRuntime.runMain(Effect.sleep(10).pipe(Effect.zipRight(Effect.sync(() => process.stdout.write("ready"))), Effect.zipRight(Effect.never)))`
      const failing = `NodeRuntime.runMain(Effect.fail(new Error("CANARY")))`
      const [interrupted, terminated, failed] = yield* Effect.all([ran(waiting, "SIGINT"), ran(waiting, "SIGTERM"), ran(failing)], {
        concurrency: "unbounded"
      })
      assert.deepEqual([interrupted.code, terminated.code, failed.code], [0, 0, 1])
      assert.include(failed.said, "CANARY")
    })
  )

  // what the command does instead: test/cli/signals.test.ts
})

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

describe.skipIf(process.platform === "win32")("H15: files of the platform are for everybody, and are written in place", () => {
  const withUmask = (mask: number) =>
    Effect.acquireRelease(
      Effect.sync(() => process.umask(mask)),
      (old) => Effect.sync(() => process.umask(old))
    )

  it.scopedLive("the library: 0644 in 0755, and a reader may see half a file; exclusive creation with a mode, and sync, do work", () =>
    Effect.gen(function* () {
      yield* withUmask(0o022)
      const folder = join(yield* temporaryFolder, "store")
      const fs = yield* FileSystem.FileSystem
      yield* Effect.flatMap(KeyValueStore.KeyValueStore, (store) => store.set("token", "CANARY")).pipe(
        Effect.provide(KeyValueStore.layerFileSystem(folder))
      )
      const file = join(folder, "token")
      assert.deepEqual([modeOf(folder), modeOf(file)], ["755", "644"])
      const made = yield* fs.makeTempFileScoped()
      assert.strictEqual(modeOf(made), "644")
      const before = statSync(file).ino
      yield* fs.writeFileString(file, "CANARY-2")
      assert.strictEqual(statSync(file).ino, before)
      const own = join(folder, "own")
      const open = fs.open(own, { flag: "wx", mode: 0o600 })
      yield* Effect.scoped(Effect.flatMap(open, (handle) => handle.sync))
      assert.strictEqual(modeOf(own), "600")
      assert.isTrue(Exit.isFailure(yield* Effect.exit(Effect.scoped(open))))
    }).pipe(Effect.provide(NodeContext.layer))
  )

  it.scopedLive("the SDK: 0600 in 0700, and a file that is replaced is another one", () =>
    Effect.gen(function* () {
      yield* withUmask(0o000)
      const out = join(yield* temporaryFolder, "out")
      const folder = yield* Folder.take(out)
      yield* folder.replace("kind/state", "1")
      const before = statSync(join(out, "kind/state")).ino
      assert.deepEqual([modeOf(out), modeOf(join(out, "kind")), modeOf(join(out, "kind/state"))], ["700", "700", "600"])
      yield* folder.replace("kind/state", "2")
      assert.notStrictEqual(statSync(join(out, "kind/state")).ino, before)
    }).pipe(Effect.provide(NodeContext.layer))
  )
})

describe("H16: a command prints the option that it refused", () => {
  it.effect("the library: a secret one, too", () =>
    Effect.gen(function* () {
      const token = Options.text("token").pipe(Options.withSchema(Schema.Redacted(Schema.String.pipe(Schema.minLength(50)))))
      const command = Command.run(Command.make("call", { token }), { name: "call", version: "1" })
      const said: Array<string> = []
      const console = yield* Effect.console
      const error = yield* Effect.flip(command(["node", "call", "--token", "CANARY"])).pipe(
        Effect.withConsole({ ...console, error: (...args) => Effect.sync(() => said.push(Util.format(...args))) })
      )
      assert.isTrue(ValidationError.isValidationError(error))
      if (ValidationError.isValidationError(error)) said.push(HelpDoc.toAnsiText(error.error))
      assert.include(said.join("\n"), "CANARY")
    }).pipe(Effect.provide(NodeContext.layer))
  )

  // the command takes no secret there, and quotes nothing: test/cli/main.test.ts and test/cli/Line.test.ts
})

describe("H17: values lose digits on the way", () => {
  it("the library: microseconds, days, unknown fields, long integers", () => {
    const date = Schema.decodeUnknownSync(Schema.Date)
    assert.strictEqual(date("2024-01-01T00:00:00.123456Z").toISOString(), "2024-01-01T00:00:00.123Z")
    assert.strictEqual(date("1990-01-01").toISOString(), "1990-01-01T00:00:00.000Z")
    assert.isNaN(Schema.decodeUnknownSync(Schema.DateFromString)("not a date").getTime())
    assert.deepEqual(Schema.decodeUnknownSync(Schema.Struct({ id: Schema.String }))({ id: "1", added: 2 }), { id: "1" } as any)
    assert.strictEqual(JSON.stringify(JSON.parse("[12345678901234567890,1.10]")), "[12345678901234567000,1.1]")
  })

  it.effect("the SDK: the text has them all, models keep what they do not know, and a day is no moment", () => {
    const record = '{"id":"1","at":"2024-01-01T00:00:00.123456Z","n":12345678901234567890,"d":1.10,"born":"1990-01-01"}'
    const body = `{"content":[${record}],"last":true}`
    return Effect.gen(function* () {
      assert.strictEqual(yield* Endpoint.text(Notes.list)(), body)
      assert.deepEqual(slices(body, ["content"]), [record])
      assert.deepInclude((yield* Notes.list()).content[0], { born: "1990-01-01" } as object)
      const instant = Schema.is(Schema.encodedSchema(Codecs.Instant))
      assert.isTrue(instant("1990-01-01"))
      for (const text of ["1990-01-01", "not a date"]) assert.isTrue(Either.isLeft(Schema.decodeEither(Codecs.Instant)(text)))
    }).pipe(Effect.provide(Scripted.client(() => Effect.succeed({ body }))))
  })
})

describe("H18: two dots stay two dots", () => {
  const steps = ["..", ".", "%2e%2e"]

  it("the library: encodeURIComponent leaves them, and URL walks up", () => {
    assert.strictEqual(encodeURIComponent(".."), "..")
    assert.deepEqual(
      steps.map((step) => new URL(`https://welkin.example/admin/patients/${step}/users/u1`).pathname),
      ["/admin/users/u1", "/admin/patients/users/u1", "/admin/users/u1"]
    )
  })

  it.effect("the SDK: an id stays in its segment, or is not sent", () => {
    const seen: Array<string> = []
    return Effect.gen(function* () {
      const outcomes = yield* Effect.forEach(["", ...steps], (noteId) => Effect.either(Notes.get({ noteId })))
      assert.deepEqual(
        outcomes.map((one) => (Either.isLeft(one) ? one.left._tag : one.right.id)),
        ["EncodeError", "EncodeError", "EncodeError", "n-1"]
      )
      assert.deepEqual(seen, ["/acme/demo/notes/%252e%252e"])
    }).pipe(
      Effect.provide(
        Scripted.client(({ url }) => {
          seen.push(url.pathname)
          return Effect.succeed({ body: { id: "n-1" } })
        })
      )
    )
  })
})

describe("H19: some packages run scripts when they are installed", () => {
  const lock: { readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean; readonly dev?: boolean }>> } = JSON.parse(
    readFileSync(join(root, "package-lock.json"), "utf8")
  )
  const withScripts = Object.entries(lock.packages).filter(([, one]) => one.hasInstallScript)

  it("the library: two that come with the platform, which does without, and the bundler", () => {
    assert.deepEqual(
      withScripts.map(([path]) => path.replace("node_modules/", "")),
      ["@parcel/watcher", "esbuild", "msgpackr-extract"]
    )
  })

  it("the SDK: depends on none of them", () => {
    assert.isTrue(withScripts.every(([, { dev }]) => dev))
  })
})

describe("H20: whoever gives back a permit of a semaphore wakes all who wait for one", () => {
  const callers = 100

  /** How often a fiber is put on the schedule while so many take their turn at one place. */
  const turnsTaken = (within: (work: Effect.Effect<void>) => Effect.Effect<void>) =>
    Effect.gen(function* () {
      let scheduled = 0
      const inner = new Scheduler.MixedScheduler(2048)
      const counting = Scheduler.make(
        (task, priority) => {
          scheduled++
          inner.scheduleTask(task, priority)
        },
        (fiber) => inner.shouldYield(fiber)
      )
      yield* Effect.forEach(Array.from({ length: callers }), () => within(Effect.yieldNow()), { concurrency: "unbounded" }).pipe(
        Effect.withScheduler(counting)
      )
      return scheduled
    })

  it.effect("the library: the work for a queue grows with its square", () =>
    Effect.gen(function* () {
      assert.isAbove(yield* turnsTaken(Effect.unsafeMakeSemaphore(1).withPermits(1)), (callers * callers) / 4)
    })
  )

  it.effect("the SDK: its turnstile wakes one", () =>
    Effect.gen(function* () {
      assert.isBelow(yield* turnsTaken(Turnstile.make(1).within), callers * 10)
    })
  )
})

describe("The source of the SDK", () => {
  const forbidden: ReadonlyArray<readonly [hazard: string, pattern: RegExp]> = [
    ["H4", /\bretryTransient\b/],
    ["H6", /\bfollowRedirects\b/],
    ["H12", /\bcachedWithTTL\b|\bcachedInvalidateWithTTL\b|\bCache\.make\b/],
    ["H14", /\bNodeRuntime\b|\brunMain\b/],
    ["H15", /\bKeyValueStore\b|\bmakeTemp(File|Directory)\b|\bfs\.writeFile(String)?\b/],
    ["H16", /\bOptions\.redacted\b|\bArgs\.redacted\b/],
    ["H17", /\bSchema\.(Date|DateFromString|DateFromSelf)\b/]
  ]
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))
  // a comment may name what it warns of
  const sources = files.map((name) => [name, readFileSync(join(root, "src", name), "utf8").replace(/^\s*(\/\/|\*|\/\*).*$/gm, "")] as const)

  it.each(forbidden)("uses nothing of %s", (_, pattern) => {
    assert.deepEqual(
      sources.filter(([, text]) => pattern.test(text)).map(([name]) => name),
      []
    )
  })
})
