/** The endpoints of a generation, each beside what is known of it. */
import type * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import type * as Stream from "effect/Stream"
import * as Endpoint from "../../src/Endpoint.js"
import type { WelkinError } from "../../src/WelkinError.js"
import { type Catalogue, type Facts, type Fixture, routeOf, slotsOf } from "./conformanceFacts.js"
import { completed, reader, type Type } from "./conformanceTypes.js"
import type { Json, JsonObject } from "./json.js"

/** An endpoint of any kind, called with anything. */
export interface AnyEndpoint<R> {
  (input?: unknown): Effect.Effect<unknown, WelkinError, R> | Stream.Stream<Uint8Array, WelkinError, R>
  readonly descriptor: Endpoint.Descriptor
}

/** An endpoint where its users find it. */
export interface Exported<R> {
  readonly module: string
  readonly name: string
  readonly endpoint: AnyEndpoint<R>
  /** All that its module exports. */
  readonly siblings: Readonly<Record<string, unknown>>
}

export const exportsOf = <R>(modules: object): ReadonlyArray<Exported<R>> =>
  Object.entries(modules).flatMap(([module, siblings]) =>
    Object.entries(siblings as Record<string, unknown>).flatMap(([name, endpoint]) =>
      Endpoint.isEndpoint(endpoint)
        ? [{ module, name, endpoint: endpoint as AnyEndpoint<R>, siblings: siblings as Record<string, unknown> }]
        : []
    )
  )

const sorted = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...texts].sort()

/** The fields of a struct that may not be left out. */
export const requiredOf = (fields: Schema.Struct.Fields): ReadonlyArray<string> => {
  const { ast } = Schema.Struct(fields)
  return AST.isTypeLiteral(ast) ? sorted(ast.propertySignatures.flatMap(({ isOptional, name }) => (isOptional ? [] : [String(name)]))) : []
}

/** The parameters of a query that facts demand. */
export const demandedOf = ({ query }: Facts): ReadonlyArray<string> =>
  sorted(Object.entries(query).flatMap(([name, { presence }]) => (presence === "required" ? [name] : [])))

/** Some routes have two meanings, told apart by the form of the body or by a parameter that must be there. */
const sameCall = (facts: Facts, { bodyType, query }: Endpoint.Descriptor): boolean =>
  facts.bodyType === (bodyType ?? null) && String(demandedOf(facts)) === String(requiredOf(query))

export const factsOf = (descriptor: Endpoint.Descriptor, { endpoints }: Catalogue): Facts | undefined => {
  const route = routeOf(descriptor)
  const same = endpoints.filter((facts) => routeOf(facts) === route)
  return same.length > 1 ? same.find((facts) => sameCall(facts, descriptor)) : same[0]
}

/** One endpoint and all that is known of it. */
export interface Case<R> extends Exported<R> {
  readonly id: string
  readonly descriptor: Endpoint.Descriptor
  readonly facts: Facts
  readonly fixture: Fixture
  readonly types: { readonly query: Type; readonly body: Type | undefined; readonly answer: Type | undefined }
}

export const casesOf = <R>(modules: object, catalogue: Catalogue, fixtures: ReadonlyMap<string, Fixture>): ReadonlyArray<Case<R>> =>
  exportsOf<R>(modules).flatMap((one) => {
    const { descriptor } = one.endpoint
    const facts = factsOf(descriptor, catalogue)
    const fixture = facts && fixtures.get(facts.id)
    if (facts === undefined || fixture === undefined) return []
    const { query, read } = reader(catalogue.models, facts.envelope)
    const { answer, body, envelope, id, paging } = facts
    return [
      {
        ...one,
        id: descriptor.id,
        descriptor,
        facts,
        fixture,
        types: {
          query: query(`${id} query`, facts.query),
          body: body === null ? undefined : read(body),
          answer:
            answer === null || answer === "bytes" ? undefined : read(envelope !== null && paging === "none" ? `Page<${answer}>` : answer)
        }
      }
    ]
  })

