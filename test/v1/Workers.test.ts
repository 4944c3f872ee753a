import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Workers from "../../src/v1/Workers.js"
import { answers } from "../support/legacy.js"
import { tagAndPlaces } from "../support/places.js"

describe("Workers", () => {
  it.effect("are found by mail or phone, under the names that the filters have", () => {
    const client = answers({ body: { data: [{ id: "w-1", active: "true", gender: "Nonbinary" }] } })
    return Effect.gen(function* () {
      const { data } = yield* Workers.find({ email: "a+b@clinic.example", phone: "+15005550178" })
      assert.deepStrictEqual<unknown>(data, [{ id: "w-1", active: true, gender: "Nonbinary" }])
      assert.deepStrictEqual(client.sent(), ["GET /v1/workers?email=a+b@clinic.example&phone=+15005550178"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("are created with roles, by those who may", () => {
    const client = answers({ status: 403, body: { errors: [{ status: 403, code: "forbidden" }] } })
    return Effect.gen(function* () {
      const worker = { email: "a@clinic.example", first_name: "A", last_name: "B", timezone: "US/Eastern" }
      const error = yield* Effect.flip(Workers.create({ body: { ...worker, role_ids: ["coach"] } }))
      assert.deepStrictEqual([error._tag, "codes" in error && error.codes], ["Forbidden", ["forbidden"]])
      const without = yield* Effect.flip(Workers.create({ body: worker as never }))
      assert.deepStrictEqual(tagAndPlaces(without), ["EncodeError", "body.role_ids"])
    }).pipe(Effect.provide(client.layer))
  })
})
