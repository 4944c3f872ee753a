import { describe, expect, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { ApplicationAccesses, Cdts, DataAudits, Patients, SecurityAudits, Users, WebhookAudits } from "../../src/v8/index.js"
import { collect, wire, within } from "./resources.js"

const sort = "sentAt,asc"

describe("audits", () => {
  it.effect("every write to a patient and its data leaves an entry", () =>
    within(
      Effect.gen(function* () {
        const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
        yield* Patients.update({ patientId, body: { city: "Sampleton" } })
        const cdtName = "cdt-vitals"
        const { id: recordId } = yield* Cdts.create({ patientId, cdtName, body: { "cdtf-pulse": 60 } })
        yield* Cdts.update({ patientId, cdtName, recordId, body: { "cdtf-pulse": 61 } })
        yield* Cdts.remove({ patientId, cdtName, recordId })
        const rows = yield* collect(DataAudits.listStream({ patientId, sort, size: 2 }))
        expect(rows.map(({ eventSubtype }) => eventSubtype)).toEqual([
          "PATIENT_CREATED",
          "PATIENT_UPDATED",
          "CDT_CREATED",
          "CDT_UPDATED",
          "CDT_DELETED"
        ])
        for (const row of rows) expect(row).toMatchObject({ patientFullName: "Ada Example", instance: "demo", subjectActor: "API_CLIENT" })
        const { json } = yield* wire("GET", "/admin/audit-data", { query: { patientId, operation: "DELETE" } })
        // recorded: of a deleted record only the ids are told
        expect(json.data[0].record).toEqual({ id: recordId, patientId, cdtName: null, cdtId: null, version: null, jsonBody: null })
        expect(json.data[0]).not.toHaveProperty("cdt")
        expect(json.metaInfo).toMatchObject({ totalElements: 1, totalPages: 1, firstPage: true, lastPage: true })
        const withFormation = yield* wire("GET", "/admin/audit-data", { query: { patientId, entity: "CDT", includeFormation: "true" } })
        for (const row of withFormation.json.data) expect(row.cdt.name).toBe(cdtName)
        const [one] = yield* collect(Users.listStream())
        const body = { patient: { id: patientId }, assignee: { id: one!.id }, name: "Call", status: "TODO", priority: "LOW" }
        const task = (yield* wire("POST", "/tasks", { body })).json
        const [entry] = (yield* wire("GET", "/admin/audit-data", { query: { patientId, entity: "TASK" } })).json.data
        expect(entry).toMatchObject({ eventSubtype: "TASK_CREATED", record: { id: task.id, name: "Call" } })
      })
    )
  )

  it.effect("what was there from the start has its entries, in no order until sorted", () =>
    within(
      Effect.gen(function* () {
        const rows = yield* collect(DataAudits.listStream({ sort }))
        const times = rows.map(({ sentAt }) => DateTime.toEpochMillis(sentAt))
        expect(times).toEqual(times.toSorted((one, other) => one - other))
        expect(rows.filter(({ eventSubtype }) => eventSubtype === "PATIENT_CREATED")).toHaveLength(12)
        expect(new Set(rows.map(({ subjectActor }) => subjectActor))).toEqual(new Set(["USER", "API_CLIENT"]))
        const unsorted = (yield* wire("GET", "/admin/audit-data", { query: { size: "500" } })).json.data
        expect(unsorted).toHaveLength(rows.length)
        expect(unsorted.map(({ sentAt }: any) => Date.parse(sentAt))).not.toEqual(times)
        const middle = times[Math.floor(times.length / 2)]!
        const dateStart = DateTime.unsafeMake(middle)
        expect(yield* collect(DataAudits.listStream({ sort, dateStart }))).toHaveLength(times.filter((at) => at >= middle).length)
        expect((yield* wire("GET", "/admin/audit-data", { query: { sort: "createdAt" } })).status).toBe(400)
        expect((yield* wire("GET", "/admin/audit-data", { query: { pageSize: "1" } })).status).toBe(400)
      })
    )
  )

  it.effect("a change of somebody's access is in the security log", () =>
    within(
      Effect.gen(function* () {
        const [one] = yield* collect(Users.listStream())
        const body = { adminAccessEnabled: true, auditSecurityAccessEnabled: false, instanceAccesses: [] }
        const access = yield* ApplicationAccesses.replace({ userId: one!.id, body })
        const rows = yield* collect(SecurityAudits.listStream({ sort, objectUsername: one!.username }))
        expect(rows.map(({ subjectActor }) => subjectActor)).toEqual(["USER", "API_CLIENT"])
        expect(rows[1]).toMatchObject({ objectUserId: one!.id, eventSubtype: "USER_ACCESS_UPDATED" })
        const { json } = yield* wire("GET", "/admin/audit-security", { query: { subjectActor: "API_CLIENT" } })
        expect(json.data[0].record).toMatchObject({ id: access.id, adminAccessEnabled: true })
        yield* Users.update({ username: one!.username, body: { firstName: "Zoë" } })
        expect(yield* collect(SecurityAudits.listStream({ objectUsername: one!.username }))).toHaveLength(2)
      })
    )
  )

  it.effect("attempts to deliver a webhook share the time of their event, and end with a delivery", () =>
    within(
      Effect.gen(function* () {
        const rows = yield* collect(WebhookAudits.listStream({ sort, size: 7 }))
        const failed = rows.filter(({ status }) => status === "FAILED")
        expect(failed.length).toBeGreaterThan(5)
        expect(failed.some(({ statusCode }) => statusCode === undefined)).toBe(true)
        for (const row of rows) {
          expect("statusCode" in row).toBe("response" in row)
          expect(row.record.name).toBe("wh-crm")
          expect("patientId" in row).toBe(row.eventEntity !== "USER_APP_ACCESS")
        }
        const events = new Set(rows.map(({ sentAt }) => DateTime.toEpochMillis(sentAt)))
        expect(events.size).toBe(40)
        for (const at of events) {
          const statuses = rows.filter(({ sentAt }) => DateTime.toEpochMillis(sentAt) === at).map(({ status }) => status)
          const delivered = statuses.filter((status) => status === "DELIVERED").length
          expect(delivered === 1 || (delivered === 0 && statuses.length === 3)).toBe(true)
        }
        const { json } = yield* wire("GET", "/admin/audit-webhook", { query: { status: "FAILED", size: "100" } })
        expect(json.data).toHaveLength(failed.length)
      }),
      { patients: 40 }
    )
  )
})
