/*
 * Changes to a JSON value at a place. Everything off the path is shared with the value before.
 */
import { isObject } from "./json.js"

type Change = (parent: Record<string, unknown> | Array<unknown>, key: string) => void

/** Does something to each place that a path names. A place that is not there is passed over. */
const edit = (value: unknown, path: ReadonlyArray<string>, change: Change): unknown => {
  if (!isObject(value) && !Array.isArray(value)) return value
  const copy: any = Array.isArray(value) ? [...value] : { ...value }
  const [step, ...rest] = path
  for (const key of step === "*" ? Object.keys(copy) : [step!]) {
    if (rest.length === 0) change(copy, key)
    else if (Object.hasOwn(copy, key)) copy[key] = edit(copy[key], rest, change)
  }
  return copy
}

const steps = (path: string): ReadonlyArray<string> => path.slice(1).split("/")

export const setField = (value: unknown, path: string, to: unknown): unknown =>
  edit(value, steps(path), (parent: any, key) => {
    parent[key] = to
  })

export const removeField = (value: unknown, path: string): unknown =>
  edit(value, steps(path), (parent: any, key) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else delete parent[key]
  })

export const mistypeField = (value: unknown, path: string): unknown =>
  edit(value, steps(path), (parent: any, key) => {
    if (Object.hasOwn(parent, key)) parent[key] = ofAnotherType(parent[key])
  })

const ofAnotherType = (value: unknown): unknown => {
  if (typeof value === "string") return 7
  return isObject(value) ? [] : Array.isArray(value) ? {} : "mistyped"
}

/** Adds a field that nobody has heard of to every object. */
export const addFields = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(addFields)
  if (!isObject(value)) return value
  return {
    ...Object.fromEntries(Object.entries(value).map(([key, one]) => [key, addFields(one)])),
    addedByTheSimulator: { since: "tomorrow" }
  }
}
