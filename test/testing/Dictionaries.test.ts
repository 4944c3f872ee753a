import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Dictionaries } from "../../src/v8/index.js"
import { collect, wire, within } from "./resources.js"

const dictionaryName = "d-visit-reasons"
const entry = (code: string) => ({ values: { "df-code": code, "df-name": `Reason ${code}` } })
const codes = (records: ReadonlyArray<Dictionaries.DictionaryRecord>) => records.map(({ values }) => values?.["df-code"])

describe("dictionaries", () => {
  it.effect("an entry is created, read back, replaced, listed, and marked once deleted", () =>
    within(
      Effect.gen(function* () {
        const before = yield* Dictionaries.list({ dictionaryName })
        expect(codes(before.records)).toEqual(["first", "return", "other"])
        const raw = yield* wire("POST", `/dictionaries/${dictionaryName}`, { body: { records: [entry("a"), entry("b")] } })
        expect([raw.status, raw.json.dictionaryName, raw.json.records.length]).toEqual([201, dictionaryName, 2])
        expect(raw.json.records[0]).toMatchObject({ ...entry("a"), deleted: false, fullValue: "a Reason a" })
        expect(raw.json.lastUpdatedAt).toBe(raw.json.records[1].updatedAt)

        const recordId = raw.json.records[0].id
        const updated = yield* Dictionaries.update({ dictionaryName, recordId, body: entry("c") })
        expect(updated).toMatchObject({ id: recordId, ...entry("c"), fullValue: "c Reason c" })
        expect(yield* Dictionaries.get({ dictionaryName, recordId })).toEqual(updated)
        expect(codes(yield* collect(Dictionaries.listStream({ dictionaryName })))).toEqual(["first", "return", "other", "c", "b"])

        const since = { dictionaryName, dateStart: updated.updatedAt! }
        expect(codes((yield* Dictionaries.list(since)).records)).toEqual(["c"])
        expect(codes((yield* Dictionaries.list({ dictionaryName, dateEnd: updated.updatedAt! })).records)).not.toContain("c")

        const gone = yield* wire("DELETE", `/dictionaries/${dictionaryName}/${recordId}`)
        expect([gone.status, gone.json.id, gone.json.deleted]).toEqual([200, recordId, true])
        expect(codes((yield* Dictionaries.list({ dictionaryName })).records)).not.toContain("c")
        const all = yield* Dictionaries.list({ dictionaryName, showDeleted: true })
        expect(all.records.find(({ id }) => id === recordId)).toMatchObject({ deleted: true })
        expect((yield* wire("DELETE", `/dictionaries/${dictionaryName}/${recordId}`)).status).toBe(404)
      })
    )
  )

  it.effect("a replacement leaves nothing of what was there", () =>
    within(
      Effect.gen(function* () {
        const [one] = yield* collect(Dictionaries.listStream({ dictionaryName }))
        const raw = yield* wire("PUT", `/dictionaries/${dictionaryName}`, { body: { records: [entry("z")] } })
        expect(raw.status).toBe(201)
        expect((yield* wire("GET", `/dictionaries/${dictionaryName}`, { query: { showDeleted: "true" } })).json).toEqual(raw.json)
        expect((yield* wire("GET", `/dictionaries/${dictionaryName}/${one!.id}`)).status).toBe(404)
        // a list of entries of which one is bad changes nothing
        const bad = { records: [entry("y"), { values: { "df-code": "x" } }] }
        expect((yield* wire("PUT", `/dictionaries/${dictionaryName}`, { body: bad })).status).toBe(400)
        expect(codes((yield* Dictionaries.list({ dictionaryName })).records)).toEqual(["z"])
      })
    )
  )

  it.effect("code sets may be filled, time zones may not", () =>
    within(
      Effect.gen(function* () {
        const zones = yield* Dictionaries.list({ dictionaryName: "timezone" })
        expect(zones.records[0]!.values).toEqual({ timezone: "America/Chicago" })
        const body = { records: [{ values: { timezone: "Mars/Olympus" } }] }
        expect((yield* wire("POST", "/dictionaries/timezone", { body })).status).toBe(400)
        expect((yield* wire("POST", "/dictionaries/cpt", { body: { records: [{ values: { value: "A-100" } }] } })).status).toBe(201)
        expect((yield* wire("GET", "/dictionaries/nothing")).status).toBe(404)
        expect((yield* wire("GET", "/dictionaries/cpt", { query: { page: "0" } })).status).toBe(400)
        const [shown, all] = yield* Effect.all([
          Dictionaries.list({ dictionaryName: "icd-10" }),
          Dictionaries.list({ dictionaryName: "icd-10", showDeleted: true })
        ])
        expect([shown.records.length < all.records.length, all.records.length]).toEqual([true, 60])
      })
    )
  )
})
