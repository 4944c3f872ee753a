import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as TestClock from "effect/TestClock"
import { Simulator } from "../../../src/testing/index.js"
import { EmailAddresses, Patients } from "../../../src/v1/index.js"
import { ask, exchange as exchangeSecret } from "../doors.js"
import { exchange, grantType, now, refusal, sign, submit, wire, within } from "./legacy.js"

const oneYear = 365 * 86_400

describe("the legacy token", () => {
  it.effect("is given for a signed assertion and for nothing else, and opens the collections", () =>
    within(
      Effect.gen(function* () {
        const { json, status } = yield* exchange()
        expect([status, Object.keys(json)]).toEqual([200, ["access_token"]])
        expect((yield* wire("GET", "patients", { token: json.access_token })).status).toBe(200)
        for (const token of [null, "", json.access_token.slice(1), `${json.access_token}0`, `${json.access_token.slice(0, -1)}_`]) {
          expect(refusal(yield* wire("GET", "patients", { token }))).toEqual([401, "unauthorized", undefined])
        }
      })
    )
  )

  it.effect(
    "an assertion is taken as documented: for the service's own address as well, for as long as it likes, from a form or JSON",
    () =>
      within(
        Effect.gen(function* () {
          const at = Math.floor(now / 1000)
          for (const claims of [
            { aud: "https://api.welkinhealth.com/v1/token" },
            { exp: at + oneYear },
            { exp: at + 1 },
            { scope: "patients.read workers.write" }
          ]) {
            expect((yield* exchange({ claims })).status).toBe(200)
          }
          const body = { assertion: yield* sign(), grant_type: grantType }
          expect((yield* wire("POST", "token", { token: null, body })).status).toBe(200)
        })
      )
  )

  it.effect("a client that nobody knows, or with another secret, is a 400; every other fault of an assertion a 401", () =>
    within(
      Effect.gen(function* () {
        const at = Math.floor(now / 1000)
        for (const [assertion, ...told] of [
          [{ secret: "another" }, 400, "bad_request", ".assertion"],
          [{ claims: { iss: "somebody" } }, 400, "bad_request", ".assertion"],
          [{ claims: { aud: "https://elsewhere.example/v1/token" } }, 401, "unauthorized", ".assertion"],
          [{ claims: { aud: undefined } }, 401, "unauthorized", ".assertion"],
          [{ claims: { exp: at } }, 401, "unauthorized", ".assertion"],
          [{ claims: { exp: undefined } }, 401, "unauthorized", ".assertion"],
          [{ claims: { exp: at + 0.5 + 60 } }, 401, "unauthorized", ".assertion.exp"],
          [{ header: { alg: "HS512" } }, 401, "unauthorized", ".assertion"],
          [{ claims: { scope: "everything" } }, 400, "bad_request", ".assertion.scope"],
          [{ claims: { scope: "" } }, 400, "bad_request", ".assertion.scope"]
        ] as const) {
          expect(refusal(yield* exchange(assertion as Parameters<typeof exchange>[0]))).toEqual(told)
        }
        const good = yield* sign()
        const unsigned = `${btoa('{"alg":"none"}').replaceAll("=", "")}.${good.split(".")[1]}.`
        for (const [form, ...told] of [
          [{ assertion: unsigned, grant_type: grantType }, 401, "unauthorized", ".assertion"],
          [{ assertion: "CANARY", grant_type: grantType }, 400, "parse_exception", ".assertion"],
          [{ assertion: good, grant_type: "password" }, 400, "parse_exception", ".grant_type"],
          [{ grant_type: grantType }, 400, "bad_request", ".assertion"]
        ] as const) {
          const answer = yield* submit(form)
          expect(refusal(answer)).toEqual(told)
          expect(JSON.stringify(answer.json)).not.toContain("CANARY")
        }
      })
    )
  )

  it.effect("lives an hour on the clock, and is renewed by the SDK before it ends", () =>
    within(
      Effect.gen(function* () {
        const token: string = (yield* exchange()).json.access_token
        const { journal, legacyPatientId } = yield* Simulator.Simulator
        const id = Patients.PatientId.make(legacyPatientId(0))
        yield* Patients.get({ id })
        yield* TestClock.adjust("59 minutes")
        expect((yield* wire("GET", "patients", { token })).status).toBe(200)
        yield* TestClock.adjust("1 minute")
        expect((yield* wire("GET", "patients", { token })).status).toBe(401)
        yield* Patients.get({ id })
        const statuses = (yield* journal).filter(({ endpoint }) => endpoint === "patients.get").map(({ status }) => status)
        expect(statuses).toEqual([200, 200])
      })
    )
  )

  it.effect("one that ends sooner than the SDK believes is refused once, and replaced", () =>
    within(
      Effect.gen(function* () {
        const { journal, legacyPatientId } = yield* Simulator.Simulator
        const id = Patients.PatientId.make(legacyPatientId(0))
        yield* Patients.get({ id })
        yield* TestClock.adjust("2 minutes")
        yield* Patients.get({ id })
        expect((yield* journal).map(({ endpoint, status }) => `${endpoint} ${status}`)).toEqual([
          "authentication.exchange 200",
          "patients.get 200",
          "patients.get 401",
          "authentication.exchange 200",
          "patients.get 200"
        ])
      }),
      { patients: 3, tokenLifetimeSeconds: 60 }
    )
  )

  it.effect("a service whose clock is ahead refuses the first assertion; the SDK signs by its clock then", () =>
    within(
      Effect.gen(function* () {
        const { journal, legacyPatientId } = yield* Simulator.Simulator
        yield* Patients.get({ id: Patients.PatientId.make(legacyPatientId(0)) })
        expect((yield* journal).map(({ status }) => status)).toEqual([401, 200, 200])
      }),
      { patients: 3, clockSkewMillis: 2 * 3_600_000 }
    )
  )

  it.effect("is revoked with those of the current API, and counted with them", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const legacy: string = (yield* exchange()).json.access_token
        expect((yield* ask("GET", "/patients")).status).toBe(200)
        yield* simulator.addFaults({ match: { token: 1, generation: "v1" }, do: { _tag: "Status", status: 503 } })
        expect((yield* wire("GET", "workers", { token: legacy })).status).toBe(503)
        expect((yield* wire("GET", "workers", { token: legacy })).status).toBe(200)
        const last: string = (yield* exchange()).json.access_token
        yield* simulator.revokeTokens
        for (const token of [legacy, last]) expect((yield* wire("GET", "workers", { token })).status).toBe(401)
        expect((yield* exchange()).status).toBe(200)
      })
    )
  )

  it.effect("a token of one generation is none in the other", () =>
    within(
      Effect.gen(function* () {
        const legacy: string = (yield* exchange()).json.access_token
        expect((yield* ask("GET", "/patients", { token: legacy })).json[0].errorCode).toBe("NOT_VALID_JSON_WEB_TOKEN")
        const current: string = (yield* exchangeSecret).json.token
        expect((yield* wire("GET", "patients", { token: current })).status).toBe(401)
      })
    )
  )

  it.effect("asking often blocks nobody here, as it does in the current API", () =>
    within(
      Effect.gen(function* () {
        for (let n = 0; n < 120; n++) expect((yield* exchange()).status).toBe(200)
      })
    )
  )
})

