import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { version } from "../../src/internal/version.js"
import type * as Fault from "../../src/testing/Fault.js"
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

describe("welkin export", () => {
  it.live("writes whole, private files and a manifest that tells the truth, through a 429 and an expired token", () =>
    Effect.gen(function* () {
      const out = join(yield* folder, "out")
      const { code, stderr, stdout } = yield* Processes.welkin(["export", "--out", out, "--page-size", "20", "--json"], {
        env: yield* environment,
        shell: "umask 000"
      })
      assert.strictEqual(code, 0, stderr)
      const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))
      assert.deepStrictEqual(JSON.parse(stdout), manifest)
      assert.strictEqual(manifest.complete, true)
      assert.deepStrictEqual(
        manifest.kinds.map(({ drift, name }: { drift: number; name: string }) => [name, drift]),
        [
          ["cdt-records", 0],
          ["patients", 0]
        ]
      )
      assert.strictEqual(manifest.kinds[1].records, 60)
      for (const name of ["", "patients", "cdt-records"]) assert.strictEqual(statSync(join(out, name)).mode & 0o777, 0o700)
      for (const name of ["manifest.json", "patients/part-00001.ndjson", "cdt-records/part-00001.ndjson"]) {
        assert.strictEqual(statSync(join(out, name)).mode & 0o777, 0o600)
      }
      assert.isFalse(filesBelow(out).some((name) => name.endsWith(".tmp")))
      assert.notInclude(stderr, "\u001b")
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

  it.live("--resources exports no more than was asked for", () =>
    Effect.gen(function* () {
      const out = join(yield* folder, "out")
      const { code } = yield* Processes.welkin(["export", "--out", out, "--resources", "patients"], { env: yield* environment })
      assert.strictEqual(code, 0)
      assert.deepStrictEqual(readdirSync(out).sort(), ["manifest.json", "patients"])
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  it.live("a folder that holds something is left alone, exit 2", () =>
    Effect.gen(function* () {
      const out = yield* folder
      writeFileSync(join(out, "mine.txt"), "mine")
      const { code, stderr } = yield* Processes.welkin(["export", "--out", out], { env: yield* environment })
      assert.strictEqual(code, 2)
      assert.include(stderr, "not empty")
      assert.deepStrictEqual(readdirSync(out), ["mine.txt"])
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  for (const [name, fault, exitCode, tag] of [
    [
      "a wrong secret",
      { match: { endpoint: "authentication.exchange", times: "always" }, do: { _tag: "Status", status: 401 } },
      77,
      "AuthenticationError"
    ],
    ["a missing right", { match: { endpoint: "exports.patients", times: "always" }, do: { _tag: "Deny" } }, 77, "Forbidden"],
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
    it.live(`${name}: ${tag}, exit ${exitCode}, nothing under a final name`, () =>
      Effect.gen(function* () {
        const out = join(yield* folder, "out")
        const { code, stderr } = yield* Processes.welkin(["export", "--out", out, "--resources", "patients"], { env: yield* environment })
        assert.strictEqual(code, exitCode, stderr)
        assert.include(stderr, tag)
        assert.notInclude(stderr, "CANARY")
        assert.deepStrictEqual(filesBelow(out), [])
      }).pipe(Effect.scoped, Effect.provide(simulated([fault])))
    )
  }

  it.live("nobody there: TransportError, exit 1", () =>
    Effect.gen(function* () {
      const out = join(yield* folder, "out")
      const { code, stderr } = yield* Processes.welkin(["export", "--out", out], { env: configured })
      assert.strictEqual(code, 1)
      assert.include(stderr, "TransportError")
      assert.notInclude(stderr, secret)
    }).pipe(Effect.scoped)
  )

  it.live("a full disk: exit 74, nothing under a final name", () =>
    Effect.gen(function* () {
      const out = join(yield* folder, "out")
      const { code, stderr } = yield* Processes.welkin(["export", "--out", out], { env: yield* environment, shell: "ulimit -f 8" })
      assert.strictEqual(code, 74, stderr)
      assert.include(stderr, "EFBIG")
      assert.deepStrictEqual(filesBelow(out), [])
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
    }).pipe(Effect.scoped, Effect.provide(simulated()))
  )

  for (const [signal, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143]
  ] as const) {
    it.live(`${signal} in the middle: exit ${exitCode}, nothing under a final name`, () =>
      Effect.gen(function* () {
        const out = join(yield* folder, "out")
        const { code } = yield* Processes.welkin(["export", "--out", out, "--page-size", "5"], {
          env: yield* environment,
          onStderr: (text, kill) => {
            if (text.includes("exporting")) setTimeout(() => kill(signal), 300)
          }
        })
        assert.strictEqual(code, exitCode)
        assert.deepStrictEqual(filesBelow(out), [])
      }).pipe(Effect.scoped, Effect.provide(simulated([{ match: { method: "GET", times: "always" }, do: { _tag: "Delay", millis: 100 } }])))
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
