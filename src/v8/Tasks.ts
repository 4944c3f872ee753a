/**
 * To-do items for users, optionally about a patient, with watchers and comments. Known from the 2021 docs only. Task, TaskPerson
 * and TaskComment are shared models; tasks of care-plan goals are in the area care-plans.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

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
 * Reference to a patient or user on a task.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskPerson = Codecs.open<TaskPerson>()({
  /** Documented, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Display name, filled in by the server. Documented, never recorded. */
  name: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskPerson extends Schema.Struct.Type<(typeof TaskPerson)["fields"]> {}

/**
 * Comment on a task. The docs show two shapes: author on task endpoints, createdByName/updatedByName/updatedAt on tasks nested in
 * a goal. Treat all but id, createdAt and text as optional.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskComment = Codecs.open<TaskComment>()({
  /** Documented, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  text: Codecs.optional(Schema.String),
  /** Absent in the goal form. Documented, never recorded. */
  author: Codecs.optional(TaskPerson),
  /** Goal form only. Documented, never recorded. */
  createdByName: Codecs.optionalNull(Schema.String),
  /** Goal form only. Documented, never recorded. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /** Goal form only. Documented, never recorded. */
  updatedByName: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskComment extends Schema.Struct.Type<(typeof TaskComment)["fields"]> {}

/**
 * A to-do item. Known from the docs only, never recorded on these endpoints: decode every field but id leniently (optional and
 * nullable). The data audit holds one recorded task, see AuditTask in the area audits.
 *
 * @since 0.1.0
 * @category models
 */
