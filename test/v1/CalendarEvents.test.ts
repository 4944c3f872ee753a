import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Codecs from "../../src/Codecs.js"
import * as CalendarEvents from "../../src/v1/CalendarEvents.js"
import { CalendarId } from "../../src/v1/Calendars.js"
import { PatientId } from "../../src/v1/Patients.js"
import { answers, timestamp } from "../support/legacy.js"

const id = CalendarEvents.CalendarEventId.make("e-1")
const event = {
  calendar_id: CalendarId.make("c-1"),
  patient_id: PatientId.make("p-1"),
  modality: "call",
  appointment_type: "followup"
} as const
const start_time = timestamp("2021-03-04T15:00:00Z")
const end_time = timestamp("2021-03-04T15:30:00.5Z")
const day = Schema.decodeSync(Codecs.CalendarDate)("2021-03-04")

describe("CalendarEvents", () => {
  it.effect("an appointment is on a day, or from one time to another", () => {
    const client = answers({ body: { id: "e-1" } }, { body: { id: "e-1" } })
    return Effect.gen(function* () {
      yield* CalendarEvents.create({ body: { ...event, start_time, end_time } })
      yield* CalendarEvents.create({ body: { ...event, day, is_all_day: true } })
      assert.deepStrictEqual(client.sent(), [
        [
          "POST /v1/calendar_events",
          { ...event, start_time: "2021-03-04T15:00:00.000000+00:00", end_time: "2021-03-04T15:30:00.500000+00:00" }
        ],
        ["POST /v1/calendar_events", { ...event, day: "2021-03-04", is_all_day: true }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect.each([
    ["no time", {}],
    ["a time without an end", { start_time }],
    ["an end alone", { end_time }],
    ["an end on a day", { day, end_time }],
    ["both", { day, start_time, end_time }],
    ["a day that is not all of it", { day, is_all_day: false }],
    ["times that are all day", { start_time, end_time, is_all_day: true }]
  ])("%s is refused", ([_, time]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(CalendarEvents.create({ body: { ...event, ...(time as object) } as never }))
      assert.include(error.message, "body: expected a day, or a start_time and an end_time, as is_all_day says, got object")
    }).pipe(Effect.provide(answers().layer))
  )

  it.effect("an outcome has one spelling, and new ones pass", () => {
    const client = answers(
      { body: { id: "e-1", outcome: "no-show" } },
      { body: { id: "e-1", outcome: "no_show" } },
      { body: { id: "e-1", outcome: "moved" } }
    )
    return Effect.gen(function* () {
      const outcome = Effect.map(CalendarEvents.get({ id }), (one) => one.outcome)
      assert.deepStrictEqual([yield* outcome, yield* outcome, yield* outcome], ["no_show", "no_show", "moved"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a change sends what changes, an old spelling as it is given", () => {
    const client = answers({ body: { data: { id: "e-1" } } }, { body: { data: { id: "e-1" } } })
    return Effect.gen(function* () {
      yield* CalendarEvents.update({ id, body: { outcome: "cancelled" } })
      yield* CalendarEvents.update({ id, body: { outcome: "no-show" } })
      assert.deepStrictEqual(client.sent(), [
        ["PUT /v1/calendar_events/e-1", { outcome: "cancelled" }],
        ["PUT /v1/calendar_events/e-1", { outcome: "no-show" }]
      ])
      const error = yield* Effect.flip(CalendarEvents.update({ id, body: { outcome: null } as never }))
      assert.strictEqual(error._tag, "EncodeError")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an appointment of all day has no times", () => {
    const client = answers({ body: { data: { id: "e-1", is_all_day: "True", day: "2021-03-04", start_time: null, user_id: null } } })
    return Effect.gen(function* () {
      assert.deepStrictEqual<object>(yield* CalendarEvents.get({ id }), {
        id: "e-1",
        is_all_day: true,
        day: "2021-03-04",
        start_time: null,
        patient_id: null
      })
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a delete is content with any answer", () => {
    const client = answers({ body: { data: null } }, { status: 204 })
    return Effect.gen(function* () {
      assert.deepStrictEqual([yield* CalendarEvents.remove({ id }), yield* CalendarEvents.remove({ id })], [undefined, undefined])
      assert.strictEqual(client.sent()[0], "DELETE /v1/calendar_events/e-1")
    }).pipe(Effect.provide(client.layer))
  })
})
