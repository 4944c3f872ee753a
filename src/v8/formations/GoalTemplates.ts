/**
 * The formation is an instance's configuration made in the designer: data types, assessments, encounter templates, goal templates,
 * programs, dictionaries. It exists as a published version (current), a draft and numbered versions; everything is addressed by
 * name. Reading works on any version, writing on the draft. Besides models and endpoints this file holds four lists for a code
 * generator: kinds, fieldTypes, systemFields and namingPrefixes. Definitions of profile types (/pdts) are in the area pdts.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Pagination from "../../Pagination.js"
import * as Endpoint from "../endpoint.js"
import { Version } from "./Version.js"

/**
 * Who gets the task.
 *
 * @since 0.1.0
 * @category models
 */
export const GoalTaskSubject = Codecs.open<GoalTaskSubject>()({
  type: Codecs.openEnum("ROLE", "POINT_OF_CONTACT"),
  /** With ROLE. */
  roleName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface GoalTaskSubject extends Schema.Struct.Type<(typeof GoalTaskSubject)["fields"]> {}

/**
 * Task made when the goal is set.
 *
 * @since 0.1.0
 * @category models
 */
export const GoalTaskTemplateRef = Codecs.open<GoalTaskTemplateRef>()({
  /** Task template name. */
  name: Schema.String,
  subjectConfig: GoalTaskSubject
})
/**
 * @since 0.1.0
 * @category models
 */
export interface GoalTaskTemplateRef extends Schema.Struct.Type<(typeof GoalTaskTemplateRef)["fields"]> {}

/**
 * Template of a care-plan goal. Known from recordings only.
 *
 * @since 0.1.0
 * @category models
 */
export const GoalTemplate = Codecs.open<GoalTemplate>()({
  /** Key; usual prefix gtmp-. */
  name: Schema.String,
  /** Text shown. */
  goalName: Schema.String,
  /** Instance-defined category. */
  type: Schema.String,
  /** LOW and MEDIUM recorded; HIGH is an option of the built-in goal type in the vendor's file. */
  priority: Codecs.openEnum("LOW", "MEDIUM", "HIGH"),
  taskTemplates: Schema.Array(GoalTaskTemplateRef)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface GoalTemplate extends Schema.Struct.Type<(typeof GoalTemplate)["fields"]> {}

/**
 * List the goal templates of a formation version. No write endpoint is known.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("goalTemplates.list", "/{tenant}/{instance}/formations/{version}/goal-templates", {
  path: { version: Version },
  success: Schema.Array(GoalTemplate)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Read one goal template. Has neither id nor version.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("goalTemplates.get", "/{tenant}/{instance}/formations/{version}/goal-templates/{goalTemplateName}", {
  path: { version: Version, goalTemplateName: Codecs.Id },
  success: GoalTemplate
})
