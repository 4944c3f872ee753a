import { chmodSync, existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { clockAhead } from "../../src/cli/doctor.js"
import { main } from "../../src/cli/main.js"
import type * as Output from "../../src/cli/Output.js"
import * as Shutdown from "../../src/cli/Shutdown.js"
import { collections } from "../../src/export/Collection.js"
import type * as Fault from "../../src/testing/Fault.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { layerServer } from "../../src/testing/server.js"
import * as Exports from "../../src/v8/Exports.js"
import { configured, environment, legacyEnvironment, secret } from "../support/exporting.js"
import { temporaryFolder } from "../support/folder.js"

/** The command in this process, with streams that keep what is said. */
const welkin = (args: ReadonlyArray<string>, env: Record<string, string> = {}, isTTY = false) =>
  Effect.gen(function* () {
    const said = { stdout: "", stderr: "" }
    const stream = (name: keyof typeof said): Output.Stream => ({
      isTTY,
      write: (text, done) => {
        said[name] += text
        done()
      }
    })
    const around = { env, stdout: stream("stdout"), stderr: stream("stderr") }
    const code = yield* main(["node", "welkin", ...args], around)
    return { code, ...said }
  }).pipe(Effect.provide(NodeContext.layer), Effect.provideServiceEffect(Shutdown.Shutdown, Shutdown.make))

const findIds = collections.map(({ find }) => find.descriptor.id as Fault.EndpointId)

const exportIds = Object.values(Exports.kinds).map(({ endpoint }) => endpoint.descriptor.id as Fault.EndpointId)

const simulated = (options: Partial<Parameters<typeof layerServer>[0]> = {}) => layerServer({ seed: 1, patients: 5, ...options })

const answering = (endpoint: string, action: Fault.Fault["do"]): Fault.Fault =>
  ({ match: { endpoint, times: "always" }, do: action }) as Fault.Fault

const without = (env: Record<string, string>, ...names: ReadonlyArray<string>) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)))

const reportOf = (stdout: string) => {
  const report = JSON.parse(stdout)
  return { ...report, of: (kind: string) => report.kinds.find((one: any) => one.kind === kind) }
}

