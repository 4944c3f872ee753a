/**
 * Reports: figures that Welkin computes over all patients of the instance.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * A program, and the patients in it.
 *
 * @since 0.1.0
 * @category models
 */
export const PhaseDistributionRow = Codecs.open<PhaseDistributionRow>()({
  title: Codecs.optionalNull(Schema.String),
  count: Codecs.optionalNull(Schema.Int),
  name: Codecs.optionalNull(Schema.String),
  patientIds: Codecs.optionalNull(Schema.Array(PatientId)),
  /** What an item looks like is unknown. */
  phases: Codecs.optionalNull(Schema.Array(Codecs.Json))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PhaseDistributionRow extends Schema.Struct.Type<(typeof PhaseDistributionRow)["fields"]> {}

/**
 * Tells how many patients are in which phase of which program, all programs in one answer. Known from use by others, never
 * recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const patientProgramPhaseDistribution = Endpoint.get(
  "reports.patientProgramPhaseDistribution",
  "/{tenant}/{instance}/reports/patient-program-phase-distribution",
  {
    success: Schema.Array(PhaseDistributionRow)
  }
)
