// @effect-diagnostics floatingEffect:off
import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as Endpoint from "../src/Endpoint.js"
import * as Pagination from "../src/Pagination.js"
import * as RetryPolicy from "../src/RetryPolicy.js"
import type * as WelkinClient from "../src/WelkinClient.js"
import type * as WelkinError from "../src/WelkinError.js"
import * as Notes from "./support/notes.js"
import { runs } from "./support/runs.js"
import * as Scripted from "./support/scripted.js"

const { get } = Notes.endpoint
const author = Schema.optional(Schema.String)
const spring = { ...Pagination.springQuery, author }
const token = { ...Pagination.pageTokenQuery, author }
const cursor = { ...Pagination.cursorQuery, author }

const metaInfoList = get("notes.meta", "/meta", { query: spring, success: Pagination.metaInfoPage(Notes.Note) })
const tokenList = get("notes.token", "/token", { query: token, success: Pagination.pageTokenPage(Notes.Note) })
const cursorList = get("notes.cursor", "/cursor", { query: cursor, success: Pagination.cursorPage(Notes.Note) })
const springAtData = get("notes.springAt", "/spring-at", {
  query: spring,
  success: Schema.Struct({ kind: Schema.String, data: Pagination.springPage(Notes.Note) })
})
const metaInfoAtRecords = get("notes.metaAt", "/meta-at", {
  query: spring,
  success: Schema.Struct({ kind: Schema.String, records: Pagination.metaInfoPage(Notes.Note) })
})
const cursorAtData = get("notes.cursorAt", "/cursor-at", {
  query: cursor,
  success: Schema.Struct({ data: Pagination.cursorPage(Notes.Note) })
})
const whole = get("notes.whole", "/whole", { success: Schema.Array(Notes.Note) })

type Pages = Stream.Stream<Pagination.Page<Notes.Note, unknown>, WelkinError.WelkinError, WelkinClient.WelkinClient>
type Items = Stream.Stream<Notes.Note, WelkinError.WelkinError, WelkinClient.WelkinClient>
interface Input {
  readonly author?: string
  readonly position?: Pagination.Position
}

/** A list of so many notes, cut into pages of so many. */
const notes = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `n-${n}` }))
const cut = (all: ReadonlyArray<{ id: string }>, from: number, size: number) => ({
  part: all.slice(from, from + size),
  last: from + size >= all.length
})

const springOf = (all: ReadonlyArray<{ id: string }>, query: URLSearchParams) => {
  const [number, size] = [Number(query.get("page")), Number(query.get("size"))]
  const { last, part } = cut(all, number * size, size)
  return { content: part, last, number, size, totalElements: all.length }
}
const metaInfoOf = (all: ReadonlyArray<{ id: string }>, query: URLSearchParams) => {
  const { content, last, number, size, totalElements } = springOf(all, query)
  return { data: content, metaInfo: { page: number, pageSize: size, lastPage: last, totalElements } }
}
const cursorOf = (all: ReadonlyArray<{ id: string }>, query: URLSearchParams) => {
  const from = Number(query.get("start") ?? "0")
  const { last, part } = cut(all, from, Number(query.get("pageSize")))
  return { data: part, cursor: { start: String(from), end: String(from + part.length), hasNext: !last, pageSize: part.length } }
}

