/*
 * How a formation defines the fields of a data type.
 */
import type { JsonObject } from "./json.js"
import type { Field } from "./population.js"

/** The definition of a field as the Designer shows it. */
export interface Definition extends JsonObject {
  readonly name: string
  readonly phi: boolean
}

const definition = (name: string, type: string, editable: boolean): Definition => ({
  name,
  type,
  formula: null,
  dictionary: null,
  profileDataType: null,
  editable,
  searchable: false,
  bulkEdit: false,
  phi: false,
  injectedSource: false,
  displayType: null,
  valueType: null,
  meta: { required: false },
  disable: false
})

const displays: { readonly [type: string]: string } = { select: "SELECT", checkbox: "CHECKBOX" }

/** The fields of a type's own. */
export const own = (fields: { readonly [name: string]: Field }): ReadonlyArray<Definition> =>
  Object.entries(fields).map(([name, { multiple, type, values = [] }]) => ({
    ...definition(name, type, true),
    displayType: displays[type] ?? null,
    valueType: type === "select" ? "STRING" : null,
    meta: {
      required: false,
      ...(type === "select" ? { options: values.map((value) => ({ label: value, value, refCdtName: null })) } : {}),
      ...(multiple === undefined ? {} : { multiple })
    }
  }))

/** What every type has besides, after its own. */
export const system: ReadonlyArray<Definition> = [
  definition("id", "text", false),
  definition("created_at", "datetime", false),
  definition("created_by", "text", false),
  definition("created_by_name", "text", false),
  definition("updated_at", "datetime", false),
  definition("updated_by", "text", false),
  definition("updated_by_name", "text", false),
  definition("source_name", "text", false),
  definition("source_type", "text", false),
  definition("source_id", "text", false),
  definition("external_id", "text", true),
  definition("external_guid", "text", true)
]
