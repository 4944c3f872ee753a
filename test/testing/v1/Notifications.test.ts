import * as HttpApp from "@effect/platform/HttpApp"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import * as TestClock from "effect/TestClock"
import { Simulator } from "../../../src/testing/index.js"
import { EmailAddresses, Patients, PhoneNumbers } from "../../../src/v1/index.js"
import { type Notifications, Receiver } from "../../../src/webhooks/index.js"
import { collect } from "../resources.js"
import { within } from "./legacy.js"

const notify = { url: "https://hooks.clinic.example/welkin", secret: "shared-secret", issuer: "our-client-id", audience: "our-audience" }
const options: Simulator.Options = { patients: 3, legacy: { notify } }

/** A client that reaches one app and nothing else. */
const reaching = (app: HttpApp.Default<never, Scope.Scope>): HttpClient.HttpClient => {
  // it logs, in a runtime of its own, what the application does not take
  const handle = HttpApp.toWebHandler(Effect.provide(app, Logger.remove(Logger.defaultLogger)))
  return HttpClient.make((request, url) =>
    url.href === notify.url && request.body._tag === "Uint8Array"
      ? Effect.map(
          Effect.promise(() =>
            handle(new Request(url, { method: request.method, headers: { ...request.headers }, body: (request.body as any).body }))
          ),
          (response) => HttpClientResponse.fromWeb(request, response)
        )
      : Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport" }))
  )
}

/** The SDK's receiver: what it was handed, and whether it is in order. */
const receiving = Effect.gen(function* () {
  const taken = yield* Ref.make<ReadonlyArray<ReadonlyArray<Notifications.Notification>>>([])
  const works = yield* Ref.make(true)
  // a web handler has a clock of its own
  const clock = yield* Effect.clock
  const receiver = yield* Receiver.make(
    { secrets: [Redacted.make(notify.secret)], issuer: notify.issuer, audience: notify.audience },
    (notifications) =>
      Effect.flatMap(Ref.get(works), (is) => (is ? Ref.update(taken, (all) => [...all, notifications]) : Effect.fail("full")))
  )
  return { client: reaching(Effect.withClock(receiver, clock)), taken: Ref.get(taken), works }
})

const change = Effect.gen(function* () {
  const { legacyPatientId } = yield* Simulator.Simulator
  const patient_id = Patients.PatientId.make(legacyPatientId(0))
  const first = yield* Patients.update({ id: patient_id, body: { city: "Sampleton" } })
  const second = yield* Patients.update({ id: patient_id, body: { city: "例町" } })
  const address = yield* EmailAddresses.create({ body: { patient_id, email: "ada@mail.example" } })
  return { first, second, address }
})

