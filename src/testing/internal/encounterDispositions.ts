import * as Either from "effect/Either"
import { caller, rowCreated, rowUpdated } from "./authorship.js"
import { bad, type Call, type Handler, objectBody, reads } from "./call.js"
import * as Designer from "./designer.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Visits from "./visits.js"
import * as World from "./world.js"

/** The disposition of an encounter. A few that have no event have none. */
export const of = (world: World.World, encounter: Visits.Encounter): Records.Found<Visits.Disposition> | undefined =>
  encounter.jsonBody.dispositionId === null ? undefined : Records.byId(world, Visits.dispositions, encounter.jsonBody.dispositionId)

/** Makes the disposition of a new encounter. */
export const add = (call: Call, world: World.World, { id: encounterId, patientId }: Visits.Encounter) =>
  World.create(world, call.now, Visits.dispositions, (id, at) => ({
    id,
    patientId,
    ...Visits.definition("__encounter_disposition__"),
    jsonBody: {
      ...Visits.rowBlank,
      ...Visits.ofEncounter(encounterId),
      ...rowCreated(caller(world.setting), at),
      id,
      ...Visits.dispositionBlank
    }
  }))

const existing = (call: Call, world: World.World): Reply.Or<Records.Found<Visits.Disposition>> =>
  Either.flatMap(Visits.existing(call, world), ({ record }) => {
    const found = of(world, record)
    return found === undefined ? Records.noDataRecord(call) : Either.right(found)
  })

const get = reads((call, world) => Either.map(existing(call, world), ({ record }) => Reply.json(200, record)))

/** The body is the bare map of fields. Those left out stay. */
const update: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, record } = yield* existing(call, world)
    const given = yield* objectBody(call)
    const stranger = Object.keys(given).find((field) => !Designer.dispositionFields.includes(field))
    if (stranger !== undefined) return yield* bad(call, "The disposition has no such field.", { field: stranger })
    const [disposition, next] = World.replace(world, call.now, Visits.dispositions, index, (at) => ({
      ...record,
      jsonBody: { ...record.jsonBody, ...given, ...rowUpdated(caller(world.setting), at) }
    }))
    return [Reply.json(200, disposition), next] as const
  })

/** Whether the encounter of a disposition is still there. */
export const isKept = (world: World.World, { jsonBody }: Visits.Disposition): boolean => Visits.isKept(world, jsonBody.source_id)

export const handlers = {
  "encounterDispositions.get": get,
  "encounterDispositions.update": update
}
