import { describe, expect, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/TestClock"
import { Arbitraries, type Fault, Simulator } from "../../../src/testing/index.js"
import {
  AssessmentResponses,
  CalendarEvents,
  Calendars,
  CareFlows,
  Conversations,
  CustomDataTypeRecords,
  EmailAddresses,
  ExternalIds,
  IntegrationTasks,
  LegacyClient,
  Messages,
  Patients,
  PatientTasks,
  PhoneNumbers,
  Timestamp,
  Workers
} from "../../../src/v1/index.js"
import { aMoment, whileTimePasses } from "../../support/clock.js"
import { timestamp } from "../../support/legacy.js"
import { runs } from "../../support/runs.js"
import { collect } from "../resources.js"
import { exchange, now, refusal, wire, within } from "./legacy.js"

const collections = {
  AssessmentResponses,
  CalendarEvents,
  Calendars,
  CareFlows,
  Conversations,
  CustomDataTypeRecords,
  EmailAddresses,
  ExternalIds,
  IntegrationTasks,
  Messages,
  PatientTasks,
  Patients,
  PhoneNumbers,
  Workers
}

const legacy = FastCheck.record<Simulator.LegacyOptions>({
  envelope: FastCheck.constantFrom("2018", "2020"),
  spelling: FastCheck.constantFrom("2018", "2020", "both"),
  bounds: FastCheck.constantFrom("[]", "[)", "(]", "()"),
  order: FastCheck.constantFrom("ascending", "descending"),
  links: FastCheck.constantFrom("all", "malformed", "none"),
  maxSize: FastCheck.integer({ min: 20, max: 60 }),
  stamps: FastCheck.constantFrom("offset", "zulu", "naive")
})

/** A clock that stands still. The test clock waits for fibers in real time whenever it is set. */
const still = Effect.withClock(
  Object.assign(Object.create(Clock.make()) as Clock.Clock, { currentTimeMillis: Effect.succeed(now), unsafeCurrentTimeMillis: () => now })
)

/** A long run that gives no turn to the event loop looks dead to Vitest. */
const breath = Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))

const idsOf = (records: ReadonlyArray<{ readonly id: string }>) => records.map(({ id }) => id)

