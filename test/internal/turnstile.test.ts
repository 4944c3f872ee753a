import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Turnstile from "../../src/internal/turnstile.js"

const settled = Effect.yieldNow({ priority: 1 }).pipe(Effect.repeatN(20))

describe("a turnstile", () => {
  it.effect("lets in no more than it has places, first come, first served", () =>
    Effect.gen(function* () {
      const turnstile = Turnstile.make(3)
      const came: Array<number> = []
      let [inside, most] = [0, 0]
      yield* Effect.forEach(
        Array.from({ length: 50 }, (_, number) => number),
        (number) =>
          turnstile.within(
            Effect.suspend(() => {
              came.push(number)
              most = Math.max(most, ++inside)
              return Effect.ensuring(
                Effect.yieldNow(),
                Effect.sync(() => {
                  inside--
                })
              )
            })
          ),
        { concurrency: "unbounded", discard: true }
      )
      assert.deepStrictEqual([most, inside], [3, 0])
      assert.deepStrictEqual(
        came,
        Array.from({ length: 50 }, (_, number) => number)
      )
    })
  )

  it.effect("gives the place of whoever leaves the queue to nobody, and of whoever leaves inside to the next", () =>
    Effect.gen(function* () {
      const turnstile = Turnstile.make(1)
      const first = yield* Effect.fork(turnstile.within(Effect.never))
      yield* settled
      const second = yield* Effect.fork(turnstile.within(Effect.never))
      const passed = yield* Deferred.make<void>()
      yield* settled
      yield* Effect.fork(turnstile.within(Deferred.succeed(passed, undefined)))
      yield* settled
      yield* Fiber.interrupt(second)
      yield* settled
      assert.isFalse(yield* Deferred.isDone(passed))
      yield* Fiber.interrupt(first)
      yield* Deferred.await(passed)
      // nobody's place is lost or counted twice
      const inside = yield* Effect.fork(turnstile.within(Effect.never))
      yield* settled
      const outside = yield* Effect.fork(turnstile.within(Effect.void))
      yield* settled
      assert.isTrue((yield* Fiber.poll(outside))._tag === "None")
      yield* Fiber.interrupt(inside)
      yield* Fiber.join(outside)
    })
  )

  it.effect("loses no place to interruptions at the moment when a turn comes", () =>
    Effect.gen(function* () {
      const turnstile = Turnstile.make(2)
      for (let round = 0; round < 200; round++) {
        const fibers = yield* Effect.forEach(Array.from({ length: 6 }), () => Effect.fork(turnstile.within(Effect.yieldNow())))
        for (let step = 0; step < round % 7; step++) yield* Effect.yieldNow()
        yield* Fiber.interruptAll(fibers.filter((_, at) => at % 2 === round % 2))
        yield* Effect.forEach(fibers, Fiber.await)
      }
      // both places are there, and no third
      yield* Effect.uninterruptibleMask((restore) => Effect.zipRight(turnstile.take(restore), turnstile.take(restore)))
      const third = yield* Effect.fork(turnstile.within(Effect.void))
      yield* settled
      assert.isTrue((yield* Fiber.poll(third))._tag === "None")
      yield* turnstile.release
      yield* Fiber.join(third)
    })
  )

  it.effect("gives nobody a place for one who leaves the queue from behind", () =>
    Effect.gen(function* () {
      const turnstile = Turnstile.make(1)
      let inside = 0
      const entering = Effect.suspend(() => {
        inside++
        return Effect.never
      })
      const fibers = yield* Effect.forEach([1, 2, 3], () => Effect.fork(turnstile.within(entering)))
      yield* settled
      yield* Fiber.interrupt(fibers[2]!)
      yield* settled
      assert.strictEqual(inside, 1)
      yield* Fiber.interruptAll(fibers)
    })
  )

  it.effect("becomes wider at once, and narrower as places are given back", () =>
    Effect.gen(function* () {
      const turnstile = Turnstile.make(1)
      const inside = new Set<number>()
      const entering = (number: number) =>
        Effect.acquireUseRelease(
          Effect.sync(() => inside.add(number)),
          () => Effect.never,
          () => Effect.sync(() => inside.delete(number))
        )
      const fibers = yield* Effect.forEach([1, 2, 3, 4, 5], (number) => Effect.fork(turnstile.within(entering(number))))
      yield* settled
      assert.deepStrictEqual([...inside], [1])
      yield* turnstile.resize(3)
      yield* settled
      assert.deepStrictEqual([...inside], [1, 2, 3])
      yield* turnstile.resize(2)
      yield* settled
      assert.deepStrictEqual([...inside], [1, 2, 3])
      yield* Fiber.interrupt(fibers[0]!)
      yield* settled
      assert.deepStrictEqual([...inside], [2, 3])
      yield* Fiber.interrupt(fibers[1]!)
      yield* settled
      assert.deepStrictEqual([...inside], [3, 4])
      yield* Fiber.interruptAll(fibers)
    })
  )

  it.live("bears twenty thousand who wait", () => {
    const turnstile = Turnstile.make(1)
    return Effect.forEach(Array.from({ length: 20_000 }), () => turnstile.within(Effect.yieldNow()), {
      concurrency: "unbounded",
      discard: true
    })
  })
})
