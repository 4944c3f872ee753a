import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { DiskError } from "../../export/Folder.js"
import { Failure } from "../Failure.js"
import type { Format } from "./Format.js"
import { type Column, type ColumnType, type Row, stored } from "./Table.js"

type Bound = null | string | number | bigint | Uint8Array

interface Statement {
  readonly run: (values: ReadonlyArray<Bound>) => void
  readonly close: () => void
}

/** What is needed of a driver. It throws. */
export interface Database {
  readonly exec: (sql: string) => void
  readonly prepare: (sql: string) => Statement
  readonly close: () => void
}

/** Opens a file; undefined where the driver is not there. */
export type Driver = () => Promise<((path: string) => Database) | undefined>

interface BuiltIn {
  readonly DatabaseSync: new (
    path: string
  ) => {
    readonly exec: (sql: string) => void
    readonly prepare: (sql: string) => { readonly run: (...values: ReadonlyArray<Bound>) => unknown }
    readonly close: () => void
  }
}

/** The one of Node 22.13 and later. */
const builtIn: Driver = async () => {
  const found = process.getBuiltinModule("node:sqlite" as never) as BuiltIn | undefined
  if (found === undefined) return undefined
  return (path) => {
    const database = new found.DatabaseSync(path)
    return {
      exec: (sql) => database.exec(sql),
      prepare: (sql) => {
        const statement = database.prepare(sql)
        return { run: (values) => void statement.run(...values), close: () => undefined }
      },
      close: () => database.close()
    }
  }
}

const wasm: Driver = async () => {
  const found = await import("node-sqlite3-wasm").catch(() => undefined)
  if (found === undefined) return undefined
  return (path) => {
    const database = new found.default.Database(path)
    return {
      exec: (sql) => database.exec(sql),
      prepare: (sql) => {
        const statement = database.prepare(sql)
        return { run: (values) => void statement.run(Array.from(values)), close: () => statement.finalize() }
      },
      close: () => database.close()
    }
  }
}

/** The drivers, the first that is there being used. */
export class Drivers extends Context.Reference<Drivers>()("effect-welkin/cli/convert/Sqlite/Drivers", {
  defaultValue: (): ReadonlyArray<Driver> => [builtIn, wasm]
}) {}

const missing = new Failure({
  exitCode: 2,
  sentence: "SQLite comes with Node 22.13 and later. On this Node install a driver: npm install node-sqlite3-wasm@^0.8.60"
})

const driver = Effect.gen(function* () {
  for (const one of yield* Drivers) {
    const open = yield* Effect.promise(one)
    if (open !== undefined) return open
  }
  return yield* missing
})

const file = "export.sqlite"

/** SQLite's own codes by their words: the drivers do not agree on where they put the number. */
const codes: ReadonlyArray<readonly [RegExp, string]> = [
  [/full/i, "ENOSPC"],
  [/readonly|read-only/i, "EROFS"],
  [/unable to open/i, "EACCES"]
]

const attempt = <A>(run: () => A): Effect.Effect<A, DiskError> =>
  Effect.try({
    try: run,
    catch: (error) => {
      const code = codes.find(([words]) => words.test(String(error)))?.[1] ?? "EIO"
      return new DiskError({ doing: "write", name: file, code })
    }
  })

const types: Readonly<Record<ColumnType, string>> = { text: "TEXT", json: "TEXT", boolean: "BOOLEAN", integer: "INTEGER", double: "REAL" }

/** As many columns as SQLite takes. */
const limit = 2000

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** SQLite takes names that differ in the case of A to Z alone for the same, and ends one at a NUL. */
const named = (names: ReadonlyArray<string>, taken: Set<string> = new Set()): ReadonlyArray<string> =>
  names.map((name) => {
    const plain = Buffer.from(name.replaceAll("\0", "\ufffd")).toString()
    let free = plain
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${plain}_${n}`
    taken.add(free.toLowerCase())
    return free
  })

/** Drivers end a text at a NUL, and store what is no Unicode as it is: such a text goes as bytes. */
const isPlain = (text: string): boolean => !/[\0\ud800-\udfff]/u.test(text)

const boundOf = (row: Row, columns: ReadonlyArray<Column>): ReadonlyArray<Bound> =>
  columns.map(({ type }, at) => {
    const value = stored(row[at]!, type)
    if (typeof value === "boolean") return Number(value)
    return typeof value === "string" && !isPlain(value) ? Buffer.from(value) : value
  })

const placeOf = ({ type }: Column): string => (type === "text" || type === "json" ? "CAST(? AS TEXT)" : "?")

/** One file, `export.sqlite`. */
export const format: Format = Effect.fnUntraced(function* (folder) {
  const open = yield* driver
  // the driver would let the umask choose who may read it
  yield* Effect.scoped(folder.create(file))
  const database = yield* Effect.acquireRelease(
    attempt(() => open(`${folder.path}/${file}`)),
    (one) => Effect.sync(() => one.close())
  )
  // nobody reads it before it is whole, and half of one is thrown away
  yield* attempt(() => database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"))
  const begin = attempt(() => database.exec("BEGIN"))
  const commit = attempt(() => database.exec("COMMIT"))
  const taken = new Set<string>()
  yield* begin
  return {
    table: Effect.fnUntraced(function* ({ columns, kind, name }) {
      if (columns.length > limit) {
        const sentence = `${kind} has ${columns.length} fields, and SQLite takes ${limit}: choose csv or parquet.`
        return yield* new Failure({ exitCode: 1, sentence })
      }
      const [table] = named([name.replaceAll(/[-.]/g, "_")], taken)
      const names = named(columns.map((column) => column.name))
      const definitions = columns.map(({ type }, at) => `${quoted(names[at]!)} ${types[type]}`)
      yield* attempt(() => database.exec(`CREATE TABLE ${quoted(table!)} (${definitions.join(", ")})`))
      const insert = yield* Effect.acquireRelease(
        attempt(() => database.prepare(`INSERT INTO ${quoted(table!)} VALUES (${columns.map(placeOf).join(", ")})`)),
        (one) => Effect.sync(() => one.close())
      )
      return {
        file,
        write: (rows) =>
          attempt(() => {
            for (const row of rows) insert.run(boundOf(row, columns))
          }),
        finish: Effect.void
      }
    }),
    checkpoint: Effect.zipRight(commit, begin),
    finish: Effect.gen(function* () {
      yield* commit
      const bytes = yield* folder.size(file)
      yield* Effect.scoped(Effect.flatMap(folder.reopen(file, bytes ?? 0), ({ sync }) => sync))
    })
  }
})
