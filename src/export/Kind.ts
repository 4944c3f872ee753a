/**
 * What can be exported: the kinds of record, how each is read, and what in a record tells two apart.
 *
 * @since 0.1.0
 */
import type * as Schema from "effect/Schema"
import type * as Endpoint from "../Endpoint.js"
import type { WelkinClient } from "../internal/tags.js"
import { parseInstant } from "../internal/time.js"
import type * as Pagination from "../Pagination.js"
import * as Exports from "../v8/Exports.js"

/**
 * A kind of record.
 *
 * @since 0.1.0
 * @category models
 */
export interface Kind {
  /** Its name, which is that of its folder. */
  readonly name: string
  /** The route that gives all of them, across all patients. */
  readonly bulk: Endpoint.Endpoint<
    { readonly start?: string | undefined; readonly pageSize?: number | undefined },
    Pagination.CursorPage<unknown>,
    WelkinClient
  >
  readonly record: Schema.Schema.AnyNoContext
}

const nameOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/**
 * Every kind that has a bulk route, by the order in which they are reported.
 *
 * @since 0.1.0
 * @category constants
 */
export const kinds: ReadonlyArray<Kind> = Object.values(Exports.kinds).map(({ endpoint, name, record }) => ({
  name: nameOf(name),
  bulk: endpoint as unknown as Kind["bulk"],
  record
}))

/**
 * @since 0.1.0
 * @category accessors
 */
export const byName = (name: string): Kind | undefined => kinds.find((kind) => kind.name === name)

/**
 * What tells a record from others, and one version of it from another.
 *
 * @since 0.1.0
 * @category models
 */
export interface Version {
  readonly id: string | undefined
  /** When it was last changed, as the server wrote it. */
  readonly updatedAt: string | undefined
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined)

/**
 * The version of a parsed record. Records of custom data types tell the time of their last change one level deeper.
 *
 * @since 0.1.0
 * @category accessors
 */
export const versionOf = (record: unknown): Version => {
  const { id, jsonBody, updatedAt } = (record ?? {}) as { readonly [key: string]: any }
  return { id: textOf(id), updatedAt: textOf(updatedAt) ?? textOf(jsonBody?.updated_at) }
}

/** The digits behind the second, down to the nanosecond: milliseconds alone would take two changes for one. */
const fractionOf = (text: string): string => (/\.(\d+)/.exec(text)?.[1] ?? "").padEnd(9, "0")

/**
 * Whether what came later is the newer version: it is, unless its last change is the older one.
 *
 * @since 0.1.0
 * @category predicates
 */
export const replaces = (later: Version, earlier: Version): boolean => {
  const [one, other] = [later.updatedAt, earlier.updatedAt]
  const [oneMillis, otherMillis] = [parseInstant(one ?? ""), parseInstant(other ?? "")]
  if (oneMillis === undefined || otherMillis === undefined) return true
  return oneMillis === otherMillis ? fractionOf(one!) >= fractionOf(other!) : oneMillis > otherMillis
}
