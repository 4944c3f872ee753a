/**
 * Encounters are contacts with a patient, normally tied to a calendar event. This area has the encounter records by patient and by
 * user, the full form with related data, comments, the disposition (outcome) record, and the definitions behind them: disposition
 * formation and encounter templates. Links to assessments are in the area assessments; CalendarEvent and EncounterAssessmentLink
 * are shared models.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import { CalendarEvent, CalendarEventAdditionalInfo } from "./CalendarEvents.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import { UserId } from "./Users.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const EncounterId = Codecs.id("EncounterId")
/**
 * @since 0.1.0
 * @category ids
 */
export type EncounterId = typeof EncounterId.Type

/**
 * Patient name shown in lists by user.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterPatientInfo = Codecs.open<EncounterPatientInfo>()({
  patientId: PatientId,
  firstName: Schema.String,
  lastName: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterPatientInfo extends Schema.Struct.Type<(typeof EncounterPatientInfo)["fields"]> {}

/**
 * jsonBody of an encounter. Mixes camelCase encounter fields with snake_case CDT system fields. The 2021 docs show about half of
 * them; the rest is recorded.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterBody = Codecs.open<EncounterBody>()({
  /** CDT system field; absent in the recorded lists by user and instance-wide; same as the outer id. */
  id: Codecs.optional(EncounterId),
  title: Schema.String,
  /** May be an empty string; be lenient about null. */
  description: Schema.String,
  /**
   * Docs list DRAFT, OPEN, ACTIVE, FINALIZED; the client lists OPEN, CANCELLED, DRAFT, FINALIZED; DRAFT and OPEN recorded. The
   * vendor's release notes of 2021 rename active to open and correct CANCELED to CANCELLED, so ACTIVE is probably dead; the care
   * portal shows DRAFT as planned and OPEN as in progress (inferred).
   */
  status: Codecs.openEnum("DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED"),
  /**
   * The template's type; it equals templateName in every recording because those templates had their own name as type. Absent in
   * the 2021 docs.
   */
  type: Schema.String,
  /** Encounter template name; null in the docs. */
  templateName: Schema.NullOr(Schema.String),
  /** Mostly null even with a template; absent in the 2021 docs. */
  templateTitle: Schema.NullOr(Schema.String),
  /** Empty string in every recording; absent in the 2021 docs. */
  instruction: Schema.String,
  /** Null and empty string both occur. */
  notes: Schema.NullOr(Schema.String),
  /** Actual start, set when the encounter is opened; null while DRAFT. Lower-case t in time, unlike calendar fields. */
  startDatetime: Schema.NullOr(Codecs.Instant),
  /** Null in every source; presumably the actual end. */
  endDatetime: Schema.NullOr(Codecs.Instant),
  /**
   * Planned start of the appointment (not of startDatetime), numeric offset form (+00:00) instead of Z; read-only; missing on
   * encounters without an event and in the 2021 docs.
   */
  localStartDatetime: Codecs.optional(Codecs.LocalInstant),
  /**
   * Planned end, numeric offset form (+00:00) instead of Z; read-only; missing on encounters without an event and in the 2021
   * docs.
   */
  localEndDatetime: Codecs.optional(Codecs.LocalInstant),
  /** Null without an event. */
  calendarEventId: Schema.NullOr(Codecs.Id),
  /** Snapshot; its updatedAt can lag behind the real event. Null without an event; absent in the 2021 docs. */
  calendarEvent: Schema.NullOr(CalendarEvent),
  /** Current state of the event. Null without an event; absent in the 2021 docs. */
  currentScheduledAppointment: Schema.NullOr(CalendarEvent),
  /** Null without an event; absent in the 2021 docs. */
  calendarEventStartDatetime: Schema.NullOr(Codecs.Instant),
  /** Numeric offset form (+00:00) instead of Z; read-only; missing on encounters without an event and in the 2021 docs. */
  localCalendarEventStartDatetime: Codecs.optional(Codecs.LocalInstant),
  /** Disposition record, normally made together with the encounter; null on one recorded encounter without an event. */
  dispositionId: Schema.NullOr(Codecs.Id),
  /** Host of the event; null without an event; absent in the 2021 docs. */
  ownerUserId: Schema.NullOr(Codecs.Id),
  /** Null without an event; absent in the 2021 docs; may hold double spaces. */
  ownerUserName: Schema.NullOr(Schema.String),
  /** User who has the encounter open; null while DRAFT. */
  activeUserId: Schema.NullOr(Codecs.Id),
  activeUserName: Schema.NullOr(Schema.String),
  /** Only in the recorded lists by user and instance-wide. */
  patientInfo: Codecs.optional(EncounterPatientInfo),
  /**
   * Numeric offset form (+00:00) instead of Z; read-only; follows the event's createdAt, not created_at; missing on encounters
   * without an event and in the 2021 docs.
   */
  local_created_at: Codecs.optional(Codecs.LocalInstant),
  /**
   * Numeric offset form (+00:00) instead of Z; read-only; follows the event's updatedAt, not updated_at; missing on encounters
   * without an event and in the 2021 docs.
   */
  local_updated_at: Codecs.optional(Codecs.LocalInstant),
  /** CDT system field; absent in the recorded lists by user and instance-wide. */
  created_at: Codecs.optional(Codecs.Instant),
  /** CDT system field; absent in the recorded lists by user and instance-wide. */
  created_by: Codecs.optionalNull(Codecs.Id),
  /**
   * CDT system field; absent in the recorded lists by user and instance-wide; full name, or API_CLIENT: followed by the client
   * name.
   */
  created_by_name: Codecs.optionalNull(Schema.String),
  /** CDT system field; absent in the recorded lists by user and instance-wide. */
  updated_at: Codecs.optional(Codecs.Instant),
  /** CDT system field; absent in the recorded lists by user and instance-wide. */
  updated_by: Codecs.optionalNull(Codecs.Id),
  /** CDT system field; absent in the recorded lists by user and instance-wide. */
  updated_by_name: Codecs.optionalNull(Schema.String),
  /** CDT system field; absent in the recorded lists by user and instance-wide; null everywhere. */
  source_id: Codecs.optionalNull(Codecs.Id),
  /** CDT system field; absent in the recorded lists by user and instance-wide; null everywhere. */
  source_name: Codecs.optionalNull(Schema.String),
  /** CDT system field; absent in the recorded lists by user and instance-wide; null everywhere. */
  source_type: Codecs.optionalNull(Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")),
  /** CDT system field; absent in the recorded lists by user and instance-wide; null everywhere. */
  external_id: Codecs.optionalNull(Schema.String),
  /** CDT system field; absent in the recorded lists by user and instance-wide; null everywhere. */
  external_guid: Codecs.optionalNull(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterBody extends Schema.Struct.Type<(typeof EncounterBody)["fields"]> {}

/**
 * A meeting or contact with a patient; stored as a record of the internal CDT __encounter__.
 *
 * @since 0.1.0
 * @category models
 */
export const Encounter = Codecs.open<Encounter>()({
  id: EncounterId,
  patientId: PatientId,
  /** Null in the recorded lists by user and instance-wide. */
  cdtId: Schema.NullOr(Codecs.Id),
  /** Formation version, not an edit counter; null in the recorded lists by user and instance-wide. */
  version: Schema.NullOr(Schema.Int),
  /** __encounter__; null in the recorded lists by user and instance-wide; absent in the 2021 docs. */
  cdtName: Schema.NullOr(Schema.String),
  jsonBody: EncounterBody
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Encounter extends Schema.Struct.Type<(typeof Encounter)["fields"]> {}

/**
 * Participant of the appointment made with an encounter.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAppointmentParticipantInput = Codecs.open<EncounterAppointmentParticipantInput>()({
  participantId: Codecs.Id,
  participantRole: Schema.Literal("patient", "psm"),
  /** Accepted by the calendar create in the docs. */
  attended: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAppointmentParticipantInput extends Schema.Struct.Type<(typeof EncounterAppointmentParticipantInput)["fields"]> {}

/**
 * Appointment made together with an encounter. Recorded with the six fields marked recorded; the others are those of the calendar
 * create.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAppointmentInput = Codecs.open<EncounterAppointmentInput>()({
  startDateTime: Codecs.Instant,
  endDateTime: Codecs.Instant,
  hostId: Codecs.Id,
  /** Must contain the host as psm; the recording also lists the patient. */
  participants: Schema.Array(EncounterAppointmentParticipantInput),
  /** ENCOUNTER was sent. */
  eventType: Codecs.optional(Codecs.openEnum("GROUP_THERAPY", "APPOINTMENT", "LEAVE", "ENCOUNTER")),
  eventTitle: Codecs.optional(Schema.String),
  /** Field of the calendar create. */
  eventDescription: Codecs.optionalNull(Schema.String),
  /** Field of the calendar create; came back as SCHEDULED when left out. */
  eventStatus: Codecs.optional(Codecs.openEnum("SCHEDULED", "CANCELLED", "COMPLETED", "MISSED")),
  /** Field of the calendar create; came back as VIDEO when left out, presumably from the template's deliveryMethod. */
  eventMode: Codecs.optional(Codecs.openEnum("IN-PERSON", "CALL", "VIDEO")),
  /** Field of the calendar create. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Field of the calendar create. */
  additionalInfo: Codecs.optionalNull(CalendarEventAdditionalInfo)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAppointmentInput extends Schema.Struct.Type<(typeof EncounterAppointmentInput)["fields"]> {}

/**
 * A service billed with the encounter.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterVisitService = Codecs.open<EncounterVisitService>()({
  /** Service name from the Designer, usually vs-…. */
  name: Schema.String,
  /** Co-pay in cents. */
  preVisitCost: Codecs.optional(Schema.Int),
  /** Fee in cents. */
  serviceCost: Codecs.optional(Schema.Int),
  /** Names from the Designer, usually vm-…; may be left out; element type inferred. */
  modifiers: Codecs.optional(Schema.Array(Schema.String))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterVisitService extends Schema.Struct.Type<(typeof EncounterVisitService)["fields"]> {}

/**
 * Body for creating an encounter. No source says which fields are required; all are listed as optional.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterCreate = Codecs.closed<EncounterCreate>()({
  title: Codecs.optional(Schema.String),
  description: Codecs.optional(Schema.String),
  /** Encounter template; its assessments are linked automatically. */
  templateName: Codecs.optional(Schema.String),
  /** Attach an existing calendar event. */
  calendarEventId: Codecs.optionalNull(Codecs.Id),
  notes: Codecs.optionalNull(Schema.String),
  /** Make the calendar event at the same time; not in the docs. */
  currentScheduledAppointment: Codecs.optional(EncounterAppointmentInput),
  /** Since 2023; text for IN-PERSON, a link to the call drawer for CALL, a complete external link for VIDEO. */
  location: Codecs.optional(Schema.String),
  /** Since 2023; billing type. */
  responsibleParty: Codecs.optional(Codecs.openEnum("SELF_PAY", "INSURANCE")),
  /** Since 2023. */
  visitServices: Codecs.optional(Schema.Array(EncounterVisitService))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterCreate extends Schema.Struct.Type<(typeof EncounterCreate)["fields"]> {}

/**
 * Partial change of an encounter's appointment.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAppointmentPatch = Codecs.closed<EncounterAppointmentPatch>()({
  /** Send together with endDateTime: a start alone is answered with a parse error (release notes). */
  startDateTime: Codecs.optional(Codecs.Instant),
  /** Send together with startDateTime. */
  endDateTime: Codecs.optional(Codecs.Instant),
  /** New host; the release notes show a body with this key alone. */
  hostId: Codecs.optional(Codecs.Id),
  /** Field of the appointment; the partial form is documented for hostId only. */
  participants: Codecs.optional(Schema.Array(EncounterAppointmentParticipantInput)),
  /** Field of the appointment; the partial form is documented for hostId only. */
  eventType: Codecs.optional(Codecs.openEnum("GROUP_THERAPY", "APPOINTMENT", "LEAVE", "ENCOUNTER")),
  /** Field of the appointment; the partial form is documented for hostId only. */
  eventTitle: Codecs.optional(Schema.String),
  /** Field of the appointment; the partial form is documented for hostId only. */
  eventDescription: Codecs.optionalNull(Schema.String),
  /** Field of the appointment; the partial form is documented for hostId only. */
  eventStatus: Codecs.optional(Codecs.openEnum("SCHEDULED", "CANCELLED", "COMPLETED", "MISSED")),
  /** Field of the appointment; the partial form is documented for hostId only. */
  eventMode: Codecs.optional(Codecs.openEnum("IN-PERSON", "CALL", "VIDEO")),
  /** Field of the appointment; the partial form is documented for hostId only. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Field of the appointment; the partial form is documented for hostId only. */
  additionalInfo: Codecs.optionalNull(CalendarEventAdditionalInfo)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAppointmentPatch extends Schema.Struct.Type<(typeof EncounterAppointmentPatch)["fields"]> {}

/**
 * Partial update of an encounter: only the keys sent change.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterUpdate = Codecs.closed<EncounterUpdate>()({
  title: Codecs.optional(Schema.String),
  description: Codecs.optional(Schema.String),
  templateName: Codecs.optional(Schema.String),
  /** Moves the encounter through its life; which moves are allowed is not documented. */
  status: Codecs.optional(Codecs.openEnum("DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED")),
  calendarEventId: Codecs.optionalNull(Codecs.Id),
  notes: Codecs.optionalNull(Schema.String),
  /** From the vendor's release notes of April 2022; not in the 2021 docs and not recorded on update. */
  currentScheduledAppointment: Codecs.optional(EncounterAppointmentPatch)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterUpdate extends Schema.Struct.Type<(typeof EncounterUpdate)["fields"]> {}

/**
 * List a patient's encounters. Patient lists return complete records (system fields, cdtId, version, cdtName), unlike lists by
 * user.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listForPatient = Endpoint.get("encounters.listForPatient", "/{tenant}/{instance}/patients/{patientId}/encounters", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.springQuery,
    /** The client joins several with commas in one parameter; docs list DRAFT, OPEN, ACTIVE, FINALIZED; the client lists OPEN, CANCELLED, DRAFT, FINALIZED; DRAFT and OPEN recorded. The vendor's release notes of 2021 rename active to open and correct CANCELED to CANCELLED, so ACTIVE is probably dead; the care portal shows DRAFT as planned and OPEN as in progress (inferred). */
    statuses: Schema.optional(Codecs.commaSeparated(Codecs.openEnum("DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED"))),
    /** Not in the docs. Without it the instance-wide list was empty for an API client, with false it held all encounters: it seems to default to true and to limit the list to patients of the caller's care team (inferred). Send false for API clients. */
    withCareTeam: Schema.optional(Schema.Boolean),
    /** Documented for full-encounters only; the client offers it on all lists. */
    onlyWithCalendarEvent: Schema.optional(Schema.Boolean)
  },
  success: Pagination.metaInfoPage(Encounter)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link listForPatient}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForPatientStream = Pagination.metaInfo(listForPatient)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForPatientPages = Pagination.metaInfoPages(listForPatient)

/**
 * List encounters of a user. Lives under the instance, not under /admin like the other user endpoints. Use the outer id;
 * jsonBody.id is missing here.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listForUser = Endpoint.get("encounters.listForUser", "/{tenant}/{instance}/users/{userId}/encounters", {
  path: { userId: UserId },
  query: {
    ...Pagination.springQuery,
    /** The client joins several with commas in one parameter; docs list DRAFT, OPEN, ACTIVE, FINALIZED; the client lists OPEN, CANCELLED, DRAFT, FINALIZED; DRAFT and OPEN recorded. The vendor's release notes of 2021 rename active to open and correct CANCELED to CANCELLED, so ACTIVE is probably dead; the care portal shows DRAFT as planned and OPEN as in progress (inferred). */
    statuses: Schema.optional(Codecs.commaSeparated(Codecs.openEnum("DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED"))),
    /** Not in the docs. Without it the instance-wide list was empty for an API client, with false it held all encounters: it seems to default to true and to limit the list to patients of the caller's care team (inferred). Send false for API clients. */
    withCareTeam: Schema.optional(Schema.Boolean),
    /** Documented for full-encounters only; the client offers it on all lists. */
    onlyWithCalendarEvent: Schema.optional(Schema.Boolean)
  },
  success: Pagination.metaInfoPage(Encounter)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link listForUser}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForUserStream = Pagination.metaInfo(listForUser)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForUserPages = Pagination.metaInfoPages(listForUser)

