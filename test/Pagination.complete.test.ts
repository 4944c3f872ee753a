// @effect-diagnostics floatingEffect:off
import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import type * as Endpoint from "../src/Endpoint.js"
import * as Pagination from "../src/Pagination.js"
import type * as Fault from "../src/testing/Fault.js"
import { Simulator } from "../src/testing/index.js"
import { Cdts, Chat, Encounters, Patients } from "../src/v8/index.js"
import type { WelkinClient } from "../src/WelkinClient.js"
import * as WelkinError from "../src/WelkinError.js"
import * as Drift from "./support/drift.js"
import * as Notes from "./support/notes.js"
import { seed as given, runs } from "./support/runs.js"

const { get } = Notes.endpoint
const tokenList = get("notes.token", "/token", { query: Pagination.pageTokenQuery, success: Pagination.pageTokenPage(Notes.Note) })
const cursorList = get("notes.cursor", "/cursor", { query: Pagination.cursorQuery, success: Pagination.cursorPage(Notes.Note) })
const unsortable = get("notes.unsorted", "/unsorted", {
  query: { page: Pagination.springQuery.page, size: Pagination.springQuery.size },
  success: Pagination.springPage(Notes.Note)
})
const whole = get("notes.whole", "/whole", { success: Schema.Array(Notes.Note) })
const inside = get("notes.inside", "/inside", {
  query: Pagination.springQuery,
  success: Schema.Struct({ kind: Schema.String, data: Pagination.springPage(Notes.Note) })
})

type Page = Pagination.CompletePage<{ readonly id?: string }, unknown>
type Read = (input?: {
  readonly size?: number
  readonly sort?: string
  readonly position?: Pagination.CompletePosition | undefined
  readonly seen?: ReadonlySet<string> | ((id: string) => boolean)
}) => Stream.Stream<Page, WelkinError.WelkinError>

const read = (endpoint: unknown, options?: object): Read => (Pagination.complete as any)(endpoint, options)

/** The list read forward, as it is where nothing changes. */
const plainly: (endpoint: unknown) => (input: { readonly size: number }) => Stream.Stream<Drift.Item, WelkinError.WelkinError> =
  Pagination.spring as any

const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) => Effect.map(Stream.runCollect(stream), Chunk.toReadonlyArray)

const idsOf = (pages: ReadonlyArray<Page>) => pages.flatMap(({ items }) => items.map(({ id }) => id!))
const endOf = (pages: ReadonlyArray<Page>) => {
  assert.isTrue(pages.slice(0, -1).every(({ next, verdict }) => next !== undefined && verdict === undefined))
  const { mode, next, verdict } = pages.at(-1)!
  assert.isUndefined(next)
  return [mode, verdict] as const
}

/** An endpoint that answers from a script, and what it was asked. */
const scripted = (endpoint: { readonly descriptor: Endpoint.Descriptor }, answer: (query: any, n: number) => unknown) => {
  const asked: Array<any> = []
  const call = (query: any) =>
    Effect.suspend(() => {
      asked.push(query)
      const page = answer(query, asked.length)
      return page instanceof Error ? Effect.fail(page as WelkinError.WelkinError) : Effect.succeed(page)
    })
  return { asked, endpoint: Object.assign(call, { descriptor: endpoint.descriptor }) }
}

const facts = { endpoint: "notes.list", method: "GET", route: "/notes", attempts: 1, waitedMillis: 0, stopped: "Final" as const }
const answered = { ...facts, codes: [], body: Redacted.make("") }
const badRequest = new WelkinError.BadRequest({ ...answered, status: 400 })
const broken = new WelkinError.ServerError({ ...answered, status: 500 })

/** So many records, a minute apart. */
const records = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `n-${n}`, createdAt: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString() }))
const springOf = (all: ReadonlyArray<unknown>, { page, size }: { readonly page: number; readonly size: number }) => ({
  content: all.slice(page * size, page * size + size),
  last: (page + 1) * size >= all.length,
  number: page,
  size,
  totalElements: all.length
})

// --------------------------------------------------------------------------------------------------------------- T3, the drift

const first = given ?? 1
const worlds = Array.from({ length: runs({ test: 12, sweep: 5_000 }) }, (_, n) => first + n)
const sortings = ["honours", "honours the first", "ignores", "shuffles ties", "by updatedAt"] as const
const inserts = ["none", "appended", "front", "anywhere"] as const

/** A long run that gives no turn to the event loop looks dead to Vitest. */
const breath = Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))

/** Ids that came, and whether some are missing that were there throughout. */
const missing = (world: Drift.World, ids: ReadonlyArray<string>): boolean => {
  const came = new Set(ids)
  return [...world.survivors()].some((id) => !came.has(id))
}

