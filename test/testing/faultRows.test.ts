/*
 * Every fault that a server, or the way to it, can cause, by its number in the table of faults that the SDK is built against: each as
 * one plan, struck at the SDK in process and over a socket, with what must come of it.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { describe, expect, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { Limits, RetryPolicy, WelkinClient } from "../../src/index.js"
import { type Fault, Simulator } from "../../src/testing/index.js"
import { serve } from "../../src/testing/server.js"
import { Chat, Exports, Patients } from "../../src/v8/index.js"
import type { WelkinError } from "../../src/WelkinError.js"

// ------------------------------------------------------------------------------------------------------------------- the calls

const first = Effect.map(Simulator.Simulator, ({ patientId }) => ({ patientId: Patients.PatientId.make(patientId(0)) }))

const count = <A, E, R>(stream: Stream.Stream<A, E, R>) =>
  Effect.map(Stream.runCollect(stream), (all) => {
    const texts = Chunk.toReadonlyArray(all).map((record) => JSON.stringify(record))
    return `${texts.length} records${new Set(texts).size === texts.length ? "" : ", some twice"}`
  })

/** What is called, and the endpoint whose requests count. */
const calls = {
  list: ["patients.list", Effect.map(Patients.list({ size: 2 }), ({ content }) => `${content.length} records`)],
  get: ["patients.get", Effect.flatMap(first, (place) => Effect.as(Patients.get(place), "a record"))],
  create: ["patients.create", Effect.as(Patients.create({ body: { firstName: "Ada", lastName: "Example" } }), "a record")],
  remove: ["patients.remove", Effect.flatMap(first, (place) => Effect.as(Patients.remove(place), "nothing"))],
  all: ["patients.list", count(Patients.listStream({ size: 2 }))],
  chat: ["chat.list", Effect.flatMap(first, (place) => count(Chat.listStream({ ...place, pageSize: 1 })))],
  export: ["exports.patients", count(Exports.patientsStream({ pageSize: 2 }))]
} as const satisfies Readonly<
  Record<
    string,
    readonly [endpoint: Fault.EndpointId, call: Effect.Effect<string, WelkinError, Simulator.Simulator | WelkinClient.WelkinClient>]
  >
>

type Call = keyof typeof calls

/** Shorter waits than the SDK's own, and one attempt less. Where a fault is silence, it is given up sooner. */
const hasty = (silent: boolean) =>
  Layer.mergeAll(
    RetryPolicy.layer({ base: "1 milli", cap: "2 millis", attempts: 3 }),
    Limits.layer({ bodyBytes: 2_000_000, ...(silent ? { headers: "1 second", idle: "1 second", floorWindow: "1 second" } : {}) })
  )

type Door = (simulator: Simulator.Service) => Effect.Effect<readonly [Simulator.Credentials, HttpClient.HttpClient], unknown, Scope.Scope>

const doors: { readonly [name: string]: Door } = {
  "in process": ({ credentials, httpClient }) => Effect.succeed([credentials, httpClient]),
  "over a socket": (simulator) =>
    Effect.gen(function* () {
      const server = yield* Effect.provideService(serve(), Simulator.Simulator, simulator)
      return [server, NodeHttpClient.makeUndici(yield* NodeHttpClient.makeDispatcher)]
    })
}

/** What came of a call: a value or an error with its outcome; the requests that it took; how often a write was applied. */
const outcome = (door: Door, simulator: Simulator.Service, name: Call, silent: boolean) =>
  Effect.gen(function* () {
    const [credentials, http] = yield* door(simulator)
    const [endpoint, call] = calls[name]
    const client = WelkinClient.layer(credentials).pipe(Layer.provide([hasty(silent), Layer.succeed(HttpClient.HttpClient, http)]))
    const result = yield* Effect.either(call).pipe(Effect.provide(client), Effect.provideService(Simulator.Simulator, simulator))
    const requests = (yield* simulator.journal).filter((entry) => entry.endpoint === endpoint).length
    const applied = (yield* simulator.ledger).filter((entry) => entry.endpoint === endpoint).reduce((sum, entry) => sum + entry.applied, 0)
    const isWrite = name === "create" || name === "remove"
    return [
      Either.match(result, { onLeft: told, onRight: (value) => value }),
      `×${requests}`,
      ...(isWrite ? [`applied ${applied}`] : [])
    ].join(" ")
  }).pipe(Effect.scoped)

