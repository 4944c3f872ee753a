import * as DateTime from "effect/DateTime"

const zones = new Map<string, DateTime.TimeZone.Named>()

/** Effect knows a zone again by its canonical name alone, and makes those with another one, as `US/Pacific`, anew each time. */
const zoneOf = (name: string): DateTime.TimeZone.Named => {
  const zone = zones.get(name) ?? DateTime.zoneUnsafeMakeNamed(name)
  zones.set(name, zone)
  return zone
}

/** A moment, if there is one, as the local fields write it: with a numeric offset, never Z. */
export const local = (at: string | null, zone: string | null): string | null =>
  at === null ? null : DateTime.formatIsoOffset(DateTime.unsafeMakeZoned(Date.parse(at), { timeZone: zoneOf(zone ?? "UTC") }))