describe("usage", () => {
  for (const [name, args, says] of [
    ["an unknown command", ["exprot"], 'did you mean "export"?'],
    ["a missing option", ["export"], "--out"],
    ["an unknown option", ["export", "--out", "x", "--bogus"], "--bogus"],
    ["a page of no records", ["export", "--out", "x", "--page-size", "0"], "--page-size"],
    ["a moment that is none", ["export", "--out", "x", "--since", "CANARY"], "--since"],
    ["a value of the wrong type", ["simulate", "--port", "CANARY"], "--help"],
    ["an unknown resource", ["export", "--out", "x", "--resources", "patient,CANARY"], 'did you mean "patients"?'],
    ["a number that is none", ["export", "--out", "x", "--page-size", "CANARY"], "--page-size must be an integer"],
    ["a seed that is none", ["simulate", "--seed=CANARY"], "--seed must be an integer"],
    ["a choice that there is not", ["export", "--out", "x", "--progress", "CANARY"], "--progress must be one of auto, bar, plain, none"],
    ["a host that cannot be", ["doctor", "--base-url", "CANARY"], "--base-url must be a URL"],
    ["an API that there is not", ["doctor", "--api", "CANARY"], "--api must be one of v8, v1"],
    ["an argument too many", ["verify", "x", "CANARY"], "an argument too many"],
    ["an argument that there is not", ["completions", "CANARY"], "bash, zsh, fish"],
    ["no argument", ["get"], "<PATH>"],
    ["no command", ["--verbose"], "needs a command"],
    ["a value for what takes none", ["verify", "x", "--json=CANARY"], "--json takes no value"],
    ["a secret", ["export", "--out", "x", "--secret-key=CANARY"], "no such option --secret-key"],
    ["a secret, and nothing else", ["CANARY"], "no such command"],
    ["a secret like an option", ["doctor", "-CANARY"], "no such option."],
    ["a prompt", ["export", "--wizard"], "no such option --wizard"]
  ] as const) {
    it.live(`${name}: one sentence on stderr, exit 2`, () =>
      Effect.gen(function* () {
        const { code, stderr, stdout } = yield* welkin(args, configured)
        assert.strictEqual(code, 2)
        assert.strictEqual(stdout, "")
        assert.include(stderr, says)
        assert.lengthOf(stderr.trim().split("\n"), 1)
        assert.notInclude(stderr, "\u001b")
        assert.notInclude(stderr, "CANARY")
      })
    )
  }

  for (const name of ["WELKIN_TENANT", "WELKIN_INSTANCE", "WELKIN_API_CLIENT", "WELKIN_SECRET_KEY"] as const) {
    it.live(`${name} missing or empty: named, exit 2, nothing written`, () =>
      Effect.gen(function* () {
        const out = join(yield* temporaryFolder, "out")
        const { [name]: _, ...rest } = configured
        for (const env of [rest, { ...rest, [name]: "" }]) {
          const { code, stderr } = yield* welkin(["export", "--out", out], env)
          assert.strictEqual(code, 2)
          assert.include(stderr, name)
          assert.notInclude(stderr, secret)
          assert.isFalse(existsSync(out))
        }
      }).pipe(Effect.scoped)
    )
  }

  for (const name of ["WELKIN_TENANT", "WELKIN_INSTANCE"] as const) {
    it.live(`${name} that cannot stand in a path: named, exit 2`, () =>
      Effect.gen(function* () {
        const out = join(yield* temporaryFolder, "out")
        const { code, stderr } = yield* welkin(["export", "--out", out], { ...configured, [name]: ".." })
        assert.strictEqual(code, 2)
        assert.include(stderr, `${name} must`)
      }).pipe(Effect.scoped)
    )
  }

  for (const url of [
    "http://CANARY.example",
    "ftp://CANARY.example",
    "CANARY",
    "https://user:CANARY@welkin.example",
    "https://welkin.example?CANARY"
  ]) {
    it.live(`a base URL such as ${url.replace("CANARY", "x")}: refused by its rule, not shown, exit 2`, () =>
      Effect.gen(function* () {
        const out = join(yield* temporaryFolder, "out")
        const { code, stderr } = yield* welkin(["export", "--out", out], { ...configured, WELKIN_BASE_URL: url })
        assert.strictEqual(code, 2)
        assert.match(stderr, /baseUrl|WELKIN_BASE_URL/)
        assert.include(stderr, "must")
        assert.notInclude(stderr, "CANARY")
      }).pipe(Effect.scoped)
    )
  }
})

