/*
 * The chat of a patient and the care team. Lists come from two stores: the provider's, whose times are whole seconds, and the search
 * index, whose messages name a receiver. A list that was opened from a search hit stays in the index.
 */
import * as Either from "effect/Either"
import { bad, type Call, type Handler, integer, objectBody, reads, word } from "./call.js"
import * as Envelopes from "./envelopes.js"
import { instant, isObject, type JsonObject } from "./json.js"
import { nameOfPatient } from "./messages.js"
import * as Patients from "./patients.js"
import type { Population, Seedling } from "./population.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import { nameOf } from "./staff.js"
import * as World from "./world.js"

interface Message {
  readonly id: string
  readonly patientId: string
  /** Who of the care team wrote it; null for the patient. */
  readonly user: { readonly id: string; readonly name: string } | null
  readonly text: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly archived: boolean
}

const texts = [
  "I will be ten minutes late.",
  "Are you feeling better today?",
  "はい、大丈夫です 🙂",
  "Thanks!\nSee you then.",
  "Slept badly…"
]

const slots = 6

const seeded = ({ createdAt, draws, id, patientId, slot }: Seedling, { staff }: Population): Message | undefined => {
  if (!draws.chance(60)) return undefined
  const one = draws.pick(staff)
  return {
    id,
    patientId,
    user: draws.chance(50) ? { id: one.id, name: nameOf(one) } : null,
    text: draws.pick(texts).repeat(draws.chance(5) ? 60 : 1),
    at: createdAt + draws.below(1000),
    archived: slot === 0 && draws.chance(50)
  }
}

/** The messages of all patients. */
export const kind = Records.kind<Message>({
  name: "chatMessages",
  slots,
  make: seeded,
  changedAt: ({ at }) => instant(at),
  patientOf: ({ patientId }) => patientId
})

const participant = ({ patientId, user }: Message, patientFullName: string | null = null) =>
  user === null
    ? { clientType: "PATIENT", id: patientId, titleName: null, patientFullName }
    : { clientType: "USER", id: user.id, titleName: user.name, patientFullName: null }

/** A message as the provider tells it. */
const plain = (message: Message, patientFullName: string | null = null) => ({
  sender: participant(message, patientFullName),
  message: message.text,
  externalId: `IM${message.id.replaceAll("-", "")}`,
  createdAt: instant(message.at - (message.at % 1000))
})

/** The same out of the index. */
const indexed = (message: Message) => ({
  ...plain(message),
  ...(message.user === null ? {} : { receiver: participant({ ...message, user: null }) }),
  createdAt: instant(message.at)
})

/** A patient's messages, newest first. */
const newestFirst = (world: World.World, patient: Patients.Found, includeArchived: boolean): ReadonlyArray<Message> =>
  Records.ofPatient(world, kind, patient)
    .flatMap(({ record }) => (includeArchived || !record.archived ? [record] : []))
    .reverse()

/** The service reads booleans as Python writes them, too. */
const flag = (call: Call, name: string): Reply.Or<boolean> =>
  Either.map(word(call, name, ["true", "false", "True", "False"]), (text) => text?.toLowerCase() === "true")

const token = (content: JsonObject): string => btoa(JSON.stringify(content))

/** What a page token of one of these kinds holds. */
const readToken = (call: Call, text: string, kinds: ReadonlyArray<string>): Reply.Or<JsonObject> => {
  const read = Either.getOrElse(
    Either.try(() => JSON.parse(atob(text)) as unknown),
    () => undefined
  )
  return isObject(read) && kinds.includes(String(read.kind))
    ? Either.right(read)
    : bad(call, "There is no such page.", { parameter: "pageToken" })
}

