import { deepStrictEqual, strictEqual } from "node:assert/strict"
import { afterEach, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import * as Codecs from "../../src/Codecs.js"
import { compile } from "../../src/internal/decoder.js"
import { Quick, refuse } from "../../src/internal/quick.js"
import { type AnySchema, agree, encoded, encodedAndMutated, withoutProto } from "../support/decoders.js"
import { json } from "../support/json.js"
import { runs } from "../support/runs.js"

// Properties never wait, and a long run that gives no turn to the event loop looks dead to Vitest.
afterEach(() => new Promise<void>((resolve) => setImmediate(resolve)))

const fastCheck = { numRuns: runs({ test: 200, sweep: 10_000 }) }

const AnyJson = Schema.Unknown.annotations({ arbitrary: () => () => json })
const UserId = Codecs.id("UserId")
const Channel = Codecs.openEnum("SMS", "EMAIL")

const Member = Codecs.open()({ id: UserId, primary: Schema.Boolean, since: Codecs.optionalNull(Codecs.Instant) })
const Closed = Schema.Struct({ id: UserId, at: Codecs.Instant })
const Person = Codecs.open()({
  id: Codecs.id("PersonId"),
  createdAt: Codecs.Instant,
  birthDate: Schema.NullOr(Codecs.Instant),
  channel: Channel,
  channels: Codecs.optional(Schema.Array(Channel)),
  members: Schema.NullOr(Schema.Array(Member)),
  lead: Codecs.optionalNull(Member),
  total: Codecs.lenient(Schema.Int),
  details: Schema.Record({ key: Schema.String, value: AnyJson }),
  extra: AnyJson
})

interface Tree {
  readonly at: DateTime.Utc
  readonly children: ReadonlyArray<Tree>
}
interface TreeEncoded {
  readonly at: string
  readonly children: ReadonlyArray<TreeEncoded>
}
const Tree: Schema.Schema<Tree, TreeEncoded> = Schema.Struct({
  at: Codecs.Instant,
  children: Schema.Array(Schema.suspend((): Schema.Schema<Tree, TreeEncoded> => Tree))
}).annotations({ identifier: "Tree" })

enum Level {
  Low = 1,
  High = "high"
}

/** Every kind of node, each model for one kind of trouble. */
const models: Record<string, AnySchema> = {
  "an open model": Person,
  "a closed model": Schema.Struct(Person.fields),
  "a closed model in an open one": Codecs.open()({ inner: Schema.Struct({ member: Member, note: Schema.String }) }),
  "an open model in a closed one": Schema.Struct({ inner: Member, note: Schema.NullOr(Schema.String) }),
  "a closed model that says so in an open one": Codecs.open()({
    inner: Schema.Struct({ id: UserId }).annotations({ parseOptions: { onExcessProperty: "ignore" } })
  }),
  "a closed model both in an open one and in a closed one": Schema.Struct({
    open: Codecs.open()({ member: Closed }),
    closed: Closed
  }),
  "a model without excess keys": Schema.Struct({ id: UserId, inner: Schema.Struct({ at: Codecs.Instant }) }).annotations({
    parseOptions: { onExcessProperty: "error" }
  }),
  "a model that tells missing from undefined": Schema.Struct({ a: Schema.UndefinedOr(Schema.Int), b: AnyJson }).annotations({
    parseOptions: { exact: true }
  }),
  "a page of models": Codecs.open()({ content: Schema.Array(Person), last: Schema.Boolean, totalElements: Schema.Int }),
  "fields named as every object's members are": Codecs.open()({
    constructor: Codecs.optionalNull(Schema.String),
    toString: AnyJson,
    valueOf: Codecs.optional(Codecs.Instant)
  }),
  "a model of no fields": Schema.Struct({}),
  "a record": Schema.Record({ key: Schema.String, value: Member }),
  "a record of instants": Schema.Record({ key: Schema.String, value: Codecs.Instant }),
  "a record of some keys": Schema.Record({ key: Schema.String.pipe(Schema.minLength(3)), value: Codecs.Instant }),
  "an open record of some keys": Schema.Record({
    key: Schema.TemplateLiteral("ppf-", Schema.String),
    value: Codecs.Instant
  }).annotations({ parseOptions: { onExcessProperty: "preserve" } }),
  "a record without other keys": Schema.Record({
    key: Schema.TemplateLiteral("ppf-", Schema.String),
    value: Schema.NullOr(Schema.Int)
  }).annotations({ parseOptions: { onExcessProperty: "error" } }),
  "fields and a record": Schema.Struct({ id: Schema.String }, Schema.Record({ key: Schema.String, value: Schema.String })),
  "a list": Schema.Array(Schema.NullOr(Codecs.Instant)),
  "a list of at least one": Schema.NonEmptyArray(Member),
  "a list in a list": Schema.Array(Schema.Array(Codecs.Instant)),
  "a pair": Schema.Tuple(Codecs.Instant, Schema.Int),
  "a pair of which one may be missing": Schema.Tuple(Codecs.Instant, Schema.optionalElement(Member)),
  "a list with a head": Schema.Tuple([Schema.Int], Codecs.Instant),
  "a list with a head and a tail": Schema.Tuple([Schema.Int], Codecs.Instant, Schema.String, Schema.Boolean),
  "a list with two members at most": Schema.Array(Member).pipe(Schema.maxItems(2)),
  "a model with a rule": Member.pipe(Schema.filter((member: any) => member.primary || !member.id.startsWith("a"))),
  "a branded number": Schema.Int.pipe(Schema.between(0, 9), Schema.brand("Digit")),
  literals: Schema.Struct({ kind: Schema.Literal("a", "b", 3, true, null), one: Schema.Literal("x") }),
  "an enum": Schema.Array(Schema.Enums(Level)),
  "a template": Schema.Array(Schema.TemplateLiteral("v", Schema.Number, ".", Schema.String)),
  "an object": Schema.Struct({ of: Schema.Object.annotations({ arbitrary: () => (fc) => fc.constant({ a: [1] }) }) }),
  "a text or a number": Schema.Array(Schema.Union(Schema.String, Schema.Int)),
  "an instant or another text": Schema.Array(Schema.Union(Codecs.Instant, Channel)),
  "another text before an instant": Schema.Array(Schema.Union(Schema.String, Codecs.Instant)),
  "a model, a text or nothing": Schema.Array(Schema.Union(Schema.NonEmptyString, Member, Schema.Null)),
  "a model with a literal, or a text": Schema.Array(
    Schema.Union(Schema.String, Schema.Struct({ kind: Schema.Literal("a"), at: Codecs.Instant }))
  ),
  "a list or one": Schema.Union(Schema.Array(Codecs.Instant), Codecs.Instant),
  "one of two models": Schema.Array(
    Schema.Union(Codecs.open()({ at: Codecs.Instant, count: Schema.Int }), Codecs.open()({ at: Schema.String }))
  ),
  "one of two models in an open one": Codecs.open()({
    one: Schema.Union(Schema.Struct({ at: Codecs.Instant, count: Schema.Int }), Schema.Struct({ at: Schema.Int }))
  }),
  "a model or anything": Schema.Array(Schema.Union(Schema.Struct({ at: Codecs.Instant, count: Schema.Int }), AnyJson)),
  "models told apart by a literal": Schema.Array(
    Schema.Union(
      Schema.Struct({ kind: Schema.Literal("a"), at: Codecs.Instant }),
      Schema.Struct({ kind: Schema.Literal("b"), at: Schema.NullOr(Schema.Int) })
    )
  ),
  "a tree": Tree,
  "an open tree": Codecs.open()({ root: Tree }),
  "lenient fields": Codecs.open()({ total: Codecs.lenient(Schema.Int), list: Codecs.lenient(Schema.Array(Schema.Int)) }),
  "a default": Schema.Struct({ count: Schema.optionalWith(Schema.Int, { default: () => 7 }), at: Codecs.Instant }),
  "an option": Codecs.open()({ at: Schema.optionalWith(Codecs.Instant, { as: "Option", nullable: true }) }),
  "a renamed field": Schema.Struct({ at: Schema.propertySignature(Codecs.Instant).pipe(Schema.fromKey("last_at")) }),
  "a transformation without a shortcut": Codecs.open()({ count: Schema.NumberFromString.pipe(Schema.int()), inner: Member }),
  "a fallback where decoding fails": Codecs.open()({
    count: Schema.Int.annotations({ decodingFallback: () => Either.right(0) }),
    member: Schema.NullOr(Schema.Int.annotations({ decodingFallback: () => Either.right(1) }))
  })
}

/** Models that encode two values to the same JSON, so that a value is not always given back. */
const ambiguous = new Set([
  "a model that tells missing from undefined",
  "another text before an instant",
  "a fallback where decoding fails"
])

describe.each(Object.entries(models))("%s", (name, schema) => {
  const compiled = compile(schema)

  it.prop("decodes as the ordinary decoder does", [encoded(schema)], ([text]) => agree(schema, text, compiled), { fastCheck })

  it.prop(
    "decodes or refuses as the ordinary decoder does, whatever went wrong",
    [encodedAndMutated(schema)],
    ([text]) => agree(schema, text, compiled),
    { fastCheck }
  )

  if (ambiguous.has(name)) return
  it.prop(
    "gives back what was encoded",
    [Arbitrary.make(schema)],
    ([value]) => {
      const decoded = compiled(JSON.parse(JSON.stringify(Schema.encodeSync(schema)(value))))
      deepStrictEqual(withoutProto(decoded), withoutProto(value))
    },
    { fastCheck }
  )
})

const parseOptions = FastCheck.constantFrom<Array<AST.ParseOptions>>(
  { onExcessProperty: "preserve" },
  { onExcessProperty: "ignore" },
  { onExcessProperty: "error" },
  { exact: true }
)

const leaves = FastCheck.constantFrom<Array<AnySchema>>(
  Schema.String,
  Schema.Number,
  Schema.Boolean,
  Schema.Null,
  AnyJson,
  Schema.Literal("a", 1),
  Schema.NonEmptyString,
  UserId,
  Channel,
  Codecs.Instant,
  Codecs.CalendarDate.annotations({ arbitrary: () => (fc) => fc.constant("2024-02-29" as Codecs.CalendarDate) }),
  Codecs.lenient(Schema.Int),
  Schema.Enums(Level),
  Schema.TemplateLiteral("v", Schema.Number),
  Schema.Object.annotations({ arbitrary: () => (fc) => fc.constant({}) }),
  Schema.NumberFromString,
  Schema.Int.annotations({ decodingFallback: () => Either.right(0) }),
  Tree
)

/** Schemas nobody would write, to find what the models above forgot. */
const { schema: schemas } = FastCheck.letrec<{ schema: AnySchema }>((tie) => {
  const schema = tie("schema")
  const field = FastCheck.oneof(
    schema,
    schema.map(Codecs.optional),
    schema.map((one) => Schema.optional(one)),
    schema.map((one) => Schema.optionalWith(one, { as: "Option" }))
  )
  const fields = FastCheck.dictionary(FastCheck.constantFrom("id", "kind", "at", "of"), field as FastCheck.Arbitrary<AnySchema>, {
    noNullPrototype: true
  })
  const key = FastCheck.constantFrom(Schema.String, Schema.NonEmptyString, Schema.TemplateLiteral("k", Schema.String))
  return {
    schema: FastCheck.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaves,
      fields.map((one) => Codecs.open()(one)),
      fields.map((one) => Schema.Struct(one)),
      FastCheck.tuple(schema, parseOptions).map(([one, options]) => one.annotations({ parseOptions: options })),
      schema.map((one) => Schema.NullOr(one)),
      FastCheck.tuple(schema, schema).map(([one, other]) => Schema.Union(one, other)),
      FastCheck.tuple(leaves, leaves, schema).map((members) => Schema.Union(...members)),
      schema.map((one) => Schema.Array(one)),
      schema.map((one) => Schema.Array(one).pipe(Schema.maxItems(3))),
      FastCheck.tuple(schema, schema).map(([one, other]) => Schema.Tuple(one, Schema.optionalElement(other))),
      FastCheck.tuple(schema, schema, schema).map(([one, rest, last]) => Schema.Tuple([one], rest, last)),
      FastCheck.tuple(key, schema).map(([of, value]) => Schema.Record({ key: of as typeof Schema.String, value })),
      schema.map((one) => Schema.suspend(() => one))
    )
  }
})

