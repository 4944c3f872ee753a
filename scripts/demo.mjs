// npm run demo: the embedded Welkin on a loopback socket, and the real command exporting from it.
//
// On the way the server plays one 429 with Retry-After and one expired token. At the end the files are held against the manifest.
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Simulator } from "effect-welkin/testing"
import { layerServer, Server } from "effect-welkin/testing/server"

const root = fileURLToPath(new URL("..", import.meta.url))
const out = join(root, "demo-export")
const shown = "./demo-export"
const seed = 1
const patients = 300

/** @param {string} text */
const say = (text) => process.stderr.write(`${text}\n`)

/** @type {ReadonlyArray<import("effect-welkin/testing").Fault.Fault>} */
const faults = [
  { match: { endpoint: "exports.cdtRecords", nth: 4 }, do: { _tag: "Status", status: 429, retryAfter: 2 } },
  { match: { endpoint: "exports.patients", nth: 3 }, do: { _tag: "TokenExpired" } }
]

/**
 * The command, as anybody would run it.
 *
 * @param {import("effect-welkin/testing/server").Service} server
 * @returns {Promise<number>}
 */
const exporting = (server) =>
  new Promise((resolve) => {
    const { apiClient, baseUrl, instance, secretKey, tenant } = server
    const child = spawn(process.execPath, [join(root, "dist/bin/welkin.js"), "export", "--out", shown, "--page-size", "50"], {
      cwd: root,
      stdio: "inherit",
      env: {
        ...process.env,
        WELKIN_TENANT: tenant,
        WELKIN_INSTANCE: instance,
        WELKIN_API_CLIENT: apiClient,
        WELKIN_SECRET_KEY: Redacted.value(secretKey),
        WELKIN_BASE_URL: baseUrl
      }
    })
    child.once("exit", (code) => resolve(code ?? 1))
  })

/** Counts and hashes what is in the folder, and compares it with what the manifest says. */
const verify = () => {
  const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))
  let records = 0
  for (const kind of manifest.kinds) {
    for (const file of kind.files) {
      const bytes = readFileSync(join(out, file.name))
      const lines = bytes.toString("utf8").split("\n").slice(0, -1)
      if (createHash("sha256").update(bytes).digest("hex") !== file.sha256)
        throw new Error(`${file.name}: the SHA-256 is not the manifest's`)
      if (lines.length !== file.records) throw new Error(`${file.name}: ${lines.length} records, ${file.records} in the manifest`)
      for (const line of lines) JSON.parse(line)
      records += lines.length
    }
  }
  const exported = manifest.kinds.find((/** @type {{ name: string }} */ { name }) => name === "patients")?.records
  if (exported !== patients) throw new Error(`${exported} patients exported, ${patients} simulated`)
  return { records, files: manifest.kinds.reduce((/** @type {number} */ sum, /** @type {any} */ { files }) => sum + files.length, 0) }
}

const demo = Effect.gen(function* () {
  const server = yield* Server
  const simulator = yield* Simulator.Simulator
  say(`simulator on ${server.baseUrl} (seed ${seed}, ${patients} patients; one 429 and one expired token on the way)`)
  const code = yield* Effect.promise(() => exporting(server))
  if (code !== 0) return code
  const { files, records } = verify()
  const journal = yield* simulator.journal
  const answered = (/** @type {number} */ status) => journal.filter((entry) => entry.status === status).length
  say("")
  say(`✔ ${patients} patients · ${records.toLocaleString("en-US")} records · ${files} files · counts and SHA-256 verified · out: ${shown}`)
  say(`  ${journal.length} requests: ${answered(429)} told to wait, ${answered(401)} with an expired token, no record lost or doubled`)
  say("")
  say("Next:")
  say(`  head -c 400 ${shown}/patients/part-00001.ndjson    # a record, as the server wrote it`)
  say(`  cat ${shown}/manifest.json                         # counts, hashes, cursors`)
  say("  node dist/bin/welkin.js simulate                      # the same server, for as long as you like")
  say("  node dist/bin/welkin.js export --help                 # the same export, from your Welkin")
  return 0
}).pipe(Effect.provide(layerServer({ seed, patients, faults })))

// the folder is the demo's own, and in .gitignore
rmSync(out, { recursive: true, force: true })
process.exitCode = await Effect.runPromise(demo)
