/**
 * What the processes of the cluster agree on: a workflow that does one unit of an export, and where its records go.
 */

import * as ClusterWorkflowEngine from "@effect/cluster/ClusterWorkflowEngine"
import * as RunnerAddress from "@effect/cluster/RunnerAddress"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Path from "@effect/platform/Path"
import * as NodeClusterSocket from "@effect/platform-node/NodeClusterSocket"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as PgClient from "@effect/sql-pg/PgClient"
import * as Activity from "@effect/workflow/Activity"
import * as Workflow from "@effect/workflow/Workflow"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Limits, WelkinClient } from "effect-welkin"
import { Export, Folder, Manifest, Plan, Sink } from "effect-welkin/export"

/** Why a unit could not be done: the tag of the error, and nothing of what it holds. */
class UnitFailed extends Schema.TaggedError<UnitFailed>()("UnitFailed", { unit: Schema.String, error: Schema.String }) {}

/** One unit of a plan. The same unit is the same execution, however often and from wherever it is asked for. */
export const ExportUnit = Workflow.make({
  name: "ExportUnit",
  payload: { unit: Plan.Unit },
  success: Manifest.Result,
  error: UnitFailed,
  idempotencyKey: ({ unit }) => unit.id
})

/** The file of a unit. It appears under this name when it is whole. */
export const fileOf = ({ id }: Pick<Plan.Unit, "id">): string => `${id.replaceAll("/", "-")}.ndjson`

/**
 * Keeps each unit in one file, in a folder that all workers share. A worker that dies leaves a draft behind, and the one that does the
 * unit anew begins at its beginning: units are small, and give the same when they are done twice.
 */
export const SharedFolder: Layer.Layer<Sink.Sink, never, FileSystem.FileSystem | Path.Path> = Layer.effect(
  Sink.Sink,
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const folder = yield* Effect.orDie(Config.string("EXPORT_FOLDER"))
    const failing = (doing: "write" | "rename", name: string) => Effect.mapError(() => new Folder.DiskError({ doing, name, code: "EIO" }))
    return {
      begun: new Set(),
      ids: () => Effect.succeed([]),
      store: () => Effect.dieMessage("no kind of this export has files"),
      finish: () => Effect.void,
      open: Effect.fnUntraced(function* (unit) {
        const name = fileOf(unit)
        const draft = yield* fs.makeTempFileScoped({ directory: folder, prefix: "draft-" }).pipe(failing("write", name))
        const file = yield* fs.open(draft, { flag: "w", mode: 0o600 }).pipe(failing("write", name))
        const encoder = new TextEncoder()
        let records = 0
        let verdict: Manifest.ReadingVerdict = "verified"
        return {
          state: { _tag: "Begun", records: 0, position: undefined, last: [], has: () => false },
          write: (page) => {
            const bytes = encoder.encode(page.records.map(({ text }) => `${text}\n`).join(""))
            records += page.records.length
            verdict = Manifest.lesser(verdict, page.verdict)
            return Effect.as(file.writeAll(bytes), bytes.length).pipe(failing("write", name))
          },
          finish: Effect.gen(function* () {
            yield* file.sync
            yield* fs.rename(draft, path.join(folder, name))
            const files = [{ name, records, bytes: 0, sha256: "" }]
            return { records, duplicates: 0, superseded: 0, drift: 0, removedDuringExport: 0, reading: [], verdict, cursor: null, files }
          }).pipe(failing("rename", name))
        } satisfies Sink.Writer
      })
    }
  })
)

/** What a worker does with a unit. Done once, its result is kept in the database: a worker that comes later does not do it again. */
export const ExportUnits = ExportUnit.toLayer(({ unit }) =>
  Activity.make({
    name: "run",
    success: Manifest.Result,
    error: UnitFailed,
    execute: Export.runUnit(unit).pipe(Effect.mapError(({ _tag }) => new UnitFailed({ unit: unit.id, error: _tag })))
  })
).pipe(
  Layer.provide(SharedFolder),
  // all workers have the same API client: together they stay below what one process would ask for
  Layer.provide(WelkinClient.layerConfig().pipe(Layer.provide(Limits.layer({ concurrency: 4 })), Layer.provide(NodeHttpClient.layerUndici)))
)

const Database = Layer.unwrapEffect(Effect.map(Config.redacted("DATABASE_URL"), (url) => PgClient.layer({ url, maxConnections: 4 }))).pipe(
  Layer.orDie
)

/** The cluster, as one that takes work (with the port it listens on) or as one that only hands it out. */
export const cluster = (port: number | undefined) =>
  ClusterWorkflowEngine.layer.pipe(
    Layer.provideMerge(
      NodeClusterSocket.layer({
        storage: "sql",
        serialization: "ndjson",
        clientOnly: port === undefined,
        shardingConfig: {
          runnerAddress: port === undefined ? Option.none() : Option.some(RunnerAddress.make("127.0.0.1", port)),
          shardsPerGroup: 20,
          // the test's PostgreSQL has one session for all connections, and so no advisory locks
          shardLockDisableAdvisory: true,
          // a worker that is gone is missed after seconds here, and after half a minute by default
          shardLockRefreshInterval: "1 second",
          shardLockExpiration: "3 seconds",
          runnerHealthCheckInterval: "2 seconds",
          refreshAssignmentsInterval: "1 second",
          entityMessagePollInterval: "500 millis",
          entityReplyPollInterval: "200 millis",
          entityTerminationTimeout: "1 second"
        }
      })
    ),
    Layer.provide(Database)
  )
