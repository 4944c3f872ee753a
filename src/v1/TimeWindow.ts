/**
 * The walk over a legacy collection: windows of time, to the microsecond.
 *
 * A find answers with the records that were changed between two times, a page at most. Nobody says whether the bounds count in, in
 * which order records come or how large a page may be, so the walk relies on none of it. It asks for a little more than a window,
 * goes on where a next link leads within it, and halves a window that may have been cut short. A moment that holds more records
 * than a page can bring ends it with `WindowOverflow`: it never ends early and never runs for ever.
 *
 * @since 0.1.0
 */
import * as Bigint from "effect/BigInt"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { Simplify } from "effect/Types"
import * as Endpoint from "../Endpoint.js"
import { refusal } from "../internal/encoding.js"
import { isRecord } from "../internal/json.js"
import { type Page as PageOf, Paging } from "../Pagination.js"
import { PagingStalled, type WelkinError, WindowIgnored, WindowOverflow } from "../WelkinError.js"
import type { FindPage } from "./Envelope.js"
import * as Timestamp from "./Timestamp.js"

/**
 * Query of a find: the window and the most records to answer. What a bound means that is left out is not known.
 *
 * @since 0.1.0
 * @category schemas
 */
export const query = {
  "page[from]": Schema.optional(Timestamp.Bound),
  "page[to]": Schema.optional(Timestamp.Bound),
  "page[size]": Schema.optional(Schema.Positive.pipe(Schema.int()))
}

/** @internal */
export type Query = { readonly [K in keyof typeof query]?: Schema.Schema.Type<(typeof query)[K]["from"]> | undefined }

/** @internal */
export const isOrdered = (input: Query): boolean =>
  input["page[from]"] === undefined || input["page[to]"] === undefined || input["page[from]"] <= input["page[to]"]

/**
 * A stretch of time, both ends included.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Window = Schema.Struct({ from: Timestamp.Timestamp, to: Timestamp.Timestamp })
/**
 * @since 0.1.0
 * @category models
 */
export interface Window extends Schema.Schema.Type<typeof Window> {}

/**
 * One page of a walk.
 *
 * @since 0.1.0
 * @category models
 */
export interface Page<A> extends Omit<PageOf<A, FindPage<A>>, "position" | "next"> {
  /** The records of this window, without those that have just come with a window before it. */
  readonly items: ReadonlyArray<A>
  /** Their places in the page as it came. */
  readonly kept: ReadonlyArray<number>
  /** The window that was asked for. */
  readonly position: Window
  /** What is left of this walk; undefined at its end. */
  readonly next: Window | undefined
  /**
   * Where to begin again, with another walk or after a break: give it as `from`. It lies two minutes before what has been read, for
   * records that show late, so some come again: keep the one that was updated last.
   */
  readonly mark: Timestamp.Timestamp
}

/**
 * Which part of a collection is walked, and how.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** Records changed since then, or the `mark` of an earlier page. The year 2000, unless this says otherwise. */
  readonly from?: Timestamp.Timestamp | undefined
  /** Records changed until then. Now, unless this says otherwise: what changes during the walk is for the next one. */
  readonly to?: Timestamp.Timestamp | undefined
  /** Most records to ask for at a time. Without it that of `Pagination.Paging`, but never more than 50. */
  readonly size?: number | undefined
  /**
   * What to do where one microsecond fills a page: ask for larger pages as long as that helps (`Grow`, and the walk fails where it
   * does not), fail at once (`Fail`, for a service that may not keep its word about sizes), or grow, take what is there and go on
   * (`Skip`: records may be missing).
   */
  readonly overfull?: "Grow" | "Fail" | "Skip" | undefined
  /** Each id at most once in the whole walk, at the price of keeping them all. A record that changes meanwhile then comes in its older form. */
  readonly distinct?: boolean | undefined
}

// ------------------------------------------------------------------------------------------------------------------- answers

const usualSize = 50
const largestGrown = 1000

const at = (value: unknown, ...path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value)

const sizeOf = (value: unknown): number | undefined => {
  const size = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value
  return typeof size === "number" && Number.isInteger(size) && size > 0 ? size : undefined
}

const timeOf = (value: unknown): bigint | undefined =>
  typeof value === "string" ? Option.getOrUndefined(Option.map(Timestamp.fromText(value), Timestamp.toMicros)) : undefined

/** Some links are encoded twice over. */
const decoded = (text: string): string => {
  try {
    const once = decodeURIComponent(text)
    return once === text ? text : decoded(once)
  } catch {
    return text
  }
}

