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
import { EncounterId } from "./Encounters.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * jsonBody of a disposition: the fields configured for the instance plus CDT system fields; custom disposition fields appear under
 * their own names (often prefixed uicedf-) next to these; values are json.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterDispositionBody = Codecs.open<EncounterDispositionBody>()({
  /** Same as the outer id. */
  id: Codecs.Id,
  /** Default configured field; null in every recording, absent in the docs' example because an instance may configure it away. */
  notes: Codecs.optionalNull(Codecs.Json),
  /** Encounter id. */
  source_id: Codecs.Id,
  /** __encounter__. */
  source_name: Schema.String,
  /** ENCOUNTER. */
  source_type: Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY"),
  /** Null in every recording; absent in the 2021 docs. */
  external_id: Schema.NullOr(Schema.String),
  /** Null in every recording; absent in the 2021 docs. */
  external_guid: Schema.NullOr(Codecs.Id),
  created_at: Codecs.Instant,
  created_by: Schema.NullOr(Codecs.Id),
  created_by_name: Schema.NullOr(Schema.String),
  updated_at: Codecs.Instant,
  updated_by: Schema.NullOr(Codecs.Id),
  updated_by_name: Schema.NullOr(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterDispositionBody extends Schema.Struct.Type<(typeof EncounterDispositionBody)["fields"]> {}

/**
 * Outcome record of an encounter; a record of the internal CDT __encounter_disposition__.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterDisposition = Codecs.open<EncounterDisposition>()({
  id: Codecs.Id,
  patientId: PatientId,
  cdtId: Codecs.Id,
  /** Formation version. */
  version: Schema.Int,
  /** __encounter_disposition__; absent in the 2021 docs. */
  cdtName: Schema.String,
  jsonBody: EncounterDispositionBody
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterDisposition extends Schema.Struct.Type<(typeof EncounterDisposition)["fields"]> {}

/**
 * Flat map of configured disposition fields to new values; null clears. Only the keys sent change. No fixed fields.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterDispositionUpdate = Codecs.JsonObject
/**
 * @since 0.1.0
 * @category models
 */
export type EncounterDispositionUpdate = typeof EncounterDispositionUpdate.Type

/**
 * Read the disposition of an encounter. One per encounter, made with it; there is no create or delete. Field names in jsonBody
 * depend on the instance's disposition formation.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get(
  "encounterDispositions.get",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/disposition",
  {
    path: { patientId: PatientId, encounterId: EncounterId },
    success: EncounterDisposition
  }
)

/**
 * Change disposition fields. Body is the bare map of field names to values, not wrapped in jsonBody. Partial: keys left out stay.
 * Field names contain hyphens; they are data, never convert their case.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch(
  "encounterDispositions.update",
  "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/disposition",
  {
    path: { patientId: PatientId, encounterId: EncounterId },
    body: EncounterDispositionUpdate,
    success: EncounterDisposition
  }
)
