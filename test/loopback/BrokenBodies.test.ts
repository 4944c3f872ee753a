import * as Zlib from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Endpoint from "../../src/Endpoint.js"
import type * as WelkinError from "../../src/WelkinError.js"
import * as Faulty from "../support/faulty.js"
import * as Notes from "../support/notes.js"
import { runs } from "../support/runs.js"

const page = JSON.stringify({
  content: Array.from({ length: 40 }, (_, n) => ({ id: `n-${n}`, text: `"Grüße" \\ 日本 🙂 ${"x".repeat(40)}`, stars: n })),
  last: true,
  number: 0
})
const bytes = Buffer.from(page)
const whole = JSON.parse(page).content

/** Writes so much of a body and cuts the connection, with a reset once the bytes are through. */
const reset =
  (head: ReadonlyArray<string>, body: Uint8Array): Faulty.Handle =>
  (exchange) => {
    Faulty.raw(head, body)(exchange)
    setTimeout(() => exchange.socket.resetAndDestroy(), 10)
  }

const chunk = (part: Buffer): Buffer => Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from("\r\n")])

/** How a server says where a page ends, and the page cut at a byte. */
const framings: ReadonlyArray<readonly [name: string, cut: (at: number) => Faulty.Handle]> = [
  ["with a length", (at) => Faulty.ended([`content-length: ${bytes.length}`], bytes.subarray(0, at))],
  [
    "in chunks",
    (at) => {
      const whole = Buffer.concat([chunk(bytes.subarray(0, 1500)), chunk(bytes.subarray(1500)), Buffer.from("0\r\n\r\n")])
      return Faulty.ended(["transfer-encoding: chunked"], at < bytes.length ? whole.subarray(0, at) : whole)
    }
  ],
  ["that ends with its connection", (at) => Faulty.ended([], bytes.subarray(0, at))]
]

const cases: ReadonlyArray<readonly [name: string, handle: Faulty.Handle, error: Partial<WelkinError.WelkinError>]> = [
  ["a reset before any byte", ({ socket }) => socket.resetAndDestroy(), { _tag: "TransportError", reason: "Reset" }],
  ["an end before any byte", ({ socket }) => socket.end(), { _tag: "TransportError", reason: "Reset" }],
  ["a reset after the head", reset([`content-length: ${bytes.length}`], Buffer.alloc(0)), { _tag: "TruncatedBody", bytes: 0 }],
  ["a content-length above the body", Faulty.ended([`content-length: ${bytes.length + 1}`], bytes), { _tag: "TruncatedBody", status: 200 }],
  [
    "a content-length below the body",
    Faulty.ended([`content-length: ${bytes.length - 1}`], bytes),
    { _tag: "DecodeError", reason: "Syntax" }
  ],
  ["chunks without an end", Faulty.ended(["transfer-encoding: chunked"], chunk(bytes)), { _tag: "TruncatedBody", bytes: bytes.length }],
  ["half a chunk", Faulty.ended(["transfer-encoding: chunked"], chunk(bytes).subarray(0, 900)), { _tag: "TruncatedBody" }],
  ["bytes that are no UTF-8", Faulty.ended([], Buffer.from([...Buffer.from('{"id":"'), 0xc3, 0x28, 0x22, 0x7d])), { reason: "Syntax" }],
  ["a UTF-16 body", Faulty.ended([], Buffer.from(page, "utf16le")), { _tag: "DecodeError", reason: "Syntax" }]
]

