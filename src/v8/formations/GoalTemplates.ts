/**
 * Goal templates: goals that care plans offer, and the tasks that come with each. They are made in the Designer; the API only
 * reads them. A template has no id: its name is its key.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Pagination from "../../Pagination.js"
import * as Endpoint from "../endpoint.js"
import { Version } from "./Version.js"

/**
 * Who gets a task.
 *
 * @since 0.1.0
 * @category models
 */
export const GoalTaskSubject = Codecs.open<GoalTaskSubject>()({
  type: Codecs.openEnum("ROLE", "POINT_OF_CONTACT"),
  /** With `ROLE`. */
  roleName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface GoalTaskSubject extends Schema.Struct.Type<(typeof GoalTaskSubject)["fields"]> {}

/**
 * A task that is made when the goal is set.
 *
 * @since 0.1.0
 * @category models
 */
export const GoalTaskTemplateRef = Codecs.open<GoalTaskTemplateRef>()({
  /** Name of the task template. */
  name: Schema.String,
  subjectConfig: GoalTaskSubject
})
/**
 * @since 0.1.0
 * @category models
 */
export interface GoalTaskTemplateRef extends Schema.Struct.Type<(typeof GoalTaskTemplateRef)["fields"]> {}

/**
 * A goal template.
 *
 * @since 0.1.0
 * @category models
 */
export const GoalTemplate = Codecs.open<GoalTemplate>()({
  name: Schema.String,
  /** What is shown. */
  goalName: Schema.String,
  /** A category of the instance's own. */
  type: Schema.String,
  priority: Codecs.openEnum("LOW", "MEDIUM", "HIGH"),
  taskTemplates: Schema.Array(GoalTaskTemplateRef)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface GoalTemplate extends Schema.Struct.Type<(typeof GoalTemplate)["fields"]> {}

/**
 * All goal templates in one answer. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("goalTemplates.list", "/{tenant}/{instance}/formations/{version}/goal-templates", {
  path: { version: Version },
  success: Schema.Array(GoalTemplate)
})

/**
 * Every goal template. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads one goal template by its name. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("goalTemplates.get", "/{tenant}/{instance}/formations/{version}/goal-templates/{goalTemplateName}", {
  path: { version: Version, goalTemplateName: Codecs.Id },
  success: GoalTemplate
})
