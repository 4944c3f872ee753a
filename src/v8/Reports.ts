/**
 * Bulk reading of whole resources across all patients, ordered by last change, for API clients. Thirteen path names are proven by
 * a working connector, the Python client or release notes; seven more categories are announced without their names. No recording
 * exists: shapes come from a customer's connector, types from the same resource read singly. Decode openly: every field optional
 * and nullable.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"

/**
 * One program of the report.
 *
 * @since 0.1.0
 * @category models
 */
export const PhaseDistributionRow = Codecs.open<PhaseDistributionRow>()({
  /** Known from a client, never recorded. */
  title: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  count: Codecs.optionalNull(Schema.Int),
  /** Known from a client, never recorded. */
  name: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  patientIds: Codecs.optionalNull(Schema.Array(Codecs.Id)),
  /** Known from a client, never recorded. */
  phases: Codecs.optionalNull(Schema.Array(Codecs.Json))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PhaseDistributionRow extends Schema.Struct.Type<(typeof PhaseDistributionRow)["fields"]> {}

/**
 * How many patients stand in which phase of which program.
 *
 * Documented, never recorded.
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
