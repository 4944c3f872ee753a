import * as HttpClient from "@effect/platform/HttpClient"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/TestClock"
import { Simulator } from "../../src/testing/index.js"
import { ask, exchange, send } from "./doors.js"
import { wire } from "./resources.js"

const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

const within = <A, E>(effect: Effect.Effect<A, E, Simulator.Simulator | HttpClient.HttpClient>, options?: Simulator.Options) =>
  Effect.provide(effect, Simulator.layer(options))

/** Asks with a token that is there already. */
const asking = Effect.map(exchange, ({ json }) => {
  const token = json.token as string
  return (method: Parameters<typeof ask>[0], path: string, options: Parameters<typeof ask>[2] = {}) =>
    ask(method, path, { token, ...options })
})

describe("a patient's life", () => {
  it.effect("what is created is read back, listed, changed and deleted", () =>
    within(
      Effect.gen(function* () {
        const call = yield* asking
        const body = { firstName: "Ada", lastName: "Example", phone: "+12025550142", externalId: "crm/1~a", "ppf-insurer": "none" }
        const created = yield* call("POST", "/patients", { body })
        expect(created.status).toBe(201)
        expect(created.json).toMatchObject({ ...body, gender: "UNKNOWN", maritalStatus: "UKN", primaryLanguage: "ENGLISH", email: null })
        expect(created.json.createdByName).toMatch(/^API_CLIENT:/)

        const path = `/patients/${created.json.id}`
        expect((yield* call("GET", path)).json).toEqual(created.json)
        expect((yield* call("GET", `/patients/${encodeURIComponent("crm/1~a")}`, { query: { type: "EID" } })).json).toEqual(created.json)

        const updated = yield* call("PATCH", path, { body: { firstName: "Adele", "ppf-insurer": "some", id: created.json.id } })
        expect(updated.status).toBe(200)
        expect(updated.json).toEqual({ ...created.json, firstName: "Adele", "ppf-insurer": "some", updatedAt: updated.json.updatedAt })
        expect(updated.json.updatedAt > created.json.updatedAt).toBe(true)

        const list = yield* call("GET", "/patients", { query: { size: "1000" } })
        expect(list.json.totalElements).toBe(13)
        expect(list.json.content.at(-1)).toEqual(updated.json)

        expect((yield* call("DELETE", path)).status).toBe(204)
        const gone = yield* call("GET", path)
        expect(gone.status).toBe(404)
        expect(gone.json).toEqual([
          {
            errorCode: "PATIENT_NOT_FOUND",
            componentType: "PATIENT",
            message: expect.any(String),
            details: {},
            date: expect.stringMatching(instantShape)
          }
        ])
        expect((yield* call("GET", "/patients")).json.totalElements).toBe(12)
      }),
      { patients: 12, allow: ["patients.remove"] }
    )
  )

  it.effect("an API client cannot delete a patient unless it is allowed to", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const { apiClient, instance, tenant } = simulator.credentials
        const refused = yield* ask("DELETE", `/patients/${simulator.patientId(3)}`)
        expect(refused.status).toBe(403)
        expect(refused.json).toEqual([
          {
            errorCode: "ACCESS_FOR_API_CLIENT_RESTRICTED",
            componentType: "AUTH",
            message: expect.any(String),
            details: {
              clientId: expect.any(String),
              clientName: apiClient,
              clientType: "API_CLIENT",
              organizationName: tenant,
              requestURI: `/${tenant}/${instance}/patients/${simulator.patientId(3)}`
            }
          }
        ])
        yield* simulator.allow("patients.remove")
        expect((yield* ask("DELETE", `/patients/${simulator.patientId(3)}`)).status).toBe(204)
        yield* simulator.deny("patients.get")
        expect((yield* ask("GET", `/patients/${simulator.patientId(4)}`)).status).toBe(403)
      })
    )
  )

  it.effect("bad bodies are refused, and nothing is written", () =>
    within(
      Effect.gen(function* () {
        const call = yield* asking
        for (const body of [
          { firstName: "Ada" },
          { firstName: "Ada", lastName: 7 },
          { firstName: "Ada", lastName: "Example", phone: "(202) 555-0142" },
          { firstName: "Ada", lastName: "Example", birthDate: "1980-02-30T00:00:00.000Z" },
          { firstName: "Ada", lastName: "Example", patientTerritories: [{ name: "region-nowhere", territories: [] }] },
          { firstName: "Ada", lastName: "Example", careTeam: [{ id: "nobody" }] },
          []
        ]) {
          const told = yield* call("POST", "/patients", { body })
          expect([told.status, told.json[0].errorCode]).toEqual([400, "BAD_REQUEST"])
        }
        expect((yield* call("GET", "/patients")).json.totalElements).toBe(100)
        expect(yield* (yield* Simulator.Simulator).ledger).toEqual([])
      })
    )
  )

  it.effect("a patient's region is the first of its territories'", () =>
    within(
      Effect.gen(function* () {
        const patientTerritories = [
          { name: "region-coast", territories: ["coast"] },
          { name: "region-north", territories: [] }
        ]
        const { json } = yield* ask("POST", "/patients", { body: { firstName: "Ada", lastName: "Example", patientTerritories } })
        expect(json).toMatchObject({
          patientTerritories,
          patientRegion: "region-coast",
          patientRegionTitle: "Coast & islands",
          patientTerritory: "coast"
        })
      })
    )
  )

  it.effect("a care team is told three times over, and somebody is its point of contact", () =>
    within(
      Effect.gen(function* () {
        const call = yield* asking
        const [one, other] = (yield* call("GET", "/patients", { query: { size: "100" } })).json.content
          .flatMap((patient: any) => patient.careTeamMembers)
          .map((member: any) => member.id)
          .filter((id: string, at: number, all: ReadonlyArray<string>) => all.indexOf(id) === at)
        const body = { firstName: "Ada", lastName: "Example", careTeam: [{ id: one }, { id: other }] }
        const { json } = yield* call("POST", "/patients", { body })
        const members = [
          { id: one, pointOfContact: true },
          { id: other, pointOfContact: false }
        ]
        expect(json.careTeamMembers).toEqual(members)
        expect(json.careTeam).toMatchObject(members)
        expect(json.careTeam[0].email).toMatch(/@staff\.example$/)
        expect(json.pointOfContact).toEqual(members[0])
      })
    )
  )

  it.effect("a user who came later can join a care team, one who left cannot", () =>
    within(
      Effect.gen(function* () {
        const { allow, patientId } = yield* Simulator.Simulator
        yield* allow("users.remove")
        const names = { username: "new.one", email: "new.one@staff.example", firstName: "New", lastName: "One" }
        const user = (yield* wire("POST", "/admin/users", { body: names })).json
        const path = `/patients/${patientId(1)}`
        const joined = (yield* ask("PATCH", path, { body: { careTeam: [{ id: user.id }] } })).json
        expect(joined.careTeam).toEqual([{ id: user.id, ...names, roles: [], enabled: false, pointOfContact: true }])
        expect((yield* wire("DELETE", `/admin/users/${user.id}`, { query: { type: "ID" } })).status).toBe(200)
        expect((yield* ask("PATCH", path, { body: { careTeam: [{ id: user.id }] } })).status).toBe(400)
      })
    )
  )
})

