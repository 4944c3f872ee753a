/*
 * How v1 reads what a request holds. Each field is read into what is kept of it.
 */
import * as Either from "effect/Either"
import type { Request } from "../call.js"
import { isObject, type JsonObject } from "../json.js"
import type * as Reply from "../reply.js"
import * as Moments from "./moments.js"
import * as Problem from "./problem.js"

/** Reads a value; undefined where it is not one of these. */
export type Reader = (value: unknown) => unknown

export const text: Reader = (value) => (typeof value === "string" ? value : undefined)
export const flag: Reader = (value) => (typeof value === "boolean" ? value : undefined)
export const number: Reader = (value) => (typeof value === "number" || typeof value === "string" ? value : undefined)
export const object: Reader = (value) => (isObject(value) ? value : undefined)
export const day: Reader = (value) => (typeof value === "string" && Moments.isDay(value) ? value : undefined)
export const moment: Reader = (value) => (typeof value === "string" ? Moments.parse(value) : undefined)
export const words: Reader = (value) => (Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined)
export const objects: Reader = (value) => (Array.isArray(value) && value.every(isObject) ? value : undefined)
export const oneOf =
  (...known: ReadonlyArray<string>): Reader =>
  (value) =>
    typeof value === "string" && known.includes(value) ? value : undefined
export const orNull =
  (reader: Reader): Reader =>
  (value) =>
    value === null ? null : reader(value)

/** What a body may hold. */
export interface Shape {
  readonly fields: { readonly [name: string]: Reader }
  readonly required?: ReadonlyArray<string>
}

/** Reads a body. `older` are the names that fields had before, by the newest; either is taken, but not both. */
export const fields = (body: JsonObject, shape: Shape, older: Older = {}, at = ""): Reply.Or<JsonObject> => {
  const found: Record<string, unknown> = {}
  const newest = new Map(Object.entries(older).map(([name, old]) => [old, name]))
  for (const [key, value] of Object.entries(body)) {
    const name = newest.get(key) ?? key
    if (!Object.hasOwn(shape.fields, name)) return Problem.refuse("parse_exception", "There is no such field.", `${at}.${key}`)
    if (Object.hasOwn(found, name)) return Problem.refuse("bad_request", "A field is given under two names.", `${at}.${key}`)
    const read = shape.fields[name]!(value)
    if (read === undefined) return Problem.refuse("parse_exception", "A field has a value that it cannot have.", `${at}.${key}`)
    found[name] = read
  }
  const missing = shape.required?.find((name) => !Object.hasOwn(found, name))
  return missing === undefined ? Either.right(found) : Problem.refuse("bad_request", "A required field is missing.", `${at}.${missing}`)
}

/** The names that fields had before, by the newest. */
export interface Older {
  readonly [newest: string]: string
}

const isForm = ({ headers }: Request): boolean => /^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? "")

/** The body of a request, JSON or a form. */
export const body = (request: Request): Reply.Or<JsonObject> => {
  const parsed = Either.try((): unknown => {
    const content = new TextDecoder("utf-8", { fatal: true }).decode(request.body)
    return isForm(request) ? Object.fromEntries(new URLSearchParams(content)) : JSON.parse(content)
  })
  return Either.isRight(parsed) && isObject(parsed.right)
    ? Either.right(parsed.right)
    : Problem.refuse("parse_exception", "The body is no JSON object.", ".")
}
