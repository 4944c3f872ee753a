/*
 * All that a simulator knows, as one immutable value: keep it and you have a snapshot.
 */
import * as Chunk from "effect/Chunk"
import * as HashMap from "effect/HashMap"
import * as HashSet from "effect/HashSet"
import * as Option from "effect/Option"
import type { Fault } from "../Fault.js"
import type { Population } from "./population.js"
import type { Router } from "./router.js"
import type { EndpointId } from "./routes.js"
import * as Table from "./table.js"
import type { Legacy } from "./v1/setting.js"

/** What never changes while a simulator lives. */
export interface Setting {
  readonly tenant: string
  readonly instance: string
  readonly apiClient: string
  readonly apiClientId: string
  readonly secretKey: string
  readonly seed: number
  readonly population: Population
  readonly router: Router
  readonly tokenLifetimeSeconds: number
  readonly clockSkewMillis: number
  readonly latency: { readonly millis: number; readonly upToMillis: number }
  readonly sharedInstants: number
  readonly legacy: Legacy
}

/** A fault and how often it was looked at and struck. */
export interface Rule {
  readonly fault: Fault
  readonly matched: number
  readonly struck: number
  /** When it struck for the first time. */
  readonly since: number | undefined
}

/** A request as it was seen: what it asked for, never what it held. */
export interface JournalEntry {
  /** Undefined where the service has no such route. */
  readonly endpoint: EndpointId | undefined
  readonly method: string
  /** The route's template; undefined where there is none. */
  readonly route: string | undefined
  /** Epoch milliseconds of its arrival. */
  readonly at: number
  /** Undefined where no answer began. */
  readonly status: number | undefined
}

/** How often one and the same write was applied. Same means: method, path and body are equal. */
export interface LedgerEntry {
  readonly generation: "v8" | "v1"
  readonly endpoint: EndpointId
  /** Stands for method, path and body, and cannot be read back. */
  readonly fingerprint: string
  readonly applied: number
}

/** A write to a record that the service audits. */
export interface Write {
  /** The name of the record's kind. */
  readonly kind: string
  readonly operation: "CREATE" | "UPDATE" | "DELETE"
  readonly at: number
  /** The record before; undefined where it is new. */
  readonly before: unknown
  /** The record after; undefined where it was deleted. */
  readonly after: unknown
}

/** A message that is to be sent. */
export interface Due {
  readonly at: number
  readonly kind: Table.Kind<any>
  readonly id: string
}

/** The kinds of record whose writes are kept. */
const audited: ReadonlySet<string> = new Set(["patients", "cdtRecords", "task", "users"])

/** A change to a collection of v1. */
export interface LegacyChange {
  readonly resource: string
  /** Microseconds since 1970. */
  readonly at: number
}

export interface World {
  readonly setting: Setting
  readonly changes: HashMap.HashMap<string, Table.Changes<any>>
  /** The stamp of the last write. */
  readonly lastWrite: number
  /** The writes that the service audits, in their order. */
  readonly writes: Chunk.Chunk<Write>
  /** The messages that were scheduled, by their time. */
  readonly outbox: ReadonlyArray<Due>
  /** The changes to v1's collections, in their order. */
  readonly legacyChanges: Chunk.Chunk<LegacyChange>
  /** How many of them a notification has told of. */
  readonly legacyTold: number
  readonly tokens: {
    readonly issued: number
    /** Tokens up to this one no longer work. */
    readonly revoked: number
    /** When tokens were asked for in the last minutes. */
    readonly asked: ReadonlyArray<number>
    readonly blockedUntil: number
  }
  /** Undefined where requests may come as fast as they like. */
  readonly requestsPerSecond: number | undefined
  readonly bucket: { readonly level: number; readonly at: number }
  readonly denied: HashSet.HashSet<string>
  readonly rules: ReadonlyArray<Rule>
  /** By order of arrival. */
  readonly journal: HashMap.HashMap<number, JournalEntry>
  readonly ledger: HashMap.HashMap<string, LedgerEntry>
}

