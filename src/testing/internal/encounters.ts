import * as Either from "effect/Either"
import { caller, rowCreated, rowUpdated } from "./authorship.js"
import * as CalendarEvents from "./calendarEvents.js"
import { bad, type Call, type Handler, notSimulated, objectBody, reads, word } from "./call.js"
import * as Designer from "./designer.js"
import * as EncounterAssessments from "./encounterAssessments.js"
import * as EncounterComments from "./encounterComments.js"
import * as EncounterDispositions from "./encounterDispositions.js"
import { instant, isObject, type JsonObject } from "./json.js"
import { local } from "./local.js"
import * as Patients from "./patients.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Staff from "./staff.js"
import * as Users from "./users.js"
import * as Visits from "./visits.js"
import * as World from "./world.js"

type Found = Records.Found<Visits.Encounter>

const eventOf = (world: World.World, { jsonBody }: Visits.Encounter): Visits.CalendarEvent | undefined =>
  jsonBody.calendarEventId === null ? undefined : CalendarEvents.byId(world, jsonBody.calendarEventId)?.record

/** An encounter in the service's words. The event is told twice: as it was at the last change of the encounter, and as it is. */
export const view = (world: World.World, encounter: Visits.Encounter): Visits.Encounter => {
  const event = eventOf(world, encounter)
  const owner = event === undefined ? undefined : Staff.byId(world, event.hostId)
  const now = event === undefined ? undefined : CalendarEvents.view(event)
  const { calendarEvent } = encounter.jsonBody
  return {
    ...encounter,
    jsonBody: {
      ...encounter.jsonBody,
      calendarEventId: event?.id ?? null,
      calendarEvent: (event === undefined || calendarEvent === null ? null : CalendarEvents.view(calendarEvent)) as never,
      currentScheduledAppointment: now ?? null,
      calendarEventStartDatetime: event?.startDateTime ?? null,
      ownerUserId: event?.hostId ?? null,
      ownerUserName: owner === undefined ? null : Staff.nameOf(owner),
      ...(event === undefined || now === undefined
        ? {}
        : {
            localStartDatetime: now.localStartDateTime,
            localEndDatetime: now.localEndDateTime,
            localCalendarEventStartDatetime: now.localStartDateTime,
            local_created_at: local(event.createdAt, event.timezone),
            local_updated_at: local(event.updatedAt, event.timezone)
          })
    }
  }
}

const systemFields = ["id", "created_at", "created_by", "created_by_name", "updated_at", "updated_by", "updated_by_name"]

/** An encounter as lists over several patients show it: without what the service keeps, with the patient's name. */
const reduced = (world: World.World, encounter: Visits.Encounter): JsonObject => {
  const { jsonBody, ...whole } = view(world, encounter)
  const patient = Records.byId(world, Patients.kind, encounter.patientId)?.record
  const isOwn = ([field]: readonly [string, unknown]) => !systemFields.includes(field) && !Object.hasOwn(Visits.rowBlank, field)
  return {
    ...whole,
    cdtId: null,
    version: null,
    cdtName: null,
    jsonBody: {
      ...Object.fromEntries(Object.entries(jsonBody).filter(isOwn)),
      patientInfo: { patientId: encounter.patientId, firstName: patient?.firstName ?? "", lastName: patient?.lastName ?? "" }
    }
  }
}

/** An encounter with everything around it. */
const full = (world: World.World, encounter: Visits.Encounter, shown: JsonObject): JsonObject => {
  const event = eventOf(world, encounter)
  const host = event === undefined ? undefined : Staff.byId(world, event.hostId)
  const { applicationAccess: _, credentials: __, phone: ___, timezone: ____, ...user } = host ?? ({} as Staff.User)
  return {
    encounter: shown,
    disposition: EncounterDispositions.of(world, encounter)?.record ?? null,
    calendarEvent: event === undefined ? null : CalendarEvents.view(event),
    userRelatedToCalendarEvent:
      host === undefined
        ? null
        : { ...user, territories: [], roles: [], policies: [], seats: [], userAttributes: host.customUserAttributes },
    assessmentLinks: EncounterAssessments.of(world, encounter).map(({ record }) => record),
    comments: EncounterComments.of(world, encounter).map(({ record }) => record)
  }
}

const get = reads((call, world) => Either.map(Visits.existing(call, world), ({ record }) => Reply.json(200, view(world, record))))

const getFull = reads((call, world) =>
  Either.map(Visits.existing(call, world), ({ record }) => Reply.json(200, full(world, record, view(world, record))))
)

