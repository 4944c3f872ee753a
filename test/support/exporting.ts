import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Server } from "../../src/testing/server.js"

/** The variables that lead the command to the simulator. */
export const environment = Effect.map(Server, ({ apiClient, baseUrl, instance, secretKey, tenant }) => ({
  WELKIN_TENANT: tenant,
  WELKIN_INSTANCE: instance,
  WELKIN_API_CLIENT: apiClient,
  WELKIN_SECRET_KEY: Redacted.value(secretKey),
  WELKIN_BASE_URL: baseUrl
}))

/** The same of its legacy API. */
export const legacyEnvironment = Effect.map(Server, ({ legacyCredentials: { baseUrl, clientId, clientSecret } }) => ({
  WELKIN_V1_CLIENT_ID: clientId,
  WELKIN_V1_CLIENT_SECRET: Redacted.value(clientSecret),
  WELKIN_V1_BASE_URL: baseUrl
}))

export const secret = "s3cr3t-CANARY"

/** Variables that are all right and lead nowhere. */
export const configured = {
  WELKIN_TENANT: "acme",
  WELKIN_INSTANCE: "demo",
  WELKIN_API_CLIENT: "ABCDEFGHIJKL",
  WELKIN_SECRET_KEY: secret,
  WELKIN_BASE_URL: "http://127.0.0.1:9"
}

/** Two kinds are enough for most tests. */
export const two = ["--resources", "patients,cdt-records"]

/** What of an export does not depend on when it ran: the hashes of its files. */
export const hashesOf = (out: string): ReadonlyArray<string> =>
  JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")).kinds.flatMap(({ files }: any) => files.map(({ sha256 }: any) => sha256))
