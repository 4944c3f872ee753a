import { describe, expect, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import { Simulator } from "../../src/testing/index.js"
import { Exports, Patients, Sms, UnrecognizedSms } from "../../src/v8/index.js"
import { collect, exported, refusal, wire, within } from "./resources.js"

const later = DateTime.unsafeMake("2040-01-02T03:04:05.006Z")

describe("text messages", () => {
  it.effect("a message is scheduled, changed, sent, and only then fixed", () =>
    within(
      Effect.gen(function* () {
        const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example", phone: "+12025550142" } })
        const path = `/patients/${patientId}/sms`
        const waiting = yield* Sms.send({ patientId, body: { message: "Soon", receiver: patientId, scheduledAt: later } })
        expect(waiting).toMatchObject({ status: "SCHEDULED", direction: "OUT", sentAt: null, date: null, to: "+12025550142", parts: 1 })
        expect(waiting.receiverName).toBe("Ada Example")

        const update = (body: Sms.SmsUpdate) => Sms.update({ patientId, smsId: waiting.id, body })
        expect(yield* update({ message: "x".repeat(161), starred: true })).toMatchObject({ status: "SCHEDULED", starred: true, parts: 2 })
        const sent = yield* update({ sendNow: true })
        expect(sent).toMatchObject({ status: "ACCEPTED", sendNow: false, starred: true })
        expect(sent.date).toEqual(sent.sentAt)
        expect((yield* wire("PUT", `${path}/${sent.id}`, { body: { message: "late" } })).status).toBe(400)
        expect((yield* wire("DELETE", `${path}/${sent.id}`)).status).toBe(400)
        expect(yield* update({ starred: false })).toEqual({ ...sent, starred: false })

        const raw = yield* wire("POST", path, { body: { message: "Now", receiver: patientId, sendNow: true } })
        expect([raw.status, raw.json.status]).toEqual([201, "ACCEPTED"])
        for (const hidden of ["updatedAt", "deletedAt", "unrecognized", "phoneId"]) expect(raw.json).not.toHaveProperty(hidden)
        expect((yield* wire("POST", path, { body: { message: "Never", receiver: patientId } })).status).toBe(400)
        expect((yield* wire("POST", path, { body: { receiver: patientId, sendNow: true } })).status).toBe(400)
        const [other] = yield* collect(Patients.listStream({ size: 1 }))
        expect((yield* wire("POST", path, { body: { message: "?", receiver: other!.id, sendNow: true } })).status).toBe(501)

        const found = yield* collect(Sms.listStream({ patientId, search: "NOW", status: ["ACCEPTED", "FAILED"] }))
        expect(found.map(({ id }) => id)).toEqual([raw.json.id])
      })
    )
  )

  it.effect("what waits goes out when its time comes, and exports see it again", () =>
    within(
      Effect.gen(function* () {
        const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
        const inAnHour = DateTime.add(yield* DateTime.now, { hours: 1 })
        const send = (message: string, scheduledAt: DateTime.Utc) =>
          Sms.send({ patientId, body: { message, receiver: patientId, scheduledAt } })
        const soon = yield* send("Soon", inAnHour)
        const moved = yield* send("Moved", inAnHour)
        const dropped = yield* send("Dropped", inAnHour)
        const tomorrow = DateTime.add(inAnHour, { days: 1 })
        yield* Sms.update({ patientId, smsId: moved.id, body: { scheduledAt: tomorrow } })
        yield* Sms.remove({ patientId, smsId: dropped.id })
        const before = yield* exported("SMS")
        const statuses = Effect.map(collect(Sms.listStream({ patientId })), (all) => all.map(({ message, status }) => [message, status]))

        yield* TestClock.adjust("59 minutes")
        expect(yield* statuses).toEqual([
          ["Soon", "SCHEDULED"],
          ["Moved", "SCHEDULED"]
        ])
        yield* TestClock.adjust("1 minute")
        expect(yield* statuses).toEqual([
          ["Soon", "ACCEPTED"],
          ["Moved", "SCHEDULED"]
        ])
        const sent = yield* Sms.get({ patientId, smsId: soon.id })
        expect([sent.scheduledAt, sent.sentAt, sent.date]).toEqual([inAnHour, inAnHour, inAnHour])
        const after = yield* exported("SMS")
        expect(after).toHaveLength(before.length)
        expect(after.at(-1)).toMatchObject({ id: soon.id, status: "ACCEPTED" })
        expect(after.at(-1).updatedAt > before.at(-1).updatedAt).toBe(true)

        yield* TestClock.adjust("1 day")
        expect(yield* statuses).toEqual([
          ["Soon", "ACCEPTED"],
          ["Moved", "ACCEPTED"]
        ])
        const applied = (yield* (yield* Simulator.Simulator).ledger).filter(({ endpoint }) => endpoint.startsWith("sms."))
        expect(applied.map(({ applied, endpoint }) => [endpoint, applied]).toSorted()).toEqual([
          ["sms.remove", 1],
          ["sms.send", 1],
          ["sms.send", 1],
          ["sms.send", 1],
          ["sms.update", 1]
        ])
      })
    )
  )

  it.effect("what waits is deleted: gone from lists, and marked in exports", () =>
    within(
      Effect.gen(function* () {
        const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
        const { id } = yield* Sms.send({ patientId, body: { message: "Soon", receiver: patientId, scheduledAt: later } })
        const gone = yield* wire("DELETE", `/patients/${patientId}/sms/${id}`)
        expect([gone.status, gone.text]).toEqual([200, ""])
        const refused = yield* wire("GET", `/patients/${patientId}/sms/${id}`)
        expect([...refusal(refused), refused.json[0].details]).toEqual([404, "SMS_NOT_FOUND", { id }])
        // recorded: an empty list counts nothing, and is the last page
        const empty = yield* wire("GET", `/patients/${patientId}/sms`)
        expect(empty.json).toMatchObject({ content: [], totalElements: 0, totalPages: 0, last: true, empty: true })
        const last = (yield* exported("SMS")).at(-1)
        expect(last).toMatchObject({ id, unrecognized: false, status: "SCHEDULED" })
        expect(last.deletedAt).toBe(last.updatedAt)
      })
    )
  )

  it.effect("an unrecognized message becomes that of the patient it is assigned to", () =>
    within(
      Effect.gen(function* () {
        const unknown = yield* collect(UnrecognizedSms.listStream({ size: 2 }))
        expect(unknown.length).toBeGreaterThan(2)
        for (const one of unknown) expect(one).toMatchObject({ direction: "IN", status: "UNRECOGNISED", sender: null, senderName: null })
        const [first, second] = unknown
        expect(yield* UnrecognizedSms.get({ smsId: first!.id })).toEqual(first)

        // neither the first patient nor a new one has the place that the message came with
        const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
        const assigned = yield* UnrecognizedSms.update({ smsId: first!.id, body: { sender: patientId } })
        expect(assigned).toMatchObject({ status: "RECEIVED", sender: patientId, senderName: "Ada Example", from: first!.from })
        expect((yield* wire("GET", `/unrecognized-patients/sms/${first!.id}`)).status).toBe(404)
        expect(yield* collect(Sms.listStream({ patientId }))).toEqual([assigned])
        expect(yield* Sms.get({ patientId, smsId: first!.id })).toEqual(assigned)

        yield* UnrecognizedSms.remove({ smsId: second!.id })
        expect((yield* UnrecognizedSms.list()).content.length).toBe(Math.min(20, unknown.length - 2))
        const nobody = { body: { sender: second!.id } }
        expect((yield* wire("PUT", `/unrecognized-patients/sms/${unknown[2]!.id}`, nobody)).status).toBe(400)
      }),
      { patients: 60 }
    )
  )

  it.effect("every message of every patient is in the export, filtered and sorted in the lists", () =>
    within(
      Effect.gen(function* () {
        const patients = yield* collect(Patients.listStream())
        const messages = (yield* Effect.forEach(patients, ({ id }) => collect(Sms.listStream({ patientId: id })))).flat()
        const unknown = yield* collect(UnrecognizedSms.listStream())
        const all = yield* collect(Exports.smsStream({ pageSize: 7 }))
        const ids = [...messages, ...unknown].map(({ id }) => id)
        expect(new Set(all.map(({ id }) => String(id)))).toEqual(new Set(ids.map(String)))
        expect(all.length).toBe(ids.length)

        const patientId = messages.find(({ direction }) => direction === "OUT")!.receiver!
        const of = (query: Record<string, string>) => wire("GET", `/patients/${patientId}/sms`, { query })
        const everything = (yield* of({ sort: "id,desc" })).json.content
        expect(everything.map(({ id }: any) => id)).toEqual(
          everything
            .map(({ id }: any) => id)
            .sort()
            .reverse()
        )
        const out = (yield* of({ direction: "OUT" })).json.content
        expect(out.length).toBeGreaterThan(0)
        for (const one of out) expect(one.direction).toBe("OUT")
        expect((yield* of({ phone: out[0].from })).json.content.map(({ id }: any) => id)).toContain(out[0].id)
        expect((yield* of({ starred: "perhaps" })).status).toBe(400)
        expect((yield* of({ email: "a@b.example" })).status).toBe(400)
        expect((yield* of({ sort: "createdAt" })).status).toBe(400)
      }),
      { patients: 20 }
    )
  )
})