/** The lower bound in a link's query. Nothing else of a link counts: it is never followed, wherever it leads. */
const boundOf = (href: unknown): unknown => {
  if (typeof href !== "string") return undefined
  const pairs = href
    .replace(/^[^?]*\??/, "")
    .split("#", 1)[0]!
    .split("&")
  const pair = pairs.find(
    (one) =>
      decoded(one.split("=", 1)[0]!)
        .replace(/[^A-Za-z]/g, "")
        .toLowerCase() === "pagefrom"
  )
  return pair === undefined ? undefined : decoded(pair.slice(pair.indexOf("=") + 1))
}

const says = (value: unknown): boolean =>
  isRecord(value) ? Object.values(value).some(says) : value !== undefined && value !== null && value !== ""

const idOf = (item: unknown): string | undefined => {
  const id = at(item, "id")
  return typeof id === "string" ? id : undefined
}

/** What an answer says about itself. */
interface Told {
  readonly count: number
  /** The ids of its records, for comparison. */
  readonly ids: string
  /** The size the service says it applied. */
  readonly size: number | undefined
  /** The lower bound of the next page; `Unreadable` where there is one that cannot be read. */
  readonly next: bigint | "Unreadable" | undefined
  /** Whether it says which pages there are, so that the lack of a next one means the end. */
  readonly linked: boolean
}

const told = ({ data, links, meta }: FindPage<unknown>): Told => {
  const metas = [at(links, "next", "meta"), at(links, "meta", "next")]
  const hrefs = [at(links, "href", "next"), at(links, "next", "href"), at(links, "next")]
  const times = [...metas.map((one) => at(one, "page[from]")), ...hrefs.map(boundOf)].map(timeOf)
  const hasNext = [...metas, ...hrefs].some(says)
  const sizes = [at(links, "meta", "current"), at(links, "current", "meta"), at(meta, "current")].map((one) =>
    sizeOf(at(one, "page[size]"))
  )
  return {
    count: data.length,
    ids: JSON.stringify(data.map((item) => idOf(item) ?? item).sort()),
    size: sizes.find((size) => size !== undefined),
    next: times.find((time) => time !== undefined) ?? (hasNext ? "Unreadable" : undefined),
    linked: ["current", "href", "meta"].some((key) => isRecord(at(links, key)))
  }
}

// ------------------------------------------------------------------------------------------------------------------- windows

interface Asked {
  readonly lo: bigint
  readonly hi: bigint
  readonly size: number
  /** How many records the same window gave at half the size. */
  readonly before: number | undefined
  /** The ids of the page of which this window is a half. */
  readonly parent: string | undefined
}

/** Whether to hand out a page or to drop it, and what to ask for in the place of its window. */
interface Verdict {
  readonly take: boolean
  readonly ask: ReadonlyArray<Asked>
}

/** What to make of an answer; undefined where its window cannot be divided any more. `most` is the largest page that has come so far. */
const judge = (window: Asked, answer: Told, start: number, most: number, grows: boolean): Verdict | undefined => {
  const { before, hi, lo, size } = window
  const { count, ids, linked, next } = answer
  const fresh = { size: start, before: undefined, parent: undefined }
  // the step back reads the seam again, whether the service steps to the last time of a page or past it
  if (typeof next === "bigint" && lo + 2n <= next && next <= hi + 1n) return { take: true, ask: [{ ...fresh, lo: next - 1n, hi }] }
  const isFull =
    count >= (answer.size ?? Math.min(size, usualSize)) ||
    (before !== undefined && count > 0 && count <= before) ||
    (next === "Unreadable" && count > 0) ||
    // a next page that does not lead on: a silent limit may have cut this one, unless a larger one has come
    (next !== undefined && answer.size === undefined && count > 1 && count >= most)
  if (!isFull || (linked && next === undefined)) return { take: true, ask: [] }
  if (lo < hi) {
    const mid = lo + (hi - lo) / 2n
    const half = { ...fresh, parent: ids }
    return {
      take: false,
      ask: [
        { ...half, lo, hi: mid },
        { ...half, lo: mid + 1n, hi }
      ]
    }
  }
  // without an echo a silent limit cannot be told from the end
  const hasGrown = answer.size !== undefined && answer.size >= size && (before === undefined || count > before)
  return grows && hasGrown && size < largestGrown ? { take: false, ask: [{ ...window, size: size * 2, before: count }] } : undefined
}

/** Whether a half of a window brought the very records of the whole, none of which belongs there. Records without times prove nothing. */
const isIgnored = (window: Asked, answer: Told, items: ReadonlyArray<unknown>): boolean => {
  if (window.parent === undefined || window.parent !== answer.ids) return false
  const times = items
    .flatMap((item) => [timeOf(at(item, "updated_at")), timeOf(at(item, "created_at"))])
    .filter((time) => time !== undefined)
  return times.length > 0 && times.every((time) => time < window.lo - 1n || time > window.hi + 1n)
}

// ---------------------------------------------------------------------------------------------------------------- duplicates

