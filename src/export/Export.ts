/**
 * A full export: every record of the chosen kinds, as the server wrote it.
 *
 * `plan` says what is to be done, `run` does it and tells how far it is, `runUnit` does one piece of it wherever you like. Where
 * the records go is up to the {@link Sink.Sink} of the context.
 *
 * @since 0.1.0
 */
import * as Arr from "effect/Array"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Mailbox from "effect/Mailbox"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Endpoint from "../Endpoint.js"
import { compile } from "../internal/decoder.js"
import { refuse } from "../internal/quick.js"
import { slices } from "../internal/slices.js"
import type { LegacyClient, WelkinClient } from "../internal/tags.js"
import * as Turnstile from "../internal/turnstile.js"
import * as Pagination from "../Pagination.js"
import type { PatientId } from "../v8/Patients.js"
import { isAuth, isRetryable, type WelkinError } from "../WelkinError.js"
import * as Collection from "./Collection.js"
import { type Batch, Calling, type Item, isGone, lasting } from "./internal/lists.js"
import * as Outage from "./internal/outage.js"
import * as Windows from "./internal/windows.js"
import { byName, type Crawl, type Kind, kinds, type TenantList, type Version, versionOf } from "./Kind.js"
import * as Manifest from "./Manifest.js"
import * as Plan from "./Plan.js"
import { isSinkError, type Page, Sink, type SinkError, type Writer } from "./Sink.js"

/**
 * What happens during an export, in counts only.
 *
 * @since 0.1.0
 * @category models
 */
export type Event =
  | { readonly _tag: "Started"; readonly kinds: ReadonlyArray<string> }
  /** It is known how a kind is read, and in how many units. */
  | {
      readonly _tag: "KindStarted"
      readonly kind: string
      readonly mode: Plan.Mode
      readonly units: number
      /** Where the export continues an earlier one. */
      readonly since?: Manifest.Since
    }
  /** The bulk route of a kind is not permitted, or not there: it is read by the ordinary lists instead. */
  | { readonly _tag: "FellBack"; readonly kind: string; readonly error: WelkinError }
  /** A unit goes on where an earlier run stopped. */
  | { readonly _tag: "Resumed"; readonly kind: string; readonly unit: string; readonly records: number }
  | { readonly _tag: "PageWritten"; readonly kind: string; readonly unit: string; readonly records: number; readonly bytes: number }
  /** The server is in trouble; the unit asks again in a while. */
  | { readonly _tag: "Waiting"; readonly kind: string; readonly error: WelkinError }
  | { readonly _tag: "UnitFinished"; readonly kind: string; readonly unit: string; readonly result: Manifest.Result }
  | { readonly _tag: "UnitFailed"; readonly kind: string; readonly unit: string; readonly error: WelkinError }
  /** All units of a kind have come to their end, one way or another. */
  | { readonly _tag: "KindFinished"; readonly kind: string; readonly result: Manifest.KindOfRecord }
  | { readonly _tag: "Finished"; readonly summary: Manifest.Summary }

/**
 * How an export waits for a server in trouble: every 15 seconds one request, for 30 minutes.
 *
 * @since 0.1.0
 * @category references
 */
export class Patience extends Context.Reference<Patience>()("effect-welkin/export/Patience", {
  defaultValue: (): Outage.Patience => ({ every: "15 seconds", atMost: "30 minutes" })
}) {}

/**
 * Plans an export: independent units of work, as data that can be stored, sent and compared. `generation: "v1"` plans one of the
 * legacy API, each of its collections by a walk over windows of time.
 *
 * @since 0.1.0
 * @category constructors
 */
export const plan: {
  (options: Plan.LegacyOptions): Plan.LegacyPlan
  (options: Plan.Options): Plan.Plan
} = (options: Plan.Options | Plan.LegacyOptions): any => ("generation" in options ? Plan.makeLegacy(options) : Plan.make(options))

