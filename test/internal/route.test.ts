import { assert, describe, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Route from "../../src/internal/route.js"
import { runs } from "../support/runs.js"

const origin = "https://welkin.example"

/** Pieces that mean something to a URL parser, a server, a proxy or a file system, alone and in a row. */
const pieces = [".", "..", "/", "\\", "%", "%2e", "%2E%2e", "%2f", "%00", "?", "#", "@", ":", ";", "&", "=", "+", " ", "\t", "\r\n", "\0"]
const hostile = FastCheck.oneof(
  FastCheck.array(FastCheck.constantFrom(...pieces, "a", "\ud800", "\udc00", "é", "🙂"), { maxLength: 8 }).map((parts) => parts.join("")),
  FastCheck.string16bits({ maxLength: 20 }),
  FastCheck.fullUnicodeString({ maxLength: 20 }),
  FastCheck.integer({ min: 5000, max: 10_000 }).map((length) => "/..".repeat(length / 3))
)

const isLoneSurrogate = (text: string): boolean => /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)

describe("a route", () => {
  it("keeps its segments whatever fills its slots, as a URL parser sees them", () => {
    FastCheck.assert(
      FastCheck.property(hostile, hostile, (first, second) => {
        const filled = Route.fill("/acme/notes/{first}/files/{second}", { first, second })
        const refused = [first, second].some((one) => ["", ".", ".."].includes(one) || isLoneSurrogate(one))
        assert.strictEqual(Either.isLeft(filled), refused)
        if (Either.isLeft(filled)) return
        const url = new URL(origin + filled.right)
        assert.strictEqual(url.origin, origin)
        assert.strictEqual(url.search + url.hash + url.username, "")
        assert.deepEqual(url.pathname.split("/").map(decodeURIComponent), ["", "acme", "notes", first, "files", second])
        // and as one sees them that decodes once before it splits at dots
        assert.notMatch(filled.right, /[\\?#@\s]|\/\.{0,2}(?:\/|$)/)
      }),
      { numRuns: runs({ test: 500, sweep: 10_000 }) }
    )
  })

  for (const value of ["", ".", "..", "\ud800", "a\udc00", "\udc00\ud800"]) {
    it(`names the slot that ${JSON.stringify(value)} cannot fill, and not the value`, () => {
      const refused = Route.fill("/{tenant}/notes/{noteId}", { tenant: "acme", noteId: value })
      assert.strictEqual(Either.getOrThrow(Either.flip(refused)).slot, "noteId")
      assert.deepEqual(Either.flip(refused), Either.flip(Route.fill("/{tenant}/notes/{noteId}", { tenant: "acme", noteId: value })))
      if (value !== "" && !value.startsWith(".")) assert.notInclude(JSON.stringify(refused), JSON.stringify(value).slice(1, -1))
    })
  }

  it("takes what looks like a step and is none", () => {
    for (const value of ["...", ".a", "a.", "..a", "a..", "%2e", "%2e%2e", ". ", " ", "~"]) {
      assert.deepEqual(Route.segment(value), Either.right(encodeURIComponent(value)))
    }
  })

  it("with a slot that nobody fills is refused", () => {
    assert.isTrue(Either.isLeft(Route.fill("/{tenant}/notes/{noteId}", { tenant: "acme" })))
    assert.isTrue(Either.isLeft(Route.fill("/{toString}", Object.create(null))))
  })
})

describe("a template", () => {
  it("consists of slots and plain literals", () => {
    for (const good of ["/a", "/{tenant}/{instance}/patients/{patientId}", "/api_v1.0/by-filter", "/~x/_y"]) {
      assert.isTrue(Route.isTemplate(good), good)
    }
  })

  it("that could be taken for anything else is none: no prefix of a URL ends in one that changes its host or its path", () => {
    const any = FastCheck.oneof(
      hostile,
      FastCheck.array(FastCheck.constantFrom("/", "{slot}", "notes", ".", "..", "%", "@", ":", "\\", "?"), { maxLength: 8 }).map((all) =>
        all.join("")
      )
    )
    FastCheck.assert(
      FastCheck.property(any, (template) => {
        if (!Route.isTemplate(template)) return
        const path = template.replace(/\{\w+\}/g, "x")
        const url = new URL(origin + path)
        assert.strictEqual(url.href, origin + path)
        assert.strictEqual(url.pathname, path)
      }),
      { numRuns: runs({ test: 1000, sweep: 10_000 }) }
    )
  })
})
