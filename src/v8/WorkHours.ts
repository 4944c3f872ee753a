/**
 * Weekly working hours and availability of users (psm is the user) for periods of time. WorkHoursDetail and WorkHoursDay are
 * shared models.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"

/**
 * One interval of one weekday in a work-hours entry. Several intervals may exist for the same day.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursDay = Codecs.open<WorkHoursDay>()({
  daysInfoId: Codecs.Id,
  /** 1 Monday to 7 Sunday. */
  day: Schema.Int,
  /** HH:mm:ss; null together with endTime means the day is off. */
  startTime: Schema.NullOr(Codecs.ClockTime),
  /** HH:mm:ss. */
  endTime: Schema.NullOr(Codecs.ClockTime)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursDay extends Schema.Struct.Type<(typeof WorkHoursDay)["fields"]> {}

/**
 * A period during which a weekly pattern of hours applies to a user. The 2021 docs and recordings of 2023 lack name, type,
 * ruleType and encounters; recordings of 2026 have them.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursDetail = Codecs.open<WorkHoursDetail>()({
  workHoursId: Codecs.Id,
  createdAt: Codecs.Instant,
  updatedAt: Codecs.Instant,
  /** User or API client. */
  createdBy: Schema.NullOr(Codecs.Id),
  /** User or API client. */
  updatedBy: Schema.NullOr(Codecs.Id),
  /** Label of the entry, e.g. a kind of leave; mostly null; absent before 2026 recordings. */
  name: Codecs.optionalNull(Schema.String),
  /** AVAILABILITY is hours per encounter template; on every 2026 item, absent in 2023 recordings. */
  type: Codecs.optional(Codecs.openEnum("WORKING_HOURS", "AVAILABILITY")),
  /** OVERRIDE entries replace the default pattern in their period (inferred); on every 2026 item, absent in 2023 recordings. */
  ruleType: Codecs.optional(Codecs.openEnum("DEFAULT", "OVERRIDE")),
  /** UTC. */
  startDateTime: Codecs.Instant,
  /** Null when open-ended; older entries use a date about fifty years ahead instead. */
  endDateTime: Schema.NullOr(Codecs.Instant),
  /**
   * Same instant as the UTC twin, written with a numeric offset (+00:00, -07:00) and milliseconds, never Z; read-only; the offset
   * is that of the user's own zone when viewerTimezone is not sent (inferred).
   */
  localStartDateTime: Codecs.LocalInstant,
  /** Null when endDateTime is null. */
  localEndDateTime: Schema.NullOr(Codecs.LocalInstant),
  daysInfo: Schema.Array(WorkHoursDay),
  /** Encounter template names; only on entries of type AVAILABILITY. */
  encounters: Codecs.optional(Schema.Array(Schema.String))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursDetail extends Schema.Struct.Type<(typeof WorkHoursDetail)["fields"]> {}

/**
 * All work-hours entries of one user in the period asked for.
 *
 * @since 0.1.0
 * @category models
 */
