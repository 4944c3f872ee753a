import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Codecs from "../src/Codecs.js"
import * as Endpoint from "../src/Endpoint.js"
import * as Pagination from "../src/Pagination.js"
import * as RetryPolicy from "../src/RetryPolicy.js"
import type * as WelkinClient from "../src/WelkinClient.js"
import type * as WelkinError from "../src/WelkinError.js"
import * as Notes from "./support/notes.js"
import * as Scripted from "./support/scripted.js"

/** Runs against a server that gives one answer, and tells what it saw. */
const run = <A, E>(
  effect: Effect.Effect<A, E, WelkinClient.WelkinClient>,
  reply: Scripted.Reply = { body: { id: "n-1", content: [] } }
) => {
  const seen: Array<Scripted.Seen> = []
  const client = Scripted.client((request) =>
    Effect.sync(() => {
      seen.push(request)
      return reply
    })
  )
  return Effect.map(Effect.provide(effect, Layer.provide(client, RetryPolicy.layer(RetryPolicy.none))), (value) => ({ value, seen }))
}

const path = { noteId: Codecs.Id }
const moment = DateTime.unsafeMake("2026-02-03T04:05:06.007Z")

const find = Notes.endpoint.get("notes.find", "/{tenant}/{instance}/notes/{noteId}/find", {
  path,
  query: {
    text: Schema.optional(Schema.String),
    starred: Schema.optional(Schema.Boolean),
    count: Schema.optional(Schema.Int),
    since: Schema.optional(Codecs.Instant),
    tags: Schema.optional(Codecs.commaSeparated(Schema.String)),
    ids: Schema.optional(Codecs.repeated(Schema.String)),
    "sort[by]": Schema.optional(Schema.String)
  },
  success: Schema.Unknown
})

const queryOf = (input: Omit<Parameters<typeof find>[0], "noteId">) =>
  Effect.map(run(find({ noteId: "n-1", ...input })), ({ seen }) => seen[0]!.url.search)

const refusalOf = <A>(call: Effect.Effect<A, WelkinError.WelkinError, WelkinClient.WelkinClient>) =>
  Effect.map(run(Effect.flip(call)), ({ seen, value }) => {
    assert.lengthOf(seen, 0)
    assert.strictEqual(value._tag, "EncodeError")
    assert.strictEqual(value.attempts, 0)
    return value as WelkinError.EncodeError
  })

describe("Endpoint: the path", () => {
  it.effect("is the template with each value in a segment of its own", () =>
    Effect.gen(function* () {
      for (const noteId of ["n-1", "a/b", "../admin", "%2e%2e", "?x=1#y", "a b\\c", "Grüße 🙂", "\r\n", "x".repeat(10_000)]) {
        const { seen } = yield* run(Notes.get({ noteId }))
        assert.strictEqual(seen[0]!.url.origin, "https://welkin.example")
        assert.deepEqual(seen[0]!.url.pathname.split("/").map(decodeURIComponent), ["", "acme", "demo", "notes", noteId])
        assert.strictEqual(seen[0]!.url.search + seen[0]!.url.hash, "")
      }
    })
  )

  for (const noteId of ["", ".", "..", "CANARY\ud800"]) {
    it.effect(`${JSON.stringify(noteId)} is refused before anything is sent`, () =>
      Effect.gen(function* () {
        const error = yield* refusalOf(Notes.get({ noteId }))
        assert.deepEqual(
          error.places.map(({ path }) => path),
          ["noteId"]
        )
        assert.notInclude(String(error), "CANARY")
        assert.isUndefined(error.outcome)
        assert.strictEqual((yield* refusalOf(Notes.remove({ noteId }))).outcome, "NotSent")
        assert.strictEqual((yield* refusalOf(Stream.runDrain(Notes.file({ noteId })))).endpoint, "notes.file")
      })
    )
  }

  it.effect("cannot be told to go to another tenant or instance", () =>
    Effect.gen(function* () {
      const error = yield* refusalOf(Notes.get({ noteId: "n-1", tenant: "other", instance: "other" } as never))
      assert.sameMembers(
        error.places.map(({ path }) => path),
        ["tenant", "instance"]
      )
    })
  )
})

