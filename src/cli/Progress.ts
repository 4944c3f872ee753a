import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import type { Event } from "../export/Export.js"
import { isThere } from "../export/Manifest.js"
import { Output } from "./Output.js"

/** How far an export is. */
export interface Progress {
  readonly records: ReadonlyMap<string, number>
  readonly done: ReadonlySet<string>
  /** Kinds that wait for a server in trouble, and the trouble. */
  readonly waiting: ReadonlyMap<string, string>
  /** Records that this run has written, not counting earlier ones. */
  readonly written: number
}

export const begun: Progress = { records: new Map(), done: new Set(), waiting: new Map(), written: 0 }

const added = (progress: Progress, kind: string, records: number): Progress => {
  const waiting = new Map(progress.waiting)
  waiting.delete(kind)
  return { ...progress, waiting, records: new Map(progress.records).set(kind, (progress.records.get(kind) ?? 0) + records) }
}

export const after = (progress: Progress, event: Event): Progress => {
  switch (event._tag) {
    case "Started":
      return { ...progress, records: new Map(event.kinds.map((kind) => [kind, 0])) }
    case "Resumed":
      return added(progress, event.kind, event.records)
    case "PageWritten":
      return { ...added(progress, event.kind, event.records), written: progress.written + event.records }
    case "Waiting":
      return { ...progress, waiting: new Map(progress.waiting).set(event.kind, event.error._tag) }
    case "UnitFinished":
    case "UnitFailed":
      return added(progress, event.kind, 0)
    case "KindFinished":
      return { ...added(progress, event.kind, 0), done: new Set(progress.done).add(event.kind) }
    case "KindStarted":
    case "FellBack":
      return progress
    case "Finished":
      return progress
  }
}

export const number = (n: number): string => n.toLocaleString("en-US")

export const counted = (n: number, noun: string): string => `${number(n)} ${noun}${n === 1 ? "" : "s"}`

/** One line about an export that began so many milliseconds ago. */
export const line = ({ done, records, waiting, written }: Progress, millis: number): string => {
  const under = Array.from(records).filter(([kind, count]) => !done.has(kind) && count > 0)
  const rate = millis < 1000 ? "" : ` · ${number(Math.round((written * 1000) / millis))}/s`
  const troubles = Array.from(new Set(waiting.values()))
  const trouble = troubles.length === 0 ? "" : ` · waiting for the server (${troubles.join(", ")})`
  return `${done.size} of ${records.size} kinds done${under.map(([kind, count]) => ` · ${kind} ${number(count)}`).join("")}${rate}${trouble}`
}

/** What is said once, when it happens. */
const said = (event: Event): string | undefined => {
  switch (event._tag) {
    case "Started":
      return `exporting ${event.kinds.join(", ")}`
    case "FellBack":
      return `${event.kind}: bulk export not permitted, reading the lists instead`
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

/** Tells people: a line that is redrawn on a terminal, elsewhere one every ten seconds. */
export const display: Effect.Effect<(event: Event) => Effect.Effect<void>, never, Output | Scope.Scope> = Effect.gen(function* () {
  const output = yield* Output
  const state = yield* Ref.make(begun)
  const start = yield* Clock.currentTimeMillis
  const every = output.isLive ? Duration.millis(200) : Duration.seconds(10)
  const draw = Effect.gen(function* () {
    const progress = yield* Ref.get(state)
    if (progress.records.size === 0) return
    const text = line(progress, (yield* Clock.currentTimeMillis) - start)
    yield* output.isLive ? output.live(text) : output.note(text)
  })
  yield* Effect.forkScoped(Effect.schedule(draw, Schedule.spaced(every)))
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
