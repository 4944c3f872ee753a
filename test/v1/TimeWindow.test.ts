import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Pagination from "../../src/Pagination.js"
import * as CalendarEvents from "../../src/v1/CalendarEvents.js"
import * as Calendars from "../../src/v1/Calendars.js"
import * as ExternalIds from "../../src/v1/ExternalIds.js"
import * as PhoneNumbers from "../../src/v1/PhoneNumbers.js"
import * as Timestamp from "../../src/v1/Timestamp.js"
import * as TimeWindow from "../../src/v1/TimeWindow.js"
import type { WelkinError } from "../../src/WelkinError.js"
import { client, type Entry, find, type Habits, habits, textOf } from "../support/collection.js"
import { answers, timestamp } from "../support/legacy.js"
import { tagAndPlaces } from "../support/places.js"
import { runs } from "../support/runs.js"

const began = Date.UTC(2021, 2, 1, 12)
const beganMicros = BigInt(began) * 1000n

/** What happens to the collection while it is walked. */
interface Change {
  /** Before which request. */
  readonly at: number
  readonly which: number
  readonly kind: "Update" | "Delete" | "Insert" | "ShowLate"
}

const size = 6

// crowded in places: a find cuts right through moments that several records share
const offsets = FastCheck.oneof(
  FastCheck.bigInt({ min: 0n, max: 4n }),
  FastCheck.bigInt({ min: 0n, max: 40n }),
  FastCheck.bigInt({ min: 0n, max: 20n }).map((millis) => millis * 1000n + 999n),
  FastCheck.bigInt({ min: 0n, max: 600_000_000_000_000n })
)

const scenario = FastCheck.record({
  habits: habits(size),
  ages: FastCheck.array(offsets, { maxLength: 60 }),
  crowd: FastCheck.constantFrom(0, 0, 0, size - 1, size * 3),
  changes: FastCheck.array(
    FastCheck.record<Change>({
      at: FastCheck.nat(12),
      which: FastCheck.nat(),
      kind: FastCheck.constantFrom("Update", "Delete", "Insert", "ShowLate")
    }),
    { maxLength: 8 }
  ),
  /** The first walk is broken off after so many pages. */
  pages: FastCheck.constantFrom(1, 3, 1000)
})

type Scenario = typeof scenario extends FastCheck.Arbitrary<infer A> ? A : never

const server = ({ ages, changes, crowd, habits }: Scenario) => {
  let entries: ReadonlyArray<Entry> = [...ages, ...Array.from({ length: crowd }, () => 7_000n)].map((age, n) => ({
    id: `c-${n}`,
    updated: beganMicros - 1_000_000_000n - age
  }))
  const ever = [...entries]
  let requests = 0
  let now = beganMicros
  let isQuiet = false
  const put = (entry: Entry) => {
    ever.push(entry)
    entries = [...entries.filter(({ id }) => id !== entry.id), entry]
  }
  const change = ({ kind, which }: Change) => {
    const one = entries[which % Math.max(1, entries.length)]
    now += 1_000_003n
    if (kind === "Insert") return put({ id: `new-${requests}-${which}`, updated: now })
    // written before the walk began, and seen a minute later
    if (kind === "ShowLate") return put({ id: `late-${requests}-${which}`, updated: beganMicros - BigInt(which % 60_000_000) })
    if (one === undefined) return
    if (kind === "Update") return put({ id: one.id, updated: now })
    entries = entries.filter((entry) => entry !== one)
  }
  return {
    state: () => ({ entries, ever, requests }),
    /** From now on nothing changes. */
    quiet: () => {
      isQuiet = true
    },
    layer: client((target) => {
      for (const one of changes) if (one.at === requests && !isQuiet) change(one)
      requests++
      return {
        body: find(entries, habits, target),
        ...(habits.tellsTime ? { date: new Date(Number(now / 1000n)).toUTCString() } : {})
      }
    })
  }
}

/** A long run that gives no turn to the event loop looks dead to Vitest. */
const breath = Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))

/** A clock that stands still. The test clock waits for fibers in real time whenever it is set. */
const when = (millis: number) => Effect.withClock({ ...Clock.make(), currentTimeMillis: Effect.succeed(millis) })

