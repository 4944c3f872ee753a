/**
 * Interruption is immediate (P19): a call that is interrupted at any moment, wherever it is, returns at once, its socket closes at once
 * as the server sees it, and nothing of it is sent afterwards. Moments are random; `npm run sweep` tries 200 a phase and prints how
 * long it took. What holds for files is in test/export.
 */
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import * as Net from "node:net"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import * as Faulty from "../support/faulty.js"
import { stretched } from "../support/load.js"
import * as Notes from "../support/notes.js"
import { runs, sweeping } from "../support/runs.js"

const trials = runs({ test: 6, sweep: 200 })

/** From the beginning of a call to its interruption. */
const moment = Random.nextRange(0, 60)

/** What undici and the runtime's fetch write to a socket, as they do it: which call it is, and the port it leaves from. */
const written: Array<{ readonly author: string | null; readonly port: number }> = []
const note = (message: unknown) => {
  const { request, socket } = message as { readonly request: { readonly path: string }; readonly socket: Net.Socket }
  written.push({ author: new URL(request.path, "http://127.0.0.1").searchParams.get("author"), port: socket.localPort! })
}
beforeAll(() => subscribe("undici:client:sendHeaders", note))
afterAll(() => {
  unsubscribe("undici:client:sendHeaders", note)
})
const ofCall = (author: string) => written.filter((one) => one.author === author)

const silent: Faulty.Handle = () => {}

/** A body that never ends, a bit every few milliseconds. */
const endless: Faulty.Handle = (exchange) => {
  Faulty.raw(["transfer-encoding: chunked"])(exchange)
  const timer = setInterval(() => exchange.socket.write("4\r\n    \r\n"), 3)
  exchange.socket.on("close", () => clearInterval(timer))
}

const patient: RetryPolicy.Policy = { ...RetryPolicy.standard, base: "60 seconds", cap: "60 seconds" }

interface Phase {
  readonly name: string
  readonly handle: Faulty.Handle
  readonly policy?: RetryPolicy.Policy
  /** Whether the answer is read before the interruption, so that its socket may live on. */
  readonly answered?: true
}

const phases: ReadonlyArray<Phase> = [
  { name: "waits for its answer", handle: silent },
  { name: "reads a body", handle: endless },
  { name: "reads the body of an error", handle: Faulty.raw(["content-length: 1000"], "[", "503 Service Unavailable") },
  { name: "waits before another attempt", handle: Faulty.json([], 503), policy: patient, answered: true }
]

interface Measured {
  /** Milliseconds from the interruption until the fiber was done, and until the server saw its socket closed. */
  readonly returned: number
  readonly closed: number
  readonly author: string
  /** Requests written until then. */
  readonly sent: number
}

let calls = 0

/** Begins a call, interrupts it at some moment, and waits until the sockets of all that it has sent are closed. */
const trial = Effect.fnUntraced(function* (server: Faulty.Server, answered = false) {
  const author = String(++calls)
  const fiber = yield* Effect.fork(Effect.withRandom(Notes.list({ author }), Random.fixed([0.5])))
  yield* Effect.sleep(yield* moment)
  const began = yield* Clock.currentTimeMillis
  yield* Fiber.interrupt(fiber)
  const returned = (yield* Clock.currentTimeMillis) - began
  const sent = ofCall(author)
  if (!answered) yield* Faulty.eventually("its socket closes", () => sent.every(({ port }) => !server.sockets.ports.has(port)))
  const closed = (yield* Clock.currentTimeMillis) - began
  return { returned, closed, author, sent: sent.length } satisfies Measured as Measured
})

const percentile = (values: ReadonlyArray<number>, share: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1]!

const check = (name: string, measured: ReadonlyArray<Pick<Measured, "returned" | "closed">>) => {
  for (const what of ["returned", "closed"] as const) {
    const all = measured.map((one) => one[what])
    if (!sweeping) continue
    const [half, most] = [percentile(all, 0.5), percentile(all, 0.99)]
    console.info(`${name}: ${what} after ${half} ms, p99 ${most} ms, ${all.length} trials`)
    assert.isAtMost(most, stretched(100), `${name}: ${what}`)
  }
}

