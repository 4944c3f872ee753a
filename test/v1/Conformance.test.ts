/**
 * Every legacy endpoint held against what is known of it: its route, its query, its body and its answer. Where sources disagree,
 * every reading is one the package must take: both envelopes, all names of a field, missing and null fields, flags in quotes.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import * as Endpoint from "../../src/Endpoint.js"
import * as Reading from "../../src/internal/reading.js"
import * as v1 from "../../src/v1/index.js"
import type { WelkinError } from "../../src/WelkinError.js"
import * as Facts from "../support/conformanceFacts.js"
import type { Json, JsonObject } from "../support/json.js"
import { answers } from "../support/legacy.js"

const catalogue = Facts.catalogue("v1")
const fixtures = Facts.fixtures("v1")

/** Names that fields had before, by the newest. */
const renames: Readonly<Record<string, string>> = {
  user_id: "patient_id",
  coach_id: "primary_worker_id",
  send_time: "sent_at",
  opted_on_to_phone: "opted_in_to_phone",
  interventions: "tasks",
  reminder_date: "due_date",
  instructions: "description"
}

/** Fields that the package leaves to the unknown ones: without a type, and to be removed. */
const ignored: ReadonlySet<string> = new Set(["provider_id", "args", "result"])

/** Optional fields that their example cannot do without: one of two names, one of two ways to tell a time. */
const needed: Readonly<Record<string, ReadonlyArray<string>>> = {
  "assessment_responses.create": ["spec_id"],
  "calendar_events.create": ["start_time", "end_time"]
}

const endpoints = Object.entries(v1).flatMap(([module, siblings]) =>
  Object.entries(siblings).flatMap(([name, value]) =>
    Endpoint.isEndpoint(value)
      ? [{ module, name, siblings: siblings as Readonly<Record<string, unknown>>, descriptor: value.descriptor, call: value as any }]
      : []
  )
)

const cases = catalogue.endpoints.flatMap((facts) =>
  endpoints
    .filter(({ descriptor }) => Facts.routeOf(descriptor) === Facts.routeOf(facts))
    .map((one) => ({ ...one, facts, fixture: fixtures.get(facts.id)!, title: facts.id }))
)

type Case = (typeof cases)[number]

const isObject = (value: Json): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value)

/** What is handed out for a record: each field under its newest name, moments in one form, a plan as a list of plans. */
const handedOut = (value: Json, key = ""): Json => {
  if (Array.isArray(value)) return value.map((one) => handedOut(one))
  if (key === "model" || key === "body" || key === "extra") return value
  if (isObject(value)) {
    const renamed = Object.entries(value).map(([name, one]) => [renames[name] ?? name, handedOut(one, name)])
    const record = Object.fromEntries(renamed)
    return key === "care_flow" ? [record] : record
  }
  return typeof value === "string"
    ? value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{6})?\+00:00$/, (_, time, digits = ".000000") => `${time}${digits}Z`)
    : value
}

const structOf = (ast: AST.AST): AST.TypeLiteral | undefined => {
  if (AST.isTypeLiteral(ast)) return ast
  if (AST.isRefinement(ast)) return structOf(ast.from)
  // what a delete answers may be nothing
  if (AST.isUnion(ast)) return ast.types.map(structOf).find((one) => one !== undefined)
  return AST.isTransformation(ast) ? structOf(ast.to) : undefined
}
const namesOf = (schema: Schema.Schema.Any | undefined): ReadonlyArray<string> =>
  (schema &&
    structOf(schema.ast)
      ?.propertySignatures.map(({ name }) => String(name))
      .sort()) ??
  []

/** The model of an answer, out of its envelope. */
const itemOf = ({ descriptor, facts }: Case) => {
  const ast = descriptor.success!.ast
  const data = facts.paging === "none" ? undefined : structOf(ast)!.propertySignatures.find(({ name }) => name === "data")!.type
  return Schema.make(data !== undefined && AST.isTupleType(data) ? data.rest[0]!.type : ast)
}

