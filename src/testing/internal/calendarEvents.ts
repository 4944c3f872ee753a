import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import { parseInstant } from "../../internal/time.js"
import { caller } from "./authorship.js"
import { bad, type Call, type Handler, notSimulated, objectBody, reads, word } from "./call.js"
import { instant, type JsonObject } from "./json.js"
import { local } from "./local.js"
import * as Patients from "./patients.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Staff from "./staff.js"
import * as Table from "./table.js"
import * as Visits from "./visits.js"
import * as WorkHours from "./workHours.js"
import * as World from "./world.js"

type Found = Records.Found<Visits.CalendarEvent>

/** An event in the service's words, its local fields in its own zone unless the viewer's is given. */
export const view = (event: Visits.CalendarEvent, viewerTimezone?: string): JsonObject => {
  const zone = viewerTimezone ?? event.timezone
  return {
    ...event,
    localStartDateTime: local(event.startDateTime, zone),
    localEndDateTime: local(event.endDateTime, zone),
    duration: (Date.parse(event.endDateTime) - Date.parse(event.startDateTime)) / 1000
  }
}

const missing = (call: Call) => Records.missing(call, "There is no such calendar event.")

/** The event with this id, whose patient is still there. */
export const byId = (world: World.World, id: string): Found | undefined => {
  const found = Records.byId(world, Visits.events, id)
  return found !== undefined && Records.isOwned(Visits.events)(world, found.record) ? found : undefined
}

const byExternalId = (world: World.World, externalId: string): Found | undefined => {
  const table = World.table(world, Visits.events)
  const fits = (event: Visits.CalendarEvent | undefined): event is Visits.CalendarEvent => event?.externalId === externalId
  const written = HashMap.findFirst(table.changes.rows, fits)
  if (Option.isSome(written)) return { index: written.value[0], record: written.value[1]! }
  const index = Visits.indexOfExternalId(externalId)
  const event = index === undefined ? undefined : Table.at(table, index)
  return fits(event) ? { index: index!, record: event } : undefined
}

const existing = (call: Call, world: World.World): Reply.Or<Found> => {
  const found = byId(world, call.path.eventId!)
  return found === undefined ? missing(call) : Either.right(found)
}

const get = reads((call, world) =>
  Either.gen(function* () {
    const type = yield* word(call, "type", ["EXTERNAL_ID"])
    const found = type === undefined ? yield* existing(call, world) : byExternalId(world, call.path.eventId!)
    return found === undefined ? yield* missing(call) : Reply.json(200, view(found.record))
  })
)

const isZone = (value: unknown): boolean => typeof value === "string" && Option.isSome(DateTime.zoneMakeNamed(value))

const text = Records.orNull(Records.isText)

/** What an event may be told. */
export const fields = {
  startDateTime: Records.isMoment,
  endDateTime: Records.isMoment,
  hostId: Records.isText,
  participants: Records.isList,
  eventTitle: text,
  eventDescription: text,
  eventType: text,
  eventStatus: text,
  eventMode: text,
  externalId: text,
  additionalInfo: Records.orNull((value) => typeof value === "object"),
  allDayEvent: Records.isFlag,
  eventColor: text,
  timezone: Records.orNull(isZone)
}

export const required = ["startDateTime", "endDateTime", "hostId", "participants"]

/** What an event has that was told nothing: no defaults. */
const blank = {
  externalId: null,
  eventTitle: null,
  eventDescription: null,
  allDayEvent: false,
  eventType: null,
  eventStatus: null,
  eventMode: null,
  eventColor: null,
  timezone: null,
  additionalInfo: null
}

const person = (world: World.World, id: unknown, role: unknown): JsonObject | undefined => {
  if (role === "psm") {
    const user = Staff.byId(world, String(id))
    return user && Visits.psm(user)
  }
  const found = Records.byId(world, Patients.kind, String(id))
  return role === "patient" && found !== undefined ? Visits.patient(found.record) : undefined
}

const participants = (
  call: Call,
  world: World.World,
  eventId: string,
  given: ReadonlyArray<JsonObject>,
  before: ReadonlyArray<Visits.Participant>
): Reply.Or<ReadonlyArray<Visits.Participant>> =>
  Either.all(
    given.map(({ attended, participantId, participantRole, participationStatus }) => {
      const found = person(world, participantId, participantRole)
      if (found === undefined) return bad(call, "A participant does not exist.", { field: "participants" })
      const old = before.find((one) => one.participantId === participantId)
      return Either.right({
        id: old?.id ?? Visits.participationId(eventId, String(participantId)),
        participantId,
        participantRole,
        participationStatus: participationStatus ?? old?.participationStatus ?? "",
        attended: attended ?? old?.attended ?? false,
        ...found
      } as Visits.Participant)
    })
  )

