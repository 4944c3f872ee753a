import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Encoding from "effect/Encoding"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/TestClock"
import * as Bearer from "../../src/internal/bearer.js"
import * as Jwt from "../../src/internal/jwt.js"
import * as WelkinError from "../../src/WelkinError.js"

const facts = { endpoint: "token", method: "POST", route: "/token", attempts: 1, waitedMillis: 0, stopped: "Final" as const }
const answered = { ...facts, status: 400, codes: ["WRONG"], body: Redacted.make("") }
const refused = new WelkinError.AuthenticationError({ ...facts, reason: "Refused", codes: [] })
const unreachable = new WelkinError.TransportError({ ...facts, reason: "Unreachable" })

const hour = 3_600_000

/** A bearer whose n-th exchange ends as told, after a second. */
const bearer = (exchange: (n: number) => Effect.Effect<number, WelkinError.WelkinError>, takes = 1000) => {
  const counts = { exchanges: 0 }
  return Effect.map(
    Bearer.make(
      Effect.suspend(() => {
        const n = ++counts.exchanges
        return Effect.map(Effect.zipRight(Effect.sleep(takes), exchange(n)), (lifetimeMillis) => ({
          token: Redacted.make(`t${n}`),
          lifetimeMillis
        }))
      })
    ),
    ({ current, reject }) => ({ counts, current, reject, text: Effect.map(current, Redacted.value) })
  )
}

const lasting = (lifetimeMillis: number) => () => Effect.succeed(lifetimeMillis)

/** How an effect ends within so many milliseconds. */
const exitWithin = <A, E, R>(millis: number, effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.fork(Effect.exit(effect))
    yield* TestClock.adjust(millis)
    return Option.getOrThrow(yield* Effect.flatMap(Fiber.poll(fiber), Effect.transposeOption))
  })

