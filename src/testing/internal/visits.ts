/*
 * Encounters, their calendar events and their dispositions, as they are there from the start. They are made together: an encounter
 * names its event and its disposition, and most events are those of an encounter.
 */
import * as Either from "effect/Either"
import { rowCreated, rowUpdated } from "./authorship.js"
import type { Call } from "./call.js"
import * as Designer from "./designer.js"
import * as Ids from "./ids.js"
import { instant, type JsonObject } from "./json.js"
import * as Patients from "./patients.js"
import { cdtDefinition, type Population, type Seedling } from "./population.js"
import { hashText, key, mix } from "./random.js"
import * as Records from "./records.js"
import type * as Reply from "./reply.js"
import * as Staff from "./staff.js"
import * as Table from "./table.js"
import * as World from "./world.js"

export interface Participant extends JsonObject {
  readonly id: string
  readonly participantId: string
  readonly participantRole: "patient" | "psm"
}

/** An event without what follows from its other fields. */
export interface CalendarEvent extends JsonObject {
  readonly id: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly externalId: string | null
  readonly eventType: string | null
  readonly eventStatus: string | null
  readonly startDateTime: string
  readonly endDateTime: string
  readonly hostId: string
  readonly timezone: string | null
  readonly participants: ReadonlyArray<Participant>
}

/** A record that the service keeps as one of an internal data type. */
export interface DataRecord<Body = unknown> extends JsonObject {
  readonly id: string
  readonly patientId: string
  readonly jsonBody: JsonObject & Body & { readonly id: string; readonly created_at: string; readonly updated_at: string }
}

export type Encounter = DataRecord<{
  readonly status: string
  readonly calendarEventId: string | null
  /** The event as it was when the encounter was last written. */
  readonly calendarEvent: CalendarEvent | null
  readonly dispositionId: string | null
}>

export type Disposition = DataRecord<{ readonly source_id: string }>

/** What a record of an internal data type says of its definition. */
export const definition = (cdtName: string) => ({ ...cdtDefinition(cdtName), cdtName })

const encounterSlots = 3
/** One for each encounter, and one of another kind. */
const eventSlots = encounterSlots + 1

/** Whether a place holds an encounter, and that encounter an event. */
const visit = ({ seed }: Population, owner: number, slot: number): "none" | "unscheduled" | "scheduled" => {
  const word = mix(key(seed, "encounter.count"), owner)
  if (slot >= encounterSlots || slot >= word % (encounterSlots + 1)) return "none"
  return mix(word, slot) % 5 === 0 ? "unscheduled" : "scheduled"
}

const minute = 60_000
const day = 86_400_000

/** A person as a participant of an event. */
export const psm = (user: Pick<Staff.User, "firstName" | "lastName" | "email" | "phone" | "timezone" | "enabled">) => ({
  timezone: user.timezone ?? null,
  firstName: user.firstName ?? "",
  lastName: user.lastName ?? "",
  deleted: false,
  hasAccess: false,
  email: user.email,
  phone: user.phone ?? null,
  gender: null,
  birthDate: null,
  enabled: user.enabled
})

export const patient = (one: JsonObject) => ({
  timezone: one.timezone,
  firstName: one.firstName,
  lastName: one.lastName,
  deleted: false,
  hasAccess: false,
  email: one.email,
  phone: one.phone,
  gender: one.gender,
  birthDate: one.birthDate,
  enabled: null
})

/** The id of somebody's participation in an event. */
export const participationId = (eventId: string, participantId: string): string => Ids.named(hashText(`${eventId} ${participantId}`))

/** The event's own key in the caller's system, from which the index can be read back. */
const externalId = (index: number): string => `crm/event-${index}`

export const indexOfExternalId = (value: string): number | undefined => {
  const parts = /^crm\/event-(\d{1,7})$/.exec(value)
  return parts === null ? undefined : Number(parts[1])
}

