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
 * Encounter template.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterTemplate = Codecs.open<EncounterTemplate>()({
  id: Codecs.Id,
  /** Key; usual prefix etmp-; an encounter carries it as type and templateName. */
  name: Schema.String,
  title: Schema.String,
  /** Assessments linked to a new encounter. */
  assessmentNames: Schema.Array(Schema.String),
  /** Empty in every recording; absent in the 2021 docs and so optional when decoding. */
  encounterDescription: Schema.String,
  /** HTML, or an empty string; absent in the 2021 docs and so optional when decoding. */
  encounterInstruction: Schema.String,
  /** #rrggbb; absent in the 2021 docs and so optional when decoding. */
  encounterColor: Schema.String,
  /**
   * Free text such as Async, or the template's own name; copied to the encounter's type; absent in the 2021 docs and so optional
   * when decoding.
   */
  type: Schema.String,
  /**
   * VIDEO recorded; release notes name in-person, call and video, spelt here like the calendar's eventMode (inferred); absent in
   * the 2021 docs and so optional when decoding.
   */
  deliveryMethod: Codecs.openEnum("VIDEO", "CALL", "IN-PERSON"),
  /** Minutes by the look of it; absent in the 2021 docs and so optional when decoding. */
  defaultDuration: Schema.Int
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterTemplate extends Schema.Struct.Type<(typeof EncounterTemplate)["fields"]> {}

/**
 * Body for adding an encounter template.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterTemplateCreate = Codecs.closed<EncounterTemplateCreate>()({
  name: Schema.String,
  title: Codecs.optional(Schema.String),
  assessmentNames: Codecs.optional(Schema.Array(Schema.String)),
  /** Returned by the API, not shown in a request. */
  encounterDescription: Codecs.optional(Schema.String),
  /** Returned by the API, not shown in a request. */
  encounterInstruction: Codecs.optional(Schema.String),
  /** Returned by the API, not shown in a request. */
  encounterColor: Codecs.optional(Schema.String),
  /** Returned by the API, not shown in a request. */
  type: Codecs.optional(Schema.String),
  /** Returned by the API, not shown in a request. */
  deliveryMethod: Codecs.optional(Codecs.openEnum("VIDEO", "CALL", "IN-PERSON")),
  /** Returned by the API, not shown in a request. */
  defaultDuration: Codecs.optional(Schema.Int)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterTemplateCreate extends Schema.Struct.Type<(typeof EncounterTemplateCreate)["fields"]> {}

/**
 * Body for replacing an encounter template; same fields as for adding, name equal to the one in the path.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterTemplateUpdate = Codecs.closed<EncounterTemplateUpdate>()({
  name: Schema.String,
  title: Codecs.optional(Schema.String),
  assessmentNames: Codecs.optional(Schema.Array(Schema.String)),
  /** Returned by the API, not shown in a request. */
  encounterDescription: Codecs.optional(Schema.String),
  /** Returned by the API, not shown in a request. */
  encounterInstruction: Codecs.optional(Schema.String),
  /** Returned by the API, not shown in a request. */
  encounterColor: Codecs.optional(Schema.String),
  /** Returned by the API, not shown in a request. */
  type: Codecs.optional(Schema.String),
  /** Returned by the API, not shown in a request. */
  deliveryMethod: Codecs.optional(Codecs.openEnum("VIDEO", "CALL", "IN-PERSON")),
  /** Returned by the API, not shown in a request. */
  defaultDuration: Codecs.optional(Schema.Int)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterTemplateUpdate extends Schema.Struct.Type<(typeof EncounterTemplateUpdate)["fields"]> {}

/**
 * List the encounter templates of a formation version.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("encounterTemplates.list", "/{tenant}/{instance}/formations/{version}/encounters", {
  path: { version: Version },
  success: Schema.Array(EncounterTemplate)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Read one encounter template.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("encounterTemplates.get", "/{tenant}/{instance}/formations/{version}/encounters/{encounterTemplateName}", {
  path: { version: Version, encounterTemplateName: Codecs.Id },
  success: EncounterTemplate
})

/**
 * Add an encounter template to the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the API;
 * that happens in the designer.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("encounterTemplates.create", "/{tenant}/{instance}/formations/draft/encounters", {
  body: EncounterTemplateCreate,
  success: EncounterTemplate
})

/**
 * Replace an encounter template in the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the
 * API; that happens in the designer.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put(
  "encounterTemplates.update",
  "/{tenant}/{instance}/formations/draft/encounters/{encounterTemplateName}",
  {
    path: { encounterTemplateName: Codecs.Id },
    body: EncounterTemplateUpdate,
    success: EncounterTemplate
  }
)

/**
 * Remove an encounter template from the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the
 * API; that happens in the designer. No reply is documented; ignore any body.
 *
 * Documented, never recorded.
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
