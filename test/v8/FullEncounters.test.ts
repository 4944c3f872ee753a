import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Encounters from "../../src/v8/Encounters.js"
import * as FullEncounters from "../../src/v8/FullEncounters.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"
import { disposition, encounter, event, reducedEncounter } from "../support/encounters.js"
import { tagAndPlaces } from "../support/places.js"

const patientId = PatientId.make("p-1")
const encounterId = Encounters.EncounterId.make("en-1")

const page = (number: number, lastPage: boolean, ...data: ReadonlyArray<unknown>) => ({
  body: { data, metaInfo: { page: number, lastPage } }
})

describe("FullEncounters", () => {
  it.effect("all that hangs on an encounter may be null or missing, the encounter may not", () => {
    const nothing = { disposition: null, calendarEvent: null, userRelatedToCalendarEvent: null, assessmentLinks: null, comments: null }
    const around = { disposition, calendarEvent: event, assessmentLinks: [], comments: [{ id: "co-1" }] }
    const client = answers(
      page(0, true, { encounter: reducedEncounter }, { encounter, ...nothing }, { encounter, ...around, billing: { any: 1 } }),
      { body: around }
    )
    return Effect.gen(function* () {
      const { data } = yield* FullEncounters.listForPatient({ patientId, onlyWithCalendarEvent: true })
      assert.deepStrictEqual(
        data.map(({ calendarEvent, comments, disposition }): unknown => [disposition?.id, calendarEvent?.id, comments?.length]),
        [
          [undefined, undefined, undefined],
          [undefined, undefined, undefined],
          ["di-1", "ev-1", 1]
        ]
      )
      assert.deepInclude(data[2] as object, { billing: { any: 1 } })
      const error = yield* Effect.flip(FullEncounters.get({ patientId, encounterId }))
      assert.deepStrictEqual(tagAndPlaces(error), ["DecodeError", "encounter"])
      assert.strictEqual(client.sent()[0], "GET /patients/p-1/full-encounters?onlyWithCalendarEvent=true")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("pages are walked and repeats are noticed although full encounters have no id of their own", () => {
    const [first, second] = ["en-1", "en-2"].map((id) => ({ encounter: { ...reducedEncounter, id } }))
    const client = answers(page(0, false, first), page(1, true, second), page(0, false, first), page(1, true, first))
    return Effect.gen(function* () {
      const walk = FullEncounters.listStream({ withCareTeam: false, size: 1 }).pipe(
        Stream.map(({ encounter }) => encounter.id),
        Stream.runCollect
      )
      assert.deepStrictEqual(Array.from<string>(yield* walk), ["en-1", "en-2"])
      const error = yield* Effect.flip(walk)
      assert.strictEqual(error._tag, "PagingStalled")
      assert.strictEqual(client.sent()[1], "GET /full-encounters?page=1&size=1&withCareTeam=false")
    }).pipe(Effect.provide(client.layer))
  })
})
