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
import * as Endpoint from "../endpoint.js"
import { CdtFieldDictionaryRef, CdtFieldMeta, CdtFormation } from "./CdtFormations.js"
import { Version } from "./Version.js"

/**
 * Field definition sent when replacing the disposition.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterDispositionFormationFieldInput = Codecs.closed<EncounterDispositionFormationFieldInput>()({
  name: Schema.String,
  /** Text and select in the docs. */
  type: Codecs.openEnum("text", "textarea", "select", "checkbox", "integer", "float", "date", "datetime", "phone", "email"),
  dictionary: Codecs.optionalNull(CdtFieldDictionaryRef),
  /** The docs send {required}. */
  meta: Codecs.optional(CdtFieldMeta)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterDispositionFormationFieldInput
  extends Schema.Struct.Type<(typeof EncounterDispositionFormationFieldInput)["fields"]> {}

/**
 * Body for replacing the disposition definition. System fields are left out; the server appends them.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterDispositionFormationUpdate = Codecs.closed<EncounterDispositionFormationUpdate>()({
  /** __encounter_disposition__. */
  name: Schema.String,
  /** Own fields only. */
  fields: Schema.Array(EncounterDispositionFormationFieldInput)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterDispositionFormationUpdate extends Schema.Struct.Type<(typeof EncounterDispositionFormationUpdate)["fields"]> {}

/**
 * Read the definition of the encounter disposition. One object, not a list; its name is always __encounter_disposition__.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("encounterDispositionFormation.get", "/{tenant}/{instance}/formations/{version}/encounter-disposition", {
  path: { version: Version },
  success: CdtFormation
})

/**
 * Replace the fields of the encounter disposition in the draft. Works on the draft only. Creating, publishing or discarding a
 * draft is not in the API; that happens in the designer. Send own fields only; the reply adds the twelve system fields.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("encounterDispositionFormation.update", "/{tenant}/{instance}/formations/draft/encounter-disposition", {
  body: EncounterDispositionFormationUpdate,
  success: CdtFormation
})
