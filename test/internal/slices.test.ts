import { deepStrictEqual, strictEqual } from "node:assert/strict"
import { afterEach, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { members, slices } from "../../src/internal/slices.js"
import { runs } from "../support/runs.js"

// Properties never wait, and a long run that gives no turn to the event loop looks dead to Vitest.
afterEach(() => new Promise<void>((resolve) => setImmediate(resolve)))

const fastCheck = { numRuns: runs({ test: 200, sweep: 10_000 }) }

/** A JSON text in pieces: tokens, and white space between them. */
type Pieces = ReadonlyArray<string>

const text = (pieces: Pieces): string => pieces.join("")

/** The text a slice has to have: every token as it is, white space without its line breaks. */
const line = (pieces: Pieces): string => pieces.map((piece) => (piece.trim() === "" ? piece.replaceAll(/[\r\n]/g, "") : piece)).join("")

const space = FastCheck.constantFrom("", "", "", " ", "\t", "\n", "\r\n", "\n\n  ", " \r ")

const escape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`

/** A string as some writers send it: any character may be escaped, and the slash too. */
const written = (content: FastCheck.Arbitrary<string>): FastCheck.Arbitrary<string> =>
  FastCheck.tuple(content, FastCheck.constantFrom("plainly", "slash", "all")).map(([value, how]) =>
    how === "all"
      ? `"${Array.from(value, (char) => char.split("").map(escape).join("")).join("")}"`
      : how === "slash"
        ? JSON.stringify(value).replaceAll("/", "\\/")
        : JSON.stringify(value)
  )

const anyText = FastCheck.oneof(
  FastCheck.string({ unit: "grapheme" }),
  FastCheck.string({ unit: "binary" }),
  FastCheck.string({ unit: FastCheck.constantFrom('"', "\\", "/", "[", "]", "{", "}", ",", ":", "\n", "\u2028", "é", "😀", "a") })
)

const keys = FastCheck.constantFrom("data", "content", "a", "a", "__proto__", "")

const scalar = FastCheck.oneof(
  FastCheck.constantFrom("null", "true", "false", "0", "-0", "1.50", "-1E+2", "1e400", "9007199254740993"),
  FastCheck.bigInt().map(String),
  written(anyText)
)

const separated = (open: string, items: ReadonlyArray<Pieces>, close: string, spaces: ReadonlyArray<string>): Pieces => [
  open,
  spaces[0]!,
  ...items.flatMap((item, index) => [...(index === 0 ? [] : [",", spaces[1]!]), ...item, spaces[2]!]),
  close
]

const spaces = FastCheck.array(space, { minLength: 3, maxLength: 3 })

const member = (key: FastCheck.Arbitrary<string>, value: FastCheck.Arbitrary<Pieces>): FastCheck.Arbitrary<Pieces> =>
  FastCheck.tuple(written(key), space, space, value).map(([name, before, after, pieces]) => [name, before, ":", after, ...pieces])

const listOf = (items: FastCheck.Arbitrary<ReadonlyArray<Pieces>>): FastCheck.Arbitrary<Pieces> =>
  FastCheck.tuple(items, spaces).map(([all, between]) => separated("[", all, "]", between))

const objectOf = (members: FastCheck.Arbitrary<ReadonlyArray<Pieces>>): FastCheck.Arbitrary<Pieces> =>
  FastCheck.tuple(members, spaces).map(([all, between]) => separated("{", all, "}", between))

const { value } = FastCheck.letrec<{ value: Pieces }>((tie) => ({
  value: FastCheck.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar.map((token) => [token]),
    listOf(FastCheck.array(tie("value"), { maxLength: 4 })),
    objectOf(FastCheck.array(member(FastCheck.oneof(keys, anyText), tie("value")), { maxLength: 4 }))
  )
}))

/** A page, the path to its records and the records. */
const page = FastCheck.tuple(FastCheck.constantFrom([], ["data"], ["data", "content"]), FastCheck.array(value, { maxLength: 5 })).chain(
  ([path, records]) => {
    const around = (inner: FastCheck.Arbitrary<Pieces>, key: string): FastCheck.Arbitrary<Pieces> =>
      objectOf(
        FastCheck.tuple(
          // another value of the same key may come first: the last one counts
          FastCheck.array(member(FastCheck.oneof(FastCheck.constant(key), anyText), value), { maxLength: 3 }),
          member(FastCheck.constant(key), inner),
          FastCheck.array(
            member(
              anyText.filter((other) => other !== key),
              value
            ),
            { maxLength: 3 }
          )
        ).map(([before, one, after]) => [...before, one, ...after])
      )
    return FastCheck.tuple(
      FastCheck.constant(path as ReadonlyArray<string>),
      FastCheck.constant(records),
      path.reduceRight<FastCheck.Arbitrary<Pieces>>(around, listOf(FastCheck.constant(records))),
      space,
      space
    ).map(([path, records, pieces, before, after]) => ({ path, records, body: text(pieces), before, after }))
  }
)

/** What `JSON.parse` finds at a path. */
const at = (json: unknown, path: ReadonlyArray<string>): unknown =>
  path.reduce<any>(
    (found, key) => (typeof found === "object" && found !== null && Object.hasOwn(found, key) ? found[key] : undefined),
    json
  )

describe("slices", () => {
  it.prop(
    "are the records' own text, token by token, each on one line",
    [page],
    ([{ after, before, body, path, records }]) => {
      deepStrictEqual(slices(before + body + after, path), records.map(line))
    },
    { fastCheck }
  )

  it.prop(
    "parse to what the page parses to, wherever an array stands, and are none where no array does",
    [value, FastCheck.array(keys, { maxLength: 2 })],
    ([pieces, path]) => {
      const found = at(JSON.parse(text(pieces)), path)
      const cut = slices(text(pieces), path)
      if (!Array.isArray(found)) return strictEqual(cut, undefined)
      deepStrictEqual(
        cut?.map((slice) => JSON.parse(slice)),
        found
      )
      strictEqual(
        cut?.some((slice) => /[\r\n]/.test(slice)),
        false
      )
    },
    { fastCheck }
  )

  it.prop(
    "are none of a page that was cut, wherever it was cut",
    [page.filter(({ body }) => body.length < 2_000)],
    ([{ body, path }]) => {
      for (let end = 0; end < body.length; end++) strictEqual(slices(body.slice(0, end), path), undefined)
    },
    { fastCheck: { numRuns: runs({ test: 100, sweep: 2_000 }) } }
  )

  it("keep long integers, key order, repeated keys and escapes", () => {
    const record = '{"id" : 12345678901234567890,"b":1.10,"a":"\\u00e9\\/\\"]","b":2}'
    deepStrictEqual(slices(`{"data":[${record},\n  ${record} ],"links":{"data":[1]}}`, ["data"]), [record, record])
  })

  it("take line breaks out between tokens, and leave those written in strings", () => {
    deepStrictEqual(slices('[\r\n  {\r\n    "a": "x\\ny",\n    "b": [1,\n2]\n  }\n]\n', []), ['{    "a": "x\\ny",    "b": [1,2]  }'])
  })

  it("follow the last of several equal keys, however it is written", () => {
    deepStrictEqual(slices('{"data":[1],"\\u0064ata":[2,3]}', ["data"]), ["2", "3"])
    strictEqual(slices('{"data":[1],"data":{"data":[2]}}', ["data"]), undefined)
    deepStrictEqual(slices('{"data":{"content":[1]},"data":{"content":[2],"page":{}}}', ["data", "content"]), ["2"])
    strictEqual(slices('{"data":{"content":[1]},"data":{"page":{}}}', ["data", "content"]), undefined)
  })

  it("are none where no array stands", () => {
    for (const body of [
      "{}",
      "[]",
      '"data"',
      "null",
      "12",
      '{"data":null}',
      '{"data":"[1]"}',
      '{"data":{"0":1}}',
      '{"other":{"data":[1]}}'
    ]) {
      strictEqual(slices(body, ["data"]), undefined, body)
    }
    deepStrictEqual(slices("[ ]", []), [])
    deepStrictEqual(slices('{"data":[ ]}', ["data"]), [])
  })

  it("take time in proportion to the text, whatever stands in its strings", () => {
    // minutes, where a scanner walks back over what it has seen; a full stack, where it calls itself
    const many = 1_000_000
    const backslashes = `["${"\\\\".repeat(many)}"]`
    const quotes = `["${'\\"'.repeat(many)}"]`
    const nested = `${"[".repeat(many)}${"]".repeat(many)}`
    const open = `["${"\\".repeat(many)}`
    deepStrictEqual(slices(backslashes, []), [backslashes.slice(1, -1)])
    deepStrictEqual(slices(quotes, []), [quotes.slice(1, -1)])
    deepStrictEqual(slices(nested, []), [nested.slice(1, -1)])
    strictEqual(slices(open, []), undefined)
  })
})

