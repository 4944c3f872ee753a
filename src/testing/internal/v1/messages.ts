import * as Either from "effect/Either"
import * as Collection from "./collection.js"
import * as People from "./people.js"
import { conversations, messages as kind } from "./population.js"
import * as Problem from "./problem.js"
import { moment, oneOf, text } from "./reading.js"

export const handlers = {
  "messages.get": Collection.get(kind),
  "messages.find": Collection.find(kind),
  // nothing is sent to anybody: it notes what another system has sent
  "messages.create": Collection.create(
    kind,
    {
      fields: {
        ...People.ofPatient,
        worker_id: text,
        conversation_id: text,
        direction: oneOf("inbound", "outbound"),
        contents: text,
        sent_at: moment
      },
      required: ["conversation_id", "direction", "contents"]
    },
    (world, at, fields) =>
      Either.gen(function* () {
        const patientId = yield* People.namedPatient(world, fields)
        const { row } = yield* Collection.referred(world, conversations, fields.conversation_id, ".conversation_id")
        if (row.fields.patient_id !== patientId) {
          return yield* Problem.refuse("bad_request", "The conversation is another patient's.", ".conversation_id")
        }
        if (fields.direction === "outbound" && fields.worker_id === undefined) {
          return yield* Problem.refuse("bad_request", "A required field is missing.", ".worker_id")
        }
        yield* People.knownWorker(world, fields.worker_id, ".worker_id")
        return Collection.add(world, kind, at, { sent_at: null, ...fields, automatically_sent: false })
      })
  )
}
