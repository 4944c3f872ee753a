// npm run demo: the embedded Welkin on a loopback socket, and the real command exporting everything from it.
//
// Four kinds may not be read in bulk, and are read patient by patient. On the way the server plays one 429 with Retry-After and one
// expired token. `npm run demo -- --crash-at 40%` kills the command
// in the middle, as kill -9 does; `npm run demo` then goes on and ends with the same hashes as a run that was never stopped.
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { Export, Sink } from "effect-welkin/export"
import { Simulator } from "effect-welkin/testing"
import { layerServer, Server } from "effect-welkin/testing/server"

const root = fileURLToPath(new URL("..", import.meta.url))
const command = join(root, "dist/bin/welkin.js")
const out = join(root, "demo-export")
const shown = "./demo-export"
const seed = 1
const patients = 100
const pageSize = 50

/** @param {string} text */
const say = (text) => process.stderr.write(`${text}\n`)

/** @type {ReadonlyArray<import("effect-welkin/testing").Fault.EndpointId>} */
const deny = ["exports.tasks", "exports.sms", "exports.patientPrograms", "exports.encounterComments"]

/** @type {ReadonlyArray<import("effect-welkin/testing").Fault.Fault>} */
const faults = [
  { match: { endpoint: "exports.cdtRecords", nth: 4 }, do: { _tag: "Status", status: 429, retryAfter: 2 } },
  { match: { endpoint: "exports.patients", nth: 2 }, do: { _tag: "TokenExpired" } }
]

/** @param {ReadonlyArray<string>} args */
const crashAt = (args) => {
  const value = args[args.indexOf("--crash-at") + 1]
  if (args.length === 0) return undefined
  const percent = /^(\d{1,2})%$/.exec(value ?? "")?.[1]
  if (!args.includes("--crash-at") || percent === undefined) throw new Error("usage: npm run demo [-- --crash-at 40%]")
  return Number(percent) / 100
}

/** How many requests the whole export makes: a plan, run into a sink that keeps nothing but the patients' ids. */
const requestsInAll = Effect.gen(function* () {
  const { credentials, journal } = yield* Simulator.Simulator
  /** @type {Array<string>} */
  const ids = []
  /** @type {import("effect-welkin/export").Manifest.Result} */
  const nothing = {
    records: 0,
    duplicates: 0,
    superseded: 0,
    drift: 0,
    removedDuringExport: 0,
    reading: [],
    verdict: "verified",
    cursor: null,
    files: []
  }
  /** @type {import("effect-welkin/export").Sink.Sink["Type"]} */
  const counting = {
    open: ({ kind }) =>
      Effect.succeed({
        state: { _tag: "Begun", records: 0, position: undefined, last: [], has: () => false },
        write: ({ records }) =>
          Effect.sync(() => {
            if (kind === "patients") ids.push(...records.flatMap(({ id }) => (id === undefined ? [] : [id])))
            return 0
          }),
        finish: Effect.succeed(nothing)
      }),
    begun: new Set(),
    ids: () => Effect.succeed(ids),
    store: (content) => Effect.map(Stream.runDrain(content), () => ({ sha256: "", bytes: 0 })),
    finish: () => Effect.void
  }
  yield* Export.run(Export.plan({ ...credentials, pageSize })).pipe(Stream.runDrain, Effect.provideService(Sink.Sink, counting))
  return (yield* journal).length
}).pipe(Effect.provide(Simulator.layerClient({ seed, patients, deny })))

/**
 * The command, as anybody would run it.
 *
 * @param {import("effect-welkin/testing/server").Service} server
 * @param {Effect.Effect<unknown> | undefined} killAfter
 * @returns {Effect.Effect<number>} its exit code; 137 where it was killed
 */
const exporting = (server, killAfter) =>
  Effect.async((resume) => {
    const { apiClient, baseUrl, instance, secretKey, tenant } = server
    const child = spawn(process.execPath, [command, "export", "--out", shown, "--page-size", String(pageSize)], {
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
    const stop = killAfter === undefined ? () => {} : Effect.runCallback(killAfter, { onExit: () => child.kill("SIGKILL") })
    child.once("exit", (code) => {
      stop()
      resume(Effect.succeed(code ?? 137))
    })
  })

/** @returns {Promise<number>} */
const verifying = () =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [command, "verify", shown], { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
    child.once("exit", (code) => resolve(code ?? 1))
  })

const read = () => {
  const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"))
  /** @type {ReadonlyArray<{ records: number, sha256: string }>} */
  const files = manifest.kinds.flatMap((/** @type {any} */ kind) => kind.files)
  return {
    files: files.length + manifest.contents.files,
    records: files.reduce((sum, file) => sum + file.records, 0),
    exported: manifest.kinds.find((/** @type {any} */ { name }) => name === "patients")?.records,
    // one hash over all hashes: the same for every run that ends, however often it was stopped
    digest: createHash("sha256")
      .update(files.map(({ sha256 }) => sha256).join())
      .digest("hex")
  }
}

const demo = Effect.gen(function* () {
  const share = crashAt(process.argv.slice(2))
  // the folder is the demo's own, and in .gitignore; one that was left unfinished is gone on with
  const goesOn = share === undefined && existsSync(out) && !existsSync(join(out, "manifest.json"))
  if (!goesOn) rmSync(out, { recursive: true, force: true })
  const server = yield* Server
  const simulator = yield* Simulator.Simulator
  say(
    `simulator on ${server.baseUrl} (seed ${seed}, ${patients} patients; on the way: four kinds without bulk right, one 429, one expired token)`
  )
  const wanted = share === undefined ? 0 : Math.ceil((yield* requestsInAll) * share)
  const answered = Effect.map(simulator.journal, (journal) => journal.filter(({ status }) => status === 200).length)
  const enough = Effect.gen(function* () {
    while ((yield* answered) < wanted) yield* Effect.sleep("5 millis")
  })
  const code = yield* exporting(server, share === undefined ? undefined : enough)
  if (code === 137) {
    say("")
    say(`killed at ${(share ?? 0) * 100} %, as kill -9 does. Go on with: npm run demo`)
    return code
  }
  if (code !== 0) return code
  if ((yield* Effect.promise(verifying)) !== 0) throw new Error("the folder is not what the manifest says")
  const { digest, exported, files, records } = read()
  if (exported !== patients) throw new Error(`${exported} patients exported, ${patients} simulated`)
  const journal = yield* simulator.journal
  const count = (/** @type {number} */ status) => journal.filter((entry) => entry.status === status).length
  say("")
  say(`✔ ${patients} patients · ${records.toLocaleString("en-US")} records · ${files} files · sha256 verified · out: ${shown}`)
  say(`  ${journal.length} requests: ${count(429)} told to wait, ${count(401)} with an expired token, no record lost or doubled`)
  say(`  all hashes in one: ${digest.slice(0, 16)}${goesOn ? ", as if it had never been stopped" : ""}`)
  say("")
  say("Next:")
  say(`  zcat ${shown}/patients/part-00001.ndjson.gz | head -c 400    # a record, as the server wrote it`)
  say(`  cat ${shown}/manifest.json                                   # counts, hashes, cursors`)
  say("  npm run demo -- --crash-at 40%                                # kill it in the middle, then npm run demo")
  say("  node dist/bin/welkin.js simulate                              # the same server, for as long as you like")
  return 0
}).pipe(Effect.provide(layerServer({ seed, patients, deny, faults, latency: { millis: 5, upToMillis: 25 } })))

process.exitCode = await Effect.runPromise(demo)
