/*
 * Reading a list so that no record is missed that is there throughout, whatever comes and goes meanwhile.
 *
 * An answer that holds the whole list holds it all. A longer list is read in one of three ways:
 *
 * - backward, where the server sorts by the time of creation: last page first, strictly one after another. The place of a record then
 *   only falls, as what is created is put behind it, so that it cannot slip past a reader who comes from above.
 * - in sweeps, where it does not: from the front, again and again. The records that were met before a sweep and are met in it again
 *   were there in between; if they are as many as the list said it held then, no other was there.
 * - along cursors and tokens, which say themselves where to go on.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { Descriptor } from "../Endpoint.js"
import type { CompletePage, CompletePosition, Position, Verdict } from "../Pagination.js"
import type { WelkinError } from "../WelkinError.js"
import { refusal } from "./encoding.js"
import { isRecord } from "./json.js"
import * as Paging from "./paging.js"
import * as Seen from "./seen.js"
import { parseInstant } from "./time.js"

type Page = CompletePage<unknown, unknown>
type Mode<Name> = Extract<CompletePosition, { readonly mode: Name }>

/** A list to be read. */
export interface List<R> {
  readonly descriptor: Descriptor
  /** Asks for a page: the answer as it came, and the page that stands in it. */
  readonly ask: (parameters: Readonly<Record<string, unknown>>) => Effect.Effect<readonly [value: unknown, page: any], WelkinError, R>
  readonly idOf: (record: unknown) => string | undefined
  /** The field that tells when a record was created, if it goes by another name than usual. */
  readonly created: string | undefined
  /** Whether a record was delivered before this reading. */
  readonly isDelivered: (id: string) => boolean
  /** Records per page to ask for. */
  readonly size: number
  readonly maxPages: number
}

/** How often a list is read from its beginning before it is given up. */
const mostReadings = 5

// ---------------------------------------------------------------------------------------------------------------------- order

/** The place of a record in a list that is sorted by the time of creation, in microseconds, and by id. */
interface Rank {
  readonly at: number
  readonly id: string
  /** When the record was last changed, if it says so. */
  readonly changedAt?: number | undefined
}

const isBefore = (one: Rank, other: Rank): boolean => one.at < other.at || (one.at === other.at && one.id < other.id)

const microsOf = (moment: unknown): number | undefined => {
  if (DateTime.isDateTime(moment)) return DateTime.toEpochMillis(moment) * 1000
  const millis = typeof moment === "string" ? parseInstant(moment) : undefined
  return millis === undefined ? undefined : millis * 1000 + Number((/\.\d{3}(\d{1,3})/.exec(moment as string)?.[1] ?? "").padEnd(3, "0"))
}

/** The names that the time of creation goes by. It never changes, and what is created later sorts behind. */
const creations = ["createdAt", "created_at"]

/** The last change, where it stands beside one of these. */
const changes: Readonly<Record<string, string>> = { createdAt: "updatedAt", created_at: "updated_at" }

/** A moment in a record, or in the body of a data record. */
const momentIn = (record: unknown, field: string): number | undefined => {
  if (!isRecord(record)) return undefined
  return microsOf(record[field] ?? (isRecord(record.jsonBody) ? record.jsonBody[field] : undefined))
}

/** How to ask for a list in the order of creation: by the id as well where it may be sorted by two fields. Undefined where it cannot. */
const sortOf = (
  { query }: Descriptor,
  names: ReadonlyArray<string>,
  records: ReadonlyArray<unknown>
): Mode<"backward">["sort"] | undefined => {
  const field = names.find((name) => records.every((record) => momentIn(record, name) !== undefined))
  if (query.sort === undefined || field === undefined) return undefined
  const sort = `${field},asc`
  return Schema.is(Schema.Struct({ sort: query.sort }) as unknown as Schema.Schema.AnyNoContext)({ sort: [sort] })
    ? [sort, "id,asc"]
    : [sort]
}

// ------------------------------------------------------------------------------------------------------------------------ walk

