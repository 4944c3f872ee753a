/**
 * A full export: every record of the chosen kinds, as the server wrote it.
 *
 * `plan` says what is to be done, `run` does it and tells how far it is, `runUnit` does one piece of it wherever you like. Where
 * the records go is up to the {@link Sink.Sink} of the context.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Mailbox from "effect/Mailbox"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Endpoint from "../Endpoint.js"
import { compile } from "../internal/decoder.js"
import { refuse } from "../internal/quick.js"
import { slices } from "../internal/slices.js"
import type { WelkinClient } from "../internal/tags.js"
import * as Pagination from "../Pagination.js"
import { isAuth, type WelkinError } from "../WelkinError.js"
import * as Outage from "./internal/outage.js"
import { byName, type Kind, type Version, versionOf } from "./Kind.js"
import type * as Manifest from "./Manifest.js"
import * as Plan from "./Plan.js"
import { type Page, Sink, type SinkError } from "./Sink.js"

/**
 * What happens during an export, in counts only.
 *
 * @since 0.1.0
 * @category models
 */
export type Event =
  | { readonly _tag: "Started"; readonly kinds: ReadonlyArray<string> }
  /** A unit goes on where an earlier run stopped. */
  | { readonly _tag: "Resumed"; readonly kind: string; readonly records: number }
  | { readonly _tag: "PageWritten"; readonly kind: string; readonly records: number; readonly bytes: number }
  /** The server is in trouble; the unit asks again in a while. */
  | { readonly _tag: "Waiting"; readonly kind: string; readonly error: WelkinError }
  | { readonly _tag: "UnitFinished"; readonly kind: string; readonly result: Manifest.Result }
  | { readonly _tag: "UnitFailed"; readonly kind: string; readonly error: WelkinError }
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
 * Plans an export: independent units of work, as data that can be stored, sent and compared.
 *
 * @since 0.1.0
 * @category constructors
 */
export const plan: (options: Plan.Options) => Plan.Plan = Plan.make

type SourcePage = Pagination.Page<unknown, Endpoint.Source<Pagination.CursorPage<unknown>>>

const envelope = Pagination.cursorPage(Schema.Unknown)

/** The records' own text. One of the envelopes that `Pagination.cursorPage` reads is there: the page has been decoded. */
const recordTexts = (text: string): ReadonlyArray<string> =>
  slices(text, ["data"]) ?? slices(text, ["content"]) ?? slices(text, ["rows"]) ?? slices(text, []) ?? []

const keyOf = ({ id, updatedAt }: Version): string | undefined => (id === undefined ? undefined : `${id} ${updatedAt}`)

/** Turns pages as they come into pages as they are kept. Pages are ordered by the last change: what comes twice stands on both sides of a seam. */
const keeping = (kind: Kind, last: ReadonlyArray<Version>): ((page: SourcePage) => Page) => {
  const decode = compile(kind.record)
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
    return { records, next, cursor, duplicates: items.length - records.length, drift }
  }
}

/** The position that makes a list begin where a unit does. */
const beginningOf = ({ since }: Plan.Unit): Pagination.Position | undefined => (since === undefined ? undefined : { start: since })

type Tell = (event: Event) => Effect.Effect<unknown>

/** Does a unit from where it stands to its end. */
const doing = (
  unit: Plan.Unit,
  outage: Outage.Outage,
  tell: Tell
): Effect.Effect<Manifest.Result, WelkinError | SinkError, WelkinClient | Sink> =>
  Effect.scoped(
    Effect.gen(function* () {
      const kind = byName(unit.kind)!
      const { finish, state, write } = yield* Effect.flatMap(Sink, (sink) => sink.open(unit))
      const before = state._tag === "Done" ? state.result.records : state.records
      if (before > 0) yield* tell({ _tag: "Resumed", kind: kind.name, records: before })
      if (state._tag === "Begun") {
        const page = Endpoint.source(kind.bulk, envelope)
        const lasting = Object.assign(
          (...input: Parameters<typeof page>) =>
            outage.through(page(...input), (error) => tell({ _tag: "Waiting", kind: kind.name, error })),
          page
        )
        const position = state.position ?? beginningOf(unit)
        const keep = keeping(kind, state.last)
        yield* Pagination.cursorPages(lasting, { at: "value" })({
          pageSize: unit.pageSize,
          ...(position === undefined ? {} : { position })
        }).pipe(
          Stream.runForEach((one) => {
            const kept = keep(one)
            return Effect.flatMap(write(kept), (bytes) =>
              tell({ _tag: "PageWritten", kind: kind.name, records: kept.records.length, bytes })
            )
          })
        )
      }
      const result = yield* finish
      yield* tell({ _tag: "UnitFinished", kind: kind.name, result })
      return result
    })
  )

