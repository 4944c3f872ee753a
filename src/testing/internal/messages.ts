/*
 * What text messages, e-mails and calls have in common: who wrote to whom, by which address, and what became of it.
 */
import * as Either from "effect/Either"
import { parseInstant } from "../../internal/time.js"
import { caller } from "./authorship.js"
import { bad, type Call, type Handler, notSimulated, reads, word } from "./call.js"
import { instant, type JsonObject } from "./json.js"
import * as Patients from "./patients.js"
import type { Patient, Staff as Person, Population, Seedling } from "./population.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import { nameOf } from "./staff.js"
import * as World from "./world.js"

/** A message with all that exports say of it. */
export interface Message extends JsonObject {
  readonly id: string
  readonly updatedAt: string
  readonly deletedAt: string | null
  readonly direction: "IN" | "OUT"
  readonly sender: string | null
  readonly receiver: string | null
  readonly unrecognized: boolean
}

export const nameOfPatient = ({ firstName, lastName }: Patient): string => nameOf({ firstName, lastName })

/** What only exports say. */
export const bookkeeping = ["updatedAt", "deletedAt", "errorMessage", "assignedBy", "assignedByName", "hasHistory", "unrecognized"] as const

/** The patient of a message; undefined while its sender is not recognized. */
export const patientOf = ({ direction, receiver, sender, unrecognized }: Message): string | undefined =>
  unrecognized ? undefined : ((direction === "OUT" ? receiver : sender) ?? undefined)

const blank = {
  sendNow: false,
  scheduledAt: null,
  sentAt: null,
  receivedAt: null,
  deletedAt: null,
  date: null,
  careTeam: null,
  patientInfo: null,
  timezone: null,
  sender: null,
  from: null,
  receiver: null,
  to: null,
  starred: false,
  senderName: null,
  receiverName: null,
  errorMessage: null,
  assignedBy: null,
  assignedByName: null,
  hasHistory: false,
  unrecognized: false
}

/** Where a message goes from and to. */
interface Addresses {
  readonly ofPatient: (patient: Patient) => unknown
  readonly ofStaff: (staff: Person) => string
  readonly ofStranger: (seedling: Seedling) => string
}

/** A message between a patient and somebody of the staff, a few from numbers and addresses that nobody knows. */
export const seeded = (seedling: Seedling, population: Population, { ofPatient, ofStaff, ofStranger }: Addresses) => {
  const { createdAt, draws, id, owner, updatedAt } = seedling
  const patient = population.patients.at(owner)!
  const staff = draws.pick(population.staff)
  const direction = draws.pick(["IN", "OUT", "OUT"] as const)
  const unrecognized = direction === "IN" && draws.chance(20)
  const isScheduled = direction === "OUT" && draws.chance(15)
  const [ours, theirs] = [
    { id: staff.id, name: nameOf(staff), address: ofStaff(staff) },
    unrecognized
      ? { id: null, name: null, address: ofStranger(seedling) }
      : { id: patient.id, name: nameOfPatient(patient), address: ofPatient(patient) ?? null }
  ]
  const [from, to] = direction === "IN" ? [theirs, ours] : [ours, theirs]
  return {
    id,
    ...blank,
    updatedAt: instant(updatedAt),
    ...(direction === "IN"
      ? { receivedAt: instant(createdAt), date: instant(createdAt) }
      : isScheduled
        ? // so far ahead that it waits whatever the clock says
          { scheduledAt: instant(createdAt + 18_263 * 86_400_000) }
        : { scheduledAt: instant(createdAt - 120), sentAt: instant(createdAt), date: instant(createdAt) }),
    careTeam: ours.name,
    patientInfo: theirs.name,
    timezone: unrecognized ? null : (patient.timezone ?? null),
    sender: from.id,
    from: from.address,
    receiver: to.id,
    to: to.address,
    direction,
    starred: draws.chance(10),
    senderName: from.name,
    receiverName: to.name,
    unrecognized,
    isScheduled
  }
}

/** One kind of message, and what its endpoints know of it. */
export interface Resource<M extends Message> {
  readonly kind: Records.Kind<M>
  /** The slot of the message's id. */
  readonly slot: string
  /** The fields that only exports show. */
  readonly hidden: ReadonlyArray<string>
  /** The parameter that looks for an address on either side. */
  readonly address: "phone" | "email"
  /** The fields that a search looks in. */
  readonly searched: ReadonlyArray<string>
  /** What may be written of a message that waits to be sent. */
  readonly content: { readonly [field: string]: Records.Check }
  /** What a message says once its sender is known. */
  readonly recognized: string
  readonly missing: (call: Call) => Reply.Or<never>
  readonly addressOf: (patient: Patient) => unknown
  /** What follows from content. */
  readonly derived: (content: JsonObject) => JsonObject
}