const ofPatient = (call: Call, world: World.World): Reply.Or<ReadonlyArray<Found>> =>
  Either.map(Patients.existing(call, world), (found) => Records.ofPatient(world, Visits.encounters, found))

const ofInstance = (call: Call, world: World.World) => Records.all(call, world, Visits.encounters)

/** A user's encounters are those whose event the user hosts. */
const ofUser = (call: Call, world: World.World): Reply.Or<ReadonlyArray<Found>> =>
  Either.flatMap(Users.byId(call, world), ({ user }) =>
    Either.map(Records.all(call, world, Visits.encounters), (all) => all.filter(({ record }) => eventOf(world, record)?.hostId === user.id))
  )

interface Listing {
  readonly from: (call: Call, world: World.World) => Reply.Or<ReadonlyArray<Found>>
  /** Whether only patients of the caller's care team are listed where nothing is said. An API client is in none. */
  readonly withCareTeam: boolean
  readonly shown: (world: World.World, encounter: Visits.Encounter) => JsonObject
}

const chosen = (call: Call, world: World.World, { from, withCareTeam }: Listing): Reply.Or<Records.Page<Visits.Encounter>> =>
  Either.gen(function* () {
    const statuses = Records.listed(call, "statuses")
    const careTeam = yield* word(call, "withCareTeam", ["true", "false"])
    const found = yield* from(call, world)
    const isListed = careTeam === undefined ? !withCareTeam : careTeam === "false"
    const fits = found.flatMap(({ record }) =>
      isListed && (statuses === undefined || statuses.includes(record.jsonBody.status)) ? [record] : []
    )
    return yield* Records.page(call, fits, ({ id, jsonBody }) => ({ ...jsonBody, id }))
  })

const list = (listing: Listing) =>
  reads((call, world) =>
    Either.gen(function* () {
      if ((yield* word(call, "onlyWithCalendarEvent", ["true", "false"])) === "true") {
        return yield* notSimulated(call, "What onlyWithCalendarEvent does to encounters alone is not known.")
      }
      return Records.metaInfo(yield* chosen(call, world, listing), (encounter) => listing.shown(world, encounter))
    })
  )

const listFull = (listing: Listing) =>
  reads((call, world) =>
    Either.gen(function* () {
      const only = yield* word(call, "onlyWithCalendarEvent", ["true", "false"])
      return Records.metaInfo(yield* chosen(call, world, listing), (encounter) => {
        const shown = listing.shown(world, encounter)
        return only === "true" && eventOf(world, encounter) === undefined ? { encounter: shown } : full(world, encounter, shown)
      })
    })
  )

const text = Records.orNull(Records.isText)

const updatable = {
  title: Records.isText,
  description: Records.isText,
  templateName: Records.isText,
  calendarEventId: text,
  notes: text,
  currentScheduledAppointment: isObject
}

const creatable = { ...updatable, location: text, responsibleParty: text, visitServices: Records.isList }

const statuses = ["DRAFT", "OPEN", "ACTIVE", "FINALIZED", "CANCELLED"]

const templateOf = (call: Call, name: unknown): Reply.Or<Designer.EncounterTemplate | undefined> => {
  const template = Designer.encounterTemplates.find((one) => one.name === name)
  return name === undefined || template !== undefined
    ? Either.right(template)
    : bad(call, "There is no such encounter template.", { field: "templateName" })
}

const attached = (call: Call, world: World.World, id: unknown): Reply.Or<Visits.CalendarEvent | undefined> => {
  if (typeof id !== "string") return Either.right(undefined)
  const found = CalendarEvents.byId(world, id)
  return found === undefined ? bad(call, "There is no such calendar event.", { field: "calendarEventId" }) : Either.right(found.record)
}

