/**
 * Calendars tie appointments to workers; each worker has exactly one.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"
import { WorkerId } from "./Workers.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const CalendarId = Codecs.id("LegacyCalendarId")
/**
 * @since 0.1.0
 * @category ids
 */
export type CalendarId = typeof CalendarId.Type

/**
 * A worker's calendar.
 *
 * @since 0.1.0
 * @category models
 */
export const Calendar = Codecs.open<Calendar>()({
  id: CalendarId,
  worker_id: Codecs.optionalNull(WorkerId),
  /** When the calendar itself was last changed: its events leave this alone. */
  updated_at: Codecs.optionalNull(Timestamp.Timestamp),
  created_at: Codecs.optionalNull(Timestamp.Timestamp)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Calendar extends Schema.Struct.Type<(typeof Calendar)["fields"]> {}

/**
 * Reads one calendar. Needs the scope `calendars.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("calendars.get", "/v1/calendars/{id}", { path: { id: CalendarId }, success: Calendar })

/**
 * One page of the calendars changed within a window of time. They hardly ever change, so look for them from the beginning of time and
 * not from a mark. Needs the scope `calendars.read` or `all`.
 *
 * Documented since 2018, the filters later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("calendars.find", "/v1/calendars", {
  query: {
    /** The calendar of one worker. */
    worker: Schema.optional(WorkerId),
    /** The calendar of the worker with this address. */
    email: Schema.optional(Schema.String)
  },
  item: Calendar
})

/**
 * Every one of them, window by window as the consumer pulls: see {@link find} and `TimeWindow`.
 *
 * @since 0.1.0
 * @category streams
 */
export const findStream = TimeWindow.items(find)

/**
 * The same, a page at a time, each with the mark to begin again from.
 *
 * @since 0.1.0
 * @category streams
 */
export const findPages = TimeWindow.pages(find)
