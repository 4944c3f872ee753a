/**
 * Profile data types (PDT): lists of people or things that belong to the instance rather than to one patient (guardians,
 * hospitals, payers, code lists), and their schemas. Record shape is close to that of CDTs. Open to API clients since June 2023.
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
 * Settings of a field; which keys appear depends on the type.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtFieldMeta = Codecs.open<PdtFieldMeta>()({
  required: Schema.Boolean,
  minLength: Codecs.optional(Schema.Int),
  maxLength: Codecs.optional(Schema.Int),
  patterns: Codecs.optional(Schema.Array(Codecs.openEnum("NUMBERS_ONLY"))),
  /** For select fields. */
  options: Codecs.optional(Schema.Array(CdtFieldOption))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtFieldMeta extends Schema.Struct.Type<(typeof PdtFieldMeta)["fields"]> {}

/**
 * Definition of one field of a profile type: a CDT field with richTextEnabled.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtField = Codecs.open<PdtField>()({
  name: Schema.String,
  /** All eight recorded; other CDT field kinds may occur. */
  type: Codecs.openEnum("text", "textarea", "select", "integer", "float", "datetime", "phone", "email"),
  formula: Schema.NullOr(Codecs.Json),
  dictionary: Schema.NullOr(Codecs.Json),
  profileDataType: Schema.NullOr(Codecs.Json),
  /** False for system fields except external_id and external_guid. */
  editable: Schema.Boolean,
  searchable: Schema.Boolean,
  bulkEdit: Schema.Boolean,
  phi: Schema.Boolean,
  injectedSource: Schema.Boolean,
  displayType: Schema.NullOr(Codecs.openEnum("SELECT")),
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
 * Schema of a profile type.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtFormation = Codecs.open<PdtFormation>()({
  /** Null in all recordings. */
  id: Schema.NullOr(Codecs.Id),
  name: Schema.String,
  title: Schema.NullOr(Schema.String),
  constant: Schema.Boolean,
  internal: Schema.Boolean,
  readable: Schema.Boolean,
  updatable: Schema.Boolean,
  /** Records of this type may become contacts of patients. */
  contactable: Schema.Boolean,
  type: Codecs.openEnum("MULTI_RECORD"),
  /** Release notes 2024.45 name external types as well. */
  sourceType: Codecs.openEnum("INTERNAL"),
  externalSourceType: Schema.NullOr(Schema.String),
  fields: Schema.Array(PdtField),
  _containsPHI: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtFormation extends Schema.Struct.Type<(typeof PdtFormation)["fields"]> {}

/**
 * Schemas of all profile types.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("pdtFormations.list", "/{tenant}/{instance}/formations/{version}/pdts", {
  path: { version: Version },
  success: Schema.Array(PdtFormation)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Schema of one profile type. System fields are listed among the fields.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("pdtFormations.get", "/{tenant}/{instance}/formations/{version}/pdts/{pdtName}", {
  path: { version: Version, pdtName: Codecs.Id },
  success: PdtFormation
})
