/**
 * Combined view of work hours and events per user (psm) for a period, in three variants. WorkHoursDetail is a shared model.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { WorkHoursDetail } from "./WorkHours.js"

/**
 * Short form of an event in a schedule. From the docs; the recording has no events.
 *
 * @since 0.1.0
 * @category models
 */
export const ScheduleEvent = Codecs.open<ScheduleEvent>()({
  /** Documented, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Same as id; deprecated in favour of it. Documented, never recorded. */
  eventId: Codecs.optional(Codecs.Id),
  /** Never null in the docs, but nullable on CalendarEvent: be lenient. */
  eventTitle: Codecs.optional(Schema.String),
  /** Never null in the docs, but nullable on CalendarEvent: be lenient. */
  eventType: Codecs.optional(Codecs.openEnum("GROUP_THERAPY", "APPOINTMENT", "LEAVE", "ENCOUNTER")),
  /** Colour name or #rrggbb. Documented, never recorded. */
  eventColor: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  allDayEvent: Codecs.optional(Schema.Boolean),
  /** Documented, never recorded. */
  startDateTime: Codecs.optional(Codecs.Instant),
  /** Numeric offset, read-only. Documented, never recorded. */
  localStartDateTime: Codecs.optional(Codecs.LocalInstant),
  /** Documented, never recorded. */
  endDateTime: Codecs.optional(Codecs.Instant),
  /** Numeric offset, read-only. Documented, never recorded. */
  localEndDateTime: Codecs.optional(Codecs.LocalInstant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ScheduleEvent extends Schema.Struct.Type<(typeof ScheduleEvent)["fields"]> {}

/**
 * Work hours and events of one user.
 *
 * @since 0.1.0
 * @category models
 */
export const PsmSchedule = Codecs.open<PsmSchedule>()({
  /** User id. */
  psmId: Codecs.Id,
  /** Empty in the recording; the docs' items lack name, type, ruleType and encounters. */
  workHours: Schema.Array(WorkHoursDetail),
  /** Empty in the recording. */
  events: Schema.Array(ScheduleEvent)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PsmSchedule extends Schema.Struct.Type<(typeof PsmSchedule)["fields"]> {}

/**
 * Read work hours and events of users in a period. A user with nothing to show still appears, with empty lists (unlike
 * work-hours). EventId is deprecated: read id, falling back to eventId.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("calendarSchedules.list", "/{tenant}/{instance}/calendar/psm-schedules", {
  query: {
    /** User ids, comma separated in one parameter; the client makes it mandatory. */
    psmIds: Codecs.commaSeparated(Codecs.Id),
    /** The client makes it mandatory. */
    from: Codecs.Instant,
    /** The client makes it mandatory. */
    to: Codecs.Instant,
    /** Include cancelled events; not in the docs. */
    includeCancelled: Schema.optional(Schema.Boolean)
  },
  success: Schema.Array(PsmSchedule)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Read the schedules of available users in a period. Not recorded; the docs show the same shape as psm-schedules. What counts as
 * available is not explained. Release notes of 2025 say the reply now informs about all participants of an event; where they
 * appear is not shown, so keep unknown keys on events.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listAvailable = Endpoint.get("calendarSchedules.listAvailable", "/{tenant}/{instance}/calendar/available-psm-schedules", {
  query: {
    /** User ids, comma separated in one parameter; the client makes it mandatory. */
    psmIds: Codecs.commaSeparated(Codecs.Id),
    /** The client makes it mandatory. */
    from: Codecs.Instant,
    /** The client makes it mandatory. */
    to: Codecs.Instant,
    /** Include cancelled events; not in the docs. */
    includeCancelled: Schema.optional(Schema.Boolean)
  },
  success: Schema.Array(PsmSchedule)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link listAvailable}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listAvailableStream = Pagination.list(listAvailable)

/**
 * Read full schedules of users in a period. Known from the client only. The shape is unknown; assumed to be PsmSchedule, perhaps
 * with whole CalendarEvents under events. Keep unknown keys and make event fields optional.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listFull = Endpoint.get("calendarSchedules.listFull", "/{tenant}/{instance}/calendar/full-psm-schedules", {
  query: {
    /** User ids, comma separated in one parameter; the client makes it mandatory. */
    psmIds: Codecs.commaSeparated(Codecs.Id),
    /** The client makes it mandatory. */
    from: Codecs.Instant,
    /** The client makes it mandatory. */
    to: Codecs.Instant,
    /** Include cancelled events; not in the docs. */
    includeCancelled: Schema.optional(Schema.Boolean)
  },
  success: Schema.Array(PsmSchedule)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link listFull}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listFullStream = Pagination.list(listFull)