/** Each style of paging: its streams, how a server cuts the list, and the names of its parameters. */
const styles: ReadonlyArray<{
  readonly name: string
  readonly items: (input?: Input) => Items
  readonly pages: (input?: Input) => Pages
  readonly sized: (size: number) => Items
  readonly serve: (all: ReadonlyArray<{ id: string }>, query: URLSearchParams) => unknown
  readonly size: "size" | "pageSize"
  readonly first: Readonly<Record<string, string>>
}> = [
  {
    name: "spring",
    items: Pagination.spring(Notes.list),
    pages: Pagination.springPages(Notes.list),
    sized: (size) => Pagination.spring(Notes.list)({ size }),
    serve: springOf,
    size: "size",
    first: { page: "0" }
  },
  {
    name: "spring, one level down",
    items: Pagination.spring(springAtData, { at: "data" }),
    pages: Pagination.springPages(springAtData, { at: "data" }),
    sized: (size) => Pagination.spring(springAtData, { at: "data" })({ size }),
    serve: (all, query) => ({ kind: "x", data: springOf(all, query) }),
    size: "size",
    first: { page: "0" }
  },
  {
    name: "meta-info",
    items: Pagination.metaInfo(metaInfoList),
    pages: Pagination.metaInfoPages(metaInfoList),
    sized: (size) => Pagination.metaInfo(metaInfoList)({ size }),
    serve: metaInfoOf,
    size: "size",
    first: { page: "0" }
  },
  {
    name: "meta-info, one level down",
    items: Pagination.metaInfo(metaInfoAtRecords, { at: "records" }),
    pages: Pagination.metaInfoPages(metaInfoAtRecords, { at: "records" }),
    sized: (size) => Pagination.metaInfo(metaInfoAtRecords, { at: "records" })({ size }),
    serve: (all, query) => ({ kind: "x", records: metaInfoOf(all, query) }),
    size: "size",
    first: { page: "0" }
  },
  {
    name: "page token",
    items: Pagination.pageToken(tokenList),
    pages: Pagination.pageTokenPages(tokenList),
    sized: (pageSize) => Pagination.pageToken(tokenList)({ pageSize }),
    serve: (all, query) => {
      const from = Number(query.get("pageToken")?.replace("token-", "") ?? "0")
      const { last, part } = cut(all, from, Number(query.get("pageSize")))
      return { content: part, meta: last ? { found: true } : { nextPageToken: `token-${from + part.length}` } }
    },
    size: "pageSize",
    first: {}
  },
  {
    name: "cursor",
    items: Pagination.cursor(cursorList),
    pages: Pagination.cursorPages(cursorList),
    sized: (pageSize) => Pagination.cursor(cursorList)({ pageSize }),
    serve: cursorOf,
    size: "pageSize",
    first: {}
  },
  {
    name: "cursor, one level down",
    items: (input) => Stream.mapConcat(Pagination.cursorPages(cursorAtData, { at: "data" })(input), ({ items }) => items),
    pages: Pagination.cursorPages(cursorAtData, { at: "data" }),
    sized: (pageSize) => Stream.mapConcat(Pagination.cursorPages(cursorAtData, { at: "data" })({ pageSize }), ({ items }) => items),
    serve: (all, query) => ({ data: cursorOf(all, query) }),
    size: "pageSize",
    first: {}
  }
]

/** A client of a server that answers each query, and what it was asked. */
const server = (answer: (query: URLSearchParams, n: number) => unknown) => {
  const seen: Array<Readonly<Record<string, string>>> = []
  const client = Scripted.client(({ url }) =>
    Effect.sync((): Scripted.Reply => {
      seen.push(Object.fromEntries(url.searchParams))
      const body = answer(url.searchParams, seen.length)
      return typeof body === "object" && body !== null && "status" in body ? (body as Scripted.Reply) : { body }
    })
  )
  return { seen, client: client.pipe(Layer.provide(RetryPolicy.layer(RetryPolicy.none))) }
}

const idsOf = (items: Iterable<{ readonly id: string }>) => Array.from(items, ({ id }) => id)
const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) => Effect.map(Stream.runCollect(stream), Chunk.toReadonlyArray)

