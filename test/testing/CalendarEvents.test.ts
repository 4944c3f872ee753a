import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "../../src/testing/index.js"
import { CalendarEvents, Users } from "../../src/v8/index.js"
import { collect, exported, wire, within } from "./resources.js"

const always = { from: "2010-01-01T00:00:00.000Z", to: "2050-01-01T00:00:00.000Z" }

/** What an event of the first user with a patient needs. */
const meeting = Effect.gen(function* () {
  const { patientId } = yield* Simulator.Simulator
  const [host] = yield* collect(Users.listStream())
  return {
    startDateTime: "2031-03-06T16:00:00.000Z",
    endDateTime: "2031-03-06T16:45:00.000Z",
    hostId: host!.id as string,
    participants: [
      { participantId: host!.id as string, participantRole: "psm" },
      { participantId: patientId(0), participantRole: "patient" }
    ]
  }
})

/** The service's clock in a year when everything of the start is past. */
const later = { patients: 12, clockSkewMillis: Date.UTC(2031, 0, 1) }

describe("calendar events", () => {
  it.effect("an event is created without defaults, read by both ids, changed, replaced, listed, exported and deleted", () =>
    within(
      Effect.gen(function* () {
        const body = { ...(yield* meeting), externalId: "crm/7~a", timezone: "US/Pacific" }
        const raw = yield* wire("POST", "/calendar/events", { body })
        expect(raw.status).toBe(201)
        expect(raw.json).toMatchObject({
          eventType: null,
          eventStatus: null,
          eventMode: null,
          duration: 2700,
          localStartDateTime: "2031-03-06T08:00:00.000-08:00",
          participants: [
            { participantRole: "psm", participationStatus: "", attended: false, gender: null, enabled: true },
            { participantRole: "patient", participationStatus: "", enabled: null }
          ]
        })
        const created = yield* CalendarEvents.get({ eventId: raw.json.id })
        expect(yield* CalendarEvents.getByExternalId("crm/7~a")).toEqual(created)

        const updated = yield* CalendarEvents.update({ eventId: created.id, body: { eventTitle: "Moved", eventStatus: "SCHEDULED" } })
        expect(updated).toMatchObject({ eventTitle: "Moved", eventStatus: "SCHEDULED", externalId: "crm/7~a" })
        expect(updated.participants.map(({ id }) => id)).toEqual(created.participants.map(({ id }) => id))

        const replaced = yield* wire("PUT", `/calendar/events/${created.id}`, { body: { ...(yield* meeting), eventStatus: "SCHEDULED" } })
        expect([replaced.status, replaced.json.eventTitle, replaced.json.externalId]).toEqual([200, null, null])
        expect(replaced.json.participants[0].id).toBe(created.participants[0]!.id)

        const answer = { participantId: body.participants[1]!.participantId, participationStatus: "Yes" }
        expect((yield* wire("PUT", `/calendar/events/${created.id}/invitation-response`, { body: answer })).status).toBe(200)
        const answered = yield* CalendarEvents.get({ eventId: created.id })
        expect(answered.participants.map(({ participationStatus }) => participationStatus)).toEqual(["", "Yes"])

        const found = (yield* wire("GET", "/calendar/events", { query: { ...always, from: "2031-03-01T00:00:00.000Z" } })).json
        expect(found.content).toMatchObject([{ id: created.id }])
        expect((yield* exported("CALENDAR_EVENT", 7)).at(-1)).toMatchObject({ id: created.id, duration: 2700 })

        const removed = yield* wire("DELETE", `/calendar/events/${created.id}`)
        expect([removed.status, removed.text]).toEqual([204, ""])
        expect((yield* wire("GET", `/calendar/events/${created.id}`)).status).toBe(404)
      }),
      later
    )
  )

  it.effect("a past event is only cancelled, and lists leave it out unless asked", () =>
    within(
      Effect.gen(function* () {
        const { json } = yield* wire("GET", "/calendar/events", { query: always })
        expect(json.sort).toEqual({ sorted: true, unsorted: false, empty: false })
        const starts = json.content.map((event: any) => event.startDateTime)
        expect(starts).toEqual([...starts].sort())
        const { id } = json.content[0]
        expect((yield* wire("DELETE", `/calendar/events/${id}`)).status).toBe(204)
        expect((yield* wire("GET", `/calendar/events/${id}`)).json.eventStatus).toBe("CANCELLED")
        const ids = (query: Record<string, string>) =>
          Effect.map(wire("GET", "/calendar/events", { query: { ...always, size: "500", ...query } }), (told) =>
            told.json.content.map((event: any) => event.id)
          )
        expect(yield* ids({})).not.toContain(id)
        expect(yield* ids({ includeCancelled: "true" })).toContain(id)
      }),
      later
    )
  )

  it.effect("finds by person, type and encounter, in the viewer's zone", () =>
    within(
      Effect.gen(function* () {
        const all = (yield* wire("GET", "/calendar/events", { query: { ...always, includeCancelled: "true", size: "500" } })).json.content
        const look = (query: Record<string, string>) =>
          wire("GET", "/calendar/events", { query: { ...always, includeCancelled: "true", size: "500", ...query } })
        const patientId = all.find((event: any) => event.eventType === "ENCOUNTER").participants[1].participantId
        const own = (yield* look({ participantIds: patientId })).json.content
        expect(own.length).toBeGreaterThan(0)
        expect(own.map((event: any) => event.id)).toEqual(
          all.filter((event: any) => event.participants.some((one: any) => one.participantId === patientId)).map((event: any) => event.id)
        )
        const free = (yield* look({ excludeAssignedToEncounterEvents: "true" })).json.content
        expect(free.length).toBeGreaterThan(0)
        expect(free.every((event: any) => event.eventType !== "ENCOUNTER")).toBe(true)
        const [tokyo] = (yield* look({ viewerTimezone: "Asia/Tokyo", size: "1" })).json.content
        expect(tokyo.localStartDateTime).toMatch(/\.000\+09:00$/)
        expect(Date.parse(tokyo.localStartDateTime)).toBe(Date.parse(tokyo.startDateTime))
        expect((yield* look({ includeEncounterInfo: "true" })).status).toBe(501)
        expect((yield* wire("GET", "/calendar/events", { query: { from: always.from } })).status).toBe(400)
      })
    )
  )

  it.effect("what makes no sense is refused, and nothing is written", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const good = yield* meeting
        const taken = (yield* exported("CALENDAR_EVENT")).find(({ externalId }) => externalId !== null)
        for (const wrong of [
          { participants: good.participants.slice(1) },
          { participants: [{ participantId: "nobody", participantRole: "psm" }] },
          { endDateTime: "2031-03-06T15:00:00.000Z" },
          { startDateTime: "2031-02-30T15:00:00.000Z" },
          { timezone: "Nowhere/At-All" },
          { localStartDateTime: "2031-03-06T08:00:00.000-08:00" },
          { externalId: taken.externalId }
        ]) {
          expect((yield* wire("POST", "/calendar/events", { body: { ...good, ...wrong } })).status).toBe(400)
        }
        expect(yield* simulator.ledger).toEqual([])
      })
    )
  )
})

