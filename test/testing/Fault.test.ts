import { gunzipSync } from "node:zlib"
import * as HttpClient from "@effect/platform/HttpClient"
import { describe, expect, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/TestClock"
import { Fault, Simulator } from "../../src/testing/index.js"
import { whileTimePasses } from "../support/clock.js"
import { type Ask, ask, doors, exchange, failureOf, send } from "./doors.js"

const list: Fault.Match = { endpoint: "patients.list" }

/** Gets a token, then sends a request that a fault may strike. */
const struck = (
  faults: ReadonlyArray<Fault.Fault>,
  options: { readonly method?: "GET" | "POST" | "DELETE"; readonly path?: string; readonly ask?: Ask } = {}
) =>
  Effect.gen(function* () {
    const { token } = (yield* exchange).json
    yield* (yield* Simulator.Simulator).addFaults(...faults)
    return yield* ask(options.method ?? "GET", options.path ?? "/patients", { token, ...options.ask })
  })

describe.each(Object.entries(doors))("faults %s", (name, door) => {
  const socket = name === "over a socket"
  const within = <A, E>(effect: Effect.Effect<A, E, any>, options?: Simulator.Options): Effect.Effect<A, any> =>
    Effect.provide(effect, door(options)) as any

  const listOf = (...faults: ReadonlyArray<Fault.Action>) => struck(faults.map((action) => ({ match: list, do: action })))

  it.live("a status with headers and a body takes the place of the answer, as often as it is told to", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const status = {
          _tag: "Status",
          status: 429,
          headers: { "X-Rate": ["1", "2"] },
          body: [{ errorCode: "SLOW_DOWN" }],
          retryAfter: 2
        } as const
        const told = yield* struck([{ match: { ...list, nth: 2, times: 2 }, do: status }])
        expect(told.status).toBe(200)
        const { token } = (yield* exchange).json
        const again = yield* Effect.replicateEffect(ask("GET", "/patients", { token }), 3)
        expect(again.map(({ status }) => status)).toEqual([429, 429, 200])
        expect(again[0]).toMatchObject({
          json: status.body,
          headers: { "retry-after": "2", "x-rate": "1, 2", "content-type": "application/json" }
        })
        expect((yield* simulator.journal).map(({ status }) => status)).toEqual([200, 200, 200, 429, 429, 200])
        expect(yield* simulator.unusedFaults).toEqual([])
      })
    )
  )

  it.live("an odd Retry-After goes out as it is", () =>
    within(
      Effect.gen(function* () {
        for (const [retryAfter, header] of [
          [0, "0"],
          [-5, "-5"],
          ["soon", "soon"],
          ["", ""]
        ] as const) {
          expect((yield* listOf({ _tag: "Status", status: 503, retryAfter })).headers["retry-after"]).toBe(header)
        }
        const dated = yield* listOf({ _tag: "Status", status: 503, retryAfter: { dateInSeconds: 3 } })
        expect(Date.parse(dated.headers["retry-after"]!) - Date.parse(dated.headers.date!)).toBe(3000)
      })
    )
  )

  it.live("HTML in the place of JSON, an error list with 200, an empty body", () =>
    within(
      Effect.gen(function* () {
        const html = yield* listOf({ _tag: "ReplaceBody", body: "<html>busy</html>", contentType: "text/html" })
        expect([html.status, html.text, html.headers["content-type"]]).toEqual([200, "<html>busy</html>", "text/html"])
        const errors = yield* listOf({ _tag: "ReplaceBody", body: [{ errorCode: "X_Y" }] })
        expect([errors.status, errors.json, errors.headers["content-type"]]).toEqual([200, [{ errorCode: "X_Y" }], "application/json"])
        const empty = yield* listOf({ _tag: "ReplaceBody", body: "" })
        expect([empty.status, empty.text, empty.headers["content-length"]]).toEqual([200, "", "0"])
        const bare = yield* listOf({ _tag: "Status", status: 204 })
        expect([bare.status, bare.text]).toEqual([204, ""])
      })
    )
  )

  it.live("another status, other headers, bytes that are no text, a body that is too long", () =>
    within(
      Effect.gen(function* () {
        const plain = yield* listOf()
        const created = yield* listOf(
          { _tag: "SetStatus", status: 201 },
          { _tag: "SetHeaders", headers: { "Set-Cookie": ["a=1", "b=2"], Link: "<https://other.example>; rel=next" } }
        )
        expect([created.status, created.text]).toEqual([201, plain.text])
        expect(created.headers).toMatchObject({ "set-cookie": "a=1, b=2", link: "<https://other.example>; rel=next" })
        const bytes = yield* listOf({ _tag: "ReplaceBytes", base64: "/v8=", contentType: "application/json" })
        expect([bytes.status, bytes.text, bytes.headers["content-type"]]).toEqual([200, "\ufffd\ufffd", "application/json"])
        const padded = yield* listOf({ _tag: "Pad", bytes: 100_000 })
        expect(padded.text).toBe(plain.text + " ".repeat(100_000))
      })
    )
  )

  it.live("fields that are missing, mistyped, added or set", () =>
    within(
      Effect.gen(function* () {
        const plain = (yield* listOf()).json
        const { last: _, ...unmarked } = plain
        expect((yield* listOf({ _tag: "RemoveField", path: "/last" })).json).toEqual(unmarked)
        const mistyped = (yield* listOf(
          { _tag: "MistypeField", path: "/content/*/id" },
          { _tag: "SetField", path: "/totalElements", value: "many" }
        )).json
        expect(mistyped).toEqual({ ...plain, totalElements: "many", content: plain.content.map((one: any) => ({ ...one, id: 7 })) })
        const without = (yield* listOf({ _tag: "RemoveField", path: "/content/3/id" })).json
        expect(without.content.map((one: any) => "id" in one)).toEqual(plain.content.map((_: any, at: number) => at !== 3))
        const added = (yield* listOf({ _tag: "AddFields" })).json
        expect(added).toMatchObject(plain)
        for (const one of [added, added.pageable, added.content[0], added.sort])
          expect(one.addedByTheSimulator).toEqual({ since: "tomorrow" })
        // what is not there is passed over
        expect((yield* listOf({ _tag: "RemoveField", path: "/nowhere/at/all" })).json).toEqual(plain)
      })
    )
  )

  it.live("no connection, and a connection that is reset before or after the work was done", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const create = (fault: Omit<Fault.Fault, "match">, city: string) =>
          Effect.exit(
            struck([{ match: { endpoint: "patients.create" }, ...fault }], {
              method: "POST",
              ask: { body: { firstName: "Ada", lastName: "Example", city } }
            })
          )
        const applied = Effect.map(simulator.ledger, (entries) => entries.length)
        expect(failureOf(yield* create({ do: { _tag: "Refuse" } }, "a"))).toBe(socket ? "request ECONNRESET" : "request ECONNREFUSED")
        expect(yield* applied).toBe(0)
        expect(failureOf(yield* create({ at: "accept", do: { _tag: "Reset" } }, "b"))).toBe("request ECONNRESET")
        expect(yield* applied).toBe(0)
        expect(failureOf(yield* create({ do: { _tag: "Reset" } }, "c"))).toBe("request ECONNRESET")
        expect(yield* applied).toBe(1)
        expect((yield* simulator.journal).filter(({ endpoint }) => endpoint === "patients.create").map(({ status }) => status)).toEqual([
          undefined,
          undefined,
          undefined
        ])
      })
    )
  )

  it.live("a write that was applied, and answered with 502", () =>
    within(
      Effect.gen(function* () {
        const body = { firstName: "Ada", lastName: "Example" }
        const fault: Fault.Fault = { at: "beforeHeaders", do: { _tag: "Status", status: 502, body: "<html>" } }
        const told = yield* struck([fault], { method: "POST", ask: { body } })
        expect(told.status).toBe(502)
        expect(yield* (yield* Simulator.Simulator).ledger).toMatchObject([{ endpoint: "patients.create", applied: 1 }])
        const refused = yield* struck([{ do: { _tag: "Status", status: 502 } }], { method: "POST", ask: { body } })
        expect(refused.status).toBe(502)
        expect(yield* (yield* Simulator.Simulator).ledger).toMatchObject([{ applied: 1 }])
      })
    )
  )

  it.live("a body that breaks off: reset, short of its length, without its last chunk", () =>
    within(
      Effect.gen(function* () {
        const cut = (action: Fault.Action) => Effect.exit(struck([{ match: list, at: { afterBytes: 100 }, do: action }]))
        expect(failureOf(yield* cut({ _tag: "Reset" }))).toBe("response ECONNRESET")
        expect(failureOf(yield* cut({ _tag: "Truncate", framing: "length" }))).toBe("response UND_ERR_SOCKET")
        expect(failureOf(yield* cut({ _tag: "Truncate", framing: "chunked" }))).toBe("response UND_ERR_SOCKET")
        expect(failureOf(yield* Effect.exit(listOf({ _tag: "WrongLength", by: 3 })))).toBe("response UND_ERR_SOCKET")
      })
    )
  )

  it.live("a body whose end only the close marks, and a length that is too small, are cut in silence", () =>
    within(
      Effect.gen(function* () {
        const whole = (yield* listOf()).text
        const closed = yield* struck([{ match: list, at: { afterBytes: 100 }, do: { _tag: "Truncate", framing: "close" } }])
        expect([closed.text, closed.headers.connection, closed.headers["content-length"]]).toEqual([
          whole.slice(0, 100),
          "close",
          undefined
        ])
        const short = yield* listOf({ _tag: "WrongLength", by: -10 })
        expect(short.text).toBe(new TextDecoder().decode(new TextEncoder().encode(whole).slice(0, -10)))
      })
    )
  )

  it.live("a cut behind the end is none", () =>
    within(
      Effect.gen(function* () {
        const whole = (yield* listOf()).text
        for (const framing of ["length", "close"] as const) {
          const told = yield* struck([{ match: list, at: { afterBytes: 1e9 }, do: { _tag: "Truncate", framing } }])
          expect(told.text).toBe(whole)
        }
        const exit = yield* Effect.exit(struck([{ match: list, at: { afterBytes: 1e9 }, do: { _tag: "Truncate", framing: "chunked" } }]))
        expect(failureOf(exit)).toBe("response UND_ERR_SOCKET")
      })
    )
  )

  it.live("a connection that ends behind the answer harms neither it nor the next one", () =>
    within(
      Effect.gen(function* () {
        const told = yield* struck([{ match: { ...list, times: "always" }, at: "afterEnd", do: { _tag: "Reset" } }])
        expect(told.status).toBe(200)
        // a client that takes the connection up again before it knows meets the reset there
        expect((yield* Effect.retry(ask("GET", "/patients"), { times: 3 })).json).toEqual(told.json)
      })
    )
  )

  it.live("a silent server says nothing, before its answer, within it and behind it", () =>
    within(
      Effect.gen(function* () {
        for (const at of ["accept", "beforeHeaders", { afterBytes: 50 }, "afterEnd"] as ReadonlyArray<Fault.At>) {
          const exit = yield* struck([{ match: list, at, do: { _tag: "Hang" } }]).pipe(Effect.timeoutOption(100))
          expect(Option.isNone(exit)).toBe(true)
        }
        expect((yield* ask("GET", "/patients")).status).toBe(200)
      })
    )
  )

  it.live("an answer that trickles, head or body, is whole in the end", () =>
    within(
      Effect.gen(function* () {
        const whole = (yield* listOf()).text
        const [slow, body] = yield* Effect.timed(
          struck([{ match: list, at: { afterBytes: 10 }, do: { _tag: "Drip", bytes: 5000, everyMillis: 10 } }])
        )
        expect(body.text).toBe(whole)
        expect(Duration.toMillis(slow)).toBeGreaterThan(Math.floor((whole.length - 10) / 5000) * 10)
        const [slowHead, head] = yield* Effect.timed(
          struck([{ match: list, at: "beforeHeaders", do: { _tag: "Drip", bytes: 20, everyMillis: 10 } }])
        )
        expect(head.text).toBe(whole)
        expect(head.headers["content-type"]).toBe("application/json")
        expect(Duration.toMillis(slowHead)).toBeGreaterThan(50)
      })
    )
  )

  it.live("gzip, sound and damaged, is sent as it is", () =>
    within(
      Effect.gen(function* () {
        const { credentials } = yield* Simulator.Simulator
        expect((yield* listOf({ _tag: "Gzip", damage: "none" })).headers["content-encoding"]).toBe("gzip")
        // undici's own client does not decode
        const client = yield* HttpClient.HttpClient
        const { token } = (yield* exchange).json
        const path = `${credentials.baseUrl}/${credentials.tenant}/${credentials.instance}/patients`
        const bytes = (damage: "none" | "flipped" | "noTrailer" | "half" | "notGzip") =>
          Effect.gen(function* () {
            yield* (yield* Simulator.Simulator).addFaults({ match: list, do: { _tag: "Gzip", damage } })
            const response = yield* client.get(path, { headers: { authorization: `Bearer ${token}` } })
            return Buffer.from(yield* response.arrayBuffer)
          })
        const whole = (yield* listOf()).text
        const sound = yield* bytes("none")
        expect(gunzipSync(sound).toString()).toBe(whole)
        expect((yield* bytes("noTrailer")).equals(sound.subarray(0, -8))).toBe(true)
        expect((yield* bytes("half")).equals(sound.subarray(0, Math.floor(sound.length / 2)))).toBe(true)
        const flipped = yield* bytes("flipped")
        expect(flipped.length).toBe(sound.length)
        expect(() => gunzipSync(flipped)).toThrow()
        expect((yield* bytes("notGzip")).toString()).toBe(whole)
      })
    )
  )

  it.live("tokens that expire early, and all that were given out at once", () =>
    within(
      Effect.gen(function* () {
        const told = yield* listOf({ _tag: "TokenExpired" })
        expect([told.status, told.json[0].errorCode]).toEqual([401, "TOKEN_EXPIRED"])
        const { token } = (yield* exchange).json
        yield* (yield* Simulator.Simulator).addFaults({ match: { ...list, nth: 2 }, do: { _tag: "RevokeTokens" } })
        const statuses = yield* Effect.replicateEffect(
          Effect.map(ask("GET", "/patients", { token }), ({ status }) => status),
          3
        )
        expect(statuses).toEqual([200, 401, 401])
        expect((yield* ask("GET", "/patients")).status).toBe(200)
      })
    )
  )

  it.live("a right that is missing for a moment, and requests of one token only", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const [first, second] = [(yield* exchange).json.token, (yield* exchange).json.token]
        yield* simulator.addFaults({ match: { ...list, token: 2, times: "always" }, do: { _tag: "Deny" } })
        expect((yield* ask("GET", "/patients", { token: first })).status).toBe(200)
        const refused = yield* ask("GET", "/patients", { token: second })
        expect([refused.status, refused.json[0].errorCode]).toEqual([403, "ACCESS_FOR_API_CLIENT_RESTRICTED"])
      })
    )
  )

  it.live("paging that goes wrong: a page that is ignored, a size that is capped", () =>
    within(
      Effect.gen(function* () {
        const query = { page: "2", size: "30" }
        const ignored = yield* struck([{ match: list, do: { _tag: "RewriteQuery", remove: ["page"] } }], { ask: { query } })
        expect(ignored.json).toMatchObject({ number: 0, size: 30 })
        const capped = yield* struck([{ match: { ...list, page: 2 }, do: { _tag: "RewriteQuery", cap: { size: 10 } } }], { ask: { query } })
        expect(capped.json).toMatchObject({ number: 2, size: 10, numberOfElements: 10 })
        const repeated = yield* struck([{ match: list, do: { _tag: "RewriteQuery", set: { page: "1" } } }], { ask: { query } })
        expect(repeated.json).toMatchObject({ number: 1, size: 30 })
      })
    )
  )

  it.live("somebody else writes between two pages", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const first = yield* ask("GET", "/patients", { query: { size: "10" } })
        const second = yield* struck(
          [
            { match: { ...list, page: 1 }, do: { _tag: "Write", method: "DELETE", path: `/patients/${patientId(0)}` } },
            {
              match: { ...list, page: 1 },
              do: { _tag: "Write", method: "POST", path: "/patients", body: { firstName: "Ada", lastName: "Late" } }
            }
          ],
          { ask: { query: { size: "10", page: "1" } } }
        )
        expect([first.json.totalElements, second.json.totalElements]).toEqual([40, 40])
        // everybody moved up by one, and the eleventh is on no page
        expect(second.json.content[0].id).toBe(patientId(11))
        // a write of somebody else is none of the client's
        expect(yield* (yield* Simulator.Simulator).ledger).toEqual([])
      }),
      { patients: 40 }
    )
  )

  it.live("a latch holds an answer until the test lets it go", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const latched = (at: Fault.At, name: string) =>
          Effect.gen(function* () {
            const fiber = yield* Effect.fork(struck([{ match: list, at, do: { _tag: "Latch", name } }]))
            yield* simulator.held(name)
            yield* Effect.sleep(20)
            expect(Option.isNone(yield* Fiber.poll(fiber))).toBe(true)
            yield* simulator.release(name)
            expect((yield* Fiber.join(fiber)).status).toBe(200)
          })
        yield* latched("accept", "one")
        yield* latched("beforeHeaders", "two")
        yield* latched({ afterBytes: 20 }, "three")
      })
    )
  )

  it.live("one patient only", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const faults: ReadonlyArray<Fault.Fault> = [
          { match: { patient: patientId(2), times: "always" }, do: { _tag: "Status", status: 410 } }
        ]
        expect((yield* struck(faults, { path: `/patients/${patientId(1)}` })).status).toBe(200)
        expect((yield* ask("GET", `/patients/${patientId(2)}`)).status).toBe(410)
        expect((yield* ask("GET", `/patients/${patientId(2)}/cdts/cdt-vitals`)).status).toBe(410)
      })
    )
  )
})