describe("lists", () => {
  it.effect("a page comes in the service's envelope", () =>
    within(
      Effect.gen(function* () {
        const { json } = yield* ask("GET", "/patients", { query: { page: "2", size: "10" } })
        const { content, ...envelope } = json
        expect(content).toHaveLength(3)
        const sort = { sorted: false, unsorted: true, empty: true }
        expect(envelope).toEqual({
          pageable: { sort, pageNumber: 2, pageSize: 10, offset: 20, paged: true, unpaged: false },
          last: true,
          totalElements: 23,
          totalPages: 3,
          sort,
          first: false,
          number: 2,
          numberOfElements: 3,
          size: 10,
          empty: false
        })
        const beyond = yield* ask("GET", "/patients", { query: { page: "3", size: "10", sort: "id,asc" } })
        expect(beyond.json).toMatchObject({ content: [], last: true, first: false, empty: true, totalElements: 23, sort: { sorted: true } })
        expect((yield* ask("GET", "/patients")).json.size).toBe(20)
      }),
      { patients: 23 }
    )
  )

  it.effect.prop(
    "pages hold every patient once, whatever their size, after any deletes",
    { size: FastCheck.integer({ min: 1, max: 15 }), gone: FastCheck.uniqueArray(FastCheck.nat(29), { maxLength: 8 }) },
    ({ gone, size }) =>
      within(
        Effect.gen(function* () {
          const simulator = yield* Simulator.Simulator
          const call = yield* asking
          for (const index of gone) yield* call("DELETE", `/patients/${simulator.patientId(index)}`)
          const found: Array<string> = []
          for (let page = 0, last = false; !last; page++) {
            const { json } = yield* call("GET", "/patients", { query: { page: String(page), size: String(size) } })
            found.push(...json.content.map((patient: any) => patient.id))
            last = json.last
          }
          const kept = Array.from({ length: 30 }, (_, index) => index).filter((index) => !gone.includes(index))
          expect(found).toEqual(kept.map(simulator.patientId))
          const backwards = yield* call("GET", "/patients", { query: { sort: "createdAt,desc", size: "7", page: "1" } })
          expect(backwards.json.content.map((patient: any) => patient.id)).toEqual(found.toReversed().slice(7, 14))
        }),
        { patients: 30, allow: ["patients.remove"] }
      ),
    { fastCheck: { numRuns: 15 } }
  )

  it.effect("sorts by any field, nulls last, and filters as the service's query says", () =>
    within(
      Effect.gen(function* () {
        const call = yield* asking
        const all = (yield* call("GET", "/patients", { query: { size: "100" } })).json.content
        const cities = (yield* call("GET", "/patients", { query: { sort: "city,asc", size: "100" } })).json.content.map(
          (one: any) => one.city
        )
        const known = cities.filter((city: unknown) => city !== null)
        expect(known).toEqual(known.toSorted())
        expect(cities.slice(known.length).every((city: unknown) => city === null)).toBe(true)
        const none = yield* call("GET", "/patients", { query: { timezone: "", size: "100" } })
        expect(none.json.content).toEqual(all.filter((one: any) => one.timezone === null))
        const searched = yield* call("GET", "/patients", { query: { query: all[17].lastName.toUpperCase() } })
        expect(searched.json.content).toContainEqual(all[17])
        expect((yield* call("GET", "/patients", { query: { sort: "shoeSize,asc" } })).status).toBe(400)
        expect((yield* call("GET", "/patients", { query: { territories: "region-north" } })).status).toBe(501)
      })
    )
  )

  it.effect("the search answers an empty filter with everybody, and does not guess at any other", () =>
    within(
      Effect.gen(function* () {
        const all = yield* ask("POST", "/by-filter/patients", { body: {}, query: { size: "5" } })
        expect([all.status, all.json.totalElements, all.json.content.length]).toEqual([200, 100, 5])
        expect((yield* ask("POST", "/by-filter/patients", { body: { firstName: "Ada" } })).json[0].errorCode).toBe("NOT_SIMULATED")
      })
    )
  )

  it.effect("a million patients are there, sorted by creation, and refuse any other order", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const { json } = yield* ask("GET", "/patients", { query: { page: "9999", size: "100" } })
        expect([json.totalElements, json.last, json.content.length]).toEqual([1_000_000, true, 100])
        expect(json.content.at(-1).id).toBe(patientId(999_999))
        expect((yield* ask("GET", `/patients/${patientId(765_432)}`)).json.id).toBe(patientId(765_432))
        expect((yield* ask("GET", "/patients/MRN-765432", { query: { type: "MRN" } })).json.id).toBe(patientId(765_432))
        for (const [sort, place] of [
          ["id,desc", 999_999],
          ["createdAt,desc", 999_999],
          ["createdAt,asc", 0]
        ] as const) {
          expect((yield* ask("GET", "/patients", { query: { sort, size: "1" } })).json.content[0].id).toBe(patientId(place))
        }
        expect((yield* ask("GET", "/tasks")).status).toBe(501)
        for (const query of [{ sort: "lastName,asc" }, { query: "ada" }] as ReadonlyArray<Record<string, string>>) {
          expect((yield* ask("GET", "/patients", { query })).status).toBe(501)
        }
      }),
      { patients: 1_000_000 }
    )
  )

  it.effect("ten thousand patients are still sorted and filtered by anything, one more is not", () =>
    Effect.gen(function* () {
      const status = Effect.map(
        ask("GET", "/patients", { query: { sort: "lastName,asc", timezone: "UTC", size: "1" } }),
        (told) => told.status
      )
      expect(yield* within(status, { patients: 10_000 })).toBe(200)
      expect(yield* within(status, { patients: 10_001 })).toBe(501)
    })
  )
})

