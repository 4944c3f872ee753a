import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import type { Event } from "../export/Export.js"
import { isThere } from "../export/Manifest.js"
import type { Mode } from "../export/Plan.js"
import { monotonicMillis } from "../internal/ticks.js"
import * as Metrics from "../Metrics.js"
import { Output } from "./Output.js"

/** How many units a kind has, and how many have come to their end: begun in this run, and begun in an earlier one. */
interface Units {
  readonly all: number
  readonly now: number
  readonly before: number
}

const one: Units = { all: 1, now: 0, before: 0 }

/** How far an export is. */
export interface Progress {
  readonly records: ReadonlyMap<string, number>
  /** Records that this run has written, not counting earlier ones. */
  readonly written: ReadonlyMap<string, number>
  readonly done: ReadonlySet<string>
  readonly units: ReadonlyMap<string, Units>
  /** Units that an earlier run had begun. */
  readonly resumed: ReadonlySet<string>
  /** Kinds that wait for a server in trouble, and the trouble. */
  readonly waiting: ReadonlyMap<string, string>
}

export const begun: Progress = {
  records: new Map(),
  written: new Map(),
  done: new Set(),
  units: new Map(),
  resumed: new Set(),
  waiting: new Map()
}

const plus = (counts: ReadonlyMap<string, number>, kind: string, records: number): ReadonlyMap<string, number> =>
  new Map(counts).set(kind, (counts.get(kind) ?? 0) + records)

const sum = (counts: ReadonlyMap<string, number>): number => Array.from(counts.values()).reduce((all, one) => all + one, 0)

const added = (progress: Progress, kind: string, records: number): Progress => {
  const waiting = new Map(progress.waiting)
  waiting.delete(kind)
  return { ...progress, waiting, records: plus(progress.records, kind, records) }
}

const ended = (progress: Progress, kind: string, unit: string): Progress => {
  const units = progress.units.get(kind) ?? one
  const more = progress.resumed.has(unit) ? { before: units.before + 1 } : { now: units.now + 1 }
  return { ...progress, units: new Map(progress.units).set(kind, { ...units, ...more }) }
}

export const after = (progress: Progress, event: Event): Progress => {
  switch (event._tag) {
    case "Started":
      return { ...progress, records: new Map(event.kinds.map((kind) => [kind, 0])) }
    case "Resumed":
      return { ...added(progress, event.kind, event.records), resumed: new Set(progress.resumed).add(event.unit) }
    case "PageWritten":
      return { ...added(progress, event.kind, event.records), written: plus(progress.written, event.kind, event.records) }
    case "Waiting":
      return { ...progress, waiting: new Map(progress.waiting).set(event.kind, event.error._tag) }
    case "UnitFinished":
    case "UnitFailed":
      return ended(added(progress, event.kind, 0), event.kind, event.unit)
    case "KindFinished":
      return { ...added(progress, event.kind, 0), done: new Set(progress.done).add(event.kind) }
    case "KindStarted":
      return { ...progress, units: new Map(progress.units).set(event.kind, { ...one, all: event.units }) }
    case "FellBack":
      return progress
    case "Finished":
      return progress
  }
}

export const number = (n: number): string => n.toLocaleString("en-US")

export const counted = (n: number, noun: string): string => `${number(n)} ${noun}${n === 1 ? "" : "s"}`

const rate = (records: number, millis: number): string =>
  millis < 1000 || records === 0 ? "" : ` · ${number(Math.round((records * 1000) / millis))}/s`

const about = (millis: number): string => {
  const seconds = Math.ceil(millis / 1000)
  if (seconds < 90) return `about ${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} h`
}

/**
 * How long it will take still. Bulk routes tell no totals, so the kinds that are done speak for those that are not, and of a kind
 * that is crawled, the units. What an earlier run had begun says nothing about the speed of this one.
 */
const left = ({ done, records, units }: Progress, millis: number): string => {
  let [now, open] = [0, 0]
  for (const kind of records.keys()) {
    const own = units.get(kind) ?? one
    // what is forbidden is told of one unit, and is so for all
    now += (done.has(kind) ? own.all - own.before : own.now) / own.all
    open += done.has(kind) ? 0 : (own.all - own.before - own.now) / own.all
  }
  return millis < 1000 || now === 0 || open === 0 ? "" : ` · ${about((millis * open) / now)} left`
}

/** How much of a kind is done, where its units tell. */
const share = ({ units }: Progress, kind: string): string => {
  const { all, before, now } = units.get(kind) ?? one
  return all === 1 ? "" : ` (${Math.floor(((before + now) * 100) / all)}%)`
}

/** Why nothing comes, where that is so. */
const trouble = (troubles: Iterable<string>, pauseMillis: number): string => {
  if (pauseMillis > 0) return ` · rate limited, waiting ${Math.ceil(pauseMillis / 1000)} s (honouring Retry-After)`
  const names = Array.from(new Set(troubles))
  return names.length === 0 ? "" : ` · waiting for the server (${names.join(", ")})`
}

