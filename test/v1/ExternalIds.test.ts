import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as ExternalIds from "../../src/v1/ExternalIds.js"
import { answers } from "../support/legacy.js"

describe("ExternalIds", () => {
  it.effect("are found by any text, over all of time", () => {
    const client = answers({ body: { data: [{ id: "x-1", welkin_id: "p-1" }], links: "<pagination links>" } })
    return Effect.gen(function* () {
      const found = yield* Stream.runHead(ExternalIds.findStream({ namespace: "clinic/a&b", external_id: "MRN #1 +é" }))
      assert.strictEqual(found._tag, "Some")
      assert.include(
        client.sent()[0],
        "GET /v1/external_ids?namespace=clinic/a&b&external_id=MRN #1 +é&page[from]=1999-12-31T23:59:59.999999&page[to]="
      )
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a second mapping in a namespace is told by its code", () => {
    const client = answers({
      status: 400,
      body: { errors: [{ status: 400, code: "uniqueness_exception", title: "", detail: "CANARY", extra: null }] }
    })
    return Effect.gen(function* () {
      const body = { resource: "patients", namespace: "hospital", external_id: "1", welkin_id: "p-1" }
      const error = yield* Effect.flip(ExternalIds.create({ body }))
      assert.deepStrictEqual(
        [error._tag, "codes" in error && error.codes, error.outcome],
        ["BadRequest", ["uniqueness_exception"], "Rejected"]
      )
    }).pipe(Effect.provide(client.layer))
  })
})