describe("Pagination.complete: a list that changes before every request", () => {
  for (const sorting of sortings) {
    for (const insert of inserts) {
      it.effect(`a server that ${sorting}, inserts ${insert}: nothing that is there throughout is missed under the verdict verified`, () =>
        Effect.gen(function* () {
          let losses = 0
          let forward = 0
          for (const seed of worlds) {
            yield* breath
            // where records share moments the server needs a second field to sort by
            const tied = 1 + (seed % 2) * 2
            const isSorted = sorting === "honours" || (tied === 1 && (sorting === "honours the first" || sorting === "shuffles ties"))
            const facts: Drift.Facts = { sorting, inserts: insert, tied, updates: sorting === "by updatedAt" }
            const [count, size] = [20 + (seed % 60), 4 + (seed % 5)]
            const label = `WELKIN_SEED=${seed}`
            const world = Drift.world(Notes.list.descriptor, count, facts, seed)
            const pages = yield* collect(read(world.endpoint)({ size }))
            const ids = idsOf(pages)
            assert.strictEqual(new Set(ids).size, ids.length, `a record came twice, ${label}`)
            const [, verdict] = endOf(pages)
            const isLoss = missing(world, ids)
            if (isLoss) losses++
            assert.isFalse(isLoss && verdict === "verified", `a record is missing, ${label}`)
            if (isSorted) assert.deepEqual([verdict, isLoss], ["verified", false], label)
            const control = Drift.world(Notes.list.descriptor, count, facts, seed)
            const plain = yield* Effect.either(collect(plainly(control.endpoint)({ size })))
            if (
              plain._tag === "Left" ||
              missing(
                control,
                plain.right.map(({ id }) => id)
              )
            )
              forward++
          }
          if (sorting === "honours") assert.strictEqual(losses, 0)
          assert.isAbove(forward, worlds.length / 4, "the worlds do not drift: reading forward loses nothing")
        })
      )
    }

    it.effect(`a server that ${sorting}: a list that comes to rest is verified`, () =>
      Effect.gen(function* () {
        for (const seed of worlds) {
          yield* breath
          const world = Drift.world(Notes.list.descriptor, 20 + (seed % 60), { sorting, inserts: "anywhere", tied: 3, restless: 6 }, seed)
          const pages = yield* collect(read(world.endpoint)({ size: 4 + (seed % 5) }))
          assert.strictEqual(endOf(pages)[1], "verified", `WELKIN_SEED=${seed}`)
          assert.isFalse(missing(world, idsOf(pages)), `WELKIN_SEED=${seed}`)
        }
      })
    )
  }

  for (const tells of [true, false]) {
    it.effect(`a server that caps the size and ${tells ? "says so" : "does not"} changes nothing of that`, () =>
      Effect.gen(function* () {
        for (const seed of worlds) {
          yield* breath
          const facts: Drift.Facts = { sorting: "honours", inserts: "appended", tied: 3, cap: 4 + (seed % 3), tells }
          const world = Drift.world(Notes.list.descriptor, 20 + (seed % 60), facts, seed)
          const pages = yield* collect(read(world.endpoint)({ size: 1000 }))
          assert.isFalse(missing(world, idsOf(pages)), `WELKIN_SEED=${seed}`)
          assert.strictEqual(endOf(pages)[1], "verified", `WELKIN_SEED=${seed}`)
        }
      })
    )
  }

  for (const sorting of ["honours", "ignores"] as const) {
    it.effect(`a server that ${sorting}: a reading that stops anywhere and goes on after a pause misses nothing either`, () =>
      Effect.gen(function* () {
        for (const seed of worlds) {
          yield* breath
          const facts: Drift.Facts = { sorting, inserts: "appended", tied: 1, restless: sorting === "honours" ? 1e9 : 20 }
          const world = Drift.world(Notes.list.descriptor, 30 + (seed % 60), facts, seed)
          const size = 4 + (seed % 5)
          const ids: Array<string> = []
          let position: Pagination.CompletePosition | undefined
          let verdict: Pagination.Verdict | undefined
          do {
            const stop = 1 + ((seed + ids.length) % 4)
            const seen = new Set(ids)
            const pages: ReadonlyArray<Page> = yield* collect(Stream.take(read(world.endpoint)({ size, position, seen }), stop))
            ids.push(...idsOf(pages))
            verdict = pages.at(-1)!.verdict
            const next = pages.at(-1)!.next
            if (next === undefined) break
            const stored = JSON.stringify(yield* Schema.encode(Pagination.CompletePosition)(next))
            position = yield* Schema.decodeUnknown(Pagination.CompletePosition)(JSON.parse(stored))
            if (world.requests() < 20) world.pause(3)
          } while (world.requests() < 1_000)
          assert.strictEqual(new Set(ids).size, ids.length, `WELKIN_SEED=${seed}`)
          assert.isFalse(verdict === "verified" && missing(world, ids), `WELKIN_SEED=${seed}`)
          if (sorting === "honours") assert.strictEqual(verdict, "verified", `WELKIN_SEED=${seed}`)
        }
      })
    )
  }
})

// ----------------------------------------------------------------------------------------------------------- one list at a time