describe("members", () => {
  it.prop(
    "parse to what the object parses to, and are none where no object stands",
    [value, space, space],
    ([pieces, before, after]) => {
      const parsed = JSON.parse(text(pieces))
      const found = members(before + text(pieces) + after)
      if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return strictEqual(found, undefined)
      deepStrictEqual(Object.fromEntries(Array.from(found ?? [], ([key, one]) => [key, JSON.parse(one)])), parsed)
    },
    { fastCheck }
  )

  it.prop(
    "are none of an object that was cut, wherever it was cut",
    [objectOf(FastCheck.array(member(keys, value), { maxLength: 4 })).filter((pieces) => text(pieces).length < 2_000)],
    ([pieces]) => {
      for (let end = 0; end < text(pieces).length; end++) {
        // a key that was cut is no JSON either
        let found: unknown
        try {
          found = members(text(pieces).slice(0, end))
        } catch (error) {
          strictEqual((error as Error).name, "SyntaxError")
        }
        strictEqual(found, undefined)
      }
    },
    { fastCheck: { numRuns: runs({ test: 100, sweep: 2_000 }) } }
  )

  it("are the values' own text, the last of equal keys", () => {
    deepStrictEqual(Array.from(members(' { "id" : 12345678901234567890 ,"a":1.10,"\\u0061":[ 1,{"b":"]"}], "__proto__":{}} ') ?? []), [
      ["id", "12345678901234567890"],
      ["a", '[ 1,{"b":"]"}]'],
      ["__proto__", "{}"]
    ])
  })
})
