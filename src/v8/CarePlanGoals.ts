/**
 * Care plan goals: what a patient is to reach, with the comments and tasks of each goal.
 *
 * Goals are made from goal templates. All of it is documented and none was ever recorded.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import { Task, TaskCreate, TaskOrList } from "./Tasks.js"

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
 * @since 0.1.0
 * @category ids
 */
export const CarePlanGoalCommentId = Codecs.id("CarePlanGoalCommentId")
/**
 * @since 0.1.0
 * @category ids
 */
export type CarePlanGoalCommentId = typeof CarePlanGoalCommentId.Type

/**
 * The priorities that a caller may set. There is no `URGENT` as with tasks.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalPriority = Schema.Literal("LOW", "MEDIUM", "HIGH")
/**
 * @since 0.1.0
 * @category models
 */
export type CarePlanGoalPriority = typeof CarePlanGoalPriority.Type

/**
 * The statuses that a caller may set.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalStatus = Schema.Literal("ACTIVE", "REMOVED", "COMPLETED")
/**
 * @since 0.1.0
 * @category models
 */
export type CarePlanGoalStatus = typeof CarePlanGoalStatus.Type

/**
 * A goal. Only its id is sure to be there.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoal = Codecs.open<CarePlanGoal>()({
  id: CarePlanGoalId,
  createdByName: Codecs.optionalNull(Schema.String),
  createdAt: Codecs.optional(Codecs.Instant),
  updatedByName: Codecs.optionalNull(Schema.String),
  updatedAt: Codecs.optional(Codecs.Instant),
  name: Codecs.optional(Schema.String),
  /** Free text of the goal template, such as `dietary`. */
  type: Codecs.optional(Schema.String),
  priority: Codecs.optional(Codecs.openEnum(...CarePlanGoalPriority.literals)),
  status: Codecs.optional(Codecs.openEnum(...CarePlanGoalStatus.literals)),
  /** Goal template. */
  templateName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoal extends Schema.Struct.Type<(typeof CarePlanGoal)["fields"]> {}

/**
 * A comment on a goal. Only its id is sure to be there.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalComment = Codecs.open<CarePlanGoalComment>()({
  id: CarePlanGoalCommentId,
  createdByName: Codecs.optionalNull(Schema.String),
  createdAt: Codecs.optional(Codecs.Instant),
  updatedByName: Codecs.optionalNull(Schema.String),
  updatedAt: Codecs.optional(Codecs.Instant),
  text: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalComment extends Schema.Struct.Type<(typeof CarePlanGoalComment)["fields"]> {}

/**
 * A goal, under `details`, with its tasks and comments.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalDetails = Codecs.open<CarePlanGoalDetails>()({
  details: CarePlanGoal,
  tasks: Codecs.optional(Schema.Array(Task)),
  comments: Codecs.optional(Schema.Array(CarePlanGoalComment))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalDetails extends Schema.Struct.Type<(typeof CarePlanGoalDetails)["fields"]> {}

/**
 * A new goal.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalCreate = Codecs.closed<CarePlanGoalCreate>()({
  /** A goal template of the Designer. */
  goalTemplateName: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalCreate extends Schema.Struct.Type<(typeof CarePlanGoalCreate)["fields"]> {}

/**
 * What is to change of a goal. Keys left out stay as they are.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalUpdate = Codecs.closed<CarePlanGoalUpdate>()({
  name: Codecs.optional(Schema.String),
  priority: Codecs.optional(CarePlanGoalPriority),
  status: Codecs.optional(CarePlanGoalStatus)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalUpdate extends Schema.Struct.Type<(typeof CarePlanGoalUpdate)["fields"]> {}

/**
 * A new comment.
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
 * A new task of a goal: less can be said of it than of other tasks.
 *
 * @since 0.1.0
 * @category models
 */
export const CarePlanGoalTaskCreate = Codecs.closed<CarePlanGoalTaskCreate>()(
  Struct.pick(TaskCreate.fields, "name", "status", "priority", "assignee", "description", "dueDate")
)
/**
 * @since 0.1.0
 * @category models
 */
export interface CarePlanGoalTaskCreate extends Schema.Struct.Type<(typeof CarePlanGoalTaskCreate)["fields"]> {}

/**
 * One page of the goals of a patient, without tasks and comments. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("carePlanGoals.list", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals", {
  path: { patientId: PatientId },
  query: {
    page: Pagination.springQuery.page,
    size: Pagination.springQuery.size,
    status: Schema.optional(CarePlanGoalStatus)
  },
  success: Pagination.metaInfoPage(CarePlanGoal)
})

/**
 * Every goal of a patient.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list)

/**
 * Every page of a patient's goals.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list)

/**
 * Reads a goal with its tasks and comments. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("carePlanGoals.get", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}", {
  path: { patientId: PatientId, goalId: CarePlanGoalId },
  success: CarePlanGoalDetails
})

/**
 * Adds a goal from a goal template, whose task templates become tasks of the goal. Documented, never recorded.
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
 * Changes a goal. There is no call that deletes one: set the status to `REMOVED`. Documented, never recorded.
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
 * The comments on a goal, whole. Documented, never recorded.
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
 * The comments one by one. Their list comes in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listCommentsStream = Pagination.list(listComments)

/**
 * Adds a comment to a goal. Documented, never recorded.
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
 * The tasks of a goal, whole. Documented, never recorded.
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
 * The tasks one by one. Their list comes in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listTasksStream = Pagination.list(listTasks)

/**
 * Adds a task to a goal. Documented, never recorded; the answer may be the task or a list that begins with it.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const addTask = Endpoint.post("carePlanGoals.addTask", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}/tasks", {
  path: { patientId: PatientId, goalId: CarePlanGoalId },
  body: CarePlanGoalTaskCreate,
  success: TaskOrList
})
