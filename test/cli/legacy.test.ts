import type { ChildProcess } from "node:child_process"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Line from "../../src/cli/Line.js"
import * as Settings from "../../src/cli/Settings.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { layerServer } from "../../src/testing/server.js"
import { legacyEnvironment as environment } from "../support/exporting.js"
import { temporaryFolder } from "../support/folder.js"
import * as Processes from "../support/process.js"

const nowhere = { WELKIN_V1_CLIENT_ID: "client", WELKIN_V1_CLIENT_SECRET: "CANARY", WELKIN_V1_BASE_URL: "http://127.0.0.1:9" }

const manifestOf = (out: string) => JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))

const recordsOf = (out: string, kind: string): ReadonlyArray<string> =>
  readdirSync(join(out, kind))
    .flatMap((name) =>
      gunzipSync(readFileSync(join(out, kind, name)))
        .toString("utf8")
        .trimEnd()
        .split("\n")
    )
    .sort()

describe("welkin export --api v1", () => {
  it.live("exports every collection, goes on with the next from where it ended, and is verified and converted like any other", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const env = yield* environment
      const [first, next] = [join(parent, "first"), join(parent, "next")]
      const whole = yield* Processes.welkin(["export", "--api", "v1", "--out", first], { env })
      assert.strictEqual(whole.code, 0, whole.stderr)
      assert.match(whole.stdout, /^complete: \d+ records/)
      const { filters, kinds, source } = manifestOf(first)
      assert.deepStrictEqual([source.generation, source.tenant, filters.mode], ["v1", env.WELKIN_V1_CLIENT_ID, "window"])
      assert.lengthOf(kinds, 12)
      for (const { mode, name, records, verdict } of kinds) {
        assert.deepStrictEqual([mode, verdict], ["window", "verified"], name)
        assert.isAbove(records, 0, name)
      }
      for (const name of readdirSync(first)) {
        if (name.endsWith("json")) assert.notInclude(readFileSync(join(first, name), "utf8"), env.WELKIN_V1_CLIENT_SECRET)
      }

      const again = yield* Processes.welkin(["export", "--api", "v1", "--out", next, "--since", "auto", "--json"], { env })
      assert.strictEqual(again.code, 0, again.stderr)
      const since = JSON.parse(again.stdout).kinds.map(({ name, records, since, unchanged }: any) => [name, since, records, unchanged > 0])
      for (const one of since) {
        assert.deepStrictEqual(one, one[0] === "external-ids" ? [one[0], "full", 0, true] : [one[0], "cursor", 0, false])
      }

      assert.strictEqual((yield* Processes.welkin(["verify", first])).code, 0)
      const converted = yield* Processes.welkin(["convert", first, "--format", "csv", "--out", join(parent, "csv")])
      assert.strictEqual(converted.code, 0, converted.stderr)
      const header = readFileSync(join(parent, "csv/patients.csv"), "utf8").split("\n", 1)[0]!
      assert.include(header, "primary_worker_id")
    }).pipe(Effect.scoped, Effect.provide(layerServer({ seed: 2, patients: 5 })))
  )

  it.live("killed midway, the same command goes on: every record once, and those that were there are not asked for again", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const env = yield* environment
      const { held, journal } = yield* Simulator.Simulator
      const [golden, out] = [join(parent, "golden"), join(parent, "out")]
      const export_ = (out: string, options: Processes.Options = {}) =>
        Processes.welkin(["export", "--api", "v1", "--out", out, "--resources", "patients,workers", "--page-size", "5"], {
          env,
          ...options
        })
      const asked = Effect.map(journal, (all) => all.filter(({ endpoint }) => endpoint === "patients.find").length)
      const spawned = yield* Deferred.make<ChildProcess>()
      const killed = yield* Effect.fork(export_(out, { onSpawn: (child) => Deferred.unsafeDone(spawned, Effect.succeed(child)) }))
      yield* held("midway")
      yield* Effect.map(Deferred.await(spawned), (child) => child.kill("SIGKILL"))
      assert.strictEqual((yield* Fiber.join(killed)).signal, "SIGKILL")
      assert.isFalse(existsSync(join(out, "manifest.json")))
      const before = yield* asked
      const resumed = yield* export_(out)
      assert.strictEqual(resumed.code, 0, resumed.stderr)
      assert.match(resumed.stderr, /patients: \d+ records there already/)
      const after = yield* asked
      assert.strictEqual((yield* export_(golden)).code, 0)
      assert.isBelow(after - before, (yield* asked) - after)
      for (const kind of ["patients", "workers"]) assert.deepStrictEqual(recordsOf(out, kind), recordsOf(golden, kind))
    }).pipe(
      Effect.scoped,
      Effect.provide(
        layerServer({
          seed: 2,
          patients: 40,
          faults: [{ match: { endpoint: "patients.find", nth: 6 }, do: { _tag: "Latch", name: "midway" } }]
        })
      )
    )
  )

  it.live("a moment that holds more than a page: exit 3, what it is and how to go on", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const { code, stderr } = yield* Processes.welkin(["export", "--api", "v1", "--out", out, "--resources", "patients,patient-tasks"], {
        env: yield* environment
      })
      assert.strictEqual(code, 3, stderr)
      assert.include(stderr, "patients: WindowOverflow")
      assert.include(stderr, `Go on with: welkin export --out ${out} --api v1 --resources patients,patient-tasks`)
      assert.deepInclude(JSON.parse(readFileSync(join(out, "failures.ndjson"), "utf8")), { unit: "patients", error: "WindowOverflow" })
    }).pipe(
      Effect.scoped,
      Effect.provide(layerServer({ seed: 5, patients: 4, sharedInstants: 4, legacy: { envelope: "2018", links: "none", maxSize: 3 } }))
    )
  )

  it.live("--dry-run tells the collections, and what is left out and why; asks nobody", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const { code, stderr, stdout } = yield* Processes.welkin(["export", "--api", "v1", "--out", out, "--dry-run"], { env: nowhere })
      assert.strictEqual(code, 0, stderr)
      const { kinds, leftOut } = JSON.parse(stdout)
      assert.deepStrictEqual(kinds[0], { name: "patients", mode: "window", units: 1, callsAtLeast: { perThousandRecords: 20 } })
      assert.deepInclude(leftOut, { name: "messages", why: "withdrawn in 2018-10: on request" })
      assert.deepInclude(leftOut, { name: "notifications", why: "sent, and never listed" })
      assert.isFalse(existsSync(out))
    }).pipe(Effect.scoped)
  )

  for (const [name, args, says] of [
    ["a collection that is none", ["--resources", "phone-number"], 'did you mean "phone-numbers"?'],
    ["a mode", ["--mode", "crawl"], "--mode and --api v1 do not go together"],
    ["a cohort", ["--patients", "ids"], "--patients and --api v1 do not go together"]
  ] as const) {
    it.live(`${name}: one sentence on stderr, exit 2`, () =>
      Effect.gen(function* () {
        const parent = yield* temporaryFolder
        writeFileSync(join(parent, "ids"), "p-CANARY")
        const { code, stderr } = yield* Processes.welkin(["export", "--api", "v1", "--out", "out", ...args], { env: nowhere, cwd: parent })
        assert.strictEqual(code, 2, stderr)
        assert.include(stderr, says)
        assert.notInclude(stderr, "CANARY")
        assert.isFalse(existsSync(join(parent, "out")))
      }).pipe(Effect.scoped)
    )
  }

  it.live("a variable that is missing is named", () =>
    Effect.gen(function* () {
      const { WELKIN_V1_CLIENT_SECRET: _, ...env } = nowhere
      const { code, stderr } = yield* Processes.welkin(["export", "--api", "v1", "--out", "out"], { env })
      assert.strictEqual(code, 2, stderr)
      assert.include(stderr, "WELKIN_V1_CLIENT_SECRET is not set")
    })
  )

  it.live("variables may stand in .env, the address never without the secret", () =>
    Effect.gen(function* () {
      const cwd = yield* temporaryFolder
      const dryRun = Processes.welkin(["export", "--api", "v1", "--out", "out", "--dry-run"], { cwd })
      const [id, secret, url] = Object.entries(nowhere).map(([name, value]) => `${name}=${value}\n`)
      writeFileSync(join(cwd, ".env"), `${id}${secret}${url}`, { mode: 0o600 })
      const { code, stderr, stdout } = yield* dryRun
      assert.strictEqual(code, 0, stderr)
      assert.strictEqual(JSON.parse(stdout).source.tenant, "client")
      writeFileSync(join(cwd, ".env"), `${id}${url}`)
      const refused = yield* dryRun
      assert.strictEqual(refused.code, 2)
      assert.include(refused.stderr, ".env must not say WELKIN_V1_BASE_URL without WELKIN_V1_CLIENT_SECRET")
    }).pipe(Effect.scoped)
  )

  it("an address and a secret in the settings are those of the API that the settings name", () => {
    const flag = (name: string): Line.Flag => ({ name, spellings: [`--${name}`], takes: "VALUE" })
    const [api, baseUrl, secretFile] = [flag("api"), flag("base-url"), flag("secret-file")]
    const grammar: Line.Grammar = new Map([["export", [api, baseUrl, secretFile]]])
    const settings = [
      ["base-url", "https://welkin.example"],
      ["secret-file", "key"]
    ] as const
    const added = (said: "v1" | "v8" | undefined, values: ReadonlyArray<readonly [string, string]>, env: Record<string, string> = {}) =>
      Settings.complete(
        { command: "export", words: [], options: said === undefined ? [] : [{ flag: api, value: said }] },
        grammar,
        new Map(values),
        env
      ).options.flatMap(({ flag }) => (flag === api ? [] : [flag.name]))
    assert.deepStrictEqual(added(undefined, settings), ["base-url", "secret-file"])
    assert.deepStrictEqual(added("v1", settings), [])
    assert.deepStrictEqual(added("v1", [["api", "v1"], ...settings]), ["base-url", "secret-file"])
    assert.deepStrictEqual(added(undefined, [["api", "v1"], ...settings]), ["base-url", "secret-file"])
    assert.deepStrictEqual(added("v8", [["api", "v1"], ...settings]), [])
    const env = { WELKIN_V1_BASE_URL: "https://other.example", WELKIN_V1_CLIENT_SECRET: "s" }
    assert.deepStrictEqual(added(undefined, [["api", "v1"], ...settings], env), [])
    assert.deepStrictEqual(added(undefined, settings, env), ["base-url", "secret-file"])
  })
})
