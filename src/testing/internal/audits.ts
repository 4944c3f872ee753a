/*
 * The three logs of a tenant. What was there from the start has its entries, and every write adds one; rows come in no useful order
 * unless they are sorted.
 */
import * as Chunk from "effect/Chunk"
import * as Either from "effect/Either"
import { caller } from "./authorship.js"
import { type Call, type Handler, notSimulated, reads, word } from "./call.js"
import * as Cdts from "./cdts.js"
import * as Formations from "./formations.js"
import * as Ids from "./ids.js"
import { instant, type JsonObject } from "./json.js"
import { nameOfPatient } from "./messages.js"
import * as Patients from "./patients.js"
import { type CdtRecord, once, type Patient, type Population } from "./population.js"
import { Draws, hashText, key } from "./random.js"
import * as Records from "./records.js"
import type * as Reply from "./reply.js"
import * as Staff from "./staff.js"
import * as Tasks from "./tasks.js"
import * as Users from "./users.js"
import * as World from "./world.js"

interface Row extends JsonObject {
  readonly sentAt: string
}

/** Above this many patients a log is refused: it holds several rows for each. */
const readable = 10_000

type Filter = (row: Row) => boolean

const bounds = (call: Call): Reply.Or<Filter> =>
  Either.map(Either.all([Records.moment(call, "dateStart"), Records.moment(call, "dateEnd")]), ([start, end]) => ({ sentAt }) => {
    const at = Date.parse(sentAt)
    return (start === undefined || at >= start) && (end === undefined || at <= end)
  })

/** Rows that agree with the query: parameters by the field they look at. */
const filtered = (call: Call, rows: ReadonlyArray<Row>, fields: { readonly [parameter: string]: string }) =>
  Either.map(bounds(call), (inTime) => {
    const wanted = Object.entries(fields).flatMap(([parameter, field]) => {
      const value = call.query.get(parameter)
      return value === null ? [] : [[field, value] as const]
    })
    return rows.filter((row) => inTime(row) && wanted.every(([field, value]) => row[field] === value))
  })

const page = (call: Call, rows: ReadonlyArray<Row>, view: (row: Row) => object = (row) => row) =>
  Either.map(
    Records.page(call, rows, (row) => row),
    (found) => Records.metaInfo(found, view)
  )

const unordered = (rows: ReadonlyArray<Row>, nameOf: (row: Row) => string): ReadonlyArray<Row> =>
  rows
    .map((row) => [hashText(nameOf(row)), row] as const)
    .sort(([one], [other]) => one - other)
    .map(([, row]) => row)

// ------------------------------------------------------------------------------------------------------------------------- data

/** Who wrote, as rows name it: an author's id and name say which kind of actor that is. */
const subject = ({ staff }: Population, id: unknown, name: unknown): JsonObject => {
  const user = staff.find((one) => one.id === id)
  return {
    subjectActor: user === undefined ? "API_CLIENT" : "USER",
    subjectUsername: user?.username ?? String(name).replace("API_CLIENT:", ""),
    subjectUserId: id,
    subjectFullName: name
  }
}

const aboutPatient = (patient: Patient, operation: string, sentAt: string, by: JsonObject): Row => ({
  eventEntity: "PATIENT",
  eventSubtype: `PATIENT_${operation}`,
  ...by,
  patientFullName: nameOfPatient(patient),
  patientId: patient.id,
  sentAt,
  record: patient
})

/** Of a deleted record nothing but its ids is told. */
const aboutCdt = (record: CdtRecord, patient: Patient | undefined, operation: string, sentAt: string, by: JsonObject): Row => ({
  eventEntity: "CDT",
  eventSubtype: `CDT_${operation}`,
  ...by,
  patientFullName: patient === undefined ? "" : nameOfPatient(patient),
  patientId: record.patientId,
  cdtName: record.cdtName,
  cdtRelation: "COMMON",
  sentAt,
  record:
    operation === "DELETED"
      ? { id: record.id, patientId: record.patientId, cdtName: null, cdtId: null, version: null, jsonBody: null }
      : record
})

const aboutTask = (
  { author, goalId: _, ...task }: Tasks.Task,
  patient: { readonly id: string; readonly name: string },
  sentAt: string,
  by: JsonObject
): Row => ({
  eventEntity: "TASK",
  eventSubtype: "TASK_CREATED",
  ...by,
  patientFullName: patient.name,
  patientId: patient.id,
  sentAt,
  record: {
    description: "",
    dueDate: null,
    ...task,
    createdBy: author.id,
    createdByName: author.name,
    updatedBy: author.id,
    updatedByName: author.name
  }
})