/**
 * List encounters of the whole instance. Items have the reduced form of the list by user: cdtId, version and cdtName null, no CDT
 * system fields, patientInfo present. Without withCareTeam=false the recorded list was empty.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("encounters.list", "/{tenant}/{instance}/encounters", {
  query: {
    ...Pagination.springQuery,
    /** The client joins several with commas in one parameter; docs list DRAFT, OPEN, ACTIVE, FINALIZED; the client lists OPEN, CANCELLED, DRAFT, FINALIZED; DRAFT and OPEN recorded. The vendor's release notes of 2021 rename active to open and correct CANCELED to CANCELLED, so ACTIVE is probably dead; the care portal shows DRAFT as planned and OPEN as in progress (inferred). */
    statuses: Schema.optional(Codecs.commaSeparated(Codecs.openEnum("DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED"))),
    /** Not in the docs. Without it the instance-wide list was empty for an API client, with false it held all encounters: it seems to default to true and to limit the list to patients of the caller's care team (inferred). Send false for API clients. */
    withCareTeam: Schema.optional(Schema.Boolean),
    /** Documented for full-encounters only; the client offers it on all lists. */
    onlyWithCalendarEvent: Schema.optional(Schema.Boolean)
  },
  success: Pagination.metaInfoPage(Encounter)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list)

