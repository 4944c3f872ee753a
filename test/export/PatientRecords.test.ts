import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import { Export, PatientRecords } from "../../src/export/index.js"
import type * as Fault from "../../src/testing/Fault.js"
import { Simulator } from "../../src/testing/index.js"
import {
  AssessmentRecords,
  CalendarEvents,
  CarePlanGoals,
  CarePlans,
  CdtFormations,
  Cdts,
  Chat,
  Contacts,
  Documents,
  Emails,
  EncounterAssessments,
  EncounterComments,
  EncounterDispositions,
  Encounters,
  PatientPrograms,
  Patients,
  Sms,
  Tasks
} from "../../src/v8/index.js"
import { collect, within } from "../testing/resources.js"

const idOf = Schema.decodeSync(Patients.PatientId)
const patientId = Effect.map(Simulator.Simulator, (simulator) => (index: number) => idOf(simulator.patientId(index)))

const read = (options?: PatientRecords.Options) => collect(Export.patientRecords(options))

const recordsIn = (elements: ReadonlyArray<PatientRecords.Element>) =>
  elements.flatMap((element) => (element._tag === "Patient" ? [element] : []))
const tagsOf = (elements: ReadonlyArray<PatientRecords.Element>) => elements.map(({ _tag }) => _tag)

const everMore = {
  from: DateTime.unsafeMake("1970-01-01T00:00:00Z"),
  to: DateTime.unsafeMake("2100-01-01T00:00:00Z"),
  includeCancelled: true
}

/** The endpoints asked so far. */
const asked = Effect.map(
  Effect.flatMap(Simulator.Simulator, ({ journal }) => journal),
  (journal) => journal.flatMap(({ endpoint }) => (endpoint === undefined ? [] : [endpoint]))
)

/** Before the n-th request of an endpoint. */
const remove = (endpoint: Fault.EndpointId, nth: number, path: string): Fault.Fault => ({
  match: { endpoint, nth },
  do: { _tag: "Write", method: "DELETE", path }
})

/** A patient with something of every part that can be written. */
const furnish = Effect.fnUntraced(function* (id: Patients.PatientId) {
  const { createdAt } = yield* Chat.sendInbound({ patientId: id, body: { message: "Old note" } })
  yield* Chat.archive({ patientId: id, archiveDate: DateTime.add(createdAt, { seconds: 30 }) })
  yield* TestClock.adjust("1 minute")
  yield* Chat.sendInbound({ patientId: id, body: { message: "Note" } })
  yield* Cdts.create({ patientId: id, cdtName: "cdt-vitals", body: { "cdtf-pulse": 60 } })
})

