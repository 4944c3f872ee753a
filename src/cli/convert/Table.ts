import { type Seen, make as unseen } from "../../export/internal/convert/seen.js"
import { fieldsOf, Nested, Numeral, type Type, type Value, valueOf } from "../../export/internal/convert/values.js"
import type { JsonSchema } from "../../export/JsonSchema.js"
import { slices } from "../../internal/slices.js"

/** How the values of a column are stored. `json` is the text of objects and arrays. */
export type ColumnType = "text" | "json" | "boolean" | "integer" | "double"

export interface Column {
  readonly name: string
  readonly type: ColumnType
}

/** The records of a kind, or of a field of theirs that holds arrays of objects. */
export interface Table {
  readonly name: string
  readonly kind: string
  readonly field: string | undefined
  readonly columns: ReadonlyArray<Column>
}

export type Row = ReadonlyArray<Value>

/** What a node of a schema can be: its union and references taken apart. */
const alternatives = (root: JsonSchema, node: unknown, depth = 0): ReadonlyArray<JsonSchema> => {
  if (typeof node !== "object" || node === null || depth > 8) return []
  const { $ref, anyOf } = node as JsonSchema
  if (typeof $ref === "string") return alternatives(root, (root.$defs as JsonSchema)[$ref.slice("#/$defs/".length)], depth + 1)
  if (Array.isArray(anyOf)) return anyOf.flatMap((one) => alternatives(root, one, depth + 1))
  return [node as JsonSchema]
}

/** The fields of an object, each with all that its alternatives say of it. */
const propertiesOf = (root: JsonSchema, node: unknown): ReadonlyMap<string, JsonSchema> => {
  const found = new Map<string, ReadonlyArray<unknown>>()
  for (const { properties = {} } of alternatives(root, node)) {
    for (const [name, one] of Object.entries(properties as JsonSchema)) found.set(name, [...(found.get(name) ?? []), one])
  }
  return new Map(Array.from(found, ([name, anyOf]) => [name, { anyOf }]))
}

/** The objects that a field's arrays hold, if the schema knows any. */
const itemsOf = (root: JsonSchema, node: unknown): JsonSchema | undefined => {
  const anyOf = alternatives(root, node)
    .flatMap(({ items }) => alternatives(root, items))
    .filter(({ type }) => type === "object")
  return anyOf.length === 0 ? undefined : { anyOf }
}

const typesByName: Readonly<Record<string, Type>> = {
  string: "string",
  boolean: "boolean",
  integer: "integer",
  number: "decimal",
  object: "object",
  array: "array"
}

const typesOf = (root: JsonSchema, node: unknown): ReadonlyArray<Type> =>
  alternatives(root, node).flatMap(({ type }) => typesByName[String(type)] ?? [])

const storedAs: ReadonlyArray<readonly [ColumnType, ReadonlyArray<Type>]> = [
  ["boolean", ["boolean"]],
  ["integer", ["integer", "wide"]],
  ["double", ["integer", "decimal"]],
  ["json", ["object", "array"]]
]

/** The narrowest type that keeps every value as it is; text, if there is no other. */
const columnType = (types: Iterable<Type>): ColumnType => {
  const all = Array.from(new Set(types)).filter((type) => type !== "null")
  return all.length === 0 ? "text" : (storedAs.find(([, held]) => all.every((type) => held.includes(type)))?.[0] ?? "text")
}

/** Fields that the model knows come first and are always there; others follow as they were seen. */
const columnsOf = (root: JsonSchema, node: unknown, seen: Seen): ReadonlyArray<Column> => {
  const known = propertiesOf(root, node)
  return Array.from(new Set([...known.keys(), ...seen.fields.keys()]), (name) => ({
    name,
    type: columnType([...typesOf(root, known.get(name)), ...(seen.fields.get(name)?.types.keys() ?? [])])
  }))
}

/** A name of ours that is none of a field. */
const free = (name: string, columns: ReadonlyArray<Column>): string =>
  columns.some((column) => column.name === name) ? free(`_${name}`, columns) : name

/** Known fields and plain words may stand in the name of a file. Anything else could be somebody's id. */
const isWord = (name: string): boolean => /^[A-Za-z][A-Za-z_-]{0,63}$/.test(name)

/** The table of a kind and, behind it, those of its fields that hold objects in arrays. */
export const tablesOf = (kind: string, model: JsonSchema, seen: Seen): ReadonlyArray<Table> => {
  const fields = columnsOf(model, model, seen)
  const columns: ReadonlyArray<Column> = fields.some(({ name }) => name === "id") ? fields : [{ name: "id", type: "text" }, ...fields]
  const known = propertiesOf(model, model)
  const taken = new Set([kind])
  const children = columns.flatMap(({ name: field }, at): ReadonlyArray<Table> => {
    const node = itemsOf(model, known.get(field))
    const items = seen.fields.get(field)?.items ?? unseen()
    if (node === undefined && items.objects === 0) return []
    const own = columnsOf(model, node, items)
    const named = `${kind}.${known.has(field) || isWord(field) ? field : `field-${at + 1}`}`
    // on some systems names that differ in case alone are the same
    const name = taken.has(named.toLowerCase()) ? `${kind}.field-${at + 1}` : named
    taken.add(name.toLowerCase())
    const parent: ReadonlyArray<Column> = [
      { name: free("_row", own), type: "integer" },
      { name: free("_parent_id", own), type: columns.find((column) => column.name === "id")!.type },
      { name: free("_index", own), type: "integer" }
    ]
    return [{ name, kind, field, columns: [...parent, ...own] }]
  })
  return [{ name: kind, kind, field: undefined, columns }, ...children]
}

const numeral = (n: number): Numeral => new Numeral(String(n))

/** Cuts records into rows for each of a kind's tables. */
export const cutter = (tables: ReadonlyArray<Table>): ((line: string) => ReadonlyArray<ReadonlyArray<Row>>) => {
  const places = tables.map(({ columns, field }) => new Map(columns.slice(field === undefined ? 0 : 3).map(({ name }, at) => [name, at])))
  const rowOf = (at: number, fields: ReadonlyMap<string, string>): Array<Value> => {
    const row = new Array<Value>(places[at]!.size).fill(null)
    for (const [name, text] of fields) row[places[at]!.get(name)!] = valueOf(text)
    return row
  }
  let rows = 0
  return (line) => {
    const record = fieldsOf(line)
    const number = numeral(++rows)
    const id = valueOf(record.get("id") ?? "null")
    return tables.map(({ field }, at) => {
      if (field === undefined) return [rowOf(at, record)]
      const items = slices(record.get(field) ?? "null", []) ?? []
      return items.map((item, index) => [number, id, numeral(index), ...rowOf(at, fieldsOf(item))])
    })
  }
}

/** A value as text: what is no string as it is written in JSON. */
export const textOf = (value: Value): string | null =>
  value === null || typeof value === "string" ? value : typeof value === "boolean" ? String(value) : value.text

/** A value as its column stores it. */
export const stored = (value: Value, type: ColumnType): null | boolean | string | number | bigint => {
  if (typeof value === "boolean" && type === "boolean") return value
  if (value instanceof Numeral && type === "integer") return BigInt(value.text)
  if (value instanceof Numeral && type === "double") return Number(value.text)
  return textOf(value)
}

/** About how much of memory a row takes. */
export const sizeOf = (row: Row): number =>
  row.reduce<number>(
    (sum, value) =>
      sum + (typeof value === "string" ? value.length : value instanceof Nested || value instanceof Numeral ? value.text.length : 1),
    0
  )
