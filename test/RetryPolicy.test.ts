import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Endpoint from "../src/Endpoint.js"
import * as Limits from "../src/Limits.js"
import * as RetryPolicy from "../src/RetryPolicy.js"
import * as Patients from "../src/v8/Patients.js"
import type * as WelkinError from "../src/WelkinError.js"
import { whileTimePasses } from "./support/clock.js"
import * as Scripted from "./support/scripted.js"

const ok: Scripted.Reply = { body: { content: [], last: true } }
const safe = Patients.search({ body: {} })
const unsafe = Patients.create({ body: { firstName: "Ada", lastName: "Sample" } })

type Step = Scripted.Reply | Effect.Effect<never, unknown>

/** Answers with the steps one after the other, the last one for ever; records when each request came. */
const script = (...steps: ReadonlyArray<Step>) => {
  const at: Array<number> = []
  const answer = () =>
    Effect.flatMap(Clock.currentTimeMillis, (now): Effect.Effect<Scripted.Reply, unknown> => {
      at.push(now)
      const step = steps[Math.min(at.length, steps.length) - 1]!
      return Effect.isEffect(step) ? step : Effect.succeed(step)
    })
  return { at, answer, layer: Scripted.client(answer) }
}

const run = <A, E, R>(effect: Effect.Effect<A, E, R>) => whileTimePasses("500 millis")(effect)

const status = (code: number, headers: Readonly<Record<string, string>> = {}): Scripted.Reply => ({ status: code, headers })

const faults: { readonly [F in Exclude<RetryPolicy.Fault, "Ended">]: ReadonlyArray<readonly [name: string, step: Step]> } = {
  NeverSent: ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT", "EPROTO"].map(
    (code) => [code, Scripted.connectionError(code)] as const
  ),
  NameNotFound: ["ENOTFOUND", "EAI_AGAIN"].map((code) => [code, Scripted.connectionError(code)] as const),
  Certificate: ["DEPTH_ZERO_SELF_SIGNED_CERT", "CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID"].map(
    (code) => [code, Scripted.connectionError(code)] as const
  ),
  NoAnswer: ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "SOMETHING_NEW"].map((code) => [code, Scripted.connectionError(code)] as const),
  BrokenBody: [
    ["a body that breaks off", { body: Scripted.brokenBody('{"content":') }],
    ["a body shorter than announced", { body: "{}", headers: { "content-length": "3" } }],
    ["a 401 that breaks off before its code", { status: 401, body: '[{"errorC', headers: { "content-length": "99" } }]
  ],
  TokenRefused: ["TOKEN_EXPIRED", "NOT_VALID_JSON_WEB_TOKEN"].map(
    (errorCode) => [errorCode, { status: 401, body: [{ errorCode }] }] as const
  ),
  Unavailable: [408, 500, 502, 503, 504].map((code) => [String(code), status(code)] as const),
  RateLimited: [["429", status(429)]],
  TurnedDown: [300, 301, 302, 307, 308, 400, 401, 403, 404, 405, 409, 410, 418, 501, 505].map(
    (code) => [String(code), status(code)] as const
  ),
  NoJson: [["cut JSON", { body: '{"content":[' }]],
  WrongShape: [
    ["a wrong type", { body: { content: [], last: "yes", id: 1 } }],
    ["a web page", { body: "<html></html>" }],
    ["nothing", { body: "" }],
    ["an error list with 200", { body: [{ errorCode: "SOME_CODE", message: "" }] }]
  ]
}

const requests: { readonly [R in RetryPolicy.Repeat]: number } = { Never: 1, Always: 4, Once: 2, AlwaysFirstAtOnce: 4, WithFreshToken: 2 }

