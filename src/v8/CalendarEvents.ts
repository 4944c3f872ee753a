/**
 * Calendar events: appointments, encounters, group sessions and leave of users and patients.
 *
 * Welkin calls a user in the calendar a psm. Fields that begin with `local` repeat a UTC field as a clock with its own offset; they
 * are read-only, and the bodies here have no place for them.
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
export const CalendarEventId = Codecs.id("CalendarEventId")
/**
 * @since 0.1.0
 * @category ids
 */
export type CalendarEventId = typeof CalendarEventId.Type

/**
 * What kind of event it is.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventType = Codecs.openEnum("GROUP_THERAPY", "APPOINTMENT", "LEAVE", "ENCOUNTER")
/**
 * @since 0.1.0
 * @category models
 */
export type CalendarEventType = typeof CalendarEventType.Type

/**
 * The statuses that a caller may set. What comes back knows more: see {@link CalendarEvent}.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventStatus = Codecs.openEnum("SCHEDULED", "CANCELLED", "COMPLETED", "MISSED")
/**
 * @since 0.1.0
 * @category models
 */
export type CalendarEventStatus = typeof CalendarEventStatus.Type

/**
 * Where an event takes place. `IN-PERSON` has a hyphen.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventMode = Codecs.openEnum("IN-PERSON", "CALL", "VIDEO")
/**
 * @since 0.1.0
 * @category models
 */
export type CalendarEventMode = typeof CalendarEventMode.Type

