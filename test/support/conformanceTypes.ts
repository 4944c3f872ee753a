/** Walks JSON along the types of the facts: completes it, finds the places of its fields, changes one of them. */
import type { Field, Model } from "./conformanceFacts.js"
import type { Json, JsonObject } from "./json.js"

export type Type =
  | { readonly is: "scalar"; readonly name: string }
  | { readonly is: "enum"; readonly values: ReadonlyArray<string>; readonly open: boolean }
  | { readonly is: "list"; readonly item: Type }
  /** A list in one parameter of a query, its values joined with commas. */
  | { readonly is: "joined"; readonly item: Type }
  | { readonly is: "map"; readonly value: Type }
  | { readonly is: "model"; readonly name: string; readonly open: boolean; readonly fields: () => ReadonlyArray<FieldType> }

interface FieldType {
  readonly name: string
  readonly type: Type
  /** Whether the field belongs to something that is sent. */
  readonly sent: boolean
  readonly optional: boolean
  readonly nullable: boolean
}

/** A field of a model at one place of a JSON value. */
export interface Place extends FieldType {
  /** `Model.field` */
  readonly place: string
  readonly path: Path
}

type Path = ReadonlyArray<string | number>

const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value)

// ------------------------------------------------------------------------------------------------------------------ reading

/** The types that facts speak of. `Page<X>` is X within the model that `envelope` names. */
export const reader = (models: Readonly<Record<string, Model>>, envelope: string | null) => {
  const read = (text: string): Type => {
    const [, kind, inner] = /^(\[|enum\(|open-enum\(|map\(string,|Page<)(.*)[\])>]$/.exec(text) ?? []
    switch (kind) {
      case "[":
        return { is: "list", item: read(inner!) }
      case "enum(":
      case "open-enum(":
        return { is: "enum", values: inner!.split(","), open: kind === "open-enum(" }
      case "map(string,":
        return { is: "map", value: read(inner!) }
      case "Page<":
        return modelOf(envelope!, models[envelope!] ?? { open: true, fields: {} }, inner!)
    }
    return text in models ? modelOf(text, models[text]!) : scalarOf(text)
  }
  // an envelope's own facts say only that it holds something
  const modelOf = (name: string, { fields, open }: Model, item = "json"): Type => ({
    is: "model",
    name,
    open,
    fields: () =>
      Object.entries(fields).map(([field, facts]) => fieldOf(field, facts, read(facts.type.replace(/^(\[?)json(]?)$/, `$1${item}$2`))))
  })
  /** The parameters of a query, as a model of which nothing else is known. */
  const query = (name: string, fields: Readonly<Record<string, Field>>): Type => ({
    is: "model",
    name,
    open: false,
    fields: () =>
      Object.entries(fields).map(([field, facts]) => {
        const type = read(facts.type)
        return fieldOf(field, facts, type.is === "list" ? { is: "joined", item: type.item } : type)
      })
  })
  return { read, query }
}

const fieldOf = (name: string, { nullable = false, presence }: Field, type: Type): FieldType => ({
  name,
  type,
  sent: presence === "required" || presence === "optional",
  optional: presence !== "always" && presence !== "required",
  nullable
})

const scalarOf = (name: string): Type => {
  if (!(name in samples)) throw new Error(`no such type: ${name}`)
  return { is: "scalar", name }
}

// ------------------------------------------------------------------------------------------------------------------ samples

const samples: Readonly<Record<string, Json>> = {
  uuid: "5b1f0f5e-0a5e-4c1e-9a3f-2f6f3f0b7a11",
  string: "text",
  int: 1,
  number: 1.5,
  boolean: true,
  datetime: "2030-01-02T03:04:05.006Z",
  date: "2030-01-02",
  time: "03:04:05",
  email: "sample@mail.example",
  phone: "+12025550142",
  url: "https://hooks.example/welkin",
  timezone: "America/Chicago",
  json: { anything: ["goes"] },
  bytes: { name: "plan.pdf", contentType: "application/pdf", content: "a plan" }
}

/** The wall-clock twins of instants, which carry an offset and stay text. */
const isLocal = (type: Type, name: string): boolean => type.is === "scalar" && type.name === "datetime" && name.startsWith("local")

/** A value with every field of every model in it, built around the one given. */
export const completed = (value: Json | undefined, type: Type, name = ""): Json => {
  switch (type.is) {
    case "scalar":
      return value ?? (isLocal(type, name) ? "2030-01-02T03:04:05.006+00:00" : samples[type.name]!)
    case "enum":
      return value ?? type.values[0]!
    case "joined":
      return value ?? `${completed(undefined, type.item)},${completed(undefined, type.item)}`
    case "list":
      return Array.isArray(value) && value.length > 0
        ? value.map((one: Json) => completed(one, type.item))
        : [completed(undefined, type.item, name)]
    case "map":
      return isObject(value) && Object.keys(value).length > 0 ? value : { key: completed(undefined, type.value) }
    case "model": {
      const given = isObject(value) ? value : {}
      return {
        ...given,
        ...Object.fromEntries(type.fields().map((field) => [field.name, completed(given[field.name], field.type, field.name)]))
      }
    }
  }
}

// ------------------------------------------------------------------------------------------------------------------- places

/** Every field of every model in a complete value; of lists, in the first item. */
export const placesIn = (value: Json, type: Type, path: Path = []): ReadonlyArray<Place> => {
  if (type.is === "list" && Array.isArray(value)) return placesIn(value[0], type.item, [...path, 0])
  if (type.is !== "model" || !isObject(value)) return []
  return type.fields().flatMap((field) => {
    const at = [...path, field.name]
    return [{ ...field, place: `${type.name}.${field.name}`, path: at }, ...placesIn(value[field.name]!, field.type, at)]
  })
}

/** Whether a place is below another. */
export const isWithin = (path: Path, outer: Path): boolean => path.length > outer.length && outer.every((at, depth) => path[depth] === at)

/** Changes what stands at a path; undefined takes it away. */
export const changed = (value: Json, [at, ...rest]: Path, to: Json | undefined): Json => {
  if (Array.isArray(value)) return value.map((item, index) => (index === at ? changed(item, rest, to) : item))
  if (at === undefined || !isObject(value)) return to!
  const { [at]: before, ...others } = value
  const after = rest.length === 0 ? to : changed(before!, rest, to)
  return after === undefined ? others : { ...others, [at]: after }
}

/** The value with a key more in every object that the type does not close. */
export const extended = (value: Json, type: Type, key: string): Json => {
  if (type.is === "list" && Array.isArray(value)) return value.map((one: Json) => extended(one, type.item, key))
  if (!isObject(value)) return value
  if (type.is === "map") return { ...value, [key]: completed(undefined, type.value) }
  if (type.is === "scalar") return type.name === "json" ? { ...value, [key]: true } : value
  if (type.is !== "model") return value
  const known = new Map(type.fields().map((field) => [field.name, field.type]))
  const fields = Object.entries(value).map(([name, one]) => [name, known.has(name) ? extended(one, known.get(name)!, key) : one])
  return { ...Object.fromEntries(fields), ...(type.open ? { [key]: { since: 2030 } } : {}) }
}

// ------------------------------------------------------------------------------------------------------------------ changes

/** What else may come, or may not, in the place of a value. */
export interface Change {
  readonly change: "absent" | "null" | "other" | "new"
  /** Undefined takes the value away. */
  readonly to: Json | undefined
  /** Whether the facts allow it. */
  readonly may: boolean
}

export const changesOf = ({ name, nullable, optional, sent, type }: FieldType): ReadonlyArray<Change> => {
  // anything includes nothing
  if (type.is === "scalar" && type.name === "json") return []
  const listed = listedBy(type)
  return [
    { change: "absent", to: undefined, may: optional },
    { change: "null", to: null, may: nullable },
    ...othersThan(type, name).map((to) => ({ change: "other" as const, to, may: false })),
    // what comes may always be new; what is sent only where the facts do not know all there is
    ...(listed === undefined
      ? []
      : ["ADDED_LATER", ""].map((to) => ({ change: "new" as const, to: listed.of(to), may: listed.open || !sent })))
  ]
}

/** The enum that a value, or each item of it, is taken from. */
const listedBy = (type: Type): { readonly of: (value: string) => Json; readonly open: boolean } | undefined => {
  switch (type.is) {
    case "enum":
      return { of: (value) => value, open: type.open }
    case "joined":
      return listedBy(type.item)
    case "list": {
      const item = listedBy(type.item)
      return item && { ...item, of: (value) => [item.of(value)] }
    }
    default:
      return undefined
  }
}

/** Values that a type does not allow. */
const othersThan = (type: Type, name: string): ReadonlyArray<Json> => {
  switch (type.is) {
    case "enum":
    case "joined":
      return [7]
    case "list":
      return ["text", ...othersThan(type.item, name).map((item) => [item])]
    case "map":
    case "model":
      return ["text"]
    case "scalar":
      return type.name === "json" ? [] : (others[isLocal(type, name) ? "string" : type.name] ?? [7])
  }
}

const others: Readonly<Record<string, ReadonlyArray<Json>>> = {
  int: ["text", 1.5],
  number: ["text"],
  boolean: ["text", 1],
  bytes: ["text"],
  datetime: [7, "yesterday", "2030-02-30T00:00:00.000Z"],
  date: [7, "2030-02-30"],
  time: [7, "24:00:00"]
}
