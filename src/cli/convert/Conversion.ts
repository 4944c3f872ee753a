import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Book } from "../../export/Manifest.js"

const Table = Schema.Struct({
  name: Schema.String,
  kind: Schema.String,
  /** The field whose arrays it holds; null where it holds the records themselves. */
  field: Schema.NullOr(Schema.String),
  file: Schema.String,
  rows: Schema.NonNegativeInt,
  columns: Schema.Array(Schema.Struct({ name: Schema.String, type: Schema.String }))
})

/** What a conversion holds and what it was made of. It stands in the conversion's folder, and makes it one. */
export const Conversion = Schema.Struct({
  format: Schema.Literal("effect-welkin-conversion"),
  formatVersion: Schema.Literal(1),
  tool: Schema.Struct({ name: Schema.String, version: Schema.String }),
  to: Schema.String,
  convertedAt: Schema.String,
  /** Whether the export had all of every kind that is here. */
  complete: Schema.Boolean,
  source: Schema.Struct({ manifestSha256: Schema.String, finishedAt: Schema.String }),
  tables: Schema.Array(Table),
  files: Schema.Array(Book)
})
export type Conversion = typeof Conversion.Type

export const fileName = "conversion.json"

const decode = Schema.decodeUnknownOption(Schema.parseJson(Conversion))

export const textOf = (conversion: Conversion): string => `${JSON.stringify(conversion, null, 2)}\n`

export const ofText = (text: string): Option.Option<Conversion> => decode(text)

/** The names of everything that the conversion wrote. */
export const namesOf = ({ files }: Conversion): ReadonlySet<string> => new Set([fileName, ...files.map(({ name }) => name)])