describe("welkin doctor", () => {
  it.live("a table of all there is to know, without a record, a secret or a value of the configuration", () =>
    Effect.gen(function* () {
      const env = yield* environment
      const { code, stderr, stdout } = yield* welkin(["doctor"], env)
      assert.strictEqual(code, 0, stderr)
      assert.match(stdout, /^configuration +WELKIN_TENANT, WELKIN_INSTANCE, WELKIN_API_CLIENT, WELKIN_SECRET_KEY, WELKIN_BASE_URL\n/)
      assert.match(stdout, /^token +yes$/m)
      assert.match(stdout, /^clock +in step with the server$/m)
      assert.match(stdout, /^rate +not told$/m)
      assert.match(stdout, /^sms +yes +- +\d+ +0 +0$/m)
      assert.isTrue(stdout.endsWith("\nNext: welkin export --out ./welkin --dry-run\n"))
      for (const value of Object.values(without(env, "WELKIN_INSTANCE"))) assert.notInclude(stdout + stderr, value)
    }).pipe(Effect.provide(simulated()))
  )

  it.live("each kind by itself: permitted, not permitted, absent, in trouble; and records that are not as their schema says", () =>
    Effect.gen(function* () {
      const { code, stdout } = yield* welkin(["doctor", "--json"], yield* environment)
      assert.strictEqual(code, 0)
      const report = reportOf(stdout)
      assert.deepInclude(report, { usable: true, token: "yes", clockAheadMillis: 0, rateRemaining: null })
      assert.deepInclude(report.of("tasks"), { bulk: "no", sampled: 0 })
      assert.deepInclude(report.of("emails"), { bulk: "absent" })
      assert.deepInclude(report.of("voice-calls"), { bulk: "DecodeError" })
      assert.deepInclude(report.of("sms"), { bulk: "yes", sampled: 2, drift: 1, unknownFields: 2 })
      assert.notInclude(stdout, "CANARY")
    }).pipe(
      Effect.provide(
        simulated({
          deny: ["exports.tasks"],
          faults: [
            answering("exports.emails", { _tag: "Status", status: 404 }),
            answering("exports.voiceCalls", { _tag: "ReplaceBody", body: "<html>CANARY</html>", contentType: "text/html" }),
            answering("exports.sms", {
              _tag: "ReplaceBody",
              body: '{"data":[{"id":"1","CANARY-1":1,"CANARY-2":1},{"id":7,"CANARY-1":2}],"metaInfo":{}}',
              contentType: "application/json"
            })
          ]
        })
      )
    )
  )

  it.live("where the bulk routes are not permitted the ordinary lists may do; where nothing is, 77", () =>
    Effect.gen(function* () {
      const env = yield* environment
      const crawling = yield* welkin(["doctor", "--json"], env)
      assert.strictEqual(crawling.code, 0, crawling.stderr)
      const report = reportOf(crawling.stdout)
      assert.deepInclude(report.of("patients"), { bulk: "no", crawl: true })
      assert.deepInclude(report.of("voice-calls"), { bulk: "no", crawl: false })
      yield* (yield* Simulator.Simulator).deny("patients.search")
      const denied = yield* welkin(["doctor", "--json"], env)
      assert.strictEqual(denied.code, 77)
      assert.strictEqual(reportOf(denied.stdout).usable, false)
      assert.include(denied.stderr, "Data Export right")
    }).pipe(Effect.provide(simulated({ deny: exportIds })))
  )

  it.live("a wrong secret is 77 and told by its tag, missing variables are 2 and named", () =>
    Effect.gen(function* () {
      const env = yield* environment
      const refused = yield* welkin(["doctor"], { ...env, WELKIN_SECRET_KEY: "CANARY" })
      assert.strictEqual(refused.code, 77)
      assert.match(refused.stdout, /^token +AuthenticationError$/m)
      assert.notInclude(refused.stdout + refused.stderr, "CANARY")
      const missing = yield* welkin(["doctor"], without(env, "WELKIN_TENANT", "WELKIN_SECRET_KEY"))
      assert.strictEqual(missing.code, 2)
      assert.strictEqual(missing.stderr, "WELKIN_TENANT, WELKIN_SECRET_KEY are not set.\n")
    }).pipe(Effect.provide(simulated()))
  )

  it.live("nobody there: 1", () =>
    Effect.gen(function* () {
      const env = {
        WELKIN_TENANT: "t",
        WELKIN_INSTANCE: "i",
        WELKIN_API_CLIENT: "A",
        WELKIN_SECRET_KEY: "k",
        WELKIN_BASE_URL: "http://127.0.0.1:9"
      }
      const { code, stdout } = yield* welkin(["doctor"], env)
      assert.strictEqual(code, 1)
      assert.match(stdout, /^token +TransportError$/m)
    })
  )

  it("a clock is wrong by no more than all answers together prove", () => {
    assert.strictEqual(clockAhead([[-500, 300]]), 0)
    assert.strictEqual(clockAhead([[5000, 7000], undefined, [5500, 8000]]), 5500)
    assert.strictEqual(clockAhead([[-9000, -7000]]), -7000)
    assert.isNull(clockAhead([undefined]))
  })
})

