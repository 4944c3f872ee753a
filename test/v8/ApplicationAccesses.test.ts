import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as ApplicationAccesses from "../../src/v8/ApplicationAccesses.js"
import { UserId } from "../../src/v8/Users.js"
import { answers } from "../support/answers.js"

const userId = UserId.make("u-1")

describe("ApplicationAccesses", () => {
  it.effect("the short form of the documentation is read, and the long one that users show", () => {
    const short = {
      id: "x-1",
      userId: "u-1",
      adminAccessEnabled: true,
      auditSecurityAccessEnabled: false,
      instanceAccesses: [
        { instanceId: "i-1", instanceName: "demo", instanceDescription: "", workshopAccessEnabled: true, auditDataAccessEnabled: false }
      ]
    }
    const long = {
      ...short,
      createdAt: "2030-01-02T03:04:05.006Z",
      instanceAccesses: [{ ...short.instanceAccesses[0], userEmailWithInstanceDomain: null, enabledTakenPersonally: true }]
    }
    const client = answers({ body: short }, { body: long })
    return Effect.gen(function* () {
      assert.deepStrictEqual(yield* ApplicationAccesses.get({ userId }), short as object)
      const access = yield* ApplicationAccesses.get({ userId })
      assert.isNull(access.instanceAccesses[0]?.userEmailWithInstanceDomain)
      assert.isTrue(access.instanceAccesses[0]?.enabledTakenPersonally)
      assert.strictEqual(client.sent()[0], "GET /acme/admin/application-accesses/u-1")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("access is replaced as a whole: an empty list is sent, a missing one is not", () => {
    const access = { adminAccessEnabled: false, auditSecurityAccessEnabled: false, instanceAccesses: [] }
    const client = answers({ body: { ...access, id: "x-2", userId: "u-1" } })
    return Effect.gen(function* () {
      yield* ApplicationAccesses.replace({ userId, body: access })
      const { instanceAccesses: _, ...rest } = access
      const error = yield* Effect.flip(ApplicationAccesses.replace({ userId, body: rest as never }))
      assert.strictEqual(error._tag, "EncodeError")
      assert.deepStrictEqual(client.sent(), [["PUT /acme/admin/application-accesses/u-1", access]])
    }).pipe(Effect.provide(client.layer))
  })
})
