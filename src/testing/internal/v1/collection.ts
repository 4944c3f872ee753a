/*
 * What all collections of v1 do alike: reads, finds, writes.
 */
import * as Chunk from "effect/Chunk"
import * as Either from "effect/Either"
import * as HashMap from "effect/HashMap"
import type { Call } from "../call.js"
import type { JsonObject } from "../json.js"
import { key, mix } from "../random.js"
import type * as Reply from "../reply.js"
import * as Table from "../table.js"
import * as World from "../world.js"
import * as Kind from "./kind.js"
import * as Moments from "./moments.js"
import * as Problem from "./problem.js"
import * as Reading from "./reading.js"

/** A page of a find, and where it goes on. */
export interface Page {
  readonly data: ReadonlyArray<JsonObject>
  readonly current: Window
  /** Undefined on the last page. */
  readonly next: Window | undefined
}

/** Bounds in microseconds, and the most records. */
export interface Window {
  readonly from: number | undefined
  readonly to: number | undefined
  readonly size: number
}

/** What an endpoint answers, without its envelope. */
export type Answer = { readonly item: JsonObject | null } | { readonly page: Page }

export type Handler = (call: Call, world: World.World) => Reply.Or<readonly [Answer, World.World]>

// --------------------------------------------------------------------------------------------------------------------- records

export interface Found {
  readonly index: number
  readonly row: Kind.Row
}

/** The record with this id. */
export const byId = (world: World.World, kind: Kind.Kind, id: string): Found | undefined => {
  const table = World.table(world, kind)
  const index = Table.indexOf(table, id)
  return index === undefined ? undefined : { index, row: Table.at(table, index)! }
}

/** 8-4-4-4-12 hexadecimal digits; the service checks no more. */
export const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** The record that the path names. */
export const existing = (call: Call, world: World.World, kind: Kind.Kind): Reply.Or<Found> => {
  const id = call.path.id!
  if (!isGuid(id)) return Problem.refuse("parse_exception", "The id in the path is no guid.", ".id")
  const found = byId(world, kind, id)
  return found === undefined ? Problem.refuse("not_found", "There is no such record.") : Either.right(found)
}

/** Whether a record that another one names is there. */
export const referred = (world: World.World, kind: Kind.Kind, id: unknown, path: string): Reply.Or<Found> => {
  if (typeof id !== "string" || !isGuid(id)) return Problem.refuse("parse_exception", "An id is no guid.", path)
  const found = byId(world, kind, id)
  return found === undefined ? Problem.refuse("resource_not_found", "There is no such record.", path) : Either.right(found)
}

/** The records at these places from the start, and all that were written since. */
export const near = (world: World.World, kind: Kind.Kind, places: ReadonlyArray<number>): ReadonlyArray<Found> => {
  const table = World.table(world, kind)
  return Array.from(new Set([...places, ...HashMap.keys(table.changes.rows)])).flatMap((index) => {
    const row = Table.at(table, index)
    return row === undefined ? [] : [{ index, row }]
  })
}

// ------------------------------------------------------------------------------------------------------------------------ finds

/** Which records a find lets through. */
export interface Filter {
  readonly test: (fields: JsonObject) => boolean
  /** The only places where those from the start can lie; undefined where they may lie anywhere. */
  readonly among?: ReadonlyArray<number>
}

/** Filters by the names of their parameters. */
export interface Filters {
  readonly [parameter: string]: (value: string, world: World.World) => Reply.Or<Filter>
}

/** Records of which a field has a value. */
export const equal =
  (field: string): Filters[string] =>
  (value) =>
    Either.right({ test: (fields) => fields[field] === value })

/** The places of a patient's records. */
export const placesOf = (kind: Kind.Kind, owner: number | undefined): ReadonlyArray<number> =>
  owner === undefined ? [] : Array.from({ length: kind.slots }, (_, slot) => owner * kind.slots + slot)

