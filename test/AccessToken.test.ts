import Fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/TestClock"
import * as AccessToken from "../src/AccessToken.js"
import * as Limits from "../src/Limits.js"
import * as RetryPolicy from "../src/RetryPolicy.js"
import * as Simulator from "../src/testing/Simulator.js"
import * as Patients from "../src/v8/Patients.js"
import * as WelkinClient from "../src/WelkinClient.js"
import { wallClockOff, whileTimePasses } from "./support/clock.js"
import * as Scripted from "./support/scripted.js"
import { virtualClock } from "./support/virtualClock.js"

const body = { content: [], last: true }
const call = Patients.search({ body: {} })
const expired = { status: 401, body: [{ errorCode: "TOKEN_EXPIRED", componentType: "AUTH", message: "", details: {} }] }

const jwt = (n: number, seconds: number): string =>
  ["{}", JSON.stringify({ n, iat: 1_000_000, exp: 1_000_000 + seconds }), ""].map((part) => Encoding.encodeBase64Url(part)).join(".")

/** A server whose token route and other routes follow two scripts; both see how often they were asked. */
const server = (
  token: (n: number) => Scripted.Reply | Effect.Effect<Scripted.Reply>,
  other: (bearer: string, n: number) => Scripted.Reply | Effect.Effect<Scripted.Reply> = () => ({ body })
) => {
  const counts = { tokens: 0, calls: 0 }
  const asEffect = (reply: Scripted.Reply | Effect.Effect<Scripted.Reply>) => (Effect.isEffect(reply) ? reply : Effect.succeed(reply))
  const http = Scripted.httpClient((request) =>
    Effect.suspend(() =>
      request.url.pathname.includes("/admin/api_clients/")
        ? asEffect(token(++counts.tokens))
        : asEffect(other(request.headers.authorization ?? "none", ++counts.calls))
    )
  )
  return { counts, http, layer: WelkinClient.layer(Scripted.options).pipe(Layer.provide(http)) }
}

const slowly = (reply: Scripted.Reply) => Effect.as(Effect.sleep("50 millis"), reply)

