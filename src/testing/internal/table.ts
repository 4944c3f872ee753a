/*
 * A table of records: what the population has from the start, and what was written since, laid over it. Written rows sit in a persistent
 * map, so an old state stays readable for nothing; unwritten ones are made when they are read.
 *
 * A record's place is its index, and indexes grow with the time of creation.
 */
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import type { Ids } from "./ids.js"
import type { Population } from "./population.js"

/** The records of one kind that are there from the start, by index. */
export interface Base<A> {
  /** Indexes run from 0 to `span - 1`. */
  readonly span: number
  readonly ids: Ids
  /** The record; undefined where the index has none. */
  readonly at: (index: number) => A | undefined
  /** How many places the order of last change has. Some stand empty. */
  readonly ranks: number
  /** The index of the record at a place in that order. */
  readonly ranked: (rank: number) => number
  /** When the record at a place in that order was last changed; never falls. */
  readonly changedAt: (rank: number) => number
  /** Nothing written yet. */
  readonly untouched: Changes<A>
}

/** What was written to a table. */
export interface Changes<A> {
  /** The index of the next record to be created. */
  readonly span: number
  /** Rows by index; undefined for a deleted one. */
  readonly rows: HashMap.HashMap<number, A | undefined>
  /** Indexes of deleted records, ascending. */
  readonly gone: ReadonlyArray<number>
}

/** One kind of record: what is there from the start, and how a record tells its id and its last change. */
export interface Kind<A> {
  readonly name: string
  readonly base: (population: Population) => Base<A>
  readonly idOf: (record: A) => string
  readonly changedAt: (record: A) => number
}

/** All records of a kind in one state of the world. */
export interface Table<A> {
  readonly kind: Kind<A>
  readonly base: Base<A>
  readonly changes: Changes<A>
}

/** How many records of a kind are kept once they are made. */
const kept = 2048

const remembering = <A>(make: (index: number) => A): ((index: number) => A) => {
  const known = new Map<number, A>()
  return (index) => {
    if (known.has(index)) return known.get(index) as A
    if (known.size >= kept) known.clear()
    const made = make(index)
    known.set(index, made)
    return made
  }
}

export const base = <A>(facts: Omit<Base<A>, "untouched">): Base<A> => ({
  ...facts,
  at: remembering(facts.at),
  untouched: { span: facts.span, rows: HashMap.empty(), gone: [] }
})

/** The record at an index; undefined where there is none, or none any more. */
export const at = <A>({ base, changes }: Table<A>, index: number): A | undefined =>
  Option.getOrElse(HashMap.get(changes.rows, index), () => (index < base.span ? base.at(index) : undefined))

/** The index of the record with this id. */
export const indexOf = <A>(table: Table<A>, id: string): number | undefined => {
  const index = table.base.ids.decode(id)
  if (index === undefined) return undefined
  const record = at(table, index)
  return record !== undefined && table.kind.idOf(record) === id ? index : undefined
}

/** Whether this id was deleted. */
export const isGone = <A>({ base, changes }: Table<A>, id: string): boolean => {
  const index = base.ids.decode(id)
  return index !== undefined && HashMap.has(changes.rows, index) && HashMap.unsafeGet(changes.rows, index) === undefined
}

export const put = <A>({ changes }: Table<A>, index: number, record: A): Changes<A> => ({
  ...changes,
  rows: HashMap.set(changes.rows, index, record)
})

/** Adds a record that knows its id. */
export const add = <A>({ base, changes }: Table<A>, createdAt: number, make: (id: string) => A): readonly [A, Changes<A>] => {
  const record = make(base.ids.encode(changes.span, createdAt))
  return [record, { ...changes, span: changes.span + 1, rows: HashMap.set(changes.rows, changes.span, record) }]
}

export const remove = <A>({ changes }: Table<A>, index: number): Changes<A> => {
  const place = changes.gone.findIndex((one) => one > index)
  return {
    ...changes,
    rows: HashMap.set(changes.rows, index, undefined),
    gone: changes.gone.toSpliced(place === -1 ? changes.gone.length : place, 0, index)
  }
}

/** How many records a table without holes has. */
export const size = <A>({ changes }: Table<A>): number => changes.span - changes.gone.length

/** Records of a table without holes, in the order of creation, from an offset. */
export const slice = <A>(table: Table<A>, offset: number, limit: number): ReadonlyArray<A> => {
  const { gone, span } = table.changes
  let index = offset
  let skipped = 0
  const skip = () => {
    while (skipped < gone.length && gone[skipped]! <= index) {
      skipped++
      index++
    }
  }
  const found: Array<A> = []
  for (skip(); index < span && found.length < limit; index++, skip()) {
    const record = at(table, index)
    if (record !== undefined) found.push(record)
  }
  return found
}

/**
 * Records in the order of last change, from the first one changed at `since` or later, one at a time. What was never written comes in
 * the order of the population; every write is later than all of that.
 */
export function* changedSince<A>(table: Table<A>, since: number): Generator<A> {
  const { base, changes } = table
  for (let rank = firstRank(base, since); rank < base.ranks; rank++) {
    const index = base.ranked(rank)
    if (HashMap.has(changes.rows, index)) continue
    const record = index < base.span ? base.at(index) : undefined
    if (record !== undefined) yield record
  }
  yield* Array.from(HashMap.values(changes.rows))
    .filter((record) => record !== undefined && table.kind.changedAt(record) >= since)
    .sort((one, other) => table.kind.changedAt(one!) - table.kind.changedAt(other!)) as Array<A>
}

/** The same backwards, from the last record changed at `until` or earlier. */
export function* changedUntil<A>(table: Table<A>, until: number): Generator<A> {
  const { base, changes } = table
  yield* Array.from(HashMap.values(changes.rows))
    .filter((record) => record !== undefined && table.kind.changedAt(record) <= until)
    .sort((one, other) => table.kind.changedAt(other!) - table.kind.changedAt(one!)) as Array<A>
  for (let rank = firstRank(base, until + 1) - 1; rank >= 0; rank--) {
    const index = base.ranked(rank)
    if (HashMap.has(changes.rows, index)) continue
    const record = index < base.span ? base.at(index) : undefined
    if (record !== undefined) yield record
  }
}

const firstRank = (base: Base<unknown>, since: number): number => {
  let [low, high] = [0, base.ranks]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (base.changedAt(middle) < since) low = middle + 1
    else high = middle
  }
  return low
}

const memory = new WeakMap<Changes<any>, { readonly question: string; readonly answer: unknown }>()

/** Keeps the last answer that a state of a table was asked for: the pages of one sorted list sort it once. */
export const remembered = <A, B>({ changes }: Table<A>, question: string, answer: () => B): B => {
  const known = memory.get(changes)
  if (known?.question === question) return known.answer as B
  const fresh = answer()
  memory.set(changes, { question, answer: fresh })
  return fresh
}
