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
 * Column of a dictionary.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryFormationField = Codecs.open<DictionaryFormationField>()({
  /** Documented, never recorded. */
  name: Codecs.optional(Schema.String),
  /** Only text is shown. Documented, never recorded. */
  type: Codecs.optional(Codecs.openEnum("text"))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryFormationField extends Schema.Struct.Type<(typeof DictionaryFormationField)["fields"]> {}

/**
 * Definition of a dictionary (a list of coded values). Never recorded: decode every field leniently.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryFormation = Codecs.open<DictionaryFormation>()({
  /** Key; usual prefix d-. Documented, never recorded. */
  name: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  title: Codecs.optional(Schema.String),
  /** True for timezone only in the docs; that one can be neither changed nor filled. */
  internal: Codecs.optional(Schema.Boolean),
  /** Documented, never recorded. */
  fields: Codecs.optional(Schema.Array(DictionaryFormationField))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryFormation extends Schema.Struct.Type<(typeof DictionaryFormation)["fields"]> {}

/**
 * Body that defines a dictionary in the draft formation.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryFormationCreate = Codecs.closed<DictionaryFormationCreate>()({
  name: Schema.String,
  title: Schema.String,
  fields: Schema.Array(DictionaryFormationField)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryFormationCreate extends Schema.Struct.Type<(typeof DictionaryFormationCreate)["fields"]> {}

/**
 * Body that redefines a dictionary in the draft formation; same keys as for creating, name equal to the one in the path.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryFormationUpdate = Codecs.closed<DictionaryFormationUpdate>()({
  /** Equal to the one in the path. */
  name: Schema.String,
  title: Schema.String,
  fields: Schema.Array(DictionaryFormationField)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryFormationUpdate extends Schema.Struct.Type<(typeof DictionaryFormationUpdate)["fields"]> {}

/**
 * List the dictionary definitions of a formation version. Built in: timezone (cannot be changed or filled), cpt and icd-10 (can be
 * filled, not changed). The values themselves are in the area dictionaries. In the vendor's configuration file only cpt and icd-10
 * are listed. Documentation only, never recorded: decode every field leniently.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("dictionaryFormations.list", "/{tenant}/{instance}/formations/{version}/dictionaries", {
  path: { version: Version },
  success: Schema.Array(DictionaryFormation)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Read one dictionary definition. Documentation only, never recorded: decode every field leniently.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("dictionaryFormations.get", "/{tenant}/{instance}/formations/{version}/dictionaries/{dictionaryName}", {
  path: { version: Version, dictionaryName: Codecs.Id },
  success: DictionaryFormation
})

/**
 * Add a dictionary to the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the API; that
 * happens in the designer. Documentation only, never recorded: decode every field leniently.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("dictionaryFormations.create", "/{tenant}/{instance}/formations/draft/dictionaries", {
  body: DictionaryFormationCreate,
  success: DictionaryFormation
})

/**
 * Replace a dictionary in the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the API; that
 * happens in the designer. Documentation only, never recorded: decode every field leniently. Replaces the whole field list.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("dictionaryFormations.update", "/{tenant}/{instance}/formations/draft/dictionaries/{dictionaryName}", {
  path: { dictionaryName: Codecs.Id },
  body: DictionaryFormationUpdate,
  success: DictionaryFormation
})

/**
 * Remove a dictionary from the draft. Works on the draft only. Creating, publishing or discarding a draft is not in the API; that
 * happens in the designer. No reply is documented; ignore any body. Documentation only, never recorded: decode every field
 * leniently.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("dictionaryFormations.remove", "/{tenant}/{instance}/formations/draft/dictionaries/{dictionaryName}", {
  path: { dictionaryName: Codecs.Id }
})