const event = (
  { createdAt, draws, id, index, owner, patientId, slot, updatedAt }: Seedling,
  population: Population
): CalendarEvent | undefined => {
  const isVisit = slot < encounterSlots
  if (isVisit ? visit(population, owner, slot) !== "scheduled" : draws.chance(60)) return undefined
  const host = draws.pick(population.staff)
  const user = Staff.kind.base(population).at(population.staff.indexOf(host))!
  const start = createdAt - (createdAt % (30 * minute)) + (1 + draws.below(90)) * day
  const template = draws.pick(Designer.encounterTemplates)
  const minutes = isVisit ? template.defaultDuration : draws.pick([15, 45, 90])
  const invited = population.patients.at(owner)!
  return {
    id,
    createdBy: draws.pick(population.authors)[0],
    createdAt: instant(createdAt),
    updatedBy: draws.pick(population.authors)[0],
    updatedAt: instant(updatedAt),
    externalId: draws.chance(20) ? externalId(index) : null,
    externalIdUpdatedAt: instant(createdAt - 1),
    eventTitle: isVisit ? template.title : draws.pick([null, "Check-in", "Gespräch „kurz“"]),
    eventDescription: draws.pick([null, "", "Bring the list of medicines.\n"]),
    startDateTime: instant(start),
    endDateTime: instant(start + minutes * minute),
    allDayEvent: false,
    eventType: isVisit ? "ENCOUNTER" : draws.pick([null, "APPOINTMENT", "GROUP_THERAPY"]),
    // letter case is not stable
    eventStatus: draws.pick(["SCHEDULED", "SCHEDULED", "Scheduled", "COMPLETED", "CANCELLED", "MISSED"]),
    eventMode: isVisit ? template.deliveryMethod : draws.pick([null, "CALL", "VIDEO", "IN-PERSON"]),
    eventColor: draws.pick([null, "green", "#336699"]),
    hostId: host.id,
    timezone: draws.pick([null, "US/Pacific", "Europe/Oslo"]),
    additionalInfo: draws.maybe(20, () => ({ location: "Room 2" })),
    participants: [
      {
        id: participationId(id, host.id),
        participantId: host.id,
        participantRole: "psm",
        participationStatus: "",
        attended: false,
        ...psm(user)
      },
      {
        id: participationId(id, patientId),
        participantId: patientId,
        participantRole: "patient",
        participationStatus: draws.pick(["", "", "Yes"]),
        attended: draws.chance(20),
        ...patient(invited)
      }
    ]
  }
}

/** All calendar events. Those of users alone belong to no patient. */
export const events: Records.Kind<CalendarEvent> = Records.kind({
  name: "calendarEvent",
  slots: eventSlots,
  make: event,
  changedAt: ({ updatedAt }) => updatedAt,
  patientOf: ({ participants }) => participants.find(({ participantRole }) => participantRole === "patient")?.participantId
})

/** What a data record holds besides its own fields. */
export const rowBlank = { source_id: null, source_name: null, source_type: null, external_id: null, external_guid: null }

/** Who wrote a record, when it is made of a seed. */
export const rowAuthors = ({ createdAt, draws, updatedAt }: Seedling, { authors }: Population) => {
  const [[by, byName], [again, againName]] = [draws.pick(authors), draws.pick(authors)]
  return { ...rowCreated({ id: by, name: byName }, createdAt), ...rowUpdated({ id: again, name: againName }, updatedAt) }
}

const note = "Talked about the last weeks; sleeps better – sagt „viel besser“.\nNext steps were agreed upon. "

const encounter = (seedling: Seedling, population: Population): Encounter | undefined => {
  const { createdAt, draws, id, index, owner, patientId, slot } = seedling
  const state = visit(population, owner, slot)
  if (state === "none") return undefined
  const met = state === "scheduled" ? (events.base(population).at(owner * eventSlots + slot) ?? null) : null
  const template = draws.chance(80) ? draws.pick(Designer.encounterTemplates) : undefined
  const status = draws.pick(["DRAFT", "DRAFT", "OPEN", "FINALIZED", "FINALIZED", "CANCELLED"])
  const hasBegun = status === "OPEN" || status === "FINALIZED"
  const active = status === "OPEN" ? draws.pick(population.staff) : undefined
  return {
    id,
    patientId,
    ...definition("__encounter__"),
    jsonBody: {
      ...rowBlank,
      ...rowAuthors(seedling, population),
      id,
      title: template?.title ?? "Call",
      description: draws.pick(["", "Introductory talk"]),
      status,
      type: template?.name ?? "",
      templateName: template?.name ?? null,
      templateTitle: null,
      instruction: "",
      notes: draws.pick([null, "", note, note.repeat(30)]),
      startDatetime: hasBegun ? instant(createdAt + day) : null,
      endDatetime: null,
      calendarEventId: met?.id ?? null,
      calendarEvent: met,
      dispositionId: dispositions.base(population).at(index)?.id ?? null,
      activeUserId: active?.id ?? null,
      activeUserName: active === undefined ? null : Staff.nameOf(active)
    }
  }
}