/**
 * An object that callers may hang on an event. Welkin gives it no structure; the three keys are the ones its documentation uses.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventAdditionalInfo = Codecs.open<CalendarEventAdditionalInfo>()({
  location: Codecs.optional(Schema.String),
  remarks: Codecs.optional(Schema.String),
  attachment: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventAdditionalInfo extends Schema.Struct.Type<(typeof CalendarEventAdditionalInfo)["fields"]> {}

/**
 * A user or a patient who takes part in an event.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventParticipant = Codecs.open<CalendarEventParticipant>()({
  /** Id of the participation, not of the person: {@link replace} wants it back. */
  id: Codecs.Id,
  /** Id of the user (role `psm`) or of the patient. */
  participantId: Codecs.Id,
  /** `psm` is a user. */
  participantRole: Codecs.openEnum("patient", "psm"),
  /** Empty until somebody answers the invitation. */
  participationStatus: Codecs.openEnum("Yes"),
  attended: Schema.Boolean,
  /** An IANA name; old ones such as `US/Pacific` occur. */
  timezone: Schema.NullOr(Schema.String),
  /** May carry stray blanks. */
  firstName: Schema.String,
  lastName: Schema.String,
  deleted: Schema.Boolean,
  hasAccess: Schema.Boolean,
  email: Schema.NullOr(Schema.String),
  /** May be empty. */
  phone: Schema.NullOr(Schema.String),
  /** Of patients only. */
  gender: Schema.NullOr(Codecs.openEnum("UNKNOWN", "OTHER", "MALE", "FEMALE")),
  /** Midnight UTC. Of patients only. */
  birthDate: Schema.NullOr(Codecs.Instant),
  /** Of users only. */
  enabled: Schema.NullOr(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventParticipant extends Schema.Struct.Type<(typeof CalendarEventParticipant)["fields"]> {}

/**
 * A calendar event, as the calendar returns it and as encounters embed it.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEvent = Codecs.open<CalendarEvent>()({
  id: CalendarEventId,
  /** A user or an API client. */
  createdBy: Schema.NullOr(Codecs.Id),
  createdAt: Codecs.Instant,
  /** A user or an API client. */
  updatedBy: Schema.NullOr(Codecs.Id),
  updatedAt: Codecs.Instant,
  /** The caller's own key: see {@link getByExternalId}. */
  externalId: Schema.NullOr(Schema.String),
  /** Set when the event is created, even without an external id. */
  externalIdUpdatedAt: Codecs.Instant,
  eventTitle: Schema.NullOr(Schema.String),
  /** Empty and null both occur. */
  eventDescription: Schema.NullOr(Schema.String),
  startDateTime: Codecs.Instant,
  /** Its offset may differ between a single read and a list: show it, do not compute with it. */
  localStartDateTime: Codecs.LocalInstant,
  endDateTime: Codecs.Instant,
  localEndDateTime: Codecs.LocalInstant,
  allDayEvent: Schema.Boolean,
  /** Seconds between start and end. */
  duration: Schema.Int,
  eventType: Schema.NullOr(CalendarEventType),
  /** Letter case is not stable: compare without it. */
  eventStatus: Schema.NullOr(Codecs.openEnum("SCHEDULED", "CANCELLED", "COMPLETED", "MISSED", "RESCHEDULED", "Scheduled")),
  eventMode: Schema.NullOr(CalendarEventMode),
  /** A colour's name (`green`) or `#rrggbb`. */
  eventColor: Schema.NullOr(Schema.String),
  /** The user who owns the event, also one of its participants. */
  hostId: UserId,
  /** An IANA name; decides the offset of the local fields. */
  timezone: Schema.NullOr(Schema.String),
  additionalInfo: Schema.NullOr(CalendarEventAdditionalInfo),
  participants: Schema.Array(CalendarEventParticipant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEvent extends Schema.Struct.Type<(typeof CalendarEvent)["fields"]> {}

/**
 * A participant, as callers name one.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventParticipantInput = Codecs.closed<CalendarEventParticipantInput>()({
  /** Id of the user (role `psm`) or of the patient. */
  participantId: Codecs.Id,
  participantRole: Schema.Literal("patient", "psm"),
  /** Id of an existing participation, when an event is replaced. */
  id: Codecs.optional(Codecs.Id),
  attended: Codecs.optional(Schema.Boolean),
  /** {@link respondToInvitation} is the call meant for it. */
  participationStatus: Codecs.optional(Codecs.openEnum("Yes"))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventParticipantInput extends Schema.Struct.Type<(typeof CalendarEventParticipantInput)["fields"]> {}

const essentials = {
  startDateTime: Codecs.Instant,
  endDateTime: Codecs.Instant,
  /** Must be one of the participants. */
  hostId: UserId,
  participants: Schema.Array(CalendarEventParticipantInput)
}

const details = {
  eventTitle: Codecs.optionalNull(Schema.String),
  eventDescription: Codecs.optionalNull(Schema.String),
  eventType: Codecs.optionalNull(CalendarEventType),
  eventStatus: Codecs.optionalNull(CalendarEventStatus),
  eventMode: Codecs.optionalNull(CalendarEventMode),
  /** Must be unique among events. */
  externalId: Codecs.optionalNull(Schema.String),
  additionalInfo: Codecs.optionalNull(CalendarEventAdditionalInfo),
  /** Comes back in answers; not documented for requests. */
  allDayEvent: Codecs.optional(Schema.Boolean),
  /** Comes back in answers; not documented for requests. */
  eventColor: Codecs.optionalNull(Schema.String),
  /** Comes back in answers; not documented for requests. */
  timezone: Codecs.optionalNull(Schema.String)
}

/**
 * A new event. The service has no defaults: type, status and mode stay null where they are left out.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventCreate = Codecs.closed<CalendarEventCreate>()({
  ...essentials,
  ...details,
  /** The service fills it in. */
  createdBy: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventCreate extends Schema.Struct.Type<(typeof CalendarEventCreate)["fields"]> {}

/**
 * All of an event that a caller writes.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventReplace = Codecs.closed<CalendarEventReplace>()({
  ...essentials,
  ...details,
  /** The service fills it in. */
  updatedBy: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventReplace extends Schema.Struct.Type<(typeof CalendarEventReplace)["fields"]> {}

/**
 * What is to change of an event. Keys left out stay as they are.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventUpdate = Codecs.closed<CalendarEventUpdate>()({
  startDateTime: Codecs.optional(essentials.startDateTime),
  endDateTime: Codecs.optional(essentials.endDateTime),
  /** Must be one of the participants. */
  hostId: Codecs.optional(essentials.hostId),
  participants: Codecs.optional(essentials.participants),
  ...details
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventUpdate extends Schema.Struct.Type<(typeof CalendarEventUpdate)["fields"]> {}

/**
 * A participant's answer to an invitation.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarInvitationResponse = Codecs.closed<CalendarInvitationResponse>()({
  /** Id of the user or the patient, not of the participation. */
  participantId: Codecs.Id,
  /** `Yes` is the only value known. */
  participationStatus: Codecs.openEnum("Yes")
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarInvitationResponse extends Schema.Struct.Type<(typeof CalendarInvitationResponse)["fields"]> {}

/**
 * What one user did in a period. Hours and occupancy are texts for people.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarPsmSummary = Codecs.open<CalendarPsmSummary>()({
  psmId: UserId,
  totalCreatedEvents: Codecs.optional(Schema.Int),
  totalOccurredEvents: Codecs.optional(Schema.Int),
  totalFutureEvents: Codecs.optional(Schema.Int),
  /** Number of events by status. */
  eventStatusCount: Codecs.optional(Schema.Record({ key: Schema.String, value: Schema.Int })),
  /** Number and unit, such as `12.5 hours`. */
  totalWorkingHours: Codecs.optional(Schema.String),
  /** Number and unit, such as `12.5 hours`. */
  totalEventHours: Codecs.optional(Schema.String),
  /** With its percent sign; may exceed `100%`. */
  occupancy: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarPsmSummary extends Schema.Struct.Type<(typeof CalendarPsmSummary)["fields"]> {}

/**
 * Events and working hours of users in a period.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventSummary = Codecs.open<CalendarEventSummary>()({
  startDateTime: Codecs.optional(Codecs.Instant),
  endDateTime: Codecs.optional(Codecs.Instant),
  summary: Schema.Array(CalendarPsmSummary)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventSummary extends Schema.Struct.Type<(typeof CalendarEventSummary)["fields"]> {}

/**
 * One page of the events in a period. Cancelled ones are left out unless asked for. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("calendarEvents.list", "/{tenant}/{instance}/calendar/events", {
  query: {
    ...Pagination.springQuery,
    from: Codecs.Instant,
    to: Codecs.Instant,
    /** Users or patients. */
    participantIds: Schema.optional(Codecs.commaSeparated(Codecs.Id)),
    eventType: Schema.optional(CalendarEventType),
    includeCancelled: Schema.optional(Schema.Boolean),
    /** What it adds to an event is not documented. */
    includeEncounterInfo: Schema.optional(Schema.Boolean),
    /** Leaves out events that belong to an encounter. */
    excludeAssignedToEncounterEvents: Schema.optional(Schema.Boolean),
    /** IANA name of the zone in which the local fields are written. */
    viewerTimezone: Schema.optional(Schema.String)
  },
  success: Pagination.springPage(CalendarEvent)
})

