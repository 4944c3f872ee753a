/*
 * What a page says about its list, style by style.
 */
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as AST from "effect/SchemaAST"
import type { Descriptor, Paging } from "../Endpoint.js"
import type { CursorPage, MetaInfoPage, PageTokenPage, Position, SpringPage } from "../Pagination.js"
import { PagingInconsistent, PagingStalled, type WelkinError } from "../WelkinError.js"
import { isRecord } from "./json.js"

/** Annotation of a page schema: which style of paging it belongs to. */
export const PagingStyle: unique symbol = Symbol.for("effect-welkin/PagingStyle")

const own = (ast: AST.AST): Paging | undefined => Option.getOrUndefined(AST.getAnnotation<Paging>(ast, PagingStyle))

const nested = (ast: AST.AST): AST.PropertySignature | undefined =>
  own(ast) === undefined && AST.isTypeLiteral(ast) ? ast.propertySignatures.find(({ type }) => own(type) !== undefined) : undefined

/** The field of an answer that holds the page one level down; undefined where the answer is the page, or there is none. */
export const fieldOf = (ast: AST.AST): string | undefined => nested(ast)?.name as string | undefined

/** The paging style of an answer: its own, or that of a field one level down. */
export const styleOf = (ast: AST.AST): Paging => own(nested(ast)?.type ?? ast) ?? "none"

/** An object without the fields that are undefined. */
export const defined = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** What a numbered page says of itself. */
export interface Numbered {
  readonly number: number | undefined
  readonly size: number | undefined
  readonly last: boolean | undefined
  readonly total: number | undefined
}

/** What a style of paging knows: how to ask for a page, and how to read an envelope. */
export interface Style<P> {
  readonly ask: (position: Position | undefined, size: number) => Readonly<Record<string, unknown>>
  readonly first: Position | undefined
  readonly items: (page: P) => ReadonlyArray<unknown>
  readonly next: (page: P, position: Position | undefined) => Either.Either<Position | undefined, Fault>
}

/** A style whose pages go by number. */
export interface NumberedStyle<P> extends Style<P> {
  readonly facts: (page: P) => Numbered
}

export type Fault = { readonly stalled: PagingStalled["reason"] } | { readonly read: number; readonly total: number }

/** Numbered pages end on their last mark; where there is none, on the first empty page. */
const numbered = <P>(items: (page: P) => ReadonlyArray<unknown>, facts: (page: P) => Numbered): NumberedStyle<P> => ({
  first: { page: 0 },
  facts,
  ask: (position, size) => ({ ...position, size }),
  items,
  next: (value, position) => {
    const { last, number, size, total } = facts(value)
    const page = position !== undefined && "page" in position ? position.page : 0
    const length = items(value).length
    if (number !== undefined && number !== page) return Either.left({ stalled: "PageIgnored" })
    if (last === false || (last === undefined && length > 0)) return Either.right({ page: page + 1 })
    // this very page contradicts itself; a total that drifts from page to page does not
    const promised = total !== undefined && size !== undefined && (page + 1) * size < total && page * size + length < total
    return promised ? Either.left({ read: page * size + length, total }) : Either.right(undefined)
  }
})

export const springStyle = numbered<SpringPage<unknown>>(
  (page) => page.content,
  ({ last, number, size, totalElements }) => ({ last, number, size, total: totalElements })
)

export const metaInfoStyle = numbered<MetaInfoPage<unknown>>(
  (page) => page.data,
  ({ metaInfo: { lastPage, page, pageSize, totalElements } }) => ({ last: lastPage, number: page, size: pageSize, total: totalElements })
)

export const pageTokenStyle: Style<PageTokenPage<unknown>> = {
  first: undefined,
  ask: (position, pageSize) => ({ ...position, pageSize }),
  items: (page) => page.content,
  next: ({ meta: { nextPageToken } }) => Either.right(nextPageToken ? { pageToken: nextPageToken } : undefined)
}

export const cursorStyle: Style<CursorPage<unknown>> = {
  first: undefined,
  ask: (position, pageSize) => ({ ...position, pageSize }),
  items: (page) => page.data,
  next: ({ cursor: { end, hasNext } }) => {
    if (hasNext !== true) return Either.right(undefined)
    return end ? Either.right({ start: end }) : Either.left({ stalled: "SamePosition" })
  }
}

/** What makes a page the same page: its ids, or all of it where records have none. */
export const fingerprint = (items: ReadonlyArray<unknown>): string =>
  JSON.stringify(items.map((item) => (isRecord(item) && typeof item.id === "string" ? item.id : item)))

/** How many empty pages in a row a list may have. */
export const mostEmptyPages = 3

/** A fault as the error of a call, after so many pages. */
export const errorOf = ({ id, method, path }: Descriptor, fault: Fault, pages: number): WelkinError => {
  const facts = { endpoint: id, method, route: path, attempts: pages, waitedMillis: 0, stopped: "Final" as const, pages }
  return "stalled" in fault ? new PagingStalled({ ...facts, reason: fault.stalled }) : new PagingInconsistent({ ...facts, ...fault })
}