/** A seam is read by three windows at most: those of one microsecond before it, at it and after it. */
const remembered = 3

/** The places of the records that did not come with one of the last pages, or in a newer version since; with `distinct`, with any page. */
const withoutRepeats = (distinct: boolean): ((items: ReadonlyArray<unknown>) => ReadonlyArray<number>) => {
  // when the records of each page were changed, the last page first
  let pages: ReadonlyArray<Map<string, string>> = []
  return (items) => {
    const page = (distinct ? pages[0] : undefined) ?? new Map<string, string>()
    const known = [page, ...pages]
    const fresh = items.flatMap((item, place) => {
      const updated = at(item, "updated_at")
      const time = typeof updated === "string" ? Option.getOrElse(Timestamp.fromText(updated), () => "") : ""
      const id = idOf(item)
      const key = id !== undefined && (distinct || time !== "") ? id : JSON.stringify(item)
      const before = known.map((one) => one.get(key)).find((one) => one !== undefined)
      const isRepeat = before !== undefined && (distinct || time <= before)
      page.set(key, isRepeat ? before : time)
      return isRepeat ? [] : [place]
    })
    if (page.size > 0) pages = distinct ? [page] : [page, ...pages].slice(0, remembered)
    return fresh
  }
}

// ------------------------------------------------------------------------------------------------------------------- walking

interface Walk {
  /** What is left to read, the earliest first. Never empty. */
  readonly windows: ReadonlyArray<Asked>
  readonly requests: number
  /** Requests since the last one that brought something new. */
  readonly fruitless: number
  readonly most: number
  /** What is read up to here holds for good. Known with the first answer. */
  readonly settled: bigint | undefined
}

const longAgo = Timestamp.toMicros(Option.getOrThrow(Timestamp.fromText("2000-01-01T00:00:00Z")))
const overlap = 120_000_000n
/** Halving 50 years down to a microsecond takes 51 steps, and as many to come back. */
const mostFruitless = 1_000

const least = (...values: ReadonlyArray<bigint>): bigint => values.reduce((one, other) => Bigint.min(one, other))

/** The server's own clock, if it tells. */
const servedAt = (headers: Readonly<Record<string, string>>): ReadonlyArray<bigint> => {
  const millis = Date.parse(headers.date ?? "")
  return Number.isNaN(millis) ? [] : [BigInt(millis) * 1000n]
}

const windowOf = ({ hi, lo }: Pick<Asked, "lo" | "hi">): Window => ({ from: Timestamp.fromMicros(lo), to: Timestamp.fromMicros(hi) })

/** Puts the window where the endpoint takes it: among its parameters, or in its body. */
const place = (given: Readonly<Record<string, unknown>>, body: boolean, window: Query): Readonly<Record<string, unknown>> =>
  body ? { ...given, body: { ...(given.body as object | undefined), ...window } } : { ...given, ...window }

/**
 * How a walk makes its calls, and where in an answer the page is.
 *
 * @internal
 */
export interface Reader {
  readonly through: <A, R>(call: Effect.Effect<A, WelkinError, R>) => Effect.Effect<A, WelkinError, R>
  readonly pageOf: (answer: any) => FindPage<any>
}

const plainly: Reader = { through: (call) => call, pageOf: (page) => page }

