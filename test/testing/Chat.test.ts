import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Chat, Patients } from "../../src/v8/index.js"
import { collect, refusal, wire, within } from "./resources.js"

/** A patient with as many messages, the last one first. */
const chatting = Effect.fnUntraced(function* (count: number) {
  const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
  for (let at = 0; at < count; at++) {
    yield* Chat.sendInbound({ patientId, body: { message: `Note ${at}${at % 2 === 0 ? " – 夜" : ""}` } })
  }
  return {
    patientId,
    texts: Array.from({ length: count }, (_, at) => `Note ${count - 1 - at}${(count - 1 - at) % 2 === 0 ? " – 夜" : ""}`)
  }
})

const textsOf = (messages: ReadonlyArray<{ readonly message: string }>) => messages.map(({ message }) => message)

describe("chat", () => {
  it.effect("a patient's message is answered with the full name, and listed without", () =>
    within(
      Effect.gen(function* () {
        const { id: patientId } = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
        const path = `/patients/${patientId}/chat`
        const sent = yield* wire("POST", `${path}/inbound`, { body: { message: "Late" } })
        // recorded: not a 201
        expect(sent.status).toBe(200)
        expect(sent.json.externalId).toMatch(/^IM[0-9a-f]{32}$/)
        expect(sent.json.createdAt).toMatch(/\.000Z$/)
        expect(sent.json.sender).toEqual({ clientType: "PATIENT", id: patientId, titleName: null, patientFullName: "Ada Example" })
        const { json } = yield* wire("GET", path, { query: { pageSize: "5", includeArchived: "False" } })
        expect(json).toEqual({
          content: [{ ...sent.json, sender: { ...sent.json.sender, patientFullName: null } }],
          meta: { nextPageToken: null, prevPageToken: null, pageSize: 5, found: true }
        })
        expect((yield* wire("POST", `${path}/inbound`, { body: {} })).status).toBe(400)
        expect((yield* wire("GET", path, { query: { page: "1" } })).status).toBe(400)
      })
    )
  )

  it.effect("tokens lead to older messages and back", () =>
    within(
      Effect.gen(function* () {
        const { patientId, texts } = yield* chatting(5)
        expect(textsOf(yield* collect(Chat.listStream({ patientId, pageSize: 2 })))).toEqual(texts)
        const first = yield* Chat.list({ patientId, pageSize: 2 })
        expect(first.meta.prevPageToken).toBe(null)
        const second = yield* Chat.list({ patientId, pageToken: first.meta.nextPageToken! })
        expect(textsOf(second.content)).toEqual(texts.slice(2, 4))
        // a message that comes in between moves no page
        yield* Chat.sendInbound({ patientId, body: { message: "Between" } })
        const third = yield* Chat.list({ patientId, pageToken: second.meta.nextPageToken! })
        expect([textsOf(third.content), third.meta.nextPageToken]).toEqual([texts.slice(4), null])
        const back = yield* Chat.list({ patientId, pageToken: second.meta.prevPageToken! })
        expect(textsOf(back.content)).toEqual(texts.slice(0, 2))
        const both = { pageToken: first.meta.nextPageToken!, pageSize: "2" }
        expect((yield* wire("GET", `/patients/${patientId}/chat`, { query: both })).status).toBe(400)
        expect((yield* wire("GET", `/patients/${patientId}/chat`, { query: { pageToken: "bm8=" } })).status).toBe(400)
      })
    )
  )

  it.effect("a search pages through its hits, and each opens the chat around it", () =>
    within(
      Effect.gen(function* () {
        const { patientId, texts } = yield* chatting(6)
        const hits = yield* collect(Chat.searchStream({ patientId, query: "NOTE", pageSize: 4, contentPageSize: 2 }))
        expect(hits.map(({ message }) => message.message)).toEqual(texts)
        expect(yield* collect(Chat.searchStream({ patientId, query: "夜", pageSize: 1 }))).toHaveLength(3)
        expect((yield* wire("GET", `/patients/${patientId}/chat/search`)).status).toBe(400)

        const { meta } = hits[2]!
        const older = yield* Chat.list({ patientId, pageToken: meta.nextPageToken! })
        expect(textsOf(older.content)).toEqual(texts.slice(3, 5))
        expect(textsOf((yield* Chat.list({ patientId, pageToken: meta.prevPageToken! })).content)).toEqual(texts.slice(0, 2))
        // a list out of the index always names both neighbours
        const oldest = yield* Chat.list({ patientId, pageToken: older.meta.nextPageToken! })
        expect(textsOf(oldest.content)).toEqual(texts.slice(5))
        expect(oldest.meta.nextPageToken).not.toBe(null)
        const beyond = yield* wire("GET", `/patients/${patientId}/chat`, { query: { pageToken: oldest.meta.nextPageToken! } })
        expect(beyond.json).toMatchObject({ content: [], meta: { found: false, nextPageToken: oldest.meta.nextPageToken } })
      })
    )
  )

  it.effect("the care team writes too, and only the index knows to whom", () =>
    within(
      Effect.gen(function* () {
        const patients = yield* collect(Patients.listStream())
        const listed = yield* Effect.forEach(patients, ({ id }) => collect(Chat.listStream({ patientId: id, includeArchived: true })))
        const staff = listed.flat().filter(({ sender }) => sender.clientType === "USER")
        expect(staff.length).toBeGreaterThan(5)
        for (const message of staff) {
          expect(message.sender.titleName).not.toBe(null)
          expect(message).not.toHaveProperty("receiver")
        }
        const hits = yield* collect(
          Stream.flatMap(Stream.fromIterable(patients), ({ id }) => Chat.searchStream({ patientId: id, query: "a" }))
        )
        for (const { message } of hits) expect(message.receiver === undefined).toBe(message.sender.clientType === "PATIENT")
        expect(hits.some(({ message }) => message.receiver !== undefined)).toBe(true)
      })
    )
  )

  it.effect("an API client may neither archive nor restore", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* chatting(1)
        const query = { archiveDate: "2040-01-01T00:00:00.000Z" }
        const refused = yield* wire("POST", `/patients/${patientId}/chat/archive`, { query })
        expect(refusal(refused)).toEqual([403, "ACCESS_FOR_API_CLIENT_RESTRICTED"])
        expect((yield* wire("POST", `/patients/${patientId}/chat/restore`)).status).toBe(403)
      })
    )
  )

  it.effect("who may archives all older messages, and restores them", () =>
    within(
      Effect.gen(function* () {
        const { patientId, texts } = yield* chatting(4)
        const all = yield* collect(Chat.searchStream({ patientId, query: "note" }))
        yield* Chat.archive({ patientId, archiveDate: all[1]!.message.createdAt })
        expect(textsOf(yield* collect(Chat.listStream({ patientId })))).toEqual(texts.slice(0, 2))
        expect(textsOf(yield* collect(Chat.listStream({ patientId, includeArchived: true, pageSize: 1 })))).toEqual(texts)
        expect(yield* collect(Chat.searchStream({ patientId, query: "note" }))).toHaveLength(2)
        yield* Chat.restore({ patientId })
        expect(textsOf(yield* collect(Chat.listStream({ patientId })))).toEqual(texts)
        expect((yield* wire("POST", `/patients/${patientId}/chat/archive`)).status).toBe(400)
      }),
      { patients: 3, allow: ["chat.archive", "chat.restore"] }
    )
  )
})