describe("work hours and schedules", () => {
  it.effect("entries are created, found where they overlap, and changed", () =>
    within(
      Effect.gen(function* () {
        const { hostId } = yield* meeting
        const body = {
          psmId: hostId,
          startDateTime: "2041-01-07T00:00:00.000Z",
          endDateTime: "2041-01-14T00:00:00.000Z",
          type: "WORKING_HOURS",
          ruleType: "OVERRIDE",
          daysInfo: [{ day: 1, startTime: "09:00:00", endTime: "11:30:00" }]
        }
        const raw = yield* wire("POST", "/calendar/work-hours", { body })
        expect(raw.status).toBe(201)
        expect(raw.json).toMatchObject({ psmId: hostId, details: [{ ruleType: "OVERRIDE", daysInfo: [{ day: 1, endTime: "11:30:00" }] }] })
        const { workHoursId } = raw.json.details[0]
        const idsIn = (from: string, to: string) =>
          Effect.map(wire("GET", "/calendar/work-hours", { query: { psmIds: hostId, from, to } }), ({ json }) =>
            json.flatMap((user: any) => user.details).map((one: any) => one.workHoursId)
          )
        expect(yield* idsIn("2041-01-13T00:00:00.000Z", "2041-02-01T00:00:00.000Z")).toContain(workHoursId)
        expect(yield* idsIn("2041-01-15T00:00:00.000Z", "2041-02-01T00:00:00.000Z")).not.toContain(workHoursId)

        const summary = (yield* wire("GET", "/calendar/psm-event-summary", {
          query: { psmIds: hostId, from: "2041-01-07T00:00:00.000Z", to: "2041-01-13T00:00:00.000Z" }
        })).json.summary[0]
        expect(summary).toMatchObject({ psmId: hostId, totalCreatedEvents: 0, totalWorkingHours: "2.5 hours", occupancy: "0.0%" })

        const later = { ...body, endDateTime: "2041-01-21T00:00:00.000Z" }
        const echoed = yield* wire("PUT", `/calendar/work-hours/${workHoursId}`, { body: later })
        expect([echoed.status, echoed.json.daysInfo, echoed.json.details]).toEqual([200, body.daysInfo, undefined])
        expect(yield* idsIn("2041-01-15T00:00:00.000Z", "2041-02-01T00:00:00.000Z")).toContain(workHoursId)
      })
    )
  )

  it.effect("a schedule names everybody asked for, even with nothing to show", () =>
    within(
      Effect.gen(function* () {
        const { hostId } = yield* meeting
        const { json } = yield* wire("GET", "/calendar/psm-schedules", { query: { ...always, psmIds: `${hostId},nobody` } })
        expect(json.map((one: any) => one.psmId)).toEqual([hostId, "nobody"])
        expect(json[0].events.length).toBeGreaterThan(0)
        for (const event of json[0].events) expect(event.eventId).toBe(event.id)
        expect(json[1]).toEqual({ psmId: "nobody", workHours: [], events: [] })

        const [full] = (yield* wire("GET", "/calendar/full-psm-schedules", { query: { ...always, psmIds: hostId } })).json
        expect(full.events.map((one: any) => one.id)).toEqual(json[0].events.map((one: any) => one.id))
        for (const [at, event] of full.events.entries()) {
          expect(event).toMatchObject(json[0].events[at])
          expect(event).toEqual({ ...(yield* wire("GET", `/calendar/events/${event.id}`)).json, eventId: event.id })
        }
      })
    )
  )

  it.effect("a schedule of the available ones leaves out who does not work in the period", () =>
    within(
      Effect.gen(function* () {
        const { hostId } = yield* meeting
        // a Tuesday, and a Sunday
        const [tuesday, sunday] = ["2041-01-08", "2041-01-13"].map((day) => ({ from: `${day}T00:00:00.000Z`, to: `${day}T23:59:59.999Z` }))
        const available = (period: object) =>
          wire("GET", "/calendar/available-psm-schedules", { query: { ...period, psmIds: `nobody,${hostId}` } })
        const { json, status } = yield* available(tuesday!)
        expect([status, json.map((one: any) => one.psmId)]).toEqual([200, [hostId]])
        expect(json).toEqual((yield* wire("GET", "/calendar/psm-schedules", { query: { ...tuesday, psmIds: hostId } })).json)
        expect((yield* available(sunday!)).json).toEqual([])
      })
    )
  )
})
