import * as Zlib from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import * as Supervisor from "effect/Supervisor"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import * as Faulty from "../support/faulty.js"
import * as Notes from "../support/notes.js"
import { runs, seed } from "../support/runs.js"

const ok = Faulty.json({ content: [], last: true })
const big = "x".repeat(100_000)

/** Everything that a server or a network does wrong, in turns with what it does right. */
const faults: ReadonlyArray<Faulty.Handle> = [
  ok,
  Faulty.json({ big }, 503),
  ({ socket }) => socket.resetAndDestroy(),
  ok,
  Faulty.ended(["content-length: 400000"], big),
  Faulty.ended(["transfer-encoding: chunked"], "10\r\nhalf a chunk"),
  Faulty.json({ big }),
  ok,
  // no answer, and a body that stands still: the limits end them
  () => {},
  Faulty.raw(["content-length: 1000"], '{"content":'),
  Faulty.json([], 302, { location: "http://127.0.0.1:1/elsewhere" }),
  Faulty.ended([], "<html></html>"),
  Faulty.ended(["content-length: 0"], ""),
  ok,
  Faulty.json([{ errorCode: "NOTE_NOT_FOUND" }], 404),
  Faulty.raw(["content-length: 1000"], "[", "500 Internal Server Error")
]

const limits = { headers: "500 millis", idle: "500 millis" } as const

const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length

for (const [client, http] of Faulty.httpClients) {
  describe(`Leaks over ${client}`, { timeout: runs({ test: 60_000, sweep: 1_800_000 }) }, () => {
    it.scopedLive("many calls that go wrong in every way leave no socket, no fiber and no timer behind", () =>
      Effect.gen(function* () {
        const calls = runs({ test: 96, sweep: 10_000 })
        const server = yield* Faulty.serve((exchange) => faults[exchange.n % faults.length]!(exchange))
        const supervisor = yield* Supervisor.track
        const before = timers()
        const most = [0, 0] as [number, number]
        yield* Effect.gen(function* () {
          const outcomes = yield* Effect.forEach(
            Array.from({ length: calls }, (_, n) => n),
            (n) =>
              Effect.tap(Effect.either(n % 10 === 9 ? Stream.runDrain(Notes.file({ noteId: "n-1" })) : Effect.asVoid(Notes.list())), () => {
                const half = n < calls / 2 ? 0 : 1
                most[half] = Math.max(most[half], server.sockets.open)
              }),
            { concurrency: 8 }
          )
          const failed = outcomes.filter(({ _tag }) => _tag === "Left").length
          assert.isAbove(failed, calls / 3)
          assert.isBelow(failed, calls)
          // a socket that is given up closes a moment later; a leak would double what the first half left
          assert.isAtMost(most[1], most[0] + 8)
          yield* Faulty.eventually("two sockets for each call that may be under way", () => server.sockets.open <= 16)
          assert.lengthOf(yield* supervisor.value, 0)
        }).pipe(Effect.supervised(supervisor), Effect.provide(Faulty.client(server, http, { ...limits, concurrency: 8 })))
        // fetch keeps the sockets of its process, undici those of its layer
        yield* Faulty.eventually("the timers are gone", () => timers() <= before + 4)
      })
    )

    it.scopedLive("a call that is interrupted at any moment returns at once, closes its socket and sends no more", () =>
      Effect.gen(function* () {
        const closed = new Map<object, number>()
        const clock = yield* Effect.clock
        // 20 ms to the headers, 40 ms for the body, and now and then a wait before another attempt
        const server = yield* Faulty.serve(({ n, response, socket }) => {
          socket.on("close", () => closed.set(socket, clock.unsafeCurrentTimeMillis()))
          setTimeout(() => {
            if (n % 3 === 0) return Faulty.json([], 503)({ response })
            response.writeHead(200, { "content-type": "application/json" })
            response.write('{"content":[],')
            setTimeout(() => response.end('"last":true}'), 40)
          }, 20)
        })
        const took: Array<number> = []
        const open: Array<number> = []
        yield* Effect.gen(function* () {
          for (let n = 0; n < runs({ test: 25, sweep: 800 }); n++) {
            const fiber = yield* Effect.fork(Notes.list())
            yield* Effect.sleep(Math.floor(yield* Random.nextRange(0, 90)))
            const isDone = fiber.unsafePoll() !== null
            const interruptedAt = clock.unsafeCurrentTimeMillis()
            const [duration] = yield* Effect.timed(Fiber.interrupt(fiber))
            took.push(Duration.toMillis(duration))
            yield* Effect.sleep("30 millis")
            const sent = server.requests.length
            yield* Effect.sleep("5 millis")
            assert.lengthOf(server.requests, sent)
            const last = server.requests.at(-1)
            if (isDone || last === undefined || last.response.writableFinished) continue
            yield* Faulty.eventually("the socket closes", () => last.socket.destroyed)
            open.push(Math.max(0, (closed.get(last.socket) ?? interruptedAt) - interruptedAt))
          }
        }).pipe(Effect.provide(Faulty.client(server, http, {}, { ...RetryPolicy.standard, base: "50 millis" })))
        const median = (all: ReadonlyArray<number>) => all.toSorted((one, other) => one - other)[Math.floor(all.length / 2)]!
        // the machine may be busy with something else for once
        for (const all of [took, open]) {
          assert.isAbove(all.length, 0)
          assert.isAtMost(median(all), 100)
          assert.isAtMost(Math.max(...all), 1000)
        }
      }).pipe(Effect.withRandom(Random.make(seed ?? 1)))
    )

    it.scopedLive("a gzip bomb ends at the size of a body, whoever inflates it", () =>
      Effect.gen(function* () {
        // a hundred megabytes of blanks in a hundred kilobytes
        const bomb = Zlib.gzipSync(Buffer.alloc(100 * 1024 * 1024, 32))
        const server = yield* Faulty.serve(({ response }) => {
          response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip", "content-length": bomb.length })
          response.end(bomb)
        })
        const before = process.memoryUsage.rss()
        const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.client(server, http, { bodyBytes: 1024 * 1024 })))
        // undici hands over what came, which is no JSON; fetch inflates, and its bytes are counted as they come out
        assert.include(client === "fetch" ? { _tag: "BodyTooLarge", limitBytes: 1024 * 1024 } : { _tag: "DecodeError", reason: "Syntax" }, {
          _tag: failure._tag
        } as object)
        assert.isBelow(process.memoryUsage.rss() - before, 80 * 1024 * 1024)
      })
    )
  })
}