describe("custom data records", () => {
  it.effect("are created, read, filtered, projected, changed and deleted under their patient", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const call = yield* asking
        const path = `/patients/${patientId(0)}/cdts/cdt-vitals`
        const before = (yield* call("GET", path, { query: { size: "100" } })).json
        expect([before.name, before.data.content.length]).toEqual(["cdt-vitals", before.data.totalElements])

        const created = yield* call("POST", path, { body: { "cdtf-pulse": "71", cdtName: "cdt-vitals", external_id: "own/1" } })
        expect(created.status).toBe(201)
        expect(created.json).toMatchObject({ patientId: patientId(0), cdtName: "cdt-vitals", version: before.data.content[0].version })
        // a number sent as text comes back as one, and what was not sent as null
        expect(created.json.jsonBody).toMatchObject({ "cdtf-pulse": 71, "cdtf-weight": null, external_id: "own/1", source_type: null })
        expect(created.json.jsonBody.id).toBe(created.json.id)

        const one = `${path}/${created.json.id}`
        expect((yield* call("GET", one)).json).toEqual(created.json)
        expect((yield* call("GET", `${path}/${encodeURIComponent("own/1")}`, { query: { type: "EID" } })).json).toEqual(created.json)

        const changed = yield* call("PATCH", one, { body: { "cdtf-weight": 70.5 } })
        expect(changed.json.jsonBody).toMatchObject({ "cdtf-pulse": 71, "cdtf-weight": 70.5 })
        expect(changed.json.version).toBe(created.json.version)

        const found = yield* call("GET", path, { query: { filters: "cdtf-pulse=70,71", fields: "cdtf-weight", sort: "created_at,desc" } })
        expect(found.json.data.content[0]).toEqual({ ...changed.json, jsonBody: { "cdtf-weight": 70.5 } })

        const bulk = yield* call("PATCH", path, {
          query: { page: "0" },
          body: {
            rows: [
              { id: created.json.id, jsonBody: { "cdtf-pulse": 80 } },
              { id: "nothing", jsonBody: {} }
            ]
          }
        })
        expect(bulk.json.rows).toMatchObject([
          { id: created.json.id, jsonBody: { "cdtf-pulse": 80 }, result: { status: "OK", content: null } },
          { id: "nothing", result: { status: "ERROR", content: [{ errorCode: "DT_RECORD_NOT_FOUND" }] } }
        ])

        const removed = yield* call("DELETE", one)
        expect([removed.status, removed.text]).toEqual([200, ""])
        expect((yield* call("GET", one)).json).toMatchObject([{ errorCode: "DT_RECORD_NOT_FOUND", componentType: "CDT", details: {} }])
        expect((yield* call("GET", path, { query: { size: "100" } })).json).toEqual(before)
      })
    )
  )

  it.effect("are not found under another patient or type, and refuse values that their type does not take", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const call = yield* asking
        const { json } = yield* call("POST", `/patients/${patientId(0)}/cdts/cdt-vitals`, { body: {} })
        expect((yield* call("GET", `/patients/${patientId(1)}/cdts/cdt-vitals/${json.id}`)).status).toBe(404)
        expect((yield* call("GET", `/patients/${patientId(0)}/cdts/cdt-consent/${json.id}`)).status).toBe(404)
        expect((yield* call("GET", `/patients/${patientId(0)}/cdts/cdt-nothing`)).status).toBe(404)
        for (const body of [
          { "cdtf-pulse": "fast" },
          { "cdtf-pulse": 1.5 },
          { "cdtf-measured-at": "2024-02-30T00:00:00.000Z" },
          { "cdtf-unheard": 1 }
        ]) {
          expect((yield* call("POST", `/patients/${patientId(0)}/cdts/cdt-vitals`, { body })).status).toBe(400)
        }
      })
    )
  )

  it.effect("a test brings its own data types", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const told = yield* ask("POST", `/patients/${patientId(2)}/cdts/cdt-sleep`, { body: { "cdtf-hours": 7.5, "cdtf-dreams": ["sea"] } })
        expect(told.json.jsonBody).toMatchObject({ "cdtf-hours": 7.5, "cdtf-dreams": ["sea"] })
        expect((yield* ask("GET", `/patients/${patientId(2)}/cdts/cdt-vitals`)).status).toBe(404)
      }),
      {
        cdts: {
          "cdt-sleep": { "cdtf-hours": { type: "float" }, "cdtf-dreams": { type: "select", values: ["sea", "sky"], multiple: true } }
        }
      }
    )
  )
})

