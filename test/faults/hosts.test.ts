/**
 * Where the process dials (P7). Every file of tests fails that dials anything but this machine, see test/support/dialled.ts; here it is
 * shown that it would, and what becomes of names that nobody knows (F2).
 */
import * as Net from "node:net"
import { afterEach, assert, beforeEach, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import * as Dialled from "../support/dialled.js"
import * as Faulty from "../support/faulty.js"
import * as Notes from "../support/notes.js"

const quick: RetryPolicy.Policy = { ...RetryPolicy.standard, base: "1 millis" }

beforeEach(() => Dialled.dialled.clear())
// what is dialled here on purpose is no fault of the file
afterEach(() => Dialled.strays.clear())

for (const [client, http] of Faulty.httpClients) {
  describe(`Hosts over ${client}`, () => {
    it.scopedLive("a client dials its own server, and nothing else", () =>
      Effect.gen(function* () {
        const other = yield* Faulty.serve(Faulty.json({}))
        const server = yield* Faulty.serve((exchange) =>
          exchange.n === 1
            ? Faulty.json([], 307, { location: `${other.baseUrl}/notes`, link: `<${other.baseUrl}>; rel="next"` })(exchange)
            : Faulty.json({ content: [], next: `${other.baseUrl}/notes`, href: "file:///etc/hosts", url: "//user@192.0.2.1/" })(exchange)
        )
        yield* Effect.zipRight(Effect.flip(Notes.list()), Notes.list()).pipe(Effect.provide(Faulty.clientWithSecret(server, http)))
        assert.deepEqual([...Dialled.dialled], [new URL(server.baseUrl).host])
        assert.isEmpty([...Dialled.strays])
      })
    )

    for (const host of ["192.0.2.1", "[2001:db8::1]", "welkin.example"]) {
      it.live(`${host} is not reached, and is remembered`, () =>
        Effect.gen(function* () {
          const nowhere = { baseUrl: `https://${host}` }
          const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.client(nowhere, http)))
          assert.strictEqual(failure._tag, "TransportError")
          assert.deepEqual([...Dialled.strays], [host.replace(/[[\]]/g, "")])
        })
      )
    }

    for (const [kind, call, outcome] of [
      ["reads", Effect.asVoid(Notes.list()), undefined],
      ["writes", Effect.asVoid(Notes.create({ body: { text: "" } })), "NotSent"]
    ] as const) {
      it.live(`F2: a name that nobody knows is asked for twice where a call ${kind}`, () =>
        Effect.gen(function* () {
          const nobody = { baseUrl: "https://nobody.invalid" }
          const failure = yield* Effect.flip(call).pipe(Effect.provide(Faulty.client(nobody, http, {}, quick)))
          assert.include(failure, { _tag: "TransportError", reason: "NameNotFound", attempts: 2 } as object)
          assert.strictEqual(failure.outcome, outcome)
          assert.isEmpty([...Dialled.strays])
        })
      )
    }
  })
}

describe("Hosts over a plain socket", () => {
  for (const args of [[{ port: 9, host: "192.0.2.1" }], [9, "192.0.2.1"]] as const) {
    it.live(`${JSON.stringify(args)} is not reached either`, () =>
      Effect.async<void>((resume) => {
        const socket = new Net.Socket()
        socket.on("error", (error) => {
          assert.include(error, { code: "ENETUNREACH" } as object)
          assert.deepEqual([...Dialled.strays], ["192.0.2.1"])
          resume(Effect.void)
        })
        Reflect.apply(socket.connect, socket, args)
      })
    )
  }
})
