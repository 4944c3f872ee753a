// Time belongs to the test: an hour passes in no time, and the token with it.
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { Simulator } from "effect-welkin/testing"
import { Patients } from "effect-welkin/v8"

it.effect("an hour later the client has a fresh token, and nobody has noticed", () =>
  Effect.gen(function* () {
    const simulator = yield* Simulator.Simulator
    yield* Patients.list({ size: 1 })
    yield* TestClock.adjust("2 hours")
    yield* Patients.list({ size: 1 })
    const journal = yield* simulator.journal
    assert.deepStrictEqual(
      journal.map(({ status }) => status),
      [200, 200, 200, 200]
    )
  }).pipe(Effect.provide(Simulator.layerClient({ seed: 1 })))
)
