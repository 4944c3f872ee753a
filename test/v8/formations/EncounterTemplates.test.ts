import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as EncounterTemplates from "../../../src/v8/formations/EncounterTemplates.js"
import { answers } from "../../support/answers.js"
import { tagAndPlaces } from "../../support/places.js"

const template = { id: "t-1", name: "etmp-first-visit", title: "First visit", assessmentNames: [] }

describe("EncounterTemplates", () => {
  it.effect("templates are read as old instances sent them, and with a way of delivery nobody knew", () => {
    const recent = { ...template, encounterInstruction: "", deliveryMethod: "HOLOGRAM", defaultDuration: 30, billing: { code: "A-100" } }
    const client = answers({ body: [template, recent] })
    return Effect.gen(function* () {
      const all = yield* EncounterTemplates.list({ version: "current" })
      assert.deepStrictEqual<ReadonlyArray<unknown>>(all, [template, recent])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("templates live under encounters, and only the draft is written", () => {
    const client = answers({ status: 201, body: template }, { body: template }, { body: "" })
    return Effect.gen(function* () {
      const encounterTemplateName = "etmp-first-visit"
      yield* EncounterTemplates.create({ body: { name: encounterTemplateName } })
      yield* EncounterTemplates.update({
        encounterTemplateName,
        body: { name: encounterTemplateName, assessmentNames: [], encounterInstruction: "" }
      })
      yield* EncounterTemplates.remove({ encounterTemplateName })
      assert.deepStrictEqual(client.sent(), [
        ["POST /formations/draft/encounters", { name: "etmp-first-visit" }],
        ["PUT /formations/draft/encounters/etmp-first-visit", { name: "etmp-first-visit", assessmentNames: [], encounterInstruction: "" }],
        "DELETE /formations/draft/encounters/etmp-first-visit"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an id is the server's to give", () => {
    const client = answers()
    return Effect.gen(function* () {
      const error = yield* Effect.flip(EncounterTemplates.create({ body: template as never }))
      assert.deepStrictEqual(tagAndPlaces(error), ["EncodeError", "body.id"])
    }).pipe(Effect.provide(client.layer))
  })
})
