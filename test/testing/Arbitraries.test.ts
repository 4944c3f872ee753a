import { describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { expect } from "vitest"
import { Arbitraries, Fault, Simulator } from "../../src/testing/index.js"
import { Cdts, Exports, Patients } from "../../src/v8/index.js"
import { whileTimePasses } from "../support/clock.js"
import { runs } from "../support/runs.js"

/** Everything that a reader sees: a list page by page, an export, the records of one patient. */
const everything = Effect.gen(function* () {
  const { patientId } = yield* Simulator.Simulator
  const patients = yield* Stream.runCollect(Patients.listStream({ size: 20 }))
  const exported = yield* Stream.runCollect(Exports.patientsStream({ pageSize: 15 }))
  const records = yield* Stream.runCollect(Cdts.listStream({ patientId: patients.pipe(Chunk.unsafeGet(1)).id, cdtName: "cdt-vitals" }))
  const one = yield* Patients.get({ patientId: patientId(3) })
  return JSON.stringify([patients, exported, records, one])
})

const read = (faults: ReadonlyArray<Fault.Fault>) =>
  whileTimePasses("5 seconds")(everything).pipe(Effect.provide(Simulator.layerClient({ patients: 50, faults })))

describe("plans of transient faults", () => {
  it.effect.prop(
    "change no result of a read",
    { faults: Arbitraries.transientFaults() },
    ({ faults }) =>
      Effect.gen(function* () {
        expect(yield* read(faults)).toBe(yield* read([]))
      }),
    { fastCheck: { numRuns: runs({ test: 20, sweep: 1000 }) } }
  )

  it.effect.prop(
    "are sound faults, and can be stored",
    { faults: Arbitraries.transientFaults({ endpoints: ["patients.list"], most: 5 }) },
    ({ faults }) =>
      Effect.gen(function* () {
        expect(faults.length).toBeLessThanOrEqual(5)
        expect(yield* Schema.decodeUnknown(Schema.Array(Fault.Fault))(JSON.parse(JSON.stringify(faults)))).toEqual(faults)
        expect(faults.every(({ match }) => match?.endpoint === "patients.list")).toBe(true)
      })
  )

  it("shrink to a plan with one fault where one is enough", () => {
    const details = FastCheck.check(
      FastCheck.property(Arbitraries.transientFaults(), (faults) => !faults.some((fault) => fault.do._tag === "Hang")),
      { numRuns: 2000 }
    )
    expect(details.counterexample?.[0]).toMatchObject([{ match: { nth: 1 }, do: { _tag: "Hang" } }])
    expect(details.counterexample?.[0]).toHaveLength(1)
  })
})
