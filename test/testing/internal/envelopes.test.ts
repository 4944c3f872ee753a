import { describe, expect, it } from "@effect/vitest"
import * as Envelopes from "../../../src/testing/internal/envelopes.js"

const records = [{ id: "a", note: 'says "hi"' }, { id: "b" }]

describe("envelopes", () => {
  it("a meta-info page says where it stands", () => {
    expect(JSON.parse(Envelopes.metaInfo(records, { page: 2, size: 2 }, 6))).toEqual({
      data: records,
      metaInfo: { page: 2, pageSize: 2, totalElements: 6, numberOfElements: 2, totalPages: 3, firstPage: false, lastPage: true }
    })
    expect(JSON.parse(Envelopes.metaInfo([], { page: 0, size: 20 }, 0)).metaInfo).toMatchObject({
      totalPages: 0,
      firstPage: true,
      lastPage: true
    })
  })

  it("a page with tokens names its neighbours", () => {
    expect(JSON.parse(Envelopes.pageToken(records, 5, { previous: null, next: "n" }))).toEqual({
      meta: { nextPageToken: "n", prevPageToken: null, pageSize: 5, found: true },
      content: records
    })
    expect(JSON.parse(Envelopes.pageToken([], 5, { previous: "p", next: null })).meta.found).toBe(false)
  })

  it("the text of a record is that of the record, however often it comes", () => {
    const first = Envelopes.cursor(records, { start: null, end: "e", hasNext: true, pageSize: 2 })
    expect(Envelopes.cursor(records, { start: null, end: "e", hasNext: true, pageSize: 2 })).toBe(first)
    const changed = records.map((record) => ({ ...record, id: "c" }))
    expect(JSON.parse(Envelopes.cursor(changed, { start: null, end: "e", hasNext: true, pageSize: 2 })).data).toEqual(changed)
  })
})