describe("Pagination.complete: how a list is read", () => {
  it.effect("one that fits a page is asked for once, and is verified whatever its order", () =>
    Effect.gen(function* () {
      const all = records(8).reverse()
      const { asked, endpoint } = scripted(Notes.list, (query) => springOf(all, query))
      const pages = yield* collect(read(endpoint)({ size: 10 }))
      assert.deepEqual(asked, [{ page: 0, size: 10 }])
      assert.deepEqual([endOf(pages), idsOf(pages)], [["whole", "verified"], all.map(({ id }) => id)])
    })
  )

  it.effect("a longer one backward, sorted by creation and id, its last page once more", () =>
    Effect.gen(function* () {
      const all = records(25)
      const { asked, endpoint } = scripted(Notes.list, (query) => springOf(all, query))
      const pages = yield* collect(read(endpoint)({ size: 10 }))
      const sort = ["createdAt,asc", "id,asc"]
      assert.deepEqual(asked, [{ page: 0, size: 10 }, ...[2, 1, 0, 2].map((page) => ({ page, size: 10, sort }))])
      assert.deepEqual(endOf(pages), ["backward", "verified"])
      assert.deepEqual(
        pages.map(({ kept }) => kept),
        [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [], []]
      )
      assert.strictEqual(new Set(idsOf(pages)).size, 25)
    })
  )

  for (const [name, refusal] of [
    ["refuses", badRequest],
    ["breaks at", broken]
  ] as const) {
    it.effect(`a server that ${name} two fields is asked for one, one that ${name} that as well is read in sweeps`, () =>
      Effect.gen(function* () {
        const one = scripted(Notes.list, (query) => (Array.isArray(query.sort) ? refusal : springOf(records(25), query)))
        assert.deepEqual(endOf(yield* collect(read(one.endpoint)({ size: 10 }))), ["backward", "verified"])
        assert.deepEqual(one.asked[2], { page: 2, size: 10, sort: "createdAt,asc" })
        const none = scripted(Notes.list, (query) => (query.sort === undefined ? springOf(records(25), query) : refusal))
        const pages = yield* collect(read(none.endpoint)({ size: 10 }))
        assert.deepEqual([endOf(pages), new Set(idsOf(pages)).size], [["sweep", "verified"], 25])
      })
    )
  }

  it.effect("one that cannot be sorted, or does not say when its records were created, in sweeps: the second proves the first", () =>
    Effect.gen(function* () {
      const dateless = records(25).map(({ id }) => ({ id }))
      for (const [list, all] of [
        [unsortable, records(25)],
        [Notes.list, dateless]
      ] as const) {
        const { asked, endpoint } = scripted(list, (query) => springOf(all, query))
        const pages = yield* collect(read(endpoint)({ size: 10 }))
        assert.deepEqual(
          asked.map(({ page, sort }) => [page, sort]),
          [0, 1, 2, 0, 1, 2].map((page) => [page, undefined])
        )
        assert.deepEqual([endOf(pages), idsOf(pages)], [["sweep", "verified"], all.map(({ id }) => id)])
      }
    })
  )

  it.effect("one that may be sorted by one field alone is not asked for two", () =>
    Effect.gen(function* () {
      const sortable = get("notes.sortable", "/sortable", {
        query: { ...Pagination.springQuery, sort: Schema.optional(Schema.String) },
        success: Pagination.springPage(Notes.Note)
      })
      const { asked, endpoint } = scripted(sortable, (query) => springOf(records(25), query))
      assert.deepEqual(endOf(yield* collect(read(endpoint)({ size: 10 }))), ["backward", "verified"])
      assert.deepEqual(
        asked.map(({ sort }) => sort),
        [undefined, ...Array.from({ length: 4 }, () => "createdAt,asc")]
      )
    })
  )

  it.effect("one in which a single record does not say when it was created, in sweeps from the first page on", () =>
    Effect.gen(function* () {
      const all = records(25).map((record, n) => (n === 3 ? { id: record.id } : record))
      const { asked, endpoint } = scripted(Notes.list, (query) => springOf(all, query))
      assert.deepEqual(endOf(yield* collect(read(endpoint)({ size: 10 }))), ["sweep", "verified"])
      assert.lengthOf(asked, 6)
    })
  )

  it.effect("trouble on the way back is the list's, and no sign of a server that cannot sort", () =>
    Effect.gen(function* () {
      for (const trouble of [
        new WelkinError.ServerError({ ...answered, status: 503 }),
        new WelkinError.Forbidden({ ...answered, status: 403 })
      ]) {
        for (const nth of [2, 3]) {
          const { asked, endpoint } = scripted(Notes.list, (query, n) => (n === nth ? trouble : springOf(records(25), query)))
          assert.strictEqual(yield* Effect.flip(collect(read(endpoint)({ size: 10 }))), trouble)
          assert.lengthOf(asked, nth)
        }
      }
      // a refusal tells of the sort where nothing was sorted before, and there alone
      const { asked, endpoint } = scripted(Notes.list, (query, n) => (n === 3 ? broken : springOf(records(25), query)))
      assert.strictEqual(yield* Effect.flip(collect(read(endpoint)({ size: 10 }))), broken)
      assert.lengthOf(asked, 3)
    })
  )

  it.effect("moments that were decoded are as good as texts, and are kept to the microsecond", () =>
    Effect.gen(function* () {
      const all = records(25)
      const decoded = all.map(({ createdAt, id }) => ({ id, createdAt: DateTime.unsafeMake(createdAt) }))
      const newest = Date.UTC(2026, 0, 1, 0, 24) * 1000
      for (const [list, youngest] of [
        [all, newest],
        [decoded, newest],
        [all.map(({ createdAt, id }) => ({ id, createdAt: createdAt.replace("Z", "01Z") })), newest + 10],
        [all.map(({ createdAt, id }) => ({ id, createdAt: createdAt.replace("Z", "0012Z") })), newest + 1]
      ] as const) {
        const { endpoint } = scripted(Notes.list, (query) => springOf(list, query))
        const pages = yield* collect(read(endpoint)({ size: 10 }))
        assert.deepEqual(endOf(pages), ["backward", "verified"])
        const places = pages.slice(0, -1).map(({ next }) => next)
        assert.isTrue(places.every(Schema.is(Pagination.CompletePosition)))
        assert.deepEqual(
          places.map((place) => place?.mode === "backward" && place.newest),
          [null, youngest, youngest, youngest]
        )
      }
    })
  )

  it.effect("moments apart by a microsecond are in order, by a bare date they are not known", () =>
    Effect.gen(function* () {
      // by id they would be in another order
      const stamped = (stamp: (n: number) => string) => records(25).map((_, n) => ({ id: `n-${99 - n}`, createdAt: stamp(n) }))
      const micro = stamped((n) => `2026-01-01T00:00:00.0000${String(10 + n)}Z`)
      const { endpoint } = scripted(Notes.list, (query) => springOf(micro, query))
      assert.deepEqual(endOf(yield* collect(read(endpoint)({ size: 10 }))), ["backward", "verified"])
      const wrong = scripted(Notes.list, (query) => springOf(micro.toReversed(), query))
      assert.deepEqual(endOf(yield* collect(read(wrong.endpoint)({ size: 10 }))), ["sweep", "verified"])
      const dates = scripted(Notes.list, (query) =>
        springOf(
          stamped(() => "2026-01-01"),
          query
        )
      )
      assert.deepEqual(endOf(yield* collect(read(dates.endpoint)({ size: 10 }))), ["sweep", "verified"])
    })
  )

  it.effect("data records by created_at, wherever the page stands in the answer", () =>
    Effect.gen(function* () {
      const all = records(25).map(({ createdAt, id }) => ({ id, jsonBody: { created_at: createdAt } }))
      const { asked, endpoint } = scripted(inside, (query) => ({ kind: "x", data: springOf(all, query) }))
      for (const options of [undefined, { at: "data" }]) {
        assert.deepEqual(endOf(yield* collect(read(endpoint, options)({ size: 10 }))), ["backward", "verified"])
      }
      assert.deepEqual(asked[1].sort, ["created_at,asc", "id,asc"])
      const wrapped = scripted(inside, (query) => ({ text: "", value: { kind: "x", data: springOf(all, query) } }))
      const unwrapped = scripted(inside, (query) => ({ text: "", page: springOf(all, query) }))
      assert.lengthOf(idsOf(yield* collect(read(wrapped.endpoint, { at: "value" })({ size: 10 }))), 25)
      assert.lengthOf(idsOf(yield* collect(read(unwrapped.endpoint, { at: "page" })({ size: 10 }))), 25)
    })
  )

  it.effect("a list that is no page comes whole", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(whole, () => [...records(3), { id: "n-1" }])
      const pages = yield* collect(read(endpoint)())
      assert.deepEqual([asked.length, endOf(pages), idsOf(pages)], [1, ["whole", "verified"], ["n-0", "n-1", "n-2"]])
    })
  )

  it.effect("the field that tells of the creation can be said; a sort of the call counts in sweeps", () =>
    Effect.gen(function* () {
      const all = records(25).map(({ createdAt, id }) => ({ id, sentAt: createdAt }))
      const { asked, endpoint } = scripted(Notes.list, (query) => springOf(all, query))
      const input = { size: 10, sort: "sentAt,asc" }
      assert.deepEqual(endOf(yield* collect(read(endpoint, { created: "sentAt" })(input))), ["backward", "verified"])
      assert.deepEqual(
        asked.map(({ sort }) => sort),
        ["sentAt,asc", ...Array.from({ length: 4 }, () => ["sentAt,asc", "id,asc"])]
      )
      assert.deepEqual(endOf(yield* collect(read(endpoint)(input))), ["sweep", "verified"])
      assert.isTrue(asked.slice(5).every(({ sort }) => sort === "sentAt,asc"))
    })
  )

  it.effect("a list that only grows is verified by the second sweep", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(unsortable, (query, n) => springOf(records(25 + n), query))
      assert.deepEqual(endOf(yield* collect(read(endpoint)({ size: 10 }))), ["sweep", "verified"])
      assert.lengthOf(asked, 7)
    })
  )

  it.effect("a list that has shrunk between two sweeps is verified by the second", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(unsortable, (query, n) => springOf(n > 3 ? records(24) : records(25), query))
      assert.deepEqual(endOf(yield* collect(read(endpoint)({ size: 10 }))), ["sweep", "verified"])
      assert.lengthOf(asked, 6)
    })
  )

  it.effect("one that does not say how much it holds is whole on a page that is the last, and else read until nothing new comes", () =>
    Effect.gen(function* () {
      const untold = (all: ReadonlyArray<unknown>) =>
        scripted(Notes.list, (query) => ({ ...springOf(all, query), totalElements: undefined }))
      const short = untold(records(8))
      assert.deepEqual(endOf(yield* collect(read(short.endpoint)({ size: 10 }))), ["whole", "verified"])
      assert.lengthOf(short.asked, 1)
      // a total that is too small is no end where the page says that it is not the last
      const more = scripted(Notes.list, (query) => ({ ...springOf(records(12), query), totalElements: 10 }))
      const pages = yield* collect(read(more.endpoint)({ size: 10 }))
      assert.deepEqual([endOf(pages), idsOf(pages).length], [["sweep", "incomplete"], 12])
      const long = untold(records(25))
      assert.deepEqual(endOf(yield* collect(read(long.endpoint)({ size: 10 }))), ["sweep", "bestEffort"])
      assert.lengthOf(long.asked, 6)
    })
  )

  it.effect("what tells records apart can be said", () =>
    Effect.gen(function* () {
      const all = Array.from({ length: 25 }, (_, n) => ({ inner: { id: `i-${n}` } }))
      const { endpoint } = scripted(Notes.list, (query) => springOf(all, query))
      const pages = yield* collect(read(endpoint, { ids: (record: any) => record.inner.id })({ size: 10 }))
      assert.deepEqual([endOf(pages), pages.flatMap(({ items }) => items).length], [["sweep", "verified"], 25])
    })
  )

  it.effect("records without ids are told by what they hold, and no verdict is better than bestEffort", () =>
    Effect.gen(function* () {
      const all = Array.from({ length: 25 }, (_, n) => ({ text: `t-${n}` }))
      const { endpoint } = scripted(Notes.list, (query) => springOf(all, query))
      const pages = yield* collect(read(endpoint)({ size: 10 }))
      assert.deepEqual([endOf(pages), pages.flatMap(({ items }) => items).length], [["sweep", "bestEffort"], 25])
      // an id that is no name tells nobody
      for (const id of ["", 7, null]) {
        const nameless = all.map((record) => ({ ...record, id }))
        const anyhow = scripted(Notes.list, (query) => springOf(nameless, query))
        const delivered = yield* collect(read(anyhow.endpoint)({ size: 10 }))
        assert.deepEqual([endOf(delivered), delivered.flatMap(({ items }) => items)], [["sweep", "bestEffort"], nameless])
      }
      // whatever they are
      const bare = Array.from({ length: 24 }, (_, n) => (n === 0 ? null : n % 2 === 0 ? n : `t-${n}`))
      const values = scripted(Notes.list, (query) => springOf(bare, query))
      const delivered = yield* collect(read(values.endpoint)({ size: 10, seen: (id) => id.startsWith("t-") }))
      assert.deepEqual([endOf(delivered), delivered.flatMap(({ items }) => items)], [["sweep", "bestEffort"], bare])
      const twice = scripted(Notes.list, (query) => springOf([{ text: "a" }, { text: "a" }], query))
      const [page] = yield* collect(read(twice.endpoint)({ size: 10 }))
      assert.lengthOf(page!.items, 2)
    })
  )

  it.effect("nothing is asked for before the consumer pulls, and one page at a time", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(Notes.list, (query) => springOf(records(100), query))
      const list = read(endpoint)({ size: 10 })
      assert.lengthOf(asked, 0)
      let pulled = 0
      yield* Stream.runForEach(list, () => Effect.sync(() => assert.lengthOf(asked, ++pulled)))
      assert.isAbove(pulled, 10)
      asked.length = 0
      yield* Stream.runDrain(Stream.take(list, 3))
      assert.lengthOf(asked, 3)
    })
  )

  it.effect("two runs of one stream know nothing of each other", () =>
    Effect.gen(function* () {
      const { endpoint } = scripted(Notes.list, (query) => springOf(records(25), query))
      const list = read(endpoint)({ size: 10 })
      const [one, other] = yield* Effect.all([collect(list), collect(list)], { concurrency: 2 })
      assert.lengthOf(idsOf(one), 25)
      assert.deepEqual(idsOf(one), idsOf(other))
    })
  )

  it.effect("a place of another style is refused before anything is sent", () =>
    Effect.gen(function* () {
      const places: Record<string, Pagination.CompletePosition> = {
        sweep: { mode: "sweep", page: 1, pass: 1 },
        cursor: { mode: "cursor", at: null, reading: 1 }
      }
      for (const [list, mode] of [
        [Notes.list, "cursor"],
        [tokenList, "sweep"],
        [cursorList, "sweep"],
        [whole, "sweep"]
      ] as const) {
        const { asked, endpoint } = scripted(list, () => ({}))
        const error = yield* Effect.flip(collect(read(endpoint)({ position: places[mode] })))
        assert.deepEqual([error._tag, asked.length], ["EncodeError", 0])
        const expected = `a place of ${list.descriptor.paging} paging`
        assert.deepEqual(error._tag === "EncodeError" && error.places, [{ path: "position", expected, actual: mode }])
      }
    })
  )

  it("a place can be stored, and holds no record", () => {
    const decode = Schema.decodeUnknownEither(Pagination.CompletePosition)
    const back = { mode: "backward", page: 3, size: 10, sort: ["createdAt,asc"], newest: 1_767_225_600_000_000, part: "list" }
    for (const one of [back, { mode: "sweep", page: 0, pass: 1 }, { mode: "cursor", at: { start: "x" }, reading: 2 }]) {
      assert.strictEqual(decode(JSON.parse(JSON.stringify(one)))._tag, "Right")
    }
    for (const one of [{ ...back, sort: [] }, { ...back, size: 0 }, { mode: "sweep", page: -1, pass: 1 }, { mode: "whole" }, null]) {
      assert.strictEqual(decode(one)._tag, "Left")
    }
  })
})

