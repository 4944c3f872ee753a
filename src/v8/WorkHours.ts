/**
 * Work hours: the weekly pattern of hours at which a user works or can be booked, for a period of time.
 *
 * Welkin calls a user in the calendar a psm.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { UserId } from "./Users.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const WorkHoursId = Codecs.id("WorkHoursId")
/**
 * @since 0.1.0
 * @category ids
 */
export type WorkHoursId = typeof WorkHoursId.Type

const type = Codecs.openEnum("WORKING_HOURS", "AVAILABILITY")
const ruleType = Codecs.openEnum("DEFAULT", "OVERRIDE")

/**
 * Hours on one weekday. A day may have several.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursDay = Codecs.open<WorkHoursDay>()({
  daysInfoId: Codecs.Id,
  /** From 1, Monday, to 7, Sunday. */
  day: Schema.Int,
  /** Null, together with `endTime`, on a day off. */
  startTime: Schema.NullOr(Codecs.ClockTime),
  endTime: Schema.NullOr(Codecs.ClockTime)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursDay extends Schema.Struct.Type<(typeof WorkHoursDay)["fields"]> {}

/**
 * A period and the weekly pattern that holds in it.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursDetail = Codecs.open<WorkHoursDetail>()({
  workHoursId: WorkHoursId,
  createdAt: Codecs.Instant,
  updatedAt: Codecs.Instant,
  /** A user or an API client. */
  createdBy: Schema.NullOr(Codecs.Id),
  /** A user or an API client. */
  updatedBy: Schema.NullOr(Codecs.Id),
  /** What the hours are for, such as a kind of leave. Absent before 2026. */
  name: Codecs.optionalNull(Schema.String),
  /** `AVAILABILITY` is for certain encounter templates only. Absent before 2026. */
  type: Codecs.optional(type),
  /** An `OVERRIDE` stands in for the default pattern in its period; days off in it are time off. Absent before 2026. */
  ruleType: Codecs.optional(ruleType),
  startDateTime: Codecs.Instant,
  /** Null where it has no end; older entries end some fifty years ahead instead. */
  endDateTime: Schema.NullOr(Codecs.Instant),
  /** In the zone of `viewerTimezone`, or the user's own. Read-only. */
  localStartDateTime: Codecs.LocalInstant,
  /** In the zone of `viewerTimezone`, or the user's own. Read-only. */
  localEndDateTime: Schema.NullOr(Codecs.LocalInstant),
  daysInfo: Schema.Array(WorkHoursDay),
  /** Names of encounter templates, on entries of type `AVAILABILITY`. */
  encounters: Codecs.optional(Schema.Array(Schema.String))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursDetail extends Schema.Struct.Type<(typeof WorkHoursDetail)["fields"]> {}

/**
 * The entries of one user.
 *
 * @since 0.1.0
 * @category models
 */
export const PsmWorkHours = Codecs.open<PsmWorkHours>()({
  psmId: UserId,
  details: Schema.Array(WorkHoursDetail)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PsmWorkHours extends Schema.Struct.Type<(typeof PsmWorkHours)["fields"]> {}

/**
 * Hours on one weekday, as callers write them.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursDayInput = Codecs.open<WorkHoursDayInput>()({
  /** From 1, Monday, to 7, Sunday. */
  day: Schema.Int,
  startTime: Codecs.ClockTime,
  endTime: Codecs.ClockTime
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursDayInput extends Schema.Struct.Type<(typeof WorkHoursDayInput)["fields"]> {}

const entry = {
  psmId: UserId,
  startDateTime: Codecs.Instant,
  endDateTime: Codecs.Instant,
  daysInfo: Schema.Array(WorkHoursDayInput),
  /** Comes back in answers; not documented for requests. */
  name: Codecs.optionalNull(Schema.String),
  /** Comes back in answers; not documented for requests. */
  type: Codecs.optional(type),
  /** Comes back in answers; not documented for requests. */
  ruleType: Codecs.optional(ruleType),
  /** Comes back in answers; not documented for requests. */
  encounters: Codecs.optional(Schema.Array(Schema.String))
}

/**
 * A new entry.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursCreate = Codecs.closed<WorkHoursCreate>()({
  ...entry,
  /** The service fills it in. */
  createdBy: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursCreate extends Schema.Struct.Type<(typeof WorkHoursCreate)["fields"]> {}

/**
 * All of an entry that a caller writes.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursUpdate = Codecs.closed<WorkHoursUpdate>()({
  ...entry,
  /** The service fills it in. */
  updatedBy: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursUpdate extends Schema.Struct.Type<(typeof WorkHoursUpdate)["fields"]> {}

/**
 * What an update answers: either the entry under `details`, as when it is created, or the request repeated. Sources disagree.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursUpdateResult = Codecs.open<WorkHoursUpdateResult>()({
  psmId: Codecs.optional(UserId),
  details: Codecs.optional(Schema.Array(WorkHoursDetail)),
  updatedBy: Codecs.optionalNull(Codecs.Id),
  startDateTime: Codecs.optional(Codecs.Instant),
  endDateTime: Codecs.optional(Codecs.Instant),
  daysInfo: Codecs.optional(Schema.Array(WorkHoursDayInput))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursUpdateResult extends Schema.Struct.Type<(typeof WorkHoursUpdateResult)["fields"]> {}

/**
 * The work hours of users, whole: entries that overlap the period, not cut to it. Users without any are missing. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("workHours.list", "/{tenant}/{instance}/calendar/work-hours", {
  query: {
    /** All users where left out. */
    psmIds: Schema.optional(Codecs.commaSeparated(UserId)),
    from: Codecs.Instant,
    to: Codecs.Instant,
    /** IANA name of the zone in which the local fields are written. */
    viewerTimezone: Schema.optional(Schema.String)
  },
  success: Schema.Array(PsmWorkHours)
})

/**
 * The users one by one. Their list comes in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Creates an entry for a user; the answer lists it alone under `details`. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("workHours.create", "/{tenant}/{instance}/calendar/work-hours", {
  body: WorkHoursCreate,
  success: PsmWorkHours
})

/**
 * Replaces an entry. There is no call that deletes one. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("workHours.update", "/{tenant}/{instance}/calendar/work-hours/{workHoursId}", {
  path: { workHoursId: WorkHoursId },
  body: WorkHoursUpdate,
  success: WorkHoursUpdateResult
})
