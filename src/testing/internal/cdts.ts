import * as Either from "effect/Either"
import * as HashMap from "effect/HashMap"
import { parseInstant } from "../../internal/time.js"
import { bad, type Call, type Handler, numbered, objectBody, reads, sorted, word } from "./call.js"
import * as Envelopes from "./envelopes.js"
import { instant, isObject, type JsonObject } from "./json.js"
import * as Patients from "./patients.js"
import { type CdtRecord, cdtDefinition, type Field } from "./population.js"
import * as Reply from "./reply.js"
import * as Table from "./table.js"
import * as World from "./world.js"

/** The records of every custom data type, of all patients. */
export const kind: Table.Kind<CdtRecord> = {
  name: "cdtRecords",
  base: (population) => population.cdtRecords,
  idOf: (record) => record.id,
  changedAt: (record) => Date.parse(record.jsonBody.updated_at)
}

/** A patient and one of the custom data types. */
interface Place {
  readonly owner: number
  readonly patientId: string
  readonly cdtName: string
  readonly fields: { readonly [field: string]: Field }
}

interface Found {
  readonly index: number
  readonly record: CdtRecord
}

const place = (call: Call, world: World.World): Reply.Or<Place> =>
  Either.gen(function* () {
    const { index: owner, patient } = yield* Patients.existing(call, world)
    const cdtName = call.path.cdtName!
    const { dataTypes } = world.setting.population
    if (Object.hasOwn(dataTypes, cdtName)) return { owner, patientId: patient.id, cdtName, fields: dataTypes[cdtName]! }
    return yield* Reply.refuse(
      Reply.problem(call.now, {
        status: 404,
        errorCode: "CDT_NOT_FOUND",
        componentType: "CDT",
        message: "There is no such custom data type."
      })
    )
  })

const missing = (call: Call): Reply.Reply =>
  Reply.problem(call.now, { status: 404, errorCode: "DT_RECORD_NOT_FOUND", componentType: "CDT", message: "There is no such record." })

/** The records at a place, in the order of their creation. */
const recordsAt = (world: World.World, { cdtName, owner, patientId }: Place): ReadonlyArray<Found> => {
  const table = World.table(world, kind)
  const { cdtSlots, patients } = world.setting.population
  const first = Array.from({ length: owner < patients.span ? cdtSlots : 0 }, (_, slot) => owner * cdtSlots + slot)
  const added = Array.from(HashMap.keys(table.changes.rows)).filter((index) => index >= table.base.span)
  return [...first, ...added.sort((one, other) => one - other)].flatMap((index) => {
    const record = Table.at(table, index)
    return record?.patientId === patientId && record.cdtName === cdtName ? [{ index, record }] : []
  })
}

const byId = (world: World.World, { cdtName, patientId }: Place, id: string): Found | undefined => {
  const table = World.table(world, kind)
  const index = Table.indexOf(table, id)
  const record = index === undefined ? undefined : Table.at(table, index)
  return record?.patientId === patientId && record.cdtName === cdtName ? { index: index!, record } : undefined
}

const ownIds = { EID: "external_id", EGUID: "external_guid" } as const

/** The record in the path. */
const existing = (call: Call, world: World.World, place: Place): Reply.Or<Found> =>
  Either.gen(function* () {
    const type = (yield* word(call, "type", ["ID", "EID", "EGUID"])) ?? "ID"
    const value = call.path.recordId!
    const found =
      type === "ID" ? byId(world, place, value) : recordsAt(world, place).find(({ record }) => record.jsonBody[ownIds[type]] === value)
    return found ?? (yield* Reply.refuse(missing(call)))
  })

const get = reads((call, world) =>
  Either.gen(function* () {
    const { record } = yield* existing(call, world, yield* place(call, world))
    return Reply.json(200, record)
  })
)

type Filter = (body: CdtRecord["jsonBody"]) => boolean