const underWay = ({ done, records, waiting }: Progress): ReadonlyArray<readonly [string, number]> =>
  Array.from(records).filter(([kind, count]) => !done.has(kind) && (count > 0 || waiting.has(kind)))

/** One line about an export that began so many milliseconds ago, while a server's pause lasts for so many more. */
export const line = (progress: Progress, millis: number, pauseMillis = 0): string => {
  const { done, records, waiting, written } = progress
  const kinds = underWay(progress).map(([kind, count]) => ` · ${kind} ${number(count)}${share(progress, kind)}`)
  const all = rate(sum(written), millis) + left(progress, millis) + trouble(waiting.values(), pauseMillis)
  return `${done.size} of ${records.size} kinds done${kinds.join("")}${all}`
}

/** The same as lines that are redrawn: one for each kind that is under way, and one for all of them. */
export const lines = (progress: Progress, millis: number, pauseMillis = 0): ReadonlyArray<string> => {
  const { done, records, waiting, written } = progress
  const kinds = underWay(progress)
  const width = Math.max(0, ...kinds.map(([kind]) => kind.length))
  const all = rate(sum(written), millis) + left(progress, millis) + trouble(kinds.length === 0 ? waiting.values() : [], pauseMillis)
  return [
    ...kinds.map(([kind, count]) => {
      const own = waiting.get(kind)
      const speed = rate(written.get(kind) ?? 0, millis)
      return `${kind.padEnd(width)}  ${number(count).padStart(9)}${share(progress, kind)}${speed}${trouble(own === undefined ? [] : [own], 0)}`
    }),
    `${done.size} of ${records.size} kinds done${all}`
  ]
}

/** Why a kind is not asked for changes alone. */
const whyFull: Readonly<Record<Mode, string>> = {
  crawl: "its lists cannot be asked for changes",
  window: "nobody can tell what changed in it",
  bulk: "not asked from a last cursor on"
}

/** What is said once, when it happens. */
const said = (event: Event): string | undefined => {
  switch (event._tag) {
    case "Started":
      return `exporting ${event.kinds.join(", ")}`
    case "FellBack":
      return `${event.kind}: bulk export not permitted, reading the lists instead`
    case "KindStarted":
      return event.since === "full" ? `${event.kind}: ${whyFull[event.mode]}, read in full` : undefined
    case "Resumed":
      return `${event.kind}: ${counted(event.records, "record")} there already`
    case "KindFinished": {
      const { drift, records, verdict } = event.result
      if (!isThere(verdict)) return undefined
      return `${event.kind}: ${counted(records, "record")}, done${drift === 0 ? "" : `; ${number(drift)} not as their schema says, kept as they came`}`
    }
    case "UnitFailed":
      return event.error._tag === "Forbidden"
        ? `${event.kind}: not permitted (403). The API client lacks the right to read it.`
        : `${event.kind}: ${event.error._tag}: ${event.error.message}`
    default:
      return undefined
  }
}

/** Tells people: lines that are redrawn on a terminal, elsewhere one every ten seconds, or only what happens. */
export const display: Effect.Effect<(event: Event) => Effect.Effect<void>, never, Output | Scope.Scope> = Effect.gen(function* () {
  const output = yield* Output
  if (output.progress === "none") return () => Effect.void
  const state = yield* Ref.make(begun)
  const start = yield* monotonicMillis
  const draw = Effect.gen(function* () {
    const progress = yield* Ref.get(state)
    if (progress.records.size === 0) return
    const millis = (yield* monotonicMillis) - start
    const pause = yield* Metrics.pauseLeft
    yield* output.progress === "bar" ? output.live(lines(progress, millis, pause)) : output.note(line(progress, millis, pause))
  })
  const every = output.progress === "bar" ? Duration.millis(200) : Duration.seconds(10)
  yield* Effect.forkScoped(Effect.schedule(draw, Schedule.spaced(every)))
  // the display is gone before anything is said about the end
  yield* Effect.addFinalizer(() => output.live([]))
  return (event) => {
    const text = said(event)
    return Effect.zipRight(
      Ref.update(state, (before) => after(before, event)),
      text === undefined ? Effect.void : output.note(text)
    )
  }
})

/** An event as a line of JSON, without anything a record holds. */
export const jsonOf = (event: Event): string => {
  switch (event._tag) {
    case "Waiting":
    case "FellBack":
    case "UnitFailed":
      return JSON.stringify({ event: event._tag, kind: event.kind, error: event.error._tag, endpoint: event.error.endpoint })
    default: {
      const { _tag, ...rest } = event
      return JSON.stringify({ event: _tag, ...rest })
    }
  }
}
