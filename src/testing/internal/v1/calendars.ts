import * as Either from "effect/Either"
import * as Table from "../table.js"
import * as World from "../world.js"
import * as Collection from "./collection.js"
import { calendars as kind, workers } from "./population.js"

/** The calendar of the worker with this address. */
const byEmail: Collection.Filters[string] = (email, world) => {
  const owners = new Set(
    Array.from(Table.changedSince(World.table(world, workers), 0)).flatMap((row) => (row.fields.email === email ? [row.id] : []))
  )
  return Either.right({ test: ({ worker_id }) => owners.has(String(worker_id)) })
}

export const handlers = {
  "calendars.get": Collection.get(kind),
  "calendars.find": Collection.find(kind, { filters: { worker: Collection.equal("worker_id"), email: byEmail } })
}
