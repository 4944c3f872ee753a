import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as FiberId from "effect/FiberId"

/**
 * So many at a time, first come, first served.
 *
 * Effect's semaphore wakes all who wait whenever a place is given back, and each who finds it taken waits anew inside of its last
 * wait: ten thousand who wait would fill the memory.
 */
export interface Turnstile {
  /** Does something with a place. */
  readonly within: <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** Waits for a place, which is kept until `release`. To be run uninterruptibly: only the wait itself can be interrupted. */
  readonly take: (restore: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>) => Effect.Effect<void>
  readonly release: Effect.Effect<void>
  readonly resize: (places: number) => Effect.Effect<void>
}

export const make = (places: number): Turnstile => {
  let width = places
  let free = places
  // a Set keeps the order in which they came, and lets anyone leave
  const waiting = new Set<Deferred.Deferred<void>>()
  const admit = () => {
    for (const next of waiting) {
      if (free <= 0) return
      free--
      waiting.delete(next)
      Deferred.unsafeDone(next, Effect.void)
    }
  }
  const giveBack = () => {
    free++
    admit()
  }
  const take: Turnstile["take"] = (restore) =>
    Effect.suspend(() => {
      if (free > 0) {
        free--
        return Effect.void
      }
      const turn = Deferred.unsafeMake<void>(FiberId.none)
      waiting.add(turn)
      // whose turn has come at the moment of the interruption gives the place back
      const leave = Effect.sync(() => {
        if (!waiting.delete(turn)) giveBack()
      })
      return Effect.onInterrupt(restore(Deferred.await(turn)), () => leave)
    })
  const release = Effect.sync(giveBack)
  return {
    within: (work) => Effect.uninterruptibleMask((restore) => Effect.zipRight(take(restore), Effect.ensuring(restore(work), release))),
    take,
    release,
    resize: (places) =>
      Effect.sync(() => {
        free += places - width
        width = places
        admit()
      })
  }
}
