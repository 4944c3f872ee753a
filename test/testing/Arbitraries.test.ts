import { describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FastCheck from "effect/FastCheck"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import * as Stream from "effect/Stream"
import { expect } from "vitest"
import { Arbitraries, Fault, Simulator } from "../../src/testing/index.js"
import { Cdts, Exports, Patients } from "../../src/v8/index.js"
import type * as WelkinClient from "../../src/WelkinClient.js"
import type { WelkinError } from "../../src/WelkinError.js"
import { whileTimePasses } from "../support/clock.js"
import { runs } from "../support/runs.js"
import { exported, wire, within } from "./resources.js"

/** Everything that a reader sees: a list page by page, an export, the records of one patient. */
const everything = Effect.gen(function* () {
  const { patientId } = yield* Simulator.Simulator
  const patients = yield* Stream.runCollect(Patients.listStream({ size: 20 }))
  const exported = yield* Stream.runCollect(Exports.patientsStream({ pageSize: 15 }))
  const records = yield* Stream.runCollect(Cdts.listStream({ patientId: patients.pipe(Chunk.unsafeGet(1)).id, cdtName: "cdt-vitals" }))
  const one = yield* Patients.get({ patientId: patientId(3) })
  return JSON.stringify([patients, exported, records, one])
})

const read = (faults: ReadonlyArray<Fault.Fault>) =>
  whileTimePasses("5 seconds")(everything).pipe(Effect.provide(Simulator.layerClient({ patients: 50, faults })))

describe("plans of transient faults", () => {
  it.effect.prop(
    "change no result of a read",
    { faults: Arbitraries.transientFaults() },
    ({ faults }) =>
      Effect.gen(function* () {
        expect(yield* read(faults)).toBe(yield* read([]))
      }),
    { fastCheck: { numRuns: runs({ test: 20, sweep: 1000 }) } }
  )

  it.effect.prop(
    "are sound faults, and can be stored",
    { faults: Arbitraries.transientFaults({ endpoints: ["patients.list"], most: 5 }) },
    ({ faults }) =>
      Effect.gen(function* () {
        expect(faults.length).toBeLessThanOrEqual(5)
        expect(yield* Schema.decodeUnknown(Schema.Array(Fault.Fault))(JSON.parse(JSON.stringify(faults)))).toEqual(faults)
        expect(faults.every(({ match }) => match?.endpoint === "patients.list")).toBe(true)
      })
  )

  it("shrink to a plan with one fault where one is enough", () => {
    const details = FastCheck.check(
      FastCheck.property(Arbitraries.transientFaults(), (faults) => !faults.some((fault) => fault.do._tag === "Hang")),
      { numRuns: 2000 }
    )
    expect(details.counterexample?.[0]).toMatchObject([{ match: { nth: 1 }, do: { _tag: "Hang" } }])
    expect(details.counterexample?.[0]).toHaveLength(1)
  })
})

describe("plans of faults", () => {
  it("are sound, can be stored, and are of every kind at every moment", () => {
    const decode = Schema.decodeUnknownSync(Schema.Array(Fault.Fault))
    const kinds = new Set<string>()
    FastCheck.assert(
      FastCheck.property(Arbitraries.faults({ most: 8 }), (faults) => {
        expect(decode(JSON.parse(JSON.stringify(faults)))).toEqual(faults)
        for (const { at, do: action } of faults) kinds.add(typeof at === "object" ? `${action._tag} within` : `${action._tag} ${at}`)
      }),
      { numRuns: 1000, seed: 1 }
    )
    const tags = new Set(Array.from(kinds, (kind) => kind.split(" ")[0]))
    const actions = Fault.Action.members
      .flatMap(({ ast }) => AST.getPropertySignatures(AST.typeAST(ast)))
      .flatMap(({ name, type }) => (name === "_tag" && AST.isLiteral(type) ? [String(type.literal)] : []))
    expect(actions).toHaveLength(Fault.Action.members.length)
    expect(actions.filter((tag) => !tags.has(tag))).toEqual(["Latch"])
    expect(kinds).toContain("Reset within")
    expect(kinds).toContain("Reset afterEnd")
    expect(kinds).toContain("Hang accept")
  })

  it.effect.prop(
    "leave every call an end: a value, or an error of the SDK's",
    { faults: Arbitraries.faults() },
    ({ faults }) =>
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const place = { patientId: Patients.PatientId.make(patientId(1)) }
        const calls: ReadonlyArray<Effect.Effect<unknown, WelkinError, WelkinClient.WelkinClient>> = [
          Patients.get(place),
          Stream.runDrain(Patients.listStream({ size: 2 })),
          Patients.create({ body: { firstName: "Ada", lastName: "Example" } })
        ]
        for (const call of calls) {
          const exit = yield* whileTimePasses("20 seconds", 500)(Effect.exit(call))
          if (Exit.isFailure(exit) && !Cause.isFailType(exit.cause)) expect.fail(Cause.pretty(exit.cause))
        }
      }).pipe(Effect.provide(Simulator.layerClient({ patients: 5, faults }))),
    { fastCheck: { numRuns: runs({ test: 10, sweep: 3000 }) } }
  )

  it("shrink to the one fault that matters, as it is by default", () => {
    const least = (isBad: (fault: Fault.Fault) => boolean) =>
      FastCheck.check(
        FastCheck.property(Arbitraries.faults({ endpoints: ["patients.list"] }), (faults) => !faults.some(isBad)),
        { numRuns: 5000, seed: 3 }
      ).counterexample?.[0]
    const match = { endpoint: "patients.list" }
    expect(least((fault) => fault.do._tag === "Deny")).toEqual([{ match, do: { _tag: "Deny" } }])
    expect(least((fault) => fault.do._tag === "Drip" && typeof fault.at === "object")).toEqual([
      { match, at: { afterBytes: 0 }, do: { _tag: "Drip", bytes: 1, everyMillis: 0 } }
    ])
    expect(least((fault) => fault.match?.times === "always" && fault.do._tag === "Status")).toEqual([
      { match: { ...match, times: "always" }, do: { _tag: "Status", status: 503 } }
    ])
  })
})

