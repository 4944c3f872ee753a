import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Seen from "../../src/internal/seen.js"
import { runs } from "../support/runs.js"

describe("seen", () => {
  it.prop(
    "tells the round of each text as a map does, however many there are",
    [FastCheck.array(FastCheck.tuple(FastCheck.nat({ max: 400 }), FastCheck.integer({ min: 1, max: 255 })), { maxLength: 1_000 })],
    ([meetings]) => {
      const seen = Seen.make()
      const expected = new Map<string, number>()
      for (const [text, round] of meetings) {
        const key = `${text}`
        assert.strictEqual(seen.meet(key, round), expected.get(key) ?? 0)
        expected.set(key, round)
      }
    },
    { fastCheck: { numRuns: runs({ test: 50, sweep: 2_000 }) } }
  )

  it("has what was met, and nothing else", () => {
    const seen = Seen.make()
    for (let n = 0; n < 1000; n += 2) seen.meet(`${n}`, 1 + (n % 255))
    for (let n = 0; n < 1000; n++) assert.strictEqual(seen.has(`${n}`), n % 2 === 0)
  })

  it("takes no text for another: every one of many is new once, and known the second time", () => {
    const seen = Seen.make()
    const count = runs({ test: 50_000, sweep: 2_000_000 })
    const text = (n: number) => `0198a0b0-${(n >>> 16).toString(16)}-7000-8000-${n.toString(16)}`
    for (let n = 0; n < count; n++) assert.strictEqual(seen.meet(text(n), 1), 0)
    for (let n = 0; n < count; n++) assert.strictEqual(seen.meet(text(n), 2), 1)
  })
})
