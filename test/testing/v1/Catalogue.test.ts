/*
 * The simulated legacy API held against what is known of the service, not against the SDK: its routes, and what it answers at each.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import { describe, expect, it, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import * as Endpoint from "../../../src/Endpoint.js"
import { Simulator } from "../../../src/testing/index.js"
import * as Routes from "../../../src/testing/internal/v1/routes.js"
import * as V1 from "../../../src/v1/index.js"
import { strayingFrom } from "../../support/conformanceAnswers.js"
import * as Facts from "../../support/conformanceFacts.js"
import { reader } from "../../support/conformanceTypes.js"
import type { JsonObject } from "../../support/json.js"
import { exchange, now, wire } from "./legacy.js"

const catalogue = Facts.catalogue("v1")
const fixtures = Facts.fixtures("v1")

const routeOf = ({ method, template }: { readonly method: string; readonly template: string }) => Facts.routeOf({ method, path: template })

describe("the simulator's legacy routes", () => {
  it("are those that are known, with their query", () => {
    const known = catalogue.endpoints.map((facts) => [Facts.routeOf(facts), Object.keys(facts.query).sort()])
    const simulated = Routes.v1().map((route) => [routeOf(route), Array.from(route.query).sort()])
    expect(simulated.toSorted()).toEqual(known.toSorted())
  })

  it("go by the ids of the SDK, so that a fault can be aimed at an endpoint", () => {
    const offered = Object.values(V1)
      .flatMap((module) => Object.values(module))
      .flatMap((value) => (Endpoint.isEndpoint(value) ? [value.descriptor] : []))
      .map(({ id, method, path }) => [Facts.routeOf({ method, path }), id])
    expect(
      Routes.v1()
        .map((route) => [routeOf(route), route.id])
        .toSorted()
    ).toEqual(offered.toSorted())
  })

  it("have no gaps", () => {
    const ids = new Set<string>(Routes.v1().map(({ id }) => id))
    expect(Simulator.gaps().filter((id) => ids.has(id))).toEqual([])
  })
})

const readable = catalogue.endpoints.filter(({ path }) => path !== "/v1/token")

interface Stage {
  readonly simulator: Simulator.Service
  readonly token: string
  /** A record of each collection. */
  readonly ids: ReadonlyMap<string, string>
  /** An example with ids of the simulator in the place of its own. */
  readonly named: <A>(example: A) => A
}

class Staged extends Context.Tag("Staged")<Staged, Stage>() {}

const furnish = Effect.gen(function* () {
  yield* TestClock.setTime(now)
  const simulator = yield* Simulator.Simulator
  const token: string = (yield* exchange()).json.access_token
  const first = (resource: string, query: Record<string, string> = {}) =>
    Effect.map(wire("GET", resource, { token, query }), ({ json }) => contents(json)[0])
  const ids = new Map<string, string>()
  for (const { path } of readable) {
    const resource = path.split("/")[2]!
    if (!ids.has(resource)) ids.set(resource, (yield* first(resource)).id)
  }
  const patient_id = ids.get("patients")!
  const names: Readonly<Record<string, string>> = {
    "c3a4e8d2-6f1b-4d57-8e39-1f0a9b7c5d42": ids.get("workers")!,
    "4a9d7c10-52e3-4b86-9f0d-61c8e7a2b3d4": patient_id,
    "9e8d7c6b-5a49-4382-b716-05f4e3d2c1b0": (yield* first("conversations", { patient_id })).id,
    "5b0d3a5e-0b0e-4a0c-9a51-3d2f8c1e7a10": ids.get("calendars")!,
    "e1f20a3b-4c5d-4e6f-8a7b-9c0d1e2f3a4b": ids.get("calendar_events")!,
    insurance_card: "cdt-wellbeing"
  }
  const named = <A>(value: A): A => JSON.parse(JSON.stringify(value).replace(/(?<=")[\w-]+(?=")/g, (name) => names[name] ?? name))
  return { simulator, token, ids, named }
})

/** Examples are of one day and of one record; here everything is looked for. */
const everything = { "page[from]": "2000-01-01T00:00:00.000000", "page[to]": "2030-01-01T00:00:00.000000" }

/** Moments in the form of the other generation, which is the one that the check knows. */
const rounded = (text: string): any =>
  JSON.parse(text.replace(/(T\d\d:\d\d:\d\d)(\.\d{3})?(?:\d{3})?\+00:00"/g, (_, time, millis = ".000") => `${time}${millis}Z"`))

const isEnvelope = (json: any): boolean => "data" in json && !("id" in json)

/** What stands in either envelope, or in none. */
const contents = (json: any): any => {
  const inner = Array.isArray(json) ? json[0] : json
  return isEnvelope(inner) ? inner.data : inner
}

/** What is not of the type, and fields that nobody knows. */
const straying = (record: JsonObject, model: string): ReadonlyArray<string> => [
  ...strayingFrom(record, reader(catalogue.models, null).read(model), new Set()),
  ...Object.keys(record).filter((name) => !(name in catalogue.models[model]!.fields))
]

const pageValues = ["page[from]", "page[size]", "page[to]"]

const eras: ReadonlyArray<Simulator.LegacyOptions> = [
  {},
  { envelope: "2018", spelling: "2018" },
  { envelope: "2018", spelling: "both", links: "all" }
]

for (const legacy of eras) {
  const staged = Layer.effect(Staged, furnish).pipe(
    Layer.provide(Simulator.layer({ patients: 40, allow: ["workers.create", "workers.update"], legacy }))
  )
  layer(staged)(`the simulated legacy API, ${JSON.stringify(legacy)}`, (it) => {
    it.effect.each(readable.map((facts) => [facts.id, facts] as const))("answers as is known of %s", ([, facts]) =>
      Effect.gen(function* () {
        const { ids, named, simulator, token } = yield* Staged
        const fork = yield* simulator.fork
        const { request } = named(fixtures.get(facts.id)!)
        const path = facts.path.replace("/v1/", "").replace("{id}", ids.get(facts.path.split("/")[2]!)!)
        const isFind = facts.paging !== "none"
        const body = isFind && request.body !== undefined ? everything : request.body
        const query = isFind ? (request.body === undefined ? everything : {}) : { ...(request.query as Record<string, string>) }
        const told = yield* wire(facts.method as "GET", path, { token, query, ...(body === undefined ? {} : { body }) }).pipe(
          Effect.provideService(Simulator.Simulator, fork),
          Effect.provideService(HttpClient.HttpClient, fork.httpClient)
        )
        expect([told.status, told.json?.errors]).toEqual([200, undefined])
        expect(told.headers["content-type"]).toBe("application/json")
        const json = rounded(told.text)
        if (facts.answer === null) return expect(json).toEqual({ data: null })
        const model = facts.answer.replace(/^Page<(.*)>$/, "$1")
        if (!isFind) {
          expect(isEnvelope(json)).toBe(legacy.envelope !== "2018")
          return expect(straying(contents(json), model)).toEqual([])
        }
        expect(Array.isArray(json)).toBe(legacy.envelope === "2018")
        const { data, links, meta, ...others } = Array.isArray(json) ? json[0] : json
        expect(others).toEqual({})
        expect(Object.keys((links?.current.meta ?? meta?.current) as object).toSorted()).toEqual(pageValues)
        expect(data.flatMap((record: JsonObject) => straying(record, model))).toEqual([])
        expect(data.length).toBeGreaterThan(0)
      })
    )
  })
}