for (const [name, http] of Faulty.httpClients) {
  describe(`Interruption over ${name}`, () => {
    for (const { answered, handle, name: phase, policy } of phases) {
      it.scopedLive(`while a call ${phase}`, () =>
        Effect.gen(function* () {
          const server = yield* Faulty.serve(handle)
          const measured = yield* Effect.replicateEffect(trial(server, answered), trials).pipe(
            Effect.zipLeft(Effect.sleep("100 millis")),
            Effect.provide(Faulty.client(server, http, {}, policy))
          )
          for (const { author, sent } of measured) {
            assert.isAtMost(sent, 1)
            assert.lengthOf(ofCall(author), sent)
          }
          // interruptions that all come too early would show nothing
          assert.isTrue(measured.some(({ sent }) => sent === 1))
          check(`${phase}, ${name}`, measured)
        })
      )
    }

    it.scopedLive("while a call queues for its place: it never leaves", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(silent)
        yield* Effect.gen(function* () {
          const first = yield* Effect.fork(Notes.list())
          yield* Faulty.eventually("the first call arrives", () => server.requests.length === 1)
          const measured = yield* Effect.replicateEffect(trial(server), trials)
          yield* Fiber.interrupt(first)
          // the place is free again, and nobody else is in the queue
          const next = yield* Effect.fork(Notes.list())
          yield* Faulty.eventually("the next call arrives", () => server.requests.length === 2)
          yield* Fiber.interrupt(next)
          assert.isTrue(measured.every(({ author }) => ofCall(author).length === 0))
          check(`queues, ${name}`, measured)
        }).pipe(Effect.provide(Faulty.client(server, http, { concurrency: 1 })))
        assert.lengthOf(server.requests, 2)
      })
    )

    it.scopedLive("while a call waits for a token: it never leaves, and the request for the token ends with the client", () =>
      Effect.gen(function* () {
        let asked = 0
        const server = yield* Faulty.serve(silent, () => {
          asked++
        })
        const measured = yield* Effect.replicateEffect(trial(server), trials).pipe(Effect.provide(Faulty.clientWithSecret(server, http)))
        yield* Faulty.eventually("the socket of the exchange closes", () => server.sockets.open === 0)
        // all of them waited for the same
        assert.strictEqual(asked, 1)
        assert.isTrue(measured.every(({ author }) => ofCall(author).length === 0))
        check(`waits for a token, ${name}`, measured)
      })
    )

    it.scopedLive("while a connection is being made: nothing is sent on it", () =>
      Effect.gen(function* () {
        // a handshake that takes as long as it likes: a TLS server that says nothing
        let heard = 0
        const port = yield* listening((socket) => socket.on("data", () => heard++))
        const measured = yield* Effect.replicateEffect(
          Effect.gen(function* () {
            const before = heard
            const fiber = yield* Effect.fork(Notes.list())
            yield* Faulty.eventually("the handshake begins", () => heard > before)
            yield* Effect.sleep(yield* moment)
            const began = yield* Clock.currentTimeMillis
            yield* Fiber.interrupt(fiber)
            const returned = (yield* Clock.currentTimeMillis) - began
            return { returned, closed: returned }
          }),
          Math.min(trials, 20)
        ).pipe(Effect.provide(Faulty.client({ baseUrl: `https://127.0.0.1:${port}` }, http)))
        const hellos = heard
        yield* Effect.sleep("100 millis")
        assert.strictEqual(heard, hellos)
        check(`connects, ${name}`, measured)
      })
    )
  })
}

/** Accepts connections until the scope closes. */
const listening = (onConnection: (socket: Net.Socket) => void) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.async<{ readonly server: Net.Server; readonly sockets: Set<Net.Socket> }>((resume) => {
        const sockets = new Set<Net.Socket>()
        const server = Net.createServer((socket) => {
          sockets.add(socket)
          socket.on("error", () => {})
          onConnection(socket)
        })
        server.listen(0, "127.0.0.1", () => resume(Effect.succeed({ server, sockets })))
      }),
      ({ server, sockets }) =>
        Effect.async<void>((resume) => {
          server.close(() => resume(Effect.void))
          for (const socket of sockets) socket.destroy()
        })
    ),
    ({ server }) => (server.address() as Net.AddressInfo).port
  )
