import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as CalendarSchedules from "../../src/v8/CalendarSchedules.js"
import { UserId } from "../../src/v8/Users.js"
import { answers } from "../support/answers.js"
import { event } from "../support/encounters.js"

const period = {
  psmIds: [UserId.make("u-1"), UserId.make("u-2")],
  from: DateTime.unsafeMake("2030-03-01T00:00:00Z"),
  to: DateTime.unsafeMake("2030-03-31T23:59:59.999Z")
}

const query = "psmIds=u-1%2Cu-2&from=2030-03-01T00%3A00%3A00.000Z&to=2030-03-31T23%3A59%3A59.999Z"

describe("CalendarSchedules", () => {
  it.effect("the three lists ask alike and stream users with nothing to show", () => {
    const idle = [{ psmId: "u-1", workHours: [], events: [] }]
    const client = answers({ body: idle }, { body: idle }, { body: idle })
    return Effect.gen(function* () {
      const { listAvailableStream, listFullStream, listStream } = CalendarSchedules
      const lists = [listStream({ ...period, includeCancelled: true }), listAvailableStream(period), listFullStream(period)]
      const users = yield* Effect.forEach(lists, Stream.runCollect)
      assert.deepStrictEqual<unknown>(
        users.map((chunk) => Array.from(chunk)),
        [idle, idle, idle]
      )
      assert.deepStrictEqual(client.sent(), [
        `GET /calendar/psm-schedules?${query}&includeCancelled=true`,
        `GET /calendar/available-psm-schedules?${query}`,
        `GET /calendar/full-psm-schedules?${query}`
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("events are read in short, under either name of their id, untitled, or whole", () => {
    const events = [{ eventId: "ev-2", eventTitle: null, eventType: null }, event]
    const client = answers({ body: [{ psmId: "u-1", workHours: [], events }] })
    return Effect.gen(function* () {
      const [schedule] = yield* CalendarSchedules.listFull(period)
      const [short, whole] = schedule!.events
      assert.deepStrictEqual<unknown>(short, events[0])
      assert.deepInclude(whole as object, { id: event.id, participants: event.participants })
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a page in the place of the list is no empty schedule", () => {
    const client = answers({ body: { content: [], last: true } })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(CalendarSchedules.list(period))
      assert(error._tag === "DecodeError")
      assert.strictEqual(error.reason, "Envelope")
    }).pipe(Effect.provide(client.layer))
  })
})
