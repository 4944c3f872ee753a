/**
 * A plan of an export: independent units of work, as data.
 *
 * @since 0.1.0
 */
import { createHash } from "node:crypto"
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { parseInstant } from "../internal/time.js"
import { CompletePosition, Position } from "../Pagination.js"
import { defaultBaseUrl } from "../v1/LegacyToken.js"
import * as Timestamp from "../v1/Timestamp.js"
import * as Collection from "./Collection.js"
import { byName, type Kind, kinds } from "./Kind.js"

/**
 * How a kind is read: by its bulk route (`bulk`), or by the ordinary lists of the tenant and of each patient (`crawl`). A collection of
 * the legacy API is read by windows of time (`window`).
 *
 * @since 0.1.0
 * @category schemas
 */
export const Mode = Schema.Literal("bulk", "crawl", "window")
/**
 * @since 0.1.0
 * @category models
 */
export type Mode = typeof Mode.Type

/**
 * A piece of work that stands for itself: done twice it gives the same, and any worker can do it.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Unit = Schema.Struct({
  /** Its name, unique in the plan: that of the kind in bulk, and with a number behind it in a crawl. */
  id: Schema.NonEmptyString,
  kind: Schema.String.pipe(Schema.filter((name) => byName(name) !== undefined, { identifier: "Kind" })),
  mode: Schema.Literal("bulk", "crawl"),
  /** Records changed since this moment; all of them, if left out. Bulk routes alone can do that. */
  since: Schema.optionalWith(Schema.String, { exact: true }),
  /** Patients that match this filter of `Patients.search`. */
  filter: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.Unknown }), { exact: true }),
  /** The patients whose records are read; left out where lists of the whole tenant are. */
  patients: Schema.optionalWith(Schema.Array(Schema.NonEmptyString), { exact: true }),
  pageSize: Schema.Int.pipe(Schema.positive())
})
/**
 * @since 0.1.0
 * @category models
 */
export type Unit = typeof Unit.Type

/**
 * The same of the legacy API: a collection.
 *
 * @since 0.1.0
 * @category schemas
 */
export const LegacyUnit = Schema.Struct({
  id: Schema.NonEmptyString,
  kind: Schema.String.pipe(Schema.filter((name) => Collection.byName(name) !== undefined, { identifier: "Collection" })),
  mode: Schema.Literal("window"),
  since: Schema.optionalWith(Schema.String, { exact: true }),
  pageSize: Schema.Int.pipe(Schema.positive())
})
/**
 * @since 0.1.0
 * @category models
 */
export type LegacyUnit = typeof LegacyUnit.Type

/**
 * Where a walk over windows of time goes on: two minutes before what it has read, at the latest.
 *
 * @since 0.1.0
 * @category schemas
 */
export const WindowPlace = Schema.Struct({ from: Timestamp.Timestamp })
/**
 * @since 0.1.0
 * @category models
 */
export type WindowPlace = typeof WindowPlace.Type

/**
 * Where a unit goes on: at a page of its list, in one of several lists of the tenant, at one of its patients, or at a time. `behind` are
 * patients, by their number in the unit, that failed when their turn came.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Place = Schema.Union(
  Schema.Struct({ list: Schema.String, at: Schema.optionalWith(CompletePosition, { exact: true }) }),
  Schema.Struct({ patient: Schema.NonNegativeInt, behind: Schema.Array(Schema.NonNegativeInt) }),
  WindowPlace,
  Position
)
/**
 * @since 0.1.0
 * @category models
 */
export type Place = typeof Place.Type

/**
 * Whose records an export holds.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Source = Schema.Struct({
  /** Scheme, host and port of the API; the port is left out for loopback, where a simulator has another one each time. */
  origin: Schema.String,
  /** The routes of the legacy API name no tenant: the id of its API client stands for it. */
  tenant: Schema.String,
  /** Empty for the legacy API, which has none. */
  instance: Schema.String,
  generation: Schema.Literal("v8", "v1")
})
/**
 * @since 0.1.0
 * @category models
 */
export type Source = typeof Source.Type

/**
 * What makes two exports the same export. One that differs in any of it cannot go on in the other's folder.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Fingerprint = Schema.Struct({
  source: Source,
  filters: Schema.Struct({
    kinds: Schema.Array(Schema.String),
    since: Schema.NullOr(Schema.String),
    /** `auto` takes the bulk route where it is permitted. */
    mode: Schema.Literal("auto", ...Mode.literals),
    /** Of whom: a hash of the patients' ids, or of the filter that finds them. Null for everybody. */
    cohort: Schema.NullOr(Schema.String),
    /** Whether bulk routes are read whole although the earlier export tells where to go on; left out where they are not. */
    deletions: Schema.optionalWith(Schema.Boolean, { exact: true })
  }),
  compression: Schema.Literal("gzip", "none"),
  /** The check of the manifest that this export continues. */
  previous: Schema.optionalWith(Schema.String, { exact: true })
})
/**
 * @since 0.1.0
 * @category models
 */
