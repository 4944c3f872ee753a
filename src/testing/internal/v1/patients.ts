import * as Either from "effect/Either"
import type { World } from "../world.js"
import * as Collection from "./collection.js"
import * as People from "./people.js"
import { calendarEvents, patients as kind } from "./population.js"
import * as Reading from "./reading.js"

const create: Collection.Handler = (call, before) =>
  Either.gen(function* () {
    const [at, world] = Collection.begin(before, call.now)
    const [row, next] = yield* People.addPatient(world, at, yield* Reading.body(call))
    return Collection.item(next, kind, row)
  })

/** Patients who are no longer active have no appointment ahead. */
const finishEvents = (world: World, at: number, patientId: string): World => {
  const owner = kind.base(world.setting.population).ids.decode(patientId)
  return Collection.near(world, calendarEvents, Collection.placesOf(calendarEvents, owner))
    .filter(({ row: { fields } }) => fields.patient_id === patientId && fields.outcome === null)
    .reduce((now, found) => Collection.change(now, calendarEvents, found, at, { outcome: "cancelled" })[1], world)
}

const update: Collection.Handler = (call, before) =>
  Either.gen(function* () {
    const found = yield* Collection.existing(call, before, kind)
    const fields = yield* Collection.changes(call, before, kind, found, People.patientUpdate)
    yield* People.knownWorker(before, fields.primary_worker_id, ".primary_worker_id")
    const [at, world] = Collection.begin(before, call.now)
    const [row, next] = Collection.change(world, kind, found, at, fields)
    return Collection.item(fields.is_active === false ? finishEvents(next, at, row.id) : next, kind, row)
  })

export const handlers = {
  "patients.get": Collection.get(kind),
  "patients.find": Collection.find(kind),
  "patients.create": create,
  "patients.update": update
}
