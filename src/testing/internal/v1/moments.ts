/*
 * Moments of v1: microseconds since 1970. Until the year 2255 a number holds them exactly.
 */

/** How moments are written: with `+00:00` as documented, with a `Z`, or without any zone. */
export type Stamps = "offset" | "zulu" | "naive"

const shape = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):?(\d\d))?$/

/** Reads a moment. Without a zone it is in UTC; digits below the microsecond are dropped. Undefined for any other text. */
export const parse = (text: string): number | undefined => {
  const parts = shape.exec(text)
  if (parts === null) return undefined
  const [, day, time, fraction = "", sign, hours = "0", minutes = "0"] = parts
  const millis = Date.parse(`${day}T${time}.000Z`)
  // a day that the month does not have would count into the next one
  if (Number.isNaN(millis) || new Date(millis).toISOString() !== `${day}T${time}.000Z`) return undefined
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === "-" ? -1 : 1)
  return (millis - offset) * 1000 + Number(fraction.slice(0, 6).padEnd(6, "0"))
}

/** Whether a text is a day of the calendar. */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && parse(`${text}T00:00:00`) !== undefined

const zones: { readonly [Style in Stamps]: string } = { offset: "+00:00", zulu: "Z", naive: "" }

/** Writes a moment with six digits. */
export const format = (micros: number, stamps: Stamps): string => {
  const millis = Math.floor(micros / 1000)
  return `${new Date(millis).toISOString().slice(0, -1)}${String(micros - millis * 1000).padStart(3, "0")}${zones[stamps]}`
}
