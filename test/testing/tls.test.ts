/*
 * A TLS handshake that fails, in process and for real: a simulator that listens speaks plain HTTP, so real servers stand beside it here.
 * Their certificates are test/fixtures/tls: all self-signed with one key, for nobody.
 */
import { readFileSync } from "node:fs"
import * as Http from "node:http"
import * as Https from "node:https"
import type { AddressInfo } from "node:net"
import * as HttpClient from "@effect/platform/HttpClient"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Undici from "@effect/platform-node/Undici"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { AccessToken, RetryPolicy, WelkinClient } from "../../src/index.js"
import { type Fault, Simulator } from "../../src/testing/index.js"
import { Patients } from "../../src/v8/index.js"
import { failureOf } from "./doors.js"

const pem = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url))

type Problem = Extract<Fault.Action, { _tag: "Tls" }>["problem"]

const answer: Http.RequestListener = (_, response) => {
  response.end("{}")
}

/** For each problem a server that has it, and the certificate that its client trusts. */
const servers: { readonly [P in Problem]: readonly [server: () => Http.Server | Https.Server, trusted?: Buffer] } = {
  selfSigned: [() => Https.createServer({ key: pem("key"), cert: pem("unknown") }, answer)],
  expired: [() => Https.createServer({ key: pem("key"), cert: pem("expired") }, answer), pem("expired")],
  wrongHost: [() => Https.createServer({ key: pem("key"), cert: pem("otherHost") }, answer), pem("otherHost")],
  plainHttp: [() => Http.createServer(answer)]
}

const listening = (make: () => Http.Server | Https.Server) =>
  Effect.acquireRelease(
    Effect.async<Http.Server | Https.Server>((resume) => {
      const server = make()
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) =>
      Effect.async<void>((resume) => {
        server.close(() => resume(Effect.void))
        server.closeAllConnections()
      })
  )

/** How an HTTP client fails, and how a call of the SDK over it, after how many requests. */
const seen = (baseUrl: string, http: HttpClient.HttpClient, requests: Effect.Effect<number>) =>
  Effect.gen(function* () {
    const code = failureOf(yield* Effect.exit(http.get(`${baseUrl}/nowhere`)))
    const before = yield* requests
    const client = WelkinClient.layerWithoutToken({ baseUrl, tenant: "simulated", instance: "demo" }).pipe(
      Layer.provide([
        Layer.succeed(HttpClient.HttpClient, http),
        AccessToken.layerStatic(Redacted.make("token")),
        RetryPolicy.layer({ base: "1 milli" })
      ])
    )
    const create = Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
    const error = yield* Effect.flip(Effect.provide(create, Layer.orDie(client)))
    return {
      code,
      error: String(error),
      reason: "reason" in error && error.reason,
      outcome: error.outcome,
      tries: (yield* requests) - before
    }
  })

const forReal = (problem: Problem) =>
  Effect.gen(function* () {
    const [make, ca] = servers[problem]
    const server = yield* listening(make)
    let connections = 0
    server.on("connection", () => {
      connections++
    })
    const agent = yield* Effect.acquireRelease(
      Effect.sync(() => new Undici.Agent({ connect: ca === undefined ? {} : { ca } })),
      (one) => Effect.promise(() => one.destroy())
    )
    const http = NodeHttpClient.makeUndici(agent)
    return yield* seen(
      `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
      http,
      Effect.sync(() => connections)
    )
  })

const simulated = (problem: Problem) =>
  Effect.gen(function* () {
    const { credentials, httpClient, journal } = yield* Simulator.make({
      faults: [{ match: { times: "always" }, do: { _tag: "Tls", problem } }]
    })
    return yield* seen(
      credentials.baseUrl,
      httpClient,
      Effect.map(journal, ({ length }) => length)
    )
  })

describe("a TLS handshake that fails", () => {
  it.scopedLive.each([
    ["selfSigned", "DEPTH_ZERO_SELF_SIGNED_CERT", "Certificate", 1],
    ["expired", "CERT_HAS_EXPIRED", "Certificate", 1],
    ["wrongHost", "ERR_TLS_CERT_ALTNAME_INVALID", "Certificate", 1],
    ["plainHttp", "ERR_SSL_WRONG_VERSION_NUMBER", "Tls", 4]
  ] as const)("%s: the simulator raises what a server with it does, and nothing is sent", ([problem, code, reason, tries]) =>
    Effect.gen(function* () {
      const real = yield* forReal(problem)
      expect(real).toMatchObject({ code: `request ${code}`, reason, outcome: "NotSent", tries })
      const played = yield* simulated(problem)
      expect(played).toEqual(real)
    })
  )
})
