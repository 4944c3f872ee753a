/**
 * Lists, as streams: every item, or every page with its envelope.
 *
 * A stream asks for the next page when its consumer pulls past the last one, and ends where the server says so. A list that
 * repeats itself, stands still or contradicts itself fails; it never ends early and never runs for ever.
 *
 * @since 0.1.0
 */
import * as Chunk from "effect/Chunk"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { Simplify } from "effect/Types"
import * as Codecs from "./Codecs.js"
import type { Arguments, Descriptor, Endpoint } from "./Endpoint.js"
import * as Complete from "./internal/complete.js"
import { isRecord } from "./internal/json.js"
import {
  cursorStyle,
  defined,
  errorOf,
  type Fault,
  fieldOf,
  fingerprint,
  metaInfoStyle,
  mostEmptyPages,
  PagingStyle,
  pageTokenStyle,
  type Style,
  springStyle
} from "./internal/paging.js"
import { prepared } from "./internal/prepared.js"
import type { PagingStalled, WelkinError } from "./WelkinError.js"

/**
 * A place in a list. It can be stored (it is a schema) and given as `position` to go on from there.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Position = Schema.Union(
  Schema.Struct({ page: Schema.NonNegativeInt }),
  Schema.Struct({ pageToken: Schema.String }),
  Schema.Struct({ start: Schema.String })
)
/**
 * @since 0.1.0
 * @category models
 */
export type Position = typeof Position.Type

/**
 * One page of a list.
 *
 * @since 0.1.0
 * @category models
 */
