import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Users from "../../src/v8/Users.js"
import { answers } from "../support/answers.js"

const at = "2030-01-02T03:04:05.006Z"

/** A user as encounters embed one: everything that can be left out is. */
const user = {
  id: "u-1",
  username: "sample.user",
  email: "sample.user@staff.example",
  enabled: false,
  userState: "PROVISIONED",
  mfaEnabled: false,
  ssoAccess: false,
  passwordAccess: true,
  statusType: null,
  terminologyName: "english",
  createdAt: at,
  updatedAt: at,
  customUserAttributes: {},
  allowedToReceiveCalls: false,
  _root_user: false,
  territories: [],
  roles: [],
  policies: [],
  seats: [],
  seatAssignAllowed: false
}

const userId = Users.UserId.make("u-1")

describe("Users", () => {
  it.effect("a user is asked for by name, id or address, each in one path segment below the tenant", () => {
    const client = answers({ body: user }, { body: user }, { body: user }, { status: 200 })
    return Effect.gen(function* () {
      yield* Users.get({ userRef: "Sample.User@staff.example" })
      yield* Users.getById(userId)
      yield* Users.getByEmail("sample.user@staff.example")
      yield* Users.remove({ userRef: userId, type: "ID" })
      assert.deepStrictEqual(client.sent(), [
        "GET /acme/admin/users/Sample.User%40staff.example",
        "GET /acme/admin/users/u-1?type=ID",
        "GET /acme/admin/users/sample.user%40staff.example?type=EMAIL",
        "DELETE /acme/admin/users/u-1?type=ID"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("what is unset stays absent, and what is set is read with its attributes and grants", () => {
    const role = { permissionName: "nurse", instanceName: "demo", type: "SECURITY_ROLE", primaryRole: true, createdAt: at, updatedAt: at }
    const full = {
      ...user,
      userState: "ADDED_LATER",
      createdByName: null,
      customUserAttributes: { languages: ["en", "es"] },
      roles: [role],
      policies: [{ ...role, type: "SECURITY_POLICY", effectiveDate: at }],
      territories: [{ instanceName: "demo", name: "north", territories: [], createdBy: null }],
      applicationAccess: { id: "x-1", userId: "u-1", adminAccessEnabled: false, auditSecurityAccessEnabled: false, instanceAccesses: [] }
    }
    const client = answers({ body: user }, { body: full })
    return Effect.gen(function* () {
      const bare = yield* Users.getById(userId)
      assert.notProperty(bare, "firstName")
      assert.notProperty(bare, "applicationAccess")
      const { applicationAccess, customUserAttributes, policies, userState } = yield* Users.getById(userId)
      assert.strictEqual(userState, "ADDED_LATER")
      assert.deepStrictEqual(customUserAttributes, { languages: ["en", "es"] })
      assert.strictEqual(policies[0]?.effectiveDate?.epochMillis, Date.parse(at))
      assert.strictEqual(applicationAccess?.userId, userId)
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a null where the service leaves fields out is not what this service sends", () => {
    const client = answers({ body: { ...user, firstName: null } })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Users.getById(userId))
      assert(error._tag === "DecodeError")
      assert.deepStrictEqual(
        error.places.map(({ path }) => path),
        ["firstName"]
      )
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("bodies hold what was given; a user without a name is not sent", () => {
    const client = answers({ status: 201, body: user }, { body: user }, { body: user })
    const account = { username: "sample.user", email: "sample.user@staff.example" }
    return Effect.gen(function* () {
      yield* Users.create({ body: { ...account, customUserAttributes: { team: "a" }, applicationAccess: { adminAccessEnabled: false } } })
      yield* Users.update({ username: "sample user", body: { phone: null, seats: ["GENERAL"] } })
      yield* Users.replace({ username: "sample.user", body: account })
      // @ts-expect-error: nobody is replaced by a user without a name
      const error = yield* Effect.flip(Users.replace({ username: "sample.user", body: { email: account.email } }))
      assert.strictEqual(error._tag, "EncodeError")
      assert.deepStrictEqual(client.sent(), [
        ["POST /acme/admin/users", { ...account, customUserAttributes: { team: "a" }, applicationAccess: { adminAccessEnabled: false } }],
        ["PATCH /acme/admin/users/sample%20user", { phone: null, seats: ["GENERAL"] }],
        ["PUT /acme/admin/users/sample.user", account]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("lists are joined with commas, booleans are lower case, and an unknown state is no filter", () => {
    const last = { data: [], metaInfo: { page: 0, lastPage: true } }
    const client = answers({ body: last }, { body: last })
    return Effect.gen(function* () {
      const ids = [userId, Users.UserId.make("u-2")]
      yield* Users.list({ ids, seatAssigned: false, includeDeleted: true, territories: ["a b", "c"], region: "north", userState: "ACTIVE" })
      yield* Users.listByInstance({ region: "north", ids })
      // @ts-expect-error: the states are known
      const error = yield* Effect.flip(Users.list({ userState: "ASLEEP" }))
      assert.strictEqual(error._tag, "EncodeError")
      assert.deepStrictEqual(client.sent(), [
        "GET /acme/admin/users?seatAssigned=false&userState=ACTIVE&ids=u-1%2Cu-2&includeDeleted=true&region=north&territories=a%20b%2Cc",
        "GET /users?region=north&ids=u-1%2Cu-2"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a stream ends on the last page's mark", () => {
    const client = answers(
      { body: { data: [user], metaInfo: { page: 0, lastPage: false } } },
      { body: { data: [{ ...user, id: "u-2" }], metaInfo: { page: 1, lastPage: true } } }
    )
    return Effect.gen(function* () {
      const users = yield* Stream.runCollect(Users.listStream({ search: "staff.example", size: 1 }))
      assert.deepStrictEqual(
        Chunk.toArray(users).map(({ id }) => String(id)),
        ["u-1", "u-2"]
      )
      assert.deepStrictEqual(client.sent(), [
        "GET /acme/admin/users?page=0&size=1&search=staff.example",
        "GET /acme/admin/users?page=1&size=1&search=staff.example"
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
