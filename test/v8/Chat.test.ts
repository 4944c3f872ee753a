import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Codecs from "../../src/Codecs.js"
import * as Chat from "../../src/v8/Chat.js"
import { PatientId } from "../../src/v8/Patients.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const patientId = PatientId.make("p-1")

const message = (externalId: string) => ({
  sender: { clientType: "PATIENT", id: "p-1", titleName: null, patientFullName: null },
  message: "I will be ten minutes late.",
  externalId,
  createdAt: "2030-01-02T03:04:05Z"
})

const page = (content: ReadonlyArray<unknown>, nextPageToken: string | null) => ({
  body: { meta: { nextPageToken, prevPageToken: null, pageSize: 2, found: true }, content }
})

describe("Chat", () => {
  it.effect("a message goes out as it is, and comes back under its only id", () => {
    const client = answers({ body: message("IM1") })
    return Effect.gen(function* () {
      const posted = yield* Chat.sendInbound({ patientId, body: { message: "I will be ten minutes late." } })
      assert.strictEqual(posted.externalId, "IM1")
      assert.deepStrictEqual(client.sent(), [["POST /patients/p-1/chat/inbound", { message: "I will be ten minutes late." }]])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("the name of the patient may be missing, an actor of another kind and fields of a later release may come", () => {
    const sender = { clientType: "API_CLIENT", id: "c-1", titleName: null }
    const client = answers(page([{ ...message("IM1"), sender, reactions: ["seen"] }], null))
    return Effect.gen(function* () {
      const { content } = yield* Chat.list({ patientId })
      assert.deepStrictEqual(content[0]?.sender, sender)
      assert.deepStrictEqual(yield* Codecs.extension(Schema.Struct({ reactions: Schema.Array(Schema.String) }))(content[0]!), {
        reactions: ["seen"]
      })
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a message without its id is none", () => {
    const { externalId: _, ...nameless } = message("IM1")
    const client = answers(page([nameless], null))
    return Effect.gen(function* () {
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(Chat.list({ patientId }))), ["DecodeError", "content.0.externalId"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("the pages of a chat: once there is a token, the size goes and the choice of archived messages stays", () => {
    const client = answers(page([message("IM3"), message("IM2")], "b2xkZXI="), page([message("IM1")], null))
    return Effect.gen(function* () {
      const ids = yield* Chat.listStream({ patientId, includeArchived: false, pageSize: 2 }).pipe(
        Stream.map(({ externalId }) => externalId),
        Stream.runCollect
      )
      assert.deepStrictEqual(Array.from(ids, String), ["IM3", "IM2", "IM1"])
      assert.deepStrictEqual(client.sent(), [
        "GET /patients/p-1/chat?pageSize=2&includeArchived=false",
        "GET /patients/p-1/chat?pageToken=b2xkZXI%3D&includeArchived=false"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("the pages of a search: a token carries the question and goes alone, and each hit keeps tokens of its own", () => {
    const hit = (externalId: string) => ({
      meta: { nextPageToken: `before-${externalId}`, prevPageToken: null },
      message: message(externalId)
    })
    const client = answers(page([hit("IM2")], "bW9yZQ=="), page([hit("IM1")], null), page([message("IM0")], null))
    return Effect.gen(function* () {
      const hits = yield* Chat.searchStream({
        patientId,
        query: "ten minutes",
        pageSize: 1,
        contentPageSize: 5,
        includeArchived: true
      }).pipe(Stream.runCollect)
      const tokens = Array.from(hits, ({ meta }) => meta.nextPageToken)
      assert.deepStrictEqual(tokens, ["before-IM2", "before-IM1"])
      yield* Chat.list({ patientId, pageToken: tokens[1]! })
      assert.deepStrictEqual(client.sent(), [
        "GET /patients/p-1/chat/search?pageSize=1&query=ten%20minutes&contentPageSize=5&includeArchived=true",
        "GET /patients/p-1/chat/search?pageToken=bW9yZQ%3D%3D",
        "GET /patients/p-1/chat?pageToken=before-IM1"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a search goes on from a stored place without asking its question again", () => {
    const client = answers(page([], null))
    return Effect.gen(function* () {
      yield* Stream.runDrain(Chat.searchPages({ patientId, query: "late", position: { pageToken: "bW9yZQ==" } }))
      assert.deepStrictEqual(client.sent(), ["GET /patients/p-1/chat/search?pageToken=bW9yZQ%3D%3D"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a search without a text and without a token is not sent", () => {
    const client = answers()
    return Effect.gen(function* () {
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(Chat.search({ patientId }))), ["EncodeError", "query"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("archiving names its moment in the query, has no body, and takes any success for one", () => {
    const client = answers({ body: "" }, { status: 204 })
    return Effect.gen(function* () {
      yield* Chat.archive({ patientId, archiveDate: DateTime.unsafeMake("2030-01-02T03:04:05Z") })
      yield* Chat.restore({ patientId })
      assert.deepStrictEqual(client.sent(), [
        "POST /patients/p-1/chat/archive?archiveDate=2030-01-02T03%3A04%3A05.000Z",
        "POST /patients/p-1/chat/restore"
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
