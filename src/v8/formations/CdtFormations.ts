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
 * Dictionary whose records supply the choices of a select field.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFieldDictionaryRef = Codecs.open<CdtFieldDictionaryRef>()({
  /** Dictionary name. Documented, never recorded. */
  name: Codecs.optional(Schema.String),
  /** Field of the dictionary used as value. Documented, never recorded. */
  field: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFieldDictionaryRef extends Schema.Struct.Type<(typeof CdtFieldDictionaryRef)["fields"]> {}

/**
 * Choice of a select field.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFieldOption = Codecs.open<CdtFieldOption>()({
  /** Text shown; may differ from value. */
  label: Schema.String,
  /**
   * Stored value: string when valueType is STRING, whole number when INTEGER. Never mixed within one field; unique within a field;
   * not blank; all recorded.
   */
  value: Codecs.Json,
  /** Null everywhere except on the type field of _document_summary, where it names the document type. */
  refCdtName: Schema.NullOr(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFieldOption extends Schema.Struct.Type<(typeof CdtFieldOption)["fields"]> {}

/**
 * Settings of a field; which keys appear depends on the type. Decode every key as optional: recorded and built-in fields with an
 * empty object exist.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFieldMeta = Codecs.open<CdtFieldMeta>()({
  /**
   * Missing on two fields recorded in 2022 (meta was {}) and on built-in types in the vendor's configuration file; missing means
   * false.
   */
  required: Codecs.optional(Schema.Boolean),
  /**
   * Select fields (all recorded ones had some); the vendor's file has it, empty, on a few built-in text fields. A select fed by a
   * dictionary has none (docs).
   */
  options: Codecs.optional(Schema.Array(CdtFieldOption)),
  /** On some select fields; missing means false. */
  multiple: Codecs.optional(Schema.Boolean),
  /** Integer fields; a number written as text; came together with maxValue. */
  minValue: Codecs.optional(Schema.String),
  /** Integer fields; a number written as text. */
  maxValue: Codecs.optional(Schema.String),
  /** File fields; allowed name endings; in the vendor's configuration file only. Documented, never recorded. */
  fileTypes: Codecs.optional(Schema.Array(Schema.String)),
  /** Question text, on the hidden data types behind assessments. Documented, never recorded. */
  label: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFieldMeta extends Schema.Struct.Type<(typeof CdtFieldMeta)["fields"]> {}

/**
 * Definition of one field of a data type.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFormationField = Codecs.open<CdtFormationField>()({
  /** Key in the record's jsonBody; unique in its type; usual prefixes cdtf-, dtf-, uicedf-. */
  name: Schema.String,
  /**
   * See fieldTypes for what each means. Recorded: text, textarea, select, checkbox, integer, date, datetime, phone, email. In the
   * vendor's configuration file only: float, file, uuid, object. More exist (the designer knows formulas, URLs and radio buttons).
   */
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
  /** Null in every recording; shape unknown; absent in the 2021 docs and so optional when decoding. */
  formula: Schema.NullOr(Codecs.Json),
  /** Null in every recording; an object in the docs. */
  dictionary: Schema.NullOr(CdtFieldDictionaryRef),
  /** Null in every recording; shape unknown; absent in the 2021 docs and so optional when decoding. */
  profileDataType: Schema.NullOr(Codecs.Json),
  /**
   * False on ten system fields (server-made), true on external_id, external_guid and all own fields; absent in the 2021 docs and
   * so optional when decoding.
   */
  editable: Schema.Boolean,
  /** May be used to filter records (meaning inferred). */
  searchable: Schema.Boolean,
  /** The bulk update of CDT records accepts only fields with true; false in every recording. */
  bulkEdit: Schema.Boolean,
  /** Protected health information. */
  phi: Schema.Boolean,
  /** False in every recording; missing in the docs and in the vendor's file, so optional when decoding. */
  disable: Schema.Boolean,
  /** False in every recording; missing in the docs and in the vendor's file, so optional when decoding. */
  injectedSource: Schema.Boolean,
  /** SELECT on select, CHECKBOX on checkbox, null on the rest; absent in the 2021 docs and so optional when decoding. */
  displayType: Schema.NullOr(Codecs.openEnum("SELECT", "CHECKBOX")),
  /**
   * Type of the option values of a select; null on all other types, checkbox included; absent in the 2021 docs and so optional
   * when decoding.
   */
  valueType: Schema.NullOr(Codecs.openEnum("STRING", "INTEGER")),
  meta: CdtFieldMeta
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFormationField extends Schema.Struct.Type<(typeof CdtFormationField)["fields"]> {}

/**
 * Definition of a data type in one formation version. The same shape serves four kinds: custom data types (/cdts), document types
 * (/document-types), the encounter disposition (/encounter-disposition) and the hidden data types behind assessments
 * (/assessments/cdt).
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFormation = Codecs.open<CdtFormation>()({
  /** Records point here as cdtId. */
  id: Codecs.Id,
  /**
   * Key; lower-case letters, digits, - and _ in all 50 recorded definitions. Hyphens are common, so it is no identifier in
   * TypeScript.
   */
  name: Schema.String,
  /** Null on all recorded custom data types; set on document types and built-in ones. */
  title: Schema.NullOr(Schema.String),
  /** Null on all recorded custom data types; set on the three built-in document types. */
  label: Schema.NullOr(Schema.String),
  /** Formation version, the same number on every definition of a reply. */
  version: Schema.Int,
  /** False for custom data types, true for document types, disposition and other built-in ones. */
  internal: Schema.Boolean,
  /** False on assessment types (docs) and on some built-in ones (_document_summary, _patient_goal in the vendor's file). */
  readable: Schema.Boolean,
  updatable: Schema.Boolean,
  /**
   * MULTI_RECORD recorded; SINGLE_RECORD in the vendor's configuration file (for _patient_info): at most one record a patient. A
   * third-party client knows just these two.
   */
  type: Codecs.openEnum("MULTI_RECORD", "SINGLE_RECORD"),
  /**
   * COMMON, DOCUMENT_TYPE and ENCOUNTER_DISPOSITION recorded here; ASSESSMENT in the docs; the others in the vendor's
   * configuration file (PATIENT_INFO also in audit recordings).
   */
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
  /** Own fields first, then always the same twelve system fields (see systemFields). */
  fields: Schema.Array(CdtFormationField),
  /** The underscore belongs to the key; equals `any field has phi` in all recordings. */
  _containsPHI: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFormation extends Schema.Struct.Type<(typeof CdtFormation)["fields"]> {}

/**
 * Field definition in a document type body; by analogy with the documented disposition body.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtFormationFieldInput = Codecs.closed<CdtFormationFieldInput>()({
  name: Schema.String,
  type: Codecs.openEnum("text", "textarea", "select", "checkbox", "integer", "float", "date", "datetime", "phone", "email", "file"),
  dictionary: Codecs.optionalNull(CdtFieldDictionaryRef),
  /** From the reply. */
  searchable: Codecs.optional(Schema.Boolean),
  /** From the reply. */
  bulkEdit: Codecs.optional(Schema.Boolean),
  /** From the reply. */
  phi: Codecs.optional(Schema.Boolean),
  /** The docs send {required}. */
  meta: Codecs.optional(CdtFieldMeta)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFormationFieldInput extends Schema.Struct.Type<(typeof CdtFormationFieldInput)["fields"]> {}

/**
 * List the custom data types of a formation version. Only types with relation COMMON and internal false appear. Document types,
 * the disposition and assessment types have their own paths; other built-in types have none. The main input for generated code:
 * one call gives every custom data type with all fields. The reply runs to some 200 KB for 38 types. No write endpoint for custom
 * data types is known.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("cdtFormations.list", "/{tenant}/{instance}/formations/{version}/cdts", {
  path: { version: Version },
  success: Schema.Array(CdtFormation)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Read one custom data type. Equal to the list's entry of that name (recorded for all six kinds that have both).
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("cdtFormations.get", "/{tenant}/{instance}/formations/{version}/cdts/{cdtName}", {
  path: { version: Version, cdtName: Codecs.Id },
  success: CdtFormation
})
