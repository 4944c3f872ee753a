import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, beforeAll, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { inject } from "vitest"
import * as Convert from "../../src/cli/convert/Convert.js"
import * as Sqlite from "../../src/cli/convert/Sqlite.js"
import * as Export from "../../src/export/Export.js"
import * as FolderSink from "../../src/export/FolderSink.js"
import { typeOf } from "../../src/export/internal/convert/values.js"
import * as Part from "../../src/export/internal/part.js"
import * as Manifest from "../../src/export/Manifest.js"
import * as Verify from "../../src/export/Verify.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { temporaryFolder } from "../support/folder.js"
import * as Processes from "../support/process.js"
import { runs, sweeping } from "../support/runs.js"
import * as Tables from "../support/tables.js"

/** An export as the simulator gives one, of which the manifest is to be had. */
const simulated = Effect.fnUntraced(function* (folder: string, kinds: ReadonlyArray<string>) {
  const { credentials } = yield* Simulator.Simulator
  const plan = Export.plan({ ...credentials, kinds })
  yield* Stream.runDrain(Export.run(plan)).pipe(Effect.provide(FolderSink.layer(folder, plan)))
  return Option.getOrThrow(Manifest.ofText(readFileSync(join(folder, Manifest.fileName), "utf8")))
})

/** Made once. */
let template: Manifest.Manifest
beforeAll(() =>
  Effect.gen(function* () {
    template = yield* simulated(join(yield* temporaryFolder, "out"), ["voice-calls"])
  }).pipe(Effect.scoped, Effect.provide([Simulator.layerClient({ patients: 1 }), NodeContext.layer]), Effect.runPromise)
)

interface Made {
  readonly verdict?: Manifest.Verdict
  readonly partRecords?: number
  /** How many are in a gzip member. */
  readonly memberRecords?: number
  readonly compression?: "gzip" | "none"
}

/** An export of records that a test has made up, all of one kind. */
const exported = (folder: string, lines: ReadonlyArray<string>, options: Made = {}): string => {
  const { compression = "gzip", memberRecords = 1, partRecords = 1000, verdict = "verified" } = options
  const [kind] = template.kinds
  mkdirSync(join(folder, kind!.name), { recursive: true })
  const files: Array<Manifest.File> = []
  for (let at = 0; at < lines.length; at += partRecords) {
    const own = lines.slice(at, at + partRecords)
    const pages = Array.from({ length: Math.ceil(own.length / memberRecords) }, (_, page) =>
      own
        .slice(page * memberRecords, (page + 1) * memberRecords)
        .map((line) => `${line}\n`)
        .join("")
    )
    const bytes = Buffer.concat(pages.map((page) => (compression === "none" ? Buffer.from(page) : gzipSync(page))))
    const name = `${kind!.name}/part-0000${files.length + 1}.ndjson${compression === "gzip" ? ".gz" : ""}`
    writeFileSync(join(folder, name), bytes)
    files.push({ name, records: own.length, bytes: bytes.byteLength, sha256: Part.sha256(bytes) })
  }
  const made = { ...kind!, verdict, records: lines.length, files }
  const text = Manifest.textOf({ ...template, complete: verdict === "verified", kinds: [made], bookkeeping: [] })
  writeFileSync(join(folder, Manifest.fileName), text)
  return kind!.name
}

const converted = (folder: string, format: Convert.FormatName, options: Partial<Convert.Options> = {}) =>
  Convert.run({ folder, format, replace: false, partial: false, ...options }, () => Effect.void)

const linesOf = (out: string, kind: string): ReadonlyArray<string> =>
  (existsSync(join(out, kind)) ? readdirSync(join(out, kind)).sort() : []).flatMap((name) =>
    gunzipSync(readFileSync(join(out, kind, name)))
      .toString("utf8")
      .trimEnd()
      .split("\n")
  )

/** A text as UTF-8 can carry it. */
const wellFormed = (text: string): string => Buffer.from(text).toString()

/** As a spreadsheet is kept from running it. */
const escaped = (text: string): string => (/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text)

