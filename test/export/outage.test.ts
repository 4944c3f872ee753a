import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as Export from "../../src/export/Export.js"
import * as Simulator from "../../src/testing/Simulator.js"
import * as WelkinClient from "../../src/WelkinClient.js"
import * as Memory from "../support/memorySink.js"
import { virtualClock } from "../support/virtualClock.js"

const kinds = ["patients", "cdt-records", "sms"]

const exporting = (client: Layer.Layer<WelkinClient.WelkinClient, unknown>) =>
  Effect.gen(function* () {
    const { credentials } = yield* Simulator.Simulator
    const memory = Memory.make()
    const events = yield* Export.run(Export.plan({ ...credentials, kinds, pageSize: 10 })).pipe(
      Stream.runCollect,
      Effect.provide(memory.layer),
      Effect.provide(client)
    )
    const ids = kinds.flatMap((kind) => memory.ids(kind).map((id) => `${kind} ${id}`))
    return { last: Chunk.unsafeLast(events), ids: ids.toSorted() }
  })

const minutes = (count: number): number => count * 60_000

/** A way to the simulator that is cut between two moments, and the requests that came to nothing meanwhile. */
const cut = (
  from: number,
  to: number,
  trouble: (request: Parameters<typeof HttpClientResponse.fromWeb>[0]) => ReturnType<HttpClient.HttpClient["execute"]>
) =>
  Effect.map(Simulator.Simulator, ({ credentials, httpClient }) => {
    const probes: Array<number> = []
    const http = HttpClient.make((request) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        if (now < from || now >= to) return httpClient.execute(request)
        probes.push(now - from)
        return trouble(request)
      })
    )
    return { probes, client: WelkinClient.layer(credentials).pipe(Layer.provide(Layer.succeed(HttpClient.HttpClient, http))) }
  })

const refused = (request: Parameters<typeof HttpClientResponse.fromWeb>[0]) =>
  Effect.fail(
    new HttpClientError.RequestError({ request, reason: "Transport", cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) })
  )
const unavailable = (request: Parameters<typeof HttpClientResponse.fromWeb>[0]) =>
  Effect.succeed(HttpClientResponse.fromWeb(request, new Response("<html>maintenance</html>", { status: 503 })))

describe("an export through ten minutes in which nothing gets through", { timeout: 120_000 }, () => {
  for (const [name, trouble] of [
    ["connections are refused", refused],
    ["a balancer answers 503", unavailable]
  ] as const) {
    it.effect(`${name}: one question in 15 seconds, 40 at most, and the same records in the end without anybody's help`, () =>
      Effect.gen(function* () {
        const { clock, until } = virtualClock()
        const whole = yield* cut(0, 0, trouble)
        const calm = yield* Effect.fork(Effect.withClock(exporting(whole.client), clock))
        yield* until(minutes(1))
        const expected = yield* Fiber.join(calm)
        assert.isAbove(expected.ids.length, 60)

        // each answer takes 100 ms: half a second on, every kind is in the middle of its list
        const { client, probes } = yield* cut(minutes(1) + 500, minutes(11) + 500, trouble)
        const fiber = yield* Effect.fork(Effect.withClock(exporting(client), clock))
        yield* until(minutes(15))
        const { ids, last } = yield* Fiber.join(fiber)
        assert.isTrue(last._tag === "Finished" && last.summary.complete)
        assert.deepEqual(ids, expected.ids)

        // until the client itself gives up, within seconds, a page is tried four times
        const afterwards = probes.filter((at) => at > 15_000)
        assert.isAtMost(probes.length - afterwards.length, 4 * kinds.length + 1)
        assert.isAtMost(afterwards.length, 40)
        assert.isAbove(afterwards.length, 30)
        for (const [n, at] of afterwards.entries()) if (n > 0) assert.isAtLeast(at - afterwards[n - 1]!, 15_000)
      }).pipe(Effect.provide(Simulator.layer({ seed: 1, patients: 25, latency: { millis: 100 } })))
    )
  }
})
