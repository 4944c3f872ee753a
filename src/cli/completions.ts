import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Display from "./Display.js"
import * as Flags from "./Flags.js"
import { Output } from "./Output.js"

const shell = Args.choice(
  [
    ["bash", "bash"],
    ["zsh", "zsh"],
    ["fish", "fish"]
  ] as const,
  { name: "SHELL" }
).pipe(Args.withDescription("bash, zsh or fish."))

const scripts = { bash: Command.getBashCompletions, zsh: Command.getZshCompletions, fish: Command.getFishCompletions }

/** Leaves out what the parser would add to every command, and this one refuses. */
const withoutForeign = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines
    .filter((line) => !/^\s*'--(?:completions|log-level|wizard)\[| -l (?:completions|log-level|wizard) /.test(line))
    .map((line) => (/^\s*opts="/.test(line) ? line.replace(/ --(?:completions|log-level|wizard)\b/g, "") : line))

/** The command is about the one it belongs to, which is not there yet. */
export const command = (whole: () => Command.Command<"welkin", any, any, any>) =>
  Command.make("completions", { shell, ...Display.options }, (options) =>
    Effect.gen(function* () {
      const { result } = yield* Output
      yield* result(withoutForeign(yield* scripts[options.shell](whole(), "welkin")).join("\n"))
    })
  ).pipe(Flags.heeded, Command.withDescription("Print a script that completes this command in a shell."))