describe("AccessToken", { timeout: 120_000 }, () => {
  for (const fibers of [2, 50, 500]) {
    it.effect(`${fibers} fibers without a token cost one exchange`, () => {
      const { counts, layer } = server((n) => slowly({ body: { token: `t${n}` } }))
      return Effect.gen(function* () {
        const all = yield* whileTimePasses("50 millis")(
          Effect.all(
            Array.from({ length: fibers }, () => call),
            { concurrency: "unbounded" }
          )
        )
        assert.strictEqual(all.length, fibers)
        assert.deepStrictEqual(counts, { tokens: 1, calls: fibers })
      }).pipe(Effect.provide(layer))
    })
  }

  it.effect("staggered refusals of one token cost one exchange, and each call one resend", () => {
    const { counts, layer } = server(
      (n) => slowly({ body: { token: `t${n}` } }),
      (bearer, n) => Effect.as(Effect.sleep(Duration.millis((n * 37) % 2000)), bearer === "Bearer t1" ? expired : { body })
    )
    return Effect.gen(function* () {
      const all = yield* whileTimePasses("500 millis")(
        Effect.all(
          Array.from({ length: 100 }, () => call),
          { concurrency: "unbounded" }
        )
      )
      assert.strictEqual(all.length, 100)
      assert.strictEqual(counts.tokens, 2)
      assert.isAtMost(counts.calls, 200)
    }).pipe(Effect.provide(layer))
  })

  it.effect("interrupting the fiber that asked first fails nobody and costs no second exchange", () => {
    const { counts, layer } = server((n) => slowly({ body: { token: `t${n}` } }))
    return Effect.gen(function* () {
      const leader = yield* Effect.fork(call)
      yield* TestClock.adjust("10 millis")
      const others = yield* Effect.fork(Effect.all([call, call, call], { concurrency: 3 }))
      yield* TestClock.adjust("10 millis")
      yield* Fiber.interrupt(leader)
      yield* TestClock.adjust("1 second")
      assert.strictEqual((yield* Fiber.join(others)).length, 3)
      assert.strictEqual(counts.tokens, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("trouble at the token route is waited out and not remembered", () => {
    const { counts, layer } = server((n) => (n <= 2 ? { status: 503 } : { body: { token: `t${n}` } }))
    return Effect.gen(function* () {
      yield* whileTimePasses("250 millis")(call)
      assert.strictEqual(counts.tokens, 3)
    }).pipe(Effect.provide(layer))
  })

  it.effect("a failed exchange is no answer for the next call", () => {
    const { counts, layer } = server((n) => (n <= 4 ? { status: 503 } : { body: { token: `t${n}` } }))
    return Effect.gen(function* () {
      assert.strictEqual((yield* whileTimePasses("250 millis")(Effect.flip(call)))._tag, "ServerError")
      yield* call
      assert.strictEqual(counts.tokens, 5)
    }).pipe(Effect.provide(layer))
  })

  it.effect("a call's own policy and span do not become the shared exchange's", () => {
    const { counts, layer } = server((n) => (n <= 2 ? { status: 503 } : { body: { token: `t${n}` } }))
    return Effect.gen(function* () {
      yield* whileTimePasses("250 millis")(RetryPolicy.withRetryPolicy(call, RetryPolicy.none))
      assert.strictEqual(counts.tokens, 3)
    }).pipe(Effect.provide(layer))
  })

  it.effect("a refused secret is asked once in 30 seconds, however many wait, and is not printed", () => {
    const { counts, layer } = server(() =>
      slowly({ status: 401, body: [{ errorCode: "WRONG_SECRET", message: Redacted.value(Scripted.options.secretKey) }] })
    )
    return Effect.gen(function* () {
      const errors = yield* whileTimePasses("50 millis")(
        Effect.all(
          Array.from({ length: 500 }, () => Effect.flip(call)),
          { concurrency: "unbounded" }
        )
      )
      assert.isTrue(
        errors.every((error) => error._tag === "AuthenticationError" && error.reason === "Refused" && error.codes[0] === "WRONG_SECRET")
      )
      assert.notInclude(String(errors[0]) + JSON.stringify(errors[0]), Redacted.value(Scripted.options.secretKey))
      yield* TestClock.adjust("28 seconds")
      yield* Effect.flip(call)
      assert.strictEqual(counts.tokens, 1)
      yield* TestClock.adjust("2 seconds")
      yield* whileTimePasses("50 millis")(Effect.flip(call))
      assert.strictEqual(counts.tokens, 2)
    }).pipe(Effect.provide(layer))
  })

  for (const [name, reply, reason] of [
    ["without a token", { body: {} }, "Malformed"],
    ["with an empty token", { body: { token: "" } }, "Malformed"],
    ["of a switched-off client", { body: { token: "t", enabled: false } }, "Disabled"],
    ["that is a web page", { body: "<html>maintenance</html>" }, "Malformed"],
    ["that is an error list with 200", { body: [{ errorCode: "X_Y", componentType: "AUTH", message: "" }] }, "Malformed"]
  ] as const) {
    it.effect(`an answer ${name} is an AuthenticationError, asked for once`, () => {
      const { counts, layer } = server(() => reply)
      return Effect.gen(function* () {
        const error = yield* Effect.flip(call)
        assert.isTrue(error._tag === "AuthenticationError" && error.reason === reason)
        assert.strictEqual(counts.tokens, 1)
        assert.strictEqual(counts.calls, 0)
      }).pipe(Effect.provide(layer))
    })
  }

  it.effect("a token is renewed behind the scenes before it expires: three hours, no refusal", () => {
    const issued = new Map<string, number>()
    const { counts, layer } = server(
      (n) =>
        Effect.map(Effect.clock, (clock) => {
          issued.set(`Bearer ${jwt(n, 3600)}`, clock.unsafeCurrentTimeMillis())
          return { body: { token: jwt(n, 3600) } }
        }),
      (bearer) =>
        Effect.map(Effect.clock, (clock) =>
          clock.unsafeCurrentTimeMillis() - issued.get(bearer)! >= 3_600_000 - 60_000 ? expired : { body }
        )
    )
    return Effect.gen(function* () {
      for (let minute = 0; minute < 180; minute += 2) {
        yield* call
        yield* TestClock.adjust("2 minutes")
      }
      assert.deepStrictEqual(counts, { tokens: 4, calls: 90 })
    }).pipe(Effect.provide(layer))
  })

  it.effect("the lifetime is the token's own, an hour where it cannot be read", () => {
    const { counts, layer } = server((n) => ({ body: { token: n === 1 ? jwt(n, 600) : "no jwt" } }))
    return Effect.gen(function* () {
      yield* call
      yield* TestClock.adjust("570 seconds")
      yield* call
      assert.strictEqual(counts.tokens, 2)
      yield* TestClock.adjust("50 minutes")
      yield* call
      assert.strictEqual(counts.tokens, 2)
      yield* TestClock.adjust("10 minutes")
      yield* call
      assert.strictEqual(counts.tokens, 3)
    }).pipe(Effect.provide(layer))
  })

  it.effect("a server that refuses every token ends in an AuthenticationError after one resend, and in ten exchanges at most", () => {
    const { counts, layer } = server(
      (n) => ({ body: { token: `t${n}` } }),
      () => expired
    )
    return Effect.gen(function* () {
      const first = yield* Effect.flip(call)
      assert.isTrue(first._tag === "AuthenticationError" && first.reason === "StillRefused" && first.attempts === 2)
      assert.deepStrictEqual(counts, { tokens: 2, calls: 2 })
      const errors = yield* Effect.all(Array.from({ length: 30 }, () => Effect.flip(call)))
      assert.strictEqual(counts.tokens, 10)
      const last = errors.at(-1)!
      assert.isTrue(
        last._tag === "AuthenticationError" && last.reason === "Budget" && last.stopped === "Budget" && last.retryAfterMillis! <= 300_000
      )
      yield* TestClock.adjust("5 minutes")
      yield* Effect.flip(call)
      assert.isAbove(counts.tokens, 10)
    }).pipe(Effect.provide(layer))
  })

  for (const [name, reply] of [
    ["another code", { status: 401, body: [{ errorCode: "SOMETHING_ELSE" }] }],
    ["no list", { status: 401, body: { errorCode: "SOMETHING" } }],
    ["a web page", { status: 401, body: "<html></html>" }],
    ["nothing", { status: 401, body: "" }]
  ] as const) {
    it.effect(`401 with ${name} renews nothing`, () => {
      const { counts, layer } = server(
        (n) => ({ body: { token: `t${n}` } }),
        () => reply
      )
      return Effect.gen(function* () {
        assert.strictEqual((yield* Effect.flip(call))._tag, "Unauthorized")
        assert.deepStrictEqual(counts, { tokens: 1, calls: 1 })
      }).pipe(Effect.provide(layer))
    })
  }

  it.effect("403 renews nothing, whatever its code", () => {
    const { counts, layer } = server(
      (n) => ({ body: { token: `t${n}` } }),
      () => ({ ...expired, status: 403 })
    )
    return Effect.gen(function* () {
      assert.strictEqual((yield* Effect.flip(call))._tag, "Forbidden")
      assert.deepStrictEqual(counts, { tokens: 1, calls: 1 })
    }).pipe(Effect.provide(layer))
  })

  it.effect("a static token is sent as it is and never exchanged", () => {
    const { counts, http } = server(
      () => ({ status: 500 }),
      (bearer) => ({ status: bearer === "Bearer mine" ? 200 : 500, body })
    )
    const layer = WelkinClient.layerWithoutToken(Scripted.options).pipe(
      Layer.provide(AccessToken.layerStatic(Redacted.make("mine"))),
      Layer.provide(http)
    )
    return Effect.gen(function* () {
      yield* call
      assert.strictEqual(counts.tokens, 0)
    }).pipe(Effect.provide(layer))
  })

  it.effect("a static token that is refused is sent once more, and is the call's failure", () => {
    const { counts, http } = server(
      () => ({ status: 500 }),
      () => expired
    )
    const layer = WelkinClient.layerWithoutToken(Scripted.options).pipe(
      Layer.provide(AccessToken.layerStatic(Redacted.make("mine"))),
      Layer.provide(http)
    )
    return Effect.gen(function* () {
      const error = yield* Effect.flip(call)
      assert.isTrue(error._tag === "AuthenticationError" && error.reason === "StillRefused")
      assert.deepStrictEqual(counts, { tokens: 0, calls: 2 })
    }).pipe(Effect.provide(layer))
  })

  it.effect("is asked for at the live host, unless another is named, and a tenant that fits no path is refused", () => {
    const urls: Array<string> = []
    const http = Scripted.httpClient(({ url }) =>
      Effect.sync(() => {
        urls.push(url.href)
        return { body: { token: "t" } }
      })
    )
    const { baseUrl: _, ...options } = Scripted.options
    const current = Effect.flatMap(AccessToken.AccessToken, ({ current }) => current)
    const asking = (options: AccessToken.Options) => current.pipe(Effect.provide(AccessToken.layer(options).pipe(Layer.provide(http))))
    return Effect.gen(function* () {
      yield* asking(options)
      yield* asking(Scripted.options)
      assert.deepStrictEqual(urls, [
        "https://api.live.welkincloud.io/acme/admin/api_clients/ABCDEFGHIJKL",
        "https://welkin.example/acme/admin/api_clients/ABCDEFGHIJKL"
      ])
      const error = yield* Effect.flip(asking({ ...options, tenant: ".." }))
      assert.include(String(error), "tenant")
      assert.lengthOf(urls, 2)
    })
  })

  for (const body of [{ token: "" }, { token: "t", enabled: false }]) {
    it.effect(`an answer that is no token, ${JSON.stringify(body)}, tells how the exchange ended`, () => {
      const { layer } = server(() => ({ body }))
      return Effect.gen(function* () {
        const error = yield* Effect.flip(call)
        assert.deepInclude(error, { endpoint: "authentication.exchange", method: "POST", attempts: 1, waitedMillis: 0, stopped: "Final" })
        assert.isTrue(error._tag === "AuthenticationError" && error.codes.length === 0)
      }).pipe(Effect.provide(layer))
    })
  }

  it.effect("two clients of one token layer share its exchange, two layers do not", () => {
    const { counts, http } = server((n) => ({ body: { token: `t${n}` } }))
    const client = (instance: string) => WelkinClient.layerWithoutToken({ ...Scripted.options, instance }).pipe(Layer.provide(http))
    const shared = AccessToken.layer(Scripted.options).pipe(Layer.provide(http))
    return Effect.gen(function* () {
      const token = yield* Layer.build(shared)
      for (const instance of ["demo", "live"]) yield* call.pipe(Effect.provide(client(instance)), Effect.provide(token))
      assert.strictEqual(counts.tokens, 1)
      yield* call.pipe(Effect.provide(WelkinClient.layer(Scripted.options).pipe(Layer.provide(http))))
      assert.strictEqual(counts.tokens, 2)
    }).pipe(Effect.scoped)
  })

  it.effect("500 calls under way when their token is revoked cost one exchange, and each write is applied once", () => {
    const { clock, until } = virtualClock()
    return Effect.gen(function* () {
      // the refusals come spread over two seconds
      const simulator = yield* Simulator.make({ patients: 5, latency: { millis: 0, upToMillis: 2000 } })
      const client = yield* Layer.build(
        WelkinClient.layer(simulator.credentials).pipe(
          Layer.provide([Layer.succeed(HttpClient.HttpClient, simulator.httpClient), Limits.layer({ concurrency: 500 })])
        )
      )
      const write = (n: number) => Patients.create({ body: { firstName: `Ada ${n}`, lastName: "Sample" } })
      const one = yield* Effect.fork(Effect.provide(call, client))
      yield* until(5000)
      yield* Fiber.join(one)
      yield* simulator.revokeTokens
      const fiber = yield* Effect.fork(
        Effect.forEach(
          Array.from({ length: 500 }, (_, n) => n),
          (n) => (n % 2 === 0 ? Effect.asVoid(call) : Effect.asVoid(write(n))),
          { concurrency: "unbounded" }
        ).pipe(Effect.provide(client))
      )
      yield* until(60_000)
      yield* Fiber.join(fiber)
      const journal = yield* simulator.journal
      assert.lengthOf(
        journal.filter(({ endpoint }) => endpoint === "authentication.exchange"),
        2
      )
      assert.isAtLeast(journal.filter(({ status }) => status === 401).length, 500)
      assert.isAtMost(journal.length, 1 + 1 + 1 + 500 * 2)
      const ledger = yield* simulator.ledger
      assert.lengthOf(ledger, 250)
      assert.isTrue(ledger.every(({ applied }) => applied === 1))
    }).pipe(Effect.scoped, Effect.withClock(clock))
  })

  it.effect("a client that somebody else has got blocked fails at once and says for how long", () =>
    Effect.gen(function* () {
      const { credentials, httpClient } = yield* Simulator.Simulator
      const { apiClient, baseUrl, secretKey, tenant } = credentials
      const exchange = HttpClientRequest.post(`${baseUrl}/${tenant}/admin/api_clients/${apiClient}`).pipe(
        HttpClientRequest.bodyUnsafeJson({ secret: Redacted.value(secretKey) })
      )
      for (let n = 0; n < 101; n++) yield* httpClient.execute(exchange)
      // no time passes
      const error = yield* Effect.flip(call)
      assert.deepInclude(error, {
        _tag: "RateLimited",
        endpoint: "authentication.exchange",
        retryAfterMillis: 300_000,
        stopped: "LongWait"
      })
    }).pipe(Effect.provide(Simulator.layerClient({ patients: 0 })))
  )
})

describe("AccessToken: clocks", () => {
  const hour = 3_600_000
  for (const [name, offAt] of [
    ["an hour ahead", () => hour],
    ["an hour behind", () => -hour],
    ["a day ahead", () => 24 * hour],
    ["a day behind", () => -24 * hour],
    ["jumping two hours ahead meanwhile", (minute: number) => (minute < 20 ? 0 : 2 * hour)],
    ["jumping two hours back meanwhile", (minute: number) => (minute < 20 ? 0 : -2 * hour)]
  ] as const) {
    it.effect(`one that is ${name} costs no request`, () => {
      let minute = 0
      const { counts, layer } = server(
        (n) => ({ body: { token: jwt(n, 3600) } }),
        (bearer) => (bearer === `Bearer ${jwt(1, 3600)}` ? { body } : expired)
      )
      const off = wallClockOff(() => offAt(minute))
      return Effect.gen(function* () {
        const client = yield* off(Layer.build(layer))
        for (; minute < 54; minute += 6) {
          yield* off(Effect.provide(call, client))
          yield* TestClock.adjust("6 minutes")
        }
        assert.deepStrictEqual(counts, { tokens: 1, calls: 9 })
      }).pipe(Effect.scoped)
    })
  }
})

describe("AccessToken: isolation", { timeout: 120_000 }, () => {
  it.effect("two clients with a thousand calls each, in turns, send their own token each and share no exchange", () =>
    Effect.gen(function* () {
      const seen = { tokens: 0, calls: 0, crossed: 0 }
      const clientOf = (tenant: string) => {
        const http = Scripted.httpClient(({ headers, url }) =>
          Effect.sync(() => {
            const isOwn = url.pathname.startsWith(`/${tenant}/`) && url.origin === `https://${tenant}.example`
            if (url.pathname.includes("/admin/api_clients/")) {
              seen.tokens++
              return { body: { token: `token-of-${tenant}` } }
            }
            seen.calls++
            if (!isOwn || headers.authorization !== `Bearer token-of-${tenant}`) seen.crossed++
            // now and then one of them has to ask again
            return seen.calls % 250 === 0 ? expired : { body }
          })
        )
        return Layer.build(
          WelkinClient.layer({ ...Scripted.options, tenant, baseUrl: `https://${tenant}.example` }).pipe(Layer.provide(http))
        )
      }
      const clients = [yield* clientOf("one"), yield* clientOf("two")] as const
      yield* Effect.forEach(
        Array.from({ length: 2000 }, (_, n) => n),
        (n) => Effect.either(Effect.provide(call, clients[n % 2 === 0 ? 0 : 1])),
        { concurrency: 8 }
      )
      assert.strictEqual(seen.crossed, 0)
      assert.strictEqual(seen.calls, 2000 + 8)
      assert.strictEqual(seen.tokens, 2 + 8)
    }).pipe(Effect.scoped)
  )

  it.effect("nothing is written to disk", () =>
    Effect.gen(function* () {
      const written: Array<string> = []
      yield* Effect.acquireRelease(
        Effect.sync(() => {
          const originals: Array<readonly [target: any, name: string, original: unknown]> = []
          for (const target of [Fs, Fs.promises] as const) {
            for (const name of Object.keys(target).filter((one) =>
              /^(?:write|append|mkdir|mkdtemp|open|rename|copy|cp|link|symlink|truncate|createWriteStream)/.test(one)
            )) {
              originals.push([target, name, (target as any)[name]])
              ;(target as any)[name] = (...rest: ReadonlyArray<unknown>) => {
                // standard output and error are no disk
                if (rest[0] !== 1 && rest[0] !== 2) written.push(name)
                return (originals.find((one) => one[0] === target && one[1] === name)![2] as any).apply(target, rest)
              }
            }
          }
          // for those who import a function by its name
          syncBuiltinESMExports()
          return originals
        }),
        (originals) =>
          Effect.sync(() => {
            for (const [target, name, original] of originals) target[name] = original
            syncBuiltinESMExports()
          })
      )
      const { counts, layer } = server(
        (n) => ({ body: { token: jwt(n, 3600) } }),
        (_, n) => (n === 2 ? expired : { body })
      )
      yield* Effect.repeatN(call, 20).pipe(Effect.provide(layer))
      assert.deepStrictEqual(counts, { tokens: 2, calls: 22 })
      assert.deepStrictEqual(written, [])
      // and the spy sees what there is to see
      Fs.writeFileSync("/dev/null", "")
      yield* Effect.promise(() => Fs.promises.writeFile("/dev/null", ""))
      assert.include(written, "writeFileSync")
      assert.include(written, "writeFile")
    }).pipe(Effect.scoped)
  )
})
