import { describe, expect, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Emails, Exports, Patients, UnrecognizedEmails } from "../../src/v8/index.js"
import { collect, refusal, wire, within } from "./resources.js"

const later = DateTime.unsafeMake("2040-01-02T03:04:05.006Z")
const text = (content: string) => Stream.make(new TextEncoder().encode(content))

describe("e-mails", () => {
  it.effect("an e-mail is scheduled, rewritten, deleted", () =>
    within(
      Effect.gen(function* () {
        const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example", email: "ada@patients.example" } })
        const body = { subject: "Visit", body: "At 9", receiver: patientId, scheduledAt: later, secure: true }
        const waiting = yield* Emails.send({ patientId, body })
        expect(waiting).toMatchObject({ status: "SCHEDULED", secure: true, to: "ada@patients.example", attachments: null, sentAt: null })
        const emailId = waiting.id
        const changed = yield* Emails.update({ patientId, emailId, body: { subject: "Your visit", starred: true } })
        expect(changed).toEqual({ ...waiting, subject: "Your visit", starred: true })
        expect(yield* collect(Emails.listStream({ patientId, search: "your VISIT", starred: true }))).toEqual([changed])
        yield* Emails.remove({ patientId, emailId })
        const refused = yield* wire("GET", `/patients/${patientId}/emails/${emailId}`)
        expect([...refusal(refused), refused.json[0].details]).toEqual([404, "EMAIL_NOT_FOUND", { patientId, id: emailId }])
        const export_ = yield* collect(Exports.emailsStream({ pageSize: 5 }))
        expect(export_.at(-1)).toMatchObject({ id: emailId, subject: "Your visit", bodyType: [] })
        expect(export_.at(-1)!.deletedAt).not.toBe(null)
      })
    )
  )

  it.effect("files travel in a form, and the answer does not show them", () =>
    within(
      Effect.gen(function* () {
        const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
        const sent = yield* Emails.sendWithAttachments({
          patientId,
          body: {
            subject: "Plan – 計画",
            body: "Two\r\nlines\r\n--not a boundary",
            receiver: patientId,
            sendNow: true,
            secure: true,
            attachmentsAsFiles: [
              { name: 'a "plan".pdf', contentType: "application/pdf", content: text("%PDF\r\n\r\n--") },
              { name: "b.png", contentType: "image/png", content: text("") }
            ]
          }
        })
        expect(sent).toMatchObject({
          subject: "Plan – 計画",
          body: "Two\r\nlines\r\n--not a boundary",
          status: "ACCEPTED",
          secure: true,
          attachments: null
        })
        expect(yield* Emails.get({ patientId, emailId: sent.id })).toEqual(sent)
        const headers = { "content-type": "multipart/form-data; boundary=xyz" }
        const broken = yield* wire("POST", `/patients/${patientId}/emails`, { body: { not: "a form" }, headers })
        expect(broken.status).toBe(400)
      })
    )
  )

  it.effect("an unrecognized e-mail becomes that of the patient it is assigned to", () =>
    within(
      Effect.gen(function* () {
        const unknown = yield* collect(UnrecognizedEmails.listStream({ size: 2 }))
        expect(unknown.length).toBeGreaterThan(1)
        const [first, second] = unknown
        expect(first).toMatchObject({ direction: "IN", status: "UNRECOGNISED", sender: null })
        const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
        const assigned = yield* UnrecognizedEmails.update({ emailId: first!.id, body: { sender: patientId } })
        expect(assigned).toMatchObject({ status: "DELIVERED", sender: patientId })
        expect(yield* collect(Emails.listStream({ patientId }))).toEqual([assigned])
        yield* UnrecognizedEmails.remove({ emailId: second!.id })
        expect((yield* UnrecognizedEmails.list()).totalElements).toBe(unknown.length - 2)
        expect((yield* wire("DELETE", `/patients/${patientId}/emails/${first!.id}`)).status).toBe(400)
      }),
      { patients: 60 }
    )
  )
})
