import { rmSync } from "node:fs"
import { join } from "node:path"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Verify from "../../src/export/Verify.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { layerServer } from "../../src/testing/server.js"
import { environment, hashesOf } from "../support/exporting.js"
import { temporaryFolder } from "../support/folder.js"
import * as Processes from "../support/process.js"
import { runs, seed, sweeping } from "../support/runs.js"

/** The command, killed when the server has seen so many requests for records and a moment has passed. */
const exporting = (
  out: string,
  args: ReadonlyArray<string>,
  killAt: { readonly request: number; readonly millisLater: number } | undefined
) =>
  Effect.gen(function* () {
    const simulator = yield* Simulator.Simulator
    const asked = Effect.map(
      simulator.journal,
      (journal) => journal.filter(({ endpoint }) => endpoint !== "authentication.exchange").length
    )
    const before = yield* asked
    let kill: (() => void) | undefined
    const watching =
      killAt === undefined
        ? Effect.never
        : Effect.gen(function* () {
            while (kill === undefined || (yield* asked) - before < killAt.request) yield* Effect.sleep("1 millis")
            yield* Effect.sleep(killAt.millisLater)
            kill()
            return yield* Effect.never
          })
    const running = Processes.welkin(["export", "--out", out, ...args], {
      env: yield* environment,
      onStderr: (_, signal) => {
        kill = () => signal("SIGKILL")
      }
    })
    const ended = yield* Effect.raceFirst(running, watching)
    return { ...ended, requests: (yield* asked) - before }
  })

const everyRequest = { latency: { millis: 5, upToMillis: 15 } }

interface Killed {
  readonly name: string
  readonly args: ReadonlyArray<string>
  readonly world: Simulator.Options
  /** How many requests more are made for each kill: those of the pages that were not there yet. */
  readonly repeated: (all: number) => number
}

/** Few enough requests to kill it at each of them, always. */
const small: Killed = {
  name: "two kinds in bulk",
  args: ["--resources", "patients,cdt-records", "--page-size", "30"],
  world: { seed: 5, patients: 40, ...everyRequest },
  repeated: () => 2
}

/** Of these each run of the tests takes its turn at a request of one: the sweep kills both of them at all. */
const large: ReadonlyArray<Killed> = [
  {
    name: "all kinds, some of them not permitted in bulk",
    args: ["--page-size", "3"],
    world: { seed: 6, patients: 5, deny: ["exports.tasks", "exports.encounters", "exports.cdtRecords"], ...everyRequest },
    repeated: (all) => all
  },
  {
    name: "all kinds by a crawl",
    args: ["--mode", "crawl", "--page-size", "3"],
    world: { seed: 7, patients: 5, ...everyRequest },
    repeated: (all) => all
  }
]

const turn = seed ?? Date.now()

describe("kill -9", () => {
  for (const one of [small, ...(sweeping ? large : [large[turn % large.length]!])]) {
    const { args, name, repeated, world } = one
    it.live(
      `${name}: at any request, again and again, the run that ends has the hashes of one that was never killed`,
      () =>
        Effect.gen(function* () {
          const parent = yield* temporaryFolder
          const golden = join(parent, "golden")
          const whole = yield* exporting(golden, args, undefined)
          assert.strictEqual(whole.code, 0, whole.stderr)
          const { restore, snapshot } = yield* Simulator.Simulator
          const fresh = yield* snapshot
          const stride = sweeping || one === small ? 1 : whole.requests
          const failing: Array<number> = []
          let [killedInAll, tried] = [0, 0]
          for (let request = 1 + (Math.floor(turn / large.length) % stride); request <= whole.requests; request += stride) {
            // hundreds of starts in five minutes would have the API client blocked
            yield* restore(fresh)
            const out = join(parent, `at-${request}`)
            let asked = 0
            let kills = 0
            for (; kills < runs({ test: one === small ? 1 : 2, sweep: 1 + (request % 5) }); kills++) {
              const millisLater = kills === 0 ? (request + turn) % 7 : 3
              const killed = yield* exporting(out, args, { request: kills === 0 ? request : 2, millisLater })
              asked += killed.requests
              if (killed.signal === "SIGKILL") killedInAll++
              if (killed.signal === null) break
            }
            const last = yield* exporting(out, args, undefined)
            asked += last.requests
            assert.strictEqual(last.code, 0, last.stderr)
            assert.deepStrictEqual(hashesOf(out), hashesOf(golden), `killed at request ${request}`)
            assert.isAtMost(asked, whole.requests + kills * repeated(whole.requests), `killed at request ${request}`)
            if ((yield* Verify.verify(out)).differences.length > 0) failing.push(request)
            rmSync(out, { recursive: true, force: true })
            tried++
          }
          assert.deepStrictEqual(failing, [])
          // the very last request may be answered before the kill arrives
          assert.isAtLeast(killedInAll, tried - 1)
          if (sweeping) yield* Console.log(`${killedInAll} kills (${name}), 0 failing`)
        }).pipe(Effect.scoped, Effect.provide([layerServer(world), NodeContext.layer])),
      { timeout: 3_600_000 }
    )
  }
})
