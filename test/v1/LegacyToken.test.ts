import { inspect } from "node:util"
import type * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/TestClock"
import { decodeProtectedHeader, jwtVerify } from "jose"
import * as LegacyToken from "../../src/v1/LegacyToken.js"
import { wallClockOff } from "../support/clock.js"
import { options } from "../support/legacy.js"
import * as Scripted from "../support/scripted.js"

const began = Date.UTC(2021, 2, 1)
const granted = (n: number): Scripted.Reply => ({ body: { access_token: `t${n}` } })
const wrongSecret = { status: 400, body: { error: "invalid_grant", error_description: "CANARY" } }

/** A token route that follows a script, and the requests it saw. */
const route = (answer: (n: number, request: Scripted.Seen) => Scripted.Reply) => {
  const seen: Array<Scripted.Seen> = []
  const http = Scripted.httpClient((request) => Effect.sync(() => answer(seen.push(request), request)))
  return { seen, http }
}

const tokens = (http: Layer.Layer<HttpClient.HttpClient>, changes: Partial<LegacyToken.Options> = {}) =>
  LegacyToken.layer({ ...options, ...changes }).pipe(Layer.provide(http))

const current = Effect.flatMap(LegacyToken.LegacyToken, ({ current }) => current)
const text = Effect.map(current, Redacted.value)
const reject = (token: Redacted.Redacted) => Effect.flatMap(LegacyToken.LegacyToken, (service) => service.reject(token))

const formOf = (request: Scripted.Seen) => Object.fromEntries(new URLSearchParams(request.body))
const claimsOf = (request: Scripted.Seen): any => JSON.parse(Buffer.from(formOf(request).assertion!.split(".")[1]!, "base64url").toString())

