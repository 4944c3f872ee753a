import { assert, describe, it } from "@effect/vitest"
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Timestamp from "../../src/v1/Timestamp.js"
import * as Marks from "../../src/webhooks/Marks.js"
import * as Notifications from "../../src/webhooks/Notifications.js"
import * as Pull from "../../src/webhooks/Pull.js"
import { client, type Entry, find, type Habits } from "../support/collection.js"
import { timestamp } from "../support/legacy.js"
import { runs } from "../support/runs.js"
import { stringForms } from "../support/sinks.js"
import { decoded, now } from "./receiving.js"

const habits: Habits = {
  fromInclusive: false,
  toInclusive: false,
  order: "ascending",
  shuffles: false,
  links: "next.meta",
  steps: "to",
  echo: "links.meta",
  echoesText: false,
  limit: 50,
  stamps: "naive",
  envelope: "bare",
  tellsTime: true
}

const micros = BigInt(now) * 1000n
const second = 1_000_000n

/** Calendars that change, and show late what has changed. */
const server = () => {
  const entries = new Map<string, Entry & { readonly visible: bigint }>()
  const asked: Array<URL> = []
  return {
    asked,
    put: (id: string, updated: bigint, delay = 0n) => entries.set(id, { id, updated, visible: updated + delay }),
    state: () => new Map([...entries].map(([id, { updated }]) => [id, Timestamp.fromMicros(updated)])),
    layer: Layer.unwrapEffect(
      Effect.map(Effect.clock, (clock) =>
        client((target) => {
          asked.push(new URL(target, "https://legacy.example"))
          const at = BigInt(clock.unsafeCurrentTimeMillis()) * 1000n
          const visible = [...entries.values()].filter((one) => one.visible <= at)
          return { body: find(visible, habits, target), date: new Date(clock.unsafeCurrentTimeMillis()).toUTCString() }
        })
      )
    )
  }
}

const notification = (from: bigint, to: bigint, resource = "calendars"): Notifications.Notification => ({
  resource,
  from: Timestamp.fromMicros(from),
  to: Timestamp.fromMicros(to)
})

/** An application that keeps each record in the version that was updated last. */
const application = () => {
  const records = new Map<string, string>()
  let handed = 0
  return {
    records,
    handed: () => handed,
    store: (changes: ReadonlyArray<Pull.Change>) =>
      Effect.sync(() => {
        for (const { record } of changes) {
          handed++
          const updated = "updated_at" in record ? (record.updated_at ?? "") : ""
          if ((records.get(record.id) ?? "") < updated) records.set(record.id, updated)
        }
      })
  }
}

const mark = Effect.flatMap(Marks.Marks, ({ get }) => Effect.map(get("calendars"), Option.getOrUndefined))
const bounds = (url: URL) => [url.searchParams.get("page[from]"), url.searchParams.get("page[to]")]

describe("Pull.changes", () => {
  it.effect("the window of a notification and two minutes before it are read, each record under the name of its collection", () => {
    const { asked, layer, put } = server()
    put("a", micros - 100n * second)
    put("b", micros - 179n * second)
    put("c", micros - 181n * second)
    put("d", micros - 59n * second)
    return Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const found = yield* Stream.runCollect(Pull.changes(notification(micros - 60n * second, micros - 60n * second)))
      assert.deepStrictEqual(
        Array.from(found, ({ record, resource }) => [resource, record.id]),
        [
          ["calendars", "b"],
          ["calendars", "a"]
        ]
      )
      // a microsecond wider, as every walk
      assert.deepStrictEqual(asked.map(bounds), [["2021-03-01T09:13:59.999999", "2021-03-01T09:16:00.000001"]])
      assert.strictEqual(asked[0]!.pathname, "/v1/calendars")
    }).pipe(Effect.provide(layer))
  })

  it.effect.each(Notifications.Resource.known)("%s can be read", (resource) => {
    const paths: Array<string> = []
    const layer = client((target) => {
      paths.push(new URL(target, "https://legacy.example").pathname)
      return { body: { data: [{ id: "r-1" }] } }
    })
    return Effect.gen(function* () {
      const found = yield* Stream.runCollect(Pull.changes({ ...decoded[0]!, resource }))
      assert.deepStrictEqual(
        Array.from(found, (one) => [one.resource, one.record.id]),
        [[resource, "r-1"]]
      )
      assert.deepStrictEqual(paths, [`/v1/${resource}`])
    }).pipe(Effect.provide(layer))
  })

  it.effect.each(["alerts", "", "toString", "__proto__", "../patients"])(
    "the unknown collection %j is a typed error, and not asked for",
    (name) => {
      const { asked, layer } = server()
      const unknown = { ...decoded[0]!, resource: name }
      return Effect.gen(function* () {
        const failures = yield* Effect.all([
          Effect.flip(Stream.runDrain(Pull.changes(unknown))),
          Effect.flip(Pull.catchUp([decoded[0]!, unknown], () => Effect.void))
        ])
        for (const error of failures) {
          assert.strictEqual(error._tag, "UnknownResource")
          if (error._tag !== "UnknownResource") continue
          assert.strictEqual(Redacted.value(error.resource), name)
          if (name !== "") for (const [form, text] of stringForms(error)) assert.notInclude(text, `"${name}"`, form)
        }
        assert.isEmpty(asked)
      }).pipe(Effect.provide([layer, Marks.layerMemory]))
    }
  )
})

