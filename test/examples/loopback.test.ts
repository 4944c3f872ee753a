// For code that is not written in Effect: the same simulator behind a loopback port.
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { layerServer, Server } from "effect-welkin/testing/server"

/** The code under test knows nothing of Effect. */
const countPatients = async (options: { baseUrl: string; tenant: string; instance: string; apiClient: string; secret: string }) => {
  const json = { "content-type": "application/json" }
  const granted = await fetch(`${options.baseUrl}/${options.tenant}/admin/api_clients/${options.apiClient}`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ secret: options.secret })
  })
  const { token } = (await granted.json()) as { token: string }
  const page = await fetch(`${options.baseUrl}/${options.tenant}/${options.instance}/patients?size=1`, {
    headers: { authorization: `Bearer ${token}` }
  })
  return ((await page.json()) as { totalElements: number }).totalElements
}

it.live("counts what is there", () =>
  Effect.gen(function* () {
    const { secretKey, ...server } = yield* Server
    const count = yield* Effect.promise(() => countPatients({ ...server, secret: Redacted.value(secretKey) }))
    assert.strictEqual(count, 25)
  }).pipe(Effect.provide(layerServer({ seed: 1, patients: 25 })))
)
