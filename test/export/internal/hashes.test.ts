import { assert, describe, it } from "@effect/vitest"
import * as Hashes from "../../../src/export/internal/hashes.js"

const texts = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `t-${from + n}`)

describe("a bag of hashes", () => {
  it("holds all that was put into it, one by one or packed, and nothing else", () => {
    const hashes = Hashes.make()
    assert.isFalse(hashes.holds()("t-0"))
    for (const text of texts(0, 2000)) hashes.add(text)
    hashes.addAll(Hashes.pack(texts(2000, 3000)))
    const has = hashes.holds()
    assert.isTrue(texts(0, 3000).every(has))
    assert.isFalse(texts(3000, 6000).some(has))
    // it tells of what was there when it was asked
    hashes.add("t-3000")
    assert.deepStrictEqual([has("t-3000"), hashes.holds()("t-3000")], [false, true])
  })

  it("tells what may be in it more than once", () => {
    const hashes = Hashes.make()
    for (const text of [...texts(0, 1500), ...texts(700, 703), "t-700"]) hashes.add(text)
    assert.deepStrictEqual(hashes.repeated(), new Set(texts(700, 703).map((text) => Hashes.hashOf(text))))
    assert.strictEqual(Hashes.make().repeated().size, 0)
  })

  it("knows how many were packed", () => {
    assert.deepStrictEqual(
      [0, 1, 7].map((count) => Hashes.countOf(Hashes.pack(texts(0, count)))),
      [0, 1, 7]
    )
  })
})