/** @internal */
export const walk =
  (endpoint: Endpoint.Endpoint<any, any, any>, placing: { readonly at: "body" } | undefined, { pageOf, through }: Reader = plainly) =>
  (input: Options & Readonly<Record<string, unknown>> = {}): Stream.Stream<Page<any>, WelkinError, any> => {
    const { distinct = false, from, overfull = "Grow", size, to, ...given } = input
    const { id, method, path } = endpoint.descriptor
    const call = Endpoint.withResponse(endpoint)
    const refused = (path: string, expected: string) => Effect.fail(refusal(endpoint.descriptor, [{ path, expected, actual: "string" }]))
    const micros = (name: string, text: string | undefined): Effect.Effect<bigint | undefined, WelkinError> => {
      const time = timeOf(text)
      return text !== undefined && time === undefined ? refused(name, "Timestamp") : Effect.succeed(time)
    }
    const begin = Effect.gen(function* () {
      const settings = yield* Paging
      const now = BigInt(Math.floor(yield* Clock.currentTimeMillis)) * 1000n
      const earliest = yield* micros("from", from)
      const latest = yield* micros("to", to)
      if (earliest !== undefined && latest !== undefined && earliest > latest) return yield* refused("from", "a time not after `to`")
      // where only one end is given, it may lie beyond what stands for the other
      const lo = earliest ?? least(longAgo, latest ?? longAgo)
      const hi = latest ?? (now < lo ? lo : now)
      return { settings, now, lo, hi, start: size ?? Math.min(settings.size, usualSize) }
    })
    const steps = ({ hi, lo, now, settings, start }: Effect.Effect.Success<typeof begin>) => {
      const fresh = withoutRepeats(distinct)
      const step = Effect.fnUntraced(function* (state: Walk) {
        const [window, ...later] = state.windows as [Asked, ...ReadonlyArray<Asked>]
        const requests = state.requests + 1
        const facts = { endpoint: id, method, route: path, attempts: requests, waitedMillis: 0, stopped: "Final" as const, pages: requests }
        if (requests > settings.maxPages || state.fruitless >= mostFruitless)
          return yield* Effect.fail(
            new PagingStalled({ ...facts, attempts: state.requests, pages: state.requests, reason: "TooManyPages" })
          )
        // a microsecond more on either side, so that it does not matter whether the bounds count in
        const asked = windowOf({ lo: window.lo - 1n, hi: window.hi + 1n })
        const bounds = { "page[from]": asked.from, "page[to]": asked.to, "page[size]": window.size }
        const { headers, value } = yield* through(call(place(given, placing !== undefined, bounds)))
        const found = pageOf(value)
        const answer = told(found)
        if (isIgnored(window, answer, found.data)) return yield* Effect.fail(new WindowIgnored(facts))
        const judged = judge(window, answer, start, state.most, overfull !== "Fail")
        if (judged === undefined && overfull !== "Skip") return yield* Effect.fail(new WindowOverflow(facts))
        const verdict = judged ?? { take: true, ask: [] }
        const kept = verdict.take ? fresh(found.data) : []
        const windows = [...verdict.ask, ...later]
        const next = windows[0] === undefined ? undefined : { lo: windows[0].lo, hi }
        const settled = state.settled ?? least(hi, now, ...servedAt(headers)) - overlap
        const page: Page<any> = {
          items: kept.map((place) => found.data[place]),
          kept,
          value,
          position: windowOf(window),
          next: next === undefined ? undefined : windowOf(next),
          mark: Timestamp.fromMicros(least(settled, next?.lo ?? hi))
        }
        const rest: Walk = {
          windows,
          requests,
          fruitless: kept.length > 0 ? 0 : state.fruitless + 1,
          most: Math.max(state.most, answer.count),
          settled
        }
        return [verdict.take ? Chunk.of(page) : Chunk.empty(), windows.length === 0 ? Option.none() : Option.some(rest)] as const
      })
      const whole: Asked = { lo, hi, size: start, before: undefined, parent: undefined }
      return Stream.paginateChunkEffect<Walk, Page<any>, WelkinError, any>(
        { windows: [whole], requests: 0, fruitless: 0, most: 0, settled: undefined },
        step
      )
    }
    return Stream.unwrap(Effect.map(begin, steps))
  }

type OmitEach<I, K extends PropertyKey> = I extends unknown ? Omit<I, K> : never

/** The input of a walk: the filters of its find, and the options of the walk in the place of the window. */
type Walked<I> = Simplify<
  (I extends { readonly body: infer B } ? { readonly body: OmitEach<B, keyof Query> } : Omit<I, keyof Query>) & Options
>

/**
 * Every record of a collection, one chunk a page.
 *
 * @since 0.1.0
 * @category models
 */
export type Items<I, A, R> = (...input: Endpoint.Arguments<Walked<I>>) => Stream.Stream<A, WelkinError, R>

/**
 * Every page of a collection.
 *
 * @since 0.1.0
 * @category models
 */
export type Pages<I, A, R> = (...input: Endpoint.Arguments<Walked<I>>) => Stream.Stream<Page<A>, WelkinError, R>

/**
 * The pages of a find. `at` says that the window stands in the body.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { Patients, type Timestamp } from "effect-welkin/v1"
 *
 * const changesSince = (mark: Timestamp.Timestamp) =>
 *   Patients.findPages({ from: mark }).pipe(
 *     Stream.runFoldEffect(mark, (_, page) => Effect.as(Effect.log(`${page.items.length} changed`), page.mark))
 *   )
 * ```
 *
 * @since 0.1.0
 * @category streams
 */
export const pages: <I, A, R>(endpoint: Endpoint.Endpoint<I, FindPage<A>, R>, placing?: { readonly at: "body" }) => Pages<I, A, R> = ((
  endpoint: any,
  placing: any
) => walk(endpoint, placing)) as any

/**
 * The records of a find. `at` says that the window stands in the body.
 *
 * @since 0.1.0
 * @category streams
 */
export const items = <I, A, R>(endpoint: Endpoint.Endpoint<I, FindPage<A>, R>, placing?: { readonly at: "body" }): Items<I, A, R> => {
  const pagesOf = walk(endpoint, placing)
  return (...[input]) => Stream.mapConcatChunk(pagesOf(input as any), (page) => Chunk.unsafeFromArray(page.items))
}