describe("LegacyToken: the assertion", () => {
  it.effect("is signed with the secret as it is, claims what the service asks for and nothing else, and travels in a form", () => {
    const { http, seen } = route(granted)
    return Effect.gen(function* () {
      yield* TestClock.setTime(began + 999)
      yield* current
      const [request] = seen
      assert.strictEqual(`${request!.method} ${request!.url.href}`, "POST https://legacy.example/v1/token")
      assert.strictEqual(request!.headers["content-type"], "application/x-www-form-urlencoded")
      assert.isUndefined(request!.headers.authorization)
      const { assertion, ...rest } = formOf(request!)
      assert.deepStrictEqual(rest, { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer" })
      assert.deepStrictEqual(decodeProtectedHeader(assertion!), { alg: "HS256", typ: "JWT" })
      const key = new TextEncoder().encode(Redacted.value(options.clientSecret))
      const { payload } = yield* Effect.promise(() => jwtVerify(assertion!, key, { currentDate: new Date(began) }))
      assert.deepStrictEqual(payload, {
        iss: options.clientId,
        aud: "https://legacy.example/v1/token",
        exp: began / 1000 + 3600,
        scope: "all"
      })
    }).pipe(Effect.provide(tokens(http)))
  })

  it.effect("names scopes and audience as told", () => {
    const { http, seen } = route(granted)
    const audience = "https://api.welkinhealth.com/v1/token"
    return Effect.gen(function* () {
      yield* current
      assert.strictEqual(seen[0]!.url.href, "https://proxy.example/welkin/v1/token")
      assert.deepInclude(claimsOf(seen[0]!), { aud: audience, scope: "patients.read workers.read" })
    }).pipe(Effect.provide(tokens(http, { baseUrl: "https://proxy.example/welkin", audience, scopes: ["patients.read", "workers.read"] })))
  })

  it.effect("goes to the live host unless another is named; without a client or a secret there is none", () =>
    Effect.gen(function* () {
      const { http, seen } = route(granted)
      const { baseUrl: _, ...live } = options
      yield* current.pipe(Effect.provide(LegacyToken.layer(live).pipe(Layer.provide(http))))
      assert.strictEqual(seen[0]!.url.href, "https://api.welkinhealth.com/v1/token")
      assert.strictEqual(claimsOf(seen[0]!).aud, "https://api.welkinhealth.com/v1/token")
      for (const [name, wrong] of [
        ["clientId", { clientId: "" }],
        ["clientSecret", { clientSecret: Redacted.make("") }],
        ["baseUrl", { baseUrl: "http://legacy.example" }]
      ] as const) {
        assert.include(String(yield* Effect.flip(current.pipe(Effect.provide(tokens(http, wrong))))), name)
      }
      assert.lengthOf(seen, 1)
    })
  )

  it.effect("that somebody else takes care of is none: a token is given, and stays whatever is said of it", () =>
    Effect.gen(function* () {
      const token = Redacted.make("mine")
      const service = yield* LegacyToken.LegacyToken.pipe(Effect.provide(LegacyToken.layerStatic(token)))
      yield* service.reject(token)
      assert.strictEqual(yield* service.current, token)
    })
  )

  it.effect("is a fresh one for each exchange", () => {
    const { http, seen } = route(granted)
    return Effect.gen(function* () {
      yield* reject(yield* current)
      yield* TestClock.adjust("10 minutes")
      yield* current
      assert.strictEqual(claimsOf(seen[1]!).exp - claimsOf(seen[0]!).exp, 600)
    }).pipe(Effect.provide(tokens(http)))
  })
})

/** A server that takes assertions which expire within an hour of its own clock, and tells what that clock shows. */
const punctual = (ahead: number) =>
  route((n, request) => {
    const now = began + ahead
    const left = claimsOf(request).exp - now / 1000
    return { ...(left > 0 && left <= 3600 ? granted(n) : wrongSecret), headers: { date: new Date(now).toUTCString() } }
  })

describe("LegacyToken: wrong clocks", () => {
  it.effect("a right one costs nothing", () => {
    const { http, seen } = punctual(0)
    return Effect.gen(function* () {
      yield* TestClock.setTime(began)
      assert.strictEqual(yield* text, "t1")
      assert.strictEqual(seen.length, 1)
    }).pipe(Effect.provide(tokens(http)))
  })

  for (const seconds of [3600, -3600, 86_400, -86_400, -3]) {
    it.effect(`one that is ${seconds} seconds behind the server's costs one exchange more, once`, () => {
      const { http, seen } = punctual(seconds * 1000)
      return Effect.gen(function* () {
        yield* TestClock.setTime(began)
        const token = yield* current
        assert.strictEqual(Redacted.value(token), "t2")
        assert.strictEqual(claimsOf(seen[1]!).exp, began / 1000 + seconds + 3600)
        yield* reject(token)
        assert.strictEqual(yield* text, "t3")
      }).pipe(Effect.provide(tokens(http)))
    })
  }

  it.effect("one that jumps later costs nothing: the server's time goes on with the monotonic clock", () => {
    const { http, seen } = punctual(0)
    return Effect.gen(function* () {
      yield* TestClock.setTime(began)
      yield* reject(yield* current)
      assert.strictEqual(yield* wallClockOff(() => 7_200_000)(text), "t2")
      assert.strictEqual(seen.length, 2)
    }).pipe(Effect.provide(tokens(http)))
  })

  it.effect("a server that tells no time is asked once", () => {
    const { http, seen } = route(() => wrongSecret)
    return Effect.gen(function* () {
      yield* Effect.flip(current)
      assert.strictEqual(seen.length, 1)
    }).pipe(
      Effect.provide(tokens(http)),
      wallClockOff(() => 3_600_000)
    )
  })

  it.effect("a failure that no clock is to blame for is not tried again in the server's time", () =>
    Effect.gen(function* () {
      const date = new Date(began + 3_600_000).toUTCString()
      for (const [reply, tag] of [
        [{ body: { access_token: "" } }, "AuthenticationError"],
        [{ body: "<html></html>" }, "AuthenticationError"],
        [{ status: 418 }, "UnexpectedStatus"]
      ] as const) {
        const { http, seen } = route(() => ({ ...reply, headers: { date } }))
        assert.strictEqual((yield* Effect.flip(current).pipe(Effect.provide(tokens(http))))._tag, tag)
        assert.lengthOf(seen, 1)
      }
    })
  )
})

describe("LegacyToken: lifetimes", () => {
  /** What is sent after so many minutes: the first token, or one for which it was worth waiting. */
  const sentAfter = (minutes: number, reply: object = {}) => {
    const { http } = route((n) => ({ body: { access_token: `t${n}`, ...reply } }))
    return Effect.zipRight(Effect.zipRight(current, TestClock.adjust(`${minutes} minutes`)), text).pipe(Effect.provide(tokens(http)))
  }

  it.effect("an hour, unless the answer says otherwise in seconds; never sent in its last minute", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual([yield* sentAfter(58), yield* sentAfter(60)], ["t1", "t2"])
      const half = { expires_in: 1800, token_type: "bearer" }
      assert.deepStrictEqual([yield* sentAfter(28, half), yield* sentAfter(30, half)], ["t1", "t2"])
      for (const expires_in of ["soon", null, 0, -1]) assert.strictEqual(yield* sentAfter(58, { expires_in }), "t1")
    })
  )
})

