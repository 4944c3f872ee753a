import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import * as Faulty from "../support/faulty.js"
import * as Notes from "../support/notes.js"

const formOf = (exchange: Faulty.Exchange) =>
  Effect.promise(() =>
    new Response(new Uint8Array(exchange.body), { headers: { "content-type": exchange.headers["content-type"]! } }).formData()
  )

const bytesOf = (form: FormData, name: string) =>
  Effect.promise(() => Promise.all(form.getAll(name).map((part) => (part as File).arrayBuffer().then((bytes) => Buffer.from(bytes)))))

const every = Uint8Array.from({ length: 256 }, (_, n) => n)
const file = (content: Uint8Array | Stream.Stream<Uint8Array>, name = "a.pdf") => ({ name, contentType: "application/pdf", content })

for (const [client, http] of Faulty.httpClients) {
  describe(`Uploads over ${client}`, () => {
    it.scopedLive("bytes and streams arrive as they are, with names of any kind", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.json(undefined, 204))
        const large = new Uint8Array(300_000).fill(7)
        const files = [file(every), file(Stream.make(every, large, every), 'b"; x="1\r\n.pdf'), file(Stream.empty, "日本 🙂.pdf")]
        yield* Notes.upload({ noteId: "n-1", body: { title: "Grüße", files } }).pipe(Effect.provide(Faulty.client(server, http)))
        const [request] = server.requests
        const form = yield* formOf(request!)
        assert.strictEqual(form.get("title"), "Grüße")
        assert.deepEqual(
          form.getAll("files").map((part) => (part as File).name),
          ["a.pdf", 'b"; x="1\r\n.pdf', "日本 🙂.pdf"]
        )
        const [first, second, third] = yield* bytesOf(form, "files")
        assert.isTrue(first!.equals(every))
        assert.isTrue(second!.equals(Buffer.concat([every, large, every])))
        assert.lengthOf(third!, 0)
      })
    )

    it.scopedLive("a stream is run anew where the request is sent again", () =>
      Effect.gen(function* () {
        let runs = 0
        const server = yield* Faulty.serve((exchange) =>
          Faulty.json(undefined, exchange.n === 1 ? 429 : 204, exchange.n === 1 ? { "retry-after": "0" } : {})(exchange)
        )
        const content = Stream.suspend(() => {
          runs++
          return Stream.make(every, every)
        })
        yield* Notes.upload({ noteId: "n-1", body: { files: [file(content)] } }).pipe(
          Effect.provide(Faulty.client(server, http, {}, { ...RetryPolicy.standard, base: "1 millis" }))
        )
        assert.strictEqual(runs, 2)
        for (const request of server.requests) {
          const [one] = yield* bytesOf(yield* formOf(request), "files")
          assert.isTrue(one!.equals(Buffer.concat([every, every])))
        }
      })
    )

    it.scopedLive("a stream that breaks is an error of the call, and no answer is made up", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.json(undefined, 204))
        const content = Stream.concat(Stream.make(every), Stream.die(new Error("CANARY")))
        const failure = yield* Effect.flip(Notes.upload({ noteId: "n-1", body: { files: [file(content)] } })).pipe(
          Effect.provide(Faulty.client(server, http))
        )
        assert.deepInclude(failure, { _tag: "TransportError", outcome: "Unknown", attempts: 1 })
        assert.notInclude(String(failure) + JSON.stringify(failure), "CANARY")
        assert.lengthOf(server.requests, 0)
      })
    )

    it.scopedLive("an interrupted upload stops its stream", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.json(undefined, 204))
        let stopped = false
        let pulled = 0
        const content = Stream.repeatEffect(
          Effect.sync(() => {
            pulled++
            return every
          })
        ).pipe(
          Stream.rechunk(1),
          Stream.tap(() => Effect.sleep("1 millis")),
          Stream.ensuring(
            Effect.sync(() => {
              stopped = true
            })
          )
        )
        const fiber = yield* Effect.fork(
          Notes.upload({ noteId: "n-1", body: { files: [file(content)] } }).pipe(Effect.provide(Faulty.client(server, http)))
        )
        yield* Faulty.eventually("the upload runs", () => pulled > 5)
        yield* Effect.fork(fiber.interruptAsFork(fiber.id()))
        yield* Faulty.eventually("the stream stops", () => stopped)
        yield* Faulty.eventually("no socket is left", () => server.sockets.open === 0)
      })
    )
  })
}
