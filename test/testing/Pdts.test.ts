import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Exports, Pdts } from "../../src/v8/index.js"
import { collect, exported, wire, within } from "./resources.js"

const guardian = { "pdtf-first-name": "Rosa", "pdtf-email": "rosa@mail.example", "pdtf-phone": "+12025550142" }

describe("profile records", () => {
  it.effect("a record is created, read back, changed, listed, exported, and stays with a mark once deleted", () =>
    within(
      Effect.gen(function* () {
        const raw = yield* wire("POST", "/pdts/pdt-guardian", { body: { ...guardian, external_id: "crm/1" } })
        expect(raw.status).toBe(201)
        expect(raw.json).toMatchObject({
          deleted: false,
          pdtName: "pdt-guardian",
          fullValue: "Rosa rosa@mail.example +12025550142",
          jsonBody: { ...guardian, id: raw.json.id, external_id: "crm/1", "pdtf-last-name": null, source_type: null, source_id: null }
        })
        expect(raw.json.jsonBody.created_by_name).toMatch(/^API_CLIENT:/)

        const [pdtName, recordId] = ["pdt-guardian", raw.json.id]
        const updated = yield* Pdts.update({ pdtName, recordId, body: { "pdtf-last-name": "Field", "pdtf-phone": null } })
        expect(updated.fullValue).toBe("Rosa Field rosa@mail.example")
        expect(yield* Pdts.get({ pdtName, recordId })).toEqual(updated)

        const listed = yield* collect(Pdts.listStream({ pdtName, size: 2 }))
        expect(listed.at(-1)).toEqual(updated)
        expect(listed.length).toBeGreaterThan(3)
        expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)

        const all = yield* collect(Exports.pdtRecordsStream({ pageSize: 3 }))
        expect(all.map(({ id }) => id)).toContain(recordId)
        const types = new Set((yield* exported("PDT_RECORD", 3)).map(({ pdtName: name }) => name))
        expect(types).toEqual(new Set(["pdt-guardian", "pdt-clinic"]))

        const gone = yield* wire("DELETE", `/pdts/pdt-guardian/${recordId}`)
        expect([gone.status, gone.text]).toEqual([200, ""])
        expect((yield* Pdts.get({ pdtName, recordId })).deleted).toBe(true)
        expect((yield* wire("PATCH", `/pdts/pdt-guardian/${recordId}`, { body: {} })).status).toBe(404)
        expect((yield* exported("PDT_RECORD")).at(-1)).toMatchObject({ id: recordId, deleted: true })
      })
    )
  )

  it.effect("a page of the list stands one level down, with the latest change beside it", () =>
    within(
      Effect.gen(function* () {
        const { json, status } = yield* wire("GET", "/pdts/pdt-guardian", { query: { page: "1", size: "2" } })
        expect([status, Object.keys(json)]).toEqual([200, ["pdtName", "lastUpdatedAt", "records"]])
        expect(json.records.metaInfo).toMatchObject({ page: 1, pageSize: 2, numberOfElements: 2, firstPage: false })
        const whole = (yield* wire("GET", "/pdts/pdt-guardian", { query: { size: "100" } })).json.records.data
        expect(json.records.data).toEqual(whole.slice(2, 4))
        expect(json.lastUpdatedAt).toBe(
          whole
            .map((record: any) => record.updatedAt)
            .sort()
            .at(-1)
        )
      })
    )
  )

  it.effect("unknown types, fields and values are refused", () =>
    within(
      Effect.gen(function* () {
        expect((yield* wire("GET", "/pdts/pdt-nothing")).status).toBe(404)
        expect((yield* wire("POST", "/pdts/pdt-clinic", { body: { "pdtf-nothing": 1 } })).status).toBe(400)
        expect((yield* wire("POST", "/pdts/pdt-clinic", { body: { "pdtf-beds": 1.5 } })).status).toBe(400)
        expect((yield* wire("GET", "/pdts/pdt-clinic", { query: { sort: "id" } })).status).toBe(400)
        const { json } = yield* wire("POST", "/pdts/pdt-clinic", { body: { "pdtf-beds": "12", id: "mine" } })
        expect(json.jsonBody["pdtf-beds"]).toBe(12)
        expect((yield* wire("GET", `/pdts/pdt-guardian/${json.id}`)).status).toBe(404)
        expect((yield* wire("GET", `/pdts/pdt-clinic/${json.id}`)).json).toEqual(json)
      })
    )
  )
})
