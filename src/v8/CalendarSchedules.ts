/**
 * Calendar schedules: work hours and events of users in a period, side by side.
 *
 * Welkin calls a user in the calendar a psm. All three lists come whole, one element a user.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import { CalendarEventId, CalendarEventType } from "./CalendarEvents.js"
import * as Endpoint from "./endpoint.js"
import { UserId } from "./Users.js"
import { WorkHoursDetail } from "./WorkHours.js"

/**
 * An event in a schedule, in short. No recording holds one: fields are as documented, and what else comes stays on the value.
 *
 * @since 0.1.0
 * @category models
 */
export const ScheduleEvent = Codecs.open<ScheduleEvent>()({
  /** Where it is missing, read `eventId`. */
  id: Codecs.optional(CalendarEventId),
  /** Former name of `id`. */
  eventId: Codecs.optional(CalendarEventId),
  eventTitle: Codecs.optionalNull(Schema.String),
  eventType: Codecs.optionalNull(CalendarEventType),
  /** A colour's name (`green`) or `#rrggbb`. */
  eventColor: Codecs.optionalNull(Schema.String),
  allDayEvent: Codecs.optional(Schema.Boolean),
  startDateTime: Codecs.optional(Codecs.Instant),
  localStartDateTime: Codecs.optional(Codecs.LocalInstant),
  endDateTime: Codecs.optional(Codecs.Instant),
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
  psmId: UserId,
  workHours: Schema.Array(WorkHoursDetail),
  events: Schema.Array(ScheduleEvent)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PsmSchedule extends Schema.Struct.Type<(typeof PsmSchedule)["fields"]> {}

const query = {
  psmIds: Codecs.commaSeparated(UserId),
  from: Codecs.Instant,
  to: Codecs.Instant,
  /** Whether cancelled events are listed. */
  includeCancelled: Schema.optional(Schema.Boolean)
}

/**
 * The schedules of users. Unlike with work hours, a user with nothing to show is there, with empty lists. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("calendarSchedules.list", "/{tenant}/{instance}/calendar/psm-schedules", {
  query,
  success: Schema.Array(PsmSchedule)
})

/**
 * The schedules one by one. Their list comes in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * The schedules of those users who are available; what makes a user so is not explained. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listAvailable = Endpoint.get("calendarSchedules.listAvailable", "/{tenant}/{instance}/calendar/available-psm-schedules", {
  query,
  success: Schema.Array(PsmSchedule)
})

/**
 * The schedules one by one. Their list comes in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listAvailableStream = Pagination.list(listAvailable)

/**
 * The schedules of users, in full. Neither documented nor recorded: the route is in use, its answer is taken to be that of
 * {@link list}, perhaps with whole calendar events.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listFull = Endpoint.get("calendarSchedules.listFull", "/{tenant}/{instance}/calendar/full-psm-schedules", {
  query,
  success: Schema.Array(PsmSchedule)
})

/**
 * The schedules one by one. Their list comes in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listFullStream = Pagination.list(listFull)
