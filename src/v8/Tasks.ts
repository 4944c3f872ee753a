/**
 * Tasks: to-do items of users, on their own or about a patient, with watchers and comments.
 *
 * Author, assignee and watchers see a task. All of it is documented and none was ever recorded. Tasks of a care plan are made and
 * listed by the module CarePlanGoals.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { prepared } from "../internal/prepared.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import { UserId } from "./Users.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const TaskId = Codecs.id("TaskId")
/**
 * @since 0.1.0
 * @category ids
 */
export type TaskId = typeof TaskId.Type

/**
 * @since 0.1.0
 * @category ids
 */
export const TaskCommentId = Codecs.id("TaskCommentId")
/**
 * @since 0.1.0
 * @category ids
 */
export type TaskCommentId = typeof TaskCommentId.Type

/**
 * The statuses that a caller may set. `CANCELED` has one L, unlike the statuses of events and encounters.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskStatus = Schema.Literal("TODO", "IN_PROGRESS", "COMPLETED", "CANCELED")
/**
 * @since 0.1.0
 * @category models
 */
export type TaskStatus = typeof TaskStatus.Type

/**
 * The priorities that a caller may set.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskPriority = Schema.Literal("LOW", "MEDIUM", "HIGH", "URGENT")
/**
 * @since 0.1.0
 * @category models
 */
export type TaskPriority = typeof TaskPriority.Type

/**
 * A patient or a user, as a task names one.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskPerson = Codecs.open<TaskPerson>()({
  id: Codecs.Id,
  name: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskPerson extends Schema.Struct.Type<(typeof TaskPerson)["fields"]> {}

/**
 * A comment on a task. It names its `author`, or on tasks of a goal its authors by `createdByName` and `updatedByName`.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskComment = Codecs.open<TaskComment>()({
  id: TaskCommentId,
  createdAt: Codecs.Instant,
  text: Schema.String,
  author: Codecs.optionalNull(TaskPerson),
  createdByName: Codecs.optionalNull(Schema.String),
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  updatedByName: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskComment extends Schema.Struct.Type<(typeof TaskComment)["fields"]> {}

/**
 * A to-do item. Only its id is sure to be there.
 *
 * @since 0.1.0
 * @category models
 */
export const Task = Codecs.open<Task>()({
  id: TaskId,
  createdAt: Codecs.optionalNull(Codecs.Instant),
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  name: Codecs.optionalNull(Schema.String),
  description: Codecs.optionalNull(Schema.String),
  dueDate: Codecs.optionalNull(Codecs.Instant),
  status: Codecs.optionalNull(Codecs.openEnum(...TaskStatus.literals)),
  priority: Codecs.optionalNull(Codecs.openEnum(...TaskPriority.literals)),
  patient: Codecs.optionalNull(TaskPerson),
  assignee: Codecs.optionalNull(TaskPerson),
  author: Codecs.optionalNull(TaskPerson),
  /** Left out by the calls for comments. */
  watchers: Codecs.optionalNull(Schema.Array(TaskPerson)),
  /** Left out by the calls for watchers. */
  comments: Codecs.optionalNull(Schema.Array(TaskComment)),
  /** The goal of a care plan that it belongs to. */
  goalId: Codecs.optionalNull(Codecs.Id),
  /** On tasks of a goal. */
  watchersType: Codecs.optionalNull(Codecs.openEnum("POINT_OF_CONTACT")),
  /** Task template. */
  templateName: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Task extends Schema.Struct.Type<(typeof Task)["fields"]> {}

/**
 * A task that may come as the first of a list. Sources disagree on what some calls answer; either way the task is read.
 *
 * @since 0.1.0
 * @category schemas
 */
export const TaskOrList: Schema.Schema<Task, unknown> = prepared(Task, (answer) => (Array.isArray(answer) ? answer[0] : answer))

/**
 * A patient or a user, by id.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskPersonInput = Codecs.closed<TaskPersonInput>()({
  id: Codecs.Id
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskPersonInput extends Schema.Struct.Type<(typeof TaskPersonInput)["fields"]> {}

/**
 * A new comment, by the API client. Since 2025 one can be made on behalf of a patient or a user, under keys that are not
 * documented: further keys are sent as they are.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskCommentInput = Codecs.open<TaskCommentInput>()({
  text: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskCommentInput extends Schema.Struct.Type<(typeof TaskCommentInput)["fields"]> {}

/**
 * A new task.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskCreate = Codecs.closed<TaskCreate>()({
  name: Schema.String,
  priority: TaskPriority,
  status: TaskStatus,
  assignee: TaskPersonInput,
  description: Codecs.optional(Schema.String),
  dueDate: Codecs.optional(Codecs.Instant),
  patient: Codecs.optional(TaskPersonInput),
  watchers: Codecs.optional(Schema.Array(TaskPersonInput)),
  comments: Codecs.optional(Schema.Array(TaskCommentInput)),
  /** Task template. */
  templateName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskCreate extends Schema.Struct.Type<(typeof TaskCreate)["fields"]> {}

/**
 * What is to change of a task. Keys left out stay as they are, though the documentation wants `name`, `priority`, `status` and
 * `assignee` in every update: `BadRequest` where the service insists.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskUpdate = Codecs.closed<TaskUpdate>()({
  name: Codecs.optional(Schema.String),
  priority: Codecs.optional(TaskPriority),
  status: Codecs.optional(TaskStatus),
  assignee: Codecs.optional(TaskPersonInput),
  description: Codecs.optional(Schema.String),
  dueDate: Codecs.optional(Codecs.Instant),
  patient: Codecs.optional(TaskPersonInput),
  /** {@link addWatcher} and {@link removeWatcher} are better documented. */
  watchers: Codecs.optional(Schema.Array(TaskPersonInput)),
  /** {@link addComment} is better documented. */
  comments: Codecs.optional(Schema.Array(TaskCommentInput)),
  /** Task template. */
  templateName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskUpdate extends Schema.Struct.Type<(typeof TaskUpdate)["fields"]> {}

/**
 * Tasks and the status that all of them are to have.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskStatusesUpdate = Codecs.closed<TaskStatusesUpdate>()({
  taskIds: Schema.Array(TaskId),
  status: TaskStatus
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskStatusesUpdate extends Schema.Struct.Type<(typeof TaskStatusesUpdate)["fields"]> {}

/**
 * One page of the tasks that match. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const search = Endpoint.get("tasks.search", "/{tenant}/{instance}/tasks", {
  query: {
    ...Pagination.springQuery,
    assigneeId: Schema.optional(UserId),
    patientId: Schema.optional(PatientId),
    watcherId: Schema.optional(UserId),
    authorId: Schema.optional(Codecs.Id),
    /** Assignee or watcher. */
    relatedUserId: Schema.optional(UserId),
    status: Schema.optional(Codecs.commaSeparated(TaskStatus)),
    priority: Schema.optional(Codecs.commaSeparated(TaskPriority)),
    /** Due on the day of this moment. */
    dueDate: Schema.optional(Codecs.Instant),
    /** Due on the day of this moment or earlier. */
    dueBefore: Schema.optional(Codecs.Instant),
    /** Part of the description. */
    description: Schema.optional(Schema.String),
    /** Part of the name or the description. */
    search: Schema.optional(Schema.String)
  },
  success: Pagination.metaInfoPage(Task)
})

