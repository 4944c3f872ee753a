/*
 * What a handler gets to see of a request, and how it reads it.
 */
import * as Either from "effect/Either"
import { isObject, type JsonObject } from "./json.js"
import * as Reply from "./reply.js"
import type { Route } from "./routes.js"
import type { World } from "./world.js"

/** A request as it comes in, whichever door it takes. */
export interface Request {
  readonly method: string
  readonly pathname: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined }
  readonly body: Uint8Array
  /** What the assertion in a request for a v1 token is good for, or why it is refused. Undefined for any other request. */
  readonly assertion?: Reply.Or<string>
}

/** A request that found its route. */
export interface Call extends Request {
  readonly route: Route
  readonly path: { readonly [slot: string]: string }
  /** The service's clock. */
  readonly now: number
}

/** What the service does with a request: an answer and the next state of the world. A refusal changes nothing. */
export type Handler = (call: Call, world: World) => Reply.Or<readonly [Reply.Reply, World]>

/** A handler that only reads. */
export const reads =
  (read: (call: Call, world: World) => Reply.Or<Reply.Reply>): Handler =>
  (call, world) =>
    Either.map(read(call, world), (reply) => [reply, world])

export const bad = (call: Call, message: string, details: JsonObject = {}): Reply.Or<never> =>
  Reply.refuse(Reply.objection(call.now, 400, "BAD_REQUEST", message, details))

/** What the service may well do, and the simulator does not. */
export const notSimulated = (call: Call, message: string): Reply.Or<never> =>
  Reply.refuse(
    Reply.objection(call.now, 501, "NOT_SIMULATED", message, {
      endpoint: call.route.id,
      method: call.route.method,
      path: call.route.template
    })
  )

/** The body, which must be a JSON object. */
export const objectBody = (call: Call): Reply.Or<JsonObject> => {
  const parsed = Either.try(() => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(call.body)) as unknown)
  if (Either.isLeft(parsed)) return bad(call, "The body is no JSON.")
  return isObject(parsed.right) ? Either.right(parsed.right) : bad(call, "The body is no JSON object.")
}

/** A whole number in the query. */
export const integer = (call: Call, name: string, otherwise: number, least: number): Reply.Or<number> => {
  const text = call.query.get(name)
  if (text === null) return Either.right(otherwise)
  return /^\d{1,9}$/.test(text) && Number(text) >= least
    ? Either.right(Number(text))
    : bad(call, "A query parameter is no whole number that fits.", { parameter: name })
}

/** One of a few words in the query. */
export const word = <const Words extends ReadonlyArray<string>>(
  call: Call,
  name: string,
  words: Words
): Reply.Or<Words[number] | undefined> => {
  const text = call.query.get(name)
  if (text === null) return Either.right(undefined)
  return words.includes(text)
    ? Either.right(text)
    : bad(call, "A query parameter has a value that the service does not know.", { parameter: name })
}

export interface Sort {
  readonly field: string
  readonly descending: boolean
}

export interface Numbered {
  readonly page: number
  readonly size: number
  readonly sort: ReadonlyArray<Sort>
}

/** The query of a numbered list. */
export const numbered = (call: Call): Reply.Or<Numbered> =>
  Either.all({
    page: integer(call, "page", 0, 0),
    size: integer(call, "size", 20, 1),
    sort: Either.all(
      call.query.getAll("sort").map((text) => {
        const parts = /^([^,]+)(?:,(asc|desc))?$/i.exec(text)
        return parts === null
          ? bad(call, "A sort is written field,asc or field,desc.", { parameter: "sort" })
          : Either.right({ field: parts[1]!, descending: parts[2]?.toLowerCase() === "desc" })
      })
    )
  })

/** Sorts by fields, nulls last; equals stay in their order. */
export const sorted = <A>(
  records: ReadonlyArray<A>,
  sort: ReadonlyArray<Sort>,
  field: (record: A, name: string) => unknown
): ReadonlyArray<A> =>
  sort.length === 0
    ? records
    : records.toSorted((one, other) => {
        for (const { descending, field: name } of sort) {
          const order = compare(field(one, name), field(other, name))
          if (order !== 0) return descending ? -order : order
        }
        return 0
      })

const compare = (one: unknown, other: unknown): number => {
  if (one === other) return 0
  if (one === null || one === undefined) return 1
  if (other === null || other === undefined) return -1
  if (typeof one === "number" && typeof other === "number") return one - other
  const [first, second] = [textOf(one), textOf(other)]
  return first < second ? -1 : first > second ? 1 : 0
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value))
