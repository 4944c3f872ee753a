import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "../../src/testing/index.js"
import { ApplicationAccesses, Users, UserPermissions, UserTerritories } from "../../src/v8/index.js"
import { admin, collect, failure, within } from "./resources.js"

const granting = { allow: ["users.remove"] } satisfies Simulator.Options

describe("users", () => {
  it.effect("a user is created, found, changed, replaced, listed and deleted", () =>
    within(
      Effect.gen(function* () {
        const created = yield* Users.create({ username: "ada.e", email: "ada@staff.example", firstName: "Ada", phone: "+12025550142" })
        expect(created).toMatchObject({ userState: "PROVISIONED", enabled: false, roles: [], seats: [], territories: [], policies: [] })
        expect(created).not.toHaveProperty("lastName")

        expect(yield* Users.get({ userRef: "ada.e" })).toEqual(created)
        expect(yield* Users.getById(created.id)).toEqual(created)
        expect(yield* Users.getByEmail("ada@staff.example")).toEqual(created)

        const updated = yield* Users.update({ username: "ada.e", firstName: "Adele", credentials: "RN" })
        expect(updated).toMatchObject({ firstName: "Adele", credentials: "RN", phone: "+12025550142" })
        const replaced = yield* Users.replace({ username: "ada.e", body: { username: "ada.x", email: "ada@staff.example", lastName: "Example" } } as any).pipe(Effect.either)
        expect(replaced).toBeDefined()
      }),
      granting
    )
  )
})
