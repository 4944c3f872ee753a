/**
 * Appointments on a worker's calendar about a patient, at a time of day or on a day as a whole.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { prepared } from "../internal/prepared.js"
import { CalendarId } from "./Calendars.js"
import { exactlyOne, Flag, renamed } from "./codecs.js"
import { ExternalIdInput } from "./ExternalIds.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const CalendarEventId = Codecs.id("LegacyCalendarEventId")
/**
 * @since 0.1.0
 * @category ids
 */
export type CalendarEventId = typeof CalendarEventId.Type

const OutcomeName = Codecs.openEnum("completed", "cancelled", "no_show")

/**
 * How an appointment ended. The `no-show` of the services before 2019-10 reads as `no_show`.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Outcome = prepared(OutcomeName, (value) => (value === "no-show" ? "no_show" : value))

/**
 * One appointment.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEvent = renamed(
  Codecs.open<CalendarEvent>()({
    id: CalendarEventId,
    calendar_id: Codecs.optionalNull(CalendarId),
    patient_id: Codecs.optionalNull(PatientId),
    /** True: `day` counts. False: `start_time` and `end_time` do. */
    is_all_day: Codecs.optionalNull(Flag),
    start_time: Codecs.optionalNull(Timestamp.Timestamp),
    end_time: Codecs.optionalNull(Timestamp.Timestamp),
    day: Codecs.optionalNull(Codecs.CalendarDate),
    /** Set once the appointment is no longer ahead. */
    outcome: Codecs.optionalNull(Outcome),
    modality: Codecs.optionalNull(Codecs.openEnum("call", "visit", "video", "phone")),
    /** From Workshop. */
    appointment_type: Codecs.optionalNull(Schema.String),
    ignore_unavailable_times: Codecs.optionalNull(Flag),
    ignore_working_hours: Codecs.optionalNull(Flag),
    /** When it was last changed. On a fresh record it can lie some microseconds before `created_at`. */
    updated_at: Codecs.optionalNull(Timestamp.Timestamp),
    created_at: Codecs.optionalNull(Timestamp.Timestamp)
  }),
  { user_id: "patient_id" }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEvent extends Schema.Struct.Type<(typeof CalendarEvent)["fields"]> {}

const CalendarEventFields = Schema.Struct({
  calendar_id: CalendarId,
  patient_id: Codecs.optional(PatientId),
  user_id: Codecs.optional(PatientId),
  start_time: Codecs.optional(Timestamp.Timestamp),
  end_time: Codecs.optional(Timestamp.Timestamp),
  day: Codecs.optional(Codecs.CalendarDate),
  is_all_day: Codecs.optional(Schema.Boolean),
  modality: Codecs.openEnum("call", "visit", "video"),
  /** From Workshop. */
  appointment_type: Schema.String,
  /** Skips the check against the times the worker is unavailable. */
  ignore_unavailable_times: Codecs.optional(Schema.Boolean),
  /** Skips the check against the worker's hours. */
  ignore_working_hours: Codecs.optional(Schema.Boolean),
  /** External ids to create along with it. */
  external_ids: Codecs.optional(Schema.Array(ExternalIdInput))
}).pipe(exactlyOne("patient_id", "user_id"))

type Fields = typeof CalendarEventFields.Type

type Timed = {
  readonly start_time: Timestamp.Timestamp
  readonly end_time: Timestamp.Timestamp
  readonly day?: never
  readonly is_all_day?: false
}

type AllDay = { readonly day: Codecs.CalendarDate; readonly start_time?: never; readonly end_time?: never; readonly is_all_day?: true }

type WithTime<A> = A extends unknown ? Omit<A, "start_time" | "end_time" | "day" | "is_all_day"> & (Timed | AllDay) : never

/**
 * Body of {@link create}: a `day`, or a `start_time` and an `end_time`. The patient is named by `patient_id`, or `user_id` for the
 * services of 2018.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventCreate = CalendarEventFields.pipe(
  Schema.filter(
    ({ day, end_time, is_all_day, start_time }) =>
      (day === undefined) === (start_time !== undefined) &&
      (start_time === undefined) === (end_time === undefined) &&
      (is_all_day ?? day !== undefined) === (day !== undefined),
    { identifier: "a day, or a start_time and an end_time, as is_all_day says" }
  )
) as unknown as Schema.Schema<WithTime<Fields>, typeof CalendarEventFields.Encoded>
/**
 * @since 0.1.0
 * @category models
 */
export type CalendarEventCreate = typeof CalendarEventCreate.Type

/**
 * Body of {@link update}: what is left out stays. Calendar, patient and modality cannot be changed.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventUpdate = Codecs.closed<CalendarEventUpdate>()({
  start_time: Codecs.optional(Timestamp.Timestamp),
  end_time: Codecs.optional(Timestamp.Timestamp),
  day: Codecs.optional(Codecs.CalendarDate),
  is_all_day: Codecs.optional(Schema.Boolean),
  /** The services before 2019-10 spell it `no-show`. */
  outcome: Codecs.optional(OutcomeName),
  appointment_type: Codecs.optional(Schema.String),
  ignore_unavailable_times: Codecs.optional(Schema.Boolean),
  ignore_working_hours: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventUpdate extends Schema.Struct.Type<(typeof CalendarEventUpdate)["fields"]> {}

/**
 * Reads one appointment. Needs the scope `calendar_events.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("calendarEvents.get", "/v1/calendar_events/{id}", {
  path: { id: CalendarEventId },
  success: CalendarEvent
})

/**
 * Creates an appointment. The service checks it against the worker's hours and unavailable times unless told not to. Not idempotent:
 * give an external id to find an attempt whose answer was lost. Needs the scope `calendar_events.write` or `all`; with `write` alone
 * nothing but the id comes back.
 *
 * Documented since 2018, `is_all_day` and what follows it later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("calendarEvents.create", "/v1/calendar_events", {
  body: CalendarEventCreate,
  success: CalendarEvent
})

/**
 * Changes an appointment; the outcome `cancelled` cancels it. Needs the scope `calendar_events.write` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("calendarEvents.update", "/v1/calendar_events/{id}", {
  path: { id: CalendarEventId },
  body: CalendarEventUpdate,
  success: CalendarEvent
})

/**
 * One page of the appointments changed within a window of time, which says nothing about when they take place: to list next week's,
 * walk all and look at their times. Needs the scope `calendar_events.read` or `all`.
 *
 * Documented since 2018, `calendar_id` later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("calendarEvents.find", "/v1/calendar_events", {
  query: { calendar_id: Schema.optional(CalendarId) },
  item: CalendarEvent
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

/**
 * Deletes an appointment. The documented way is to cancel it: see {@link update}.
 *
 * Never documented: known from a public client.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("calendarEvents.remove", "/v1/calendar_events/{id}", { path: { id: CalendarEventId } })