describe("exports", () => {
  const walk = Effect.fnUntraced(function* (resource: string, pageSize: number, start?: string) {
    const call = yield* asking
    const pages: Array<any> = []
    for (let from = start, more = true; more; ) {
      const query = { pageSize: String(pageSize), ...(from === undefined ? {} : { start: from }) }
      const { json } = yield* call("GET", `/export/${resource}`, { query })
      expect(json.cursor).toEqual({ start: from ?? null, end: json.cursor.end, hasNext: json.cursor.hasNext, pageSize })
      pages.push(json)
      more = json.cursor.hasNext
      from = json.cursor.end
    }
    return pages
  })

  const changedAt = (record: any): string => record.updatedAt ?? record.jsonBody.updated_at

  it.effect.prop(
    "hold every record once, in the order of last change, whatever was written before",
    {
      pageSize: FastCheck.integer({ min: 1, max: 40 }),
      writes: FastCheck.array(FastCheck.tuple(FastCheck.constantFrom("update", "delete", "create"), FastCheck.nat(29)), { maxLength: 10 })
    },
    ({ pageSize, writes }) =>
      within(
        Effect.gen(function* () {
          const { patientId } = yield* Simulator.Simulator
          const call = yield* asking
          for (const [verb, index] of writes) {
            if (verb === "create") yield* call("POST", "/patients", { body: { firstName: "Ada", lastName: "Example" } })
            else if (verb === "delete") yield* call("DELETE", `/patients/${patientId(index)}`)
            else yield* call("PATCH", `/patients/${patientId(index)}`, { body: { city: "Sampleton" } })
          }
          const patients = (yield* walk("PATIENT", pageSize)).flatMap((page) => page.data)
          const listed = (yield* call("GET", "/patients", { query: { size: "100" } })).json.content
          expect(patients.map((one) => one.id).toSorted()).toEqual(listed.map((one: any) => one.id).toSorted())
          expect(patients.map(changedAt)).toEqual(patients.map(changedAt).toSorted())
          expect(patients).toEqual(expect.arrayContaining(listed))
        }),
        { patients: 30, allow: ["patients.remove"] }
      ),
    { fastCheck: { numRuns: 20 } }
  )

  it.effect("custom data records are those that the patients' lists hold, and go with their patient", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const call = yield* asking
        const listed: Array<any> = []
        for (let index = 0; index < 20; index++) {
          for (const name of ["cdt-vitals", "cdt-consent", "cdt-wellbeing"]) {
            const { json } = yield* call("GET", `/patients/${patientId(index)}/cdts/${name}`)
            listed.push(...json.data.content)
          }
        }
        expect(listed.length).toBeGreaterThan(20)
        const byId = (one: any, other: any) => (one.id < other.id ? -1 : 1)
        const exported = (yield* walk("CDT_RECORD", 7)).flatMap((page) => page.data)
        expect(exported.toSorted(byId)).toEqual(listed.toSorted(byId))
        const owner = exported[0].patientId
        yield* call("DELETE", `/patients/${owner}`)
        const left = (yield* walk("CDT_RECORD", 7)).flatMap((page) => page.data)
        expect(left).toEqual(exported.filter((record) => record.patientId !== owner))
      }),
      { patients: 20, allow: ["patients.remove"] }
    )
  )

  it.effect("begin at a moment, and an update after it brings a record back", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const call = yield* asking
        const all = (yield* walk("PATIENT", 10)).flatMap((page) => page.data)
        const since = (yield* walk("PATIENT", 10, changedAt(all[12]))).flatMap((page) => page.data)
        expect(since).toEqual(all.slice(12))
        const end = changedAt(all.at(-1))
        const updated = yield* call("PATCH", `/patients/${patientId(0)}`, { body: { city: "Sampleton" } })
        const after = (yield* walk("PATIENT", 10, end)).flatMap((page) => page.data)
        expect(after).toEqual([all.at(-1), updated.json])
        const nothing = yield* call("GET", "/export/PATIENT", { query: { start: "2099-01-01T00:00:00.000Z" } })
        expect(nothing.json).toMatchObject({ data: [], cursor: { end: null, hasNext: false } })
        expect((yield* call("GET", "/export/PATIENT", { query: { start: "yesterday" } })).status).toBe(400)
      }),
      { patients: 25 }
    )
  )

  it.effect.prop(
    "records that share an instant come twice at the edge of a page, and none is lost",
    { pageSize: FastCheck.integer({ min: 1, max: 12 }), sharedInstants: FastCheck.integer({ min: 2, max: 9 }) },
    ({ pageSize, sharedInstants }) =>
      within(
        Effect.gen(function* () {
          const pages = yield* walk("PATIENT", pageSize)
          const all = pages.flatMap((page) => page.data.map((one: any) => one.id))
          expect(new Set(all).size).toBe(40)
          if (pages.length > 1) expect(all.length).toBeGreaterThan(40)
          const ends = pages.filter((page) => page.cursor.hasNext).map((page) => page.cursor.end)
          expect(new Set(ends).size).toBe(ends.length)
        }),
        { patients: 40, sharedInstants }
      ),
    { fastCheck: { numRuns: 20 } }
  )

  it.effect("a kind without a right is refused, one that is not simulated says so", () =>
    within(
      Effect.gen(function* () {
        expect((yield* ask("GET", "/export/PATIENT")).status).toBe(403)
        const unknown = yield* ask("GET", "/export/CARE_PLAN")
        expect(unknown.status).toBe(501)
        expect(unknown.json).toMatchObject([{ errorCode: "NOT_SIMULATED", details: { endpoint: "exports.byResource" } }])
      }),
      { deny: ["exports.patients"] }
    )
  )
})

