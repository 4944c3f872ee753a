import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Simulator from "../../src/testing/Simulator.js"
import { layerServer } from "../../src/testing/server.js"
import { configured, environment } from "../support/exporting.js"
import { temporaryFolder } from "../support/folder.js"
import * as Processes from "../support/process.js"

const manifestOf = (out: string) => JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))

describe("welkin export: of whom, and how", () => {
  it.live("--dry-run tells each kind's way and its calls at least, asks nobody, writes nothing and names no patient", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const [out, ids] = [join(parent, "out"), join(parent, "ids")]
      writeFileSync(ids, "p-CANARY-1\r\np-CANARY-2\n\n")
      const outline = (...args: ReadonlyArray<string>) =>
        Effect.map(Processes.welkin(["export", "--out", out, "--dry-run", ...args], { env: configured }), ({ code, stdout, stderr }) => {
          assert.strictEqual(code, 0, stderr)
          assert.notInclude(stdout, "CANARY")
          const { filters, kinds, patients } = JSON.parse(stdout)
          return { filters, patients, of: (name: string) => kinds.find((kind: any) => kind.name === name) }
        })
      const auto = yield* outline("--page-size", "500")
      assert.deepStrictEqual(auto.of("sms"), {
        name: "sms",
        mode: "bulk",
        otherwise: "crawl",
        units: 1,
        callsAtLeast: { perThousandRecords: 2 }
      })
      assert.deepStrictEqual(auto.of("chat"), { name: "chat", mode: "crawl", callsAtLeast: { perThousandPatients: 1000 } })
      const cohort = yield* outline("--patients", ids)
      assert.strictEqual(cohort.patients, 2)
      assert.deepStrictEqual(cohort.of("chat"), { name: "chat", mode: "crawl", units: 1, callsAtLeast: 2 })
      assert.isFalse(existsSync(out))
    }).pipe(Effect.scoped)
  )

  for (const [name, args, says] of [
    ["a cohort in bulk", ["--mode", "bulk", "--patients", "ids"], "--patients and --mode bulk"],
    ["what changed, of a cohort", ["--since", "2026-01-31T00:00:00Z", "--patients", "ids"], "--since and --patients"],
    ["what changed, by a crawl", ["--since", "2026-01-31T00:00:00Z", "--mode", "crawl"], "--since and --mode crawl"],
    ["what is gone since a moment", ["--since", "2026-01-31T00:00:00Z", "--deletions"], "--deletions has --since auto tell"],
    ["what is gone of v1", ["--api", "v1", "--since", "auto", "--deletions"], "--deletions and --api v1"],
    ["a kind without an export route, in bulk", ["--mode", "bulk", "--resources", "chat"], "chat, which has no export route"],
    ["a kind without an export route, changed since", ["--since", "2026-01-31T00:00:00Z", "--resources", "chat"], "with --since"],
    ["a kind without lists, by a crawl", ["--mode", "crawl", "--resources", "voice-calls"], "nothing but its export route"],
    ["a mode that is none", ["--mode", "CANARY"], "Try: welkin export --help"],
    ["a file that is not there", ["--patients", "CANARY"], "--patients names nothing that can be read"],
    ["no patient", ["--patients", "empty"], "--patients names no patient"],
    ["an id with a blank", ["--patients", "blank"], "id 2 is none"],
    ["two cohorts", ["--patients", "ids", "--filter", "filter"], "one of them is enough"],
    ["stdin for two", ["--patients", "-", "--secret-file", "-"], "Only one of --patients, --filter and --secret-file"],
    ["a filter that is no JSON", ["--filter", "ids"], "--filter must hold a JSON object"]
  ] as const) {
    it.live(`${name}: one sentence on stderr, exit 2`, () =>
      Effect.gen(function* () {
        const parent = yield* temporaryFolder
        for (const [file, text] of [
          ["ids", "p-CANARY"],
          ["empty", "\n \n"],
          ["blank", "p-CANARY\np CANARY\n"],
          ["filter", "{}"]
        ] as const) {
          writeFileSync(join(parent, file), text)
        }
        const out = join(parent, "out")
        const { code, stderr } = yield* Processes.welkin(["export", "--out", out, ...args], { env: configured, shell: `cd ${parent}` })
        assert.strictEqual(code, 2, stderr)
        assert.include(stderr, says)
        assert.lengthOf(stderr.trim().split("\n"), 1)
        assert.notInclude(stderr, "CANARY")
        assert.isFalse(existsSync(out))
      }).pipe(Effect.scoped)
    )
  }

  it.live("ids from stdin, in any order, go on in the folder that they were begun in; other ids do not", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const { patientId } = yield* Simulator.Simulator
      const [out, ids] = [join(parent, "out"), join(parent, "ids")]
      const env = yield* environment
      const run = (...patients: ReadonlyArray<number>) =>
        Effect.suspend(() => {
          writeFileSync(ids, patients.map(patientId).join("\n"))
          return Processes.welkin(["export", "--out", out, "--patients", "-", "--resources", "patients,documents,document-files"], {
            env,
            shell: `exec < ${ids}`
          })
        })
      const first = yield* run(0, 1)
      assert.strictEqual(first.code, 0, first.stderr)
      const { contents, filters, kinds } = manifestOf(out)
      assert.strictEqual(filters.mode, "crawl")
      assert.match(filters.cohort, /^[0-9a-f]{64}$/)
      assert.deepStrictEqual(
        kinds.map(({ mode, name, verdict }: any) => [name, mode, verdict]),
        ["patients", "documents", "document-files"].map((name) => [name, "crawl", "verified"])
      )
      assert.isAbove(contents.files, 0)
      assert.strictEqual((yield* run(1, 0)).code, 0)
      const other = yield* run(2)
      assert.strictEqual(other.code, 2)
      assert.match(other.stderr, /begun for patients of cohort/)
      const verified = yield* Processes.welkin(["verify", out, "--json"])
      assert.strictEqual(verified.code, 0, verified.stderr)
    }).pipe(Effect.scoped, Effect.provide(layerServer({ seed: 1, patients: 6 })))
  )

  it.live("--deletions reads export routes whole to tell what is gone; the line to go on with says so, too", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const env = yield* environment
      const { addFaults } = yield* Simulator.Simulator
      const into = (name: string, ...more: ReadonlyArray<string>) =>
        Processes.welkin(["export", "--out", join(parent, name), "--resources", "patients,tasks", ...more], { env })
      assert.strictEqual((yield* into("1")).code, 0)
      yield* addFaults({ match: { endpoint: "exports.tasks", nth: 1 }, do: { _tag: "Status", status: 400 } })
      const failed = yield* into("2", "--since", "auto", "--deletions")
      assert.strictEqual(failed.code, 3, failed.stderr)
      assert.include(failed.stderr, "--since auto --deletions")
      const again = yield* into("2", "--since", "auto", "--deletions")
      assert.strictEqual(again.code, 0, again.stderr)
      assert.include(again.stderr, "patients: not asked from a last cursor on, read in full")
      for (const { deletions, records, since } of manifestOf(join(parent, "2")).kinds) {
        assert.deepStrictEqual([since, deletions, records], ["full", "compared", 0])
      }
    }).pipe(Effect.scoped, Effect.provide(layerServer({ seed: 1, patients: 6 })))
  )
})
