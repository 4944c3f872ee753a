/*
 * Records that belong to patients: where they lie in their table, and how lists of them are cut into pages.
 */
import * as Either from "effect/Either"
import * as HashMap from "effect/HashMap"
import { parseInstant } from "../../internal/time.js"
import { bad, type Call, type Numbered, notSimulated, numbered, sorted } from "./call.js"
import * as Envelopes from "./envelopes.js"
import { isObject, type JsonObject } from "./json.js"
import * as Patients from "./patients.js"
import { once, type Population, type Seedling } from "./population.js"
import * as Reply from "./reply.js"
import * as Table from "./table.js"
import * as World from "./world.js"

/** A kind of record of which every patient may have some. */
export interface Kind<A> extends Table.Kind<A> {
  /** How many places a patient has for those that are there from the start. */
  readonly slots: number
  /** The patient it belongs to; undefined for a record of nobody. */
  readonly patientOf: (record: A) => string | undefined
}

export interface Found<A> {
  readonly index: number
  readonly record: A
}

interface Facts<A> {
  readonly name: string
  readonly slots: number
  readonly make: (seedling: Seedling, population: Population) => A | undefined
  readonly changedAt: (record: A) => string
  readonly patientOf: (record: A) => string | undefined
}

export const kind = <A extends { readonly id: string }>({ changedAt, make, name, patientOf, slots }: Facts<A>): Kind<A> => ({
  name,
  slots,
  base: once((population) => population.grow({ name, slots, make: (seedling) => make(seedling, population) })),
  idOf: (record) => record.id,
  changedAt: (record) => Date.parse(changedAt(record)),
  patientOf
})

/** The places of records written since the start, in the order of creation. */
const added = <A>({ base, changes }: Table.Table<A>): ReadonlyArray<number> =>
  Array.from(HashMap.keys(changes.rows))
    .filter((index) => index >= base.span)
    .sort((one, other) => one - other)

const at = <A>(table: Table.Table<A>, indexes: ReadonlyArray<number>): ReadonlyArray<Found<A>> =>
  indexes.flatMap((index) => {
    const record = Table.at(table, index)
    return record === undefined ? [] : [{ index, record }]
  })

/** The records of a patient, in the order of creation. */
export const ofPatient = <A>(world: World.World, kind: Kind<A>, { index: owner, patient }: Patients.Found): ReadonlyArray<Found<A>> => {
  const table = World.table(world, kind)
  const first =
    owner < world.setting.population.patients.span ? Array.from({ length: kind.slots }, (_, slot) => owner * kind.slots + slot) : []
  // a record that was written may belong to another patient than before
  const places = new Set([...first, ...HashMap.keys(table.changes.rows)])
  return at(
    table,
    Array.from(places).sort((one, other) => one - other)
  ).filter(({ record }) => kind.patientOf(record) === patient.id)
}

/** The record with this id. */
export const byId = <A>(world: World.World, kind: Table.Kind<A>, id: string): Found<A> | undefined => {
  const table = World.table(world, kind)
  const index = Table.indexOf(table, id)
  return index === undefined ? undefined : { index, record: Table.at(table, index)! }
}

/** Whether the patient of a record is still there: a deleted patient takes its records along. */
export const isOwned =
  <A>(kind: Kind<A>) =>
  (world: World.World, record: A): boolean => {
    const patientId = kind.patientOf(record)
    return patientId === undefined || !Table.isGone(World.table(world, Patients.kind), patientId)
  }

/** Above this many patients, lists over all of them are refused: each page would read everything. */
const readable = 10_000

/** All records of a kind, in the order of creation. */
export const all = <A>(call: Call, world: World.World, kind: Kind<A>): Reply.Or<ReadonlyArray<Found<A>>> => {
  if (world.setting.population.patients.span > readable) {
    return notSimulated(call, `Above ${readable} patients, lists over the whole instance are not simulated.`)
  }
  const table = World.table(world, kind)
  const records = Table.remembered(table, "all", () => at(table, [...Array(table.base.span).keys(), ...added(table)]))
  const isThere = isOwned(kind)
  return Either.right(records.filter(({ record }) => isThere(world, record)))
}

