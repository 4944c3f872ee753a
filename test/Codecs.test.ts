import { deepStrictEqual, ok, strictEqual } from "node:assert/strict"
import { inspect } from "node:util"
import { describe, expectTypeOf, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Cause from "effect/Cause"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Codecs from "../src/Codecs.js"
import { runs } from "./support/runs.js"

const fastCheck = { numRuns: runs({ test: 200, sweep: 10_000 }) }

const decodes = <A, I>(schema: Schema.Schema<A, I>, value: unknown): boolean => Either.isRight(Schema.decodeUnknownEither(schema)(value))

const Member = Codecs.open<Member>()({ id: Codecs.id("UserId"), since: Codecs.optionalNull(Codecs.Instant) })
interface Member extends Schema.Struct.Type<(typeof Member)["fields"]> {}

const Person = Codecs.open<Person>()({
  id: Codecs.id("PersonId"),
  createdAt: Codecs.Instant,
  channel: Codecs.openEnum("SMS", "EMAIL"),
  members: Schema.Array(Member),
  address: Schema.Struct({ city: Schema.NullOr(Schema.String) })
})
interface Person extends Schema.Struct.Type<(typeof Person)["fields"]> {}

const wire = {
  id: "p1",
  createdAt: "2024-02-29T12:00:00.000Z",
  channel: "SMS",
  members: [{ id: "u1", since: null, title: "added to a member" }],
  address: { city: null, floor: { number: 3 } },
  "ppf-insurer": "added by a tenant",
  addedNext: [{ a: 1 }, null]
}

describe("open", () => {
  it("keeps keys it does not list, at every depth, on the way in and on the way out", () => {
    const person = Schema.decodeUnknownSync(Person)(wire)
    deepStrictEqual(person, { ...wire, createdAt: DateTime.unsafeMake(wire.createdAt) })
    deepStrictEqual(Schema.encodeSync(Person)(person), wire)
  })

  it("keeps them where a model is made from the fields of another and opened again, and only there", () => {
    const { address, id } = Person.fields
    const value = { id: "p1", address: wire.address, added: 1 }
    deepStrictEqual(Schema.decodeUnknownSync(Codecs.open()({ id, address }))(value), value)
    deepStrictEqual(Schema.decodeUnknownSync(Schema.Struct({ id, address }))(value), { id: "p1", address: { city: null } })
  })

  it("types what is known and nothing else", () => {
    expectTypeOf(Schema.decodeUnknownSync(Person)(wire)).toEqualTypeOf<Person>()
    expectTypeOf<Person["createdAt"]>().toEqualTypeOf<DateTime.Utc>()
    // @ts-expect-error a field no model lists is a slip of the pen
    ok((person: Person) => person.adress)
  })
})

describe("closed", () => {
  const Body = Codecs.closed()({ id: Codecs.Id, person: Codecs.optional(Member) })
  const encode = Schema.encodeUnknownEither(Body, { onExcessProperty: "error" })

  it("sends no key it does not list, and leaves the open models within it open", () => {
    ok(Either.isLeft(encode({ id: "a", ids: ["b"] })))
    deepStrictEqual(encode({ id: "a", person: { id: "u1", added: 1 } }), Either.right({ id: "a", person: { id: "u1", added: 1 } }))
  })

  it("refuses strangers inside an open model, too", () => {
    const Inner = Codecs.closed<{ readonly known: string }>()({ known: Schema.String })
    const Outer = Codecs.open<{ readonly inner: { readonly known: string } }>()({ inner: Inner })
    ok(Either.isRight(Schema.encodeUnknownEither(Outer)({ inner: { known: "a" }, stranger: 1 })))
    ok(Either.isLeft(Schema.encodeUnknownEither(Outer)({ inner: { known: "a", stranger: 1 } })))
  })
})

describe("wrapped", () => {
  it("lets callers write the plain thing and the wire have its object", () => {
    const Rows = Codecs.wrapped("rows", Schema.Array(Codecs.Instant))
    const rows = [DateTime.unsafeMake(0)]
    deepStrictEqual(Schema.encodeSync(Rows)(rows), { rows: ["1970-01-01T00:00:00.000Z"] })
    deepStrictEqual(Schema.decodeSync(Rows)({ rows: ["1970-01-01T00:00:00.000Z"] }), rows)
    ok(!decodes(Rows, ["1970-01-01T00:00:00.000Z"]))
    ok(!decodes(Rows, { rows: ["1970-01-01"] }))
  })
})

describe("File", () => {
  it("takes bytes or a stream of them, with a name and a type", () => {
    const file = { name: "letter.pdf", contentType: "application/pdf" }
    for (const content of [new Uint8Array([1]), Stream.make(new Uint8Array([1]))]) ok(Schema.is(Codecs.File)({ ...file, content }))
    for (const content of ["text", [1], null, {}, new ArrayBuffer(1)]) ok(!Schema.is(Codecs.File)({ ...file, content }))
    ok(!Schema.is(Codecs.File)({ ...file, name: "", content: new Uint8Array() }))
  })

  it("refuses a media type that would begin another header", () => {
    const file = { name: "plan.png", contentType: "image/png", content: new Uint8Array() }
    ok(Either.isRight(Schema.encodeEither(Codecs.File)(file)))
    ok(Either.isLeft(Schema.encodeEither(Codecs.File)({ ...file, contentType: "image/png\r\nX-Injected: 1" })))
  })
})

describe("optional and optionalNull", () => {
  const Model = Codecs.open()({ a: Codecs.optional(Schema.String), b: Codecs.optionalNull(Schema.String) })

  it("keep absent, null and present apart, both ways", () => {
    for (const value of [{}, { b: null }, { a: "", b: "" }]) {
      deepStrictEqual(Schema.decodeUnknownSync(Model)(value), value)
      deepStrictEqual(Schema.encodeUnknownSync(Model)(value), value)
    }
  })

  it("refuse undefined, and null where it is not listed", () => {
    ok(!decodes(Model, { a: undefined }))
    ok(!decodes(Model, { b: undefined }))
    ok(!decodes(Model, { a: null }))
  })
})

describe("openEnum", () => {
  const Channel = Codecs.openEnum("SMS", "EMAIL")

  it.prop(
    "takes any text as it is, known, added later or empty",
    [FastCheck.oneof(FastCheck.constantFrom("SMS", "EMAIL", ""), FastCheck.string())],
    ([text]) => {
      strictEqual(Schema.decodeUnknownSync(Channel)(text), text)
      strictEqual(Schema.encodeSync(Channel)(text), text)
    },
    { fastCheck }
  )

  it("refuses what is no text", () => {
    for (const value of [null, 1, true, ["SMS"], {}]) ok(!decodes(Channel, value))
  })

  it("tells the values it knows", () => {
    expectTypeOf(Channel.known).toEqualTypeOf<ReadonlyArray<"SMS" | "EMAIL">>()
    deepStrictEqual(Channel.known, ["SMS", "EMAIL"])
    expectTypeOf<"ADDED">().toExtend<typeof Channel.Type>()
  })
})

describe("ids", () => {
  it("refuse the empty text and take any other, UUID or not", () => {
    const ids: ReadonlyArray<Schema.Schema<string, string>> = [Codecs.Id, Codecs.id("PersonId") as Schema.Schema<any, string>]
    for (const schema of ids) {
      ok(!decodes(schema, ""))
      ok(!decodes(schema, 1))
      for (const id of ["1", "not-a-uuid", " ", "a/b"]) strictEqual(Schema.decodeUnknownSync(schema)(id), id)
    }
  })

  it("of one kind do not pass for another", () => {
    expectTypeOf<(typeof Person.Type)["id"]>().not.toExtend<(typeof Member.Type)["id"]>()
  })
})

describe("Instant", () => {
  it.prop(
    "is sent in UTC with milliseconds and read back as it was",
    [Arbitrary.make(Codecs.Instant)],
    ([instant]) => {
      const text = Schema.encodeSync(Codecs.Instant)(instant)
      ok(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text), text)
      deepStrictEqual(Schema.decodeSync(Codecs.Instant)(text), instant)
    },
    { fastCheck }
  )

  it("reads any zone as the same moment", () => {
    const read = Schema.decodeUnknownSync(Codecs.Instant)
    for (const text of ["2024-02-29T12:00:00Z", "2024-02-29T17:30:00.000+05:30", "2024-02-29T02:00:00.000999-1000"]) {
      deepStrictEqual(read(text), DateTime.unsafeMake("2024-02-29T12:00:00Z"), text)
    }
  })

  it("refuses what names no moment", () => {
    const none = ["2024-02-30T12:00:00Z", "2023-02-29T12:00:00Z", "2024-02-29", "2024-02-29T12:00:00", "", "yesterday", 1709208000000, null]
    for (const value of none) ok(!decodes(Codecs.Instant, value), String(value))
  })

  it("does not send a year that ISO 8601 cannot write with four digits", () => {
    for (const year of [10_000, -1]) ok(Either.isLeft(Schema.encodeEither(Codecs.Instant)(DateTime.unsafeMake({ year }))))
  })
})

