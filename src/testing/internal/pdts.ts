import * as Either from "effect/Either"
import * as Authorship from "./authorship.js"
import { type Call, type Handler, numbered, objectBody, reads } from "./call.js"
import * as Cdts from "./cdts.js"
import * as Envelopes from "./envelopes.js"
import { instant, type JsonObject } from "./json.js"
import type { Field, Seedling } from "./population.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as World from "./world.js"

export interface PdtRecord extends JsonObject {
  readonly id: string
  readonly updatedAt: string
  readonly deleted: boolean
  readonly pdtName: string
  readonly jsonBody: JsonObject
}

/** A profile data type of the instance. */
export interface ProfileType {
  /** Whether its records may become contacts of patients. */
  readonly contactable: boolean
  readonly fields: { readonly [field: string]: Field }
}

export const types: { readonly [pdtName: string]: ProfileType } = {
  "pdt-guardian": {
    contactable: true,
    fields: {
      "pdtf-first-name": { type: "text" },
      "pdtf-last-name": { type: "text" },
      "pdtf-email": { type: "email" },
      "pdtf-phone": { type: "phone" },
      "pdtf-language": { type: "select", values: ["english", "日本語", "español"] }
    }
  },
  "pdt-clinic": {
    contactable: false,
    fields: {
      "pdtf-name": { type: "text" },
      "pdtf-beds": { type: "integer" },
      "pdtf-rating": { type: "float" },
      "pdtf-opened-at": { type: "datetime" },
      "pdtf-directions": { type: "textarea" }
    }
  }
}

/** The filled values of a type's own fields, for people to read. */
const fullValue = (pdtName: string, jsonBody: JsonObject): string =>
  Object.keys(types[pdtName]!.fields)
    .flatMap((field) => (jsonBody[field] === null ? [] : [String(jsonBody[field])]))
    .join(" ")

const profile = (pdtName: string, jsonBody: JsonObject & { readonly id: string }): PdtRecord => ({
  id: jsonBody.id,
  createdAt: jsonBody.created_at,
  updatedAt: String(jsonBody.updated_at),
  fullValue: fullValue(pdtName, jsonBody),
  deleted: false,
  jsonBody,
  pdtName
})

/** The place of the guardian among the records that came with a patient. */
export const guardianSlot = 0

/** Every other patient came with a guardian, and every eighth with a clinic: a profile itself belongs to nobody. */
const seeded = (
  { createdAt, draws, id, owner, slot, updatedAt }: Seedling,
  authors: ReadonlyArray<readonly [string, string]>
): PdtRecord | undefined => {
  const isGuardian = slot === guardianSlot
  if (isGuardian ? !draws.chance(50) : owner % 8 !== 0) return undefined
  const [createdBy, createdByName] = draws.pick(authors)
  const [updatedBy, updatedByName] = draws.pick(authors)
  const given: JsonObject = isGuardian
    ? {
        "pdtf-first-name": draws.pick(["Rosa", "Ólafur", "みどり", "Jean-Test"]),
        "pdtf-last-name": `${draws.pick(["Field", "Δείγμα", "Muster"])}-${owner.toString(36)}`,
        "pdtf-email": draws.maybe(80, () => `guardian-${owner}@mail.example`),
        "pdtf-phone": draws.maybe(80, () => `+1202555${String(100 + draws.below(100)).padStart(4, "0")}`),
        "pdtf-language": draws.maybe(50, () => draws.pick(["english", "日本語", "español"]))
      }
    : {
        "pdtf-name": `Sample Clinic ${owner} – Musterhaus`,
        "pdtf-beds": draws.maybe(80, () => draws.below(400)),
        "pdtf-rating": draws.maybe(80, () => draws.below(40) / 8),
        "pdtf-opened-at": draws.maybe(50, () => instant(Date.UTC(1990 + draws.below(30), draws.below(12), 1 + draws.below(28)))),
        "pdtf-directions": draws.maybe(50, () => "Past the fountain, second door on the left.\n".repeat(1 + draws.below(60)))
      }
  return profile(isGuardian ? "pdt-guardian" : "pdt-clinic", {
    ...Cdts.systemFields,
    ...given,
    ...Authorship.rowCreated({ id: createdBy, name: createdByName }, createdAt),
    ...Authorship.rowUpdated({ id: updatedBy, name: updatedByName }, updatedAt),
    id,
    external_id: draws.maybe(20, () => `profile/${owner}~${slot}`)
  })
}