type SourcePage = Pagination.Page<unknown, Endpoint.Source<Pagination.CursorPage<unknown>>>

const envelope = Pagination.cursorPage(Schema.Unknown)

/** The records' own text. One of the envelopes that `Pagination.cursorPage` reads is there: the page has been decoded. */
const recordTexts = (text: string): ReadonlyArray<string> =>
  slices(text, ["data"]) ?? slices(text, ["content"]) ?? slices(text, ["rows"]) ?? slices(text, []) ?? []

const keyOf = ({ id, updatedAt }: Version): string | undefined => (id === undefined ? undefined : `${id} ${updatedAt}`)

/** Turns pages as they come into pages as they are kept. Pages are ordered by the last change: what comes twice stands on both sides of a seam. */
const keeping = (record: Schema.Schema.AnyNoContext, last: ReadonlyArray<Version>): ((page: SourcePage) => Page) => {
  const decode = compile(record)
  const keysOf = (versions: ReadonlyArray<Version>) => new Set(versions.map(keyOf).filter((key) => key !== undefined))
  let before: ReadonlySet<string> = keysOf(last)
  return ({ items, next, value: { text, value } }) => {
    const texts = recordTexts(text)
    // before the decoder writes into them
    const versions = items.map(versionOf)
    const seen = new Set<string>()
    const isRepeated = (version: Version): boolean => {
      const key = keyOf(version)
      if (key === undefined) return false
      const repeated = before.has(key) || seen.has(key)
      seen.add(key)
      return repeated
    }
    const records = versions.flatMap((version, at) => (isRepeated(version) ? [] : [{ ...version, text: texts[at]! }]))
    const drift = items.filter((item) => decode(item as never) === refuse).length
    before = seen
    const cursor = value.cursor.end ?? (next !== undefined && "start" in next ? next.start : null)
    const duplicates = items.length - records.length
    // a list also ends where nothing is said of a next page
    const verdict = next !== undefined || value.cursor.hasNext === false ? "verified" : "bestEffort"
    return { records, next, cursor, duplicates, drift, removed: 0, reading: ["cursor"], verdict }
  }
}

/**
 * Leaves out what the export that this one continues has. Only the same text is the same record: its last change alone would not
 * tell of what changes beside it, and some kinds have none.
 */
const withoutKnown = (page: Page, known: Doing["state"]["known"]): Page => {
  if (known === undefined) return page
  const [records, unchanged] = Arr.partition(page.records, ({ id, text }) => id !== undefined && known(text))
  return { ...page, records, unchanged: unchanged.map(({ id }) => id!) }
}

type AnyPlan = Plan.Plan | Plan.LegacyPlan

type AnyUnit = Plan.Unit | Plan.LegacyUnit

/** A unit calls one of them, and so does a plan: which one, `run` and `runUnit` say by the type of what they are given. */
type Clients = WelkinClient | LegacyClient

type Work = Effect.Effect<unknown, WelkinError | SinkError, WelkinClient | Sink>

/** A unit that is being done. */
interface Doing<Unit = Plan.Unit> {
  readonly unit: Unit
  readonly state: Extract<Writer["state"], { readonly _tag: "Begun" }>
  readonly write: (page: Page) => Effect.Effect<unknown, SinkError>
  /** The error that the server was given up with. */
  readonly lost: () => WelkinError | undefined
}

/** Reads a bulk route page by page. */
const exporting = ({ endpoint, record }: NonNullable<Kind["bulk"]>, { state, unit, write }: Doing): Work => {
  const { pageSize, since } = unit
  const position = (state.position as Pagination.Position | undefined) ?? (since === undefined ? undefined : { start: since })
  const keep = keeping(record, state.last)
  const pages = Pagination.cursorPages(lasting(Endpoint.source(endpoint, envelope)), { at: "value" })
  return Stream.runForEach(pages({ pageSize, ...(position === undefined ? {} : { position }) }), (page) => write(keep(page)))
}

