import * as Either from "effect/Either"
import type { World } from "../world.js"
import * as Collection from "./collection.js"
import * as People from "./people.js"
import { conversations, phoneNumbers as kind, patients } from "./population.js"
import * as Reading from "./reading.js"

const { number, object, orNull, text } = Reading

const filters: Collection.Filters = {
  patient_id: People.byPatient(kind),
  user_id: People.byPatient(kind),
  phone_number: Collection.equal("phone_number")
}

const { phone_number: _, ...inQuery } = filters

/** The filters of a find, in the body. */
const shape: Reading.Shape = {
  fields: { patient_id: text, user_id: text, phone_number: text, "page[from]": text, "page[to]": text, "page[size]": number }
}

const search: Collection.Handler = (call, world) =>
  Either.gen(function* () {
    const asked = yield* Reading.fields(yield* Reading.body(call), shape)
    const query = new Map(Object.entries(asked).map(([name, value]) => [name, String(value)]))
    return [yield* Collection.search(query, world, kind, { filters }), world] as const
  })

/** The conversation goes with its number. */
const endConversation = (world: World, at: number, { row: { fields, id } }: Collection.Found): World => {
  const owner = patients.base(world.setting.population).ids.decode(String(fields.patient_id))
  return Collection.near(world, conversations, Collection.placesOf(conversations, owner))
    .filter(({ row }) => row.fields.phone_number_id === id)
    .reduce((now, found) => Collection.drop(now, conversations, found, at), world)
}

export const handlers = {
  "phoneNumbers.get": Collection.get(kind),
  "phoneNumbers.find": Collection.find(kind, { filters: inQuery }),
  "phoneNumbers.search": search,
  "phoneNumbers.create": Collection.create(
    kind,
    { ...People.phoneNumber, fields: { ...People.phoneNumber.fields, ...People.ofPatient, patient: object } },
    (world, at, { patient, patient_id, ...fields }) =>
      Either.map(People.patientOf(world, at, { patient, patient_id }), ([id, next]) => People.addPhoneNumber(next, at, id, fields))
  ),
  "phoneNumbers.update": Collection.update(kind, {
    fields: { phone_number_type: People.phoneType, friendly_name: orNull(text), ...People.phoneFlags }
  }),
  "phoneNumbers.remove": Collection.remove(kind, endConversation)
}
