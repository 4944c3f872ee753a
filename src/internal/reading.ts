import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import type { DecodeError, Place } from "../WelkinError.js"
import { compile } from "./decoder.js"
import { isRecord } from "./json.js"
import * as Places from "./places.js"
import { refuse } from "./quick.js"

/** A 2xx answer, whole. `text` is undefined where the bytes are no UTF-8. */
export interface Reply {
  readonly contentType: string
  readonly text: string | undefined
}

export interface Mismatch {
  readonly reason: DecodeError["reason"]
  readonly places: ReadonlyArray<Place>
}

/** Reads an answer, or says why it is none. */
export type Read<A> = (reply: Reply) => Either.Either<A, Mismatch>

const mismatch = (reason: Mismatch["reason"], places: ReadonlyArray<Place> = []): Either.Either<never, Mismatch> =>
  Either.left({ reason, places })

/** Both generations report errors in envelopes of their own; with a 2xx around it, such a body is still no answer. */
const isErrorList = (value: unknown): boolean => {
  if (Array.isArray(value)) return isRecord(value[0]) && typeof value[0].errorCode === "string" && "message" in value[0]
  if (!isRecord(value)) return false
  if (typeof value.errorCode === "string" && "componentType" in value) return true
  // a record may have errors of its own
  return Array.isArray(value.errors) && isRecord(value.errors[0]) && "code" in value.errors[0] && !("id" in value)
}

/** The answer's JSON, untouched. */
export const json: Read<unknown> = ({ contentType, text }) => {
  if (text === undefined) return mismatch("Syntax")
  const start = text.search(/\S/)
  if (start < 0) return mismatch("Empty")
  if (text[start] === "<") return mismatch("Html")
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // the engine's own message quotes the text
    return mismatch(contentType.includes("html") ? "Html" : "Syntax")
  }
  return isErrorList(value) ? mismatch("Envelope") : Either.right(value)
}

/** The answer's text, once it is known to be JSON. */
export const text: Read<string> = (reply) => Either.map(json(reply), () => reply.text as string)

/** Nothing: whatever the body says is not looked at. */
export const nothing: Read<void> = () => Either.void

/** Annotation of an answer's schema that takes an empty body for `undefined`. */
export const MayBeEmpty: unique symbol = Symbol.for("effect-welkin/MayBeEmpty")

/** The answer as a schema has it. */
export const value = <A, I>(schema: Schema.Schema<A, I>): Read<A> => {
  const quick = compile(schema)
  const exact = Schema.decodeUnknownEither(schema, { errors: "all" })
  const mayBeEmpty = schema.ast.annotations[MayBeEmpty] === true
  const read = (parsed: unknown, text: string): Either.Either<A, Mismatch> => {
    const decoded = quick(parsed as I)
    if (decoded !== refuse) return Either.right(decoded)
    // the quick decoder has written into its value: the place of the error is looked for in a fresh one
    return Either.mapLeft(exact(JSON.parse(text)), (error) => {
      const places = Places.of(error)
      return { reason: places.some((place) => isEnvelope(place.path)) ? "Envelope" : "Schema", places }
    })
  }
  return (reply) => {
    if (mayBeEmpty && reply.text !== undefined && !/\S/.test(reply.text)) return Either.right(undefined as A)
    return Either.flatMap(json(reply), (parsed) => {
      try {
        return read(parsed, reply.text as string)
      } catch {
        // nested deeper than the stack, or made so that the parser throws: whatever it says may quote the value
        return mismatch("Schema")
      }
    })
  }
}

const envelopeKeys: ReadonlySet<string> = new Set([
  "",
  "content",
  "data",
  "data.content",
  "metaInfo",
  "meta",
  "cursor",
  "records",
  "records.content"
])

const isEnvelope = (path: string): boolean => envelopeKeys.has(path)
