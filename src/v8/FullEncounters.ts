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
import { CalendarEvent } from "./CalendarEvents.js"
import { EncounterAssessmentLink } from "./EncounterAssessments.js"
import { EncounterComment } from "./EncounterComments.js"
import { EncounterDisposition } from "./EncounterDispositions.js"
import { Encounter, EncounterId } from "./Encounters.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import { User, UserId } from "./Users.js"

/**
 * An encounter with everything around it.
 *
 * @since 0.1.0
 * @category models
 */
export const FullEncounter = Codecs.open<FullEncounter>()({
  encounter: Encounter,
  /** Be lenient: may be null or absent, e.g. with onlyWithCalendarEvent. */
  disposition: EncounterDisposition,
  /** Be lenient: null or absent when the encounter has no event. */
  calendarEvent: CalendarEvent,
  /**
   * Host of the event, without applicationAccess, timezone, phone and credentials and with empty roles, policies, territories and
   * seats in every recording; null or absent when there is no event (inferred).
   */
  userRelatedToCalendarEvent: User,
  /** Be lenient: may be absent with onlyWithCalendarEvent. */
  assessmentLinks: Schema.Array(EncounterAssessmentLink),
  /** Empty in every recording; be lenient as above. */
  comments: Schema.Array(EncounterComment)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface FullEncounter extends Schema.Struct.Type<(typeof FullEncounter)["fields"]> {}

/**
 * List encounters of the whole instance with related data. Known only from the way the client builds the path; never recorded.
 * Shape assumed to be that of the other full lists.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("fullEncounters.list", "/{tenant}/{instance}/full-encounters", {
  query: {
    ...Pagination.springQuery,
    /** The client joins several with commas in one parameter; docs list DRAFT, OPEN, ACTIVE, FINALIZED; the client lists OPEN, CANCELLED, DRAFT, FINALIZED; DRAFT and OPEN recorded. The vendor's release notes of 2021 rename active to open and correct CANCELED to CANCELLED, so ACTIVE is probably dead; the care portal shows DRAFT as planned and OPEN as in progress (inferred). */
    statuses: Schema.optional(Codecs.commaSeparated(Codecs.openEnum("DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED"))),
    /** Documented for full-encounters only; the client offers it on all lists. */
    onlyWithCalendarEvent: Schema.optional(Schema.Boolean),
    /** Not in the docs. Without it the instance-wide list was empty for an API client, with false it held all encounters: it seems to default to true and to limit the list to patients of the caller's care team (inferred). Send false for API clients. */
    withCareTeam: Schema.optional(Schema.Boolean)
  },
  success: Pagination.metaInfoPage(FullEncounter)
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
 * List a patient's encounters with disposition, event, host, assessment links and comments. Not recorded; the item shape is taken
 * from the recorded single read.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listForPatient = Endpoint.get("fullEncounters.listForPatient", "/{tenant}/{instance}/patients/{patientId}/full-encounters", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.springQuery,
    /** The client joins several with commas in one parameter; docs list DRAFT, OPEN, ACTIVE, FINALIZED; the client lists OPEN, CANCELLED, DRAFT, FINALIZED; DRAFT and OPEN recorded. The vendor's release notes of 2021 rename active to open and correct CANCELED to CANCELLED, so ACTIVE is probably dead; the care portal shows DRAFT as planned and OPEN as in progress (inferred). */
    statuses: Schema.optional(Codecs.commaSeparated(Codecs.openEnum("DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED"))),
    /** Leave out everything not tied to a calendar event, except the encounter record itself. */
    onlyWithCalendarEvent: Schema.optional(Schema.Boolean),
    /** Not in the docs. Without it the instance-wide list was empty for an API client, with false it held all encounters: it seems to default to true and to limit the list to patients of the caller's care team (inferred). Send false for API clients. */
    withCareTeam: Schema.optional(Schema.Boolean)
  },
  success: Pagination.metaInfoPage(FullEncounter)
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
 * List a user's encounters with disposition, event, host, assessment links and comments. Not recorded; the nested encounter may be
 * reduced as in the plain list by user.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listForUser = Endpoint.get("fullEncounters.listForUser", "/{tenant}/{instance}/users/{userId}/full-encounters", {
  path: { userId: UserId },
  query: {
    ...Pagination.springQuery,
    /** The client joins several with commas in one parameter; docs list DRAFT, OPEN, ACTIVE, FINALIZED; the client lists OPEN, CANCELLED, DRAFT, FINALIZED; DRAFT and OPEN recorded. The vendor's release notes of 2021 rename active to open and correct CANCELED to CANCELLED, so ACTIVE is probably dead; the care portal shows DRAFT as planned and OPEN as in progress (inferred). */
    statuses: Schema.optional(Codecs.commaSeparated(Codecs.openEnum("DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED"))),
    /** Leave out everything not tied to a calendar event, except the encounter record itself. */
    onlyWithCalendarEvent: Schema.optional(Schema.Boolean),
    /** Not in the docs. Without it the instance-wide list was empty for an API client, with false it held all encounters: it seems to default to true and to limit the list to patients of the caller's care team (inferred). Send false for API clients. */
    withCareTeam: Schema.optional(Schema.Boolean)
  },
  success: Pagination.metaInfoPage(FullEncounter)
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
 * Read one encounter with disposition, event, host, assessment links and comments. The object has no id of its own; use
 * encounter.id.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("fullEncounters.get", "/{tenant}/{instance}/patients/{patientId}/full-encounters/{encounterId}", {
  path: { patientId: PatientId, encounterId: EncounterId },
  success: FullEncounter
})