describe("notifications of the simulated legacy API", () => {
  it.effect("tell the receiver of the SDK what changed and when, once; what they tell of is found", () =>
    within(
      Effect.gen(function* () {
        const { notify } = yield* Simulator.Simulator
        const { client, taken } = yield* receiving
        expect(yield* notify(client)).toBe(true)
        const { address, first, second } = yield* change
        expect(yield* notify(client)).toBe(true)
        expect(yield* notify(client)).toBe(true)
        const told = yield* taken
        expect(told).toEqual([
          [
            { resource: "patients", from: first.updated_at, to: second.updated_at },
            { resource: "email_addresses", from: address.updated_at, to: address.updated_at }
          ]
        ])
        const [{ from, to }] = told[0] as any
        expect(yield* collect(Patients.findStream({ from, to }))).toEqual([second])
      }),
      options
    )
  )

  it.effect("come again until they are accepted, with what has changed meanwhile", () =>
    within(
      Effect.gen(function* () {
        const { notify } = yield* Simulator.Simulator
        const { client, taken, works } = yield* receiving
        const { first, second } = yield* change
        yield* Ref.set(works, false)
        expect(yield* notify(client)).toBe(false)
        const nowhere = HttpClient.make((request) => Effect.fail(new HttpClientError.RequestError({ request, reason: "Transport" })))
        expect(yield* notify(nowhere)).toBe(false)
        const accepted = HttpClient.make((request) =>
          Effect.succeed(HttpClientResponse.fromWeb(request, new Response(null, { status: 202 })))
        )
        expect(yield* notify(accepted)).toBe(false)
        const number = { patient_id: Patients.PatientId.make(second.id), phone_number: "1", phone_number_type: "cell" } as const
        yield* PhoneNumbers.create({ body: number })
        const third = yield* Patients.update({ id: second.id, body: { city: null } })
        yield* Ref.set(works, true)
        expect(yield* notify(client)).toBe(true)
        const [told, ...others] = yield* taken
        expect(others).toEqual([])
        expect(told!.map(({ resource }) => resource)).toEqual(["patients", "email_addresses", "phone_numbers", "conversations"])
        expect(told![0]).toEqual({ resource: "patients", from: first.updated_at, to: third.updated_at })
      }),
      options
    )
  )

  it.effect("are sent every minute while the layer lasts, and a silent receiver is given up after half of one", () =>
    within(
      Effect.gen(function* () {
        const { client, taken } = yield* receiving
        const silent = yield* Ref.make(true)
        const eventually = HttpClient.make((request) =>
          Effect.flatMap(Ref.get(silent), (is) => (is ? Effect.never : client.execute(request)))
        )
        const sending = Layer.build(Simulator.layerNotifications).pipe(Effect.provideService(HttpClient.HttpClient, eventually))
        yield* Effect.scoped(
          Effect.gen(function* () {
            yield* sending
            yield* change
            yield* TestClock.adjust("60 seconds")
            yield* Ref.set(silent, false)
            yield* TestClock.adjust("59 seconds")
            expect(yield* taken).toEqual([])
            yield* TestClock.adjust("1 second")
            // the receiver answers in its own time
            while ((yield* taken).length === 0) yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
            expect((yield* taken)[0]).toHaveLength(2)
          })
        )
        yield* change
        yield* TestClock.adjust("5 minutes")
        expect(yield* taken).toHaveLength(1)
      }),
      options
    )
  )

  it.effect("carry a token that expires within an hour, and addresses of the simulator; changes of long ago are not told", () =>
    within(
      Effect.gen(function* () {
        const { legacyCredentials, notify } = yield* Simulator.Simulator
        const bodies = yield* Ref.make<ReadonlyArray<any>>([])
        const reading = HttpClient.make((request) =>
          Ref.update(bodies, (all) => [...all, JSON.parse(new TextDecoder().decode((request.body as any).body))]).pipe(
            Effect.as(HttpClientResponse.fromWeb(request, new Response(null, { status: 500 })))
          )
        )
        const { address } = yield* change
        yield* notify(reading)
        const [told] = yield* Ref.get(bodies)
        const at = address.updated_at!.replace("Z", "")
        expect(told[1]).toEqual({
          resource: "email_addresses",
          from: at,
          to: at,
          href: `${legacyCredentials.baseUrl}/v1/email_addresses?page[to]=${at}&page[from]=${at}`
        })
        yield* TestClock.adjust("25 hours")
        expect(yield* notify(reading)).toBe(true)
        expect(yield* Ref.get(bodies)).toHaveLength(1)
      }),
      options
    )
  )

  it.effect("nobody is told where nobody is to be", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const { client, taken } = yield* receiving
        yield* change
        expect(yield* simulator.notify(client)).toBe(false)
        expect(yield* taken).toEqual([])
      }),
      { patients: 3 }
    )
  )

  it.effect("a snapshot holds what was not told yet", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const { client, taken } = yield* receiving
        yield* change
        const snapshot = yield* simulator.snapshot
        yield* simulator.notify(client)
        yield* simulator.restore(snapshot)
        yield* simulator.notify(client)
        const told = yield* taken
        expect(told).toHaveLength(2)
        expect(told[0]).toEqual(told[1])
      }),
      options
    )
  )
})
