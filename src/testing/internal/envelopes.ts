/*
 * The envelopes that pages come in, as JSON text: the text of a record is written once, whatever the pages it comes on.
 */
import type { Numbered } from "./call.js"
import { textOf } from "./json.js"

/** A list of records under a key, and what stands beside it. */
const enveloped = (key: string, records: ReadonlyArray<object>, beside: object): string =>
  `{"${key}":[${records.map(textOf).join(",")}],${JSON.stringify(beside).slice(1)}`

/** A page with a number. */
export const spring = (content: ReadonlyArray<object>, { page, size, sort }: Numbered, totalElements: number): string => {
  const sorting = { sorted: sort.length > 0, unsorted: sort.length === 0, empty: sort.length === 0 }
  const totalPages = Math.ceil(totalElements / size)
  return enveloped("content", content, {
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
  })
}

/** A page with a number, in the words of the administration's lists. */
export const metaInfo = (data: ReadonlyArray<object>, { page, size }: Pick<Numbered, "page" | "size">, totalElements: number): string => {
  const totalPages = Math.ceil(totalElements / size)
  return enveloped("data", data, {
    metaInfo: {
      page,
      pageSize: size,
      totalElements,
      numberOfElements: data.length,
      totalPages,
      firstPage: page === 0,
      lastPage: page >= totalPages - 1
    }
  })
}

export interface Tokens {
  readonly previous: string | null
  readonly next: string | null
}

/** A page that names its neighbours. */
export const pageToken = (content: ReadonlyArray<object>, pageSize: number, { next, previous }: Tokens): string =>
  enveloped("content", content, { meta: { nextPageToken: next, prevPageToken: previous, pageSize, found: content.length > 0 } })

export interface Cursor {
  readonly start: string | null
  readonly end: string | null
  readonly hasNext: boolean
  readonly pageSize: number
}

/** A page of an export. */
export const cursor = (data: ReadonlyArray<object>, { end, hasNext, pageSize, start }: Cursor): string =>
  enveloped("data", data, { cursor: { start, end, hasNext, pageSize } })
