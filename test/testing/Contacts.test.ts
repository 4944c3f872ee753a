import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Contacts, Patients, Pdts } from "../../src/v8/index.js"
import { collect, wire, within } from "./resources.js"

const guardian = { "pdtf-first-name": "Rosa", "pdtf-email": "rosa@mail.example", "pdtf-phone": "+12025550142" }

describe("contacts", () => {
  it.effect("a contact is linked once to a profile whose addresses it takes, listed, changed and switched off", () =>
    within(
      Effect.gen(function* () {
        const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
        const profile = yield* Pdts.create({ pdtName: "pdt-guardian", body: guardian })
        const body = {
          name: "Rosa Field",
          relation: "Sister",
          pdtRecordId: profile.id,
          email: "rosa@mail.example",
          emailPdtFieldName: "pdtf-email"
        }
        const raw = yield* wire("POST", `/patients/${patientId}/contacts`, { body })
        // recorded: not a 201
        expect(raw.status).toBe(200)
        expect(raw.json).toMatchObject({
          ...body,
          patientId,
          active: true,
          emailLabel: null,
          phone: null,
          secondaryPhonePdtFieldName: null
        })

        const contactId = raw.json.id
        const contact = yield* Contacts.get({ patientId, contactId })
        expect(contact).toMatchObject({ id: contactId, name: "Rosa Field" })
        expect(yield* collect(Contacts.listStream({ patientId, active: true, pdtRecordId: profile.id }))).toEqual([contact])
        const off = yield* Contacts.update({ patientId, contactId, body: { active: false } })
        expect(yield* Contacts.list({ patientId })).toEqual([off])
        expect(yield* Contacts.list({ patientId, active: true })).toEqual([])

        const refused = [
          body,
          { ...body, pdtRecordId: (yield* Pdts.create({ pdtName: "pdt-clinic", body: {} })).id },
          { ...body, pdtRecordId: patientId }
        ]
        for (const one of refused) expect((yield* wire("POST", `/patients/${patientId}/contacts`, { body: one })).status).toBe(400)
        const wrong = [
          { email: "other@mail.example" },
          { phone: "+12025550142" },
          { phone: "+12025550143", phonePdtFieldName: "pdtf-phone" }
        ]
        for (const one of wrong) {
          expect((yield* wire("PATCH", `/patients/${patientId}/contacts/${contactId}`, { body: one })).status).toBe(400)
        }
        const called = yield* Contacts.update({
          patientId,
          contactId,
          body: { phone: "+12025550142", phonePdtFieldName: "pdtf-phone", phoneLabel: "Home" }
        })
        expect(called).toMatchObject({ phone: "+12025550142", phoneLabel: "Home", email: "rosa@mail.example" })
        expect((yield* wire("DELETE", `/patients/${patientId}/contacts/${contactId}`)).status).toBe(404)
      })
    )
  )

  it.effect("seeded contacts agree with their profiles", () =>
    within(
      Effect.gen(function* () {
        const patients = yield* collect(Patients.listStream())
        const contacts = (yield* Effect.forEach(patients, ({ id }) => Contacts.list({ patientId: id }))).flat()
        expect(contacts.length).toBeGreaterThan(5)
        for (const contact of contacts) {
          const { jsonBody } = (yield* wire("GET", `/pdts/pdt-guardian/${contact.pdtRecordId}`)).json
          expect([contact.email, contact.phone]).toEqual([jsonBody["pdtf-email"], jsonBody["pdtf-phone"]])
        }
      }),
      { patients: 40 }
    )
  )
})
