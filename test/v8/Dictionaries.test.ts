import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Dictionaries from "../../src/v8/Dictionaries.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const recordId = Dictionaries.DictionaryRecordId.make("r-1")

describe("Dictionaries", () => {
  it.effect("entries are written plainly, one or many, and go out under the wire's names", () => {
    const client = answers({ status: 201, body: { records: [] } }, { status: 201, body: { records: [] } }, { body: { id: "r-1" } })
    return Effect.gen(function* () {
      yield* Dictionaries.create({ dictionaryName: "cpt", body: [{ values: { value: "A-100" } }] })
      yield* Dictionaries.replaceAll({ dictionaryName: "cpt", body: [] })
      yield* Dictionaries.update({ dictionaryName: "d-colours", recordId, body: { values: { "df-name": "" } } })
      assert.deepStrictEqual(client.sent(), [
        ["POST /dictionaries/cpt", { records: [{ values: { value: "A-100" } }] }],
        ["PUT /dictionaries/cpt", { records: [] }],
        ["PUT /dictionaries/d-colours/r-1", { values: { "df-name": "" } }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a value that is no text is not sent, and its place is named", () => {
    const client = answers()
    return Effect.gen(function* () {
      const body = [{ values: { value: "A-100" } }, { values: { value: 100 } }] as never
      const error = yield* Effect.flip(Dictionaries.create({ dictionaryName: "cpt", body }))
      assert.strictEqual(error._tag, "EncodeError")
      assert.match(tagAndPlaces(error)[1]!, /^body\.1\.values/)
      assert.deepStrictEqual(client.sent(), [])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("what changed in a period is one answer, streamed", () => {
    const changed = { id: "r-1", deleted: true, values: null, updatedAt: null }
    const client = answers({ body: { dictionaryName: "icd-10", records: [changed, { id: "r-2" }] } })
    return Effect.gen(function* () {
      const dateStart = DateTime.unsafeMake("2030-01-01T00:00:00Z")
      const entries = yield* Stream.runCollect(Dictionaries.listStream({ dictionaryName: "icd-10", dateStart, showDeleted: true }))
      assert.deepStrictEqual(Array.from(entries), [{ ...changed, id: recordId }, { id: Dictionaries.DictionaryRecordId.make("r-2") }])
      assert.deepStrictEqual(client.sent(), ["GET /dictionaries/icd-10?dateStart=2030-01-01T00%3A00%3A00.000Z&showDeleted=true"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an answer without entries is an error, not an empty dictionary", () => {
    const client = answers({ body: { dictionaryName: "cpt" } })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain(Dictionaries.listStream({ dictionaryName: "cpt" })))
      assert(error._tag === "DecodeError")
      assert.strictEqual(error.reason, "Envelope")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("deleting answers with the entry it has marked", () => {
    const client = answers({ body: { id: "r-1", deleted: true } })
    return Effect.gen(function* () {
      const entry = yield* Dictionaries.remove({ dictionaryName: "d-colours", recordId })
      assert.strictEqual(entry.deleted, true)
      assert.deepStrictEqual(client.sent(), ["DELETE /dictionaries/d-colours/r-1"])
    }).pipe(Effect.provide(client.layer))
  })
})