export interface Page<A, P> {
  readonly items: ReadonlyArray<A>
  /** The answer as it came, envelope included. */
  readonly value: P
  /** Where this page was asked for; undefined at the beginning of a list that goes by tokens or cursors. */
  readonly position: Position | undefined
  /** Where the next one is; undefined at the end. */
  readonly next: Position | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Settings {
  /** Records per page where the call does not say. 100. */
  readonly size: number
  /** Pages after which a list is taken for endless. 1,000,000. */
  readonly maxPages: number
}

const standard: Settings = { size: 100, maxPages: 1_000_000 }

/**
 * Page size and bound of the streams.
 *
 * @since 0.1.0
 * @category references
 */
export class Paging extends Context.Reference<Paging>()("effect-welkin/Paging", { defaultValue: (): Settings => standard }) {}

/**
 * Sets page size and bound; what is left out keeps its standard value.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (settings: Partial<Settings>): Layer.Layer<never> =>
  Layer.succeed(Paging, { ...standard, ...settings }) as Layer.Layer<never>

// ---------------------------------------------------------------------------------------------------------------- envelopes

const styled = <S extends Schema.Annotable.All>(schema: S, style: Descriptor["paging"]): S =>
  schema.annotations({ [PagingStyle]: style }) as S

const total = Codecs.optional(Codecs.lenient(Schema.NonNegativeInt))

/**
 * How a Spring page says it is sorted.
 *
 * @since 0.1.0
 * @category models
 */
export const SpringSort = Codecs.open<SpringSort>()({
  sorted: Codecs.optional(Schema.Boolean),
  unsorted: Codecs.optional(Schema.Boolean),
  empty: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface SpringSort extends Schema.Struct.Type<(typeof SpringSort)["fields"]> {}

/**
 * The request as a Spring page echoes it.
 *
 * @since 0.1.0
 * @category models
 */
export const SpringPageable = Codecs.open<SpringPageable>()({
  sort: Codecs.optional(SpringSort),
  pageNumber: Codecs.optional(Schema.Int),
  pageSize: Codecs.optional(Schema.Int),
  offset: Codecs.optional(Schema.Int),
  paged: Codecs.optional(Schema.Boolean),
  unpaged: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface SpringPageable extends Schema.Struct.Type<(typeof SpringPageable)["fields"]> {}

const springFields = <A, I>(item: Schema.Schema<A, I>) => ({
  content: Schema.Array(item),
  pageable: Codecs.optional(SpringPageable),
  last: Codecs.optional(Schema.Boolean),
  first: Codecs.optional(Schema.Boolean),
  totalElements: total,
  totalPages: total,
  number: Codecs.optional(Schema.Int),
  size: Codecs.optional(Schema.Int),
  numberOfElements: Codecs.optional(Schema.Int),
  sort: Codecs.optional(SpringSort),
  empty: Codecs.optional(Schema.Boolean)
})

/**
 * A numbered page. `last` ends the list. The fields around the content are read where they are there: a page without them is a page still.
 *
 * @since 0.1.0
 * @category models
 */
export interface SpringPage<A> extends Schema.Struct.Type<ReturnType<typeof springFields<A, unknown>>> {}

/**
 * @since 0.1.0
 * @category schemas
 */
export const springPage = <A, I>(item: Schema.Schema<A, I>): Schema.Schema<SpringPage<A>, { readonly content: ReadonlyArray<I> }> =>
  styled(Codecs.open<SpringPage<A>>()(springFields(item)), "spring") as any

/**
 * Query of a Spring page. `page` counts from zero; `sort` is `field,asc` or `field,desc`.
 *
 * @since 0.1.0
 * @category schemas
 */
export const springQuery = {
  page: Schema.optional(Schema.NonNegativeInt),
  size: Schema.optional(Schema.Positive.pipe(Schema.int())),
  /** Several sort by the first, then by the next. */
  sort: Schema.optional(Schema.Union(Schema.String, Schema.Array(Schema.String)))
}

/**
 * The paging block of a meta-info page.
 *
 * @since 0.1.0
 * @category models
 */
export const MetaInfo = Codecs.open<MetaInfo>()({
  page: Codecs.optional(Schema.Int),
  pageSize: Codecs.optional(Schema.Int),
  totalElements: total,
  numberOfElements: Codecs.optional(Schema.Int),
  totalPages: total,
  firstPage: Codecs.optional(Schema.Boolean),
  lastPage: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface MetaInfo extends Schema.Struct.Type<(typeof MetaInfo)["fields"]> {}

/**
 * A numbered page whose paging block stands beside the data. `metaInfo.lastPage` ends the list.
 *
 * @since 0.1.0
 * @category models
 */
export interface MetaInfoPage<A> {
  readonly data: ReadonlyArray<A>
  readonly metaInfo: MetaInfo
}

/**
 * @since 0.1.0
 * @category schemas
 */
export const metaInfoPage = <A, I>(item: Schema.Schema<A, I>): Schema.Schema<MetaInfoPage<A>, { readonly data: ReadonlyArray<I> }> =>
  styled(Codecs.open<MetaInfoPage<A>>()({ data: Schema.Array(item), metaInfo: MetaInfo }), "meta-info") as any

/**
 * The paging block of a page that names its neighbours by token.
 *
 * @since 0.1.0
 * @category models
 */
export const PageTokenMeta = Codecs.open<PageTokenMeta>()({
  nextPageToken: Codecs.optionalNull(Schema.String),
  prevPageToken: Codecs.optionalNull(Schema.String),
  pageSize: Codecs.optional(Schema.Int),
  found: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PageTokenMeta extends Schema.Struct.Type<(typeof PageTokenMeta)["fields"]> {}

/**
 * A page that names its successor by an opaque token. No token ends the list.
 *
 * @since 0.1.0
 * @category models
 */
export interface PageTokenPage<A> {
  readonly meta: PageTokenMeta
  readonly content: ReadonlyArray<A>
}

/**
 * @since 0.1.0
 * @category schemas
 */
export const pageTokenPage = <A, I>(item: Schema.Schema<A, I>): Schema.Schema<PageTokenPage<A>, { readonly content: ReadonlyArray<I> }> =>
  styled(Codecs.open<PageTokenPage<A>>()({ meta: PageTokenMeta, content: Schema.Array(item) }), "page-token") as any

/**
 * Query of a page that is asked for by token.
 *
 * @since 0.1.0
 * @category schemas
 */
export const pageTokenQuery = {
  pageToken: Schema.optional(Schema.String),
  pageSize: Schema.optional(Schema.Positive.pipe(Schema.int()))
}

/**
 * Where an export page began and where the next one begins. Usually timestamps, but not to be relied upon.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportCursor = Codecs.open<ExportCursor>()({
  start: Codecs.optionalNull(Schema.String),
  end: Codecs.optionalNull(Schema.String),
  hasNext: Codecs.optionalNull(Schema.Boolean),
  pageSize: Codecs.optionalNull(Schema.Int)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportCursor extends Schema.Struct.Type<(typeof ExportCursor)["fields"]> {}

/**
 * A page of a bulk export. `cursor.hasNext` false, null or missing ends the list.
 *
 * @since 0.1.0
 * @category models
 */
export interface CursorPage<A> {
  readonly data: ReadonlyArray<A>
  readonly cursor: ExportCursor
}

// No recording of this envelope survives; two independent clients read these variants of it.
const asCursorPage = (value: unknown): unknown => {
  if (Array.isArray(value)) return { data: value, cursor: {} }
  if (!isRecord(value) || ("data" in value && "cursor" in value)) return value
  const { content, cursor, data = content ?? value.rows, end, hasNext, rows, start, ...rest } = value
  return { ...rest, data, cursor: cursor ?? defined({ start, end, hasNext }) }
}

/**
 * @since 0.1.0
 * @category schemas
 */
export const cursorPage = <A, I>(item: Schema.Schema<A, I>): Schema.Schema<CursorPage<A>, unknown> => {
  const page = Codecs.open<CursorPage<A>>()({ data: Schema.Array(item), cursor: ExportCursor }) as unknown as Schema.Schema<CursorPage<A>>
  return styled(prepared(page, asCursorPage), "cursor")
}

/**
 * Query of a bulk export page. Without `start` it begins with the oldest record; an instant asks for what changed since.
 *
 * @since 0.1.0
 * @category schemas
 */
export const cursorQuery = {
  start: Schema.optional(Schema.String),
  pageSize: Schema.optional(Schema.Positive.pipe(Schema.int()))
}

// ------------------------------------------------------------------------------------------------------------------ walking

interface Walk {
  readonly position: Position | undefined
  readonly pages: number
  readonly empty: number
  readonly before: string | undefined
}

const keyOf = (position: Position | undefined): string => JSON.stringify(position ?? null)

const pagesOf =
  <I, P, A, R>(endpoint: Endpoint<I, any, R>, style: Style<P>, at: string | undefined) =>
  (input: Readonly<Record<string, unknown>> & { readonly position?: Position } = {}): Stream.Stream<Page<A, any>, WelkinError, R> => {
    const { position = style.first, ...given } = input
    const fail = (fault: Fault, pages: number): WelkinError => errorOf(endpoint.descriptor, fault, pages)
    // tokens and cursors could lead in a circle; page numbers only rise
    const step = (settings: Settings, been: Set<string>) =>
      Effect.fnUntraced(function* (walk: Walk) {
        const pages = walk.pages + 1
        const stalled = (reason: PagingStalled["reason"]) => Effect.fail(fail({ stalled: reason }, pages))
        if (pages > settings.maxPages) return yield* stalled("TooManyPages")
        const asked = { ...style.ask(walk.position, settings.size), ...defined(given) }
        const value = yield* (endpoint as any)(asked) as Effect.Effect<any, WelkinError, R>
        const envelope: P = at === undefined ? value : value[at]
        const items = style.items(envelope) as ReadonlyArray<A>
        const before = items.length === 0 ? undefined : fingerprint(items)
        if (before !== undefined && before === walk.before) return yield* stalled("SamePage")
        const next = yield* Either.mapLeft(style.next(envelope, walk.position), (fault) => fail(fault, pages))
        const page: Page<A, any> = { items, value, position: walk.position, next }
        if (next === undefined) return [page, Option.none<Walk>()] as const
        const empty = items.length === 0 ? walk.empty + 1 : 0
        if (empty > mostEmptyPages) return yield* stalled("EmptyPages")
        if (!("page" in next)) {
          if (been.has(keyOf(next))) return yield* stalled("SamePosition")
          been.add(keyOf(next))
        }
        return [page, Option.some<Walk>({ position: next, pages, empty, before })] as const
      })
    const start: Walk = { position, pages: 0, empty: 0, before: undefined }
    return Stream.unwrap(Effect.map(Paging, (settings) => Stream.paginateEffect(start, step(settings, new Set([keyOf(position)])))))
  }

const itemsOf = <A, P, R>(pages: Stream.Stream<Page<A, P>, WelkinError, R>): Stream.Stream<A, WelkinError, R> =>
  Stream.mapConcatChunk(pages, (page) => Chunk.unsafeFromArray(page.items))

/** The input of a stream: the call's own, with `position` in the place of the parameters that move from page to page. */
type Walked<I> = Simplify<Omit<I, "page" | "pageToken" | "start"> & { readonly position?: Position }>

/**
 * Every item of a list, one chunk a page.
 *
 * @since 0.1.0
 * @category models
 */
export type Items<I, A, R> = (...input: Arguments<Walked<I>>) => Stream.Stream<A, WelkinError, R>

/**
 * Every page of a list.
 *
 * @since 0.1.0
 * @category models
 */
export type Pages<I, A, P, R> = (...input: Arguments<Walked<I>>) => Stream.Stream<Page<A, P>, WelkinError, R>

const items =
  (style: Style<any>) =>
  (endpoint: Endpoint<any, any, any>, options?: { readonly at: string }): any => {
    const pages = pagesOf(endpoint, style, options?.at)
    return (input?: any) => itemsOf(pages(input))
  }

const pages =
  (style: Style<any>) =>
  (endpoint: Endpoint<any, any, any>, options?: { readonly at: string }): any =>
    pagesOf(endpoint, style, options?.at)

/**
 * The items of a list in Spring pages. `at` names the field where the page sits one level deeper.
 *
 * @since 0.1.0
 * @category streams
 */
export const spring: {
  <I, A, R>(endpoint: Endpoint<I, SpringPage<A>, R>): Items<I, A, R>
  <I, K extends string, A, R>(endpoint: Endpoint<I, { readonly [at in K]: SpringPage<A> }, R>, options: { readonly at: K }): Items<I, A, R>
} = items(springStyle)

/**
 * @since 0.1.0
 * @category streams
 */
export const springPages: {
  <I, A, R>(endpoint: Endpoint<I, SpringPage<A>, R>): Pages<I, A, SpringPage<A>, R>
  <I, K extends string, A, R, P extends { readonly [at in K]: SpringPage<A> }>(
    endpoint: Endpoint<I, P & { readonly [at in K]: SpringPage<A> }, R>,
    options: { readonly at: K }
  ): Pages<I, A, P, R>
} = pages(springStyle)

/**
 * The items of a list in meta-info pages. `at` names the field where the page sits one level deeper.
 *
 * @since 0.1.0
 * @category streams
 */
export const metaInfo: {
  <I, A, R>(endpoint: Endpoint<I, MetaInfoPage<A>, R>): Items<I, A, R>
  <I, K extends string, A, R>(
    endpoint: Endpoint<I, { readonly [at in K]: MetaInfoPage<A> }, R>,
    options: { readonly at: K }
  ): Items<I, A, R>
} = items(metaInfoStyle)

/**
 * @since 0.1.0
 * @category streams
 */
export const metaInfoPages: {
  <I, A, R>(endpoint: Endpoint<I, MetaInfoPage<A>, R>): Pages<I, A, MetaInfoPage<A>, R>
  <I, K extends string, A, R, P extends { readonly [at in K]: MetaInfoPage<A> }>(
    endpoint: Endpoint<I, P & { readonly [at in K]: MetaInfoPage<A> }, R>,
    options: { readonly at: K }
  ): Pages<I, A, P, R>
} = pages(metaInfoStyle)

/**
 * The items of a list whose pages name each other by token.
 *
 * @since 0.1.0
 * @category streams
 */
export const pageToken: <I, A, R>(endpoint: Endpoint<I, PageTokenPage<A>, R>) => Items<I, A, R> = items(pageTokenStyle)

/**
 * @since 0.1.0
 * @category streams
 */
export const pageTokenPages: <I, A, R>(endpoint: Endpoint<I, PageTokenPage<A>, R>) => Pages<I, A, PageTokenPage<A>, R> =
  pages(pageTokenStyle)

/**
 * The items of a bulk export. Records that share the boundary instant of two pages may come twice, and so may one that changes
 * meanwhile: drop duplicates by `id` and `updatedAt`.
 *
 * @since 0.1.0
 * @category streams
 */
export const cursor: <I, A, R>(endpoint: Endpoint<I, CursorPage<A>, R>) => Items<I, A, R> = items(cursorStyle)

/**
 * @since 0.1.0
 * @category streams
 */
export const cursorPages: {
  <I, A, R>(endpoint: Endpoint<I, CursorPage<A>, R>): Pages<I, A, CursorPage<A>, R>
  <I, K extends string, A, R, P extends { readonly [at in K]: CursorPage<A> }>(
    endpoint: Endpoint<I, P & { readonly [at in K]: CursorPage<A> }, R>,
    options: { readonly at: K }
  ): Pages<I, A, P, R>
} = pages(cursorStyle)

/**
 * The items of a list that comes whole.
 *
 * @since 0.1.0
 * @category streams
 */
export const list =
  <I, A, R>(endpoint: Endpoint<I, ReadonlyArray<A>, R>): ((...input: Arguments<I>) => Stream.Stream<A, WelkinError, R>) =>
  (...input) =>
    Stream.unwrap(Effect.map(endpoint(...input), (items) => Stream.fromChunk(Chunk.unsafeFromArray(items))))

// ----------------------------------------------------------------------------------------------------------------- completeness

/**
 * Where a complete reading stands. It can be stored (it is a schema), and holds no more of a record than the time of its creation.
 *
 * @since 0.1.0
 * @category schemas
 */
export const CompletePosition = Schema.Union(
  Schema.Struct({
    mode: Schema.Literal("backward"),
    page: Schema.NonNegativeInt,
    size: Schema.Positive.pipe(Schema.int()),
    sort: Schema.NonEmptyArray(Schema.String),
    /** When the youngest of the records was created that were there at first, in microseconds. */
    newest: Schema.NullOr(Schema.Int),
    /** The list itself; and once more its end, and what stands before that, for what was created meanwhile. */
    part: Schema.Literal("list", "end", "tail")
  }),
  Schema.Struct({ mode: Schema.Literal("sweep"), page: Schema.NonNegativeInt, pass: Schema.Positive.pipe(Schema.int()) }),
  Schema.Struct({ mode: Schema.Literal("cursor"), at: Schema.NullOr(Position), reading: Schema.Positive.pipe(Schema.int()) })
)
/**
 * @since 0.1.0
 * @category models
 */
export type CompletePosition = typeof CompletePosition.Type

/**
 * How far a complete reading can be trusted:
 *
 * - `verified`: every record that was there from the first request to the last has been delivered.
 * - `bestEffort`: nothing speaks against it, and it cannot be shown: the list does not say how much it holds, its records have no ids,
 *   or a token expired on the way and the list was read from its beginning again.
 * - `incomplete`: the list never held still, or says that it holds more than it shows. Records may be missing.
 *
 * @since 0.1.0
 * @category models
 */
export type Verdict = "verified" | "bestEffort" | "incomplete"

/**
 * One answer of a complete reading.
 *
 * @since 0.1.0
 * @category models
 */
export interface CompletePage<A, P> {
  /** The records that this reading had not delivered before, each id once: in the form in which it was first met. */
  readonly items: ReadonlyArray<A>
  /** Their places in the page as it came. */
  readonly kept: ReadonlyArray<number>
  /** The answer as it came, envelope included. */
  readonly value: P
  /** How the list is read: backward by the time of creation, in sweeps from the front, along cursors; or it came whole. */
  readonly mode: "backward" | "sweep" | "cursor" | "whole"
  /** Where to go on; undefined at the end. */
  readonly next: CompletePosition | undefined
  /** On the last page, and there only. */
  readonly verdict: Verdict | undefined
}

type ListOf<P> =
  P extends ReadonlyArray<any>
    ? P
    : P extends { readonly content: infer L }
      ? L
      : P extends { readonly data: infer L }
        ? L
        : P extends { readonly records: infer L }
          ? L
          : never

/** What a list holds: itself, in a page, or in a page one level down. */
type RecordOf<P> = ListOf<P> extends ReadonlyArray<infer A> ? A : ListOf<ListOf<P>> extends ReadonlyArray<infer A> ? A : never

/**
 * Which records of a list to read.
 *
 * @since 0.1.0
 * @category models
 */
export type CompleteInput<I> = Simplify<
  Omit<I, "page" | "pageToken" | "start"> & {
    /** Where an earlier reading stopped: the `next` of its last page. */
    readonly position?: CompletePosition | undefined
    /** The ids that it delivered. Together with `position` the reading goes on as if it had never stopped. */
    readonly seen?: ReadonlySet<string> | ((id: string) => boolean) | undefined
  }
>

const idOf = (record: unknown): string | undefined =>
  isRecord(record) && typeof record.id === "string" && record.id !== "" ? record.id : undefined

/**
 * Reads a list, whatever its style of paging, so that no record is missed that is there throughout, and none comes twice: records
 * that are created and deleted meanwhile shift the others from page to page, and a list that is read forward loses some of them.
 *
 * A list that fits one page costs one request. A longer one is read backward in the order of creation where the server can sort it
 * so, at the cost of three pages more, and else from the front again and again, five times at most. One page at a time is on its
 * way, and the ids of the records are kept, some 20 bytes each. The last page says how far the reading can be trusted.
 *
 * `at` names the field that holds the answer, where the endpoint was wrapped. `ids` tells a record from others where its `id` does not,
 * and `created` names the field that tells when it was created, where that is neither `createdAt` nor `created_at`: it must never
 * change, and never be earlier than that of a record that was there before. A `sort` of the call counts in sweeps.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { Pagination } from "effect-welkin"
 * import { Patients } from "effect-welkin/v8"
 *
 * const patients = Pagination.complete(Patients.list)
 *
 * const program = patients({ size: 200 }).pipe(
 *   Stream.tap(({ items, verdict }) => Effect.log(`${items.length} patients${verdict === undefined ? "" : `, ${verdict}`}`)),
 *   Stream.runDrain
 * )
 * ```
 *
 * @since 0.1.0
 * @category streams
 */
export const complete: {
  <I, P, R>(
    endpoint: Endpoint<I, P, R>,
    options?: { readonly ids?: (record: RecordOf<P>) => string | undefined; readonly created?: string }
  ): (...input: Arguments<CompleteInput<I>>) => Stream.Stream<CompletePage<RecordOf<P>, P>, WelkinError, R>
  <I, P, R, K extends keyof P & string>(
    endpoint: Endpoint<I, P, R>,
    options: { readonly at: K; readonly ids?: (record: RecordOf<P[K]>) => string | undefined; readonly created?: string }
  ): (...input: Arguments<CompleteInput<I>>) => Stream.Stream<CompletePage<RecordOf<P[K]>, P>, WelkinError, R>
} = (
  endpoint: Endpoint<any, any, any>,
  options: { readonly at?: string; readonly ids?: (record: any) => string | undefined; readonly created?: string } = {}
): any => {
  const { descriptor } = endpoint
  const field = descriptor.success === undefined ? undefined : fieldOf(descriptor.success.ast)
  const pageOf = (value: any) => {
    const answer = options.at === undefined ? value : value[options.at]
    // what wraps an endpoint may have unwrapped its page already
    return field !== undefined && isRecord(answer) && isRecord(answer[field]) ? answer[field] : answer
  }
  return ({ pageSize, position, seen = () => false, size, ...given }: any = {}) =>
    Stream.unwrap(
      Effect.map(Paging, (settings) =>
        Complete.read(
          {
            descriptor,
            ask: (parameters) => Effect.map(endpoint({ ...defined(given), ...parameters }), (value) => [value, pageOf(value)] as const),
            idOf: options.ids ?? idOf,
            created: options.created,
            isDelivered: typeof seen === "function" ? seen : (id) => seen.has(id),
            size: size ?? pageSize ?? settings.size,
            maxPages: settings.maxPages
          },
          position
        )
      )
    )
}
