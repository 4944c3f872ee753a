/**
 * The kernel: an endpoint is a value. Called with its input it gives an `Effect`; asked for its {@link Descriptor} it tells its
 * route, its schemas and whether it may be repeated, so that tools can walk the whole API.
 *
 * Resources state the facts:
 *
 * ```ts ignore
 * export const get = Endpoint.get("patients.get", "/{tenant}/{instance}/patients/{patientId}", {
 *   path: { patientId: Codecs.Id },
 *   success: Patient
 * })
 * ```
 *
 * @since 0.1.0
 */
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { Simplify } from "effect/Types"
import * as Encoding from "./internal/encoding.js"
import { styleOf } from "./internal/paging.js"
import * as Reading from "./internal/reading.js"
import type { Place, WelkinError } from "./WelkinError.js"

/**
 * @since 0.1.0
 * @category models
 */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/**
 * How a list is paged.
 *
 * @since 0.1.0
 * @category models
 */
export type Paging = "none" | "spring" | "meta-info" | "page-token" | "cursor" | "time-window"

/**
 * The facts of one endpoint.
 *
 * @since 0.1.0
 * @category models
 */
export interface Descriptor {
  /** Module and verb, such as `patients.get`. */
  readonly id: string
  readonly generation: "v8" | "v1"
  readonly method: Method
  /** The route with its `{slots}`. The client fills `{tenant}` and `{instance}`. */
  readonly path: string
  /** Whether the call only reads, and so may be repeated whatever happened to the first one. */
  readonly safe: boolean
  /** Whether the call carries the bearer token. */
  readonly auth: boolean
  readonly paging: Paging
  readonly pathFields: Schema.Struct.Fields
  readonly query: Schema.Struct.Fields
  readonly body: Schema.Schema.AnyNoContext | undefined
  readonly bodyType: "json" | "form" | "multipart" | undefined
  /** The schema of the answer; undefined where it is empty or bytes. */
  readonly success: Schema.Schema.AnyNoContext | undefined
  readonly answer: "json" | "empty" | "bytes"
}

/**
 * An answer with what came around it.
 *
 * @since 0.1.0
 * @category models
 */
export interface Answer<A> {
  readonly value: A
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly attempts: number
  /** Milliseconds spent waiting between attempts. */
  readonly waitedMillis: number
}

/**
 * A call, ready to be sent.
 *
 * @since 0.1.0
 * @category models
 */
export interface Call {
  readonly descriptor: Descriptor
  /** Path and query, encoded. */
  readonly target: string
  readonly body: { readonly contentType: string; readonly content: string | Stream.Stream<Uint8Array> } | undefined
}

/**
 * What an endpoint needs of its client.
 *
 * @since 0.1.0
 * @category models
 */
export interface Client {
  /** Values of the slots that the client fills. */
  readonly slots: Readonly<Record<string, string>>
  /** Sends a call with token, limits and retries, and has its whole answer read. */
  readonly execute: <A>(call: Call, read: Reading.Read<A>) => Effect.Effect<Answer<A>, WelkinError>
  /** The same, with the answer's bytes as they arrive. */
  readonly download: (call: Call) => Stream.Stream<Uint8Array, WelkinError>
}

/**
 * The input may be left out where nothing in it is required.
 *
 * @since 0.1.0
 * @category models
 */
export type Arguments<I> = {} extends I ? [input?: I] : [input: I]

/** @internal */
export const TypeId: unique symbol = Symbol.for("effect-welkin/Endpoint")

