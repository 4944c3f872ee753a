import * as Effect from "effect/Effect"

/** Named gates that requests wait at until a test opens them. */
export interface Latches {
  /** Waits at the gate; passes at once when it is open. */
  readonly pass: (name: string) => Effect.Effect<void>
  /** Opens the gate for good. */
  readonly open: (name: string) => Effect.Effect<void>
  /** Waits until somebody waits, or has waited, at the gate. */
  readonly reached: (name: string) => Effect.Effect<void>
}

export const make: Effect.Effect<Latches> = Effect.sync(() => {
  const gates = new Map<string, { readonly gate: Effect.Latch; readonly visitor: Effect.Latch }>()
  const named = (name: string) => {
    const known = gates.get(name)
    if (known !== undefined) return known
    const fresh = { gate: Effect.unsafeMakeLatch(), visitor: Effect.unsafeMakeLatch() }
    gates.set(name, fresh)
    return fresh
  }
  return {
    pass: (name) => Effect.suspend(() => Effect.zipRight(named(name).visitor.open, named(name).gate.await)),
    open: (name) => Effect.suspend(() => Effect.asVoid(named(name).gate.open)),
    reached: (name) => Effect.suspend(() => named(name).visitor.await)
  }
})
