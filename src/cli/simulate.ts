import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { layerServer, Server } from "../testing/server.js"
import * as Display from "./Display.js"
import * as Failure from "./Failure.js"
import * as Flags from "./Flags.js"
import { Output } from "./Output.js"

const port = Options.integer("port").pipe(
  Options.withPseudoName("N"),
  Options.withDescription("The port on 127.0.0.1; 0 takes any free one."),
  Options.withDefault(0)
)

const seed = Options.integer("seed").pipe(
  Options.withPseudoName("N"),
  Options.withDescription("The same seed makes the same records."),
  Options.withDefault(1)
)

const patients = Options.integer("patients").pipe(
  Options.withPseudoName("N"),
  Options.withDescription("How many patients there are."),
  Options.withDefault(100)
)

export const command = Command.make("simulate", { port, seed, patients, ...Display.options }, (options) =>
  Effect.gen(function* () {
    const output = yield* Output
    const { apiClient, baseUrl, instance, legacyCredentials, secretKey, tenant } = yield* Server
    // nothing here is secret: the simulator made it up
    const legacy = { baseUrl, clientId: legacyCredentials.clientId, clientSecret: Redacted.value(legacyCredentials.clientSecret) }
    yield* output.result(JSON.stringify({ baseUrl, tenant, instance, apiClient, secretKey: Redacted.value(secretKey), legacy }))
    yield* output.note(`simulator on ${baseUrl} (seed ${options.seed}), until you stop it`)
    return yield* Effect.never
  }).pipe(Effect.provide(layerServer({ port: options.port, seed: options.seed, patients: options.patients })), Effect.mapError(Failure.of))
).pipe(
  Flags.heeded,
  Command.withDescription("Run a Welkin of invented patients on this machine, and print how to reach it as one line of JSON.")
)