/** Walks over a collection of the legacy API. */
const walking = (collection: Collection.Collection, { state, unit, write }: Doing<Plan.LegacyUnit>) =>
  Stream.runForEach(Windows.pages(collection, unit, { ...state, position: state.position as Plan.WindowPlace | undefined }), write)

/** Gathers what lists bring until it is time to write it down. */
const gathering = ({ record }: Crawl) => {
  const decode = compile(record)
  const begin = () => ({
    items: [] as Array<Item>,
    removed: 0,
    reading: new Set<Manifest.Reading>(),
    verdict: "verified" as Manifest.ReadingVerdict
  })
  let gathered = begin()
  return {
    size: () => gathered.items.length,
    add: (batches: Iterable<Batch>) => {
      for (const batch of batches) {
        for (const item of batch.items) gathered.items.push(item)
        gathered.removed += batch.removed
        gathered.verdict = Manifest.lesser(gathered.verdict, batch.verdict)
        gathered.reading.add(batch.reading)
      }
    },
    miss: () => {
      gathered.removed++
    },
    take: (next: Plan.Place | undefined): Page => {
      const { items, reading, removed, verdict } = gathered
      // before the decoder writes into them
      const records = items.map(({ text, value }) => ({ ...versionOf(value), text }))
      const drift = items.filter(({ value }) => decode(value as never) === refuse).length
      gathered = begin()
      return { records, next, cursor: null, duplicates: 0, drift, removed, reading: Array.from(reading), verdict }
    }
  }
}

/** Reads lists of the tenant, each page by page. A list that is gone since an earlier run began it is passed over. */
const crawlingTenant = Effect.fnUntraced(function* (
  crawl: Crawl,
  lists: ReadonlyArray<TenantList>,
  { state: { has, position }, write }: Doing
) {
  const gathered = gathering(crawl)
  const from = position !== undefined && "list" in position ? position : { list: "" }
  const left = lists.filter(({ name }) => name >= from.list)
  let isOpen = true
  for (const [at, { name, read }] of left.entries()) {
    const following = left[at + 1]
    const behind: Plan.Place | undefined = following === undefined ? undefined : { list: following.name }
    yield* Stream.runForEach(read({ position: name === from.list ? from.at : undefined, has }), (page) => {
      gathered.add([page])
      const next = page.next === undefined ? behind : { list: name, at: page.next }
      isOpen = next !== undefined
      return write(gathered.take(next))
    })
  }
  if (isOpen) yield* write(gathered.take(undefined))
})

/** However few records patients have, these many are read before they are written down. */
const mostPatientsAPage = 25

/** A call that no outage is waited for. */
const atOnce = <A, R>(call: Effect.Effect<A, WelkinError, R>): Effect.Effect<A, WelkinError, R> => call

/**
 * Reads the lists of one patient after another. A page ends with a patient: killed at any moment, the unit goes on with the first
 * patient that is not on a page yet. One that fails does not keep the others from being read: it is put behind them and tried once
 * more, and when it fails there, too, the unit fails, to begin with that patient the next time.
 */
