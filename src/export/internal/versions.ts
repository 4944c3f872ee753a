import { parseInstant } from "../../internal/time.js"

/** What tells a record from others, and one version of it from another. */
export interface Version {
  readonly id: string | undefined
  /** When it was last changed, as the server wrote it. */
  readonly updatedAt: string | undefined
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined)

export const of = (record: unknown): Version => {
  const { externalId, id, jsonBody, updated_at, updatedAt } = (record ?? {}) as { readonly [key: string]: any }
  return { id: textOf(id) ?? textOf(externalId), updatedAt: textOf(updatedAt) ?? textOf(updated_at) ?? textOf(jsonBody?.updated_at) }
}

/** The legacy API may leave the zone out: it is UTC. */
const instantOf = (text: string | undefined): number | undefined => {
  const moment = text?.replace(" ", "T") ?? ""
  return parseInstant(moment) ?? parseInstant(`${moment}Z`)
}

/** The digits behind the second, down to the nanosecond: milliseconds alone would take two changes for one. */
const fractionOf = (text: string): string => (/\.(\d+)/.exec(text)?.[1] ?? "").padEnd(9, "0")

/** What came later is the newer version, unless its last change is the older one. */
export const replaces = (later: Version, earlier: Version): boolean => {
  const [one, other] = [later.updatedAt, earlier.updatedAt]
  const [oneMillis, otherMillis] = [instantOf(one), instantOf(other)]
  if (oneMillis === undefined || otherMillis === undefined) return true
  return oneMillis === otherMillis ? fractionOf(one!) >= fractionOf(other!) : oneMillis > otherMillis
}