const someFaults = FastCheck.constantFrom<Fault.Fault>(
  { do: { _tag: "Reset" } },
  { match: { endpoint: "cdts.list", times: "always" }, at: { afterBytes: 9 }, do: { _tag: "Drip", bytes: 1, everyMillis: 200 } },
  { match: { patient: "p", page: 0, nth: 3 }, do: { _tag: "Status", status: 503, retryAfter: { dateInSeconds: 3 }, body: { a: [1] } } },
  { at: "accept", do: { _tag: "Write", method: "DELETE", path: "/patients/1" } }
)

describe("faults under a test clock", () => {
  const within = <A, E>(effect: Effect.Effect<A, E, any>, options?: Simulator.Options): Effect.Effect<A, any> =>
    Effect.provide(effect, Simulator.layer(options)) as any

  /** The milliseconds of the test clock that an answer takes. */
  const takes = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    whileTimePasses("1 second")(Effect.map(Effect.timed(effect), ([duration]) => Duration.toMillis(duration)))

  it.effect("pauses before the service, before the head and within the body take their time and no more", () =>
    within(
      Effect.gen(function* () {
        for (const at of ["accept", "beforeHeaders", { afterBytes: 7 }] as ReadonlyArray<Fault.At>) {
          expect(yield* takes(struck([{ match: list, at, do: { _tag: "Delay", millis: 2500 } }]))).toBe(2500)
        }
      })
    )
  )

  it.effect("latency is spread by the seed", () =>
    Effect.gen(function* () {
      const latencies = (seed: number) =>
        within(
          Effect.gen(function* () {
            const { token } = (yield* whileTimePasses("1 second")(exchange)).json
            return yield* Effect.forEach(Array.from({ length: 8 }), () => takes(ask("GET", "/patients", { token })))
          }),
          { seed, latency: { millis: 500, upToMillis: 3000 } }
        )
      const first = yield* latencies(1)
      expect(Math.min(...first)).toBeGreaterThanOrEqual(500)
      expect(Math.max(...first)).toBeLessThanOrEqual(3000)
      expect(new Set(first).size).toBeGreaterThan(3)
      expect(yield* latencies(1)).toEqual(first)
      expect(yield* latencies(2)).not.toEqual(first)
    })
  )

  it.effect("a delay at the door keeps the service from looking at the clock too early", () =>
    within(
      Effect.gen(function* () {
        const { token } = (yield* exchange).json
        yield* (yield* Simulator.Simulator).addFaults({ match: list, at: "accept", do: { _tag: "Delay", millis: 3_600_000 } })
        const fiber = yield* Effect.fork(ask("GET", "/patients", { token }))
        yield* TestClock.adjust(3_600_000)
        expect((yield* Fiber.join(fiber)).json[0].errorCode).toBe("TOKEN_EXPIRED")
      })
    )
  )

  it.effect("probability strikes its share, the same requests under the same seed", () =>
    Effect.gen(function* () {
      const statuses = (seed: number) =>
        within(
          Effect.gen(function* () {
            const { token } = (yield* exchange).json
            yield* (yield* Simulator.Simulator).addFaults({ match: { ...list, probability: 0.3 }, do: { _tag: "Status", status: 503 } })
            return yield* Effect.replicateEffect(
              Effect.map(ask("GET", "/patients", { token, query: { size: "1" } }), ({ status }) => status),
              200
            )
          }),
          { seed, patients: 1 }
        )
      const first = yield* statuses(1)
      const share = first.filter((status) => status === 503).length / 200
      expect(share).toBeGreaterThan(0.2)
      expect(share).toBeLessThan(0.4)
      expect(yield* statuses(1)).toEqual(first)
      expect(yield* statuses(2)).not.toEqual(first)
    })
  )

  it.effect("an outage ends by the clock, counted from the first request that it struck", () =>
    within(
      Effect.gen(function* () {
        const { token } = (yield* exchange).json
        yield* (yield* Simulator.Simulator).addFaults({
          match: { ...list, nth: 2, forMillis: 60_000 },
          do: { _tag: "Status", status: 503 }
        })
        const status = Effect.map(ask("GET", "/patients", { token }), (told) => told.status)
        const seen = [yield* status]
        yield* TestClock.adjust("1 hour")
        for (const millis of [0, 30_000, 29_999, 1, 0]) {
          yield* TestClock.adjust(millis)
          seen.push(yield* status)
        }
        expect(seen).toEqual([200, 503, 503, 503, 200, 200])
      }),
      { tokenLifetimeSeconds: 86_400 }
    )
  )

  it.effect.prop(
    "a body cut at any byte is short of exactly the rest, or says that it broke",
    { afterBytes: FastCheck.nat(4000), framing: FastCheck.constantFrom("length", "chunked", "close") },
    ({ afterBytes, framing }) =>
      within(
        Effect.gen(function* () {
          const path = "/patients"
          const query = { size: "1" }
          const whole = (yield* ask("GET", path, { query })).text
          const length = new TextEncoder().encode(whole).length
          const exit = yield* Effect.exit(
            struck([{ match: list, at: { afterBytes }, do: { _tag: "Truncate", framing: framing as "length" } }], { ask: { query } })
          )
          if (framing === "close" || (framing === "length" && afterBytes >= length)) {
            expect(Exit.isSuccess(exit)).toBe(true)
            if (Exit.isSuccess(exit)) {
              expect(exit.value.text).toBe(new TextDecoder().decode(new TextEncoder().encode(whole).slice(0, afterBytes)))
            }
          } else expect(failureOf(exit)).toBe("response UND_ERR_SOCKET")
        }),
        { patients: 1 }
      ),
    { fastCheck: { numRuns: 60 } }
  )

  it.effect.prop("a plan of faults survives JSON", { fault: someFaults }, ({ fault }) =>
    Effect.gen(function* () {
      const stored = JSON.parse(JSON.stringify(Schema.encodeSync(Fault.Fault)(fault)))
      expect(yield* Schema.decodeUnknown(Fault.Fault)(stored)).toEqual(fault)
    })
  )

  it.effect("malformed faults are refused when they are added", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const failure = yield* Effect.flip(simulator.addFaults({ do: { _tag: "Delay", millis: -1 } }))
        expect(failure).toMatchObject({ _tag: "InvalidOptions" })
        expect(yield* simulator.unusedFaults).toEqual([])
        expect((yield* send("GET", "/nowhere")).status).toBe(404)
      })
    )
  )
})