describe("a bearer", () => {
  // how long a token is sent, and when it is renewed, after it was asked for
  for (const [name, lifetime, renewed, sent] of [
    ["an hour", hour, 55 * 60_000, 59 * 60_000],
    ["ten minutes", 600_000, 300_000, 540_000],
    ["four minutes", 240_000, 120_000, 180_000],
    ["two minutes", 120_000, 60_000, 60_000],
    ["a minute", 60_000, 30_000, 30_000]
  ] as const) {
    it.scoped(`renews a token of ${name} in time, and does not send it in its last moments`, () =>
      Effect.gen(function* () {
        const { counts, text } = yield* bearer(lasting(lifetime), 0)
        assert.strictEqual(yield* text, "t1")
        yield* TestClock.adjust(renewed - 1)
        assert.strictEqual(yield* text, "t1")
        assert.strictEqual(counts.exchanges, 1)
        yield* TestClock.adjust(1)
        // the old one serves once more, where it still may
        assert.strictEqual(yield* text, renewed < sent ? "t1" : "t2")
        yield* TestClock.adjust(0)
        assert.strictEqual(yield* text, "t2")
        assert.strictEqual(counts.exchanges, 2)
      })
    )

    it.scoped(`sends a token of ${name} as long as it may where the next one does not come`, () =>
      Effect.gen(function* () {
        const { text } = yield* bearer((n) => (n === 1 ? Effect.succeed(lifetime) : Effect.never), 0)
        yield* text
        yield* TestClock.adjust(sent - 1)
        assert.strictEqual(yield* text, "t1")
        yield* TestClock.adjust(1)
        const waiting = yield* Effect.fork(text)
        yield* TestClock.adjust(hour)
        assert.isTrue(Option.isNone(yield* Fiber.poll(waiting)))
        yield* Fiber.interrupt(waiting)
      })
    )
  }

  it.scoped("counts a token's life from when it was asked for", () =>
    Effect.gen(function* () {
      const { counts, text } = yield* bearer((n) => (n === 1 ? Effect.delay(Effect.succeed(hour), 30 * 60_000) : Effect.succeed(hour)))
      yield* exitWithin(31 * 60_000, text)
      yield* TestClock.adjust(24 * 60_000 - 1)
      yield* text
      assert.strictEqual(counts.exchanges, 1)
      yield* TestClock.adjust(1)
      yield* text
      yield* TestClock.adjust(1)
      assert.strictEqual(counts.exchanges, 2)
    })
  )

  it.scoped("asks once while a renewal is under way, and again half a minute after one has failed", () =>
    Effect.gen(function* () {
      const { counts, text } = yield* bearer((n) => (n === 1 ? Effect.succeed(hour) : Effect.fail(unreachable)))
      yield* exitWithin(1000, text)
      yield* TestClock.adjust(55 * 60_000)
      yield* Effect.all([text, text, text])
      yield* TestClock.adjust(999)
      yield* text
      assert.strictEqual(counts.exchanges, 2)
      // it has failed now, and the old one serves
      yield* TestClock.adjust(1)
      assert.strictEqual(yield* text, "t1")
      yield* TestClock.adjust(29_999)
      assert.strictEqual(yield* text, "t1")
      assert.strictEqual(counts.exchanges, 2)
      yield* TestClock.adjust(1)
      assert.strictEqual(yield* text, "t1")
      yield* TestClock.adjust(0)
      assert.strictEqual(counts.exchanges, 3)
    })
  )

  it.scoped("tells a refusal to everybody for half a minute, and any other failure to those who wait alone", () =>
    Effect.gen(function* () {
      const malformed = new WelkinError.AuthenticationError({ ...facts, reason: "Malformed", codes: [] })
      const errors = [refused, malformed, unreachable]
      const { counts, current } = yield* bearer((n) => (n > errors.length ? Effect.succeed(hour) : Effect.fail(errors[n - 1]!)))
      assert.deepStrictEqual(yield* exitWithin(1000, current), Exit.fail(refused))
      yield* TestClock.adjust(29_999)
      assert.deepStrictEqual(yield* Effect.exit(current), Exit.fail(refused))
      assert.strictEqual(counts.exchanges, 1)
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(yield* exitWithin(1000, current), Exit.fail(malformed))
      // nothing of it is kept
      assert.deepStrictEqual(yield* exitWithin(1000, current), Exit.fail(unreachable))
      assert.strictEqual(counts.exchanges, 3)
      assert.isTrue(Exit.isSuccess(yield* exitWithin(1000, current)))
    })
  )

  it.scoped("keeps serving the old token when its renewal is refused", () =>
    Effect.gen(function* () {
      const { text } = yield* bearer((n) => (n === 1 ? Effect.succeed(hour) : Effect.fail(refused)))
      yield* exitWithin(1000, text)
      yield* TestClock.adjust(56 * 60_000)
      yield* text
      yield* TestClock.adjust(1000)
      assert.strictEqual(yield* text, "t1")
    })
  )

  it.scoped("drops a token that is rejected, and no newer one for an older's sake", () =>
    Effect.gen(function* () {
      const { counts, current, reject, text } = yield* bearer(lasting(hour), 0)
      const first = yield* current
      yield* reject(first)
      // so do the others that were refused with it
      yield* reject(first)
      const second = yield* current
      assert.strictEqual(Redacted.value(second), "t2")
      yield* reject(first)
      assert.strictEqual(yield* current, second)
      // equal is not the same
      yield* reject(Redacted.make("t2"))
      assert.strictEqual(yield* text, "t2")
      assert.strictEqual(counts.exchanges, 2)
    })
  )

  it.scoped("waits for the renewal that is under way when the old token is rejected", () =>
    Effect.gen(function* () {
      const { counts, current, reject, text } = yield* bearer(lasting(hour))
      yield* exitWithin(1000, text)
      yield* TestClock.adjust(56 * 60_000)
      yield* reject(yield* current)
      assert.deepStrictEqual(yield* exitWithin(1000, text), Exit.succeed("t2"))
      assert.strictEqual(counts.exchanges, 2)
    })
  )

  it.scoped("goes on for the others when one who waits leaves, and ends with its scope", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      let interrupted = false
      const ended = Effect.sync(() => {
        interrupted = true
      })
      const { counts, text } = yield* Scope.extend(
        bearer(() => Effect.onInterrupt(Effect.never, () => ended)),
        scope
      )
      const left = yield* Effect.fork(text)
      const other = yield* Effect.fork(text)
      yield* TestClock.adjust(2000)
      yield* Fiber.interrupt(left)
      yield* TestClock.adjust(2000)
      assert.isFalse(interrupted)
      assert.isTrue(Option.isNone(yield* Fiber.poll(other)))
      assert.strictEqual(counts.exchanges, 1)
      yield* Scope.close(scope, Exit.void)
      assert.isTrue(interrupted)
    })
  )

  it.scoped("is not stuck on an exchange that dies", () =>
    Effect.gen(function* () {
      const { text } = yield* bearer((n) => (n === 1 ? Effect.die("defect") : Effect.succeed(hour)))
      assert.deepStrictEqual(yield* exitWithin(1000, text), Exit.die("defect"))
      assert.deepStrictEqual(yield* exitWithin(1000, text), Exit.succeed("t2"))
    })
  )

  it.scoped("tells everybody who waits at once", () =>
    Effect.gen(function* () {
      const go = yield* Deferred.make<number>()
      const { counts, text } = yield* bearer(() => Deferred.await(go))
      const waiting = yield* Effect.fork(Effect.all([text, text, text], { concurrency: 3 }))
      yield* TestClock.adjust(1000)
      yield* Deferred.succeed(go, hour)
      assert.deepStrictEqual(yield* Fiber.join(waiting), ["t1", "t1", "t1"])
      assert.strictEqual(counts.exchanges, 1)
    })
  )
})

