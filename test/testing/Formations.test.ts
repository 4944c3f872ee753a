import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "../../src/testing/index.js"
import {
  AssessmentFormations,
  CdtFormations,
  DictionaryFormations,
  DocumentTypes,
  EncounterDispositionFormation,
  EncounterTemplates,
  GoalTemplates,
  PdtFormations,
  ProgramFormations
} from "../../src/v8/index.js"
import { collect, wire, within } from "./resources.js"

const systemFields = [
  "id",
  "created_at",
  "created_by",
  "created_by_name",
  "updated_at",
  "updated_by",
  "updated_by_name",
  "source_name",
  "source_type",
  "source_id",
  "external_id",
  "external_guid"
]

const named = (definitions: ReadonlyArray<{ readonly name: string }>) => definitions.map(({ name }) => name)

describe("formations", () => {
  it.effect("every kind is a bare list, whose entries are read by name as well", () =>
    within(
      Effect.gen(function* () {
        const kinds = ["cdts", "document-types", "assessments", "encounters", "goal-templates", "programs", "dictionaries", "pdts"]
        for (const kind of kinds) {
          const list = yield* wire("GET", `/formations/current/${kind}`)
          expect([kind, list.status, Array.isArray(list.json)]).toEqual([kind, 200, true])
          expect(list.json.length).toBeGreaterThan(1)
          for (const one of list.json) expect((yield* wire("GET", `/formations/current/${kind}/${one.name}`)).json).toEqual(one)
          expect((yield* wire("GET", `/formations/31/${kind}`)).json).toEqual(list.json)
          expect((yield* wire("GET", `/formations/current/${kind}/nothing`)).status).toBe(404)
          expect((yield* wire("GET", `/formations/30/${kind}`)).status).toBe(501)
          expect((yield* wire("GET", `/formations/32/${kind}`)).status).toBe(404)
          expect((yield* wire("GET", `/formations/latest/${kind}`)).status).toBe(400)
        }
        // recorded: sent, and ignored
        expect((yield* wire("GET", "/formations/current/cdts", { query: { page: "0" } })).status).toBe(200)
      })
    )
  )

  it.effect("assessments ask for fields that the data types have, whatever types the instance was given", () =>
    Effect.forEach([undefined, { "cdt-own": { "f-own": { type: "text" as const } }, "cdt-wellbeing": {} }], (cdts) =>
      within(
        Effect.gen(function* () {
          const { patientId } = yield* Simulator.Simulator
          const types = yield* collect(CdtFormations.listStream({ version: "current" }))
          const known = types.flatMap((type) => named(type.fields).map((field) => `${type.name} ${field}`))
          const questions = (yield* AssessmentFormations.list({ version: "current" }))
            .flatMap(({ sections }) => sections.flatMap(({ fields }) => fields))
            .filter(({ viewType }) => viewType === "question")
          expect(questions).toHaveLength(3)
          for (const { refCdtFieldName, refCdtName } of questions) expect(known).toContain(`${refCdtName} ${refCdtFieldName}`)

          const path = `/patients/${patientId(0)}/cdts/cdt-sleep`
          const { json, status } = yield* wire("POST", path, { body: { "cdtf-rested": "yes" } })
          expect([status, json]).toMatchObject([201, { version: types[0]!.version, jsonBody: { "cdtf-rested": "yes" } }])
          expect((yield* wire("GET", path)).json.data.content).toEqual([json])
        }),
        { patients: 3, ...(cdts === undefined ? {} : { cdts }) }
      )
    )
  )

  it.effect("the SDK reads every kind", () =>
    within(
      Effect.gen(function* () {
        const version = "current" as const
        const [wellbeing] = yield* collect(CdtFormations.listStream({ version }))
        expect(wellbeing).toMatchObject({ name: "cdt-wellbeing", relation: "COMMON", internal: false, version: 31, title: null })
        expect(named(wellbeing!.fields).slice(-12)).toEqual(systemFields)
        expect(wellbeing!.fields[0]).toMatchObject({
          name: "cdtf-mood",
          type: "select",
          displayType: "SELECT",
          valueType: "STRING",
          meta: { required: false, options: [{ label: "good", value: "good", refCdtName: null }, {}, {}] }
        })
        expect(named(yield* DocumentTypes.list({ version })).slice(0, 3)).toEqual([
          "doc-type-assessment",
          "doc-type-docusign",
          "doc-type-others"
        ])
        expect((yield* EncounterDispositionFormation.get({ version })).name).toBe("__encounter_disposition__")
        const [check] = yield* AssessmentFormations.list({ version })
        expect(check!.sections[0]!.fields.map(({ viewType }) => viewType)).toEqual(["question", "question", "readOnly"])
        const answers = yield* AssessmentFormations.getCdt({ version, cdtName: `_${check!.name}` })
        expect(answers).toMatchObject({ relation: "ASSESSMENT", readable: false, updatable: false })
        expect(answers.fields[0]).toMatchObject({ name: "cdt-sleep__cdtf-waking", meta: { label: "How often did you wake at night?" } })
        expect((yield* EncounterTemplates.list({ version }))[0]).toMatchObject({ name: "etmp-first-visit", defaultDuration: 30 })
        expect((yield* GoalTemplates.list({ version })).map(({ priority }) => priority)).toEqual(["LOW", "MEDIUM", "HIGH"])
        const [program] = yield* ProgramFormations.list({ version })
        expect(program!.phases.map(({ type }) => type)).toEqual(["START", "FINISH", "DEFAULT"])
        expect((yield* DictionaryFormations.get({ version, dictionaryName: "timezone" })).internal).toBe(true)
        const guardian = yield* PdtFormations.get({ version, pdtName: "pdt-guardian" })
        expect(guardian).toMatchObject({ id: null, contactable: true })
        expect(named(guardian.fields).slice(-12)).toEqual(systemFields)
      })
    )
  )

  it.effect("the draft is written, and what is published stays as it is", () =>
    within(
      Effect.gen(function* () {
        const path = "/formations/draft/encounters"
        const created = yield* wire("POST", path, { body: { name: "etmp-night", title: "Night" } })
        expect([created.status, created.json.name, created.json.assessmentNames]).toEqual([201, "etmp-night", []])
        expect(yield* EncounterTemplates.get({ version: "draft", encounterTemplateName: "etmp-night" })).toEqual(created.json)
        expect((yield* wire("GET", "/formations/current/encounters/etmp-night")).status).toBe(404)
        expect((yield* wire("POST", path, { body: { name: "etmp-night" } })).status).toBe(400)

        const encounterTemplateName = "etmp-night"
        const updated = yield* EncounterTemplates.update({ encounterTemplateName, body: { name: "etmp-night", defaultDuration: 5 } })
        expect(updated).toMatchObject({ id: created.json.id, title: "etmp-night", defaultDuration: 5 })
        expect((yield* wire("PUT", `${path}/etmp-night`, { body: { name: "etmp-day" } })).status).toBe(400)
        const gone = yield* wire("DELETE", `${path}/etmp-night`)
        expect([gone.status, gone.text]).toEqual([200, ""])
        expect(yield* EncounterTemplates.list({ version: "draft" })).toEqual(yield* EncounterTemplates.list({ version: "current" }))
      })
    )
  )

  it.effect("each kind takes what belongs to it", () =>
    within(
      Effect.gen(function* () {
        const fields = [{ name: "dtf-note", type: "text" as const, meta: { required: true } }]
        const type = yield* DocumentTypes.create({ body: { name: "dt-note", title: "Note", fields } })
        expect(type).toMatchObject({ version: 32, relation: "DOCUMENT_TYPE", internal: true, label: null })
        expect(type.fields[0]).toMatchObject({ name: "dtf-note", editable: true, meta: { required: true } })
        expect(named(type.fields)).toEqual(["dtf-note", ...systemFields])
        yield* DocumentTypes.remove({ documentTypeName: "dt-note" })

        const disposition = yield* EncounterDispositionFormation.update({ body: [{ name: "uicedf-mood", type: "text" }] })
        expect(named(disposition.fields)).toEqual(["uicedf-mood", ...systemFields])

        const [check] = yield* AssessmentFormations.list({ version: "current" })
        const { sections } = check!
        const assessment = yield* AssessmentFormations.create({ body: { name: "asm-short", title: "Short", sections } })
        expect(assessment).toMatchObject({ sections, version: 32, scoring: null, programs: [], displayType: "SECTIONS" })
        expect((yield* AssessmentFormations.getCdt({ version: "draft", cdtName: "_asm-short" })).fields).toHaveLength(14)

        const phases = [
          { name: "in", title: "In", navigateTo: [{ name: "out" }] },
          { name: "out", title: "Out", navigateTo: null }
        ]
        const program = yield* ProgramFormations.create({ body: { name: "prog-short", title: "Short", phases } })
        expect(program).toMatchObject({ description: "", nodes: null, phases: [{ type: "START" }, { type: "FINISH", navigateTo: null }] })

        const columns = [{ name: "df-name", type: "text" as const }]
        const dictionary = yield* DictionaryFormations.create({ body: { name: "d-colours", title: "Colours", fields: columns } })
        expect(dictionary).toEqual({ name: "d-colours", title: "Colours", internal: false, fields: columns })
        const body = { name: "cpt", title: "Mine", fields: columns }
        expect((yield* wire("PUT", "/formations/draft/dictionaries/cpt", { body })).status).toBe(400)
        expect((yield* wire("DELETE", "/formations/draft/document-types/doc-type-others")).status).toBe(400)
        expect((yield* wire("POST", "/formations/draft/programs", { body: { name: "prog-none" } })).status).toBe(400)
      })
    )
  )
})
