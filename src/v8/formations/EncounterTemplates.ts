/**
 * Encounter templates: what a new encounter starts with, from its title and length to the assessments linked to it.
 *
 * Writing works on the draft. A draft is begun, published and discarded in the Designer, not through the API.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Pagination from "../../Pagination.js"
import * as Endpoint from "../endpoint.js"
import { Version } from "./Version.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const EncounterTemplateId = Codecs.id("EncounterTemplateId")
/**
 * @since 0.1.0
 * @category ids
 */
export type EncounterTemplateId = typeof EncounterTemplateId.Type

const DeliveryMethod = Codecs.openEnum("VIDEO", "CALL", "IN-PERSON")

/**
 * An encounter template.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterTemplate = Codecs.open<EncounterTemplate>()({
  id: EncounterTemplateId,
  /** The template's key: the `templateName` of its encounters. */
  name: Schema.String,
  title: Schema.String,
  /** Assessments linked to a new encounter. */
  assessmentNames: Schema.Array(Schema.String),
  encounterDescription: Codecs.optional(Schema.String),
  /** HTML, or empty. */
  encounterInstruction: Codecs.optional(Schema.String),
  /** `#rrggbb`. */
  encounterColor: Codecs.optional(Schema.String),
  /** Free text, or the template's name. Encounters take it over. */
  type: Codecs.optional(Schema.String),
  deliveryMethod: Codecs.optional(DeliveryMethod),
  /** Minutes, by the look of it. */
  defaultDuration: Codecs.optional(Schema.Int)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterTemplate extends Schema.Struct.Type<(typeof EncounterTemplate)["fields"]> {}

/**
 * An encounter template to define. Documented with name, title and assessments; the rest follows the answers.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterTemplateInput = Codecs.closed<EncounterTemplateInput>()({
  name: Schema.String,
  title: Codecs.optional(Schema.String),
  assessmentNames: Codecs.optional(Schema.Array(Schema.String)),
  encounterDescription: Codecs.optional(Schema.String),
  /** HTML. */
  encounterInstruction: Codecs.optional(Schema.String),
  /** `#rrggbb`. */
  encounterColor: Codecs.optional(Schema.String),
  type: Codecs.optional(Schema.String),
  deliveryMethod: Codecs.optional(DeliveryMethod),
  defaultDuration: Codecs.optional(Schema.Int)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterTemplateInput extends Schema.Struct.Type<(typeof EncounterTemplateInput)["fields"]> {}

/**
 * All encounter templates in one answer. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("encounterTemplates.list", "/{tenant}/{instance}/formations/{version}/encounters", {
  path: { version: Version },
  success: Schema.Array(EncounterTemplate)
})

/**
 * Every encounter template. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads one encounter template by its name. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("encounterTemplates.get", "/{tenant}/{instance}/formations/{version}/encounters/{encounterTemplateName}", {
  path: { version: Version, encounterTemplateName: Codecs.Id },
  success: EncounterTemplate
})

/**
 * Adds an encounter template to the draft. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("encounterTemplates.create", "/{tenant}/{instance}/formations/draft/encounters", {
  body: EncounterTemplateInput,
  success: EncounterTemplate
})

/**
 * Replaces an encounter template in the draft. Give its own name in the body as well. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put(
  "encounterTemplates.update",
  "/{tenant}/{instance}/formations/draft/encounters/{encounterTemplateName}",
  {
    path: { encounterTemplateName: Codecs.Id },
    body: EncounterTemplateInput,
    success: EncounterTemplate
  }
)

/**
 * Removes an encounter template from the draft. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del(
  "encounterTemplates.remove",
  "/{tenant}/{instance}/formations/draft/encounters/{encounterTemplateName}",
  {
    path: { encounterTemplateName: Codecs.Id }
  }
)
