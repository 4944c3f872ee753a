import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Codecs from "../../src/Codecs.js"
import * as Patients from "../../src/v8/Patients.js"
import { UserId } from "../../src/v8/Users.js"
import { answers } from "../support/answers.js"

/** A patient as the service sends one whose record holds little. */
const wire = {
  id: "p-1",
  externalGuid: null,
  externalId: null,
  mrn: null,
  createdAt: "2030-01-02T03:04:05.006Z",
  updatedAt: "2030-01-02T03:04:05.006Z",
  createdBy: null,
  updatedBy: null,
  createdByName: null,
  updatedByName: null,
  firstName: "Sample",
  lastName: "Patient",
  middleName: "",
  birthDate: "1980-05-17T00:00:00.000Z",
  gender: "UNKNOWN",
  maritalStatus: "UKN",
  primaryLanguage: "ENGLISH",
  secondaryLanguage: null,
  email: "",
  secondaryEmail: null,
  phone: null,
  secondaryPhone: null,
  country: null,
  state: null,
  city: null,
  zip: null,
  addressLine1: null,
  addressLine2: null,
  timezone: null,
  patientTerritories: null,
  careTeamMembers: [],
  careTeam: null,
  patientPrograms: [],
  cadence: [],
  patientRegion: null,
  patientRegionTitle: null,
  patientTerritory: null,
  pointOfContact: null
}

const patientId = Patients.PatientId.make("p-1")