describe("tokens", () => {
  it.effect("look like the service's: a JWT that lives for an hour, alone in its reply", () =>
    within(
      Effect.gen(function* () {
        yield* TestClock.setTime(Date.UTC(2030, 0, 2, 3, 4, 5, 678))
        const told = yield* exchange
        expect([told.status, Object.keys(told.json), told.headers["cache-control"]]).toEqual([200, ["token"], "no-store"])
        const claims = JSON.parse(Buffer.from(told.json.token.split(".")[1], "base64url").toString())
        expect(claims.exp - claims.iat).toBe(3600)
        expect(claims.iat).toBe(Date.UTC(2030, 0, 2, 3, 4, 5) / 1000)
        expect(told.headers.date).toBe("Wed, 02 Jan 2030 03:04:05 GMT")
      })
    )
  )

  it.effect("expire after an hour and not before", () =>
    within(
      Effect.gen(function* () {
        const { token } = (yield* exchange).json
        yield* TestClock.adjust(3_599_999)
        expect((yield* ask("GET", "/patients", { token })).status).toBe(200)
        yield* TestClock.adjust(1)
        const expired = yield* ask("GET", "/patients", { token })
        expect(expired.status).toBe(401)
        expect(expired.json).toEqual([
          { errorCode: "TOKEN_EXPIRED", componentType: "AUTH", message: expect.any(String), details: {}, date: "1970-01-01T01:00:00.000Z" }
        ])
      })
    )
  )

  it.effect("that are missing, made up or changed are no JWT of this platform", () =>
    within(
      Effect.gen(function* () {
        const { token } = (yield* exchange).json
        const [head, claims, signature] = token.split(".")
        const longer = JSON.parse(Buffer.from(claims, "base64url").toString())
        const forged = Buffer.from(JSON.stringify({ ...longer, exp: longer.exp + 9_999 })).toString("base64url")
        for (const bad of [null, "", "made-up", `${head}.${forged}.${signature}`, `${token}x`]) {
          const told = yield* ask("GET", "/patients", { token: bad })
          expect([told.status, told.json[0].errorCode]).toEqual([401, "NOT_VALID_JSON_WEB_TOKEN"])
        }
      })
    )
  )

  it.effect("are not given for a wrong secret or to an unknown client", () =>
    within(
      Effect.gen(function* () {
        const { apiClient, tenant } = (yield* Simulator.Simulator).credentials
        expect((yield* send("POST", `/${tenant}/admin/api_clients/${apiClient}`, { body: { secret: "wrong" } })).status).toBe(401)
        expect((yield* send("POST", `/${tenant}/admin/api_clients/NOBODY`, { body: { secret: "wrong" } })).status).toBe(401)
        expect((yield* send("POST", `/other/admin/api_clients/${apiClient}`, { body: { secret: "wrong" } })).status).toBe(400)
      })
    )
  )

  it.effect("a hundred in five minutes are given, the next asks in vain for five minutes", () =>
    within(
      Effect.gen(function* () {
        for (let n = 0; n < 100; n++) {
          expect((yield* exchange).status).toBe(200)
          yield* TestClock.adjust(1000)
        }
        const blocked = yield* exchange
        expect([blocked.status, blocked.headers["retry-after"]]).toEqual([429, "300"])
        yield* TestClock.adjust(299_999)
        expect((yield* exchange).status).toBe(429)
        yield* TestClock.adjust(1)
        expect((yield* exchange).status).toBe(200)
      })
    )
  )

  it.effect("a hundred and one spread over more than five minutes block nobody", () =>
    within(
      Effect.gen(function* () {
        for (let n = 0; n < 101; n++) {
          expect((yield* exchange).status).toBe(200)
          yield* TestClock.adjust(3_001)
        }
      })
    )
  )

  it.effect("that were revoked are refused as expired, new ones work", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const { token } = (yield* exchange).json
        yield* simulator.revokeTokens
        expect((yield* ask("GET", "/patients", { token })).json[0].errorCode).toBe("TOKEN_EXPIRED")
        expect((yield* ask("GET", "/patients")).status).toBe(200)
      })
    )
  )

  it.effect("a service whose clock is wrong says so in its date and its tokens, and still honours them", () =>
    within(
      Effect.gen(function* () {
        const told = yield* exchange
        expect(told.headers.date).toBe("Thu, 01 Jan 1970 02:00:00 GMT")
        yield* TestClock.adjust(3_599_000)
        expect((yield* ask("GET", "/patients", { token: told.json.token })).status).toBe(200)
      }),
      { clockSkewMillis: 7_200_000 }
    )
  )
})

