import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as CalendarEvents from "../../src/v8/CalendarEvents.js"
import { UserId } from "../../src/v8/Users.js"
import { answers } from "../support/answers.js"
import { event, user } from "../support/encounters.js"
import { tagAndPlaces } from "../support/places.js"

const eventId = CalendarEvents.CalendarEventId.make("ev-1")
const hostId = UserId.make("u-1")
const start = DateTime.unsafeMake("2030-03-06T16:00:00Z")
const end = DateTime.unsafeMake("2030-03-06T16:30:00Z")

describe("CalendarEvents", () => {
  it.effect("an external id says what it is and stays one path segment", () => {
    const client = answers({ body: event }, { body: event })
    return Effect.gen(function* () {
      yield* CalendarEvents.get({ eventId })
      yield* CalendarEvents.getByExternalId("crm/44 71")
      assert.deepStrictEqual(client.sent(), ["GET /calendar/events/ev-1", "GET /calendar/events/crm%2F44%2071?type=EXTERNAL_ID"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a list asks with instants in full, ids in one parameter, and false as well as true", () => {
    const client = answers({ body: { content: [], last: true } })
    return Effect.gen(function* () {
      yield* CalendarEvents.list({
        from: start,
        to: end,
        participantIds: ["u-1", "p-1"],
        eventType: "LEAVE",
        includeCancelled: false,
        includeEncounterInfo: true,
        viewerTimezone: "America/Chicago",
        sort: "createdAt,asc"
      })
      assert.deepStrictEqual(client.sent(), [
        "GET /calendar/events?sort=createdAt%2Casc&from=2030-03-06T16%3A00%3A00.000Z&to=2030-03-06T16%3A30%3A00.000Z" +
          "&participantIds=u-1%2Cp-1&eventType=LEAVE&includeCancelled=false&includeEncounterInfo=true&viewerTimezone=America%2FChicago"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("statuses in any case, modes nobody knew, a patient without email and keys added later are read", () => {
    const patient = { ...user, participantRole: "patient", email: null, birthDate: "1980-05-17T00:00:00.000Z", enabled: null, seat: 2 }
    const client = answers({
      body: { ...event, eventStatus: "Scheduled", eventMode: "ADDED_LATER", participants: [patient], encounterInfo: { id: "en-1" } }
    })
    return Effect.gen(function* () {
      const read = yield* CalendarEvents.get({ eventId })
      assert.strictEqual(read.eventStatus, "Scheduled")
      assert.strictEqual(read.eventMode, "ADDED_LATER")
      assert.deepInclude(read as object, { encounterInfo: { id: "en-1" } })
      assert.deepInclude(read.participants[0] as object, { email: null, participationStatus: "", seat: 2 })
      assert.isTrue(DateTime.Equivalence(read.startDateTime, start))
      assert.strictEqual(read.localStartDateTime, "2030-03-06T08:00:00.000-08:00")
    }).pipe(Effect.provide(client.layer))
  })

  // the stream takes `from` for the page to begin with
  it.effect("a stream asks for its period with every page", () => {
    const client = answers(
      { body: { content: [event], last: false, number: 0 } },
      { body: { content: [{ ...event, id: "ev-2" }], last: true, number: 1 } }
    )
    return Effect.gen(function* () {
      const ids = yield* CalendarEvents.listStream({ from: start, to: end, size: 1 }).pipe(
        Stream.map(({ id }) => id),
        Stream.runCollect
      )
      assert.deepStrictEqual(Array.from<string>(ids), ["ev-1", "ev-2"])
      const period = "from=2030-03-06T16%3A00%3A00.000Z&to=2030-03-06T16%3A30%3A00.000Z"
      assert.deepStrictEqual(client.sent(), [
        `GET /calendar/events?page=0&size=1&${period}`,
        `GET /calendar/events?page=1&size=1&${period}`
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a new event is sent in UTC, with the nulls it was given and nothing filled in", () => {
    const client = answers({ status: 201, body: event })
    return Effect.gen(function* () {
      yield* CalendarEvents.create({
        body: {
          startDateTime: start,
          endDateTime: end,
          hostId,
          participants: [{ participantId: "u-1", participantRole: "psm" }],
          eventDescription: null,
          additionalInfo: { location: "Room 2", floor: 3 } as CalendarEvents.CalendarEventAdditionalInfo
        }
      })
      assert.deepStrictEqual(client.sent(), [
        [
          "POST /calendar/events",
          {
            startDateTime: "2030-03-06T16:00:00.000Z",
            endDateTime: "2030-03-06T16:30:00.000Z",
            hostId: "u-1",
            participants: [{ participantId: "u-1", participantRole: "psm" }],
            eventDescription: null,
            additionalInfo: { location: "Room 2", floor: 3 }
          }
        ]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("local times that came with an event, and roles that do not exist, are not sent back", () => {
    const client = answers({ body: event })
    return Effect.gen(function* () {
      const { localStartDateTime } = yield* CalendarEvents.get({ eventId })
      const participants = [{ participantId: "u-1", participantRole: "host" }]
      const error = yield* Effect.flip(CalendarEvents.update({ eventId, body: { localStartDateTime, participants } as never }))
      assert.deepStrictEqual(tagAndPlaces(error), ["EncodeError", "body.localStartDateTime", "body.participants.0.participantRole"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a replacement needs time and people, a change does not", () => {
    const client = answers({ body: event }, { body: event })
    return Effect.gen(function* () {
      yield* CalendarEvents.update({ eventId, body: { eventStatus: "MISSED" } })
      const participants = [{ id: "user-row", participantId: "u-1", participantRole: "psm" as const, attended: true }]
      yield* CalendarEvents.replace({ eventId, body: { startDateTime: start, endDateTime: end, hostId, participants } })
      const error = yield* Effect.flip(CalendarEvents.replace({ eventId, body: { eventStatus: "MISSED" } as never }))
      assert.strictEqual(error._tag, "EncodeError")
      assert.deepStrictEqual(client.sent(), [
        ["PATCH /calendar/events/ev-1", { eventStatus: "MISSED" }],
        [
          "PUT /calendar/events/ev-1",
          { startDateTime: "2030-03-06T16:00:00.000Z", endDateTime: "2030-03-06T16:30:00.000Z", hostId: "u-1", participants }
        ]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  // the HTTP client gives a 204 no body at all, and the kernel takes that for one that broke off
  it.effect("a deletion answered with 204 is done", () => {
    const client = answers({ status: 204 })
    return CalendarEvents.remove({ eventId }).pipe(Effect.provide(client.layer))
  })

  it.effect("a deletion, and an answer to an invitation, are done whatever comes back", () => {
    const client = answers({ status: 200 }, { status: 202, body: "noted" })
    return Effect.gen(function* () {
      yield* CalendarEvents.remove({ eventId })
      yield* CalendarEvents.respondToInvitation({ eventId, body: { participantId: "p-1", participationStatus: "Yes" } })
      assert.deepStrictEqual(client.sent(), [
        "DELETE /calendar/events/ev-1",
        ["PUT /calendar/events/ev-1/invitation-response", { participantId: "p-1", participationStatus: "Yes" }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a summary counts by whatever statuses are stored; an answer without one is no empty summary", () => {
    const client = answers(
      { body: { summary: [{ psmId: "u-1", eventStatusCount: { Scheduled: 2, MISSED: 1 }, occupancy: "104%" }] } },
      { body: { startDateTime: "2030-03-06T16:00:00.000Z" } }
    )
    return Effect.gen(function* () {
      const period = { psmIds: [hostId, UserId.make("u-2")], from: start, to: end }
      const { summary } = yield* CalendarEvents.summarize(period)
      assert.deepStrictEqual(summary[0]?.eventStatusCount, { Scheduled: 2, MISSED: 1 })
      const error = yield* Effect.flip(CalendarEvents.summarize(period))
      assert.strictEqual(error._tag, "DecodeError")
      assert.strictEqual(
        client.sent()[0],
        "GET /calendar/psm-event-summary?psmIds=u-1%2Cu-2&from=2030-03-06T16%3A00%3A00.000Z&to=2030-03-06T16%3A30%3A00.000Z"
      )
    }).pipe(Effect.provide(client.layer))
  })
})
