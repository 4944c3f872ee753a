import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as Clock from "effect/Clock"
import * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import * as AccessToken from "../AccessToken.js"
import * as Endpoint from "../Endpoint.js"
import * as Kind from "../export/Kind.js"
import { compile } from "../internal/decoder.js"
import { isRecord } from "../internal/json.js"
import { refuse } from "../internal/quick.js"
import { monotonicMillis } from "../internal/ticks.js"
import * as Pagination from "../Pagination.js"
import * as Exports from "../v8/Exports.js"
import * as Patients from "../v8/Patients.js"
import * as WelkinClient from "../WelkinClient.js"
import type { WelkinError } from "../WelkinError.js"
import * as Connection from "./Connection.js"
import * as Display from "./Display.js"
import * as Failure from "./Failure.js"
import * as Flags from "./Flags.js"
import { Output } from "./Output.js"
import * as Secret from "./Secret.js"

const next = "welkin export --out ./welkin --dry-run"

/** Records of each kind that are held against their schema. */
const sampleSize = 25

type Kinds = (typeof Exports.kinds)[keyof typeof Exports.kinds]

/** What a bulk route says: yes, no (403), absent (404), or the tag of another error. */
type Permission = "yes" | "no" | "absent" | WelkinError["_tag"]

/** What is found out about a kind. Counts only: names of fields that nobody knows may be a tenant's own words. */
interface Finding {
  readonly kind: string
  readonly bulk: Permission
  /** Whether the ordinary lists give the same records, patient by patient. */
  readonly crawl: boolean
  readonly sampled: number
  /** Records of the sample that are not as their schema says. */
  readonly drift: number
  /** Fields that the schema does not know, each counted once. */
  readonly unknownFields: number
}

interface Report {
  readonly configuration: ReadonlyArray<{ readonly name: string; readonly set: boolean }>
  readonly token: "yes" | WelkinError["_tag"]
  /** How far the clock of this machine is ahead of the server's, in milliseconds; null where the server did not tell. */
  readonly clockAheadMillis: number | null
  /** Requests that the server still allows; null where it does not say. */
  readonly rateRemaining: number | null
  readonly kinds: ReadonlyArray<Finding>
}

const nameOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const canCrawl = (name: string): boolean => Kind.byName(name)?.crawl !== undefined

const fieldsOf = (record: Schema.Schema.AnyNoContext): ReadonlySet<PropertyKey> =>
  new Set(SchemaAST.getPropertySignatures(SchemaAST.encodedAST(record.ast)).map(({ name }) => name))

const envelope = Pagination.cursorPage(Schema.Unknown)

/** Holds records against their schema. The fields are counted first: the decoder writes into its values. */
export const examine = (record: Schema.Schema.AnyNoContext, items: ReadonlyArray<unknown>) => {
  const known = fieldsOf(record)
  const decode = compile(record)
  const unknown = new Set(items.flatMap((item) => (isRecord(item) ? Object.keys(item).filter((name) => !known.has(name)) : [])))
  return {
    sampled: items.length,
    drift: items.filter((item) => decode(item as never) === refuse).length,
    unknownFields: unknown.size
  }
}

const permissionOf = (error: WelkinError): Permission =>
  error._tag === "Forbidden" ? "no" : error._tag === "NotFound" ? "absent" : error._tag

/** What the headers of an answer tell about the server. */
interface Told {
  /** Between which two values the clock of this machine is ahead: a `Date` has no more than seconds. */
  readonly ahead: readonly [atLeast: number, atMost: number] | undefined
  readonly rateRemaining: number | undefined
}

const numberOf = (text: string | undefined): number | undefined => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined)

/** The answer of a call, and what its headers tell. Times passed are taken from the monotonic clock. */
const told = <A, E, R>(call: Effect.Effect<Endpoint.Answer<A>, E, R>): Effect.Effect<readonly [A, Told], E, R> =>
  Effect.gen(function* () {
    const began = yield* Clock.currentTimeMillis
    const start = yield* monotonicMillis
    const { headers, value } = yield* call
    const ended = began + (yield* monotonicMillis) - start
    const date = Date.parse(headers.date ?? "")
    return [
      value,
      {
        ahead: Number.isNaN(date) ? undefined : [began - date - 1000, ended - date],
        rateRemaining: numberOf(headers["ratelimit-remaining"] ?? headers["x-ratelimit-remaining"])
      }
    ]
  })

/** The least that a clock can be wrong by, given what all answers tell. */
export const clockAhead = (answers: ReadonlyArray<Told["ahead"]>): number | null => {
  const known = answers.filter((ahead) => ahead !== undefined)
  if (known.length === 0) return null
  const atLeast = Math.max(...known.map(([least]) => least))
  const atMost = Math.min(...known.map(([, most]) => most))
  return Math.round(atLeast > 0 ? atLeast : Math.min(atMost, 0))
}

const nothing = { sampled: 0, drift: 0, unknownFields: 0 }

interface Looked extends Omit<Finding, "crawl"> {
  readonly told: Told | undefined
}

