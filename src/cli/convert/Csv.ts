import { type Options, stringify } from "csv-stringify/sync"
import * as Effect from "effect/Effect"
import { Numeral, type Value } from "../../export/internal/convert/values.js"
import { type Format, sheet } from "./Format.js"
import { type Row, textOf } from "./Table.js"

/** RFC 4180. A null is nothing at all, an empty text is `""`; a text that a spreadsheet would run gets an apostrophe in front. */
const options: Options = {
  record_delimiter: "windows",
  // with a delimiter named, a line feed alone would go unquoted
  quoted_match: /^$|[\r\n]/,
  escape_formulas: true,
  // its sign does not make a number a formula, and as text it is not rounded
  cast: { object: (value: object) => ({ value: (value as Numeral).text, escape_formulas: false }) }
}

const cellOf = (value: Value): string | Numeral | null => (value instanceof Numeral && value.text.startsWith("-") ? value : textOf(value))

const utf8 = new TextEncoder()

/** A row that is one empty cell would be an empty line, which readers skip. */
const cellsOf = (row: Row): ReadonlyArray<string | Numeral | null> => (row.length === 1 && row[0] === null ? [""] : row.map(cellOf))

const lines = (rows: ReadonlyArray<Row>): Uint8Array => utf8.encode(stringify(rows.map(cellsOf), options))

/** A file a table. */
export const format: Format = (folder) =>
  Effect.succeed({
    table: Effect.fnUntraced(function* ({ columns, name }) {
      const file = `${name}.csv`
      const { append, finish } = yield* sheet(folder, file)
      yield* append(lines([columns.map((column) => column.name)]))
      return { file, write: (rows) => (rows.length === 0 ? Effect.void : append(lines(rows))), finish }
    }),
    checkpoint: Effect.void,
    finish: Effect.void
  })
