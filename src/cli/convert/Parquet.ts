import * as Effect from "effect/Effect"
import { ByteWriter, ParquetWriter } from "hyparquet-writer"
import { version } from "../../internal/version.js"
import { type Format, sheet } from "./Format.js"
import { type Column, type ColumnType, type Row, sizeOf, stored } from "./Table.js"

/** A row group is as many rows, or as much text, as is kept in memory before it is written. */
const groupRows = 10_000
const groupText = 8 * 1024 * 1024

const elements = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  json: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  boolean: { type: "BOOLEAN" },
  integer: { type: "INT64" },
  double: { type: "DOUBLE" }
} as const satisfies Record<ColumnType, object>

const schemaOf = (columns: ReadonlyArray<Column>) => [
  { name: "root", num_children: columns.length },
  ...columns.map(({ name, type }) => ({ name, ...elements[type], repetition_type: "OPTIONAL" as const }))
]

/** A file a table. */
export const format: Format = (folder) =>
  Effect.succeed({
    table: Effect.fnUntraced(function* ({ columns, name }) {
      const file = `${name}.parquet`
      const out = yield* sheet(folder, file)
      const buffer = new ByteWriter()
      const parquet = new ParquetWriter({ writer: buffer, schema: schemaOf(columns), createdBy: `effect-welkin version ${version}` })
      let group: Array<Row> = []
      let text = 0
      const flush = Effect.suspend(() => {
        const bytes = buffer.getBytes().slice()
        buffer.index = 0
        return out.append(bytes)
      })
      const close = Effect.suspend(() => {
        if (group.length === 0) return Effect.void
        const columnData = columns.map(({ name, type }, at) => ({
          name,
          data: group.map((row) => stored(row[at]!, type)),
          // whole documents would stand in the footer, and nobody asks for the least of them
          statistics: type !== "json"
        }))
        parquet.write({ columnData, rowGroupSize: group.length })
        group = []
        text = 0
        return flush
      })
      return {
        file,
        write: (rows) =>
          Effect.suspend(() => {
            for (const row of rows) {
              group.push(row)
              text += sizeOf(row)
            }
            return group.length >= groupRows || text >= groupText ? close : Effect.void
          }),
        finish: Effect.gen(function* () {
          yield* close
          parquet.finish()
          yield* flush
          yield* out.finish
        })
      }
    }),
    checkpoint: Effect.void,
    finish: Effect.void
  })
