/** Every way an error gets printed, by people, by loggers and by the machinery between processes. */
import { Console as NodeConsole } from "node:console"
import { Writable } from "node:stream"
import * as Util from "node:util"
import * as V8 from "node:v8"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Inspectable from "effect/Inspectable"
import * as Logger from "effect/Logger"
import * as Runtime from "effect/Runtime"
import * as Tracer from "./tracer.js"

const inspect = (value: unknown): string =>
  Util.inspect(value, { depth: Infinity, showHidden: true, getters: true, maxStringLength: null, maxArrayLength: null })

/** Effect hands on an error that failed inside a span as a proxy, which cannot be cloned; what it stands for can. */
const original = (error: Error): Error => Reflect.get(error, Symbol.for("effect/OriginalAnnotation")) ?? error

/** Each form by its name. */
export const stringForms = (error: Error): ReadonlyArray<readonly [name: string, text: string]> => {
  const cause = Cause.fail(error)
  const both = Cause.parallel(Cause.sequential(Cause.die(error), cause), Cause.fail(error))
  const exit = Exit.fail(error)
  const rejection = Runtime.makeFiberFailure(cause)
  const wrapped = new Error("wrapped", { cause: error })
  return [
    ["String", String(error)],
    ["message", error.message],
    ["stack", String(error.stack)],
    ["toString", error.toString()],
    ["JSON.stringify", JSON.stringify(error)],
    ["JSON.stringify of an object around it", JSON.stringify({ errors: [error] })],
    ["inspect", inspect(error)],
    ["inspect of an error around it", inspect(wrapped)],
    ["util.format", Util.format("%s %o %j", error, error, error)],
    [
      "own values",
      Reflect.ownKeys(error)
        .map((key) => inspect(Reflect.get(error, key)))
        .join(" ")
    ],
    ["Inspectable", Inspectable.format({ error }) + Inspectable.toStringUnknown(error)],
    ["Cause.pretty", Cause.pretty(cause, { renderErrorCause: true })],
    ["Cause.pretty of several", Cause.pretty(both)],
    ["Cause.squash", inspect(Cause.squash(both))],
    ["Cause.prettyErrors", Cause.prettyErrors(cause).map(inspect).join(" ")],
    ["Cause", `${cause}${JSON.stringify(cause)}${inspect(cause)}`],
    ["Exit", `${exit}${JSON.stringify(exit)}${inspect(exit)}`],
    ["the rejection of runPromise", `${rejection}${rejection.message}${JSON.stringify(rejection)}${inspect(rejection)}`],
    ["structuredClone", inspect(structuredClone(original(error)))],
    ["v8.serialize", V8.serialize(original(error)).toString("latin1")]
  ]
}

const loggers: ReadonlyArray<readonly [name: string, logger: Logger.Logger<unknown, unknown>]> = [
  ["json", Logger.jsonLogger],
  ["logfmt", Logger.logfmtLogger],
  ["string", Logger.stringLogger],
  ["structured", Logger.structuredLogger],
  ["pretty", Logger.prettyLogger({ colors: false })],
  ["pretty for browsers", Logger.prettyLogger({ colors: false, mode: "browser" })],
  ["tracer", Logger.tracerLogger]
]

/** What each logger writes of an error: as a message, as an annotation and as a cause. */
export const logged = (error: Error): Effect.Effect<ReadonlyArray<readonly [name: string, text: string]>> =>
  Effect.forEach(
    loggers,
    Effect.fnUntraced(function* ([name, logger]) {
      const written: Array<string> = []
      const stream = new Writable({
        write: (chunk, _, done) => {
          written.push(String(chunk))
          done()
        }
      })
      const recording = new NodeConsole(stream, stream)
      const current = yield* Effect.console
      const { spans, tracer } = Tracer.recording()
      const recorded = Logger.make((options) => {
        const output = logger.log(options)
        if (output !== undefined) written.push(typeof output === "string" ? output : inspect(output) + JSON.stringify(output))
      })
      yield* Effect.logError("failed", error).pipe(
        Effect.zipRight(Effect.logError(Cause.fail(error))),
        Effect.annotateLogs({ error }),
        Effect.zipRight(Effect.fail(error)),
        Effect.withSpan("operation"),
        Effect.tapErrorCause(Effect.logError),
        Effect.ignore,
        Effect.provide(Logger.replace(Logger.defaultLogger, recorded)),
        Effect.withConsole({ ...current, unsafe: recording }),
        Effect.withTracer(tracer)
      )
      for (const { attributes, events, exit } of spans) written.push(inspect([attributes, events, exit]))
      return [`${name} logger`, written.join("\n")] as const
    })
  )
