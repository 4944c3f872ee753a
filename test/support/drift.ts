/** A list that changes while it is read: records come and go before every request but the first. */
import * as Effect from "effect/Effect"
import type { Descriptor } from "../../src/Endpoint.js"

export interface Item {
  readonly id: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** How the server takes `sort`. Without one, and where it ignores it, the list is in its own order. */
export type Sorting = "honours" | "honours the first" | "ignores" | "shuffles ties" | "by updatedAt" | "refuses"

/** Where the list's own order puts what is created: that order is random where it goes anywhere. */
export type Inserts = "none" | "appended" | "front" | "anywhere"

export interface Facts {
  readonly sorting: Sorting
  readonly inserts: Inserts
  /** How many records share a moment of creation. */
  readonly tied: number
  readonly cap?: number
  /** Whether a page tells its size, its number and the total. */
  readonly tells?: boolean
  /** How many requests meet a change; all of them unless said. */
  readonly restless?: number
  readonly updates?: boolean
}

/** Numbers from 0 to below 1, the same ones for the same seed. */
export const random = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

const start = Date.UTC(2026, 0, 1)

interface Row extends Item {
  readonly place: number
}

const by =
  <A>(...keys: ReadonlyArray<(row: A) => string | number>) =>
  (one: A, other: A): number => {
    for (const key of keys) if (key(one) !== key(other)) return key(one) < key(other) ? -1 : 1
    return 0
  }

/** A world of so many records, its list as an endpoint, and what was there from its first answer to its last. */
export type World = ReturnType<typeof world>

export const world = (descriptor: Descriptor, count: number, facts: Facts, seed: number) => {
  const next = random(seed)
  const upTo = (most: number) => Math.floor(next() * (most + 1))
  let born = 0
  let moment = 0
  const at = () => new Date(start + moment).toISOString()
  const create = (): Row => {
    if (born++ % facts.tied === 0) moment++
    const createdAt = at()
    const id = `${Math.floor(next() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0")}-${born}`
    const place = facts.inserts === "front" ? -born : facts.inserts === "anywhere" ? next() : born
    return { id, createdAt, updatedAt: createdAt, place }
  }
  const rows = Array.from({ length: count }, create)
  let survivors: Set<string> | undefined
  let requests = 0
  const change = () => {
    for (let n = upTo(3); n > 0 && rows.length > 0; n--) rows.splice(upTo(rows.length - 1), 1)
    moment++
    for (let n = facts.inserts === "none" ? 0 : upTo(3); n > 0; n--) rows.push(create())
    for (let n = facts.updates === true ? upTo(2) : 0; n > 0 && rows.length > 0; n--) {
      const changed = upTo(rows.length - 1)
      moment++
      rows[changed] = { ...rows[changed]!, updatedAt: at() }
    }
  }
  const inOrder = (sort: ReadonlyArray<string>): ReadonlyArray<Row> => {
    const natural = () => rows.toSorted(by<Row>(({ place }) => place))
    if (sort.length === 0 || facts.sorting === "ignores") return natural()
    if (facts.sorting === "by updatedAt") return rows.toSorted(by<Row>(({ updatedAt }) => updatedAt))
    const ties = new Map(rows.map(({ id }) => [id, next()]))
    const second =
      sort.length > 1 && facts.sorting === "honours"
        ? ({ id }: Row) => id
        : ({ id, place }: Row) => (facts.sorting === "shuffles ties" ? ties.get(id)! : place)
    return rows.toSorted(by<Row>(({ createdAt }) => createdAt, second))
  }
  const call = ({ page, size: asked, sort }: any) =>
    Effect.sync(() => {
      if (requests++ > 0 && requests <= (facts.restless ?? Number.POSITIVE_INFINITY)) change()
      const size = Math.min(asked, facts.cap ?? asked)
      const all = inOrder(sort === undefined ? [] : [sort].flat())
      const content = all.slice(page * size, page * size + size).map(({ place, ...item }): Item => item)
      const here = new Set(all.map(({ id }) => id))
      survivors = survivors === undefined ? here : new Set([...survivors].filter((id) => here.has(id)))
      const told = facts.tells === false ? {} : { number: page, size }
      return { content, last: (page + 1) * size >= all.length, totalElements: all.length, ...told }
    })
  return {
    endpoint: Object.assign(call, { descriptor }) as any,
    requests: () => requests,
    survivors: () => survivors ?? new Set<string>(),
    /** Changes the list as a pause of so many requests does. */
    pause: (length: number) => {
      for (let n = 0; n < length; n++) change()
      const here = new Set(rows.map(({ id }) => id))
      survivors = new Set([...(survivors ?? here)].filter((id) => here.has(id)))
    }
  }
}
