import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { describe, expect, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Endpoint, WelkinClient } from "../../src/index.js"
import { Simulator } from "../../src/testing/index.js"
import * as Routes from "../../src/testing/internal/routes.js"
import { layerServer, Server } from "../../src/testing/server.js"
import * as V8 from "../../src/v8/index.js"
import { Cdts, Exports, Patients } from "../../src/v8/index.js"
import { runs } from "../support/runs.js"

const endpoints: ReadonlyArray<Endpoint.Descriptor> = Object.values(V8)
  .flatMap((module) => Object.values(module))
  .flatMap((value) => (Endpoint.isEndpoint(value) ? [value.descriptor] : []))

describe("the simulator's routes and the SDK's", () => {
  const bare = (template: string) => template.replace(/\{\w+\}/g, "{}")
  const keyOf = (method: string, template: string) => `${method} ${bare(template)}`

  it("name the same endpoints, with the same query", () => {
    const queries = (rows: ReadonlyArray<readonly [string, Iterable<string>]>) => {
      const all = new Map<string, Set<string>>()
      for (const [key, names] of rows) all.set(key, new Set([...(all.get(key) ?? []), ...names]))
      return Object.fromEntries([...all].map(([key, names]) => [key, [...names].sort()] as const).sort())
    }
    const simulated = queries(Routes.v8().map(({ method, query, template }) => [keyOf(method, template), query]))
    const offered = queries(endpoints.map(({ method, path, query }) => [keyOf(method, path), Object.keys(query)]))
    expect(simulated).toEqual(offered)
  })

  it("use the same ids, so that a fault can be aimed at an endpoint", () => {
    const offered = new Map<string, ReadonlyArray<string>>()
    for (const { id, method, path } of endpoints) offered.set(keyOf(method, path), [...(offered.get(keyOf(method, path)) ?? []), id])
    // two endpoints may share a route, which goes by the id of one of them
    const strangers = Routes.v8().filter(({ id, method, template }) => !offered.get(keyOf(method, template))?.includes(id))
    expect(strangers.map(({ id, method, template }) => [id, offered.get(keyOf(method, template))])).toEqual([])
  })
})

type Door = (options?: Simulator.Options) => Layer.Layer<Simulator.Simulator | WelkinClient.WelkinClient, unknown>

const doors: { readonly [name: string]: Door } = {
  "in process": Simulator.layerClient,
  "over a socket": (options?: Simulator.Options) =>
    Layer.unwrapEffect(Effect.map(Server, (server) => Layer.orDie(WelkinClient.layer(server)))).pipe(
      Layer.provide(NodeHttpClient.layerUndici),
      Layer.provideMerge(layerServer(options))
    )
}

describe.each(Object.entries(doors))("the SDK against the simulator, %s", (_, door) => {
  const within = <A, E>(effect: Effect.Effect<A, E, Simulator.Simulator | WelkinClient.WelkinClient>, options?: Simulator.Options) =>
    Effect.provide(effect, door(options))

  it.live("reads every patient once, page by page, every field decoded", () =>
    within(
      Effect.gen(function* () {
        const { patientId } = yield* Simulator.Simulator
        const ids = yield* Patients.listStream().pipe(
          Stream.map(({ id }) => id as string),
          Stream.runCollect
        )
        expect(Chunk.toReadonlyArray(ids)).toEqual(Array.from({ length: 230 }, (_, index) => patientId(index)))
      }),
      { patients: 230 }
    )
  )

  it.live("creates, reads, changes and finds a patient", () =>
    within(
      Effect.gen(function* () {
        const created = yield* Patients.create({ body: { firstName: "Ada", lastName: "Example", externalId: "a/b~c" } })
        expect(yield* Patients.getByExternalId("a/b~c")).toEqual(created)
        const updated = yield* Patients.update({ patientId: created.id, body: { firstName: "Adele" } })
        expect(updated.firstName).toBe("Adele")
        const refused = yield* Effect.flip(Patients.remove({ patientId: created.id }))
        expect(refused).toMatchObject({ _tag: "Forbidden", codes: ["ACCESS_FOR_API_CLIENT_RESTRICTED"] })
        const missing = yield* Effect.flip(Patients.get({ patientId: "nobody" }))
        expect(missing).toMatchObject({ _tag: "NotFound", codes: ["PATIENT_NOT_FOUND"] })
      })
    )
  )

  it.live("exports patients and custom data records whole, over a fault on each page", () =>
    within(
      Effect.gen(function* () {
        const patients = yield* Stream.runCollect(Exports.patientsStream())
        const records = yield* Stream.runCollect(Exports.cdtRecordsStream())
        expect(new Set(Chunk.toReadonlyArray(Chunk.map(patients, ({ id }) => id))).size).toBe(250)
        expect(Chunk.size(patients)).toBe(250)
        const listed = yield* Patients.listStream().pipe(
          Stream.flatMap(({ id }) =>
            Stream.fromIterable(["cdt-vitals", "cdt-consent", "cdt-wellbeing"]).pipe(Stream.map((cdtName) => ({ patientId: id, cdtName })))
          ),
          Stream.flatMap((place) => Cdts.listStream(place), { concurrency: 4 }),
          Stream.map(({ id }) => id as string),
          Stream.runCollect
        )
        expect(Chunk.toReadonlyArray(Chunk.map(records, ({ id }) => id as string)).toSorted()).toEqual(
          Chunk.toReadonlyArray(listed).toSorted()
        )
        expect(yield* (yield* Simulator.Simulator).unusedFaults).toEqual([])
      }),
      {
        patients: 250,
        faults: [
          { match: { endpoint: "exports.patients", nth: 2 }, do: { _tag: "Status", status: 503, retryAfter: 0 } },
          { match: { endpoint: "exports.cdtRecords", nth: 1 }, at: { afterBytes: 1000 }, do: { _tag: "Reset" } },
          { match: { endpoint: "patients.list", page: 1 }, do: { _tag: "TokenExpired" } }
        ]
      }
    )
  )
})

describe("what a simulator makes decodable", () => {
  it.effect.prop(
    "every patient and every record that any seed makes has the shape of the SDK's models",
    { seed: FastCheck.maxSafeNat(), page: FastCheck.nat(9_000) },
    ({ page, seed }) =>
      Effect.gen(function* () {
        yield* Patients.list({ page, size: 20 })
        yield* Exports.cdtRecords({ pageSize: 20 })
      }).pipe(Effect.provide(Simulator.layerClient({ seed, patients: 200_000 }))),
    { fastCheck: { numRuns: runs({ test: 20, sweep: 2000 }) } }
  )
})