/** Whether some moment holds as many records as may fill a page, so that a walk may have to give up. */
const isCrowded = (ever: ReadonlyArray<Entry>, { limit }: Habits): boolean =>
  ever.some(
    ({ updated }) => ever.filter((other) => other.updated - updated >= 0n && other.updated - updated <= 2n).length >= Math.min(size, limit)
  )

describe("TimeWindow: every server", () => {
  let overflows = 0
  let complete = 0
  it.effect.prop(
    "every record comes, whatever the server's habits, with one walk and the next from its mark",
    [scenario],
    ([one]) => {
      const { layer, quiet, state } = server(one)
      const gaveUp = (error: WelkinError) => {
        assert.strictEqual(error._tag, "WindowOverflow")
        assert.isTrue(isCrowded(state().ever, one.habits))
        overflows++
      }
      return Effect.gen(function* () {
        yield* breath
        const first = yield* Calendars.findPages().pipe(Stream.take(one.pages), Stream.runCollect, when(began), Effect.either)
        if (Either.isLeft(first)) return gaveUp(first.left)
        const pages = Chunk.toReadonlyArray(first.right)
        quiet()
        const again = Calendars.findStream({ from: pages.at(-1)!.mark })
        const second = yield* again.pipe(Stream.runCollect, when(began + 3_600_000), Effect.either)
        if (Either.isLeft(second)) return gaveUp(second.left)
        const items = pages.flatMap((page) => page.items)
        const versions = (all: ReadonlyArray<Calendars.Calendar>) => all.map(({ id, updated_at }) => `${id} ${updated_at}`)
        assert.strictEqual(new Set(versions(items)).size, items.length, "a version came twice")
        const newest = new Map<string, string>()
        for (const { id, updated_at } of [...items, ...second.right]) {
          if ((newest.get(id) ?? "") < updated_at!) newest.set(id, updated_at!)
        }
        for (const { id, updated } of state().entries) assert.strictEqual(newest.get(id), `${textOf(updated)}Z`, id)
        assert.isBelow(state().requests, 3_000)
        complete++
      }).pipe(Effect.provide(layer), Effect.provide(Pagination.layer({ size })))
    },
    { fastCheck: { numRuns: runs({ test: 200, sweep: 10_000 }) } }
  )
  it("most of those walks came to their end", () => {
    assert.isAbove(complete, overflows)
    assert.isAbove(overflows, 0)
  })
})

const at = (text: string) => timestamp(text)
const nowIs = TestClock.setTime(began)

/** A server that answers each find by a function of its window, and the finds it was asked. */
const scripted = (
  answer: (asked: { readonly from: string; readonly to: string; readonly size: number }, n: number) => unknown,
  date?: string
) => {
  const asked: Array<string> = []
  const layer = client((target) => {
    const { pathname, searchParams } = new URL(target, "https://legacy.example")
    const [from, to, size] = ["from", "to", "size"].map((name) => searchParams.get(`page[${name}]`)!) as [string, string, string]
    asked.push(`${pathname} ${from} ${to} ${size}`)
    return { body: answer({ from, to, size: Number(size) }, asked.length), ...(date === undefined ? {} : { date }) }
  })
  return { asked, layer }
}

const record = (n: number, updated_at: string) => ({ id: `c-${n}`, updated_at })
const same = (count: number, updated_at: string) => Array.from({ length: count }, (_, n) => record(n, updated_at))
const echo = (size: number) => ({ meta: { current: { "page[size]": size } } })
const day = { from: at("2021-02-01T00:00:00Z"), to: at("2021-02-02T00:00:00Z") }
const ids = (items: Iterable<Calendars.Calendar>) => Array.from(items, ({ id }) => String(id))