const create: Handler = (call, before) =>
  Either.gen(function* () {
    const { patient } = yield* Patients.existing(call, before)
    const { currentScheduledAppointment, ...given } = yield* Records.taken(call, yield* objectBody(call), creatable)
    const template = yield* templateOf(call, given.templateName)
    let world = before
    let event = yield* attached(call, world, given.calendarEventId)
    if (currentScheduledAppointment !== undefined) {
      const wanted = yield* Records.taken(call, currentScheduledAppointment as JsonObject, CalendarEvents.fields, CalendarEvents.required)
      const defaults = { eventType: "ENCOUNTER", eventStatus: "SCHEDULED", eventMode: template?.deliveryMethod ?? "VIDEO" }
      ;[event, world] = yield* CalendarEvents.add(call, world, { ...defaults, ...wanted })
    }
    const author = caller(world.setting)
    const [made, withEncounter] = World.create(world, call.now, Visits.encounters, (id, at) => ({
      id,
      patientId: patient.id,
      ...Visits.definition("__encounter__"),
      jsonBody: {
        ...Visits.rowBlank,
        ...rowCreated(author, at),
        id,
        title: template?.title ?? "",
        description: "",
        type: template?.name ?? "",
        templateName: null,
        templateTitle: null,
        instruction: "",
        notes: null,
        startDatetime: null,
        endDatetime: null,
        activeUserId: null,
        activeUserName: null,
        ...given,
        status: "DRAFT",
        calendarEventId: event?.id ?? null,
        calendarEvent: event ?? null,
        dispositionId: null
      }
    }))
    const [disposition, withDisposition] = EncounterDispositions.add(call, withEncounter, made)
    const linked = (template?.assessmentNames ?? []).reduce(
      (now, name) => EncounterAssessments.add(call, now, made, { assessmentName: name, assessmentRecordId: null, fromTemplate: true })[1],
      withDisposition
    )
    const { index } = Records.byId(linked, Visits.encounters, made.id)!
    const [encounter, next] = World.replace(linked, call.now, Visits.encounters, index, (at) => ({
      ...made,
      jsonBody: { ...made.jsonBody, dispositionId: disposition.id, updated_at: instant(at) }
    }))
    return [Reply.json(201, view(next, encounter)), next] as const
  })

const update: Handler = (call, before) =>
  Either.gen(function* () {
    const { index, record } = yield* Visits.existing(call, before)
    const { currentScheduledAppointment, ...given } = yield* Records.taken(call, yield* objectBody(call), {
      ...updatable,
      status: Records.isOneOf(...statuses)
    })
    yield* templateOf(call, given.templateName)
    let world = before
    let event = eventOf(world, record)
    if ("calendarEventId" in given) event = yield* attached(call, world, given.calendarEventId)
    if (currentScheduledAppointment !== undefined) {
      const wanted = yield* Records.taken(call, currentScheduledAppointment as JsonObject, CalendarEvents.fields)
      if ("startDateTime" in wanted !== "endDateTime" in wanted) {
        return yield* bad(call, "Start and end of an appointment are moved together.", { field: "currentScheduledAppointment" })
      }
      const found = event === undefined ? undefined : CalendarEvents.byId(world, event.id)
      if (found === undefined) return yield* bad(call, "The encounter has no appointment.", { field: "currentScheduledAppointment" })
      ;[event, world] = yield* CalendarEvents.change(call, world, found, wanted)
    }
    const author = caller(world.setting)
    const { jsonBody } = record
    const opens = (given.status === "OPEN" || given.status === "ACTIVE") && jsonBody.status === "DRAFT"
    const [encounter, next] = World.replace(world, call.now, Visits.encounters, index, (at) => ({
      ...record,
      jsonBody: {
        ...jsonBody,
        ...given,
        ...(given.templateName === undefined ? {} : { type: given.templateName }),
        ...(opens ? { startDatetime: instant(at), activeUserId: author.id, activeUserName: author.name } : {}),
        calendarEventId: event?.id ?? null,
        calendarEvent: event ?? null,
        ...rowUpdated(author, at)
      } as Visits.Encounter["jsonBody"]
    }))
    return [Reply.json(200, view(next, encounter)), next] as const
  })

const remove: Handler = (call, world) =>
  Either.map(Visits.existing(call, world), ({ index }) => [Reply.empty(200), World.remove(world, Visits.encounters, index)])

export const handlers = {
  "encounters.list": list({ from: ofInstance, withCareTeam: true, shown: reduced }),
  "encounters.listForPatient": list({ from: ofPatient, withCareTeam: false, shown: view }),
  "encounters.listForUser": list({ from: ofUser, withCareTeam: true, shown: reduced }),
  "encounters.get": get,
  "encounters.create": create,
  "encounters.update": update,
  "encounters.remove": remove,
  "fullEncounters.list": listFull({ from: ofInstance, withCareTeam: true, shown: view }),
  "fullEncounters.listForPatient": listFull({ from: ofPatient, withCareTeam: false, shown: view }),
  "fullEncounters.listForUser": listFull({ from: ofUser, withCareTeam: true, shown: reduced }),
  "fullEncounters.get": getFull
}
