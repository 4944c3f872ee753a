/**
 * A patient's care plan: overview text, goals made from goal templates, comments and tasks of goals. Overview calls are recorded;
 * everything about goals is from the docs only. No source mentions interventions. Task, TaskPerson and TaskComment are shared
 * models.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import { Task, TaskPersonInput } from "./Tasks.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const CarePlanGoalId = Codecs.id("CarePlanGoalId")
/**
 * @since 0.1.0
 * @category ids
 */
export type CarePlanGoalId = typeof CarePlanGoalId.Type

/**
 * A goal in a care plan, made from a goal template; kept as a record of the internal CDT _patient_goal.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoal = Codecs.open<CarePlanGoal>()({
  /** Documented, never recorded. */
  id: Codecs.optional(CarePlanGoalId),
  /** Documented, never recorded. */
  createdByName: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  updatedByName: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  name: Codecs.optional(Schema.String),
  /** Comes from the goal template; free text there (words such as dietary and exercise recorded). Documented, never recorded. */
  type: Codecs.optional(Schema.String),
  /**
   * Whole set from the vendor's configuration file (internal CDT _patient_goal); tasks also have URGENT. Documented, never
   * recorded.
   */
  priority: Codecs.optional(Codecs.openEnum("LOW", "MEDIUM", "HIGH")),
  /** Whole set confirmed by the vendor's configuration file. Documented, never recorded. */
  status: Codecs.optional(Codecs.openEnum("ACTIVE", "REMOVED", "COMPLETED")),
  /** Goal template name. Documented, never recorded. */
  templateName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoal extends Schema.Struct.Type<(typeof CarePlanGoal)["fields"]> {}

/**
 * Body for adding a goal.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalCreate = Codecs.closed<CarePlanGoalCreate>()({
  /** Must exist in the designer. */
  goalTemplateName: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalCreate extends Schema.Struct.Type<(typeof CarePlanGoalCreate)["fields"]> {}

/**
 * Partial update of a goal; only these three can change.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalUpdate = Codecs.closed<CarePlanGoalUpdate>()({
  name: Codecs.optional(Schema.String),
  priority: Codecs.optional(Schema.Literal("LOW", "MEDIUM", "HIGH")),
  status: Codecs.optional(Schema.Literal("ACTIVE", "REMOVED", "COMPLETED"))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalUpdate extends Schema.Struct.Type<(typeof CarePlanGoalUpdate)["fields"]> {}

/**
 * Comment on a goal.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalComment = Codecs.open<CarePlanGoalComment>()({
  /** Documented, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  createdByName: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  updatedByName: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  text: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalComment extends Schema.Struct.Type<(typeof CarePlanGoalComment)["fields"]> {}

/**
 * Body for adding a comment to a goal.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalCommentCreate = Codecs.closed<CarePlanGoalCommentCreate>()({
  text: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalCommentCreate extends Schema.Struct.Type<(typeof CarePlanGoalCommentCreate)["fields"]> {}

/**
 * A goal with its tasks and comments.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalDetails = Codecs.open<CarePlanGoalDetails>()({
  /** Documented, never recorded. */
  details: Codecs.optional(CarePlanGoal),
  /** Documented, never recorded. */
  tasks: Codecs.optional(Schema.Array(Task)),
  /** Empty in the docs; item shape from the goal comment endpoints. */
  comments: Codecs.optional(Schema.Array(CarePlanGoalComment))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalDetails extends Schema.Struct.Type<(typeof CarePlanGoalDetails)["fields"]> {}

/**
 * Body for adding a task to a goal. Same fields as the task area; which are required is stated there only.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalTaskCreate = Codecs.closed<CarePlanGoalTaskCreate>()({
  /** Required in the task area. */
  name: Schema.String,
  /** Required in the task area. */
  status: Schema.Literal("TODO", "IN_PROGRESS", "COMPLETED", "CANCELED"),
  /** Required in the task area. */
  priority: Schema.Literal("LOW", "MEDIUM", "HIGH", "URGENT"),
  /** Required in the task area. */
  assignee: TaskPersonInput,
  description: Codecs.optional(Schema.String),
  dueDate: Codecs.optional(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalTaskCreate extends Schema.Struct.Type<(typeof CarePlanGoalTaskCreate)["fields"]> {}

/**
 * List goals of a care plan. Documented only; no client method and no recording. Goals only, without tasks and comments.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("carePlanGoals.list", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals", {
  path: { patientId: PatientId },
  query: {
    page: Pagination.springQuery.page,
    size: Pagination.springQuery.size,
    /** The docs give the three words comma separated as the type; whether several may be sent is not stated. */
    status: Schema.optional(Schema.Literal("ACTIVE", "REMOVED", "COMPLETED"))
  },
  success: Pagination.metaInfoPage(CarePlanGoal)
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
 * Add a goal from a goal template. Documented only; no client method and no recording. Task templates of the goal template become
 * tasks of the goal (inferred from the docs' timestamps).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("carePlanGoals.create", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals", {
  path: { patientId: PatientId },
  body: CarePlanGoalCreate,
  success: CarePlanGoal
})

/**
 * Read a goal with its tasks and comments. Documented only; no client method and no recording. The goal itself is under details.
 * Tasks here carry goalId and watchersType, and their comments have the createdByName form instead of author.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("carePlanGoals.get", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}", {
  path: { patientId: PatientId, goalId: CarePlanGoalId },
  success: CarePlanGoalDetails
})

/**
 * Change name, priority or status of a goal. Documented only; no client method and no recording. There is no delete: set status
 * REMOVED.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("carePlanGoals.update", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}", {
  path: { patientId: PatientId, goalId: CarePlanGoalId },
  body: CarePlanGoalUpdate,
  success: CarePlanGoal
})

/**
 * List the comments of a goal. Documented only; no client method and no recording.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listComments = Endpoint.get(
  "carePlanGoals.listComments",
  "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}/comments",
  {
    path: { patientId: PatientId, goalId: CarePlanGoalId },
    success: Schema.Array(CarePlanGoalComment)
  }
)

/**
 * Every one of them, page by page as the consumer pulls: see {@link listComments}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listCommentsStream = Pagination.list(listComments)

/**
 * Add a comment to a goal. Documented only; no client method and no recording.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const addComment = Endpoint.post(
  "carePlanGoals.addComment",
  "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}/comments",
  {
    path: { patientId: PatientId, goalId: CarePlanGoalId },
    body: CarePlanGoalCommentCreate,
    success: CarePlanGoalComment
  }
)

/**
 * List the tasks of a goal. Documented only; no client method and no recording.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listTasks = Endpoint.get(
  "carePlanGoals.listTasks",
  "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}/tasks",
  {
    path: { patientId: PatientId, goalId: CarePlanGoalId },
    success: Schema.Array(Task)
  }
)

/**
 * Every one of them, page by page as the consumer pulls: see {@link listTasks}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listTasksStream = Pagination.list(listTasks)

/**
 * Add a task of one's own to a goal. Documented only; no client method and no recording.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const addTask = Endpoint.post("carePlanGoals.addTask", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}/tasks", {
  path: { patientId: PatientId, goalId: CarePlanGoalId },
  body: CarePlanGoalTaskCreate,
  success: Task
})
