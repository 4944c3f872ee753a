import * as HttpBody from "@effect/platform/HttpBody"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Limits from "../src/Limits.js"
import * as Pagination from "../src/Pagination.js"
import * as RetryPolicy from "../src/RetryPolicy.js"
import * as WelkinClient from "../src/WelkinClient.js"
import * as WelkinError from "../src/WelkinError.js"
import { whileTimePasses } from "./support/clock.js"
import * as Notes from "./support/notes.js"
import * as Scripted from "./support/scripted.js"
import * as Sinks from "./support/sinks.js"

const canary = "CANARY"
const record = { id: canary, text: canary, stars: 1 }
const errorList = [{ errorCode: "NOTE_NOT_FOUND", componentType: canary, message: canary, details: { noteId: canary }, date: canary }]

const options = { ...Scripted.options, tenant: canary, instance: canary, apiClient: canary, secretKey: Redacted.make(`${canary}-secret`) }

/** How a call with a canary in every value fails against one answer. */
const failing = (
  reply: Scripted.Reply | Effect.Effect<Scripted.Reply, unknown>,
  call: Effect.Effect<unknown, WelkinError.WelkinError, WelkinClient.WelkinClient> = everyCall,
  token: Scripted.Reply = { body: { token: `${canary}-token` } }
): Effect.Effect<WelkinError.WelkinError> =>
  Effect.suspend(() => {
    const http = Scripted.httpClient<unknown>(({ url }) =>
      url.pathname.includes("/admin/api_clients/") ? Effect.succeed(token) : Effect.isEffect(reply) ? reply : Effect.succeed(reply)
    )
    const client = WelkinClient.layer(options).pipe(Layer.provide([http, RetryPolicy.layer(RetryPolicy.none)]))
    return call.pipe(
      WelkinClient.withHeaders({ "x-canary": canary }),
      Effect.flip,
      Effect.provide(client),
      whileTimePasses("1 seconds"),
      Effect.orDie
    )
  })

const everyCall: Effect.Effect<unknown, WelkinError.WelkinError, WelkinClient.WelkinClient> = Notes.list({ author: canary })
const write = Notes.create({ body: { text: canary } })
const all = Stream.runDrain(Pagination.spring(Notes.list)({ author: canary }))

const answered = (status: number) => [
  failing({ status, body: errorList, headers: { "x-a": canary, location: `https://${canary}.example/` } }),
  failing({ status, body: `<html>${canary}</html>`, headers: { "content-type": "text/html" } }, write)
]

/** The platform's own errors, which tell everything. */
const request = HttpClientRequest.post(`https://welkin.example/${canary}`).pipe(
  HttpClientRequest.setHeaders({ authorization: `Bearer ${canary}`, "x-a": canary }),
  HttpClientRequest.setBody(HttpBody.text(canary))
)
const cause = new TypeError(canary, { cause: Object.assign(new Error(canary), { code: "ECONNRESET" }) })
const requestError = new HttpClientError.RequestError({ request, reason: "Transport", cause, description: canary })
const responseError = new HttpClientError.ResponseError({
  request,
  response: HttpClientResponse.fromWeb(request, new Response(canary)),
  reason: "Decode",
  cause,
  description: canary
})
const brokenWith = (error: unknown) => new ReadableStream({ pull: (controller) => controller.error(error) })

const facts: WelkinError.Facts = { endpoint: "notes.list", method: "GET", route: "/notes", attempts: 1, waitedMillis: 0, stopped: "Final" }