describe("RetryPolicy.decisions", () => {
  // word for word, because the tests below take the table at its word
  it("are these", () => {
    assert.deepStrictEqual(RetryPolicy.decisions, {
      NeverSent: { safe: "Always", unsafe: "Always", outcome: "NotSent" },
      NameNotFound: { safe: "Once", unsafe: "Once", outcome: "NotSent" },
      Certificate: { safe: "Never", unsafe: "Never", outcome: "NotSent" },
      NoAnswer: { safe: "AlwaysFirstAtOnce", unsafe: "Never", outcome: "Unknown" },
      BrokenBody: { safe: "Always", unsafe: "Never", outcome: "Unknown" },
      TokenRefused: { safe: "WithFreshToken", unsafe: "WithFreshToken", outcome: "Rejected" },
      Unavailable: { safe: "Always", unsafe: "Never", outcome: "Unknown" },
      RateLimited: { safe: "Always", unsafe: "Always", outcome: "Rejected" },
      TurnedDown: { safe: "Never", unsafe: "Never", outcome: "Rejected" },
      NoJson: { safe: "Once", unsafe: "Never", outcome: "Unknown" },
      WrongShape: { safe: "Never", unsafe: "Never", outcome: "Unknown" },
      Ended: { safe: "Never", unsafe: "Never", outcome: "NotSent" }
    })
  })

  for (const [fault, cases] of Object.entries(faults) as Array<[keyof typeof faults, (typeof faults)[keyof typeof faults]]>) {
    for (const [name, step] of cases) {
      // a stream can be read once
      const fresh = (): Step => (name === "a body that breaks off" ? { body: Scripted.brokenBody('{"content":') } : step)
      for (const kind of ["safe", "unsafe"] as const) {
        const repeat = RetryPolicy.decisions[fault][kind]
        it.effect(`${fault}: ${name}, ${kind}: ${repeat}`, () => {
          const { at, layer } = script(fresh(), fresh(), fresh(), fresh(), fresh())
          return Effect.gen(function* () {
            const error: WelkinError.WelkinError = kind === "safe" ? yield* run(Effect.flip(safe)) : yield* run(Effect.flip(unsafe))
            assert.strictEqual(at.length, requests[repeat])
            assert.strictEqual(error.attempts, requests[repeat])
            assert.strictEqual(error.outcome, kind === "safe" ? undefined : RetryPolicy.decisions[fault].outcome)
            if (fault !== "TokenRefused") assert.strictEqual(RetryPolicy.faultOf(error), fault)
            assert.notInclude(String(error), "CANARY")
          }).pipe(Effect.provide(layer))
        })
      }
      if (RetryPolicy.decisions[fault].safe !== "Never") {
        it.effect(`${fault}: ${name}, then an answer: the call succeeds`, () => {
          const { layer } = script(fresh(), ok)
          return Effect.gen(function* () {
            const answer = yield* run(Endpoint.withResponse(Patients.search)({ body: {} }))
            assert.strictEqual(answer.attempts, 2)
          }).pipe(Effect.provide(layer))
        })
      }
    }
  }
})

