import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Contacts from "../../src/v8/Contacts.js"
import { PatientId } from "../../src/v8/Patients.js"
import { PdtRecordId } from "../../src/v8/Pdts.js"
import { answers } from "../support/answers.js"

const at = "2030-01-02T03:04:05.006Z"

const contact = {
  id: "k-1",
  createdAt: at,
  updatedAt: at,
  createdBy: null,
  updatedBy: null,
  createdByName: null,
  updatedByName: null,
  name: "Sample Guardian",
  email: "guardian@mail.example",
  emailLabel: null,
  emailPdtFieldName: "pdtf-email",
  phone: null,
  phoneLabel: null,
  phonePdtFieldName: null,
  secondaryPhone: null,
  secondaryPhoneLabel: null,
  secondaryPhonePdtFieldName: null,
  patientId: "p-1",
  pdtRecordId: "g-1",
  relation: "Parent",
  active: true
}

const patientId = PatientId.make("p-1")
const contactId = Contacts.ContactId.make("k-1")
const pdtRecordId = PdtRecordId.make("g-1")

describe("Contacts", () => {
  it.effect("a contact is made of what was given, and switched off by one field", () => {
    const client = answers({ body: contact }, { body: { ...contact, active: false } })
    return Effect.gen(function* () {
      const body = {
        name: "Sample Guardian",
        relation: "Parent",
        pdtRecordId,
        email: "guardian@mail.example",
        emailPdtFieldName: "pdtf-email"
      }
      yield* Contacts.create({ patientId, body })
      const { active } = yield* Contacts.update({ patientId, contactId, body: { active: false } })
      assert.isFalse(active)
      assert.deepStrictEqual(client.sent(), [
        ["POST /patients/p-1/contacts", { ...body, pdtRecordId: "g-1" }],
        ["PATCH /patients/p-1/contacts/k-1", { active: false }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a field by the name another guide has for it is not sent", () => {
    const client = answers()
    return Effect.gen(function* () {
      const body = { name: "Sample Guardian", relation: "Parent", relationship: "Parent", pdtRecordId }
      const error = yield* Effect.flip(Contacts.create({ patientId, body }))
      assert(error._tag === "EncodeError")
      assert.deepStrictEqual(
        error.places.map(({ path }) => path),
        ["body.relationship"]
      )
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("contacts are read bare and from any envelope that holds them all", () => {
    const bodies = [
      [contact],
      { data: [contact] },
      { content: [contact], last: true },
      { data: [contact], metaInfo: { page: 0, lastPage: true } }
    ]
    const client = answers(...bodies.map((body) => ({ body })))
    return Effect.gen(function* () {
      for (const _ of bodies) {
        const contacts = yield* Contacts.list({ patientId, pdtRecordId, active: false })
        assert.deepStrictEqual(
          contacts.map(({ id }) => id),
          [contactId]
        )
      }
      assert.deepStrictEqual(client.sent()[0], "GET /patients/p-1/contacts?pdtRecordId=g-1&active=false")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an envelope that holds only some of them, or none that is known, is refused", () => {
    const bodies = [
      { content: [contact], last: false },
      { data: [contact], metaInfo: { page: 0, lastPage: false } },
      { records: [contact] },
      { data: [{ ...contact, id: null }] },
      null
    ]
    const client = answers(...bodies.map((body) => ({ body: JSON.stringify(body) })))
    return Effect.gen(function* () {
      for (const body of bodies) {
        const error = yield* Effect.flip(Contacts.list({ patientId }))
        assert.strictEqual(error._tag, "DecodeError", JSON.stringify(body))
      }
    }).pipe(Effect.provide(client.layer))
  })
})
