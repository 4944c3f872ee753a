import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as ProgramFormations from "../../../src/v8/formations/ProgramFormations.js"
import { answers } from "../../support/answers.js"
import { tagAndPlaces } from "../../support/places.js"

const phases = [
  { name: "start", title: "Start", type: "START", description: "", autoFinishProgram: false, navigateTo: [{ name: "finish" }] },
  { name: "finish", title: "Finish", description: "", navigateTo: null }
]

const nodes = [
  { id: "start", type: "graphNode", data: { label: "Start" }, position: { x: -10.5, y: 10 }, selected: false },
  { id: "edge-1", type: "smoothstep", source: "start", target: "finish", animated: true }
]

const program = { name: "prog-sleep", title: "Sleep", description: "", phases, nodes }

describe("ProgramFormations", () => {
  it.effect("a program that was read goes back with its drawing untouched", () => {
    const client = answers({ body: program }, { body: program })
    return Effect.gen(function* () {
      const read = yield* ProgramFormations.get({ version: "draft", programName: "prog-sleep" })
      yield* ProgramFormations.update({ programName: "prog-sleep", body: { ...read, title: "Sleep well" } })
      assert.deepStrictEqual(client.sent(), [
        "GET /formations/draft/programs/prog-sleep",
        ["PUT /formations/draft/programs/prog-sleep", { ...program, title: "Sleep well" }]
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a program made without a drawing has none, and what was left out is not sent as null", () => {
    const client = answers({ status: 201, body: { ...program, nodes: null } })
    return Effect.gen(function* () {
      const body = { name: "prog-sleep", title: "Sleep", phases: [{ name: "start", title: "Start", navigateTo: null }] }
      const { nodes } = yield* ProgramFormations.create({ body })
      assert.strictEqual(nodes, null)
      assert.deepStrictEqual(client.sent(), [["POST /formations/draft/programs", body]])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a step that leads nowhere is refused, in what is read and in what is written", () => {
    const astray = { ...program, phases: [{ ...phases[0]!, navigateTo: [{ name: "finish" }, {}] }] }
    const client = answers({ body: [astray] })
    return Effect.gen(function* () {
      const read = yield* Effect.flip(ProgramFormations.list({ version: "current" }))
      assert.include(tagAndPlaces(read), "0.phases.0.navigateTo.1.name")
      const written = yield* Effect.flip(ProgramFormations.create({ body: astray as never }))
      assert.include(tagAndPlaces(written), "body.phases.0.navigateTo.1.name")
      assert.strictEqual(client.sent().length, 1)
    }).pipe(Effect.provide(client.layer))
  })
})