const told = (error: any): string =>
  [error._tag, error.reason ?? error.phase ?? error.status, error.outcome].filter((part) => part !== undefined).join(" ")

// -------------------------------------------------------------------------------------------------------------------- the rows

/** What must come of each call; where the doors differ, of each through its own. */
type Gives = string | { readonly "in process": string; readonly "over a socket": string }

interface Row {
  readonly row: number
  readonly what: string
  /** Of the endpoint that is called, unless they name another. */
  readonly faults: ReadonlyArray<Fault.Fault> | ((simulator: Simulator.Service) => ReadonlyArray<Fault.Fault>)
  /** Whether nothing comes for longer than anybody waits. */
  readonly silent?: true
  readonly gives: { readonly [C in Call]?: Gives }
}

const always = { times: "always" } as const
const token = { endpoint: "authentication.exchange" } as const
const html = "<!doctype html><title>Sign in</title>"
const errorList = [{ errorCode: "SOMETHING_WRONG", componentType: "CDT", message: "What went wrong.", details: {} }]
const onPage = (page: number, action: Fault.Action): Fault.Fault => ({ match: { page, ...always }, do: action })

/** What a reset before the answer looks like: a listening socket can neither refuse nor fail at TLS. */
const asReset = (list: string, create: string) => ({
  list: { "in process": list, "over a socket": "TransportError Reset ×3" },
  create: { "in process": create, "over a socket": "TransportError Reset Unknown ×1 applied 0" }
})