const schemaAnd = (texts: (schema: AnySchema) => FastCheck.Arbitrary<string>) =>
  schemas.chain((schema) =>
    texts(schema).map((text) => ({ schema, text, [FastCheck.toStringMethod]: () => `${schema} ${JSON.stringify(schema.ast)} ${text}` }))
  )

describe("any schema", () => {
  it.prop("decodes as the ordinary decoder does", [schemaAnd(encoded)], ([{ schema, text }]) => agree(schema, text), { fastCheck })

  it.prop(
    "decodes or refuses as the ordinary decoder does, whatever went wrong",
    [schemaAnd(encodedAndMutated)],
    ([{ schema, text }]) => agree(schema, text),
    { fastCheck }
  )
})

const frozen = (value: any): any => {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}

const at = "2024-02-29T12:00:00.000Z"
const instant = DateTime.unsafeMake(at)

describe("in place", () => {
  it("gives back the very object, list and record it was given", () => {
    const value = JSON.parse(`{"inner":{"list":[{"at":"${at}"}],"map":{"a":"${at}"}}}`)
    const { inner } = value
    const { list, map } = inner
    const Model = Codecs.open()({
      inner: Schema.Struct({
        list: Schema.Array(Schema.Struct({ at: Codecs.Instant })),
        map: Schema.Record({ key: Schema.String, value: Codecs.Instant })
      })
    })
    const decoded: any = compile(Model)(value)
    strictEqual(decoded, value)
    strictEqual(decoded.inner, inner)
    strictEqual(decoded.inner.list, list)
    strictEqual(decoded.inner.map, map)
    deepStrictEqual(decoded, { inner: { list: [{ at: instant }], map: { a: instant } } })
  })

  it("gives back the very object where the other members of a union take none", () => {
    const Model = Schema.Union(
      Schema.NonEmptyString,
      Schema.Union(Schema.Enums(Level), Schema.TemplateLiteral("v", Schema.Number)),
      Schema.Struct({ at: Codecs.Instant }),
      Schema.Null
    )
    const value = { at }
    strictEqual(compile(Model)(value), value)
    deepStrictEqual(value, { at: instant })
  })

  it("takes the shortcut of a transformation that has one", () => {
    const Shouted = Schema.transform(Schema.String, Schema.String, {
      strict: true,
      decode: () => {
        throw new Error("the long way")
      },
      encode: (text) => text
    }).annotations({ [Quick]: (value: unknown) => (typeof value === "string" ? value.toUpperCase() : refuse) })
    deepStrictEqual(compile(Schema.Array(Shouted))(["a"]), ["A"])
    const orWhatever = compile(Schema.Union(Schema.Struct({ all: Schema.Array(Shouted) }), Schema.Unknown))
    deepStrictEqual(orWhatever({ all: ["a"] }), { all: ["A"] })
    const other = { all: ["a", 1] }
    strictEqual(orWhatever(other), other)
    deepStrictEqual(other, { all: ["a", 1] })
    strictEqual(compile(Schema.Array(Shouted))([1]), refuse)
  })

  it("writes nothing where nothing is transformed", () => {
    const Model = Codecs.open()({ id: UserId, list: Schema.Array(Schema.NullOr(Schema.String)), map: Codecs.JsonObject })
    const value = frozen({ id: "u1", list: ["a", null], map: { a: { b: 1 } }, added: { c: [1] } })
    strictEqual(compile(Model)(value), value)
  })

  it("keeps keys that are not listed in nested models, and strips them where no openness is in force", () => {
    const Inner = Schema.Struct({ id: UserId })
    const text = `{"inner":{"id":"u1","added":1},"added":2}`
    deepStrictEqual(compile(Codecs.open()({ inner: Inner }))(JSON.parse(text)), JSON.parse(text))
    deepStrictEqual(compile(Schema.Struct({ inner: Inner }))(JSON.parse(text)), { inner: { id: "u1" } })
    deepStrictEqual(compile(Schema.Struct({ inner: Codecs.open()({ id: UserId }) }))(JSON.parse(text)), { inner: { id: "u1", added: 1 } })
  })

  it("sets a missing field that undefined satisfies, as the ordinary decoder does", () => {
    deepStrictEqual(compile(Codecs.open()({ a: Schema.Unknown }))({}), { a: undefined })
    deepStrictEqual(Object.keys(compile(Codecs.open()({ a: Codecs.optional(Schema.Unknown) }))({}) as object), [])
  })
})