const windowOf = (query: ReadonlyMap<string, string>, { legacy }: World.Setting): Reply.Or<Window> => {
  const bound = (name: string): Reply.Or<number | undefined> => {
    const text = query.get(name)
    if (text === undefined) return Either.right(undefined)
    const micros = Moments.parse(text)
    return micros === undefined ? Problem.refuse("parse_exception", "A bound is no moment.", `.${name}`) : Either.right(micros)
  }
  const size = query.get("page[size]") ?? "50"
  return Either.all({
    from: bound("page[from]"),
    to: bound("page[to]"),
    size: /^[1-9]\d{0,8}$/.test(size)
      ? Either.right(Math.min(Number(size), legacy.maxSize))
      : Problem.refuse("parse_exception", "The size of a page is no whole number above zero.", ".page[size]")
  })
}

/** The records between two moments, one at a time, in the order of the option. */
function* within(world: World.World, kind: Kind.Kind, { from, to }: Window, filter: Filter): Generator<Kind.Row> {
  const { bounds, order } = world.setting.legacy
  const earliest = (from ?? Number.NEGATIVE_INFINITY) + (bounds.startsWith("(") ? 1 : 0)
  const latest = (to ?? Number.POSITIVE_INFINITY) - (bounds.endsWith(")") ? 1 : 0)
  const table = World.table(world, kind)
  const isAscending = order === "ascending"
  const rows =
    filter.among === undefined
      ? isAscending
        ? Table.changedSince(table, earliest)
        : Table.changedUntil(table, latest)
      : near(world, kind, filter.among)
          .map(({ row }) => row)
          .sort((one, other) => (isAscending ? one.updated - other.updated : other.updated - one.updated))
  for (const row of rows) {
    if (row.updated < earliest || row.updated > latest) {
      // the rest is outside as well
      if (isAscending ? row.updated > latest : row.updated < earliest) return
    } else if (filter.test(row.fields)) yield row
  }
}

const anything: Filter = { test: () => true }

const both = (one: Filter, other: Filter): Filter => {
  const among = one.among ?? other.among
  return { test: (fields) => one.test(fields) && other.test(fields), ...(among === undefined ? {} : { among }) }
}

const either = (one: Filter, other: Filter): Filter => ({ test: (fields) => one.test(fields) || other.test(fields) })

export interface FindOptions {
  readonly filters?: Filters
  /** Whether several filters let through what one of them does. */
  readonly any?: boolean
  /** What is answered of a record. */
  readonly view?: (row: Kind.Row, world: World.World) => JsonObject
}

/** A page of the records that a query asks for. */
export const search = (
  query: ReadonlyMap<string, string>,
  world: World.World,
  kind: Kind.Kind,
  { any = false, filters = {}, view = (row) => Kind.view(world.setting, kind, row) }: FindOptions
): Reply.Or<Answer> =>
  Either.gen(function* () {
    const twice = Object.entries(kind.older).find(([newest, old]) => query.has(newest) && query.has(old))
    if (twice !== undefined) return yield* Problem.refuse("bad_request", "A filter is given under two names.", `.${twice[1]}`)
    const current = yield* windowOf(query, world.setting)
    const given = yield* Either.all(
      Object.entries(filters).flatMap(([name, filter]) => {
        const value = query.get(name)
        return value === undefined ? [] : [filter(value, world)]
      })
    )
    const filter = given.length === 0 ? anything : given.reduce(any ? either : both)
    const found: Array<Kind.Row> = []
    let more = false
    for (const row of within(world, kind, current, filter)) {
      more = found.length === current.size
      if (more) break
      found.push(row)
    }
    const last = found.at(-1)?.updated
    const next = world.setting.legacy.order === "ascending" ? { ...current, from: last } : { ...current, to: last }
    return { page: { data: found.map((row) => view(row, world)), current, next: more ? next : undefined } }
  })

export const find =
  (kind: Kind.Kind, options: FindOptions = {}): Handler =>
  (call, world) =>
    Either.map(search(new Map(call.query), world, kind, options), (answer) => [answer, world])

export const get =
  (kind: Kind.Kind): Handler =>
  (call, world) =>
    Either.map(existing(call, world, kind), ({ row }) => [{ item: Kind.view(world.setting, kind, row) }, world])

// ----------------------------------------------------------------------------------------------------------------------- writes

/** The moment that all writes of one request bear, in microseconds. */
export const begin = (world: World.World, now: number): readonly [number, World.World] => {
  const [millis, stamped] = World.stamp(world, now)
  return [millis * 1000 + (mix(key(world.setting.seed, "v1.micros"), millis) % 1000), stamped]
}

