/*
 * A collection of v1: what its records look like, and those that are there from the start.
 *
 * Records lie in the order of their last change, so a window of time is found without a look at what is outside of it. Some share a
 * microsecond, some lie one apart, some a millisecond less one.
 */
import * as Ids from "../ids.js"
import type { JsonObject } from "../json.js"
import { once, type Population } from "../population.js"
import { Draws, key, mix } from "../random.js"
import * as Table from "../table.js"
import type { Setting } from "../world.js"
import * as Moments from "./moments.js"
import type { Older } from "./reading.js"

/** A record. Its fields go by their newest names, their moments are microseconds. */
export interface Row {
  readonly id: string
  readonly fields: JsonObject
  /** Microseconds since 1970. */
  readonly updated: number
  readonly created: number
}

interface Base extends Table.Base<Row> {
  /** The id that belongs to an index, whether or not there is a record. */
  readonly idAt: (index: number) => string
}

export interface Kind extends Table.Kind<Row> {
  /** The name of the collection, as in its path. */
  readonly resource: string
  readonly base: (population: Population) => Base
  /** How many places a patient has for those that are there from the start; none where they belong to no patient. */
  readonly slots: number
  /** The names that fields had in 2018, by the newest. */
  readonly older: Older
  /** The fields that are moments. */
  readonly moments: ReadonlyArray<string>
  /** Whether records tell when they were made and changed. */
  readonly stamped: boolean
  /** What else was different in 2018. */
  readonly in2018: (fields: JsonObject) => JsonObject
}

/** A record about to be made. */
export interface Seedling {
  readonly index: number
  /** The index of the patient it belongs to. */
  readonly owner: number
  /** Its place among the patient's records of this kind, from 0. */
  readonly slot: number
  readonly created: number
  readonly updated: number
  readonly draws: Draws
}

interface Facts {
  readonly resource: string
  /** How many places a patient has, or how many records there are in all. */
  readonly size: { readonly each: number } | { readonly all: number }
  /** The fields; undefined where a place stays empty. */
  readonly make: (seedling: Seedling, population: Population) => JsonObject | undefined
  readonly older?: Older
  readonly moments?: ReadonlyArray<string>
  readonly stamped?: boolean
  readonly in2018?: (fields: JsonObject) => JsonObject
}

const minute = 60_000_000
const hour = 60 * minute
const day = 24 * hour

const start = Date.UTC(2018, 0, 1) * 1000
/** Patients come three minutes apart, on the whole. */
const step = 3 * minute
/** So many neighbours may crowd together. */
const block = 8

const timesOf = ({ resource, size }: Facts, { seed }: Population, sharedInstants: number) => {
  const gapKey = key(seed, `v1/${resource}.updated`)
  const ageKey = key(seed, `v1/${resource}.created`)
  const stride = "all" in size ? day : step / size.each
  // staff is there before any patient, and a patient before its records
  const first = start + ("all" in size ? -2 * size.all * day : resource === "patients" ? 0 : hour)
  const oldest = resource === "patients" ? 30 * day : 5 * minute
  const gaps = [0, 1, 999, stride, stride, stride, stride, stride]
  const updated = (index: number): number => {
    const leader = index - (index % sharedInstants)
    const crowd = leader - (leader % block)
    let at = first + crowd * stride + (mix(gapKey, crowd) % stride)
    for (let one = crowd + 1; one <= leader; one++) at += gaps[mix(gapKey, one) % gaps.length]!
    return at
  }
  return {
    updated,
    /** A record that never changed says so a few microseconds late, as the service's do. */
    created: (index: number): number => {
      const word = mix(ageKey, index)
      return updated(index) + (word % 4 === 0 ? 20 + (word % 300) : -Math.floor((word / 0x1_0000_0000) * oldest))
    }
  }
}

export const make = (facts: Facts): Kind => {
  const { in2018 = (fields) => fields, moments = [], older = {}, resource, size, stamped = true } = facts
  const slots = "each" in size ? size.each : 0
  const name = `v1/${resource}`
  return {
    name,
    resource,
    slots,
    older,
    moments,
    stamped,
    in2018,
    base: once((population) => {
      const recordKey = key(population.seed, name)
      const ids = Ids.make(key(population.seed, `${name}.id`))
      const times = timesOf(facts, population, population.sharedInstants)
      const span = "each" in size ? population.patients.span * size.each : size.all
      const idAt = (index: number) => ids.encode(index, Math.floor(times.created(index) / 1000))
      const at = (index: number): Row | undefined => {
        if (index >= span) return undefined
        const [created, updated] = [times.created(index), times.updated(index)]
        const [owner, slot] = slots === 0 ? [0, 0] : [Math.floor(index / slots), index % slots]
        const fields = facts.make({ index, owner, slot, created, updated, draws: new Draws(recordKey, index) }, population)
        return fields === undefined ? undefined : { id: idAt(index), fields, updated, created }
      }
      return { ...Table.base({ span, ids, at, ranks: span, ranked: (rank) => rank, changedAt: times.updated }), idAt }
    }),
    idOf: (row) => row.id,
    changedAt: (row) => row.updated
  }
}

/** A record as it goes out. */
export const view = ({ legacy: { spelling, stamps } }: Setting, kind: Kind, { created, fields, id, updated }: Row): JsonObject => {
  const written = { ...(spelling === "2018" ? kind.in2018(fields) : fields) } as Record<string, unknown>
  for (const name of kind.moments) {
    const micros = written[name]
    if (typeof micros === "number") written[name] = Moments.format(micros, stamps)
  }
  const stamp = kind.stamped ? { updated_at: Moments.format(updated, stamps), created_at: Moments.format(created, stamps) } : {}
  const named = spelling === "2020" ? written : renamed(written, kind.older, spelling === "both")
  return { id, ...named, ...stamp }
}

const renamed = (fields: JsonObject, older: Older, keeps: boolean): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const old = older[name]
      if (old === undefined) return [[name, value]]
      return keeps
        ? [
            [name, value],
            [old, value]
          ]
        : [[old, value]]
    })
  )
