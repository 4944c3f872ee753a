import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { version } from "../../src/internal/version.js"
import type * as Fault from "../../src/testing/Fault.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { layerServer, Server } from "../../src/testing/server.js"
import * as Processes from "../support/process.js"

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "welkin-export-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

const environment = Effect.map(Server, ({ apiClient, baseUrl, instance, secretKey, tenant }) => ({
  WELKIN_TENANT: tenant,
  WELKIN_INSTANCE: instance,
  WELKIN_API_CLIENT: apiClient,
  WELKIN_SECRET_KEY: Redacted.value(secretKey),
  WELKIN_BASE_URL: baseUrl
}))

const simulated = (faults: ReadonlyArray<Fault.Fault> = []) => layerServer({ seed: 1, patients: 60, faults })

const filesBelow = (path: string): ReadonlyArray<string> =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)

const secret = "s3cr3t-CANARY"
const configured = {
  WELKIN_TENANT: "acme",
  WELKIN_INSTANCE: "demo",
  WELKIN_API_CLIENT: "ABCDEFGHIJKL",
  WELKIN_SECRET_KEY: secret,
  WELKIN_BASE_URL: "http://127.0.0.1:9"
}

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

  for (const [name, args, says] of [
    ["an unknown command", ["exprot"], 'did you mean "export"?'],
    ["a missing option", ["export"], "--out"],
    ["an unknown option", ["export", "--out", "x", "--bogus"], "--bogus"],
    ["a page of no records", ["export", "--out", "x", "--page-size", "0"], "--page-size"],
    ["a moment that is none", ["export", "--out", "x", "--since", "CANARY"], "--since"],
    ["a value of the wrong type", ["simulate", "--port", "CANARY"], "--help"],
    ["an unknown resource", ["export", "--out", "x", "--resources", "patient"], 'did you mean "patients"?']
  ] as const) {
    it.live(`${name}: one sentence on stderr, exit 2`, () =>
      Effect.gen(function* () {
        const { code, stderr, stdout } = yield* Processes.welkin(args, { env: configured })
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
        const out = join(yield* folder, "out")
        const { [name]: _, ...rest } = configured
        for (const env of [rest, { ...rest, [name]: "" }]) {
          const { code, stderr } = yield* Processes.welkin(["export", "--out", out], { env })
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
        const out = join(yield* folder, "out")
        const { code, stderr } = yield* Processes.welkin(["export", "--out", out], { env: { ...configured, [name]: ".." } })
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
        const out = join(yield* folder, "out")
        const { code, stderr } = yield* Processes.welkin(["export", "--out", out], { env: { ...configured, WELKIN_BASE_URL: url } })
        assert.strictEqual(code, 2)
        assert.match(stderr, /baseUrl|WELKIN_BASE_URL/)
        assert.include(stderr, "must")
        assert.notInclude(stderr, "CANARY")
      }).pipe(Effect.scoped)
    )
  }
})

const two = ["--resources", "patients,cdt-records"]

/** What of an export does not depend on when it ran: the hashes of its files. */
const hashesOf = (out: string): ReadonlyArray<string> =>
  JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")).kinds.flatMap(({ files }: any) => files.map(({ sha256 }: any) => sha256))