describe("LegacyToken: refusals", () => {
  it.effect.each([
    [{ status: 400, body: { errors: [{ status: 400, code: "bad_request", title: "", detail: "CANARY" }] } }, "Refused", ["bad_request"]],
    [{ status: 401, body: { errors: [{ status: 401, code: "unauthorized", title: "", detail: "CANARY" }] } }, "Refused", ["unauthorized"]],
    [wrongSecret, "Refused", ["invalid_grant"]],
    [{ status: 401, body: "<html>CANARY</html>" }, "Refused", []],
    [{ body: { errors: [{ code: "unauthorized", detail: "CANARY" }] } }, "Malformed", []],
    [{ body: { access_token: "" } }, "Malformed", []],
    [{ body: { token: "CANARY" } }, "Malformed", []],
    [{ body: "<html>CANARY</html>" }, "Malformed", []]
  ] as const)("%s", ([reply, reason, codes]) => {
    const { http } = route(() => reply)
    return Effect.gen(function* () {
      const error = yield* Effect.flip(current)
      assert.strictEqual(error._tag, "AuthenticationError")
      if (error._tag === "AuthenticationError") assert.deepStrictEqual([error.reason, error.codes], [reason, codes])
      const printed = `${inspect(error, { depth: Infinity, showHidden: true })} ${JSON.stringify(error)} ${error.message}`
      for (const secret of ["CANARY", "s3cr3t-Example", "eyJ"]) assert.notInclude(printed, secret)
    }).pipe(Effect.provide(tokens(http)))
  })

  it.effect("a secret that is turned down is not tried again for half a minute", () => {
    const { http, seen } = route(() => wrongSecret)
    return Effect.gen(function* () {
      yield* Effect.flip(current)
      yield* Effect.flip(current)
      assert.strictEqual(seen.length, 1)
      yield* TestClock.adjust("31 seconds")
      yield* Effect.flip(current)
      assert.strictEqual(seen.length, 2)
    }).pipe(Effect.provide(tokens(http)))
  })

  it.effect("ten exchanges in five minutes are the most", () => {
    const { http, seen } = route(granted)
    return Effect.gen(function* () {
      for (let n = 0; n < 10; n++) yield* reject(yield* current)
      const error = yield* Effect.flip(current)
      assert.strictEqual(error._tag === "AuthenticationError" && error.reason, "Budget")
      assert.deepInclude(error, { endpoint: "authentication.exchange", method: "POST", route: "/v1/token", attempts: 0 })
      assert.strictEqual(seen.length, 10)
    }).pipe(Effect.provide(tokens(http)))
  })

  it.effect("fifty fibers cost one exchange", () => {
    const { http, seen } = route(granted)
    return Effect.gen(function* () {
      const { current } = yield* LegacyToken.LegacyToken
      yield* Effect.all(
        Array.from({ length: 50 }, () => current),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(seen.length, 1)
    }).pipe(Effect.provide(tokens(http)))
  })
})