describe("windows of time", () => {
  it.effect.prop(
    "a walk brings every record once, whatever the service's habits",
    {
      legacy,
      seed: FastCheck.nat(1000),
      patients: FastCheck.integer({ min: 0, max: 30 }),
      name: FastCheck.constantFrom(...Object.keys(collections)),
      size: FastCheck.integer({ min: 20, max: 60 }),
      sharedInstants: FastCheck.constantFrom(1, 1, 3)
    },
    ({ legacy, name, patients, seed, sharedInstants, size }) => {
      const { findStream } = collections[name as keyof typeof collections] as typeof Calendars
      const options = { seed, patients, sharedInstants }
      const walk = (stated: Simulator.LegacyOptions, asked: number) =>
        collect(findStream({ size: asked })).pipe(Effect.provide(Simulator.layerClient({ ...options, legacy: stated })))
      return Effect.gen(function* () {
        yield* breath
        const all = yield* walk({}, 1000)
        const found = idsOf(yield* walk(legacy, size))
        expect(found.toSorted()).toEqual(idsOf(all).toSorted())
        expect(new Set(found).size).toBe(found.length)
      }).pipe(still)
    },
    { fastCheck: { numRuns: runs({ test: 20, sweep: 2000 }) } }
  )

  it.effect.prop(
    "what others write while a walk goes on takes nothing from it",
    {
      nth: FastCheck.integer({ min: 2, max: 4 }),
      which: FastCheck.nat(59),
      order: FastCheck.constantFrom("ascending" as const, "descending" as const)
    },
    ({ nth, order, which }) =>
      Effect.gen(function* () {
        yield* breath
        const { addFaults, legacyPatientId } = yield* Simulator.Simulator
        const [changed, created] = [
          legacyPatientId(which),
          { phase: "new", timezone: "US/Pacific", first_name: "Ida", last_name: "New", birthday: "1980-01-01" }
        ]
        const write = (method: "PUT" | "POST", path: string, body: unknown): Fault.Fault => ({
          match: { endpoint: "patients.find", generation: "v1", nth },
          do: { _tag: "Write", method, path, body }
        })
        yield* addFaults(write("PUT", `/v1/patients/${changed}`, { city: "Elsewhere" }), write("POST", "/v1/patients", created))
        const first = yield* collect(Patients.findStream({ size: 10 }))
        const rest = Array.from({ length: 60 }, (_, index) => legacyPatientId(index)).filter((id) => id !== changed)
        expect(idsOf(first)).toEqual(expect.arrayContaining(rest))
        // its new time lies after the walk's end: the next one has it
        const next = yield* collect(
          Patients.findStream({ from: Timestamp.fromMicros(BigInt(now) * 1000n), to: Timestamp.fromMicros(BigInt(now + 60_000) * 1000n) })
        )
        const { id } = next.find(({ last_name }) => last_name === "New")!
        expect(idsOf(next).toSorted()).toEqual([changed, id].toSorted())
      }).pipe(Effect.provide(Simulator.layerClient({ patients: 60, legacy: { order } })), still),
    { fastCheck: { numRuns: runs({ test: 4, sweep: 500 }) } }
  )

  it.effect.each(["ascending", "descending"] as const)("bounds count in as the option says, %s", (order) =>
    Effect.gen(function* () {
      const bounded = (bounds: "[]" | "[)" | "(]" | "()") =>
        within(
          Effect.gen(function* () {
            const { legacyPatientId } = yield* Simulator.Simulator
            // one of those from the start, and one that was written
            const { updated_at: from } = yield* Patients.get({ id: Patients.PatientId.make(legacyPatientId(3)) })
            const { updated_at: to } = yield* Patients.update({ id: Patients.PatientId.make(legacyPatientId(9)), body: { city: "例町" } })
            const lower = yield* Patients.find({ "page[from]": from!, "page[to]": to! })
            const upper = yield* Patients.find({ "page[from]": to!, "page[to]": to! })
            const { data } = yield* Patients.find({ "page[to]": from! })
            return {
              lower: lower.data.some(({ updated_at }) => updated_at === from),
              upper: lower.data.some(({ updated_at }) => updated_at === to),
              single: upper.data.length,
              last: data.some(({ updated_at }) => updated_at === from)
            }
          }),
          { patients: 12, legacy: { bounds, order } }
        )
      expect(yield* bounded("[]")).toEqual({ lower: true, upper: true, single: 1, last: true })
      expect(yield* bounded("[)")).toEqual({ lower: true, upper: false, single: 0, last: false })
      expect(yield* bounded("(]")).toEqual({ lower: false, upper: true, single: 0, last: true })
      expect(yield* bounded("()")).toEqual({ lower: false, upper: false, single: 0, last: false })
    })
  )

  it.effect("a filter lets through what lies in the window, and nothing of before or after", () =>
    within(
      Effect.gen(function* () {
        const conversations = yield* collect(Conversations.findStream())
        const owner = conversations.find(({ patient_id }) => conversations.filter((one) => one.patient_id === patient_id).length === 2)!
        const { patient_id } = owner
        const own = conversations.filter((one) => one.patient_id === patient_id)
        const found = (window: { readonly from?: Timestamp.Timestamp; readonly to?: Timestamp.Timestamp }) =>
          Effect.map(collect(Conversations.findStream({ patient_id: patient_id!, ...window })), idsOf)
        const after = (time: Timestamp.Timestamp) => Timestamp.fromMicros(Timestamp.toMicros(time) + 2n)
        const before = (time: Timestamp.Timestamp) => Timestamp.fromMicros(Timestamp.toMicros(time) - 2n)
        expect(yield* found({})).toEqual(idsOf(own))
        expect(yield* found({ from: after(own[0]!.updated_at!) })).toEqual([own[1]!.id])
        expect(yield* found({ to: before(own[1]!.updated_at!) })).toEqual([own[0]!.id])
      }),
      { patients: 40 }
    )
  )

  it.effect("a page is no larger than it may be, and says which size it has", () =>
    within(
      Effect.gen(function* () {
        const size = (query: Record<string, string>) =>
          Effect.map(wire("GET", "patients", { query }), ({ json: { data, links } }) => [data.length, links.meta.current["page[size]"]])
        expect(yield* size({})).toEqual([50, 50])
        expect(yield* size({ "page[size]": "7" })).toEqual([7, 7])
        expect(yield* size({ "page[size]": "5000" })).toEqual([60, 60])
      }),
      { patients: 100, legacy: { maxSize: 60 } }
    )
  )

  it.effect("pages name the next at every place, or in addresses that are badly encoded, or not at all", () =>
    Effect.gen(function* () {
      const query = { "page[size]": "5", "page[to]": "2024-01-01T00:00:00.000000" }
      const told = (options: Simulator.LegacyOptions) =>
        within(
          Effect.map(wire("GET", "patients", { query }), ({ json }) => json),
          { patients: 12, legacy: options }
        )
      const { data, links } = yield* told({})
      const last = data.at(-1).updated_at
      expect(links.next.meta["page[from]"]).toBe(last)
      expect(links.meta.next).toEqual(links.next.meta)
      expect(links.href.next).toBe(links.next.href)
      expect(new URL(links.next.href).searchParams.get("page[from]")).toBe(last.replace("+00:00", ""))
      expect(new URL(links.next.href).searchParams.get("page[to]")).toBe(query["page[to]"])

      const bad = (yield* told({ links: "malformed" })).links
      expect(Object.keys(bad).toSorted()).toEqual(["current", "href", "next"])
      expect(bad.next).toEqual({ href: bad.href.next })
      expect(bad.next.href).toMatch(/\?resource_name=patients&page\[%255Bfrom%255D\]=/)

      expect(Object.keys(yield* told({ links: "none" }))).toEqual(["data", "meta"])
      const [old] = yield* told({ envelope: "2018" })
      expect(old.meta.current["page[size]"]).toBe(5)
    })
  )

  it.effect("the last page names no next one", () =>
    within(
      Effect.gen(function* () {
        const { json } = yield* wire("GET", "patients", { query: { "page[size]": "12" } })
        expect([json.data.length, json.links.next, json.links.href.next]).toEqual([12, undefined, undefined])
      })
    )
  )

  it.effect("a link leads on as it stands, until there is none", () =>
    within(
      Effect.gen(function* () {
        const found: Array<string> = []
        let path = "patients?page%5Bsize%5D=20"
        for (let n = 0; path !== ""; n++) {
          const { json } = yield* wire("GET", path)
          found.push(...idsOf(json.data))
          const next: string | undefined = json.links.href.next
          path = next === undefined ? "" : next.slice(next.indexOf("/v1/") + 4)
          if (n > 20) return expect.unreachable()
        }
        const { legacyPatientId } = yield* Simulator.Simulator
        // the records of the last instant of a page come twice
        expect(Array.from(new Set(found))).toEqual(Array.from({ length: 90 }, (_, index) => legacyPatientId(index)))
      }),
      { patients: 90 }
    )
  )

  it.effect("what is no bound and no size is refused by its place", () =>
    within(
      Effect.gen(function* () {
        for (const [name, value] of [
          ["page[from]", "yesterday"],
          ["page[to]", "2024-02-30T00:00:00"],
          // a plus sign that was not encoded
          ["page[to]", "2024-02-03T00:00:00 00:00"],
          ["page[size]", "0"],
          ["page[size]", "-1"],
          ["page[size]", "many"]
        ]) {
          const told = yield* wire("GET", "patients", { query: { [name!]: value! } })
          expect(refusal(told)).toEqual([400, "parse_exception", `.${name}`])
        }
        for (const to of ["2024-01-01T00:00:00.1234567Z", "2024-01-01 00:00:00", "2024-01-01T00:00:00+00:00"]) {
          expect((yield* wire("GET", "patients", { query: { "page[to]": to } })).json.data).toHaveLength(12)
        }
        expect(refusal(yield* wire("POST", "phone_numbers/find", { body: { "page[from]": "now" } }))).toEqual([
          400,
          "parse_exception",
          ".page[from]"
        ])
      })
    )
  )
})

