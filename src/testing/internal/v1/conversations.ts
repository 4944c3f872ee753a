import * as Either from "effect/Either"
import * as Collection from "./collection.js"
import * as People from "./people.js"
import { emailAddresses, conversations as kind } from "./population.js"
import { oneOf, text, words } from "./reading.js"

export const handlers = {
  "conversations.get": Collection.get(kind),
  "conversations.find": Collection.find(kind, { filters: { patient_id: People.byPatient(kind) } }),
  "conversations.create": Collection.create(
    kind,
    // those for SMS come into being with their phone number
    { fields: { ...People.ofPatient, conversation_type: oneOf("app", "email"), title: text, email_address_ids: words } },
    (world, at, fields) =>
      Either.gen(function* () {
        yield* People.namedPatient(world, fields)
        for (const [place, id] of ((fields.email_address_ids ?? []) as ReadonlyArray<string>).entries()) {
          yield* Collection.referred(world, emailAddresses, id, `.email_address_ids[${place}]`)
        }
        return Collection.add(world, kind, at, {
          conversation_type: null,
          title: null,
          phone_number_id: null,
          email_address_ids: null,
          ...fields
        })
      })
  )
}
