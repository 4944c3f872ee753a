/**
 * Wire types that every resource uses: open models, open enums, instants, local times, calendar dates, query lists.
 *
 * Welkin adds fields and enum values with little notice and lets each tenant hang fields of its own on a record. So models
 * are open (unknown keys stay on the value and are encoded back) and enums are open (a stranger decodes as itself).
 *
 * @since 0.1.0
 */
import * as Data from "effect/Data"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Places from "./internal/places.js"
import { Quick, refuse } from "./internal/quick.js"
import * as Time from "./internal/time.js"

/**
 * The schema of an open model: unknown keys are kept, on decoding and on encoding.
 *
 * `Schema.pick`, `Schema.extend` and `Schema.Struct({ ...Model.fields })` lose the openness; wrap their result in {@link open} again.
 *
 * @since 0.1.0
 * @category models
 */
export interface Open<Self, Fields extends Schema.Struct.Fields>
  extends Schema.AnnotableClass<Open<Self, Fields>, Self, Schema.Struct.Encoded<Fields>, Schema.Struct.Context<Fields>> {
  readonly fields: Fields
}

/**
 * Makes the schema of a model whose unknown keys survive. The type argument names the model, so that editors say `Patient`
 * and not forty fields.
 *
 * @example
 * ```ts
 * import * as Schema from "effect/Schema"
 * import { Codecs } from "effect-welkin"
 *
 * export const Vitals = Codecs.open<Vitals>()({ pulse: Schema.NullOr(Schema.Number) })
 * export interface Vitals extends Schema.Struct.Type<(typeof Vitals)["fields"]> {}
 * ```
 *
 * @since 0.1.0
 * @category models
 */
export const open =
  <Self>() =>
  <const Fields extends Schema.Struct.Fields>(fields: Fields): Open<Self, Fields> =>
    Schema.Struct(fields).annotations({ parseOptions: { onExcessProperty: "preserve" } }) as any

/**
 * Makes the schema of a body whose keys are all known. Others are refused before anything is sent.
 *
 * @since 0.1.0
 * @category models
 */
export const closed =
  <Self>() =>
  <const Fields extends Schema.Struct.Fields>(fields: Fields): Open<Self, Fields> =>
    Schema.Struct(fields).annotations({ parseOptions: { onExcessProperty: "error" } }) as any

/**
 * A body that the wire wants inside an object of one key, such as `{ "rows": … }`: callers write the plain thing.
 *
 * @since 0.1.0
 * @category schemas
 */
export const wrapped = <const Key extends string, A, I>(
  key: Key,
  schema: Schema.Schema<A, I>
): Schema.Schema<A, { readonly [K in Key]: I }> =>
  Schema.transform(Schema.Struct({ [key]: schema }), Schema.typeSchema(schema), {
    strict: false,
    decode: (wire: any) => wire[key],
    encode: (plain: A) => ({ [key]: plain })
  }) as any

/**
 * A file to be uploaded. A stream is run anew whenever the request is sent again.
 *
 * @since 0.1.0
 * @category models
 */
export interface File {
  readonly name: string
  /** Its MIME type, such as `application/pdf`. */
  readonly contentType: string
  readonly content: Uint8Array | Stream.Stream<Uint8Array>
}

// it stands in a header of its part, where a line break would begin another one
const MediaType = Schema.NonEmptyString.pipe(Schema.pattern(/^[\x20-\x7e]+$/, { identifier: "MediaType" }))

const isStream = (value: unknown): boolean => typeof value === "object" && value !== null && Stream.StreamTypeId in value

/**
 * A file part of a multipart body.
 *
 * @since 0.1.0
 * @category schemas
 */
export const File: Schema.Schema<File> = Schema.Struct({
  name: Schema.NonEmptyString,
  contentType: MediaType,
  content: Schema.declare((value): value is File["content"] => value instanceof Uint8Array || isStream(value), {
    identifier: "bytes or a stream of bytes",
    arbitrary: () => (fc) => fc.uint8Array({ maxLength: 64 })
  })
})

/**
 * A field that may be absent. Absent stays absent: it is neither null nor undefined.
 *
 * @since 0.1.0
 * @category schemas
 */
export const optional = <S extends Schema.Schema.All>(schema: S): Schema.optionalWith<S, { exact: true }> =>
  Schema.optionalWith(schema, { exact: true })