const modelOf = ({ facts }: Case) => {
  const name = facts.answer === null ? undefined : facts.answer.replace(/^Page<(.*)>$/, "$1")
  return name === undefined ? undefined : catalogue.models[name]
}

const resourceOf = ({ facts, fixture }: Case): JsonObject => {
  const { data = fixture.response } = fixture.response as { readonly data?: Json }
  return (facts.paging === "none" ? data : (data as ReadonlyArray<Json>)[0]) as JsonObject
}

const decoded = (schema: Schema.Schema.Any, value: unknown) => Schema.decodeUnknownSync(schema as Schema.Schema<any, any>)(value)

const inputOf = ({ descriptor, fixture: { request } }: Case) => ({
  ...request.path,
  ...decoded(Schema.Struct(descriptor.query), request.query ?? {}),
  ...(request.body === undefined ? {} : { body: decoded(descriptor.body!, request.body) })
})

const called = (one: Case, reply: object, input: unknown = inputOf(one)) => {
  const client = answers(reply)
  return one.call(input).pipe(
    Effect.either,
    Effect.map((result) => ({ result, sent: client.sent()[0] })),
    Effect.provide(client.layer)
  ) as Effect.Effect<{ readonly result: Either.Either<any, WelkinError>; readonly sent: any }>
}

const read = (one: Case, body: Json) =>
  Reading.value(one.descriptor.success!)({ contentType: "application/json", text: JSON.stringify(body) })

/** An answer around some resource, in the shapes that services have given it. */
const around = ({ facts }: Case, resource: Json): ReadonlyArray<Json> =>
  facts.paging === "none" ? [{ data: resource }, resource] : [{ data: [resource], links: {} }, [{ data: [resource], meta: {} }], [resource]]

describe("v1 as a whole", () => {
  it("has every route that is known, once, and no other", () => {
    const routes = endpoints.map(({ descriptor }) => Facts.routeOf(descriptor)).sort()
    assert.deepStrictEqual(routes, catalogue.endpoints.map(Facts.routeOf).sort())
    assert.strictEqual(routes.length, 54)
    assert.sameMembers(
      endpoints.map(({ descriptor }) => descriptor),
      [...Endpoint.listOf(v1)]
    )
  })

  it.each(endpoints)("names $module.$name after module and export", ({ descriptor, module, name }) => {
    assert.strictEqual(descriptor.id, `${module[0]!.toLowerCase()}${module.slice(1)}.${name}`)
    assert.strictEqual(descriptor.generation, "v1")
  })
})

