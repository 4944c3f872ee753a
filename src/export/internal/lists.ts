/*
 * Lists as an export reads them: the records' own text beside their values, page by page.
 */
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Endpoint from "../../Endpoint.js"
import { bare } from "../../internal/bare.js"
import { isRecord } from "../../internal/json.js"
import { prepared } from "../../internal/prepared.js"
import { slices } from "../../internal/slices.js"
import type { WelkinClient } from "../../internal/tags.js"
import * as Pagination from "../../Pagination.js"
import type { WelkinError } from "../../WelkinError.js"
import type { Reading, ReadingVerdict } from "../Manifest.js"
import type { Sink, SinkError } from "../Sink.js"
import * as Versions from "./versions.js"

/** A record: parsed, and as the server wrote it. */
export interface Item {
  readonly value: unknown
  readonly text: string
}

/** A page of a list. */
export interface Batch {
  readonly items: ReadonlyArray<Item>
  /** Where the next page is; undefined behind the last one. */
  readonly next: Pagination.CompletePosition | undefined
  readonly reading: Reading
  /** How far the list, as read up to here, can be trusted to be whole. */
  readonly verdict: ReadingVerdict
  /** Patients and encounters that were gone when their turn came. */
  readonly removed: number
}

export type Reads = Stream.Stream<Batch, WelkinError | SinkError, WelkinClient | Sink>

/** How calls are made during an export: through outages, and those that all units need only once. */
export class Calling extends Context.Reference<Calling>()("effect-welkin/export/Calling", {
  defaultValue: (): {
    readonly through: <A, R>(call: Effect.Effect<A, WelkinError, R>) => Effect.Effect<A, WelkinError, R>
    readonly once: <A, R>(name: string, call: Effect.Effect<A, WelkinError, R>) => Effect.Effect<A, WelkinError, R>
  } => ({ through: (call) => call, once: (_, call) => call })
}) {}

/** The same endpoint, through outages. */
export const lasting = <I, A, R>(endpoint: Endpoint.Endpoint<I, A, R>): Endpoint.Endpoint<I, A, R> =>
  Object.assign((...input: Endpoint.Arguments<I>) => Effect.flatMap(Calling, ({ through }) => through(endpoint(...input))), endpoint)

const whole = { next: undefined, reading: "whole", verdict: "verified", removed: 0 } as const

const itemsOf = (values: ReadonlyArray<unknown>, texts: ReadonlyArray<string> | undefined): ReadonlyArray<Item> =>
  values.map((value, at) => ({ value, text: texts![at]! }))

/** Where a list goes on, and which of its records are there already. */
export interface From {
  readonly position: Pagination.CompletePosition | undefined
  readonly has: (id: string) => boolean
}

const styles = {
  spring: { envelope: Pagination.springPage(Schema.Unknown), path: ["content"] },
  "meta-info": { envelope: Pagination.metaInfoPage(Schema.Unknown), path: ["data"] },
  "page-token": { envelope: Pagination.pageTokenPage(Schema.Unknown), path: ["content"] }
}

/** A page, and the text it came in. */
interface Paged {
  readonly page: any
  readonly text: string
}

/** A list that comes in pages. `at` names the field where the page sits one level deeper. */
export const paged = <I>(endpoint: Endpoint.Endpoint<I, any, WelkinClient>, at?: string): ((input: I, from?: From) => Reads) => {
  const { envelope, path } = styles[endpoint.descriptor.paging as keyof typeof styles]
  const schema: Schema.Schema<any, any> = at === undefined ? envelope : Schema.Struct({ [at]: envelope })
  const keys = at === undefined ? path : [at, ...path]
  const source: (input: any) => Effect.Effect<Endpoint.Source<any>, WelkinError, WelkinClient> = lasting(
    Endpoint.source(endpoint as Endpoint.Endpoint<object, any, WelkinClient>, schema)
  )
  const call = (input: object) =>
    Effect.map(source(input), ({ text, value }): Paged => ({ text, page: at === undefined ? value : value[at] }))
  const wrapped = Object.assign(call, endpoint) as unknown as Endpoint.Endpoint<object, Paged, WelkinClient>
  const pages = Pagination.complete(wrapped, { at: "page", ids: (record) => Versions.of(record).id })
  return (input, from) =>
    Stream.map(
      pages({ ...input, ...(from === undefined ? {} : { position: from.position, seen: from.has }) }),
      ({ items, kept, mode, next, value, verdict = "verified" }) => {
        const texts = slices(value.text, keys)
        return { items: items.map((value, n) => ({ value, text: texts![kept[n]!]! })), next, reading: mode, verdict, removed: 0 }
      }
    )
}

