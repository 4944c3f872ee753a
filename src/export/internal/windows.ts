/*
 * Collections of the legacy API as an export reads them: window by window, the records' own text beside their values.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Endpoint from "../../Endpoint.js"
import { compile } from "../../internal/decoder.js"
import { refuse } from "../../internal/quick.js"
import { members, slices } from "../../internal/slices.js"
import type { LegacyClient } from "../../internal/tags.js"
import * as Envelope from "../../v1/Envelope.js"
import * as Timestamp from "../../v1/Timestamp.js"
import * as TimeWindow from "../../v1/TimeWindow.js"
import type { WelkinError } from "../../WelkinError.js"
import type { Collection } from "../Collection.js"
import type { LegacyUnit, WindowPlace } from "../Plan.js"
import type { Page } from "../Sink.js"
import { Calling } from "./lists.js"
import * as Versions from "./versions.js"

const listOf = (text: string): ReadonlyArray<string> => slices(text, ["data"]) ?? inBrackets(members(text)?.get("data") ?? "null")

/** One record where a list was promised, or nothing. */
const inBrackets = (text: string): ReadonlyArray<string> => (text === "null" ? [] : (slices(`[${text}]`, []) ?? []))

/** The records' own text, in the order in which `Envelope.page` has their values. */
export const textsOf = (text: string): ReadonlyArray<string> => {
  const parts = slices(text, [])
  if (parts === undefined) return listOf(text)
  return parts.some((part) => members(part)?.has("data") === true) ? parts.flatMap(listOf) : parts
}

type Answer = Endpoint.Source<Envelope.FindPage<unknown>>

type Walked = Omit<TimeWindow.Page<unknown>, "value"> & { readonly value: Answer }

const reader: TimeWindow.Reader = {
  through: (call) => Effect.flatMap(Calling, ({ through }) => through(call)),
  pageOf: ({ value }: Answer) => value
}

const envelope = Envelope.page(Schema.Unknown)

/** One version of a record: without a time nobody knows whether it is the same. */
const keyOf = ({ id, updatedAt }: Versions.Version): string | undefined =>
  id === undefined || updatedAt === undefined ? undefined : `${id} ${updatedAt}`

/** Turns pages as they come into pages as they are kept. A walk drops what it has just read; what an earlier run read last is dropped here. */
const keeping = (record: Schema.Schema.AnyNoContext, last: ReadonlyArray<Versions.Version>) => {
  const decode = compile(record)
  const there = new Set(last.map(keyOf).filter((key) => key !== undefined))
  return ({ items, kept, mark, value: { text, value } }: Walked, next: WindowPlace | undefined): Page => {
    const texts = textsOf(text)
    const records = items.flatMap((item, at) => {
      // before the decoder writes into them
      const version = Versions.of(item)
      const key = keyOf(version)
      return key !== undefined && there.has(key) ? [] : [{ ...version, text: texts[kept[at]!]! }]
    })
    const drift = items.filter((item) => decode(item as never) === refuse).length
    const duplicates = value.data.length - records.length
    return { records, next, cursor: mark, duplicates, drift, removed: 0, reading: ["window"], verdict: "verified" }
  }
}

const ahead = Duration.toMillis("1 day")

/**
 * Reads a collection from where it was left. A change gives a record a later time, so that it moves ahead of the walk and is met there:
 * the walk ends in the future, for what changes while it goes. One that has come to its end after that moment goes on from its mark.
 */
export const pages = (
  { find, record }: Collection,
  { pageSize, since }: LegacyUnit,
  { last, position }: { readonly last: ReadonlyArray<Versions.Version>; readonly position: WindowPlace | undefined }
): Stream.Stream<Page, WelkinError, LegacyClient> => {
  const walk: (options: TimeWindow.Options) => Stream.Stream<Walked, WelkinError, LegacyClient> = TimeWindow.walk(
    Endpoint.source(find, envelope),
    undefined,
    reader
  ) as any
  const keep = keeping(record, last)
  const from = (start: Timestamp.Timestamp | undefined): Stream.Stream<Page, WelkinError, LegacyClient> =>
    Stream.unwrap(
      Effect.map(Clock.currentTimeMillis, (now) => {
        const end = now + ahead
        const pages = walk({ from: start, to: Timestamp.fromMicros(BigInt(Math.floor(end)) * 1000n), size: pageSize })
        return Stream.flatMap(pages, (page) => {
          const ongoing = { from: page.mark }
          if (page.next !== undefined) return Stream.succeed(keep(page, ongoing))
          return Stream.unwrap(
            Effect.map(Clock.currentTimeMillis, (now) =>
              now < end
                ? Stream.succeed(keep(page, undefined))
                : Stream.concat(
                    Stream.succeed(keep(page, ongoing)),
                    Stream.suspend(() => from(page.mark))
                  )
            )
          )
        })
      })
    )
  return from(position?.from ?? (since as Timestamp.Timestamp | undefined))
}