// ------------------------------------------------------------------------------------------------------------------ on the wire

/** What is sent for a call, besides its method. */
export interface Wire {
  /** By position: the package may name its slots otherwise. */
  readonly slots: ReadonlyArray<string>
  readonly query: JsonObject
  /** Undefined where there is none; of a multipart body, its parts by name. */
  readonly body: Json | undefined
}

export const exampleOf = <R>({ facts, fixture }: Case<R>): Wire => {
  const { body, multipart, path = {}, query = {} } = fixture.request
  return { slots: slotsOf(facts.path).map((slot) => path[slot]!), query, body: body ?? multipart }
}

/** The example with all that may be sent besides. */
export const completedExampleOf = <R>(one: Case<R>): Wire => {
  const { body, query, slots } = exampleOf(one)
  return {
    slots,
    query: completed(query, one.types.query) as JsonObject,
    body: one.types.body === undefined ? undefined : completed(body, one.types.body)
  }
}

const utf8 = new TextEncoder()

/** The content of files as bytes. */
const withBytes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withBytes)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === "content" && "contentType" in value ? utf8.encode(one) : withBytes(one)])
  )
}

const strictly = { onExcessProperty: "error", errors: "all" } as const

/** How an endpoint reads back what travels: its input is what gives this very query and body. */
export const decodersOf = ({ body = Schema.Undefined, bodyType, pathFields, query }: Endpoint.Descriptor) => {
  const slots = Schema.decodeUnknownEither(Schema.Struct(pathFields) as Schema.Schema<object, unknown>, strictly)
  const parameters = Schema.decodeUnknownEither(Schema.Struct(query) as Schema.Schema<object, unknown>, strictly)
  const content = Schema.decodeUnknownEither(body as Schema.Schema<unknown>, strictly)
  return { slots, query: parameters, body: (wire: unknown) => content(bodyType === "multipart" ? withBytes(wire) : wire) }
}

/** The input that is to give what travels. Throws where the endpoint would not take it. */
export const inputOf = (descriptor: Endpoint.Descriptor, { body, query, slots }: Wire): Record<string, unknown> => {
  const decode = decodersOf(descriptor)
  const names = slotsOf(descriptor.path)
  return {
    ...Either.getOrThrow(decode.slots(Object.fromEntries(names.map((name, at) => [name, slots[at]])))),
    ...Either.getOrThrow(decode.query(query)),
    ...(body === undefined ? {} : { body: Either.getOrThrow(decode.body(body)) })
  }
}

/** Path and query as documented, parameters in alphabetical order. */
export const targetOf = (
  path: string,
  { query, slots }: Pick<Wire, "slots" | "query">,
  ofClient: Readonly<Record<string, string>>
): string => {
  const own = slotsOf(path)
  const filled = path.replace(/\{(\w+)\}/g, (_, slot: string) => ofClient[slot] ?? encodeURIComponent(slots[own.indexOf(slot)]!))
  return [
    filled,
    ...sorted(Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`))
  ].join("&")
}

/** The same of a request that was sent. */
export const targetSent = (url: URL): string => [url.pathname, ...sorted(url.search.slice(1).split("&").filter(Boolean))].join("&")

/** The parts of a multipart body, by name. Files become lists, as in the fixtures. */
export const partsOf = (contentType: string, body: string): JsonObject => {
  const [, boundary] = /boundary=(.*)$/.exec(contentType)!
  const parts: Record<string, Json> = {}
  for (const part of body.split(`--${boundary}`).slice(1, -1)) {
    const [head, content] = part.slice(2, -2).split("\r\n\r\n") as [string, string]
    const name = / name="([^"]*)"/.exec(head)![1]!
    const file = / filename="([^"]*)"\r\nContent-Type: (.*)$/.exec(head)
    parts[name] = file === null ? content : [...((parts[name] as Array<Json>) ?? []), { name: file[1]!, contentType: file[2]!, content }]
  }
  return parts
}
