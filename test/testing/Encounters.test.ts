import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "../../src/testing/index.js"
import { EncounterComments, EncounterDispositions, Encounters, Exports, FullEncounters, Users } from "../../src/v8/index.js"
import { collect, exported, refusal, wire, within } from "./resources.js"

/** A patient with an encounter that is there from the start, and that encounter. */
const someEncounter = Effect.gen(function* () {
  const all = yield* collect(Encounters.listStream({ withCareTeam: false }))
  const one = all.find(({ jsonBody }) => jsonBody.calendarEventId !== null)!
  return { all, one }
})

describe("encounters", () => {
  it.effect("an encounter is created with its appointment, read, changed, listed, exported and deleted", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const patient = patientId(3)
        const [host] = yield* collect(Users.listStream())
        const body = {
          title: "First talk",
          templateName: "etmp-first-visit",
          currentScheduledAppointment: {
            startDateTime: "2031-03-06T16:00:00.000Z",
            endDateTime: "2031-03-06T16:30:00.000Z",
            hostId: host!.id,
            participants: [
              { participantId: host!.id, participantRole: "psm" },
              { participantId: patient, participantRole: "patient" }
            ]
          }
        }
        const raw = yield* wire("POST", `/patients/${patient}/encounters`, { body })
        expect(raw.status).toBe(201)
        const { jsonBody, ...outside } = raw.json
        expect(outside).toMatchObject({ patientId: patient, cdtName: "__encounter__", version: expect.any(Number) })
        expect(jsonBody).toMatchObject({
          id: raw.json.id,
          title: "First talk",
          status: "DRAFT",
          type: "etmp-first-visit",
          startDatetime: null,
          activeUserId: null,
          ownerUserId: host!.id,
          calendarEventStartDatetime: "2031-03-06T16:00:00.000Z",
          localStartDatetime: "2031-03-06T16:00:00.000+00:00",
          source_id: null
        })
        expect(jsonBody.currentScheduledAppointment).toMatchObject({
          id: jsonBody.calendarEventId,
          eventType: "ENCOUNTER",
          eventStatus: "SCHEDULED",
          eventMode: "VIDEO",
          duration: 1800
        })

        const at = { patientId: outside.patientId, encounterId: raw.json.id }
        const whole = yield* FullEncounters.get(at)
        expect(whole.disposition).toMatchObject({ id: jsonBody.dispositionId, jsonBody: { source_id: raw.json.id } })
        expect(whole.assessmentLinks?.map((link) => [link.jsonBody.assessmentName, link.jsonBody.fromTemplate])).toEqual([
          ["asm-sleep-check", true],
          ["asm-mood", true]
        ])
        expect(whole.userRelatedToCalendarEvent).toMatchObject({ id: host!.id, roles: [], territories: [] })
        expect(whole.userRelatedToCalendarEvent).not.toHaveProperty("applicationAccess")

        const opened = yield* Encounters.update({ ...at, body: { status: "OPEN", notes: "begun" } })
        expect(opened.jsonBody).toMatchObject({ status: "OPEN", notes: "begun", title: "First talk" })
        expect(opened.jsonBody.startDatetime).not.toBe(null)
        expect(opened.jsonBody.activeUserName).toMatch(/^API_CLIENT:/)
        expect(yield* Encounters.get(at)).toEqual(opened)

        const listed = yield* collect(Encounters.listForPatientStream({ patientId: at.patientId }))
        expect(listed.at(-1)).toEqual(opened)
        const ofHost = yield* collect(Encounters.listForUserStream({ userId: host!.id, withCareTeam: false }))
        expect(ofHost.map(({ id }) => id)).toContain(raw.json.id)

        const last = (yield* exported("ENCOUNTER", 3)).at(-1)
        expect(last).toMatchObject({ id: raw.json.id, updatedAt: last.jsonBody.updated_at, jsonBody: { status: "OPEN" } })

        const removed = yield* wire("DELETE", `/patients/${patient}/encounters/${raw.json.id}`)
        expect([removed.status, removed.text]).toEqual([200, ""])
        const gone = yield* wire("GET", `/patients/${patient}/encounters/${raw.json.id}`)
        expect(refusal(gone)).toEqual([404, "DT_RECORD_NOT_FOUND"])
        expect(gone.json[0]).toMatchObject({ componentType: "CDT", details: {} })
        expect((yield* exported("ENCOUNTER_DISPOSITION")).map(({ id }) => id)).not.toContain(jsonBody.dispositionId)
      })
    )
  )

  it.effect("the snapshot of an event stays behind when the event moves on", () =>
    within(
      Effect.gen(function* () {
        const { one } = yield* someEncounter
        const eventId = one.jsonBody.calendarEventId!
        yield* wire("PATCH", `/calendar/events/${eventId}`, { body: { eventTitle: "Moved" } })
        const { json } = yield* wire("GET", `/patients/${one.patientId}/encounters/${one.id}`)
        expect(json.jsonBody.currentScheduledAppointment.eventTitle).toBe("Moved")
        expect(json.jsonBody.calendarEvent.eventTitle).not.toBe("Moved")
        expect(json.jsonBody.calendarEvent.updatedAt < json.jsonBody.currentScheduledAppointment.updatedAt).toBe(true)
        yield* wire("DELETE", `/calendar/events/${eventId}`)
        const without = (yield* wire("GET", `/patients/${one.patientId}/encounters/${one.id}`)).json.jsonBody
        expect([without.calendarEventId, without.calendarEvent, without.ownerUserId]).toEqual([null, null, null])
        expect(without).not.toHaveProperty("localStartDatetime")
      })
    )
  )

  it.effect("lists over many patients are empty unless the care team is out of it, and leave system fields out", () =>
    within(
      Effect.gen(function* () {
        expect((yield* wire("GET", "/encounters")).json).toMatchObject({ data: [], metaInfo: { totalElements: 0, lastPage: true } })
        const { json } = yield* wire("GET", "/encounters", { query: { withCareTeam: "false", size: "5", page: "1" } })
        expect(json.metaInfo).toMatchObject({ page: 1, pageSize: 5, numberOfElements: 5, firstPage: false })
        for (const { cdtId, cdtName, jsonBody, patientId, version } of json.data) {
          expect([cdtId, version, cdtName]).toEqual([null, null, null])
          expect(jsonBody.patientInfo.patientId).toBe(patientId)
          for (const field of ["id", "created_at", "updated_by_name", "source_id", "external_guid"])
            expect(jsonBody).not.toHaveProperty(field)
        }
        const patientId = json.data[0].patientId
        const [whole] = (yield* wire("GET", `/patients/${patientId}/encounters`, { query: { sort: "created_at,desc" } })).json.data
        expect(whole).toMatchObject({ cdtName: "__encounter__", jsonBody: { id: whole.id } })
        expect(whole.jsonBody).not.toHaveProperty("patientInfo")
      })
    )
  )

  it.effect("filters by status, sorts, and the full lists hold what the single read holds", () =>
    within(
      Effect.gen(function* () {
        const { all, one } = yield* someEncounter
        const statuses = ["DRAFT", "FINALIZED"]
        const some = yield* collect(Encounters.listStream({ withCareTeam: false, statuses }))
        expect(some.map(({ id }) => id)).toEqual(all.filter(({ jsonBody }) => statuses.includes(jsonBody.status)).map(({ id }) => id))
        const titles = (yield* wire("GET", "/encounters", {
          query: { withCareTeam: "false", size: "100", sort: "title,desc" }
        })).json.data.map((item: any) => item.jsonBody.title)
        expect(titles).toEqual([...titles].sort().reverse())
        expect((yield* wire("GET", "/encounters", { query: { withCareTeam: "false", sort: "nothing" } })).status).toBe(400)
        expect((yield* wire("GET", "/encounters", { query: { onlyWithCalendarEvent: "true" } })).status).toBe(501)

        const full = yield* collect(FullEncounters.listForPatientStream({ patientId: one.patientId }))
        const same = full.find(({ encounter }) => encounter.id === one.id)
        expect(same).toEqual(yield* FullEncounters.get({ patientId: one.patientId, encounterId: one.id }))
        const bare = (yield* collect(FullEncounters.listStream({ withCareTeam: false, onlyWithCalendarEvent: true }))).filter(
          ({ calendarEvent }) => calendarEvent === undefined
        )
        expect(bare.length).toBe(all.filter(({ jsonBody }) => jsonBody.calendarEventId === null).length)
        expect(bare.length).toBeGreaterThan(0)
        for (const item of bare) expect(Object.keys(item)).toEqual(["encounter"])
      }),
      { patients: 30 }
    )
  )

  it.effect("bad appointments are refused, and nothing is written", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const { one } = yield* someEncounter
        const path = `/patients/${one.patientId}/encounters`
        for (const body of [
          { templateName: "etmp-unknown" },
          { calendarEventId: "c0a80101-0000-4000-8000-000000000001" },
          { currentScheduledAppointment: { hostId: "nobody" } },
          {
            currentScheduledAppointment: {
              startDateTime: "2031-03-06T16:00:00.000Z",
              endDateTime: "2031-03-06T16:30:00.000Z",
              hostId: one.jsonBody.ownerUserId,
              participants: []
            }
          }
        ]) {
          expect(refusal(yield* wire("POST", path, { body }))).toEqual([400, "BAD_REQUEST"])
        }
        const half = { currentScheduledAppointment: { startDateTime: "2031-03-06T16:00:00.000Z" } }
        expect((yield* wire("PATCH", `${path}/${one.id}`, { body: half })).status).toBe(400)
        expect(yield* simulator.ledger).toEqual([])
      })
    )
  )
})