const filters = (call: Call): Reply.Or<ReadonlyArray<Filter>> =>
  Either.gen(function* () {
    const found: Array<Filter> = []
    const expression = call.query.get("filters")
    if (expression !== null) {
      const parts = /^([^=]+)=(.*)$/.exec(expression)
      if (parts === null) return yield* bad(call, "Filters are written key=v1,v2.", { parameter: "filters" })
      const values = parts[2]!.split(",")
      found.push((body) => values.includes(String(body[parts[1]!] ?? "")))
    }
    for (const [parameter, fits] of bounds) {
      const text = call.query.get(parameter)
      if (text === null) continue
      const bound = parseInstant(text)
      if (bound === undefined) return yield* bad(call, "A query parameter is no moment.", { parameter })
      found.push((body) => fits(Date.parse(body.created_at), bound))
    }
    return found
  })

const bounds: ReadonlyArray<readonly [string, (at: number, bound: number) => boolean]> = [
  ["dateStart", (at, bound) => at >= bound],
  ["dateEnd", (at, bound) => at <= bound]
]

const projected = (record: CdtRecord, fields: string | null): JsonObject => {
  if (fields === null) return record
  const wanted = fields.split(",")
  return { ...record, jsonBody: Object.fromEntries(Object.entries(record.jsonBody).filter(([field]) => wanted.includes(field))) }
}

const list = reads((call, world) =>
  Either.gen(function* () {
    const numbers = yield* numbered(call)
    const filter = yield* filters(call)
    const here = yield* place(call, world)
    const unknown = numbers.sort.find(({ field }) => !Object.hasOwn(here.fields, field) && !Object.hasOwn(systemFields, field))
    if (unknown !== undefined) return yield* bad(call, "The data type has no field to sort by of that name.", { parameter: "sort" })
    const fits = recordsAt(world, here).flatMap(({ record }) => (filter.every((one) => one(record.jsonBody)) ? [record] : []))
    const all = sorted(fits, numbers.sort, (record, field) => record.jsonBody[field])
    const start = numbers.page * numbers.size
    const content = all.slice(start, start + numbers.size).map((record) => projected(record, call.query.get("fields")))
    return Reply.jsonText(200, `{"name":${JSON.stringify(here.cdtName)},"data":${Envelopes.spring(content, numbers, all.length)}}`)
  })
)

/** What the service itself keeps in every record. Callers may set two of them. */
export const systemFields = {
  id: "",
  created_at: "",
  created_by: null,
  created_by_name: null,
  updated_at: "",
  updated_by: null,
  updated_by_name: null,
  source_type: null,
  source_name: null,
  source_id: null,
  external_id: null,
  external_guid: null
}

const isOwnId = (field: string): boolean => field === "external_id" || field === "external_guid"

/** The custom fields of a body, converted by their types: numbers may come as text. */
export const asked = (call: Call, { fields }: Pick<Place, "fields">, body: JsonObject): Reply.Or<JsonObject> =>
  Either.gen(function* () {
    const found: Array<readonly [string, unknown]> = []
    for (const [name, value] of Object.entries(body)) {
      if (isOwnId(name)) {
        if (value !== null && typeof value !== "string") return yield* bad(call, "An id of the caller's own is no text.", { field: name })
        found.push([name, value])
        continue
      }
      // the name of the type was sent along in a recording, and passed over
      if (name === "cdtName" || Object.hasOwn(systemFields, name)) continue
      if (!Object.hasOwn(fields, name)) return yield* bad(call, "The data type has no such field.", { field: name })
      const converted = convert(fields[name]!, value)
      if (converted === undefined) return yield* bad(call, "A field has a value that its type does not take.", { field: name })
      found.push([name, converted])
    }
    return Object.fromEntries(found)
  })

/** The value as the type keeps it; undefined where the type does not take it. */
const convert = ({ multiple = false, type, values }: Field, value: unknown): unknown => {
  if (value === null) return null
  const text = typeof value === "string" ? value : undefined
  switch (type) {
    case "text":
    case "textarea":
    case "email":
    case "phone":
    case "uuid":
      return text
    case "integer":
    case "float": {
      const number = text !== undefined && text.trim() !== "" ? Number(text) : value
      return typeof number === "number" && (type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number))
        ? number
        : undefined
    }
    case "checkbox":
      return typeof value === "boolean" ? value : undefined
    case "date":
      return text !== undefined && parseInstant(`${text}T00:00:00.000Z`) !== undefined ? text : undefined
    case "datetime":
      return text !== undefined && parseInstant(text) !== undefined ? text : undefined
    case "select": {
      const one = (item: unknown) => values === undefined || values.includes(String(item))
      if (!multiple) return one(value) ? value : undefined
      return Array.isArray(value) && value.every(one) ? value : undefined
    }
    case "object":
      return value
  }
}