describe("a failure to authenticate", () => {
  it("is what turned the secret down, or what cannot be read; all else keeps its name", () => {
    for (const Class of [WelkinError.BadRequest, WelkinError.Unauthorized, WelkinError.Forbidden, WelkinError.NotFound]) {
      const error = Bearer.authentication(new Class({ ...answered, attempts: 2, waitedMillis: 5 }))
      assert.deepStrictEqual(
        { ...error },
        {
          ...new WelkinError.AuthenticationError({
            ...facts,
            attempts: 2,
            waitedMillis: 5,
            reason: "Refused",
            status: 400,
            codes: ["WRONG"]
          })
        }
      )
    }
    const unreadable = new WelkinError.DecodeError({ ...facts, reason: "Html", places: [], status: 200, body: Redacted.make("") })
    assert.deepStrictEqual(
      { ...Bearer.authentication(unreadable) },
      { ...new WelkinError.AuthenticationError({ ...facts, reason: "Malformed", status: 200, codes: [] }) }
    )
    for (const error of [
      unreachable,
      new WelkinError.ServerError(answered),
      new WelkinError.RateLimited(answered),
      new WelkinError.Gone(answered)
    ]) {
      assert.strictEqual(Bearer.authentication(error), error)
    }
  })
})

describe("the budget of exchanges", () => {
  it.effect("lets ten pass in any five minutes, and says when the next one may", () =>
    Effect.gen(function* () {
      const admit = yield* Bearer.budget({ ...facts, stopped: "Budget" })
      const refusal = Effect.map(Effect.flip(admit), (error) =>
        error._tag === "AuthenticationError" ? [error.reason, error.stopped, ...error.codes, error.retryAfterMillis] : [error._tag]
      )
      for (let n = 0; n < 10; n++) {
        yield* admit
        yield* TestClock.adjust(1000)
      }
      assert.deepStrictEqual(yield* refusal, ["Budget", "Budget", 290_000])
      // a refusal takes none of it
      yield* TestClock.adjust(289_999)
      assert.deepStrictEqual(yield* refusal, ["Budget", "Budget", 1])
      yield* TestClock.adjust(1)
      yield* admit
      assert.deepStrictEqual(yield* refusal, ["Budget", "Budget", 1000])
    })
  )
})

describe("the lifetime of a JWT", () => {
  const jwt = (payload: string) => `e30.${Encoding.encodeBase64Url(payload)}.x`

  it("is what it says, in milliseconds, and unknown where it says nothing that makes sense", () => {
    assert.strictEqual(Jwt.lifetimeMillis(jwt('{"iat":1000,"exp":4600}')), hour)
    assert.strictEqual(Jwt.lifetimeMillis(jwt('{"iat":1000,"exp":1001}')), 1000)
    for (const payload of [
      '{"iat":1000,"exp":1000}',
      '{"iat":1000,"exp":999}',
      '{"iat":1000}',
      '{"exp":1000}',
      '{"iat":"soon","exp":1}',
      "null",
      "7",
      "",
      "{"
    ]) {
      assert.isUndefined(Jwt.lifetimeMillis(jwt(payload)), payload)
    }
    for (const token of ["", "opaque", "a.!.c", "a.b"]) assert.isUndefined(Jwt.lifetimeMillis(token), token)
  })
})
