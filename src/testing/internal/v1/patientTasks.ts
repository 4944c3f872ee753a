import * as Either from "effect/Either"
import * as Collection from "./collection.js"
import * as People from "./people.js"
import { patientTasks as kind } from "./population.js"
import { text } from "./reading.js"

export const handlers = {
  "patientTasks.get": Collection.get(kind),
  "patientTasks.find": Collection.find(kind),
  "patientTasks.create": Collection.create(
    kind,
    { fields: { ...People.ofPatient, task_type: text }, required: ["task_type"] },
    (world, at, fields) =>
      Either.map(People.namedPatient(world, fields), () => Collection.add(world, kind, at, { ...fields, dismissed: null }))
  ),
  // the one delete that answers with what was deleted
  "patientTasks.remove": Collection.remove(kind, undefined, true)
}
