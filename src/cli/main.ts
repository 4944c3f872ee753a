import * as Command from "@effect/cli/Command"
import * as HelpDoc from "@effect/cli/HelpDoc"
import * as Span from "@effect/cli/HelpDoc/Span"
import type * as ValidationError from "@effect/cli/ValidationError"
import type * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { version } from "../internal/version.js"
import * as Endpoints from "./endpoints.js"
import * as Export from "./export.js"
import * as Failure from "./Failure.js"
import { nearest } from "./nearest.js"
import { Output } from "./Output.js"
import * as Simulate from "./simulate.js"
import * as Verify from "./verify.js"

const welkin = Command.make("welkin").pipe(
  Command.withDescription("The Welkin Health API from the command line."),
  Command.withSubcommands([Export.command, Verify.command, Simulate.command, Endpoints.command])
)

const subcommands = ["export", "verify", "simulate", "endpoints"]

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, "g")

const wantsColour = (): boolean => {
  const { env, stdout } = process
  if (env.FORCE_COLOR) return true
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb"
}

/**
 * The parser prints in colour whatever it prints to, and its errors twice: help goes out as it should, errors are left to
 * {@link sentenceOf}.
 */
const quietly = (output: Output["Type"], console: Console.Console): Console.Console => ({
  ...console,
  log: (...parts) => {
    const text = parts.map(String).join(" ")
    return output.result((wantsColour() ? text : text.replace(escapes, "")).trimEnd())
  },
  error: () => Effect.void
})

const sentenceOf = (error: ValidationError.ValidationError, argv: ReadonlyArray<string>): string => {
  const text = HelpDoc.toAnsiText(error.error)
    .replace(escapes, "")
    .replace(/\s+/g, " ")
    .trim()
    // the parser quotes what it was given, and that could be anything
    .replace(/^'.*' is not an? /, "A value is no ")
  const command = argv.find((word) => !word.startsWith("-")) ?? ""
  const known = subcommands.includes(command)
  const meant = known ? undefined : nearest(command, subcommands)
  const sentence =
    command !== "" && !known ? `"welkin" has no such command${meant === undefined ? "" : `; did you mean "${meant}"?`}` : text
  return `${sentence.replace(/\.$/, "")}${sentence.endsWith("?") ? "" : "."} Try: welkin ${known ? `${command} ` : ""}--help`
}

const examples = HelpDoc.blocks([
  HelpDoc.p(
    Span.text(
      "Examples: welkin export --out ./welkin-export  ·  welkin verify ./welkin-export  ·  welkin simulate --port 8787  ·  welkin endpoints"
    )
  )
])

const parse = Command.run(welkin, { name: "welkin", version, footer: examples })

/** Runs the command line, `argv` as node has it, and answers with the exit code. */
export const main = (argv: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const output = yield* Output
    const args = argv.length <= 2 ? [...argv, "--help"] : argv
    return yield* parse(args).pipe(
      Effect.withConsole(quietly(output, yield* Effect.console)),
      Effect.as(0),
      Effect.catchAll((error) => {
        const failure = error._tag === "Failure" ? error : Failure.usage(sentenceOf(error, argv.slice(2)))
        return Effect.as(output.note(failure.sentence), failure.exitCode)
      })
    )
  })
