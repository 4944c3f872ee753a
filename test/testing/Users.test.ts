import { describe, expect, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { ApplicationAccesses, UserPermissions, Users, UserTerritories } from "../../src/v8/index.js"
import { collect, refusal, wire, within } from "./resources.js"

describe("users", () => {
  it.effect("a user is created, found by name, id and mail, changed, replaced, listed and deleted", () =>
    within(
      Effect.gen(function* () {
        const body = { username: "ada@e", email: "ada@staff.example", firstName: "Ada", phone: "+12025550142" }
        const raw = yield* wire("POST", "/admin/users", { body })
        expect(raw.status).toBe(201)
        expect(raw.json).toMatchObject({
          ...body,
          userState: "PROVISIONED",
          enabled: false,
          roles: [],
          policies: [],
          seats: [],
          territories: []
        })
        // unset texts are left out, not null
        expect(raw.json).not.toHaveProperty("lastName")
        expect(raw.json.statusType).toBe(null)

        const created = yield* Users.get({ userRef: "ada@e" })
        expect(yield* Users.getById(created.id)).toEqual(created)
        expect(yield* Users.getByEmail("ada@staff.example")).toEqual(created)

        const updated = yield* Users.update({ username: "ada@e", body: { firstName: "Adele", credentials: "RN" } })
        expect(updated).toMatchObject({ firstName: "Adele", credentials: "RN", phone: "+12025550142" })
        expect(DateTime.lessThan(created.updatedAt, updated.updatedAt)).toBe(true)

        const replaced = yield* Users.replace({ username: "ada@e", body: { username: "ada", email: "ada@staff.example", lastName: "X" } })
        expect(replaced).toMatchObject({ id: created.id, username: "ada", lastName: "X" })
        for (const cleared of ["firstName", "phone", "credentials"]) expect(replaced).not.toHaveProperty(cleared)

        const found = yield* collect(Users.listStream({ search: "ADA@" }))
        expect(found).toEqual([replaced])
        expect((yield* collect(Users.listStream())).map(({ id }) => id)).toContain(created.id)

        yield* Users.remove({ userRef: created.id, type: "ID" })
        expect(refusal(yield* wire("GET", "/admin/users/ada"))).toEqual([404, "USER_NOT_FOUND"])
      }),
      { patients: 1, allow: ["users.remove"] }
    )
  )

  it.effect("an API client cannot delete a user, and nobody is called me", () =>
    within(
      Effect.gen(function* () {
        const [one] = yield* collect(Users.listStream())
        const refused = yield* wire("DELETE", `/admin/users/${one!.id}`, { query: { type: "ID" } })
        expect(refusal(refused)).toEqual([403, "ACCESS_FOR_API_CLIENT_RESTRICTED"])
        expect(refused.json[0]).not.toHaveProperty("date")
        expect(refusal(yield* wire("GET", "/admin/users/me"))).toEqual([404, "USER_NOT_FOUND"])
        expect(yield* Users.getById(one!.id)).toEqual(one)
      })
    )
  )

  it.effect("a page of the list comes in the administration's envelope, filtered", () =>
    within(
      Effect.gen(function* () {
        const { json } = yield* wire("GET", "/admin/users", { query: { userState: "ACTIVE", size: "2", page: "1", sort: "username,desc" } })
        expect(json.metaInfo).toEqual({
          page: 1,
          pageSize: 2,
          totalElements: 5,
          numberOfElements: 2,
          totalPages: 3,
          firstPage: false,
          lastPage: false
        })
        expect(json.data.map((user: any) => user.username)).toEqual(["staff.2", "staff.1"])
        const region = json.data[0].territories[0].name
        const there = (yield* wire("GET", "/users", { query: { region, seatAssigned: "true" } })).json.data
        expect(there.length).toBeGreaterThan(0)
        for (const user of there) expect(user.territories[0]).toMatchObject({ name: region, instanceName: "demo" })
        expect((yield* wire("GET", "/admin/users", { query: { territories: "coast" } })).status).toBe(400)
        expect((yield* wire("GET", "/admin/users", { query: { includeDeleted: "true" } })).status).toBe(501)
        expect((yield* wire("GET", "/admin/users", { query: { pageSize: "5" } })).status).toBe(400)
      })
    )
  )

  it.effect("access, permissions and territories are replaced whole, and show in the user", () =>
    within(
      Effect.gen(function* () {
        const [one] = yield* collect(Users.listStream())
        const userId = one!.id
        const access = yield* ApplicationAccesses.replace({
          userId,
          body: {
            adminAccessEnabled: true,
            auditSecurityAccessEnabled: false,
            instanceAccesses: [{ instanceName: "demo", workshopAccessEnabled: false, auditDataAccessEnabled: true }]
          }
        })
        expect(access.instanceAccesses).toMatchObject([{ instanceName: "demo", auditDataAccessEnabled: true }])
        expect(yield* ApplicationAccesses.get({ userId })).toEqual(access)

        const role = { permissionName: "physician", instanceName: "demo", type: "SECURITY_ROLE" }
        const policy = {
          permissionName: "sp-read",
          instanceName: "demo",
          type: "SECURITY_POLICY",
          effectiveDate: "2030-01-02T00:00:00.000Z"
        }
        const written = yield* wire("PUT", `/admin/user-permissions/${userId}`, { body: { permissions: [policy, role] } })
        expect([written.status, written.json.permissions]).toEqual([200, [{ ...role, primaryRole: true }, policy]])
        expect((yield* wire("GET", `/admin/user-permissions/${userId}`)).json).toEqual(written.json)
        expect(yield* UserPermissions.get({ userId })).toMatchObject({ userId })

        const territories = [{ instanceName: "demo", name: "region-valley", territories: ["valley-west"] }]
        const granted = yield* UserTerritories.replace({ userId, body: { territories } })
        expect(granted.territories).toEqual(territories)
        const nowhere = [{ instanceName: "demo", name: "region-valley", territories: ["nowhere"] }]
        expect((yield* wire("PUT", `/admin/user-territories/${userId}`, { body: { territories: nowhere } })).status).toBe(400)

        const user = yield* Users.getById(userId)
        expect(user.applicationAccess).toEqual(access)
        expect(user.roles).toMatchObject([{ permissionName: "physician", primaryRole: true }])
        expect(user.territories).toMatchObject(territories)
      })
    )
  )
})
