import * as Either from "effect/Either"
import * as HashMap from "effect/HashMap"
import * as Option from "effect/Option"
import { parseInstant } from "../../internal/time.js"
import { bad, type Call, type Handler, type Numbered, notSimulated, numbered, objectBody, reads, sorted, word } from "./call.js"
import * as Envelopes from "./envelopes.js"
import { instant, isObject, type JsonObject } from "./json.js"
import { indexOfOwnId, type Patient } from "./population.js"
import * as Reply from "./reply.js"
import * as Staff from "./staff.js"
import * as Table from "./table.js"
import * as World from "./world.js"

/** All patients. */
export const kind: Table.Kind<Patient> = {
  name: "patients",
  base: (population) => population.patients,
  idOf: (patient) => patient.id,
  changedAt: (patient) => Date.parse(patient.updatedAt)
}

/** Above this many, a list that needs all patients at once is refused. */
const readable = 10_000

export interface Found {
  readonly index: number
  readonly patient: Patient
}

const missing = (call: Call): Reply.Or<never> =>
  Reply.refuse(
    Reply.problem(call.now, { status: 404, errorCode: "PATIENT_NOT_FOUND", componentType: "PATIENT", message: "There is no such patient." })
  )

/** The patient in the path of a request, by Welkin's id. */
export const existing = (call: Call, world: World.World): Reply.Or<Found> => byId(call, world, call.path.patientId!)

const byId = (call: Call, world: World.World, id: string): Reply.Or<Found> => {
  const table = World.table(world, kind)
  const index = Table.indexOf(table, id)
  return index === undefined ? missing(call) : Either.right({ index, patient: Table.at(table, index)! })
}

const ownIds = { EID: "externalId", EGUID: "externalGuid", MRN: "mrn" } as const

const byOwnId = (call: Call, world: World.World, type: keyof typeof ownIds): Reply.Or<Found> => {
  const field = ownIds[type]
  const value = call.path.patientId!
  const table = World.table(world, kind)
  const fits = (patient: Patient | undefined): patient is Patient => patient?.[field] === value
  const written = HashMap.findFirst(table.changes.rows, fits)
  if (Option.isSome(written)) return Either.right({ index: written.value[0], patient: written.value[1]! })
  const index = indexOfOwnId(value)
  const patient = index === undefined ? undefined : Table.at(table, index)
  return fits(patient) ? Either.right({ index: index!, patient }) : missing(call)
}

const byType = (call: Call, world: World.World, types: ReadonlyArray<string>): Reply.Or<Found> =>
  Either.flatMap(word(call, "type", types), (type = "ID") =>
    type === "ID" ? existing(call, world) : byOwnId(call, world, type as keyof typeof ownIds)
  )

const get = reads((call, world) =>
  Either.gen(function* () {
    const { patient } = yield* byType(call, world, ["ID", "EID", "EGUID", "MRN"])
    const expand = yield* word(call, "expand", ["true", "false"])
    return Reply.json(200, expand === "true" ? { ...patient, territorialTeam: null } : patient)
  })
)

type Filter = (patient: Patient) => boolean

/** The filters of the list's query. An empty value asks for patients without one. */
const filters = (call: Call): Reply.Or<ReadonlyArray<Filter>> =>
  Either.gen(function* () {
    const { query } = call
    const found: Array<Filter> = []
    const search = query.get("query")?.toLowerCase()
    if (search !== undefined) {
      const searched = ["email", "firstName", "middleName", "lastName", "phone", "accessCode"]
      found.push((patient) =>
        searched.some((field) =>
          String(patient[field] ?? "")
            .toLowerCase()
            .includes(search)
        )
      )
    }
    const email = query.get("email")?.toLowerCase()
    if (email !== undefined) found.push((patient) => String(patient.email ?? "").toLowerCase() === email)
    const timezone = query.get("timezone")
    if (timezone !== null) found.push((patient) => (patient.timezone ?? "") === timezone)
    for (const [parameter, field] of [
      ["territories", "patientTerritories"],
      ["cadence", "cadence"]
    ] as const) {
      const value = query.get(parameter)
      if (value === null) continue
      if (value !== "") return yield* notSimulated(call, `How to select by ${parameter} is not known.`)
      found.push((patient) => (patient[field] as ReadonlyArray<unknown> | null)?.length === 0)
    }
    return found
  })

