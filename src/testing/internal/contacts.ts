import * as Either from "effect/Either"
import * as Authorship from "./authorship.js"
import { bad, type Call, type Handler, objectBody, reads, word } from "./call.js"
import type { JsonObject } from "./json.js"
import * as Patients from "./patients.js"
import * as Pdts from "./pdts.js"
import type { Population, Seedling } from "./population.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as World from "./world.js"

interface Contact extends JsonObject {
  readonly id: string
  readonly updatedAt: string
  readonly patientId: string
  readonly pdtRecordId: string
  readonly active: boolean
}

/** An address, the field of the profile that it comes from, and what to call it. */
const addresses = ["email", "phone", "secondaryPhone"] as const

const blank = Object.fromEntries(addresses.flatMap((one) => [one, `${one}Label`, `${one}PdtFieldName`].map((field) => [field, null])))

/** A patient's guardian, where there is one. */
const seeded = ({ createdAt, draws, id, owner, patientId, updatedAt }: Seedling, population: Population): Contact | undefined => {
  const guardian = Pdts.kind.base(population).at(owner * Pdts.kind.slots + Pdts.guardianSlot)
  if (guardian === undefined || !draws.chance(80)) return undefined
  const [createdBy, createdByName] = draws.pick(population.authors)
  const { jsonBody } = guardian
  return {
    id,
    ...Authorship.created({ id: createdBy, name: createdByName }, createdAt),
    ...Authorship.updated({ id: createdBy, name: createdByName }, updatedAt),
    ...blank,
    name: `${jsonBody["pdtf-first-name"]} ${jsonBody["pdtf-last-name"]}`,
    ...(jsonBody["pdtf-email"] === null
      ? {}
      : { email: jsonBody["pdtf-email"], emailPdtFieldName: "pdtf-email", emailLabel: draws.maybe(50, () => "Work ✉") }),
    ...(jsonBody["pdtf-phone"] === null ? {} : { phone: jsonBody["pdtf-phone"], phonePdtFieldName: "pdtf-phone" }),
    patientId,
    pdtRecordId: guardian.id,
    relation: draws.pick(["Parent", "Sister", "Tía"]),
    active: draws.chance(85)
  }
}

/** The contacts of all patients. */
export const kind = Records.kind<Contact>({
  name: "contacts",
  slots: 1,
  make: seeded,
  changedAt: (contact) => contact.updatedAt,
  patientOf: (contact) => contact.patientId
})

const existing = (call: Call, world: World.World): Reply.Or<Records.Found<Contact>> =>
  Either.flatMap(Patients.existing(call, world), ({ patient }) => {
    const found = Records.byId(world, kind, call.path.contactId!)
    return found?.record.patientId === patient.id ? Either.right(found) : Records.missing(call, "There is no such contact.")
  })

const get = reads((call, world) => Either.map(existing(call, world), ({ record }) => Reply.json(200, record)))

const list = reads((call, world) =>
  Either.gen(function* () {
    const active = yield* word(call, "active", ["true", "false"])
    const pdtRecordId = call.query.get("pdtRecordId")
    const contacts = Records.ofPatient(world, kind, yield* Patients.existing(call, world)).map(({ record }) => record)
    return Reply.json(
      200,
      contacts.filter(
        (contact) =>
          (active === undefined || contact.active === (active === "true")) && (pdtRecordId === null || contact.pdtRecordId === pdtRecordId)
      )
    )
  })
)

const isAddress = Records.orNull(Records.isText)

const fields = {
  name: Records.isText,
  relation: Records.isText,
  active: Records.isFlag,
  ...Object.fromEntries(Object.keys(blank).map((field) => [field, isAddress]))
}

/** What a body asks for. Each address must be that of the profile, in the field that is named. */
const asked = (
  call: Call,
  body: JsonObject,
  profile: Pdts.PdtRecord | undefined,
  before: JsonObject,
  required: ReadonlyArray<string>
): Reply.Or<JsonObject> =>
  Either.gen(function* () {
    const given = yield* Records.taken(call, body, fields, required)
    for (const one of addresses) {
      if (given[one] === undefined || given[one] === null) continue
      const field = given[`${one}PdtFieldName`] ?? before[`${one}PdtFieldName`]
      if (typeof field !== "string") return yield* bad(call, "An address comes without its profile field.", { field: `${one}PdtFieldName` })
      if (profile?.jsonBody[field] !== given[one]) return yield* bad(call, "An address is not the one in the profile.", { field: one })
    }
    return given
  })

/** Links a profile to the patient: 200, and once for each profile. */
const create: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* Patients.existing(call, world)
    const body = yield* objectBody(call)
    const { pdtRecordId } = yield* Records.taken(call, body, { pdtRecordId: Records.isText }, ["pdtRecordId"])
    const profile = Records.byId(world, Pdts.kind, pdtRecordId as string)?.record
    if (profile === undefined || profile.deleted || !Pdts.types[profile.pdtName]!.contactable) {
      return yield* bad(call, "There is no such profile, or it cannot be contacted.", { field: "pdtRecordId" })
    }
    if (Records.ofPatient(world, kind, found).some(({ record }) => record.pdtRecordId === profile.id)) {
      return yield* bad(call, "The patient has a contact of that profile already.", { field: "pdtRecordId" })
    }
    const given = yield* asked(call, body, profile, {}, ["name", "relation"])
    const [contact, next] = World.create(world, call.now, kind, (id, at) => ({
      id,
      ...Authorship.created(Authorship.caller(world.setting), at),
      ...blank,
      active: true,
      ...given,
      patientId: found.patient.id,
      pdtRecordId: profile.id
    }))
    return [Reply.json(200, contact), next] as const
  })

const update: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, record } = yield* existing(call, world)
    const profile = Records.byId(world, Pdts.kind, record.pdtRecordId)?.record
    const given = yield* asked(call, yield* objectBody(call), profile, record, [])
    const [contact, next] = World.replace(world, call.now, kind, index, (at) => ({
      ...record,
      ...Authorship.updated(Authorship.caller(world.setting), at),
      ...given
    }))
    return [Reply.json(200, contact), next] as const
  })

export const handlers = {
  "contacts.list": list,
  "contacts.get": get,
  "contacts.create": create,
  "contacts.update": update
}
