/**
 * Nothing leaks (P20; harness T4): thousands of calls of every kind over real sockets, to a server that does something else wrong each
 * time, some of them interrupted. Afterwards, and a second later, there are no more sockets than a client may keep, no fiber, no timer,
 * and no more memory. `npm run sweep` makes 10,000 calls a client and prints what it counts.
 */
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Undici from "@effect/platform-node/Undici"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import * as Supervisor from "effect/Supervisor"
import type * as Limits from "../../src/Limits.js"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import type { WelkinClient } from "../../src/WelkinClient.js"
import type { WelkinError } from "../../src/WelkinError.js"
import * as Faulty from "../support/faulty.js"
import * as Notes from "../support/notes.js"
import { runs, seed, sweeping } from "../support/runs.js"

setFlagsFromString("--expose-gc")
const collectGarbage: () => void = runInNewContext("gc")

const concurrency = 8

const limits = {
  headers: "1 second",
  idle: "1 second",
  floorWindow: "1 second",
  attempt: "2 seconds",
  call: "3 seconds",
  bodyBytes: 200_000,
  concurrency
} satisfies Partial<Limits.Values>

const policy: Partial<RetryPolicy.Policy> = { ...RetryPolicy.standard, attempts: 3, base: "5 millis" }

const record = { id: "n-1", text: "a".repeat(2000) }
const page = JSON.stringify({ content: [record], last: true })
const big = "x".repeat(300_000)
const length = `content-length: ${page.length}`
const errors = [{ errorCode: "SOMETHING_WRONG", componentType: "NOTES", message: "", details: {} }]
const chunk = (part: string): string => `${part.length.toString(16)}\r\n${part}\r\n`

const good: Faulty.Handle = ({ method, response, url }) =>
  Faulty.json(method === "POST" || url.includes("/n-") ? record : { content: [record], last: true })({ response })

/** What the server does with a request: every second time what it should. */
const faults: ReadonlyArray<Faulty.Handle> = [
  ({ socket }) => socket.resetAndDestroy(),
  ({ socket }) => socket.end(),
  (exchange) => {
    Faulty.raw([length], page.slice(0, 500))(exchange)
    setImmediate(() => exchange.socket.resetAndDestroy())
  },
  Faulty.ended([length], page.slice(0, 500)),
  Faulty.ended(["transfer-encoding: chunked"], chunk(page.slice(0, 500))),
  Faulty.ended([], page.slice(0, 500)),
  Faulty.ended(["content-encoding: gzip"], "no gzip at all"),
  Faulty.ended(["content-type: text/html"], "<html>", "502 Bad Gateway"),
  Faulty.ended(["content-type: text/html"], "<html>"),
  Faulty.json({ big }, 503),
  Faulty.json({ big }, 404),
  Faulty.json({ big }),
  Faulty.json(errors, 400),
  Faulty.json(errors, 401),
  Faulty.json(errors),
  Faulty.json([], 302, { location: "http://127.0.0.1:9/" }),
  Faulty.json(undefined, 204),
  Faulty.json({ rows: [] }),
  // answers, and closes the connection that was to be kept
  (exchange) => {
    exchange.response.on("finish", () => setImmediate(() => exchange.socket.destroy()))
    good(exchange)
  },
  () => {},
  Faulty.raw([length], page.slice(0, 500)),
  Faulty.raw([length], "[", "500 Internal Server Error")
]

const handle: Faulty.Handle = (exchange) => {
  // so few, because the client goes slower for a while each time
  if (exchange.n % 2000 === 1999) return Faulty.json(errors, 429, { "retry-after": "0" })(exchange)
  if (exchange.n % 2 === 0) return good(exchange)
  faults[((exchange.n - 1) / 2) % faults.length]!(exchange)
}

const kinds: ReadonlyArray<Effect.Effect<unknown, WelkinError, WelkinClient>> = [
  Notes.list(),
  Notes.get({ noteId: "n-1" }),
  Notes.create({ body: { text: "" } }),
  Notes.remove({ noteId: "n-1" }),
  Stream.runDrain(Notes.file({ noteId: "n-1" })),
  // left half-way
  Stream.runHead(Notes.file({ noteId: "n-1" }))
]

/** A call of any kind, one in ten of them interrupted. */
const call = Effect.gen(function* () {
  const kind = kinds[yield* Random.nextIntBetween(0, kinds.length)]!
  if ((yield* Random.nextIntBetween(0, 10)) > 0) return yield* Effect.asVoid(kind)
  yield* Effect.timeoutOption(kind, yield* Random.nextIntBetween(0, 50))
})

