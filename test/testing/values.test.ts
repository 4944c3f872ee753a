import { deepStrictEqual } from "node:assert/strict"
import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import { Codecs } from "../../src/index.js"
import { Arbitraries } from "../../src/testing/index.js"
import * as V1 from "../../src/v1/index.js"
import * as V8 from "../../src/v8/index.js"
import { Emails, Patients } from "../../src/v8/index.js"
import * as Conformance from "../support/conformance.js"
import { runs } from "../support/runs.js"

const models = [...Conformance.modelsOf(V8), ...Conformance.modelsOf(V1)]

/** It carries bytes, which are no JSON. */
const isForm = (schema: Schema.Schema.Any) => schema.ast === Emails.EmailSendMultipart.ast

describe("values of the models", () => {
  it.each(models.map(({ name, schema }) => [name, schema] as const))("%s: come back as they were", (_, schema) => {
    const encode = Schema.encodeSync(schema)
    const decode = Schema.decodeUnknownSync(schema)
    const travelled = isForm(schema) ? encode : (value: unknown) => JSON.parse(JSON.stringify(encode(value)))
    FastCheck.assert(
      FastCheck.property(Arbitraries.of(schema), (value) => deepStrictEqual(decode(travelled(value)), value)),
      { numRuns: runs({ test: 50, sweep: 1000 }) }
    )
  })

  it("travel as the service writes them", () => {
    FastCheck.assert(
      FastCheck.property(Arbitraries.encodedOf(Patients.Patient), ({ createdAt, id }) => {
        expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
        expect(id).not.toBe("")
      })
    )
  })
})

const Visit = Codecs.open<Visit>()({
  id: Codecs.id("VisitId"),
  status: Codecs.openEnum("PLANNED", "DONE"),
  at: Codecs.Instant,
  local: Codecs.LocalInstant,
  minutes: Codecs.optionalNull(Schema.Number),
  notes: Schema.NullOr(Schema.String),
  total: Codecs.optional(Codecs.lenient(Schema.Int)),
  rooms: Schema.Array(Schema.Struct({ name: Schema.String, floor: Schema.Int })).pipe(Schema.minItems(1)),
  more: Codecs.JsonObject
})
interface Visit extends Schema.Struct.Type<(typeof Visit)["fields"]> {}

describe("values of any schema", () => {
  it("have every shape that the schema lets in", () => {
    const some = FastCheck.sample(Arbitraries.of(Visit), { numRuns: 500, seed: 1 })
    const share = (fits: (visit: Visit) => boolean) => some.filter(fits).length / some.length
    const shapes: Readonly<Record<string, readonly [share: number, least: number, most: number]>> = {
      "a known status": [share(({ status }) => status === "PLANNED" || status === "DONE"), 0.6, 0.95],
      "an id like a UUID": [share(({ id }) => /^[0-9a-f-]{36}$/.test(id)), 0.6, 0.95],
      "no minutes": [share((visit) => !("minutes" in visit)), 0.1, 0.8],
      "minutes that are null": [share(({ minutes }) => minutes === null), 0.1, 0.5],
      "a fraction of a minute": [share(({ minutes }) => typeof minutes === "number" && !Number.isInteger(minutes)), 0.05, 0.5],
      "notes that are null": [share(({ notes }) => notes === null), 0.2, 0.8],
      "a letter beyond ASCII": [share(({ notes }) => /[^\0-\x7f]/.test(notes ?? "")), 0.1, 0.8],
      "several rooms": [share(({ rooms }) => rooms.length > 1), 0.2, 0.9],
      "a field that the model does not know": [share((visit) => "ppf-colour" in visit), 0.1, 0.8],
      "a local time": [share(({ local }) => /^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d$/.test(local)), 1, 1]
    }
    for (const [shape, [found, least, most]] of Object.entries(shapes)) {
      expect(found, shape).toBeGreaterThanOrEqual(least)
      expect(found, shape).toBeLessThanOrEqual(most)
    }
  })

  it("are numbers that JSON knows, and texts without keys that only some parsers know", () => {
    const numbers = FastCheck.sample(Arbitraries.of(Schema.Union(Schema.Number, Schema.Number.pipe(Schema.between(-1, 1)))), {
      numRuns: 5000,
      seed: 1
    })
    expect(numbers.filter((one) => !Number.isFinite(one) || Object.is(one, -0))).toEqual([])
    const objects = FastCheck.sample(Arbitraries.of(Codecs.JsonObject), { numRuns: 5000, seed: 1 })
    expect(objects.filter((one) => !Object.is(JSON.stringify(JSON.parse(JSON.stringify(one))), JSON.stringify(one)))).toEqual([])
    expect(objects.filter((one) => JSON.stringify(one).includes("__proto__"))).toEqual([])
  })

  it("shrink to the least that still fails", () => {
    const least = (fails: (visit: Visit) => boolean) =>
      FastCheck.check(
        FastCheck.property(Arbitraries.of(Visit), (visit) => !fails(visit)),
        { numRuns: 5000, seed: 2 }
      ).counterexample?.[0]
    const nothing = least(() => true)!
    expect(Object.keys(nothing).sort()).toEqual(["at", "id", "local", "more", "notes", "rooms", "status"])
    expect(nothing).toMatchObject({ notes: null, status: "PLANNED", more: {}, rooms: [{ name: "", floor: 0 }] })
    expect(least(({ minutes }) => typeof minutes === "number" && minutes > 3)).toEqual({ ...nothing, minutes: 4 })
    expect(least(({ status }) => status === "DONE")).toEqual({ ...nothing, status: "DONE" })
    expect(least((visit) => visit.rooms.length > 1)?.rooms).toHaveLength(2)
  })
})