const rows: ReadonlyArray<Row> = [
  {
    row: 1,
    what: "connection refused",
    faults: [{ match: always, do: { _tag: "Refuse" } }],
    gives: asReset("TransportError Refused ×3", "TransportError Refused NotSent ×3 applied 0")
  },
  {
    row: 3,
    what: "a certificate of nobody known",
    faults: [{ match: always, do: { _tag: "Tls", problem: "selfSigned" } }],
    gives: asReset("TransportError Certificate ×1", "TransportError Certificate NotSent ×1 applied 0")
  },
  {
    row: 3,
    what: "plain HTTP where TLS is due",
    faults: [{ match: always, do: { _tag: "Tls", problem: "plainHttp" } }],
    gives: asReset("TransportError Tls ×3", "TransportError Tls NotSent ×3 applied 0")
  },
  {
    row: 4,
    what: "reset before any byte",
    faults: [{ at: "accept", do: { _tag: "Reset" } }],
    gives: { list: "2 records ×2", create: "TransportError Reset Unknown ×1 applied 0" }
  },
  {
    row: 5,
    what: "never answered",
    faults: [{ at: "accept", do: { _tag: "Hang" } }],
    silent: true,
    gives: { list: "2 records ×2", create: "TimeoutError headers Unknown ×1 applied 0" }
  },
  {
    row: 6,
    what: "headers that drip",
    faults: [{ at: "beforeHeaders", do: { _tag: "Drip", bytes: 1, everyMillis: 50 } }],
    silent: true,
    gives: { list: "2 records ×2", create: "TimeoutError headers Unknown ×1 applied 1" }
  },
  {
    row: 7,
    what: "a body that drips",
    faults: [{ do: { _tag: "Drip", bytes: 10, everyMillis: 20 } }],
    silent: true,
    gives: { list: "2 records ×2", create: "TimeoutError floor Unknown ×1 applied 1" }
  },
  {
    row: 8,
    what: "a body that stalls",
    faults: [{ at: { afterBytes: 500 }, do: { _tag: "Hang" } }],
    silent: true,
    gives: { list: "2 records ×2", create: "TimeoutError idle Unknown ×1 applied 1" }
  },
  {
    row: 9,
    what: "reset within the body",
    faults: [{ at: { afterBytes: 500 }, do: { _tag: "Reset" } }],
    gives: { list: "2 records ×2", create: "TruncatedBody 201 Unknown ×1 applied 1" }
  },
  {
    row: 10,
    what: "a Content-Length above the body",
    faults: [{ do: { _tag: "WrongLength", by: 5 } }],
    gives: { list: "2 records ×2", create: "TruncatedBody 201 Unknown ×1 applied 1" }
  },
  {
    row: 11,
    what: "chunks without an end",
    faults: [{ at: { afterBytes: 500 }, do: { _tag: "Truncate", framing: "chunked" } }],
    gives: { list: "2 records ×2", create: "TruncatedBody 201 Unknown ×1 applied 1" }
  },
  {
    row: 12,
    what: "a body that ends with its connection, cut",
    faults: [{ at: { afterBytes: 500 }, do: { _tag: "Truncate", framing: "close" } }],
    gives: { list: "2 records ×2", create: "DecodeError Syntax Unknown ×1 applied 1" }
  },
  {
    row: 20,
    what: "a kept connection that is reset",
    faults: [{ match: always, at: "afterEnd", do: { _tag: "Reset" } }],
    gives: { list: "2 records ×1", create: "a record ×1 applied 1" }
  },
  {
    row: 21,
    what: "a connection that is closed on one side",
    faults: [{ match: always, at: "afterEnd", do: { _tag: "HalfClose" } }],
    gives: { list: "2 records ×1", create: "a record ×1 applied 1" }
  },
  {
    row: 21,
    what: "a pause within the body, then all the rest",
    faults: [{ at: { afterBytes: 500 }, do: { _tag: "Delay", millis: 80 } }],
    gives: { list: "2 records ×1", create: "a record ×1 applied 1" }
  },
  ...(["flipped", "noTrailer", "half"] as const).map(
    (damage): Row => ({
      row: 22,
      what: `gzip, ${damage}`,
      faults: [{ do: { _tag: "Gzip", damage } }],
      gives: { list: "2 records ×2", create: "DecodeError Syntax Unknown ×1 applied 1" }
    })
  ),
  {
    row: 22,
    what: "gzip that is none, and is not taken for it",
    faults: [{ do: { _tag: "Gzip", damage: "notGzip" } }],
    gives: { list: "2 records ×1", create: "a record ×1 applied 1" }
  },
  {
    row: 13,
    what: "429 with Retry-After",
    faults: [{ do: { _tag: "Status", status: 429, retryAfter: 1 } }],
    gives: { list: "2 records ×2", create: "a record ×2 applied 1" }
  },
  {
    row: 14,
    what: "429 with a date",
    faults: [{ do: { _tag: "Status", status: 429, retryAfter: { dateInSeconds: 1 } } }],
    gives: { list: "2 records ×2" }
  },
  {
    row: 15,
    what: "429 with a date that is past",
    faults: [{ do: { _tag: "Status", status: 429, retryAfter: { dateInSeconds: -60 } } }],
    gives: { list: "2 records ×2", create: "a record ×2 applied 1" }
  },
  ...["soon", "-1"].map(
    (retryAfter): Row => ({
      row: 16,
      what: `429 with Retry-After "${retryAfter}"`,
      faults: [{ do: { _tag: "Status", status: 429, retryAfter } }],
      gives: { list: "2 records ×2" }
    })
  ),
  {
    row: 16,
    what: "429 with two of Retry-After",
    faults: [{ do: { _tag: "Status", status: 429, headers: { "retry-after": ["0", "0"] } } }],
    gives: { list: "2 records ×2" }
  },
  {
    row: 16,
    what: "429 with a Retry-After of years",
    faults: [{ do: { _tag: "Status", status: 429, retryAfter: 1e9 } }],
    gives: { list: "RateLimited 429 ×1", create: "RateLimited 429 Rejected ×1 applied 0" }
  },
  {
    row: 17,
    what: "429 without a word on when, twice",
    faults: [{ match: { times: 2 }, do: { _tag: "Status", status: 429 } }],
    gives: { list: "2 records ×3", create: "a record ×3 applied 1" }
  },
  {
    row: 18,
    what: "429 for ever",
    faults: [{ match: always, do: { _tag: "Status", status: 429 } }],
    gives: { list: "RateLimited 429 ×3", create: "RateLimited 429 Rejected ×3 applied 0" }
  },
  {
    row: 19,
    what: "503 with Retry-After",
    faults: [{ do: { _tag: "Status", status: 503, retryAfter: 0 } }],
    gives: { list: "2 records ×2", create: "ServerError 503 Unknown ×1 applied 0" }
  },
  {
    row: 25,
    what: "tokens revoked",
    faults: [{ do: { _tag: "RevokeTokens" } }],
    gives: { list: "2 records ×2", create: "a record ×2 applied 1" }
  },
  {
    row: 27,
    what: "no token at first",
    faults: [{ match: { ...token, times: 2 }, do: { _tag: "Status", status: 503 } }],
    gives: { list: "2 records ×1", create: "a record ×1 applied 1" }
  },
  {
    row: 28,
    what: "every token refused",
    faults: [{ match: always, do: { _tag: "TokenExpired" } }],
    gives: { list: "AuthenticationError StillRefused ×2", create: "AuthenticationError StillRefused Rejected ×2 applied 0" }
  },
  ...(
    [
      ["no token", { _tag: "RemoveField", path: "/token" }],
      ["HTML", { _tag: "ReplaceBody", body: html, contentType: "text/html" }],
      ["an error list", { _tag: "ReplaceBody", body: errorList }]
    ] as const
  ).map(
    ([what, action]): Row => ({
      row: 29,
      what: `${what} in the place of a token`,
      faults: [{ match: { ...token, ...always }, do: action }],
      gives: { list: "AuthenticationError Malformed ×0", create: "AuthenticationError Malformed NotSent ×0 applied 0" }
    })
  ),
  {
    row: 29,
    what: "a token that is no JWT",
    faults: [{ match: token, do: { _tag: "SetField", path: "/token", value: "opaque" } }],
    gives: { list: "2 records ×2", create: "a record ×2 applied 1" }
  },
  {
    row: 30,
    what: "a wrong secret",
    faults: [{ match: { ...token, ...always }, do: { _tag: "Status", status: 401, body: errorList } }],
    gives: { list: "AuthenticationError Refused ×0", create: "AuthenticationError Refused NotSent ×0 applied 0" }
  },
  ...[errorList, html].map(
    (body): Row => ({
      row: 32,
      what: "401 for another reason than the token",
      faults: [{ do: { _tag: "Status", status: 401, body } }],
      gives: { list: "Unauthorized 401 ×1", create: "Unauthorized 401 Rejected ×1 applied 0" }
    })
  ),
  ...(
    [
      [39, 400, "BadRequest"],
      [41, 404, "NotFound"],
      [42, 410, "Gone"],
      [43, 409, "Conflict"]
    ] as const
  ).map(
    ([row, status, tag]): Row => ({
      row,
      what: `${status}`,
      faults: [{ do: { _tag: "Status", status, body: errorList } }],
      gives: { list: `${tag} ${status} ×1`, create: `${tag} ${status} Rejected ×1 applied 0` }
    })
  ),
  {
    row: 40,
    what: "a right that is missing",
    faults: [{ do: { _tag: "Deny" } }],
    gives: { list: "Forbidden 403 ×1", create: "Forbidden 403 Rejected ×1 applied 0" }
  },
  ...([500, 504] as const).map(
    (status): Row => ({
      row: 44,
      what: `${status} of the balancer, for ever`,
      faults: [{ match: always, do: { _tag: "Status", status, headers: { "content-type": "text/html" }, body: html } }],
      gives: { list: `ServerError ${status} ×3` }
    })
  ),
  {
    row: 45,
    what: "a write applied, then 502",
    faults: [{ at: "beforeHeaders", do: { _tag: "Status", status: 502, body: html } }],
    gives: { create: "ServerError 502 Unknown ×1 applied 1" }
  },
  {
    row: 46,
    what: "a delete applied, its answer lost",
    faults: [{ at: "beforeHeaders", do: { _tag: "Reset" } }],
    gives: { remove: "TransportError Reset Unknown ×1 applied 1" }
  },
  {
    row: 47,
    what: "503 for all",
    faults: [{ match: { probability: 1 }, do: { _tag: "Status", status: 503 } }],
    gives: { list: "ServerError 503 ×3", create: "ServerError 503 Unknown ×1 applied 0" }
  },
  {
    row: 48,
    what: "an outage",
    faults: [{ match: { forMillis: 600_000 }, do: { _tag: "Status", status: 503 } }],
    gives: { list: "ServerError 503 ×3", export: "ServerError 503 ×3" }
  },
  ...[302, 308].map(
    (status): Row => ({
      row: 35,
      what: `${status} to another host`,
      faults: [{ do: { _tag: "Status", status, headers: { location: "http://other.example/" } } }],
      gives: { list: `UnexpectedRedirect ${status} ×1`, create: `UnexpectedRedirect ${status} Rejected ×1 applied 0` }
    })
  ),
  {
    row: 36,
    what: "a link to another host",
    faults: [{ do: { _tag: "SetField", path: "/next", value: "http://user@192.0.2.1/patients?page=1" } }],
    gives: { list: "2 records ×1" }
  },
  {
    row: 38,
    what: "a cookie",
    faults: [{ match: always, do: { _tag: "SetHeaders", headers: { "set-cookie": ["a=1; Path=/", "b=2"] } } }],
    gives: { all: "6 records ×3" }
  },
  {
    row: 50,
    what: "a body above the limit",
    faults: [{ do: { _tag: "Pad", bytes: 2_000_000 } }],
    gives: { list: "BodyTooLarge 200 ×1", create: "BodyTooLarge 201 Unknown ×1 applied 1" }
  },
  {
    row: 50,
    what: "ten thousand lists in one another",
    faults: [{ do: { _tag: "ReplaceBody", body: "[".repeat(10_000) + "]".repeat(10_000), contentType: "application/json" } }],
    gives: { list: "DecodeError Envelope ×1", create: "DecodeError Envelope Unknown ×1 applied 1" }
  },
  {
    row: 51,
    what: "200 with an error list",
    faults: [{ do: { _tag: "Status", status: 200, body: errorList } }],
    gives: { list: "DecodeError Envelope ×1", get: "DecodeError Envelope ×1", create: "DecodeError Envelope Unknown ×1 applied 0" }
  },
  {
    row: 52,
    what: "200 with an error object",
    faults: [{ do: { _tag: "Status", status: 200, body: { errorCode: "SOMETHING_WRONG" } } }],
    gives: { list: "DecodeError Envelope ×1" }
  },
  ...["text/html", "application/json"].map(
    (contentType): Row => ({
      row: 53,
      what: `200 with HTML as ${contentType}`,
      faults: [{ do: { _tag: "Status", status: 200, headers: { "content-type": contentType }, body: html } }],
      gives: { list: "DecodeError Html ×1", create: "DecodeError Html Unknown ×1 applied 0" }
    })
  ),
  ...([200, 204] as const).map(
    (status): Row => ({
      row: 54,
      what: `${status} with nothing`,
      faults: [{ do: { _tag: "Status", status } }],
      gives: { list: "DecodeError Empty ×1", remove: "nothing ×1 applied 0" }
    })
  ),
  {
    row: 55,
    what: "200 where 201 is due",
    faults: [{ do: { _tag: "SetStatus", status: 200 } }],
    gives: { create: "a record ×1 applied 1" }
  },
  {
    row: 55,
    what: "201 where 200 is due",
    faults: [{ do: { _tag: "SetStatus", status: 201 } }],
    gives: { list: "2 records ×1" }
  },
  {
    row: 56,
    what: "fields and values that nobody knows",
    faults: [{ do: { _tag: "AddFields" } }, { do: { _tag: "SetField", path: "/content/*/gender", value: "ADDED_LATER" } }],
    gives: { list: "2 records ×1" }
  },
  {
    row: 57,
    what: "a field that may be missing",
    faults: [{ do: { _tag: "RemoveField", path: "/content/*/nric" } }],
    gives: { list: "2 records ×1" }
  },
  {
    row: 57,
    what: "an id that is missing",
    faults: [{ do: { _tag: "RemoveField", path: "/content/1/id" } }],
    gives: { list: "DecodeError Schema ×1" }
  },
  {
    row: 58,
    what: "a value of another type",
    faults: [{ do: { _tag: "MistypeField", path: "/content/1/createdAt" } }],
    gives: { list: "DecodeError Schema ×1" }
  },
  {
    row: 58,
    what: "null in the place of an id",
    faults: [{ do: { _tag: "SetField", path: "/content/0/id", value: null } }],
    gives: { list: "DecodeError Schema ×1" }
  },
  {
    row: 59,
    what: "bytes that are no UTF-8",
    faults: [{ match: always, do: { _tag: "ReplaceBytes", base64: "eyJpZCI6IsMoIn0=", contentType: "application/json" } }],
    gives: { list: "DecodeError Syntax ×2" }
  },
  {
    row: 60,
    what: "another envelope",
    faults: [{ do: { _tag: "ReplaceBody", body: { data: { content: [] } } } }],
    gives: { list: "DecodeError Envelope ×1" }
  },
  {
    row: 64,
    what: "an empty page that is not the last",
    faults: [onPage(1, { _tag: "SetField", path: "/content", value: [] })],
    gives: { all: "4 records ×3" }
  },
  {
    row: 65,
    what: "no word on the last page",
    faults: [{ match: always, do: { _tag: "RemoveField", path: "/last" } }],
    gives: { all: "6 records ×4" }
  },
  {
    row: 66,
    what: "the last page again and again, without a word that it is",
    faults: [
      { match: always, do: { _tag: "RemoveField", path: "/last" } },
      { match: always, do: { _tag: "RemoveField", path: "/totalElements" } },
      { match: always, do: { _tag: "RemoveField", path: "/totalPages" } },
      onPage(3, { _tag: "RewriteQuery", set: { page: "2" } })
    ],
    gives: { all: "PagingStalled SamePage ×4" }
  },
  {
    row: 67,
    what: "an early last page",
    faults: [onPage(0, { _tag: "SetField", path: "/last", value: true })],
    gives: { all: "PagingInconsistent ×1" }
  },
  ...[7, "six"].map(
    (value): Row => ({
      row: 68,
      what: `a total of ${value}`,
      faults: [onPage(1, { _tag: "SetField", path: "/totalElements", value })],
      gives: { all: "6 records ×3" }
    })
  ),
  {
    row: 69,
    what: "records that come again",
    faults: [
      onPage(1, { _tag: "RewriteQuery", set: { page: "0", size: "4" } }),
      onPage(1, { _tag: "SetField", path: "/number", value: 1 })
    ],
    gives: { all: "8 records, some twice ×3" }
  },
  {
    row: 70,
    what: "a record deleted between two pages",
    faults: ({ patientId }) => [
      { match: { page: 1 }, at: "accept", do: { _tag: "Write", method: "DELETE", path: `/patients/${patientId(5)}` } }
    ],
    gives: { all: "5 records ×3" }
  },
  {
    row: 71,
    what: "a record created between two pages",
    faults: [
      {
        match: { page: 1 },
        at: "accept",
        do: { _tag: "Write", method: "POST", path: "/patients", body: { firstName: "New", lastName: "Example" } }
      }
    ],
    gives: { all: "7 records ×4" }
  },
  {
    row: 72,
    what: "a page token that leads nowhere new",
    faults: [{ match: always, do: { _tag: "RewriteQuery", set: { pageSize: "1" }, remove: ["pageToken"] } }],
    gives: { chat: "PagingStalled SamePage ×2" }
  },
  {
    row: 72,
    what: "a page token that has expired",
    faults: [{ match: { nth: 2 }, do: { _tag: "Status", status: 410, body: errorList } }],
    gives: { chat: "Gone 410 ×2" }
  },
  {
    row: 73,
    what: "a size that is capped",
    faults: [{ match: always, do: { _tag: "RewriteQuery", cap: { size: 1 } } }],
    gives: { all: "6 records ×6" }
  },
  {
    row: 73,
    what: "a page that is ignored",
    faults: [{ match: always, do: { _tag: "RewriteQuery", remove: ["page"] } }],
    gives: { all: "PagingStalled SamePage ×2" }
  },
  {
    row: 74,
    what: "a page that fails for ever",
    faults: [onPage(1, { _tag: "Status", status: 500 })],
    gives: { all: "ServerError 500 ×4" }
  }
]

