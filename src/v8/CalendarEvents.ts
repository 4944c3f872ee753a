/**
 * Calendar events of users (called psm in this API) and patients: create, read, find, change, delete, answer invitations, and a
 * per-user summary. CalendarEvent, its participant and additionalInfo are shared models. Fields whose name starts with local
 * repeat a UTC field with a numeric offset and are read-only.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"

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
 * Free-form object hung on a calendar event. The platform gives it no fixed structure; the three keys are only what the docs'
 * samples use.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventAdditionalInfo = Codecs.open<CalendarEventAdditionalInfo>()({
  /** Documented, never recorded. */
  location: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  remarks: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  attachment: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventAdditionalInfo extends Schema.Struct.Type<(typeof CalendarEventAdditionalInfo)["fields"]> {}

/**
 * A user (role psm) or patient taking part in a calendar event, as returned. The five first fields are in the 2021 docs; the rest
 * came later and is in every recording.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventParticipant = Codecs.open<CalendarEventParticipant>()({
  /** Id of the participation row, not of the person; send it back when replacing an event with PUT. */
  id: Codecs.Id,
  /** User id for psm, patient id for patient. */
  participantId: Codecs.Id,
  /** Psm is the platform's word for a staff user. */
  participantRole: Codecs.openEnum("patient", "psm"),
  /**
   * Answer to the invitation; an EMPTY STRING in every recording, that is until somebody answers; Yes in the docs; no full list is
   * given.
   */
  participationStatus: Codecs.openEnum("Yes"),
  attended: Schema.Boolean,
  /** Old-style names such as US/Pacific occur. */
  timezone: Schema.NullOr(Schema.String),
  /** May carry stray spaces. */
  firstName: Schema.String,
  lastName: Schema.String,
  deleted: Schema.Boolean,
  hasAccess: Schema.Boolean,
  /** Never null in recordings; be lenient, an email is not mandatory for a patient. */
  email: Schema.String,
  /** An empty string occurs too. */
  phone: Schema.NullOr(Schema.String),
  /** Of patients, values as on Patient; null for psm. */
  gender: Schema.NullOr(Codecs.openEnum("UNKNOWN", "OTHER", "MALE", "FEMALE")),
  /** Midnight UTC; null for psm, may be null for a patient too. */
  birthDate: Schema.NullOr(Codecs.Instant),
  /** Null for patients. */
  enabled: Schema.NullOr(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventParticipant extends Schema.Struct.Type<(typeof CalendarEventParticipant)["fields"]> {}

/**
 * A calendar entry. The same shape is returned by the calendar endpoints, by full-encounters and inside an encounter's jsonBody.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEvent = Codecs.open<CalendarEvent>()({
  id: CalendarEventId,
  /** User or API client. */
  createdBy: Schema.NullOr(Codecs.Id),
  createdAt: Codecs.Instant,
  /** User or API client. */
  updatedBy: Schema.NullOr(Codecs.Id),
  updatedAt: Codecs.Instant,
  /** Caller's own key, unique per event; null in every recording, a string in the docs. */
  externalId: Schema.NullOr(Schema.String),
  /** Set at creation even when externalId is null. */
  externalIdUpdatedAt: Codecs.Instant,
  eventTitle: Schema.NullOr(Schema.String),
  /** Empty string and null both occur. */
  eventDescription: Schema.NullOr(Schema.String),
  /** UTC with milliseconds and Z. */
  startDateTime: Codecs.Instant,
  /** Same instant as the UTC twin, written with a numeric offset (+00:00, -07:00) and milliseconds, never Z; read-only. */
  localStartDateTime: Codecs.LocalInstant,
  endDateTime: Codecs.Instant,
  /** Same instant as the UTC twin, written with a numeric offset (+00:00, -07:00) and milliseconds, never Z; read-only. */
  localEndDateTime: Codecs.LocalInstant,
  allDayEvent: Schema.Boolean,
  /** Seconds between start and end; computed by the server. */
  duration: Schema.Int,
  /** Docs list the first three; recordings and the client add ENCOUNTER; null when it was not sent at creation. */
  eventType: Schema.NullOr(Codecs.openEnum("GROUP_THERAPY", "APPOINTMENT", "LEAVE", "ENCOUNTER")),
  /**
   * Letter case is not stable: Scheduled is recorded next to SCHEDULED; RESCHEDULED only in a sample of v8 docs (newer); null when
   * it was not sent at creation; compare case-insensitively and accept unknown values.
   */
  eventStatus: Schema.NullOr(Codecs.openEnum("SCHEDULED", "CANCELLED", "COMPLETED", "MISSED", "RESCHEDULED", "Scheduled")),
  /** Hyphen, not underscore, in IN-PERSON. */
  eventMode: Schema.NullOr(Codecs.openEnum("IN-PERSON", "CALL", "VIDEO")),
  /** A colour name (green, pink) or a #rrggbb value. */
  eventColor: Schema.NullOr(Schema.String),
  /** User who owns the event; must also be listed in participants. */
  hostId: Codecs.Id,
  /** Old-style names such as US/Pacific occur; drives the local* offsets when set. */
  timezone: Schema.NullOr(Schema.String),
  /** Null in every recording. */
  additionalInfo: Schema.NullOr(CalendarEventAdditionalInfo),
  participants: Schema.Array(CalendarEventParticipant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEvent extends Schema.Struct.Type<(typeof CalendarEvent)["fields"]> {}

/**
 * Participant in a request.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventParticipantInput = Codecs.closed<CalendarEventParticipantInput>()({
  /** User id for psm, patient id for patient. */
  participantId: Codecs.Id,
  participantRole: Schema.Literal("patient", "psm"),
  /** Participation row id; the docs send it when replacing an event, not at creation. */
  id: Codecs.optional(Codecs.Id),
  attended: Codecs.optional(Schema.Boolean),
  /** Returned; meant to be set by the invitation-response call. */
  participationStatus: Codecs.optional(Codecs.openEnum("Yes"))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventParticipantInput extends Schema.Struct.Type<(typeof CalendarEventParticipantInput)["fields"]> {}

/**
 * Body for creating an event.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventCreate = Codecs.closed<CalendarEventCreate>()({
  /** UTC, milliseconds, Z. */
  startDateTime: Codecs.Instant,
  endDateTime: Codecs.Instant,
  /** Must also be among the participants. */
  hostId: Codecs.Id,
  participants: Schema.Array(CalendarEventParticipantInput),
  eventTitle: Codecs.optionalNull(Schema.String),
  eventDescription: Codecs.optionalNull(Schema.String),
  /** Docs list the first three; the client adds ENCOUNTER. No default: left out it stays null. */
  eventType: Codecs.optionalNull(Codecs.openEnum("GROUP_THERAPY", "APPOINTMENT", "LEAVE", "ENCOUNTER")),
  /** No default: left out it stays null, so send SCHEDULED. */
  eventStatus: Codecs.optionalNull(Codecs.openEnum("SCHEDULED", "CANCELLED", "COMPLETED", "MISSED")),
  /** No default: left out it stays null. */
  eventMode: Codecs.optionalNull(Codecs.openEnum("IN-PERSON", "CALL", "VIDEO")),
  /** Must be unique per event. */
  externalId: Codecs.optionalNull(Schema.String),
  additionalInfo: Codecs.optionalNull(CalendarEventAdditionalInfo),
  /** Returned by the API; not shown in a request. */
  allDayEvent: Codecs.optional(Schema.Boolean),
  /** Returned by the API; not shown in a request. */
  eventColor: Codecs.optionalNull(Schema.String),
  /** Returned by the API; not shown in a request. */
  timezone: Codecs.optionalNull(Schema.String),
  /** In the docs' sample only; the recording leaves it out and the server fills it in. */
  createdBy: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventCreate extends Schema.Struct.Type<(typeof CalendarEventCreate)["fields"]> {}

/**
 * Body for replacing an event with PUT; the same fields are required as for creation.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventUpdate = Codecs.closed<CalendarEventUpdate>()({
  /** UTC, milliseconds, Z. */
  startDateTime: Codecs.Instant,
  endDateTime: Codecs.Instant,
  /** Must also be among the participants. */
  hostId: Codecs.Id,
  participants: Schema.Array(CalendarEventParticipantInput),
  eventTitle: Codecs.optionalNull(Schema.String),
  eventDescription: Codecs.optionalNull(Schema.String),
  /** Docs list the first three; the client adds ENCOUNTER. No default: left out it stays null. */
  eventType: Codecs.optionalNull(Codecs.openEnum("GROUP_THERAPY", "APPOINTMENT", "LEAVE", "ENCOUNTER")),
  /** No default: left out it stays null, so send SCHEDULED. */
  eventStatus: Codecs.optionalNull(Codecs.openEnum("SCHEDULED", "CANCELLED", "COMPLETED", "MISSED")),
  /** No default: left out it stays null. */
  eventMode: Codecs.optionalNull(Codecs.openEnum("IN-PERSON", "CALL", "VIDEO")),
  /** Must be unique per event. */
  externalId: Codecs.optionalNull(Schema.String),
  additionalInfo: Codecs.optionalNull(CalendarEventAdditionalInfo),
  /** Returned by the API; not shown in a request. */
  allDayEvent: Codecs.optional(Schema.Boolean),
  /** Returned by the API; not shown in a request. */
  eventColor: Codecs.optionalNull(Schema.String),
  /** Returned by the API; not shown in a request. */
  timezone: Codecs.optionalNull(Schema.String),
  /** In the docs' sample only; the server fills it in. */
  updatedBy: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventUpdate extends Schema.Struct.Type<(typeof CalendarEventUpdate)["fields"]> {}

/**
 * Partial update: any event field; only the keys sent change.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventPatch = Codecs.closed<CalendarEventPatch>()({
  /** UTC, milliseconds, Z. */
  startDateTime: Codecs.optional(Codecs.Instant),
  endDateTime: Codecs.optional(Codecs.Instant),
  /** Must also be among the participants. */
  hostId: Codecs.optional(Codecs.Id),
  participants: Codecs.optional(Schema.Array(CalendarEventParticipantInput)),
  eventTitle: Codecs.optionalNull(Schema.String),
  eventDescription: Codecs.optionalNull(Schema.String),
  /** Docs list the first three; the client adds ENCOUNTER. No default: left out it stays null. */
  eventType: Codecs.optionalNull(Codecs.openEnum("GROUP_THERAPY", "APPOINTMENT", "LEAVE", "ENCOUNTER")),
  /** No default: left out it stays null, so send SCHEDULED. */
  eventStatus: Codecs.optionalNull(Codecs.openEnum("SCHEDULED", "CANCELLED", "COMPLETED", "MISSED")),
  /** No default: left out it stays null. */
  eventMode: Codecs.optionalNull(Codecs.openEnum("IN-PERSON", "CALL", "VIDEO")),
  /** Must be unique per event. */
  externalId: Codecs.optionalNull(Schema.String),
  additionalInfo: Codecs.optionalNull(CalendarEventAdditionalInfo),
  /** Returned by the API; not shown in a request. */
  allDayEvent: Codecs.optional(Schema.Boolean),
  /** Returned by the API; not shown in a request. */
  eventColor: Codecs.optionalNull(Schema.String),
  /** Returned by the API; not shown in a request. */
  timezone: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventPatch extends Schema.Struct.Type<(typeof CalendarEventPatch)["fields"]> {}

/**
 * Answer of a participant to an invitation.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarInvitationResponse = Codecs.closed<CalendarInvitationResponse>()({
  /** Person id (user or patient), as in participants.participantId. */
  participantId: Codecs.Id,
  /** Only Yes is shown; no list of values. */
  participationStatus: Codecs.openEnum("Yes")
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarInvitationResponse extends Schema.Struct.Type<(typeof CalendarInvitationResponse)["fields"]> {}

/**
 * Figures for one user.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarPsmSummary = Codecs.open<CalendarPsmSummary>()({
  /** Documented, never recorded. */
  psmId: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  totalCreatedEvents: Codecs.optional(Schema.Int),
  /** Documented, never recorded. */
  totalOccurredEvents: Codecs.optional(Schema.Int),
  /** Documented, never recorded. */
  totalFutureEvents: Codecs.optional(Schema.Int),
  /** Keys are event statuses as stored. Documented, never recorded. */
  eventStatusCount: Codecs.optional(Schema.Record({ key: Schema.String, value: Schema.Int })),
  /** Number and unit in one string, like 12.5 hours. Documented, never recorded. */
  totalWorkingHours: Codecs.optional(Schema.String),
  /** As totalWorkingHours. Documented, never recorded. */
  totalEventHours: Codecs.optional(Schema.String),
  /** Percentage with a % sign; can exceed 100%. Documented, never recorded. */
  occupancy: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarPsmSummary extends Schema.Struct.Type<(typeof CalendarPsmSummary)["fields"]> {}

/**
 * Event and working-time figures of users for a period.
 *
 * @since 0.1.0
 * @category models
 */
export const CalendarEventSummary = Codecs.open<CalendarEventSummary>()({
  /** Documented, never recorded. */
  startDateTime: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  endDateTime: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  summary: Codecs.optional(Schema.Array(CalendarPsmSummary))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CalendarEventSummary extends Schema.Struct.Type<(typeof CalendarEventSummary)["fields"]> {}

/**
 * Create a calendar event. The server sets no defaults for eventType, eventStatus and eventMode: they stay null when left out. The
 * docs' sample URL has a double slash before calendar; use one. Do not send local* fields back: a third-party client got 400.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("calendarEvents.create", "/{tenant}/{instance}/calendar/events", {
  body: CalendarEventCreate,
  success: CalendarEvent
})

/**
 * Read an event by id. Cancelled events are still readable.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("calendarEvents.get", "/{tenant}/{instance}/calendar/events/{eventId}", {
  path: { eventId: CalendarEventId },
  success: CalendarEvent
})

/**
 * Read an event by the caller's own key. Same path as the read by id; only the type parameter differs. Not recorded. Whether type
 * also works for update and delete is not stated.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getByExternalId = Endpoint.get("calendarEvents.getByExternalId", "/{tenant}/{instance}/calendar/events/{externalId}", {
  path: { externalId: Codecs.Id },
  query: {
    /** Tells the server that the path holds an external id. */
    type: Schema.Literal("EXTERNAL_ID")
  },
  success: CalendarEvent
})

/**
 * Find events in a period. A server-side sort applies even without the sort parameter (sort.sorted is true in the reply); which
 * one is unknown. Percent-encode the colons of the timestamps. The server took True with a capital; send lower case.
 * LocalStartDateTime and localEndDateTime of an event without timezone had +00:00 when read singly and another offset in a list:
 * do not compute with them. A third-party client found duplicates in the list: drop repeats by id.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("calendarEvents.list", "/{tenant}/{instance}/calendar/events", {
  query: {
    ...Pagination.springQuery,
    /** Start of the period; required by the client and the Postman copy. */
    from: Codecs.Instant,
    /** End of the period; as from. */
    to: Codecs.Instant,
    /** User or patient ids, comma separated in one parameter. */
    participantIds: Schema.optional(Codecs.commaSeparated(Codecs.Id)),
    /** EventType: docs list GROUP_THERAPY, APPOINTMENT, LEAVE; the client and recordings add ENCOUNTER. Keep it open. */
    eventType: Schema.optional(Codecs.openEnum("GROUP_THERAPY", "APPOINTMENT", "LEAVE", "ENCOUNTER")),
    /** Cancelled events are left out by default. */
    includeCancelled: Schema.optional(Schema.Boolean),
    /** Python client and the Postman copy's sample address (its table spells includeEncountersInfo): send this spelling; what it adds to an event is unknown. */
    includeEncounterInfo: Schema.optional(Schema.Boolean),
    /** Leave out events that belong to an encounter (meaning from the name); Python client and Postman copy. */
    excludeAssignedToEncounterEvents: Schema.optional(Schema.Boolean),
    /** IANA name for the offset of the local* fields; Python client and Postman copy. */
    viewerTimezone: Schema.optional(Schema.String)
  },
  success: Pagination.springPage(CalendarEvent)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list)

