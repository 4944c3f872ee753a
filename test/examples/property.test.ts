// A property: whatever passing trouble the service is in, the answer is the same.
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import { Arbitraries, type Fault, Simulator } from "effect-welkin/testing"
import { Patients } from "effect-welkin/v8"

/** The code under test. */
const withoutBirthDate = Patients.searchStream({ body: {}, size: 10 }).pipe(
  Stream.filter((patient) => patient.birthDate === null),
  Stream.runCount
)

const counted = (faults: ReadonlyArray<Fault.Fault>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.fork(withoutBirthDate)
    // retries wait; the test's clock does not
    while ((yield* Fiber.poll(fiber))._tag === "None") yield* TestClock.adjust("5 seconds")
    return yield* Fiber.join(fiber)
  }).pipe(Effect.provide(Simulator.layerClient({ seed: 1, patients: 40, faults })))

it.effect.prop(
  "passing trouble changes no count",
  { faults: Arbitraries.transientFaults({ endpoints: ["patients.search"] }) },
  ({ faults }) =>
    Effect.gen(function* () {
      assert.strictEqual(yield* counted(faults), yield* counted([]))
    }),
  { fastCheck: { numRuns: 10 } }
)
