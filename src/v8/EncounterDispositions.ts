/**
 * Encounter dispositions: the outcome of an encounter, in fields that each instance designs for itself.
 *
 * An encounter has one, made together with it. There is no create and no delete.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { EncounterId } from "./Encounters.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const EncounterDispositionId = Codecs.id("EncounterDispositionId")
/**
 * @since 0.1.0
 * @category ids
 */
export type EncounterDispositionId = typeof EncounterDispositionId.Type

/**
 * What a disposition says: the system fields, and beside them the instance's own fields under their own names, such as
 * `uicedf-outcome`. Those are read with `Codecs.extension`.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterDispositionBody = Codecs.open<EncounterDispositionBody>()({
  /** The same as the disposition's own. */
  id: EncounterDispositionId,
  /** A field that instances have unless they design it away. */
  notes: Codecs.optional(Codecs.Json),
  source_id: EncounterId,
  /** `__encounter__`. */
  source_name: Schema.String,
  source_type: Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY"),
  external_id: Schema.NullOr(Schema.String),
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
 * The outcome of an encounter, kept as a record of the internal data type `__encounter_disposition__`.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterDisposition = Codecs.open<EncounterDisposition>()({
  id: EncounterDispositionId,
  patientId: PatientId,
  cdtId: Codecs.Id,
  /** Version of the formation; it does not count edits. */
  version: Schema.Int,
  cdtName: Schema.String,
  jsonBody: EncounterDispositionBody
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterDisposition extends Schema.Struct.Type<(typeof EncounterDisposition)["fields"]> {}

/**
 * Names of the instance's own fields, as they are spelt, and their new values; null clears. Keys left out stay as they are.
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
 * Reads the disposition of an encounter. Recorded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Schema from "effect/Schema"
 * import { Codecs } from "effect-welkin"
 * import { EncounterDispositions, type Encounters } from "effect-welkin/v8"
 *
 * const outcome = Codecs.extension(Schema.Struct({ "uicedf-outcome": Schema.NullOr(Schema.String) }))
 *
 * const outcomeOf = ({ id, patientId }: Encounters.Encounter) =>
 *   Effect.flatMap(EncounterDispositions.get({ patientId, encounterId: id }), ({ jsonBody }) => outcome(jsonBody))
 * ```
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
 * Changes fields of a disposition. On a finalized encounter that is a right of its own: `Forbidden` without it. Recorded.
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
