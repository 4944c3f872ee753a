/**
 * The units of an export done by two processes, one of which is killed in the middle: every unit is there in the end, once, and
 * holds what one process alone would have written.
 */
import { spawn } from "node:child_process"
import { readdirSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as HttpClient from "@effect/platform/HttpClient"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, it } from "@effect/vitest"
import { PGlite } from "@electric-sql/pglite"
import { PGLiteSocketServer } from "@electric-sql/pglite-socket"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import { WelkinClient } from "effect-welkin"
import { Export } from "effect-welkin/export"
import { Simulator } from "effect-welkin/testing"
import { layerServer, Server } from "effect-welkin/testing/server"
import { build } from "esbuild"
import { temporaryFolder } from "../../support/folder.js"
import { cluster, ExportUnit, fileOf, SharedFolder } from "./units.js"

const root = fileURLToPath(new URL("../../..", import.meta.url))

/** A port that nobody listens on. */
const freePort = Effect.async<number>((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address()
    server.close(() => resume(Effect.succeed(typeof address === "object" && address !== null ? address.port : 0)))
  })
})

/**
 * PGlite has one session, and its server hands it the messages of all connections one by one: a statement that one connection has
 * parsed would be bound by another. So a connection keeps the session until its Sync, as in a transaction it does by itself.
 */
const inTurn = (db: PGlite): PGlite => {
  let isUnderWay = false
  return {
    waitReady: db.waitReady,
    runExclusive: db.runExclusive.bind(db),
    isInTransaction: () => isUnderWay || db.isInTransaction(),
    exec: (...args: Parameters<PGlite["exec"]>) => {
      isUnderWay = false
      return db.exec(...args)
    },
    execProtocolRawStream: (...args: Parameters<PGlite["execProtocolRawStream"]>) => {
      isUnderWay = "PBDECH".includes(String.fromCharCode(args[0][0]!))
      return db.execProtocolRawStream(...args)
    }
  } as unknown as PGlite
}

const database = Effect.acquireRelease(
  Effect.gen(function* () {
    const port = yield* freePort
    const server = yield* Effect.promise(async () => {
      const db = await PGlite.create()
      const server = new PGLiteSocketServer({ db: inTurn(db), port, host: "127.0.0.1", maxConnections: 50 })
      await server.start()
      return { stop: () => server.stop().then(() => db.close()) }
    })
    return { ...server, url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres` }
  }),
  ({ stop }) => Effect.promise(stop)
)

/** The worker as one file: a process knows nothing of TypeScript. It stays in the project, where its dependencies are found. */
const bundle = Effect.acquireRelease(
  Effect.promise(async () => {
    const outfile = join(root, `node_modules/.welkin-cluster-worker-${process.pid}.mjs`)
    const source = (entry: string) => join(root, `src/${entry}.ts`)
    await build({
      entryPoints: [fileURLToPath(new URL("worker.ts", import.meta.url))],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      alias: { "effect-welkin": source("index"), "effect-welkin/export": source("export/index") },
      logLevel: "error"
    })
    return outfile
  }),
  (outfile) => Effect.sync(() => rmSync(outfile, { force: true }))
)

const worker = (file: string, env: Readonly<Record<string, string>>) =>
  Effect.gen(function* () {
    const port = yield* freePort
    return yield* Effect.acquireRelease(
      Effect.sync(() => {
        const child = spawn(process.execPath, [file, String(port)], {
          env: { ...process.env, ...env },
          stdio: ["ignore", "ignore", "pipe"]
        })
        child.stderr.resume()
        return child
      }),
      (child) => Effect.sync(() => child.kill("SIGKILL"))
    )
  })

const kinds = ["tasks", "encounters", "sms", "emails", "patient-programs", "calendar-events", "assessments", "pdt-records", "chat"]

it.live(
  "does each unit of an export once, though one of two workers is killed in the middle",
  () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator.Simulator
      const { apiClient, baseUrl, instance, secretKey, tenant } = yield* Server
      const out = yield* temporaryFolder
      const { url } = yield* database
      const env = {
        DATABASE_URL: url,
        EXPORT_FOLDER: out,
        WELKIN_BASE_URL: baseUrl,
        WELKIN_TENANT: tenant,
        WELKIN_INSTANCE: instance,
        WELKIN_API_CLIENT: apiClient,
        WELKIN_SECRET_KEY: Redacted.value(secretKey)
      }
      const patients = Array.from({ length: 150 }, (_, index) => simulator.patientId(index))
      const { units } = Export.plan({ baseUrl, tenant, instance, kinds, patients })
      assert.isAtLeast(units.length, 20)

      const file = yield* bundle
      const [first] = yield* Effect.all([worker(file, env), worker(file, env)])
      const finished = () => readdirSync(out).filter((name) => name.endsWith(".ndjson"))
      const until = (condition: () => boolean) =>
        Effect.sync(condition).pipe(Effect.repeat({ until: (met) => met, schedule: Schedule.spaced("20 millis") }))

      yield* Effect.forEach(units, (unit) => ExportUnit.execute({ unit }, { discard: true }), { discard: true }).pipe(
        Effect.zipRight(until(() => finished().length >= units.length / 3)),
        Effect.tap(() => first.kill("SIGKILL")),
        Effect.zipRight(Effect.forEach(units, (unit) => ExportUnit.execute({ unit }), { concurrency: "unbounded" })),
        Effect.tap((results) => {
          const written = finished().map((name) => readFileSync(join(out, name), "utf8").split("\n").length - 1)
          assert.sameMembers(finished(), units.map(fileOf))
          assert.strictEqual(sum(written), sum(results.map(({ records }) => records)))
        }),
        Effect.provide(
          cluster(undefined).pipe(Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(env))))))
        )
      )

      // what one process alone writes, byte for byte
      const alone = yield* temporaryFolder
      yield* Effect.forEach(units, Export.runUnit, { discard: true }).pipe(
        Effect.provide([WelkinClient.layer(simulator.credentials), SharedFolder]),
        Effect.provide([Layer.succeed(HttpClient.HttpClient, simulator.httpClient), NodeContext.layer]),
        Effect.withConfigProvider(ConfigProvider.fromMap(new Map([["EXPORT_FOLDER", alone]])))
      )
      for (const unit of units)
        assert.strictEqual(readFileSync(join(out, fileOf(unit)), "utf8"), readFileSync(join(alone, fileOf(unit)), "utf8"))
    }).pipe(Effect.scoped, Effect.provide(layerServer({ patients: 150, latency: { millis: 5 } }))),
  120_000
)

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((one, other) => one + other, 0)