describe("a __proto__ key", () => {
  const own = (value: unknown): unknown => Object.getOwnPropertyDescriptor(value, "__proto__")?.value

  it("stays an own property of an open model", () => {
    const decoded = compile(Codecs.open()({ at: Codecs.Instant }))(JSON.parse(`{"at":"${at}","__proto__":{"admin":true}}`))
    deepStrictEqual(own(decoded), { admin: true })
    strictEqual(Object.getPrototypeOf(decoded), Object.prototype)
    strictEqual((decoded as any).admin, undefined)
  })

  it("is decoded like any other key of a record, and reaches no prototype", () => {
    const decoded = compile(Schema.Record({ key: Schema.String, value: Schema.Struct({ at: Codecs.Instant }) }))(
      JSON.parse(`{"a":{"at":"${at}"},"__proto__":{"at":"${at}"}}`)
    )
    deepStrictEqual(own(decoded), { at: instant })
    strictEqual(Object.getPrototypeOf(decoded), Object.prototype)
    strictEqual(({} as any).at, undefined)
  })

  it("is stripped where excess keys are", () => {
    const decoded = compile(Schema.Struct({ at: Codecs.Instant }))(JSON.parse(`{"at":"${at}","__proto__":{"admin":true}}`))
    strictEqual(own(decoded), undefined)
    strictEqual(Object.getPrototypeOf(decoded), Object.prototype)
  })
})

