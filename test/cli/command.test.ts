import { spawnSync } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { version } from "../../src/internal/version.js"
import type * as Fault from "../../src/testing/Fault.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { layerServer } from "../../src/testing/server.js"
import { configured, environment, hashesOf, legacyEnvironment, secret, two } from "../support/exporting.js"
import { temporaryFolder } from "../support/folder.js"
import * as Processes from "../support/process.js"

const simulated = (faults: ReadonlyArray<Fault.Fault> = []) => layerServer({ seed: 1, patients: 60, faults })

const filesBelow = (path: string): ReadonlyArray<string> =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)

describe("welkin: usage", () => {
  it.live("help goes to stdout without escapes, and ends well", () =>
    Effect.gen(function* () {
      for (const args of [["--help"], ["export", "--help"], []]) {
        const { code, stderr, stdout } = yield* Processes.welkin(args)
        assert.strictEqual(code, 0)
        assert.strictEqual(stderr, "")
        assert.notInclude(stdout, "\u001b")
        assert.include(stdout, "export")
      }
    })
  )

  it.live("--version is the package's", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* Processes.welkin(["--version"])).stdout.trim(), version)
      assert.strictEqual(version, JSON.parse(readFileSync("package.json", "utf8")).version)
    })
  )
})

describe("welkin export", () => {
  it.live("writes whole, private files and a manifest that tells the truth, through a 429 and an expired token", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const { code, stderr, stdout } = yield* Processes.welkin(["export", "--out", out, ...two, "--page-size", "20", "--json"], {
        env: yield* environment,
        shell: "umask 000"
      })
      assert.strictEqual(code, 0, stderr)
      const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))
      assert.deepStrictEqual(JSON.parse(stdout).kinds, manifest.kinds)
      assert.strictEqual(manifest.complete, true)
      assert.deepStrictEqual(
        manifest.kinds.map(({ drift, name, verdict }: any) => [name, drift, verdict]),
        [
          ["patients", 0, "verified"],
          ["cdt-records", 0, "verified"]
        ]
      )
      assert.strictEqual(manifest.kinds[0].records, 60)
      for (const name of ["", "patients", "cdt-records"]) assert.strictEqual(statSync(join(out, name)).mode & 0o777, 0o700)
      for (const name of readdirSync(out, { recursive: true, encoding: "utf8" })) {
        if (statSync(join(out, name)).isFile()) assert.strictEqual(statSync(join(out, name)).mode & 0o777, 0o600, name)
      }
      assert.deepStrictEqual([...filesBelow(out)].sort(), [
        "cdt-records.json",
        "journal.ndjson",
        "log.ndjson",
        "manifest.json",
        "part-00001.ndjson.gz",
        "part-00001.ndjson.gz",
        "patients.json"
      ])
      assert.include(readFileSync(join(out, "schema/patients.json"), "utf8"), '"firstName"')
      assert.notInclude(stderr, "\u001b")
      const verified = yield* Processes.welkin(["verify", out])
      assert.strictEqual(verified.code, 0, verified.stderr)
    }).pipe(
      Effect.scoped,
      Effect.provide(
        simulated([
          { match: { endpoint: "exports.cdtRecords", nth: 2 }, do: { _tag: "Status", status: 429, retryAfter: 1 } },
          { match: { endpoint: "exports.patients", nth: 2 }, do: { _tag: "TokenExpired" } }
        ])
      )
    )
  )

  it.live("done once, it is done: the same command asks for nothing and changes no hash", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const env = yield* environment
      assert.strictEqual((yield* Processes.welkin(["export", "--out", out, ...two], { env })).code, 0)
      const hashes = hashesOf(out)
      const asked = (yield* (yield* Simulator.Simulator).journal).length
      const again = yield* Processes.welkin(["export", "--out", out, ...two], { env })
      assert.strictEqual(again.code, 0, again.stderr)
      assert.deepStrictEqual(hashesOf(out), hashes)
      assert.lengthOf(yield* (yield* Simulator.Simulator).journal, asked)
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  it.live("--resources exports no more than was asked for, and the folder is not taken for another export's", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const env = yield* environment
      const first = yield* Processes.welkin(["export", "--out", out, "--resources", "patients"], { env })
      assert.strictEqual(first.code, 0)
      assert.isFalse(existsSync(join(out, "cdt-records")))
      for (const [args, says] of [
        [["--resources", "cdt-records"], "resources"],
        [["--resources", "patients", "--since", "2020-01-01T00:00:00Z"], "since"]
      ] as const) {
        const { code, stderr } = yield* Processes.welkin(["export", "--out", out, ...args], { env })
        assert.strictEqual(code, 2)
        assert.include(stderr, says)
      }
      const other = yield* Processes.welkin(["export", "--out", out, "--resources", "patients"], {
        env: { ...env, WELKIN_INSTANCE: "other" }
      })
      assert.strictEqual(other.code, 2)
      assert.include(other.stderr, "instance demo")
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  it.live("--dry-run prints the plan, asks nobody and writes nothing", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const { code, stdout } = yield* Processes.welkin(["export", "--out", out, "--dry-run", "--page-size", "7"], { env: configured })
      assert.strictEqual(code, 0)
      const { kinds } = JSON.parse(stdout)
      assert.deepInclude(kinds, { name: "sms", mode: "bulk", otherwise: "crawl", units: 1, callsAtLeast: { perThousandRecords: 143 } })
      assert.isFalse(existsSync(out))
    }).pipe(Effect.scoped)
  )

  it.live("a folder that holds something is left alone, exit 2", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      writeFileSync(join(out, "mine.txt"), "mine")
      const mode = statSync(out).mode
      const { code, stderr } = yield* Processes.welkin(["export", "--out", out], { env: yield* environment })
      assert.strictEqual(code, 2)
      assert.include(stderr, "not empty")
      assert.deepStrictEqual(readdirSync(out), ["mine.txt"])
      assert.strictEqual(statSync(out).mode, mode)
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  for (const [name, fault, exitCode, tag] of [
    [
      "a wrong secret",
      { match: { endpoint: "authentication.exchange", times: "always" }, do: { _tag: "Status", status: 401 } },
      77,
      "AuthenticationError"
    ],
    ["a missing right", { match: { endpoint: "exports.patients", times: "always" }, do: { _tag: "Deny" } }, 77, "403"],
    [
      "a web page",
      {
        match: { endpoint: "exports.patients", times: "always" },
        do: { _tag: "ReplaceBody", body: "<html>CANARY</html>", contentType: "text/html" }
      },
      1,
      "DecodeError"
    ],
    [
      "a body that breaks off",
      { match: { endpoint: "exports.patients", times: "always" }, at: { afterBytes: 100 }, do: { _tag: "Reset" } },
      1,
      "TruncatedBody"
    ]
  ] as ReadonlyArray<readonly [string, Fault.Fault, number, string]>) {
    it.live(`${name}: ${tag}, exit ${exitCode}, no record, and how to go on`, () =>
      Effect.gen(function* () {
        const out = join(yield* temporaryFolder, "out")
        const { code, stderr } = yield* Processes.welkin(["export", "--out", out, "--resources", "patients", "--mode", "bulk"], {
          env: yield* environment
        })
        assert.strictEqual(code, exitCode, stderr)
        assert.include(stderr, tag)
        assert.include(stderr, `Go on with: welkin export --out ${out} --resources patients --mode bulk`)
        assert.notInclude(stderr, "CANARY")
        assert.isFalse(existsSync(join(out, "patients")))
      }).pipe(Effect.scoped, Effect.provide(simulated([fault])))
    )
  }

  it.live("one kind that is not permitted: said once, exit 3, the others are there, and verify says that it is not all", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const env = yield* environment
      const { code, stderr } = yield* Processes.welkin(["export", "--out", out, ...two, "--mode", "bulk"], { env })
      assert.strictEqual(code, 3, stderr)
      assert.lengthOf(stderr.match(/not permitted/g) ?? [], 1)
      const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))
      assert.strictEqual(manifest.complete, false)
      assert.deepStrictEqual(
        manifest.kinds.map(({ name, records, verdict }: any) => [name, records, verdict]),
        [
          ["patients", 60, "verified"],
          ["cdt-records", 0, "forbidden"]
        ]
      )
      const [failure] = readFileSync(join(out, "failures.ndjson"), "utf8").trim().split("\n")
      assert.deepInclude(JSON.parse(failure!), { unit: "cdt-records", error: "Forbidden", status: 403 })
      assert.strictEqual((yield* Processes.welkin(["verify", out])).code, 3)

      yield* (yield* Simulator.Simulator).allow("exports.cdtRecords")
      const again = yield* Processes.welkin(["export", "--out", out, ...two, "--mode", "bulk"], { env })
      assert.strictEqual(again.code, 0, again.stderr)
      assert.isFalse(existsSync(join(out, "failures.ndjson")))
      assert.strictEqual((yield* Processes.welkin(["verify", out])).code, 0)
    }).pipe(Effect.scoped, Effect.provide(layerServer({ seed: 1, patients: 60, deny: ["exports.cdtRecords"] })))
  )

  it.live("--since auto continues the export beside it, and says what it could not ask for changes", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const env = yield* environment
      const kinds = ["--resources", "patients,users"]
      const into = (name: string, ...more: ReadonlyArray<string>) =>
        Processes.welkin(["export", "--out", join(parent, name), ...kinds, ...more], { env })
      const alone = yield* into("1", "--since", "auto")
      assert.strictEqual(alone.code, 2)
      assert.include(alone.stderr, "no complete one of the same source")
      assert.isFalse(existsSync(join(parent, "1")))
      assert.strictEqual((yield* into("1")).code, 0)
      const { code, stderr } = yield* into("2", "--since", "auto")
      assert.strictEqual(code, 0, stderr)
      assert.lengthOf(stderr.match(/users: its lists cannot be asked for changes, read in full/g)!, 1)
      assert.notInclude(stderr, "patients: its lists")
      const manifest = JSON.parse(readFileSync(join(parent, "2", "manifest.json"), "utf8"))
      assert.deepStrictEqual(
        manifest.kinds.map(({ deletions, name, records, since }: any) => [name, since, records, deletions]),
        [
          ["patients", "cursor", 0, "unknown"],
          ["users", "full", 0, "compared"]
        ]
      )
      assert.strictEqual((yield* Processes.welkin(["verify", join(parent, "2")])).code, 0)
      const named = yield* into("3", "--since", "auto", "--previous", join(parent, "2"))
      assert.strictEqual(named.code, 0, named.stderr)
      const odd = yield* into("3", "--previous", join(parent, "1"))
      assert.strictEqual(odd.code, 2)
      assert.include(odd.stderr, "--since auto")
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  it.live("--retry-failed does what failed and leaves what is forbidden, which is still missing: exit 3", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const env = yield* environment
      const simulator = yield* Simulator.Simulator
      const run = (...more: ReadonlyArray<string>) =>
        Processes.welkin(["export", "--out", out, "--resources", "patients,tasks,sms", "--mode", "bulk", ...more], { env })
      assert.strictEqual((yield* run()).code, 3)
      yield* simulator.allow("exports.sms")
      const before = (yield* simulator.journal).length
      const again = yield* run("--retry-failed")
      assert.strictEqual(again.code, 3, again.stderr)
      assert.include(again.stderr, "not all of sms (forbidden)")
      const asked = (yield* simulator.journal).slice(before).flatMap(({ endpoint }) => (endpoint?.startsWith("exports.") ? [endpoint] : []))
      assert.deepStrictEqual(Array.from(new Set(asked)), ["exports.tasks"])
      assert.strictEqual((yield* run()).code, 0)
      const nothing = yield* run("--retry-failed")
      assert.strictEqual(nothing.code, 2)
      assert.include(nothing.stderr, "no failures.ndjson")
    }).pipe(
      Effect.scoped,
      Effect.provide(
        layerServer({
          seed: 1,
          patients: 60,
          deny: ["exports.sms"],
          faults: [{ match: { endpoint: "exports.tasks" }, do: { _tag: "Status", status: 409 } }]
        })
      )
    )
  )

  it.live("nobody there: TransportError, exit 1, at once", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const { code, stderr } = yield* Processes.welkin(["export", "--out", out], { env: configured })
      assert.strictEqual(code, 1)
      assert.include(stderr, "TransportError")
      assert.notInclude(stderr, secret)
    }).pipe(Effect.scoped)
  )

  it.live("a second exporter: exit 75 in less than a second, and the first one does not notice", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const env = yield* environment
      let second: Promise<Processes.Ended & { readonly millis: number }> | undefined
      const first = yield* Processes.welkin(["export", "--out", out, ...two, "--page-size", "10"], {
        env,
        onStderr: (text) => {
          if (!text.includes("exporting")) return
          const began = Date.now()
          second = Effect.runPromise(Processes.welkin(["export", "--out", out, ...two], { env })).then((ended) => ({
            ...ended,
            millis: Date.now() - began
          }))
        }
      })
      const refused = yield* Effect.promise(() => second!)
      assert.strictEqual(refused.code, 75, refused.stderr)
      assert.include(refused.stderr, "is exporting to this folder")
      assert.strictEqual(first.code, 0, first.stderr)
    }).pipe(Effect.scoped, Effect.provide(simulated([{ match: { method: "GET", times: "always" }, do: { _tag: "Delay", millis: 150 } }])))
  )

  it.live("--json-lines tells what happens, one JSON text a line, and no value of a record", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const { code, stdout } = yield* Processes.welkin(["export", "--out", out, ...two, "--json-lines", "--quiet"], {
        env: yield* environment
      })
      assert.strictEqual(code, 0)
      const events = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
      assert.strictEqual(events[0].event, "Started")
      assert.strictEqual(events.at(-1).event, "Finished")
      assert.include(
        events.map(({ event }) => event),
        "PageWritten"
      )
      assert.notInclude(stdout, "Sample")
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )
})

