import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Display from "./Display.js"

export interface Service {
  readonly result: (text: string) => Effect.Effect<void>
  /** A text on stdout as it is, without an end of line of its own. */
  readonly body: (text: string) => Effect.Effect<void>
  readonly note: (text: string) => Effect.Effect<void>
  /** What only those want to know who ask for it with `--verbose`. */
  readonly detail: (text: string) => Effect.Effect<void>
  /** Lines at the foot of the terminal that the next ones replace. Nothing where progress is no bar. */
  readonly live: (lines: ReadonlyArray<string>) => Effect.Effect<void>
  readonly progress: Display.Progress
  /** The same place, spoken to as the flags of a command have it. */
  readonly heeding: (flags: Partial<Display.Flags>) => Service
}

/** Where the command speaks: results on stdout, everything for people on stderr. */
export class Output extends Context.Tag("effect-welkin/cli/Output")<Output, Service>() {}

/** A stream that is written to, perhaps a terminal. */
export interface Stream {
  readonly write: (text: string, done: () => void) => unknown
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/** What the command finds around it; `process` is one. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Stream
  readonly stderr: Stream
}

const write = (stream: Stream, text: string): Effect.Effect<void> =>
  Effect.async((resume) => {
    stream.write(text, () => resume(Effect.void))
  })

const escape = String.fromCharCode(27)

/** Goes back over so many lines and clears all that stands from there on. */
const back = (lines: number): string => (lines === 0 ? "" : `\r${lines > 1 ? `${escape}[${lines - 1}A` : ""}${escape}[J`)

export const make = (around: Surroundings, flags: Partial<Display.Flags> = {}): Service => {
  const { stderr, stdout } = around
  const { progress, verbose } = Display.of(flags, around.env, stderr)
  let drawn = 0
  const note = (text: string) =>
    Effect.suspend(() => {
      const cleared = back(drawn)
      drawn = 0
      return write(stderr, `${cleared}${text}\n`)
    })
  return {
    progress,
    result: (text) => write(stdout, `${text}\n`),
    body: (text) => write(stdout, text),
    note,
    detail: (text) => (verbose ? note(text) : Effect.void),
    live: (lines) =>
      Effect.suspend(() => {
        if (progress !== "bar") return Effect.void
        // a line that wraps could not be taken back
        const shown = lines.slice(0, (stderr.rows ?? 24) - 1).map((line) => line.slice(0, (stderr.columns ?? 80) - 1))
        const cleared = back(drawn)
        drawn = shown.length
        return write(stderr, cleared + shown.join("\n"))
      }),
    heeding: (more) => make(around, more)
  }
}
