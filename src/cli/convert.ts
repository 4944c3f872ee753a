import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as Convert from "./convert/Convert.js"
import * as Display from "./Display.js"
import * as Failure from "./Failure.js"
import * as Flags from "./Flags.js"
import { Output } from "./Output.js"
import * as Progress from "./Progress.js"

const folder = Args.text({ name: "DIR" }).pipe(Args.withDescription("The folder of an export."))

const format = Options.choice("format", Convert.formats).pipe(
  Options.withDescription("csv and parquet make a file a table, sqlite one file, export.sqlite.")
)

const out = Options.text("out").pipe(
  Options.withAlias("o"),
  Options.withPseudoName("OUT"),
  Options.withDescription("The folder to write: a new one. Left out, it stands beside the export's: DIR-csv, DIR-parquet, DIR-sqlite."),
  Options.optional
)

const resources = Options.text("resources").pipe(
  Options.withPseudoName("LIST"),
  Options.withDescription("What to convert, separated by commas. Everything that the export holds, if left out."),
  Options.optional
)

const force = Options.boolean("force").pipe(Options.withDescription("Replace an earlier conversion. Nothing else is ever replaced."))

const partial = Options.boolean("partial").pipe(
  Options.withDescription("Convert an export that is not complete, as far as it goes. It still ends with exit code 3.")
)

const json = Options.boolean("json").pipe(Options.withDescription("Print the summary on stdout as one JSON document."))

const lineOf = ({ kind, of, records, step }: Convert.Event): string =>
  `${step} ${kind}: ${Progress.number(records)} of ${Progress.counted(of, "record")}`

/** Tells people where it is: a line that is redrawn on a terminal, elsewhere one every ten seconds. */
const display: Effect.Effect<(event: Convert.Event) => Effect.Effect<void>, never, Output | Scope.Scope> = Effect.gen(function* () {
  const output = yield* Output
  if (output.progress === "none") return () => Effect.void
  const last = yield* Ref.make<Convert.Event | undefined>(undefined)
  const draw = Effect.flatMap(Ref.get(last), (event) => {
    if (event === undefined) return Effect.void
    return output.progress === "bar" ? output.live([lineOf(event)]) : output.note(lineOf(event))
  })
  const every = output.progress === "bar" ? Duration.millis(200) : Duration.seconds(10)
  yield* Effect.forkScoped(Effect.delay(Effect.schedule(draw, Schedule.spaced(every)), every))
  yield* Effect.addFinalizer(() => output.live([]))
  return (event) => Ref.set(last, event)
})

const summaryOf = ({ conversion: { complete, files, tables, to }, missing, out, records }: Convert.Summary) => ({
  out,
  format: to,
  complete,
  missing,
  records,
  tables,
  files
})

export const command = Command.make(
  "convert",
  { folder, format, out, resources, force, partial, json, ...Display.withProgress },
  (options) =>
    Effect.gen(function* () {
      const output = yield* Output
      const summary = yield* Effect.scoped(
        Effect.gen(function* () {
          return yield* Convert.run(
            {
              folder: options.folder,
              format: options.format,
              out: Option.getOrUndefined(options.out),
              kinds: Option.getOrUndefined(options.resources)
                ?.split(",")
                .map((name) => name.trim()),
              replace: options.force,
              partial: options.partial
            },
            yield* display
          )
        })
      )
      const { complete, files, tables } = summary.conversion
      if (options.json) yield* output.result(JSON.stringify(summaryOf(summary)))
      if (output.progress !== "none") {
        for (const { field, file, name, rows } of tables) {
          yield* output.note(`${name}: ${Progress.counted(rows, field === null ? "record" : "row")} → ${file}`)
        }
      }
      const converted = `${Progress.counted(summary.records, "record")} in ${Progress.counted(tables.length, "table")} and ${Progress.counted(files.length, "file")}, out: ${summary.out}`
      if (!complete) {
        const lacks = summary.missing.length === 0 ? "" : `: not all of ${summary.missing.join(", ")}`
        return yield* new Failure.Failure({ exitCode: 3, sentence: `converted: ${converted}, but the export is not complete${lacks}.` })
      }
      yield* options.json ? output.note(`converted: ${converted}`) : output.result(`converted: ${converted}`)
    }).pipe(
      Effect.catchTags({
        // it is not the export that cannot be gone on with, as elsewhere: its copy is not what it was
        FolderDamaged: ({ message }) =>
          new Failure.Failure({ exitCode: 5, sentence: `Not as it was written: ${message}. Nothing was converted.` }),
        FolderLocked: ({ here, host, pid }) =>
          new Failure.Failure({
            exitCode: 75,
            sentence: `Process ${pid} on ${here ? "this machine" : host} is converting to this folder.`
          })
      }),
      Effect.mapError(Failure.of)
    )
).pipe(
  Flags.heeded,
  Command.withDescription("Make CSV, Parquet or SQLite of an export, a table a kind of record. The export stays as it is.")
)