for (const { first, items, name, pages, serve, size, sized } of styles) {
  describe(`Pagination: ${name}`, () => {
    const all = notes(25)
    const list = (count = 25) => server((query) => serve(all.slice(0, count), query))
    const ten = Pagination.layer({ size: 10, maxPages: 100 })

    for (const count of [0, 1, 9, 10, 11, 20, 25]) {
      it.effect(`${count} items come once each, in order, in as many requests as there are pages`, () => {
        const { client, seen } = list(count)
        return Effect.gen(function* () {
          assert.deepEqual(idsOf(yield* collect(items())), idsOf(all.slice(0, count)))
          assert.lengthOf(seen, Math.max(1, Math.ceil(count / 10)))
        }).pipe(Effect.provide([client, ten]))
      })
    }

    it.effect("each page is one chunk, and is asked for when the consumer pulls past the one before", () => {
      const { client, seen } = list()
      return Effect.gen(function* () {
        const sizes = yield* collect(items().pipe(Stream.chunks, Stream.map(Chunk.size)))
        assert.deepEqual(sizes, [10, 10, 5])
        for (const [wanted, requests] of [
          [1, 1],
          [10, 1],
          [11, 2],
          [20, 2],
          [21, 3]
        ] as const) {
          seen.length = 0
          yield* Stream.runDrain(Stream.take(items(), wanted))
          assert.lengthOf(seen, requests, `${wanted} items`)
        }
      }).pipe(Effect.provide([client, ten]))
    })

    it.effect("nothing is asked for before anybody pulls, and nothing after the consumer has gone", () => {
      const { client, seen } = list()
      return Effect.gen(function* () {
        items()
        pages()
        assert.lengthOf(seen, 0)
        const fiber = yield* Effect.fork(Stream.runForEach(pages(), () => (seen.length < 2 ? Effect.void : Effect.never)))
        yield* TestClock.adjust("1 minute")
        yield* Fiber.interrupt(fiber)
        yield* TestClock.adjust("1 minute")
        assert.lengthOf(seen, 2)
      }).pipe(Effect.provide([client, ten]))
    })

    it.effect("all other parameters are the same on every page", () => {
      const { client, seen } = list()
      return Effect.gen(function* () {
        yield* Stream.runDrain(items({ author: "a&b" }))
        assert.lengthOf(seen, 3)
        for (const query of seen) assert.deepInclude(query, { author: "a&b", [size]: "10" })
        assert.deepEqual(seen[0], { ...first, author: "a&b", [size]: "10" })
      }).pipe(Effect.provide([client, ten]))
    })

    it.effect("the page size is the call's, else the layer's, else a hundred", () => {
      const { client, seen } = list()
      return Effect.gen(function* () {
        yield* Stream.runDrain(sized(25))
        yield* Effect.provide(Stream.runDrain(sized(25)), Pagination.layer({ size: 5 }))
        yield* Effect.provide(Stream.runDrain(items()), Pagination.layer({ size: 50 }))
        yield* Stream.runDrain(items())
        yield* Stream.runDrain(sized(undefined as never))
        assert.deepEqual(
          seen.map((query) => query[size]),
          ["25", "25", "50", "100", "100"]
        )
      }).pipe(Effect.provide(client))
    })

    it.effect("a page tells where it is and where the next one is, and the list goes on from a place that was stored", () => {
      const { client, seen } = list()
      return Effect.gen(function* () {
        const [head, second, last] = yield* collect(pages({ author: "a" }))
        assert.deepEqual(idsOf(head!.items), idsOf(all.slice(0, 10)))
        assert.deepEqual(head!.next, second!.position)
        assert.isUndefined(last!.next)
        const stored = JSON.stringify(yield* Schema.encode(Pagination.Position)(second!.position!))
        const position = yield* Schema.decodeUnknown(Pagination.Position)(JSON.parse(stored))
        seen.length = 0
        assert.deepEqual(idsOf(yield* collect(items({ author: "a", position }))), idsOf(all.slice(10)))
        assert.lengthOf(seen, 2)
        assert.isTrue(seen.every((query) => query.author === "a"))
      }).pipe(Effect.provide([client, ten]))
    })

    it.effect("a page is the answer with its envelope", () => {
      const { client } = list(3)
      return Effect.gen(function* () {
        const [page] = yield* collect(pages())
        assert.deepEqual(page!.value, serve(all.slice(0, 3), new URLSearchParams({ ...first, [size]: "10" })))
      }).pipe(Effect.provide([client, ten]))
    })

    it.effect("a page that fails, fails the list there: no page is skipped", () => {
      const { client, seen } = server((query, n) => (n === 2 ? { status: 500, body: [] } : serve(all, query)))
      return Effect.gen(function* () {
        const got: Array<string> = []
        const error = yield* Effect.flip(Stream.runForEach(items(), ({ id }) => Effect.sync(() => got.push(id))))
        assert.strictEqual(error._tag, "ServerError")
        assert.deepEqual(got, idsOf(all.slice(0, 10)))
        assert.lengthOf(seen, 2)
      }).pipe(Effect.provide([client, ten]))
    })

    it.effect("more pages than allowed fail", () => {
      const { client, seen } = list()
      return Effect.gen(function* () {
        const error = yield* Effect.flip(Stream.runDrain(items()))
        assert.deepInclude(error, { _tag: "PagingStalled", reason: "TooManyPages" })
        assert.lengthOf(seen, 2)
      }).pipe(Effect.provide([client, Pagination.layer({ size: 10, maxPages: 2 })]))
    })

    it.effect("a page that comes again fails, after one request too many", () => {
      let before: unknown
      const { client, seen } = server((query, n) => {
        // as a server that mistakes where it is, not one that stands still
        const page = JSON.parse(JSON.stringify(serve(all, query)))
        const at = page.data?.content !== undefined || page.data?.data !== undefined ? page.data : (page.records ?? page)
        const key = "content" in at ? "content" : "data"
        if (n === 3) at[key] = before
        before = at[key]
        return page
      })
      return Effect.gen(function* () {
        const error = yield* Effect.flip(Stream.runDrain(items()))
        assert.deepInclude(error, { _tag: "PagingStalled", reason: "SamePage", pages: 3, endpoint: error.endpoint })
        assert.lengthOf(seen, 3)
      }).pipe(Effect.provide([client, ten]))
    })

    it.effect("the descriptor names the style", () =>
      Effect.sync(() => {
        const style = name.split(",")[0]!.replace("page token", "page-token")
        const ids: Readonly<Record<string, string>> = {
          spring: Notes.list.descriptor.paging,
          "meta-info": metaInfoList.descriptor.paging,
          "page-token": tokenList.descriptor.paging,
          cursor: cursorList.descriptor.paging
        }
        assert.strictEqual(ids[style], style)
      })
    )
  })
}

