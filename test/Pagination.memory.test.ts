// @effect-diagnostics floatingEffect:off
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Pagination from "../src/Pagination.js"
import type { WelkinError } from "../src/WelkinError.js"
import * as Notes from "./support/notes.js"
import { runs, sweeping } from "./support/runs.js"

setFlagsFromString("--expose-gc")
const collectGarbage: () => void = runInNewContext("gc")

const size = 500
const count = runs({ test: 50_000, sweep: 1_000_000 })
const start = Date.UTC(2026, 0, 1)

/** A list of so many records, made page by page, and how many of its pages are still held by anybody. */
const list = () => {
  const made: Array<WeakRef<object>> = []
  const call = ({ page }: { readonly page: number }) =>
    Effect.sync(() => {
      const first = page * size
      const content = Array.from({ length: Math.max(0, Math.min(size, count - first)) }, (_, n) => ({
        id: `${(first + n).toString(16).padStart(8, "0")}-0000-7000-8000-000000000000`,
        createdAt: new Date(start + first + n).toISOString(),
        text: "x".repeat(400)
      }))
      const value = { content, last: first + size >= count, number: page, size, totalElements: count }
      made.push(new WeakRef(value))
      return value
    })
  return {
    endpoint: Object.assign(call, { descriptor: Notes.list.descriptor }) as any,
    held: () => made.filter((ref) => ref.deref()).length
  }
}

const held = () => {
  collectGarbage()
  const { arrayBuffers, heapUsed, rss } = process.memoryUsage()
  return { used: heapUsed + arrayBuffers, rss }
}

const mebibyte = 1024 * 1024

/** Reads a list with a consumer that takes its time, and tells what it costs. */
const measured = (stream: Stream.Stream<unknown, WelkinError>, pagesHeld: () => number) =>
  Effect.gen(function* () {
    const before = held()
    let pages = 0
    let most = 0
    let highest = before
    yield* Stream.runForEach(stream, () =>
      Effect.gen(function* () {
        if (++pages % Math.ceil(count / size / 5) !== 0) return
        // what a turn of the event loop has made is kept alive until it ends
        for (let turn = 0; turn < 3; turn++) {
          yield* Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))
          collectGarbage()
        }
        const now = held()
        most = Math.max(most, pagesHeld())
        highest = { used: Math.max(highest.used, now.used), rss: Math.max(highest.rss, now.rss) }
      })
    )
    return { pages, most, used: highest.used - before.used, rss: highest.rss - before.rss }
  })

describe(`Pagination: ${count} records in flat memory`, () => {
  it.live("read forward: two pages at most, and nothing of the others", () =>
    Effect.gen(function* () {
      const { endpoint, held } = list()
      const forward = (Pagination.springPages as any)(endpoint)({ size }) as Stream.Stream<unknown, WelkinError>
      const { most, pages, rss, used } = yield* measured(forward, held)
      assert.strictEqual(pages, count / size)
      assert.isAtMost(most, 2)
      // a page here is half a mebibyte
      assert.isBelow(used, 4 * mebibyte)
      if (sweeping) assert.isBelow(rss, 64 * mebibyte)
    })
  )

  it.live("read completely: two pages at most, and 40 bytes a record", () =>
    Effect.gen(function* () {
      const { endpoint, held } = list()
      let delivered = 0
      let verdict: Pagination.Verdict | undefined
      const pages = (Pagination.complete as any)(endpoint)({ size }) as Stream.Stream<Pagination.CompletePage<object, unknown>, WelkinError>
      const counted = Stream.tap(pages, (page) =>
        Effect.sync(() => {
          delivered += page.items.length
          verdict = page.verdict
        })
      )
      const { most, rss, used } = yield* measured(counted, held)
      assert.deepEqual([delivered, verdict], [count, "verified"])
      assert.isAtMost(most, 2)
      assert.isBelow(used - 2 * mebibyte, 40 * count)
      if (sweeping) assert.isBelow(rss, 64 * mebibyte)
    })
  )
})
