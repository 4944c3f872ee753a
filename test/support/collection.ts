/** A collection of the legacy API as its documents leave it open: what they do not say, each server decides for itself. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import { LegacyClient } from "../../src/internal/tags.js"

/** What one server does where nobody knows what servers do. */
export interface Habits {
  readonly fromInclusive: boolean
  readonly toInclusive: boolean
  /** By which order it cuts its pages. */
  readonly order: "ascending" | "descending" | "none"
  /** Whether it gives the records of a page in another order than that. */
  readonly shuffles: boolean
  /** Where it says what the next page is. */
  readonly links: "none" | "next.meta" | "meta.next" | "href.next" | "next.href" | "unreadable"
  /** Whether the next page begins at the last time of this one or just past it. */
  readonly steps: "to" | "past"
  /** Where it says which size it applied. */
  readonly echo: "none" | "meta.current" | "links.current" | "links.meta"
  readonly echoesText: boolean
  /** The largest page it gives, whatever is asked for. */
  readonly limit: number
  readonly stamps: "offset" | "zulu" | "naive" | "short" | "spaced"
  readonly envelope: "bare" | "wrapped" | "list"
  readonly tellsTime: boolean
}

/** Links that tell of no next page although there is one, or none at all where a silent limit cuts, would leave no way to see the rest. */
const isHonest = ({ echo, envelope, limit, links, order }: Habits, size: number): boolean => {
  const linked = links !== "none"
  if (envelope === "list") return !linked && echo === "none" && limit >= size
  if (!linked && echo.startsWith("links")) return false
  if (order === "none" && linked) return false
  return limit >= size || linked || echo !== "none"
}

export const habits = (size: number): FastCheck.Arbitrary<Habits> =>
  FastCheck.record<Habits>({
    fromInclusive: FastCheck.boolean(),
    toInclusive: FastCheck.boolean(),
    order: FastCheck.constantFrom("ascending", "ascending", "descending", "none"),
    shuffles: FastCheck.boolean(),
    links: FastCheck.constantFrom("none", "next.meta", "meta.next", "href.next", "next.href", "unreadable"),
    steps: FastCheck.constantFrom("to", "past"),
    echo: FastCheck.constantFrom("none", "meta.current", "links.current", "links.meta"),
    echoesText: FastCheck.boolean(),
    limit: FastCheck.constantFrom(3, size, size * 2, 2000),
    stamps: FastCheck.constantFrom("offset", "zulu", "naive", "short", "spaced"),
    envelope: FastCheck.constantFrom("bare", "bare", "wrapped", "list"),
    tellsTime: FastCheck.boolean()
  }).filter((one) => isHonest(one, size))

/** A record, and since when anybody can see it. */
export interface Entry {
  readonly id: string
  /** Microseconds since 1970. */
  readonly updated: bigint
}

/** Microseconds as the naive text a query carries, and back. */
export const textOf = (micros: bigint): string => {
  const millis = micros >= 0n ? micros / 1000n : -((-micros + 999n) / 1000n)
  return new Date(Number(millis)).toISOString().slice(0, -1) + String(micros - millis * 1000n).padStart(3, "0")
}
const microsOf = (text: string | null): bigint => {
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/.test(text)) throw new Error("not a bound")
  return BigInt(Date.parse(`${text.slice(0, -3)}Z`)) * 1000n + BigInt(text.slice(-3))
}

const stamped = (micros: bigint, stamps: Habits["stamps"]): string => {
  const text = textOf(micros)
  switch (stamps) {
    case "offset":
      return `${text}+00:00`
    case "zulu":
      return `${text}Z`
    case "naive":
      return text
    case "short":
      return `${text.replace(/\.?0+$/, "")}Z`
    case "spaced":
      return text.replace("T", " ")
  }
}

// unrelated to time and to insertion, yet the same at every reading
const scattered = (id: string): number => Array.from(id).reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 0x01000193), 7) >>> 0

