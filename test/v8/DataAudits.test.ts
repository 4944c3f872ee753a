import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as DataAudits from "../../src/v8/DataAudits.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const deletion = {
  eventEntity: "CDT",
  eventSubtype: "CDT_DELETED",
  subjectActor: "API_CLIENT",
  subjectUsername: "ABCDEFGHIJKL",
  subjectUserId: "c-1",
  subjectFullName: "API_CLIENT:ABCDEFGHIJKL",
  patientFullName: "Sample Patient",
  patientId: "p-1",
  instance: "demo",
  cdtName: "cdt-wellbeing",
  cdtRelation: "COMMON",
  sentAt: "2030-01-02T03:04:05.006Z",
  record: { id: "r-1", patientId: "p-1", cdtName: null, cdtId: null, version: null, jsonBody: null }
}

const page = (data: ReadonlyArray<unknown>, page = 0, lastPage = true) => ({ body: { data, metaInfo: { page, lastPage } } })

describe("DataAudits", () => {
  it.effect("the log is read to its last page, bounds and order going with each one", () => {
    const client = answers(page([deletion], 0, false), page([{ ...deletion, record: { ...deletion.record, id: "r-2" } }], 1))
    return Effect.gen(function* () {
      const dateStart = DateTime.unsafeMake("2030-01-01T00:00:00Z")
      const ids = yield* DataAudits.listStream({
        dateStart,
        operation: "DELETE",
        includeFormation: false,
        sort: "sentAt,asc",
        size: 1
      }).pipe(
        Stream.mapEffect(({ record }) => Schema.decodeUnknown(DataAudits.AuditCdtRecord)(record)),
        Stream.map(({ id }) => String(id)),
        Stream.runCollect
      )
      assert.deepStrictEqual(Array.from(ids), ["r-1", "r-2"])
      const rest = "size=1&sort=sentAt%2Casc&dateStart=2030-01-01T00%3A00%3A00.000Z&operation=DELETE&includeFormation=false"
      assert.deepStrictEqual(client.sent(), [`GET /acme/admin/audit-data?page=0&${rest}`, `GET /acme/admin/audit-data?page=1&${rest}`])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("events of the system, about no patient, of an unknown kind and with fields of a later release are read", () => {
    const { cdtName: _1, cdtRelation: _2, patientFullName: _3, patientId: _4, subjectUserId: _5, subjectUsername: _6, ...bare } = deletion
    const event = {
      ...bare,
      eventEntity: "SUBSCRIPTION",
      eventSubtype: "",
      subjectActor: "SYSTEM",
      eventId: "14022087665421",
      traceId: "t-1"
    }
    const client = answers(page([event]))
    return Effect.gen(function* () {
      const { data } = yield* DataAudits.list()
      assert.deepStrictEqual(data, [{ ...event, sentAt: DateTime.unsafeMake(event.sentAt) }])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an event without a moment is refused by place", () => {
    const { sentAt: _, ...timeless } = deletion
    const client = answers(page([timeless]))
    return Effect.gen(function* () {
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(DataAudits.list())), ["DecodeError", "data.0.sentAt"])
    }).pipe(Effect.provide(client.layer))
  })
})