describe("Pull.catchUp", () => {
  it.effect("the first time from two minutes before the notification, then from the mark, each time until now", () => {
    const { asked, layer } = server()
    const { store } = application()
    return Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* Pull.catchUp([notification(micros - 50n * second, micros - 40n * second)], store)
      assert.strictEqual(yield* mark, timestamp("2021-03-01T09:15:00Z"))
      yield* TestClock.adjust("10 minutes")
      yield* Pull.catchUp([notification(micros + 595n * second, micros + 598n * second)], store)
      assert.strictEqual(yield* mark, timestamp("2021-03-01T09:25:00Z"))
      yield* Pull.catchUp([notification(micros - 3600n * second, micros - 3500n * second)], store)
      assert.strictEqual(yield* mark, timestamp("2021-03-01T09:25:00Z"))
      assert.deepStrictEqual(asked.map(bounds), [
        ["2021-03-01T09:14:09.999999", "2021-03-01T09:17:00.000001"],
        ["2021-03-01T09:14:59.999999", "2021-03-01T09:27:00.000001"],
        ["2021-03-01T08:14:59.999999", "2021-03-01T09:27:00.000001"]
      ])
    }).pipe(Effect.provide([layer, Marks.layerMemory]))
  })

  it.effect(
    "several notifications of one collection cost one walk, a name alone the whole collection, a clock that is late nothing",
    () => {
      const { asked, layer } = server()
      const { store } = application()
      return Effect.gen(function* () {
        yield* TestClock.setTime(now)
        const [early, late] = [notification(micros - 50n * second, micros - 40n * second), notification(micros, micros + 90n * second)]
        yield* Pull.catchUp([late, early, late], store)
        yield* Pull.catchUp([{ resource: "calendars" }], store)
        yield* Pull.catchUp([{ resource: "workers" }, { ...early, resource: "workers" }], store).pipe(Effect.provide(Marks.layerMemory))
        assert.deepStrictEqual(asked.map(bounds), [
          ["2021-03-01T09:14:09.999999", "2021-03-01T09:18:30.000001"],
          ["2021-03-01T09:14:59.999999", "2021-03-01T09:17:00.000001"],
          ["1999-12-31T23:59:59.999999", "2021-03-01T09:17:00.000001"]
        ])
        // the mark goes by the clock that is behind
        assert.strictEqual(yield* mark, timestamp("2021-03-01T09:15:00Z"))
      }).pipe(Effect.provide([layer, Marks.layerMemory]))
    }
  )

  it.effect("a mark that lies ahead of a clock that was set back does not hold it up", () => {
    const { asked, layer } = server()
    return Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* Effect.flatMap(Marks.Marks, ({ set }) => set("calendars", timestamp("2021-03-01T10:00:00Z")))
      yield* Pull.catchUp([{ resource: "calendars" }], () => Effect.void)
      assert.deepStrictEqual(asked.map(bounds), [["2021-03-01T09:59:59.999999", "2021-03-01T10:00:00.000001"]])
    }).pipe(Effect.provide([layer, Marks.layerMemory]))
  })

  it.effect("what is not stored is not marked: the next time it comes again", () => {
    const { layer, put, state } = server()
    const { records, store } = application()
    for (let n = 0; n < 120; n++) put(`c-${n}`, micros - 3600n * second + BigInt(n) * second)
    const one = [notification(micros - 3600n * second, micros - 3000n * second)]
    return Effect.gen(function* () {
      yield* TestClock.setTime(now)
      let pages = 0
      const error = yield* Effect.flip(Pull.catchUp(one, (changes) => (++pages === 2 ? Effect.fail("disk full") : store(changes))))
      assert.strictEqual(error, "disk full")
      assert.isBelow(records.size, 120)
      const reached = yield* mark
      assert.isTrue(reached !== undefined && reached <= Timestamp.fromMicros(micros - 3551n * second))
      yield* Pull.catchUp([{ resource: "calendars" }], store)
      assert.deepStrictEqual(records, state())
    }).pipe(Effect.provide([layer, Marks.layerMemory]))
  })

  it.effect("a notification of long ago does not set the mark back", () => {
    const { layer, put } = server()
    for (let n = 0; n < 120; n++) put(`c-${n}`, micros - 3600n * second + BigInt(n) * second)
    return Effect.gen(function* () {
      yield* TestClock.setTime(now)
      const before = timestamp("2021-03-01T09:00:00Z")
      yield* Effect.flatMap(Marks.Marks, ({ set }) => set("calendars", before))
      let pages = 0
      const long = [notification(micros - 3600n * second, micros - 3000n * second)]
      yield* Effect.flip(Pull.catchUp(long, () => (++pages === 2 ? Effect.fail("disk full") : Effect.void)))
      assert.strictEqual(yield* mark, before)
    }).pipe(Effect.provide([layer, Marks.layerMemory]))
  })

  it.effect("marks that cannot be had are an error of their own, before anything is asked for", () => {
    const { asked, layer } = server()
    const broken = Layer.succeed(Marks.Marks, {
      get: () => Effect.fail(new Marks.MarksUnavailable()),
      set: () => Effect.fail(new Marks.MarksUnavailable())
    })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Pull.catchUp(decoded, () => Effect.void))
      assert.strictEqual((error as Marks.MarksUnavailable)._tag, "MarksUnavailable")
      assert.isEmpty(asked)
    }).pipe(Effect.provide([layer, broken]))
  })
})

