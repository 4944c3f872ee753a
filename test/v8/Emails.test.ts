import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Emails from "../../src/v8/Emails.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"
import { clientOf, formOf, type Part } from "../support/listener.js"
import { tagAndPlaces } from "../support/places.js"

const patientId = PatientId.make("p-1")
const emailId = Emails.EmailId.make("e-1")
const letter = { subject: "Your plan", body: "See what is attached.", receiver: patientId }
const plan = { name: "plan.pdf", contentType: "application/pdf", content: new TextEncoder().encode("%PDF-") }

describe("Emails", () => {
  it.effect("of an e-mail nobody has seen yet, only the id is asked", () => {
    const nothing = Object.fromEntries(Object.keys(Emails.Email.fields).map((name) => [name, null]))
    const attachments = [{ name: "plan.pdf" }]
    const client = answers({ body: { ...nothing, id: "e-1" } }, { body: { id: "e-1", attachments } }, { body: { subject: "Your plan" } })
    return Effect.gen(function* () {
      assert.strictEqual((yield* Emails.get({ patientId, emailId })).secure, null)
      assert.deepStrictEqual(yield* Emails.get({ patientId, emailId }), { id: emailId, attachments })
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(Emails.get({ patientId, emailId }))), ["DecodeError", "id"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("filters keep addresses and moments apart from the paging, and join their statuses", () => {
    const client = answers({ body: { content: [], last: true } })
    return Effect.gen(function* () {
      yield* Emails.list({ patientId, email: "ada+1@clinic.example", direction: "OUT", status: ["DELIVERED", "FAILED"], page: 2 })
      assert.deepStrictEqual(client.sent(), [
        "GET /patients/p-1/emails?page=2&direction=OUT&email=ada%2B1%40clinic.example&status=DELIVERED%2CFAILED"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("without files an e-mail is sent as JSON, and a change sends what changes", () => {
    const client = answers({ status: 201, body: { id: "e-1" } }, { body: { id: "e-1" } })
    return Effect.gen(function* () {
      yield* Emails.send({ patientId, body: { ...letter, sendNow: true, secure: false } })
      yield* Emails.update({ patientId, emailId, body: { sender: PatientId.make("p-2") } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /patients/p-1/emails", { ...letter, sendNow: true, secure: false }],
        ["PUT /patients/p-1/emails/e-1", { sender: "p-2" }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("files are neither forgotten nor sent as JSON", () => {
    const client = answers()
    return Effect.gen(function* () {
      const without = Emails.sendWithAttachments({ patientId, body: { ...letter, attachmentsAsFiles: [] } })
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(without)), ["EncodeError", "body.attachmentsAsFiles"])
      const plain = Emails.send({ patientId, body: { ...letter, attachmentsAsFiles: [plan] } as never })
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(plain)), ["EncodeError", "body.attachmentsAsFiles"])
      assert.deepStrictEqual(client.sent(), [])
    }).pipe(Effect.provide(client.layer))
  })

  it.live("with files it is a form: texts, booleans and moments as text, every file under the same name", () => {
    let form: ReadonlyArray<Part> = []
    const server = clientOf((request, response) => {
      formOf(request).then((parts) => {
        form = parts
        response.writeHead(201).end(JSON.stringify({ id: "e-1", attachments: null }))
      })
    })
    return Effect.gen(function* () {
      const scan = Stream.make(Uint8Array.of(0, 13, 10), Uint8Array.of(255))
      const email = yield* Emails.sendWithAttachments({
        patientId,
        body: {
          ...letter,
          sendNow: false,
          secure: true,
          scheduledAt: DateTime.unsafeMake("2030-01-02T03:04:05Z"),
          attachmentsAsFiles: [plan, { name: "scan.png", contentType: "image/png", content: scan }]
        }
      })
      assert.strictEqual(email.id, emailId)
      assert.deepStrictEqual(form, [
        ["subject", "Your plan"],
        ["body", "See what is attached."],
        ["receiver", "p-1"],
        ["sendNow", "false"],
        ["scheduledAt", "2030-01-02T03:04:05.000Z"],
        ["secure", "true"],
        ["attachmentsAsFiles", { name: "plan.pdf", type: "application/pdf", bytes: plan.content }],
        ["attachmentsAsFiles", { name: "scan.png", type: "image/png", bytes: Uint8Array.of(0, 13, 10, 255) }]
      ])
    }).pipe(Effect.provide(server))
  })
})