const page = (call: Call, world: World.World, filter: ReadonlyArray<Filter>): Reply.Or<Reply.Reply> =>
  Either.gen(function* () {
    const numbers = yield* numbered(call)
    const table = World.table(world, kind)
    const size = Table.size(table)
    const offset = numbers.page * numbers.size
    const direction = filter.length === 0 ? byCreation(numbers) : undefined
    if (direction === "ascending") return Reply.jsonText(200, Envelopes.spring(Table.slice(table, offset, numbers.size), numbers, size))
    if (direction === "descending") {
      const end = Math.max(0, size - offset)
      const start = Math.max(0, end - numbers.size)
      return Reply.jsonText(200, Envelopes.spring(Table.slice(table, start, end - start).toReversed(), numbers, size))
    }
    if (size > readable)
      return yield* notSimulated(call, `Above ${readable} patients, lists are sorted by id or createdAt and not filtered.`)
    const question = new URLSearchParams(call.query)
    for (const parameter of ["page", "size"]) question.delete(parameter)
    const chosen = Table.remembered(table, question.toString(), () => {
      const all = Table.slice(table, 0, size)
      const fits = all.filter((patient) => filter.every((one) => one(patient)))
      const sortable = all.length === 0 || numbers.sort.every(({ field }) => all.some((patient) => field in patient))
      return sortable ? sorted(fits, numbers.sort, (patient, field) => patient[field]) : undefined
    })
    if (chosen === undefined) return yield* bad(call, "Patients have no field to sort by of that name.", { parameter: "sort" })
    return Reply.jsonText(200, Envelopes.spring(chosen.slice(offset, offset + numbers.size), numbers, chosen.length))
  })

/** Ids and creation times rise with the index, so these orders need no look at the patients. */
const byCreation = ({ sort }: Numbered): "ascending" | "descending" | undefined => {
  const [first, ...more] = sort
  if (first === undefined) return "ascending"
  if (more.length > 0 || (first.field !== "id" && first.field !== "createdAt")) return undefined
  return first.descending ? "descending" : "ascending"
}

const list = reads((call, world) => Either.flatMap(filters(call), (filter) => page(call, world, filter)))

const search = reads((call, world) =>
  Either.flatMap(objectBody(call), (filter) =>
    Object.keys(filter).length === 0 ? page(call, world, []) : notSimulated(call, "No key of this filter is known but the empty filter.")
  )
)

/** Fields that a caller may write, with what they must hold; null is taken wherever a default is not needed. */
const isText = (value: unknown) => value === null || typeof value === "string"
const isName = (value: unknown) => typeof value === "string"
const isInstant = (value: unknown) => value === null || (typeof value === "string" && parseInstant(value) !== undefined)
const isPhone = (value: unknown) => value === null || value === "" || (typeof value === "string" && /^\+[1-9]\d{1,14}$/.test(value))
const isGuid = (value: unknown) =>
  value === null || (typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value))
const isList = (value: unknown) => value === null || (Array.isArray(value) && value.every(isObject))

const writable: { readonly [field: string]: (value: unknown) => boolean } = {
  firstName: isName,
  lastName: isName,
  middleName: isText,
  birthDate: isInstant,
  gender: isText,
  maritalStatus: isText,
  primaryLanguage: isText,
  secondaryLanguage: isText,
  email: isText,
  secondaryEmail: isText,
  phone: isPhone,
  secondaryPhone: isPhone,
  country: isText,
  state: isText,
  city: isText,
  zip: isText,
  addressLine1: isText,
  addressLine2: isText,
  timezone: isText,
  externalId: isText,
  externalGuid: isGuid,
  mrn: isText,
  patientTerritories: isList,
  careTeam: isList
}

/** What a patient has of whom nothing is known. Keys that are no field here are a tenant's own. */
const blank = {
  externalGuid: null,
  externalId: null,
  mrn: null,
  nric: null,
  createdAt: "",
  updatedAt: "",
  createdBy: null,
  updatedBy: null,
  createdByName: null,
  updatedByName: null,
  firstName: "",
  lastName: "",
  middleName: null,
  birthDate: null,
  gender: "UNKNOWN",
  maritalStatus: "UKN",
  primaryLanguage: "ENGLISH",
  secondaryLanguage: null,
  email: null,
  secondaryEmail: null,
  phone: null,
  primaryPhoneCapabilities: [],
  secondaryPhone: null,
  secondaryPhoneCapabilities: [],
  country: null,
  state: null,
  city: null,
  zip: null,
  addressLine1: null,
  addressLine2: null,
  timezone: null,
  patientTerritories: [],
  careTeamMembers: [],
  patientPrograms: [],
  careTeam: [],
  cadence: [],
  patientRegion: null,
  patientRegionTitle: null,
  patientTerritory: null,
  pointOfContact: null,
  accessCode: null,
  preferableInstancePhoneId: null,
  patientType: null,
  notes: null,
  goals: [],
  last_engaged_at: null,
  last_login: null
}

