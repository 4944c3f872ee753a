import * as Http from "node:http"
import type * as Net from "node:net"
import * as HttpClient from "@effect/platform/HttpClient"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import * as jose from "jose"
import { WelkinClient } from "../../../src/index.js"
import { Simulator } from "../../../src/testing/index.js"
import { layerServer, Server } from "../../../src/testing/server.js"
import { EmailAddresses, LegacyClient, Patients, PhoneNumbers, Workers } from "../../../src/v1/index.js"
import { Patients as CurrentPatients } from "../../../src/v8/index.js"
import { collect } from "../resources.js"
import { grantType, now } from "./legacy.js"

const clients = Layer.unwrapEffect(
  Effect.map(Server, (server) => Layer.orDie(Layer.merge(WelkinClient.layer(server), LegacyClient.layer(server.legacyCredentials))))
).pipe(Layer.provide(NodeHttpClient.layerUndici))

describe("the legacy API behind a socket", () => {
  it.live("both generations are served on one port, from the state that the door in process has", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator.Simulator
      const id = Patients.PatientId.make(simulator.legacyPatientId(0))
      expect(yield* Stream.runCount(CurrentPatients.listStream())).toBe(30)
      expect(yield* collect(Patients.findStream({ size: 12 }))).toHaveLength(30)
      const created = yield* EmailAddresses.create({ body: { patient_id: id, email: "ada@mail.example" } })
      const inProcess = LegacyClient.layer(simulator.legacyCredentials).pipe(
        Layer.provide(Layer.succeed(HttpClient.HttpClient, simulator.httpClient))
      )
      expect(yield* EmailAddresses.get({ id: created.id }).pipe(Effect.provide(inProcess))).toEqual(created)
      expect((yield* Effect.flip(PhoneNumbers.get({ id: PhoneNumbers.PhoneNumberId.make("none") })))._tag).toBe("BadRequest")
      yield* EmailAddresses.remove({ id: created.id })
      expect((yield* simulator.ledger).map(({ applied, endpoint }) => `${endpoint} ${applied}`).toSorted()).toEqual([
        "emailAddresses.create 1",
        "emailAddresses.remove 1"
      ])
    }).pipe(Effect.provide(clients.pipe(Layer.provideMerge(layerServer({ patients: 30, legacy: { envelope: "2018", spelling: "2018" } })))))
  )

  it.live("code that knows nothing of Effect gets a token, and links that lead back here", () =>
    Effect.gen(function* () {
      const { baseUrl, legacyCredentials } = yield* Server
      expect(legacyCredentials.baseUrl).toBe(baseUrl)
      const text = yield* Effect.promise(async () => {
        const assertion = await new jose.SignJWT({ scope: "all" })
          .setProtectedHeader({ alg: "HS256" })
          .setIssuer(legacyCredentials.clientId)
          .setAudience(`${baseUrl}/v1/token`)
          .setExpirationTime("1 hour")
          .sign(new TextEncoder().encode(Redacted.value(legacyCredentials.clientSecret)))
        const traded = await fetch(`${baseUrl}/v1/token`, {
          method: "POST",
          body: new URLSearchParams({ assertion, grant_type: grantType })
        })
        const { access_token } = (await traded.json()) as any
        let next: string | undefined = `${baseUrl}/v1/workers?page[size]=5`
        const found: Array<string> = []
        while (next !== undefined) {
          const page: any = await (await fetch(next, { headers: { authorization: `Bearer ${access_token}` } })).json()
          found.push(...page.data.map(({ id }: any) => id))
          next = page.links.next?.href
        }
        return new Set(found).size
      })
      expect(text).toBe(12)
    }).pipe(Effect.provide(layerServer({ patients: 3 })))
  )

  it.scoped("tells a receiver on this machine of changes, every minute", () =>
    Effect.gen(function* () {
      const heard: Array<{ readonly body: any; readonly url: string | undefined; readonly authorization: string | undefined }> = []
      const receiver = yield* Effect.acquireRelease(
        Effect.async<Http.Server>((resume) => {
          const server = Http.createServer((incoming, outgoing) => {
            let text = ""
            incoming.on("data", (chunk) => {
              text += chunk
            })
            incoming.on("end", () => {
              heard.push({
                body: text === "" ? undefined : JSON.parse(text),
                url: incoming.url,
                authorization: incoming.headers.authorization
              })
              // a redirect is no acceptance, and is not followed
              outgoing.writeHead(heard.length === 1 ? 303 : 200, heard.length === 1 ? { location: "/elsewhere" } : {}).end()
            })
          }).listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
        }),
        (server) =>
          Effect.async<void>((resume) => {
            server.close(() => resume(Effect.void))
            server.closeAllConnections()
          })
      )
      const url = `http://127.0.0.1:${(receiver.address() as Net.AddressInfo).port}/in`
      const notify = { url, secret: "shared-secret", issuer: "our-client-id", audience: url }
      yield* TestClock.setTime(now)
      yield* Effect.gen(function* () {
        const { baseUrl } = yield* Server
        const until = (count: number) =>
          Effect.gen(function* () {
            yield* TestClock.adjust("60 seconds")
            while (heard.length < count) yield* Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 2)))
            // the answer is on its way back
            yield* Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 20)))
          })
        const [worker] = yield* collect(Workers.findStream())
        yield* Workers.update({ id: worker!.id, body: { active: false } })
        yield* until(1)
        yield* until(2)
        expect(heard.map(({ url }) => url)).toEqual(["/in", "/in"])
        expect(heard[1]!.body).toEqual(heard[0]!.body)
        expect(heard[0]!.body).toMatchObject([{ resource: "workers", href: expect.stringContaining(`${baseUrl}/v1/workers?page[to]=`) }])
        const key = new TextEncoder().encode(notify.secret)
        const { payload } = yield* Effect.promise(() =>
          jose.jwtVerify(heard[1]!.authorization!.replace("Bearer ", ""), key, {
            audience: url,
            issuer: notify.issuer,
            currentDate: new Date(now)
          })
        )
        expect(payload.scope).toBe("welkin")
        yield* TestClock.adjust("10 minutes")
        expect(heard).toHaveLength(2)
      }).pipe(Effect.provide(clients.pipe(Layer.provideMerge(layerServer({ patients: 3, allow: ["workers.update"], legacy: { notify } })))))
    })
  )
})