describe("Pagination.complete: when the way back is no longer sure", () => {
  /** A list of these states, one a request, the last one for all others; pages are of ten unless said. */
  const states = (lists: ReadonlyArray<ReadonlyArray<{ readonly id: string }>>) =>
    scripted(Notes.list, (query, n) => springOf(lists[Math.min(n, lists.length) - 1]!, query))

  const all = records(40)

  it.effect("as many deletes as a page is long make two pages equal, and no list that stands still", () =>
    Effect.gen(function* () {
      const { endpoint } = states([all, all, all.slice(10)])
      const pages = yield* collect(read(endpoint)({ size: 10 }))
      assert.deepEqual([endOf(pages), new Set(idsOf(pages)).size], [["backward", "verified"], 40])
    })
  )

  it.effect("a server that gives its first page for every other is found out on the way", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(Notes.list, (query) => ({
        ...springOf(records(50), { ...query, page: 0 }),
        number: undefined,
        last: undefined
      }))
      const error = yield* Effect.flip(collect(read(endpoint)({ size: 10 })))
      assert.deepInclude(error, { _tag: "PagingStalled", reason: "SamePage" })
      assert.deepEqual(
        asked.map(({ page }) => page),
        [0, 4, 3, 4]
      )
    })
  )

  it.effect("two records of one moment that change places across a page's edge are no order", () =>
    Effect.gen(function* () {
      const [one, other] = [all[29]!, { ...all[30]!, createdAt: all[29]!.createdAt }]
      assert.isTrue(one.id < other.id)
      const swapped = [...all.slice(0, 29), other, one, ...all.slice(31)]
      const { endpoint } = states([swapped])
      assert.deepEqual(endOf(yield* collect(read(endpoint)({ size: 10 }))), ["sweep", "verified"])
    })
  )

  it.effect("records that move to the end when they are changed are not passed by", () =>
    Effect.gen(function* () {
      const stamped = records(8).map((record) => ({ ...record, updatedAt: record.createdAt }))
      const changed = [0, 2, 3, 4, 5].map((n) => ({ ...stamped[n]!, updatedAt: `2026-02-01T00:00:0${n}Z` }))
      const moved = [stamped[1]!, stamped[6]!, stamped[7]!, ...changed]
      // the first is changed when all but its page have been read, and others after it
      const { endpoint } = scripted(Notes.list, (query, n) => springOf(n > 4 ? moved : n === 1 ? stamped.slice(1) : stamped, query))
      const pages = yield* collect(read(endpoint)({ size: 2 }))
      assert.sameMembers(
        idsOf(pages),
        stamped.map(({ id }) => id)
      )
      assert.deepEqual(endOf(pages), ["sweep", "verified"])
    })
  )

  // pages of ten: how the list of 25 is from which request on, the pages that are asked for, and how many records come
  const grown = records(55)
  for (const [name, from, later, pages, count] of [
    ["what is created behind the end is read, and what stands before that", 5, grown.slice(0, 37), [0, 2, 1, 0, 2, 3, 2], 37],
    ["back to what is known", 5, grown, [0, 2, 1, 0, 2, 5, 4, 3, 2], 55],
    ["back to a page that brings nothing new", 4, grown.slice(0, 37), [0, 2, 1, 0, 3, 2, 1], 37],
    ["back to a page that holds old ones", 5, grown.slice(5, 37), [0, 2, 1, 0, 2, 3, 2, 1], 37],
    ["back to the first page where no old ones are left", 5, grown.slice(25), [0, 2, 1, 0, 2, 1, 0], 55],
    ["an end that has changed is no known end", 5, grown.slice(0, 25).toSpliced(22, 1), [0, 2, 1, 0, 2, 1], 25],
    ["an end that is empty by then lies before", 5, grown.slice(0, 18), [0, 2, 1, 0, 2, 1, 0], 25],
    ["an end that was empty from the first on is none", 2, grown.slice(0, 18), [0, 2, 1, 0, 1], 18],
    ["a list that fits a page by then has no other end", 4, grown.slice(0, 8), [0, 2, 1, 0], 25]
  ] as const) {
    it.effect(`the end once more: ${name}`, () =>
      Effect.gen(function* () {
        const { asked, endpoint } = scripted(Notes.list, (query, n) => springOf(n < from ? records(25) : later, query))
        const found = yield* collect(read(endpoint)({ size: 10 }))
        assert.deepEqual(endOf(found), ["backward", "verified"])
        assert.deepEqual(
          asked.map(({ page }) => page),
          [...pages]
        )
        assert.deepEqual([idsOf(found).length, new Set(idsOf(found)).size], [count, count])
      })
    )
  }

  it.effect("a reading that stops behind its first page knows on its way back what is new", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(Notes.list, (query) => springOf(records(25), query))
      const [first] = yield* collect(Stream.take(read(endpoint)({ size: 10 }), 1))
      const rest = yield* collect(read(endpoint)({ position: first!.next, seen: new Set(idsOf([first!])) }))
      assert.deepEqual([endOf(rest), idsOf(rest).length], [["backward", "verified"], 15])
      assert.deepEqual(
        asked.slice(1).map(({ page }) => page),
        [2, 1, 0, 2]
      )
      for (const { next } of rest.slice(0, -1)) assert.deepInclude(next, { newest: Date.UTC(2026, 0, 1, 0, 24) * 1000 })
    })
  )

  it.effect("records that were changed before, or stay where they are when they are changed, are no reason to read again", () =>
    Effect.gen(function* () {
      const later = (text: string) => text.replace("2026-01-01", "2026-01-02")
      const before = records(25).map((record) => ({ ...record, updatedAt: later(record.createdAt) }))
      const fresh = records(25).map((record) => ({ ...record, updatedAt: record.createdAt }))
      const changing = (nth: number, changed: ReadonlyArray<number>) => (n: number) =>
        n < nth
          ? fresh
          : fresh.map((record, place) => (changed.includes(place) ? { ...record, updatedAt: later(record.createdAt) } : record))
      for (const list of [() => before, changing(0, [22]), changing(4, [3, 5]), changing(5, [3, 23])]) {
        const { asked, endpoint } = scripted(Notes.list, (query, n) => springOf(list(n), query))
        assert.deepEqual(endOf(yield* collect(read(endpoint)({ size: 10 }))), ["backward", "verified"])
        assert.lengthOf(asked, 5)
      }
    })
  )

  it.effect("records that were changed meanwhile in what may be the order of changes are read again", () =>
    Effect.gen(function* () {
      const all = records(25)
      // two of them at one moment
      const fresh = all.map((record, n) => ({ ...record, updatedAt: all[n === 11 ? 12 : n]!.createdAt }))
      const changed = fresh.map((record, n) => (n === 9 ? { ...record, updatedAt: "2026-01-02T00:00:00.000Z" } : record))
      const { endpoint } = scripted(Notes.list, (query, n) => springOf(n === 4 ? changed : fresh, query))
      assert.deepEqual(endOf(yield* collect(read(endpoint)({ size: 10 }))), ["sweep", "verified"])
    })
  )

  it.effect("a page that holds fewer than it should is no ground to count on", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(Notes.list, (query, n) => {
        const page = springOf(all, query)
        return n === 3 ? { ...page, content: page.content.slice(1) } : page
      })
      assert.deepEqual(endOf(yield* collect(read(endpoint)({ size: 10 }))), ["sweep", "verified"])
      assert.deepEqual(asked[3], { page: 0, size: 10 })
    })
  )

  it.effect("a record that comes twice in the place of two is no ground to count on either", () =>
    Effect.gen(function* () {
      const { endpoint } = scripted(Notes.list, (query) => {
        const page = springOf(all, query)
        const { content } = page
        return query.sort !== undefined && query.page === 2 ? { ...page, content: [content[0]!, ...content.slice(0, -1)] } : page
      })
      const pages = yield* collect(read(endpoint)({ size: 10 }))
      assert.deepEqual([endOf(pages), new Set(idsOf(pages)).size], [["sweep", "verified"], 40])
    })
  )

  it.effect("a first page that holds fewer than it says pages hold does not tell where the last one is", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(Notes.list, (query) => {
        const page = springOf(records(25), query)
        return query.page === 0 ? { ...page, content: page.content.slice(1) } : page
      })
      assert.deepEqual(endOf(yield* collect(read(endpoint)({ size: 10 }))), ["sweep", "incomplete"])
      assert.isTrue(asked.every(({ sort }) => sort === undefined))
    })
  )

  it.effect("a record further on that does not say when it was created, or what it is called, is no ground either", () =>
    Effect.gen(function* () {
      for (const changed of [{ id: "n-35" }, { createdAt: all[35]!.createdAt }]) {
        const list = all.map((record, n) => (n === 35 ? changed : record))
        const { asked, endpoint } = scripted(Notes.list, (query) => springOf(list, query))
        const [mode] = endOf(yield* collect(read(endpoint)({ size: 10 })))
        assert.strictEqual(mode, "sweep")
        assert.deepEqual(
          asked.slice(0, 3).map(({ page, sort }) => [page, sort !== undefined]),
          [
            [0, false],
            [3, true],
            [0, false]
          ]
        )
      }
    })
  )

  it.effect("two equal pages of which the one that was asked for again is in no order are none", () =>
    Effect.gen(function* () {
      const [left, fresh] = [all.slice(10), records(50).slice(40)]
      const { endpoint } = states([all, all, left, [...left, ...fresh.toReversed()], [...left, ...fresh]])
      const pages = yield* collect(read(endpoint)({ size: 10 }))
      assert.deepEqual([endOf(pages), new Set(idsOf(pages)).size], [["sweep", "verified"], 50])
    })
  )

  it.effect("a sweep that is gone on with delivers what is new at once", () =>
    Effect.gen(function* () {
      const { endpoint } = scripted(unsortable, (query) => springOf(records(25), query))
      const pages = yield* collect(
        read(endpoint)({ size: 10, seen: new Set(records(20).map(({ id }) => id)), position: { mode: "sweep", page: 2, pass: 1 } })
      )
      assert.deepEqual(idsOf(pages.slice(0, 1)), ["n-20", "n-21", "n-22", "n-23", "n-24"])
      assert.deepEqual([endOf(pages), idsOf(pages).length], [["sweep", "verified"], 5])
    })
  )

  it.effect("two sweeps that show the same, and less than the list says it holds, end it; others are made anew, five in all", () =>
    Effect.gen(function* () {
      const sweeping = (answer: (page: ReturnType<typeof springOf>, sweep: number, query: Parameters<typeof springOf>[1]) => object) => {
        let sweep = 0
        return scripted(unsortable, (query) => {
          if (query.page === 0) sweep++
          return answer({ ...springOf(records(24), query), totalElements: 25 }, sweep, query)
        })
      }
      const verdictOf = ({ asked, endpoint }: ReturnType<typeof sweeping>) =>
        Effect.map(collect(read(endpoint)({ size: 10 })), (pages) => [...endOf(pages), asked.filter(({ page }) => page === 0).length])
      assert.deepEqual(yield* verdictOf(sweeping((page) => page)), ["sweep", "incomplete", 2])
      // a record that comes twice may have hidden another
      const twice = sweeping((page, _, query) =>
        query.page === 1 ? { ...page, content: [page.content[1], ...page.content.slice(1)] } : page
      )
      assert.deepEqual(yield* verdictOf(twice), ["sweep", "incomplete", 5])
      // so may a list that changes meanwhile
      const unsteady = sweeping((page, _, query) => ({ ...page, totalElements: query.page === 1 ? 26 : 25 }))
      assert.deepEqual(yield* verdictOf(unsteady), ["sweep", "incomplete", 5])
      // and one that shows less than before may show more again
      const varying = sweeping((page, sweep, query) =>
        sweep < 3 ? { ...page, content: sweep === 2 ? page.content.slice(0, 7) : page.content } : { ...springOf(records(25), query) }
      )
      assert.deepEqual(yield* verdictOf(varying), ["sweep", "verified", 4])
    })
  )

  it.effect("the rest of a sweep proves nothing", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(unsortable, (query) => ({ ...springOf(records(25), query), totalElements: undefined }))
      const seen = new Set(records(25).map(({ id }) => id))
      const pages = yield* collect(read(endpoint)({ size: 10, seen, position: { mode: "sweep", page: 2, pass: 2 } }))
      assert.deepEqual([endOf(pages), idsOf(pages)], [["sweep", "bestEffort"], []])
      assert.deepEqual(
        asked.map(({ page }) => page),
        [2, 0, 1, 2]
      )
    })
  )
})

