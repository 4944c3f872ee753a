import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Undici from "@effect/platform-node/Undici"
import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import * as Faulty from "../support/faulty.js"
import * as Notes from "../support/notes.js"
import { runs } from "../support/runs.js"

const ok = Faulty.json({ content: [], last: true })
const big = "x".repeat(300_000)

const oneConnection = NodeHttpClient.layerUndiciWithoutDispatcher.pipe(
  Layer.provide(
    Layer.scoped(
      NodeHttpClient.Dispatcher,
      Effect.acquireRelease(
        Effect.sync(() => new Undici.Agent({ connections: 1 })),
        (agent) => Effect.promise(() => agent.destroy())
      )
    )
  )
)

/** Calls fifty times, and tells how many sockets the server saw open at most. */
const fifty = (server: Faulty.Server, concurrency: number) =>
  Effect.gen(function* () {
    let most = 0
    yield* Effect.forEach(
      Array.from({ length: 50 }),
      () =>
        Effect.map(Effect.exit(Notes.list()), () => {
          most = Math.max(most, server.sockets.open)
        }),
      { concurrency }
    )
    return most
  })

/** Where a call may be when it is interrupted, and how to tell that it is there. */
const phases: ReadonlyArray<{ readonly name: string; readonly handle: Faulty.Handle; readonly policy?: Partial<RetryPolicy.Policy> }> = [
  { name: "it waits for an answer", handle: () => {} },
  { name: "it reads a body", handle: Faulty.raw(["content-length: 1000"], '{"content":') },
  { name: "it reads the body of an error", handle: Faulty.raw(["content-length: 1000"], "[", "503 Service Unavailable") },
  {
    name: "it waits before another attempt",
    handle: Faulty.json([], 503, { "retry-after": "30" }),
    policy: RetryPolicy.standard
  }
]

for (const [client, http] of [...Faulty.httpClients, ["undici with one connection", oneConnection] as const]) {
  describe(`Sockets over ${client}`, () => {
    for (const [name, handle] of [
      ["errors with large bodies", Faulty.json({ big }, 503)],
      ["answers with large bodies of the wrong shape", Faulty.json({ big })],
      ["large bodies that stop half-way", Faulty.ended(["content-length: 400000"], big)]
    ] as const) {
      it.scopedLive(`${name} leave none behind, and the next call goes through`, () =>
        Effect.gen(function* () {
          const server = yield* Faulty.serve((exchange) => (exchange.n > 50 ? ok : handle)(exchange))
          yield* Effect.gen(function* () {
            assert.isAtMost(yield* fifty(server, 4), 10)
            yield* Notes.list()
          }).pipe(Effect.timeout("20 seconds"), Effect.provide(Faulty.client(server, http)))
        })
      )
    }

    for (const { handle, name, policy } of phases) {
      it.scopedLive(`a call that is interrupted while ${name} returns at once, closes its socket and sends no more`, () =>
        Effect.gen(function* () {
          const arrived = yield* Deferred.make<void>()
          const server = yield* Faulty.serve((exchange) => {
            handle(exchange)
            exchange.response.on("finish", () => setTimeout(() => Deferred.unsafeDone(arrived, Effect.void), 20))
            if (!exchange.response.writableEnded) setTimeout(() => Deferred.unsafeDone(arrived, Effect.void), 20)
          })
          yield* Effect.gen(function* () {
            const fiber = yield* Effect.fork(Notes.list())
            yield* Deferred.await(arrived)
            const [took] = yield* Effect.timed(Fiber.interrupt(fiber))
            assert.isBelow(Duration.toMillis(took), 1000)
            if (policy === undefined) yield* Faulty.eventually("the socket closes", () => server.requests[0]!.socket.destroyed)
            yield* Effect.sleep("50 millis")
            assert.lengthOf(server.requests, 1)
          }).pipe(Effect.provide(Faulty.client(server, http, {}, policy)))
        })
      )
    }

    it.scopedLive("a download that is left half-way closes its socket", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.raw(["content-length: 1000"], "x"))
        yield* Stream.runHead(Notes.file({ noteId: "n-1" })).pipe(
          Effect.zipRight(Faulty.eventually("the socket closes", () => server.requests[0]!.socket.destroyed)),
          Effect.provide(Faulty.client(server, http))
        )
      })
    )

    it.scopedLive("a kept socket that is dead when it is used again costs no visible error", () =>
      Effect.gen(function* () {
        // a purse of a hundred repetitions and one more for ten successes is enough for one in twenty, however many calls there are
        const [calls, uses] = [runs({ test: 50, sweep: 10_000 }), runs({ test: 1, sweep: 20 })]
        const used = new WeakMap<object, number>()
        const server = yield* Faulty.serve((exchange) => {
          const before = used.get(exchange.socket) ?? 0
          if (before === uses) return exchange.socket.resetAndDestroy()
          used.set(exchange.socket, before + 1)
          ok(exchange)
        })
        yield* Effect.forEach(Array.from({ length: calls }), () => Notes.list(), { discard: true }).pipe(
          Effect.provide(Faulty.client(server, http, {}, { ...RetryPolicy.standard, base: "1 millis" }))
        )
        assert.isAbove(server.requests.length, calls)
      })
    )
  })
}