for (const [client, http] of Faulty.httpClients) {
  describe(`Broken bodies over ${client}`, { concurrent: true }, () => {
    const served = (handle: Faulty.Handle) =>
      Effect.map(Faulty.serve(handle), (server) => ({ server, layer: Faulty.client(server, http, { concurrency: 8 }) }))

    for (const [name, handle, error] of cases) {
      for (const [kind, call, outcome] of [
        ["safe", Effect.asVoid(Notes.list()), undefined],
        ["unsafe", Effect.asVoid(Notes.create({ body: { text: "" } })), "Unknown"]
      ] as const) {
        it.scopedLive(`${name}, ${kind}: a typed error and one request`, () =>
          Effect.gen(function* () {
            const { layer, server } = yield* served(handle)
            const failure = yield* Effect.flip(call).pipe(Effect.provide(layer))
            assert.include(failure, error as object)
            assert.include(["TransportError", "TruncatedBody", "DecodeError"], failure._tag)
            assert.strictEqual(failure.outcome, outcome)
            assert.lengthOf(server.requests, 1)
          })
        )
      }
    }

    it.scopedLive("a reset at any offset is a TruncatedBody that tells how far it came", () =>
      Effect.gen(function* () {
        const { layer } = yield* served((exchange) =>
          reset([`content-length: ${bytes.length}`], bytes.subarray(0, Number(exchange.url.split("=").at(-1))))(exchange)
        )
        yield* Effect.forEach(
          [1, 2, 10, 100, 1000, 2000, bytes.length - 2, bytes.length - 1],
          Effect.fnUntraced(function* (author) {
            const failure = yield* Effect.flip(Notes.list({ author: String(author) }))
            assert.include(failure, { _tag: "TruncatedBody", bytes: author } as object)
          }),
          { concurrency: 8 }
        ).pipe(Effect.provide(layer))
      })
    )

    for (const [framing, cut] of framings) {
      it.scopedLive(`a page ${framing} is data whole, and never when it is cut`, () =>
        Effect.gen(function* () {
          assert.isAtLeast(bytes.length, 4000)
          const { layer } = yield* served((exchange) => cut(Number(exchange.url.split("=").at(-1)))(exchange))
          const step = runs({ test: 113, sweep: 1 })
          const offsets = Array.from({ length: Math.ceil(bytes.length / step) }, (_, n) => n * step)
          yield* Effect.forEach(
            offsets,
            Effect.fnUntraced(function* (author) {
              const failure = yield* Effect.flip(Notes.list({ author: String(author) }))
              const told = failure._tag === "DecodeError" ? failure.reason : failure._tag
              const due = framing !== "that ends with its connection" ? "TruncatedBody" : author === 0 ? "Empty" : "Syntax"
              assert.strictEqual(told, due, `cut at ${author}`)
            }),
            { concurrency: 8 }
          ).pipe(Effect.provide(layer))
          const { content } = yield* Notes.list({ author: String(bytes.length) }).pipe(Effect.provide(layer))
          assert.deepEqual(content, whole)
        })
      )
    }

    it.scopedLive("gzip cut anywhere is the whole page or none", () =>
      Effect.gen(function* () {
        const zipped = Zlib.gzipSync(bytes)
        const server = yield* Faulty.serve((exchange) => {
          const body = zipped.subarray(0, Number(exchange.url.split("=").at(-1)))
          Faulty.ended(["content-encoding: gzip", `content-length: ${body.length}`], body)(exchange)
        })
        const step = runs({ test: 17, sweep: 1 })
        const offsets = Array.from({ length: Math.ceil(zipped.length / step) }, (_, n) => zipped.length - n * step)
        yield* Effect.forEach(
          offsets,
          Effect.fnUntraced(function* (author) {
            const result = yield* Effect.either(Notes.list({ author: String(author) }))
            // the trailer and the bits before it hold no text: fetch, which inflates unasked, does not miss them
            if (result._tag === "Right") assert.deepEqual([client, result.right.content], ["fetch", whole], `cut at ${author}`)
            else assert.include(["DecodeError", "TruncatedBody", "TimeoutError"], result.left._tag)
          }),
          { concurrency: 8 }
        ).pipe(Effect.provide(Faulty.client(server, http, { idle: "2 seconds" })))
      })
    )

    it.scopedLive("a page split anywhere, within a character too, is the same page", () =>
      Effect.gen(function* () {
        const small = Buffer.from(JSON.stringify({ content: [{ id: "é", text: "\u20ac 𝄞 日本 🙂" }], last: true }))
        const { layer } = yield* served(({ response, url }) => {
          const at = Number(url.split("=").at(-1))
          response.writeHead(200, { "content-type": "application/json" })
          response.write(small.subarray(0, at))
          // in a packet of its own
          setImmediate(() => response.end(small.subarray(at)))
        })
        yield* Effect.forEach(
          Array.from({ length: small.length }, (_, at) => at),
          Effect.fnUntraced(function* (author) {
            assert.strictEqual(yield* Endpoint.text(Notes.list)({ author: String(author) }), small.toString())
          }),
          { concurrency: 8 }
        ).pipe(Effect.provide(layer))
      })
    )

    it.scopedLive("gzip that is none ends within the limits", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.ended(["content-encoding: gzip"], "no gzip at all"))
        const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.client(server, http, { idle: "300 millis" })))
        // undici hands over what came; fetch inflates, and then says nothing more
        assert.include(["DecodeError", "TruncatedBody", "TimeoutError"], failure._tag)
      })
    )

    it.scopedLive("half a gzip body is no data, whoever inflates it", () =>
      Effect.gen(function* () {
        const zipped = Zlib.gzipSync(bytes)
        const { layer, server } = yield* served((exchange) => {
          const body = exchange.url.includes("whole") ? zipped : zipped.subarray(0, zipped.length / 2)
          Faulty.ended(["content-encoding: gzip", `content-length: ${body.length}`], body)(exchange)
        })
        const half = yield* Effect.flip(Notes.list()).pipe(Effect.provide(layer))
        assert.include(["DecodeError", "TruncatedBody"], half._tag)
        // fetch inflates what it never asked for, undici does not
        const all = yield* Effect.either(Notes.list({ author: "whole" })).pipe(Effect.provide(layer))
        if (all._tag === "Right") assert.deepEqual(all.right.content, whole)
        else assert.include(all.left, { _tag: "DecodeError", reason: "Syntax" } as object)
        assert.isTrue(server.requests.every(({ headers }) => headers["accept-encoding"] === "identity"))
      })
    )

    it.scopedLive("a download that is shorter than announced fails after what came", () =>
      Effect.gen(function* () {
        const { layer } = yield* served(Faulty.ended([`content-length: ${bytes.length}`], bytes.subarray(0, 1000)))
        let got = 0
        const failure = yield* Notes.file({ noteId: "n-1" }).pipe(
          Stream.runForEach((part) =>
            Effect.sync(() => {
              got += part.length
            })
          ),
          Effect.flip,
          Effect.provide(layer)
        )
        assert.include(failure, { _tag: "TruncatedBody", bytes: 1000 } as object)
        assert.strictEqual(got, 1000)
      })
    )
  })
}