/** What a list of pages gives: its ids, or how it failed; and how often it asked. */
const walk = (stream: Items | Pages, answer: (query: URLSearchParams, n: number) => unknown, size = 10) => {
  const { client, seen } = server(answer)
  return Stream.runCollect(stream as Stream.Stream<unknown, WelkinError.WelkinError, WelkinClient.WelkinClient>).pipe(
    Effect.either,
    Effect.provide([client, Pagination.layer({ size, maxPages: 100 })]),
    Effect.map((result) => ({
      ids: result._tag === "Right" ? idsOf(result.right as Chunk.Chunk<{ id: string }>) : undefined,
      error: result._tag === "Left" ? result.left : undefined,
      asked: seen.length,
      seen
    }))
  )
}

const springItems = Pagination.spring(Notes.list)
const metaItems = Pagination.metaInfo(metaInfoList)
const tokenItems = Pagination.pageToken(tokenList)
const cursorItems = Pagination.cursor(cursorList)

describe("Pagination: numbered pages that are not as they should be", () => {
  const part = (n: number, size = 10) => Array.from({ length: size }, (_, at) => ({ id: `n-${n}-${at}` }))

  it.effect("without an end mark the list goes on to the first empty page", () =>
    Effect.gen(function* () {
      const answer = (query: URLSearchParams) => ({ content: part(Number(query.get("page")), Number(query.get("page")) < 3 ? 10 : 0) })
      const { asked, ids } = yield* walk(springItems(), answer)
      assert.deepEqual([ids!.length, asked], [30, 4])
      const meta = yield* walk(metaItems(), (query) => ({ data: answer(query).content, metaInfo: {} }))
      assert.deepEqual([meta.ids!.length, meta.asked], [30, 4])
    })
  )

  it.effect("a short page is no end", () =>
    Effect.gen(function* () {
      const { asked, ids } = yield* walk(springItems(), (_, n) => ({ content: part(n, 3), last: n === 5 }))
      assert.deepEqual([ids!.length, asked], [15, 5])
    })
  )

  it.effect("a size that the server caps is no end", () =>
    Effect.gen(function* () {
      const capped = (query: URLSearchParams) => springOf(notes(25), new URLSearchParams({ page: query.get("page")!, size: "4" }))
      const { ids } = yield* walk(springItems(), capped, 1000)
      assert.lengthOf(ids!, 25)
    })
  )

  it.effect("without an end mark, an empty page before the total is read contradicts itself", () =>
    Effect.gen(function* () {
      const { error } = yield* walk(springItems(), (_, n) => ({ content: part(n, n < 3 ? 10 : 0), size: 10, totalElements: 45 }))
      assert.deepInclude(error, { _tag: "PagingInconsistent", read: 20, total: 45, pages: 3 })
    })
  )

  it.effect("a last page whose own total promises more contradicts itself", () =>
    Effect.gen(function* () {
      const { asked, error } = yield* walk(springItems(), () => ({ content: part(1), last: true, number: 0, size: 10, totalElements: 25 }))
      assert.deepInclude(error, { _tag: "PagingInconsistent", read: 10, total: 25, pages: 1, endpoint: "notes.list" })
      assert.strictEqual(asked, 1)
      const meta = yield* walk(metaItems(), () => ({ data: part(1), metaInfo: { lastPage: true, pageSize: 10, totalElements: 25 } }))
      assert.deepInclude(meta.error, { _tag: "PagingInconsistent", read: 10, total: 25 })
    })
  )

  it.effect(
    "a last page that its own total puts at the end does not, though it is short of it, nor does one that holds more than it says",
    () =>
      Effect.gen(function* () {
        for (const [length, totalElements] of [
          [9, 20],
          [15, 25]
        ] as const) {
          const { asked, ids } = yield* walk(springItems(), (_, n) => ({
            content: n === 1 ? part(1) : part(2, length),
            last: n === 2,
            size: 10,
            totalElements
          }))
          assert.deepEqual([ids!.length, asked], [10 + length, 2])
        }
      })
  )

  it.effect("a page is the one before if its ids are the same, or all of it where records have none", () =>
    Effect.gen(function* () {
      const { query } = Notes.list.descriptor
      const anything = get("notes.any", "/any", { query, success: Pagination.springPage(Schema.Unknown) })
      const pagesOf = (contents: ReadonlyArray<ReadonlyArray<unknown>>) =>
        Effect.map(
          walk(Pagination.spring(anything)() as unknown as Items, (_, n) => ({ content: contents[n - 1], last: n === contents.length })),
          ({ asked, error }) => (error === undefined ? asked : error._tag === "PagingStalled" && [error.reason, asked])
        )
      const [a, b, changed] = [{ id: "a" }, { id: "b" }, { id: "a", text: "changed" }]
      assert.deepEqual(yield* pagesOf([[a, b], [changed, b], [a]]), ["SamePage", 2])
      assert.strictEqual(yield* pagesOf([[a, b], [b, a], [a]]), 3)
      for (const [one, other] of [
        [{ text: "1" }, { text: "2" }],
        [{ id: 1 }, { id: 2 }],
        [1, 2],
        [["x"], ["y"]],
        [
          { id: 1, text: "1" },
          { id: 1, text: "2" }
        ]
      ]) {
        assert.strictEqual(yield* pagesOf([[one], [other], [one]]), 3)
        assert.deepEqual(yield* pagesOf([[one], [one], [other]]), ["SamePage", 2])
      }
    })
  )

  it.effect("a total that drifts from page to page does not", () =>
    Effect.gen(function* () {
      for (const total of [(n: number) => 25 + n, (n: number) => 25 - n, (n: number) => (n === 1 ? 1000 : 25)]) {
        const { ids } = yield* walk(springItems(), (query, n) => ({ ...springOf(notes(25), query), totalElements: total(n) }))
        assert.lengthOf(ids!, 25)
      }
    })
  )

  it.effect("a total that is no number is not looked at", () =>
    Effect.gen(function* () {
      for (const total of ["25", -1, null, 1.5, {}, undefined, 1e21]) {
        const odd = { totalElements: total, totalPages: total }
        const { ids } = yield* walk(springItems(), (query) => ({ ...springOf(notes(25), query), ...odd, size: undefined }))
        assert.lengthOf(ids!, 25, String(total))
        const meta = yield* walk(metaItems(), (query) => {
          const page = metaInfoOf(notes(25), query)
          return { ...page, metaInfo: { lastPage: page.metaInfo.lastPage, ...odd } }
        })
        assert.lengthOf(meta.ids!, 25, String(total))
      }
    })
  )

  it.effect("a list that comes whole, whatever it is asked for, ends where it says so", () =>
    Effect.gen(function* () {
      const content = part(1, 38)
      const { asked, ids } = yield* walk(springItems(), () => ({ content, last: true, number: 0, size: 20, totalElements: 38 }), 20)
      assert.deepEqual([ids!.length, asked], [38, 1])
      const bare = yield* walk(springItems(), () => ({ content }), 20)
      assert.deepInclude(bare.error, { _tag: "PagingStalled", reason: "SamePage", pages: 2 })
    })
  )

  it.effect("a server that ignores the page number fails at the first page that is not the one asked for", () =>
    Effect.gen(function* () {
      const { asked, error } = yield* walk(springItems(), (_, n) => ({ content: part(n), last: false, number: 0 }))
      assert.deepInclude(error, { _tag: "PagingStalled", reason: "PageIgnored", pages: 2 })
      assert.strictEqual(asked, 2)
      const meta = yield* walk(metaItems(), (_, n) => ({ data: part(n), metaInfo: { lastPage: false, page: 0 } }))
      assert.deepInclude(meta.error, { _tag: "PagingStalled", reason: "PageIgnored" })
    })
  )

  it.effect("three empty pages in a row may be, four may not", () =>
    Effect.gen(function* () {
      const holes = yield* walk(springItems(), (_, n) => ({ content: n % 4 === 1 ? part(n) : [], last: n === 9 }))
      assert.deepEqual([holes.ids!.length, holes.asked], [30, 9])
      const { asked, error } = yield* walk(springItems(), (_, n) => ({ content: n === 1 ? part(n) : [], last: false }))
      assert.deepInclude(error, { _tag: "PagingStalled", reason: "EmptyPages", pages: 5 })
      assert.strictEqual(asked, 5)
    })
  )

  it.effect("another envelope is no empty list", () =>
    Effect.gen(function* () {
      for (const page of [{ data: [] }, [], { content: null }, { content: {} }, { rows: [] }, {}, null, 7]) {
        assert.deepInclude((yield* walk(springItems(), () => page)).error, { _tag: "DecodeError", reason: "Envelope" })
      }
      for (const page of [{ content: [] }, { data: [] }, [], { metaInfo: {} }]) {
        assert.deepInclude((yield* walk(metaItems(), () => page)).error, { _tag: "DecodeError", reason: "Envelope" })
      }
    })
  )

  it.effect("the same record on two pages comes twice: what to do about it is the consumer's to decide", () =>
    Effect.gen(function* () {
      const { ids } = yield* walk(springItems(), (_, n) => ({ content: [{ id: "same" }, { id: `n-${n}` }], last: n === 2 }))
      assert.deepEqual(ids, ["same", "n-1", "same", "n-2"])
    })
  )
})

