import * as Net from "node:net"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as Endpoint from "../../src/Endpoint.js"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import * as WelkinError from "../../src/WelkinError.js"
import * as Faulty from "../support/faulty.js"
import * as Notes from "../support/notes.js"

const html = "<!doctype html><html><body>CANARY maintenance</body></html>"
const errors = [{ errorCode: "NOTE_NOT_FOUND", componentType: "NOTES", message: "CANARY", details: { noteId: "CANARY" } }]

const answers: ReadonlyArray<
  readonly [name: string, handle: Faulty.Handle, error: Partial<WelkinError.WelkinError> | { readonly places?: ReadonlyArray<string> }]
> = [
  ["400", Faulty.json(errors, 400), { _tag: "BadRequest", status: 400 }],
  ["401 that is not about the token", Faulty.json(errors, 401), { _tag: "Unauthorized", status: 401 }],
  ["403", Faulty.json(errors, 403), { _tag: "Forbidden", status: 403 }],
  ["404", Faulty.json(errors, 404), { _tag: "NotFound", status: 404 }],
  ["409", Faulty.json(errors, 409), { _tag: "Conflict", status: 409 }],
  ["410", Faulty.json(errors, 410), { _tag: "Gone", status: 410 }],
  ["429", Faulty.json(errors, 429, { "retry-after": "2" }), { _tag: "RateLimited", status: 429, retryAfterMillis: 2000 }],
  ["500", Faulty.json(errors, 500), { _tag: "ServerError", status: 500 }],
  ["a balancer's 502", Faulty.ended(["content-type: text/html"], html, "502 Bad Gateway"), { _tag: "ServerError", status: 502 }],
  ["501", Faulty.json(errors, 501), { _tag: "UnexpectedStatus", status: 501 }],
  ["200 that is a web page", Faulty.ended(["content-type: text/html"], html), { _tag: "DecodeError", reason: "Html" }],
  ["200 that is a web page and says it is JSON", Faulty.ended([], html), { _tag: "DecodeError", reason: "Html" }],
  ["200 that is plain text", Faulty.ended(["content-type: text/plain"], "CANARY"), { _tag: "DecodeError", reason: "Syntax" }],
  ["200 without a body", Faulty.ended(["content-length: 0"], ""), { _tag: "DecodeError", reason: "Empty" }],
  ["204", Faulty.json(undefined, 204), { _tag: "DecodeError", reason: "Empty", status: 204 }],
  ["200 with an error list", Faulty.json(errors), { _tag: "DecodeError", reason: "Envelope" }],
  ["200 with an error", Faulty.json(errors[0]), { _tag: "DecodeError", reason: "Envelope" }],
  ["200 with v1's errors", Faulty.json({ errors: [{ status: 400, code: "x" }] }), { _tag: "DecodeError", reason: "Envelope" }],
  ["200 with an object of another kind", Faulty.json({ rows: [] }), { _tag: "DecodeError", reason: "Envelope", places: ["content"] }],
  ["200 with a bare list", Faulty.json([]), { _tag: "DecodeError", reason: "Envelope", places: [""] }],
  [
    "200 with a record of wrong types",
    Faulty.json({ content: [{ id: "CANARY" }, { id: 7, text: { CANARY: 1 }, writtenAt: "CANARY" }] }),
    { _tag: "DecodeError", reason: "Schema", places: ["content.1.id", "content.1.text", "content.1.writtenAt"] }
  ],
  ["200 without an id", Faulty.json({ content: [{ text: "CANARY" }] }), { _tag: "DecodeError", reason: "Schema", places: ["content.0.id"] }]
]

/** A port on which nobody listens. */
const freePort = Effect.async<number>((resume) => {
  const server = Net.createServer()
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as Net.AddressInfo
    server.close(() => resume(Effect.succeed(port)))
  })
})

