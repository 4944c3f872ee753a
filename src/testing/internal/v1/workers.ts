import * as Either from "effect/Either"
import * as Collection from "./collection.js"
import * as People from "./people.js"
import { calendars, workers as kind } from "./population.js"
import { flag, objects, orNull, text, words } from "./reading.js"

const own = {
  email: text,
  first_name: text,
  last_name: text,
  phone_number: orNull(text),
  timezone: text,
  gender: orNull(text),
  role_ids: words,
  active: flag
}

export const handlers = {
  "workers.get": Collection.get(kind),
  "workers.find": Collection.find(kind, {
    filters: { email: Collection.equal("email"), phone: Collection.equal("phone_number") },
    any: true
  }),
  "workers.create": Collection.create(
    kind,
    { fields: { ...own, external_ids: objects }, required: ["email", "first_name", "last_name", "timezone", "role_ids"] },
    (before, at, { external_ids, ...fields }) => {
      const [row, world] = Collection.add(before, kind, at, { phone_number: null, gender: null, active: false, ...fields })
      // each worker has exactly one
      const [, next] = Collection.add(world, calendars, at, { worker_id: row.id })
      return Either.map(People.addExternalIds(next, at, kind, row.id, external_ids), (last) => [row, last] as const)
    }
  ),
  "workers.update": Collection.update(kind, { fields: own })
}
