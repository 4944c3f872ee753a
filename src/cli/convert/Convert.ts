import type * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { type DiskError, type Folder, FolderDamaged, type FolderLocked, FolderRefused, open } from "../../export/Folder.js"
import * as Seen from "../../export/internal/convert/seen.js"
import * as Part from "../../export/internal/part.js"
import * as JsonSchema from "../../export/JsonSchema.js"
import * as Manifest from "../../export/Manifest.js"
import { version } from "../../internal/version.js"
import { Failure, usage } from "../Failure.js"
import { nearest } from "../nearest.js"
import * as Conversion from "./Conversion.js"
import * as Csv from "./Csv.js"
import type { Format, Tables } from "./Format.js"
import * as Parquet from "./Parquet.js"
import * as Source from "./Source.js"
import * as Sqlite from "./Sqlite.js"
import { cutter, type Row, tablesOf } from "./Table.js"
import * as Target from "./Target.js"

export const formats = ["csv", "parquet", "sqlite"] as const

export type FormatName = (typeof formats)[number]

const byName: Readonly<Record<FormatName, Format>> = { csv: Csv.format, parquet: Parquet.format, sqlite: Sqlite.format }

export interface Options {
  /** The folder of an export. */
  readonly folder: string
  readonly format: FormatName
  /** The folder to write. Beside the export's own, if left out. */
  readonly out?: string | undefined
  /** Names of kinds. All, if left out. */
  readonly kinds?: ReadonlyArray<string> | undefined
  /** Whether an earlier conversion may be replaced. */
  readonly replace: boolean
  /** Whether an export that is not complete is converted as far as it goes. */
  readonly partial: boolean
}

/** Some records of a kind have been read or, the second time, written. */
export interface Event {
  readonly kind: string
  readonly step: "reading" | "writing"
  readonly records: number
  readonly of: number
}

export interface Summary {
  readonly out: string
  readonly records: number
  readonly conversion: Conversion.Conversion
  /** What the export lacks, of what was asked for. */
  readonly missing: ReadonlyArray<string>
}

type Table = Conversion.Conversion["tables"][number]

const manifestOf = Effect.fnUntraced(function* (folder: Folder) {
  const text = yield* folder.readText(Manifest.fileName)
  if (Option.isNone(text)) {
    const sentence = "There is no manifest.json: this is no export, or one that has not come to its end. Run the export again to go on."
    return yield* new Failure({ exitCode: 3, sentence })
  }
  const manifest = Manifest.ofText(text.value)
  if (Option.isNone(manifest)) return yield* new FolderDamaged({ name: Manifest.fileName, what: "is not as it was written" })
  return { manifest: manifest.value, sha256: Part.sha256(Buffer.from(text.value)) }
})

/** What is not all there. */
const isMissing = ({ verdict }: Manifest.KindOfRecord): boolean => !Manifest.isThere(verdict)

const chosen = Effect.fnUntraced(function* ({ kinds }: Manifest.Manifest, wanted: ReadonlyArray<string> | undefined) {
  if (wanted === undefined) return kinds
  const names = kinds.map(({ name }) => name)
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown === undefined) return kinds.filter(({ name }) => wanted.includes(name))
  const close = nearest(unknown, names)
  const meant = close === undefined ? "" : `; did you mean "${close}"?`
  return yield* usage(`--resources names something that the export does not hold${meant} It holds: ${names.join(", ")}.`)
})

/** Does something with each line of a kind's parts. A line that cannot be taken apart is damage, and its text is not shown. */
const forEachLine = <E>(
  folder: Folder,
  { files }: Manifest.KindOfRecord,
  step: (line: string) => void,
  behind: {
    readonly lines: (count: number) => Effect.Effect<void, E>
    readonly part: Effect.Effect<void, E>
  }
): Effect.Effect<void, DiskError | FolderDamaged | E> =>
  Effect.forEach(
    files,
    (file) =>
      Source.lines(folder, file).pipe(
        Stream.runForEach((lines) =>
          Effect.try({
            try: () => {
              for (const line of lines) step(line)
            },
            catch: () => new FolderDamaged({ name: file.name, what: "holds a line that is no JSON" })
          }).pipe(Effect.zipRight(behind.lines(lines.length)))
        ),
        Effect.zipRight(behind.part)
      ),
    { discard: true }
  )