export type Fingerprint = typeof Fingerprint.Type

/**
 * A plan can be stored and sent: it is a schema.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Plan = Schema.Struct({
  fingerprint: Fingerprint,
  units: Schema.Array(Unit),
  /** Kinds that are read patient by patient: {@link crawl} makes their units when it is known who the patients are. */
  perPatient: Schema.Array(Schema.String),
  pageSize: Schema.Int.pipe(Schema.positive())
})
/**
 * @since 0.1.0
 * @category models
 */
export type Plan = typeof Plan.Type

/**
 * The same of the legacy API.
 *
 * @since 0.1.0
 * @category schemas
 */
export const LegacyPlan = Schema.Struct({
  fingerprint: Fingerprint,
  units: Schema.Array(LegacyUnit),
  pageSize: Schema.Int.pipe(Schema.positive())
})
/**
 * @since 0.1.0
 * @category models
 */
export type LegacyPlan = typeof LegacyPlan.Type

/**
 * What an earlier export tells the plan of one that continues it.
 *
 * @since 0.1.0
 * @category models
 */
export interface Continued {
  /** The check of its manifest. */
  readonly check: string
  /** Where the bulk lists of its kinds ended, by the names of the kinds. */
  readonly cursors: ReadonlyMap<string, string>
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  readonly tenant: string
  readonly instance: string
  /** Where the API is, as the client was told. */
  readonly baseUrl: string
  /**
   * Names of the kinds. If left out, all that the mode can read, save the audit logs. What is read patient by patient brings the
   * kind `patients` along.
   */
  readonly kinds?: ReadonlyArray<string> | undefined
  /** `auto`: by the bulk route where there is one and it is permitted, otherwise by a crawl. */
  readonly mode?: "auto" | "bulk" | "crawl" | undefined
  /** Only the records of these patients, by their Welkin ids. Makes `auto` a crawl: bulk routes know no patients. */
  readonly patients?: ReadonlyArray<string> | undefined
  /** Only the records of the patients that this filter of `Patients.search` matches. Makes `auto` a crawl. */
  readonly filter?: { readonly [key: string]: unknown } | undefined
  /** Only records changed since this moment. Makes `auto` bulk: a crawl cannot ask for that. */
  readonly since?: string | undefined
  /**
   * The export that this one continues, as `Previous.open` tells. Kinds that it has by their bulk route are asked for what changed
   * since, all others are read in full; records that are as they were are left out.
   */
  readonly previous?: Continued | undefined
  /** With `previous`: bulk routes are read whole, too. It takes as long as a full export, and tells what is gone of every kind. */
  readonly deletions?: boolean | undefined
  /** Records a page. 1000, which is known to work. */
  readonly pageSize?: number | undefined
  /** How parts are stored. gzip. */
  readonly compression?: "gzip" | "none" | undefined
}

/**
 * What an export of the legacy API, v1, is planned of.
 *
 * @since 0.1.0
 * @category models
 */
export interface LegacyOptions {
  readonly generation: "v1"
  readonly clientId: string
  /** Where the API is, as the client was told. The live host, if left out. */
  readonly baseUrl?: string | undefined
  /** Names of the collections. If left out, all but those that were withdrawn in 2018-10. */
  readonly kinds?: ReadonlyArray<string> | undefined
  /** Only records changed since this moment: the `cursor` of an earlier export goes on from there. */
  readonly since?: string | undefined
  /** The export that this one continues, as `Previous.open` tells: collections are asked for what changed since. */
  readonly previous?: Continued | undefined
  /** Records a page. 50: of what services do with more, nothing is known. */
  readonly pageSize?: number | undefined
  /** How parts are stored. gzip. */
  readonly compression?: "gzip" | "none" | undefined
}

const originOf = (baseUrl: string): string => {
  if (!URL.canParse(baseUrl)) return baseUrl
  const url = new URL(baseUrl)
  const isLoopback = url.hostname === "localhost" || url.hostname === "[::1]" || url.hostname.startsWith("127.")
  return `${isLoopback ? `${url.protocol}//loopback` : url.origin}${url.pathname.replace(/\/+$/, "")}`
}

type Selection = Pick<Options, "filter" | "kinds" | "mode" | "patients" | "since">