/**
 * Replace an event. Not recorded; success code assumed 200. Same required fields as the create. Send the participation row ids of
 * existing participants. In the docs' sample the reply does not reflect all values sent; do not rely on the sample. Do not send
 * local* fields back: a third-party client got 400.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const replace = Endpoint.put("calendarEvents.replace", "/{tenant}/{instance}/calendar/events/{eventId}", {
  path: { eventId: CalendarEventId },
  body: CalendarEventUpdate,
  success: CalendarEvent
})

/**
 * Change some fields of an event. Partial: keys left out stay. Past events can be changed (recorded). Changing hostId to another
 * user needs the permission for other team members' events (release notes). Do not send local* fields back: a third-party client
 * got 400.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("calendarEvents.update", "/{tenant}/{instance}/calendar/events/{eventId}", {
  path: { eventId: CalendarEventId },
  body: CalendarEventPatch,
  success: CalendarEvent
})

/**
 * Delete a future event or cancel a past one. 204 without body, unlike the other deletes, which give 200 with an empty body. After
 * the call do not assume the event is gone: it may live on as CANCELLED.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("calendarEvents.remove", "/{tenant}/{instance}/calendar/events/{eventId}", {
  path: { eventId: CalendarEventId }
})

/**
 * Record a participant's answer to an invitation. Both body fields are required. No reply is shown and no status is stated: accept
 * any 2xx and ignore whatever body comes.
 *
 * Documented, never recorded.
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
 * Summarise events and working hours of users in a period. Documented only; no client method and no recording. Hours and occupancy
 * are display strings, not numbers.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const psmSummary = Endpoint.get("calendarEvents.psmSummary", "/{tenant}/{instance}/calendar/psm-event-summary", {
  query: {
    /** User ids, comma separated; the docs do not say whether it is required. */
    psmIds: Codecs.commaSeparated(Codecs.Id),
    /** The docs do not say whether it is required. */
    from: Codecs.Instant,
    /** The docs do not say whether it is required. */
    to: Codecs.Instant
  },
  success: CalendarEventSummary
})
