/**
 * A patient's care plan: overview text, goals made from goal templates, comments and tasks of goals. Overview calls are recorded;
 * everything about goals is from the docs only. No source mentions interventions. Task, TaskPerson and TaskComment are shared
 * models.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * Free-text overview of the patient in the care plan. It has no id.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanOverview = Codecs.open<CarePlanOverview>()({
  /** Name of a user or API client. */
  createdByName: Schema.NullOr(Schema.String),
  createdAt: Codecs.Instant,
  /** Name of a user or API client. */
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
 * A patient's care plan: system fields and the overview. Goals are read separately.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlan = Codecs.open<CarePlan>()({
  id: Codecs.Id,
  /** Name of a user or API client. */
  createdByName: Schema.NullOr(Schema.String),
  createdAt: Codecs.Instant,
  /** Name of a user or API client. */
  updatedByName: Schema.NullOr(Schema.String),
  updatedAt: Codecs.Instant,
  /** Absent in the 2021 docs. */
  patientId: PatientId,
  /**
   * Present in every recording, all of patients with an overview; be lenient (null or absent) for a patient without one, since the
   * plan is older than its overview in the recordings.
   */
  patientOverview: CarePlanOverview
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlan extends Schema.Struct.Type<(typeof CarePlan)["fields"]> {}

/**
 * Body for setting the overview.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanOverviewCreate = Codecs.closed<CarePlanOverviewCreate>()({
  overview: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanOverviewCreate extends Schema.Struct.Type<(typeof CarePlanOverviewCreate)["fields"]> {}

/**
 * Body for replacing the overview.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanOverviewUpdate = Codecs.closed<CarePlanOverviewUpdate>()({
  overview: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanOverviewUpdate extends Schema.Struct.Type<(typeof CarePlanOverviewUpdate)["fields"]> {}

/**
 * Read a patient's care plan. One plan per patient; there is no create, the platform makes it. Goals are not part of the reply.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("carePlans.get", "/{tenant}/{instance}/patients/{patientId}/care-plan", {
  path: { patientId: PatientId },
  success: CarePlan
})

/**
 * Set the overview of a care plan. Acts as an upsert: posting over an existing overview replaces the text and keeps createdAt. The
 * client calls this creating the care plan; it replies with the overview, without an id.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const createOverview = Endpoint.post("carePlans.createOverview", "/{tenant}/{instance}/patients/{patientId}/care-plan/overview", {
  path: { patientId: PatientId },
  body: CarePlanOverviewCreate,
  success: CarePlanOverview
})

/**
 * Replace the overview of a care plan. Also moves the plan's own updatedAt.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const updateOverview = Endpoint.put("carePlans.updateOverview", "/{tenant}/{instance}/patients/{patientId}/care-plan/overview", {
  path: { patientId: PatientId },
  body: CarePlanOverviewUpdate,
  success: CarePlanOverview
})
