import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "../../src/testing/index.js"
import { AssessmentRecords, EncounterAssessments, Encounters } from "../../src/v8/index.js"
import { collect, exported, refusal, wire, within } from "./resources.js"

describe("assessment records", () => {
  it.effect("a record is begun, answered, completed for good, listed, exported and deleted", () =>
    within(
      Effect.gen(function* () {
        const patientId = (yield* Simulator.Simulator).patientId(2)
        const path = `/patients/${patientId}/assessment-records`
        const raw = yield* wire("POST", path, { body: { assessmentName: "asm-sleep-check" } })
        expect(raw.status).toBe(201)
        expect(raw.json).toMatchObject({
          status: "NEW",
          finalizedDate: null,
          questions: {},
          assessmentCdtName: "_asm-sleep-check",
          patientId
        })
        expect(raw.json.answers).toMatchObject({ source_id: raw.json.id, source_type: "ASSESSMENT", "cdt-sleep__cdtf-waking": null })
        expect(raw.json.localCreatedDate).toBe(raw.json.createdAt.replace("Z", "+00:00"))

        const answered = yield* wire("PUT", `${path}/${raw.json.id}/answers`, { body: { "cdt-sleep__cdtf-waking": "once" } })
        expect(answered.status).toBe(200)
        // the answer tells old times
        expect(answered.json).toEqual({ ...raw.json, answers: { ...raw.json.answers, "cdt-sleep__cdtf-waking": "once" } })
        const read = (yield* wire("GET", `${path}/${raw.json.id}`)).json
        expect(read.updatedAt).toBe(raw.json.updatedAt)
        expect(read.answers.updated_at > raw.json.answers.updated_at).toBe(true)
        expect((yield* wire("PUT", `${path}/${raw.json.id}/answers`, { body: { "CDT-SLEEP__cdtf-waking": "once" } })).status).toBe(400)
        // what was answered last comes last, and the export goes on from there
        expect((yield* exported("ASSESSMENT", 2)).at(-1)).toMatchObject({ id: raw.json.id, cdtRecordId: read.answers.id })

        const body = { ...read, status: "COMPLETED", assessmentName: "asm-mood", createdAt: "2001-01-01T00:00:00.000Z" }
        const completed = (yield* wire("PUT", `${path}/${raw.json.id}`, { body })).json
        expect(completed).toMatchObject({ status: "COMPLETED", assessmentName: "asm-sleep-check", createdAt: read.createdAt })
        expect(completed.questions["cdt-sleep__cdtf-waking"]).toEqual(expect.any(String))
        expect(completed.localFinalizedDate).toBe(completed.finalizedDate.replace("Z", "+00:00"))
        expect((yield* wire("PUT", `${path}/${raw.json.id}`, { body: { ...completed, status: "NEW" } })).status).toBe(400)

        const at = { patientId: raw.json.patientId, assessmentRecordId: raw.json.id }
        const listed = yield* collect(AssessmentRecords.listStream({ patientId: at.patientId }))
        expect(listed.at(-1)).toEqual(yield* AssessmentRecords.get(at))
        expect((yield* wire("GET", path)).json).toMatchObject({ last: true, totalElements: listed.length, pageable: { offset: 0 } })

        expect((yield* wire("DELETE", `${path}/${raw.json.id}`)).status).toBe(200)
        const gone = yield* wire("GET", `${path}/${raw.json.id}`)
        expect(refusal(gone)).toEqual([404, "ASSESSMENT_RECORD_NOT_FOUND"])
        expect(gone.json[0]).toMatchObject({ componentType: "ASSESSMENT", details: { recordId: raw.json.id, patientId } })
      })
    )
  )

  it.effect("answers to an old record bring it to the end of the export, though its own time stands still", () =>
    within(
      Effect.gen(function* () {
        const before = yield* exported("ASSESSMENT", 3)
        const old = before.find(({ assessmentName, status }) => status === "IN_PROGRESS" && assessmentName === "asm-mood")
        const body = { "cdt-wellbeing__cdtf-mood": "fair" }
        yield* wire("PUT", `/patients/${old.patientId}/assessment-records/${old.id}/answers`, { body })
        const after = yield* exported("ASSESSMENT", 3)
        expect(after.map(({ id }) => id)).toEqual([...before.map(({ id }) => id).filter((id) => id !== old.id), old.id])
        expect(after.at(-1)).toMatchObject({ updatedAt: old.updatedAt, answers: body })
        const start = new Date(Date.parse(before.at(-1).updatedAt) + 1).toISOString()
        const since = yield* wire("GET", "/export/ASSESSMENT", { query: { start } })
        expect(since.json.data.map(({ id }: any) => id)).toEqual([old.id])
      }),
      { patients: 30 }
    )
  )
})

describe("assessments of an encounter", () => {
  it.effect("a link is made, given a record of the same patient, listed and removed", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const [one] = yield* collect(Encounters.listStream({ withCareTeam: false }))
        const at = { patientId: one!.patientId, encounterId: one!.id }
        const path = `/patients/${at.patientId}/encounters/${at.encounterId}/assessments`
        const before = yield* EncounterAssessments.list(at)
        const raw = yield* wire("POST", path, { body: { assessmentName: "asm-mood" } })
        expect(raw.status).toBe(201)
        expect(raw.json).toMatchObject({
          cdtName: "__encounter_assessment__",
          jsonBody: { id: raw.json.id, fromTemplate: false, assessmentRecordId: null, relation: "ASSESSMENT", source_id: at.encounterId }
        })

        const record = (yield* wire("POST", `/patients/${at.patientId}/assessment-records`, { body: { assessmentName: "asm-mood" } })).json
        const other = (yield* wire("GET", `/patients/${simulator.patientId(0)}`)).json.id === at.patientId ? 1 : 0
        const foreign = (yield* wire("POST", `/patients/${simulator.patientId(other)}/assessment-records`, {
          body: { assessmentName: "asm-mood" }
        })).json
        expect((yield* wire("PATCH", `${path}/${raw.json.id}`, { body: { assessmentRecordId: foreign.id } })).status).toBe(400)
        const linked = yield* wire("PATCH", `${path}/${raw.json.id}`, { body: { assessmentRecordId: record.id } })
        expect(linked.json.jsonBody.assessmentRecordId).toBe(record.id)
        expect((yield* EncounterAssessments.list(at)).map(({ id }) => id)).toEqual([...before.map(({ id }) => id), raw.json.id])

        const removed = yield* wire("DELETE", `${path}/${raw.json.id}`)
        expect([removed.status, removed.text]).toEqual([200, ""])
        expect(refusal(yield* wire("GET", `${path}/${raw.json.id}`))).toEqual([404, "DT_RECORD_NOT_FOUND"])
        expect(yield* EncounterAssessments.list(at)).toEqual(before)
      })
    )
  )
})
