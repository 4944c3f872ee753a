/**
 * Definitions of dictionaries: which columns each has. Their entries stand in `Dictionaries`. `cpt`, `icd-10` and `timezone` are
 * built in and cannot be changed.
 *
 * Writing works on the draft. A draft is begun, published and discarded in the Designer, not through the API. Nothing here was ever
 * recorded: only names are counted on, everything else may be missing or null.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Pagination from "../../Pagination.js"
import * as Endpoint from "../endpoint.js"
import { Version } from "./Version.js"

/**
 * A column.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryFormationField = Codecs.open<DictionaryFormationField>()({
  name: Schema.String,
  type: Codecs.optionalNull(Codecs.openEnum("text"))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryFormationField extends Schema.Struct.Type<(typeof DictionaryFormationField)["fields"]> {}

/**
 * A dictionary.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryFormation = Codecs.open<DictionaryFormation>()({
  /** The dictionary's key. */
  name: Schema.String,
  title: Codecs.optionalNull(Schema.String),
  /** True where entries are fixed as well, which is `timezone` alone. */
  internal: Codecs.optionalNull(Schema.Boolean),
  fields: Codecs.optionalNull(Schema.Array(DictionaryFormationField))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryFormation extends Schema.Struct.Type<(typeof DictionaryFormation)["fields"]> {}

/**
 * A dictionary to define.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryFormationInput = Codecs.closed<DictionaryFormationInput>()({
  name: Schema.String,
  title: Schema.String,
  /** All of them: a column that is left out is gone. */
  fields: Schema.Array(DictionaryFormationField)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryFormationInput extends Schema.Struct.Type<(typeof DictionaryFormationInput)["fields"]> {}

/**
 * All dictionaries, the built-in ones among them, in one answer. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("dictionaryFormations.list", "/{tenant}/{instance}/formations/{version}/dictionaries", {
  path: { version: Version },
  success: Schema.Array(DictionaryFormation)
})

/**
 * Every dictionary. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads one dictionary by its name. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("dictionaryFormations.get", "/{tenant}/{instance}/formations/{version}/dictionaries/{dictionaryName}", {
  path: { version: Version, dictionaryName: Codecs.Id },
  success: DictionaryFormation
})

/**
 * Adds a dictionary to the draft. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("dictionaryFormations.create", "/{tenant}/{instance}/formations/draft/dictionaries", {
  body: DictionaryFormationInput,
  success: DictionaryFormation
})

/**
 * Replaces a dictionary in the draft. Give its own name in the body as well. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("dictionaryFormations.update", "/{tenant}/{instance}/formations/draft/dictionaries/{dictionaryName}", {
  path: { dictionaryName: Codecs.Id },
  body: DictionaryFormationInput,
  success: DictionaryFormation
})

/**
 * Removes a dictionary from the draft. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("dictionaryFormations.remove", "/{tenant}/{instance}/formations/draft/dictionaries/{dictionaryName}", {
  path: { dictionaryName: Codecs.Id }
})