describe("Pagination: tokens and cursors that are not as they should be", () => {
  const part = (n: number) => [{ id: `n-${n}` }]

  for (const [end, meta] of [
    ["no token", {}],
    ["null", { nextPageToken: null }],
    ["an empty token", { nextPageToken: "" }]
  ] as const) {
    it.effect(`${end} ends a list that goes by tokens`, () =>
      Effect.gen(function* () {
        const { asked, ids } = yield* walk(tokenItems(), (_, n) => ({
          content: part(n),
          meta: n === 2 ? meta : { nextPageToken: `t-${n}` }
        }))
        assert.deepEqual([ids, asked], [["n-1", "n-2"], 2])
      })
    )
  }

  it.effect("a token that comes again fails at once, also in a circle", () =>
    Effect.gen(function* () {
      for (const [circle, pages] of [
        [["a"], 2],
        [["a", "b"], 3],
        [["a", "b", "c"], 4]
      ] as const) {
        const { asked, error } = yield* walk(tokenItems(), (_, n) => ({
          content: part(n),
          meta: { nextPageToken: circle[(n - 1) % circle.length] }
        }))
        assert.deepInclude(error, { _tag: "PagingStalled", reason: "SamePosition", pages })
        assert.strictEqual(asked, pages)
      }
    })
  )

  it.effect("a token that leads back to where the list was taken up fails", () =>
    Effect.gen(function* () {
      const { asked, error } = yield* walk(tokenItems({ position: { pageToken: "a" } }), (_, n) => ({
        content: part(n),
        meta: { nextPageToken: n === 1 ? "b" : "a" }
      }))
      assert.deepInclude(error, { _tag: "PagingStalled", reason: "SamePosition" })
      assert.strictEqual(asked, 2)
    })
  )

  it.effect("a cursor that stands still, or runs in a circle, fails", () =>
    Effect.gen(function* () {
      for (const ends of [["1"], ["1", "2"]]) {
        const { error } = yield* walk(cursorItems(), (_, n) => ({
          data: part(n),
          cursor: { hasNext: true, end: ends[(n - 1) % ends.length] }
        }))
        assert.deepInclude(error, { _tag: "PagingStalled", reason: "SamePosition", pages: ends.length + 1 })
      }
    })
  )

  it.effect("a cursor that says there is more and not where fails", () =>
    Effect.gen(function* () {
      for (const end of [null, "", undefined]) {
        const { asked, error } = yield* walk(cursorItems(), () => ({ data: part(1), cursor: { hasNext: true, end } }))
        assert.deepInclude(error, { _tag: "PagingStalled", reason: "SamePosition" })
        assert.strictEqual(asked, 1)
      }
    })
  )

  for (const hasNext of [false, null, undefined]) {
    it.effect(`hasNext ${hasNext} ends a list, whatever its cursor says besides`, () =>
      Effect.gen(function* () {
        const { ids } = yield* walk(cursorItems(), () => ({ data: part(1), cursor: { hasNext, end: "2" } }))
        assert.deepEqual(ids, ["n-1"])
      })
    )
  }

  it.effect("empty pages with a cursor that moves are no end, but four in a row are too many", () =>
    Effect.gen(function* () {
      const holes = yield* walk(cursorItems(), (_, n) => ({
        data: n === 4 ? part(n) : [],
        cursor: { hasNext: n < 5, end: String(n) }
      }))
      assert.deepEqual([holes.ids, holes.asked], [["n-4"], 5])
      const { error } = yield* walk(cursorItems(), (_, n) => ({ data: [], cursor: { hasNext: true, end: String(n) } }))
      assert.deepInclude(error, { _tag: "PagingStalled", reason: "EmptyPages", pages: 4 })
    })
  )

  it.effect("a place of another style is refused before anything is sent", () =>
    Effect.gen(function* () {
      for (const stream of [
        springItems({ position: { pageToken: "a" } }),
        tokenItems({ position: { start: "a" } }),
        cursorItems({ position: { page: 3 } })
      ]) {
        const { asked, error } = yield* walk(stream, () => ({}))
        assert.strictEqual(error!._tag, "EncodeError")
        assert.strictEqual(asked, 0)
      }
    })
  )
})

