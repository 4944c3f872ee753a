import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** Where the command speaks: results on stdout, everything for people on stderr. */
export class Output extends Context.Tag("effect-welkin/cli/Output")<
  Output,
  {
    readonly result: (text: string) => Effect.Effect<void>
    readonly note: (text: string) => Effect.Effect<void>
    /** A line that the next one replaces. Nothing where stderr is no terminal. */
    readonly live: (text: string) => Effect.Effect<void>
    readonly isLive: boolean
  }
>() {}

const write = (stream: NodeJS.WriteStream, text: string): Effect.Effect<void> =>
  Effect.async((resume) => {
    stream.write(text, () => resume(Effect.void))
  })

const clearLine = "\r\u001b[2K"

export const layer: Layer.Layer<Output> = Layer.sync(Output, () => {
  const { env, stderr, stdout } = process
  const isLive = stderr.isTTY === true && !env.CI && env.TERM !== "dumb"
  return {
    isLive,
    result: (text) => write(stdout, `${text}\n`),
    note: (text) => write(stderr, `${isLive ? clearLine : ""}${text}\n`),
    live: (text) => (isLive ? write(stderr, `${clearLine}${text}`) : Effect.void)
  }
})