describe("loud on everything that is not simulated", () => {
  it.effect("an unknown query parameter is a 400 that names it", () =>
    within(
      Effect.gen(function* () {
        const told = yield* ask("GET", "/patients", { query: { pageSize: "10" } })
        expect(told.status).toBe(400)
        expect(told.json).toMatchObject([
          { errorCode: "UNKNOWN_QUERY_PARAMETER", componentType: "SIMULATOR", details: { parameter: "pageSize" } }
        ])
        for (const query of [{ page: "-1" }, { size: "0" }, { page: "one" }, { sort: "firstName,up" }]) {
          expect((yield* ask("GET", "/patients", { query: query as Record<string, string> })).status).toBe(400)
        }
        expect((yield* ask("GET", "/patients/MRN-0", { query: { type: "SSN" } })).status).toBe(400)
      })
    )
  )

  it.effect("a route without a model is a 501 that names it and says why; a path that is no route a bare 404", () =>
    within(
      Effect.gen(function* () {
        const told = yield* ask("GET", "/export/CARE_PLAN")
        expect(told.status).toBe(501)
        expect(told.json).toMatchObject([
          {
            errorCode: "NOT_SIMULATED",
            message: "Other exports are announced, but neither their names nor what they hold are known.",
            details: { endpoint: "exports.byResource", method: "GET", path: "/{tenant}/{instance}/export/{resource}" }
          }
        ])
        const unknown = yield* ask("GET", "/patiens")
        expect([unknown.status, unknown.text, unknown.headers["content-type"], unknown.headers["content-length"]]).toEqual([
          404,
          "",
          undefined,
          "0"
        ])
        expect((yield* ask("PUT", "/patients")).status).toBe(404)
      })
    )
  )

  it.effect("another host does not exist", () =>
    within(
      Effect.gen(function* () {
        const client = yield* HttpClient.HttpClient
        const failure = yield* Effect.flip(client.get("https://other.example/simulated/demo/patients"))
        expect(failure).toMatchObject({ _tag: "RequestError", reason: "Transport", cause: { code: "ENOTFOUND" } })
      })
    )
  )

  it.effect("options and faults that make no sense fail by type and name the place, not the value", () =>
    Effect.gen(function* () {
      const bad: ReadonlyArray<readonly [unknown, string]> = [
        [{ seed: -1 }, "seed"],
        [{ seed: 1.5 }, "seed"],
        [{ patients: 1_000_001 }, "patients"],
        [{ patient: 3 }, "patient"],
        [{ tenant: ".." }, "tenant"],
        [{ instance: "a/b" }, "instance"],
        [{ apiClient: "" }, "apiClient"],
        [{ latency: { millis: Number.POSITIVE_INFINITY } }, "latency.millis"],
        [{ latency: { millis: 1, upToMillis: -1 } }, "latency.upToMillis"],
        [{ requestsPerSecond: 0 }, "requestsPerSecond"],
        [{ tokenLifetimeSeconds: 1.5 }, "tokenLifetimeSeconds"],
        [{ clockSkewMillis: "1 hour" }, "clockSkewMillis"],
        [{ sharedInstants: 0 }, "sharedInstants"],
        [{ deny: ["patients"] }, "deny.0"],
        [{ legacy: { order: "random" } }, "legacy.order"],
        [{ cdts: { "cdt/a": {} } }, "cdts"],
        [{ cdts: { "cdt-a": { f: { type: "select", values: [] } } } }, "cdts.*.*.values"],
        [{ secretKey: 12345 }, "secretKey"],
        [{ allow: ["patients.delete"] }, "allow.0"],
        [{ cdts: { "cdt-a": { f: { type: "colour" } } } }, "cdts.*.*.type"],
        [{ faults: [{ do: { _tag: "Explode" } }] }, "faults.0.do"],
        [{ faults: [{ match: { endpoint: "patient.list" }, do: { _tag: "Reset" } }] }, "faults.0.match.endpoint"],
        [{ faults: [{ match: { times: 0 }, do: { _tag: "Reset" } }] }, "faults.0.match.times"],
        [{ faults: [{ match: { probability: 2 }, do: { _tag: "Reset" } }] }, "faults.0.match.probability"],
        [{ faults: [{ at: "afterEnd", do: { _tag: "Refuse" } }] }, "faults.0"],
        [{ faults: [{ match: { forMillis: -1 }, do: { _tag: "Reset" } }] }, "faults.0.match.forMillis"],
        [{ faults: [{ do: { _tag: "Tls", problem: "tooOld" } }] }, "faults.0.do"],
        [{ faults: [{ do: { _tag: "Status", status: 99 } }] }, "faults.0.do"],
        [{ faults: [{ do: { _tag: "Status", status: 302, headers: { location: "x\r\ny: z" } } }] }, "faults.0.do"]
      ]
      const told = new Set(bad.flatMap(([options]) => Object.keys(options as object)))
      expect(Object.keys(Simulator.Options.fields).filter((option) => !told.has(option))).toEqual([])
      for (const [options, place] of bad) {
        const failure = yield* Effect.flip(Effect.scoped(Layer.build(Simulator.layer(options as Simulator.Options))))
        expect(failure._tag).toBe("InvalidOptions")
        expect(
          failure.places.map(({ path }) => path).filter((path) => path.startsWith(place)),
          place
        ).not.toEqual([])
        expect(failure.message).not.toContain("12345")
      }
    })
  )
})

