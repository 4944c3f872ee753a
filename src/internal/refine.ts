import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

type AnyEffect = Effect.Effect<any, any, any>
type AnyStream = Stream.Stream<any, any, any>

/**
 * Lays one more change of a setting over what an effect or stream has already: the innermost change is applied last.
 */
export const refine = <Id, A>(
  self: AnyEffect | AnyStream,
  reference: Context.Reference<Id, (value: A) => A>,
  change: (value: A) => A
): any => {
  const add = (context: Context.Context<any>): Context.Context<any> => {
    const outer = Context.get(context, reference)
    return Context.add(context, reference, (value: A) => change(outer(value)))
  }
  return Effect.isEffect(self) ? Effect.mapInputContext(self as AnyEffect, add) : Stream.mapInputContext(self as AnyStream, add)
}
