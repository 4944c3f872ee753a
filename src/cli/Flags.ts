import * as Command from "@effect/cli/Command"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Display from "./Display.js"
import * as Failure from "./Failure.js"
import { Output } from "./Output.js"

/** What `--debug` shows of an end that nobody wanted. */
const factsOf = (cause: Cause.Cause<Failure.Failure>): string | undefined => {
  if (Cause.isInterruptedOnly(cause)) return undefined
  const failure = Cause.failureOption(cause)
  return Option.isSome(failure) ? failure.value.facts : Failure.factsOf(Cause.squash(cause))
}

/** Makes a command heed the flags of `Display.options`. */
export const heeded = <Name extends string, R, A extends Display.Flags>(
  self: Command.Command<Name, R, Failure.Failure, A>
): Command.Command<Name, Exclude<R, Output> | Output, Failure.Failure, A> =>
  Command.transformHandler(self, (handler, flags) =>
    handler.pipe(
      Effect.tapErrorCause((cause) => {
        const facts = flags.debug ? factsOf(cause) : undefined
        return facts === undefined ? Effect.void : Effect.flatMap(Output, (output) => output.note(facts))
      }),
      Effect.updateService(Output, (output) => output.heeding(flags))
    )
  ) as never