describe("welkin doctor --api v1", () => {
  it.live("a table of all there is to know, for one call a collection, without a record, a secret or a value of the configuration", () =>
    Effect.gen(function* () {
      const env = yield* legacyEnvironment
      const { code, stderr, stdout } = yield* welkin(["doctor", "--api", "v1"], { ...configured, ...env })
      assert.strictEqual(code, 0, stderr)
      assert.match(stdout, /^configuration +WELKIN_V1_CLIENT_ID, WELKIN_V1_CLIENT_SECRET, WELKIN_V1_BASE_URL\n/)
      assert.match(stdout, /^token +yes$/m)
      assert.match(stdout, /^clock +in step with the server$/m)
      assert.match(stdout, /^rate +not told$/m)
      assert.match(stdout, /^kind +window +sample +drift +unknown fields$/m)
      for (const { name } of collections) assert.match(stdout, new RegExp(`^${name} +yes +[1-9]\\d* +0 +0$`, "m"))
      assert.isTrue(stdout.endsWith("\nNext: welkin export --api v1 --out ./welkin --dry-run\n"))
      const simulator = yield* Simulator.Simulator
      for (const value of [...Object.values(env), simulator.legacyPatientId(0)]) assert.notInclude(stdout + stderr, value)
      const asked = (yield* simulator.journal).map(({ endpoint }) => endpoint)
      assert.sameMembers(asked, ["authentication.exchange", ...findIds])
    }).pipe(Effect.provide(simulated({ patients: 60 })))
  )

  for (const spelling of ["2018", "both"] as const) {
    it.live(`names of fields of other years are known (${spelling}), and a page that tells of no next one is still one call`, () =>
      Effect.gen(function* () {
        const { code, stderr, stdout } = yield* welkin(["doctor", "--api", "v1", "--json"], yield* legacyEnvironment)
        assert.strictEqual(code, 0, stderr)
        const { kinds } = reportOf(stdout)
        assert.deepStrictEqual(
          kinds.map(({ sampled: _, ...rest }: any) => rest),
          collections.map(({ name }) => ({ kind: name, window: "yes", drift: 0, unknownFields: 0 }))
        )
        assert.strictEqual(reportOf(stdout).of("patients").sampled, 25)
        assert.lengthOf(yield* (yield* Simulator.Simulator).journal, 1 + collections.length)
      }).pipe(Effect.provide(simulated({ patients: 60, legacy: { envelope: "2018", spelling, stamps: "naive" } })))
    )
  }

  it.live("each collection by itself: permitted, not permitted, absent, refused, in trouble; and records unlike their schema", () =>
    Effect.gen(function* () {
      const { code, stderr, stdout } = yield* welkin(["doctor", "--api", "v1", "--json"], yield* legacyEnvironment)
      assert.strictEqual(code, 0, stderr)
      const report = reportOf(stdout)
      assert.deepInclude(report, { usable: true, token: "yes", rateRemaining: 17 })
      // no more than is proven: a `Date` has no more than seconds, and an answer takes its time
      assert.isAtLeast(report.clockAheadMillis, 7_190_000)
      assert.isAtMost(report.clockAheadMillis, 7_200_000)
      assert.deepInclude(report.of("care-flows"), { window: "no", sampled: 0 })
      assert.deepInclude(report.of("messages"), { window: "absent", sampled: 0 })
      assert.deepInclude(report.of("workers"), { window: "AuthenticationError", sampled: 0 })
      assert.deepInclude(report.of("phone-numbers"), { window: "DecodeError", sampled: 0 })
      assert.deepStrictEqual(report.of("patients"), { kind: "patients", window: "yes", sampled: 2, drift: 1, unknownFields: 2 })
      assert.deepInclude(report.of("external-ids"), { window: "yes", drift: 0, unknownFields: 0 })
      assert.notInclude(stdout + stderr, "CANARY")
    }).pipe(
      Effect.provide(
        simulated({
          clockSkewMillis: -7_200_000,
          deny: ["careFlows.find"],
          faults: [
            answering("messages.find", { _tag: "Status", status: 404, body: "CANARY" }),
            answering("workers.find", { _tag: "Status", status: 401, body: "CANARY" }),
            answering("phoneNumbers.find", { _tag: "ReplaceBody", body: "<html>CANARY</html>", contentType: "text/html" }),
            answering("patients.find", {
              _tag: "ReplaceBody",
              body: {
                data: [
                  { id: "1", coach_id: "w", "CANARY-1": 1, "CANARY-2": 1 },
                  { id: 7, coach_id: "w", "CANARY-1": 2 }
                ]
              }
            }),
            answering("calendars.find", { _tag: "SetHeaders", headers: { "ratelimit-remaining": "41" } }),
            answering("conversations.find", { _tag: "SetHeaders", headers: { "x-ratelimit-remaining": "17" } })
          ]
        })
      )
    )
  )

  it.live("where no collection may be read that there is, 77; where there is none, 1", () =>
    Effect.gen(function* () {
      const env = yield* legacyEnvironment
      const denied = yield* welkin(["doctor", "--api", "v1", "--json"], env)
      assert.strictEqual(denied.code, 77)
      const report = reportOf(denied.stdout)
      assert.deepStrictEqual([report.usable, report.of("patients").window, report.of("messages").window], [false, "no", "absent"])
      assert.include(denied.stderr, "the API client may read none of the collections")
      const simulator = yield* Simulator.Simulator
      yield* simulator.addFaults(...findIds.map((id) => answering(id, { _tag: "Status", status: 404 })))
      const absent = yield* welkin(["doctor", "--api", "v1"], env)
      assert.strictEqual(absent.code, 1)
      assert.match(absent.stdout, /^patients +absent +0 +0 +0$/m)
      assert.include(absent.stderr, 'see the column "window"')
    }).pipe(
      Effect.provide(
        simulated({
          deny: findIds,
          faults: ["messages.find", "patientTasks.find"].map((id) => answering(id, { _tag: "Status", status: 404 }))
        })
      )
    )
  )

  it.live("a wrong secret is 77 and told by its tag, missing variables are 2 and named, nobody there is 1", () =>
    Effect.gen(function* () {
      const env = yield* legacyEnvironment
      const refused = yield* welkin(["doctor", "--api", "v1"], { ...env, WELKIN_V1_CLIENT_SECRET: "CANARY" })
      assert.strictEqual(refused.code, 77)
      assert.match(refused.stdout, /^token +AuthenticationError$/m)
      assert.notInclude(refused.stdout, "kind")
      assert.notInclude(refused.stdout + refused.stderr, "CANARY")
      const missing = yield* welkin(["doctor", "--api", "v1"], configured)
      assert.strictEqual(missing.code, 2)
      assert.strictEqual(missing.stderr, "WELKIN_V1_CLIENT_ID, WELKIN_V1_CLIENT_SECRET are not set.\n")
      const alone = yield* welkin(["doctor", "--api", "v1"], { ...env, WELKIN_V1_BASE_URL: "http://127.0.0.1:9" })
      assert.strictEqual(alone.code, 1)
      assert.match(alone.stdout, /^token +TransportError$/m)
    }).pipe(Effect.provide(simulated()))
  )

  it.live("the secret may come from a file, by flag or by variable, and its own alone", () =>
    Effect.gen(function* () {
      const { WELKIN_V1_CLIENT_SECRET, ...env } = yield* legacyEnvironment
      const file = join(yield* temporaryFolder, "key")
      writeFileSync(file, `${WELKIN_V1_CLIENT_SECRET}\n`, { mode: 0o600 })
      for (const run of [
        welkin(["doctor", "--api", "v1", "--secret-file", file], env),
        welkin(["doctor", "--api", "v1"], { ...env, WELKIN_V1_CLIENT_SECRET_FILE: file }),
        welkin(["get", "--api", "v1", "workers", "--secret-file", file], env)
      ]) {
        const { code, stderr } = yield* run
        assert.strictEqual(code, 0, stderr)
      }
      const { code, stderr } = yield* welkin(["doctor", "--api", "v1"], { ...env, WELKIN_SECRET_KEY_FILE: file })
      assert.strictEqual(code, 2)
      assert.strictEqual(stderr, "WELKIN_V1_CLIENT_SECRET is not set.\n")
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )
})

describe("welkin get", () => {
  it.live("prints the body as it came, and what is around it only on demand", () =>
    Effect.gen(function* () {
      const env = yield* environment
      const quiet = yield* welkin(["get", "export/SMS"], env)
      assert.deepStrictEqual(quiet, { code: 0, stdout: '{ "data": [], "metaInfo": {} }\n', stderr: "" })
      const verbose = yield* welkin(["get", "/{tenant}/{instance}/export/SMS?pageSize=5", "--verbose"], env)
      assert.strictEqual(verbose.stdout, quiet.stdout)
      assert.match(
        verbose.stderr,
        /^GET \/\{tenant\}\/\{instance\}\/\{segment3\}\/\{segment4\}: 200 after 1 attempt\ndate: .*\ncontent-type: application\/json/
      )
      const two = yield* welkin(["get", "export/PATIENT?pageSize=2"], env)
      assert.lengthOf(JSON.parse(two.stdout).data, 2)
    }).pipe(
      Effect.provide(
        simulated({
          faults: [
            answering("exports.sms", { _tag: "ReplaceBody", body: '{ "data": [], "metaInfo": {} }\n', contentType: "application/json" })
          ]
        })
      )
    )
  )

  it.live("what fails is told by its route: 404 is 1, 403 is 77; --debug adds the facts", () =>
    Effect.gen(function* () {
      const env = yield* environment
      const missing = yield* welkin(["get", "patients/CANARY", "--debug"], env)
      assert.strictEqual(missing.code, 1)
      assert.strictEqual(missing.stdout, "")
      assert.include(missing.stderr, "NotFound: request (GET /{tenant}/{instance}/{segment3}/{segment4}): 404")
      assert.deepInclude(JSON.parse(missing.stderr.split("\n")[0]!), { _tag: "NotFound", status: 404, body: "<redacted>" })
      assert.notInclude(missing.stderr, "CANARY")
      const denied = yield* welkin(["get", "export/TASK"], env)
      assert.strictEqual(denied.code, 77)
      assert.notInclude(denied.stderr, '{"')
    }).pipe(Effect.provide(simulated({ deny: ["exports.tasks"] })))
  )

  it.live("goes nowhere else: other hosts and steps upwards are refused before anything is sent", () =>
    Effect.gen(function* () {
      const env = yield* environment
      for (const path of [
        "https://CANARY.example/x",
        "//CANARY.example/x",
        "../CANARY",
        "patients/%2e%2e/CANARY",
        "patients/./CANARY",
        "patients//CANARY",
        "patients\\CANARY",
        "patients/%zz",
        "patients#CANARY",
        "patients?segment3=CANARY"
      ]) {
        const { code, stderr } = yield* welkin(["get", path], env)
        assert.strictEqual(code, 2, path)
        assert.notInclude(stderr, "CANARY")
      }
      assert.deepStrictEqual(yield* (yield* Simulator.Simulator).journal, [])
    }).pipe(Effect.provide(simulated()))
  )
})

describe("welkin get --api v1", () => {
  it.live("prints the body as it came, below v1 or by the whole path", () =>
    Effect.gen(function* () {
      const env = yield* legacyEnvironment
      const quiet = yield* welkin(["get", "--api", "v1", "calendars"], env)
      assert.deepStrictEqual(quiet, { code: 0, stdout: '[{ "data": [] }]\n', stderr: "" })
      const verbose = yield* welkin(["get", "--api", "v1", "/v1/calendars", "--verbose"], env)
      assert.strictEqual(verbose.stdout, quiet.stdout)
      assert.match(verbose.stderr, /^GET \/v1\/\{segment2\}: 200 after 1 attempt\ndate: .*\ncontent-type: application\/json/)
      const two = yield* welkin(["get", "--api", "v1", "workers?page[size]=2&page[from]=2000-01-01T00:00:00"], env)
      assert.lengthOf(JSON.parse(two.stdout).data, 2)
    }).pipe(
      Effect.provide(
        simulated({
          faults: [answering("calendars.find", { _tag: "ReplaceBody", body: '[{ "data": [] }]\n', contentType: "application/json" })]
        })
      )
    )
  )

  it.live("what fails is told by its route: 404 is 1, 403 and a wrong secret are 77; a slot of the other API is a name like any", () =>
    Effect.gen(function* () {
      const env = yield* legacyEnvironment
      const missing = yield* welkin(["get", "--api", "v1", "CANARY", "--debug"], env)
      assert.strictEqual(missing.code, 1)
      assert.strictEqual(missing.stdout, "")
      assert.include(missing.stderr, "NotFound: request (GET /v1/{segment2}): 404")
      assert.deepInclude(JSON.parse(missing.stderr.split("\n")[0]!), { _tag: "NotFound", status: 404, body: "<redacted>" })
      assert.notInclude(missing.stderr, "CANARY")
      const slot = yield* welkin(["get", "--api", "v1", "/{tenant}/patients"], env)
      assert.include(slot.stderr, "NotFound: request (GET /{segment1}/{segment2}): 404")
      const denied = yield* welkin(["get", "--api", "v1", "workers"], env)
      assert.strictEqual(denied.code, 77)
      assert.include(denied.stderr, "Forbidden: request (GET /v1/{segment2}): 403")
      const refused = yield* welkin(["get", "--api", "v1", "workers"], { ...env, WELKIN_V1_CLIENT_SECRET: "CANARY" })
      assert.strictEqual(refused.code, 77)
      assert.include(refused.stderr, "AuthenticationError")
      assert.notInclude(refused.stderr, "CANARY")
    }).pipe(Effect.provide(simulated({ deny: ["workers.find"] })))
  )

  it.live("goes nowhere else, and asks only the API that it was told", () =>
    Effect.gen(function* () {
      const env = yield* legacyEnvironment
      for (const path of ["https://CANARY.example/x", "//CANARY.example/x", "../CANARY", "patients/%2e%2e/CANARY", "a?segment2=CANARY"]) {
        const { code, stderr } = yield* welkin(["get", "--api", "v1", path], env)
        assert.strictEqual(code, 2, path)
        assert.include(stderr, "such as patients/ID or /v1/patients,")
        assert.notInclude(stderr, "CANARY")
      }
      const other = yield* welkin(["get", "--api", "v1", "workers"], yield* environment)
      assert.strictEqual(other.code, 2)
      assert.include(other.stderr, "WELKIN_V1_CLIENT_ID is not set")
      assert.deepStrictEqual(yield* (yield* Simulator.Simulator).journal, [])
    }).pipe(Effect.provide(simulated()))
  )
})

describe("the secret (P38)", () => {
  it.live("comes from a file of the user's own, by flag or by variable", () =>
    Effect.gen(function* () {
      const { WELKIN_SECRET_KEY, ...env } = yield* environment
      const file = join(yield* temporaryFolder, "key")
      writeFileSync(file, `${WELKIN_SECRET_KEY}\n`, { mode: 0o600 })
      for (const run of [
        welkin(["get", "users", "--secret-file", file], env),
        welkin(["get", "users", "--secret-file", file], { ...env, WELKIN_SECRET_KEY: "wrong" }),
        welkin(["get", "users"], { ...env, WELKIN_SECRET_KEY_FILE: file }),
        welkin(["get", "users"], { ...env, WELKIN_SECRET_KEY, WELKIN_SECRET_KEY_FILE: "nowhere" })
      ]) {
        const { code, stderr } = yield* run
        assert.strictEqual(code, 0, stderr)
      }
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  it.live("a file that others may read, that is empty, or that is not there: refused by its rule, without its name", () =>
    Effect.gen(function* () {
      const { WELKIN_SECRET_KEY: _, ...env } = yield* environment
      const file = join(yield* temporaryFolder, "CANARY")
      for (const [content, mode, says] of [
        ["CANARY", 0o640, "--secret-file names a file that others may read (mode 0640)"],
        ["CANARY", 0o604, "(mode 0604)"],
        ["\n", 0o600, "--secret-file names a file that holds nothing."]
      ] as const) {
        writeFileSync(file, content)
        chmodSync(file, mode)
        const { code, stderr } = yield* welkin(["doctor", "--secret-file", file], env)
        assert.strictEqual(code, 2)
        assert.include(stderr, says)
        assert.notInclude(stderr, "CANARY")
      }
      const { code, stderr } = yield* welkin(["get", "users", "--secret-file", `${file}-2`], env)
      assert.strictEqual(code, 2)
      assert.strictEqual(stderr, "--secret-file names nothing that can be read (NotFound).\n")
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )
})

describe("help", () => {
  it.effect("begins with examples and a link, on a terminal in colour unless somebody minds", () =>
    Effect.gen(function* () {
      for (const command of [[], ["export"], ["doctor"], ["get"], ["completions"]]) {
        const { code, stderr, stdout } = yield* welkin([...command, "--help"])
        assert.strictEqual(code, 0)
        assert.strictEqual(stderr, "")
        assert.match(stdout, new RegExp(`^( {2}\\$ .*welkin ${command.join(" ")}.*\\n){3}\\n {2}Docs: https://`))
        assert.notInclude(stdout, "--wizard")
        assert.notInclude(stdout, "\u001b")
      }
      const isColoured = (env: Record<string, string>, isTTY: boolean, ...more: ReadonlyArray<string>) =>
        Effect.map(welkin(["--help", ...more], env, isTTY), ({ stdout }) => stdout.includes("\u001b"))
      assert.isTrue(yield* isColoured({}, true))
      assert.isFalse(yield* isColoured({ NO_COLOR: "1" }, true))
      assert.isFalse(yield* isColoured({ TERM: "dumb" }, true))
      assert.isFalse(yield* isColoured({}, true, "--no-color"))
      assert.isTrue(yield* isColoured({ FORCE_COLOR: "1", NO_COLOR: "1" }, false))
      assert.isFalse(yield* isColoured({ FORCE_COLOR: "0" }, false))
    })
  )
})
