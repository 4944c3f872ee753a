import * as Either from "effect/Either"
import * as Collection from "./collection.js"
import * as People from "./people.js"
import { emailAddresses as kind } from "./population.js"
import { object } from "./reading.js"

export const handlers = {
  "emailAddresses.get": Collection.get(kind),
  "emailAddresses.find": Collection.find(kind, { filters: { patient_id: People.byPatient(kind), user_id: People.byPatient(kind) } }),
  "emailAddresses.create": Collection.create(
    kind,
    { ...People.emailAddress, fields: { ...People.emailAddress.fields, ...People.ofPatient, patient: object } },
    (world, at, { patient, patient_id, ...fields }) =>
      Either.map(People.patientOf(world, at, { patient, patient_id }), ([id, next]) => People.addEmailAddress(next, at, id, fields))
  ),
  "emailAddresses.update": Collection.update(kind, { fields: People.emailAddress.fields }),
  "emailAddresses.remove": Collection.remove(kind)
}
