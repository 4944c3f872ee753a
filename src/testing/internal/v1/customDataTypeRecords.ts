import * as Either from "effect/Either"
import * as Collection from "./collection.js"
import * as People from "./people.js"
import { customDataTypeRecords as kind } from "./population.js"
import { object } from "./reading.js"

export const handlers = {
  "customDataTypeRecords.get": Collection.get(kind),
  "customDataTypeRecords.find": Collection.find(kind, {
    filters: { type_name: Collection.equal("type_name"), patient_id: People.byPatient(kind) }
  }),
  "customDataTypeRecords.create": Collection.create(
    kind,
    { ...People.customRecord, fields: { ...People.customRecord.fields, ...People.ofPatient } },
    (world, at, fields) => Either.flatMap(People.namedPatient(world, fields), (id) => People.addCustomRecord(world, at, id, fields))
  ),
  "customDataTypeRecords.update": Collection.update(kind, { fields: { body: object }, required: ["body"] }),
  "customDataTypeRecords.remove": Collection.remove(kind)
}
