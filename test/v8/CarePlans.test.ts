import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as CarePlans from "../../src/v8/CarePlans.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const patientId = PatientId.make("p-1")

const written = {
  createdByName: null,
  createdAt: "2030-01-02T03:04:05.006Z",
  updatedByName: "API_CLIENT:SAMPLE",
  updatedAt: "2030-01-02T03:04:05.006Z"
}
const overview = { ...written, overview: "" }
const plan = { ...written, id: "cp-1", patientId: "p-1" }

describe("CarePlans", () => {
  it.effect("a plan may have no overview yet, and an overview may be empty", () => {
    const client = answers({ body: plan }, { body: { ...plan, patientOverview: null } }, { body: { ...plan, patientOverview: overview } })
    return Effect.gen(function* () {
      const read = Effect.map(CarePlans.get({ patientId }), ({ patientOverview }) => patientOverview?.overview)
      assert.deepStrictEqual([yield* read, yield* read, yield* read], [undefined, undefined, ""])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an overview is written under the patient, the first time with 200 or 201", () => {
    const client = answers({ body: overview }, { status: 201, body: overview }, { body: overview })
    return Effect.gen(function* () {
      const body = { overview: 'Works shifts.\nWants "better" sleep.' }
      yield* CarePlans.createOverview({ patientId, body })
      yield* CarePlans.createOverview({ patientId, body })
      yield* CarePlans.updateOverview({ patientId, body: { overview: "" } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /patients/p-1/care-plan/overview", body],
        ["POST /patients/p-1/care-plan/overview", body],
        ["PUT /patients/p-1/care-plan/overview", { overview: "" }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an overview that came from the service is not sent back whole", () => {
    const client = answers({ body: overview })
    return Effect.gen(function* () {
      const read = yield* CarePlans.updateOverview({ patientId, body: { overview: "" } })
      const error = yield* Effect.flip(CarePlans.updateOverview({ patientId, body: read }))
      assert.include(tagAndPlaces(error), "body.createdAt")
    }).pipe(Effect.provide(client.layer))
  })
})