describe("Endpoint: the query", () => {
  it.effect("writes booleans, numbers and instants as text, and joins or repeats lists as declared", () =>
    Effect.gen(function* () {
      assert.strictEqual(
        yield* queryOf({ starred: false, count: 0, since: moment }),
        "?starred=false&count=0&since=2026-02-03T04%3A05%3A06.007Z"
      )
      assert.strictEqual(yield* queryOf({ tags: ["a", "b c"], ids: ["1", "2"] }), "?tags=a%2Cb%20c&ids=1&ids=2")
      assert.strictEqual(yield* queryOf({ "sort[by]": "a" }), "?sort%5Bby%5D=a")
    })
  )

  it.effect("leaves out what is undefined and keeps what is empty", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* queryOf({}), "")
      assert.strictEqual(yield* queryOf({ text: undefined, count: undefined, ids: undefined }), "")
      assert.strictEqual(yield* queryOf({ text: "" }), "?text=")
    })
  )

  it.effect.prop(
    "is read back as it was written, whatever the text",
    [FastCheck.fullUnicodeString(), FastCheck.array(FastCheck.fullUnicodeString(), { minLength: 1, maxLength: 4 })],
    ([text, ids]) =>
      Effect.gen(function* () {
        const search = new URLSearchParams(yield* queryOf({ text, ids }))
        assert.strictEqual(search.get("text"), text)
        assert.deepEqual(search.getAll("ids"), ids)
        assert.sameMembers([...new Set(search.keys())], ["text", "ids"])
      })
  )

  for (const [name, input, places] of [
    ["a parameter that the route does not have", { nope: "CANARY" }, ["nope"]],
    ["a body where none is due", { body: { a: "CANARY" } }, ["body"]],
    ["a value of another type", { count: "CANARY", starred: "CANARY" }, ["count", "starred"]],
    ["a fraction for a whole number", { count: 1.5 }, ["count"]],
    ["a moment that cannot be written", { since: DateTime.unsafeMake(8.64e15) }, ["since"]],
    ["a comma in a list that is joined with commas", { tags: ["CANARY,b"] }, ["tags"]],
    ["a lone surrogate", { text: "CANARY\ud800" }, ["text"]],
    ["a lone surrogate in a list", { ids: ["a", "CANARY\udfff"] }, ["ids"]],
    ["an empty list, which would be no parameter at all", { tags: [], ids: [] }, ["tags", "ids"]],
    ["null", { text: null }, ["text"]]
  ] as const) {
    it.effect(`${name} is refused before anything is sent, without its value`, () =>
      Effect.gen(function* () {
        const error = yield* refusalOf(find({ noteId: "n-1", ...input } as never))
        assert.sameMembers([...new Set(error.places.map(({ path }) => path))], [...places])
        assert.notInclude(String(error) + JSON.stringify(error), "CANARY")
      })
    )
  }

  it.effect("a parameter is refused on a route that has none at all, even one named like a method of objects", () =>
    Effect.gen(function* () {
      const none = Notes.endpoint.get("notes.none", "/{tenant}/{instance}/none", {})
      for (const name of ["nope", "toString", "constructor"]) yield* refusalOf(none({ [name]: "CANARY" } as never))
    })
  )

  it.effect("what must hold between parameters is checked once each is accepted", () =>
    Effect.gen(function* () {
      const between = Notes.endpoint.get("notes.between", "/{tenant}/{instance}/between", {
        query: { from: Schema.optional(Schema.Int), to: Schema.optional(Schema.Int) },
        check: ({ from = 0, to = 0 }) => (from <= to ? [] : [{ path: "to", expected: "no less than from", actual: "number" }])
      })
      yield* run(between({ from: 1, to: 2 }))
      assert.deepEqual((yield* refusalOf(between({ from: 2, to: 1 }))).places, [
        { path: "to", expected: "no less than from", actual: "number" }
      ])
      assert.strictEqual((yield* refusalOf(between({ from: "x" } as never))).places[0]!.path, "from")
    })
  )
})