/** Asks for one record, which is the least there is to ask for, and where that is permitted for a small sample. */
const look = ({ endpoint, name, record }: Kinds): Effect.Effect<Looked, never, WelkinClient.WelkinClient> =>
  Effect.gen(function* () {
    const page = Endpoint.withResponse(
      WelkinClient.request("GET", endpoint.descriptor.path as "/export", { query: Pagination.cursorQuery, success: envelope })
    )
    const [, headers] = yield* told(page({ pageSize: 1 }))
    const { value } = yield* page({ pageSize: sampleSize })
    return { kind: nameOf(name), bulk: "yes" as const, ...examine(record, value.data), told: headers }
  }).pipe(Effect.catchAll((error) => Effect.succeed({ kind: nameOf(name), bulk: permissionOf(error), ...nothing, told: undefined })))

/** Whether the ordinary lists answer at all: a crawl begins with this one. */
const canList = Endpoint.text(Patients.search)({ body: {}, size: 1 }).pipe(
  Effect.as(true),
  Effect.catchAll(() => Effect.succeed(false))
)

const findings: Effect.Effect<Pick<Report, "kinds" | "clockAheadMillis" | "rateRemaining">, never, WelkinClient.WelkinClient> = Effect.gen(
  function* () {
    const looked = yield* Effect.forEach(Object.values(Exports.kinds), look, { concurrency: "unbounded" })
    const isCrawlable = looked.some(({ bulk }) => bulk !== "yes") && (yield* canList)
    return {
      kinds: looked.map(({ told: _, ...rest }) => ({ ...rest, crawl: isCrawlable && canCrawl(rest.kind) })),
      clockAheadMillis: clockAhead(looked.map((one) => one.told?.ahead)),
      rateRemaining: looked.reduce<number | null>((least, one) => {
        const remaining = one.told?.rateRemaining
        return remaining === undefined ? least : Math.min(least ?? remaining, remaining)
      }, null)
    }
  }
)

const configuration: Effect.Effect<Report["configuration"], ConfigError.ConfigError> = Effect.forEach(
  Object.values(WelkinClient.variables),
  (name) => Effect.map(Config.option(Config.nonEmptyString(name)), (value) => ({ name, set: Option.isSome(value) }))
)

const clockOf = (ahead: number | null): string => {
  if (ahead === null) return "not told"
  return ahead === 0 ? "in step with the server" : `${Math.abs(ahead)} ms ${ahead > 0 ? "ahead of" : "behind"} the server`
}

const columns = (rows: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)))
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join("  ")
      .trimEnd()
  )
}

const table = ({ clockAheadMillis, configuration, kinds, rateRemaining, token }: Report): string => {
  const set = configuration.flatMap(({ name, set }) => (set ? [name] : []))
  return [
    ...columns([
      ["configuration", set.join(", ")],
      ["token", token],
      ["clock", clockOf(clockAheadMillis)],
      ["rate", rateRemaining === null ? "not told" : `${rateRemaining} requests left`]
    ]),
    ...(kinds.length === 0
      ? []
      : [
          "",
          ...columns([
            ["kind", "bulk", "crawl", "sample", "drift", "unknown fields"],
            ...kinds.map(({ bulk, crawl, drift, kind, sampled, unknownFields }) => [
              kind,
              bulk,
              bulk === "yes" ? "-" : crawl ? "yes" : "no",
              ...[sampled, drift, unknownFields].map(String)
            ])
          ])
        ])
  ].join("\n")
}

const failureOf = (report: Report, tokenError: WelkinError | undefined): Failure.Failure | undefined => {
  if (tokenError !== undefined) return Failure.of(tokenError)
  if (report.kinds.some(({ bulk, crawl }) => bulk === "yes" || crawl)) return undefined
  const isDenied = report.kinds.every(({ bulk }) => bulk === "no")
  return new Failure.Failure({
    exitCode: isDenied ? 77 : 1,
    sentence: isDenied
      ? "Nothing can be exported: the API client lacks the Data Export right for every kind. Grant it in Admin."
      : 'Nothing can be exported: see the column "bulk".'
  })
}

const json = Options.boolean("json").pipe(Options.withDescription("Print the findings on stdout as one JSON document."))

export const command = Command.make("doctor", { json, ...Connection.options, ...Display.options }, (options) =>
  Effect.gen(function* () {
    const output = yield* Output
    const found = yield* configuration
    const missing = found.filter(({ name, set }) => !set && name !== WelkinClient.variables.baseUrl).map(({ name }) => name)
    if (missing.length > 0) return yield* Failure.usage(`${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not set.`)
    const settings = yield* Connection.settings(options)
    const [report, tokenError] = yield* Effect.gen(function* () {
      const token = yield* Effect.either(Effect.flatMap(AccessToken.AccessToken, ({ current }) => current))
      if (Either.isRight(token)) return [{ configuration: found, token: "yes", ...(yield* findings) } as Report, undefined] as const
      const unknown = { clockAheadMillis: null, rateRemaining: null, kinds: [] }
      return [{ configuration: found, token: token.left._tag, ...unknown } as Report, token.left] as const
    }).pipe(Effect.provide(Connection.layerWithToken(settings)))
    const failure = failureOf(report, tokenError)
    yield* output.result(options.json ? JSON.stringify({ usable: failure === undefined, ...report, next }) : table(report))
    if (failure !== undefined) return yield* failure
    yield* options.json ? output.note(`Next: ${next}`) : output.result(`\nNext: ${next}`)
  }).pipe(Secret.provided(options.secretFile), Effect.mapError(Failure.of))
).pipe(
  Flags.heeded,
  Command.withDescription(
    "Find out what stands in the way of an export: configuration, token, clock, the right to each kind, records unlike their schema."
  )
)
