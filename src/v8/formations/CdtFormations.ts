/**
 * Definitions of custom data types: their fields, what those hold and allow. What code is generated from, and what records are
 * checked against. They are made in the Designer; the API only reads them.
 *
 * Document types, the encounter disposition and the types behind assessments are defined in the same form, in modules of their own.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Pagination from "../../Pagination.js"
import * as Endpoint from "../endpoint.js"
import { Version } from "./Version.js"

/**
 * Id of a definition in one formation version: the `cdtId` of its records.
 *
 * @since 0.1.0
 * @category ids
 */
export const CdtFormationId = Codecs.id("CdtFormationId")
/**
 * @since 0.1.0
 * @category ids
 */
export type CdtFormationId = typeof CdtFormationId.Type

/**
 * The dictionary that a select field draws its choices from.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFieldDictionaryRef = Codecs.open<CdtFieldDictionaryRef>()({
  name: Codecs.optional(Schema.String),
  /** The column that holds the value. */
  field: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFieldDictionaryRef extends Schema.Struct.Type<(typeof CdtFieldDictionaryRef)["fields"]> {}

/**
 * A choice of a select field.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFieldOption = Codecs.open<CdtFieldOption>()({
  /** What is shown. */
  label: Schema.String,
  /** What records hold: text where the field's `valueType` is `STRING`, a whole number where it is `INTEGER`. */
  value: Codecs.Json,
  /** The document type meant, on the `type` of documents; null elsewhere. */
  refCdtName: Schema.NullOr(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFieldOption extends Schema.Struct.Type<(typeof CdtFieldOption)["fields"]> {}

/**
 * Settings of a field; which of them there are depends on its type.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFieldMeta = Codecs.open<CdtFieldMeta>()({
  /** Missing means false. */
  required: Codecs.optional(Schema.Boolean),
  /** Select fields, unless a dictionary gives their choices. */
  options: Codecs.optional(Schema.Array(CdtFieldOption)),
  /** Select fields: more than one choice. Missing means false. */
  multiple: Codecs.optional(Schema.Boolean),
  /** Integer fields; a number written as text. */
  minValue: Codecs.optional(Schema.String),
  /** Integer fields; a number written as text. */
  maxValue: Codecs.optional(Schema.String),
  /** File fields: the endings that file names may have. */
  fileTypes: Codecs.optional(Schema.Array(Schema.String)),
  /** The question, on the types behind assessments. */
  label: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFieldMeta extends Schema.Struct.Type<(typeof CdtFieldMeta)["fields"]> {}

/**
 * The definition of a field. Fields of a tenant come first, then the same twelve system fields in every type.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFormationField = Codecs.open<CdtFormationField>()({
  /** The field's key in the `jsonBody` of records. */
  name: Schema.String,
  /** There are more than these, such as formulas and links: take what is unknown for any JSON. */
  type: Codecs.openEnum(
    "text",
    "textarea",
    "select",
    "checkbox",
    "integer",
    "float",
    "date",
    "datetime",
    "phone",
    "email",
    "file",
    "uuid",
    "object"
  ),
  formula: Codecs.optionalNull(Codecs.Json),
  dictionary: Schema.NullOr(CdtFieldDictionaryRef),
  profileDataType: Codecs.optionalNull(Codecs.Json),
  /** False on what the server fills in: all system fields but `external_id` and `external_guid`. */
  editable: Codecs.optional(Schema.Boolean),
  /** Records may be filtered by it. */
  searchable: Schema.Boolean,
  /** `Cdts.bulkUpdate` takes it. */
  bulkEdit: Schema.Boolean,
  /** Protected health information. */
  phi: Schema.Boolean,
  disable: Codecs.optional(Schema.Boolean),
  injectedSource: Codecs.optional(Schema.Boolean),
  displayType: Codecs.optionalNull(Codecs.openEnum("SELECT", "CHECKBOX")),
  /** Type of the values of a select field; null on all others. */
  valueType: Codecs.optionalNull(Codecs.openEnum("STRING", "INTEGER")),
  meta: CdtFieldMeta
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFormationField extends Schema.Struct.Type<(typeof CdtFormationField)["fields"]> {}

/**
 * The definition of a data type in one formation version.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFormation = Codecs.open<CdtFormation>()({
  id: CdtFormationId,
  /** The type's key. Hyphens are common in it. */
  name: Schema.String,
  /** Null on custom data types. */
  title: Schema.NullOr(Schema.String),
  /** Null on custom data types. */
  label: Schema.NullOr(Schema.String),
  /** The formation version. */
  version: Schema.Int,
  /** False for custom data types, true for all others. */
  internal: Schema.Boolean,
  readable: Schema.Boolean,
  updatable: Schema.Boolean,
  /** `SINGLE_RECORD`: at most one record a patient. */
  type: Codecs.openEnum("MULTI_RECORD", "SINGLE_RECORD"),
  relation: Codecs.openEnum(
    "COMMON",
    "DOCUMENT_TYPE",
    "ENCOUNTER_DISPOSITION",
    "ASSESSMENT",
    "DOCUMENT_SUMMARY",
    "ENCOUNTER",
    "ENCOUNTER_ASSESSMENT",
    "PATIENT_GOAL",
    "PATIENT_INFO"
  ),
  fields: Schema.Array(CdtFormationField),
  /** Whether any field is protected health information. The underscore belongs to the name. */
  _containsPHI: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFormation extends Schema.Struct.Type<(typeof CdtFormation)["fields"]> {}

/**
 * A field to define. System fields are the server's: leave them out.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFormationFieldInput = Codecs.closed<CdtFormationFieldInput>()({
  name: Schema.String,
  type: Codecs.openEnum("text", "textarea", "select", "checkbox", "integer", "float", "date", "datetime", "phone", "email", "file"),
  dictionary: Codecs.optionalNull(CdtFieldDictionaryRef),
  searchable: Codecs.optional(Schema.Boolean),
  bulkEdit: Codecs.optional(Schema.Boolean),
  phi: Codecs.optional(Schema.Boolean),
  meta: Codecs.optional(CdtFieldMeta)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFormationFieldInput extends Schema.Struct.Type<(typeof CdtFormationFieldInput)["fields"]> {}

/**
 * All custom data types with all their fields, several hundred kilobytes in one answer. Built-in types are not among them.
 * Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("cdtFormations.list", "/{tenant}/{instance}/formations/{version}/cdts", {
  path: { version: Version },
  success: Schema.Array(CdtFormation)
})

/**
 * Every custom data type. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads one custom data type by its name. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("cdtFormations.get", "/{tenant}/{instance}/formations/{version}/cdts/{cdtName}", {
  path: { version: Version, cdtName: Codecs.Id },
  success: CdtFormation
})