// ------------------------------------------------------------------------------------------------------------ F64 to F74

describe("Pagination.complete: lists that are not as they should be", () => {
  const part = (n: number, size = 10) => Array.from({ length: size }, (_, at) => ({ id: `n-${n}-${at}` }))
  const outcome = (list: Read, input = {}) => Effect.either(collect(list({ size: 10, ...input })))
  const errorOf = <A>(result: { readonly _tag: string; readonly left?: A }) => result.left as any

  it.effect("F64: empty pages that are not the last are passed over, up to three in a row", () =>
    Effect.gen(function* () {
      const holes = scripted(Notes.list, ({ page }) => ({ content: page % 4 === 0 ? part(page) : [], last: page === 8, totalElements: 30 }))
      const pages = yield* collect(read(holes.endpoint)({ size: 10 }))
      assert.deepEqual([endOf(pages), new Set(idsOf(pages)).size], [["sweep", "verified"], 30])
      const last = scripted(Notes.list, ({ page }) => ({ content: page === 0 ? part(page) : [], last: page === 4, totalElements: 10 }))
      assert.deepEqual(endOf(yield* collect(read(last.endpoint)({ size: 10 }))), ["sweep", "verified"])
      const endless = scripted(Notes.list, ({ page }) => ({ content: page === 0 ? part(0) : [], last: false }))
      assert.deepInclude(errorOf(yield* outcome(read(endless.endpoint))), { _tag: "PagingStalled", reason: "EmptyPages" })
      assert.lengthOf(endless.asked, 5)
    })
  )

  it.effect("F65: without an end mark a list is read to its empty page, and its total is what it is measured by", () =>
    Effect.gen(function* () {
      const all = records(25).map(({ id }) => ({ id }))
      const { endpoint } = scripted(Notes.list, (query) => {
        const { last, ...page } = springOf(all, query)
        return page
      })
      const pages = yield* collect(read(endpoint)({ size: 10 }))
      assert.deepEqual([endOf(pages), idsOf(pages).length], [["sweep", "verified"], 25])
    })
  )

  it.effect("F66: a last page that comes again for ever stalls at its first repeat", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(Notes.list, ({ page }) => ({ content: part(Math.min(page, 2)) }))
      assert.deepInclude(errorOf(yield* outcome(read(endpoint))), { _tag: "PagingStalled", reason: "SamePage", pages: 4 })
      assert.lengthOf(asked, 4)
    })
  )

  it.effect("F67: a page that is the last while its total says more contradicts itself, in whatever direction it is read", () =>
    Effect.gen(function* () {
      const forward = scripted(unsortable, (query) => ({ ...springOf(records(45), query), last: query.page === 1 }))
      assert.deepInclude(errorOf(yield* outcome(read(forward.endpoint))), { _tag: "PagingInconsistent", read: 20, total: 45 })
      const back = scripted(Notes.list, (query) => ({ ...springOf(records(45), query), last: query.page === 1 || query.page === 4 }))
      assert.deepInclude(errorOf(yield* outcome(read(back.endpoint))), { _tag: "PagingInconsistent", read: 20, total: 45 })
      // where it does not say how many fit a page, it may be right: less is there than the total
      const vague = scripted(Notes.list, () => ({ content: part(0), last: true, totalElements: 30 }))
      assert.deepEqual(endOf(yield* collect(read(vague.endpoint)({ size: 10 }))), ["sweep", "incomplete"])
    })
  )

  it.effect(
    "F68: a total that never agrees is incomplete, none at all bestEffort, one that is gone on the way back no reason to stop",
    () =>
      Effect.gen(function* () {
        const all = records(25)
        const more = scripted(unsortable, (query) => ({ ...springOf(all, query), size: undefined, totalElements: 27 }))
        const pages = yield* collect(read(more.endpoint)({ size: 10 }))
        assert.deepEqual([endOf(pages), idsOf(pages).length], [["sweep", "incomplete"], 25])
        // nothing moves: more sweeps would show no more
        assert.lengthOf(more.asked, 6)
        const none = scripted(unsortable, (query) => ({ ...springOf(all, query), totalElements: undefined }))
        assert.deepEqual(endOf(yield* collect(read(none.endpoint)({ size: 10 }))), ["sweep", "bestEffort"])
        const lost = scripted(Notes.list, (query, n) => ({ ...springOf(all, query), ...(n === 3 ? { totalElements: undefined } : {}) }))
        assert.deepEqual(endOf(yield* collect(read(lost.endpoint)({ size: 10 }))), ["sweep", "verified"])
        const growing = scripted(unsortable, (query, n) => ({ ...springOf(all, query), totalElements: 26 + (n % 2) }))
        assert.deepEqual(endOf(yield* collect(read(growing.endpoint)({ size: 10 }))), ["sweep", "incomplete"])
        assert.lengthOf(growing.asked, 15)
      })
  )

  it.effect("F69: an id on two pages is delivered once, in the form that came first, and its places tell of the other", () =>
    Effect.gen(function* () {
      const { endpoint } = scripted(unsortable, ({ page }) => ({
        content: [{ id: "same", version: page }, { id: `n-${page}` }],
        last: page === 2,
        totalElements: 4
      }))
      const pages = yield* collect(read(endpoint)({ size: 2 }))
      assert.deepEqual(idsOf(pages), ["same", "n-0", "n-1", "n-2"])
      assert.deepEqual(pages[1]!.kept, [1])
      assert.deepEqual(endOf(pages), ["sweep", "verified"])
    })
  )

  it.effect("F72: a token that repeats stalls, so does a page; one that expired starts the list again, and the verdict says so", () =>
    Effect.gen(function* () {
      const page = (n: number, next: string | undefined) => ({ content: part(n, 2), meta: { nextPageToken: next } })
      const circle = scripted(tokenList, (_, n) => page(n, ["a", "b"][(n - 1) % 2]))
      assert.deepInclude(errorOf(yield* outcome(read(circle.endpoint))), { _tag: "PagingStalled", reason: "SamePosition", pages: 3 })
      const same = scripted(tokenList, (_, n) => page(1, `t-${n}`))
      assert.deepInclude(errorOf(yield* outcome(read(same.endpoint))), { _tag: "PagingStalled", reason: "SamePage", pages: 2 })
      const at = (token: string | undefined) => Number(token?.slice(2) ?? 0)
      const gone = new WelkinError.Gone({ ...answered, status: 410 })
      for (const expired of [badRequest, gone]) {
        const once = scripted(tokenList, ({ pageToken }, n) =>
          n === 3 ? expired : page(at(pageToken), at(pageToken) < 3 ? `t-${at(pageToken) + 1}` : undefined)
        )
        const pages = yield* collect(read(once.endpoint)({ size: 2 }))
        assert.deepEqual(
          [endOf(pages), idsOf(pages)],
          [["cursor", "bestEffort"], [0, 1, 2, 3].flatMap((n) => part(n, 2).map(({ id }) => id))]
        )
        assert.deepEqual(once.asked.slice(2, 4), [{ pageToken: "t-2" }, { pageSize: 2 }])
      }
      const always = scripted(tokenList, ({ pageToken }) => (pageToken === undefined ? page(0, "t-1") : badRequest))
      assert.strictEqual(errorOf(yield* outcome(read(always.endpoint)))._tag, "BadRequest")
      assert.lengthOf(always.asked, 10)
      const refused = scripted(tokenList, () => badRequest)
      yield* outcome(read(refused.endpoint))
      assert.lengthOf(refused.asked, 1)
      const holes = scripted(tokenList, (_, n) =>
        n % 3 === 0 ? page(n, n < 9 ? `t-${n}` : undefined) : { ...page(n, `t-${n}`), content: [] }
      )
      assert.lengthOf(idsOf(yield* collect(read(holes.endpoint)())), 6)
      // a place that leads to itself
      const itself = scripted(tokenList, (_, n) => page(n, "t-5"))
      const position = { mode: "cursor" as const, at: { pageToken: "t-5" }, reading: 1 }
      assert.deepInclude(errorOf(yield* outcome(read(itself.endpoint), { position })), { _tag: "PagingStalled", reason: "SamePosition" })
      assert.lengthOf(itself.asked, 1)
      const troubled = scripted(tokenList, ({ pageToken }) => (pageToken === undefined ? page(0, "t-1") : broken))
      assert.strictEqual(errorOf(yield* outcome(read(troubled.endpoint))), broken)
      assert.lengthOf(troubled.asked, 2)
    })
  )

  it.effect("cursors and tokens lead through a list once, and a reading goes on where it stopped", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = scripted(cursorList, ({ start }) => {
        const n = Number(start ?? 0)
        return { data: [...part(n, 2), ...part(n + 1, 1)], cursor: { hasNext: n < 3, end: String(n + 1) } }
      })
      const list = read(endpoint)
      const pages = yield* collect(list({ size: 2 }))
      assert.deepEqual(endOf(pages), ["cursor", "verified"])
      assert.strictEqual(new Set(idsOf(pages)).size, idsOf(pages).length)
      assert.lengthOf(idsOf(pages), 9)
      asked.length = 0
      const rest = yield* collect(list({ size: 2, position: pages[1]!.next, seen: (id) => idsOf(pages.slice(0, 2)).includes(id) }))
      assert.deepEqual(idsOf(rest), idsOf(pages.slice(2)))
      assert.lengthOf(asked, 2)
    })
  )

  it.effect("F73: a server that ignores the page is found out, whether it names the page or not", () =>
    Effect.gen(function* () {
      for (const [list, named] of [
        [unsortable, true],
        [unsortable, false],
        [Notes.list, true],
        [Notes.list, false]
      ] as const) {
        const { asked, endpoint } = scripted(list, (query) => {
          const page = springOf(records(45), { ...query, page: 0 })
          return named ? page : { ...page, number: undefined, last: undefined }
        })
        const error = errorOf(yield* outcome(read(endpoint)))
        assert.deepInclude(error, { _tag: "PagingStalled", reason: named ? "PageIgnored" : "SamePage" }, `${list.descriptor.id} ${named}`)
        assert.isAtMost(asked.length, 5)
      }
    })
  )

  it.effect("F74: a page that never works fails the list there, and the reading goes on from there once it does", () =>
    Effect.gen(function* () {
      let works = false
      const { endpoint } = scripted(Notes.list, (query) => (query.page === 2 && !works ? broken : springOf(records(55), query)))
      const got: Array<Page> = []
      const list = read(endpoint)
      const error = yield* Effect.flip(Stream.runForEach(list({ size: 10 }), (page) => Effect.sync(() => got.push(page))))
      assert.strictEqual(error._tag, "ServerError")
      assert.strictEqual((got.at(-1)!.next as any).page, 2)
      works = true
      const rest = yield* collect(list({ size: 10, position: got.at(-1)!.next, seen: new Set(idsOf(got)) }))
      assert.deepEqual([endOf(rest), new Set([...idsOf(got), ...idsOf(rest)]).size], [["backward", "verified"], 55])
      assert.strictEqual(idsOf(got).length + idsOf(rest).length, 55)
    })
  )

  it.effect("as many pages as allowed do not, in whatever way they are read", () =>
    Effect.gen(function* () {
      for (const [count, mode] of [
        [25, "sweep"],
        [20, "backward"]
      ] as const) {
        const { endpoint } = scripted(Notes.list, (query) => springOf(records(count), query))
        const pages = yield* collect(read(endpoint)({ size: 10 })).pipe(Effect.provide(Pagination.layer({ maxPages: 3 })))
        assert.deepEqual([endOf(pages), idsOf(pages).length], [[mode, "verified"], count])
      }
    })
  )

  it.effect("more pages than allowed stall", () =>
    Effect.gen(function* () {
      for (const list of [unsortable, Notes.list]) {
        const { asked, endpoint } = scripted(list, (query) => springOf(records(100), query))
        const error = yield* Effect.flip(collect(read(endpoint)({ size: 10 })))
        assert.deepInclude(error, { _tag: "PagingStalled", reason: "TooManyPages" })
        assert.lengthOf(asked, 4)
      }
    }).pipe(Effect.provide(Pagination.layer({ maxPages: 4 })))
  )

  it.effect("a total that is far too large leads nowhere", () =>
    Effect.gen(function* () {
      const { endpoint } = scripted(Notes.list, (query) => ({ ...springOf(records(25), query), size: undefined, totalElements: 1e15 }))
      const pages = yield* collect(read(endpoint)({ size: 10 }))
      assert.deepEqual([endOf(pages), idsOf(pages).length], [["sweep", "incomplete"], 25])
    })
  )
})