/**
 * Read one encounter. Unknown or deleted: 404 with errorCode DT_RECORD_NOT_FOUND, componentType CDT, empty details.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("encounters.get", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}", {
  path: { patientId: PatientId, encounterId: EncounterId },
  success: Encounter
})

/**
 * Create an encounter for a patient, with its appointment if wanted. Starts as DRAFT. A disposition record is created with it
 * (dispositionId). With a template, the template's assessments are linked at once (links with fromTemplate true).
 * CurrentScheduledAppointment makes a calendar event of type ENCOUNTER; the docs only know calendarEventId. An early recording
 * also carried patient_id in the body (client slip); the server took no notice. Amounts in visitServices are in cents. location,
 * responsibleParty and visitServices are known from the Postman copy only.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("encounters.create", "/{tenant}/{instance}/patients/{patientId}/encounters", {
  path: { patientId: PatientId },
  body: EncounterCreate,
  success: Encounter
})

/**
 * Change fields or status of an encounter. Partial update: keys left out stay. Replies with the complete record. Release notes of
 * 2022: a new startDateTime needs an endDateTime with it, and earlier servers failed when eventStatus was missing. Separate
 * permissions exist for finalising and for changing a finalised encounter or its disposition, so 403 can depend on status.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("encounters.update", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}", {
  path: { patientId: PatientId, encounterId: EncounterId },
  body: EncounterUpdate,
  success: Encounter
})

/**
 * Delete an encounter. 200 with Content-Length 0. Reading it afterwards gives 404 DT_RECORD_NOT_FOUND.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("encounters.remove", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}", {
  path: { patientId: PatientId, encounterId: EncounterId }
})
