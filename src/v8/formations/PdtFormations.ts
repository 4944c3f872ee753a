/**
 * Definitions of profile data types: which fields the records of `Pdts` have, and whether they may become contacts of patients.
 * They are made in the Designer; the API only reads them.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Pagination from "../../Pagination.js"
import * as Endpoint from "../endpoint.js"
import { CdtFieldOption } from "./CdtFormations.js"
import { Version } from "./Version.js"

/**
 * Settings of a field; which of them there are depends on its type.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtFieldMeta = Codecs.open<PdtFieldMeta>()({
  required: Schema.Boolean,
  minLength: Codecs.optional(Schema.Int),
  maxLength: Codecs.optional(Schema.Int),
  patterns: Codecs.optional(Schema.Array(Codecs.openEnum("NUMBERS_ONLY"))),
  /** Select fields. */
  options: Codecs.optional(Schema.Array(CdtFieldOption))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtFieldMeta extends Schema.Struct.Type<(typeof PdtFieldMeta)["fields"]> {}

/**
 * The definition of a field. System fields are defined beside those of the tenant.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtField = Codecs.open<PdtField>()({
  /** The field's key in the `jsonBody` of records. */
  name: Schema.String,
  /** Custom data types know more than these, and so may profile types. */
  type: Codecs.openEnum("text", "textarea", "select", "integer", "float", "datetime", "phone", "email"),
  formula: Schema.NullOr(Codecs.Json),
  dictionary: Schema.NullOr(Codecs.Json),
  profileDataType: Schema.NullOr(Codecs.Json),
  /** False on what the server fills in: all system fields but `external_id` and `external_guid`. */
  editable: Schema.Boolean,
  searchable: Schema.Boolean,
  bulkEdit: Schema.Boolean,
  /** Protected health information. */
  phi: Schema.Boolean,
  injectedSource: Schema.Boolean,
  displayType: Schema.NullOr(Codecs.openEnum("SELECT")),
  /** Type of the values of a select field; null on all others. */
  valueType: Schema.NullOr(Codecs.openEnum("STRING")),
  meta: PdtFieldMeta,
  richTextEnabled: Schema.Boolean,
  disable: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtField extends Schema.Struct.Type<(typeof PdtField)["fields"]> {}

/**
 * The definition of a profile type. It goes by its name: no id was ever seen.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtFormation = Codecs.open<PdtFormation>()({
  id: Schema.NullOr(Codecs.Id),
  /** The type's key, usually `pdt-…`. */
  name: Schema.String,
  title: Schema.NullOr(Schema.String),
  constant: Schema.Boolean,
  internal: Schema.Boolean,
  readable: Schema.Boolean,
  updatable: Schema.Boolean,
  /** `Contacts` may point to its records. */
  contactable: Schema.Boolean,
  type: Codecs.openEnum("MULTI_RECORD"),
  /** Others name sources outside of Welkin. */
  sourceType: Codecs.openEnum("INTERNAL"),
  externalSourceType: Schema.NullOr(Schema.String),
  fields: Schema.Array(PdtField),
  /** Some field is protected health information. */
  _containsPHI: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtFormation extends Schema.Struct.Type<(typeof PdtFormation)["fields"]> {}

/**
 * Reads the definitions of all profile types, whole and at once. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("pdtFormations.list", "/{tenant}/{instance}/formations/{version}/pdts", {
  path: { version: Version },
  success: Schema.Array(PdtFormation)
})

/**
 * The definitions of all profile types. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads the definition of one profile type. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("pdtFormations.get", "/{tenant}/{instance}/formations/{version}/pdts/{pdtName}", {
  path: { version: Version, pdtName: Codecs.Id },
  success: PdtFormation
})
