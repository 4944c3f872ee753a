import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as EncounterComments from "../../src/v8/EncounterComments.js"
import { EncounterId } from "../../src/v8/Encounters.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const of = { patientId: PatientId.make("p-1"), encounterId: EncounterId.make("en-1") }
const commentId = EncounterComments.EncounterCommentId.make("co-1")

describe("EncounterComments", () => {
  it.effect("a comment is one with nothing but an id, and none without", () => {
    const client = answers({ body: [{ id: "co-1" }, { id: "co-2", text: "Late", pinned: true }] }, { body: [{ text: "Late" }] })
    return Effect.gen(function* () {
      const comments = yield* Stream.runCollect(EncounterComments.listStream(of))
      assert.deepStrictEqual(Array.from<unknown>(comments), [{ id: "co-1" }, { id: "co-2", text: "Late", pinned: true }])
      const error = yield* Effect.flip(EncounterComments.list(of))
      assert.deepStrictEqual(tagAndPlaces(error), ["DecodeError", "0.id"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an API client that is shut out learns it from the error's codes, and that nothing was written", () => {
    const refused = [{ errorCode: "ACCESS_FOR_API_CLIENT_RESTRICTED", componentType: "AUTH", message: "", details: {} }]
    const client = answers({ status: 403, body: refused })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(EncounterComments.create({ ...of, body: { text: "Late" } }))
      assert(error._tag === "Forbidden")
      assert.deepStrictEqual([error.codes, error.outcome], [["ACCESS_FOR_API_CLIENT_RESTRICTED"], "Rejected"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a comment is replaced and deleted under its encounter; what a deletion answers is not read", () => {
    const client = answers({ body: { id: "co-1" } }, { body: "<p>gone</p>" })
    return Effect.gen(function* () {
      yield* EncounterComments.update({ ...of, commentId, body: { text: "" } })
      yield* EncounterComments.remove({ ...of, commentId })
      assert.deepStrictEqual(client.sent(), [
        ["PUT /patients/p-1/encounters/en-1/comments/co-1", { text: "" }],
        "DELETE /patients/p-1/encounters/en-1/comments/co-1"
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