describe("where closures do not do", () => {
  it("a member of a union that failed half-way has not touched the value for the next one", () => {
    const Dated = Schema.Struct({ at: Codecs.Instant, count: Schema.Int })
    const firsts: ReadonlyArray<AnySchema> = [Dated, Schema.NullOr(Dated), Dated.pipe(Schema.filter(() => true))]
    const nexts: ReadonlyArray<AnySchema> = [
      Schema.Unknown,
      Schema.Object,
      Schema.Struct({ at: Schema.String, count: Schema.String }),
      Schema.String.annotations({ decodingFallback: (issue) => Either.right(issue.actual as string) })
    ]
    for (const first of firsts) {
      for (const next of nexts) deepStrictEqual(compile(Schema.Union(first, next))({ at, count: "none" }), { at, count: "none" })
    }
  })

  it.effect("refuses what only an asynchronous transformation decodes, which the ordinary decoder then does", () =>
    Effect.gen(function* () {
      const Later = Schema.transformOrFail(Schema.String, Schema.String, {
        strict: true,
        decode: (text) => Effect.promise(() => Promise.resolve(text)),
        encode: (text) => Effect.succeed(text)
      })
      const Model = Codecs.open()({ at: Codecs.Instant, later: Later })
      strictEqual(compile(Model)({ at, later: "a" }), refuse)
      deepStrictEqual(yield* Schema.decodeUnknown(Model)({ at, later: "a" }), { at: instant, later: "a" })
    })
  )

  it("compiles on first use, and a recursive type once for each set of options however deep the data is", () => {
    let looks = 0
    const counted = (parseOptions: AST.ParseOptions): AST.Annotations => ({
      get [AST.ParseOptionsAnnotationId]() {
        looks++
        return parseOptions
      }
    })
    const field = (name: string, type: AST.AST) => new AST.PropertySignature(name, type, false, true)
    const open: AST.AST = new AST.TypeLiteral(
      [field("closed", AST.Union.make([new AST.Suspend(() => closed), AST.null]))],
      [],
      counted({ onExcessProperty: "preserve" })
    )
    const closed = new AST.TypeLiteral(
      [field("open", AST.Union.make([new AST.Suspend(() => open), AST.null]))],
      [],
      counted({ onExcessProperty: "ignore" })
    )
    const deep = (depth: number): unknown => (depth === 0 ? null : { closed: { open: deep(depth - 1), added: depth }, added: depth })
    const stripped = (depth: number): unknown => (depth === 0 ? null : { closed: { open: stripped(depth - 1) }, added: depth })

    const decode = compile(Schema.make(open))
    strictEqual(looks, 0)
    deepStrictEqual(decode(deep(3)), stripped(3))
    const few = looks
    deepStrictEqual(decode(deep(300)), stripped(300))
    strictEqual(looks, few)
  })
})
