/**
 * JSON Schema of what an export holds: as the models say, and as the records are.
 *
 * @since 0.1.0
 */
import * as JSONSchema from "effect/JSONSchema"
import * as AST from "effect/SchemaAST"
import * as Collection from "./Collection.js"
import * as Seen from "./internal/convert/seen.js"
import type { Type } from "./internal/convert/values.js"
import { byName } from "./Kind.js"
import type { Source } from "./Plan.js"

/**
 * A JSON Schema, draft 7.
 *
 * @since 0.1.0
 * @category models
 */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

const $schema = "http://json-schema.org/draft-07/schema#"

const isObject = (value: unknown): value is JsonSchema => typeof value === "object" && value !== null && !Array.isArray(value)

const distinct = (nodes: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  Array.from(new Map(nodes.map((node) => [JSON.stringify(node), node])).values())

/** Takes out what says nothing: ids that stand in it many times, unions inside unions, empty lists of required fields. */
const tidy = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(tidy)
  if (!isObject(node)) return node
  const { $id, anyOf, properties, required, title, ...rest } = node
  const isGeneric = typeof $id === "string" && $id.startsWith("/schemas/")
  const members = Array.isArray(anyOf)
    ? distinct(anyOf.map(tidy).flatMap((one) => (isObject(one) && Array.isArray(one.anyOf) ? one.anyOf : [one])))
    : undefined
  return {
    ...(title === undefined || isGeneric ? {} : { title }),
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, tidy(value)])),
    // its keys are names of fields, not keywords
    ...(isObject(properties)
      ? { properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, tidy(value)])) }
      : {}),
    ...(Array.isArray(required) && required.length > 0 ? { required } : {}),
    ...(members === undefined ? {} : { anyOf: members })
  }
}

/** Models of the legacy API take fields under names of several years: the schema is that of the newest. */
const modelOf = (ast: AST.AST): AST.AST => (AST.isTransformation(ast) && AST.isUnknownKeyword(ast.from) ? modelOf(ast.to) : ast)

/**
 * The JSON Schema of a kind's records as its models have them on the wire: where bulk and crawl read different ones, either is welcome.
 * It is open, for fields that a tenant or a release adds. Of a kind that this package does not know it says no more than that. `v1` is
 * for collections of the legacy API, some of which go by the same names.
 *
 * A record that breaks it is in an export nevertheless, as it came.
 *
 * @since 0.1.0
 * @category constructors
 */
export const schemaOf = (kind: string, generation: Source["generation"] = "v8"): JsonSchema => {
  const { bulk, crawl } = byName(kind) ?? {}
  const ways = generation === "v1" ? [Collection.byName(kind)] : [bulk, crawl]
  const $defs: Record<string, JSONSchema.JsonSchema7> = {}
  const models = distinct(
    ways.flatMap((way) =>
      way === undefined
        ? []
        : tidy(
            JSONSchema.fromAST(modelOf(way.record.ast), {
              definitions: $defs,
              topLevelReferenceStrategy: "skip",
              additionalPropertiesStrategy: "allow"
            })
          )
    )
  )
  const used = JSON.stringify(models).includes('"$ref"')
  return {
    $schema,
    title: kind,
    ...(models.length === 0 ? { type: "object" } : models.length === 1 ? (models[0] as JsonSchema) : { anyOf: models }),
    ...(used ? { $defs: tidy($defs) } : {})
  }
}

const typeNames: Readonly<Record<Type, string>> = {
  null: "null",
  boolean: "boolean",
  integer: "integer",
  wide: "integer",
  decimal: "number",
  inexact: "number",
  string: "string",
  object: "object",
  array: "array"
}

const fieldOf = ({ items, types }: Seen.Field): JsonSchema => {
  const counts = new Map<string, number>()
  for (const [type, count] of types) counts.set(typeNames[type], (counts.get(typeNames[type]) ?? 0) + count)
  const names = Array.from(counts.keys()).sort()
  return {
    type: names.length === 1 ? names[0] : names,
    ...(items === undefined || items.objects === 0 || items.objects < items.records ? {} : { items: objectOf(items) }),
    "x-seen": Object.fromEntries(counts)
  }
}

const objectOf = ({ fields, records }: Seen.Seen): JsonSchema => {
  const isAlways = ({ types }: Seen.Field) => Array.from(types.values()).reduce((sum, count) => sum + count, 0) === records
  const required = Array.from(fields).flatMap(([name, field]) => (isAlways(field) ? [name] : []))
  return {
    type: "object",
    properties: Object.fromEntries(Array.from(fields, ([name, field]) => [name, fieldOf(field)])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: true
  }
}

/** @internal */
export const ofSeen = (kind: string, seen: Seen.Seen): JsonSchema => ({
  $schema,
  title: kind,
  description: `As seen in ${seen.records} record${seen.records === 1 ? "" : "s"}.`,
  ...objectOf(seen)
})

/**
 * Learns the JSON Schema of records from the records.
 *
 * @since 0.1.0
 * @category models
 */
export interface Observer {
  /** Looks at one more record, as its JSON text. */
  readonly add: (record: string) => void
  /**
   * What was seen so far: each field's types, under `x-seen` how often each came, and which fields no record lacks. Fields of
   * objects inside a record are not looked into, those of objects in its arrays are. It holds names and counts, and no values.
   */
  readonly schema: () => JsonSchema
}

/**
 * @since 0.1.0
 * @category constructors
 */
export const observe = (kind: string): Observer => {
  const seen = Seen.make()
  return { add: (record) => Seen.add(seen, record), schema: () => ofSeen(kind, seen) }
}