const tagOf = (exit: Exit.Exit<unknown, WelkinError>): string =>
  Exit.match(exit, {
    onSuccess: () => "answer",
    onFailure: (cause) => (cause._tag === "Fail" ? cause.error._tag : cause._tag)
  })

const heap = Effect.promise(async () => {
  // what a turn of the event loop has made is kept alive until it ends
  for (let turn = 0; turn < 3; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    collectGarbage()
  }
  return process.memoryUsage().heapUsed
})

const resources = (): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1
  // these come and go with each turn
  delete counts.Immediate
  delete counts.TickObject
  return counts
}

/** How steeply values rise, by least squares. */
const slope = (values: ReadonlyArray<number>): number => {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const [above, below] = values.reduce(([a, b], value, at) => [a + (at - middle) * (value - mean), b + (at - middle) ** 2], [0, 0])
  return above / below
}

const undici = (connections: number) =>
  NodeHttpClient.layerUndiciWithoutDispatcher.pipe(
    Layer.provide(
      Layer.scoped(
        NodeHttpClient.Dispatcher,
        Effect.acquireRelease(
          Effect.sync(() => new Undici.Agent({ connections })),
          (agent) => Effect.promise(() => agent.destroy())
        )
      )
    )
  )

const clients = [
  { name: "undici with eight connections", http: undici(8), calls: runs({ test: 90, sweep: 10_000 }), most: 8 },
  { name: "undici with one connection", http: undici(1), calls: runs({ test: 30, sweep: 1000 }), most: 1 },
  { name: "fetch", http: Faulty.httpClients[1]![1], calls: runs({ test: 90, sweep: 10_000 }), most: 2 * concurrency }
]

const rounds = runs({ test: 3, sweep: 20 })

describe("Leaks", { timeout: sweeping ? 1_800_000 : 120_000 }, () => {
  for (const { calls, http, most, name } of clients) {
    it.live(`over ${name}, ${calls} calls leave nothing behind`, () =>
      Effect.gen(function* () {
        const before = resources()
        const supervisor = yield* Supervisor.track
        const told: Record<string, number> = {}
        const heaps: Array<number> = []
        let isCalm = false
        const open: Array<number> = []
        yield* Effect.gen(function* () {
          const server = yield* Faulty.serve((exchange) => (isCalm ? good : handle)(exchange))
          yield* Effect.gen(function* () {
            for (let round = 0; round < rounds; round++) {
              yield* Effect.forEach(
                Array.from({ length: calls / rounds }),
                () =>
                  Effect.map(Effect.exit(call), (exit) => {
                    const tag = tagOf(exit)
                    told[tag] = (told[tag] ?? 0) + 1
                  }),
                // more than the client lets through, so that some queue
                { concurrency: 2 * concurrency, discard: true }
              )
              server.forget()
              heaps.push(yield* heap)
              open.push(server.sockets.open)
            }
            yield* Effect.sleep("1 second")
            assert.isAtMost(server.sockets.open, most)
            // whatever was wrong before, the client works
            isCalm = true
            yield* Notes.get({ noteId: "n-1" })
          }).pipe(Effect.provide(Faulty.client(server, http, limits, policy)), Effect.supervised(supervisor))
        }).pipe(Effect.scoped, Effect.withRandom(Random.make(seed ?? name)))
        assert.lengthOf(yield* supervisor.value, 0)
        assert.strictEqual(
          Object.values(told).reduce((sum, one) => sum + one, 0),
          calls
        )
        const seen = Object.keys(told).filter((tag) => tag !== "RateLimited")
        // no other end, and every one where there were calls enough
        assert.includeMembers(ends, seen)
        assert.isAtLeast(seen.length, calls < 1000 ? 5 : ends.length)
        const perThousand = (slope(heaps.slice(2)) / (calls / rounds)) * 1000
        if (sweeping) {
          console.info(
            `${name}: ${JSON.stringify(told)}; sockets ${open.join(" ")}; heap ${(perThousand / 1024).toFixed(0)} KiB per 1,000 calls`
          )
          assert.isBelow(perThousand, 1024 * 1024)
        }
        yield* Faulty.eventually(`what was active before is all that is, ${JSON.stringify(before)}`, () =>
          Object.entries(resources()).every(([kind, count]) => count <= (before[kind] ?? 0))
        )
      })
    )
  }
})

const ends = [
  "answer",
  "BadRequest",
  "BodyTooLarge",
  "DecodeError",
  "NotFound",
  "ServerError",
  "TimeoutError",
  "TransportError",
  "TruncatedBody",
  "Unauthorized",
  "UnexpectedRedirect"
]
