// Nothing is written twice: the simulator's ledger knows how often each write was applied.
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "effect-welkin/testing"
import { Patients } from "effect-welkin/v8"

it.effect("a create whose answer is lost is applied once, and owns up to not knowing", () =>
  Effect.gen(function* () {
    const simulator = yield* Simulator.Simulator
    yield* simulator.addFaults({ match: { endpoint: "patients.create" }, do: { _tag: "Reset" } })
    const error = yield* Effect.flip(Patients.create({ body: { firstName: "Ada", lastName: "Sample" } }))
    assert.strictEqual(error.outcome, "Unknown")
    assert.lengthOf(yield* simulator.ledger, 1)
  }).pipe(Effect.provide(Simulator.layerClient({ seed: 1 })))
)
