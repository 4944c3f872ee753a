// A unit test: the code under test talks to a Welkin in memory. No socket, no credentials, no mocks to keep in step.
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "effect-welkin/testing"
import { Patients } from "effect-welkin/v8"

/** The code under test: finds a patient by the clinic's own id, or registers one. */
const register = (externalId: string, name: { readonly firstName: string; readonly lastName: string }) =>
  Patients.getByExternalId(externalId).pipe(Effect.catchTag("NotFound", () => Patients.create({ body: { ...name, externalId } })))

it.effect("registering twice makes one patient", () =>
  Effect.gen(function* () {
    const name = { firstName: "Ada", lastName: "Sample" }
    const first = yield* register("crm-1", name)
    const second = yield* register("crm-1", name)
    assert.strictEqual(second.id, first.id)
  }).pipe(Effect.provide(Simulator.layerClient({ seed: 1 })))
)
