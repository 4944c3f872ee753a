import * as Either from "effect/Either"
import { bad, type Call, type Handler, objectBody } from "./call.js"
import type { JsonObject } from "./json.js"
import * as Messages from "./messages.js"
import * as Multipart from "./multipart.js"
import type { Population, Seedling } from "./population.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"

const subjects = ["Your visit", "Re: résultats", "ご予約について", ""]
const bodies = ["See you tomorrow at 9.", "<p>Bitte <b>nüchtern</b> kommen.</p>\n", "Thanks!\r\n\r\n> quoted\r\n"]

/** Where the instance sends from. */
const from = "care@clinic.example"

const seeded = (seedling: Seedling, population: Population): Messages.Message | undefined => {
  const { createdAt, draws, index } = seedling
  if (!draws.chance(60)) return undefined
  const { isScheduled, ...message } = Messages.seeded(seedling, population, {
    ofPatient: ({ email }) => email,
    ofStaff: ({ email }) => email,
    ofStranger: () => `stranger-${index}@mail.example`
  })
  const sent = draws.pick(["DELIVERED", "DELIVERED", "ACCEPTED", "REJECTED", "FAILED"])
  return {
    ...message,
    externalId: `${createdAt}.1.${index.toString(36)}@clinic.example`,
    subject: draws.pick(subjects),
    body: draws.pick(bodies).repeat(draws.chance(10) ? 400 : 1),
    status: message.unrecognized ? "UNRECOGNISED" : isScheduled ? "SCHEDULED" : message.direction === "IN" ? "DELIVERED" : sent,
    secure: draws.pick([false, false, true, null]),
    attachments: null,
    messageType: null,
    bodyType: []
  }
}

/** The e-mails of all patients, and those of nobody known. */
export const kind = Records.kind<Messages.Message>({
  name: "emails",
  slots: 3,
  make: seeded,
  changedAt: (message) => message.updatedAt,
  patientOf: Messages.patientOf
})

const endpoints = Messages.endpoints({
  kind,
  slot: "emailId",
  hidden: [...Messages.bookkeeping, "messageType", "bodyType"],
  address: "email",
  searched: ["subject", "body"],
  content: {
    subject: Records.isText,
    body: Records.isText,
    sendNow: Records.isFlag,
    scheduledAt: Records.isMoment,
    secure: Records.isFlag
  },
  recognized: "DELIVERED",
  missing: (call) =>
    Reply.refuse(
      Reply.problem(call.now, {
        status: 404,
        errorCode: "EMAIL_NOT_FOUND",
        componentType: "EMAIL",
        message: "There is no such message.",
        details: { ...(call.path.patientId === undefined ? {} : { patientId: call.path.patientId }), id: call.path.emailId }
      })
    ),
  addressOf: ({ email }) => email,
  derived: () => ({})
})

const files = "attachmentsAsFiles"

/** The body, which may be a form with files. Its booleans are text. */
const written = (call: Call): Reply.Or<JsonObject> =>
  Multipart.isForm(call)
    ? Either.flatMap(Multipart.parts(call), (parts) => {
        const isFile = ({ fileName }: Multipart.Part) => fileName !== undefined
        if (!parts.some(isFile) || parts.some((part) => isFile(part) !== (part.name === files))) {
          return bad(call, "The files of a form, and nothing else, are called attachmentsAsFiles.", { field: files })
        }
        const text: JsonObject = Object.fromEntries(parts.flatMap((part) => (isFile(part) ? [] : [[part.name, Multipart.textOf(part)]])))
        const flags = ["sendNow", "secure"].filter((flag) => text[flag] === "true" || text[flag] === "false")
        return Either.right({ ...text, ...Object.fromEntries(flags.map((flag) => [flag, text[flag] === "true"])) })
      })
    : objectBody(call)

/** Files are kept where nobody sees them: the answer shows no attachments. */
const send: Handler = (call, world) =>
  Either.flatMap(written(call), (body) =>
    endpoints.send(call, world, body, ["subject", "body"], {
      from,
      externalId: null,
      secure: false,
      attachments: null,
      messageType: null,
      bodyType: []
    })
  )

const update: Handler = (call, world) => Either.flatMap(objectBody(call), (body) => endpoints.update(call, world, body))

export const handlers = {
  "emails.list": endpoints.list,
  "emails.get": endpoints.get,
  "emails.send": send,
  "emails.update": update,
  "emails.remove": endpoints.remove,
  "unrecognizedEmails.list": endpoints.list,
  "unrecognizedEmails.get": endpoints.get,
  "unrecognizedEmails.update": update,
  "unrecognizedEmails.remove": endpoints.remove
}
