/*
 * Patients, and what a request can create along with one. All of it is created, or nothing.
 */
import * as Either from "effect/Either"
import type { JsonObject } from "../json.js"
import type * as Reply from "../reply.js"
import type { World } from "../world.js"
import * as Collection from "./collection.js"
import type * as Kind from "./kind.js"
import * as Population from "./population.js"
import * as Problem from "./problem.js"
import * as Reading from "./reading.js"

const { day, flag, object, objects, oneOf, orNull, text } = Reading

/** What was written, and the world with it. */
type Written = Reply.Or<readonly [Kind.Row, World]>

/** Does something for each item of a list, one after the other. */
const each = (
  world: World,
  items: unknown,
  at: string,
  write: (world: World, item: JsonObject, at: string) => Reply.Or<readonly [unknown, World]>
): Reply.Or<World> =>
  ((items ?? []) as ReadonlyArray<JsonObject>).reduce<Reply.Or<World>>(
    (before, item, place) => Either.flatMap(before, (now) => Either.map(write(now, item, `${at}[${place}]`), ([, after]) => after)),
    Either.right(world)
  )

// ---------------------------------------------------------------------------------------------------------------- external ids

/** Whether a mapping is there already: within a namespace neither id may come twice. */
export const isTaken = (world: World, fields: JsonObject, own?: number): boolean => {
  const { externalIds, patients } = Population
  const owners = [
    Population.ownerOf(String(fields.external_id)),
    patients.base(world.setting.population).ids.decode(String(fields.welkin_id))
  ]
  const places = owners.flatMap((owner) => Collection.placesOf(externalIds, owner))
  return Collection.near(world, externalIds, places).some(
    ({ index, row }) =>
      index !== own &&
      row.fields.namespace === fields.namespace &&
      (row.fields.external_id === fields.external_id || row.fields.welkin_id === fields.welkin_id)
  )
}

const taken = (path: string) => Problem.refuse("uniqueness_exception", "The namespace has one of these ids already.", path)

export const addExternalId = (world: World, at: number, fields: JsonObject, path = ""): Written =>
  isTaken(world, fields) ? taken(`${path}.external_id`) : Either.right(Collection.add(world, Population.externalIds, at, fields))

export const changeExternalId = (world: World, found: Collection.Found, at: number, fields: JsonObject): Written =>
  isTaken(world, { ...found.row.fields, ...fields }, found.index)
    ? taken(".external_id")
    : Either.right(Collection.change(world, Population.externalIds, found, at, fields))

/** Mappings made along with the record that they are for. */
export const addExternalIds = (world: World, at: number, kind: Kind.Kind, id: string, inputs: unknown): Reply.Or<World> =>
  each(world, inputs, ".external_ids", (before, input, path) =>
    Either.flatMap(
      Reading.fields(input, { fields: { external_id: text, namespace: text }, required: ["external_id", "namespace"] }, {}, path),
      (fields) => addExternalId(before, at, { resource: kind.resource, ...fields, welkin_id: id }, path)
    )
  )

// --------------------------------------------------------------------------------------------------------------- contact points

export const phoneFlags = {
  verified: flag,
  opted_in_to_sms: flag,
  opted_in_to_call_recording: flag,
  opted_in_to_voicemail: flag,
  opted_in_to_phone: flag,
  automatic_recipient: flag
}

export const phoneType = oneOf("cell", "landline", "other")

export const phoneNumber: Reading.Shape = {
  fields: { phone_number: text, phone_number_type: phoneType, friendly_name: orNull(text), ...phoneFlags },
  required: ["phone_number", "phone_number_type"]
}

const off = (flags: JsonObject): JsonObject => Object.fromEntries(Object.keys(flags).map((name) => [name, false]))

/** A number, and the conversation for its SMS. */
export const addPhoneNumber = (world: World, at: number, patientId: string, fields: JsonObject): readonly [Kind.Row, World] => {
  const [row, next] = Collection.add(world, Population.phoneNumbers, at, {
    patient_id: patientId,
    friendly_name: null,
    ...off(phoneFlags),
    ...fields
  })
  const [, last] = Collection.add(next, Population.conversations, at, {
    patient_id: patientId,
    conversation_type: "sms",
    title: null,
    phone_number_id: row.id,
    email_address_ids: null
  })
  return [row, last]
}

export const emailFlags = { verified: flag, opted_in_to_email: flag, automatic_recipient: flag }

export const emailAddress: Reading.Shape = { fields: { email: text, friendly_name: orNull(text), ...emailFlags }, required: ["email"] }

export const addEmailAddress = (world: World, at: number, patientId: string, fields: JsonObject): readonly [Kind.Row, World] =>
  Collection.add(world, Population.emailAddresses, at, { patient_id: patientId, friendly_name: null, ...off(emailFlags), ...fields })

// --------------------------------------------------------------------------------------------------------------- custom records

