import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Calendars from "../../src/v1/Calendars.js"
import { WorkerId } from "../../src/v1/Workers.js"
import { answers } from "../support/legacy.js"

describe("Calendars", () => {
  it.effect("a worker's calendar is looked for from the beginning of time", () => {
    const client = answers({ body: { data: [{ id: "c-1", worker_id: "w-1" }], links: { current: {} } } })
    return Effect.gen(function* () {
      const found = yield* Stream.runCollect(Calendars.findStream({ worker: WorkerId.make("w-1"), email: "a+b@clinic.example" }))
      assert.strictEqual(found.length, 1)
      assert.include(
        client.sent()[0],
        "GET /v1/calendars?worker=w-1&email=a+b@clinic.example&page[from]=1999-12-31T23:59:59.999999&page[to]="
      )
    }).pipe(Effect.provide(client.layer))
  })
})