for (const [client, http] of Faulty.httpClients) {
  describe(`Answers over ${client}`, () => {
    for (const [name, handle, expected] of answers) {
      it.scopedLive(`${name} is a typed error that says nothing of the body`, () =>
        Effect.gen(function* () {
          const server = yield* Faulty.serve(handle)
          const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.client(server, http)))
          const { places, ...fields } = expected as { readonly places?: ReadonlyArray<string> }
          assert.include(failure, { ...fields, endpoint: "notes.list", route: "/{tenant}/{instance}/notes", attempts: 1 } as object)
          if (places !== undefined)
            assert.deepEqual([...new Set("places" in failure ? failure.places.map(({ path }) => path) : [])], [...places])
          assert.notInclude(String(failure) + JSON.stringify(failure), "CANARY")
          if ("codes" in failure) assert.deepEqual(failure.codes, failure.status === 502 ? [] : ["NOTE_NOT_FOUND"])
          if (WelkinError.isAuth(failure)) assert.include(["Unauthorized", "Forbidden"], failure._tag)
        })
      )
    }

    it.scopedLive("what the server said can be unwrapped", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.json(errors, 404))
        const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.client(server, http)))
        assert.deepEqual(JSON.parse(Redacted.value(Option.getOrThrow(WelkinError.answer(failure)))), errors)
      })
    )

    for (const status of [200, 201, 202, 206]) {
      it.scopedLive(`${status} is a success whatever is documented`, () =>
        Effect.gen(function* () {
          const server = yield* Faulty.serve(Faulty.json({ id: "n-1" }, status, { "x-kind": "note" }))
          const answer = yield* Endpoint.withResponse(Notes.create)({ body: { text: "" } }).pipe(
            Effect.provide(Faulty.client(server, http))
          )
          assert.deepInclude(answer, { status, attempts: 1, waitedMillis: 0, value: { id: "n-1" } as Notes.Note })
          assert.strictEqual(answer.headers["x-kind"], "note")
        })
      )
    }

    for (const [name, handle] of [
      ["204", Faulty.json(undefined, 204)],
      ["200 without a body", Faulty.ended([], "")],
      ["200 with a body that nobody asked for", Faulty.json({ removed: true })]
    ] as const) {
      it.scopedLive(`${name} is an empty answer where one is due`, () =>
        Effect.gen(function* () {
          const server = yield* Faulty.serve(handle)
          assert.isUndefined(yield* Notes.remove({ noteId: "n-1" }).pipe(Effect.provide(Faulty.client(server, http))))
        })
      )
    }

    for (const status of [300, 301, 302, 303, 304, 307, 308]) {
      for (const [name, location] of [
        ["to its own origin", (server: Faulty.Server) => `${server.baseUrl}/elsewhere`],
        ["to another origin", (_: Faulty.Server, other: Faulty.Server) => `${other.baseUrl}/notes`],
        ["to another host without a scheme", (_: Faulty.Server, other: Faulty.Server) => other.baseUrl.replace("http:", "")],
        ["nowhere", () => ""]
      ] as const) {
        it.scopedLive(`a ${status} ${name} is not followed`, () =>
          Effect.gen(function* () {
            const other = yield* Faulty.serve(Faulty.json({ content: [] }))
            const server: Faulty.Server = yield* Faulty.serve((exchange) =>
              Faulty.json([], status, { location: location(server, other) })(exchange)
            )
            yield* Effect.gen(function* () {
              for (const call of [
                Notes.list(),
                Notes.create({ body: { text: "CANARY" } }),
                Stream.runDrain(Notes.file({ noteId: "n-1" }))
              ]) {
                const failure = yield* Effect.flip(Effect.asVoid(call as Effect.Effect<unknown, WelkinError.WelkinError, never>))
                assert.include(failure, { _tag: "UnexpectedRedirect", status } as object)
              }
            }).pipe(Effect.provide(Faulty.client(server, http)))
            assert.deepEqual(
              server.requests.map(({ method }) => method),
              ["GET", "POST", "GET"]
            )
            assert.strictEqual(other.sockets.opened, 0)
          })
        )
      }
    }

    it.scopedLive("a redirect at the token route takes the secret nowhere", () =>
      Effect.gen(function* () {
        const other = yield* Faulty.serve(Faulty.json({ token: "t" }))
        const server = yield* Faulty.serve(Faulty.json({}), Faulty.json([], 307, { location: other.baseUrl }))
        const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.clientWithSecret(server, http)))
        assert.strictEqual(failure._tag, "UnexpectedRedirect")
        assert.strictEqual(other.sockets.opened, 0)
      })
    )

    it.scopedLive("cookies are not kept, and no trace leaves", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.json({ content: [] }, 200, { "set-cookie": ["a=1; Path=/", "b=2"] }))
        yield* Effect.zipRight(Notes.list(), Notes.list()).pipe(
          Effect.withSpan("of the application"),
          Effect.provide(Faulty.client(server, http))
        )
        const names = server.requests.flatMap(({ headers }) => Object.keys(headers))
        assert.notIncludeMembers(names, ["cookie", "b3", "traceparent", "x-b3-traceid"])
        assert.lengthOf(server.requests, 2)
        assert.isTrue(server.requests.every(({ headers }) => headers.authorization === "Bearer loopback-token"))
      })
    )

    it.scopedLive("a proxy in the environment is not used", () =>
      Effect.gen(function* () {
        const proxy = yield* Faulty.serve(Faulty.json({ content: [] }))
        const server = yield* Faulty.serve(Faulty.json({ content: [] }))
        const names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"]
        yield* Effect.acquireRelease(
          Effect.sync(() => {
            const before = names.map((name) => [name, process.env[name]] as const)
            for (const name of names) process.env[name] = proxy.baseUrl
            return before
          }),
          (before) =>
            Effect.sync(() => {
              for (const [name, value] of before) {
                if (value === undefined) delete process.env[name]
                else process.env[name] = value
              }
            })
        )
        yield* Notes.list().pipe(Effect.provide(Faulty.client(server, http)))
        assert.strictEqual(proxy.sockets.opened, 0)
      })
    )

    it.scopedLive("a wrong secret is an AuthenticationError, and the call is not sent", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(
          Faulty.json({ content: [] }),
          Faulty.json([{ errorCode: "WRONG_SECRET", message: "CANARY" }], 401)
        )
        const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.clientWithSecret(server, http)))
        assert.include(failure, { _tag: "AuthenticationError", reason: "Refused", status: 401 } as object)
        assert.lengthOf(server.requests, 0)
      })
    )

    it.live("a port where nobody listens is tried four times, even for what writes: it never left", () =>
      Effect.gen(function* () {
        const nobody = { baseUrl: `http://127.0.0.1:${yield* freePort}` }
        const policy = { ...RetryPolicy.standard, base: "1 millis" } as const
        const create = Effect.flip(Notes.create({ body: { text: "" } }))
        for (const [layer, endpoint] of [
          [Faulty.client(nobody, http, {}, policy), "notes.create"],
          [Faulty.clientWithSecret(nobody, http, policy), "authentication.exchange"]
        ] as const) {
          const failure = yield* Effect.provide(create, layer)
          assert.include(failure, { _tag: "TransportError", reason: "Refused", attempts: 4, outcome: "NotSent", endpoint } as object)
        }
      })
    )
  })
}

describe("Answers over fetch with options of the user", () => {
  it.scopedLive("a RequestInit that follows redirects does not", () =>
    Effect.gen(function* () {
      const other = yield* Faulty.serve(Faulty.json({ content: [] }))
      const server = yield* Faulty.serve(Faulty.json([], 302, { location: `${other.baseUrl}/notes` }))
      const init = Layer.succeed(FetchHttpClient.RequestInit, { redirect: "follow", headers: { "x-user": "kept" } })
      const failure = yield* Effect.flip(Notes.list()).pipe(
        Effect.provide(Faulty.client(server, FetchHttpClient.layer.pipe(Layer.provide(init)))),
        Effect.provide(init)
      )
      assert.strictEqual(failure._tag, "UnexpectedRedirect")
      assert.strictEqual(other.sockets.opened, 0)
      assert.strictEqual(server.requests[0]!.headers["x-user"], "kept")
    })
  )
})