const bareList = prepared(Schema.Array(Schema.Unknown), bare)

/** A list that comes in one answer. */
export const unpaged = <I>(endpoint: Endpoint.Endpoint<I, any, WelkinClient>): ((input: I) => Reads) => {
  const source = lasting(Endpoint.source(endpoint, bareList)) as (
    input: I
  ) => Effect.Effect<Endpoint.Source<any>, WelkinError, WelkinClient>
  return (input) =>
    Stream.fromEffect(
      Effect.map(source(input), ({ text, value }) => ({
        ...whole,
        items: itemsOf(value, slices(text, []) ?? slices(text, ["data"]) ?? slices(text, ["content"]))
      }))
    )
}

/** A single record. */
export const one = <I>(endpoint: Endpoint.Endpoint<I, any, WelkinClient>): ((input: I) => Reads) => {
  const source = lasting(Endpoint.source(endpoint, Schema.Unknown)) as (
    input: I
  ) => Effect.Effect<Endpoint.Source<unknown>, WelkinError, WelkinClient>
  return (input) =>
    Stream.fromEffect(Effect.map(source(input), ({ text, value }) => ({ ...whole, items: itemsOf([value], slices(`[${text}]`, [])) })))
}

/** All events there can be: their list wants a period. */
export const everMore = {
  from: DateTime.unsafeMake("1970-01-01T00:00:00Z"),
  to: DateTime.unsafeMake("2100-01-01T00:00:00Z"),
  includeCancelled: true
}

export const isGone = (error: WelkinError | SinkError): boolean => error._tag === "NotFound" || error._tag === "Gone"

/** Another end for lists of what is gone. */
const whereGone = (reads: Reads, end: Reads): Reads =>
  Stream.catchAll(reads, (error) => (isGone(error) ? end : Stream.fail<WelkinError | SinkError>(error)))

/** A record that may not be there. */
export const maybe =
  <I>(read: (input: I) => Reads): ((input: I) => Reads) =>
  (input) =>
    whereGone(read(input), Stream.empty)

/** What stands below each record of a list. A record that is gone when its turn comes is counted. */
export const below = (parents: Reads, child: (id: string) => Reads): Reads =>
  Stream.flatMap(parents, (page) => {
    const ids = page.items.flatMap(({ value }) => (isRecord(value) && typeof value.id === "string" ? [value.id] : []))
    const gone: Batch = { ...whole, items: [], removed: 1 }
    const children = Stream.flatMap(Stream.fromIterable(ids), (id) => whereGone(child(id), Stream.succeed(gone)))
    return Stream.concat(Stream.succeed<Batch>({ ...page, items: [], next: undefined }), children)
  })

/** A list for each name that another list tells. */
export const each = (names: Effect.Effect<ReadonlyArray<string>, WelkinError, WelkinClient>, read: (name: string) => Reads): Reads =>
  Stream.flatMap(Stream.fromIterableEffect(names), read)

/**
 * Records that do not say whose they are: what they belong to is put in front of what the server wrote. Where the server says it
 * after all, its word comes later, and the later one of two equal keys counts.
 */
export const owned = (reads: Reads, owner: Readonly<Record<string, string>>): Reads => {
  const front = Object.entries(owner)
  const name = (item: Item): Item => {
    const { text, value } = item
    const missing = isRecord(value) ? front.filter(([key]) => typeof value[key] !== "string") : []
    if (missing.length === 0) return item
    const names = JSON.stringify(Object.fromEntries(missing)).slice(0, -1)
    return { value, text: `${names}${/^\{\s*\}$/.test(text) ? "" : ","}${text.slice(1)}` }
  }
  return Stream.map(reads, (page) => ({ ...page, items: page.items.map(name) }))
}

const named = Schema.Array(Schema.Struct({ name: Schema.String }))

/** The names that a formation lists, in one order. Asked for once. */
export const namesOf = (
  formations: Endpoint.Endpoint<{ readonly version: "current" }, any, WelkinClient>
): Effect.Effect<ReadonlyArray<string>, WelkinError, WelkinClient> => {
  const list = lasting(Endpoint.source(formations, named))
  return Effect.flatMap(Calling, ({ once }) =>
    once(
      formations.descriptor.id,
      Effect.map(list({ version: "current" }), ({ value }) => Array.from(new Set(value.map(({ name }) => name))).sort())
    )
  )
}
