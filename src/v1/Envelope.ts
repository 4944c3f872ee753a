/**
 * What the legacy API puts around its answers. Two shapes of each are known; both are read.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { isRecord } from "../internal/json.js"
import { PagingStyle } from "../internal/paging.js"
import { prepared } from "../internal/prepared.js"
import { MayBeEmpty } from "../internal/reading.js"

const itemOf = (value: unknown): unknown =>
  isRecord(value) && Object.hasOwn(value, "data") && !Object.hasOwn(value, "id") ? value.data : value

/**
 * One resource: inside `{"data": …}`, or bare.
 *
 * @since 0.1.0
 * @category schemas
 */
export const item = <A, I>(resource: Schema.Schema<A, I>): Schema.Schema<A, unknown> => prepared(resource, itemOf)

/**
 * What a delete answers: the resource that was, `{"data": null}`, or nothing at all.
 *
 * @since 0.1.0
 * @category schemas
 */
export const removed = <A, I>(resource: Schema.Schema<A, I>): Schema.Schema<A | undefined, unknown> =>
  prepared(Schema.UndefinedOr(resource), (value) => itemOf(value) ?? undefined).annotations({ [MayBeEmpty]: true })

/**
 * One page of a find. `links` and `meta` stand here as they came: sources disagree about them, and `TimeWindow` reads what can be read.
 *
 * @since 0.1.0
 * @category models
 */
export interface FindPage<A> {
  readonly data: ReadonlyArray<A>
  readonly links?: unknown
  readonly meta?: unknown
}

const listOf = (data: unknown): unknown => (data === null || data === undefined ? [] : isRecord(data) ? [data] : data)

/** An object is a page if it says so: what holds neither data nor anything else of a page could be an error. */
const isPage = (value: Record<string, unknown>): boolean =>
  Object.hasOwn(value, "data") || Object.hasOwn(value, "links") || Object.hasOwn(value, "meta") || Object.keys(value).length === 0

const pageOf = (value: unknown): unknown => {
  if (isRecord(value)) return isPage(value) ? { ...value, data: listOf(value.data) } : value
  if (!Array.isArray(value) || !value.every(isRecord)) return value
  if (value.length === 0 || !value.some((one) => Object.hasOwn(one, "data"))) return { data: value }
  const parts = value.map((one) => listOf(one.data))
  return value.every(isPage) && parts.every(Array.isArray) ? { ...value.at(-1), data: parts.flat() } : value
}

/**
 * One page of a find: `{data, links}`, `[{data, meta}]`, or a plain list.
 *
 * @since 0.1.0
 * @category schemas
 */
export const page = <A, I>(resource: Schema.Schema<A, I>): Schema.Schema<FindPage<A>, unknown> =>
  prepared(
    Codecs.open<FindPage<A>>()({
      data: Schema.Array(resource),
      links: Codecs.optional(Codecs.Json),
      meta: Codecs.optional(Codecs.Json)
    }) as unknown as Schema.Schema<FindPage<A>>,
    pageOf
  ).annotations({ [PagingStyle]: "time-window" })
