import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import * as Codecs from "../../src/Codecs.js"
import * as Calendars from "../../src/v1/Calendars.js"
import * as Envelope from "../../src/v1/Envelope.js"
import * as Patients from "../../src/v1/Patients.js"
import * as PatientTasks from "../../src/v1/PatientTasks.js"
import { agree } from "../support/decoders.js"
import { type Json, mutated } from "../support/json.js"
import { answers } from "../support/legacy.js"
import { tagAndPlaces } from "../support/places.js"
import { runs } from "../support/runs.js"

const id = Calendars.CalendarId.make("c-1")
const failureOf = (body: unknown, call: Effect.Effect<unknown, any, any>) =>
  Effect.flip(call).pipe(Effect.provide(answers({ body }).layer)) as Effect.Effect<any>

describe("Envelope: one resource", () => {
  const read = (body: unknown) => Calendars.get({ id }).pipe(Effect.provide(answers({ body }).layer))

  it.effect("is read inside data, and bare", () =>
    Effect.gen(function* () {
      const calendar = { id: "c-1", worker_id: "w-1", added_later: [1] }
      assert.deepStrictEqual<object>(yield* read({ data: calendar }), calendar)
      assert.deepStrictEqual<object>(yield* read(calendar), calendar)
      assert.deepStrictEqual<object>(yield* read({ ...calendar, data: { id: "c-2" } }), { ...calendar, data: { id: "c-2" } })
    })
  )

  it.effect("is no resource where there is none", () =>
    Effect.gen(function* () {
      const why = (body: unknown) => Effect.map(failureOf(body, Calendars.get({ id })), ({ reason, _tag }) => `${_tag} ${reason}`)
      assert.strictEqual(yield* why({ data: null }), "DecodeError Envelope")
      assert.strictEqual(yield* why([{ id: "c-1" }]), "DecodeError Envelope")
      assert.strictEqual(yield* why({ errors: [{ code: "not_found", status: 404 }] }), "DecodeError Envelope")
      assert.strictEqual(yield* why(""), "DecodeError Empty")
      assert.strictEqual(yield* why({ data: {} }), "DecodeError Schema")
      assert.deepStrictEqual(tagAndPlaces(yield* failureOf({ data: { id: 7, worker_id: 8 } }, Calendars.get({ id }))), [
        "DecodeError",
        "id",
        "worker_id"
      ])
    })
  )

  it.effect("a token that may only write is told nothing but an id", () =>
    Effect.gen(function* () {
      const { layer } = answers({ body: { data: { id: "p-1" } } })
      const updated = yield* Patients.update({ id: Patients.PatientId.make("p-1"), body: { phase: "active" } }).pipe(Effect.provide(layer))
      assert.deepStrictEqual<object>(updated, { id: "p-1" })
    })
  )
})

describe("Envelope: a find", () => {
  const items = (body: unknown) =>
    Effect.map(Calendars.find().pipe(Effect.provide(answers({ body }).layer)), ({ data }) => data.map((one) => String(one.id)))

  it.effect.each([
    ["bare", { data: [{ id: "c-1" }, { id: "c-2" }], links: {} }, ["c-1", "c-2"]],
    ["in a list of one", [{ data: [{ id: "c-1" }], meta: {} }], ["c-1"]],
    ["in a list of several", [{ data: [{ id: "c-1" }] }, { data: null }, { data: [{ id: "c-2" }] }], ["c-1", "c-2"]],
    ["a plain list", [{ id: "c-1" }, { id: "c-2" }], ["c-1", "c-2"]],
    ["an empty list", [], []],
    ["no data", { data: null, links: {} }, []],
    ["no data at all", { links: {} }, []],
    ["nothing", {}, []],
    ["a single record", { data: { id: "c-1" } }, ["c-1"]]
  ] as const)("%s", ([_, body, expected]) => Effect.map(items(body), (ids) => assert.deepStrictEqual(ids, expected as any)))

  it.effect("keeps what is said around its items, of several envelopes the last", () =>
    Effect.gen(function* () {
      const page = yield* Calendars.find().pipe(
        Effect.provide(
          answers({
            body: [
              { data: [], meta: 1 },
              { data: [], meta: { current: 2 }, links: "<links>", added_later: true }
            ]
          }).layer
        )
      )
      assert.deepStrictEqual<object>(page, { data: [], meta: { current: 2 }, links: "<links>", added_later: true })
    })
  )

  it.effect.each([
    ["an object that is no page", { error: "unavailable" }, "Envelope"],
    ["an error list", { errors: [{ code: "forbidden" }] }, "Envelope"],
    ["a text", '"none"', "Envelope"],
    ["data of another kind", { data: "none" }, "Envelope"],
    ["a list of texts", ["c-1"], "Envelope"],
    ["records among envelopes", [{ data: [] }, { id: "c-1" }], "Envelope"],
    ["envelopes of another kind", [{ data: "none" }], "Envelope"],
    ["a record without an id", { data: [{ id: "c-1" }, { worker_id: "w-1" }] }, "Schema"]
  ] as const)("%s is never an empty one", ([_, body, reason]) =>
    Effect.map(failureOf(body, Calendars.find()), (error) => assert.deepStrictEqual([error._tag, error.reason], ["DecodeError", reason]))
  )

  it.effect("names the record that breaks its schema", () =>
    Effect.map(failureOf([{ data: [{ id: "c-1" }, { id: "c-2", updated_at: "yesterday" }] }], Calendars.find()), (error) =>
      assert.deepStrictEqual(tagAndPlaces(error), ["DecodeError", "data.1.updated_at"])
    )
  )
})

describe("Envelope: a delete", () => {
  it.effect("answers the resource if one came, and succeeds in any case", () => {
    const task = { id: "t-1", task_type: "weekly_survey" }
    const client = answers(
      { body: { data: task } },
      { body: { ...task, user_id: "p-1" } },
      { body: { data: null } },
      { status: 204 },
      { body: " \n" },
      { body: { data: { task_type: 7 } } }
    )
    return Effect.gen(function* () {
      const remove = PatientTasks.remove({ id: PatientTasks.PatientTaskId.make("t-1") })
      assert.deepStrictEqual<unknown>(yield* remove, task)
      assert.deepStrictEqual<unknown>(yield* remove, { ...task, patient_id: "p-1" })
      assert.deepStrictEqual([yield* remove, yield* remove, yield* remove], [undefined, undefined, undefined])
      assert.strictEqual((yield* Effect.flip(remove))._tag, "DecodeError")
    }).pipe(Effect.provide(client.layer))
  })
})

describe("Envelope: the compiled decoder", () => {
  const Thing = Codecs.open<{ readonly id: string }>()({ id: Schema.String }) as unknown as Schema.Schema<{ readonly id: string }>
  const samples: ReadonlyArray<Json> = [
    { data: [{ id: "a" }], links: { next: { href: "x" } } },
    [{ data: [{ id: "a" }], meta: {} }, { data: { id: "b" } }],
    [{ id: "a" }],
    { data: { id: "a" } },
    { id: "a", data: null }
  ]
  for (const [name, schema] of Object.entries({
    page: Envelope.page(Thing),
    item: Envelope.item(Thing),
    removed: Envelope.removed(Thing)
  })) {
    it(`reads ${name} as the ordinary one does`, () => {
      FastCheck.assert(
        FastCheck.property(FastCheck.constantFrom(...samples).chain(mutated), (value) => agree(schema, JSON.stringify(value))),
        { numRuns: runs({ test: 300, sweep: 10_000 }) }
      )
    })
  }
})
