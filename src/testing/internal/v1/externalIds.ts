import * as Either from "effect/Either"
import type { JsonObject } from "../json.js"
import type * as Reply from "../reply.js"
import type { World } from "../world.js"
import * as Collection from "./collection.js"
import * as People from "./people.js"
import * as Population from "./population.js"
import * as Problem from "./problem.js"
import { text } from "./reading.js"

const kind = Population.externalIds

const fields = { resource: text, namespace: text, external_id: text, welkin_id: text }

/** The record that is mapped must be there. */
const mapped = (world: World, { resource, welkin_id }: JsonObject): Reply.Or<unknown> => {
  const of = Object.hasOwn(Population.kinds, String(resource)) ? Population.kinds[String(resource)] : undefined
  return of === undefined
    ? Problem.refuse("bad_request", "There is no such collection.", ".resource")
    : Collection.referred(world, of, welkin_id, ".welkin_id")
}

const update: Collection.Handler = (call, before) =>
  Either.gen(function* () {
    const found = yield* Collection.existing(call, before, kind)
    const given = yield* Collection.changes(call, before, kind, found, { fields })
    yield* mapped(before, { ...found.row.fields, ...given })
    const [at, world] = Collection.begin(before, call.now)
    const [row, next] = yield* People.changeExternalId(world, found, at, given)
    return Collection.item(next, kind, row)
  })

const filters: Collection.Filters = {
  resource: Collection.equal("resource"),
  namespace: Collection.equal("namespace"),
  external_id: (id) =>
    Either.right({ test: ({ external_id }) => external_id === id, among: Collection.placesOf(kind, Population.ownerOf(id)) }),
  welkin_id: (id, { setting }) =>
    Either.right({
      test: ({ welkin_id }) => welkin_id === id,
      among: Collection.placesOf(kind, Population.patients.base(setting.population).ids.decode(id))
    })
}

export const handlers = {
  "externalIds.get": Collection.get(kind),
  "externalIds.find": Collection.find(kind, { filters }),
  "externalIds.create": Collection.create(kind, { fields, required: Object.keys(fields) }, (world, at, given) =>
    Either.flatMap(mapped(world, given), () => People.addExternalId(world, at, given))
  ),
  "externalIds.update": update,
  "externalIds.remove": Collection.remove(kind)
}