/** What happens to one record, and what becomes of the notification of it. */
interface Event {
  readonly id: number
  /** Seconds until the next one. */
  readonly wait: number
  /** Seconds until the record shows. */
  readonly delay: number
  readonly fate: "delivered" | "repeated" | "late" | "lost"
}

const events = FastCheck.array(
  FastCheck.record<Event>({
    id: FastCheck.nat(5),
    wait: FastCheck.constantFrom(0, 1, 30, 60, 600, 86_400),
    delay: FastCheck.constantFrom(0, 0, 5, 60),
    fate: FastCheck.constantFrom("delivered", "repeated", "late", "lost")
  }),
  { maxLength: 25 }
)

/** Stands still between the steps of a test: the test clock waits for fibers in real time whenever it is set. */
const at = (time: Ref.Ref<bigint>) => {
  const millis = Effect.map(Ref.get(time), (one) => Number(one / 1000n))
  return (clock: Clock.Clock): Clock.Clock => ({
    ...clock,
    currentTimeMillis: millis,
    unsafeCurrentTimeMillis: () => Effect.runSync(millis)
  })
}

describe("Pull: notifications repeated, reordered, late and lost", () => {
  it.effect.prop(
    "once one comes through, the state is that of the server",
    [events],
    ([all]) => {
      const { layer, put, state } = server()
      const { records, store } = application()
      return Effect.gen(function* () {
        const time = yield* Ref.make(micros)
        const during = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
          Effect.flatMap(Effect.clock, (clock) => Effect.withClock(effect, at(time)(clock)))
        const program = Effect.gen(function* () {
          yield* Pull.catchUp([{ resource: "calendars" }], store)
          let held: ReadonlyArray<Notifications.Notification> = []
          for (const { delay, fate, id, wait } of all) {
            const changed = yield* Ref.updateAndGet(time, (one) => one + second)
            put(`c-${id}`, changed, BigInt(delay) * second)
            const one = notification(changed, changed)
            yield* Ref.update(time, (before) => before + BigInt(wait) * second)
            if (fate === "late") held = [one, ...held]
            if (fate === "delivered" || fate === "repeated") {
              yield* Pull.catchUp([one, ...held], store)
              held = []
            }
            if (fate === "repeated") yield* Effect.replicateEffect(Pull.catchUp([one, one], store), 3)
          }
          const last = yield* Ref.updateAndGet(time, (one) => one + 61n * second)
          put("last", last)
          yield* Pull.catchUp([notification(last, last)], store)
        })
        yield* during(Effect.provide(program, [layer, Marks.layerMemory]))
        assert.deepStrictEqual(new Map([...records].sort()), new Map([...state()].sort()))
      })
    },
    { fastCheck: { numRuns: runs({ test: 30, sweep: 1_000 }) } }
  )

  it.effect("ten times the same, in any order, is one state, and all but the first a short read", () => {
    const { asked, layer, put, state } = server()
    const { handed, records, store } = application()
    put("a", micros - 3000n * second)
    put("b", micros - 1000n * second)
    const [first, then] = [
      notification(micros - 3000n * second, micros - 2000n * second),
      notification(micros - 2500n * second, micros - 900n * second)
    ]
    return Effect.gen(function* () {
      yield* TestClock.setTime(now)
      yield* Effect.forEach(
        Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? then : first)),
        (one) => Pull.catchUp([one], store)
      )
      assert.deepStrictEqual(records, state())
      assert.isAtMost(handed(), 20)
      assert.lengthOf(asked, 10)
    }).pipe(Effect.provide([layer, Marks.layerMemory]))
  })
})

it.effect("a notification survives a queue of text", () =>
  Effect.gen(function* () {
    const text = JSON.stringify(decoded)
    assert.deepStrictEqual(yield* Schema.decodeUnknown(Schema.Array(Notifications.Notification))(JSON.parse(text)), decoded)
  })
)
