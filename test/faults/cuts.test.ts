/**
 * A short body is never a whole one (P17), in process: a page of 4 kB cut at each byte is read as none, and a call says so under every
 * framing (each byte of it in the sweep). Over sockets, with both HTTP clients: test/loopback/BrokenBodies.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Endpoint from "../../src/Endpoint.js"
import * as Reading from "../../src/internal/reading.js"
import * as Transport from "../../src/internal/transport.js"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import * as Notes from "../support/notes.js"
import { runs } from "../support/runs.js"
import * as Scripted from "../support/scripted.js"

const page = JSON.stringify({
  content: Array.from({ length: 40 }, (_, n) => ({ id: `n-${n}`, text: `"Grüße" \\ 日本 🙂 ${"x".repeat(40)}`, stars: n })),
  last: true,
  number: 0
})
const bytes = new TextEncoder().encode(page)

/** A body that arrives in these parts, and ends or breaks off. */
const body = (parts: ReadonlyArray<Uint8Array>, end: "ends" | "breaks off" = "ends"): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) if (part.length > 0) controller.enqueue(part)
      if (end === "ends") controller.close()
    },
    pull(controller) {
      controller.error(Object.assign(new Error("terminated"), { code: "UND_ERR_SOCKET" }))
    }
  })

/** What a server sends that cuts its page at a byte, and what a call makes of it. */
const framings: ReadonlyArray<readonly [name: string, cut: (at: number) => Scripted.Reply, told: (at: number) => object]> = [
  [
    "with a length",
    (at) => ({ headers: { "content-length": String(bytes.length) }, body: body([bytes.subarray(0, at)]) }),
    (at) => ({ _tag: "TruncatedBody", bytes: at })
  ],
  ["in chunks", (at) => ({ body: body([bytes.subarray(0, at)], "breaks off") }), (at) => ({ _tag: "TruncatedBody", bytes: at })],
  [
    "that ends with its connection",
    (at) => ({ body: body([bytes.subarray(0, at)]) }),
    (at) => ({ _tag: "DecodeError", reason: at === 0 ? "Empty" : "Syntax" })
  ]
]

const client = (reply: () => Scripted.Reply) =>
  Scripted.client(() => Effect.sync(reply)).pipe(Layer.provide(RetryPolicy.layer(RetryPolicy.none)))

const step = runs({ test: 97, sweep: 1 })

describe("A page of 4 kB", () => {
  it("is no answer where it is cut, at any byte, within characters too", () => {
    assert.isAbove(bytes.length, 4000)
    const read = Reading.value(Notes.list.descriptor.success!)
    const cut = (at: number) => read({ contentType: "application/json", text: Transport.textOf(bytes.subarray(0, at)) })
    for (let at = 0; at < bytes.length; at++) {
      const reason = Either.match(cut(at), { onLeft: (mismatch) => mismatch.reason, onRight: () => "data" })
      assert.strictEqual(reason, at === 0 ? "Empty" : "Syntax", `cut at ${at}`)
    }
    assert.isTrue(Either.isRight(cut(bytes.length)))
  })

  for (const [name, cut, told] of framings) {
    it.live(`${name} is never data where it is cut`, () => {
      let at = 0
      return Effect.gen(function* () {
        for (at = 0; at < bytes.length; at += step) assert.deepInclude(yield* Effect.flip(Notes.list()), told(at), `cut at ${at}`)
        if (name === "in chunks") return
        at = bytes.length
        assert.lengthOf((yield* Notes.list()).content, 40)
      }).pipe(Effect.provide(client(() => cut(at))))
    })
  }

  it.live("is the same page wherever it is split", () => {
    let at = 0
    return Effect.gen(function* () {
      for (at = 0; at <= bytes.length; at += step) assert.strictEqual(yield* Endpoint.text(Notes.list)(), page, `split at ${at}`)
    }).pipe(Effect.provide(client(() => ({ body: body([bytes.subarray(0, at), bytes.subarray(at)]) }))))
  })
})