describe("RetryPolicy: waits", () => {
  it.effect("are random between nothing and a bound that doubles, and the sum is told", () => {
    const { at, layer } = script(status(503))
    return Effect.gen(function* () {
      const error = yield* whileTimePasses("1 millis", 5000)(Effect.flip(safe))
      const waits = at.slice(1).map((time, n) => time - at[n]!)
      assert.isTrue(waits.every((wait, n) => wait <= 250 * 2 ** n + 2))
      assert.isTrue(waits.some((wait) => wait > 20))
      assert.closeTo(error.waitedMillis, at.at(-1)! - at[0]!, 4)
      assert.strictEqual(error.stopped, "Attempts")
    }).pipe(Effect.provide(layer), Effect.withRandom(Random.make("seed")))
  })

  it.effect("the first repetition of a safe call that got no answer has none", () => {
    const { at, layer } = script(Scripted.connectionError("ECONNRESET"), ok)
    return Effect.gen(function* () {
      yield* safe
      assert.strictEqual(at[0], at[1])
    }).pipe(Effect.provide(layer))
  })

  const now = Date.parse("2026-01-01T00:00:00Z")
  const http = (millis: number) => new Date(millis).toUTCString()
  for (const [name, headers, least] of [
    ["seconds", { "retry-after": "2" }, 2000],
    ["a date, by the server's own clock", { "retry-after": http(now + 3_600_000 + 3000), date: http(now + 3_600_000) }, 3000],
    ["a date without a server clock", { "retry-after": http(now + 3000) }, 3000],
    ["a date in the past", { "retry-after": http(now - 3000), date: http(now) }, 0],
    ["zero", { "retry-after": "0" }, 0],
    ["nonsense", { "retry-after": "soon" }, 0],
    ["a negative number", { "retry-after": "-5" }, 0],
    ["two values", { "retry-after": "2, 5" }, 0]
  ] as const) {
    for (const code of [429, 503]) {
      it.effect(`Retry-After of ${code} as ${name}`, () => {
        const { at, layer } = script(status(code, headers), ok)
        return Effect.gen(function* () {
          yield* TestClock.setTime(now)
          yield* whileTimePasses("20 millis", 400)(safe)
          assert.isAtLeast(at[1]! - at[0]!, least)
          assert.isAtMost(at[1]! - at[0]!, least * 1.1 + 250 + 40)
        }).pipe(Effect.provide(layer))
      })
    }
  }

  it.effect("Retry-After holds back every fiber of the client", () => {
    const { at, layer } = script(status(429, { "retry-after": "5" }), ok)
    return Effect.gen(function* () {
      const first = yield* Effect.fork(safe)
      yield* TestClock.adjust("1 second")
      const others = yield* Effect.fork(Effect.all([safe, safe, safe], { concurrency: 3 }))
      yield* whileTimePasses("200 millis")(Effect.zipRight(first.await, others.await))
      assert.isTrue(at.slice(1).every((time) => time - at[0]! >= 5000))
    }).pipe(Effect.provide(layer))
  })

  it.effect("a longer wait than allowed fails at once and is told", () => {
    const { at, layer } = script(status(429, { "retry-after": "61" }))
    return Effect.gen(function* () {
      const error = yield* Effect.flip(safe)
      assert.isTrue(error._tag === "RateLimited" && error.retryAfterMillis === 61_000 && error.stopped === "LongWait")
      assert.strictEqual(at.length, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("no wait is begun that would pass the deadline", () => {
    const { at, layer } = script(status(503))
    return Effect.gen(function* () {
      const error = yield* Effect.flip(safe).pipe(
        RetryPolicy.withRetryPolicy({ base: "10 seconds" }),
        Limits.withLimits({ call: "1 millis" }),
        Effect.withRandom(Random.fixed([1]))
      )
      assert.strictEqual(error.stopped, "Deadline")
      assert.strictEqual(at.length, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("a server that fails everything gets 100 spare requests, then one a call", () => {
    const { at, layer } = script(status(503))
    return Effect.gen(function* () {
      const errors = yield* whileTimePasses("5 seconds")(
        Effect.all(
          Array.from({ length: 200 }, () => Effect.flip(safe)),
          { concurrency: 8 }
        )
      )
      assert.isAtMost(at.length, 300)
      assert.strictEqual(errors.at(-1)!.stopped, "Budget")
    }).pipe(Effect.provide(layer))
  })
})

describe("RetryPolicy: whose policy counts", () => {
  const attemptsOf = (error: WelkinError.WelkinError) => error.attempts
  const failing = () => Effect.succeed(status(503))
  const clientWith = (policy: Partial<RetryPolicy.Policy>) => Scripted.client(failing).pipe(Layer.provide(RetryPolicy.layer(policy)))

  it.effect("the standard one, by default", () =>
    Effect.gen(function* () {
      assert.strictEqual(attemptsOf(yield* run(Effect.flip(safe))), 4)
    }).pipe(Effect.provide(Scripted.client(failing)))
  )

  it.effect("a layer given to the client", () =>
    Effect.gen(function* () {
      assert.strictEqual(attemptsOf(yield* run(Effect.flip(safe))), 2)
    }).pipe(Effect.provide(clientWith({ attempts: 2 })))
  )

  it.effect("a layer around the call alone does not reach the client", () =>
    Effect.gen(function* () {
      assert.strictEqual(attemptsOf(yield* run(Effect.flip(safe))), 4)
    }).pipe(Effect.provide(RetryPolicy.layer({ attempts: 2 })), Effect.provide(Scripted.client(failing)))
  )

  it.effect("one around a call, over the client's", () =>
    Effect.gen(function* () {
      assert.strictEqual(attemptsOf(yield* Effect.flip(RetryPolicy.withRetryPolicy(safe, RetryPolicy.none))), 1)
      assert.strictEqual(attemptsOf(yield* run(Effect.flip(safe.pipe(RetryPolicy.withRetryPolicy({ attempts: 3 }))))), 3)
      assert.strictEqual(attemptsOf(yield* run(Effect.flip(safe))), 2)
    }).pipe(Effect.provide(clientWith({ attempts: 2 })))
  )

  it.effect("one around a stream, and the innermost of several", () =>
    Effect.gen(function* () {
      const all = Patients.searchStream({ body: {} })
      const tried = (stream: typeof all) => Effect.map(run(Effect.flip(Stream.runDrain(stream))), attemptsOf)
      assert.strictEqual(yield* tried(all), 2)
      assert.strictEqual(yield* tried(RetryPolicy.withRetryPolicy(all, { attempts: 3 })), 3)
      assert.strictEqual(
        yield* tried(all.pipe(RetryPolicy.withRetryPolicy({ attempts: 1 }), RetryPolicy.withRetryPolicy({ attempts: 3 }))),
        1
      )
    }).pipe(Effect.provide(clientWith({ attempts: 2 })))
  )

  it.effect("a caller may opt in to repeat what may write, and a delete that finds nothing left has succeeded", () => {
    const { at, layer } = script(status(502), status(404))
    const optIn = RetryPolicy.withRetryPolicy({ repeat: (fault) => RetryPolicy.decisions[fault].safe })
    return Effect.gen(function* () {
      const answer = yield* run(Endpoint.withResponse(Patients.remove)({ patientId: "p-1" }).pipe(optIn))
      assert.strictEqual(answer.status, 404)
      assert.strictEqual(at.length, 2)
      assert.strictEqual((yield* Effect.flip(Patients.remove({ patientId: "p-1" })))._tag, "NotFound")
    }).pipe(Effect.provide(layer))
  })
})