const isCohort = ({ filter, patients }: Selection): boolean => filter !== undefined || patients !== undefined

/** Changes are written down some time before they can be seen: what came late is behind the cursor. */
const overlapMillis = 120_000

const before = (cursor: string): string => {
  const millis = parseInstant(cursor)
  return millis === undefined ? cursor : DateTime.formatIso(DateTime.unsafeMake(millis - overlapMillis))
}

/** Bulk routes know no patients, and nothing but they knows what changed. */
const modeOf = (selection: Selection): "auto" | "bulk" | "crawl" => {
  const { mode = "auto", since } = selection
  if (mode !== "auto") return mode
  return isCohort(selection) ? "crawl" : since === undefined ? "auto" : "bulk"
}

/**
 * Whether a kind can be read at all: some have a bulk route alone, and some none.
 *
 * @since 0.1.0
 * @category predicates
 */
export const canRead = ({ bulk, crawl }: Kind, selection: Selection): boolean => {
  const mode = modeOf(selection)
  return (mode !== "crawl" && bulk !== undefined) || (mode !== "bulk" && crawl !== undefined)
}

/** What an export holds that does not name its kinds. Profiles may be those of anybody: a cohort's export has none unless it asks. */
const isUsual = (kind: Kind, selection: Selection): boolean =>
  kind.onRequest !== true && canRead(kind, selection) && !(isCohort(selection) && kind.name === "pdt-records")

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex")

/** Whether the crawl of a kind goes from patient to patient. */
const isPerPatient = ({ crawl, name }: Kind, cohort: string | null, ids: boolean): boolean =>
  name === "patients" ? ids : crawl?.patient !== undefined && (cohort !== null || crawl.tenant === undefined)

const rangeId = (kind: string, number: number): string => `${kind}/${String(number).padStart(5, "0")}`

/** Ranges are small enough to be spread and repeated, and few enough for a folder. */
const [fewestPatients, mostRanges] = [50, 200]

const ranges = (kind: Kind, ids: ReadonlyArray<string>, pageSize: number): ReadonlyArray<Unit> => {
  const each = kind.crawl?.isShared === true ? ids.length : Math.max(fewestPatients, Math.ceil(ids.length / mostRanges))
  return Array.from({ length: Math.max(1, Math.ceil(ids.length / Math.max(1, each))) }, (_, at) => ({
    id: rangeId(kind.name, at + 1),
    kind: kind.name,
    mode: "crawl",
    patients: ids.slice(at * each, (at + 1) * each),
    pageSize
  }))
}

const whole = ({ name }: Kind, pageSize: number, filter: Options["filter"]): Unit => ({
  id: rangeId(name, 1),
  kind: name,
  mode: "crawl",
  pageSize,
  ...(filter === undefined || name !== "patients" ? {} : { filter })
})

/**
 * The units of a kind's crawl, once it is known who the patients are: the same patients give the same units.
 *
 * @since 0.1.0
 * @category constructors
 */
export const crawl = ({ fingerprint, pageSize }: Plan, name: string, patients: ReadonlyArray<string>): ReadonlyArray<Unit> => {
  const kind = byName(name)!
  return isPerPatient(kind, fingerprint.filters.cohort, false) ? ranges(kind, patients, pageSize) : [whole(kind, pageSize, undefined)]
}

/**
 * The units of a kind as the plan has them. One that it does not name, as `patients` may be, is read as the others are.
 *
 * @since 0.1.0
 * @category accessors
 */
export const unitsOf = ({ fingerprint, pageSize, units }: Plan, name: string): ReadonlyArray<Unit> => {
  const planned = units.filter(({ kind }) => kind === name)
  const { kinds, mode } = fingerprint.filters
  const isBulk = mode !== "crawl" && byName(name)?.bulk !== undefined && !kinds.includes(name)
  return isBulk ? [{ id: name, kind: name, mode: "bulk", pageSize }] : planned
}

/**
 * Whether the crawl of a kind waits until it is known who the patients are.
 *
 * @since 0.1.0
 * @category predicates
 */
export const needsPatients = ({ fingerprint }: Plan, name: string): boolean =>
  isPerPatient(byName(name)!, fingerprint.filters.cohort, false)