describe("Pagination: the variants of a bulk export's page", () => {
  const part = (n: number) => [{ id: `n-${n}` }]
  for (const [name, page] of [
    ["data and cursor", (n: number, hasNext: boolean) => ({ data: part(n), cursor: { start: null, end: `e-${n}`, hasNext, pageSize: 1 } })],
    ["content and cursor", (n: number, hasNext: boolean) => ({ content: part(n), cursor: { end: `e-${n}`, hasNext } })],
    ["rows and cursor", (n: number, hasNext: boolean) => ({ rows: part(n), cursor: { end: `e-${n}`, hasNext } })],
    ["data, with the cursor's fields beside it", (n: number, hasNext: boolean) => ({ data: part(n), end: `e-${n}`, hasNext })],
    [
      "content, with the cursor's fields beside it",
      (n: number, hasNext: boolean) => ({ content: part(n), start: "s", end: `e-${n}`, hasNext })
    ],
    ["rows, with the cursor's fields beside it", (n: number, hasNext: boolean) => ({ rows: part(n), start: null, end: `e-${n}`, hasNext })]
  ] as const) {
    it.effect(`${name}: read as one`, () =>
      Effect.gen(function* () {
        const { ids, seen } = yield* walk(cursorItems(), (_, n) => page(n, n < 3), 1)
        assert.deepEqual(ids, ["n-1", "n-2", "n-3"])
        assert.deepEqual(
          seen.map(({ start }) => start),
          [undefined, "e-1", "e-2"]
        )
      })
    )
  }

  for (const [name, page] of [
    ["a bare list", [{ id: "n-1" }]],
    ["rows alone", { rows: [{ id: "n-1" }] }],
    ["content alone", { content: [{ id: "n-1" }] }],
    ["data alone", { data: [{ id: "n-1" }] }]
  ] as const) {
    it.effect(`${name}: one page and no more`, () =>
      Effect.gen(function* () {
        const { asked, error, ids } = yield* walk(cursorItems(), () => page)
        assert.isUndefined(error)
        assert.deepEqual([ids, asked], [["n-1"], 1])
      })
    )
  }

  it.effect("unknown fields around the records are kept", () => {
    const { client } = server(() => ({ rows: [], exportedAt: "x", cursor: { hasNext: false, more: 1 } }))
    return Effect.gen(function* () {
      const page = yield* cursorList()
      assert.deepEqual(page as unknown, { data: [], exportedAt: "x", cursor: { hasNext: false, more: 1 } })
    }).pipe(Effect.provide(client))
  })

  for (const [name, page] of [
    ["an object of another kind", { message: "no" }],
    ["an error list", [{ errorCode: "A_B", componentType: "X", message: "no" }]],
    ["data that is no list", { data: {}, cursor: {} }],
    ["a text", "no"],
    ["null", "null"]
  ] as const) {
    it.effect(`${name}: no page`, () =>
      Effect.gen(function* () {
        const { error } = yield* walk(cursorItems(), () => (name === "null" ? { body: null, status: 200 } : page))
        assert.strictEqual(error!._tag, "DecodeError")
      })
    )
  }
})

