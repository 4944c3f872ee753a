import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { AssessmentRecordId } from "../../src/v8/AssessmentRecords.js"
import * as EncounterAssessments from "../../src/v8/EncounterAssessments.js"
import { EncounterId } from "../../src/v8/Encounters.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"

const at = "2030-01-02T03:04:05.006Z"

const link = {
  id: "l-1",
  patientId: "p-1",
  cdtId: "c-1",
  version: 31,
  cdtName: "__encounter_assessment__",
  jsonBody: {
    id: "l-1",
    assessmentName: "asm-sleep",
    assessmentTitle: "Sleep check",
    assessmentRecordId: null,
    fromTemplate: false,
    relation: "ASSESSMENT",
    source_id: "e-1",
    source_name: "__encounter__",
    source_type: "ENCOUNTER",
    external_id: null,
    external_guid: null,
    created_at: at,
    created_by: null,
    created_by_name: null,
    updated_at: at,
    updated_by: null,
    updated_by_name: null
  }
}

const encounter = { patientId: PatientId.make("p-1"), encounterId: EncounterId.make("e-1") }
const place = { ...encounter, encounterAssessmentId: EncounterAssessments.EncounterAssessmentId.make("l-1") }

describe("EncounterAssessments", () => {
  it.effect("a link is made with or without a record, and takes one later", () => {
    const client = answers({ status: 201, body: link }, { status: 201, body: link }, { body: link })
    return Effect.gen(function* () {
      const created = yield* EncounterAssessments.create({ ...encounter, body: { assessmentName: "asm-sleep" } })
      assert.isNull(created.jsonBody.assessmentRecordId)
      yield* EncounterAssessments.create({ ...encounter, body: { assessmentName: "asm-sleep", assessmentRecordId: null } })
      yield* EncounterAssessments.update({ ...place, body: { assessmentRecordId: AssessmentRecordId.make("s-1") } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /patients/p-1/encounters/e-1/assessments", { assessmentName: "asm-sleep" }],
        ["POST /patients/p-1/encounters/e-1/assessments", { assessmentName: "asm-sleep", assessmentRecordId: null }],
        ["PATCH /patients/p-1/encounters/e-1/assessments/l-1", { assessmentRecordId: "s-1" }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("nothing but the record can be changed", () => {
    const client = answers()
    return Effect.gen(function* () {
      // @ts-expect-error: the assessment of a link is fixed
      const error = yield* Effect.flip(EncounterAssessments.update({ ...place, body: { assessmentName: "asm-mood" } }))
      assert(error._tag === "EncodeError")
      assert.deepStrictEqual(
        error.places.map(({ path }) => path),
        ["body.assessmentName"]
      )
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("the list is bare: a page in its place is not taken for an empty one", () => {
    const client = answers({ body: [link, link] }, { body: { content: [], last: true } })
    return Effect.gen(function* () {
      assert.lengthOf(yield* EncounterAssessments.list(encounter), 2)
      const error = yield* Effect.flip(EncounterAssessments.list(encounter))
      assert(error._tag === "DecodeError")
      assert.strictEqual(error.reason, "Envelope")
      assert.deepStrictEqual(client.sent()[0], "GET /patients/p-1/encounters/e-1/assessments")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("deleting takes an empty answer of no type; a link that is gone is told from other failures", () => {
    const gone = [{ errorCode: "DT_RECORD_NOT_FOUND", componentType: "CDT", message: "", details: {} }]
    const client = answers({ status: 200, headers: { "content-type": "", "content-length": "0" } }, { status: 404, body: gone })
    return Effect.gen(function* () {
      yield* EncounterAssessments.remove(place)
      const error = yield* Effect.flip(EncounterAssessments.get(place))
      assert(error._tag === "NotFound")
      assert.deepStrictEqual(error.codes, ["DT_RECORD_NOT_FOUND"])
    }).pipe(Effect.provide(client.layer))
  })
})