const send = Notes.endpoint.put("notes.send", "/{tenant}/{instance}/notes/{noteId}", { path, body: Notes.Note })
const anything = Notes.endpoint.post("notes.anything", "/{tenant}/{instance}/anything", { body: Codecs.Json })
const form = Notes.endpoint.post("notes.form", "/{tenant}/{instance}/form", {
  body: Schema.Struct({ name: Schema.String, age: Schema.optional(Schema.Int), tags: Schema.optional(Schema.Array(Schema.String)) }),
  bodyType: "form"
})

describe("Endpoint: the body", () => {
  it.effect("is JSON, encoded by its schema, with the unknown fields of an open model", () =>
    Effect.gen(function* () {
      const note = { id: "n-1", writtenAt: moment, text: null, "ppf-color": { a: [1] } } as never
      const { seen } = yield* run(send({ noteId: "n-1", body: note }))
      assert.strictEqual(seen[0]!.headers["content-type"], "application/json")
      assert.deepEqual(JSON.parse(seen[0]!.body), {
        id: "n-1",
        writtenAt: "2026-02-03T04:05:06.007Z",
        text: null,
        "ppf-color": { a: [1] }
      })
    })
  )

  it.effect("is JSON for any value that JSON has", () =>
    Effect.gen(function* () {
      for (const body of [null, 0, "", "\ud800", [], {}, true]) {
        const { seen } = yield* run(anything({ body }))
        assert.deepEqual(JSON.parse(seen[0]!.body), body)
      }
    })
  )

  it.effect("is refused where JSON has no such value", () =>
    Effect.gen(function* () {
      const circle: { self?: unknown; name: string } = { name: "CANARY" }
      circle.self = circle
      for (const body of [circle, { n: 1n }, undefined, () => "CANARY"]) {
        const error = yield* refusalOf(anything({ body }))
        assert.deepInclude(error.places[0], { path: "body", expected: "JSON" })
        assert.strictEqual(error.outcome, "NotSent")
        assert.notInclude(String(error) + JSON.stringify(error), "CANARY")
      }
    })
  )

  it.effect("is a form where the route wants one", () =>
    Effect.gen(function* () {
      const { seen } = yield* run(form({ body: { name: "a&b=c+d é 🙂", age: undefined, tags: ["x", "y"] } }))
      assert.strictEqual(seen[0]!.headers["content-type"], "application/x-www-form-urlencoded")
      assert.deepEqual(
        [...new URLSearchParams(seen[0]!.body)],
        [
          ["name", "a&b=c+d é 🙂"],
          ["tags", "x"],
          ["tags", "y"]
        ]
      )
      assert.strictEqual((yield* refusalOf(form({ body: { name: "CANARY\ud800" } }))).places[0]!.path, "body.name")
    })
  )

  for (const [name, call, places] of [
    ["an unknown key", Notes.create({ body: { text: "", CANARYkey: 1 } as never }), ["body.CANARYkey"]],
    ["a value of another type", Notes.create({ body: { text: { CANARY: 1 } } as never }), ["body.text"]],
    ["no body", Notes.create({} as never), ["body"]],
    ["no input", (Notes.create as unknown as () => ReturnType<typeof Notes.create>)(), ["body"]],
    [
      "an empty file name",
      Notes.upload({ noteId: "n-1", body: { files: [{ name: "", contentType: "a/b", content: new Uint8Array() }] } }),
      ["body.files.0.name"]
    ],
    [
      "a line break in a content type",
      Notes.upload({ noteId: "n-1", body: { files: [{ name: "a", contentType: "a/b\r\nX-CANARY: 1", content: new Uint8Array() }] } }),
      ["body.files.0.contentType"]
    ]
  ] as const) {
    it.effect(`${name} is refused before anything is sent`, () =>
      Effect.gen(function* () {
        const error = yield* refusalOf(call as Effect.Effect<unknown, WelkinError.WelkinError, WelkinClient.WelkinClient>)
        assert.deepEqual(
          error.places.map(({ path }) => path),
          [...places]
        )
        assert.strictEqual(error.outcome, "NotSent")
        assert.notInclude(String(error).replace("CANARYkey", ""), "CANARY")
      })
    )
  }

  it.effect("is multipart where it holds files", () =>
    Effect.gen(function* () {
      const content = Stream.make(new TextEncoder().encode("from a stream"))
      const { seen } = yield* run(
        Notes.upload({ noteId: "n-1", body: { public: true, files: [{ name: "a.txt", contentType: "text/plain", content }] } })
      )
      assert.match(seen[0]!.headers["content-type"]!, /^multipart\/form-data; boundary=/)
      assert.include(seen[0]!.body, "from a stream")
      assert.notInclude(seen[0]!.body, "undefined")
    })
  )
})