export const customRecord: Reading.Shape = { fields: { type_name: text, body: object }, required: ["type_name", "body"] }

export const addCustomRecord = (world: World, at: number, patientId: string, fields: JsonObject, path = ""): Written =>
  Object.hasOwn(world.setting.population.dataTypes, String(fields.type_name))
    ? Either.right(Collection.add(world, Population.customDataTypeRecords, at, { patient_id: patientId, ...fields }))
    : Problem.refuse("bad_request", "There is no such type.", `${path}.type_name`)

// --------------------------------------------------------------------------------------------------------------------- patients

const own = {
  phase: text,
  primary_worker_id: orNull(text),
  timezone: text,
  first_name: text,
  last_name: text,
  birthday: day,
  ...Object.fromEntries(
    [
      "street",
      "street_line_two",
      "city",
      "county",
      "zip_code",
      "state",
      "country",
      "gender",
      "height",
      "weight",
      "primary_language",
      "provider_id_number"
    ].map((name) => [name, orNull(text)])
  ),
  smokes: orNull(flag)
}

const blank = { street: null, street_line_two: null, city: null, zip_code: null, state: null, country: null, is_active: true }

export const patientUpdate: Reading.Shape = { fields: { ...own, is_active: flag } }

const patientCreate: Reading.Shape = {
  fields: {
    ...own,
    email: text,
    phone: text,
    external_ids: objects,
    phone_numbers: objects,
    email_addresses: objects,
    custom_data_type_records: objects
  },
  required: ["phase", "timezone", "first_name", "last_name", "birthday"]
}

export const knownWorker = (world: World, id: unknown, path: string): Reply.Or<void> =>
  id === undefined || id === null ? Either.void : Either.map(Collection.referred(world, Population.workers, id, path), () => undefined)

export const addPatient = (world: World, at: number, body: JsonObject, path = ""): Written =>
  Either.gen(function* () {
    const { custom_data_type_records, email, email_addresses, external_ids, phone, phone_numbers, ...fields } = yield* Reading.fields(
      body,
      patientCreate,
      Population.patients.older,
      path
    )
    yield* knownWorker(world, fields.primary_worker_id, `${path}.primary_worker_id`)
    const [row, added] = Collection.add(world, Population.patients, at, { primary_worker_id: null, ...blank, ...fields })
    let next = yield* addExternalIds(added, at, Population.patients, row.id, external_ids)
    if (phone !== undefined) next = addPhoneNumber(next, at, row.id, { phone_number: phone, phone_number_type: "other" })[1]
    if (email !== undefined) next = addEmailAddress(next, at, row.id, { email })[1]
    next = yield* each(next, phone_numbers, `${path}.phone_numbers`, (before, one, place) =>
      Either.map(Reading.fields(one, phoneNumber, {}, place), (given) => addPhoneNumber(before, at, row.id, given))
    )
    next = yield* each(next, email_addresses, `${path}.email_addresses`, (before, one, place) =>
      Either.map(Reading.fields(one, emailAddress, {}, place), (given) => addEmailAddress(before, at, row.id, given))
    )
    next = yield* each(next, custom_data_type_records, `${path}.custom_data_type_records`, (before, one, place) =>
      Either.flatMap(Reading.fields(one, customRecord, {}, place), (given) => addCustomRecord(before, at, row.id, given, place))
    )
    return [row, next] as const
  })

/** What a body that names a patient takes besides: under its older name as well. */
export const ofPatient = { patient_id: text }

/** The patient that a body names, which must be there. */
export const namedPatient = (world: World, fields: JsonObject): Reply.Or<string> =>
  fields.patient_id === undefined
    ? Problem.refuse("bad_request", "A required field is missing.", ".patient_id")
    : Either.map(Collection.referred(world, Population.patients, fields.patient_id, ".patient_id"), ({ row }) => row.id)

/** The patient that a body names, or creates along with its record. */
export const patientOf = (world: World, at: number, fields: JsonObject): Reply.Or<readonly [string, World]> => {
  if (fields.patient === undefined) return Either.map(namedPatient(world, fields), (id) => [id, world])
  return fields.patient_id === undefined
    ? Either.map(addPatient(world, at, fields.patient as JsonObject, ".patient"), ([{ id }, next]) => [id, next])
    : Problem.refuse("bad_request", "A patient is named and created at once.", ".patient")
}

/** A filter for the records of a patient. */
export const byPatient =
  (kind: Kind.Kind): Collection.Filters[string] =>
  (id, { setting }) => {
    if (!Collection.isGuid(id)) return Problem.refuse("parse_exception", "An id is no guid.", ".patient_id")
    const owner = Population.patients.base(setting.population).ids.decode(id)
    const isSeeded = owner !== undefined && owner < setting.population.patients.span
    return Either.right({
      test: ({ patient_id }: JsonObject) => patient_id === id,
      among: isSeeded ? Collection.placesOf(kind, owner) : []
    })
  }