const sorted = (entries: ReadonlyArray<Entry>, order: Habits["order"]): ReadonlyArray<Entry> =>
  [...entries].sort((a, b) => {
    const byTime = order === "none" ? 0 : a.updated < b.updated ? -1 : a.updated > b.updated ? 1 : 0
    return (order === "descending" ? -byTime : byTime) || scattered(a.id) - scattered(b.id)
  })

const nested = (path: string, value: unknown): object => {
  const [outer, inner] = path.split(".") as [string, string]
  return { [outer]: { [inner]: value } }
}

const merged = (one: any, other: any): any =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [
      key,
      typeof one[key] === "object" && typeof other[key] === "object" ? merged(one[key], other[key]) : (other[key] ?? one[key])
    ])
  )

/** The answer to one find. */
export const find = (entries: ReadonlyArray<Entry>, habits: Habits, target: string): unknown => {
  const url = new URL(target, "https://legacy.example")
  const query = (name: string) => url.searchParams.get(`page[${name}]`)
  const [from, to, asked] = [microsOf(query("from")), microsOf(query("to")), Number(query("size"))]
  const size = Math.min(asked, habits.limit)
  const matching = sorted(
    entries.filter(
      ({ updated }) => (habits.fromInclusive ? updated >= from : updated > from) && (habits.toInclusive ? updated <= to : updated < to)
    ),
    habits.order
  )
  const page = matching.slice(0, size)
  const hasMore = matching.length > page.length
  const last = page.at(-1)
  const data = (habits.shuffles ? sorted(page, "none") : page).map(({ id, updated }) => ({
    id,
    updated_at: stamped(updated, habits.stamps)
  }))
  if (habits.envelope === "list") return data
  const window = (bounds: { readonly from: bigint; readonly to: bigint }) => ({
    "page[from]": textOf(bounds.from),
    "page[to]": textOf(bounds.to),
    "page[size]": habits.echoesText ? String(size) : size
  })
  const hrefOf = (bounds: { readonly from: bigint; readonly to: bigint }) =>
    `https://elsewhere.example${url.pathname}?resource_name=x&page%255Bfrom%5D=${textOf(bounds.from)}&page[size]=${size}`
  const next = () => {
    if (habits.order === "descending") return { from, to: habits.steps === "to" ? last!.updated : last!.updated - 1n }
    return { from: habits.steps === "to" ? last!.updated : last!.updated + 1n, to }
  }
  const links = () => {
    const current = { current: { href: hrefOf({ from, to }) } }
    if (!hasMore) return current
    switch (habits.links) {
      case "next.meta":
        return merged(current, { next: { meta: window(next()) } })
      case "meta.next":
        return merged(current, { meta: { next: window(next()) } })
      case "href.next":
        return merged(current, nested("href.next", hrefOf(next())))
      case "next.href":
        return merged(current, nested("next.href", hrefOf(next())))
      default:
        return merged(current, { next: { href: "https://elsewhere.example/opaque" } })
    }
  }
  const echo = { "page[size]": habits.echoesText ? String(size) : size }
  const envelope = {
    data,
    ...(habits.echo === "meta.current" ? { meta: { current: echo } } : {}),
    ...(habits.links === "none"
      ? { links: "see the documentation" }
      : {
          links: merged(
            links(),
            habits.echo === "links.current" ? { current: { meta: echo } } : habits.echo === "links.meta" ? { meta: { current: echo } } : {}
          )
        })
  }
  return habits.envelope === "wrapped" ? [envelope] : envelope
}

/** A client whose finds are answered by this function, without HTTP in between. */
export const client = (answer: (target: string) => { readonly body: unknown; readonly date?: string }): Layer.Layer<LegacyClient> =>
  Layer.succeed(LegacyClient, {
    slots: {},
    execute: (call, read) =>
      Effect.suspend(() => {
        const { body, date } = answer(call.target)
        const value = Either.getOrThrowWith(
          read({ contentType: "application/json", text: JSON.stringify(body) }),
          ({ places, reason }) => new Error(`${reason} ${JSON.stringify(places)}`)
        )
        return Effect.succeed({ value, status: 200, headers: date === undefined ? {} : { date }, attempts: 1, waitedMillis: 0 })
      }),
    download: () => {
      throw new Error("nothing to download")
    }
  })