describe("the legacy population", () => {
  it.effect("the same seed makes the same bytes, another seed others; a larger one begins with the smaller", () =>
    Effect.gen(function* () {
      const text = (options: Simulator.Options) =>
        within(
          Effect.gen(function* () {
            const texts: Array<string> = []
            for (const find of Object.values(collections)) {
              const [, resource] = find.find.descriptor.path.split("/v1/")
              texts.push(yield* Effect.map(wire("GET", resource!, { query: { "page[size]": "5" } }), ({ text }) => text))
            }
            return texts
          }),
          { patients: 30, ...options }
        )
      const first = yield* text({ seed: 7 })
      expect(yield* text({ seed: 7 })).toEqual(first)
      expect(yield* text({ seed: 7, patients: 1_000_000 })).toEqual(first)
      const other = yield* text({ seed: 8 })
      expect(other.filter((one, at) => one === first[at])).toEqual([])
    })
  )

  it.effect("has instants that several records share, nulls and absent fields, names in many scripts, long texts", () =>
    within(
      Effect.gen(function* () {
        const patients = yield* collect(Patients.findStream())
        const times = patients.map(({ updated_at }) => updated_at)
        expect(new Set(times).size).toBeLessThan(times.length)
        expect(times).toEqual(times.toSorted())
        // a record that never changed was made a moment after that, by its own words
        const fresh = patients.filter(({ created_at, updated_at }) => created_at! > updated_at!)
        expect([fresh.length > 0, fresh.length < patients.length]).toEqual([true, true])
        expect(patients.some(({ birthday }) => birthday === null)).toBe(true)
        expect(patients.some((patient) => !("smokes" in patient))).toBe(true)
        expect(patients.some((patient) => patient.smokes === null)).toBe(true)
        expect(patients.some(({ first_name }) => /\p{Script=Hebrew}|\p{Script=Han}/u.test(first_name!))).toBe(true)
        const messages = yield* collect(Messages.findStream())
        expect(messages.some(({ contents }) => contents!.length > 1000)).toBe(true)
        // each belongs to somebody who is there, and was made after them
        const made = new Map(patients.map(({ created_at, id }) => [String(id), created_at!]))
        for (const { created_at, patient_id } of messages) expect(created_at! > made.get(patient_id!)!).toBe(true)
      }),
      { patients: 120 }
    )
  )

  it.effect("among a million patients a window, a record and a patient's numbers are found at once", () =>
    within(
      Effect.gen(function* () {
        const { legacyPatientId } = yield* Simulator.Simulator
        const id = Patients.PatientId.make(legacyPatientId(765_432))
        const found = yield* Patients.get({ id })
        const window = { from: found.updated_at!, to: found.updated_at! }
        expect(idsOf(yield* collect(Patients.findStream(window)))).toContain(id)
        const numbers = yield* collect(PhoneNumbers.findStream({ patient_id: id }))
        expect(numbers.every(({ patient_id }) => patient_id === id)).toBe(true)
        const external = yield* collect(ExternalIds.findStream({ welkin_id: id }))
        expect(external.every(({ welkin_id }) => welkin_id === id)).toBe(true)
        const from = timestamp("2023-08-01T00:00:00Z")
        expect(idsOf(yield* Stream.take(Patients.findStream({ from }), 3).pipe(collect))).toHaveLength(3)
      }),
      { patients: 1_000_000 }
    )
  )
})