/**
 * What an API client cannot do unless it is allowed to. The refusals of the first three were recorded, those of chat are documented;
 * v1 opens writes of workers to few.
 */
const deniedByDefault: ReadonlyArray<EndpointId> = [
  "patients.remove",
  "users.remove",
  "encounterComments.create",
  "chat.archive",
  "chat.restore",
  "workers.create",
  "workers.update"
]

export interface Start {
  readonly faults: ReadonlyArray<Fault>
  readonly deny: ReadonlyArray<EndpointId>
  readonly allow: ReadonlyArray<EndpointId>
  readonly requestsPerSecond: number | undefined
}

export const make = (setting: Setting, { allow, deny, faults, requestsPerSecond }: Start): World => ({
  setting,
  changes: HashMap.empty(),
  lastWrite: setting.population.end,
  writes: Chunk.empty(),
  outbox: [],
  legacyChanges: Chunk.empty(),
  legacyTold: 0,
  tokens: { issued: 0, revoked: 0, asked: [], blockedUntil: 0 },
  requestsPerSecond,
  bucket: { level: requestsPerSecond ?? 0, at: 0 },
  denied: HashSet.fromIterable<string>([...deniedByDefault, ...deny]).pipe(HashSet.difference<string>(allow)),
  rules: faults.map(rule),
  journal: HashMap.empty(),
  ledger: HashMap.empty()
})

export const rule = (fault: Fault): Rule => ({ fault, matched: 0, struck: 0, since: undefined })

/** The records of a kind. */
export const table = <A>({ changes, setting }: World, kind: Table.Kind<A>): Table.Table<A> => {
  const base = kind.base(setting.population)
  return { kind, base, changes: Option.getOrElse(HashMap.get(changes, kind.name), () => base.untouched) }
}

export const written = <A>(world: World, kind: Table.Kind<A>, changes: Table.Changes<A>): World => ({
  ...world,
  changes: HashMap.set(world.changes, kind.name, changes)
})

/**
 * The moment of a write: the service's clock, but always after everything that is there. A test's clock begins in 1970, and a record
 * that changes must not go back in time.
 */
export const stamp = (world: World, now: number): readonly [number, World] => {
  const at = Math.max(now, world.lastWrite + 1)
  return [at, { ...world, lastWrite: at }]
}

const noted = <A>(world: World, kind: Table.Kind<A>, write: Omit<Write, "kind">): World =>
  audited.has(kind.name) ? { ...world, writes: Chunk.append(world.writes, { kind: kind.name, ...write }) } : world

/** Adds a record. */
export const create = <A>(world: World, now: number, kind: Table.Kind<A>, make: (id: string, at: number) => A): readonly [A, World] => {
  const [at, stamped] = stamp(world, now)
  const [record, changes] = Table.add(table(world, kind), at, (id) => make(id, at))
  return [record, noted(written(stamped, kind, changes), kind, { operation: "CREATE", at, before: undefined, after: record })]
}

/** Writes a record over what is at its index. */
export const replace = <A>(world: World, now: number, kind: Table.Kind<A>, index: number, make: (at: number) => A): readonly [A, World] => {
  const [at, stamped] = stamp(world, now)
  const record = make(at)
  const records = table(world, kind)
  const next = written(stamped, kind, Table.put(records, index, record))
  return [record, noted(next, kind, { operation: "UPDATE", at, before: Table.at(records, index), after: record })]
}

/** Takes a record away, right after the last write. */
export const remove = <A>(world: World, kind: Table.Kind<A>, index: number): World => {
  const [at, stamped] = stamp(world, world.lastWrite)
  const records = table(world, kind)
  const next = written(stamped, kind, Table.remove(records, index))
  return noted(next, kind, { operation: "DELETE", at, before: Table.at(records, index), after: undefined })
}