describe("what a test can see and do", () => {
  it.effect("the journal names routes and statuses, never a value", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const call = yield* asking
        yield* TestClock.adjust(5)
        yield* call("GET", `/patients/${simulator.patientId(1)}`)
        yield* call("POST", "/patients", { body: { firstName: "CANARY", lastName: "Example" } })
        yield* call("GET", "/nowhere/CANARY")
        const journal = yield* simulator.journal
        expect(journal).toEqual([
          { endpoint: "authentication.exchange", method: "POST", route: "/{tenant}/admin/api_clients/{apiClientName}", at: 0, status: 200 },
          { endpoint: "patients.get", method: "GET", route: "/{tenant}/{instance}/patients/{patientId}", at: 5, status: 200 },
          { endpoint: "patients.create", method: "POST", route: "/{tenant}/{instance}/patients", at: 5, status: 201 },
          { endpoint: undefined, method: "GET", route: undefined, at: 5, status: 404 }
        ])
        expect(JSON.stringify([journal, yield* simulator.ledger])).not.toContain("CANARY")
      })
    )
  )

  it.effect("the ledger counts how often each write was applied", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const call = yield* asking
        const body = { firstName: "Ada", lastName: "Example" }
        yield* call("POST", "/patients", { body })
        yield* call("POST", "/patients", { body })
        yield* call("PATCH", `/patients/${simulator.patientId(0)}`, { body: { city: "Sampleton" } })
        yield* call("PATCH", `/patients/${simulator.patientId(0)}`, { body: { city: 7 } })
        const ledger = yield* simulator.ledger
        expect(ledger.map(({ applied, endpoint }) => [endpoint, applied]).toSorted()).toEqual([
          ["patients.create", 2],
          ["patients.update", 1]
        ])
      })
    )
  )

  it.effect("a snapshot brings everything back; a fork goes its own way", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const call = yield* asking
        const body = { firstName: "Ada", lastName: "Example" }
        const snapshot = yield* simulator.snapshot
        const created = yield* call("POST", "/patients", { body })
        const fork = yield* simulator.fork
        const inFork = Effect.provideService(HttpClient.HttpClient, fork.httpClient)
        yield* call("PATCH", `/patients/${created.json.id}`, { body: { firstName: "Adele" } }).pipe(inFork)
        expect((yield* call("GET", `/patients/${created.json.id}`)).json.firstName).toBe("Ada")
        expect((yield* call("GET", `/patients/${created.json.id}`).pipe(inFork)).json.firstName).toBe("Adele")

        yield* simulator.restore(snapshot)
        expect((yield* call("GET", `/patients/${created.json.id}`)).status).toBe(404)
        expect((yield* simulator.journal).length).toBe(2)
        // the same state gives the same answer, ids and all
        expect((yield* call("POST", "/patients", { body })).json).toEqual(created.json)
      })
    )
  )

  it.effect("faults that struck nothing are told while it runs, and warned of when it ends", () =>
    Effect.gen(function* () {
      const warnings: Array<unknown> = []
      const logger = Logger.replace(
        Logger.defaultLogger,
        Logger.make(({ annotations, message }) => {
          warnings.push({ message, ...Object.fromEntries(annotations) })
        })
      )
      const scope = yield* Scope.make()
      const faults = [
        { match: { endpoint: "patients.list" }, do: { _tag: "Status", status: 503 } },
        { match: { endpoint: "cdts.list", patient: "CANARY" }, do: { _tag: "Reset" } }
      ] as const
      const simulator = yield* Simulator.make({ faults }).pipe(Scope.extend(scope), Effect.provide(logger))
      expect(yield* simulator.unusedFaults).toEqual(faults)
      yield* ask("GET", "/patients").pipe(
        Effect.provideService(Simulator.Simulator, simulator),
        Effect.provideService(HttpClient.HttpClient, simulator.httpClient)
      )
      expect(yield* simulator.unusedFaults).toEqual([faults[1]])
      yield* Scope.close(scope, Exit.void).pipe(Effect.provide(logger))
      expect(warnings).toEqual([{ message: ["A fault of the simulator struck no request"], action: "Reset", endpoint: "cdts.list" }])
    })
  )

  it.effect("requests above the rate are turned away until time has passed", () =>
    within(
      Effect.gen(function* () {
        yield* TestClock.adjust(10_000)
        const call = yield* asking
        const statuses = yield* Effect.replicateEffect(
          Effect.map(call("GET", "/patients"), ({ status }) => status),
          6
        )
        expect(statuses).toEqual([200, 200, 200, 200, 429, 429])
        yield* TestClock.adjust(400)
        expect((yield* call("GET", "/patients")).status).toBe(200)
        expect((yield* call("GET", "/patients")).status).toBe(200)
        expect((yield* call("GET", "/patients")).status).toBe(429)
        yield* (yield* Simulator.Simulator).limitRate(undefined)
        expect((yield* call("GET", "/patients")).status).toBe(200)
      }),
      { requestsPerSecond: 5 }
    )
  )

  it.effect("writes never go back in time, whatever the clock says", () =>
    within(
      Effect.gen(function* () {
        const call = yield* asking
        const { json } = yield* call("GET", "/export/PATIENT", { query: { pageSize: "1000" } })
        const created = yield* call("POST", "/patients", { body: { firstName: "Ada", lastName: "Example" } })
        expect(created.json.createdAt > json.cursor.end).toBe(true)
        yield* TestClock.setTime(Date.UTC(2040, 0, 1))
        const token = (yield* exchange).json.token
        const later = yield* call("POST", "/patients", { body: { firstName: "Ada", lastName: "Example" }, token })
        expect(later.json.createdAt).toBe("2040-01-01T00:00:00.000Z")
      })
    )
  )
})

