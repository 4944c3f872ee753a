import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Limits from "../src/Limits.js"
import * as Pagination from "../src/Pagination.js"
import * as RetryPolicy from "../src/RetryPolicy.js"
import type * as WelkinClient from "../src/WelkinClient.js"
import * as WelkinError from "../src/WelkinError.js"
import { whileTimePasses } from "./support/clock.js"
import * as Notes from "./support/notes.js"
import * as Scripted from "./support/scripted.js"

const silent = () => Effect.never
const clientOf = (answer: Parameters<typeof Scripted.client>[0], limits?: Partial<Limits.Values>) =>
  Scripted.client(answer).pipe(
    Layer.provide(RetryPolicy.layer(RetryPolicy.none)),
    Layer.provide(limits === undefined ? Layer.empty : Limits.layer(limits))
  )

/** How long a call took to fail, and which limit ended it. */
const limitOf = (call: Effect.Effect<unknown, WelkinError.WelkinError, WelkinClient.WelkinClient>) =>
  whileTimePasses("1 seconds")(
    Effect.map(Effect.timed(Effect.flip(call)), ([took, error]) => {
      assert.strictEqual(error._tag, "TimeoutError")
      return `${error._tag === "TimeoutError" ? error.phase : ""} ${Duration.toSeconds(took)}`
    })
  )

/** Headers at once, and then so many bytes a second for ever. */
const dripping = (bytesPerSecond: number) =>
  Effect.map(
    Stream.toReadableStreamEffect(Stream.repeatEffect(Effect.as(Effect.sleep("1 seconds"), new Uint8Array(bytesPerSecond)))),
    (body): Scripted.Reply => ({ body })
  )

describe("Limits: whose limits count", () => {
  it.effect("the standard ones, by default", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* limitOf(Notes.list()), "headers 30")
      assert.strictEqual(yield* limitOf(Stream.runDrain(Notes.file({ noteId: "n-1" }))), "headers 30")
    }).pipe(Effect.provide(clientOf(silent)))
  )

  it.effect("a layer given to the client; what it leaves out stays", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* limitOf(Notes.list()), "headers 5")
      assert.strictEqual(yield* limitOf(Limits.withLimits(Notes.list(), { headers: "1 hours" })), "attempt 60")
    }).pipe(Effect.provide(clientOf(silent, { headers: "5 seconds" })))
  )

  it.effect("a layer around the call alone does not reach the client", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* limitOf(Notes.list()), "headers 30")
    }).pipe(Effect.provide(Limits.layer({ headers: "5 seconds" })), Effect.provide(clientOf(silent)))
  )

  it.effect("those around a call or a stream, over the client's, the innermost first", () =>
    Effect.gen(function* () {
      const five = Limits.withLimits({ headers: "5 seconds" })
      assert.strictEqual(yield* limitOf(five(Notes.list())), "headers 5")
      assert.strictEqual(yield* limitOf(Stream.runDrain(five(Notes.file({ noteId: "n-1" })))), "headers 5")
      assert.strictEqual(yield* limitOf(Stream.runDrain(five(Pagination.spring(Notes.list)()))), "headers 5")
      assert.strictEqual(yield* limitOf(five(Limits.withLimits(Notes.list(), { headers: "3 seconds" }))), "headers 3")
      assert.strictEqual(yield* limitOf(Limits.withLimits(five(Notes.list()), { headers: "3 seconds" })), "headers 5")
      assert.strictEqual(yield* limitOf(Notes.list()), "headers 20")
    }).pipe(Effect.provide(clientOf(silent, { headers: "20 seconds" })))
  )
})