// ------------------------------------------------------------------------------------------------------------ the simulator

describe("Pagination.complete: over the simulator, while others write", () => {
  const within = <A, E>(effect: Effect.Effect<A, E, Simulator.Simulator | WelkinClient>, options: Simulator.Options) =>
    Effect.provide(effect, Simulator.layerClient(options))

  /** Before the n-th request of an endpoint. */
  const write = (endpoint: Fault.EndpointId, nth: number, method: "DELETE" | "POST", path: string, body?: unknown): Fault.Fault => ({
    match: { endpoint, nth },
    do: { _tag: "Write", method, path, ...(body === undefined ? {} : { body }) }
  })

  it.effect("patients: deletes and new ones between all pages lose nobody, where reading forward does", () =>
    within(
      Effect.gen(function* () {
        const { addFaults, patientId } = yield* Simulator.Simulator
        const drift = (nth: number) => [
          write("patients.list", nth, "DELETE", `/patients/${patientId(nth)}`),
          write("patients.list", nth, "DELETE", `/patients/${patientId(60 - nth)}`),
          write("patients.list", nth, "POST", "/patients", { firstName: "Ada", lastName: "Late" })
        ]
        yield* addFaults(...[2, 3, 4, 5, 6, 7].flatMap(drift))
        const pages = yield* collect(Pagination.complete(Patients.list)({ size: 10 }))
        assert.deepEqual(endOf(pages), ["backward", "verified"])
        const ids = new Set<string>(idsOf(pages))
        const gone = new Set([2, 3, 4, 5, 6, 7].flatMap((nth) => [patientId(nth), patientId(60 - nth)]))
        const there = Array.from({ length: 60 }, (_, index) => patientId(index)).filter((id) => !gone.has(id))
        assert.deepEqual(
          there.filter((id) => !ids.has(id)),
          []
        )
        assert.strictEqual(ids.size, idsOf(pages).length)
        yield* addFaults(write("patients.list", 2, "DELETE", `/patients/${there[0]}`))
        const forward = new Set<string>((yield* collect(Patients.listStream({ size: 10 }))).map(({ id }) => id))
        assert.isAbove(there.slice(1).filter((id) => !forward.has(id)).length, 0)
      }),
      { patients: 60 }
    )
  )

  it.effect("encounters, data records and chat of a patient are all read, each in its way", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const id = Schema.decodeSync(Patients.PatientId)(patientId(0))
        const encounters = yield* collect(Pagination.complete(Encounters.listForPatient)({ patientId: id, withCareTeam: false, size: 2 }))
        const plain = yield* collect(Encounters.listForPatientStream({ patientId: id, withCareTeam: false }))
        assert.isAbove(plain.length, 2)
        assert.sameMembers(
          idsOf(encounters),
          plain.map((one) => one.id)
        )
        assert.strictEqual(endOf(encounters)[1], "verified")
        for (let n = 0; n < 7; n++) {
          yield* TestClock.adjust("1 second")
          yield* Cdts.create({ patientId: id, cdtName: "cdt-vitals", body: { "cdtf-pulse": 60 + n } })
          yield* Chat.sendInbound({ patientId: id, body: { message: `m-${n}` } })
        }
        const cdts = yield* collect(Pagination.complete(Cdts.list)({ patientId: id, cdtName: "cdt-vitals", size: 2 }))
        assert.deepEqual(endOf(cdts), ["backward", "verified"])
        assert.sameMembers(
          idsOf(cdts),
          (yield* collect(Cdts.listStream({ patientId: id, cdtName: "cdt-vitals" }))).map((one) => one.id)
        )
        const messages = Pagination.complete(Chat.list, { ids: ({ externalId }) => externalId })
        const chat = yield* collect(messages({ patientId: id, pageSize: 2 }))
        assert.deepEqual(endOf(chat as ReadonlyArray<Pagination.CompletePage<any, unknown>>), ["cursor", "verified"])
        const externalIds = chat.flatMap(({ items }) => items.map(({ externalId }) => externalId))
        assert.sameMembers(
          externalIds,
          (yield* collect(Chat.listStream({ patientId: id }))).map(({ externalId }) => externalId)
        )
        assert.isAtLeast(externalIds.length, 7)
      }),
      { patients: 3 }
    )
  )
})