/** What the body asks for, in the words of the reply. Fields that the service keeps to itself are passed over. */
const asked = (call: Call, world: World.World, body: JsonObject): Reply.Or<JsonObject> =>
  Either.gen(function* () {
    const wrong = Object.keys(body).find((field) => Object.hasOwn(writable, field) && !writable[field]!(body[field]))
    if (wrong !== undefined) return yield* bad(call, "A field has a value that the service does not take.", { field: wrong })
    const fields = Object.fromEntries(
      Object.entries(body).filter(([field]) => Object.hasOwn(writable, field) || !(field === "id" || Object.hasOwn(blank, field)))
    )
    const defaults = Object.fromEntries(
      (["gender", "maritalStatus", "primaryLanguage"] as const)
        .filter((field) => fields[field] === null)
        .map((field) => [field, blank[field]])
    )
    return {
      ...fields,
      ...defaults,
      ...(typeof body.birthDate === "string" ? { birthDate: instant(parseInstant(body.birthDate)!) } : {}),
      ...("phone" in body ? { primaryPhoneCapabilities: capabilities(body.phone) } : {}),
      ...("secondaryPhone" in body ? { secondaryPhoneCapabilities: capabilities(body.secondaryPhone) } : {}),
      ...("patientTerritories" in body
        ? yield* territories(call, world, (body.patientTerritories ?? []) as ReadonlyArray<JsonObject>)
        : {}),
      ...("careTeam" in body ? yield* careTeam(call, world, (body.careTeam ?? []) as ReadonlyArray<JsonObject>) : {})
    }
  })

const capabilities = (phone: unknown): ReadonlyArray<string> => (phone === null || phone === "" ? [] : ["VOICE_CALL", "SMS"])

const territories = (call: Call, world: World.World, given: ReadonlyArray<JsonObject>): Reply.Or<JsonObject> => {
  const regions = world.setting.population.regions
  const known = given.every(({ name, territories }) => {
    const region = regions.find((one) => one.name === name)
    return region !== undefined && Array.isArray(territories) && territories.every((one) => region.territories.includes(one))
  })
  if (!known) return bad(call, "A region or territory does not exist.", { field: "patientTerritories" })
  const first = given[0]
  return Either.right({
    patientTerritories: given.map(({ name, territories }) => ({ name, territories })),
    patientRegion: first?.name ?? null,
    patientRegionTitle: regions.find((one) => one.name === first?.name)?.title ?? null,
    patientTerritory: (first?.territories as ReadonlyArray<string> | undefined)?.[0] ?? null
  })
}

/** What a patient says of a user who cares for it. */
const member = ({ email, enabled, firstName, id, lastName, roles, username }: Staff.User): JsonObject & { readonly id: string } => ({
  id,
  username,
  firstName,
  lastName,
  email,
  roles: roles.map(({ permissionName, primaryRole }) => ({ name: permissionName, primaryRole })),
  enabled
})

/** The members in three shapes. Where nobody is the point of contact, the first one is. */
const careTeam = (call: Call, world: World.World, given: ReadonlyArray<JsonObject>): Reply.Or<JsonObject> => {
  const contact = Math.max(
    0,
    given.findIndex((member) => member.pointOfContact === true)
  )
  const members = given.flatMap(({ id }, at) => {
    const user = Staff.byId(world, String(id))
    return user === undefined ? [] : [{ ...member(user), pointOfContact: at === contact }]
  })
  if (members.length < given.length) return bad(call, "A user does not exist.", { field: "careTeam" })
  const refs = members.map(({ id, pointOfContact }) => ({ id, pointOfContact }))
  return Either.right({ careTeam: members, careTeamMembers: refs, pointOfContact: refs[contact] ?? null })
}

const create: Handler = (call, world) =>
  Either.gen(function* () {
    const body = yield* objectBody(call)
    const absent = ["firstName", "lastName"].find((field) => typeof body[field] !== "string")
    if (absent !== undefined) return yield* bad(call, "A required field is missing.", { field: absent })
    const fields = yield* asked(call, world, body)
    const [patient, next] = World.create(world, call.now, kind, (id, at) => ({
      id,
      ...blank,
      ...author(world.setting, "created"),
      ...author(world.setting, "updated"),
      createdAt: instant(at),
      updatedAt: instant(at),
      ...fields
    }))
    return [Reply.json(201, patient), next] as const
  })

const update: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, patient } = yield* existing(call, world)
    const fields = yield* asked(call, world, yield* objectBody(call))
    const [changed, next] = World.replace(world, call.now, kind, index, (at) => ({
      ...patient,
      ...author(world.setting, "updated"),
      updatedAt: instant(at),
      ...fields
    }))
    return [Reply.json(200, changed), next] as const
  })

/** Who wrote: the API client, whoever holds its token. */
const author = ({ apiClient, apiClientId }: World.Setting, verb: "created" | "updated"): JsonObject => ({
  [`${verb}By`]: apiClientId,
  [`${verb}ByName`]: `API_CLIENT:${apiClient}`
})

const remove: Handler = (call, world) =>
  Either.map(byType(call, world, ["ID", "EGUID"]), ({ index }) => [Reply.empty(204), World.remove(world, kind, index)])

export const handlers = {
  "patients.list": list,
  "patients.search": search,
  "patients.create": create,
  "patients.get": get,
  "patients.update": update,
  "patients.remove": remove
}