const crawlingPatients = Effect.fnUntraced(function* (
  crawl: Crawl,
  of: NonNullable<Crawl["patient"]>,
  { lost, state: { position }, unit, write }: Doing
) {
  const calling = yield* Calling
  const patients = unit.patients ?? []
  const gathered = gathering(crawl)
  const from = position !== undefined && "patient" in position ? position : { patient: 0, behind: [] }
  const behind = Array.from(from.behind)
  const [tried, failed] = [new Set<number>(), [] as Array<number>]
  let patient = from.patient
  let failure: WelkinError | undefined
  // one patient that fails is the trouble itself; after two in a row, it is the server that is waited for
  let isShaken = false
  let unwritten = 0
  const flush = Effect.suspend(() => {
    unwritten = 0
    const left = [...behind, ...failed]
    return write(gathered.take(patient === patients.length && left.length === 0 ? undefined : { patient, behind: left }))
  })
  while (patient < patients.length || behind.length > 0) {
    const number = patient < patients.length ? patient++ : behind.shift()!
    const lists = Stream.runCollect(of(patients[number] as PatientId))
    const read: Either.Either<Iterable<Batch>, WelkinError | SinkError> = yield* lists.pipe(
      Effect.provideService(Calling, isShaken ? calling : { ...calling, through: atOnce }),
      Effect.either
    )
    unwritten++
    if (Either.isRight(read)) {
      isShaken = false
      gathered.add(read.right)
    } else if (isGone(read.left)) gathered.miss()
    else if (isSinkError(read.left)) return yield* read.left
    else if (read.left._tag === "Forbidden" || isForAll(read.left) || lost() !== undefined) {
      behind.unshift(number)
      if (unwritten > 1) yield* flush
      return yield* read.left
    } else {
      failure = read.left
      const mayPass: boolean = isRetryable(read.left) && !tried.has(number)
      tried.add(number)
      isShaken ||= mayPass
      if (mayPass) behind.push(number)
      else failed.push(number)
    }
    if (crawl.isDear === true || gathered.size() >= unit.pageSize || unwritten >= mostPatientsAPage) yield* flush
  }
  if (unwritten > 0 || patients.length === 0) yield* flush
  if (failed.length > 0) return yield* failure!
})

type Tell = (event: Event) => Effect.Effect<unknown>

/** What the units of a run have in common. */
interface Run {
  readonly outage: Outage.Outage
  readonly once: Calling["Type"]["once"]
  readonly tell: Tell
}

/** Does a unit from where it stands to its end. */
const doing = ({ once, outage, tell }: Run, unit: AnyUnit): Effect.Effect<Manifest.Result, WelkinError | SinkError, Clients | Sink> =>
  Effect.scoped(
    Effect.gen(function* () {
      const of = { kind: unit.kind, unit: unit.id }
      const writer = yield* Effect.flatMap(Sink, (sink) => sink.open(unit))
      const { finish, state } = writer
      const before = state._tag === "Done" ? state.result.records : state.records
      if (before > 0) yield* tell({ _tag: "Resumed", ...of, records: before })
      if (state._tag === "Begun") {
        const write = (read: Page) => {
          const page = withoutKnown(read, state.known)
          return Effect.flatMap(writer.write(page), (bytes) => tell({ _tag: "PageWritten", ...of, records: page.records.length, bytes }))
        }
        const doing = { state, write, lost: outage.lost }
        const work = Effect.gen(function* () {
          if (unit.mode === "window") return yield* walking(Collection.byName(unit.kind)!, { ...doing, unit })
          const { bulk, crawl } = byName(unit.kind)!
          const one: Doing = { ...doing, unit }
          if (unit.mode === "bulk") return yield* exporting(bulk!, one)
          if (unit.patients !== undefined) return yield* crawlingPatients(crawl!, crawl!.patient!, one)
          return yield* crawlingTenant(crawl!, yield* crawl!.tenant!(unit.filter ?? {}), one)
        })
        const settings: Pagination.Settings = yield* Pagination.Paging
        yield* work.pipe(
          Effect.provideService(Pagination.Paging, { ...settings, size: Math.min(unit.pageSize, Plan.mostOfList) }),
          Effect.provideService(Calling, {
            once,
            through: <A, R>(call: Effect.Effect<A, WelkinError, R>) =>
              outage.through(call, (error) => tell({ _tag: "Waiting", kind: unit.kind, error }))
          })
        )
      }
      const result = yield* finish
      yield* tell({ _tag: "UnitFinished", ...of, result })
      return result
    })
  )

/** Calls that all units need: who comes first makes them, and a failure is nobody else's. */
const remembering: Effect.Effect<Run["once"]> = Effect.map(Effect.makeSemaphore(1), (turn) => {
  const known = new Map<string, unknown>()
  return <A, R>(name: string, call: Effect.Effect<A, WelkinError, R>) =>
    turn.withPermits(1)(
      Effect.suspend(() =>
        known.has(name) ? Effect.succeed(known.get(name) as A) : Effect.tap(call, (found) => Effect.sync(() => known.set(name, found)))
      )
    )
})

