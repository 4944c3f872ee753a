import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as AssessmentFormations from "../../../src/v8/formations/AssessmentFormations.js"
import { answers } from "../../support/answers.js"
import { cdtFormation } from "../../support/formations.js"
import { tagAndPlaces } from "../../support/places.js"

const question = {
  label: "How well did you sleep?",
  name: "",
  refCdtName: "cdt-sleep",
  refCdtFieldName: "cdtf-quality",
  order: 0,
  viewType: "question",
  meta: { type: "select", required: true },
  prePopulatedValue: { type: "PREVIOUS_ASSESSMENT" },
  attachments: []
}

const text = {
  ...question,
  label: "<p>Thank you.</p>",
  name: "section-0-field-1",
  refCdtName: "",
  refCdtFieldName: "",
  order: 1,
  viewType: "readOnly",
  meta: { type: "", required: false },
  prePopulatedValue: null,
  attachments: null
}

const section = { title: "Sleep", name: "section-1", order: 0, fields: [question, text] }

const scoring = {
  formula: "SUM",
  groups: [{ name: "sleep", fields: [{ refCdtName: "cdt-sleep", refCdtFieldName: "cdtf-quality", scores: [{ score: 0.5, answer: 1 }] }] }]
}

const assessment = {
  id: "a-1",
  title: "Sleep check",
  name: "asm-sleep",
  version: 31,
  sections: [section],
  scoring,
  programs: [],
  template: null,
  conditionSettings: null,
  _containsPHI: true
}

describe("AssessmentFormations", () => {
  it.effect("lines to read, unscored assessments and unknown kinds of line are read; what older instances lack may be missing", () => {
    const odd = {
      ...assessment,
      scoring: null,
      sections: [{ ...section, fields: [{ ...text, viewType: "divider", meta: { type: "float", required: false } }] }]
    }
    const client = answers({ body: [assessment, odd] })
    return Effect.gen(function* () {
      const all = yield* Stream.runCollect(AssessmentFormations.listStream({ version: "current" }))
      assert.deepStrictEqual<ReadonlyArray<unknown>>(Array.from(all), [assessment, odd])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a question that is bound to no field is refused by place", () => {
    const { refCdtFieldName: _, ...unbound } = question
    const client = answers({ body: { ...assessment, sections: [{ ...section, fields: [question, unbound] }] } })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(AssessmentFormations.get({ version: "current", assessmentName: "asm-sleep" }))
      assert.deepStrictEqual(tagAndPlaces(error), ["DecodeError", "sections.0.fields.1.refCdtFieldName"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an assessment goes into the draft whole, unknown settings of its lines included", () => {
    const client = answers({ status: 201, body: assessment }, { body: assessment }, { body: "" })
    return Effect.gen(function* () {
      const line = { ...question, hint: "think of last week" }
      const body = { name: "asm-sleep", title: "Sleep check", sections: [{ ...section, fields: [line] }], scoring, conditionSettings: null }
      yield* AssessmentFormations.create({ body })
      yield* AssessmentFormations.update({ assessmentName: "asm-sleep", body })
      yield* AssessmentFormations.remove({ assessmentName: "asm-sleep" })
      assert.deepStrictEqual(client.sent(), [
        ["POST /formations/draft/assessments", body],
        ["PUT /formations/draft/assessments/asm-sleep", body],
        "DELETE /formations/draft/assessments/asm-sleep"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("the type behind an assessment is a definition like any other, at a path of its own", () => {
    const client = answers({ body: { ...cdtFormation, name: "_asm-sleep", relation: "ASSESSMENT", readable: false } })
    return Effect.gen(function* () {
      const type = yield* AssessmentFormations.getCdt({ version: "current", cdtName: "_asm-sleep" })
      assert.strictEqual(type.fields[0]?.name, "cdtf-hours")
      assert.deepStrictEqual(client.sent(), ["GET /formations/current/assessments/cdt/_asm-sleep"])
    }).pipe(Effect.provide(client.layer))
  })
})
