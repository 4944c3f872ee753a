/** JSON that went wrong in the ways answers of a service do, for properties over decoders. */
import * as FastCheck from "effect/FastCheck"

export type Json = null | boolean | number | string | ReadonlyArray<Json> | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

type Path = ReadonlyArray<number>

const isList = (json: Json): json is ReadonlyArray<Json> => Array.isArray(json)
const isObject = (json: Json): json is JsonObject => typeof json === "object" && json !== null && !isList(json)
const isString = (json: Json): json is string => typeof json === "string"

/** Where a value has values: the nth of a list, the nth of an object. */
const children = (json: Json): ReadonlyArray<Json> => (isList(json) ? json : isObject(json) ? Object.values(json) : [])

/** The paths of a value and of everything within it that a mutation is meant for. */
const paths = (json: Json, fits: (json: Json) => boolean): ReadonlyArray<Path> => [
  ...(fits(json) ? [[]] : []),
  ...children(json).flatMap((child, at) => paths(child, fits).map((path) => [at, ...path]))
]

/** Changes what stands at a path; undefined takes it away. `Object.fromEntries` keeps a `__proto__` key an own one. */
const update = (json: Json, [at, ...rest]: Path, change: (json: Json) => Json | undefined): Json | undefined => {
  if (at === undefined) return change(json)
  const child = update(children(json)[at]!, rest, change)
  if (isList(json)) return json.flatMap((item, index) => (index !== at ? [item] : child === undefined ? [] : [child]))
  return Object.fromEntries(
    Object.entries(json as JsonObject).flatMap(([key, value], index) =>
      index !== at ? [[key, value] as const] : child === undefined ? [] : [[key, child] as const]
    )
  )
}

const withKey = (json: Json, key: string, value: Json): Json =>
  Object.fromEntries([...Object.entries(json as JsonObject).filter(([known]) => known !== key), [key, value]])

/** One thing that goes wrong, and the values it can happen to. `extra` is any other JSON value. */
export interface Mutation {
  readonly fits: (json: Json) => boolean
  readonly change: (json: Json, extra: Json) => Json | undefined
}

const anywhere = () => true

export const mutations = {
  otherValue: { fits: anywhere, change: (_, extra) => extra },
  otherType: { fits: anywhere, change: (json) => (isString(json) ? 1 : typeof json === "number" ? true : JSON.stringify(json)) },
  null: { fits: anywhere, change: () => null },
  dropped: { fits: anywhere, change: () => undefined },
  unknownKey: { fits: isObject, change: (json, extra) => withKey(json, "added-later", extra) },
  protoKey: { fits: isObject, change: (json, extra) => withKey(json, "__proto__", extra) },
  inheritedKey: { fits: isObject, change: (json, extra) => withKey(json, "constructor", extra) },
  listForObject: { fits: isObject, change: (json) => children(json) },
  objectForList: { fits: isList, change: (json) => Object.fromEntries(children(json).entries()) },
  oneForList: { fits: isList, change: (json) => children(json)[0] },
  listForOne: { fits: anywhere, change: (json) => [json] },
  repeated: { fits: isList, change: (json) => [...children(json), ...children(json).slice(-1)] },
  bareDate: { fits: isString, change: () => "2024-02-29" },
  impossibleDate: { fits: isString, change: () => "2023-02-29T00:00:00.000Z" },
  possibleDate: { fits: isString, change: () => "2024-02-29T23:59:59.999999+05:30" },
  emptyText: { fits: isString, change: () => "" },
  unknownText: { fits: isString, change: () => "ADDED_LATER" },
  hugeNumber: { fits: (json) => typeof json === "number", change: () => 2 ** 53 + 2 },
  fraction: { fits: (json) => typeof json === "number", change: () => -0.5 }
} as const satisfies Record<string, Mutation>

const names = Object.keys(mutations) as ReadonlyArray<keyof typeof mutations>

/** Applies a mutation at one of the places it fits, picked by number; a value without such a place stays as it is. */
export const mutate = (json: Json, mutation: Mutation, place: number, extra: Json): Json => {
  const places = paths(json, mutation.fits)
  if (places.length === 0) return json
  return update(json, places[place % places.length]!, (value) => mutation.change(value, extra)) ?? null
}

/** Any JSON value, as `JSON.parse` gives it back. */
export const json: FastCheck.Arbitrary<Json> = FastCheck.json({ maxDepth: 2 }).map((text) => JSON.parse(text))

/** The value after one to three mutations somewhere in it. */
export const mutated = (value: Json): FastCheck.Arbitrary<Json> =>
  FastCheck.array(FastCheck.tuple(FastCheck.constantFrom(...names), FastCheck.nat(), json), { minLength: 1, maxLength: 3 }).map((steps) =>
    steps.reduce((before, [name, place, extra]) => mutate(before, mutations[name], place, extra), value)
  )
