import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Reports from "../../src/v8/Reports.js"
import { answers } from "../support/answers.js"

describe("Reports", () => {
  it.effect("a row that nobody has seen yet is read with whatever it holds; another report is not", () => {
    const rows = [{ name: "prog-sleep", count: 1, patientIds: ["p-1"], phases: [{ any: 1 }] }, { title: null, count: null, added: 1 }, {}]
    const client = answers({ body: rows }, { body: { content: rows } }, { body: [{ patientIds: [7] }] })
    return Effect.gen(function* () {
      assert.deepStrictEqual(yield* Reports.patientProgramPhaseDistribution(), rows as never)
      for (const reason of ["Envelope", "Schema"]) {
        const error = yield* Effect.flip(Reports.patientProgramPhaseDistribution())
        assert(error._tag === "DecodeError")
        assert.strictEqual(error.reason, reason)
      }
      assert.strictEqual(client.sent()[0], "GET /reports/patient-program-phase-distribution")
    }).pipe(Effect.provide(client.layer))
  })
})