/**
 * Plans an export. Asks nobody: it is a pure function of its options.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = ({ baseUrl, compression = "gzip", instance, pageSize = 1000, previous, tenant, ...selection }: Options): Plan => {
  const { filter, since } = selection
  const deletions = previous !== undefined && selection.deletions === true
  const sinceOf = (kind: string): string | undefined => {
    const cursor = deletions ? undefined : previous?.cursors.get(kind)
    return since ?? (cursor === undefined ? undefined : before(cursor))
  }
  const ids = selection.patients === undefined ? undefined : Array.from(new Set(selection.patients)).sort()
  const cohort = ids !== undefined ? hashOf(ids) : filter !== undefined ? hashOf(filter) : null
  const mode = modeOf(selection)
  const isBulk = (kind: Kind): boolean => mode !== "crawl" && kind.bulk !== undefined
  const isDivided = (kind: Kind): boolean => !isBulk(kind) && isPerPatient(kind, cohort, ids !== undefined)
  const asked = kinds.filter((kind) => (selection.kinds === undefined ? isUsual(kind, selection) : selection.kinds.includes(kind.name)))
  const readable = asked.filter((kind) => canRead(kind, selection))
  const wantsPatients = ids === undefined && readable.some(isDivided)
  const chosen = kinds.filter((kind) => readable.includes(kind) || (wantsPatients && kind.name === "patients"))
  const unitsOf = (kind: Kind): ReadonlyArray<Unit> => {
    if (isBulk(kind)) {
      const from = sinceOf(kind.name)
      return [{ id: kind.name, kind: kind.name, mode: "bulk", pageSize, ...(from === undefined ? {} : { since: from }) }]
    }
    if (!isDivided(kind)) return [whole(kind, pageSize, filter)]
    return ids === undefined ? [] : ranges(kind, ids, pageSize)
  }
  return {
    fingerprint: {
      source: { origin: originOf(baseUrl), tenant, instance, generation: "v8" },
      filters: { kinds: chosen.map(({ name }) => name), since: since ?? null, mode, cohort, ...(deletions ? { deletions } : {}) },
      compression,
      ...(previous === undefined ? {} : { previous: previous.check })
    },
    units: chosen.flatMap(unitsOf),
    perPatient: ids === undefined ? chosen.filter(isDivided).map(({ name }) => name) : [],
    pageSize
  }
}

/**
 * Plans an export of the legacy API: a unit for each collection. Asks nobody.
 *
 * @since 0.1.0
 * @category constructors
 */
export const makeLegacy = ({
  baseUrl = defaultBaseUrl,
  clientId,
  compression = "gzip",
  kinds,
  pageSize = 50,
  previous,
  since
}: LegacyOptions): LegacyPlan => {
  const sinceOf = ({ isTimeless, name }: Collection.Collection): { readonly since?: string } => {
    const from = since ?? (isTimeless === true ? undefined : previous?.cursors.get(name))
    return from === undefined ? {} : { since: from }
  }
  const chosen = Collection.collections.filter(({ name, onRequest }) => (kinds === undefined ? onRequest !== true : kinds.includes(name)))
  return {
    fingerprint: {
      source: { origin: originOf(baseUrl), tenant: clientId, instance: "", generation: "v1" },
      filters: { kinds: chosen.map(({ name }) => name), since: since ?? null, mode: "window", cohort: null },
      compression,
      ...(previous === undefined ? {} : { previous: previous.check })
    },
    units: chosen.map((one) => ({ id: one.name, kind: one.name, mode: "window", pageSize, ...sinceOf(one) })),
    pageSize
  }
}

/**
 * What a plan comes to, for people.
 *
 * @since 0.1.0
 * @category models
 */
export interface Outline extends Fingerprint {
  /** Undefined where nobody knows yet who the patients are. */
  readonly patients: number | undefined
  readonly kinds: ReadonlyArray<{
    readonly name: string
    readonly mode: Mode
    /** What is done where the bulk route is not permitted. */
    readonly otherwise: Mode | undefined
    /** Undefined where it depends on who the patients are. */
    readonly units: number | undefined
    /** The moment since which a bulk route is asked for changes. */
    readonly since?: string
    /** How many calls there are at the least: what hangs on encounters, goals, files and data types comes on top. */
    readonly callsAtLeast: number | { readonly perThousandPatients: number } | { readonly perThousandRecords: number }
  }>
  /** What the API has, and this export has not. Said of the legacy API alone. */
  readonly leftOut?: ReadonlyArray<{ readonly name: string; readonly why: string }>
}

/**
 * Lists are asked for in pages of this many records at most.
 *
 * @since 0.1.0
 * @category constants
 */
export const mostOfList = 200

/**
 * Tells what a plan comes to: which kinds, how each is read, and in how many calls.
 *
 * @since 0.1.0
 * @category conversions
 */
