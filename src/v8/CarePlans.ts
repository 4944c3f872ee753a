/**
 * Care plans: the plan of a patient's care and its overview, a free text.
 *
 * Each patient has one plan, made by the platform. Its goals are in the module CarePlanGoals.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const CarePlanId = Codecs.id("CarePlanId")
/**
 * @since 0.1.0
 * @category ids
 */
export type CarePlanId = typeof CarePlanId.Type

/**
 * A free text about the patient, without an id of its own.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanOverview = Codecs.open<CarePlanOverview>()({
  createdByName: Schema.NullOr(Schema.String),
  createdAt: Codecs.Instant,
  updatedByName: Schema.NullOr(Schema.String),
  updatedAt: Codecs.Instant,
  overview: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanOverview extends Schema.Struct.Type<(typeof CarePlanOverview)["fields"]> {}

/**
 * A patient's care plan, without its goals.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlan = Codecs.open<CarePlan>()({
  id: CarePlanId,
  createdByName: Schema.NullOr(Schema.String),
  createdAt: Codecs.Instant,
  updatedByName: Schema.NullOr(Schema.String),
  updatedAt: Codecs.Instant,
  patientId: PatientId,
  /** Missing where nobody has written one yet. */
  patientOverview: Codecs.optionalNull(CarePlanOverview)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlan extends Schema.Struct.Type<(typeof CarePlan)["fields"]> {}

/**
 * What the overview is to say.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanOverviewInput = Codecs.closed<CarePlanOverviewInput>()({
  overview: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanOverviewInput extends Schema.Struct.Type<(typeof CarePlanOverviewInput)["fields"]> {}

/**
 * Reads a patient's care plan. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("carePlans.get", "/{tenant}/{instance}/patients/{patientId}/care-plan", {
  path: { patientId: PatientId },
  success: CarePlan
})

/**
 * Writes the overview of a care plan. One that is already there is overwritten and keeps its `createdAt`. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const createOverview = Endpoint.post("carePlans.createOverview", "/{tenant}/{instance}/patients/{patientId}/care-plan/overview", {
  path: { patientId: PatientId },
  body: CarePlanOverviewInput,
  success: CarePlanOverview
})

/**
 * Replaces the overview of a care plan; the plan's own `updatedAt` moves with it. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const updateOverview = Endpoint.put("carePlans.updateOverview", "/{tenant}/{instance}/patients/{patientId}/care-plan/overview", {
  path: { patientId: PatientId },
  body: CarePlanOverviewInput,
  success: CarePlanOverview
})
