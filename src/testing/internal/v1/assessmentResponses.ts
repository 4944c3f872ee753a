import * as Either from "effect/Either"
import type { JsonObject } from "../json.js"
import type { World } from "../world.js"
import * as Collection from "./collection.js"
import * as Kind from "./kind.js"
import * as People from "./people.js"
import { assessmentResponses as kind } from "./population.js"
import * as Problem from "./problem.js"
import { object, text } from "./reading.js"
import * as Workshop from "./workshop.js"

const specified = (row: Kind.Row, { setting }: World): JsonObject => {
  const assessment = Workshop.assessments.find(({ name }) => name === row.fields.spec_name)
  return { ...Kind.view(setting, kind, row), ...(assessment === undefined ? {} : { spec: Workshop.specOf(assessment) }) }
}

/** Adds the schema where it is asked for. */
const withSchema =
  (plain: Collection.Handler, full: Collection.Handler): Collection.Handler =>
  (call, world) => {
    switch (call.query.get("include_schema")?.toLowerCase() ?? "false") {
      case "false":
        return plain(call, world)
      case "true":
        return full(call, world)
      default:
        return Problem.refuse("parse_exception", "A flag is neither true nor false.", ".include_schema")
    }
  }

export const handlers = {
  "assessmentResponses.get": withSchema(Collection.get(kind), (call, world) =>
    Either.map(Collection.existing(call, world, kind), ({ row }) => [{ item: specified(row, world) }, world])
  ),
  "assessmentResponses.find": withSchema(Collection.find(kind), Collection.find(kind, { view: specified })),
  "assessmentResponses.create": Collection.create(
    kind,
    {
      fields: { ...People.ofPatient, spec_id: text, spec_name: text, spec_version: text, model: object, title: text, worker_id: text },
      required: ["model"]
    },
    (world, at, { spec_id, spec_name, title: _, ...fields }) =>
      Either.gen(function* () {
        yield* People.namedPatient(world, fields)
        yield* People.knownWorker(world, fields.worker_id, ".worker_id")
        const assessment = Workshop.assessments.find(({ name }) => name === (spec_name ?? spec_id))
        if (assessment === undefined) return yield* Problem.refuse("bad_request", "There is no such assessment.", ".spec_name")
        const misfit = Workshop.misfit(assessment, fields.model as JsonObject)
        if (misfit !== undefined) return yield* Problem.refuse("bad_request", "An answer does not fit the assessment.", `.model.${misfit}`)
        return Collection.add(world, kind, at, { spec_name: assessment.name, spec_version: assessment.version, ...fields })
      })
  )
}
