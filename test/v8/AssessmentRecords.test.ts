import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as AssessmentRecords from "../../src/v8/AssessmentRecords.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"

const at = "2030-01-02T03:04:05.006Z"
const local = "2030-01-02T03:04:05.006+00:00"

const system = {
  id: "a-1",
  source_id: "s-1",
  source_name: "asm-sleep",
  source_type: "ASSESSMENT",
  external_id: null,
  external_guid: null,
  created_at: at,
  created_by: null,
  created_by_name: null,
  updated_at: at,
  updated_by: null,
  updated_by_name: null
}

const recordOf = (given: object) => ({
  id: "s-1",
  createdAt: at,
  updatedAt: at,
  createdBy: null,
  updatedBy: null,
  createdByName: null,
  updatedByName: null,
  finalizedDate: null,
  localFinalizedDate: null,
  localCreatedDate: local,
  localUpdatedDate: local,
  assessmentName: "asm-sleep",
  assessmentTitle: "Sleep check",
  assessmentCdtName: "_asm-sleep",
  version: 31,
  patientId: "p-1",
  status: "IN_PROGRESS",
  scoring: {},
  folderId: null,
  expirationDate: null,
  questions: {},
  resolvedCdtValues: {},
  pfa: false,
  answers: { ...system, "cdt-sleep__cdtf-quality": "good", "cdt-sleep__cdtf-hours": 7 },
  ...given
})

const patientId = PatientId.make("p-1")
const assessmentRecordId = AssessmentRecords.AssessmentRecordId.make("s-1")
const place = { patientId, assessmentRecordId }

describe("AssessmentRecords", () => {
  it.effect("a record read and put back is the same to the letter but for its status", () => {
    const wire = recordOf({ added_later: [1], expirationDate: at, questions: { "cdt-sleep__cdtf-quality": "How well?" } })
    const client = answers({ body: wire }, { body: { ...wire, status: "COMPLETED" } })
    return Effect.gen(function* () {
      const record = yield* AssessmentRecords.get(place)
      yield* AssessmentRecords.replace({ ...place, body: { ...record, status: "COMPLETED" } })
      assert.deepStrictEqual(client.sent()[1], ["PUT /patients/p-1/assessment-records/s-1", { ...wire, status: "COMPLETED" }])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a record starts by its name alone, and answers are a bare map", () => {
    const client = answers({ status: 201, body: recordOf({ status: "NEW" }) }, { body: recordOf({ status: "ADDED_LATER" }) })
    return Effect.gen(function* () {
      yield* AssessmentRecords.create({ patientId, body: { assessmentName: "asm-sleep" } })
      const { status } = yield* AssessmentRecords.updateAnswers({ ...place, body: { "cdt-sleep__cdtf-quality": ["a"], Other: null } })
      assert.strictEqual(status, "ADDED_LATER")
      assert.deepStrictEqual(client.sent(), [
        ["POST /patients/p-1/assessment-records", { assessmentName: "asm-sleep" }],
        ["PUT /patients/p-1/assessment-records/s-1/answers", { "cdt-sleep__cdtf-quality": ["a"], Other: null }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("deleting takes an empty answer; a record that is gone is told from other failures", () => {
    const gone = [{ errorCode: "ASSESSMENT_RECORD_NOT_FOUND", componentType: "ASSESSMENT", message: "", details: { recordId: "s-1" } }]
    const client = answers({ status: 200 }, { status: 404, body: gone })
    return Effect.gen(function* () {
      yield* AssessmentRecords.remove(place)
      const error = yield* Effect.flip(AssessmentRecords.get(place))
      assert(error._tag === "NotFound")
      assert.deepStrictEqual(error.codes, ["ASSESSMENT_RECORD_NOT_FOUND"])
    }).pipe(Effect.provide(client.layer))
  })

  describe("typed", () => {
    const Sleep = AssessmentRecords.typed(
      "asm-sleep",
      Schema.Struct({
        quality: Schema.propertySignature(Schema.NullOr(Schema.Literal("good", "bad"))).pipe(Schema.fromKey("cdt-sleep__cdtf-quality")),
        "cdt-sleep__cdtf-hours": Schema.NullOr(Schema.Int)
      })
    )

    it.effect("answers are typed, coming and going, and keep the rest beside them", () => {
      const wire = recordOf({ answers: { ...system, "cdt-sleep__cdtf-quality": "good", "cdt-sleep__cdtf-hours": null, more: 1 } })
      const client = answers({ body: wire }, { body: wire }, { body: wire })
      return Effect.gen(function* () {
        const { answers, id } = yield* Sleep.create({ patientId })
        const quality: "good" | "bad" | null = answers.quality
        assert.strictEqual(quality, "good")
        assert.strictEqual(answers.source_name, "asm-sleep")
        const record = yield* Sleep.updateAnswers({
          patientId,
          assessmentRecordId: id,
          body: { quality: "bad", "cdt-sleep__cdtf-hours": 7 }
        })
        yield* Sleep.replace({ ...place, body: { ...record, status: "COMPLETED" } })
        // @ts-expect-error: answers are sent all at once
        yield* Effect.flip(Sleep.updateAnswers({ ...place, body: { quality: "bad" } }))
        assert.deepStrictEqual(client.sent(), [
          ["POST /patients/p-1/assessment-records", { assessmentName: "asm-sleep" }],
          ["PUT /patients/p-1/assessment-records/s-1/answers", { "cdt-sleep__cdtf-quality": "bad", "cdt-sleep__cdtf-hours": 7 }],
          ["PUT /patients/p-1/assessment-records/s-1", { ...wire, status: "COMPLETED" }]
        ])
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("a record of another assessment is refused when read, and passed over in the list", () => {
      const other = recordOf({ assessmentName: "asm-mood", answers: { ...system, "cdt-mood__cdtf-score": 3 } })
      const client = answers({ body: other }, { body: { content: [other, recordOf({})], last: true } })
      return Effect.gen(function* () {
        const error = yield* Effect.flip(Sleep.get(place))
        assert(error._tag === "DecodeError")
        assert.include(
          error.places.map(({ path }) => path),
          "assessmentName"
        )
        const records = Chunk.toArray(yield* Stream.runCollect(Sleep.listStream({ patientId, size: 50 })))
        assert.deepStrictEqual(
          records.map(({ answers }) => answers.quality),
          ["good"]
        )
        assert.deepStrictEqual(client.sent()[1], "GET /patients/p-1/assessment-records?page=0&size=50")
      }).pipe(Effect.provide(client.layer))
    })
  })
})