describe("times kept as text", () => {
  it("LocalInstant keeps the offset it came with", () => {
    const text = "2024-02-29T12:00:00.000-05:00"
    strictEqual(Schema.encodeSync(Codecs.LocalInstant)(Schema.decodeUnknownSync(Codecs.LocalInstant)(text)), text)
  })

  it("CalendarDate takes real days only", () => {
    for (const text of ["2024-02-29", "2000-02-29", "0001-01-01"]) ok(decodes(Codecs.CalendarDate, text), text)
    for (const text of ["2024-02-30", "2023-02-29", "2024-2-9", "2024-02-29T00:00:00Z", ""]) ok(!decodes(Codecs.CalendarDate, text), text)
  })

  it("ClockTime takes real times only", () => {
    for (const text of ["00:00:00", "23:59:59", "09:30"]) ok(decodes(Codecs.ClockTime, text), text)
    for (const text of ["24:00:00", "12:60:00", "12:00:60", "9:30:00", "12:00:00Z", "12:00:00\n", ""])
      ok(!decodes(Codecs.ClockTime, text), text)
  })
})

describe("lenient", () => {
  const Page = Codecs.open<Page>()({ total: Codecs.lenient(Schema.Int), rows: Schema.Array(Schema.Int) })
  interface Page extends Schema.Struct.Type<(typeof Page)["fields"]> {}

  it("reads what fits and lets nothing else fail the whole", () => {
    const total = (value: object) => Schema.decodeUnknownSync(Page)({ rows: [], ...value }).total
    strictEqual(total({ total: 3 }), 3)
    for (const value of [{}, { total: null }, { total: "3" }, { total: 1.5 }, { total: [3] }]) strictEqual(total(value), undefined)
  })

  it("does not cover for the fields beside it", () => {
    ok(!decodes(Page, { total: 3, rows: ["3"] }))
  })
})

