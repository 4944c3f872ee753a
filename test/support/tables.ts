/** What a conversion has made, read back by other code than wrote it. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parquetMetadata, parquetRead } from "hyparquet"
import sqlite from "node-sqlite3-wasm"
import type { Conversion } from "../../src/cli/convert/Conversion.js"

export type Cell = null | string | number | bigint | boolean

export type Table = Conversion["tables"][number]

export const conversionOf = (out: string): Conversion => JSON.parse(readFileSync(join(out, "conversion.json"), "utf8"))

/** RFC 4180. An empty cell without quotes is a null. */
export const parseCsv = (text: string): ReadonlyArray<ReadonlyArray<string | null>> => {
  const rows: Array<ReadonlyArray<string | null>> = []
  let row: Array<string | null> = []
  let at = 0
  while (at < text.length) {
    let cell: string | null
    if (text[at] === '"') {
      let end = at + 1
      while (!(text[end] === '"' && text[end + 1] !== '"')) end += text[end] === '"' ? 2 : 1
      cell = text.slice(at + 1, end).replaceAll('""', '"')
      at = end + 1
    } else {
      const found = /[,\r\n]/g
      found.lastIndex = at
      const end = found.exec(text)?.index ?? text.length
      cell = end === at ? null : text.slice(at, end)
      at = end
    }
    row.push(cell)
    if (text[at] === ",") {
      at++
      // a comma at the end of a line stands before an empty cell
      if (at === text.length) row.push(null)
      continue
    }
    if (text.slice(at, at + 2) !== "\r\n") throw new Error(`a cell does not end where it should, at ${at}`)
    rows.push(row)
    row = []
    at += 2
  }
  return rows
}

const csvRows = (out: string, { file }: Table): ReadonlyArray<ReadonlyArray<Cell>> => {
  const [header, ...rows] = parseCsv(readFileSync(join(out, file), "utf8"))
  return [header ?? [], ...rows]
}

const parquetRows = async (out: string, { columns, file }: Table): Promise<ReadonlyArray<ReadonlyArray<Cell>>> => {
  const { buffer, byteLength, byteOffset } = readFileSync(join(out, file))
  const found = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
  const { schema } = parquetMetadata(found)
  let rows: ReadonlyArray<ReadonlyArray<Cell>> = []
  // the reader's own decoder takes U+FEFF at the beginning of a text for a mark
  const parsers = { stringFromBytes: (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString() }
  await parquetRead({ file: found, parsers, onComplete: (all) => (rows = all as any) })
  if (schema.length !== columns.length + 1) throw new Error("other columns")
  return [schema.slice(1).map(({ name }) => name), ...rows]
}

/** Text comes as bytes: drivers end it at a NUL. */
const sqliteRows = (out: string, { columns, file, name }: Table): ReadonlyArray<ReadonlyArray<Cell>> => {
  const database = new sqlite.Database(join(out, file), { readOnly: true })
  try {
    const table = name.replaceAll(/[-.]/g, "_")
    const names = database.all(`SELECT name FROM pragma_table_info('${table}') ORDER BY cid`).map((row) => String(row.name))
    const selected = columns.map(({ type }, at) => {
      const column = `"${names[at]!.replaceAll('"', '""')}"`
      return type === "text" || type === "json" ? `CAST(${column} AS BLOB) AS c${at}` : `${column} AS c${at}`
    })
    const rows = database.all(`SELECT ${selected.join(", ")} FROM "${table}" ORDER BY rowid`)
    return [
      names,
      ...rows.map((row: any) =>
        columns.map(({ type }, at): Cell => {
          const value = row[`c${at}`]
          if (value instanceof Uint8Array) return Buffer.from(value).toString()
          return type === "boolean" && value !== null ? value === 1 : value
        })
      )
    ]
  } finally {
    database.close()
  }
}

/** The names of a table's columns, and its rows behind them. */
export const rowsOf = async (out: string, table: Table): Promise<ReadonlyArray<ReadonlyArray<Cell>>> => {
  const { to } = conversionOf(out)
  return to === "csv" ? csvRows(out, table) : to === "parquet" ? parquetRows(out, table) : sqliteRows(out, table)
}