describe("Limits: which one ends a call", () => {
  it.effect("a body that flows is ended by its attempt, or by what is left of the call", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* limitOf(Notes.list()), "attempt 60")
      assert.strictEqual(yield* limitOf(Limits.withLimits(Notes.list(), { call: "7 seconds" })), "call 7")
      assert.strictEqual(yield* limitOf(Limits.withLimits(Notes.list(), { attempt: "7 seconds" })), "attempt 7")
    }).pipe(Effect.provide(clientOf(() => dripping(2048))))
  )

  it.effect("a body below the floor is ended at the end of its window", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* limitOf(Notes.list()), "floor 30")
      assert.strictEqual(yield* limitOf(Stream.runDrain(Notes.file({ noteId: "n-1" }))), "floor 30")
      assert.strictEqual(yield* limitOf(Limits.withLimits(Notes.list(), { floorBytesPerSecond: 100 })), "attempt 60")
    }).pipe(Effect.provide(clientOf(() => dripping(1000))))
  )

  it.effect("attempts and the waits between them end with the call, and no attempt begins after it", () => {
    let requests = 0
    const answer = () =>
      Effect.suspend(() => {
        requests++
        return Effect.as(Effect.sleep("10 seconds"), { status: 503 })
      })
    return Effect.gen(function* () {
      const [took, error] = yield* whileTimePasses("1 seconds")(
        Notes.list().pipe(
          RetryPolicy.withRetryPolicy({ ...RetryPolicy.standard, attempts: 100, base: "2 seconds", cap: "2 seconds" }),
          Limits.withLimits({ call: "35 seconds" }),
          Effect.flip,
          Effect.timed
        )
      )
      assert.strictEqual(error.stopped, "Deadline")
      assert.isAtMost(Duration.toSeconds(took), 36)
      assert.include([3, 4], requests)
      assert.strictEqual(error.attempts, requests)
    }).pipe(Effect.provide(clientOf(answer)))
  })

  it.effect("a pause of the server does not count", () => {
    let requests = 0
    const answer = () =>
      Effect.sync(
        (): Scripted.Reply => (++requests === 1 ? { status: 429, headers: { "retry-after": "30" } } : { body: { content: [], last: true } })
      )
    return Effect.gen(function* () {
      const [took] = yield* whileTimePasses("1 seconds")(
        Notes.list().pipe(RetryPolicy.withRetryPolicy(RetryPolicy.standard), Limits.withLimits({ call: "5 seconds" }), Effect.timed)
      )
      assert.isAtLeast(Duration.toSeconds(took), 30)
    }).pipe(Effect.provide(clientOf(answer)))
  })

  it.effect("waiting for a place among the client's requests does not count", () => {
    const answer = () => Effect.as(Effect.sleep("4 seconds"), { body: { content: [], last: true } })
    return Effect.gen(function* () {
      const calls = Array.from({ length: 5 }, () => Limits.withLimits(Notes.list(), { call: "5 seconds" }))
      const [took] = yield* whileTimePasses("1 seconds")(Effect.timed(Effect.all(calls, { concurrency: "unbounded" })))
      assert.strictEqual(Duration.toSeconds(took), 20)
    }).pipe(Effect.provide(clientOf(answer, { concurrency: 1 })))
  })
})

describe("Limits: the size of a body", () => {
  const size = 1000
  const big = () => Effect.sync((): Scripted.Reply => ({ body: JSON.stringify({ content: [], pad: "x".repeat(size - 23) }) }))

  it.effect("is the last that fits, and not a byte more", () =>
    Effect.gen(function* () {
      yield* Limits.withLimits(Notes.list(), { bodyBytes: size })
      const error = yield* Effect.flip(Limits.withLimits(Notes.list(), { bodyBytes: size - 1 }))
      assert.deepInclude(error, { _tag: "BodyTooLarge", limitBytes: size - 1, status: 200 })
    }).pipe(Effect.provide(clientOf(big)))
  )

  it.effect("bounds no download, and no error: what an error says besides is cut off", () =>
    Effect.gen(function* () {
      yield* Limits.withLimits(Stream.runDrain(Notes.file({ noteId: "n-1" })), { bodyBytes: 1 }).pipe(Effect.provide(clientOf(big)))
      const failing = clientOf(() => Effect.succeed({ status: 404, body: "x".repeat(100_000) }))
      const error = yield* Effect.flip(Limits.withLimits(Notes.list(), { bodyBytes: 1 })).pipe(Effect.provide(failing))
      assert.strictEqual(error._tag, "NotFound")
      assert.isTrue(Option.isSome(WelkinError.answer(error)))
    })
  )
})