export const outline = ({ fingerprint, pageSize, perPatient, units }: Plan): Outline => {
  const ids = new Set(units.flatMap(({ patients = [] }) => patients))
  const isKnown = units.some(({ patients }) => patients !== undefined)
  const perThousand = (size: number) => ({ perThousandRecords: Math.ceil(1000 / size) })
  return {
    ...fingerprint,
    patients: isKnown ? ids.size : undefined,
    kinds: fingerprint.filters.kinds.map((name) => {
      const own = units.filter(({ kind }) => kind === name)
      if (perPatient.includes(name)) {
        return { name, mode: "crawl", otherwise: undefined, units: undefined, callsAtLeast: { perThousandPatients: 1000 } }
      }
      const { mode, patients, since } = own[0]!
      const mayCrawl = fingerprint.filters.mode === "auto" && mode === "bulk" && byName(name)?.crawl !== undefined
      return {
        name,
        mode,
        otherwise: mayCrawl ? "crawl" : undefined,
        units: own.length,
        ...(since === undefined ? {} : { since }),
        callsAtLeast: patients !== undefined ? ids.size : perThousand(mode === "bulk" ? pageSize : Math.min(pageSize, mostOfList))
      }
    })
  }
}

/**
 * The same of the legacy API.
 *
 * @since 0.1.0
 * @category conversions
 */
export const outlineLegacy = ({ fingerprint, pageSize, units }: LegacyPlan): Outline => {
  const isThere = (name: string): boolean => units.some(({ kind }) => kind === name)
  const whyNot = (onRequest: boolean | undefined) => (onRequest === true ? "withdrawn in 2018-10: on request" : "not asked for")
  return {
    ...fingerprint,
    patients: undefined,
    kinds: units.map(({ kind, mode, since }) => ({
      name: kind,
      mode,
      otherwise: undefined,
      units: 1,
      ...(since === undefined ? {} : { since }),
      callsAtLeast: { perThousandRecords: Math.ceil(1000 / pageSize) }
    })),
    leftOut: Collection.collections
      .flatMap(({ name, onRequest }) => (isThere(name) ? [] : [{ name, why: whyNot(onRequest) }]))
      .concat({ name: "notifications", why: "sent, and never listed" }, { name: "deletions", why: "the API does not tell of them" })
  }
}

const shortly = (cohort: string | null): string => (cohort === null ? "all" : `of cohort ${cohort.slice(0, 8)}`)

const listed = (names: ReadonlyArray<string>): string => names.join(", ")

type Fact = readonly [name: string, one: string, other: string]

const factsOfSource = (begun: Fingerprint, asked: Fingerprint): ReadonlyArray<Fact> => [
  ["the API at", begun.source.origin, asked.source.origin],
  ["tenant", begun.source.tenant, asked.source.tenant],
  ["instance", begun.source.instance, asked.source.instance],
  ["generation", begun.source.generation, asked.source.generation]
]

const differing = (facts: ReadonlyArray<Fact>): Fact | undefined => facts.find(([, one, other]) => one !== other)

/**
 * Why one export cannot continue another, in words: undefined where it can.
 *
 * @since 0.1.0
 * @category predicates
 */
export const hindrance = (earlier: Fingerprint, asked: Fingerprint): string | undefined => {
  if (earlier.filters.since !== null) return `it holds no more than what changed since ${earlier.filters.since}`
  const found = differing([...factsOfSource(earlier, asked), ["patients", shortly(earlier.filters.cohort), shortly(asked.filters.cohort)]])
  return found === undefined ? undefined : `it is for ${found[0]} ${found[1]}, and this export is for ${found[0]} ${found[2]}`
}

const shortlyDeletions = (deletions = false): string => (deletions ? "read whole" : "read from their cursors")

const shortlyPrevious = (check: string | undefined): string => (check === undefined ? "none" : check.slice(0, 8))

/**
 * What the first of two exports has that the second has not, in words: undefined where they are the same.
 *
 * @since 0.1.0
 * @category predicates
 */
export const difference = (begun: Fingerprint, asked: Fingerprint): string | undefined => {
  const found = differing([
    ...factsOfSource(begun, asked),
    ["resources", listed(begun.filters.kinds), listed(asked.filters.kinds)],
    ["patients", shortly(begun.filters.cohort), shortly(asked.filters.cohort)],
    ["changes since", begun.filters.since ?? "the beginning", asked.filters.since ?? "the beginning"],
    ["mode", begun.filters.mode, asked.filters.mode],
    ["compression", begun.compression, asked.compression],
    ["continuing the export", shortlyPrevious(begun.previous), shortlyPrevious(asked.previous)],
    ["bulk routes", shortlyDeletions(begun.filters.deletions), shortlyDeletions(asked.filters.deletions)]
  ])
  return found === undefined ? undefined : `it was begun for ${found[0]} ${found[1]}, and this export is for ${found[0]} ${found[2]}`
}
