import { assert, describe, it } from "@effect/vitest"
import * as Pace from "../../src/internal/pace.js"

/** Successes one after the other, at these times. */
const succeeding = (...times: ReadonlyArray<number>) => times.reduce(Pace.succeeded, Pace.free)

const every = (millis: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / millis) }, (_, n) => from + n * millis)

const ceilingOf = ({ slowed }: Pace.Pace) => slowed!.ceiling

/** When so many requests leave that wait for their turns, and for nothing else. */
const leaving = (count: number, start: Pace.Pace, from: number) => {
  let [pace, now] = [start, from]
  return Array.from({ length: count }, () => {
    for (;;) {
      const [wait, after] = Pace.turn(pace, now)
      pace = after
      if (wait === 0) return now
      assert.isTrue(Number.isInteger(wait) && wait > 0)
      now += wait
    }
  })
}

describe("the pace", () => {
  it("is nobody's while there is no complaint", () => {
    const pace = succeeding(0, 10, 20)
    assert.deepStrictEqual(Pace.turn(pace, 20), [0, pace])
    assert.deepStrictEqual(
      leaving(100, pace, 20),
      Array.from({ length: 100 }, () => 20)
    )
  })

  it("is first that of the last second's successes, and no less than what was under way", () => {
    const hundred = succeeding(...every(10, 0, 1000))
    assert.strictEqual(ceilingOf(Pace.slower(hundred, 999, 8)), 100)
    assert.strictEqual(ceilingOf(Pace.slower(hundred, 999, 200)), 200)
    assert.strictEqual(ceilingOf(Pace.slower(Pace.free, 0, 8)), 8)
  })

  it("counts of two seconds' successes those of the last one", () => {
    // a hundred in the first second, ten a tenth of a second after it
    const pace = succeeding(...every(10, 0, 1000), ...every(10, 1000, 1100))
    // of the first second's, nine tenths are of the last second still, and half of them half a second after its end
    assert.closeTo(ceilingOf(Pace.slower(pace, 1100, 1)), 10 + 90, 1e-9)
    assert.closeTo(ceilingOf(Pace.slower(pace, 1500, 1)), 10 + 50, 1e-9)
    // the first second's are past; of the ten fewer and fewer count
    assert.closeTo(ceilingOf(Pace.slower(pace, 2000, 1)), 10, 1e-9)
    assert.closeTo(ceilingOf(Pace.slower(pace, 2500, 1)), 5, 1e-9)
    assert.strictEqual(ceilingOf(Pace.slower(pace, 3000, 1)), 1)
  })

  it("forgets what succeeded before a second without a success", () => {
    const hundred = every(10, 0, 1000)
    assert.strictEqual(ceilingOf(Pace.slower(succeeding(...hundred, 1999), 1999, 1)), 101)
    assert.strictEqual(ceilingOf(Pace.slower(succeeding(...hundred, 2000), 2000, 1)), 1)
  })

  it("begins at 85 % of the ceiling, is back at it after four seconds, and above it after eight", () => {
    const began = 50_000
    const pace = Pace.slower(Pace.free, began, 100)
    // a request a turn, from when it leaves to when the next one may
    const rateAt = (millis: number) => {
      const [wait, after] = Pace.turn(pace, began + millis)
      assert.strictEqual(wait, 0)
      return 1000 / (after.slowed!.next - began - millis)
    }
    assert.closeTo(rateAt(0), 85, 1e-6)
    assert.closeTo(rateAt(2000), 100 * (1 - 0.15 / 8), 1e-6)
    assert.closeTo(rateAt(4000), 100, 1e-6)
    assert.closeTo(rateAt(8000), 115, 1e-6)
    assert.closeTo(rateAt(12_000), 220, 1e-6)
  })

  it("lets out one request after another, evenly", () => {
    const times = leaving(18, Pace.slower(Pace.free, 0, 100), 0)
    assert.strictEqual(times[0], 0)
    // 85 a second, and a little more from turn to turn
    assert.closeTo(times[17]!, (17 / 86) * 1000, 2)
    assert.isTrue(times.slice(1).every((time, n) => time - times[n]! >= 10 && time - times[n]! <= 13))
  })

  it("makes up for no turn that nobody took", () => {
    const pace = Pace.slower(Pace.free, 0, 10)
    const [, after] = Pace.turn(pace, 0)
    const [wait, later] = Pace.turn(after, 3000)
    assert.strictEqual(wait, 0)
    assert.isAbove(later.slowed!.next, 3090)
  })

  it("asks for whole milliseconds only, and takes less than one for none", () => {
    const pace: Pace.Pace = { ...Pace.free, slowed: { ceiling: 10, since: 0, next: 100.9 } }
    assert.deepStrictEqual(Pace.turn(pace, 99.8), [1, pace])
    assert.deepStrictEqual(Pace.turn(pace, 98), [2, pace])
    const [wait, after] = Pace.turn(pace, 100)
    assert.strictEqual(wait, 0)
    // what it left early does not count for the next
    assert.closeTo(after.slowed!.next, 100.9 + 1000 / 8.6, 1)
  })

  it("ends half a minute after the last complaint", () => {
    const pace = Pace.slower(Pace.free, 1000, 10)
    assert.isDefined(Pace.turn(pace, 31_000)[1].slowed)
    assert.deepStrictEqual(Pace.turn(pace, 31_001), [0, Pace.free])
  })

  it("falls with a further complaint to what the server took, by half at most, and never below one a second", () => {
    const first = Pace.slower(Pace.free, 0, 100)
    const taking = (count: number) => every(1000 / count, 10_000, 11_000).reduce(Pace.succeeded, first)
    // it took seventy of a pace far above
    assert.strictEqual(ceilingOf(Pace.slower(taking(70), 10_999, 8)), 70)
    assert.strictEqual(ceilingOf(Pace.slower(taking(20), 10_999, 8)), 50)
    // no more than was let out, whatever came back late
    assert.closeTo(ceilingOf(Pace.slower(every(1, 0, 500).reduce(Pace.succeeded, first), 500, 8)), 100 * (1 - 0.15 * 0.875 ** 3), 1e-6)
    let pace = first
    for (let n = 1; n < 12; n++) pace = Pace.slower(pace, n * 2000, 100)
    assert.strictEqual(ceilingOf(pace), 1)
  })

  it("takes no turn back that was given before a complaint", () => {
    const pace: Pace.Pace = { ...Pace.free, slowed: { ceiling: 10, since: 0, next: 500 } }
    assert.strictEqual(Pace.slower(pace, 300, 8).slowed!.next, 500)
    assert.strictEqual(Pace.slower(pace, 300, 8).slowed!.since, 300)
    assert.strictEqual(Pace.slower(Pace.free, 300, 8).slowed!.next, 300)
  })
})
