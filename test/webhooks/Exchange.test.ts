import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/TestClock"
import type { JWTPayload } from "jose"
import * as Exchange from "../../src/webhooks/Exchange.js"
import { type Answer, address, decoded, inSeconds, now, options, ping, receiver, through, token } from "./receiving.js"

const endpoint = "https://hooks.clinic.example/token"
const grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer"
const form = "application/x-www-form-urlencoded"
const json = "application/json"

const ask = (body: string, type: string, method = "POST"): Effect.Effect<Answer> =>
  Effect.gen(function* () {
    yield* TestClock.setTime(now)
    const app = yield* Effect.orDie(Exchange.make({ ...options, audience: endpoint, receiver: address }))
    return yield* through(app, new Request(endpoint, { method, headers: { "content-type": type }, body }))
  })

const assertion = (changed: JWTPayload = {}, other?: { readonly key: string }) =>
  Effect.promise(() => token({ aud: endpoint, ...changed }, other))

describe("Exchange", () => {
  it.effect.each([
    [form, (one: string) => String(new URLSearchParams({ assertion: one, grant_type }))],
    [`${json}; charset=utf-8`, (one: string) => JSON.stringify({ assertion: one, grant_type, later: 1 })]
  ] as const)("an assertion as %s gets a token that the receiver takes", ([type, write]) =>
    Effect.gen(function* () {
      const answer = yield* ask(write(yield* assertion()), type)
      assert.strictEqual(answer.status, 200)
      assert.strictEqual(answer.headers.get("cache-control"), "no-store")
      const { handed, send } = receiver()
      const { access_token, ...rest } = JSON.parse(answer.text)
      assert.deepStrictEqual(rest, {})
      assert.strictEqual((yield* send({ authorization: `Bearer ${access_token}`, body: JSON.stringify(ping) })).status, 200)
      assert.deepStrictEqual(handed, [{ notifications: decoded, refused: [] }])
      yield* TestClock.adjust("62 minutes")
      assert.strictEqual((yield* send({ authorization: `Bearer ${access_token}` })).status, 401)
    })
  )

  it.effect.each([
    ["for the receiver", { aud: address }, undefined],
    ["expired", { exp: inSeconds(-61) }, undefined],
    ["of another scope", { scope: "all" }, undefined],
    ["of another issuer", { iss: "another" }, undefined],
    ["signed by another", {}, { key: "another-secret" }]
  ] as const)("an assertion %s gets none", ([, changed, other]) =>
    Effect.gen(function* () {
      const answer = yield* ask(JSON.stringify({ assertion: yield* assertion(changed, other), grant_type }), json)
      assert.deepStrictEqual([answer.status, answer.text], [401, "The token is not valid here."])
    })
  )

  it.effect("what is no token request is told so, in the same words", () =>
    Effect.gen(function* () {
      const valid = yield* assertion()
      const twice = `${new URLSearchParams({ assertion: valid, grant_type })}&assertion=${valid}`
      const answers = yield* Effect.all([
        ask(JSON.stringify({ assertion: valid }), json),
        ask(JSON.stringify({ assertion: valid, grant_type: "password" }), json),
        ask(JSON.stringify({ assertion: [valid], grant_type }), json),
        ask(JSON.stringify({ assertion: valid, grant_type }), form),
        ask(twice, form),
        ask("CANARY", json),
        ask("", form)
      ])
      for (const { status, text } of answers) assert.deepStrictEqual([status, text], [400, "The body is not what is taken here."])
      assert.strictEqual((yield* ask(JSON.stringify({ assertion: valid, grant_type, pad: "x".repeat(16_384) }), json)).status, 413)
      assert.strictEqual((yield* ask("x", json, "PUT")).status, 405)
    })
  )

  it.effect("without a secret there is no endpoint", () =>
    Effect.map(Effect.flip(Exchange.make({ ...options, secrets: [] as any, audience: endpoint, receiver: address })), (error) => {
      assert.include(String(error), "secrets")
    })
  )
})