const begin = (tell: Tell): Effect.Effect<Run> =>
  Effect.gen(function* () {
    return { tell, outage: yield* Outage.make(yield* Patience), once: yield* remembering }
  })

/**
 * Does one unit of a plan, from where its sink says that it stands. Units do not know of each other: schedule them as you like, as
 * often as you like. Units of kinds that are read patient by patient are made by `Plan.crawl`, of the ids that `Sink.ids` tells of
 * the unit of patients.
 *
 * @since 0.1.0
 * @category constructors
 */
export const runUnit: {
  (unit: Plan.LegacyUnit): Effect.Effect<Manifest.Result, WelkinError | SinkError, LegacyClient | Sink>
  (unit: Plan.Unit): Effect.Effect<Manifest.Result, WelkinError | SinkError, WelkinClient | Sink>
} = Effect.fnUntraced(function* (unit: AnyUnit) {
  return yield* doing(yield* begin(() => Effect.void), unit)
}) as any

/** What became of a unit, or of a kind that came to no unit. */
type Outcome = { readonly unit: Pick<AnyUnit, "id" | "kind" | "mode" | "since"> } & (
  | { readonly result: Manifest.Result }
  | {
      readonly failure: Manifest.Failure
      /** Undefined where it failed in an earlier run, and was not asked for in this one. */
      readonly error: WelkinError | undefined
      /** The records that are there all the same, for a later run to go on from. */
      readonly records: number
      readonly pages: number
    }
)

/** Errors that no other unit can escape. */
const isForAll = (error: WelkinError): boolean => error._tag !== "Forbidden" && isAuth(error)

const isCode = (code: string): boolean => /^[\w.-]{1,64}$/.test(code)

const failureOf = (unit: Outcome["unit"], error: WelkinError): Manifest.Failure => ({
  unit: unit.id,
  kind: unit.kind,
  error: error._tag,
  endpoint: error.endpoint,
  status: "status" in error ? (error.status ?? null) : null,
  codes: "codes" in error ? error.codes.filter(isCode) : []
})

const isForbidden = ({ error }: Manifest.Failure): boolean => error === "Forbidden"

const verdictOf = (outcome: Outcome): Manifest.Verdict =>
  "result" in outcome ? outcome.result.verdict : isForbidden(outcome.failure) ? "forbidden" : "incomplete"

/** The worst comes last. */
const verdicts: ReadonlyArray<Manifest.Verdict> = ["verified", "bestEffort", "incomplete", "forbidden"]

const total = (numbers: ReadonlyArray<number>): number => numbers.reduce((sum, number) => sum + number, 0)

const kindOf = (name: string, outcomes: ReadonlyArray<Outcome>): Manifest.KindOfRecord => {
  const results = outcomes.flatMap((outcome) => ("result" in outcome ? [outcome.result] : []))
  const sum = (field: "duplicates" | "superseded" | "drift" | "removedDuringExport") => total(results.map((result) => result[field]))
  const unchanged = results.flatMap((result) => result.unchanged ?? [])
  return {
    name,
    mode: outcomes[0]!.unit.mode,
    records: total(outcomes.map((outcome) => ("result" in outcome ? outcome.result.records : outcome.records))),
    duplicates: sum("duplicates"),
    superseded: sum("superseded"),
    drift: sum("drift"),
    removedDuringExport: sum("removedDuringExport"),
    ...(unchanged.length === 0 ? {} : { unchanged: total(unchanged) }),
    reading: Array.from(new Set(results.flatMap(({ reading }) => reading))).sort(),
    cursor: results.length === 1 ? results[0]!.cursor : null,
    files: results.flatMap(({ files }) => files),
    verdict: verdicts[Math.max(...outcomes.map((outcome) => verdicts.indexOf(verdictOf(outcome))))]!
  }
}

