/**
 * A plan of an export: independent units of work, as data.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { byName, kinds } from "./Kind.js"

/**
 * A piece of work that stands for itself: done twice it gives the same, and any worker can do it.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Unit = Schema.Struct({
  /** Its name, unique in the plan. */
  id: Schema.NonEmptyString,
  kind: Schema.String.pipe(Schema.filter((name) => byName(name) !== undefined, { identifier: "Kind" })),
  mode: Schema.Literal("bulk"),
  /** Records changed since this moment; all of them, if left out. */
  since: Schema.optionalWith(Schema.String, { exact: true }),
  pageSize: Schema.Int.pipe(Schema.positive())
})
/**
 * @since 0.1.0
 * @category models
 */
export type Unit = typeof Unit.Type

/**
 * Whose records an export holds.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Source = Schema.Struct({
  /** Scheme, host and port of the API; the port is left out for loopback, where a simulator has another one each time. */
  origin: Schema.String,
  tenant: Schema.String,
  instance: Schema.String,
  generation: Schema.Literal("v8")
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
  filters: Schema.Struct({ kinds: Schema.Array(Schema.String), since: Schema.NullOr(Schema.String) }),
  compression: Schema.Literal("gzip", "none")
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
export const Plan = Schema.Struct({ fingerprint: Fingerprint, units: Schema.Array(Unit) })
/**
 * @since 0.1.0
 * @category models
 */
export type Plan = typeof Plan.Type

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  readonly tenant: string
  readonly instance: string
  /** Where the API is, as the client was told. */
  readonly baseUrl: string
  /** Names of the kinds. All, if left out. */
  readonly kinds?: ReadonlyArray<string> | undefined
  /** Only records changed since this moment. */
  readonly since?: string | undefined
  /** Records a page. 1000, which is known to work. */
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

/**
 * Plans an export. Asks nobody: it is a pure function of its options.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = ({ baseUrl, compression = "gzip", instance, pageSize = 1000, since, tenant, ...options }: Options): Plan => {
  const chosen = kinds.filter(({ name }) => options.kinds === undefined || options.kinds.includes(name)).map(({ name }) => name)
  return {
    fingerprint: {
      source: { origin: originOf(baseUrl), tenant, instance, generation: "v8" },
      filters: { kinds: chosen, since: since ?? null },
      compression
    },
    units: chosen.map((kind) => ({ id: kind, kind, mode: "bulk", pageSize, ...(since === undefined ? {} : { since }) }))
  }
}

const listed = (names: ReadonlyArray<string>): string => names.join(", ")

/**
 * What the first of two exports has that the second has not, in words: undefined where they are the same.
 *
 * @since 0.1.0
 * @category predicates
 */
export const difference = (begun: Fingerprint, asked: Fingerprint): string | undefined => {
  const facts: ReadonlyArray<readonly [string, string, string]> = [
    ["the API at", begun.source.origin, asked.source.origin],
    ["tenant", begun.source.tenant, asked.source.tenant],
    ["instance", begun.source.instance, asked.source.instance],
    ["generation", begun.source.generation, asked.source.generation],
    ["resources", listed(begun.filters.kinds), listed(asked.filters.kinds)],
    ["changes since", begun.filters.since ?? "the beginning", asked.filters.since ?? "the beginning"],
    ["compression", begun.compression, asked.compression]
  ]
  const found = facts.find(([, one, other]) => one !== other)
  return found === undefined ? undefined : `it was begun for ${found[0]} ${found[1]}, and this export is for ${found[0]} ${found[2]}`
}