/** All encounters. */
export const encounters: Records.Kind<Encounter> = Records.kind({
  name: "encounter",
  slots: encounterSlots,
  make: encounter,
  changedAt: ({ jsonBody }) => jsonBody.updated_at,
  patientOf: ({ patientId }) => patientId
})

/** What every disposition of the instance has. */
export const dispositionBlank = Object.fromEntries(Designer.dispositionFields.map((field) => [field, null]))

/** Where a record that belongs to an encounter says so. */
export const ofEncounter = (encounterId: string) => ({ source_id: encounterId, source_name: "__encounter__", source_type: "ENCOUNTER" })

const disposition = (seedling: Seedling, population: Population): Disposition | undefined => {
  const { createdAt, draws, id, index, owner, patientId, slot } = seedling
  const state = visit(population, owner, slot)
  // a few that have no event have no disposition either
  if (state === "none" || (state === "unscheduled" && draws.chance(50))) return undefined
  return {
    id,
    patientId,
    ...definition("__encounter_disposition__"),
    jsonBody: {
      ...rowBlank,
      // made together, one at each place
      ...ofEncounter(encounters.base(population).ids.encode(index, createdAt)),
      ...rowAuthors(seedling, population),
      id,
      ...dispositionBlank,
      "uicedf-outcome": draws.pick([null, "Done", "Moved"])
    }
  }
}

/** All dispositions. */
export const dispositions: Records.Kind<Disposition> = Records.kind({
  name: "encounterDisposition",
  slots: encounterSlots,
  make: disposition,
  changedAt: ({ jsonBody }) => jsonBody.updated_at,
  patientOf: ({ patientId }) => patientId
})

/** A kind of record that belongs to encounters, of which each has a few places. */
export const perEncounter = <A extends { readonly id: string }>(
  places: number,
  {
    make,
    ...facts
  }: Omit<Parameters<typeof Records.kind<A>>[0], "slots" | "make"> & {
    readonly make: (seedling: Seedling, encounter: Encounter, population: Population) => A | undefined
  }
): Records.Kind<A> =>
  Records.kind({
    ...facts,
    slots: encounterSlots * places,
    make: (seedling, population) => {
      const encounter = encounters.base(population).at(Math.floor(seedling.index / places))
      return encounter === undefined || seedling.draws.chance(50) ? undefined : make(seedling, encounter, population)
    }
  })

/** The encounter in the path. */
export const existing = (call: Call, world: World.World): Reply.Or<Records.Found<Encounter>> =>
  Either.flatMap(Patients.existing(call, world), ({ patient }) => {
    const found = Records.byId(world, encounters, call.path.encounterId!)
    return found?.record.patientId === patient.id ? Either.right(found) : Records.noDataRecord(call)
  })

/** Whether the encounter of a record is still there: a deleted one takes along what belongs to it. */
export const isKept = (world: World.World, encounterId: string): boolean => {
  const found = Records.byId(world, encounters, encounterId)
  return found !== undefined && !Table.isGone(World.table(world, Patients.kind), found.record.patientId)
}

/** The records of a kind that belong to an encounter, in the order of creation. */
export const ofOne = <A>(
  world: World.World,
  kind: Records.Kind<A>,
  encounter: Encounter,
  encounterOf: (record: A) => string
): ReadonlyArray<Records.Found<A>> => {
  const patient = Records.byId(world, Patients.kind, encounter.patientId)
  if (patient === undefined) return []
  const all = Records.ofPatient(world, kind, { index: patient.index, patient: patient.record })
  return all.filter(({ record }) => encounterOf(record) === encounter.id)
}