/** The entries of the patients and their data that were there from the start: each came to be, and was changed once. */
const before = once((population): ReadonlyArray<Row> => {
  const { cdtRecords, cdtSlots, patients } = population
  const rows: Array<Row> = []
  for (let owner = 0; owner < patients.span; owner++) {
    const patient = patients.at(owner)!
    rows.push(
      aboutPatient(patient, "CREATED", patient.createdAt, subject(population, patient.createdBy, patient.createdByName)),
      aboutPatient(patient, "UPDATED", patient.updatedAt, subject(population, patient.updatedBy, patient.updatedByName))
    )
    for (let slot = 0; slot < cdtSlots; slot++) {
      const record = cdtRecords.at(owner * cdtSlots + slot)
      if (record === undefined) continue
      const { created_at, created_by, created_by_name, updated_at, updated_by, updated_by_name } = record.jsonBody
      rows.push(
        aboutCdt(record, patient, "CREATED", created_at, subject(population, created_by, created_by_name)),
        aboutCdt(record, patient, "UPDATED", updated_at, subject(population, updated_by, updated_by_name))
      )
    }
  }
  return rows
})

const past = { CREATE: "CREATED", UPDATE: "UPDATED", DELETE: "DELETED" } as const

/** The patient with this id, even one that was deleted. */
const patientOf = (world: World.World, id: string): Patient | undefined => {
  const gone = Chunk.findLast(world.writes, (write) => write.kind === Patients.kind.name && (write.before as Patient)?.id === id)
  return Records.byId(world, Patients.kind, id)?.record ?? (gone._tag === "Some" ? (gone.value.before as Patient) : undefined)
}

const written = (world: World.World): ReadonlyArray<Row> => {
  const { apiClient } = world.setting
  const { id, name } = caller(world.setting)
  const by = { subjectActor: "API_CLIENT", subjectUsername: apiClient, subjectUserId: id, subjectFullName: name }
  return Chunk.toReadonlyArray(world.writes).flatMap(({ after, at, before, kind, operation }, number) => {
    const row = { eventId: `9007199${String(number).padStart(12, "0")}`, instance: world.setting.instance }
    const [record, sentAt] = [after ?? before, instant(at)]
    if (kind === Patients.kind.name) return [{ ...row, ...aboutPatient(record as Patient, past[operation], sentAt, by) }]
    if (kind === Cdts.kind.name) {
      const patient = patientOf(world, (record as CdtRecord).patientId)
      return [{ ...row, ...aboutCdt(record as CdtRecord, patient, past[operation], sentAt, by) }]
    }
    if (kind === Tasks.kind.name && operation === "CREATE") {
      const task = record as Tasks.Task
      return task.patient === undefined ? [] : [{ ...row, ...aboutTask(task, task.patient, sentAt, by) }]
    }
    return []
  })
}

const operations: { readonly [operation: string]: string } = past

const listData: Handler = reads((call, world) =>
  Either.gen(function* () {
    const { population } = world.setting
    if (population.patients.span > readable) return yield* notSimulated(call, `Above ${readable} patients, no log is simulated.`)
    const operation = yield* word(call, "operation", Object.keys(operations))
    const withFormation = (yield* word(call, "includeFormation", ["true", "false"])) === "true"
    const first = before(population).map((row) => ({ ...row, instance: world.setting.instance }))
    const rows = unordered([...first, ...written(world)], ({ eventSubtype, record, sentAt }) =>
      [(record as JsonObject).id, eventSubtype, sentAt].join(" ")
    )
    const fits = yield* filtered(call, rows, {
      entity: "eventEntity",
      cdtName: "cdtName",
      subjectUsername: "subjectUsername",
      subjectFullName: "subjectFullName",
      subjectActor: "subjectActor",
      subjectUserId: "subjectUserId",
      instance: "instance",
      patientFullName: "patientFullName",
      patientId: "patientId"
    })
    const done = operation === undefined ? fits : fits.filter(({ eventSubtype }) => String(eventSubtype).endsWith(operations[operation]!))
    return yield* page(call, done, (row) =>
      withFormation && row.eventEntity === "CDT" ? { ...row, cdt: Formations.customDataType(population, String(row.cdtName)) ?? null } : row
    )
  })
)

// --------------------------------------------------------------------------------------------------------------------- security

const root = { subjectUsername: "root", subjectUserId: Ids.named(hashText("root")), subjectActor: "USER", subjectFullName: "Root Example" }

const accessOf = ({ setting }: World.World, user: Staff.User, sentAt: string, by: JsonObject): Row => ({
  sentAt,
  ...by,
  objectUsername: user.username,
  objectUserId: user.id,
  objectActor: "USER",
  objectFullName: Staff.nameOf(user),
  eventSubtype: "USER_ACCESS_UPDATED",
  record: Users.view(setting, user).applicationAccess
})