interface Page {
  readonly content: ReadonlyArray<Message>
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** The messages on one side of a place: those next to it. */
const beside = (messages: ReadonlyArray<Message>, isOlder: (message: Message) => boolean, toOlder: boolean, size: number): Page => {
  const border = messages.findIndex(isOlder)
  const place = border === -1 ? messages.length : border
  const [start, end] = toOlder ? [place, place + size] : [Math.max(0, place - size), place]
  return { content: messages.slice(start, end), isFirst: start === 0, isLast: end >= messages.length }
}

const fromProvider = (messages: ReadonlyArray<Message>, size: number, { older, newer }: JsonObject): Reply.Reply => {
  const { content, isFirst, isLast } =
    newer === undefined
      ? beside(messages, ({ id }) => older === undefined || id < String(older), true, size)
      : beside(messages, ({ id }) => id <= String(newer), false, size)
  const [first, last] = [content[0], content.at(-1)]
  return Reply.jsonText(
    200,
    Envelopes.pageToken(
      content.map((message) => plain(message)),
      size,
      {
        next: isLast || last === undefined ? null : token({ kind: "provider", size, older: last.id }),
        previous: isFirst || first === undefined ? null : token({ kind: "provider", size, newer: first.id })
      }
    )
  )
}

/** The tokens into the index around a message, or around the place where none is. */
const aroundIndex = (newest: string, oldest: string, size: number): Envelopes.Tokens => ({
  next: token({ kind: "index", borderDate: oldest, pageSize: size, direction: "NEXT" }),
  previous: token({ kind: "index", borderDate: newest, pageSize: size, direction: "PREVIOUS" })
})

/** These pages always name both neighbours, even where there is nothing. */
const fromIndex = (messages: ReadonlyArray<Message>, { borderDate, direction, pageSize }: JsonObject): Reply.Reply => {
  const size = Number(pageSize)
  const border = Date.parse(String(borderDate))
  const toOlder = direction === "NEXT"
  const { content } = beside(messages, ({ at }) => (toOlder ? at < border : at <= border), toOlder, size)
  const place = instant(border)
  const tokens = aroundIndex(
    content.length === 0 ? place : instant(content[0]!.at),
    content.length === 0 ? place : instant(content.at(-1)!.at),
    size
  )
  return Reply.jsonText(200, Envelopes.pageToken(content.map(indexed), size, tokens))
}

const list = reads((call, world) =>
  Either.gen(function* () {
    const includeArchived = yield* flag(call, "includeArchived")
    const pageSize = yield* integer(call, "pageSize", 20, 1)
    const messages = newestFirst(world, yield* Patients.existing(call, world), includeArchived)
    const pageToken = call.query.get("pageToken")
    if (pageToken === null) return fromProvider(messages, pageSize, {})
    if (call.query.has("pageSize")) return yield* bad(call, "A page token goes without a page size.", { parameter: "pageSize" })
    const place = yield* readToken(call, pageToken, ["provider", "index"])
    return place.kind === "index" ? fromIndex(messages, place) : fromProvider(messages, Number(place.size), place)
  })
)

/** What a search asks for. A token carries it all, and goes alone. */
const searched = (call: Call): Reply.Or<JsonObject> =>
  Either.gen(function* () {
    const pageToken = call.query.get("pageToken")
    if (pageToken !== null) {
      const other = Array.from(call.query.keys()).find((name) => name !== "pageToken")
      if (other !== undefined) return yield* bad(call, "A page token goes alone.", { parameter: other })
      return yield* readToken(call, pageToken, ["search"])
    }
    const query = call.query.get("query")
    if (query === null || query === "") return yield* bad(call, "A search needs a text.", { parameter: "query" })
    return {
      kind: "search",
      // base64 takes no other characters
      query: encodeURIComponent(query),
      pageSize: yield* integer(call, "pageSize", 20, 1),
      contentPageSize: yield* integer(call, "contentPageSize", 20, 1),
      includeArchived: yield* flag(call, "includeArchived"),
      offset: 0
    }
  })

const search = reads((call, world) =>
  Either.gen(function* () {
    const asked = yield* searched(call)
    const patient = yield* Patients.existing(call, world)
    const text = decodeURIComponent(String(asked.query)).toLowerCase()
    const [size, offset] = [Number(asked.pageSize), Number(asked.offset)]
    const hits = newestFirst(world, patient, asked.includeArchived === true).filter((message) => message.text.toLowerCase().includes(text))
    const content = hits.slice(offset, offset + size).map((message) => {
      const at = instant(message.at)
      const { next, previous } = aroundIndex(at, at, Number(asked.contentPageSize))
      return { meta: { nextPageToken: next, prevPageToken: previous }, message: indexed(message) }
    })
    return Reply.jsonText(
      200,
      Envelopes.pageToken(content, size, {
        next: offset + size < hits.length ? token({ ...asked, offset: offset + size }) : null,
        previous: offset > 0 ? token({ ...asked, offset: Math.max(0, offset - size) }) : null
      })
    )
  })
)

const sendInbound: Handler = (call, world) =>
  Either.gen(function* () {
    const { patient } = yield* Patients.existing(call, world)
    const { message: text } = yield* Records.taken(call, yield* objectBody(call), { message: Records.isText }, ["message"])
    const [message, next] = World.create(world, call.now, kind, (id, at) => ({
      id,
      patientId: patient.id,
      user: null,
      text: text as string,
      at,
      archived: false
    }))
    return [Reply.json(200, plain(message, nameOfPatient(patient))), next] as const
  })

/** Moves messages of a patient into the archive, or out of it. */
const moved = (call: Call, world: World.World, archived: boolean, fits: (message: Message) => boolean) =>
  Either.map(Patients.existing(call, world), (patient) => {
    const moving = Records.ofPatient(world, kind, patient).filter(({ record }) => record.archived !== archived && fits(record))
    const after = moving.reduce(
      (next, { index, record }) => World.replace(next, call.now, kind, index, () => ({ ...record, archived }))[1],
      world
    )
    return [Reply.empty(200), after] as const
  })

const archive: Handler = (call, world) =>
  Either.flatMap(Records.needed(call, "archiveDate"), (before) => moved(call, world, true, ({ at }) => at < before))

const restore: Handler = (call, world) => moved(call, world, false, () => true)

export const handlers = {
  "chat.sendInbound": sendInbound,
  "chat.list": list,
  "chat.search": search,
  "chat.archive": archive,
  "chat.restore": restore
}