const noted = (world: World.World, kind: Kind.Kind, at: number): World.World => ({
  ...world,
  legacyChanges: Chunk.append(world.legacyChanges, { resource: kind.resource, at })
})

/** Adds a record. */
export const add = (world: World.World, kind: Kind.Kind, at: number, fields: JsonObject): readonly [Kind.Row, World.World] => {
  // the service notes the creation a moment after the change
  const created = at + 20 + (at % 300)
  const [row, changes] = Table.add(World.table(world, kind), Math.floor(created / 1000), (id) => ({ id, fields, created, updated: at }))
  return [row, noted(World.written(world, kind, changes), kind, at)]
}

/** Lays fields over those of a record. */
export const change = (
  world: World.World,
  kind: Kind.Kind,
  { index, row }: Found,
  at: number,
  fields: JsonObject
): readonly [Kind.Row, World.World] => {
  const next: Kind.Row = { ...row, fields: { ...row.fields, ...fields }, updated: at }
  return [next, noted(World.written(world, kind, Table.put(World.table(world, kind), index, next)), kind, at)]
}

/**
 * Reads the body of an update. It may hold the whole record, as a client of the service sends it: what cannot be changed is passed over
 * where it is what it was, and refused where it is not.
 */
export const changes = (
  call: Call,
  { setting }: World.World,
  kind: Kind.Kind,
  { row }: Found,
  shape: Reading.Shape
): Reply.Or<JsonObject> =>
  Either.gen(function* () {
    const before = Kind.view({ ...setting, legacy: { ...setting.legacy, spelling: "both" } }, kind, row)
    const newest = new Map(Object.entries(kind.older).map(([name, old]) => [old, name]))
    const given: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(yield* Reading.body(call))) {
      if (Object.hasOwn(shape.fields, newest.get(key) ?? key)) given[key] = value
      else if (!Object.hasOwn(before, key)) yield* Problem.refuse("parse_exception", "There is no such field.", `.${key}`)
      else if (JSON.stringify(value) !== JSON.stringify(before[key])) {
        yield* Problem.refuse("bad_request", "A field cannot be changed.", `.${key}`)
      }
    }
    return yield* Reading.fields(given, shape, kind.older)
  })

/** Changes the record that the path names. */
export const update =
  (
    kind: Kind.Kind,
    shape: Reading.Shape,
    check: (fields: JsonObject, world: World.World, found: Found) => Reply.Or<JsonObject> = (fields) => Either.right(fields)
  ): Handler =>
  (call, before) =>
    Either.gen(function* () {
      const found = yield* existing(call, before, kind)
      const fields = yield* check(yield* changes(call, before, kind, found, shape), before, found)
      const [at, world] = begin(before, call.now)
      const [row, next] = change(world, kind, found, at, fields)
      return item(next, kind, row)
    })

/** Creates a record. */
export const create =
  (
    kind: Kind.Kind,
    shape: Reading.Shape,
    write: (world: World.World, at: number, fields: JsonObject) => Reply.Or<readonly [Kind.Row, World.World]>
  ): Handler =>
  (call, before) =>
    Either.gen(function* () {
      const [at, world] = begin(before, call.now)
      const [row, next] = yield* write(world, at, yield* Reading.fields(yield* Reading.body(call), shape, kind.older))
      return item(next, kind, row)
    })

/** Deletes the record that the path names. Its answer is nothing, unless told otherwise. */
export const remove =
  (kind: Kind.Kind, clean: (world: World.World, at: number, found: Found) => World.World = (world) => world, isTold = false): Handler =>
  (call, before) =>
    Either.gen(function* () {
      const found = yield* existing(call, before, kind)
      const [at, world] = begin(before, call.now)
      const next = clean(drop(world, kind, found, at), at, found)
      return isTold ? item(next, kind, found.row) : [{ item: null }, next]
    })

export const drop = (world: World.World, kind: Kind.Kind, { index }: Found, at: number): World.World =>
  noted(World.written(world, kind, Table.remove(World.table(world, kind), index)), kind, at)

/** Answers a record that was written. */
export const item = (world: World.World, kind: Kind.Kind, row: Kind.Row): readonly [Answer, World.World] => [
  { item: Kind.view(world.setting, kind, row) },
  world
]
