import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/TestClock"
import { jwtVerify } from "jose"
import * as Signing from "../../src/webhooks/Signing.js"

const secret = "s3cr3t-Example-of-a-receiver"

it.effect("a token says what Welkin's do, by the clock of the program", () =>
  Effect.gen(function* () {
    yield* TestClock.setTime(Date.UTC(2021, 2, 1, 9, 15))
    const token = yield* Signing.sign({ secret: Redacted.make(secret), issuer: "clinic", audience: "https://hooks.clinic.example/welkin" })
    const { payload, protectedHeader } = yield* Effect.promise(() =>
      jwtVerify(Redacted.value(token), new TextEncoder().encode(secret), { currentDate: new Date(Date.UTC(2021, 2, 1, 9, 16)) })
    )
    assert.deepStrictEqual(protectedHeader, { alg: "HS256", typ: "JWT" })
    assert.deepStrictEqual(payload, {
      iss: "clinic",
      aud: "https://hooks.clinic.example/welkin",
      exp: Date.UTC(2021, 2, 1, 10, 15) / 1000,
      scope: "welkin"
    })
  })
)

it.effect("a token does not print itself", () =>
  Effect.map(Signing.sign({ secret: Redacted.make(secret), issuer: "clinic", audience: "welkin" }), (token) => {
    assert.notInclude(`${token}${JSON.stringify(token)}`, Redacted.value(token))
  })
)