describe("faults and counts", () => {
  it.effect.prop(
    "no plan of transient faults changes what a walk brings",
    { faults: Arbitraries.transientFaults() },
    ({ faults }) =>
      Effect.gen(function* () {
        const walked = (plan: ReadonlyArray<Fault.Fault>) =>
          Patients.findStream({ size: 20, to: timestamp("2024-01-01T00:00:00Z") }).pipe(
            collect,
            whileTimePasses("1 second", 2000, aMoment),
            Effect.provide(Simulator.layerClient({ patients: 70, faults: plan })),
            Effect.provide(Logger.remove(Logger.defaultLogger))
          )
        expect(yield* walked(faults)).toEqual(yield* walked([]))
      }),
    { fastCheck: { numRuns: runs({ test: 8, sweep: 1000 }) } }
  )

  it.effect("a fault strikes the endpoint of one generation where it says which", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator.Simulator
      yield* simulator.addFaults(
        { match: { endpoint: "patients.get", generation: "v8" }, do: { _tag: "Status", status: 503 } },
        { match: { endpoint: "patients.get", patient: simulator.legacyPatientId(1) }, do: { _tag: "TokenExpired" } },
        { match: { endpoint: "patients.find" }, do: { _tag: "Deny" } }
      )
      const get = (index: number) => Effect.map(wire("GET", `patients/${simulator.legacyPatientId(index)}`), refusal)
      expect(yield* get(0)).toEqual([200, undefined, undefined])
      expect(yield* get(1)).toEqual([401, "unauthorized", undefined])
      expect(refusal(yield* wire("GET", "patients"))).toEqual([403, "forbidden", undefined])
      expect((yield* simulator.unusedFaults).map(({ match }) => match?.generation)).toEqual(["v8"])
    }).pipe(within)
  )

  it.effect("the journal, the ledger, the rate and the snapshots are those of both generations", () =>
    within(
      Effect.gen(function* () {
        const simulator = yield* Simulator.Simulator
        const id = Patients.PatientId.make(simulator.legacyPatientId(0))
        const snapshot = yield* simulator.snapshot
        const lost: Fault.Fault = { match: { endpoint: "emailAddresses.create" }, at: "beforeHeaders", do: { _tag: "Reset" } }
        yield* simulator.addFaults(lost)
        const create = EmailAddresses.create({ body: { patient_id: id, email: "ada@mail.example" } })
        const error = yield* Effect.flip(create)
        expect([error._tag, "outcome" in error && error.outcome]).toEqual(["TransportError", "Unknown"])
        expect(yield* simulator.ledger).toEqual([
          { generation: "v1", endpoint: "emailAddresses.create", fingerprint: expect.any(String), applied: 1 }
        ])
        const entry = (yield* simulator.journal).at(-1)
        expect(entry).toMatchObject({ endpoint: "emailAddresses.create", route: "/v1/email_addresses", status: undefined })
        const token: string = (yield* exchange()).json.access_token
        yield* simulator.limitRate(1)
        yield* TestClock.adjust("1 second")
        expect((yield* wire("GET", "workers", { token })).status).toBe(200)
        expect(refusal(yield* wire("GET", "workers", { token }))).toEqual([429, "too_many_requests", undefined])
        yield* simulator.restore(snapshot)
        expect([yield* simulator.ledger, yield* simulator.journal]).toEqual([[], []])
      })
    )
  )
})

describe("both generations", () => {
  it.effect("have clients of their own on one simulator", () =>
    Effect.gen(function* () {
      const { legacyCredentials } = yield* Simulator.Simulator
      const count = Stream.runCount(Calendars.findStream())
      expect(yield* count).toBe(12)
      expect(yield* Effect.provide(count, Layer.orDie(LegacyClient.layer(legacyCredentials)))).toBe(12)
    }).pipe(within)
  )
})
