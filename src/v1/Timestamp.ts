/**
 * Moments with microseconds, as the legacy API writes them. A JavaScript `Date` would drop the last three digits, and with them
 * records at the edge of a window.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as order from "effect/Order"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { Quick, refuse } from "../internal/quick.js"

const secondsOfDay = 86_400

// Counted from 1 March, so that the leap day is the last of its year; an era is the 400 years after which the calendar repeats.
const daysOfEra = 146_097
const daysUntil1970 = 719_468

const daysOf = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * daysOfEra + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - daysUntil1970
}

const dateOf = (days: number): readonly [year: number, month: number, day: number] => {
  const shifted = days + daysUntil1970
  const era = Math.floor(shifted / daysOfEra)
  const dayOfEra = shifted - era * daysOfEra
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const m = Math.floor((5 * dayOfYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * m + 2) / 5) + 1]
}

const padded = (value: number, width: number): string => String(value).padStart(width, "0")

const shape = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):?(\d\d))?$/

const parse = (text: string): bigint | undefined => {
  const parts = shape.exec(text)
  if (parts === null) return undefined
  const [year, month, day, hour, minute, second] = [+parts[1]!, +parts[2]!, +parts[3]!, +parts[4]!, +parts[5]!, +parts[6]!]
  const [offsetHour, offsetMinute] = [+(parts[9] ?? 0), +(parts[10] ?? 0)]
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return undefined
  const days = daysOf(year, month, day)
  // a day that the month does not have would count into the next one
  if (day < 1 || dateOf(days)[1] !== month) return undefined
  const offset = (offsetHour * 60 + offsetMinute) * 60 * (parts[8] === "-" ? -1 : 1)
  const seconds = days * secondsOfDay + hour * 3600 + minute * 60 + second - offset
  const micros = BigInt(seconds) * 1_000_000n + BigInt((parts[7] ?? "").padEnd(6, "0").slice(0, 6))
  return micros < first || micros > last ? undefined : micros
}

/** The years that ISO 8601 writes with four digits. */
const first = BigInt(daysOf(0, 1, 1)) * BigInt(secondsOfDay) * 1_000_000n
const last = BigInt(daysOf(10_000, 1, 1)) * BigInt(secondsOfDay) * 1_000_000n - 1n

const format = (micros: bigint): string => {
  const seconds = Number((micros - first) / 1_000_000n)
  const [year, month, day] = dateOf(Math.floor(seconds / secondsOfDay) + daysOf(0, 1, 1))
  const ofDay = seconds % secondsOfDay
  const time = [Math.floor(ofDay / 3600), Math.floor(ofDay / 60) % 60, ofDay % 60].map((part) => padded(part, 2)).join(":")
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${time}.${padded(Number((micros - first) % 1_000_000n), 6)}Z`
}

const canonical = (text: string): string | undefined => {
  const micros = parse(text)
  return micros === undefined ? undefined : format(micros)
}

const Canonical = Schema.String.pipe(
  Schema.filter((text) => canonical(text) === text, {
    identifier: "Timestamp",
    arbitrary: () => (fc) => fc.bigInt({ min: first, max: last }).map(format)
  }),
  Schema.brand("Timestamp")
)

const codec = (encode: (canonical: string) => string): Schema.Schema<Timestamp, string> =>
  Schema.transformOrFail(Schema.String, Canonical, {
    strict: false,
    decode: (text, _, ast) => {
      const decoded = canonical(text)
      return decoded === undefined ? ParseResult.fail(new ParseResult.Type(ast, text)) : ParseResult.succeed(decoded)
    },
    encode: (text: string) => ParseResult.succeed(encode(text))
  }).annotations({
    identifier: "Timestamp",
    [Quick]: (value: unknown) => (typeof value === "string" ? (canonical(value) ?? refuse) : refuse)
  })

/**
 * A moment in UTC as text, always of the one form `2021-03-01T09:15:22.104233Z`, so that texts compare as moments do. It survives
 * JSON; {@link toDateTime} and {@link toMicros} give it as a value.
 *
 * Read from any ISO 8601 date and time: a missing zone is UTC, a space may stand for the `T`, digits below the microsecond are
 * dropped. Sent with six digits and `+00:00`.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Timestamp: Schema.Schema<Timestamp, string> = codec((text) => text.replace("Z", "+00:00"))
/**
 * @since 0.1.0
 * @category models
 */
export type Timestamp = typeof Canonical.Type

/**
 * A moment as a query wants it: without a zone, because a plus sign may not survive there.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Bound: Schema.Schema<Timestamp, string> = codec((text) => text.slice(0, -1))

/**
 * Reads a text, as {@link Timestamp} does.
 *
 * @since 0.1.0
 * @category constructors
 */
export const fromText = (text: string): Option.Option<Timestamp> => Option.fromNullable(canonical(text) as Timestamp | undefined)

/**
 * From microseconds since 1970. Moments outside the years 0 to 9999 become the first or last of them.
 *
 * @since 0.1.0
 * @category constructors
 */
export const fromMicros = (micros: bigint): Timestamp => format(micros < first ? first : micros > last ? last : micros) as Timestamp

/**
 * From a moment that counts milliseconds.
 *
 * @since 0.1.0
 * @category constructors
 */
export const fromDateTime = (moment: DateTime.DateTime): Timestamp => fromMicros(BigInt(DateTime.toEpochMillis(moment)) * 1000n)

/**
 * Now, by the clock of the program.
 *
 * @since 0.1.0
 * @category constructors
 */
export const now: Effect.Effect<Timestamp> = Effect.map(Clock.currentTimeMillis, (millis) => fromMicros(BigInt(Math.floor(millis)) * 1000n))

/**
 * Microseconds since 1970.
 *
 * @since 0.1.0
 * @category accessors
 */
export const toMicros = (self: Timestamp): bigint => parse(self)!

/**
 * The moment, its last three digits dropped.
 *
 * @since 0.1.0
 * @category accessors
 */
export const toDateTime = (self: Timestamp): DateTime.Utc => DateTime.unsafeMake(Number((toMicros(self) - first) / 1000n + first / 1000n))

/**
 * Earlier before later, to the microsecond.
 *
 * @since 0.1.0
 * @category instances
 */
export const Order: order.Order<Timestamp> = order.string
