import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import type * as FileSystem from "@effect/platform/FileSystem"
import * as Clock from "effect/Clock"
import * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import * as AccessToken from "../AccessToken.js"
import * as Endpoint from "../Endpoint.js"
import * as Collection from "../export/Collection.js"
import * as Kind from "../export/Kind.js"
import { compile } from "../internal/decoder.js"
import { isRecord } from "../internal/json.js"
import { refuse } from "../internal/quick.js"
import { monotonicMillis } from "../internal/ticks.js"
import * as Pagination from "../Pagination.js"
import * as Envelope from "../v1/Envelope.js"
import * as LegacyClient from "../v1/LegacyClient.js"
import * as LegacyToken from "../v1/LegacyToken.js"
import * as Timestamp from "../v1/Timestamp.js"
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
import type { Shutdown } from "./Shutdown.js"

/** Records of each kind that are held against their schema. */
const sampleSize = 25

/** What a list says: yes, no (403), absent (404), or the tag of another error. */
type Permission = "yes" | "no" | "absent" | WelkinError["_tag"]

/** What is found out about a kind. Counts only: names of fields that nobody knows may be a tenant's own words. */
interface Finding {
  readonly kind: string
  readonly permission: Permission
  /** Whether the ordinary lists give the same records, patient by patient. Undefined where there is one way alone. */
  readonly crawl?: boolean
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

/** What brings a record into the form of its model: those of the legacy API had their fields under other names before. */
const formOf = ({ ast }: Schema.Schema.AnyNoContext) => {
  if (!AST.isTransformation(ast) || !AST.isUnknownKeyword(ast.from)) return (item: unknown) => item
  return Schema.decodeUnknownSync(Schema.make(new AST.Transformation(ast.from, AST.unknownKeyword, ast.transformation)))
}

/** Holds records against their schema. The fields are counted first: the decoder writes into its values. */
export const examine = (record: Schema.Schema.AnyNoContext, items: ReadonlyArray<unknown>) => {
  const known = new Set(AST.getPropertySignatures(AST.typeAST(record.ast)).map(({ name }) => name))
  const form = formOf(record)
  const decode = compile(record)
  const names = items.flatMap((item) => (isRecord(item) ? Object.keys(form(item) as object) : []))
  const unknown = new Set(names.filter((name) => !known.has(name)))
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

/** A few records of a kind as they came, and what the server told along with them. */
type Sample = readonly [items: ReadonlyArray<unknown>, told: Told]

interface Looked extends Finding {
  readonly told: Told | undefined
}

const look = <R>(
  kind: string,
  record: Schema.Schema.AnyNoContext,
  sample: Effect.Effect<Sample, WelkinError, R>
): Effect.Effect<Looked, never, R> =>
  Effect.match(sample, {
    onSuccess: ([items, told]) => ({ kind, permission: "yes", ...examine(record, items), told }),
    onFailure: (error) => ({ kind, permission: permissionOf(error), ...nothing, told: undefined })
  })

/** One of the two APIs, as it is looked at. `S` are the settings of its client; `R` is that client, with its token beside it. */
interface Api<S, R> {
  readonly variables: Readonly<Record<string, string>> & { readonly baseUrl: string }
  readonly secret: Secret.Places
  readonly settings: (flags: Connection.Flags) => Effect.Effect<S, ConfigError.ConfigError | Failure.Failure, FileSystem.FileSystem>
  readonly layer: (settings: S) => Layer.Layer<R, ConfigError.ConfigError, Shutdown>
  readonly token: Effect.Effect<unknown, WelkinError, R>
  readonly looked: Effect.Effect<ReadonlyArray<Looked>, never, R>
  /** How an export reads a kind that it may read. */
  readonly mode: "bulk" | "window"
  /** What it means that nothing may be read. */
  readonly denied: string
  readonly next: string
}

const configurationOf = (variables: Readonly<Record<string, string>>): Effect.Effect<Report["configuration"], ConfigError.ConfigError> =>
  Effect.forEach(Object.values(variables), (name) =>
    Effect.map(Config.option(Config.nonEmptyString(name)), (value) => ({ name, set: Option.isSome(value) }))
  )

const findingsOf = (looked: ReadonlyArray<Looked>): Pick<Report, "clockAheadMillis" | "rateRemaining" | "kinds"> => ({
  clockAheadMillis: clockAhead(looked.map(({ told }) => told?.ahead)),
  rateRemaining: looked.reduce<number | null>((least, { told }) => {
    const remaining = told?.rateRemaining
    return remaining === undefined ? least : Math.min(least ?? remaining, remaining)
  }, null),
  kinds: looked.map(({ told: _, ...finding }) => finding)
})

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

type Mode = Api<never, never>["mode"]

const table = ({ clockAheadMillis, configuration, kinds, rateRemaining, token }: Report, mode: Mode): string => {
  const set = configuration.flatMap(({ name, set }) => (set ? [name] : []))
  const crawlOf = ({ crawl, permission }: Finding) => (permission === "yes" ? "-" : crawl ? "yes" : "no")
  const hasCrawl = kinds.some(({ crawl }) => crawl !== undefined)
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
            ["kind", mode, ...(hasCrawl ? ["crawl"] : []), "sample", "drift", "unknown fields"],
            ...kinds.map((finding) => [
              finding.kind,
              finding.permission,
              ...(hasCrawl ? [crawlOf(finding)] : []),
              ...[finding.sampled, finding.drift, finding.unknownFields].map(String)
            ])
          ])
        ])
  ].join("\n")
}

const jsonOf = (report: Report, mode: Mode) => ({
  ...report,
  kinds: report.kinds.map(({ kind, permission, ...rest }) => ({ kind, [mode]: permission, ...rest }))
})