export const Task = Codecs.open<Task>()({
  /** Documented, never recorded. */
  id: Codecs.optional(TaskId),
  /** Documented, never recorded. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  name: Codecs.optional(Schema.String),
  /** May be an empty string; optional on input. Documented, never recorded. */
  description: Codecs.optional(Schema.String),
  /** Optional on input, so expect null or absence. Documented, never recorded. */
  dueDate: Codecs.optional(Codecs.Instant),
  /** One L in CANCELED, unlike calendar and encounter statuses. Documented, never recorded. */
  status: Codecs.optional(Codecs.openEnum("TODO", "IN_PROGRESS", "COMPLETED", "CANCELED")),
  /** Documented, never recorded. */
  priority: Codecs.optional(Codecs.openEnum("LOW", "MEDIUM", "HIGH", "URGENT")),
  /** Optional on input, so expect null or absence. Documented, never recorded. */
  patient: Codecs.optional(TaskPerson),
  /** Documented, never recorded. */
  assignee: Codecs.optional(TaskPerson),
  /** Creator, set by the server. Documented, never recorded. */
  author: Codecs.optional(TaskPerson),
  /** Missing in the samples of the comment endpoints. Documented, never recorded. */
  watchers: Codecs.optional(Schema.Array(TaskPerson)),
  /** Missing in the samples of the watcher endpoints. Documented, never recorded. */
  comments: Codecs.optional(Schema.Array(TaskComment)),
  /** Only on tasks that belong to a care-plan goal. Documented, never recorded. */
  goalId: Codecs.optional(Codecs.Id),
  /** Only on tasks that belong to a care-plan goal. Documented, never recorded. */
  watchersType: Codecs.optional(Codecs.openEnum("POINT_OF_CONTACT")),
  /**
   * Task template; in the Postman copy's request, in exports and on the one task recorded in the data audit. Documented, never
   * recorded.
   */
  templateName: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Task extends Schema.Struct.Type<(typeof Task)["fields"]> {}

/**
 * Reference by id.
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
 * Comment given at creation. Since 2025 it may be made on behalf of a patient (release notes); the key for that is not shown, so
 * let callers pass extra keys.
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
 * Body for creating a task.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskCreate = Codecs.closed<TaskCreate>()({
  name: Schema.String,
  priority: Schema.Literal("LOW", "MEDIUM", "HIGH", "URGENT"),
  status: Schema.Literal("TODO", "IN_PROGRESS", "COMPLETED", "CANCELED"),
  assignee: TaskPersonInput,
  description: Codecs.optional(Schema.String),
  dueDate: Codecs.optional(Codecs.Instant),
  patient: Codecs.optional(TaskPersonInput),
  watchers: Codecs.optional(Schema.Array(TaskPersonInput)),
  comments: Codecs.optional(Schema.Array(TaskCommentInput)),
  /** Task template; Postman copy only. */
  templateName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskCreate extends Schema.Struct.Type<(typeof TaskCreate)["fields"]> {}

/**
 * Body for updating a task. The docs mark four fields as required although the method is PATCH; the SDK should let callers leave
 * them out and say that the server may insist.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskUpdate = Codecs.closed<TaskUpdate>()({
  name: Schema.String,
  priority: Schema.Literal("LOW", "MEDIUM", "HIGH", "URGENT"),
  status: Schema.Literal("TODO", "IN_PROGRESS", "COMPLETED", "CANCELED"),
  assignee: TaskPersonInput,
  description: Codecs.optional(Schema.String),
  dueDate: Codecs.optional(Codecs.Instant),
  patient: Codecs.optional(TaskPersonInput),
  /** Postman copy only; the 2021 docs have calls of their own for watchers. */
  watchers: Codecs.optional(Schema.Array(TaskPersonInput)),
  /** Postman copy only; the 2021 docs have calls of their own for comments. */
  comments: Codecs.optional(Schema.Array(TaskCommentInput)),
  /** Postman copy only. */
  templateName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskUpdate extends Schema.Struct.Type<(typeof TaskUpdate)["fields"]> {}

/**
 * Body for setting the status of several tasks.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskStatusBatchUpdate = Codecs.closed<TaskStatusBatchUpdate>()({
  taskIds: Schema.Array(Codecs.Id),
  status: Schema.Literal("TODO", "IN_PROGRESS", "COMPLETED", "CANCELED")
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskStatusBatchUpdate extends Schema.Struct.Type<(typeof TaskStatusBatchUpdate)["fields"]> {}

/**
 * Body for subscribing a user.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskWatcherAdd = Codecs.closed<TaskWatcherAdd>()({
  /** User id. */
  id: Codecs.Id
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskWatcherAdd extends Schema.Struct.Type<(typeof TaskWatcherAdd)["fields"]> {}

/**
 * Body for adding a comment. The vendor's release notes of 2025 and 2026 say a comment can also be made on behalf of a patient or
 * of a user; how that is written in the body is not shown, so let callers pass extra keys. Without it the API client is the
 * author.
 *
 * @since 0.1.0
 * @category models
 */
export const TaskCommentCreate = Codecs.open<TaskCommentCreate>()({
  text: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TaskCommentCreate extends Schema.Struct.Type<(typeof TaskCommentCreate)["fields"]> {}

/**
 * Create a task. Documented only; no client method and no recording. The docs' Python samples pass the payload form-encoded
 * (data=); send JSON. Author is the caller. Author, assignee and watchers can see the task.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("tasks.create", "/{tenant}/{instance}/tasks", {
  body: TaskCreate,
  success: Task
})

/**
 * Search tasks. Page, size and sort are not listed in the docs of this call; inferred from the documented metaInfo block.
 * Documented only; no client method and no recording.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const search = Endpoint.get("tasks.search", "/{tenant}/{instance}/tasks", {
  query: {
    ...Pagination.springQuery,
    /** Tasks assigned to this user. */
    assigneeId: Schema.optional(Codecs.Id),
    /** Tasks about this patient. */
    patientId: Schema.optional(PatientId),
    /** Tasks this user watches. */
    watcherId: Schema.optional(Codecs.Id),
    /** Tasks this user created. */
    authorId: Schema.optional(Codecs.Id),
    /** Tasks where this user is assignee or watcher. */
    relatedUserId: Schema.optional(Codecs.Id),
    /** One or more, comma separated. */
    status: Schema.optional(Codecs.commaSeparated(Schema.Literal("TODO", "IN_PROGRESS", "COMPLETED", "CANCELED"))),
    /** One or more, comma separated. */
    priority: Schema.optional(Codecs.commaSeparated(Schema.Literal("LOW", "MEDIUM", "HIGH", "URGENT"))),
    /** Due on the day of this instant. */
    dueDate: Schema.optional(Codecs.Instant),
    /** Due up to that day. */
    dueBefore: Schema.optional(Codecs.Instant),
    /** Part of the description. */
    description: Schema.optional(Schema.String),
    /** Part of name or description. */
    search: Schema.optional(Schema.String)
  },
  success: Pagination.metaInfoPage(Task)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link search}.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchStream = Pagination.metaInfo(search)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchPages = Pagination.metaInfoPages(search)

/**
 * Read one task. Documented only; no client method and no recording.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("tasks.get", "/{tenant}/{instance}/tasks/{taskId}", {
  path: { taskId: TaskId },
  success: Task
})

/**
 * Change a task. Documented only; no client method and no recording. The docs' Python samples pass the payload form-encoded
 * (data=); send JSON. No delete is documented: use status CANCELED.
 *
 * Documented, never recorded.
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
 * Set the status of several tasks. Documented only; no client method and no recording. The docs' Python samples pass the payload
 * form-encoded (data=); send JSON. Replies with a bare array of the updated tasks.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const updateStatusBatch = Endpoint.patch("tasks.updateStatusBatch", "/{tenant}/{instance}/tasks", {
  body: TaskStatusBatchUpdate,
  success: Schema.Array(Task)
})

/**
 * Subscribe a user to a task. Documented only; no client method and no recording. The docs' Python samples pass the payload
 * form-encoded (data=); send JSON. PATCH, not POST. The docs' sample reply has no comments key.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const addWatcher = Endpoint.patch("tasks.addWatcher", "/{tenant}/{instance}/tasks/{taskId}/watchers", {
  path: { taskId: TaskId },
  body: TaskWatcherAdd,
  success: Task
})

/**
 * Unsubscribe a user from a task. Documented only; no client method and no recording. This delete replies with the task. The docs'
 * sample reply has no comments key.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const removeWatcher = Endpoint.del("tasks.removeWatcher", "/{tenant}/{instance}/tasks/{taskId}/watchers/{watcherId}", {
  path: { taskId: TaskId, watcherId: Codecs.Id },
  success: Task
})

/**
 * Add a comment to a task. Documented only; no client method and no recording. The docs' Python samples pass the payload
 * form-encoded (data=); send JSON. PATCH, not POST. Replies with the task; its comments hold the new comment (the docs' sample
 * shows that one only). No watchers key in the sample.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const addComment = Endpoint.patch("tasks.addComment", "/{tenant}/{instance}/tasks/{taskId}/comments", {
  path: { taskId: TaskId },
  body: TaskCommentCreate,
  success: Task
})

/**
 * Remove a comment from a task. Documented only; no client method and no recording. This delete replies with the task.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const removeComment = Endpoint.del("tasks.removeComment", "/{tenant}/{instance}/tasks/{taskId}/comments/{commentId}", {
  path: { taskId: TaskId, commentId: Codecs.Id },
  success: Task
})