describe("legacy scopes", () => {
  it.effect("a client gets what it may have, and does with it what the scope says", () =>
    within(
      Effect.gen(function* () {
        const { legacyPatientId } = yield* Simulator.Simulator
        const id = Patients.PatientId.make(legacyPatientId(0))
        expect(yield* Patients.get({ id })).toMatchObject({ id })
        expect((yield* Effect.flip(Patients.update({ id, body: { city: "Sampleton" } })))._tag).toBe("Forbidden")
        expect((yield* Effect.flip(EmailAddresses.find()))._tag).toBe("Forbidden")
        // who may write and not read is told the id alone
        const created = yield* EmailAddresses.create({ body: { patient_id: id, email: "ada@mail.example" } })
        expect(created).toEqual({ id: created.id })
        expect(refusal(yield* exchange({ claims: { scope: "all" } }))).toEqual([400, "bad_request", ".assertion.scope"])
        const narrow: string = (yield* exchange({ claims: { scope: "patients.read" } })).json.access_token
        expect(refusal(yield* wire("POST", "email_addresses", { token: narrow, body: {} }))).toEqual([403, "forbidden", undefined])
      }),
      { patients: 3, legacy: { scopes: ["patients.read", "email_addresses.write"] } }
    )
  )

  it.effect("what nobody has documented a scope for needs all of them", () =>
    within(
      Effect.gen(function* () {
        const narrow: string = (yield* exchange({ claims: { scope: "patients.read conversations.read" } })).json.access_token
        expect((yield* wire("GET", "messages", { token: narrow })).status).toBe(403)
        expect((yield* wire("GET", "conversations", { token: narrow })).status).toBe(200)
        expect((yield* wire("GET", "messages")).status).toBe(200)
      })
    )
  )

  it.effect("an endpoint can be denied and allowed; writes of workers are denied unless allowed", () =>
    within(
      Effect.gen(function* () {
        const { allow, deny } = yield* Simulator.Simulator
        const body = { email: "ida@staff.example", first_name: "Ida", last_name: "Example", timezone: "US/Eastern", role_ids: [] }
        expect((yield* wire("POST", "workers", { body })).status).toBe(403)
        yield* allow("workers.create")
        expect((yield* wire("POST", "workers", { body })).status).toBe(200)
        yield* deny("messages.find")
        expect(refusal(yield* wire("GET", "messages"))).toEqual([403, "forbidden", undefined])
      })
    )
  )
})

describe("options of the legacy API", () => {
  it.effect.each([
    ["a scope that is none", { scopes: ["patients.delete"] }],
    ["an empty client id", { clientId: "" }],
    ["a receiver on another machine", { notify: { url: "https://hooks.welkin.test/in", secret: "s", issuer: "i", audience: "a" } }],
    ["a receiver that is no URL", { notify: { url: "CANARY", secret: "s", issuer: "i", audience: "a" } }],
    ["a page of nothing", { maxSize: 0 }],
    ["an option that is none", { sizes: 7 }]
  ] as const)("%s is refused by its place, never by its value", ([, legacy]) =>
    Effect.gen(function* () {
      const built = yield* Effect.either(Effect.scoped(Simulator.make({ legacy } as Simulator.Options)))
      if (Either.isRight(built)) return expect.unreachable()
      expect([built.left._tag, built.left.message]).toEqual(["InvalidOptions", expect.stringContaining("legacy")])
      expect(built.left.message).not.toContain("CANARY")
    })
  )

  it.effect("no tenant is called as the legacy API's paths begin", () =>
    Effect.gen(function* () {
      const built = yield* Effect.either(Effect.scoped(Simulator.make({ tenant: "v1" })))
      expect(Either.isLeft(built)).toBe(true)
    })
  )
})