/**
 * Every task that matches.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchStream = Pagination.metaInfo(search)

/**
 * Every page of the tasks that match.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchPages = Pagination.metaInfoPages(search)

/**
 * Reads one task. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("tasks.get", "/{tenant}/{instance}/tasks/{taskId}", {
  path: { taskId: TaskId },
  success: Task
})

/**
 * Creates a task, whose author is the API client. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("tasks.create", "/{tenant}/{instance}/tasks", {
  body: TaskCreate,
  success: Task
})

/**
 * Changes a task. There is no call that deletes one: set the status to `CANCELED`. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("tasks.update", "/{tenant}/{instance}/tasks/{taskId}", {
  path: { taskId: TaskId },
  body: TaskUpdate,
  success: Task
})

/**
 * Sets the status of several tasks and answers with them. Documented, never recorded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { type Patients, Tasks } from "effect-welkin/v8"
 *
 * const cancelAll = (patientId: Patients.PatientId) =>
 *   Tasks.searchStream({ patientId, status: ["TODO", "IN_PROGRESS"] }).pipe(
 *     Stream.map((task) => task.id),
 *     Stream.runCollect,
 *     Effect.flatMap((ids) => Tasks.updateStatuses({ body: { taskIds: Array.from(ids), status: "CANCELED" } }))
 *   )
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const updateStatuses = Endpoint.patch("tasks.updateStatuses", "/{tenant}/{instance}/tasks", {
  body: TaskStatusesUpdate,
  success: Schema.Array(Task)
})

/**
 * Has a user watch a task. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const addWatcher = Endpoint.patch("tasks.addWatcher", "/{tenant}/{instance}/tasks/{taskId}/watchers", {
  path: { taskId: TaskId },
  body: TaskPersonInput,
  success: Task
})

/**
 * Has a user watch a task no more, and answers with the task. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const removeWatcher = Endpoint.del("tasks.removeWatcher", "/{tenant}/{instance}/tasks/{taskId}/watchers/{watcherId}", {
  path: { taskId: TaskId, watcherId: UserId },
  success: Task
})

/**
 * Adds a comment and answers with the task, whose `comments` may hold the new one alone. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const addComment = Endpoint.patch("tasks.addComment", "/{tenant}/{instance}/tasks/{taskId}/comments", {
  path: { taskId: TaskId },
  body: TaskCommentInput,
  success: Task
})

/**
 * Removes a comment and answers with the task. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const removeComment = Endpoint.del("tasks.removeComment", "/{tenant}/{instance}/tasks/{taskId}/comments/{commentId}", {
  path: { taskId: TaskId, commentId: TaskCommentId },
  success: TaskOrList
})
