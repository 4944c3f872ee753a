import * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Endpoint from "../src/Endpoint.js"
import * as Limits from "../src/Limits.js"
import * as RetryPolicy from "../src/RetryPolicy.js"
import type * as Fault from "../src/testing/Fault.js"
import * as Simulator from "../src/testing/Simulator.js"
import * as CarePlans from "../src/v8/CarePlans.js"
import * as Patients from "../src/v8/Patients.js"
import * as WelkinClient from "../src/WelkinClient.js"
import * as WelkinError from "../src/WelkinError.js"
import { whileTimePasses } from "./support/clock.js"
import { runs, seed, sweeping } from "./support/runs.js"
import * as Scripted from "./support/scripted.js"
import { virtualClock } from "./support/virtualClock.js"

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

describe("RetryPolicy.faultOf", () => {
  const facts = { endpoint: "notes.list", method: "GET", route: "/notes", attempts: 1, waitedMillis: 0, stopped: "Final" as const }
  const answered = (status: number, codes: ReadonlyArray<string> = []) => ({ ...facts, status, codes, body: Redacted.make("") })
  const transport = (reason: WelkinError.TransportError["reason"]) => new WelkinError.TransportError({ ...facts, reason })
  const timeout = (phase: WelkinError.TimeoutError["phase"]) => new WelkinError.TimeoutError({ ...facts, phase, limitMillis: 1 })
  const decode = (reason: WelkinError.DecodeError["reason"]) =>
    new WelkinError.DecodeError({ ...facts, reason, places: [], status: 200, body: Redacted.make("") })
  const kinds: { readonly [F in RetryPolicy.Fault]: ReadonlyArray<WelkinError.WelkinError> } = {
    NeverSent: [transport("Refused"), transport("Unreachable"), transport("ConnectTimeout"), transport("Tls")],
    NameNotFound: [transport("NameNotFound")],
    Certificate: [transport("Certificate")],
    NoAnswer: [transport("Reset"), transport("Other"), timeout("headers")],
    BrokenBody: [
      timeout("idle"),
      timeout("floor"),
      timeout("attempt"),
      timeout("call"),
      new WelkinError.TruncatedBody({ ...facts, status: 200, bytes: 1 })
    ],
    TokenRefused: [
      new WelkinError.Unauthorized(answered(401, ["TOKEN_EXPIRED"])),
      new WelkinError.Unauthorized(answered(401, ["SOMETHING", "NOT_VALID_JSON_WEB_TOKEN"])),
      new WelkinError.Unauthorized(answered(401, ["unauthorized"]))
    ],
    Unavailable: [new WelkinError.ServerError(answered(503))],
    RateLimited: [new WelkinError.RateLimited(answered(429))],
    TurnedDown: [
      new WelkinError.Unauthorized(answered(401, ["SOMETHING"])),
      new WelkinError.BadRequest(answered(400)),
      new WelkinError.Forbidden(answered(403, ["TOKEN_EXPIRED"])),
      new WelkinError.NotFound(answered(404)),
      new WelkinError.Conflict(answered(409)),
      new WelkinError.Gone(answered(410)),
      new WelkinError.UnexpectedRedirect(answered(302)),
      new WelkinError.UnexpectedStatus(answered(418))
    ],
    NoJson: [decode("Syntax")],
    WrongShape: [
      decode("Envelope"),
      decode("Empty"),
      decode("Html"),
      decode("Schema"),
      new WelkinError.BodyTooLarge({ ...facts, status: 200, limitBytes: 1 })
    ],
    Ended: [
      new WelkinError.AuthenticationError({ ...facts, reason: "Refused", codes: [] }),
      new WelkinError.EncodeError({ ...facts, places: [] }),
      new WelkinError.PagingStalled({ ...facts, reason: "SamePage", pages: 1 }),
      new WelkinError.PagingInconsistent({ ...facts, read: 1, total: 2, pages: 1 }),
      new WelkinError.WindowOverflow({ ...facts, pages: 1 }),
      new WelkinError.WindowIgnored({ ...facts, pages: 1 })
    ]
  }

  it("gives every error its kind", () => {
    for (const [fault, errors] of Object.entries(kinds)) {
      for (const error of errors) assert.strictEqual(RetryPolicy.faultOf(error), fault, JSON.stringify(error))
    }
  })

  it("that `none` tries again after is a refused token, and no other", () => {
    for (const fault of Object.keys(kinds) as Array<RetryPolicy.Fault>) {
      assert.strictEqual(RetryPolicy.none.repeat(fault, true), fault === "TokenRefused" ? "WithFreshToken" : "Never")
    }
  })
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

  it.effect("are those that the random numbers say, to the millisecond", () => {
    const { at, layer } = script(status(503))
    const { clock, until } = virtualClock()
    return Effect.gen(function* () {
      const fiber = yield* Effect.fork(Effect.withRandom(Effect.flip(safe), Random.make("seed")))
      yield* until(2000)
      yield* Fiber.join(fiber)
      const drawn = yield* Effect.forEach([250, 500, 1000], (most) => Random.nextRange(0, most)).pipe(
        Effect.withRandom(Random.make("seed"))
      )
      assert.deepEqual(
        at.slice(1).map((time, n) => time - at[n]!),
        drawn.map(Math.round)
      )
    }).pipe(Effect.provide(layer), Effect.withClock(clock))
  })

  it.effect("are spread evenly (Kolmogorov and Smirnov, p > 0.01)", () => {
    const count = runs({ test: 300, sweep: 10_000 })
    const most = 20_000
    const { clock, until } = virtualClock()
    const failing = Scripted.client(() => Effect.succeed(status(503))).pipe(
      Layer.provide([RetryPolicy.layer({ attempts: 2, base: most, cap: most }), Limits.layer({ concurrency: 100 })])
    )
    // as many as a client has spare retries
    const hundred = Effect.forEach(Array.from({ length: 100 }), () => Effect.flip(safe), { concurrency: 100 }).pipe(Effect.provide(failing))
    return Effect.gen(function* () {
      const fiber = yield* Effect.fork(Effect.forEach(Array.from({ length: count / 100 }), () => hundred))
      yield* until((count / 100) * 2 * most)
      const waits = (yield* Fiber.join(fiber)).flat().map(({ waitedMillis }) => waitedMillis / most)
      assert.lengthOf(waits, count)
      const distance = waits
        .toSorted((one, other) => one - other)
        .reduce((far, wait, n) => Math.max(far, Math.abs(wait - n / count), Math.abs(wait - (n + 1) / count)), 0)
      assert.isBelow(distance, 1.628 / Math.sqrt(count))
    }).pipe(Effect.withClock(clock), Effect.withRandom(Random.make(seed ?? "even")))
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
    ["a number in another spelling", { "retry-after": "1e9" }, 0],
    ["nothing", { "retry-after": "" }, 0],
    ["no date", { "retry-after": "Mon, 99 Foo 2026" }, 0],
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

  for (const seconds of [61, 1_000_000_000]) {
    it.effect(`a wait of ${seconds} seconds is longer than allowed: the call fails at once and tells`, () => {
      const { at, layer } = script(status(429, { "retry-after": String(seconds) }), ok)
      return Effect.gen(function* () {
        // no time passes
        const error = yield* Effect.flip(safe)
        assert.isTrue(error._tag === "RateLimited" && error.retryAfterMillis === seconds * 1000 && error.stopped === "LongWait")
        assert.strictEqual(at.length, 1)
        // and nobody else waits for it
        yield* safe
      }).pipe(Effect.provide(layer))
    })
  }

  it.effect("429 without a word, three times: the waits may grow, and the call succeeds", () => {
    const { at, layer } = script(status(429), status(429), status(429), ok)
    const { clock, until } = virtualClock()
    return Effect.gen(function* () {
      const fiber = yield* Effect.fork(Endpoint.withResponse(Patients.search)({ body: {} }))
      yield* until(5000)
      assert.strictEqual((yield* Fiber.join(fiber)).attempts, 4)
      assert.deepEqual(
        at.slice(1).map((time, n) => time - at[n]!),
        [225, 450, 900]
      )
    }).pipe(Effect.provide(layer), Effect.withClock(clock), Effect.withRandom(Random.fixed([0.9])))
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

  it.effect("a server that fails 2,000 calls gets 2,100 requests; the first call after that is sent and answered at once", () => {
    const calls = 2000
    const { clock, until } = virtualClock()
    const { at, layer } = script(...Array.from({ length: calls + 100 }, () => status(503)), ok)
    return Effect.gen(function* () {
      const fiber = yield* Effect.fork(Effect.forEach(Array.from({ length: calls }), () => Effect.flip(safe), { concurrency: 8 }))
      yield* until(600_000)
      const errors = yield* Fiber.join(fiber)
      assert.strictEqual(at.length, calls + 100)
      assert.isTrue(errors.slice(-1000).every(({ attempts, stopped }) => attempts === 1 && stopped === "Budget"))
      const answer = yield* Endpoint.withResponse(Patients.search)({ body: {} })
      assert.deepInclude(answer, { status: 200, attempts: 1, waitedMillis: 0 })
      assert.strictEqual(at.at(-1), 600_000)
    }).pipe(Effect.provide(layer), Effect.withClock(clock))
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

describe("RetryPolicy: nothing is written twice", { timeout: 120_000 }, () => {
  const broken: ReadonlyArray<Fault.Action> = [
    { _tag: "Refuse" },
    { _tag: "Reset" },
    { _tag: "Hang" },
    { _tag: "Drip", bytes: 1, everyMillis: 1000 },
    { _tag: "Truncate", framing: "length" },
    { _tag: "Truncate", framing: "chunked" },
    { _tag: "Truncate", framing: "close" },
    { _tag: "WrongLength", by: 5 },
    { _tag: "Gzip", damage: "half" },
    { _tag: "ReplaceBody", body: "<html></html>", contentType: "text/html" },
    { _tag: "ReplaceBody", body: [{ errorCode: "SOME_CODE", componentType: "X", message: "" }] },
    { _tag: "MistypeField", path: "/id" },
    { _tag: "TokenExpired" },
    { _tag: "RevokeTokens" },
    { _tag: "Deny" },
    ...[400, 401, 404, 408, 409, 410, 429, 500, 501, 502, 503, 504].map((code): Fault.Action => ({ _tag: "Status", status: code })),
    { _tag: "Status", status: 429, retryAfter: 5 },
    { _tag: "Status", status: 503, retryAfter: 5 }
  ]
  // where they can, before the work is done and after it; but a 429 is taken at its word that nothing was done
  const faults = broken.flatMap((action): ReadonlyArray<Fault.Fault> => {
    if (!["Status", "Reset", "Hang"].includes(action._tag)) return [{ do: action }]
    const early = { at: "accept" as const, do: action }
    return action._tag === "Status" && action.status === 429 ? [early] : [early, { at: "beforeHeaders" as const, do: action }]
  })

  const writes = [
    ["POST", () => Patients.create({ body: { firstName: "Ada", lastName: "Sample" } })],
    ["PATCH", (id) => Patients.update({ patientId: id, body: { city: "Sampleton" } })],
    ["PUT", (id) => CarePlans.updateOverview({ patientId: id, body: { overview: "Works nights." } })],
    ["DELETE", (id) => Patients.remove({ patientId: id })]
  ] as const satisfies ReadonlyArray<
    readonly [method: string, write: (id: Patients.PatientId) => Effect.Effect<unknown, WelkinError.WelkinError, any>]
  >

  for (const [method, write] of writes) {
    it.effect(`${method}: whatever goes wrong, it is applied once at most, and the outcome that is told is true`, () => {
      const { clock, until } = virtualClock()
      return Effect.gen(function* () {
        let now = 0
        const outcomes = new Set<string>()
        for (const [n, fault] of faults.entries()) {
          for (const times of sweeping ? ([1, "always"] as const) : [n % 2 === 0 ? ("always" as const) : 1]) {
            const told = JSON.stringify([fault, times])
            const simulator = yield* Simulator.make({ patients: 1, allow: ["patients.remove"] })
            const patientId = Patients.PatientId.make(simulator.patientId(0))
            const client = yield* Layer.build(
              WelkinClient.layer(simulator.credentials).pipe(Layer.provide(Layer.succeed(HttpClient.HttpClient, simulator.httpClient)))
            )
            yield* Patients.get({ patientId }).pipe(Effect.provide(client))
            if (method === "PUT") {
              yield* CarePlans.createOverview({ patientId, body: { overview: "" } }).pipe(Effect.provide(client))
            }
            const before = (yield* simulator.ledger).length
            yield* simulator.addFaults({ ...fault, match: { method, times } })
            const fiber = yield* Effect.fork(Effect.either(Effect.provide(write(patientId), client)))
            now += 300_000
            yield* until(now)
            const result = yield* Fiber.join(fiber)
            const applied = (yield* simulator.ledger).slice(before).reduce((sum, entry) => sum + entry.applied, 0)
            assert.isAtMost(applied, 1, told)
            if (result._tag === "Right") assert.strictEqual(applied, 1, told)
            else {
              const { outcome } = result.left
              outcomes.add(String(outcome))
              if (outcome === "NotSent") assert.strictEqual(applied, 0, told)
              // a refusal that stands in the place of an answer is the fault's own lie
              else if (outcome === "Rejected" && fault.at !== "beforeHeaders") assert.strictEqual(applied, 0, told)
              else assert.include(["Rejected", "Unknown"], outcome, told)
            }
          }
        }
        assert.sameMembers([...outcomes], ["NotSent", "Rejected", "Unknown"])
      }).pipe(Effect.scoped, Effect.withClock(clock), Logger.withMinimumLogLevel(LogLevel.None))
    })
  }
})
