import { expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Processes from "../../support/process.js"

it.live("the command says how to reach both generations, on one line", () =>
  Effect.gen(function* () {
    const { stdout } = yield* Processes.welkin(["simulate", "--port", "0"], { onStderr: (_, kill) => kill("SIGTERM") })
    expect(stdout.trim().split("\n")).toHaveLength(1)
    const { baseUrl, legacy, secretKey } = JSON.parse(stdout)
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(secretKey).not.toBe("")
    expect(legacy).toEqual({ baseUrl, clientId: "simulated-client", clientSecret: "simulated-client-secret" })
  })
)
