/** The endpoints of a generation, each beside what is known of it, and what travels for a call. */
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import * as Stream from "effect/Stream"
import * as Endpoint from "../../src/Endpoint.js"
import type { WelkinError } from "../../src/WelkinError.js"
import { type Catalogue, type Facts, type Fixture, requiredOf as required, routeOf, slotsOf } from "./conformanceFacts.js"
import { completed, extended, reader, type Type } from "./conformanceTypes.js"
import type { Json, JsonObject } from "./json.js"

export type { WelkinError }

/** An endpoint where its users find it. */
export interface Exported<R> {
  readonly module: string
  readonly name: string
  readonly descriptor: Endpoint.Descriptor
  /** Calls it with anything; bytes come as text. */
  readonly call: (input: unknown) => Effect.Effect<unknown, WelkinError, R>
  /** All that its module exports. */
  readonly siblings: Readonly<Record<string, unknown>>
}

type AnyEndpoint<R> = (input: unknown) => Effect.Effect<unknown, WelkinError, R> | Stream.Stream<Uint8Array, WelkinError, R>

const callOf =
  <R>(endpoint: AnyEndpoint<R>): Exported<R>["call"] =>
  (input) => {
    const called = endpoint(input)
    return Effect.isEffect(called) ? called : Stream.mkString(Stream.decodeText(called))
  }

const exportsOf = (modules: object) =>
  Object.entries(modules).flatMap(([module, siblings]: [string, Readonly<Record<string, unknown>>]) =>
    Object.entries(siblings).map(([name, value]) => ({ module, name, value, siblings }))
  )

export const endpointsOf = <R>(modules: object): ReadonlyArray<Exported<R>> =>
  exportsOf(modules).flatMap(({ module, name, siblings, value }) =>
    Endpoint.isEndpoint(value)
      ? [{ module, name, siblings, descriptor: value.descriptor, call: callOf(value as unknown as AnyEndpoint<R>) }]
      : []
  )

export const lazily = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The call that an endpoint hands to its client, without a client behind it. */
export const callMade = <R>(
  tag: Context.Tag<R, Endpoint.Client>,
  slots: Endpoint.Client["slots"],
  called: Effect.Effect<unknown, WelkinError, R>
): Either.Either<Endpoint.Call, WelkinError> => {
  const made: Array<Endpoint.Call> = []
  const recorder: Endpoint.Client = {
    slots,
    execute: (call) => {
      made.push(call)
      return Effect.succeed({ value: undefined as never, status: 200, headers: {}, attempts: 1, waitedMillis: 0 })
    },
    download: (call) => {
      made.push(call)
      return Stream.empty
    }
  }
  return Either.map(Effect.runSync(Effect.either(Effect.provideService(called, tag, recorder))), () => made[0]!)
}

/** Every schema that a module exports, each once. */
export const modelsOf = (modules: object): ReadonlyArray<{ readonly name: string; readonly schema: Schema.Schema<unknown, unknown> }> => {
  const found = new Map<AST.AST, { readonly name: string; readonly schema: Schema.Schema<unknown, unknown> }>()
  for (const { module, name, value } of exportsOf(modules)) {
    if (!Schema.isSchema(value) || found.has(value.ast)) continue
    found.set(value.ast, { name: `${module}.${name}`, schema: value as Schema.Schema<unknown, unknown> })
  }
  return Array.from(found.values())
}

const signaturesOf = (ast: AST.AST): ReadonlyArray<AST.PropertySignature> =>
  AST.isRefinement(ast) ? signaturesOf(ast.from) : AST.isTypeLiteral(ast) ? ast.propertySignatures : []

/** The fields that may not be left out. */
export const requiredOf = (fields: Schema.Struct.Fields): ReadonlyArray<string> =>
  signaturesOf(Schema.Struct(fields).ast)
    .flatMap(({ isOptional, name }) => (isOptional ? [] : [String(name)]))
    .sort()

const isSameCall = (facts: Facts, { bodyType, query }: Endpoint.Descriptor): boolean =>
  facts.bodyType === (bodyType ?? null) && String(required(facts)) === String(requiredOf(query))

/** The facts of an endpoint, by its route. Where one route has two meanings, either two endpoints share it or one has both. */
const factsOf = <R>(one: Exported<R>, exported: ReadonlyArray<Exported<R>>, { endpoints }: Catalogue): ReadonlyArray<Facts> => {
  const route = routeOf(one.descriptor)
  const known = endpoints.filter((facts) => routeOf(facts) === route)
  const shared = exported.some((other) => other !== one && routeOf(other.descriptor) === route)
  return shared ? known.filter((facts) => isSameCall(facts, one.descriptor)) : known
}

