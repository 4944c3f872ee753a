import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/TestClock"
import * as Timestamp from "../../src/v1/Timestamp.js"
import { runs } from "../support/runs.js"

const numRuns = runs({ test: 500, sweep: 10_000 })
// chai takes a Some for a None
const decode = (text: unknown) => Option.getOrUndefined(Schema.decodeUnknownOption(Timestamp.Timestamp)(text))
const timestamp = (text: string) => Option.getOrThrow(Timestamp.fromText(text))

const micros = FastCheck.bigInt({ min: -62_167_219_200_000_000n, max: 253_402_300_799_999_999n })

describe("Timestamp", () => {
  it.each([
    ["2021-03-01T09:15:22.104233+00:00", "2021-03-01T09:15:22.104233Z"],
    ["2021-03-01T09:15:22.104233Z", "2021-03-01T09:15:22.104233Z"],
    ["2021-03-01T09:15:22.104233", "2021-03-01T09:15:22.104233Z"],
    ["2021-03-01 09:15:22.104233", "2021-03-01T09:15:22.104233Z"],
    ["2021-03-01T09:15:22", "2021-03-01T09:15:22.000000Z"],
    ["2021-03-01T00:00:00+00:00", "2021-03-01T00:00:00.000000Z"],
    ["2021-03-01T09:15:22.17", "2021-03-01T09:15:22.170000Z"],
    ["2021-03-01T09:15:22.1042339Z", "2021-03-01T09:15:22.104233Z"],
    ["2021-03-01T01:15:22.104233+02:30", "2021-02-28T22:45:22.104233Z"],
    ["2020-02-29T23:59:59.999999-0001", "2020-03-01T00:00:59.999999Z"],
    ["2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000000Z"],
    ["0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000000Z"],
    ["9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"]
  ])("%s has one form", (text, expected) => {
    assert.strictEqual(decode(text), expected)
  })

  it.each([
    "2021-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2021-04-31T00:00:00Z",
    "2021-00-01T00:00:00Z",
    "2021-13-01T00:00:00Z",
    "2021-01-00T00:00:00Z",
    "2021-03-01T24:00:00Z",
    "2021-03-01T00:60:00Z",
    "2021-03-01T00:00:60Z",
    "2021-03-01T00:00:00+24:00",
    "2021-03-01T00:00Z",
    "2021-03-01T00:00:00.Z",
    "0000-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "2021-03-01",
    "+2021-03-01T00:00:00Z",
    "",
    1_614_593_722
  ])("%s is no timestamp", (text) => {
    assert.isUndefined(decode(text))
  })

  it("the calendar is the one of Date, whose milliseconds it adds three digits to", () => {
    FastCheck.assert(
      FastCheck.property(micros, (value) => {
        const text = Timestamp.fromMicros(value)
        const millis = Number(value / 1000n - (value % 1000n < 0n ? 1n : 0n))
        return (
          text.startsWith(new Date(millis).toISOString().slice(0, -1)) &&
          DateTime.toEpochMillis(Timestamp.toDateTime(text)) === millis &&
          Timestamp.toMicros(text) === value
        )
      }),
      { numRuns }
    )
  })

  it("texts compare as their microseconds do", () => {
    const pairs = FastCheck.oneof(
      FastCheck.tuple(micros, micros),
      FastCheck.tuple(micros, FastCheck.bigInt({ min: 0n, max: 3n })).map(
        ([one, apart]) => [one - (one > 0n ? apart : -apart), one] as const
      )
    )
    FastCheck.assert(
      FastCheck.property(pairs, ([one, other]) => {
        const sign = one < other ? -1 : one > other ? 1 : 0
        return Timestamp.Order(Timestamp.fromMicros(one), Timestamp.fromMicros(other)) === sign
      }),
      { numRuns, examples: [[[0n, -1n]]] }
    )
  })

  it("a moment beyond four-digit years becomes the nearest within", () => {
    assert.strictEqual(Timestamp.fromMicros(10n ** 30n), "9999-12-31T23:59:59.999999Z")
    assert.strictEqual(Timestamp.fromMicros(-(10n ** 30n)), "0000-01-01T00:00:00.000000Z")
  })

  it("bodies carry +00:00, queries no zone at all", () => {
    const moment = timestamp("2021-03-01T09:15:22.1+01:00")
    assert.strictEqual(Schema.encodeSync(Timestamp.Timestamp)(moment), "2021-03-01T08:15:22.100000+00:00")
    assert.strictEqual(Schema.encodeSync(Timestamp.Bound)(moment), "2021-03-01T08:15:22.100000")
  })

  it("a text that only claims to be a timestamp is not sent", () => {
    const encode = Schema.encodeUnknownOption(Timestamp.Timestamp)
    assert.isTrue(Option.isNone(encode("2021-03-01")))
    assert.isTrue(Option.isNone(encode("2021-03-01T08:15:22Z")))
    assert.isTrue(Option.isSome(encode("2021-03-01T08:15:22.000000Z")))
  })

  it.effect("now is the program's clock", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2021, 2, 1))
      assert.strictEqual(yield* Timestamp.now, "2021-03-01T00:00:00.000000Z")
    })
  )
})
