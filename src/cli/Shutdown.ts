import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"

/** What a page that is arriving gets, when a signal asks for the end. */
const grace = "1 second"

/** What a page that has arrived gets, to be written. */
const landing = "100 millis"

/** The end that a signal asks for. */
export class Shutdown extends Context.Tag("effect-welkin/cli/Shutdown")<
  Shutdown,
  {
    /** The same client, which sends nothing more once the end has been asked for. */
    readonly guard: (client: HttpClient.HttpClient) => HttpClient.HttpClient
    /** Asks for the end, and returns when what was under way has arrived, or has had its time. */
    readonly begin: Effect.Effect<void>
  }
>() {}

export const make: Effect.Effect<Shutdown["Type"]> = Effect.map(Deferred.make<void>(), (arrived) => {
  let underWay = 0
  let begun = false
  const leave = Effect.suspend(() => {
    underWay--
    return begun && underWay === 0 ? Effect.asVoid(Deferred.succeed(arrived, undefined)) : Effect.void
  })
  // a request is under way until its body has been read, which is when the scope of its attempt ends
  const enter = Effect.flatMap(Effect.serviceOption(Scope.Scope), (scope) =>
    Effect.suspend(() => {
      if (begun) return Effect.never
      if (Option.isNone(scope)) return Effect.void
      underWay++
      return Scope.addFinalizer(scope.value, leave)
    })
  )
  return {
    guard: HttpClient.transform((sent) => Effect.zipRight(enter, sent)),
    begin: Effect.suspend(() => {
      begun = true
      return underWay === 0
        ? Effect.void
        : Deferred.await(arrived).pipe(Effect.zipRight(Effect.sleep(landing)), Effect.timeoutOption(grace), Effect.asVoid)
    })
  }
})