describe("Export.patientRecords", () => {
  it.effect("brings every patient once, with all that each of the lists has", () =>
    within(
      Effect.gen(function* () {
        const at = yield* patientId
        yield* furnish(at(0))
        const elements = yield* read()
        const records = recordsIn(elements)
        assert.deepEqual(
          records.map(({ patient }) => patient.id),
          [at(0), at(1), at(2)]
        )
        assert.deepEqual(elements.at(-1), { _tag: "Finished", patients: 3, removed: 0, verdict: "verified" })
        assert.deepEqual(tagsOf(elements), ["Patient", "Patient", "Patient", "Finished"])
        for (const record of records) {
          const id = record.patient.id
          const input = { patientId: id }
          assert.strictEqual(record.verdict, "verified")
          assert.deepEqual(record.patient, yield* Patients.get(input))
          assert.deepEqual(record.contacts, yield* Contacts.list(input))
          const names = (yield* CdtFormations.list({ version: "current" })).map(({ name }) => name)
          const cdts = yield* Effect.forEach(names, (cdtName) => collect(Cdts.listStream({ ...input, cdtName })))
          assert.deepEqual(record.cdtRecords, cdts.flat())
          const encounters = yield* collect(Encounters.listForPatientStream({ ...input, withCareTeam: false }))
          assert.deepEqual(
            record.encounters!.map(({ encounter }) => encounter),
            encounters
          )
          for (const { assessments, comments, disposition, encounter } of record.encounters!) {
            const below = { ...input, encounterId: encounter.id }
            assert.deepEqual(comments, yield* EncounterComments.list(below))
            assert.deepEqual(assessments, yield* EncounterAssessments.list(below))
            assert.deepEqual(disposition, yield* Effect.orElseSucceed(EncounterDispositions.get(below), () => null))
          }
          assert.deepEqual(record.assessmentRecords, yield* collect(AssessmentRecords.listStream(input)))
          assert.deepEqual(record.carePlan!.plan, yield* CarePlans.get(input))
          const goals = yield* collect(CarePlanGoals.listStream(input))
          assert.deepEqual(
            record.carePlan!.goals,
            yield* Effect.forEach(goals, ({ id: goalId }) => CarePlanGoals.get({ ...input, goalId }))
          )
          assert.deepEqual(record.tasks, yield* collect(Tasks.searchStream(input)))
          const events = CalendarEvents.listStream({ ...everMore, participantIds: [id] })
          assert.sameDeepMembers([...record.calendarEvents!], [...(yield* collect(events))])
          assert.deepEqual(record.chat, yield* collect(Chat.listStream({ ...input, includeArchived: true })))
          assert.deepEqual(record.sms, yield* collect(Sms.listStream(input)))
          assert.deepEqual(record.emails, yield* collect(Emails.listStream(input)))
          assert.deepEqual(record.documents, yield* collect(Documents.listStream(input)))
          assert.deepEqual(record.programs, yield* collect(PatientPrograms.listStream({ ...input, assignedPrograms: true })))
        }
        assert.include(
          records[0]!.chat!.map(({ message }) => message),
          "Old note"
        )
        // a part that is empty everywhere shows nothing
        for (const part of PatientRecords.parts) {
          const isFound = records.some((record) => part === "carePlan" || (record[part] as ReadonlyArray<unknown>).length > 0)
          assert.isTrue(isFound, `no patient has any ${part}`)
        }
      }),
      { patients: 3, allow: ["chat.archive"] }
    )
  )

  it.effect("asks for nothing but the parts that are wanted", () =>
    within(
      Effect.gen(function* () {
        const [record] = recordsIn(yield* read({ parts: ["contacts", "sms"] }))
        assert.isArray(record!.contacts)
        assert.isUndefined(record!.chat)
        assert.sameMembers([...new Set(yield* asked)], ["authentication.exchange", "patients.search", "contacts.list", "sms.list"])
      }),
      { patients: 2 }
    )
  )

  it.effect("a filter, or ids in their order; one that nobody has is removed, not left out", () =>
    within(
      Effect.gen(function* () {
        const at = yield* patientId
        // the simulator knows no filters: that it says so shows that this one was sent
        const error = yield* Effect.flip(read({ parts: [], filter: { email: "ada@welkin.example" } as Patients.PatientFilter }))
        assert.deepInclude(error, { endpoint: "patients.search", status: 501 })
        const gone = idOf("00000000-0000-7000-8000-000000000000")
        const elements = yield* read({ parts: ["contacts"], patientIds: [at(3), gone, at(1)] })
        assert.deepEqual(tagsOf(elements), ["Patient", "Removed", "Patient", "Finished"])
        assert.deepEqual(elements[1], { _tag: "Removed", patientId: gone })
        assert.deepEqual(elements[3], { _tag: "Finished", patients: 2, removed: 1, verdict: "verified" })
        assert.deepEqual(
          recordsIn(elements).map(({ patient }) => patient.id),
          [at(3), at(1)]
        )
      }),
      { patients: 5 }
    )
  )

  it.effect("a patient who is removed on the way is said to be, whatever part was just being read", () =>
    within(
      Effect.gen(function* () {
        const at = yield* patientId
        const { addFaults } = yield* Simulator.Simulator
        yield* addFaults(
          remove("contacts.list", 1, `/patients/${at(0)}`),
          remove("carePlans.get", 1, `/patients/${at(1)}`),
          remove("encounterComments.list", 1, `/patients/${at(2)}`)
        )
        const elements = yield* read({ parts: ["contacts", "carePlan", "encounters"], concurrency: 1 })
        assert.deepEqual(elements.slice(0, 3), [
          { _tag: "Removed", patientId: at(0) },
          { _tag: "Removed", patientId: at(1) },
          { _tag: "Removed", patientId: at(2) }
        ])
        assert.deepEqual(tagsOf(elements).slice(3), ["Patient", "Patient", "Finished"])
        assert.deepEqual(elements.at(-1), { _tag: "Finished", patients: 2, removed: 3, verdict: "verified" })
      }),
      { patients: 5 }
    )
  )

  it.effect("an encounter that is deleted on the way is left out, and its patient is not", () =>
    within(
      Effect.gen(function* () {
        const at = yield* patientId
        const { addFaults } = yield* Simulator.Simulator
        const [first, ...others] = yield* collect(Encounters.listForPatientStream({ patientId: at(0), withCareTeam: false }))
        yield* addFaults(remove("encounterComments.list", 1, `/patients/${at(0)}/encounters/${first!.id}`))
        const [record] = recordsIn(yield* read({ parts: ["encounters"], patientIds: [at(0)] }))
        assert.deepEqual(
          record!.encounters!.map(({ encounter }) => encounter.id),
          others.map(({ id }) => id)
        )
      }),
      { patients: 1 }
    )
  )

  it.effect("what is forbidden is said once an endpoint, and undefined, never empty", () =>
    within(
      Effect.gen(function* () {
        const elements = yield* read({ concurrency: 2 })
        const endpoints = elements.flatMap((element) => (element._tag === "Forbidden" ? [element.endpoint] : []))
        assert.sameMembers(endpoints, ["sms.list", "encounterComments.list", "carePlans.get", "cdtFormations.list"])
        assert.lengthOf(recordsIn(elements), 4)
        for (const { carePlan, cdtRecords, emails, encounters, sms } of recordsIn(elements)) {
          assert.deepEqual([sms, cdtRecords, carePlan!.plan], [undefined, undefined, undefined])
          assert.isArray(emails)
          assert.isArray(carePlan!.goals)
          for (const { assessments, comments } of encounters!) {
            assert.isUndefined(comments)
            assert.isArray(assessments)
          }
        }
      }),
      { patients: 4, deny: ["sms.list", "encounterComments.list", "carePlans.get", "cdtFormations.list"] }
    )
  )

  it.effect("a list that may lack records says so on its patient", () =>
    within(
      Effect.gen(function* () {
        const at = yield* patientId
        const { addFaults } = yield* Simulator.Simulator
        yield* addFaults({
          match: { endpoint: "sms.list", patient: at(1), times: "always" },
          do: { _tag: "SetField", path: "/totalElements", value: 50 }
        })
        const elements = yield* read({ parts: ["sms", "emails"] })
        assert.deepEqual(
          recordsIn(elements).map(({ verdict }) => verdict),
          ["verified", "incomplete", "verified"]
        )
      }),
      { patients: 3 }
    )
  )

  it.effect("any other failure fails the stream, after the patients before it", () =>
    within(
      Effect.gen(function* () {
        const at = yield* patientId
        const { addFaults } = yield* Simulator.Simulator
        yield* addFaults({ match: { endpoint: "sms.list", patient: at(1), times: "always" }, do: { _tag: "Status", status: 422 } })
        const seen: Array<string> = []
        const error = yield* Export.patientRecords({ parts: ["sms"], concurrency: 1 }).pipe(
          Stream.runForEach(({ _tag }) => Effect.sync(() => seen.push(_tag))),
          Effect.flip
        )
        assert.strictEqual("status" in error && error.status, 422)
        assert.deepEqual(seen, ["Patient"])
      }),
      { patients: 3 }
    )
  )

  for (const concurrency of [1, 3]) {
    it.live(`reads ${concurrency} at a time, and delivers them in their order`, () =>
      within(
        Effect.gen(function* () {
          const at = yield* patientId
          const { addFaults, held, release } = yield* Simulator.Simulator
          yield* addFaults({ match: { endpoint: "contacts.list", patient: at(0) }, do: { _tag: "Latch", name: "first" } })
          const fiber = yield* Effect.fork(read({ parts: ["contacts"], concurrency }))
          yield* held("first")
          yield* Effect.sleep("50 millis")
          const begun = (yield* asked).filter((endpoint) => endpoint === "contacts.list").length
          // those behind the first wait to be delivered, and so keep others from being begun
          assert.isTrue(concurrency === 1 ? begun === 1 : begun >= concurrency && begun < 6, `${begun}`)
          yield* release("first")
          assert.deepEqual(
            recordsIn(yield* Fiber.join(fiber)).map(({ patient }) => patient.id),
            [0, 1, 2, 3, 4, 5].map(at)
          )
        }),
        { patients: 6 }
      )
    )
  }
})