/** @internal */
export interface Kernel<R> {
  readonly client: Context.Tag<R, Client>
  readonly encode: () => Encoding.Encode
  /** How an answer is read, where not as the descriptor says. */
  readonly read?: () => Reading.Read<any>
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Endpoint<I, A, R> {
  (...input: Arguments<I>): Effect.Effect<A, WelkinError, R>
  readonly descriptor: Descriptor
  /** @internal */
  readonly [TypeId]: Kernel<R>
}

/**
 * An endpoint that answers with bytes.
 *
 * @since 0.1.0
 * @category models
 */
export interface Download<I, R> {
  (...input: Arguments<I>): Stream.Stream<Uint8Array, WelkinError, R>
  readonly descriptor: Descriptor
  /** @internal */
  readonly [TypeId]: Kernel<R>
}

type SlotsOf<Path extends string> = Path extends `${string}{${infer Slot}}${infer Rest}`
  ? Exclude<Slot, "tenant" | "instance"> | SlotsOf<Rest>
  : never

/**
 * A schema for each slot of the route, and nothing else.
 *
 * @since 0.1.0
 * @category models
 */
export type PathFact<Path extends string, P extends Schema.Struct.Fields> = [SlotsOf<Path>] extends [never]
  ? { readonly path?: never }
  : {
      readonly path: P & { readonly [K in SlotsOf<Path>]: Schema.Schema<any, string> } & {
        readonly [K in Exclude<keyof P, SlotsOf<Path>>]: never
      }
    }

/**
 * What one value of a query parameter may be encoded to. A list becomes one parameter a value; to have it joined, see `Codecs.commaSeparated`.
 *
 * @since 0.1.0
 * @category models
 */
export type QueryValue = string | number | boolean | undefined | ReadonlyArray<string | number | boolean>

/**
 * The input of a call: path slots and query parameters side by side, the body under its name.
 *
 * @since 0.1.0
 * @category models
 */
export type Input<P extends Schema.Struct.Fields, Q extends Schema.Struct.Fields, B> = Simplify<
  Schema.Struct.Type<P> & Schema.Struct.Type<Q> & ([B] extends [never] ? unknown : { readonly body: B })
>

/**
 * What is stated about an endpoint, besides its route.
 *
 * @since 0.1.0
 * @category models
 */
export interface Facts<Q extends Schema.Struct.Fields, B, BI> {
  readonly query?: Q
  readonly body?: Schema.Schema<B, BI>
  /** `json`, unless this says otherwise. */
  readonly bodyType?: "form" | "multipart"
  /** True for GET and false for all others, unless this says otherwise. */
  readonly safe?: boolean
  /** False for the token routes, which need none. */
  readonly auth?: boolean
  /** What must hold between parameters, beyond the schema of each: the places where it does not. */
  readonly check?: (input: Schema.Struct.Type<Q>) => ReadonlyArray<Place>
}

/** Work that is done once, when first needed: nothing happens at import. */
const lazily = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const describe = (
  generation: Descriptor["generation"],
  method: Method,
  id: string,
  path: string,
  facts: Facts<any, any, any> & { readonly path?: Schema.Struct.Fields; readonly success?: Schema.Schema.AnyNoContext },
  answer: Descriptor["answer"]
): Descriptor => ({
  id,
  generation,
  method,
  path,
  safe: facts.safe ?? method === "GET",
  auth: facts.auth ?? true,
  paging: facts.success === undefined ? "none" : styleOf(facts.success.ast),
  pathFields: facts.path ?? {},
  query: facts.query ?? {},
  body: facts.body,
  bodyType: facts.body === undefined ? undefined : (facts.bodyType ?? "json"),
  success: facts.success,
  answer
})

const execute = <R, A>(kernel: Kernel<R>, input: unknown, read: Reading.Read<A>): Effect.Effect<Answer<A>, WelkinError, R> =>
  Effect.flatMap(kernel.client, (client) => Effect.flatMap(kernel.encode()(client.slots, input), (call) => client.execute(call, read)))

const valueOf = <A>(answer: Answer<A>): A => answer.value

const readOf = (d: Descriptor): Reading.Read<any> => (d.success === undefined ? Reading.nothing : Reading.value(d.success))

/**
 * The constructors of endpoints for one client: the tag of the client they call through, and the generation they belong to.
 *
 * @since 0.1.0
 * @category constructors
 */
export const forClient = <R>(client: Context.Tag<R, Client>, generation: Descriptor["generation"]): Constructors<R> => {
  const kernelOf = (descriptor: Descriptor, facts: Facts<any, any, any>): Kernel<R> => ({
    client,
    encode: lazily(() => Encoding.make(descriptor, facts.check))
  })
  const make = (method: Method) => (id: string, path: string, facts: any) => {
    const descriptor = describe(generation, method, id, path, facts, facts.success === undefined ? "empty" : "json")
    const kernel = kernelOf(descriptor, facts)
    const read = lazily(() => readOf(descriptor))
    const call = (input?: unknown) =>
      Effect.map(
        Effect.suspend(() => execute(kernel, input, read())),
        valueOf
      )
    return Object.assign(call, { descriptor, [TypeId]: kernel })
  }
  const download = (id: string, path: string, facts: any) => {
    const descriptor = describe(generation, "GET", id, path, facts, "bytes")
    const kernel = kernelOf(descriptor, facts)
    const call = (input?: unknown) =>
      Stream.unwrap(Effect.flatMap(client, (one) => Effect.map(kernel.encode()(one.slots, input), (prepared) => one.download(prepared))))
    return Object.assign(call, { descriptor, [TypeId]: kernel })
  }
  const verbs = { get: make("GET"), post: make("POST"), put: make("PUT"), patch: make("PATCH"), del: make("DELETE") }
  const request = (method: Method, path: string, facts: any) => make(method)("request", path, facts)
  return { ...verbs, download, request } as any
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Constructors<R> {
  readonly get: Constructor<R>
  readonly post: Constructor<R>
  readonly put: Constructor<R>
  readonly patch: Constructor<R>
  readonly del: Constructor<R>
  /** A GET whose answer is a stream of bytes. */
  readonly download: <const Path extends string, P extends Schema.Struct.Fields = {}, Q extends Schema.Struct.Fields = {}>(
    id: string,
    path: Path,
    facts: Facts<Q, never, never> & PathFact<Path, P>
  ) => Download<Input<P, Q, never>, R>
  /** A call to a route that this SDK does not know. Its id is `request`. */
  readonly request: <
    const Path extends string,
    P extends Schema.Struct.Fields = {},
    Q extends Schema.Struct.Fields = {},
    B = never,
    BI = never,
    A = void,
    AI = void
  >(
    method: Method,
    path: Path,
    facts: Facts<Q, B, BI> & PathFact<Path, P> & { readonly success?: Schema.Schema<A, AI> }
  ) => Endpoint<Input<P, Q, B>, A, R>
}

/**
 * Makes an endpoint: an id, a route, and a schema for each slot, query parameter, body and answer. Without `success` the answer is empty.
 *
 * @since 0.1.0
 * @category models
 */
export type Constructor<R> = <
  const Path extends string,
  P extends Schema.Struct.Fields = {},
  Q extends Schema.Struct.Fields = {},
  B = never,
  BI = never,
  A = void,
  AI = void
>(
  id: string,
  path: Path,
  facts: Facts<Q, B, BI> & PathFact<Path, P> & { readonly success?: Schema.Schema<A, AI> }
) => Endpoint<Input<P, Q, B>, A, R>

/**
 * The same endpoint, answering with status, headers and number of attempts around the value.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { Endpoint } from "effect-welkin"
 * import { Patients } from "effect-welkin/v8"
 *
 * const program = Effect.gen(function* () {
 *   const { attempts, status, value } = yield* Endpoint.withResponse(Patients.get)({ patientId: "p-1" })
 *   yield* Effect.log(`${status} after ${attempts}`)
 *   return value
 * })
 * ```
 *
 * @since 0.1.0
 * @category combinators
 */
export const withResponse = <I, A, R>(
  endpoint: Endpoint<I, A, R>
): ((...input: Arguments<I>) => Effect.Effect<Answer<A>, WelkinError, R>) => {
  const kernel = endpoint[TypeId]
  const read = kernel.read ?? lazily(() => readOf(endpoint.descriptor))
  return (...input) => Effect.suspend(() => execute(kernel, input[0], read()))
}

/**
 * The same endpoint, answering with the parsed JSON as it came. Digits beyond what a JavaScript number holds are lost: see {@link text}.
 *
 * @since 0.1.0
 * @category combinators
 */
export const raw =
  <I, A, R>(endpoint: Endpoint<I, A, R>): ((...input: Arguments<I>) => Effect.Effect<unknown, WelkinError, R>) =>
  (...input) =>
    Effect.map(execute(endpoint[TypeId], input[0], Reading.json), valueOf)

/**
 * The same endpoint, answering with the text of its JSON: nothing is lost.
 *
 * @since 0.1.0
 * @category combinators
 */
export const text =
  <I, A, R>(endpoint: Endpoint<I, A, R>): ((...input: Arguments<I>) => Effect.Effect<string, WelkinError, R>) =>
  (...input) =>
    Effect.map(execute(endpoint[TypeId], input[0], Reading.text), valueOf)

/**
 * An answer, and the text it was read from.
 *
 * @since 0.1.0
 * @category models
 */
export interface Source<A> {
  readonly value: A
  readonly text: string
}

/**
 * The same route, read with another schema and along with the text it came as: for those who keep what the server said word by word.
 *
 * @since 0.1.0
 * @category combinators
 */
export const source = <I, A, R, B, BI>(endpoint: Endpoint<I, A, R>, schema: Schema.Schema<B, BI>): Endpoint<I, Source<B>, R> => {
  const read = lazily((): Reading.Read<Source<B>> => {
    const value = Reading.value(schema)
    return (reply) => Either.map(value(reply), (one) => ({ value: one, text: reply.text as string }))
  })
  const kernel = { ...endpoint[TypeId], read }
  const call = (...input: Arguments<I>) =>
    Effect.map(
      Effect.suspend(() => execute(kernel, input[0], read())),
      valueOf
    )
  return Object.assign(call, { descriptor: endpoint.descriptor, [TypeId]: kernel })
}

/**
 * @since 0.1.0
 * @category predicates
 */
export const isEndpoint = (u: unknown): u is { readonly descriptor: Descriptor } => typeof u === "function" && TypeId in u

/**
 * The descriptors of all endpoints in a module or an object of modules, nested ones included, each once.
 *
 * @since 0.1.0
 * @category accessors
 */
export const listOf = (module: object): ReadonlyArray<Descriptor> => {
  const found = new Set<Descriptor>()
  const visited = new Set<unknown>()
  const visit = (value: unknown): void => {
    if (isEndpoint(value)) found.add(value.descriptor)
    else if (isNamespace(value) && !visited.has(value)) {
      visited.add(value)
      for (const one of Object.values(value)) visit(one)
    }
  }
  visit(module)
  return Array.from(found)
}

// schemas and other exports of a module are no containers of endpoints
const isNamespace = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  (Object.getPrototypeOf(value) === null || Object.getPrototypeOf(value) === Object.prototype)