/**
 * Every event in a period. The service has been seen to list an event twice: where that matters, drop repeats by id.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list)

/**
 * Every page of the events in a period.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list)

/**
 * Reads one event, by Welkin id unless `type` says that the slot holds an external id. Cancelled events can still be read.
 * Recorded, but for `type`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("calendarEvents.get", "/{tenant}/{instance}/calendar/events/{eventId}", {
  path: { eventId: Codecs.Id },
  query: { type: Schema.optional(Schema.Literal("EXTERNAL_ID")) },
  success: CalendarEvent
})

/**
 * Reads one event by the caller's own key: {@link get} with `type`. Documented, never recorded.
 *
 * Other calls are not known to take an external id, so read first:
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { CalendarEvents } from "effect-welkin/v8"
 *
 * const complete = (externalId: string) =>
 *   Effect.flatMap(CalendarEvents.getByExternalId(externalId), (event) =>
 *     CalendarEvents.update({ eventId: event.id, body: { eventStatus: "COMPLETED" } })
 *   )
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getByExternalId = (externalId: string) => get({ eventId: externalId, type: "EXTERNAL_ID" })

/**
 * Creates an event. Send `eventStatus: "SCHEDULED"`: it is no default. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("calendarEvents.create", "/{tenant}/{instance}/calendar/events", {
  body: CalendarEventCreate,
  success: CalendarEvent
})

/**
 * Replaces an event; participants that stay are sent with the id of their participation. Documented, never recorded: prefer
 * {@link update}.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const replace = Endpoint.put("calendarEvents.replace", "/{tenant}/{instance}/calendar/events/{eventId}", {
  path: { eventId: CalendarEventId },
  body: CalendarEventReplace,
  success: CalendarEvent
})

/**
 * Changes some fields of an event, past or future. Giving it to another host needs the right to other people's events: `Forbidden`
 * without it. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("calendarEvents.update", "/{tenant}/{instance}/calendar/events/{eventId}", {
  path: { eventId: CalendarEventId },
  body: CalendarEventUpdate,
  success: CalendarEvent
})

/**
 * Deletes a future event and cancels a past one, which can still be read as `CANCELLED`. Recorded, for a past event.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("calendarEvents.remove", "/{tenant}/{instance}/calendar/events/{eventId}", {
  path: { eventId: CalendarEventId }
})

/**
 * Records a participant's answer to an invitation. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const respondToInvitation = Endpoint.put(
  "calendarEvents.respondToInvitation",
  "/{tenant}/{instance}/calendar/events/{eventId}/invitation-response",
  {
    path: { eventId: CalendarEventId },
    body: CalendarInvitationResponse
  }
)

/**
 * Sums up events and working hours of users in a period. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const summarize = Endpoint.get("calendarEvents.summarize", "/{tenant}/{instance}/calendar/psm-event-summary", {
  query: {
    psmIds: Codecs.commaSeparated(UserId),
    from: Codecs.Instant,
    to: Codecs.Instant
  },
  success: CalendarEventSummary
})