/** Every record that there is, by kind, and the totals that lists of them tell. */
const allRecords = Effect.fnUntraced(function* (mayComeTwice: boolean) {
  const every = (resource: string) =>
    Effect.map(exported(resource, 7), (records) =>
      mayComeTwice ? Array.from(new Map(records.map((record) => [record.id, record])).values()) : records
    )
  const kinds = {
    patients: yield* every("PATIENT"),
    cdtRecords: yield* every("CDT_RECORD"),
    events: yield* every("CALENDAR_EVENT"),
    encounters: yield* every("ENCOUNTER"),
    dispositions: yield* every("ENCOUNTER_DISPOSITION"),
    assessments: yield* every("ASSESSMENT"),
    programs: yield* every("PATIENT_PROGRAM"),
    sms: yield* every("SMS"),
    emails: yield* every("EMAIL"),
    calls: yield* every("VOICE_CALL"),
    tasks: yield* every("TASK")
  }
  const total = (path: string, query: Record<string, string> = {}) =>
    Effect.map(wire("GET", path, { query }), ({ json }) => (json.metaInfo ?? json).totalElements as number)
  return {
    kinds,
    users: (yield* wire("GET", "/admin/users", { query: { size: "100" } })).json.data as ReadonlyArray<any>,
    totals: {
      patients: yield* total("/patients"),
      encounters: yield* total("/encounters", { withCareTeam: "false" }),
      tasks: yield* total("/tasks"),
      events: yield* total("/calendar/events", {
        from: "2000-01-01T00:00:00.000Z",
        to: "2200-01-01T00:00:00.000Z",
        includeCancelled: "true"
      })
    }
  }
})

describe("populations", () => {
  it.effect.prop(
    "fit together, whatever their seed, size and data types",
    { population: Arbitraries.population({ patients: 12 }) },
    ({ population }) =>
      within(
        Effect.gen(function* () {
          const { kinds, totals, users } = yield* allRecords((population.sharedInstants ?? 1) > 1)
          expect(kinds.patients).toHaveLength(population.patients)
          expect(totals).toEqual({
            patients: kinds.patients.length,
            encounters: kinds.encounters.length,
            tasks: kinds.tasks.length,
            events: kinds.events.length
          })
          const ids = Object.values(kinds).flatMap((records) => records.map(({ id }) => id))
          expect(new Set(ids).size).toBe(ids.length)

          const patients = new Set(kinds.patients.map(({ id }) => id))
          const staff = new Set(users.map(({ id }) => id))
          const { cdtRecords, encounters, dispositions, assessments, programs, tasks } = kinds
          for (const { patientId } of [...cdtRecords, ...encounters, ...dispositions, ...assessments, ...programs])
            expect(patients).toContain(patientId)
          for (const { patient } of tasks) if (patient !== null && patient !== undefined) expect(patients).toContain(patient.id)
          for (const { direction, receiver, sender, unrecognized } of [...kinds.sms, ...kinds.emails, ...kinds.calls]) {
            expect(staff).toContain(direction === "OUT" ? sender : receiver)
            if (!unrecognized) expect(patients).toContain(direction === "OUT" ? receiver : sender)
          }
          for (const { careTeamMembers } of kinds.patients) for (const { id } of careTeamMembers) expect(staff).toContain(id)
          const events = new Set(kinds.events.map(({ id }) => id))
          for (const { hostId, participants } of kinds.events) {
            expect(staff).toContain(hostId)
            for (const { participantId, participantRole } of participants)
              expect(participantRole === "psm" ? staff : patients).toContain(participantId)
          }
          for (const { jsonBody } of encounters) if (jsonBody.calendarEventId !== null) expect(events).toContain(jsonBody.calendarEventId)
          const known = new Set(encounters.map(({ id }) => id))
          for (const { jsonBody } of dispositions) expect(known).toContain(jsonBody.source_id)
          const types = population.cdts ?? { "cdt-wellbeing": {}, "cdt-vitals": {}, "cdt-consent": {} }
          for (const { cdtName, jsonBody } of cdtRecords) {
            expect(Object.keys(types)).toContain(cdtName)
            for (const field of Object.keys(types[cdtName]!)) expect(jsonBody).toHaveProperty([field])
          }
        }),
        population
      ),
    { fastCheck: { numRuns: runs({ test: 8, sweep: 500 }) } }
  )

  it.effect("shrink to as many patients as it takes, and to nothing besides", () =>
    Effect.gen(function* () {
      const runtime = yield* Effect.runtime()
      const details = yield* Effect.promise(() =>
        FastCheck.check(
          FastCheck.asyncProperty(Arbitraries.population(), (population) =>
            Runtime.runPromise(runtime)(
              within(
                Effect.map(wire("GET", "/patients", { query: { size: "100" } }), ({ json }) => json.content.length < 4),
                population
              )
            )
          ),
          { seed: 1 }
        )
      )
      expect(details.counterexample?.[0]).toEqual({ seed: 0, patients: 4 })
    })
  )
})