/** The records of every profile data type. */
export const kind = Records.kind<PdtRecord>({
  name: "pdtRecords",
  slots: 2,
  make: (seedling, { authors }) => seeded(seedling, authors),
  changedAt: (record) => record.updatedAt,
  patientOf: () => undefined
})

const typeAt = (call: Call): Reply.Or<readonly [string, ProfileType]> => {
  const pdtName = call.path.pdtName!
  return Object.hasOwn(types, pdtName)
    ? Either.right([pdtName, types[pdtName]!])
    : Records.missing(call, "There is no such profile data type.")
}

const existing = (call: Call, world: World.World): Reply.Or<Records.Found<PdtRecord>> =>
  Either.flatMap(typeAt(call), ([pdtName]) => {
    const found = Records.byId(world, kind, call.path.id!)
    return found?.record.pdtName === pdtName ? Either.right(found) : Records.missing(call, "There is no such record.")
  })

/** A record that was not deleted. */
const living = (call: Call, world: World.World): Reply.Or<Records.Found<PdtRecord>> =>
  Either.flatMap(existing(call, world), (found) =>
    found.record.deleted ? Records.missing(call, "The record was deleted.") : Either.right(found)
  )

const get = reads((call, world) => Either.map(existing(call, world), ({ record }) => Reply.json(200, record)))

const list = reads((call, world) =>
  Either.gen(function* () {
    const numbers = yield* numbered(call)
    const [pdtName] = yield* typeAt(call)
    const records = (yield* Records.all(call, world, kind)).flatMap(({ record }) => (record.pdtName === pdtName ? [record] : []))
    const start = numbers.page * numbers.size
    const lastUpdatedAt = records.reduce<string | null>(
      (last, { updatedAt }) => (last === null || updatedAt > last ? updatedAt : last),
      null
    )
    const page = Envelopes.metaInfo(records.slice(start, start + numbers.size), numbers, records.length)
    return Reply.jsonText(200, `{"pdtName":${JSON.stringify(pdtName)},"lastUpdatedAt":${JSON.stringify(lastUpdatedAt)},"records":${page}}`)
  })
)

const create: Handler = (call, world) =>
  Either.gen(function* () {
    const [pdtName, type] = yield* typeAt(call)
    const given = yield* Cdts.asked(call, type, yield* objectBody(call))
    const [record, next] = World.create(world, call.now, kind, (id, at) =>
      profile(pdtName, {
        ...Cdts.systemFields,
        ...Object.fromEntries(Object.keys(type.fields).map((field) => [field, null])),
        ...Authorship.rowCreated(Authorship.caller(world.setting), at),
        ...given,
        id
      })
    )
    return [Reply.json(201, record), next] as const
  })

const update: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, record } = yield* living(call, world)
    const given = yield* Cdts.asked(call, types[record.pdtName]!, yield* objectBody(call))
    const [changed, next] = World.replace(world, call.now, kind, index, (at) =>
      profile(record.pdtName, {
        ...record.jsonBody,
        ...Authorship.rowUpdated(Authorship.caller(world.setting), at),
        ...given,
        id: record.id
      })
    )
    return [Reply.json(200, changed), next] as const
  })

/** A deleted record stays, with a mark on it. */
const remove: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, record } = yield* living(call, world)
    const [, next] = World.replace(world, call.now, kind, index, (at) => ({ ...record, updatedAt: instant(at), deleted: true }))
    return [Reply.empty(200), next] as const
  })

export const handlers = {
  "pdts.list": list,
  "pdts.get": get,
  "pdts.create": create,
  "pdts.update": update,
  "pdts.remove": remove
}
