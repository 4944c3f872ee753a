import * as Either from "effect/Either"
import { type Handler, objectBody } from "./call.js"
import * as Messages from "./messages.js"
import type { Population, Seedling } from "./population.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"

const texts = ["Your visit is tomorrow at 9.", "明日の予約を確認してください。", "ok 👍", "Running late – sorry!\nBe there at half past."]

/** How many messages a text takes on its way. */
const parts = (message: string): number => Math.max(1, Math.ceil(message.length / 160))

/** Where the instance sends from. */
const from = "+12025550190"

const seeded = (seedling: Seedling, population: Population): Messages.Message | undefined => {
  const { draws, id } = seedling
  if (!draws.chance(60)) return undefined
  const { isScheduled, ...message } = Messages.seeded(seedling, population, {
    ofPatient: ({ phone }) => phone,
    ofStaff: () => from,
    ofStranger: () => `+1202555${String(100 + draws.below(100)).padStart(4, "0")}`
  })
  const text = draws.pick(texts).repeat(draws.chance(10) ? 20 : 1)
  const sent = draws.pick(["DELIVERED", "DELIVERED", "SENT", "UNDELIVERED", "FAILED"])
  return {
    ...message,
    externalId: `SM${id.replaceAll("-", "")}`,
    errorMessage: message.direction === "OUT" && !isScheduled && sent === "FAILED" ? "The carrier did not answer." : null,
    message: text,
    parts: parts(text),
    status: message.unrecognized ? "UNRECOGNISED" : message.direction === "IN" ? "RECEIVED" : isScheduled ? "SCHEDULED" : sent,
    messageType: null,
    phoneId: null,
    attachments: null
  }
}

/** The text messages of all patients, and those of nobody known. */
export const kind = Records.kind<Messages.Message>({
  name: "sms",
  slots: 3,
  make: seeded,
  changedAt: (message) => message.updatedAt,
  patientOf: Messages.patientOf
})

const endpoints = Messages.endpoints({
  kind,
  slot: "smsId",
  hidden: [...Messages.bookkeeping, "messageType", "phoneId", "attachments"],
  address: "phone",
  searched: ["message"],
  content: { message: Records.isText, sendNow: Records.isFlag, scheduledAt: Records.isMoment },
  recognized: "RECEIVED",
  missing: (call) =>
    Reply.refuse(
      Reply.problem(call.now, {
        status: 404,
        errorCode: "SMS_NOT_FOUND",
        componentType: "SMS",
        message: "There is no such message.",
        details: { id: call.path.smsId }
      })
    ),
  addressOf: ({ phone }) => phone,
  derived: ({ message }) => (message === undefined ? {} : { parts: parts(message as string) })
})

const send: Handler = (call, world) =>
  Either.flatMap(objectBody(call), (body) =>
    endpoints.send(call, world, body, ["message"], { from, externalId: null, messageType: null, phoneId: null, attachments: null })
  )

const update: Handler = (call, world) => Either.flatMap(objectBody(call), (body) => endpoints.update(call, world, body))

export const handlers = {
  "sms.list": endpoints.list,
  "sms.get": endpoints.get,
  "sms.send": send,
  "sms.update": update,
  "sms.remove": endpoints.remove,
  "unrecognizedSms.list": endpoints.list,
  "unrecognizedSms.get": endpoints.get,
  "unrecognizedSms.update": update,
  "unrecognizedSms.remove": endpoints.remove
}
