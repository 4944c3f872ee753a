/*
 * The envelopes that pages come in.
 */
import type { Numbered } from "./call.js"

/** A page with a number. */
export const spring = (content: ReadonlyArray<unknown>, { page, size, sort }: Numbered, totalElements: number) => {
  const sorting = { sorted: sort.length > 0, unsorted: sort.length === 0, empty: sort.length === 0 }
  const totalPages = Math.ceil(totalElements / size)
  return {
    content,
    pageable: { sort: sorting, pageNumber: page, pageSize: size, offset: page * size, paged: true, unpaged: false },
    last: page >= totalPages - 1,
    totalElements,
    totalPages,
    sort: sorting,
    first: page === 0,
    number: page,
    numberOfElements: content.length,
    size,
    empty: content.length === 0
  }
}

/** A page with a number, in the words of the administration's lists. */
export const metaInfo = (data: ReadonlyArray<unknown>, { page, size }: Pick<Numbered, "page" | "size">, totalElements: number) => {
  const totalPages = Math.ceil(totalElements / size)
  return {
    data,
    metaInfo: {
      page,
      pageSize: size,
      totalElements,
      numberOfElements: data.length,
      totalPages,
      firstPage: page === 0,
      lastPage: page >= totalPages - 1
    }
  }
}

export interface Tokens {
  readonly previous: string | null
  readonly next: string | null
}

/** A page that names its neighbours. */
export const pageToken = (content: ReadonlyArray<unknown>, pageSize: number, { next, previous }: Tokens) => ({
  meta: { nextPageToken: next, prevPageToken: previous, pageSize, found: content.length > 0 },
  content
})

export interface Cursor {
  readonly start: string | null
  readonly end: string | null
  readonly hasNext: boolean
  readonly pageSize: number
}

/** A page of an export. */
export const cursor = (data: ReadonlyArray<unknown>, { end, hasNext, pageSize, start }: Cursor) => ({
  data,
  cursor: { start, end, hasNext, pageSize }
})