/**
 * A field that may be absent or null.
 *
 * @since 0.1.0
 * @category schemas
 */
export const optionalNull = <S extends Schema.Schema.Any>(schema: S): Schema.optionalWith<Schema.NullOr<S>, { exact: true }> =>
  optional(Schema.NullOr(schema))

/**
 * The text of an open enum: known values complete in the editor, any other string is welcome.
 *
 * @since 0.1.0
 * @category models
 */
export type OpenEnum<Known extends string> = Known | (string & {})

/**
 * A string of which some values are known. The service adds values, so every string decodes, the empty one included.
 *
 * @since 0.1.0
 * @category schemas
 */
export interface openEnum<Known extends string> extends Schema.Schema<OpenEnum<Known>, string> {
  readonly known: ReadonlyArray<Known>
}

/**
 * @since 0.1.0
 * @category schemas
 */
export const openEnum = <const Known extends ReadonlyArray<string>>(...known: Known): openEnum<Known[number]> =>
  Object.assign(
    Schema.String.annotations({ examples: known as unknown as [string, ...Array<string>] }) as Schema.Schema<
      OpenEnum<Known[number]>,
      string
    >,
    { known }
  )

/**
 * An id in a slot that a `type` query may reinterpret (external id, GUID, medical record number). Any text but the empty one.
 *
 * @since 0.1.0
 * @category ids
 */
export const Id = Schema.NonEmptyString

/**
 * A branded, non-empty id. Not checked against RFC 4122: not every real id is a valid UUID.
 *
 * @since 0.1.0
 * @category ids
 */
export const id = <const Brand extends string>(brand: Brand): Schema.brand<typeof Schema.NonEmptyString, Brand> =>
  Schema.NonEmptyString.pipe(Schema.brand(brand))