describe("the seed", () => {
  const bytes = (options: Simulator.Options) =>
    within(
      Effect.gen(function* () {
        const call = yield* asking
        const told = [
          yield* call("GET", "/patients", { query: { size: "50" } }),
          yield* call("GET", "/export/CDT_RECORD", { query: { pageSize: "50" } }),
          yield* call("POST", "/patients", { body: { firstName: "Ada", lastName: "Example" } })
        ]
        return told.map(({ text }) => text)
      }),
      options
    )

  it.effect("the same one makes the same bytes at any time, another one makes others", () =>
    Effect.gen(function* () {
      const first = yield* bytes({ seed: 7 })
      yield* TestClock.setTime(3_600_000)
      expect(yield* bytes({ seed: 7 })).toEqual(first)
      const other = yield* bytes({ seed: 8 })
      for (const at of [0, 1, 2]) expect(other[at]).not.toBe(first[at])
      expect(yield* bytes({ seed: 2 ** 40 + 7 })).not.toEqual(first)
    })
  )

  it.effect("a larger population begins with the smaller one", () =>
    Effect.gen(function* () {
      const page = (patients: number) =>
        within(
          Effect.map(ask("GET", "/patients", { query: { size: "20" } }), ({ json }) => json.content),
          { patients }
        )
      expect(yield* page(100_000)).toEqual(yield* page(20))
    })
  )
})
