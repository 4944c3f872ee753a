import { slices } from "../../../internal/slices.js"
import { fieldsOf, type Type, typeOf } from "./values.js"

/** Which fields records have, and of what type they are: counts, and no values. */
export interface Seen {
  records: number
  /** Those of them that are objects. */
  objects: number
  readonly fields: Map<string, Field>
}

export interface Field {
  readonly types: Map<Type, number>
  /** What its arrays hold. Arrays inside those are not looked into. */
  readonly items: Seen | undefined
}

export const make = (): Seen => ({ records: 0, objects: 0, fields: new Map() })

/** Looks at one more record. */
export const add = (seen: Seen, text: string, isNested = false): void => {
  seen.records++
  if (typeOf(text.trimStart()) === "object") seen.objects++
  for (const [name, value] of fieldsOf(text)) {
    let field = seen.fields.get(name)
    if (field === undefined) {
      field = { types: new Map(), items: isNested ? undefined : make() }
      seen.fields.set(name, field)
    }
    const type = typeOf(value)
    field.types.set(type, (field.types.get(type) ?? 0) + 1)
    if (type === "array" && field.items !== undefined) for (const item of slices(value, []) ?? []) add(field.items, item, true)
  }
}