describe("TimeWindow: what is asked", () => {
  it.effect("everything until now, a microsecond wider, fifty at a time at most", () => {
    const { asked, layer } = scripted(() => ({ data: [] }))
    return Effect.gen(function* () {
      yield* nowIs
      yield* Stream.runDrain(Calendars.findStream())
      yield* Stream.runDrain(Calendars.findStream()).pipe(Effect.provide(Pagination.layer({ size: 20 })))
      yield* Stream.runDrain(Calendars.findStream({ ...day, size: 200 }))
      assert.deepStrictEqual(asked, [
        "/v1/calendars 1999-12-31T23:59:59.999999 2021-03-01T12:00:00.000001 50",
        "/v1/calendars 1999-12-31T23:59:59.999999 2021-03-01T12:00:00.000001 20",
        "/v1/calendars 2021-01-31T23:59:59.999999 2021-02-02T00:00:00.000001 200"
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("filters go with every window", () => {
    const found = answers(
      { body: { data: [{ id: "e-1" }], links: { next: { meta: { "page[from]": "2021-02-01T12:00:00" } } } } },
      { body: [] }
    )
    return Effect.gen(function* () {
      yield* Stream.runDrain(CalendarEvents.findStream({ ...day, calendar_id: Calendars.CalendarId.make("c 1") }))
      assert.deepStrictEqual(found.sent(), [
        "GET /v1/calendar_events?calendar_id=c 1&page[from]=2021-01-31T23:59:59.999999&page[to]=2021-02-02T00:00:00.000001&page[size]=50",
        "GET /v1/calendar_events?calendar_id=c 1&page[from]=2021-02-01T11:59:59.999998&page[to]=2021-02-02T00:00:00.000001&page[size]=50"
      ])
    }).pipe(Effect.provide(found.layer))
  })

  it.effect("a search walks in its body, and says nothing in its address", () => {
    const found = answers(
      { body: { data: [{ id: "n-1" }], links: { meta: { next: { "page[from]": "2021-02-01T12:00:00Z" } } } } },
      { body: { data: [{ id: "n-2" }], links: {} } }
    )
    return Effect.gen(function* () {
      const all = yield* Stream.runCollect(PhoneNumbers.searchStream({ ...day, body: { phone_number: "+15005550142" } }))
      assert.deepStrictEqual(
        Array.from(all, ({ id }) => String(id)),
        ["n-1", "n-2"]
      )
      const body = (from: string) => ({
        phone_number: "+15005550142",
        "page[from]": from,
        "page[to]": "2021-02-02T00:00:00.000001",
        "page[size]": 50
      })
      assert.deepStrictEqual(found.sent(), [
        ["POST /v1/phone_numbers/find", body("2021-01-31T23:59:59.999999")],
        ["POST /v1/phone_numbers/find", body("2021-02-01T11:59:59.999998")]
      ])
    }).pipe(Effect.provide(found.layer))
  })

  it.effect("a window that ends before it begins is refused before anything is sent", () => {
    const { asked, layer } = scripted(() => ({ data: [] }))
    return Effect.gen(function* () {
      const { from, to } = day
      const backwards = { "page[from]": to, "page[to]": from }
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(Calendars.find(backwards))), ["EncodeError", "page[from]"])
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(PhoneNumbers.search({ body: backwards }))), ["EncodeError", "body"])
      const walk = Stream.runDrain(Calendars.findStream({ from: to, to: from }))
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(walk)), ["EncodeError", "from"])
      assert.deepStrictEqual(asked, [])
      yield* Calendars.find({ "page[from]": from, "page[to]": from })
    }).pipe(Effect.provide(layer))
  })

  it.effect("a mark from a clock ahead of ours, or an end before the year 2000, is no mistake", () => {
    const { asked, layer } = scripted(() => ({ data: [] }))
    return Effect.gen(function* () {
      yield* nowIs
      yield* Stream.runDrain(Calendars.findStream({ from: at("2021-03-01T13:00:00Z") }))
      yield* Stream.runDrain(Calendars.findStream({ to: at("1999-03-01T00:00:00Z") }))
      assert.deepStrictEqual(asked, [
        "/v1/calendars 2021-03-01T12:59:59.999999 2021-03-01T13:00:00.000001 50",
        "/v1/calendars 1999-02-28T23:59:59.999999 1999-03-01T00:00:00.000001 50"
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("what is no time is refused, and any text that is one is taken", () => {
    const { asked, layer } = scripted(() => ({ data: [] }))
    return Effect.gen(function* () {
      const walk = (from: string) => Stream.runDrain(Calendars.findStream({ ...day, from: from as Timestamp.Timestamp }))
      assert.deepStrictEqual(tagAndPlaces(yield* Effect.flip(walk("yesterday"))), ["EncodeError", "from"])
      yield* walk("2021-02-01T01:00:00+01:00")
      assert.deepStrictEqual(asked, ["/v1/calendars 2021-01-31T23:59:59.999999 2021-02-02T00:00:00.000001 50"])
    }).pipe(Effect.provide(layer))
  })
})

describe("TimeWindow: next links", () => {
  const href = (query: string) => `https://elsewhere.example/v1/stolen?${query}`
  it.each([
    ["next.meta", { next: { meta: { "page[from]": "2021-02-01T12:00:00.000000" } } }],
    ["meta.next", { meta: { next: { "page[from]": "2021-02-01T12:00:00+00:00" } } }],
    ["href.next", { href: { next: href("page[from]=2021-02-01T12:00:00&page[size]=50") } }],
    ["next.href", { next: { href: href("page%5Bfrom%5D=2021-02-01T12%3A00%3A00%2B00%3A00") } }],
    [
      "a bracket encoded twice over inside a literal one",
      { next: { href: href("resource_name=x&page[%255Bfrom]=2021-02-01T12:00:00.000000#page[from]=1") } }
    ],
    ["a next that is the address itself", { next: href("page[from]=2021-02-01T12:00:00Z") }],
    ["values before addresses", { next: { meta: { "page[from]": "2021-02-01T12:00:00" }, href: href("page[from]=2021-02-01T18:00:00") } }]
  ])("%s: only its time is used", (_, links) =>
    Effect.gen(function* () {
      const { asked, layer } = scripted((_, n) => (n === 1 ? { data: [record(1, "2021-02-01T12:00:00Z")], links } : { data: [] }))
      yield* Effect.provide(Stream.runDrain(Calendars.findStream(day)), layer)
      assert.deepStrictEqual(asked.slice(1), ["/v1/calendars 2021-02-01T11:59:59.999998 2021-02-02T00:00:00.000001 50"])
    }).pipe(Effect.runPromise)
  )

  for (const query of ["token=7", "page[from]=%E0%A4%A", "page[from]=yesterday", "page[from]", "notpage[from]=2021-02-01T12:00:00"]) {
    it.effect(`a next that cannot be read, such as ${query}, means more: the window is halved, even for a single record`, () => {
      const { asked, layer } = scripted((_, n) => ({
        data: n < 3 ? [record(n, "2021-02-01T06:00:00Z")] : [],
        links: n === 1 ? { next: { href: href(query) } } : {}
      }))
      return Effect.gen(function* () {
        const items = yield* Stream.runCollect(Calendars.findStream(day))
        assert.deepStrictEqual(asked.slice(1), [
          "/v1/calendars 2021-01-31T23:59:59.999999 2021-02-01T12:00:00.000001 50",
          "/v1/calendars 2021-02-01T12:00:00.000000 2021-02-02T00:00:00.000001 50"
        ])
        assert.deepStrictEqual(ids(items), ["c-2"])
      }).pipe(Effect.provide(layer))
    })
  }

  it.effect("a next that says nothing is none; one that says anything at all is one", () =>
    Effect.gen(function* () {
      const requestsWith = (next: unknown) => {
        const { asked, layer } = scripted((_, n) => ({ data: n === 1 ? [record(1, "2021-02-01T06:00:00Z")] : [], links: { next } }))
        return Stream.runDrain(Calendars.findStream(day)).pipe(
          Effect.map(() => asked.length),
          Effect.provide(layer)
        )
      }
      for (const next of [null, "", {}, { href: null }, { href: "", meta: {} }]) assert.strictEqual(yield* requestsWith(next), 1)
      for (const next of ["7", 7, false, { href: "", token: "7" }]) assert.strictEqual(yield* requestsWith(next), 3)
    })
  )

  it.effect("a link to the page itself leads nowhere: the window is halved", () => {
    const { asked, layer } = scripted(({ from }, n) =>
      n === 1 ? { data: same(50, "2021-02-01T06:00:00Z"), links: { next: { meta: { "page[from]": from } } } } : { data: [] }
    )
    return Effect.gen(function* () {
      yield* Stream.runDrain(Calendars.findStream(day))
      assert.strictEqual(asked.length, 3)
    }).pipe(Effect.provide(layer))
  })

  it.effect("a text in the place of links is none; links without a next are the end, even of a full page", () => {
    const { asked, layer } = scripted((_, n) => ({
      data: n < 3 ? same(50, "2021-02-01T06:00:00Z") : [],
      links: n === 1 ? "<pagination links>" : { current: {} }
    }))
    return Effect.gen(function* () {
      yield* Stream.runDrain(Calendars.findStream(day))
      assert.strictEqual(asked.length, 3)
    }).pipe(Effect.provide(layer))
  })
})

describe("TimeWindow: full microseconds", () => {
  const moment = "2021-02-01T06:00:00.000000Z"
  const instant = { from: at(moment), to: at(moment) }

  it.effect("are asked for in larger pages as long as the server says that it applies them", () => {
    const { asked, layer } = scripted(({ size }) => ({ data: same(Math.min(size, 120), moment), ...echo(size) }))
    return Effect.gen(function* () {
      assert.strictEqual((yield* Stream.runCollect(Calendars.findStream(instant))).length, 120)
      assert.deepStrictEqual(
        asked.map((one) => one.split(" ").at(-1)),
        ["50", "100", "200"]
      )
    }).pipe(Effect.provide(layer))
  })

  it.effect.each([
    ["a server that does not say which size it applied", (size: number) => ({ data: same(size, moment) }), 1],
    ["a server that says it applied a smaller one", () => ({ data: same(50, moment), ...echo(50) }), 2],
    ["a server that does not keep its word", (size: number) => ({ data: same(50, moment), ...echo(size) }), 2],
    ["a server with no end of records", (size: number) => ({ data: same(size, moment), ...echo(size) }), 6]
  ] as const)("%s: WindowOverflow", ([_, answer, requests]) => {
    const { asked, layer } = scripted(({ size }) => answer(size))
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain(Calendars.findStream(instant)))
      assert.deepStrictEqual([error._tag, error.endpoint, error.attempts], ["WindowOverflow", "calendars.find", requests])
      assert.strictEqual(asked.length, requests)
    }).pipe(Effect.provide(layer))
  })

  it.effect("are asked for in larger pages also where the server tells the size as a text, and only where it is a size", () =>
    Effect.gen(function* () {
      const outcomeWith = (told: (size: number) => unknown) => {
        const { asked, layer } = scripted(({ size }) => ({
          data: same(Math.min(size, 120), moment),
          meta: { current: { "page[size]": told(size) } }
        }))
        return Stream.runCollect(Calendars.findStream(instant)).pipe(
          Effect.match({ onFailure: ({ _tag }) => [asked.length, _tag], onSuccess: ({ length }) => [asked.length, length] }),
          Effect.provide(layer)
        )
      }
      assert.deepStrictEqual(yield* outcomeWith(String), [3, 120])
      for (const told of ["1e3", " 1000 ", "many", "", true, 99.5, 0, -50, null, {}]) {
        assert.deepStrictEqual(yield* outcomeWith(() => told), [1, "WindowOverflow"], JSON.stringify(told))
      }
    })
  )

  it.effect("fail at once where that is asked for", () => {
    const { asked, layer } = scripted(({ size }) => ({ data: same(Math.min(size, 120), moment), ...echo(size) }))
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain(Calendars.findStream({ ...instant, overfull: "Fail" })))
      assert.strictEqual(error._tag, "WindowOverflow")
      assert.strictEqual(asked.length, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("are left behind where that is asked for", () => {
    const { layer } = scripted(({ from }) => ({
      data: from.startsWith("2021-02-01T05") ? same(50, moment) : [record(99, "2021-02-01T09:00:00Z")]
    }))
    return Effect.gen(function* () {
      const found = yield* Stream.runCollect(
        Calendars.findStream({ from: at(moment), to: at("2021-02-01T06:00:00.000001Z"), overfull: "Skip" })
      )
      assert.deepStrictEqual([found.length, ids(found).at(-1)], [51, "c-99"])
    }).pipe(Effect.provide(layer))
  })
})

describe("TimeWindow: servers that ignore the window", () => {
  it.effect("are found out when a half brings the records of the whole", () => {
    const { asked, layer } = scripted(() => ({ data: same(50, "2021-02-01T18:00:00Z") }))
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain(Calendars.findStream(day)))
      assert.strictEqual(error._tag, "WindowIgnored")
      assert.strictEqual(asked.length, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("are found out in whatever order the records come", () => {
    const records = same(50, "2021-02-01T18:00:00Z")
    const { asked, layer } = scripted((_, n) => ({ data: n === 1 ? records : records.toReversed() }))
    return Effect.gen(function* () {
      assert.strictEqual((yield* Effect.flip(Stream.runDrain(Calendars.findStream(day))))._tag, "WindowIgnored")
      assert.lengthOf(asked, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("do no harm while everything fits a page", () => {
    const { layer } = scripted(() => ({ data: same(49, "2011-02-01T18:00:00Z") }))
    return Effect.gen(function* () {
      assert.strictEqual((yield* Stream.runCollect(Calendars.findStream(day))).length, 49)
    }).pipe(Effect.provide(layer))
  })

  it.effect("cannot be told where records carry no times: external ids of one half are no proof", () => {
    const mappings = Array.from({ length: 50 }, (_, n) => ({ id: `m-${n}`, namespace: "hospital" }))
    const { layer } = scripted(({ from, to }) => ({ data: to > "2021-02-01T03" && from < "2021-02-01T02" ? mappings : [], ...echo(100) }))
    return Effect.gen(function* () {
      assert.strictEqual((yield* Stream.runCollect(ExternalIds.findStream(day))).length, 50)
      const full = scripted(() => ({ data: mappings }))
      const error = yield* Effect.flip(Stream.runDrain(ExternalIds.findStream(day)).pipe(Effect.provide(full.layer)))
      assert.strictEqual(error._tag, "WindowOverflow")
    }).pipe(Effect.provide(layer))
  })
})

describe("TimeWindow: records that come again", () => {
  const t = (micros: number) => `2021-02-01T00:00:00.${String(micros).padStart(6, "0")}Z`
  const walk = (options: TimeWindow.Options, ...pages: ReadonlyArray<ReadonlyArray<object>>) => {
    const { layer } = scripted((_, n) => ({
      data: pages[n - 1] ?? [],
      links: n < pages.length ? { next: { meta: { "page[from]": t(n * 10) } } } : {}
    }))
    return Effect.provide(Stream.runCollect(Calendars.findStream({ ...day, ...options })), layer)
  }

  it.effect("come once, for as long as a seam can repeat them", () =>
    Effect.gen(function* () {
      const [a, b, c] = [record(1, t(1)), record(2, t(2)), record(3, t(3))]
      assert.deepStrictEqual(ids(yield* walk({}, [a, a, b], [b, c], [b, c], [b, c], [c])), ["c-1", "c-2", "c-3"])
      assert.deepStrictEqual(ids(yield* walk({}, [a], [b], [c], [a])), ["c-1", "c-2", "c-3"])
    })
  )

  it.effect("come again where they have changed since, and not in an older form", () =>
    Effect.gen(function* () {
      const [old, changed] = [record(1, t(1)), record(1, "2021-02-01T00:00:00.17+00:00")]
      const found = yield* walk({}, [old], [changed], [old])
      assert.deepStrictEqual(
        Array.from(found, ({ updated_at }) => String(updated_at)),
        [t(1), t(170_000)]
      )
      assert.strictEqual((yield* walk({ distinct: true }, [old], [changed], [old])).length, 1)
    })
  )

  it.effect("without times, come again only where they differ", () =>
    Effect.gen(function* () {
      const found = yield* walk({}, [{ id: "m-1", worker_id: "w-1" }], [{ id: "m-1", worker_id: "w-1" }], [{ id: "m-1", worker_id: "w-2" }])
      assert.strictEqual(found.length, 2)
    })
  )

  it.effect("from anywhere in the walk, come once where that is asked for", () =>
    Effect.gen(function* () {
      const pages = [1, 2, 3, 4, 5, 1].map((n) => [record(n, t(n))])
      assert.strictEqual((yield* walk({}, ...pages)).length, 6)
      assert.strictEqual((yield* walk({ distinct: true }, ...pages)).length, 5)
    })
  )
})

describe("TimeWindow: marks", () => {
  const page = { data: [record(1, "2021-02-01T06:00:00Z")], links: { next: { meta: { "page[from]": "2021-02-01T06:00:00Z" } } } }
  const marksOf = (options: TimeWindow.Options, date?: string) => {
    const { layer } = scripted((_, n) => (n === 1 ? page : { data: [] }), date)
    return Effect.zipRight(nowIs, Stream.runCollect(Calendars.findPages(options))).pipe(
      Effect.map((pages) => Array.from(pages, ({ mark }) => String(mark))),
      Effect.provide(layer)
    )
  }

  it.effect("lie at what is left, and in the end two minutes before the end", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* marksOf(day), ["2021-02-01T05:59:59.999999Z", "2021-02-01T23:58:00.000000Z"])
      assert.deepStrictEqual(yield* marksOf({}), ["2021-02-01T05:59:59.999999Z", "2021-03-01T11:58:00.000000Z"])
    })
  )

  it.effect("trust neither a clock of ours that is ahead nor a server's", () =>
    Effect.gen(function* () {
      const end = (marks: ReadonlyArray<string>) => marks.at(-1)
      assert.strictEqual(end(yield* marksOf({}, "Mon, 01 Mar 2021 11:00:00 GMT")), "2021-03-01T10:58:00.000000Z")
      assert.strictEqual(end(yield* marksOf({}, "Mon, 01 Mar 2021 13:00:00 GMT")), "2021-03-01T11:58:00.000000Z")
      assert.strictEqual(end(yield* marksOf({ to: at("2022-01-01T00:00:00Z") })), "2021-03-01T11:58:00.000000Z")
      assert.strictEqual(end(yield* marksOf({}, "soon")), "2021-03-01T11:58:00.000000Z")
    })
  )

  it.effect("and windows can be stored", () => {
    const { layer } = scripted((_, n) => (n === 1 ? page : { data: [] }))
    return Effect.gen(function* () {
      yield* nowIs
      const first = yield* Effect.flatten(Stream.runHead(Calendars.findPages(day)))
      const stored = JSON.parse(JSON.stringify(yield* Schema.encode(TimeWindow.Window)(first.next!)))
      assert.deepStrictEqual(yield* Schema.decodeUnknown(TimeWindow.Window)(stored), first.next)
      assert.deepStrictEqual(first.next, { from: first.mark, to: day.to })
      assert.deepStrictEqual(first.position, day)
    }).pipe(Effect.provide(layer))
  })
})

describe("TimeWindow: walks that fail", () => {
  it.effect("a page that cannot be had ends the walk with its error, after the pages before it", () => {
    const found = answers(
      { body: { data: [record(1, "2021-02-01T06:00:00Z")], links: { next: { meta: { "page[from]": "2021-02-01T06:00:00Z" } } } } },
      { status: 403, body: { errors: [{ code: "forbidden", status: 403, title: "", detail: "" }] } }
    )
    return Effect.gen(function* () {
      yield* nowIs
      const seen: Array<string> = []
      const walk = Stream.runForEach(Calendars.findPages(day), ({ mark }) => Effect.sync(() => seen.push(mark)))
      const error = yield* Effect.flip(walk)
      assert.strictEqual(error._tag, "Forbidden")
      assert.deepStrictEqual(seen, ["2021-02-01T05:59:59.999999Z"])
    }).pipe(Effect.provide(found.layer))
  })

  it.effect("a server that leads on for ever with nothing new is left", () => {
    const { asked, layer } = scripted(({ from }) => ({
      data: [],
      links: { next: { meta: { "page[from]": Timestamp.fromMicros(Timestamp.toMicros(at(from)) + 3n) } } }
    }))
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain(Calendars.findStream(day)))
      assert.strictEqual(error._tag, "PagingStalled")
      assert.strictEqual(asked.length, 1_000)
    }).pipe(Effect.provide(layer))
  })

  it.effect("so is one that brings more pages than allowed", () => {
    const { asked, layer } = scripted(({ from }, n) => ({
      data: [record(n, from)],
      links: { next: { meta: { "page[from]": Timestamp.fromMicros(Timestamp.toMicros(at(from)) + 3n) } } }
    }))
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain(Calendars.findStream(day)))
      assert.deepStrictEqual([error._tag, "reason" in error && error.reason, error.attempts], ["PagingStalled", "TooManyPages", 20])
      assert.strictEqual(asked.length, 20)
    }).pipe(Effect.provide(layer), Effect.provide(Pagination.layer({ maxPages: 20 })))
  })
})