/** An event with what was asked of it; refused where it makes no sense. */
const changed = (
  call: Call,
  world: World.World,
  event: JsonObject & { readonly id: string; readonly participants: ReadonlyArray<Visits.Participant> },
  asked: JsonObject
): Reply.Or<Visits.CalendarEvent> =>
  Either.gen(function* () {
    const invited =
      asked.participants === undefined
        ? event.participants
        : yield* participants(call, world, event.id, asked.participants as ReadonlyArray<JsonObject>, event.participants)
    const moments = Object.fromEntries(
      ["startDateTime", "endDateTime"].flatMap((field) =>
        asked[field] === undefined ? [] : [[field, instant(parseInstant(String(asked[field]))!)]]
      )
    )
    const next = { ...event, ...asked, ...moments, participants: invited } as unknown as Visits.CalendarEvent
    if (next.endDateTime < next.startDateTime) return yield* bad(call, "An event ends before it begins.", { field: "endDateTime" })
    if (!invited.some((one) => one.participantRole === "psm" && one.participantId === next.hostId)) {
      return yield* bad(call, "The host is none of the participants.", { field: "hostId" })
    }
    const namesake = next.externalId === null ? undefined : byExternalId(world, next.externalId)
    if (namesake !== undefined && namesake.record.id !== next.id) {
      return yield* bad(call, "Another event has that external id.", { field: "externalId" })
    }
    return next
  })

/** Adds an event. */
export const add = (call: Call, world: World.World, asked: JsonObject): Reply.Or<readonly [Visits.CalendarEvent, World.World]> => {
  const author = caller(world.setting)
  // ids are given with the moment of creation, hence made twice: once to see whether the event makes sense
  let refused: Reply.Or<Visits.CalendarEvent> | undefined
  const [event, next] = World.create(world, call.now, Visits.events, (id, at) => {
    const made = changed(
      call,
      world,
      {
        ...blank,
        id,
        createdBy: author.id,
        createdAt: instant(at),
        updatedBy: author.id,
        updatedAt: instant(at),
        externalIdUpdatedAt: instant(at),
        participants: []
      },
      asked
    )
    refused = made
    return Either.getOrElse(made, () => ({ id }) as unknown as Visits.CalendarEvent)
  })
  return Either.map(refused!, () => [event, next] as const)
}

/** Changes an event. */
export const change = (
  call: Call,
  world: World.World,
  { index, record }: Found,
  asked: JsonObject
): Reply.Or<readonly [Visits.CalendarEvent, World.World]> =>
  Either.map(changed(call, world, record, asked), (event) =>
    World.replace(world, call.now, Visits.events, index, (at) => ({
      ...event,
      ...(event.externalId === record.externalId ? {} : { externalIdUpdatedAt: instant(at) }),
      updatedBy: caller(world.setting).id,
      updatedAt: instant(at)
    }))
  )

const body = (call: Call, needed: ReadonlyArray<string>): Reply.Or<JsonObject> =>
  Either.flatMap(objectBody(call), (given) => {
    const twin = Object.keys(given).find((field) => field.startsWith("local"))
    return twin === undefined ? Records.taken(call, given, fields, needed) : bad(call, "The local fields are read-only.", { field: twin })
  })

const create: Handler = (call, world) =>
  Either.gen(function* () {
    const [event, next] = yield* add(call, world, yield* body(call, required))
    return [Reply.json(201, view(event)), next] as const
  })

const changing =
  (needed: ReadonlyArray<string>, otherwise: JsonObject): Handler =>
  (call, world) =>
    Either.gen(function* () {
      const found = yield* existing(call, world)
      const [event, next] = yield* change(call, world, found, { ...otherwise, ...(yield* body(call, needed)) })
      return [Reply.json(200, view(event)), next] as const
    })

/** What lies ahead is deleted, what is past only cancelled. */
const remove: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* existing(call, world)
    if (Date.parse(found.record.startDateTime) > call.now) {
      return [Reply.empty(204), World.remove(world, Visits.events, found.index)] as const
    }
    const [, next] = yield* change(call, world, found, { eventStatus: "CANCELLED" })
    return [Reply.empty(204), next] as const
  })

const respond: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* existing(call, world)
    const answer = yield* Records.taken(
      call,
      yield* objectBody(call),
      { participantId: Records.isText, participationStatus: Records.isText },
      ["participantId", "participationStatus"]
    )
    const isAnswering = (one: Visits.Participant) => one.participantId === answer.participantId
    if (!found.record.participants.some(isAnswering)) {
      return yield* bad(call, "Nobody with that id was invited.", { field: "participantId" })
    }
    const [, next] = World.replace(world, call.now, Visits.events, found.index, (at) => ({
      ...found.record,
      updatedBy: caller(world.setting).id,
      updatedAt: instant(at),
      participants: found.record.participants.map((one) =>
        isAnswering(one) ? { ...one, participationStatus: answer.participationStatus } : one
      )
    }))
    return [Reply.empty(200), next] as const
  })