const listSecurity: Handler = reads((call, world) =>
  Either.gen(function* () {
    const table = World.table(world, Staff.kind)
    const first = Array.from({ length: table.base.span }, (_, index) => table.base.at(index)!).map((user) =>
      accessOf(world, user, user.createdAt, root)
    )
    const { id, name } = caller(world.setting)
    const by = { subjectUsername: world.setting.apiClient, subjectUserId: id, subjectActor: "API_CLIENT", subjectFullName: name }
    const since = Chunk.toReadonlyArray(world.writes).flatMap(({ after, at, before, kind }) => {
      const [old, user] = [before as Staff.User | undefined, after as Staff.User | undefined]
      const isChanged = kind === Staff.kind.name && user !== undefined && user.applicationAccess !== old?.applicationAccess
      return isChanged ? [accessOf(world, user, instant(at), by)] : []
    })
    const rows = unordered([...first, ...since], ({ objectUserId, sentAt }) => `${objectUserId} ${sentAt}`)
    const parameters = [
      "subjectUsername",
      "subjectFullName",
      "subjectActor",
      "objectUsername",
      "objectFullName",
      "objectActor",
      "eventSubtype"
    ]
    return yield* page(call, yield* filtered(call, rows, Object.fromEntries(parameters.map((name) => [name, name]))))
  })
)

// --------------------------------------------------------------------------------------------------------------------- webhooks

interface Attempt extends Row {
  readonly id: string
}

const webhook = {
  name: "wh-crm",
  title: "CRM",
  url: "https://hooks.example/welkin",
  headers: [],
  queryParameters: [],
  payload: {
    customFields: [],
    predefinedFields: ["INSTANCE_NAME", "TENANT_NAME", "SOURCE_NAME", "SOURCE_ID", "PATIENT_ID", "EVENT_ENTITY", "EVENT_SUBTYPE", "URL"]
  },
  active: true,
  enabled: true
}

const attempts = 3

/** One event for each patient, delivered at the first attempt or later. All attempts tell the time of the event. */
const deliveries = Records.kind<Attempt>({
  name: "webhookAttempts",
  slots: attempts,
  make: ({ createdAt, draws, id, owner, patientId, slot }, { seed }) => {
    const event = new Draws(key(seed, "webhookEvent"), owner)
    const [eventEntity, eventSubtype] = event.pick([
      ["CDT", "CDT_CREATED"],
      ["CDT", "CDT_UPDATED"],
      ["CALENDAR", "CALENDAR_EVENT_CREATED"],
      ["USER_APP_ACCESS", "USER_ACCESS_UPDATED"]
    ] as const)
    const failures = event.pick([0, 0, 0, 1, 2, attempts])
    if (slot > failures) return undefined
    const outcome =
      slot === failures
        ? { status: "DELIVERED", statusCode: "OK", response: draws.pick(["ok", "", '{"received":true}']) }
        : draws.chance(50)
          ? { status: "FAILED" }
          : {
              status: "FAILED",
              statusCode: draws.pick(["BAD_REQUEST", "INTERNAL_SERVER_ERROR", "BAD_GATEWAY", "SERVICE_UNAVAILABLE"]),
              response: `<html><body>${"<p>Something went wrong – bitte später.</p>\n".repeat(1 + draws.below(400))}</body></html>`
            }
    return {
      id,
      sentAt: instant(createdAt - slot * Math.floor(300_000 / attempts)),
      eventEntity,
      eventSubtype,
      ...(eventEntity === "USER_APP_ACCESS" ? {} : { patientId }),
      ...outcome,
      record: webhook
    }
  },
  changedAt: ({ sentAt }) => sentAt,
  patientOf: () => undefined
})

/** No webhook fires in a simulator: the log stays as it was. */
const listWebhooks: Handler = reads((call, world) =>
  Either.gen(function* () {
    const all = (yield* Records.all(call, world, deliveries)).map(({ record }) => ({ ...record, instance: world.setting.instance }))
    const fits = yield* filtered(
      call,
      unordered(all, ({ id }) => String(id)),
      {
        instance: "instance",
        eventSubtype: "eventSubtype",
        entity: "eventEntity",
        eventEntity: "eventEntity",
        status: "status",
        patientId: "patientId"
      }
    )
    return yield* page(call, fits)
  })
)

export const handlers = {
  "dataAudits.list": listData,
  "securityAudits.list": listSecurity,
  "webhookAudits.list": listWebhooks
}
