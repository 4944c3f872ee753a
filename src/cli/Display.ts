import * as Options from "@effect/cli/Options"

/** How an export tells how far it is: lines that are redrawn, a line every ten seconds, or not at all. */
export type Progress = "bar" | "plain" | "none"

export interface Display {
  readonly progress: Progress
  readonly verbose: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

interface Stream {
  readonly isTTY?: boolean
}

/** The flags of every command about what it says. */
export const options = {
  verbose: Options.boolean("verbose").pipe(Options.withDescription("Say more on stderr, still without a value of any record.")),
  noColor: Options.boolean("no-color").pipe(Options.withDescription("No colour, as with NO_COLOR.")),
  debug: Options.boolean("debug").pipe(
    Options.withDescription("Show the facts of an error as JSON: endpoint, status, attempts; no values.")
  )
}

/** The same, for commands that take their time. */
export const withProgress = {
  progress: Options.choice("progress", ["auto", "bar", "plain", "none"]).pipe(
    Options.withDescription("How progress is shown on stderr: a display that is redrawn, a plain line every ten seconds, or none."),
    Options.withDefault("auto" as const)
  ),
  quiet: Options.boolean("quiet").pipe(Options.withAlias("q"), Options.withDescription("No progress, as --progress none.")),
  ...options
}

/** Those of a parsed command line. */
export interface Flags {
  readonly progress?: "auto" | Progress
  readonly quiet?: boolean
  readonly verbose: boolean
  readonly debug: boolean
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== ""

/** Whether a stream can be redrawn, and by habit may be. */
const isLive = (env: Environment, stream: Stream): boolean => stream.isTTY === true && !isSet(env.CI) && env.TERM !== "dumb"

export const of = ({ progress = "auto", quiet = false, verbose = false }: Partial<Flags>, env: Environment, stream: Stream): Display => ({
  progress: quiet ? "none" : progress !== "auto" ? progress : isLive(env, stream) ? "bar" : "plain",
  verbose
})

/** Whether a stream gets colours. `--no-color` is looked for word by word: help is printed before anything is parsed. */
export const hasColour = (args: ReadonlyArray<string>, env: Environment, stream: Stream): boolean => {
  if (args.includes("--no-color")) return false
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== "0"
  return stream.isTTY === true && !isSet(env.NO_COLOR) && env.TERM !== "dumb"
}

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, "g")

export const withoutColour = (text: string): string => text.replace(escapes, "")