export interface Page<A> {
  readonly numbers: Numbered
  readonly content: ReadonlyArray<A>
  readonly total: number
}

/** The page that a request asks for. `fields` is what a record can be sorted by. */
export const page = <A>(call: Call, records: ReadonlyArray<A>, fields: (record: A) => JsonObject): Reply.Or<Page<A>> =>
  Either.gen(function* () {
    const numbers = yield* numbered(call)
    const unknown = records.length > 0 && numbers.sort.some(({ field }) => !records.some((record) => Object.hasOwn(fields(record), field)))
    if (unknown) return yield* bad(call, "The records have no field to sort by of that name.", { parameter: "sort" })
    const start = numbers.page * numbers.size
    const inOrder = sorted(records, numbers.sort, (record, field) => fields(record)[field])
    return { numbers, content: inOrder.slice(start, start + numbers.size), total: records.length }
  })

/** A page in the envelope of the administration's lists. */
export const metaInfo = <A>({ content, numbers, total }: Page<A>, view: (record: A) => object): Reply.Reply =>
  Reply.jsonText(200, Envelopes.metaInfo(content.map(view), numbers, total))

/** A page in the envelope of Spring. */
export const spring = <A>({ content, numbers, total }: Page<A>, view: (record: A) => object): Reply.Reply =>
  Reply.jsonText(200, Envelopes.spring(content.map(view), numbers, total))

/** Several words in one query parameter. */
export const listed = (call: Call, name: string): ReadonlyArray<string> | undefined => {
  const text = call.query.get(name)
  return text === null ? undefined : text.split(",")
}

/** A moment in the query. */
export const moment = (call: Call, name: string): Reply.Or<number | undefined> => {
  const text = call.query.get(name)
  if (text === null) return Either.right(undefined)
  const at = parseInstant(text)
  return at === undefined ? bad(call, "A query parameter is no moment.", { parameter: name }) : Either.right(at)
}

/** A moment that the query must hold. */
export const needed = (call: Call, name: string): Reply.Or<number> =>
  Either.flatMap(moment(call, name), (at) =>
    at === undefined ? bad(call, "A required query parameter is missing.", { parameter: name }) : Either.right(at)
  )

/** What a field of a body must hold. */
export type Check = (value: unknown) => boolean

export const isText: Check = (value) => typeof value === "string"
export const isFlag: Check = (value) => typeof value === "boolean"
export const isMoment: Check = (value) => typeof value === "string" && parseInstant(value) !== undefined
export const isList: Check = (value) => Array.isArray(value) && value.every(isObject)
export const isWords: Check = (value) => Array.isArray(value) && value.every(isText)
export const isOneOf =
  (...words: ReadonlyArray<string>): Check =>
  (value) =>
    typeof value === "string" && words.includes(value)
export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)

/** The fields of a body that the service takes, each checked. Others are passed over; required ones must be there. */
export const taken = (
  call: Call,
  body: JsonObject,
  checks: { readonly [field: string]: Check },
  required: ReadonlyArray<string> = []
): Reply.Or<JsonObject> => {
  const absent = required.find((field) => body[field] === undefined)
  if (absent !== undefined) return bad(call, "A required field is missing.", { field: absent })
  const wrong = Object.keys(checks).find((field) => body[field] !== undefined && !checks[field]!(body[field]))
  if (wrong !== undefined) return bad(call, "A field has a value that the service does not take.", { field: wrong })
  return Either.right(Object.fromEntries(Object.keys(checks).flatMap((field) => (body[field] === undefined ? [] : [[field, body[field]]]))))
}

/** What the service says of a data record that is not there. */
export const noDataRecord = (call: Call): Reply.Or<never> =>
  Reply.refuse(
    Reply.problem(call.now, { status: 404, errorCode: "DT_RECORD_NOT_FOUND", componentType: "CDT", message: "There is no such record." })
  )

/** A 404 for which the service's code was never seen. */
export const missing = (call: Call, message: string): Reply.Or<never> => Reply.refuse(Reply.objection(call.now, 404, "NOT_FOUND", message))