const author = ({ apiClient, apiClientId }: World.Setting, verb: "created" | "updated"): JsonObject => ({
  [`${verb}_by`]: apiClientId,
  [`${verb}_by_name`]: `API_CLIENT:${apiClient}`
})

const create: Handler = (call, world) =>
  Either.gen(function* () {
    const here = yield* place(call, world)
    const given = yield* asked(call, here, yield* objectBody(call))
    const [record, next] = World.create(world, call.now, kind, (id, at) => ({
      id,
      patientId: here.patientId,
      ...cdtDefinition(here.cdtName),
      jsonBody: {
        ...systemFields,
        ...author(world.setting, "created"),
        ...author(world.setting, "updated"),
        id,
        created_at: instant(at),
        updated_at: instant(at),
        ...Object.fromEntries(Object.keys(here.fields).map((field) => [field, null])),
        ...given
      },
      cdtName: here.cdtName
    }))
    return [Reply.json(201, record), next] as const
  })

const changed = (call: Call, world: World.World, { index, record }: Found, given: JsonObject): readonly [CdtRecord, World.World] =>
  World.replace(world, call.now, kind, index, (at) => ({
    ...record,
    jsonBody: { ...record.jsonBody, ...author(world.setting, "updated"), updated_at: instant(at), ...given }
  }))

const update: Handler = (call, world) =>
  Either.gen(function* () {
    const here = yield* place(call, world)
    const found = yield* existing(call, world, here)
    const [record, next] = changed(call, world, found, yield* asked(call, here, yield* objectBody(call)))
    return [Reply.json(200, record), next] as const
  })

/** Rows answer one by one: a row that cannot be changed does not hold back the others. */
const bulkUpdate: Handler = (call, world) =>
  Either.gen(function* () {
    const here = yield* place(call, world)
    const { rows } = yield* objectBody(call)
    if (!Array.isArray(rows) || !rows.every((row) => isObject(row) && typeof row.id === "string" && isObject(row.jsonBody))) {
      return yield* bad(call, "Rows are a list of { id, jsonBody }.", { field: "rows" })
    }
    const results: Array<JsonObject> = []
    let next = world
    for (const row of rows as ReadonlyArray<{ readonly id: string; readonly jsonBody: JsonObject }>) {
      const outcome = Either.flatMap(
        Either.fromNullable(byId(next, here, row.id), () => missing(call)),
        (found) => Either.map(asked(call, here, row.jsonBody), (given) => changed(call, next, found, given))
      )
      if (Either.isRight(outcome)) {
        const [record, after] = outcome.right
        next = after
        results.push({ id: row.id, jsonBody: record.jsonBody, result: { status: "OK", content: null } })
      } else {
        results.push({ id: row.id, jsonBody: {}, result: { status: "ERROR", content: JSON.parse(outcome.left.body as string) } })
      }
    }
    return [Reply.json(200, { rows: results }), next] as const
  })

const remove: Handler = (call, world) =>
  Either.gen(function* () {
    const { index } = yield* existing(call, world, yield* place(call, world))
    return [Reply.empty(200), World.remove(world, kind, index)] as const
  })

/** Whether the patient of a record is still there: a deleted patient takes its records along. */
export const isOwned = (world: World.World, record: CdtRecord): boolean =>
  !Table.isGone(World.table(world, Patients.kind), record.patientId)

export const handlers = {
  "cdts.list": list,
  "cdts.get": get,
  "cdts.create": create,
  "cdts.update": update,
  "cdts.bulkUpdate": bulkUpdate,
  "cdts.remove": remove
}
