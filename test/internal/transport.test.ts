import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import type * as WelkinError from "../../src/WelkinError.js"
import { whileTimePasses } from "../support/clock.js"
import * as Notes from "../support/notes.js"
import * as Scripted from "../support/scripted.js"

/** A body of so many parts that asks the test's clock, not the real one, for its pauses. */
const body = (parts: ReadonlyArray<string>, pause: Effect.Effect<void> = Effect.void) =>
  Effect.map(
    Stream.toReadableStreamEffect(Stream.mapEffect(Stream.fromIterable(parts), (part) => Effect.as(pause, new TextEncoder().encode(part)))),
    (stream): Scripted.Reply => ({ body: stream })
  )

const kilobytes = (count: number) => Array.from({ length: count }, () => "x".repeat(1024))
const download = Notes.file({ noteId: "n-1" })

describe("a body at our own reader", () => {
  it.effect("a consumer that takes its time is no slow server", () =>
    Effect.gen(function* () {
      const received = yield* whileTimePasses("20 seconds")(
        Stream.runFoldEffect(download, 0, (sum, part) => Effect.as(Effect.sleep("60 seconds"), sum + part.length))
      )
      assert.strictEqual(received, 5 * 1024)
    }).pipe(Effect.provide(Scripted.client(() => body(kilobytes(5)))))
  )

  it.effect("a server below the floor fails, however many bytes came before", () =>
    Effect.gen(function* () {
      const error = yield* whileTimePasses("10 seconds")(Effect.flip(Stream.runDrain(download)))
      assert.deepInclude(error, { _tag: "TimeoutError", phase: "floor" })
    }).pipe(Effect.provide(Scripted.client(() => body(["x".repeat(100_000), ...kilobytes(40)], Effect.sleep("10 seconds")))))
  )

  it.effect("a server at the floor does not", () =>
    Effect.gen(function* () {
      yield* whileTimePasses("10 seconds")(Stream.runDrain(download))
    }).pipe(Effect.provide(Scripted.client(() => body(kilobytes(110), Effect.sleep("1 seconds")))))
  )

  it.effect("silence fails, whenever it comes", () =>
    Effect.gen(function* () {
      const error = yield* whileTimePasses("10 seconds")(Effect.flip(Stream.runDrain(download)))
      assert.deepInclude(error, { _tag: "TimeoutError", phase: "idle" })
    }).pipe(Effect.provide(Scripted.client(() => body(kilobytes(2), Effect.sleep("40 seconds")))))
  )
})

const page = JSON.stringify({
  content: [
    { id: "n-1", text: "Grüße, 日本 🙂 \\" },
    { id: "n-2", stars: -1.5e3 }
  ],
  last: true,
  pad: "x".repeat(500)
})
const bytes = new TextEncoder().encode(page)

const streamOf = (part: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      if (part.length > 0) controller.enqueue(part)
      controller.close()
    }
  })

describe("a body without a length", () => {
  it.live("is never data where it is cut, at any byte", () => {
    let cut = 0
    return Effect.gen(function* () {
      for (cut = 0; cut < bytes.length; cut++) {
        const error = yield* Effect.flip(Notes.list())
        assert.deepInclude(error, { _tag: "DecodeError", reason: cut === 0 ? "Empty" : "Syntax", places: [] }, `cut at ${cut}`)
      }
      assert.lengthOf((yield* Notes.list()).content, 2)
    }).pipe(
      Effect.provide(
        Scripted.client(() => Effect.succeed({ body: streamOf(bytes.subarray(0, cut)) })).pipe(
          Layer.provide(RetryPolicy.layer(RetryPolicy.none))
        )
      )
    )
  })
})

const codesOf = (answer: unknown) =>
  Effect.flip(Notes.list()).pipe(
    Effect.map((error) => (error as WelkinError.BadRequest).codes),
    Effect.provide(Scripted.client(() => Effect.succeed({ status: 400, body: answer })))
  )

describe("the codes of an error", () => {
  it.effect("are taken from every envelope", () =>
    Effect.gen(function* () {
      assert.deepEqual(yield* codesOf([{ errorCode: "A_B" }, { errorCode: "C_D" }]), ["A_B", "C_D"])
      assert.deepEqual(yield* codesOf({ errorCode: "A_B", componentType: "X" }), ["A_B"])
      assert.deepEqual(yield* codesOf({ errors: [{ status: 400, code: "uniqueness_exception" }] }), ["uniqueness_exception"])
    })
  )

  it.effect("are codes, and never what a server writes in their place", () =>
    Effect.gen(function* () {
      for (const code of [
        "Ada Sample",
        "ada.sample@mail.example",
        "SAMPLE",
        "A_B c",
        "A_B\n",
        "",
        "_",
        "A_".repeat(40),
        7,
        null,
        { A_B: 1 }
      ]) {
        assert.deepEqual(yield* codesOf([{ errorCode: code }]), [], String(code))
      }
      for (const other of ["", "null", "[null]", "[", "<html>", 7, []]) assert.deepEqual(yield* codesOf(other), [])
    })
  )
})
