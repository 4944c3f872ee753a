import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "../../../src/testing/index.js"
import {
  CalendarEvents,
  Conversations,
  CustomDataTypeRecords,
  EmailAddresses,
  ExternalIds,
  Patients,
  PhoneNumbers,
  Timestamp,
  Workers
} from "../../../src/v1/index.js"
import { collect } from "../resources.js"
import { refusal, wire, within } from "./legacy.js"

const body: Patients.PatientCreate = {
  phase: "onboarding",
  timezone: "US/Pacific",
  first_name: "Ada",
  last_name: "Example",
  birthday: "1971-04-18" as Patients.PatientCreate["birthday"]
}

describe("legacy patients", () => {
  it.effect("what is created is read back, found by its time, changed and found at its new time", () =>
    within(
      Effect.gen(function* () {
        const before = yield* collect(Patients.findStream())
        expect(before).toHaveLength(12)
        const created = yield* Patients.create({ body })
        expect(created).toMatchObject({ ...body, primary_worker_id: null, street: null, is_active: true })
        // a fresh record says a moment too late when it was made
        expect(created.created_at! > created.updated_at!).toBe(true)
        expect(yield* Patients.get({ id: created.id })).toEqual(created)
        const window = { from: created.updated_at!, to: created.updated_at! }
        expect(yield* collect(Patients.findStream(window))).toEqual([created])

        const updated = yield* Patients.update({ id: created.id, body: { city: "Sampleton" } })
        expect(updated).toEqual({ ...created, city: "Sampleton", updated_at: updated.updated_at })
        expect(updated.updated_at! > created.updated_at!).toBe(true)
        expect(yield* collect(Patients.findStream(window))).toEqual([])
        const to = Timestamp.fromMicros(Timestamp.toMicros(updated.updated_at!) + 1_000_000n)
        expect(yield* collect(Patients.findStream({ to }))).toEqual([...before, updated])
      })
    )
  )

  it.effect("one that was there from the start comes last once it is changed, and only once", () =>
    within(
      Effect.gen(function* () {
        const { legacyPatientId } = yield* Simulator.Simulator
        const id = Patients.PatientId.make(legacyPatientId(3))
        const updated = yield* Patients.update({ id, body: { phase: "discharged" } })
        const all = yield* collect(Patients.findStream({ to: updated.updated_at! }))
        expect(all.map((patient) => patient.id)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 3].map(legacyPatientId))
        expect(() => legacyPatientId(12)).toThrow(RangeError)
      })
    )
  )

  it.effect("all that a body holds besides is created along with the patient, at one instant, or nothing is", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const whole: Patients.PatientCreate = {
          ...body,
          email: "ada@mail.example",
          phone_numbers: [{ phone_number: "+12025550142", phone_number_type: "cell", opted_in_to_sms: true }],
          external_ids: [{ external_id: "7", namespace: "lab" }],
          custom_data_type_records: [{ type_name: "cdt-vitals", body: { "cdtf-pulse": 60 } }]
        }
        const { id, updated_at } = yield* Patients.create({ body: whole })
        const filter = { patient_id: id, to: updated_at! }
        const [number] = yield* collect(PhoneNumbers.findStream(filter))
        expect(number).toMatchObject({ phone_number: "+12025550142", opted_in_to_sms: true, opted_in_to_phone: false, updated_at })
        expect(yield* collect(Conversations.findStream(filter))).toMatchObject([{ conversation_type: "sms", phone_number_id: number!.id }])
        expect(yield* collect(EmailAddresses.findStream(filter))).toMatchObject([{ email: "ada@mail.example", updated_at }])
        expect(yield* collect(CustomDataTypeRecords.findStream(filter))).toMatchObject([{ type_name: "cdt-vitals", updated_at }])
        expect(yield* collect(ExternalIds.findStream({ welkin_id: id, to: updated_at! }))).toMatchObject([
          { resource: "patients", namespace: "lab", external_id: "7" }
        ])

        // the mapping is taken
        expect(refusal(yield* wire("POST", "patients", { body: whole }))).toEqual([
          400,
          "uniqueness_exception",
          ".external_ids[0].external_id"
        ])
        const [, ...others] = yield* simulator.ledger
        expect(others).toEqual([])
        expect((yield* wire("GET", "patients", { query: { "page[size]": "100" } })).json.data).toHaveLength(13)
      })
    )
  )

  it.effect("a patient who is no longer active has no appointment ahead", () =>
    within(
      Effect.gen(function* () {
        const events = yield* collect(CalendarEvents.findStream())
        const open = events.find(({ outcome, patient_id }) => outcome === null && patient_id !== null)!
        yield* Patients.update({ id: open.patient_id!, body: { is_active: false } })
        expect((yield* CalendarEvents.get({ id: open.id })).outcome).toBe("cancelled")
        const { updated_at: _, ...another } = events.find(({ patient_id }) => patient_id !== open.patient_id)!
        expect(yield* CalendarEvents.get({ id: another.id })).toMatchObject(another)
      })
    )
  )

  it.effect("either name of the worker is taken, both are refused, and nobody unknown is", () =>
    within(
      Effect.gen(function* () {
        const [worker] = yield* collect(Workers.findStream())
        const old = yield* Patients.create({ body: { ...body, coach_id: worker!.id } })
        expect(old.primary_worker_id).toBe(worker!.id)
        const both = { ...body, coach_id: worker!.id, primary_worker_id: worker!.id }
        expect(refusal(yield* wire("POST", "patients", { body: both }))).toEqual([400, "bad_request", ".primary_worker_id"])
        for (const [id, told] of [
          [old.id, [404, "resource_not_found", ".primary_worker_id"]],
          ["nobody", [400, "parse_exception", ".primary_worker_id"]]
        ]) {
          expect(refusal(yield* wire("POST", "patients", { body: { ...body, coach_id: id } }))).toEqual(told)
        }
      })
    )
  )

  it.effect("what is missing, unknown or of another type is refused by its place, and nothing is written", () =>
    within(
      Effect.gen(function* () {
        const { birthday: _, ...withoutBirthday } = body
        for (const [sent, ...told] of [
          [withoutBirthday, 400, "bad_request", ".birthday"],
          [{ ...body, birthday: "1971-02-30" }, 400, "parse_exception", ".birthday"],
          [{ ...body, phase: 7 }, 400, "parse_exception", ".phase"],
          [{ ...body, shoe_size: 38 }, 400, "parse_exception", ".shoe_size"],
          [{ ...body, phone_numbers: [{ phone_number: "+12025550142" }] }, 400, "bad_request", ".phone_numbers[0].phone_number_type"],
          [
            { ...body, custom_data_type_records: [{ type_name: "none", body: {} }] },
            400,
            "bad_request",
            ".custom_data_type_records[0].type_name"
          ],
          [[], 400, "parse_exception", "."]
        ] as const) {
          expect(refusal(yield* wire("POST", "patients", { body: sent }))).toEqual(told)
        }
        const { ledger, legacyPatientId } = yield* Simulator.Simulator
        const path = `patients/${legacyPatientId(0)}`
        expect(refusal(yield* wire("PUT", path, { body: { id: legacyPatientId(1) } }))).toEqual([400, "bad_request", ".id"])
        expect(refusal(yield* wire("PUT", path, { body: { shoe_size: 38 } }))).toEqual([400, "parse_exception", ".shoe_size"])
        expect(yield* ledger).toEqual([])
      })
    )
  )

  it.effect("a whole record may be sent back: what cannot be changed is passed over as long as it is the same", () =>
    within(
      Effect.gen(function* () {
        const { legacyPatientId } = yield* Simulator.Simulator
        const path = `patients/${legacyPatientId(0)}`
        const { data } = (yield* wire("GET", path)).json
        const told = yield* wire("PUT", path, { body: { ...data, birthday: "1980-01-02", city: "例町" } })
        expect([told.status, told.json.data]).toEqual([
          200,
          { ...data, birthday: "1980-01-02", city: "例町", updated_at: told.json.data.updated_at }
        ])
      }),
      { patients: 3, legacy: { spelling: "2020" } }
    )
  )

  it.effect("who is not there is a 404, who cannot be is a 400, and no way leads to a delete", () =>
    within(
      Effect.gen(function* () {
        const { legacyPatientId, patientId } = yield* Simulator.Simulator
        expect(refusal(yield* wire("GET", "patients/00000000-0000-4000-8000-000000000000"))).toEqual([404, "not_found", undefined])
        // the two generations have patients of their own
        expect(refusal(yield* wire("GET", `patients/${patientId(0)}`))).toEqual([404, "not_found", undefined])
        expect(refusal(yield* wire("GET", "patients/ada"))).toEqual([400, "parse_exception", ".id"])
        expect(refusal(yield* wire("DELETE", `patients/${legacyPatientId(0)}`))).toEqual([404, "not_found", undefined])
        expect(refusal(yield* wire("GET", "nowhere"))).toEqual([404, "not_found", undefined])
        expect(refusal(yield* wire("GET", "patients", { query: { city: "Sampleton" } }))).toEqual([400, "bad_request", ".city"])
      })
    )
  )
})