describe("what belongs to an encounter", () => {
  it.effect("a disposition takes the instance's fields, and keeps those left out", () =>
    within(
      Effect.gen(function* () {
        const { one } = yield* someEncounter
        const at = { patientId: one.patientId, encounterId: one.id }
        const before = yield* EncounterDispositions.get(at)
        const after = yield* EncounterDispositions.update({ ...at, body: { notes: "long, 長い" } })
        expect(after).toMatchObject({ id: before.id, jsonBody: { notes: "long, 長い", source_name: "__encounter__" } })
        expect((after.jsonBody as any)["uicedf-outcome"]).toEqual((before.jsonBody as any)["uicedf-outcome"])
        expect((yield* wire("PATCH", `/patients/${one.patientId}/encounters/${one.id}/disposition`, { body: { unknown: 1 } })).status).toBe(
          400
        )
        expect((yield* collect(Exports.encounterDispositionsStream())).at(-1)?.id).toBe(before.id)
      })
    )
  )

  it.effect("comments are refused to an API client, unless it is allowed to write them", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const { one } = yield* someEncounter
        const at = { patientId: one.patientId, encounterId: one.id }
        const path = `/patients/${one.patientId}/encounters/${one.id}/comments`
        const refused = yield* wire("POST", path, { body: { text: "Call back" } })
        expect(refusal(refused)).toEqual([403, "ACCESS_FOR_API_CLIENT_RESTRICTED"])

        yield* simulator.allow("encounterComments.create")
        const there = yield* EncounterComments.list(at)
        const raw = yield* wire("POST", path, { body: { text: "Call back" } })
        expect(raw.status).toBe(201)
        expect(raw.json).toMatchObject({ encounterId: one.id, text: "Call back" })
        const changed = yield* EncounterComments.update({ ...at, commentId: raw.json.id, body: { text: "Called" } })
        expect(yield* collect(EncounterComments.listStream(at))).toEqual([...there, changed])
        expect((yield* FullEncounters.get(at)).comments).toEqual([...there, changed])
        const last = (yield* exported("ENCOUNTER_COMMENT")).at(-1)
        expect(last).toMatchObject({ id: raw.json.id, text: "Called" })
        expect(last.cursorAttribute).toBe(last.updatedAt)

        yield* EncounterComments.remove({ ...at, commentId: raw.json.id })
        expect((yield* wire("GET", `${path}/${raw.json.id}`)).status).toBe(404)
        expect(yield* EncounterComments.list(at)).toEqual(there)
      })
    )
  )
})
