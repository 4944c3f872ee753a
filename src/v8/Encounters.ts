/**
 * Encounters: contacts with a patient, planned or held, usually tied to a calendar event.
 *
 * What an encounter says stands in its `jsonBody`, where camelCase fields of its own meet the snake_case system fields of every
 * custom record. The module FullEncounters reads encounters with all that hangs on them.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import {
  CalendarEvent,
  CalendarEventAdditionalInfo,
  CalendarEventId,
  CalendarEventMode,
  CalendarEventStatus,
  CalendarEventType
} from "./CalendarEvents.js"
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
 * How far an encounter is. The care portal shows `DRAFT` as planned and `OPEN` as in progress; `ACTIVE` is the former name of `OPEN`.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterStatus = Codecs.openEnum("DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED")
/**
 * @since 0.1.0
 * @category models
 */
export type EncounterStatus = typeof EncounterStatus.Type

/**
 * Whom an encounter is with.
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
 * What an encounter says. The snake_case system fields and `id` are missing from lists by user and of the instance; the local
 * fields are missing where there is no calendar event.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterBody = Codecs.open<EncounterBody>()({
  /** The same as the encounter's own, which is always there. */
  id: Codecs.optional(EncounterId),
  title: Schema.String,
  /** May be empty. */
  description: Schema.NullOr(Schema.String),
  status: EncounterStatus,
  /** The type that the encounter template gives. */
  type: Schema.String,
  /** Name of the encounter template. */
  templateName: Schema.NullOr(Schema.String),
  /** Mostly null, even with a template. */
  templateTitle: Schema.NullOr(Schema.String),
  /** May be empty. */
  instruction: Schema.String,
  /** Empty and null both occur. */
  notes: Schema.NullOr(Schema.String),
  /** When it really began; null while `DRAFT`. */
  startDatetime: Schema.NullOr(Codecs.Instant),
  endDatetime: Schema.NullOr(Codecs.Instant),
  /** When it is planned to begin. Read-only. */
  localStartDatetime: Codecs.optional(Codecs.LocalInstant),
  /** When it is planned to end. Read-only. */
  localEndDatetime: Codecs.optional(Codecs.LocalInstant),
  calendarEventId: Schema.NullOr(CalendarEventId),
  /** A copy that may lag behind the event: `currentScheduledAppointment` does not. */
  calendarEvent: Schema.NullOr(CalendarEvent),
  /** The event as it stands. */
  currentScheduledAppointment: Schema.NullOr(CalendarEvent),
  calendarEventStartDatetime: Schema.NullOr(Codecs.Instant),
  localCalendarEventStartDatetime: Codecs.optional(Codecs.LocalInstant),
  /** Null on some encounters without an event. */
  dispositionId: Schema.NullOr(Codecs.Id),
  /** Host of the event. */
  ownerUserId: Schema.NullOr(UserId),
  /** May hold double blanks. */
  ownerUserName: Schema.NullOr(Schema.String),
  /** Who has the encounter open; null while `DRAFT`. */
  activeUserId: Schema.NullOr(UserId),
  activeUserName: Schema.NullOr(Schema.String),
  /** In lists by user and of the instance only. */
  patientInfo: Codecs.optional(EncounterPatientInfo),
  /** When the event, not the encounter, was created. */
  local_created_at: Codecs.optional(Codecs.LocalInstant),
  /** When the event, not the encounter, was changed. */
  local_updated_at: Codecs.optional(Codecs.LocalInstant),
  created_at: Codecs.optional(Codecs.Instant),
  created_by: Codecs.optionalNull(Codecs.Id),
  /** A user's full name, or `API_CLIENT:` and the client's name. */
  created_by_name: Codecs.optionalNull(Schema.String),
  updated_at: Codecs.optional(Codecs.Instant),
  updated_by: Codecs.optionalNull(Codecs.Id),
  /** A user's full name, or `API_CLIENT:` and the client's name. */
  updated_by_name: Codecs.optionalNull(Schema.String),
  source_id: Codecs.optionalNull(Codecs.Id),
  source_name: Codecs.optionalNull(Schema.String),
  source_type: Codecs.optionalNull(Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")),
  external_id: Codecs.optionalNull(Schema.String),
  external_guid: Codecs.optionalNull(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterBody extends Schema.Struct.Type<(typeof EncounterBody)["fields"]> {}

/**
 * A contact with a patient, kept as a record of the internal data type `__encounter__`. The three fields about that data type are
 * null in lists by user and of the instance.
 *
 * @since 0.1.0
 * @category models
 */
export const Encounter = Codecs.open<Encounter>()({
  id: EncounterId,
  patientId: PatientId,
  cdtId: Codecs.optionalNull(Codecs.Id),
  /** Version of the formation; it does not count edits. */
  version: Codecs.optionalNull(Schema.Int),
  cdtName: Codecs.optionalNull(Schema.String),
  jsonBody: EncounterBody
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Encounter extends Schema.Struct.Type<(typeof Encounter)["fields"]> {}

/**
 * Who takes part in the appointment of an encounter.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAppointmentParticipantInput = Codecs.open<EncounterAppointmentParticipantInput>()({
  /** Id of the user (role `psm`) or of the patient. */
  participantId: Codecs.Id,
  participantRole: Schema.Literal("patient", "psm"),
  attended: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAppointmentParticipantInput extends Schema.Struct.Type<(typeof EncounterAppointmentParticipantInput)["fields"]> {}

const appointmentDetails = {
  eventType: Codecs.optional(CalendarEventType),
  eventTitle: Codecs.optional(Schema.String),
  eventDescription: Codecs.optionalNull(Schema.String),
  eventStatus: Codecs.optional(CalendarEventStatus),
  eventMode: Codecs.optional(CalendarEventMode),
  externalId: Codecs.optionalNull(Schema.String),
  additionalInfo: Codecs.optionalNull(CalendarEventAdditionalInfo)
}

/**
 * An appointment to be made together with an encounter. Unlike with an event of its own, `SCHEDULED` and a mode are filled in.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAppointmentInput = Codecs.open<EncounterAppointmentInput>()({
  startDateTime: Codecs.Instant,
  endDateTime: Codecs.Instant,
  hostId: UserId,
  /** The host among them, as `psm`. */
  participants: Schema.Array(EncounterAppointmentParticipantInput),
  ...appointmentDetails
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAppointmentInput extends Schema.Struct.Type<(typeof EncounterAppointmentInput)["fields"]> {}

/**
 * A service billed with an encounter.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterVisitService = Codecs.open<EncounterVisitService>()({
  /** Its name in the Designer, usually `vs-…`. */
  name: Schema.String,
  /** Co-pay, in cents. */
  preVisitCost: Codecs.optional(Schema.Int),
  /** Fee, in cents. */
  serviceCost: Codecs.optional(Schema.Int),
  /** Their names in the Designer, usually `vm-…`. */
  modifiers: Codecs.optional(Schema.Array(Schema.String))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterVisitService extends Schema.Struct.Type<(typeof EncounterVisitService)["fields"]> {}

/**
 * A new encounter. Which fields the service insists on is not documented.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterCreate = Codecs.closed<EncounterCreate>()({
  title: Codecs.optional(Schema.String),
  description: Codecs.optional(Schema.String),
  /** Encounter template, whose assessments are linked at once. */
  templateName: Codecs.optional(Schema.String),
  /** An existing event. To make one, give `currentScheduledAppointment`. */
  calendarEventId: Codecs.optionalNull(CalendarEventId),
  notes: Codecs.optionalNull(Schema.String),
  /** Makes an event of type `ENCOUNTER`. */
  currentScheduledAppointment: Codecs.optional(EncounterAppointmentInput),
  /** Text for `IN-PERSON`, a link to the call drawer for `CALL`, a whole link for `VIDEO`. Since 2023. */
  location: Codecs.optional(Schema.String),
  /** Who pays. Since 2023. */
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
 * What is to change of an encounter's appointment. Only a new `hostId` is documented; older servers also want `eventStatus`.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterAppointmentUpdate = Codecs.closed<EncounterAppointmentUpdate>()({
  /** Wants `endDateTime` with it. */
  startDateTime: Codecs.optional(Codecs.Instant),
  endDateTime: Codecs.optional(Codecs.Instant),
  hostId: Codecs.optional(UserId),
  participants: Codecs.optional(Schema.Array(EncounterAppointmentParticipantInput)),
  ...appointmentDetails
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterAppointmentUpdate extends Schema.Struct.Type<(typeof EncounterAppointmentUpdate)["fields"]> {}

/**
 * What is to change of an encounter. Keys left out stay as they are.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterUpdate = Codecs.closed<EncounterUpdate>()({
  title: Codecs.optional(Schema.String),
  description: Codecs.optional(Schema.String),
  templateName: Codecs.optional(Schema.String),
  /** Moves the encounter on. Which moves are allowed is not documented. */
  status: Codecs.optional(EncounterStatus),
  calendarEventId: Codecs.optionalNull(CalendarEventId),
  notes: Codecs.optionalNull(Schema.String),
  /** Since 2022. */
  currentScheduledAppointment: Codecs.optional(EncounterAppointmentUpdate)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterUpdate extends Schema.Struct.Type<(typeof EncounterUpdate)["fields"]> {}

/**
 * Query of every list of encounters.
 *
 * @since 0.1.0
 * @category schemas
 */
export const listQuery = {
  ...Pagination.springQuery,
  statuses: Schema.optional(Codecs.commaSeparated(EncounterStatus)),
  /**
   * Whether only patients count in whose care team the caller is. API clients are in none: they send `false`, since lists come back
   * empty without it.
   */
  withCareTeam: Schema.optional(Schema.Boolean),
  /** Of full encounters, leaves out what is not tied to a calendar event, save the encounter. Not documented for other lists. */
  onlyWithCalendarEvent: Schema.optional(Schema.Boolean)
}

/**
 * One page of the encounters of the whole instance, in the reduced form: see {@link EncounterBody}. Not documented, but recorded.
 *
 * @example
 * ```ts
 * import * as Stream from "effect/Stream"
 * import { EncounterDispositions, Encounters } from "effect-welkin/v8"
 *
 * const outcomes = Encounters.listStream({ statuses: ["FINALIZED"], withCareTeam: false }).pipe(
 *   Stream.mapEffect(({ id, patientId }) => EncounterDispositions.get({ patientId, encounterId: id }), { concurrency: 4 })
 * )
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("encounters.list", "/{tenant}/{instance}/encounters", {
  query: listQuery,
  success: Pagination.metaInfoPage(Encounter)
})

/**
 * Every encounter of the instance.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list)

/**
 * Every page of the instance's encounters.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list)

/**
 * One page of a patient's encounters, system fields included. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listForPatient = Endpoint.get("encounters.listForPatient", "/{tenant}/{instance}/patients/{patientId}/encounters", {
  path: { patientId: PatientId },
  query: listQuery,
  success: Pagination.metaInfoPage(Encounter)
})

/**
 * Every encounter of a patient.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForPatientStream = Pagination.metaInfo(listForPatient)

/**
 * Every page of a patient's encounters.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForPatientPages = Pagination.metaInfoPages(listForPatient)

/**
 * One page of a user's encounters, in the reduced form: see {@link EncounterBody}. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listForUser = Endpoint.get("encounters.listForUser", "/{tenant}/{instance}/users/{userId}/encounters", {
  path: { userId: UserId },
  query: listQuery,
  success: Pagination.metaInfoPage(Encounter)
})

/**
 * Every encounter of a user.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForUserStream = Pagination.metaInfo(listForUser)

/**
 * Every page of a user's encounters.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForUserPages = Pagination.metaInfoPages(listForUser)

/**
 * Reads one encounter. `NotFound` with `DT_RECORD_NOT_FOUND` where it never was or is deleted. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("encounters.get", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}", {
  path: { patientId: PatientId, encounterId: EncounterId },
  success: Encounter
})

/**
 * Creates an encounter as `DRAFT`, with its disposition, the assessments of its template and, if wanted, its appointment. Recorded.
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
 * Changes fields or the status of an encounter. To finalize one, and to change a finalized one, are rights of their own: `Forbidden`
 * may depend on the status. Recorded.
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
 * Deletes an encounter. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("encounters.remove", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}", {
  path: { patientId: PatientId, encounterId: EncounterId }
})
