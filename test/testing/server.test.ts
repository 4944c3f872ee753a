import * as Net from "node:net"
import * as HttpClient from "@effect/platform/HttpClient"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { Simulator } from "../../src/testing/index.js"
import { layerServer, Server, serve } from "../../src/testing/server.js"
import { failureOf } from "./doors.js"

const get = (url: string) =>
  Effect.scoped(Effect.flatMap(HttpClient.get(url), (response) => Effect.map(response.text, (text) => ({ status: response.status, text }))))

const curl = (url: string, init?: RequestInit) =>
  Effect.promise(async () => {
    const response = await fetch(url, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, json: text === "" ? undefined : JSON.parse(text) }
  })

describe("the loopback server", () => {
  it.live("serves code that knows nothing of Effect, and shares its state with the door in process", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator.Simulator
      const { apiClient, baseUrl, instance, secretKey, tenant } = yield* Server
      expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
      const post = (body: unknown, headers: Record<string, string> = {}) => ({
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body)
      })
      const { json } = yield* curl(`${baseUrl}/${tenant}/admin/api_clients/${apiClient}`, post({ secret: Redacted.value(secretKey) }))
      const authorization = `Bearer ${json.token}`
      const created = yield* curl(
        `${baseUrl}/${tenant}/${instance}/patients`,
        post({ firstName: "Zoë", lastName: "Example" }, { authorization })
      )
      expect(created.status).toBe(201)
      expect(created.headers.get("transfer-encoding")).toBe("chunked")
      const inProcess = yield* simulator.httpClient.get(
        `${simulator.credentials.baseUrl}/${tenant}/${instance}/patients/${created.json.id}`,
        {
          headers: { authorization }
        }
      )
      expect(yield* inProcess.json).toEqual(created.json)
      expect((yield* simulator.journal).map(({ endpoint }) => endpoint)).toEqual([
        "authentication.exchange",
        "patients.create",
        "patients.get"
      ])
    }).pipe(Effect.provide(layerServer({ patients: 3 })))
  )

  it.live("takes the path as it comes: an escaped slash stays in its segment, dots are not resolved", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* Server
      const simulator = yield* Simulator.Simulator
      const raw = (path: string) =>
        Effect.async<string>((resume) => {
          const socket = Net.connect(Number(new URL(baseUrl).port), "127.0.0.1", () =>
            socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
          )
          let text = ""
          socket.on("data", (chunk) => {
            text += chunk
          })
          socket.on("close", () => resume(Effect.succeed(text)))
        })
      expect(yield* raw("/simulated/demo/patients/a%2Fb")).toContain("NOT_VALID_JSON_WEB_TOKEN")
      expect(yield* raw("/simulated/demo/patients/../patients")).toMatch(/^HTTP\/1\.1 404/)
      expect((yield* simulator.journal).map(({ endpoint }) => endpoint)).toEqual(["patients.get", undefined])
    }).pipe(Effect.provide(layerServer()))
  )

  it.live("goes down and comes back on the same port", () =>
    Effect.gen(function* () {
      const { baseUrl, down } = yield* Server
      expect((yield* get(`${baseUrl}/nowhere`)).status).toBe(404)
      yield* Effect.scoped(
        Effect.gen(function* () {
          yield* down
          expect(failureOf(yield* Effect.exit(get(`${baseUrl}/nowhere`)))).toBe("request ECONNREFUSED")
        })
      )
      expect((yield* get(`${baseUrl}/nowhere`)).status).toBe(404)
    }).pipe(Effect.provide([layerServer(), NodeHttpClient.layerUndici]))
  )

  it.live("ends with its scope, requests in flight included", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const simulator = yield* Simulator.make({ faults: [{ do: { _tag: "Hang" } }] }).pipe(Scope.extend(scope))
      const { baseUrl } = yield* serve().pipe(Effect.provideService(Simulator.Simulator, simulator), Scope.extend(scope))
      const fiber = yield* Effect.fork(Effect.exit(get(`${baseUrl}/nowhere`)))
      while ((yield* simulator.journal).length === 0) yield* Effect.sleep(2)
      yield* Scope.close(scope, Exit.void)
      expect(failureOf(yield* fiber)).toBe("request UND_ERR_SOCKET")
      expect(failureOf(yield* Effect.exit(get(`${baseUrl}/nowhere`)))).toBe("request ECONNREFUSED")
    }).pipe(Effect.provide(NodeHttpClient.layerUndici))
  )

  it.live("half-closes a connection behind its answer, and goes on listening on it", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* Server
      const { addFaults } = yield* Simulator.Simulator
      yield* addFaults({ at: "afterEnd", do: { _tag: "HalfClose" } })
      const [text, isWritable] = yield* Effect.async<readonly [string, boolean]>((resume) => {
        const socket = Net.connect({ host: "127.0.0.1", port: Number(new URL(baseUrl).port), allowHalfOpen: true })
        let text = ""
        socket.setEncoding("utf8")
        socket.on("data", (piece: string) => {
          text += piece
        })
        socket.once("end", () => resume(Effect.succeed([text, socket.writable])))
        socket.write("GET /nowhere HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
        return Effect.sync(() => socket.destroy())
      })
      expect(text).toMatch(/^HTTP\/1\.1 404 /)
      expect(text).toMatch(/connection: keep-alive/i)
      expect(isWritable).toBe(true)
    }).pipe(Effect.provide(layerServer()))
  )

  it.live("a client that hangs up frees what its request was waiting for", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* Server
      const simulator = yield* Simulator.Simulator
      /** The status of a request whose client went away while it was held at the door, and that was let in a while later. */
      const statusAfter = (millis: number) =>
        Effect.gen(function* () {
          const door = `door ${millis}`
          yield* simulator.addFaults({ at: "accept", do: { _tag: "Latch", name: door } })
          const controller = new AbortController()
          const answer = fetch(`${baseUrl}/simulated/demo/patients`, { signal: controller.signal }).catch(() => undefined)
          yield* simulator.held(door)
          controller.abort()
          yield* Effect.promise(() => answer)
          yield* Effect.sleep(millis)
          yield* simulator.release(door)
          yield* Effect.sleep(20)
          return (yield* simulator.journal).at(-1)?.status
        })
      // the other side of a connection learns of its end a moment later; the service must not see the request then
      const statuses: Array<number | undefined> = []
      for (const millis of [10, 100, 1000]) if (!statuses.includes(undefined)) statuses.push(yield* statusAfter(millis))
      expect(statuses).toContain(undefined)
    }).pipe(Effect.provide(layerServer()))
  )

  it.live("a taken port is a typed failure", () =>
    Effect.gen(function* () {
      const { baseUrl } = yield* Server
      const failure = yield* Effect.flip(Effect.scoped(serve(Number(new URL(baseUrl).port))))
      expect(failure).toMatchObject({ _tag: "CannotListen", code: "EADDRINUSE" })
      expect((yield* Effect.flip(Effect.scoped(serve(70_000))))._tag).toBe("CannotListen")
    }).pipe(Effect.provide(layerServer()))
  )

  it.live("two servers share nothing", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator.Simulator
      const before = yield* Server
      const after = yield* Effect.provide(Server, layerServer())
      expect(after.baseUrl).not.toBe(before.baseUrl)
      yield* get(`${before.baseUrl}/nowhere`)
      expect((yield* simulator.journal).length).toBe(1)
      expect(failureOf(yield* Effect.exit(get(`${after.baseUrl}/nowhere`)))).toBe("request ECONNREFUSED")
    }).pipe(Effect.provide([layerServer(), NodeHttpClient.layerUndici]))
  )
})
