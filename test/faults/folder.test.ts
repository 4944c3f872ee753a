/**
 * Nothing of a record stands beside the records (P24, P33): an export of a world with every kind, with rights that are missing and a
 * patient that fails, whose every name, journal, log, list of failures, manifest and event is searched for what its data files hold.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { jsonOf } from "../../src/cli/Progress.js"
import * as Export from "../../src/export/Export.js"
import * as FolderSink from "../../src/export/FolderSink.js"
import * as Simulator from "../../src/testing/Simulator.js"
import { whileTimePasses } from "../support/clock.js"
import { temporaryFolder } from "../support/folder.js"

/** Schemas are those of the models, whatever the records are. */
const isData = (name: string): boolean => /\.ndjson\.gz$/.test(name) || name.startsWith("files/") || name.startsWith("schema/")

const stringsIn = (value: unknown): ReadonlyArray<string> =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)])
      : []

/** Words of the service's own, which say nothing of anybody; instants, which cursors are; and numbers. */
const isCommon = (text: string): boolean =>
  text.length < 8 || /^[a-z]+(?:[A-Z][a-z]*)*$/.test(text) || /^[A-Z]+(?:[-_][A-Z]+)*$/.test(text) || /^[\d.:TZ+-]+$/.test(text)

const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)

it.effect(
  "an export says nothing of its records outside their files",
  () =>
    Effect.gen(function* () {
      const { credentials, patientId } = yield* Simulator.Simulator
      const out = yield* temporaryFolder
      const plan = Export.plan({ ...credentials, pageSize: 10 })
      const events = yield* Export.run(plan).pipe(Stream.runCollect, Effect.provide(FolderSink.layer(out, plan)))
      const paths = readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
      const records = paths
        .filter((name) => name.endsWith(".ndjson.gz"))
        .flatMap((name) =>
          gunzipSync(readFileSync(join(out, name)))
            .toString("utf8")
            .split("\n")
            .filter(Boolean)
        )
      const kinds = new Set(plan.fingerprint.filters.kinds)
      const values = new Set(records.flatMap((line) => stringsIn(JSON.parse(line))).filter((text) => !isCommon(text) && !kinds.has(text)))
      assert.isAbove(values.size, 500)
      assert.isTrue(values.has(patientId(0)))

      const said = [
        ...paths.filter((name) => !isData(name)).map((name) => [name, readFileSync(join(out, name), "utf8")] as const),
        ["names", paths.map((name) => name.replace(/^files\/.*/, "files")).join("\n")] as const,
        ["events", Chunk.toReadonlyArray(events).map(jsonOf).join("\n")] as const
      ]
      const leaks = (sinks: ReadonlyArray<readonly [string, string]>) =>
        sinks.flatMap(([where, text]) =>
          [...values]
            // ids may stand in the journal and in the list of failures
            .filter((value) => !(isId(value) && ["journal.ndjson", "failures.ndjson"].includes(where)))
            .filter((value) => text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1)))
            .map((value) => `${where}: ${value}`)
        )
      assert.sameMembers(
        said.map(([where]) => where),
        ["journal.ndjson", "failures.ndjson", "log.ndjson", "manifest.json", "names", "events"]
      )
      assert.isEmpty(leaks(said), leaks(said).slice(0, 10).join("\n"))
      // a leak is found, in a journal as well
      assert.isNotEmpty(leaks([["journal.ndjson", records[0]!]]))
      assert.isNotEmpty(leaks([["log.ndjson", `seen: ${patientId(0)}`]]))
    }).pipe(
      whileTimePasses("1 minutes", 2000),
      Effect.scoped,
      Effect.provide(NodeContext.layer),
      Effect.provide(
        Simulator.layerClient({
          seed: 7,
          patients: 12,
          deny: ["exports.sms", "exports.emails", "contacts.list"],
          faults: [{ match: { endpoint: "exports.tasks", times: 1000 }, do: { _tag: "Status", status: 500 } }]
        })
      )
    ),
  60_000
)