/** Each class of the union, made by calls that fail. */
const made: { readonly [T in WelkinError.WelkinError["_tag"]]: ReadonlyArray<Effect.Effect<WelkinError.WelkinError>> } = {
  BadRequest: answered(400),
  Unauthorized: answered(401),
  Forbidden: answered(403),
  NotFound: answered(404),
  Conflict: answered(409),
  Gone: answered(410),
  RateLimited: answered(429),
  ServerError: answered(503),
  UnexpectedRedirect: answered(307),
  UnexpectedStatus: answered(418),
  AuthenticationError: [
    failing({}, write, { status: 401, body: errorList }),
    failing({}, write, { body: { token: { [canary]: canary } } }),
    failing({}, write, { body: { token: canary, enabled: false } }),
    failing({ status: 401, body: [{ errorCode: "TOKEN_EXPIRED", message: canary }] }, write)
  ],
  TransportError: [failing(Effect.fail(requestError)), failing(Effect.fail(responseError), write), failing(Effect.die(cause))],
  TimeoutError: [failing(Effect.never), failing(Effect.never, Limits.withLimits(write, { call: "1 seconds" }))],
  TruncatedBody: [
    failing(Effect.sync(() => ({ body: brokenWith(responseError) }))),
    failing({ body: canary, headers: { "content-length": "100" } }, write)
  ],
  BodyTooLarge: [failing({ body: canary }, Limits.withLimits(everyCall, { bodyBytes: 3 }))],
  DecodeError: [
    failing({ body: `<html>${canary}</html>` }),
    failing({ body: `{"content":["${canary}"` }),
    failing({ body: canary, headers: { "content-type": `text/${canary}` } }),
    failing({ body: "" }, write),
    failing({ body: errorList }),
    failing({ body: { content: [record, { ...record, id: { a: canary } }, { ...record, stars: canary, writtenAt: canary }] } }),
    failing({ body: { ...record, text: [canary] } }, write)
  ],
  EncodeError: [
    failing({}, Notes.get({ noteId: `${canary}\ud800` })),
    failing({}, Notes.list({ page: canary, size: { a: canary } } as never)),
    failing({}, Notes.create({ body: { text: [canary] } as never })),
    failing({}, WelkinClient.withHeaders(write, { "x-a": `${canary}\r\n` })),
    failing({}, WelkinClient.withHeaders(write, { [`${canary}\r\n`]: "" }))
  ],
  PagingStalled: [failing({ body: { content: [record], last: false } }, all)],
  PagingInconsistent: [failing({ body: { content: [record], last: true, size: 1, totalElements: 9 } }, all)],
  WindowOverflow: [Effect.succeed(new WelkinError.WindowOverflow({ ...facts, pages: 2 }))],
  WindowIgnored: [Effect.succeed(new WelkinError.WindowIgnored({ ...facts, pages: 2 }))]
}

const cases = (Object.keys(made) as Array<keyof typeof made>).flatMap((tag) => made[tag].map((error, n) => ({ tag, n, error })))