/** One walk over a list: a sweep, the way back, or a reading along cursors. */
interface Walk {
  readonly round: number
  /** Whether it is the whole walk, and not the rest of one that an earlier reading began. */
  readonly isWhole: boolean
  /** What the list said it held when the walk before this one ended. */
  readonly totalBefore: number | undefined
  /** The same when this one began, and whether it said so all along. */
  total: number | undefined
  isSteady: boolean
  pages: number
  emptyPages: number
  /** The page before this one. */
  before: { readonly page: number; readonly print: string } | undefined
  /** Records that had been met before the walk, and those that had not. */
  known: number
  added: number
  /** How often a record came that had come in this walk. */
  repeated: number
}

const walkOf = (round: number, isWhole: boolean, totalBefore?: number): Walk => ({
  round,
  isWhole,
  totalBefore,
  total: undefined,
  isSteady: true,
  pages: 0,
  emptyPages: 0,
  before: undefined,
  known: 0,
  added: 0,
  repeated: 0
})

/** A server that cannot sort says so, or breaks. */
const isRefused = (error: WelkinError): boolean => error._tag === "BadRequest" || (error._tag === "ServerError" && error.status === 500)

const hasExpired = (error: WelkinError): boolean => error._tag === "BadRequest" || error._tag === "Gone"

type Stepped = readonly [Page, Option.Option<CompletePosition>]