export const PsmWorkHours = Codecs.open<PsmWorkHours>()({
  /** User id. */
  psmId: Codecs.Id,
  details: Schema.Array(WorkHoursDetail)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PsmWorkHours extends Schema.Struct.Type<(typeof PsmWorkHours)["fields"]> {}

/**
 * One interval of one weekday in a request; the docs echo it in the reply of the update.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursDayInput = Codecs.open<WorkHoursDayInput>()({
  /** 1 Monday to 7 Sunday. */
  day: Schema.Int,
  /** HH:mm:ss. */
  startTime: Codecs.ClockTime,
  /** HH:mm:ss. */
  endTime: Codecs.ClockTime
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursDayInput extends Schema.Struct.Type<(typeof WorkHoursDayInput)["fields"]> {}

/**
 * Body for creating work hours.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursCreate = Codecs.closed<WorkHoursCreate>()({
  /** User id. */
  psmId: Codecs.Id,
  startDateTime: Codecs.Instant,
  /** Null is returned for open-ended entries; whether it may be sent is unknown. */
  endDateTime: Codecs.Instant,
  daysInfo: Schema.Array(WorkHoursDayInput),
  /** Returned by the API; not shown in a request. */
  name: Codecs.optionalNull(Schema.String),
  /** Returned by the API; not shown in a request. */
  type: Codecs.optional(Codecs.openEnum("WORKING_HOURS", "AVAILABILITY")),
  /** Returned by the API; not shown in a request. */
  ruleType: Codecs.optional(Codecs.openEnum("DEFAULT", "OVERRIDE")),
  /** Returned by the API; not shown in a request. */
  encounters: Codecs.optional(Schema.Array(Schema.String)),
  /** In the docs' sample only; the server fills it in. */
  createdBy: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursCreate extends Schema.Struct.Type<(typeof WorkHoursCreate)["fields"]> {}

/**
 * Body for replacing a work-hours entry; same required fields as for creation.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursUpdate = Codecs.closed<WorkHoursUpdate>()({
  /** User id. */
  psmId: Codecs.Id,
  startDateTime: Codecs.Instant,
  /** Null is returned for open-ended entries; whether it may be sent is unknown. */
  endDateTime: Codecs.Instant,
  daysInfo: Schema.Array(WorkHoursDayInput),
  /** Returned by the API; not shown in a request. */
  name: Codecs.optionalNull(Schema.String),
  /** Returned by the API; not shown in a request. */
  type: Codecs.optional(Codecs.openEnum("WORKING_HOURS", "AVAILABILITY")),
  /** Returned by the API; not shown in a request. */
  ruleType: Codecs.optional(Codecs.openEnum("DEFAULT", "OVERRIDE")),
  /** Returned by the API; not shown in a request. */
  encounters: Codecs.optional(Schema.Array(Schema.String)),
  /** In the docs' sample only; the server fills it in. */
  updatedBy: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursUpdate extends Schema.Struct.Type<(typeof WorkHoursUpdate)["fields"]> {}

/**
 * Reply to the update, doubtful: the docs' sample is the request echoed, the create's reply has details. All fields optional.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkHoursUpdateResult = Codecs.open<WorkHoursUpdateResult>()({
  /** Documented, never recorded. */
  psmId: Codecs.optional(Codecs.Id),
  /** Inferred from the reply of the create. */
  details: Codecs.optional(Schema.Array(WorkHoursDetail)),
  /** Documented, never recorded. */
  updatedBy: Codecs.optionalNull(Codecs.Id),
  /** Documented, never recorded. */
  startDateTime: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  endDateTime: Codecs.optional(Codecs.Instant),
  /** Without daysInfoId in the sample. Documented, never recorded. */
  daysInfo: Codecs.optional(Schema.Array(WorkHoursDayInput))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkHoursUpdateResult extends Schema.Struct.Type<(typeof WorkHoursUpdateResult)["fields"]> {}

/**
 * Create a work-hours entry for a user. Documented only; no client method and no recording. No status is stated: accept 200 and
 * 201. The reply has the list form with one entry in details.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("workHours.create", "/{tenant}/{instance}/calendar/work-hours", {
  body: WorkHoursCreate,
  success: PsmWorkHours
})

/**
 * List work hours of users in a period. Users without entries in the period are missing from the array; with none at all it is
 * empty (recorded). Entries are those that overlap the period, not only those inside it; they are not clipped. OVERRIDE entries
 * win over DEFAULT ones, and an override whose days have null times is time off (both inferred from names and times). Fifty-two
 * ids were accepted in one request.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("workHours.list", "/{tenant}/{instance}/calendar/work-hours", {
  query: {
    /** User ids, comma separated in one parameter; left out, all users with entries are returned (recorded). The current client makes it mandatory. */
    psmIds: Schema.optional(Codecs.commaSeparated(Codecs.Id)),
    /** Sent in every recording; the client makes it mandatory. */
    from: Codecs.Instant,
    /** Sent in every recording; the client makes it mandatory. */
    to: Codecs.Instant,
    /** IANA name for the offset of the local* fields; the user's own zone when left out (Postman copy, Python client). */
    viewerTimezone: Schema.optional(Schema.String)
  },
  success: Schema.Array(PsmWorkHours)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Replace a work-hours entry. Documented only; no client method and no recording. No delete is documented.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("workHours.update", "/{tenant}/{instance}/calendar/work-hours/{workHoursId}", {
  path: { workHoursId: Codecs.Id },
  body: WorkHoursUpdate,
  success: WorkHoursUpdateResult
})