describe("Pagination.list", () => {
  it.effect("is a list that comes whole, in one chunk and one request", () => {
    const { client, seen } = server(() => notes(250))
    return Effect.gen(function* () {
      const sizes = yield* collect(Pagination.list(whole)().pipe(Stream.chunks, Stream.map(Chunk.size)))
      assert.deepEqual([sizes, seen.length], [[250], 1])
    }).pipe(Effect.provide(client))
  })

  it.effect("an error list is an error, never records", () => {
    const { client } = server(() => [{ errorCode: "A_B", componentType: "X", message: "no", id: "n-1" }])
    return Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain(Pagination.list(whole)()))
      assert.deepInclude(error, { _tag: "DecodeError", reason: "Envelope" })
    }).pipe(Effect.provide(client))
  })
})

describe("Pagination: in general", () => {
  it.effect.prop(
    "any list in pages of any size comes whole",
    [FastCheck.integer({ min: 0, max: 40 }), FastCheck.integer({ min: 1, max: 20 })],
    ([count, size]) =>
      Effect.gen(function* () {
        for (const { items, serve } of styles) {
          const { asked, ids } = yield* walk(items(), (query) => serve(notes(count), query), size)
          assert.deepEqual(ids, idsOf(notes(count)))
          assert.strictEqual(asked, Math.max(1, Math.ceil(count / size)))
        }
      }),
    { fastCheck: { numRuns: runs({ test: 8, sweep: 200 }) } }
  )

  it.effect("two runs of one stream know nothing of each other", () => {
    const { client, seen } = server((query) => cursorOf(notes(25), query))
    const stream = cursorItems()
    return Effect.gen(function* () {
      const [one, two] = yield* Effect.all([collect(stream), collect(stream)], { concurrency: 2 })
      assert.deepEqual(idsOf(one), idsOf(two))
      assert.lengthOf(seen, 6)
    }).pipe(Effect.provide([client, Pagination.layer({ size: 10, maxPages: 100 })]))
  })

  it("a place is one of three kinds, and nothing else", () => {
    const decode = Schema.decodeUnknownEither(Pagination.Position)
    for (const one of [{ page: 0 }, { pageToken: "a" }, { start: "2026-01-01T00:00:00Z" }]) {
      assert.deepEqual(decode(one), Either.right(one))
    }
    for (const one of [{ page: -1 }, { page: "0" }, { page: 0.5 }, { start: 7 }, {}, null, "a"])
      assert.strictEqual(decode(one)._tag, "Left")
  })

  it("endpoints of streams are endpoints still", () => {
    assert.isTrue(Endpoint.isEndpoint(cursorList))
    assert.isFalse(Endpoint.isEndpoint(cursorItems))
  })
})
