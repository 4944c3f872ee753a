import { strictEqual } from "node:assert/strict"
import { describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { isCalendarDate, parseInstant } from "../../src/internal/time.js"
import { runs } from "../support/runs.js"

const fastCheck = { numRuns: runs({ test: 200, sweep: 10_000 }) }

const padded = (value: number, length: number): string => String(value).padStart(length, "0")

const dates = FastCheck.date({ min: new Date("0000-01-02T00:00:00.000Z"), max: new Date("9999-12-30T23:59:59.999Z"), noInvalidDate: true })

const fractions = FastCheck.array(FastCheck.integer({ min: 0, max: 9 }), { maxLength: 9 }).map((digits) => digits.join(""))

const offsets = FastCheck.tuple(
  FastCheck.constantFrom("+", "-"),
  FastCheck.integer({ min: 0, max: 23 }),
  FastCheck.integer({ min: 0, max: 59 })
).map(([sign, hours, minutes]) => ({ sign, hours: padded(hours, 2), minutes: padded(minutes, 2) }))

/** Year, month and day, of which many are no date. */
const days = FastCheck.tuple(
  FastCheck.oneof(FastCheck.integer({ min: 0, max: 9999 }), FastCheck.constantFrom(0, 4, 99, 1900, 2000, 2023, 2024, 2100)),
  FastCheck.integer({ min: 0, max: 13 }),
  FastCheck.oneof(FastCheck.integer({ min: 0, max: 32 }), FastCheck.constantFrom(28, 29, 30, 31))
)

/** Whether a Date has to shift a day to make it one. */
const exists = (year: number, month: number, day: number): boolean => {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

describe("parseInstant", () => {
  it.prop(
    "reads any real moment to the millisecond, in any zone, and drops what is below",
    [dates, fractions, FastCheck.option(offsets), FastCheck.boolean()],
    ([date, fraction, offset, colon]) => {
      const local = date.toISOString().slice(0, 19)
      const zone = offset === null ? "Z" : `${offset.sign}${offset.hours}${colon ? ":" : ""}${offset.minutes}`
      const plain = offset === null ? "Z" : `${offset.sign}${offset.hours}:${offset.minutes}`
      strictEqual(
        parseInstant(`${local}${fraction === "" ? "" : `.${fraction}`}${zone}`),
        Date.parse(`${local}.${fraction.slice(0, 3).padEnd(3, "0")}${plain}`)
      )
    },
    { fastCheck }
  )

  it.prop(
    "takes a day if the calendar has it",
    [days],
    ([[year, month, day]]) => {
      const text = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
      strictEqual(parseInstant(`${text}T00:00:00Z`) !== undefined, exists(year, month, day))
      strictEqual(isCalendarDate(text), exists(year, month, day))
    },
    { fastCheck }
  )

  it.prop("takes no other text", [FastCheck.string()], ([text]) => strictEqual(parseInstant(text), undefined), { fastCheck })

  it("knows leap years", () => {
    for (const year of ["2024", "2000", "0004", "0000"]) strictEqual(typeof parseInstant(`${year}-02-29T00:00:00Z`), "number", year)
    for (const year of ["2023", "1900", "2100", "0100"]) strictEqual(parseInstant(`${year}-02-29T00:00:00Z`), undefined, year)
  })

  it("does not take the years 0 to 99 for the twentieth century", () => {
    strictEqual(parseInstant("0099-12-31T23:59:59.999Z"), new Date("0099-12-31T23:59:59.999Z").getTime())
  })

  it("reads each of the thousand milliseconds as itself", () => {
    for (let millis = 0; millis < 1000; millis++) {
      for (const more of ["", "0", "999999"]) strictEqual(parseInstant(`1970-01-01T00:00:00.${padded(millis, 3)}${more}Z`), millis)
    }
  })

  it("truncates digits below the millisecond, never up to the next second", () => {
    strictEqual(parseInstant("2024-02-29T12:00:00.999999999Z"), Date.UTC(2024, 1, 29, 12, 0, 0, 999))
    strictEqual(parseInstant("2024-02-29T12:00:00.0009Z"), Date.UTC(2024, 1, 29, 12))
    strictEqual(parseInstant("1969-12-31T23:59:59.9999Z"), -1)
  })

  it.each([
    ["a bare date", "2024-02-29"],
    ["a time without a zone", "2024-02-29T12:00:00"],
    ["a time without seconds", "2024-02-29T12:00Z"],
    ["30 February", "2024-02-30T12:00:00Z"],
    ["the hour 24", "2024-02-29T24:00:00Z"],
    ["a leap second", "2016-12-31T23:59:60Z"],
    ["the minute 60", "2024-02-29T12:60:00Z"],
    ["ten fraction digits", "2024-02-29T12:00:00.0123456789Z"],
    ["a point without digits", "2024-02-29T12:00:00.Z"],
    ["a comma before the fraction", "2024-02-29T12:00:00,5Z"],
    ["a space for the T", "2024-02-29 12:00:00Z"],
    ["lower case", "2024-02-29t12:00:00z"],
    ["an offset of hours only", "2024-02-29T12:00:00+02"],
    ["an offset of 24 hours", "2024-02-29T12:00:00+24:00"],
    ["an offset of 60 minutes", "2024-02-29T12:00:00+01:60"],
    ["a year of five digits", "+12024-02-29T12:00:00Z"],
    ["space around", " 2024-02-29T12:00:00Z"],
    ["a line break behind", "2024-02-29T12:00:00Z\n"],
    ["digits of another script", "٢٠٢٤-02-29T12:00:00Z"]
  ])("refuses %s", (_, text) => {
    strictEqual(parseInstant(text), undefined)
  })
})

describe("isCalendarDate", () => {
  it.each(["2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-2-9", "24-02-29", "2024-02-29T00:00:00Z", "2024-02-29\n", ""])(
    "refuses %j",
    (text) => strictEqual(isCalendarDate(text), false)
  )
})