describe("welkin verify", () => {
  it.live("a changed byte: exit 5, and where; a folder that is not there: exit 74", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      const out = join(parent, "out")
      yield* Processes.welkin(["export", "--out", out, "--resources", "patients"], { env: yield* environment })
      const part = join(out, "patients/part-00001.ndjson.gz")
      const bytes = readFileSync(part)
      bytes[bytes.length >> 1]! ^= 1
      writeFileSync(part, bytes)
      const { code, stderr, stdout } = yield* Processes.welkin(["verify", out, "--json"])
      assert.strictEqual(code, 5)
      assert.include(stderr, "patients/part-00001.ndjson.gz")
      assert.lengthOf(JSON.parse(stdout).differences, 1)
      assert.strictEqual((yield* Processes.welkin(["verify", join(parent, "nowhere")])).code, 74)
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )
})

describe("settings", () => {
  it.live("the files of a project and of its user, and the variables beside them, are enough for a plain `welkin export`", () =>
    Effect.gen(function* () {
      const cwd = yield* temporaryFolder
      const { WELKIN_BASE_URL, ...env } = yield* environment
      const lines = Object.entries({ ...env, WELKIN_BASE_URL }).map(([name, value]) => `${name}=${value}\n`)
      writeFileSync(join(cwd, ".env"), lines.join(""), { mode: 0o600 })
      writeFileSync(join(cwd, "welkin.json"), '{ "out": "./records", "resources": ["patients"] }')
      mkdirSync(join(cwd, "config/welkin"), { recursive: true })
      writeFileSync(join(cwd, "config/welkin/config.json"), '{ "out": "./elsewhere", "page-size": 20, "quiet": true }')
      const run = (own: Record<string, string> = {}) =>
        Processes.welkin(["export", "--json"], { cwd, env: { XDG_CONFIG_HOME: join(cwd, "config"), ...own } })
      const { code, stderr, stdout } = yield* run()
      assert.strictEqual(code, 0, stderr)
      assert.notInclude(stderr, "exporting")
      const manifest = JSON.parse(readFileSync(join(cwd, "records/manifest.json"), "utf8"))
      assert.deepStrictEqual(JSON.parse(stdout).kinds, manifest.kinds)
      assert.deepStrictEqual(
        manifest.kinds.map(({ name }: any) => name),
        ["patients"]
      )
      // a host that somebody put there gets no secret of the environment's
      const elsewhere = yield* run({ WELKIN_SECRET_KEY: "k" })
      assert.strictEqual(elsewhere.code, 2)
      assert.include(elsewhere.stderr, ".env must not say WELKIN_BASE_URL without WELKIN_SECRET_KEY")
      chmodSync(join(cwd, ".env"), 0o644)
      const readable = yield* run()
      assert.strictEqual(readable.code, 2)
      assert.include(readable.stderr, ".env holds a secret that others may read (mode 0644)")
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  it.live("a secret from stdin stands in no command line (P38)", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const { WELKIN_SECRET_KEY, ...env } = yield* environment
      let cmdline: string | undefined
      let pid = 0
      const { code, stderr } = yield* Processes.welkin(["export", "--out", out, ...two, "--secret-file", "-"], {
        env,
        stdin: `${WELKIN_SECRET_KEY}\n`,
        onSpawn: (child) => {
          pid = child.pid!
        },
        onStderr: (text) => {
          if (text.includes("exporting") && process.platform === "linux") cmdline = readFileSync(`/proc/${pid}/cmdline`, "utf8")
        }
      })
      assert.strictEqual(code, 0, stderr)
      if (process.platform === "linux") assert.include(cmdline, "--secret-file")
      assert.notInclude(cmdline ?? "", WELKIN_SECRET_KEY)
      assert.notInclude(stderr, WELKIN_SECRET_KEY)
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  it.live("doctor and get follow the user's settings to the legacy API, with a secret from stdin", () =>
    Effect.gen(function* () {
      const home = yield* temporaryFolder
      const { WELKIN_V1_BASE_URL, WELKIN_V1_CLIENT_SECRET, ...rest } = yield* legacyEnvironment
      mkdirSync(join(home, "welkin"))
      writeFileSync(join(home, "welkin/config.json"), JSON.stringify({ api: "v1", "base-url": WELKIN_V1_BASE_URL }))
      const run = (...args: ReadonlyArray<string>) =>
        Processes.welkin([...args, "--secret-file", "-"], {
          cwd: home,
          env: { XDG_CONFIG_HOME: home, ...rest },
          stdin: `${WELKIN_V1_CLIENT_SECRET}\n`
        })
      const doctor = yield* run("doctor")
      assert.strictEqual(doctor.code, 0, doctor.stderr)
      assert.match(doctor.stdout, /^configuration +WELKIN_V1_CLIENT_ID, WELKIN_V1_CLIENT_SECRET$/m)
      assert.match(doctor.stdout, /^workers +yes +[1-9]\d* +0 +0$/m)
      assert.notInclude(doctor.stdout + doctor.stderr, WELKIN_V1_CLIENT_SECRET)
      const got = yield* run("get", "workers?page[size]=1")
      assert.strictEqual(got.code, 0, got.stderr)
      assert.lengthOf(JSON.parse(got.stdout).data, 1)
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )
})

/** Runs a script in a shell, with the one of `welkin completions` on its stdin. */
const inShell = (shell: string, script: string, input: string) => spawnSync(shell, ["-c", script], { input, encoding: "utf8" })

describe("welkin completions", () => {
  it.live("bash completes commands and options with it", () =>
    Effect.gen(function* () {
      const { code, stdout } = yield* Processes.welkin(["completions", "bash"])
      assert.strictEqual(code, 0)
      const completed = (words: string, at: number) =>
        inShell(
          "bash",
          `eval "$(cat)"; complete -p welkin >&2 || exit 1
           COMP_WORDS=(${words}); COMP_CWORD=${at}; _welkin_bash_completions welkin; printf '%s\n' "\${COMPREPLY[@]}"`,
          stdout
        )
      const commands = completed("welkin e", 1)
      assert.match(commands.stderr, /^complete .*-F _welkin_bash_completions welkin$/m)
      assert.deepStrictEqual(commands.stdout.trim().split("\n").sort(), ["endpoints", "export"])
      const options = completed("welkin export --", 2).stdout.trim().split("\n")
      assert.includeMembers(options, ["--out", "--secret-file", "--progress", "--help"])
      assert.notIncludeMembers(options, ["--wizard"])
      for (const name of ["doctor", "get"]) assert.include(completed(`welkin ${name} --`, 2).stdout.split("\n"), "--api")
      assert.notInclude(stdout, "--wizard")
    })
  )

  for (const [shell, says] of [
    ["zsh", "#compdef welkin"],
    ["fish", "complete -c welkin"]
  ] as const) {
    it.live(`${shell} gets its own`, () =>
      Effect.gen(function* () {
        const { code, stdout } = yield* Processes.welkin(["completions", shell])
        assert.strictEqual(code, 0)
        assert.isTrue(stdout.startsWith(says))
        assert.match(stdout, /secret-file/)
        assert.notMatch(stdout, /wizard|log-level/)
        const read = inShell(shell, shell === "zsh" ? 'autoload -U compinit; compinit -D; eval "$(cat)"' : "cat | source", stdout)
        // where the shell is there, it must take it
        if (read.error === undefined) assert.strictEqual(read.status, 0, read.stderr)
      })
    )
  }
})

describe("welkin simulate", () => {
  it.live("tells in one line how it is reached, answers there, and stops on a signal", () =>
    Effect.gen(function* () {
      let answer: Promise<number> | undefined
      const { code, stdout } = yield* Processes.welkin(["simulate", "--patients", "3"], {
        onStderr: (text, kill) => {
          const url = /http:\/\/\S+/.exec(text)?.[0]
          if (url === undefined) return
          answer = fetch(`${url}/nowhere`).then((response) => response.status)
          void answer.finally(() => kill("SIGTERM"))
        }
      })
      assert.strictEqual(code, 143)
      assert.deepStrictEqual(Object.keys(JSON.parse(stdout)).sort(), ["apiClient", "baseUrl", "instance", "legacy", "secretKey", "tenant"])
      assert.strictEqual(yield* Effect.promise(() => answer!), 404)
    })
  )
})

describe("welkin endpoints", () => {
  it.live("prints the API as JSON", () =>
    Effect.gen(function* () {
      const list = JSON.parse((yield* Processes.welkin(["endpoints"])).stdout)
      assert.deepInclude(list, {
        id: "patients.get",
        generation: "v8",
        method: "GET",
        path: "/{tenant}/{instance}/patients/{patientId}",
        safe: true,
        paging: "none"
      })
    })
  )
})
