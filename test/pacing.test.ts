/** The client against the simulator's bucket, which holds one second of its rate: how much gets through, and how much is turned away. */
import * as HttpClient from "@effect/platform/HttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Simulator from "../src/testing/Simulator.js"
import * as Users from "../src/v8/Users.js"
import * as WelkinClient from "../src/WelkinClient.js"
import { runs, seed } from "./support/runs.js"
import { virtualClock } from "./support/virtualClock.js"

interface Scenario {
  readonly callers: number
  readonly latency?: Simulator.Options["latency"]
  /** The rate from each of these seconds on. */
  readonly rates: ReadonlyArray<readonly [second: number, perSecond: number]>
  readonly seconds: number
}

/** Lets callers call without a break, and counts what the server granted and turned away between two seconds. */
const simulate = ({ callers, latency, rates, seconds }: Scenario, seed: number) => {
  const { clock, until } = virtualClock()
  return Effect.gen(function* () {
    const simulator = yield* Simulator.make({
      patients: 0,
      seed,
      requestsPerSecond: rates[0]![1],
      ...(latency === undefined ? {} : { latency })
    })
    const client = yield* Layer.build(
      WelkinClient.layer(simulator.credentials).pipe(Layer.provide(Layer.succeed(HttpClient.HttpClient, simulator.httpClient)))
    )
    const caller = Users.list({ size: 1 }).pipe(Effect.provide(client), Effect.either, Effect.forever)
    for (let n = 0; n < callers; n++) yield* Effect.forkScoped(caller)
    for (const [second, perSecond] of rates.slice(1)) {
      yield* until(second * 1000)
      yield* simulator.limitRate(perSecond)
    }
    yield* until(seconds * 1000)
    const journal = yield* simulator.journal
    return (from: number, to: number) => {
      const during = journal.filter(({ at }) => at >= from * 1000 && at < to * 1000)
      const granted = during.filter(({ status }) => status === 200).length
      const refused = during.filter(({ status }) => status === 429).length
      return { perSecond: granted / (to - from), refused: refused / Math.max(1, granted + refused) }
    }
  }).pipe(Effect.scoped, Effect.withClock(clock), Effect.withRandom(Random.make(seed)))
}

const seeds = Array.from({ length: runs({ test: 1, sweep: 10 }) }, (_, n) => (seed ?? 1) + n)

/** The first ones in `npm test`, all of them in `npm run sweep`. */
const few = <A>(scenarios: ReadonlyArray<A>): ReadonlyArray<A> => scenarios.slice(0, runs({ test: 2, sweep: scenarios.length }))

const told = (callers: number, latency: Scenario["latency"]): string =>
  `${callers} callers, ${latency === undefined ? "no latency" : `${latency.millis} ms latency`}`

const settles = (figures: { readonly perSecond: number; readonly refused: number }, rate: number, told: string) => {
  assert.isAtLeast(figures.perSecond, 0.9 * rate, `goodput, ${told}`)
  assert.isAtMost(figures.refused, 0.05, `share of 429, ${told}`)
}

// seconds of work on a busy machine
describe("a client above the server's rate", { timeout: 600_000 }, () => {
  for (const [callers, latency] of few([
    [16, undefined],
    [16, { millis: 300, upToMillis: 350 }],
    [3, undefined],
    [4, { millis: 100, upToMillis: 200 }]
  ] as const)) {
    it.effect(`20 a second: after 15 s 90 % of them get through, and 5 % at most are turned away; ${told(callers, latency)}`, () =>
      Effect.gen(function* () {
        for (const seed of seeds) {
          const between = yield* simulate({ callers, latency, rates: [[0, 20]], seconds: 30 }, seed)
          settles(between(15, 30), 20, `seed ${seed}`)
        }
      })
    )
  }

  for (const [callers, latency] of few([
    [4, undefined],
    [16, { millis: 100, upToMillis: 200 }],
    [4, { millis: 20, upToMillis: 60 }],
    [16, undefined]
  ] as const)) {
    it.effect(`200 a second become 10: the same within 15 s; ${told(callers, latency)}`, () =>
      Effect.gen(function* () {
        for (const seed of seeds) {
          const rates = [
            [0, 200],
            [1, 10]
          ] as const
          const between = yield* simulate({ callers, latency, rates, seconds: 36 }, seed)
          settles(between(16, 36), 10, `seed ${seed}`)
        }
      })
    )
  }

  for (const [name, rate, callers, latency] of [
    ["of a rate that was the limit", 20, 16, { millis: 20, upToMillis: 60 }],
    ["of a rate that never was", 1000, 3, { millis: 200, upToMillis: 250 }]
  ] as const) {
    it.effect(`2 s in which next to nothing gets through, ${name}: full speed within 20 s`, () =>
      Effect.gen(function* () {
        for (const seed of seeds) {
          const rates = [
            [0, rate],
            [12, 1],
            [14, rate]
          ] as const
          const between = yield* simulate({ callers, latency, rates, seconds: 44 }, seed)
          const before = between(6, 12).perSecond
          settles(between(34, 44), before, `seed ${seed}`)
        }
      })
    )
  }
})