const big = '{"id":"n-1","stars":3,"writtenAt":"2026-02-03T04:05:06.007123Z","long":12345678901234567890,"a":{"__proto__":1}}'

describe("Endpoint: the answer", () => {
  it.effect("is decoded by its schema, and keeps what the schema does not know", () =>
    Effect.gen(function* () {
      const { value } = yield* run(Notes.get({ noteId: "n-1" }), { body: big })
      assert.isTrue(DateTime.isUtc(value.writtenAt!))
      assert.strictEqual((value as unknown as { long: number }).long, Number("12345678901234567890"))
    })
  )

  it.effect("comes with status, headers and attempts", () =>
    Effect.gen(function* () {
      const { value } = yield* run(Endpoint.withResponse(Notes.get)({ noteId: "n-1" }), {
        body: big,
        status: 203,
        headers: { "X-Kind": "note" }
      })
      assert.deepInclude(value, { status: 203, attempts: 1, waitedMillis: 0 })
      assert.strictEqual(value.headers["x-kind"], "note")
      assert.strictEqual(value.value.id, "n-1")
    })
  )

  it.effect("is had raw, as text, and with its source", () =>
    Effect.gen(function* () {
      assert.deepEqual((yield* run(Endpoint.raw(Notes.get)({ noteId: "n-1" }), { body: big })).value, JSON.parse(big))
      assert.strictEqual((yield* run(Endpoint.text(Notes.get)({ noteId: "n-1" }), { body: `\n ${big} ` })).value, `\n ${big} `)
      const other = Endpoint.source(Notes.get, Schema.Struct({ stars: Schema.Number }))
      const { value } = yield* run(other({ noteId: "n-1" }), { body: big })
      assert.deepEqual(value, { value: { stars: 3 }, text: big })
      const response = yield* run(Endpoint.withResponse(other)({ noteId: "n-1" }), { body: big })
      assert.deepEqual(response.value.value, { value: { stars: 3 }, text: big })
      assert.strictEqual(other.descriptor, Notes.get.descriptor)
    })
  )

  it.effect("raw, text and source refuse what is no answer, as the endpoint does", () =>
    Effect.gen(function* () {
      const source = Endpoint.source(Notes.get, Schema.Struct({ stars: Schema.Number }))
      for (const [body, reason] of [
        ["<html>", "Html"],
        ["", "Empty"],
        ["{", "Syntax"],
        ['[{"errorCode":"A_B","message":"CANARY"}]', "Envelope"]
      ] as const) {
        for (const call of [Notes.get, Endpoint.raw(Notes.get), Endpoint.text(Notes.get), source, Endpoint.withResponse(Notes.get)]) {
          const { value } = yield* run(
            Effect.flip(
              Effect.asVoid(call({ noteId: "n-1" }) as Effect.Effect<unknown, WelkinError.WelkinError, WelkinClient.WelkinClient>)
            ),
            { body }
          )
          assert.deepInclude(value, { _tag: "DecodeError", reason })
        }
      }
      const { value } = yield* run(Effect.flip(source({ noteId: "n-1" })), { body: '{"stars":"CANARY"}' })
      assert.deepInclude(value, {
        _tag: "DecodeError",
        reason: "Schema",
        places: [{ path: "stars", expected: "number", actual: "string" }]
      })
    })
  )

  it.effect("is empty where nothing is due, whatever came", () =>
    Effect.gen(function* () {
      for (const reply of [{ status: 204 }, { body: "" }, { body: "gone" }, { body: { a: 1 } }]) {
        assert.isUndefined((yield* run(Notes.remove({ noteId: "n-1" }), reply)).value)
      }
    })
  )

  it.effect("is bytes where a file is due, asked for with no type in mind", () =>
    Effect.gen(function* () {
      const { seen, value } = yield* run(Stream.runCollect(Notes.file({ noteId: "n-1" })), {
        body: "bytes",
        headers: { "content-type": "image/png" }
      })
      assert.strictEqual(Buffer.concat(Chunk.toReadonlyArray(value)).toString(), "bytes")
      assert.strictEqual(seen[0]!.headers.accept, "*/*")
    })
  )

  it.effect("a file that is not there is an error and no bytes", () =>
    Effect.gen(function* () {
      const { value } = yield* run(Effect.flip(Stream.runCollect(Notes.file({ noteId: "n-1" }))), { status: 404, body: "CANARY" })
      assert.strictEqual(value._tag, "NotFound")
    })
  )
})