/** One endpoint of both meanings takes the parameters of both, and demands none that only one of them has. */
const merged = (facts: Facts, all: ReadonlyArray<Facts>): Facts => ({
  ...facts,
  query: Object.fromEntries(
    all.flatMap(({ query }) =>
      Object.entries(query).map(([name, field]) => [
        name,
        all.every((other) => name in other.query) ? field : { ...field, presence: "optional" }
      ])
    )
  )
})

/** What is known of an endpoint, beside it. */
export interface Case<R> extends Exported<R> {
  readonly title: string
  readonly facts: Facts
  readonly fixture: Fixture
  readonly types: { readonly query: Type; readonly body: Type | undefined; readonly answer: Type | undefined }
}

export const casesOf = <R>(
  exported: ReadonlyArray<Exported<R>>,
  catalogue: Catalogue,
  fixtures: ReadonlyMap<string, Fixture>
): ReadonlyArray<Case<R>> =>
  exported.flatMap((one) => {
    const known = factsOf(one, exported, catalogue)
    return known.flatMap((each) => {
      const fixture = fixtures.get(each.id)
      if (fixture === undefined) return []
      const facts = merged(each, known)
      const { answer, body, envelope, id, paging } = facts
      const { query, read } = reader(catalogue.models, envelope)
      // an envelope around a single record
      const enveloped = envelope !== null && paging === "none" ? `Page<${answer}>` : answer
      return [
        {
          ...one,
          title: known.length === 1 ? one.descriptor.id : `${one.descriptor.id} as ${id}`,
          facts,
          fixture,
          types: {
            query: query(id, facts.query),
            body: body === null ? undefined : read(body),
            answer: enveloped === null || enveloped === "bytes" ? undefined : read(enveloped)
          }
        }
      ]
    })
  })

/** The field of an answer that a page stands in; undefined where the answer is the page. */
export const pageFieldOf = ({ answer }: Facts, { models }: Catalogue): string | undefined =>
  Object.entries(models[answer!]?.fields ?? {}).find(([, { type }]) => type.startsWith("Page<"))?.[0]

/** An answer whose page, at its field or the answer itself, has these marks besides. */
export const withMarks = (answer: Json, at: string | undefined, marks: JsonObject = {}): Json => {
  if (Array.isArray(answer)) return answer
  const whole = answer as JsonObject
  return at === undefined ? { ...whole, ...marks } : { ...whole, [at]: { ...(whole[at] as JsonObject), ...marks } }
}

// ------------------------------------------------------------------------------------------------------------------ on the wire

/** What is sent for a call, besides its method. */
export interface Wire {
  /** By position: the package may name its slots otherwise. */
  readonly slots: ReadonlyArray<string>
  readonly query: JsonObject
  /** Undefined where there is none; of a form, its fields. */
  readonly body: Json | undefined
}

export const exampleOf = <R>({ facts, fixture }: Case<R>): Wire => {
  const { body, multipart, path = {}, query = {} } = fixture.request
  return { slots: slotsOf(facts.path).map((slot) => path[slot]!), query, body: body ?? multipart }
}

/** The example with every parameter and field that is known. */
export const completeExampleOf = <R>(one: Case<R>): Wire => {
  const { body, query, slots } = exampleOf(one)
  return {
    slots,
    query: completed(query, one.types.query) as JsonObject,
    body: one.types.body === undefined ? undefined : completed(body, one.types.body)
  }
}

/** The same with a key more in every object of the body that may have others than the known. */
export const extendedExampleOf = <R>(one: Case<R>, key: string): Wire => {
  const { body, ...around } = completeExampleOf(one)
  return { ...around, body: one.types.body === undefined ? undefined : extended(body!, one.types.body, key) }
}

const utf8 = new TextEncoder()

/** A file of a fixture has its content as text. */
const withBytes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withBytes)
  if (typeof value !== "object" || value === null) return value
  if ("contentType" in value && "content" in value) return { ...value, content: utf8.encode(String(value.content)) }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withBytes(one)]))
}

const strictly = { onExcessProperty: "error", errors: "all" } as const

/** How an endpoint reads back what travels: its input is what gives this very path, query and body. */
export const decodersOf = ({ body, bodyType, pathFields, query }: Endpoint.Descriptor) => {
  const decoderOf = (schema: unknown) => Schema.decodeUnknownEither(schema as Schema.Schema<object, unknown>, strictly)
  const content = decoderOf(body ?? Schema.Undefined)
  return {
    slots: decoderOf(Schema.Struct(pathFields)),
    query: decoderOf(Schema.Struct(query)),
    body: (wire: Json) => content(bodyType === "multipart" ? withBytes(wire) : wire)
  }
}

