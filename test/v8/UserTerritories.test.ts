import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { UserId } from "../../src/v8/Users.js"
import * as UserTerritories from "../../src/v8/UserTerritories.js"
import { answers } from "../support/answers.js"

const userId = UserId.make("u-1")
const north = { instanceName: "demo", name: "north", territories: ["upper-north"] }

describe("UserTerritories", () => {
  it.effect("territories are read without their dates, and written as a whole", () => {
    const client = answers({ body: { id: "t-1", createdBy: null, territories: [north] } }, { body: {} })
    return Effect.gen(function* () {
      const { territories } = yield* UserTerritories.get({ userId })
      assert.deepStrictEqual(territories, [north])
      yield* UserTerritories.replace({ userId, body: { territories: [north, { ...north, name: "south", territories: [] }] } })
      const error = yield* Effect.flip(UserTerritories.replace({ userId, body: {} as never }))
      assert.strictEqual(error._tag, "EncodeError")
      assert.deepStrictEqual(client.sent(), [
        "GET /acme/admin/user-territories/u-1",
        ["PUT /acme/admin/user-territories/u-1", { territories: [north, { ...north, name: "south", territories: [] }] }]
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
