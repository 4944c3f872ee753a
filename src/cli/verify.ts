import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as Effect from "effect/Effect"
import * as Verify from "../export/Verify.js"
import * as Display from "./Display.js"
import * as Failure from "./Failure.js"
import * as Flags from "./Flags.js"
import { Output } from "./Output.js"
import * as Progress from "./Progress.js"

const folder = Args.text({ name: "DIR" }).pipe(Args.withDescription("The folder of an export."))

const json = Options.boolean("json").pipe(Options.withDescription("Print the report on stdout as one JSON document."))

export const command = Command.make("verify", { folder, json, ...Display.options }, (options) =>
  Effect.gen(function* () {
    const output = yield* Output
    const report = yield* Verify.verify(options.folder)
    if (options.json) yield* output.result(JSON.stringify(report))
    for (const { name, what } of report.differences) yield* output.note(`${name} ${what}`)
    const found = report.differences.length
    if (found > 0) {
      return yield* new Failure.Failure({ exitCode: 5, sentence: `not as it was written: ${Progress.counted(found, "difference")}.` })
    }
    const sound = `${Progress.counted(report.records, "record")} in ${Progress.counted(report.files, "file")}, every byte as it was written`
    if (!report.complete) {
      return yield* new Failure.Failure({ exitCode: 3, sentence: `${sound}, but the export is not complete: run it again to go on.` })
    }
    yield* options.json ? output.note(`verified: ${sound}`) : output.result(`verified: ${sound}`)
  }).pipe(Effect.mapError(Failure.of))
).pipe(Flags.heeded, Command.withDescription("Read an export again and compare every byte and every count with its manifest."))
