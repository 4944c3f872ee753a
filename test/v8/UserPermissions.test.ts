import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as UserPermissions from "../../src/v8/UserPermissions.js"
import { UserId } from "../../src/v8/Users.js"
import { answers } from "../support/answers.js"

const userId = UserId.make("u-1")
const day = "2030-01-02T00:00:00.000Z"

describe("UserPermissions", () => {
  it.effect("roles and policies come in one list, of kinds nobody knew as well, or not at all", () => {
    const permissions = [
      { permissionName: "nurse", instanceName: "demo", type: "SECURITY_ROLE", primaryRole: true },
      { permissionName: "temporary", instanceName: "demo", type: "SECURITY_POLICY", effectiveDate: day },
      { permissionName: "other", instanceName: "demo", type: "ADDED_LATER" }
    ]
    const client = answers({ body: { userId: "u-1", permissions } }, { body: {} })
    return Effect.gen(function* () {
      const read = yield* UserPermissions.get({ userId })
      assert.deepStrictEqual(
        read.permissions?.map(({ effectiveDate, type }) => [type, effectiveDate && DateTime.formatIso(effectiveDate)]),
        [
          ["SECURITY_ROLE", undefined],
          ["SECURITY_POLICY", day],
          ["ADDED_LATER", undefined]
        ]
      )
      assert.deepStrictEqual(yield* UserPermissions.get({ userId }), {})
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("what is written is a known kind, and a date goes out as its midnight", () => {
    const client = answers({ body: {} })
    const policy = { permissionName: "temporary", instanceName: "demo" }
    return Effect.gen(function* () {
      const effectiveDate = DateTime.unsafeMake("2030-01-02")
      yield* UserPermissions.replace({ userId, body: { permissions: [{ ...policy, type: "SECURITY_POLICY", effectiveDate }] } })
      // @ts-expect-error: there are roles and policies
      const error = yield* Effect.flip(UserPermissions.replace({ userId, body: { permissions: [{ ...policy, type: "OTHER" }] } }))
      assert.strictEqual(error._tag, "EncodeError")
      assert.deepStrictEqual(client.sent(), [
        ["PUT /acme/admin/user-permissions/u-1", { permissions: [{ ...policy, type: "SECURITY_POLICY", effectiveDate: day }] }]
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