describe("WelkinError", () => {
  for (const { error, n, tag } of cases) {
    it.effect(`${tag} (${n + 1}) holds no value in any of its forms`, () =>
      Effect.gen(function* () {
        const failure = yield* error
        assert.strictEqual(failure._tag, tag)
        for (const [form, text] of [...Sinks.stringForms(failure), ...(yield* Sinks.logged(failure))]) {
          assert.notInclude(text.toUpperCase(), canary, form)
          assert.notInclude(text, "welkin.example", form)
        }
      })
    )

    it.effect(`${tag} (${n + 1}) says what it is: endpoint, template, attempts, outcome`, () =>
      Effect.gen(function* () {
        const failure = yield* error
        assert.isTrue(WelkinError.isWelkinError(failure))
        assert.include(failure.message, `${failure.endpoint} (${failure.method} ${failure.route}): `)
        assert.match(failure.message, /after \d+ attempts?(, outcome \w+)?$/)
        assert.strictEqual(failure.outcome !== undefined, failure.message.includes(`outcome ${failure.outcome}`))
        if (failure.endpoint === "notes.create") assert.include(["NotSent", "Rejected", "Unknown"], failure.outcome)
        else if (failure.method === "GET") assert.isUndefined(failure.outcome)
        assert.isUndefined(failure.cause)
      })
    )
  }

  it.effect("the forms find a value where there is one", () =>
    Effect.gen(function* () {
      class Leaky extends Data.TaggedError("Leaky")<{ readonly value: string }> {
        override get message(): string {
          return this.value
        }
      }
      const leaky = new Leaky({ value: canary })
      for (const [form, text] of [...Sinks.stringForms(leaky), ...(yield* Sinks.logged(leaky))]) assert.include(text, canary, form)
      // what the stack's own errors do, and why none of them leaves the transport
      for (const error of [requestError, responseError]) {
        const told = new Map(Sinks.stringForms(error))
        for (const form of ["message", "JSON.stringify", "inspect", "Cause.pretty", "Exit"]) assert.include(told.get(form), canary, form)
      }
      const parseError = Either.getOrThrow(Either.flip(Schema.decodeUnknownEither(Schema.Number)(canary)))
      for (const [form, text] of Sinks.stringForms(parseError)) if (form === "message" || form === "inspect") assert.include(text, canary)
    })
  )

  it.effect("what the server said is had by asking for it, and only so", () =>
    Effect.gen(function* () {
      for (const tag of ["BadRequest", "NotFound", "RateLimited", "UnexpectedStatus"] as const) {
        const said = WelkinError.answer(yield* made[tag][0]!)
        assert.deepEqual(JSON.parse(Redacted.value(Option.getOrThrow(said))), errorList)
      }
      const decode = WelkinError.answer(yield* made.DecodeError[0]!)
      assert.strictEqual(Redacted.value(Option.getOrThrow(decode)), `<html>${canary}</html>`)
      for (const tag of ["TransportError", "TimeoutError", "EncodeError", "AuthenticationError", "PagingStalled"] as const) {
        assert.isTrue(Option.isNone(WelkinError.answer(yield* made[tag][0]!)))
      }
    })
  )

  it.effect("codes are told, in the message too", () =>
    Effect.gen(function* () {
      const failure = yield* made.NotFound[0]!
      assert.deepInclude(failure, { status: 404, codes: ["NOTE_NOT_FOUND"] })
      assert.strictEqual(failure.message, "notes.list (GET /{tenant}/{instance}/notes): 404 [NOTE_NOT_FOUND] after 1 attempt")
    })
  )

  it.effect("places are told with path, expectation and type", () =>
    Effect.gen(function* () {
      const failure = yield* made.DecodeError[5]!
      assert.deepInclude(failure, { reason: "Schema", status: 200 })
      const places = failure._tag === "DecodeError" ? failure.places.map(({ actual, path }) => `${path} ${actual}`) : []
      assert.deepEqual(places, ["content.1.id object", "content.2.writtenAt string", "content.2.stars string"])
    })
  )

  it.effect("kinds of errors are told apart", () =>
    Effect.gen(function* () {
      const kinds: Array<string> = []
      for (const { error, tag } of cases) {
        const failure = yield* error
        const kind = [
          WelkinError.isRetryable(failure) ? "retryable" : "",
          WelkinError.isAuth(failure) ? "auth" : "",
          WelkinError.isNotFound(failure) ? "not found" : ""
        ].filter((one) => one !== "")
        assert.isAtMost(kind.length, 1, tag)
        const line = `${tag}: ${kind[0] ?? "final"}`
        if (!kinds.includes(line)) kinds.push(line)
      }
      assert.deepEqual(kinds, [
        "BadRequest: final",
        "Unauthorized: auth",
        "Forbidden: auth",
        "NotFound: not found",
        "Conflict: final",
        "Gone: not found",
        "RateLimited: retryable",
        "ServerError: retryable",
        "UnexpectedRedirect: final",
        "UnexpectedStatus: final",
        "AuthenticationError: auth",
        "TransportError: retryable",
        "TimeoutError: retryable",
        "TruncatedBody: retryable",
        "BodyTooLarge: final",
        "DecodeError: final",
        "EncodeError: final",
        "PagingStalled: final",
        "PagingInconsistent: final",
        "WindowOverflow: final",
        "WindowIgnored: final"
      ])
      const certificate = new WelkinError.TransportError({ ...facts, reason: "Certificate" })
      assert.isFalse(WelkinError.isRetryable(certificate))
      const budget = new WelkinError.AuthenticationError({ ...facts, reason: "Budget", codes: [] })
      assert.isTrue(WelkinError.isRetryable(budget) && WelkinError.isAuth(budget))
    })
  )

  it("no other value is one", () => {
    for (const one of [undefined, null, "NotFound", new Error("NotFound"), { _tag: "NotFound", endpoint: "", attempts: 1 }, requestError]) {
      assert.isFalse(WelkinError.isWelkinError(one))
    }
  })
})