const reading = <R>({ ask, created, descriptor, idOf, isDelivered, maxPages, size }: List<R>) => {
  const seen = Seen.make()
  let walk = walkOf(0, false)
  let told: number | undefined
  const begin = (isWhole: boolean) => {
    walk = walkOf(walk.round + 1, isWhole, told)
  }
  const fail = (fault: Paging.Fault) => Effect.fail(Paging.errorOf(descriptor, fault, walk.pages))

  const count = Effect.suspend(() => (++walk.pages > maxPages ? fail({ stalled: "TooManyPages" }) : Effect.void))

  // a record without an id is told by what it holds
  const nameOf = (record: unknown): string => idOf(record) ?? JSON.stringify(record)
  const printOf = (records: ReadonlyArray<unknown>): string => JSON.stringify(records.map(nameOf))

  /** Notes the records of a page, and tells the places of those to deliver. */
  const take = (records: ReadonlyArray<unknown>): ReadonlyArray<number> =>
    records.flatMap((record, at) => {
      const id = idOf(record)
      const round = seen.meet(id ?? nameOf(record), walk.round)
      if (round === walk.round) walk.repeated++
      else if (round > 0 || (id !== undefined && isDelivered(id))) walk.known++
      else {
        walk.added++
        return [at]
      }
      return []
    })

  /** The same where no record comes twice that has no id: in one answer, and along cursors. */
  const takeAll = (records: ReadonlyArray<unknown>): ReadonlyArray<number> => {
    const taken = new Set(take(records))
    return records.flatMap((record, at) => (taken.has(at) || idOf(record) === undefined ? [at] : []))
  }

  /** The next place by the page's own word, if the page can be believed. */
  const follow = Effect.fnUntraced(function* (style: Paging.Style<any>, page: unknown, position: Position | undefined) {
    const next = yield* Effect.catchAll(style.next(page, position), fail)
    walk.emptyPages = next !== undefined && style.items(page).length === 0 ? walk.emptyPages + 1 : 0
    return walk.emptyPages > Paging.mostEmptyPages ? yield* fail({ stalled: "EmptyPages" }) : next
  })

  const deliver = (
    value: unknown,
    records: ReadonlyArray<unknown>,
    kept: ReadonlyArray<number>,
    end: { readonly mode: Page["mode"]; readonly next?: CompletePosition | undefined; readonly verdict?: Verdict | undefined }
  ): Stepped => {
    const page = { items: kept.map((at) => records[at]), kept, value, next: undefined, verdict: undefined, ...end }
    return [page, Option.fromNullable(page.next)]
  }

  const noteTotal = (total: number | undefined) => {
    if (walk.before === undefined) walk.total = total
    else if (total !== walk.total) walk.isSteady = false
    told = total
  }

  // ------------------------------------------------------------------------------------------------------------------- sweeps

  let areNamed = true
  let sweptBefore: string | undefined

  /** What a sweep has shown; undefined where another one may show more. */
  const judge = (pass: number): Verdict | undefined => {
    const { added, isSteady, isWhole, known, repeated, total, totalBefore } = walk
    // what was met before and is met again was there between the two walks, and when this one began
    if (isWhole && (known === total || known === totalBefore)) return areNamed ? "verified" : "bestEffort"
    if (isWhole && total === undefined && added === 0) return "bestEffort"
    const swept = isWhole && isSteady && repeated === 0 ? `${known + added} of ${total}` : undefined
    // nothing moves, and it does not add up
    if (pass >= mostReadings || (added === 0 && swept !== undefined && swept === sweptBefore)) return "incomplete"
    sweptBefore = swept
    return undefined
  }

  const sweepAgain = (pass: number): Mode<"sweep"> => ({ mode: "sweep", pass: pass + 1, page: 0 })

  const sweep = Effect.fnUntraced(function* (style: Paging.NumberedStyle<any>, where: Mode<"sweep">) {
    const isFirst = where.page === 0
    if (isFirst || walk.round === 0) begin(isFirst)
    yield* count
    const position = { page: where.page }
    const [value, page] = yield* ask(style.ask(position, size))
    const records = style.items(page)
    const print = printOf(records)
    const next = yield* follow(style, page, position)
    if (records.length > 0 && print === walk.before?.print) return yield* fail({ stalled: "SamePage" })
    const facts = style.facts(page)
    noteTotal(facts.total)
    walk.before = { page: where.page, print }
    const isAll = facts.total === undefined ? next === undefined : facts.last !== false && records.length >= facts.total
    if (isFirst && isAll) return deliver(value, records, takeAll(records), { mode: "whole", verdict: "verified" })
    if (!records.every((record) => idOf(record) !== undefined)) areNamed = false
    const kept = take(records)
    const back = isFirst && where.pass === 1 ? wayBack(facts, records) : undefined
    if (back !== undefined) {
      begin(true)
      return deliver(value, records, kept, { mode: "backward", next: back })
    }
    if (next !== undefined) return deliver(value, records, kept, { mode: "sweep", next: { ...where, page: where.page + 1 } })
    const verdict = judge(where.pass)
    return deliver(value, records, kept, { mode: "sweep", verdict, next: verdict === undefined ? sweepAgain(where.pass) : undefined })
  })

  // ----------------------------------------------------------------------------------------------------------------- backward

  /** Where the way back begins, judged by the first page; undefined where there is none. */
  const wayBack = ({ size, total }: Paging.Numbered, records: ReadonlyArray<unknown>): Mode<"backward"> | undefined => {
    const sort = sortOf(descriptor, created === undefined ? creations : [created], records)
    const length = records.length
    if (sort === undefined || total === undefined || total <= length || length !== (size ?? length)) return undefined
    const pages = Math.ceil(total / length)
    // the last page is read twice
    return pages >= maxPages ? undefined : { mode: "backward", page: pages - 1, size: length, sort, newest: null, part: "list" }
  }

  /** The youngest record that was there at first, and the oldest that the way back has come to. */
  let newest: Rank | undefined
  let oldest: Rank | undefined
  /** The last page as it was at first. */
  let end: string | undefined
  /** The last change of the last record at first, whether others were changed since, and whether the order is seen not to be that of the changes. */
  let changedLast: number | undefined
  let areChanged = false
  let isOtherOrder = false

  /** A record that moves to the end whenever it is changed may never come up. */
  const watch = (ranks: ReadonlyArray<Rank>) => {
    changedLast ??= ranks.at(-1)?.changedAt
    areChanged ||= ranks.some(({ at, changedAt }) => changedAt !== undefined && changedAt !== at && changedAt > changedLast!)
    isOtherOrder ||= ranks.some(({ changedAt }, n) => n > 0 && changedAt !== undefined && changedAt < (ranks[n - 1]!.changedAt ?? 0))
  }

  const ranksOf = (records: ReadonlyArray<unknown>, { sort }: Mode<"backward">): ReadonlyArray<Rank> | undefined => {
    const field = sort[0].slice(0, -",asc".length)
    const ranks = records.flatMap((record): ReadonlyArray<Rank> => {
      const [at, id] = [momentIn(record, field), idOf(record)]
      return at === undefined || id === undefined ? [] : [{ at, id, changedAt: momentIn(record, changes[field] ?? "") }]
    })
    const isAscending = ranks.every((rank, n) => n === 0 || isBefore(ranks[n - 1]!, rank))
    return isAscending && ranks.length === records.length ? ranks : undefined
  }

  const backward = (style: Paging.NumberedStyle<any>, where: Mode<"backward">): Effect.Effect<Stepped, WelkinError, R> =>
    Effect.gen(function* () {
      if (walk.round === 0) {
        begin(false)
        if (where.newest !== null) newest = { at: where.newest, id: "\uffff" }
      }
      yield* count
      const askFor = (page: number) =>
        ask({ ...style.ask({ page }, where.size), sort: where.sort.length === 1 ? where.sort[0] : where.sort })
      const [value, page] = yield* askFor(where.page)
      const records = style.items(page)
      const print = printOf(records)
      yield* follow(style, page, { page: where.page })
      let isInOrder = true
      if (records.length > 0 && print === walk.before?.print) {
        // as many records may have gone as a page holds; then the page before is another one by now
        const [, before] = yield* askFor(walk.before.page)
        if (printOf(style.items(before)) === print) return yield* fail({ stalled: "SamePage" })
        const moved = ranksOf(style.items(before), where)
        isInOrder = moved !== undefined
        watch(moved ?? [])
      }
      const { total } = style.facts(page)
      noteTotal(total)
      walk.before = { page: where.page, print }
      const kept = take(records)
      const ranks = ranksOf(records, where)
      const giveUp = () => deliver(value, records, kept, { mode: "backward", next: sweepAgain(1) })
      const due = total === undefined ? undefined : Math.max(0, Math.min(where.size, total - where.page * where.size))
      if (total === undefined || ranks === undefined || !isInOrder || records.length !== due) return giveUp()
      // in the order of creation, a record that comes up for the first time is older than all that have, or was born meanwhile
      const isBorn = (rank: Rank) => newest === undefined || isBefore(newest, rank)
      const isDue = (rank: Rank) => where.part === "list" && (oldest === undefined || isBefore(rank, oldest))
      if (!kept.every((at) => isBorn(ranks[at]!) || isDue(ranks[at]!))) return giveUp()
      const [first, last] = [ranks[0], ranks[ranks.length - 1]]
      watch(ranks)
      newest ??= last
      if (first !== undefined && (oldest === undefined || isBefore(first, oldest))) oldest = first
      if (records.length > 0 && where.part === "list") end ??= print
      const goOn = (page: number, part: Mode<"backward">["part"]) =>
        deliver(value, records, kept, { mode: "backward", next: { ...where, page, part, newest: newest?.at ?? null } })
      const done = () => (areChanged && !isOtherOrder ? giveUp() : deliver(value, records, kept, { mode: "backward", verdict: "verified" }))
      const lastPage = Math.ceil(total / where.size) - 1
      if (where.part !== "list") {
        if (where.part === "end" && lastPage > where.page) return goOn(lastPage, "end")
        // the end is as it was, or behind what is new there is nothing but what is known
        const isOver = where.part === "end" ? print === end : kept.length === 0 && !ranks.every(isBorn)
        return isOver || where.page === 0 ? done() : goOn(where.page - 1, records.length === 0 ? where.part : "tail")
      }
      if (where.page > 0) return goOn(Math.max(0, Math.min(where.page - 1, lastPage)), "list")
      return lastPage > 0 ? goOn(lastPage, "end") : done()
    }).pipe(
      Effect.catchIf(
        (error) => isRefused(error) && walk.pages === 1,
        () => {
          begin(true)
          return where.sort.length > 1 ? backward(style, { ...where, sort: [where.sort[0]] }) : sweep(style, sweepAgain(1))
        }
      )
    )

  // ------------------------------------------------------------------------------------------------------------------ cursors

  let been = new Set<string>()

  const cursor = (style: Paging.Style<any>, where: Mode<"cursor">): Effect.Effect<Stepped, WelkinError, R> =>
    Effect.gen(function* () {
      if (where.at === null || walk.round === 0) {
        begin(where.at === null)
        been = new Set([JSON.stringify(where.at)])
      }
      yield* count
      const { pageSize, ...place } = style.ask(where.at ?? undefined, size)
      // a token carries the size that its first page was asked for
      const [value, page] = yield* ask("pageToken" in place ? place : { ...place, pageSize })
      const records = style.items(page)
      const print = printOf(records)
      if (records.length > 0 && print === walk.before?.print) return yield* fail({ stalled: "SamePage" })
      walk.before = { page: walk.pages, print }
      const next = yield* follow(style, page, where.at ?? undefined)
      const kept = takeAll(records)
      if (next === undefined)
        return deliver(value, records, kept, { mode: "cursor", verdict: where.reading === 1 ? "verified" : "bestEffort" })
      const key = JSON.stringify(next)
      if (been.has(key)) return yield* fail({ stalled: "SamePosition" })
      been.add(key)
      return deliver(value, records, kept, { mode: "cursor", next: { ...where, at: next } })
    }).pipe(
      Effect.catchIf(
        (error) => hasExpired(error) && where.at !== null && where.reading < mostReadings,
        () => cursor(style, { mode: "cursor", at: null, reading: where.reading + 1 })
      )
    )

  const whole = Effect.suspend(() => {
    begin(true)
    return Effect.map(ask({}), ([value, records]) => deliver(value, records, takeAll(records), { mode: "whole", verdict: "verified" }))
  })

  return { backward, cursor, sweep, whole }
}