/** What a cell must hold, by the text of the value it is of: as JSON.parse reads it, or as it is written. */
const expected = (raw: string | undefined, type: string, to: string): Tables.Cell => {
  if (raw === undefined || raw === "null") return null
  const value: unknown = JSON.parse(raw)
  if (typeof value === "string") return wellFormed(to === "csv" ? escaped(value) : value)
  if (to === "csv") return wellFormed(raw)
  if (type === "boolean") return value as boolean
  if (type === "integer") return BigInt(raw)
  // SQLite keeps no sign of a zero
  if (type === "double") return to === "sqlite" && Number(raw) === 0 ? 0 : Number(raw)
  return wellFormed(raw)
}

const same = (found: Tables.Cell, wanted: Tables.Cell, place: string): void => {
  const isInteger = typeof wanted === "bigint" && typeof found === "number"
  assert.deepStrictEqual(isInteger ? BigInt(found) : found, wanted, place)
}

/** A value as it is written and, of an object or an array, what it is made of. */
interface Written {
  readonly raw: string
  readonly members?: ReadonlyMap<string, Written>
  readonly items?: ReadonlyArray<Written>
}

const writtenOf = (value: unknown): Written => ({
  raw: JSON.stringify(value),
  ...(Array.isArray(value)
    ? { items: value.map(writtenOf) }
    : typeof value === "object" && value !== null
      ? { members: new Map(Object.entries(value).map(([name, one]) => [name, writtenOf(one)])) }
      : {})
})

/** The fields of a record by JSON.parse: right for the simulator's, which have no long numbers. */
const parsed = (line: string): ReadonlyMap<string, Written> => writtenOf(JSON.parse(line)).members!

/** Compares every cell of a kind with its records. */
const compare = Effect.fnUntraced(function* (out: string, kind: string, records: ReadonlyArray<ReadonlyMap<string, Written>>) {
  const { tables, to } = Tables.conversionOf(out)
  const own = tables.filter((table) => table.kind === kind)
  for (const table of own) {
    const [header, ...rows] = yield* Effect.promise(() => Tables.rowsOf(out, table))
    if (to !== "sqlite")
      assert.deepStrictEqual(
        header,
        table.columns.map(({ name }) => expected(JSON.stringify(name), "text", to))
      )
    assert.lengthOf(rows, table.rows)
    const wanted =
      table.field === null
        ? records
        : records.flatMap((record, at) => {
            const [row, id, index] = table.columns.map(({ name }) => name)
            return (record.get(table.field!)?.items ?? []).map(
              (item, position) =>
                new Map<string, Written>(
                  [
                    [row!, writtenOf(at + 1)],
                    [id!, record.get("id") ?? writtenOf(null)],
                    [index!, writtenOf(position)]
                  ].concat(Array.from(item.members ?? [["value", item]])) as any
                )
            )
          })
    assert.lengthOf(rows, wanted.length, table.name)
    for (const [at, record] of wanted.entries()) {
      for (const [column, { name, type }] of table.columns.entries()) {
        same(rows[at]![column]!, expected(record.get(name)?.raw, type, to), `${table.name}, row ${at}, ${type} column ${column}`)
      }
      const names = new Set(table.columns.map(({ name }) => name))
      for (const name of record.keys()) assert.isTrue(names.has(name), `${table.name} lacks a field`)
    }
  }
  return own
})

const formats = Convert.formats