describe("Endpoint: the descriptor", () => {
  it("tells every fact", () => {
    assert.deepInclude(Notes.list.descriptor, {
      id: "notes.list",
      generation: "v8",
      method: "GET",
      path: "/{tenant}/{instance}/notes",
      safe: true,
      auth: true,
      paging: "spring",
      body: undefined,
      bodyType: undefined,
      answer: "json"
    })
    assert.deepEqual(Object.keys(Notes.list.descriptor.query), ["page", "size", "sort", "author"])
    assert.deepInclude(Notes.create.descriptor, { method: "POST", safe: false, paging: "none", bodyType: "json" })
    assert.deepInclude(Notes.remove.descriptor, { method: "DELETE", safe: false, success: undefined, answer: "empty" })
    assert.deepInclude(Notes.upload.descriptor, { bodyType: "multipart" })
    assert.deepInclude(Notes.file.descriptor, { method: "GET", safe: true, success: undefined, answer: "bytes" })
    assert.deepEqual(Object.keys(Notes.get.descriptor.pathFields), ["noteId"])
  })

  it("finds the paging of a page that sits one level down, and none elsewhere", () => {
    const nested = Notes.endpoint.get("notes.nested", "/n", { success: Schema.Struct({ data: Pagination.springPage(Notes.Note) }) })
    const plain = Notes.endpoint.get("notes.plain", "/n", {
      success: Schema.Struct({ data: Schema.Struct({ content: Schema.Array(Notes.Note) }) })
    })
    assert.deepEqual([nested.descriptor.paging, plain.descriptor.paging], ["spring", "none"])
  })

  it("a POST that only reads says so", () => {
    const search = Notes.endpoint.post("notes.search", "/n", { safe: true, body: Codecs.JsonObject, success: Schema.Unknown })
    assert.isTrue(search.descriptor.safe)
  })

  it("is what makes an endpoint, and nothing else", () => {
    for (const one of [Notes.get, Notes.file, Endpoint.source(Notes.get, Schema.Unknown)]) assert.isTrue(Endpoint.isEndpoint(one))
    for (const one of [
      undefined,
      null,
      {},
      Notes.Note,
      () => Effect.void,
      { descriptor: Notes.get.descriptor },
      Object.assign(() => {}, { descriptor: {} })
    ]) {
      assert.isFalse(Endpoint.isEndpoint(one))
    }
  })

  it("is listed once for each endpoint of a module, nested ones too, and in circles", () => {
    const circle: Record<string, unknown> = { again: Notes.get, deeper: { file: Notes.file }, Note: Notes.Note, many: [Notes.list] }
    circle.self = circle
    assert.deepEqual(
      Endpoint.listOf({ ...Notes, circle }).map(({ id }) => id),
      ["notes.get", "notes.list", "notes.create", "notes.remove", "notes.upload", "notes.file"]
    )
  })
})