const cursorStyles: Partial<Record<Descriptor["paging"], Paging.Style<any>>> = {
  "page-token": Paging.pageTokenStyle,
  cursor: Paging.cursorStyle
}

const numberedStyles: Partial<Record<Descriptor["paging"], Paging.NumberedStyle<any>>> = {
  spring: Paging.springStyle,
  "meta-info": Paging.metaInfoStyle
}

/** The pages of a list, from a place on. */
export const read = <R>(list: List<R>, position: CompletePosition | undefined): Stream.Stream<Page, WelkinError, R> =>
  Stream.suspend(() => {
    const { backward, cursor, sweep, whole } = reading(list)
    const { paging } = list.descriptor
    const misplaced = (mode: string) =>
      Effect.fail(refusal(list.descriptor, [{ path: "position", expected: `a place of ${paging} paging`, actual: mode }]))
    const [numbered, along] = [numberedStyles[paging], cursorStyles[paging]]
    if (numbered !== undefined) {
      return Stream.paginateEffect(position ?? { mode: "sweep" as const, pass: 1, page: 0 }, (where: CompletePosition) =>
        where.mode === "sweep" ? sweep(numbered, where) : where.mode === "backward" ? backward(numbered, where) : misplaced(where.mode)
      )
    }
    if (along !== undefined) {
      return Stream.paginateEffect(position ?? { mode: "cursor" as const, at: null, reading: 1 }, (where: CompletePosition) =>
        where.mode === "cursor" ? cursor(along, where) : misplaced(where.mode)
      )
    }
    return position === undefined ? Stream.map(Stream.fromEffect(whole), ([page]) => page) : Stream.fromEffect(misplaced(position.mode))
  })