describe("convert", () => {
  it.effect("every record of every kind is in each format, value by value, and the export is as it was", () =>
    Effect.gen(function* () {
      const folder = join(yield* temporaryFolder, "out")
      const bulk = ["patients", "cdt-records", "pdt-records", "encounters", "calendar-events", "tasks", "sms", "emails"]
      yield* simulated(folder, bulk)
      let children = 0
      for (const format of formats) {
        const { conversion, out, records } = yield* converted(folder, format)
        assert.strictEqual(out, `${folder}-${format}`)
        let total = 0
        for (const kind of bulk) {
          const lines = linesOf(folder, kind)
          total += lines.length
          const tables = yield* compare(out, kind, lines.map(parsed))
          children += tables.filter(({ field, rows }) => field !== null && rows > 0).length
        }
        assert.strictEqual(records, total)
        assert.isAbove(total, 50)
        assert.isTrue(conversion.complete)
        assert.deepStrictEqual(Tables.conversionOf(out), conversion)
      }
      assert.isAbove(children, 0)
      assert.deepStrictEqual((yield* Verify.verify(folder)).differences, [])
    }).pipe(Effect.scoped, Effect.provide(Simulator.layerClient({ patients: 12 })), Effect.provide(NodeContext.layer))
  )

  const text = FastCheck.oneof(
    FastCheck.string({ unit: "grapheme", maxLength: 8 }),
    FastCheck.string({ unit: "binary", maxLength: 8 }),
    FastCheck.constantFrom(
      "",
      "=1+1",
      "+1",
      "-1",
      "@SUM(A1)",
      "\t=1",
      '"',
      '""',
      ",",
      "\r\n",
      "\n",
      "\0",
      "a\0b",
      "'",
      "\ufeff",
      "1",
      "true",
      "null"
    )
  )
  const string = FastCheck.oneof(
    text.map((one) => JSON.stringify(one)),
    FastCheck.constantFrom('"\\ud800"', '"\\u0000\\/"', '"\\ud83d\\ude00"')
  )
  const numeral = FastCheck.oneof(
    FastCheck.integer().map(String),
    FastCheck.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
    FastCheck.double({ noNaN: true, noDefaultInfinity: true }).map((n) => JSON.stringify(n)),
    FastCheck.constantFrom("12345678901234567890", "9223372036854775807", "-9223372036854775808", "-0", "1.10", "1E+2", "1e400", "0.1")
  )
  const scalar = FastCheck.oneof(string, numeral, FastCheck.constantFrom("true", "false", "null"))
  const names = FastCheck.constantFrom("__proto__", "constructor", "a", "A", "a.b", "", "=cmd", 'q"', "_row", "value", "x\0", "é", "line\n")
  const objectOf = (member: FastCheck.Arbitrary<readonly [string, Written]>): FastCheck.Arbitrary<Written> =>
    FastCheck.array(member, { maxLength: 3 }).map((all) => ({
      raw: `{${all.map(([name, { raw }]) => `${JSON.stringify(name)}:${raw}`).join(",")}}`,
      members: new Map(all)
    }))
  const arrayOf = (item: FastCheck.Arbitrary<Written>): FastCheck.Arbitrary<Written> =>
    FastCheck.array(item, { maxLength: 3 }).map((items) => ({ raw: `[ ${items.map(({ raw }) => raw).join(" , ")} ]`, items }))
  const { nested } = FastCheck.letrec<{ nested: Written }>((tie) => ({
    nested: FastCheck.oneof(
      { depthSize: "small" },
      scalar.map((raw) => ({ raw })),
      arrayOf(tie("nested")),
      objectOf(FastCheck.tuple(names, tie("nested")))
    )
  }))
  /** A column of one sort of value, or of any. */
  const sorts = [
    ...[string, numeral, FastCheck.integer().map(String), FastCheck.constantFrom("true", "false")].map((sort) =>
      sort.map((raw) => ({ raw }))
    ),
    arrayOf(objectOf(FastCheck.tuple(names, nested))),
    nested
  ]
  const columns = FastCheck.uniqueArray(FastCheck.tuple(names, FastCheck.constantFrom(...sorts)), {
    selector: ([name]) => name,
    maxLength: 6
  })
  const records = columns.chain((all) =>
    FastCheck.array(
      FastCheck.tuple(
        ...[["id", FastCheck.constant({ raw: '"one"' })] as const, ...all].map(([name, sort]) =>
          FastCheck.option(FastCheck.tuple(FastCheck.constant(name), FastCheck.oneof(sort, FastCheck.constant({ raw: "null" }))), {
            nil: undefined
          })
        )
      ).map((found) => found.flatMap((one): ReadonlyArray<readonly [string, Written]> => (one === undefined ? [] : [one]))),
      { maxLength: 6 }
    )
  )

  it.effect.prop(
    "no value is lost or changed, whatever it is and whatever its field is called",
    [records, FastCheck.constantFrom("gzip" as const, "none" as const)],
    ([all, compression]) =>
      Effect.gen(function* () {
        const folder = join(yield* temporaryFolder, "out")
        const lines = all.map((members) => `{ ${members.map(([name, { raw }]) => `${JSON.stringify(name)} :${raw}`).join(", ")}}`)
        const kind = exported(folder, lines, { partRecords: 2, compression })
        for (const format of formats) {
          const { out } = yield* converted(folder, format)
          yield* compare(
            out,
            kind,
            all.map((members) => new Map(members))
          )
        }
      }).pipe(Effect.scoped, Effect.provide(NodeContext.layer)),
    { fastCheck: { numRuns: runs({ test: 12, sweep: 300 }) }, timeout: 900_000 }
  )

  for (const format of formats) {
    it.effect(`${format}: long integers, names that differ in case, and more text than one group of rows takes`, () =>
      Effect.gen(function* () {
        const folder = join(yield* temporaryFolder, "out")
        const long = "x".repeat(8 * 1024 * 1024)
        const numbers = ['"n":12345678901234567890,"i":9007199254740993,"d":0.1', '"n":1,"i":-1,"d":1', '"n":2,"i":0,"d":1e300']
        const kind = exported(
          folder,
          numbers.map((some, at) => `{"id":"${at}",${some},"a":${at},"A":"${at}","text":"${long}${at}"}`)
        )
        const { conversion, out } = yield* converted(folder, format)
        const [table] = conversion.tables.filter((one) => one.kind === kind)
        const added = table!.columns.filter(({ name }) => ["n", "i", "d", "a", "A", "text"].includes(name))
        assert.deepStrictEqual(
          added.map(({ name, type }) => [name, type]),
          [
            ["n", "text"],
            ["i", "integer"],
            ["d", "double"],
            ["a", "integer"],
            ["A", "text"],
            ["text", "text"]
          ]
        )
        const [, ...rows] = yield* Effect.promise(() => Tables.rowsOf(out, table!))
        const of = (name: string) => rows.map((row) => String(row[table!.columns.findIndex((column) => column.name === name)]))
        assert.deepStrictEqual(of("n"), ["12345678901234567890", "1", "2"])
        assert.deepStrictEqual(of("i"), ["9007199254740993", "-1", "0"])
        assert.deepStrictEqual(of("d").map(Number), [0.1, 1, 1e300])
        assert.deepStrictEqual(of("a"), ["0", "1", "2"])
        assert.deepStrictEqual(of("A"), ["0", "1", "2"])
        assert.deepStrictEqual(
          of("text").map((text) => [text.length, text.at(-1)]),
          ["0", "1", "2"].map((last) => [long.length + 1, last])
        )
      }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
    )
  }

  it("numbers are told by what keeps them as they are", () => {
    for (const [number, type] of [
      ["0", "integer"],
      ["-12", "integer"],
      ["9007199254740991", "integer"],
      ["9007199254740993", "wide"],
      ["-9223372036854775808", "wide"],
      ["9223372036854775808", "inexact"],
      ["9223372036854775809", "inexact"],
      ["12345678901234567890", "inexact"],
      ["-0", "decimal"],
      ["-0.00", "decimal"],
      ["1.10", "decimal"],
      ["0.1", "decimal"],
      ["1E+2", "decimal"],
      ["5e-324", "decimal"],
      ["1e-400", "inexact"],
      ["1e400", "inexact"],
      ["1.0000000000000000001", "inexact"],
      [`1${"0".repeat(500)}`, "inexact"]
    ] as const) {
      assert.strictEqual(typeOf(number), type, number)
    }
  })
})

const some = ['{"id":"one","n":1,"list":[{"a":1},{"a":2}]}', '{"id":"two","n":2,"list":[]}', '{"id":"three"}']

/** Everything below a folder but its own name. */
const below = (path: string): ReadonlyArray<string> => readdirSync(path, { recursive: true, encoding: "utf8" }).sort()

const flip = (file: string, at: (bytes: Buffer) => number): void => {
  const bytes = readFileSync(file)
  bytes[at(bytes)]! ^= 1
  writeFileSync(file, bytes)
}

describe("convert: the folder it writes", () => {
  it.effect("is private, lists all that is in it, and nothing else is left", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      exported(join(parent, "out"), some)
      for (const format of formats) {
        const { out } = yield* converted(join(parent, "out"), format)
        const { files } = Tables.conversionOf(out)
        const isFile = (name: string) => lstatSync(join(out, name)).isFile()
        assert.deepStrictEqual(below(out).filter(isFile), ["conversion.json", ...files.map(({ name }) => name)].sort())
        for (const name of ["", ...below(out)]) {
          assert.strictEqual(statSync(join(out, name)).mode & 0o777, isFile(name) ? 0o600 : 0o700, `${format}: ${name}`)
        }
        for (const { bytes, name, sha256 } of files) {
          const content = readFileSync(join(out, name))
          assert.deepStrictEqual([content.byteLength, Part.sha256(content)], [bytes, sha256])
        }
      }
      assert.deepStrictEqual(readdirSync(parent).sort(), ["out", "out-csv", "out-parquet", "out-sqlite"])
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )

  it.effect("has files by the names of kinds and known fields; those of unknown fields only where they cannot be an id", () =>
    Effect.gen(function* () {
      const folder = join(yield* temporaryFolder, "out")
      const kind = exported(folder, ['{"id":1,"../x":[{"a":1}],"p-0042":[{"a":1}],"Notes":[{"a":1}],"notes":[{"a":1}],"plain":[1]}'])
      const { conversion, out } = yield* converted(folder, "csv")
      const at = (field: string) => conversion.tables[0]!.columns.findIndex(({ name }) => name === field) + 1
      assert.deepStrictEqual(
        conversion.tables.slice(1).map(({ field, file }) => [field, file]),
        [
          ["../x", `${kind}.field-${at("../x")}.csv`],
          ["p-0042", `${kind}.field-${at("p-0042")}.csv`],
          ["Notes", `${kind}.Notes.csv`],
          ["notes", `${kind}.field-${at("notes")}.csv`]
        ]
      )
      for (const { file } of conversion.tables) assert.isTrue(existsSync(join(out, file)))
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )

  it.effect("holds the JSON Schema of each kind as seen", () =>
    Effect.gen(function* () {
      const folder = join(yield* temporaryFolder, "out")
      const kind = exported(folder, some)
      const { out } = yield* converted(folder, "csv")
      const { properties, required } = JSON.parse(readFileSync(join(out, "schema", `${kind}.json`), "utf8"))
      assert.deepStrictEqual(properties.n, { type: "integer", "x-seen": { integer: 2 } })
      assert.deepStrictEqual(required, ["id"])
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )

  it.effect("takes the place of an earlier conversion only when told to, and of nothing else ever", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const folder = join(parent, "out")
      const out = join(parent, "tables")
      exported(folder, some)
      yield* converted(folder, "csv", { out })
      const before = below(out)
      const refused = Effect.fnUntraced(function* (says: string, options: Partial<Convert.Options> = {}) {
        const error = yield* Effect.flip(converted(folder, "parquet", { out, ...options }))
        assert.strictEqual(error._tag, "FolderRefused")
        assert.include(error.message, says)
      })
      yield* refused("--force")
      assert.deepStrictEqual(below(out), before)
      writeFileSync(join(out, "mine.txt"), "mine")
      yield* refused("other files", { replace: true })
      rmSync(join(out, "mine.txt"))
      yield* converted(folder, "parquet", { out, replace: true })
      assert.isTrue(below(out).every((name) => !name.endsWith(".csv")))

      rmSync(join(out, "conversion.json"))
      yield* refused("holds no conversion", { replace: true })
      rmSync(out, { recursive: true })
      writeFileSync(out, "mine")
      yield* refused("it is a file", { replace: true })
      rmSync(out)
      mkdirSync(join(parent, "elsewhere"))
      symlinkSync(join(parent, "elsewhere"), out)
      yield* refused("it is a link", { replace: true })
      assert.deepStrictEqual(below(join(parent, "elsewhere")), [])
      yield* refused("inside the export", { out: join(folder, "csv") })
      yield* refused("inside the export", { out: folder, replace: true })
      assert.deepStrictEqual(readdirSync(parent).sort(), ["elsewhere", "out", "tables"])
      // an empty folder is nobody's
      rmSync(out)
      mkdirSync(out)
      yield* converted(folder, "csv", { out })
      assert.deepStrictEqual(below(out), before)
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )

  it.effect("sweeps away what a killed conversion left, and touches no folder of somebody else's", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const folder = join(parent, "out")
      exported(folder, some)
      const work = join(parent, "out-csv.tmp")
      for (const name of ["new", "old"]) mkdirSync(join(work, name, "schema"), { recursive: true })
      writeFileSync(join(work, "new", "half.csv"), "half")
      writeFileSync(join(work, "lock"), JSON.stringify({ host: hostname(), boot: "another", pid: 1, started: "1" }))
      yield* converted(folder, "csv")
      assert.deepStrictEqual(readdirSync(parent).sort(), ["out", "out-csv"])

      rmSync(join(parent, "out-csv"), { recursive: true })
      mkdirSync(work)
      writeFileSync(join(work, "mine.txt"), "mine")
      assert.strictEqual((yield* Effect.flip(converted(folder, "csv")))._tag, "FolderRefused")
      assert.deepStrictEqual(readdirSync(work), ["mine.txt"])
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )

  for (const format of formats) {
    it.effect(`${format}: stopped at any step it leaves nothing, and what was there before is untouched`, () =>
      Effect.gen(function* () {
        const parent = yield* temporaryFolder
        const folder = join(parent, "out")
        exported(folder, some, { partRecords: 1 })
        for (const isThere of [false, true]) {
          if (isThere) yield* converted(folder, format)
          const before = isThere ? readFileSync(join(`${folder}-${format}`, "conversion.json"), "utf8") : undefined
          for (let step = 1; step <= 6; step++) {
            const reached = yield* Deferred.make<void>()
            let steps = 0
            const fiber = yield* Effect.fork(
              Convert.run({ folder, format, replace: true, partial: false }, () =>
                ++steps === step ? Effect.zipRight(Deferred.succeed(reached, undefined), Effect.never) : Effect.void
              )
            )
            yield* Deferred.await(reached)
            assert.isTrue(existsSync(join(`${folder}-${format}.tmp`, "new")))
            const second = yield* Effect.flip(converted(folder, format, { replace: true }))
            assert.strictEqual(second._tag, "FolderLocked")
            yield* Fiber.interrupt(fiber)
            assert.deepStrictEqual(readdirSync(parent), isThere ? ["out", `out-${format}`] : ["out"])
            if (isThere) assert.strictEqual(readFileSync(join(`${folder}-${format}`, "conversion.json"), "utf8"), before)
          }
        }
      }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
    )
  }
})

describe("convert: what it refuses", () => {
  for (const compression of ["gzip", "none"] as const) {
    it.effect(`a damaged part (${compression}), wherever it is damaged`, () =>
      Effect.gen(function* () {
        const parent = yield* temporaryFolder
        const tries = runs({ test: 12, sweep: 200 })
        for (let n = 0; n < tries; n++) {
          const folder = join(parent, `out-${n}`)
          const kind = exported(folder, some, { partRecords: 2, compression })
          const [first, last] = readdirSync(join(folder, kind)).sort()
          const part = join(folder, kind, n % 2 === 0 ? first! : last!)
          flip(part, (bytes) => Math.floor((n * bytes.length) / tries))
          const error = yield* Effect.flip(converted(folder, formats[n % 3]!))
          assert.strictEqual(error._tag, "FolderDamaged", `byte ${n} of ${tries}`)
          assert.notMatch(error.message, /one|two|three/)
          rmSync(folder, { recursive: true })
        }
        assert.deepStrictEqual(readdirSync(parent), [])
      }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
    )
  }

  it.effect("a part that is missing, cut, or has one more line; a manifest that was changed or is not there", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const folder = join(parent, "out")
      const harms: ReadonlyArray<readonly [string, (part: string) => void]> = [
        ["FolderDamaged", (part) => rmSync(part)],
        ["FolderDamaged", (part) => writeFileSync(part, readFileSync(part).subarray(0, -9))],
        ["FolderDamaged", (part) => writeFileSync(part, Buffer.concat([readFileSync(part), gzipSync("{}\n")]))],
        ["FolderDamaged", (part) => writeFileSync(part, Buffer.concat([readFileSync(part), Buffer.from("junk")]))],
        ["FolderDamaged", () => flip(join(folder, "manifest.json"), (bytes) => bytes.length >> 1)],
        ["Failure", () => rmSync(join(folder, "manifest.json"))],
        ["DiskError", () => rmSync(folder, { recursive: true })]
      ]
      for (const [tag, harm] of harms) {
        const kind = exported(folder, some)
        harm(join(folder, kind, readdirSync(join(folder, kind))[0]!))
        const error = yield* Effect.flip(converted(folder, "csv"))
        assert.strictEqual(error._tag, tag, String(harm))
        if (error._tag === "Failure") assert.strictEqual(error.exitCode, 3)
        rmSync(folder, { recursive: true, force: true })
        assert.deepStrictEqual(readdirSync(parent), [])
      }
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )

  it.effect("an export that is not complete, unless it is told to take what there is", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const folder = join(parent, "out")
      const kind = exported(folder, some, { verdict: "incomplete" })
      const error = yield* Effect.flip(converted(folder, "csv"))
      assert.deepInclude(error, { _tag: "Failure", exitCode: 3 })
      assert.include((error as { sentence?: string }).sentence, `${kind} (incomplete)`)
      const { conversion, missing, records } = yield* converted(folder, "csv", { partial: true })
      assert.isFalse(conversion.complete)
      assert.deepStrictEqual(missing, [`${kind} (incomplete)`])
      assert.strictEqual(records, 3)

      const forbidden = join(parent, "forbidden")
      exported(forbidden, [], { verdict: "forbidden" })
      const nothing = yield* converted(forbidden, "csv", { partial: true })
      // none would look like a tenant that has none
      assert.deepStrictEqual(nothing.conversion.tables, [])
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )

  it.effect("a kind that is not in the export", () =>
    Effect.gen(function* () {
      const folder = join(yield* temporaryFolder, "out")
      const kind = exported(folder, some)
      const error = yield* Effect.flip(converted(folder, "csv", { kinds: [kind.slice(0, -1)] }))
      assert.deepInclude(error, { _tag: "Failure", exitCode: 2 })
      assert.include((error as { sentence?: string }).sentence, `did you mean "${kind}"?`)
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )

  it.effect("SQLite without a driver: exit 2, the command that installs one, and nothing left", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      exported(join(parent, "out"), some)
      const error = yield* Effect.flip(
        converted(join(parent, "out"), "sqlite").pipe(Effect.provideService(Sqlite.Drivers, [async () => undefined]))
      )
      assert.deepInclude(error, { _tag: "Failure", exitCode: 2 })
      assert.include((error as { sentence?: string }).sentence, "npm install node-sqlite3-wasm")
      assert.deepStrictEqual(readdirSync(parent), ["out"])
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )

  it.effect("SQLite on a disk that fails: a disk error, and nothing left", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      exported(join(parent, "out"), some)
      const full: Sqlite.Driver = async () => () => ({
        exec: () => undefined,
        prepare: () => ({
          run: () => {
            throw new Error("database or disk is full")
          },
          close: () => undefined
        }),
        close: () => undefined
      })
      const error = yield* Effect.flip(converted(join(parent, "out"), "sqlite").pipe(Effect.provideService(Sqlite.Drivers, [full])))
      assert.deepInclude(error, { _tag: "DiskError", code: "ENOSPC" })
      assert.deepStrictEqual(readdirSync(parent), ["out"])
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )
})

describe("welkin convert", () => {
  it.live("says what it wrote: one JSON document on stdout, people's lines on stderr", () =>
    Effect.gen(function* () {
      const folder = join(yield* temporaryFolder, "out")
      const kind = exported(folder, some)
      const { code, stderr, stdout } = yield* Processes.welkin(["convert", folder, "--format", "csv", "--json"], { shell: "umask 000" })
      assert.strictEqual(code, 0, stderr)
      const summary = JSON.parse(stdout)
      assert.deepInclude(summary, { out: `${folder}-csv`, format: "csv", complete: true, records: 3 })
      assert.include(stderr, `${kind}.list: 2 rows → ${kind}.list.csv`)
      assert.strictEqual(statSync(`${folder}-csv`).mode & 0o777, 0o700)
      const again = yield* Processes.welkin(["convert", folder, "--format", "csv"])
      assert.strictEqual(again.code, 2)
      assert.include(again.stderr, "--force")
      const forced = yield* Processes.welkin(["convert", folder, "--format", "csv", "--force", "--quiet"])
      assert.deepStrictEqual([forced.code, forced.stderr], [0, ""])
      assert.include(forced.stdout, `out: ${folder}-csv`)
    }).pipe(Effect.scoped)
  )

  it.live("exit 2 for a wrong option, 3 for what is not complete, 5 for damage, 74 for a disk that is full", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const folder = join(parent, "out")
      const kind = exported(folder, some.concat(Array.from({ length: 500 }, (_, n) => `{"id":"${n}","text":"${"x".repeat(200)}"}`)))
      const wrong = yield* Processes.welkin(["convert", folder, "--format", "xlsx"])
      assert.strictEqual(wrong.code, 2)
      const full = yield* Processes.welkin(["convert", folder, "--format", "csv"], { shell: "ulimit -f 8" })
      assert.strictEqual(full.code, 74, full.stderr)
      assert.include(full.stderr, "EFBIG")
      const missing = yield* Processes.welkin(["convert", join(parent, "nowhere"), "--format", "csv"])
      assert.strictEqual(missing.code, 74)
      const part = join(folder, kind, readdirSync(join(folder, kind))[0]!)
      flip(part, (bytes) => bytes.length - 1)
      const damaged = yield* Processes.welkin(["convert", folder, "--format", "csv"])
      assert.strictEqual(damaged.code, 5)
      rmSync(join(folder, "manifest.json"))
      const unfinished = yield* Processes.welkin(["convert", folder, "--format", "csv"])
      assert.strictEqual(unfinished.code, 3)
      assert.deepStrictEqual(readdirSync(parent), ["out"])
    }).pipe(Effect.scoped)
  )

  // the bundle under test stands where no package is beside it
  it.live.skipIf(process.getBuiltinModule("node:sqlite" as never) !== undefined)("SQLite on a Node without it: exit 2, one sentence", () =>
    Effect.gen(function* () {
      const folder = join(yield* temporaryFolder, "out")
      exported(folder, some)
      const { code, stderr } = yield* Processes.welkin(["convert", folder, "--format", "sqlite"])
      assert.strictEqual(code, 2)
      assert.include(stderr, "npm install node-sqlite3-wasm")
      assert.lengthOf(stderr.trim().split("\n"), 1)
    }).pipe(Effect.scoped)
  )
})

/** Runs the command where the driver is installed beside it. */
const welkin = (folder: string, args: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}) => {
  const beside = join(folder, "bin")
  if (!existsSync(beside)) {
    mkdirSync(join(beside, "node_modules"), { recursive: true })
    copyFileSync(inject("welkin")!, join(beside, "welkin.mjs"))
    const driver = "node_modules/node-sqlite3-wasm"
    symlinkSync(realpathSync(driver), join(beside, driver))
  }
  return Processes.welkin(args, { env, shell: `umask 000; set -- "$1" "${join(beside, "welkin.mjs")}" "\${@:3}"` })
}

describe("welkin convert: SQLite", () => {
  it.live("with a driver beside the command or in Node", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const kind = exported(join(parent, "out"), some)
      const { code, stderr } = yield* welkin(parent, ["convert", join(parent, "out"), "--format", "sqlite"])
      assert.strictEqual(code, 0, stderr)
      assert.strictEqual(statSync(join(parent, "out-sqlite", "export.sqlite")).mode & 0o777, 0o600)
      yield* compare(join(parent, "out-sqlite"), kind, some.map(parsed))
    }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
  )
})

describe.runIf(sweeping)("convert: memory, in the sweep", () => {
  for (const format of formats) {
    it.live(`${format}: 200,000 records, which are 240 MB of text, fit into 128 MiB of heap, at the peak of 20,000 and 64 MiB`, () =>
      Effect.gen(function* () {
        const parent = yield* temporaryFolder
        const hook = join(parent, "peak.cjs")
        const peakFile = join(parent, "peak")
        writeFileSync(
          hook,
          `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(peakFile)}, String(process.resourceUsage().maxRSS)))`
        )
        const fields = (n: number) => Array.from({ length: 20 }, (_, at) => `"f${at}":"${"x".repeat(40)} ${n} ${at}"`).join(",")
        const record = (n: number) => `{"id":"${n}","at":"2024-01-01T00:00:00Z",${fields(n)},"n":${n},"list":[{"a":${n}},{"a":2}]}`
        const peaks: Array<number> = []
        for (const records of [20_000, 200_000]) {
          const folder = join(parent, `out-${records}`)
          const lines = Array.from({ length: records }, (_, n) => record(n))
          exported(folder, lines, { partRecords: 20_000, memberRecords: 1000 })
          const started = performance.now()
          const { code, stderr } = yield* welkin(parent, ["convert", folder, "--format", format, "--quiet"], {
            NODE_OPTIONS: `--require ${hook} --max-old-space-size=128`
          })
          assert.strictEqual(code, 0, stderr)
          const peak = Number(readFileSync(peakFile, "utf8")) / 1024
          peaks.push(peak)
          const seconds = (performance.now() - started) / 1000
          console.info(`${format}: ${records} records, ${seconds.toFixed(1)} s, peak ${peak.toFixed(0)} MiB`)
        }
        assert.isBelow(peaks[1]! - peaks[0]!, 64)
      }).pipe(Effect.scoped, Effect.provide(NodeContext.layer))
    )
  }
})
