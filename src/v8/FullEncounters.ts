/**
 * Full encounters: encounters with their disposition, calendar event, host, assessment links and comments.
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
import { Encounter, EncounterId, listQuery } from "./Encounters.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import { User, UserId } from "./Users.js"

/**
 * An encounter with all that hangs on it. It has no id of its own: `encounter.id` is its id. What hangs on it may be missing, above
 * all with `onlyWithCalendarEvent`.
 *
 * @since 0.1.0
 * @category models
 */
export const FullEncounter = Codecs.open<FullEncounter>()({
  encounter: Encounter,
  disposition: Codecs.optionalNull(EncounterDisposition),
  calendarEvent: Codecs.optionalNull(CalendarEvent),
  /** The host of the event, in a copy without access, rights, territories and seats. */
  userRelatedToCalendarEvent: Codecs.optionalNull(User),
  assessmentLinks: Codecs.optionalNull(Schema.Array(EncounterAssessmentLink)),
  comments: Codecs.optionalNull(Schema.Array(EncounterComment))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface FullEncounter extends Schema.Struct.Type<(typeof FullEncounter)["fields"]> {}

/**
 * One page of the full encounters of the whole instance. Neither documented nor recorded: taken to be like the lists by patient and
 * by user.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("fullEncounters.list", "/{tenant}/{instance}/full-encounters", {
  query: listQuery,
  success: Pagination.metaInfoPage(FullEncounter)
})

/**
 * Every full encounter of the instance.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list)

/**
 * Every page of the instance's full encounters.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list)

/**
 * One page of a patient's full encounters. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listForPatient = Endpoint.get("fullEncounters.listForPatient", "/{tenant}/{instance}/patients/{patientId}/full-encounters", {
  path: { patientId: PatientId },
  query: listQuery,
  success: Pagination.metaInfoPage(FullEncounter)
})

/**
 * Every full encounter of a patient.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForPatientStream = Pagination.metaInfo(listForPatient)

/**
 * Every page of a patient's full encounters.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForPatientPages = Pagination.metaInfoPages(listForPatient)

/**
 * One page of a user's full encounters, whose `encounter` may be in the reduced form. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listForUser = Endpoint.get("fullEncounters.listForUser", "/{tenant}/{instance}/users/{userId}/full-encounters", {
  path: { userId: UserId },
  query: listQuery,
  success: Pagination.metaInfoPage(FullEncounter)
})

/**
 * Every full encounter of a user.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForUserStream = Pagination.metaInfo(listForUser)

/**
 * Every page of a user's full encounters.
 *
 * @since 0.1.0
 * @category streams
 */
export const listForUserPages = Pagination.metaInfoPages(listForUser)

/**
 * Reads one encounter with all that hangs on it. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("fullEncounters.get", "/{tenant}/{instance}/patients/{patientId}/full-encounters/{encounterId}", {
  path: { patientId: PatientId, encounterId: EncounterId },
  success: FullEncounter
})
