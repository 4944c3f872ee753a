import * as Schema from "effect/Schema"
import { compile } from "./decoder.js"
import { Quick, type QuickDecoder } from "./quick.js"

/** Brings a value into the form of a schema before it is decoded. What is sent has that form already. */
export const prepared = <A, I>(schema: Schema.Schema<A, I>, prepare: (value: unknown) => unknown): Schema.Schema<A, unknown> => {
  const quick = compile(schema) as QuickDecoder
  return Schema.transform(Schema.Unknown, schema, {
    strict: false,
    decode: prepare,
    encode: (value) => value
  }).annotations({ [Quick]: (value: unknown) => quick(prepare(value)) }) as Schema.Schema<A, unknown>
}
