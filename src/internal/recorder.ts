import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as MetricLabel from "effect/MetricLabel"
import type { Descriptor } from "../Endpoint.js"
import * as Metrics from "../Metrics.js"
import type { WelkinError } from "../WelkinError.js"
import { isRecord } from "./json.js"

const endpoint = "welkin.endpoint"
const method = "http.request.method"
const statusClass = "http.response.status_class"
const errorType = "error.type"

/** The series of a metric, each made when it is first needed: to look a label up by hash each time would cost more than the rest. */
const series = <Type, Out>(metric: Metric.Metric<Type, number, Out>, ...names: ReadonlyArray<string>) => {
  const made = new Map<string, Metric.Metric<Type, number, Out>>()
  return (...values: ReadonlyArray<string>): Metric.Metric<Type, number, Out> => {
    const key = values.join(" ")
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = Metric.taggedWithLabels(
      metric,
      names.map((name, at) => MetricLabel.make(name, values[at]!))
    )
    made.set(key, fresh)
    return fresh
  }
}

// an application's own labels, which it gives to a part of itself, belong to what happens there
const recorded = (update: (labels: ReadonlyArray<MetricLabel.MetricLabel>) => void): Effect.Effect<void> =>
  Effect.map(Effect.metricLabels, update)

const classOf = (status: number | undefined): string => (status === undefined || status < 100 ? "none" : `${Math.floor(status / 100)}xx`)

/** What is worth another attempt by itself. More tags than these, times all endpoints, would be too many series. */
const repeated: ReadonlySet<WelkinError["_tag"]> = new Set([
  "TransportError",
  "TimeoutError",
  "TruncatedBody",
  "Unauthorized",
  "RateLimited",
  "ServerError"
])

/** How many records an answer brings: those of its list, which stands a few levels deep in a page. */
const countOf = ({ paging }: Descriptor, value: unknown): number => {
  let at = value
  for (let depth = 0; paging !== "none" && depth < 4 && isRecord(at); depth++)
    at = at.content ?? at.data ?? at.records ?? at.value ?? at.rows
  return Array.isArray(at) ? at.length : 0
}

/** How a call ended: with a value, with an error, or neither where it was interrupted. */
export interface Ended {
  readonly status?: number | undefined
  readonly value?: unknown
  readonly error?: WelkinError | undefined
}

export const calls = () => {
  const all = series(Metrics.calls, endpoint, statusClass)
  const failed = series(Metrics.failures, method, errorType)
  const duration = series(Metrics.duration, method, statusClass)
  const records = series(Metrics.records, endpoint)
  const retries = series(Metrics.retries, endpoint, errorType)
  return {
    ended: (d: Descriptor, millis: number, { error, status, value }: Ended): Effect.Effect<void> =>
      recorded((labels) => {
        const answered = classOf(error !== undefined && "status" in error ? error.status : status)
        all(d.id, answered).unsafeUpdate(1, labels)
        duration(d.method, answered).unsafeUpdate(millis, labels)
        if (error !== undefined) failed(d.method, error._tag).unsafeUpdate(1, labels)
        const count = countOf(d, value)
        if (count > 0) records(d.id).unsafeUpdate(count, labels)
      }),
    retried: (d: Descriptor, error: WelkinError): Effect.Effect<void> =>
      recorded((labels) => retries(d.id, repeated.has(error._tag) ? error._tag : "_OTHER").unsafeUpdate(1, labels))
  }
}

export const bytes = () => {
  const received = series(Metrics.bytes, endpoint)
  return (id: string, count: number): Effect.Effect<void> => recorded((labels) => received(id).unsafeUpdate(count, labels))
}

export const waits = () => {
  const waited = series(Metrics.waits, "welkin.wait")
  return (cause: "pause" | "backoff" | "place" | "pace", millis: number): Effect.Effect<void> =>
    // less than a timer can tell is no wait
    millis < 1 ? Effect.void : recorded((labels) => waited(cause).unsafeUpdate(millis, labels))
}