const isUnrecognized = (status: unknown) => status === "UNRECOGNISED" || status === "UNRECOGNIZED"

type Filter = (message: JsonObject) => boolean

const filters = (call: Call, { address, searched }: Resource<never>): Reply.Or<ReadonlyArray<Filter>> =>
  Either.gen(function* () {
    const { query } = call
    const found: Array<Filter> = []
    const search = query.get("search")?.toLowerCase()
    if (search !== undefined) {
      found.push((message) => searched.some((field) => String(message[field]).toLowerCase().includes(search)))
    }
    for (const field of ["sender", "receiver", "from", "to", "senderName", "receiverName"]) {
      const value = query.get(field)
      if (value !== null) found.push((message) => message[field] === value)
    }
    const either = query.get(address)
    if (either !== null) found.push(({ from, to }) => from === either || to === either)
    const direction = yield* word(call, "direction", ["IN", "OUT"])
    if (direction !== undefined) found.push((message) => message.direction === direction)
    const starred = yield* word(call, "starred", ["true", "false"])
    if (starred !== undefined) found.push((message) => message.starred === (starred === "true"))
    const statuses = Records.listed(call, "status")
    if (statuses !== undefined) found.push(({ status }) => statuses.includes(String(status)))
    return found
  })

/** The status of a message that was handed over, waits, or came in. */
const sending = (content: JsonObject, at: number): JsonObject =>
  content.sendNow === true
    ? { sendNow: false, scheduledAt: instant(at - 120), sentAt: instant(at), date: instant(at), status: "ACCEPTED" }
    : { sendNow: false, scheduledAt: content.scheduledAt, status: "SCHEDULED" }

/** Remembers a message that waits for its time. */
const queued = <M extends Message>(world: World.World, kind: Records.Kind<M>, message: M): World.World => {
  const { id, scheduledAt, status } = message as JsonObject & { readonly id: string }
  if (status !== "SCHEDULED") return world
  const due: World.Due = { at: parseInstant(String(scheduledAt))!, kind, id }
  const place = world.outbox.findIndex(({ at }) => at > due.at)
  return { ...world, outbox: world.outbox.toSpliced(place === -1 ? world.outbox.length : place, 0, due) }
}

const sent = (world: World.World, { at, id, kind }: World.Due): World.World => {
  const found = Records.byId(world, kind as Records.Kind<Message>, id)
  const isDue =
    found !== undefined &&
    found.record.deletedAt === null &&
    found.record.status === "SCHEDULED" &&
    parseInstant(String(found.record.scheduledAt)) === at
  if (!isDue) return world
  return World.replace(world, at, kind, found.index, (stamp) => ({
    ...found.record,
    status: "ACCEPTED",
    sentAt: instant(at),
    date: instant(at),
    updatedAt: instant(stamp)
  }))[1]
}

/** Sends what was scheduled and is due by now. */
export const sendDue = (world: World.World, now: number): World.World => {
  const waiting = world.outbox.findIndex(({ at }) => at > now)
  const count = waiting === -1 ? world.outbox.length : waiting
  return count === 0 ? world : world.outbox.slice(0, count).reduce(sent, { ...world, outbox: world.outbox.slice(count) })
}

