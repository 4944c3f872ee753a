import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type * as Limits from "../../src/Limits.js"
import type * as WelkinError from "../../src/WelkinError.js"
import * as Faulty from "../support/faulty.js"
import * as Notes from "../support/notes.js"

const page = JSON.stringify({ content: [{ id: "n-1", text: "a".repeat(2000) }], last: true })

/** Writes a bit of a body again and again, until the socket closes. */
const drip =
  (part: string | Buffer, everyMillis: number, head: ReadonlyArray<string> = ["transfer-encoding: chunked"]): Faulty.Handle =>
  (exchange) => {
    Faulty.raw(head)(exchange)
    const chunk = Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), Buffer.from(part), Buffer.from("\r\n")])
    const timer = setInterval(() => exchange.socket.write(chunk), everyMillis)
    exchange.socket.on("close", () => clearInterval(timer))
  }

const announced = "content-length: 5000"

/** What goes wrong, the limits of the client, and what is told about it, no later than so many milliseconds. */
const cases: ReadonlyArray<{
  readonly name: string
  readonly handle: Faulty.Handle
  readonly limits: Partial<Limits.Values>
  readonly error: Partial<WelkinError.TimeoutError> | Partial<WelkinError.BodyTooLarge> | Partial<WelkinError.ServerError>
  readonly within: number
}> = [
  {
    name: "no answer",
    handle: () => {},
    limits: { headers: "200 millis" },
    error: { _tag: "TimeoutError", phase: "headers", limitMillis: 200 },
    within: 200
  },
  {
    name: "headers that drip",
    handle: ({ socket }) => {
      socket.write("HTTP/1.1 200 OK\r\nx-slow: ")
      const timer = setInterval(() => socket.write("a"), 20)
      socket.on("close", () => clearInterval(timer))
    },
    limits: { headers: "200 millis" },
    error: { _tag: "TimeoutError", phase: "headers" },
    within: 200
  },
  {
    name: "a body that stands still from the start",
    handle: Faulty.raw([announced]),
    limits: { idle: "200 millis" },
    error: { _tag: "TimeoutError", phase: "idle", limitMillis: 200 },
    within: 200
  },
  {
    name: "a body that stands still half-way",
    handle: Faulty.raw([announced], page.slice(0, 1000)),
    limits: { idle: "200 millis" },
    error: { _tag: "TimeoutError", phase: "idle" },
    within: 200
  },
  {
    name: "a body that drips",
    handle: drip("a", 20),
    limits: { floorWindow: "300 millis", floorBytesPerSecond: 1024 },
    error: { _tag: "TimeoutError", phase: "floor", limitMillis: 300 },
    within: 400
  },
  {
    name: "a body that drips later on",
    handle: (exchange) => {
      drip("a", 20)(exchange)
      exchange.socket.write(`${page.length.toString(16)}\r\n${page}\r\n`)
    },
    limits: { floorWindow: "200 millis", floorBytesPerSecond: 1024 },
    error: { _tag: "TimeoutError", phase: "floor" },
    within: 600
  },
  {
    name: "a body that flows for ever",
    handle: drip("a".repeat(1000), 20),
    limits: { attempt: "400 millis" },
    error: { _tag: "TimeoutError", phase: "attempt", limitMillis: 400 },
    within: 400
  },
  {
    name: "a body that flows past the deadline of the call",
    handle: drip("a".repeat(1000), 20),
    limits: { attempt: "60 seconds", call: "300 millis" },
    error: { _tag: "TimeoutError", phase: "call" },
    within: 300
  },
  {
    name: "an error whose body stands still",
    handle: Faulty.raw([announced], "[", "503 Service Unavailable"),
    limits: { idle: "200 millis" },
    error: { _tag: "ServerError", status: 503 },
    within: 200
  },
  {
    name: "a body larger than allowed",
    handle: drip(Buffer.alloc(32_000, 97), 1),
    limits: { bodyBytes: 100_000 },
    error: { _tag: "BodyTooLarge", status: 200, limitBytes: 100_000 },
    within: 1000
  }
]

for (const [client, http] of Faulty.httpClients) {
  describe(`Limits over ${client}`, { concurrent: true }, () => {
    for (const { error, handle, limits, name, within } of cases) {
      it.scopedLive(`${name}: the call ends in time, and its socket closes`, () =>
        Effect.gen(function* () {
          const server = yield* Faulty.serve(handle)
          yield* Effect.gen(function* () {
            const [took, failure] = yield* Effect.timed(Effect.flip(Notes.list()))
            assert.include(failure, { ...error, attempts: 1 } as object)
            assert.isBelow(Duration.toMillis(took), within + 3000)
            yield* Faulty.eventually("the socket closes", () => server.requests.every(({ socket }) => socket.destroyed))
          }).pipe(Effect.provide(Faulty.client(server, http, limits)))
        })
      )
    }

    it.scopedLive("a body of the allowed size is taken whole", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.raw([`content-length: ${page.length}`], page))
        const taken = yield* Notes.list().pipe(Effect.provide(Faulty.client(server, http, { bodyBytes: page.length })))
        assert.lengthOf(taken.content, 1)
        const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.client(server, http, { bodyBytes: page.length - 1 })))
        assert.strictEqual(failure._tag, "BodyTooLarge")
      })
    )

    it.scopedLive("attempts that never end leave the deadline of the call standing", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(() => {})
        const limits = { headers: "150 millis", call: "500 millis" } as const
        const [took, failure] = yield* Effect.timed(Effect.flip(Notes.list())).pipe(
          Effect.provide(Faulty.client(server, http, limits, { attempts: 50, base: "1 millis" }))
        )
        assert.include(failure, { _tag: "TimeoutError", stopped: "Deadline" })
        assert.isAtLeast(server.requests.length, 2)
        assert.isBelow(Duration.toMillis(took), 3500)
      })
    )

    it.scopedLive("a download has no limit but silence and the floor", () =>
      Effect.gen(function* () {
        const size = 40
        const server = yield* Faulty.serve((exchange) => {
          let sent = 0
          exchange.response.writeHead(200, { "content-type": "image/png" })
          const timer = setInterval(() => {
            exchange.response.write(Buffer.alloc(1000))
            if (++sent < size) return
            clearInterval(timer)
            exchange.response.end()
          }, 10)
        })
        const limits = {
          attempt: "100 millis",
          call: "100 millis",
          bodyBytes: 1000,
          floorWindow: "100 millis",
          floorBytesPerSecond: 100
        } as const
        const bytes = yield* Stream.runFold(Notes.file({ noteId: "n-1" }), 0, (sum, part) => sum + part.length).pipe(
          Effect.provide(Faulty.client(server, http, limits))
        )
        assert.strictEqual(bytes, size * 1000)
      })
    )
  })
}
