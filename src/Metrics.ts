/**
 * What the clients of this process did, in numbers: Effect metrics, for any exporter that reads them.
 *
 * Labels name endpoints, methods, classes of status and tags of errors; never a value of a record, a route that is filled, or a
 * host. No metric has more than 2,000 series, all endpoints of both generations counted.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as MetricBoundaries from "effect/MetricBoundaries"

const counter = (name: string, description: string): Metric.Metric.Counter<number> =>
  Metric.counter(name, { description, incremental: true })

/**
 * `welkin.calls`: calls that have ended, by `welkin.endpoint` and `http.response.status_class` (`2xx` to `5xx`, `none` where no
 * answer counted). However often it was tried, a call is one.
 *
 * @since 0.1.0
 * @category metrics
 */
export const calls: Metric.Metric.Counter<number> = counter("welkin.calls", "Calls that have ended")

/**
 * `welkin.failures`: calls that have failed, by `http.request.method` and `error.type`, the tag of the error. Spans tell the endpoint.
 *
 * @since 0.1.0
 * @category metrics
 */
export const failures: Metric.Metric.Counter<number> = counter("welkin.failures", "Calls that have failed")

/**
 * `welkin.retries`: requests sent again, by `welkin.endpoint` and the `error.type` of the one before; `_OTHER` stands for the tags
 * that only a policy of your own repeats, and for JSON that does not parse.
 *
 * @since 0.1.0
 * @category metrics
 */
export const retries: Metric.Metric.Counter<number> = counter("welkin.retries", "Requests sent again")

/**
 * `welkin.waits`: milliseconds that calls have waited, all of them added up, by `welkin.wait`: for the end of a pause that the
 * server asked for (`pause`), before another attempt (`backoff`), for a place among the client's requests (`place`), or to keep
 * the pace that the server takes (`pace`).
 *
 * @since 0.1.0
 * @category metrics
 */
export const waits: Metric.Metric.Counter<number> = Metric.tagged(counter("welkin.waits", "Time that calls have waited"), "unit", "ms")

/**
 * `welkin.records`: records that pages and lists have brought, by `welkin.endpoint`. What comes twice counts twice.
 *
 * @since 0.1.0
 * @category metrics
 */
export const records: Metric.Metric.Counter<number> = counter("welkin.records", "Records received")

/**
 * `welkin.bytes`: bytes of answers, errors and half answers included, by `welkin.endpoint`.
 *
 * @since 0.1.0
 * @category metrics
 */
export const bytes: Metric.Metric.Counter<number> = Metric.tagged(counter("welkin.bytes", "Bytes of answers received"), "unit", "By")

/**
 * `welkin.call.duration`: milliseconds from the call to its end, all attempts and waits included, by `http.request.method` and
 * `http.response.status_class`.
 *
 * @since 0.1.0
 * @category metrics
 */
export const duration: Metric.Metric.Histogram<number> = Metric.tagged(
  Metric.histogram(
    "welkin.call.duration",
    MetricBoundaries.fromIterable([5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 120_000]),
    "Time from a call to its end"
  ),
  "unit",
  "ms"
)

/**
 * `welkin.paused.until`: the end of the last pause that a server asked for, in milliseconds of Unix time. 0 where none has.
 *
 * @since 0.1.0
 * @category metrics
 */
export const pausedUntil: Metric.Metric.Gauge<number> = Metric.tagged(
  Metric.gauge("welkin.paused.until", { description: "End of the pause that the server asked for" }),
  "unit",
  "ms"
)

/**
 * Milliseconds until the pause ends that a server asked for; 0 where nobody waits for one. For a display that says why nothing moves.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { Metrics } from "effect-welkin"
 *
 * const status = Effect.map(Metrics.pauseLeft, (millis) =>
 *   millis === 0 ? "" : `waiting for the limit, ${Math.ceil(millis / 1000)} s`
 * )
 * ```
 *
 * @since 0.1.0
 * @category accessors
 */
export const pauseLeft: Effect.Effect<number> = Effect.zipWith(Metric.value(pausedUntil), Clock.currentTimeMillis, ({ value }, now) =>
  Math.max(0, value - now)
)