/** Reads a kind twice: once for its columns, then for its rows. */
const convertKind = Effect.fnUntraced(function* (
  folder: Folder,
  { source }: Manifest.Manifest,
  kind: Manifest.KindOfRecord,
  target: Folder,
  tables: Tables,
  report: (event: Event) => Effect.Effect<void>
) {
  const { name, records } = kind
  let done = 0
  const reported = (step: Event["step"], count: number) =>
    Effect.suspend(() => {
      done += count
      return report({ kind: name, step, records: done, of: records })
    })

  const seen = Seen.make()
  yield* forEachLine(folder, kind, (line) => Seen.add(seen, line), {
    lines: (count) => reported("reading", count),
    part: Effect.void
  })
  yield* target.replace(`schema/${name}.json`, `${JSON.stringify(JsonSchema.ofSeen(name, seen), null, 2)}\n`)

  done = 0
  const plans = tablesOf(name, JsonSchema.schemaOf(name, source.generation), seen)
  const cut = cutter(plans)
  return yield* Effect.scoped(
    Effect.gen(function* () {
      const writers = yield* Effect.forEach(plans, tables.table)
      const rows = plans.map((): Array<Row> => [])
      const counts = plans.map(() => 0)
      const write = Effect.forEach(
        writers,
        (writer, at) => {
          const some = rows[at]!.splice(0)
          counts[at]! += some.length
          return some.length === 0 ? Effect.void : writer.write(some)
        },
        { discard: true }
      )
      const take = (line: string) => {
        for (const [at, some] of cut(line).entries()) for (const row of some) rows[at]!.push(row)
      }
      yield* forEachLine(folder, kind, take, {
        lines: (count) => Effect.zipRight(write, reported("writing", count)),
        part: tables.checkpoint
      })
      yield* Effect.forEach(writers, ({ finish }) => finish, { discard: true })
      return plans.map(
        ({ columns, field = null, name: table }, at): Table => ({
          name: table,
          kind: name,
          field,
          file: writers[at]!.file,
          rows: counts[at]!,
          columns
        })
      )
    })
  )
})

/**
 * Makes tables of an export: one a kind of record, one a field that holds objects in arrays. Memory does not grow with the export. The
 * folder appears whole or not at all.
 */
export const run: (
  options: Options,
  report: (event: Event) => Effect.Effect<void>
) => Effect.Effect<Summary, Failure | DiskError | FolderDamaged | FolderLocked | FolderRefused, FileSystem.FileSystem | Path.Path> =
  Effect.fnUntraced(function* (options, report) {
    const path = yield* Path.Path
    const folder = yield* open(options.folder)
    const { manifest, sha256 } = yield* manifestOf(folder)
    const asked = yield* chosen(manifest, options.kinds)
    const missing = asked.filter(isMissing).map(({ name, verdict }) => `${name} (${verdict})`)
    const complete = options.kinds === undefined ? manifest.complete : missing.length === 0
    if (!complete && !options.partial) {
      const lacks = missing.length === 0 ? "" : `: not all of ${missing.join(", ")}`
      const sentence = `The export is not complete${lacks}. Run it again to go on, or convert what is there with --partial.`
      return yield* new Failure({ exitCode: 3, sentence })
    }
    // a kind of which nothing is there must not look like one that is empty
    const kinds = asked.filter((kind) => kind.files.length > 0 || !isMissing(kind))

    const out = options.out ?? `${path.resolve(options.folder)}-${options.format}`
    const resolved = path.resolve(out)
    if (`${resolved}/`.startsWith(`${folder.path}/`) || `${resolved}/`.startsWith(`${path.resolve(options.folder)}/`)) {
      return yield* new FolderRefused({ reason: "it is inside the export, which holds nothing but itself" })
    }
    const conversion = yield* Effect.scoped(
      Effect.gen(function* () {
        const { draft, publish } = yield* Target.prepare(resolved, options.replace)
        const tables = yield* Effect.scoped(
          Effect.gen(function* () {
            const format = yield* byName[options.format](draft)
            const converted = yield* Effect.forEach(kinds, (kind) => convertKind(folder, manifest, kind, draft, format, report))
            yield* format.finish
            return converted.flat()
          })
        )
        const files = yield* Effect.forEach(yield* draft.names, (name) =>
          Effect.map(Part.digest(draft.read(name)), (digest): Manifest.Book => ({ name, ...digest }))
        )
        const conversion: Conversion.Conversion = {
          format: "effect-welkin-conversion",
          formatVersion: 1,
          tool: { name: "effect-welkin", version },
          to: options.format,
          convertedAt: DateTime.formatIso(yield* DateTime.now),
          complete,
          source: { manifestSha256: sha256, finishedAt: manifest.finishedAt },
          tables,
          files
        }
        yield* draft.replace(Conversion.fileName, Conversion.textOf(conversion))
        yield* publish
        return conversion
      })
    )
    return { out, records: kinds.reduce((sum, kind) => sum + kind.records, 0), conversion, missing }
  })
