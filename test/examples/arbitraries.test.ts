// Properties of any record, of any clinic, under any trouble.
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import { Arbitraries, Simulator } from "effect-welkin/testing"
import { Patients } from "effect-welkin/v8"

/** The code under test. */
const salutation = ({ firstName, lastName }: Patients.Patient) => [firstName, lastName].filter(Boolean).join(" ") || "you"
const salutations = Patients.listStream({ size: 7 }).pipe(Stream.map(salutation), Stream.runCollect)
const enroll = Patients.create({ body: { firstName: "Ada", lastName: "Example" } })

describe("salutations", () => {
  it.prop("fit any patient", { patient: Arbitraries.of(Patients.Patient) }, ({ patient }) => {
    assert.isAbove(salutation(patient).length, 0)
  })

  it.effect.prop(
    "leave nobody out, whatever the clinic",
    { population: Arbitraries.population({ patients: 20 }) },
    ({ population }) =>
      Effect.gen(function* () {
        assert.strictEqual((yield* salutations).length, population.patients)
      }).pipe(Effect.provide(Simulator.layerClient(population))),
    { fastCheck: { numRuns: 5 } }
  )
})

it.effect.prop(
  "nobody is enrolled twice, whatever goes wrong",
  { faults: Arbitraries.faults({ endpoints: ["patients.create"] }) },
  ({ faults }) =>
    Effect.gen(function* () {
      const { ledger } = yield* Simulator.Simulator
      const fiber = yield* Effect.fork(Effect.exit(enroll))
      while ((yield* Fiber.poll(fiber))._tag === "None") yield* TestClock.adjust("20 seconds")
      for (const { applied, endpoint } of yield* ledger) if (endpoint === "patients.create") assert.isAtMost(applied, 1)
    }).pipe(Effect.provide(Simulator.layerClient({ patients: 3, faults }))),
  { fastCheck: { numRuns: 5 } }
)