/** The years that ISO 8601 writes with four digits. */
const Moment = Schema.DateTimeUtcFromSelf.annotations({
  arbitrary: () => (fc) =>
    fc
      .date({ min: new Date("0001-01-01T00:00:00.000Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true })
      .map((date) => DateTime.unsafeMake(date))
})

/**
 * A moment: strict ISO 8601 with a zone and a real calendar date, 0 to 9 fraction digits. Sent in UTC with milliseconds and `Z`.
 *
 * Digits below the millisecond are dropped from the value; where they matter, read the raw text.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Instant: Schema.Schema<DateTime.Utc, string> = Schema.transformOrFail(Schema.String, Moment, {
  strict: true,
  decode: (text, _, ast) => {
    const millis = Time.parseInstant(text)
    return millis === undefined ? ParseResult.fail(new ParseResult.Type(ast, text)) : ParseResult.succeed(DateTime.unsafeMake(millis))
  },
  encode: (instant, _, ast) => {
    const text = DateTime.formatIso(instant)
    return Time.parseInstant(text) === undefined ? ParseResult.fail(new ParseResult.Type(ast, instant)) : ParseResult.succeed(text)
  }
}).annotations({
  identifier: "Instant",
  [Quick]: (value: unknown) => {
    if (typeof value !== "string") return refuse
    const millis = Time.parseInstant(value)
    return millis === undefined ? refuse : DateTime.unsafeMake(millis)
  }
})

/**
 * The text of a moment as somebody's clock showed it, with its numeric offset. Kept as text: the offset must survive a PUT.
 *
 * @since 0.1.0
 * @category schemas
 */
export const LocalInstant = Schema.String.annotations({
  arbitrary: () => (fc) =>
    fc
      .tuple(
        fc.date({ min: new Date("0001-01-02"), max: new Date("9999-12-30"), noInvalidDate: true }),
        fc.constantFrom("+00:00", "-08:00", "+05:30")
      )
      .map(([date, offset]) => date.toISOString().replace("Z", offset))
}).pipe(Schema.brand("LocalInstant"))
/**
 * @since 0.1.0
 * @category models
 */
export type LocalInstant = typeof LocalInstant.Type

/**
 * A calendar date without a time, `YYYY-MM-DD`, kept as text.
 *
 * @since 0.1.0
 * @category schemas
 */
export const CalendarDate = Schema.String.pipe(
  Schema.filter((text) => Time.isCalendarDate(text), {
    identifier: "CalendarDate",
    arbitrary: () => (fc) =>
      fc
        .date({ min: new Date("0001-01-01T00:00:00.000Z"), max: new Date("9999-12-31T00:00:00.000Z"), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10))
  }),
  Schema.brand("CalendarDate")
)
/**
 * @since 0.1.0
 * @category models
 */
export type CalendarDate = typeof CalendarDate.Type

/**
 * A time of day, `HH:mm:ss`, kept as text.
 *
 * @since 0.1.0
 * @category schemas
 */
export const ClockTime = Schema.String.pipe(
  Schema.filter((text) => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text), {
    identifier: "ClockTime",
    arbitrary: () => (fc) =>
      fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"))
  }),
  Schema.brand("ClockTime")
)
/**
 * @since 0.1.0
 * @category models
 */
export type ClockTime = typeof ClockTime.Type

/**
 * Any JSON: kept as it came.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Json: typeof Schema.Unknown = Schema.Unknown

/**
 * A JSON object of which nothing is known: custom fields, details, maps.
 *
 * @since 0.1.0
 * @category schemas
 */
export const JsonObject: Schema.Record$<typeof Schema.String, typeof Schema.Unknown> = Schema.Record({
  key: Schema.String,
  value: Schema.Unknown
})

/**
 * A value that is read where it fits and is `undefined` where it does not: for fields nobody should fail over, such as a drifting total.
 *
 * @since 0.1.0
 * @category schemas
 */
export const lenient = <A>(schema: Schema.Schema<A>): Schema.Schema<A | undefined, unknown> => {
  const fits = Schema.is(schema)
  return Schema.transform(Schema.Unknown, Schema.UndefinedOr(schema), {
    strict: true,
    decode: (value) => (fits(value) ? value : undefined),
    encode: (value) => value as unknown
  }).annotations({
    // what fits is taken as it is, unknown keys included, wherever it stands
    parseOptions: { onExcessProperty: "preserve" },
    [Quick]: (value: unknown) => (fits(value) ? value : undefined)
  })
}

/**
 * A list sent as one query parameter, its values joined with commas. A value that holds a comma cannot be sent and is refused; so is
 * an empty list, which a server could take for no filter at all: leave the parameter out to mean that.
 *
 * @since 0.1.0
 * @category schemas
 */
export const commaSeparated = <A, I extends string>(item: Schema.Schema<A, I>): Schema.Schema<ReadonlyArray<A>, string> =>
  Schema.transformOrFail(Schema.String, Schema.Array(item).pipe(Schema.minItems(1)), {
    strict: true,
    decode: (text) => ParseResult.succeed(text.split(",") as unknown as ReadonlyArray<I>),
    encode: (items, _, ast) =>
      items.some((one) => one.includes(",")) ? ParseResult.fail(new ParseResult.Type(ast, undefined)) : ParseResult.succeed(items.join(","))
  })

/**
 * A list sent as one query parameter per value. An empty one would send nothing, and is refused.
 *
 * @since 0.1.0
 * @category schemas
 */
export const repeated = <A>(item: Schema.Schema<A, string>): Schema.Schema<ReadonlyArray<A>, ReadonlyArray<string>> =>
  Schema.Array(item).pipe(Schema.minItems(1))

/**
 * A record whose added fields are not as the given schema says. Names places and types, never a value.
 *
 * @since 0.1.0
 * @category errors
 */
export class ExtensionMismatch extends Data.TaggedError("ExtensionMismatch")<{ readonly places: ReadonlyArray<Places.Place> }> {
  override get message(): string {
    return Places.format(this.places)
  }
}

/**
 * Reads what a tenant, or a release newer than this SDK, has added to a record: the keys that the model does not list.
 *
 * @example
 * ```ts
 * import * as Schema from "effect/Schema"
 * import { Codecs } from "effect-welkin"
 *
 * const insurer = Codecs.extension(Schema.Struct({ "ppf-insurer": Schema.NullOr(Schema.String) }))
 * ```
 *
 * @since 0.1.0
 * @category models
 */
export const extension = <A, I, R>(schema: Schema.Schema<A, I, R>): ((record: object) => Effect.Effect<A, ExtensionMismatch, R>) => {
  const decode = Schema.decodeUnknown(schema)
  return (record) => Effect.mapError(decode(record), (error) => new ExtensionMismatch({ places: Places.of(error) }))
}
