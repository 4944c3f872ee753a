/**
 * The fields of the encounter disposition: what is asked when an encounter ends. An instance has a single one.
 *
 * Writing works on the draft. A draft is begun, published and discarded in the Designer, not through the API.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../../Codecs.js"
import * as Endpoint from "../endpoint.js"
import { CdtFieldDictionaryRef, CdtFieldMeta, CdtFormation } from "./CdtFormations.js"
import { Version } from "./Version.js"

/**
 * A field to define. System fields are the server's: leave them out.
 *
 * @since 0.1.0
 * @category models
 */
export const EncounterDispositionFieldInput = Codecs.closed<EncounterDispositionFieldInput>()({
  name: Schema.String,
  type: Codecs.openEnum("text", "textarea", "select", "checkbox", "integer", "float", "date", "datetime", "phone", "email"),
  dictionary: Codecs.optionalNull(CdtFieldDictionaryRef),
  meta: Codecs.optional(CdtFieldMeta)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EncounterDispositionFieldInput extends Schema.Struct.Type<(typeof EncounterDispositionFieldInput)["fields"]> {}

const Fields = Schema.Array(EncounterDispositionFieldInput)
const name = "__encounter_disposition__"

/** The disposition has but one name, which the wire wants beside the fields. */
const Named = Schema.transform(Schema.Struct({ name: Schema.Literal(name), fields: Fields }), Schema.typeSchema(Fields), {
  strict: true,
  decode: ({ fields }) => fields,
  encode: (fields) => ({ name, fields }) as const
})

/**
 * Reads the disposition's definition, called `__encounter_disposition__`. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("encounterDispositionFormation.get", "/{tenant}/{instance}/formations/{version}/encounter-disposition", {
  path: { version: Version },
  success: CdtFormation
})

/**
 * Puts these fields in the place of the draft's; the answer has the system fields as well. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("encounterDispositionFormation.update", "/{tenant}/{instance}/formations/draft/encounter-disposition", {
  body: Named,
  success: CdtFormation
})