/** The rows that are no faults of an answer, and where they are tested. */
const elsewhere: Readonly<Record<number, string>> = {
  2: "a name that nobody knows is the client's: test/faults/hosts.test.ts",
  23: "a token that grows old is the clock's: test/AccessToken.test.ts",
  24: "many calls that want one token: test/AccessToken.test.ts",
  26: "an interrupt: test/AccessToken.test.ts",
  31: "the simulator's own rule: Simulator.test.ts",
  33: "a clock that is wrong, `clockSkewMillis`: Simulator.test.ts",
  34: "a clock that jumps: test/AccessToken.test.ts",
  37: "a proxy of the environment: test/loopback/Answers.test.ts",
  49: "a rate, `requestsPerSecond`: Simulator.test.ts",
  61: "webhooks",
  62: "webhooks",
  63: "webhooks",
  75: "the legacy API",
  76: "the legacy API"
}

describe("the table of faults", () => {
  it("is whole", () => {
    const known = [...rows.map(({ row }) => row), ...Object.keys(elsewhere).map(Number)]
    expect([...new Set(known)].sort((one, other) => one - other)).toEqual(Array.from({ length: 76 }, (_, at) => at + 1))
  })

  describe.each(Object.entries(doors))("%s", { concurrent: true }, (name, door) => {
    it.live.each(rows.map((row) => [`F${row.row} ${row.what}`, row] as const))("%s", ([, { faults, gives, silent = false }]) =>
      Effect.gen(function* () {
        const simulator = yield* Simulator.make({ patients: 6, seed: 1, allow: ["patients.remove"], clockSkewMillis: 3_600_000 })
        const expected = Object.entries(gives).map(([call, given]) => [
          call,
          typeof given === "string" ? given : given[name as keyof typeof given]
        ])
        const struck = yield* Effect.forEach(
          Object.keys(gives) as ReadonlyArray<Call>,
          (call) =>
            Effect.gen(function* () {
              const fork = yield* simulator.fork
              const [endpoint] = calls[call]
              const plan = typeof faults === "function" ? faults(fork) : faults
              yield* fork.addFaults(...plan.map((fault) => ({ ...fault, match: { endpoint, ...fault.match } })))
              return [call, yield* outcome(door, fork, call, silent)] as const
            }),
          { concurrency: "unbounded" }
        )
        expect(Object.fromEntries(struck)).toEqual(Object.fromEntries(expected))
      }).pipe(Effect.scoped)
    )
  })
})
