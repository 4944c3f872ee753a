import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Endpoint from "../src/Endpoint.js"
import * as Patients from "../src/v8/Patients.js"
import * as Scripted from "./support/scripted.js"

describe("WelkinClient", () => {
  it.effect("a call carries the token and fills the client's slots", () => {
    const seen: Array<Scripted.Seen> = []
    return Effect.gen(function* () {
      const answer = yield* Endpoint.withResponse(Patients.search)({ body: {}, size: 2 })
      assert.deepStrictEqual(answer.value.content, [])
      assert.strictEqual(answer.attempts, 1)
      assert.strictEqual(seen[0]!.url.href, "https://welkin.example/acme/demo/by-filter/patients?size=2")
      assert.strictEqual(seen[0]!.headers.authorization, "Bearer token-1")
      assert.strictEqual(seen[0]!.body, "{}")
    }).pipe(
      Effect.provide(
        Scripted.client((request) => {
          seen.push(request)
          return Effect.succeed({ body: { content: [], last: true } })
        })
      )
    )
  })
})
