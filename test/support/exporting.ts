import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Server } from "../../src/testing/server.js"

/** A folder that is gone with its scope. */
export const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "welkin-export-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** The variables that lead the command to the simulator. */
export const environment = Effect.map(Server, ({ apiClient, baseUrl, instance, secretKey, tenant }) => ({
  WELKIN_TENANT: tenant,
  WELKIN_INSTANCE: instance,
  WELKIN_API_CLIENT: apiClient,
  WELKIN_SECRET_KEY: Redacted.value(secretKey),
  WELKIN_BASE_URL: baseUrl
}))

/** Two kinds are enough for most tests. */
export const two = ["--resources", "patients,cdt-records"]

/** What of an export does not depend on when it ran: the hashes of its files. */
export const hashesOf = (out: string): ReadonlyArray<string> =>
  JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")).kinds.flatMap(({ files }: any) => files.map(({ sha256 }: any) => sha256))