describe("Patients", () => {
  describe("reading one", () => {
    it.effect("a foreign id says what kind it is, and stays one path segment", () => {
      const client = answers({ body: wire }, { body: wire }, { body: wire }, { body: wire })
      return Effect.gen(function* () {
        yield* Patients.get({ patientId, expand: true })
        yield* Patients.getByExternalId("crm/10~07")
        yield* Patients.getByExternalGuid("0e6b7f52")
        yield* Patients.getByMrn("10 07")
        assert.deepStrictEqual(client.sent(), [
          "GET /patients/p-1?expand=true",
          "GET /patients/crm%2F10~07?type=EID",
          "GET /patients/0e6b7f52?type=EGUID",
          "GET /patients/10%2007?type=MRN"
        ])
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("a care team is read flat, wrapped in a second list, empty, or not at all; only ids are asked of its members", () => {
      const careTeams = [[{ id: "u-1", enabled: true }], [[{ id: "u-1", enabled: true }]], [], [[]], null]
      const client = answers(...careTeams.map((careTeam) => ({ body: { ...wire, careTeam } })))
      return Effect.gen(function* () {
        const read = yield* Effect.forEach(careTeams, () => Patients.get({ patientId }))
        const team = [{ id: UserId.make("u-1"), enabled: true }]
        assert.deepStrictEqual(
          read.map(({ careTeam }) => careTeam),
          [team, team, [], [], null]
        )
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("a member without an id, or a list wrapped twice, is refused by place", () => {
      const client = answers(
        { body: { ...wire, careTeam: [[{ username: "sample" }]] } },
        { body: { ...wire, careTeam: [[[{ id: "u-1" }]]] } }
      )
      return Effect.gen(function* () {
        for (const path of ["careTeam.0.id", "careTeam.0"]) {
          const error = yield* Effect.flip(Patients.get({ patientId }))
          assert(error._tag === "DecodeError")
          assert.strictEqual(error.reason, "Schema")
          assert.include(
            error.places.map((place) => place.path),
            path
          )
        }
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("what a tenant or a later release added survives, and so does an enum value nobody knew", () => {
      const client = answers({ body: { ...wire, gender: "ADDED_LATER", "ppf-sport": "rowing", goals: [{ any: 1 }] } })
      return Effect.gen(function* () {
        const patient = yield* Patients.get({ patientId })
        assert.strictEqual(patient.gender, "ADDED_LATER")
        assert.deepStrictEqual(patient.goals, [{ any: 1 }])
        assert.deepStrictEqual(yield* Codecs.extension(Schema.Struct({ "ppf-sport": Schema.String }))(patient), { "ppf-sport": "rowing" })
      }).pipe(Effect.provide(client.layer))
    })
  })

  describe("writing", () => {
    it.effect("a body holds what was given and no more: dates in full, nulls, empty lists, fields of the tenant", () => {
      const client = answers({ status: 201, body: wire }, { body: wire })
      return Effect.gen(function* () {
        const born = { firstName: "Sample", lastName: "Patient", birthDate: DateTime.unsafeMake("1980-05-17"), "ppf-sport": "rowing" }
        yield* Patients.create({ body: born })
        yield* Patients.update({
          patientId,
          body: { mrn: null, patientTerritories: [], careTeam: [{ id: UserId.make("u-1"), pointOfContact: true }] }
        })
        assert.deepStrictEqual(client.sent(), [
          ["POST /patients", { firstName: "Sample", lastName: "Patient", birthDate: "1980-05-17T00:00:00.000Z", "ppf-sport": "rowing" }],
          ["PATCH /patients/p-1", { mrn: null, patientTerritories: [], careTeam: [{ id: "u-1", pointOfContact: true }] }]
        ])
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("a patient without a last name is not sent", () => {
      const client = answers()
      return Effect.gen(function* () {
        const error = yield* Effect.flip(Patients.create({ body: { firstName: "Sample" } as never }))
        assert(error._tag === "EncodeError")
        assert.deepStrictEqual(
          error.places.map((place) => place.path),
          ["body.lastName"]
        )
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("deleting takes any success for one, and tells when it is not allowed", () => {
      const refused = [{ errorCode: "ACCESS_FOR_API_CLIENT_RESTRICTED", componentType: "AUTH", message: "", details: {} }]
      const client = answers({ status: 200 }, { status: 204 }, { status: 403, body: refused })
      return Effect.gen(function* () {
        yield* Patients.remove({ patientId })
        yield* Patients.remove({ patientId: "0e6b7f52", type: "EGUID" })
        const error = yield* Effect.flip(Patients.remove({ patientId }))
        assert.strictEqual(error._tag, "Forbidden")
        assert.deepStrictEqual(client.sent(), ["DELETE /patients/p-1", "DELETE /patients/0e6b7f52?type=EGUID", "DELETE /patients/p-1"])
      }).pipe(Effect.provide(client.layer))
    })
  })

  describe("lists", () => {
    it.effect("an empty text is a question of its own and is sent", () => {
      const client = answers({ body: { content: [], last: true } })
      return Effect.gen(function* () {
        yield* Patients.list({ timezone: "", territories: "", cadence: "", email: "sample@patients.example", sort: "lastName,asc" })
        assert.deepStrictEqual(client.sent(), [
          "GET /patients?sort=lastName%2Casc&email=sample%40patients.example&timezone=&territories=&cadence="
        ])
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("a search sends its filter with every page", () => {
      const client = answers(
        { body: { content: [wire], last: false, number: 0 } },
        { body: { content: [{ ...wire, id: "p-2" }], last: true, number: 1 } }
      )
      return Effect.gen(function* () {
        const ids = yield* Patients.searchStream({ body: { region: "north" }, size: 1 }).pipe(
          Stream.map((patient) => patient.id),
          Stream.runCollect
        )
        assert.deepStrictEqual(
          Array.from(ids),
          ["p-1", "p-2"].map((id) => Patients.PatientId.make(id))
        )
        assert.deepStrictEqual(client.sent(), [
          ["POST /by-filter/patients?page=0&size=1", { region: "north" }],
          ["POST /by-filter/patients?page=1&size=1", { region: "north" }]
        ])
      }).pipe(Effect.provide(client.layer))
    })

    it.effect("of two calls that were not answered, the search is repeated and the creation is not", () => {
      const client = answers({ status: 503 }, { body: { content: [], last: true } }, { status: 503 })
      return Effect.gen(function* () {
        const search = yield* Effect.fork(Patients.search({ body: {} }))
        yield* TestClock.adjust("1 minute")
        yield* search
        const error = yield* Effect.flip(Patients.create({ body: { firstName: "Sample", lastName: "Patient" } }))
        assert.strictEqual(error._tag, "ServerError")
        assert.strictEqual(client.sent().length, 3)
      }).pipe(Effect.provide(client.layer))
    })
  })
})