/** What the endpoints of a kind of message do. */
export const endpoints = <M extends Message>(resource: Resource<M>) => {
  const { addressOf, content, derived, hidden, kind, missing, recognized, slot } = resource

  const view = (message: M): JsonObject => Object.fromEntries(Object.entries(message).filter(([field]) => !hidden.includes(field)))

  const isThere = ({ record }: Records.Found<M>) => record.deletedAt === null

  /** The messages that a path leads to: those of its patient, or those of nobody. */
  const below = (call: Call, world: World.World): Reply.Or<ReadonlyArray<Records.Found<M>>> =>
    call.path.patientId === undefined
      ? Either.map(Records.all(call, world, kind), (all) => all.filter(({ record }) => record.unrecognized))
      : Either.map(Patients.existing(call, world), (patient) => Records.ofPatient(world, kind, patient))

  const existing = (call: Call, world: World.World): Reply.Or<Records.Found<M>> =>
    Either.gen(function* () {
      const { patientId } = call.path
      if (patientId !== undefined) yield* Patients.existing(call, world)
      const found = Records.byId(world, kind, call.path[slot]!)
      return found !== undefined && isThere(found) && patientOf(found.record) === patientId ? found : yield* missing(call)
    })

  const patientWith = (call: Call, world: World.World, field: string, id: unknown): Reply.Or<Patient> => {
    const found = Records.byId(world, Patients.kind, String(id))
    return found === undefined ? bad(call, "There is no such patient.", { field }) : Either.right(found.record)
  }

  const written = (call: Call, world: World.World, { index }: Records.Found<M>, make: (at: number) => JsonObject) => {
    const [message, next] = World.replace(world, call.now, kind, index, (at) => ({ ...make(at), updatedAt: instant(at) }) as M)
    return [message, queued(next, kind, message)] as const
  }

  const list = reads((call, world) =>
    Either.gen(function* () {
      const filter = yield* filters(call, resource as unknown as Resource<never>)
      const messages = (yield* below(call, world)).filter(isThere).map(({ record }) => view(record))
      const fits = messages.filter((message) => filter.every((one) => one(message)))
      return Records.spring(yield* Records.page(call, fits, (message) => message), (message) => message)
    })
  )

  const get = reads((call, world) => Either.map(existing(call, world), ({ record }) => Reply.json(200, view(record))))

  /** Takes a message to the patient in the path. */
  const send = (call: Call, world: World.World, body: JsonObject, required: ReadonlyArray<string>, beside: JsonObject) =>
    Either.gen(function* () {
      const { patient } = yield* Patients.existing(call, world)
      const given = yield* Records.taken(call, body, { ...content, receiver: Records.isText }, [...required, "receiver"])
      if (given.receiver !== patient.id) return yield* notSimulated(call, "Who gets a message with another receiver is not known.")
      if (given.sendNow !== true && given.scheduledAt === undefined) {
        return yield* bad(call, "What is not sent now needs a time.", { field: "scheduledAt" })
      }
      const { id: sender, name } = caller(world.setting)
      const [message, next] = World.create(
        world,
        call.now,
        kind,
        (id, at) =>
          ({
            id,
            ...blank,
            ...beside,
            updatedAt: instant(at),
            careTeam: name,
            patientInfo: nameOfPatient(patient),
            timezone: patient.timezone ?? null,
            sender,
            senderName: name,
            receiverName: nameOfPatient(patient),
            to: addressOf(patient) ?? null,
            direction: "OUT",
            ...given,
            ...derived(given),
            ...sending(given, at)
          }) as unknown as M
      )
      return [Reply.json(201, view(message)), queued(next, kind, message)] as const
    })

  const assign = (call: Call, world: World.World, found: Records.Found<M>, given: JsonObject) =>
    Either.map(patientWith(call, world, "sender", given.sender), (patient) => {
      const { id, name } = caller(world.setting)
      const recognition = isUnrecognized(found.record.status) ? { status: recognized } : {}
      return written(call, world, found, () => ({
        ...found.record,
        ...given,
        ...recognition,
        senderName: nameOfPatient(patient),
        patientInfo: nameOfPatient(patient),
        timezone: patient.timezone ?? null,
        assignedBy: id,
        assignedByName: name,
        unrecognized: false
      }))
    })

  /** A star may always be set, a sender where there was none of ours, all else only as long as nothing was sent. */
  const update = (call: Call, world: World.World, body: JsonObject): Reply.Or<readonly [Reply.Reply, World.World]> =>
    Either.gen(function* () {
      const found = yield* existing(call, world)
      const { record } = found
      const isScheduled = record.status === "SCHEDULED"
      const given = yield* Records.taken(call, body, {
        ...content,
        starred: Records.isFlag,
        sender: Records.isText,
        receiver: Records.isText
      })
      const allowed = [
        "starred",
        ...(record.direction === "IN" ? ["sender"] : []),
        ...(isScheduled ? [...Object.keys(content), "receiver"] : [])
      ]
      const wrong = Object.keys(given).find((field) => !allowed.includes(field))
      if (wrong !== undefined) return yield* bad(call, "The message can no longer change in this.", { field: wrong })
      if (given.sender !== undefined) {
        const [message, next] = yield* assign(call, world, found, given)
        return [Reply.json(200, view(message)), next] as const
      }
      const receiver = given.receiver === undefined ? undefined : yield* patientWith(call, world, "receiver", given.receiver)
      const [message, next] = written(call, world, found, (at) => ({
        ...record,
        ...given,
        ...derived(given),
        ...(receiver === undefined
          ? {}
          : { receiverName: nameOfPatient(receiver), patientInfo: nameOfPatient(receiver), to: addressOf(receiver) ?? null }),
        ...(isScheduled ? sending({ ...record, ...given }, at) : {})
      }))
      return [Reply.json(200, view(message)), next] as const
    })

  /** What waits or came from nobody known may be deleted. Exports go on showing it, with the time of that. */
  const remove: Handler = (call, world) =>
    Either.gen(function* () {
      const found = yield* existing(call, world)
      const { status } = found.record
      if (status !== "SCHEDULED" && !isUnrecognized(status)) return yield* bad(call, "A message that was sent cannot be deleted.")
      const [, next] = written(call, world, found, (at) => ({ ...found.record, deletedAt: instant(at) }))
      return [Reply.empty(200), next] as const
    })

  return { list, get, send, update, remove }
}
