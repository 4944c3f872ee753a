/** The compiled decoder against Effect's own. */
import { deepStrictEqual } from "node:assert/strict"
import * as Arbitrary from "effect/Arbitrary"
import * as Either from "effect/Either"
import type * as FastCheck from "effect/FastCheck"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { compile } from "../../src/internal/decoder.js"
import { refuse } from "../../src/internal/quick.js"
import { mutated } from "./json.js"

export type AnySchema = Schema.Schema<any, any>

/**
 * A value as its own data. Effect's parser assigns keys to its copy, so that a `__proto__` key becomes the copy's prototype; the
 * compiled decoder keeps the key. What the two have in common is all the rest.
 */
export const withoutProto = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutProto)
  if (Option.isOption(value)) return Option.map(value, withoutProto)
  if (typeof value !== "object" || value === null || Object.hasOwn(value, "epochMillis")) return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (key === "__proto__" ? [] : [[key, withoutProto(one)]])))
}

/** Fails unless both decoders give the same value for a text, or both refuse it. */
export const agree = (schema: AnySchema, text: string, compiled = compile(schema)): void => {
  const ordinary = Either.try(() => Schema.decodeUnknownEither(schema)(JSON.parse(text)))
  // Effect's decoder itself breaks where it looks up a literal and finds an object with a `toString` key
  if (Either.isLeft(ordinary)) return
  const expected = Either.getOrElse(ordinary.right, () => refuse)
  const actual = compiled(JSON.parse(text))
  if (!text.includes("__proto__") || actual === refuse || expected === refuse) deepStrictEqual(actual, expected)
  else deepStrictEqual(withoutProto(actual), withoutProto(expected))
}

/** Values of a schema, as they travel. */
export const encoded = (schema: AnySchema): FastCheck.Arbitrary<string> => {
  const encode = Schema.encodeSync(schema)
  return Arbitrary.make(schema).map((value) => JSON.stringify(encode(value)) ?? "null")
}

/** The same, after something went wrong on the way. */
export const encodedAndMutated = (schema: AnySchema): FastCheck.Arbitrary<string> =>
  encoded(schema).chain((text) => mutated(JSON.parse(text)).map((value) => JSON.stringify(value)))