/** What is forbidden is forbidden once. */
const failuresOf = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<Manifest.Failure> => {
  const failures = outcomes.flatMap((outcome) => ("failure" in outcome ? [outcome.failure] : []))
  const forbidden = failures.find(isForbidden)
  return forbidden === undefined ? failures : [forbidden, ...failures.filter((failure) => !isForbidden(failure))]
}

/** Units that are under way at a time: as many as the client has requests. */
const concurrency = 8

/** The bulk route is not there for us. */
const isRefused = ({ error }: Manifest.Failure): boolean => error === "Forbidden" || error === "NotFound" || error === "Gone"

/** A unit that is not asked for: finished, as it stands, or as it failed in the run before. */
const standing = (unit: AnyUnit, failure: Manifest.Failure): Effect.Effect<Outcome, SinkError, Sink> =>
  Effect.scoped(
    Effect.gen(function* () {
      const { finish, state } = yield* Effect.flatMap(Sink, (sink) => sink.open(unit))
      if (state._tag === "Done") return { unit, result: yield* finish }
      return { unit, failure: { ...failure, unit: unit.id }, error: undefined, records: state.records, pages: 0 }
    })
  )

/** Does all kinds of a plan. */
const doingAll = (
  plan: AnyPlan,
  retry: ReadonlyArray<Manifest.Failure> | undefined,
  { tell, ...run }: Run
): Effect.Effect<Manifest.Summary, WelkinError | SinkError, Clients | Sink> =>
  Effect.gen(function* () {
    const { begun } = yield* Sink
    const turnstile = Turnstile.make(concurrency)
    const { filters, previous } = plan.fingerprint
    const sinceOf = ({ mode, since }: Pick<AnyUnit, "mode" | "since">): { readonly since?: Manifest.Since } =>
      previous === undefined ? {} : { since: mode !== "crawl" && since !== undefined ? "cursor" : "full" }

    /**
     * Why a unit is left alone. What failed is done again, and all of a kind that came to no unit; what is forbidden is so for its
     * whole kind, and is no failure of a unit.
     */
    const spared = ({ id, kind }: AnyUnit): Manifest.Failure | undefined => {
      const own = retry?.filter((failure) => failure.kind === kind) ?? []
      const isListed = own.some((failure) => !isForbidden(failure) && (failure.unit === id || failure.unit === kind))
      return isListed ? undefined : own[0]
    }

    const settled = (unit: AnyUnit): Effect.Effect<Outcome, WelkinError | SinkError, Clients | Sink> =>
      Effect.suspend(() => {
        const failure = spared(unit)
        if (failure !== undefined) return standing(unit, failure)
        let [records, pages] = [0, 0]
        const counting: Tell = (event) => {
          if (event._tag === "Resumed" || event._tag === "PageWritten") records += event.records
          if (event._tag === "PageWritten") pages++
          return tell(event)
        }
        const lost = run.outage.lost()
        const work = lost === undefined ? doing({ ...run, tell: counting }, unit) : Effect.fail(lost)
        return work.pipe(
          Effect.map((result): Outcome => ({ unit, result })),
          Effect.catchAll((error) =>
            isSinkError(error) || isForAll(error)
              ? Effect.fail(error)
              : Effect.succeed<Outcome>({ unit, failure: failureOf(unit, error), error, records, pages })
          )
        )
      })

    const failed = (outcome: Outcome) =>
      "error" in outcome && outcome.error !== undefined
        ? tell({ _tag: "UnitFailed", kind: outcome.unit.kind, unit: outcome.unit.id, error: outcome.error })
        : Effect.void

    /** Units of one kind. When one finds it forbidden, the others do not ask. */
    const settledAll = Effect.fnUntraced(function* (units: ReadonlyArray<AnyUnit>) {
      let forbidden: WelkinError | undefined
      const unless = (unit: AnyUnit) =>
        Effect.gen(function* () {
          // what is there is counted, and asks nobody where it is finished
          if (forbidden !== undefined && !begun.has(unit.id)) {
            return { unit, failure: failureOf(unit, forbidden), error: forbidden, records: 0, pages: 0 }
          }
          const outcome = yield* settled(unit)
          const isSaid = forbidden !== undefined
          if ("error" in outcome && outcome.error?._tag === "Forbidden") forbidden = outcome.error
          if (!isSaid) yield* failed(outcome)
          return outcome
        })
      return yield* Effect.forEach(units, (unit) => turnstile.within(unless(unit)), { concurrency: "unbounded" })
    })

    /** The units of a kind's crawl, or why nobody knows the patients. */
    const crawlOf = Effect.fnUntraced(function* (plan: Plan.Plan, kind: string) {
      if (!Plan.needsPatients(plan, kind)) return Either.right(Plan.crawl(plan, kind, []))
      const found = yield* patients
      const ids: Array<string> = []
      for (const outcome of found) {
        if ("failure" in outcome) {
          const failure = { ...outcome.failure, unit: kind, kind }
          return Either.left<Outcome>({ ...outcome, unit: { id: kind, kind, mode: "crawl" }, failure, records: 0 })
        }
        for (const id of yield* Effect.flatMap(Sink, ({ ids }) => ids(outcome.unit as Plan.Unit))) ids.push(id)
      }
      return Either.right(Plan.crawl(plan, kind, ids))
    })

    const settledKind: (kind: string) => Effect.Effect<ReadonlyArray<Outcome>, WelkinError | SinkError, Clients | Sink> = Effect.fnUntraced(
      function* (kind) {
        if (!("perPatient" in plan)) {
          const units = plan.units.filter((unit) => unit.kind === kind)
          yield* tell({ _tag: "KindStarted", kind, mode: "window", units: units.length, ...sinceOf(units[0]!) })
          return yield* settledAll(units)
        }
        const planned = Plan.unitsOf(plan, kind)
        const bulk = planned.find(({ mode }) => mode === "bulk")
        const isCrawling = Array.from(begun).some((unit) => unit.startsWith(`${kind}/`))
        if (bulk !== undefined && !isCrawling) {
          yield* tell({ _tag: "KindStarted", kind, mode: "bulk", units: 1, ...sinceOf(bulk) })
          const outcome = yield* turnstile.within(settled(bulk))
          const isNothing = "failure" in outcome && outcome.records + outcome.pages === 0
          const canCrawl = filters.mode === "auto" && byName(kind)!.crawl !== undefined
          if (!isNothing || !canCrawl || !isRefused(outcome.failure)) {
            yield* failed(outcome)
            return [outcome]
          }
          if (outcome.error !== undefined) yield* tell({ _tag: "FellBack", kind, error: outcome.error })
        }
        const units = planned.length > 0 && bulk === undefined ? Either.right(planned) : yield* crawlOf(plan, kind)
        if (Either.isLeft(units)) {
          yield* failed(units.left)
          return [units.left]
        }
        yield* tell({ _tag: "KindStarted", kind, mode: "crawl", units: units.right.length, ...sinceOf({ mode: "crawl" }) })
        return yield* settledAll(units.right)
      }
    )

    /** Whether the patients whose lists were read are all: a list of them that may have missed one tells nothing of what is gone. */
    const isOfAll = (kind: string): Effect.Effect<boolean, WelkinError | SinkError, Clients | Sink> =>
      "perPatient" in plan && Plan.needsPatients(plan, kind) && !Plan.unitsOf(plan, kind).some(({ patients }) => patients !== undefined)
        ? Effect.map(patients, (found) => found.every((outcome) => verdictOf(outcome) === "verified"))
        : Effect.succeed(true)

    /** What a kind's ids tell about deletions: only what was read whole now can tell. */
    const deletionsOf = Effect.fnUntraced(function* (kind: string, outcomes: ReadonlyArray<Outcome>) {
      const { compare } = yield* Sink
      const units = outcomes.map(({ unit }) => unit)
      const isWhole = outcomes.every(
        (outcome) => outcome.unit.mode !== "window" && outcome.unit.since === undefined && verdictOf(outcome) === "verified"
      )
      const isCrawled = units.some(({ mode }) => mode === "crawl")
      const isTold = compare !== undefined && isWhole && (!isCrawled || (yield* isOfAll(kind)))
      const unknown: Manifest.Deletions = { deletions: "unknown" }
      return isTold ? yield* compare(kind, units) : unknown
    })

    const done = new Map<string, { readonly kind: Manifest.KindOfRecord; readonly failures: ReadonlyArray<Manifest.Failure> }>()
    const finished = Effect.fnUntraced(function* (kind: string) {
      const outcomes = yield* settledKind(kind)
      const since = sinceOf(outcomes[0]!.unit)
      const deletions = since.since === undefined ? {} : yield* deletionsOf(kind, outcomes)
      const result = { ...kindOf(kind, outcomes), ...since, ...deletions }
      done.set(kind, { kind: result, failures: failuresOf(outcomes) })
      yield* tell({ _tag: "KindFinished", kind, result })
      return outcomes
    })
    // the fiber that asks first does the work, and is interrupted only when all are
    const patients = yield* Effect.cached(finished("patients"))

    yield* tell({ _tag: "Started", kinds: filters.kinds })
    yield* Effect.forEach(filters.kinds, (kind) => (kind === "patients" ? patients : finished(kind)), { concurrency: "unbounded" })
    const found = ("perPatient" in plan ? kinds : Collection.collections).flatMap(({ name }) => {
      const one = done.get(name)
      return one === undefined ? [] : [one]
    })
    const failures = found.flatMap(({ failures }) => failures)
    return {
      complete: failures.length === 0 && found.every(({ kind }) => Manifest.isThere(kind.verdict)),
      kinds: found.map(({ kind }) => kind),
      failures
    }
  })