const failureOf = ({ kinds }: Report, { denied, mode }: Pick<Api<never, never>, "denied" | "mode">): Failure.Failure | undefined => {
  if (kinds.some(({ crawl, permission }) => permission === "yes" || crawl)) return undefined
  // what is absent is no matter of permissions
  const there = kinds.filter(({ permission }) => permission !== "absent")
  const isDenied = there.length > 0 && there.every(({ permission }) => permission === "no")
  return new Failure.Failure({
    exitCode: isDenied ? 77 : 1,
    sentence: `Nothing can be exported: ${isDenied ? denied : `see the column "${mode}".`}`
  })
}

const json = Options.boolean("json").pipe(Options.withDescription("Print the findings on stdout as one JSON document."))

const options = { json, ...Connection.options, ...Display.options }

type Given = Command.Command.ParseConfig<typeof options>

const examined =
  <S, R>(api: Api<S, R>) =>
  (options: Given) =>
    Effect.gen(function* () {
      const { mode, next, variables } = api
      const output = yield* Output
      const configuration = yield* configurationOf(variables)
      const missing = configuration.filter(({ name, set }) => !set && name !== variables.baseUrl).map(({ name }) => name)
      if (missing.length > 0) return yield* Failure.usage(`${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not set.`)
      // the secret is there already, and stdin can be read but once
      const settings = yield* api.settings({ ...options, secretFile: Option.none() })
      const [report, failure] = yield* Effect.gen(function* () {
        const token = yield* Effect.either(api.token)
        if (Either.isLeft(token)) {
          const unknown = { clockAheadMillis: null, rateRemaining: null, kinds: [] }
          return [{ configuration, token: token.left._tag, ...unknown } satisfies Report, Failure.of(token.left)] as const
        }
        const report: Report = { configuration, token: "yes", ...findingsOf(yield* api.looked) }
        return [report, failureOf(report, api)] as const
      }).pipe(Effect.provide(api.layer(settings)))
      const isUsable = failure === undefined
      yield* output.result(options.json ? JSON.stringify({ usable: isUsable, ...jsonOf(report, mode), next }) : table(report, mode))
      if (failure !== undefined) return yield* failure
      yield* options.json ? output.note(`Next: ${next}`) : output.result(`\nNext: ${next}`)
    }).pipe(Secret.provided(options.secretFile, api.secret), Effect.mapError(Failure.of))

// ------------------------------------------------------------------------------------------------------------------------- v8

const exportPage = Pagination.cursorPage(Schema.Unknown)

/** Asks for one record, which is the least there is to ask for, and where that is permitted for a small sample. */
const exported = Effect.fnUntraced(function* ({ path }: Endpoint.Descriptor) {
  const page = Endpoint.withResponse(WelkinClient.request("GET", path as "/export", { query: Pagination.cursorQuery, success: exportPage }))
  const [, headers] = yield* told(page({ pageSize: 1 }))
  const { value } = yield* page({ pageSize: sampleSize })
  return [value.data, headers] as const
})

/** Whether the ordinary lists answer at all: a crawl begins with this one. */
const canList = Endpoint.text(Patients.search)({ body: {}, size: 1 }).pipe(
  Effect.as(true),
  Effect.catchAll(() => Effect.succeed(false))
)

const ofCurrent = examined({
  variables: WelkinClient.variables,
  secret: Secret.current,
  settings: Connection.settings,
  layer: Connection.layerWithToken,
  token: Effect.flatMap(AccessToken.AccessToken, ({ current }) => current),
  looked: Effect.gen(function* () {
    const looked = yield* Effect.forEach(
      Object.values(Exports.kinds),
      ({ endpoint, name, record }) => look(nameOf(name), record, exported(endpoint.descriptor)),
      { concurrency: "unbounded" }
    )
    const isCrawlable = looked.some(({ permission }) => permission !== "yes") && (yield* canList)
    return looked.map((one) => ({ ...one, crawl: isCrawlable && canCrawl(one.kind) }))
  }),
  mode: "bulk",
  denied: "the API client lacks the Data Export right for every kind. Grant it in Admin.",
  next: "welkin export --out ./welkin --dry-run"
})

// ------------------------------------------------------------------------------------------------------------------------- v1

const foundPage = Envelope.page(Schema.Unknown)

/** Asks once. What a window means that is open at an end is not known. */
const found = Effect.fnUntraced(function* ({ find }: Collection.Collection) {
  const page = Endpoint.withResponse(Endpoint.source(find, foundPage))
  const window = { "page[from]": Timestamp.fromMicros(0n), "page[to]": yield* Timestamp.now }
  const [{ value }, headers] = yield* told(page({ ...window, "page[size]": sampleSize }))
  return [value.data, headers] as const
})

const ofLegacy = examined({
  variables: LegacyClient.variables,
  secret: Secret.legacy,
  settings: Connection.legacySettings,
  layer: Connection.legacyLayerWithToken,
  token: Effect.flatMap(LegacyToken.LegacyToken, ({ current }) => current),
  looked: Effect.forEach(Collection.collections, (one) => look(one.name, one.record, found(one)), { concurrency: "unbounded" }),
  mode: "window",
  denied: "the API client may read none of the collections.",
  next: "welkin export --api v1 --out ./welkin --dry-run"
})

export const command = Command.make("doctor", options, (options) => (options.api === "v1" ? ofLegacy(options) : ofCurrent(options))).pipe(
  Flags.heeded,
  Command.withDescription(
    "Find out what stands in the way of an export: configuration, token, clock, the right to each kind, records unlike their schema."
  )
)