describe.each(cases)("$title", (one) => {
  const { descriptor, facts, fixture, name, siblings } = one

  it("is declared as documented", () => {
    const { answer, auth, bodyType = null, paging, query, safe } = descriptor
    const route = Facts.routeOf(facts)
    assert.deepStrictEqual(
      { query: Object.keys(query).sort(), body: namesOf(descriptor.body), bodyType, answer, paging, safe, auth },
      {
        query: Object.keys(facts.query).sort(),
        body: Object.keys(facts.body === null ? {} : catalogue.models[facts.body]!.fields).sort(),
        bodyType: facts.bodyType,
        answer: facts.answer === null ? "empty" : "json",
        paging: facts.paging,
        safe: facts.method === "GET" || route === "POST /v1/token" || route === "POST /v1/phone_numbers/find",
        auth: route !== "POST /v1/token"
      }
    )
  })

  it("has streams beside it where it is a find", () => {
    const streams = [`${name}Stream`, `${name}Pages`].filter((stream) => stream in siblings)
    assert.strictEqual(streams.length, facts.paging === "none" ? 0 : 2)
  })

  it("refuses a body without what is required, or with more than is known", () => {
    if (facts.body === null) return
    const decode = Schema.decodeUnknownEither(descriptor.body!, { onExcessProperty: "error" })
    const body = fixture.request.body as JsonObject
    assert.isTrue(Either.isRight(decode(body)))
    assert.isTrue(Either.isLeft(decode({ ...body, added_later: 1 })))
    for (const [field, { presence }] of Object.entries(catalogue.models[facts.body]!.fields)) {
      const { [field]: _, ...without } = body
      assert.strictEqual(Either.isRight(decode(without)), presence === "optional" && !needed[facts.id]?.includes(field), field)
    }
  })

  // the token route is below the client: LegacyToken.test.ts has it
  if (!descriptor.auth) return

  it.effect("sends exactly the documented request", () =>
    Effect.gen(function* () {
      const { result, sent } = yield* called(one, { body: fixture.response })
      if (Either.isLeft(result)) return assert.fail(String(result.left))
      const path = facts.path.replace(/\{(\w+)\}/g, (_, slot) => fixture.request.path![slot]!)
      const url = new URL(String(Array.isArray(sent) ? sent[0] : sent).replace(/^\w+ /, ""), "https://legacy.example")
      assert.strictEqual(url.pathname, path)
      const query = Object.fromEntries(Object.entries(fixture.request.query ?? {}).map(([name, value]) => [name, String(value)]))
      assert.deepStrictEqual(Object.fromEntries(url.searchParams), query)
      assert.deepStrictEqual(Array.isArray(sent) ? sent[1] : undefined, fixture.request.body)
    })
  )

  it.effect.each(facts.statuses.filter((status) => [400, 403, 404].includes(status)))("fails with status %i, its code kept", (status) =>
    Effect.gen(function* () {
      const body = { errors: [{ status, code: "parse_exception", title: "", detail: "", extra: { path: ".id" } }] }
      const { result } = yield* called(one, { status, body })
      assert.deepInclude({ ...Either.getOrThrow(Either.flip(result)) }, { status, codes: ["parse_exception"] })
    })
  )

  const model = modelOf(one)
  if (model === undefined) return
  const resource = resourceOf(one)

  it("reads the documented answer in every envelope, each field under its newest name", () => {
    for (const body of around(one, resource)) {
      const value = Either.getOrThrow(read(one, body))
      assert.deepStrictEqual(facts.paging === "none" ? value : value.data[0], handedOut(resource))
    }
  })

  it("knows every field that is known, and no other", () => {
    const known = Object.keys(model.fields).filter((field) => !ignored.has(field) && renames[field] === undefined)
    assert.deepStrictEqual(namesOf(itemOf(one)), known.sort())
  })

  it("takes a record without a field, with a null in it, with new fields; a flag in quotes; but no other type, and none without an id", () => {
    const takes = (changed: Json) => Either.isRight(read(one, around(one, changed)[0]!))
    const { id, ...withoutId } = resource
    assert.isFalse(takes(withoutId))
    assert.isFalse(takes({ ...resource, id: null }))
    assert.isTrue(takes({ id: id! }))
    const kept = Either.getOrThrow(
      read(one, { data: facts.paging === "none" ? { id: id!, added_later: [1] } : [{ id: id!, added_later: [1] }] })
    )
    assert.deepInclude(facts.paging === "none" ? kept : kept.data[0], { added_later: [1] })
    for (const [field, { type }] of Object.entries(model.fields)) {
      if (field === "id" || ignored.has(field)) continue
      assert.isTrue(takes({ ...resource, [field]: null }), `${field} null`)
      if (type === "boolean") for (const flag of ["true", "False"]) assert.isTrue(takes({ ...resource, [field]: flag }), `${field} ${flag}`)
      if (type === "json") continue
      // an old name counts where the newest is not there
      const { [renames[field] ?? field]: _, ...others } = resource
      const isNested = type.startsWith("[") || type in catalogue.models
      assert.isFalse(takes({ ...others, [field]: isNested ? 7 : { other: 7 } }), `${field} other`)
    }
  })
})