/**
 * @since 0.1.0
 * @category models
 */
export interface RunOptions {
  /** The failures of the run before: just their units are done. */
  readonly retry?: ReadonlyArray<Manifest.Failure> | undefined
}

/**
 * Does a plan, and tells how far it is. A unit that fails for good does not stop the others: it is in the summary. What stops the
 * whole is a disk that does not take the records, and credentials that are refused.
 *
 * Run again, it goes on with all that is not finished. With `retry`, the failures of the run before, it does just their units: what
 * is forbidden is left as it is.
 *
 * @since 0.1.0
 * @category streams
 */
export const run: {
  (plan: Plan.LegacyPlan, options?: RunOptions): Stream.Stream<Event, WelkinError | SinkError, LegacyClient | Sink>
  (plan: Plan.Plan, options?: RunOptions): Stream.Stream<Event, WelkinError | SinkError, WelkinClient | Sink>
} = (plan: AnyPlan, options: RunOptions = {}): Stream.Stream<Event, WelkinError | SinkError, any> =>
  Stream.unwrapScoped(
    Effect.gen(function* () {
      const events = yield* Mailbox.make<Event, WelkinError | SinkError>({ capacity: 64 })
      const tell: Tell = (event) => events.offer(event)
      const all = Effect.gen(function* () {
        const summary = yield* doingAll(plan, options.retry, yield* begin(tell))
        yield* Effect.flatMap(Sink, (sink) => sink.finish(summary))
        yield* tell({ _tag: "Finished", summary })
      })
      yield* Effect.forkScoped(Mailbox.into(all, events))
      return Mailbox.toStream(events)
    })
  )

export {
  /**
   * Every patient with everything that belongs to them, nested and decoded, as one Stream: for apps that want no files.
   *
   * @since 0.1.0
   * @category streams
   */
  stream as patientRecords
} from "./PatientRecords.js"
