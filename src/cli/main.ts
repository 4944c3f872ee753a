import * as CliConfig from "@effect/cli/CliConfig"
import * as Command from "@effect/cli/Command"
import * as HelpDoc from "@effect/cli/HelpDoc"
import type * as ValidationError from "@effect/cli/ValidationError"
import * as ConfigProvider from "effect/ConfigProvider"
import type * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { version } from "../internal/version.js"
import * as Completions from "./completions.js"
import * as Convert from "./convert.js"
import * as Display from "./Display.js"
import * as Doctor from "./doctor.js"
import * as Endpoints from "./endpoints.js"
import * as Export from "./export.js"
import * as Failure from "./Failure.js"
import * as Get from "./get.js"
import * as Help from "./help.js"
import * as Line from "./Line.js"
import * as Output from "./Output.js"
import * as Settings from "./Settings.js"
import * as Simulate from "./simulate.js"
import * as Verify from "./verify.js"

// what its completions are about
const whole = (): Command.Command<"welkin", any, any, any> => welkin

const welkin = Command.make("welkin").pipe(
  Command.withDescription("The Welkin Health API from the command line."),
  Command.withSubcommands([
    Export.command,
    Verify.command,
    Convert.command,
    Doctor.command,
    Get.command,
    Simulate.command,
    Endpoints.command,
    Completions.command(whole)
  ])
)

const grammar = Line.grammarOf(welkin)

/** The parser prints in colour whatever it prints to, and its errors too: help goes out as it should, errors are left to {@link sentenceOf}. */
const quietly = (console: Console.Console, print: (text: string) => Effect.Effect<void>): Console.Console => ({
  ...console,
  log: (...parts) => print(parts.map(String).join(" ").trimEnd()),
  error: () => Effect.void
})

/** What the parser finds wrong with a line that {@link Line.read} has let pass. It quotes values, which could be anything. */
const sentenceOf = (error: ValidationError.ValidationError, { options, words }: Line.Line): string => {
  const text = Display.withoutColour(HelpDoc.toAnsiText(error.error)).replace(/\s+/g, " ").trim()
  const wanted = /^'.*' is not an? (\w+)/.exec(text)?.[1]
  const wrong = options.find(({ value }) => value !== undefined && text.startsWith(`'${value}' `))
  if (wrong !== undefined) return `--${wrong.flag.name} must be ${wanted === "integer" ? "an integer" : (wrong.flag.takes ?? "another")}.`
  if (words.some((word) => text.includes(word)))
    return /unknown argument/.test(text) ? "That is an argument too many." : "An argument is none of those there are."
  return `${text.replace(/\.$/, "")}.`
}

const parse = Command.run(welkin, { name: "welkin", version })

const isHelp = (word: string): boolean => word === "--help" || word === "-h"

/** The words before `--`, which are those that can be options. */
const optionsOf = (args: ReadonlyArray<string>): ReadonlyArray<string> => (args.includes("--") ? args.slice(0, args.indexOf("--")) : args)

/** Runs the command line, `argv` as node has it, and answers with the exit code. */
export const main = (argv: ReadonlyArray<string>, around: Output.Surroundings) =>
  Effect.gen(function* () {
    const output = yield* Output.Output
    const console = yield* Effect.console
    const { env, stdout } = around
    const args = argv.slice(2)
    const colour = Display.hasColour(args, env, stdout) ? (text: string) => text : Display.withoutColour
    const parsing = (words: ReadonlyArray<string>, edit: (text: string) => string) =>
      parse([...argv.slice(0, 2), ...words]).pipe(
        Effect.withConsole(quietly(console, (text) => output.result(edit(colour(text))))),
        Effect.provide(CliConfig.layer({ showBuiltIns: false }))
      )
    const working = Effect.gen(function* () {
      if (args.length === 0 || optionsOf(args).some(isHelp)) {
        const command = args.find((word) => grammar.has(word))
        return yield* parsing([...(command === undefined ? [] : [command]), "--help"], (text) => Help.text(command, text))
      }
      if (optionsOf(args).includes("--version")) return yield* output.result(version)
      const line = yield* Settings.completed(yield* Line.read(grammar, args), grammar, env)
      const variables = yield* Settings.environment(env)
      return yield* parsing(Line.write(line), (text) => text).pipe(
        Effect.catchAll((error) => (error._tag === "Failure" ? error : Line.misused(sentenceOf(error, line), line.command))),
        Effect.withConfigProvider(ConfigProvider.fromMap(new Map(variables), { pathDelim: "_", seqDelim: "," }))
      )
    })
    return yield* working.pipe(
      Effect.as(0),
      Effect.catchAll((error) => {
        const failure = error._tag === "Failure" ? error : Failure.usage("The help of this command cannot be shown.")
        return Effect.as(output.note(failure.sentence), failure.exitCode)
      })
    )
  }).pipe(Effect.provideService(Output.Output, Output.make(around)))
