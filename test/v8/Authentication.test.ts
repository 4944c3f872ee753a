import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as AccessToken from "../../src/AccessToken.js"
import * as Authentication from "../../src/v8/Authentication.js"
import * as WelkinClient from "../../src/WelkinClient.js"
import * as Scripted from "../support/scripted.js"

const secret = 's3cr3t/+&="Example'

const exchange = (body: unknown) => {
  const seen: Array<Scripted.Seen> = []
  const http = Scripted.httpClient((request) => {
    seen.push(request)
    return Effect.succeed({ body })
  })
  const client = WelkinClient.layerWithoutToken(Scripted.options).pipe(
    Layer.provide([http, AccessToken.layerStatic(Redacted.make("another-token"))])
  )
  return Authentication.exchange({ apiClientName: "ABCDEFGHIJKL", body: { secret: Redacted.make(secret) } }).pipe(
    Effect.provide(client),
    Effect.either,
    Effect.map((result) => ({ result, seen }))
  )
}

describe("Authentication", () => {
  it.effect("the secret goes into the body as it is, below the tenant, and no token goes with it", () =>
    Effect.gen(function* () {
      const { seen } = yield* exchange({ token: "token-1" })
      assert.strictEqual(seen[0]?.url.href, "https://welkin.example/acme/admin/api_clients/ABCDEFGHIJKL")
      assert.deepStrictEqual(JSON.parse(seen[0]?.body ?? ""), { secret })
      assert.notProperty(seen[0]?.headers, "authorization")
    })
  )

  it.effect("an answer needs a token only, which does not print itself", () =>
    Effect.gen(function* () {
      for (const body of [{ token: "token-1" }, { token: "token-1", clientName: "X", enabled: false, added: 1 }]) {
        const { result } = yield* exchange(body)
        assert(result._tag === "Right")
        assert.strictEqual(Redacted.value(result.right.token), "token-1")
        assert.notInclude(JSON.stringify(result.right), "token-1")
      }
    })
  )

  it.effect("an answer that is not understood tells neither token nor secret", () =>
    Effect.gen(function* () {
      const { result } = yield* exchange({ token: ["token-1"], enabled: "token-1" })
      assert(result._tag === "Left" && result.left._tag === "DecodeError")
      const told = JSON.stringify(result.left) + String(result.left) + JSON.stringify(result.left.places)
      assert.notInclude(told, "token-1")
      assert.notInclude(told, "s3cr3t")
      assert.sameMembers(
        result.left.places.map(({ path }) => path),
        ["token", "enabled"]
      )
    })
  )
})