/**
 * Does one unit of a plan, from where its sink says that it stands. Units do not know of each other: schedule them as you like, as
 * often as you like.
 *
 * @since 0.1.0
 * @category constructors
 */
export const runUnit: (unit: Plan.Unit) => Effect.Effect<Manifest.Result, WelkinError | SinkError, WelkinClient | Sink> = Effect.fnUntraced(
  function* (unit) {
    const outage = yield* Outage.make(yield* Patience)
    return yield* doing(unit, outage, () => Effect.void)
  }
)

/** What became of a unit. */
type Outcome = { readonly unit: Plan.Unit } & (
  | { readonly result: Manifest.Result }
  /** The records that are there all the same, for a later run to go on from. */
  | { readonly error: WelkinError; readonly records: number }
)

/** Errors that no other unit can escape. */
const isForAll = (error: WelkinError): boolean => error._tag !== "Forbidden" && isAuth(error)

const isSinkError = (error: WelkinError | SinkError): error is SinkError => error._tag === "DiskError" || error._tag === "FolderDamaged"

const isCode = (code: string): boolean => /^[\w.-]{1,64}$/.test(code)

const failureOf = (unit: Plan.Unit, error: WelkinError): Manifest.Failure => ({
  unit: unit.id,
  kind: unit.kind,
  error: error._tag,
  endpoint: error.endpoint,
  status: "status" in error ? (error.status ?? null) : null,
  codes: "codes" in error ? error.codes.filter(isCode) : []
})

const unfinished = { duplicates: 0, superseded: 0, drift: 0, cursor: null, files: [] }

const verdictOf = (outcome: Outcome): Manifest.Verdict =>
  "result" in outcome ? "verified" : outcome.error._tag === "Forbidden" ? "forbidden" : "incomplete"

const summaryOf = (outcomes: ReadonlyArray<Outcome>): Manifest.Summary => ({
  complete: outcomes.every((outcome) => "result" in outcome),
  kinds: outcomes.map((outcome) => ({
    name: outcome.unit.kind,
    mode: outcome.unit.mode,
    verdict: verdictOf(outcome),
    ...("result" in outcome ? outcome.result : { ...unfinished, records: outcome.records })
  })),
  failures: outcomes.flatMap((outcome) => ("error" in outcome ? [failureOf(outcome.unit, outcome.error)] : []))
})

/**
 * Does a plan, and tells how far it is. A unit that fails for good does not stop the others: it is in the summary. What stops the
 * whole is a disk that does not take the records, and credentials that are refused.
 *
 * @since 0.1.0
 * @category streams
 */
export const run = ({ units }: Plan.Plan): Stream.Stream<Event, WelkinError | SinkError, WelkinClient | Sink> =>
  Stream.unwrapScoped(
    Effect.gen(function* () {
      const outage = yield* Outage.make(yield* Patience)
      const events = yield* Mailbox.make<Event, WelkinError | SinkError>({ capacity: 64 })
      const tell: Tell = (event) => events.offer(event)
      const settled = (unit: Plan.Unit) =>
        Effect.suspend(() => {
          let records = 0
          const counting: Tell = (event) => {
            if (event._tag === "Resumed" || event._tag === "PageWritten") records += event.records
            return tell(event)
          }
          return doing(unit, outage, counting).pipe(
            Effect.map((result): Outcome => ({ unit, result })),
            Effect.catchAll((error) =>
              isSinkError(error) || isForAll(error)
                ? Effect.fail(error)
                : Effect.as(tell({ _tag: "UnitFailed", kind: unit.kind, error }), { unit, error, records } as Outcome)
            )
          )
        })
      const all = Effect.gen(function* () {
        yield* tell({ _tag: "Started", kinds: units.map(({ kind }) => kind) })
        // one page at a time within a unit; the client's own limit holds for all of them
        const summary = summaryOf(yield* Effect.forEach(units, settled, { concurrency: "unbounded" }))
        yield* Effect.flatMap(Sink, (sink) => sink.finish(summary))
        yield* tell({ _tag: "Finished", summary })
      })
      yield* Effect.forkScoped(Mailbox.into(all, events))
      return Mailbox.toStream(events)
    })
  )