describe("commaSeparated", () => {
  const Channels = Codecs.commaSeparated(Codecs.openEnum("SMS", "EMAIL"))

  it.prop(
    "gives back any list whose values hold no comma",
    [
      FastCheck.array(
        FastCheck.string({ minLength: 1 }).filter((text) => !text.includes(",")),
        { minLength: 1 }
      )
    ],
    ([list]) => deepStrictEqual(Schema.decodeSync(Channels)(Schema.encodeSync(Channels)(list)), list),
    { fastCheck }
  )

  it("refuses a value that would be taken for two", () => {
    ok(Either.isLeft(Schema.encodeEither(Channels)(["SMS", "a,b"])))
    ok(Either.isLeft(Schema.encodeEither(Channels)([","])))
  })

  it("refuses an empty list, which could be taken for no filter", () => {
    ok(Either.isLeft(Schema.encodeEither(Channels)([])))
    ok(Either.isLeft(Schema.encodeEither(Codecs.repeated(Schema.String))([])))
  })

  it("encodes each value by its own schema", () => {
    const Moments = Codecs.commaSeparated(Codecs.Instant)
    const list = [DateTime.unsafeMake(0), DateTime.unsafeMake(1)]
    strictEqual(Schema.encodeSync(Moments)(list), "1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.001Z")
    deepStrictEqual(Schema.decodeSync(Moments)("1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.001Z"), list)
    ok(!decodes(Moments, "1970-01-01T00:00:00.000Z,1970-02-30T00:00:00.000Z"))
  })
})

describe("repeated", () => {
  it("gives one text for each value, commas and all", () => {
    deepStrictEqual(Schema.encodeSync(Codecs.repeated(Schema.String))(["a,b", ""]), ["a,b", ""])
  })
})

describe("extension", () => {
  const insurer = Codecs.extension(Schema.Struct({ "ppf-insurer": Schema.NullOr(Schema.NonEmptyString) }))

  it.effect("reads what a tenant added, from a record that was decoded", () =>
    Effect.gen(function* () {
      const person = yield* Schema.decodeUnknown(Person)(wire)
      deepStrictEqual(yield* insurer(person), { "ppf-insurer": "added by a tenant" })
    })
  )

  it.effect("names the place and the types of a mismatch, and no value, however it is printed", () =>
    Effect.gen(function* () {
      const value = "CANARY"
      const Deep = Codecs.extension(
        Schema.Struct({
          "ppf-plan": Schema.Struct({ tiers: Schema.Array(Schema.Union(Schema.Int, Schema.Literal("none"))) }),
          "ppf-since": Codecs.optional(Codecs.Instant),
          "ppf-code": Codecs.optional(Schema.String.pipe(Schema.pattern(/^\d+$/)))
        })
      )
      const records = [
        { "ppf-plan": value },
        { "ppf-plan": { tiers: [1, value] } },
        { "ppf-plan": { tiers: [] }, "ppf-since": value },
        { "ppf-plan": { tiers: [] }, "ppf-code": value },
        { secret: value }
      ]
      for (const record of records) {
        const exit = yield* Effect.exit(Deep(record))
        ok(Exit.isFailure(exit))
        const [error] = Cause.failures(exit.cause)
        ok(error instanceof Codecs.ExtensionMismatch)
        for (const printed of [
          String(error),
          error.message,
          error.stack ?? "",
          JSON.stringify(error),
          JSON.stringify(exit),
          inspect(error, { depth: Infinity, showHidden: true, getters: true }),
          inspect(exit, { depth: Infinity, showHidden: true, getters: true }),
          Cause.pretty(exit.cause)
        ]) {
          ok(!printed.includes(value))
        }
      }
      const error = yield* Effect.flip(Deep({ "ppf-plan": { tiers: [1, value] } }))
      strictEqual(error.places[0]?.path, "ppf-plan.tiers.1")
      deepStrictEqual(new Set(error.places.map(({ actual }) => actual)), new Set(["string"]))
      strictEqual(error.message, 'ppf-plan.tiers.1: expected number, got string; ppf-plan.tiers.1: expected "none", got string')
    })
  )
})
