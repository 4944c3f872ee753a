import { assert, describe, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as Codecs from "../../src/Codecs.js"
import * as Reading from "../../src/internal/reading.js"
import * as Transport from "../../src/internal/transport.js"

const Note = Schema.Struct({ id: Schema.String, text: Codecs.optional(Schema.NullOr(Schema.String)) }).annotations({
  parseOptions: { onExcessProperty: "preserve" }
})

/** An answer as its bytes came. */
const read = <A>(how: Reading.Read<A>, body: string | Uint8Array, contentType = "application/json") =>
  how({ contentType, text: Transport.textOf(typeof body === "string" ? new TextEncoder().encode(body) : body) })

const note = Reading.value(Note)
const reasonOf = (result: Either.Either<unknown, Reading.Mismatch>) => (Either.isLeft(result) ? result.left.reason : "an answer")

describe("an answer", () => {
  for (const [name, body, reason] of [
    ["nothing", "", "Empty"],
    ["white space", " \r\n\t", "Empty"],
    ["a byte order mark alone", "\ufeff", "Empty"],
    ["a web page", "\n <!doctype html>", "Html"],
    ["XML", "<error/>", "Html"],
    ["text", "no", "Syntax"],
    ["cut JSON", '{"id":"n-1"', "Syntax"],
    ["two values", '{"id":"n-1"}{"id":"n-2"}', "Syntax"],
    ["single quotes", "{'id':'n-1'}", "Syntax"],
    ["NaN", '{"id":"n-1","n":NaN}', "Syntax"],
    ["a line break within a text", '{"id":"a\nb"}', "Syntax"],
    ["v8's error list", '[{"errorCode":"A_B","message":"no"}]', "Envelope"],
    ["one of v8's errors", '{"errorCode":"A_B","componentType":"X","id":"n-1"}', "Envelope"],
    ["v1's errors", '{"errors":[{"status":400,"code":"x"}]}', "Envelope"],
    ["null", "null", "Envelope"],
    ["a list", "[]", "Envelope"],
    ["a number", "7", "Envelope"],
    ["a record without an id", "{}", "Schema"],
    ["a null id", '{"id":null}', "Schema"]
  ] as const) {
    it(`${name} is none: ${reason}`, () => {
      assert.strictEqual(reasonOf(read(note, body)), reason)
    })
  }

  it("with a body in no encoding of Unicode is none", () => {
    for (const bytes of [
      [0x7b, 0xff, 0x7d],
      [0xc3, 0x28],
      [0xe2, 0x82],
      [0xed, 0xa0, 0x80],
      [0xfe, 0xff, 0x00, 0x7b],
      [0x1f, 0x8b, 0x08]
    ]) {
      assert.strictEqual(reasonOf(read(note, new Uint8Array(bytes))), "Syntax")
    }
  })

  it("of text that says it is a web page is one", () => {
    assert.strictEqual(reasonOf(read(note, "Service unavailable", "text/html; charset=utf-8")), "Html")
    assert.strictEqual(reasonOf(read(note, '{"id":"n-1"}', "text/html")), "an answer")
  })

  it("is read past a byte order mark, and with every character that JSON allows", () => {
    const ids = ["\u2028\u2029", "\u0000", "\ud83d\ude42", "\ud800", "\ufeff"]
    for (const id of ids) {
      const text = JSON.stringify({ id })
      assert.deepEqual(read(note, `\ufeff${text}`), Either.right({ id }))
      assert.deepEqual(read(Reading.json, text), Either.right({ id }))
    }
  })

  it("keeps a __proto__ key as a key, and pollutes nothing", () => {
    const text = '{"id":"n-1","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'
    for (const result of [read(note, text), read(Reading.json, text)]) {
      const value = Either.getOrThrow(result) as object
      assert.deepEqual(Object.keys(value), ["id", "__proto__", "constructor"])
      assert.strictEqual(Object.getPrototypeOf(value), Object.prototype)
    }
    assert.isFalse("polluted" in {})
  })

  it("takes the last of two equal keys, as JSON.parse does; its text has both", () => {
    const text = '{"id":"a","id":"b"}'
    assert.deepEqual(read(note, text), Either.right({ id: "b" }))
    assert.deepEqual(read(Reading.text, text), Either.right(text))
  })

  it("of great depth or of many keys ends in an answer or in a mismatch, never in an exception", () => {
    const deep = (depth: number) => `{"id":"n-1","deep":${"[".repeat(depth)}${"]".repeat(depth)}}`
    assert.strictEqual(reasonOf(read(note, deep(10_000))), "an answer")
    assert.strictEqual(reasonOf(read(note, deep(10_000).replace('"n-1"', "1"))), "Schema")
    const many = JSON.stringify({ id: "n-1", ...Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n])) })
    assert.strictEqual(reasonOf(read(note, many)), "an answer")
  })

  it("that should be nothing is not looked at", () => {
    for (const body of ["", "<html>", "{}", new Uint8Array([0xff])]) assert.deepEqual(read(Reading.nothing, body), Either.void)
  })
})