export const isCancelled = ({ eventStatus }: Visits.CalendarEvent): boolean => eventStatus?.toUpperCase() === "CANCELLED"

/** The events that touch a period. */
export const within = (call: Call, world: World.World, from: number, to: number): Reply.Or<ReadonlyArray<Visits.CalendarEvent>> =>
  Either.map(Records.all(call, world, Visits.events), (all) =>
    all.flatMap(({ record }) => (Date.parse(record.startDateTime) <= to && Date.parse(record.endDateTime) >= from ? [record] : []))
  )

const list = reads((call, world) =>
  Either.gen(function* () {
    const [from, to] = [yield* Records.needed(call, "from"), yield* Records.needed(call, "to")]
    if ((yield* word(call, "includeEncounterInfo", ["true", "false"])) === "true") {
      return yield* notSimulated(call, "What includeEncounterInfo adds to an event is not known.")
    }
    const cancelled = yield* word(call, "includeCancelled", ["true", "false"])
    const unassigned = yield* word(call, "excludeAssignedToEncounterEvents", ["true", "false"])
    const zone = call.query.get("viewerTimezone") ?? undefined
    if (zone !== undefined && !isZone(zone)) return yield* bad(call, "There is no such time zone.", { parameter: "viewerTimezone" })
    const people = Records.listed(call, "participantIds")
    const type = call.query.get("eventType")
    const assigned =
      unassigned === "true"
        ? new Set((yield* Records.all(call, world, Visits.encounters)).map(({ record }) => record.jsonBody.calendarEventId))
        : new Set()
    const fits = (yield* within(call, world, from, to)).filter(
      (event) =>
        (cancelled === "true" || !isCancelled(event)) &&
        (type === null || event.eventType === type) &&
        (people === undefined || event.participants.some(({ participantId }) => people.includes(participantId))) &&
        !assigned.has(event.id)
    )
    // the service sorts even where nobody asked it to
    const byStart = fits.toSorted((one, other) => Date.parse(one.startDateTime) - Date.parse(other.startDateTime))
    const { numbers, ...page } = yield* Records.page(call, byStart, (event) => event)
    const sort = numbers.sort.length === 0 ? [{ field: "startDateTime", descending: false }] : numbers.sort
    return Records.spring({ ...page, numbers: { ...numbers, sort } }, (event) => view(event, zone))
  })
)

const hours = (millis: number): string => `${(millis / 3_600_000).toFixed(1)} hours`

const summarize = reads((call, world) =>
  Either.gen(function* () {
    const [from, to] = [yield* Records.needed(call, "from"), yield* Records.needed(call, "to")]
    const psmIds = Records.listed(call, "psmIds")
    if (psmIds === undefined) return yield* bad(call, "A required query parameter is missing.", { parameter: "psmIds" })
    const events = yield* within(call, world, from, to)
    const summary = psmIds.map((psmId) => {
      const hosted = events.filter(({ hostId }) => hostId === psmId)
      const future = hosted.filter(({ startDateTime }) => Date.parse(startDateTime) > call.now)
      const statuses = new Map<string, number>()
      for (const { eventStatus } of hosted) {
        if (eventStatus !== null) statuses.set(eventStatus, (statuses.get(eventStatus) ?? 0) + 1)
      }
      const busy = hosted.reduce((sum, event) => sum + Date.parse(event.endDateTime) - Date.parse(event.startDateTime), 0)
      const working = WorkHours.millisWithin(world, psmId, from, to)
      return {
        psmId,
        totalCreatedEvents: hosted.length,
        totalOccurredEvents: hosted.length - future.length,
        totalFutureEvents: future.length,
        eventStatusCount: Object.fromEntries(statuses),
        totalWorkingHours: hours(working),
        totalEventHours: hours(busy),
        occupancy: `${(working === 0 ? 0 : (busy / working) * 100).toFixed(1)}%`
      }
    })
    return Reply.json(200, { startDateTime: instant(from), endDateTime: instant(to), summary })
  })
)

export const handlers = {
  "calendarEvents.create": create,
  "calendarEvents.get": get,
  "calendarEvents.list": list,
  "calendarEvents.replace": changing(required, blank),
  "calendarEvents.update": changing([], {}),
  "calendarEvents.remove": remove,
  "calendarEvents.respondToInvitation": respond,
  "calendarEvents.summarize": summarize
}
