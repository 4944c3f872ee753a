import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Encounters from "../../src/v8/Encounters.js"
import { PatientId } from "../../src/v8/Patients.js"
import { UserId } from "../../src/v8/Users.js"
import { answers } from "../support/answers.js"
import { encounter, event, reducedEncounter } from "../support/encounters.js"
import { tagAndPlaces } from "../support/places.js"

const patientId = PatientId.make("p-1")
const userId = UserId.make("u-1")
const encounterId = Encounters.EncounterId.make("en-1")

describe("Encounters", () => {
  it.effect("lists by user leave out what the data type adds, as nulls or altogether", () => {
    const { cdtId: _, cdtName: __, version: ___, ...bare } = reducedEncounter
    const named = { ...bare.jsonBody, patientInfo: { patientId: "p-1", firstName: "Sample", lastName: "Patient" } }
    const client = answers({ body: { data: [reducedEncounter, { ...bare, jsonBody: named }], metaInfo: { page: 0, lastPage: true } } })
    return Effect.gen(function* () {
      const { data } = yield* Encounters.listForUser({ userId })
      assert.deepStrictEqual(
        data.map(({ id, jsonBody }) => [id, jsonBody.patientInfo?.lastName]),
        [
          [encounterId, undefined],
          [encounterId, "Patient"]
        ]
      )
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an encounter without an id of its own is refused, although the body repeats it", () => {
    const { id: _, ...anonymous } = encounter
    const client = answers({ body: anonymous })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Encounters.get({ patientId, encounterId }))
      assert.deepStrictEqual(tagAndPlaces(error), ["DecodeError", "id"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a missing description, a new status, and keys added at any depth are read", () => {
    const appointment = { ...event, room: "2" }
    const body = {
      ...encounter.jsonBody,
      description: null,
      status: "ADDED_LATER",
      currentScheduledAppointment: appointment,
      "uicef-x": [1]
    }
    const client = answers({ body: { ...encounter, jsonBody: body } })
    return Effect.gen(function* () {
      const { jsonBody } = yield* Encounters.get({ patientId, encounterId })
      assert.deepInclude(jsonBody as object, { description: null, status: "ADDED_LATER", "uicef-x": [1] })
      assert.deepInclude(jsonBody.currentScheduledAppointment as object, { id: "ev-1", room: "2" })
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a stream sends its filter with every page, and false is not left out", () => {
    const page = (number: number, lastPage: boolean) => ({
      body: { data: [{ ...reducedEncounter, id: `en-${number}` }], metaInfo: { page: number, lastPage } }
    })
    const client = answers(page(0, false), page(1, true))
    return Effect.gen(function* () {
      const ids = yield* Encounters.listStream({ statuses: ["DRAFT", "OPEN"], withCareTeam: false, size: 1 }).pipe(
        Stream.map(({ id }) => id),
        Stream.runCollect
      )
      assert.deepStrictEqual(Array.from<string>(ids), ["en-0", "en-1"])
      assert.deepStrictEqual(client.sent(), [
        "GET /encounters?page=0&size=1&statuses=DRAFT%2COPEN&withCareTeam=false",
        "GET /encounters?page=1&size=1&statuses=DRAFT%2COPEN&withCareTeam=false"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a new encounter is sent with its appointment inside it", () => {
    const client = answers({ status: 201, body: encounter })
    return Effect.gen(function* () {
      yield* Encounters.create({
        patientId,
        body: {
          templateName: "etmp-first-visit",
          currentScheduledAppointment: {
            startDateTime: DateTime.unsafeMake("2030-03-06T16:00:00Z"),
            endDateTime: DateTime.unsafeMake("2030-03-06T16:30:00Z"),
            hostId: userId,
            participants: [{ participantId: "u-1", participantRole: "psm" }]
          },
          visitServices: [{ name: "vs-visit", serviceCost: 12500 }]
        }
      })
      assert.deepStrictEqual(client.sent(), [
        [
          "POST /patients/p-1/encounters",
          {
            templateName: "etmp-first-visit",
            currentScheduledAppointment: {
              startDateTime: "2030-03-06T16:00:00.000Z",
              endDateTime: "2030-03-06T16:30:00.000Z",
              hostId: "u-1",
              participants: [{ participantId: "u-1", participantRole: "psm" }]
            },
            visitServices: [{ name: "vs-visit", serviceCost: 12500 }]
          }
        ]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a change sends the keys it was given, nulls among them; half an appointment is enough", () => {
    const client = answers({ body: encounter })
    return Effect.gen(function* () {
      yield* Encounters.update({
        patientId,
        encounterId,
        body: { status: "FINALIZED", calendarEventId: null, currentScheduledAppointment: { hostId: userId } }
      })
      assert.deepStrictEqual(client.sent(), [
        [
          "PATCH /patients/p-1/encounters/en-1",
          { status: "FINALIZED", calendarEventId: null, currentScheduledAppointment: { hostId: "u-1" } }
        ]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a status cannot be given at creation, nor a cost in fractions of a cent", () => {
    const client = answers()
    return Effect.gen(function* () {
      const body = { status: "OPEN", visitServices: [{ name: "vs-visit", serviceCost: 12.5 }] }
      const error = yield* Effect.flip(Encounters.create({ patientId, body: body as never }))
      assert.deepStrictEqual(tagAndPlaces(error), ["EncodeError", "body.status", "body.visitServices.0.serviceCost"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a deletion answers nothing; what is deleted is not found", () => {
    const gone = [{ errorCode: "DT_RECORD_NOT_FOUND", componentType: "CDT", message: "", details: {} }]
    const client = answers({ status: 200 }, { status: 404, body: gone })
    return Effect.gen(function* () {
      yield* Encounters.remove({ patientId, encounterId })
      const error = yield* Effect.flip(Encounters.get({ patientId, encounterId }))
      assert(error._tag === "NotFound")
      assert.deepStrictEqual(error.codes, ["DT_RECORD_NOT_FOUND"])
    }).pipe(Effect.provide(client.layer))
  })
})
