// A response can be held until the test lets it go: what happens meanwhile is no longer a matter of luck.
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { Simulator } from "effect-welkin/testing"
import { Patients } from "effect-welkin/v8"

it.effect("a patient that is changed while a read is under way", () =>
  Effect.gen(function* () {
    const simulator = yield* Simulator.Simulator
    const patientId = Patients.PatientId.make(simulator.patientId(0))
    yield* simulator.addFaults({ match: { endpoint: "patients.get" }, do: { _tag: "Latch", name: "reading" } })
    const reading = yield* Effect.fork(Patients.get({ patientId }))
    yield* simulator.held("reading")
    yield* Patients.update({ patientId, body: { firstName: "Changed" } })
    yield* simulator.release("reading")
    const before = yield* Fiber.join(reading)
    const after = yield* Patients.get({ patientId })
    assert.notStrictEqual(before.firstName, after.firstName)
  }).pipe(Effect.provide(Simulator.layerClient({ seed: 1 })))
)
