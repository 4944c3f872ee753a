import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { ClockTime } from "../../src/Codecs.js"
import { UserId } from "../../src/v8/Users.js"
import * as WorkHours from "../../src/v8/WorkHours.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const psmId = UserId.make("u-1")
const from = DateTime.unsafeMake("2030-01-01T00:00:00Z")
const to = DateTime.unsafeMake("2030-12-31T00:00:00Z")

/** An entry as of 2023. */
const detail = {
  workHoursId: "wh-1",
  createdAt: "2030-01-02T03:04:05.006Z",
  updatedAt: "2030-01-02T03:04:05.006Z",
  createdBy: null,
  updatedBy: null,
  startDateTime: "2030-01-08T00:00:00.000Z",
  endDateTime: null,
  localStartDateTime: "2030-01-07T19:00:00.000-05:00",
  localEndDateTime: null,
  daysInfo: [{ daysInfoId: "day-1", day: 6, startTime: null, endTime: null }]
}

const entry = {
  psmId,
  startDateTime: from,
  endDateTime: to,
  daysInfo: [{ day: 1, startTime: ClockTime.make("09:00:00"), endTime: ClockTime.make("17:00:00") }]
}

const sentEntry = {
  psmId: "u-1",
  startDateTime: "2030-01-01T00:00:00.000Z",
  endDateTime: "2030-12-31T00:00:00.000Z",
  daysInfo: [{ day: 1, startTime: "09:00:00", endTime: "17:00:00" }]
}

describe("WorkHours", () => {
  it.effect("entries without end, days off, and what came in 2026 are read; all users are asked for by naming none", () => {
    const added = { ...detail, name: null, type: "AVAILABILITY", ruleType: "ADDED_LATER", encounters: ["etmp-first-visit"], color: "green" }
    const client = answers({ body: [{ psmId: "u-1", details: [detail, added] }] })
    return Effect.gen(function* () {
      const [user] = Array.from(yield* Stream.runCollect(WorkHours.listStream({ from, to, viewerTimezone: "US/Eastern" })))
      const [plain, full] = user!.details
      assert.isUndefined(plain!.ruleType)
      assert.deepStrictEqual([plain!.endDateTime, plain!.daysInfo[0]!.startTime], [null, null])
      assert.strictEqual(plain!.localStartDateTime, detail.localStartDateTime)
      assert.deepInclude(full as object, { ruleType: "ADDED_LATER", encounters: ["etmp-first-visit"], color: "green" })
      assert.deepStrictEqual(client.sent(), [
        "GET /calendar/work-hours?from=2030-01-01T00%3A00%3A00.000Z&to=2030-12-31T00%3A00%3A00.000Z&viewerTimezone=US%2FEastern"
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an update may answer with the entry or with the request", () => {
    const client = answers({ body: { psmId: "u-1", details: [detail] } }, { body: { ...sentEntry, updatedBy: "u-2" } })
    return Effect.gen(function* () {
      const update = WorkHours.update({ workHoursId: WorkHours.WorkHoursId.make("wh-1"), body: entry })
      assert.strictEqual((yield* update).details?.[0]?.workHoursId, detail.workHoursId as never)
      const repeated = yield* update
      assert.isUndefined(repeated.details)
      assert.deepStrictEqual(repeated.daysInfo, entry.daysInfo)
      assert.deepStrictEqual(client.sent()[0], ["PUT /calendar/work-hours/wh-1", sentEntry])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("an hour that no clock shows, or an entry without end, is not sent", () => {
    const client = answers()
    return Effect.gen(function* () {
      const daysInfo = [{ day: 1, startTime: "9:00", endTime: "24:00:00" }]
      const error = yield* Effect.flip(WorkHours.create({ body: { ...entry, endDateTime: null, daysInfo } as never }))
      assert.deepStrictEqual(tagAndPlaces(error), [
        "EncodeError",
        "body.daysInfo.0.endTime",
        "body.daysInfo.0.startTime",
        "body.endDateTime"
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