/** The input that is to give what travels. Throws where the endpoint would not take it. */
export const inputOf = (descriptor: Endpoint.Descriptor, { body, query, slots }: Wire): Readonly<Record<string, unknown>> => {
  const decode = decodersOf(descriptor)
  return {
    ...Either.getOrThrow(decode.slots(Object.fromEntries(slotsOf(descriptor.path).map((name, at) => [name, slots[at]])))),
    ...Either.getOrThrow(decode.query(query)),
    ...(body === undefined ? {} : { body: Either.getOrThrow(decode.body(body)) })
  }
}

/** Path and query as documented, parameters in alphabetical order. */
export const targetOf = (path: string, { query, slots }: Wire, ofClient: Readonly<Record<string, string>>): string => {
  const own = slotsOf(path)
  const filled = path.replace(/\{(\w+)\}/g, (_, slot: string) => ofClient[slot] ?? encodeURIComponent(slots[own.indexOf(slot)]!))
  const pairs = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return [filled, ...pairs.sort()].join("&")
}

/** The same of a request that was sent. */
export const targetSent = ({ pathname, search }: URL): string => [pathname, ...search.slice(1).split("&").filter(Boolean).sort()].join("&")

/** The fields of a multipart body. Files become lists, as in the fixtures. */
const fieldsOf = (contentType: string, body: string): JsonObject => {
  const [, boundary] = /^multipart\/form-data; boundary=(.+)$/.exec(contentType)!
  const fields: Record<string, Json> = {}
  for (const part of body.split(`--${boundary}`).slice(1, -1)) {
    const [head, content] = part.slice(2, -2).split("\r\n\r\n") as [string, string]
    const [, name] = / name="([^"]*)"/.exec(head)!
    const [, filename, type] = / filename="([^"]*)"\r\nContent-Type: (.*)$/.exec(head) ?? []
    const files = (fields[name!] ?? []) as ReadonlyArray<Json>
    fields[name!] = filename === undefined ? content : [...files, { name: filename, contentType: type!, content }]
  }
  return fields
}

/** What the body of a request says. */
export const bodySent = (bodyType: Endpoint.Descriptor["bodyType"], contentType: string, body: string): Json => {
  switch (bodyType) {
    case "multipart":
      return fieldsOf(contentType, body)
    case "form":
      return Object.fromEntries(new URLSearchParams(body))
    default:
      return contentType === "application/json" ? JSON.parse(body) : `no JSON: ${contentType}`
  }
}

// ------------------------------------------------------------------------------------------------------------------- bad input

/** A value that no schema takes, unless it takes anything. */
const nothing = Symbol("nothing")

const without = (input: object, name: string): object => Object.fromEntries(Object.entries(input).filter(([key]) => key !== name))

/** An object with each of its fields broken in turn, and left out where it must be there. */
const brokenObjects = (value: object, schema: Schema.Schema.All) =>
  signaturesOf(AST.typeAST(schema.ast)).flatMap(({ isOptional, name, type }) => {
    const field = String(name)
    if (Schema.is(Schema.make(type))(nothing)) return []
    const broken = { field, broken: { ...value, [field]: nothing } }
    return isOptional ? [broken] : [broken, { field, broken: without(value, field) }]
  })

/** Inputs that break their schema, each in the one place it names. `closed`: nothing but the known may be sent. */
export const brokenInputsOf = (
  { body, pathFields, query }: Endpoint.Descriptor,
  input: Readonly<Record<string, unknown>>,
  closed: boolean
): ReadonlyArray<{ readonly place: string; readonly input: object }> => {
  const around = brokenObjects(input, Schema.Struct({ ...pathFields, ...query })).map(({ broken, field }) => ({
    place: field,
    input: broken
  }))
  const added = { place: "added-later", input: { ...input, "added-later": 1 } }
  if (body === undefined) return [...around, added]
  const within = brokenObjects(input.body as object, body)
  const stranger = closed && within.length > 0 ? [{ field: "added-later", broken: { ...(input.body as object), "added-later": 1 } }] : []
  return [
    ...around,
    added,
    { place: "body", input: { ...input, body: nothing } },
    ...[...within, ...stranger].map(({ broken, field }) => ({ place: `body.${field}`, input: { ...input, body: broken } }))
  ]
}