describe("welkin export", () => {
  it.live("writes whole, private files and a manifest that tells the truth, through a 429 and an expired token", () =>
    Effect.gen(function* () {
      const out = join(yield* folder, "out")
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
        "journal.ndjson",
        "log.ndjson",
        "manifest.json",
        "part-00001.ndjson.gz",
        "part-00001.ndjson.gz"
      ])
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
      const out = join(yield* folder, "out")
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
      const out = join(yield* folder, "out")
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
      const out = join(yield* folder, "out")
      const { code, stdout } = yield* Processes.welkin(["export", "--out", out, "--dry-run", "--page-size", "7"], { env: configured })
      assert.strictEqual(code, 0)
      const { kinds } = JSON.parse(stdout)
      assert.deepInclude(kinds, { name: "sms", mode: "bulk", otherwise: "crawl", units: 1, callsAtLeast: { perThousandRecords: 143 } })
      assert.isFalse(existsSync(out))
    }).pipe(Effect.scoped)
  )

  it.live("a folder that holds something is left alone, exit 2", () =>
    Effect.gen(function* () {
      const out = yield* folder
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
        const out = join(yield* folder, "out")
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
      const out = join(yield* folder, "out")
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

  it.live("nobody there: TransportError, exit 1, at once", () =>
    Effect.gen(function* () {
      const out = join(yield* folder, "out")
      const { code, stderr } = yield* Processes.welkin(["export", "--out", out], { env: configured })
      assert.strictEqual(code, 1)
      assert.include(stderr, "TransportError")
      assert.notInclude(stderr, secret)
    }).pipe(Effect.scoped)
  )

  it.live("a full disk: exit 74; when there is room again the same command goes on", () =>
    Effect.gen(function* () {
      const out = join(yield* folder, "out")
      const env = yield* environment
      const args = ["export", "--out", out, ...two, "--page-size", "20"]
      const { code, stderr } = yield* Processes.welkin(args, { env, shell: "ulimit -f 8" })
      assert.strictEqual(code, 74, stderr)
      assert.include(stderr, "EFBIG")
      assert.isFalse(existsSync(join(out, "manifest.json")))
      const again = yield* Processes.welkin(args, { env })
      assert.strictEqual(again.code, 0, again.stderr)
      assert.include(again.stderr, "there already")
      assert.strictEqual((yield* Processes.welkin(["verify", out])).code, 0)
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  it.live("a folder that may not be written: exit 74 before the first request", () =>
    Effect.gen(function* () {
      const parent = yield* folder
      const out = join(parent, "locked", "out")
      mkdirSync(join(parent, "locked"))
      chmodSync(join(parent, "locked"), 0o555)
      chmodSync(parent, 0o755)
      // nobody's rights, where the tests run as root
      const uid = process.getuid?.() === 0 ? { uid: 65534 } : {}
      const { code, stderr } = yield* Processes.welkin(["export", "--out", out], { env: yield* environment, ...uid })
      assert.strictEqual(code, 74, stderr)
      assert.include(stderr, "EACCES")
      assert.deepStrictEqual(yield* (yield* Simulator.Simulator).journal, [])
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  for (const [signal, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143]
  ] as const) {
    it.live(`${signal} in the middle: exit ${exitCode} within two seconds, how to go on, and the same hashes in the end`, () =>
      Effect.gen(function* () {
        const parent = yield* folder
        const out = join(parent, "out")
        const env = yield* environment
        const args = (to: string) => ["export", "--out", to, ...two, "--page-size", "10"]
        let stopped = 0
        const { code, stderr } = yield* Processes.welkin(args(out), {
          env,
          onStderr: (text, kill) => {
            if (!text.includes("exporting")) return
            setTimeout(() => {
              stopped = Date.now()
              kill(signal)
            }, 300)
          }
        })
        assert.strictEqual(code, exitCode)
        assert.isBelow(Date.now() - stopped, 2000)
        assert.include(stderr, "Go on with:")
        assert.isFalse(existsSync(join(out, "manifest.json")))
        const again = yield* Processes.welkin(args(out), { env })
        assert.strictEqual(again.code, 0, again.stderr)
        yield* Processes.welkin(args(join(parent, "golden")), { env })
        assert.deepStrictEqual(hashesOf(out), hashesOf(join(parent, "golden")))
      }).pipe(Effect.scoped, Effect.provide(simulated([{ match: { method: "GET", times: "always" }, do: { _tag: "Delay", millis: 40 } }])))
    )
  }

  it.live("a second exporter: exit 75 in less than a second, and the first one does not notice", () =>
    Effect.gen(function* () {
      const out = join(yield* folder, "out")
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
      const out = join(yield* folder, "out")
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
      const parent = yield* folder
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
      assert.deepStrictEqual(Object.keys(JSON.parse(stdout)).sort(), ["apiClient", "baseUrl", "instance", "secretKey", "tenant"])
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
