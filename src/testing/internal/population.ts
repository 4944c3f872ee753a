/*
 * Who and what is there before anybody writes: a clinic made of a seed. Every record is a function of the seed and its index, so a
 * million patients take no memory until somebody reads them, and a larger population begins with the smaller one.
 *
 * Names are plainly invented, mail addresses end in .example, phone numbers are from the range kept for fiction.
 */
import * as Designer from "./designer.js"
import * as Ids from "./ids.js"
import { instant, type JsonObject } from "./json.js"
import { Draws, hashText, key, mix } from "./random.js"
import * as Table from "./table.js"

/** The type of a custom field. */
export type FieldType =
  | "text"
  | "textarea"
  | "integer"
  | "float"
  | "checkbox"
  | "date"
  | "datetime"
  | "email"
  | "phone"
  | "uuid"
  | "select"
  | "object"

export interface Field {
  readonly type: FieldType
  /** The values of a select. */
  readonly values?: ReadonlyArray<string>
  /** Whether a select holds a list. */
  readonly multiple?: boolean
}

/** The custom data types of an instance: their fields by name. */
export type DataTypes = { readonly [cdtName: string]: { readonly [field: string]: Field } }

export interface Patient extends JsonObject {
  readonly id: string
  readonly createdAt: string
  readonly updatedAt: string
}

export interface CdtRecord extends JsonObject {
  readonly id: string
  readonly patientId: string
  readonly cdtName: string
  readonly jsonBody: JsonObject & { readonly created_at: string; readonly updated_at: string }
}

export interface PatientProgram extends JsonObject {
  readonly id: string
  readonly patientId: string
  readonly programName: string
  readonly status: string
  readonly updatedAt: string
  readonly pathHistory: ReadonlyArray<JsonObject>
}

/** A record about to be made: everything that it depends on besides its kind. */
export interface Seedling {
  readonly index: number
  /** The index of the patient it belongs to. */
  readonly owner: number
  readonly patientId: string
  /** Its place among the patient's records of this kind, from 0. */
  readonly slot: number
  readonly id: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly draws: Draws
}

/** How the records of a kind come about: each patient has a few places for them. */
export interface Growth<A> {
  /** Sets their randomness apart from that of other kinds. */
  readonly name: string
  /** How many places a patient has. */
  readonly slots: number
  /** Undefined where a place stays empty. */
  readonly make: (seedling: Seedling) => A | undefined
}

export interface Population {
  readonly seed: number
  readonly patients: Table.Base<Patient>
  readonly patientPrograms: Table.Base<PatientProgram>
  readonly cdtRecords: Table.Base<CdtRecord>
  /** How many indexes of `cdtRecords` belong to one patient. */
  readonly cdtSlots: number
  /** Those that were asked for, and those that answers to assessments go to. */
  readonly dataTypes: DataTypes
  /** How many neighbours in the order of last change share one instant. */
  readonly sharedInstants: number
  readonly staff: ReadonlyArray<Staff>
  readonly regions: ReadonlyArray<Region>
  /** Id and name of everybody who writes: the staff and the API client. */
  readonly authors: ReadonlyArray<readonly [id: string, name: string]>
  /** The records of one more kind. */
  readonly grow: <A>(growth: Growth<A>) => Table.Base<A>
  /** A moment after everything that is there. */
  readonly end: number
}

/** Makes something once for each population. */
export const once = <A>(make: (population: Population) => A): ((population: Population) => A) => {
  const made = new WeakMap<Population, { readonly value: A }>()
  return (population) => {
    const known = made.get(population)
    if (known !== undefined) return known.value
    const value = make(population)
    made.set(population, { value })
    return value
  }
}

export interface Staff {
  readonly id: string
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly roles: ReadonlyArray<{ readonly name: string; readonly primaryRole: boolean }>
  readonly enabled: boolean
}

export interface Region {
  readonly name: string
  readonly title: string
  readonly territories: ReadonlyArray<string>
}

export const defaultDataTypes: DataTypes = {
  "cdt-wellbeing": {
    "cdtf-mood": { type: "select", values: ["good", "fair", "poor"] },
    "cdtf-steps": { type: "integer" },
    "cdtf-remark": { type: "textarea" }
  },
  "cdt-vitals": {
    "cdtf-pulse": { type: "integer" },
    "cdtf-weight": { type: "float" },
    "cdtf-measured-at": { type: "datetime" }
  },
  "cdt-consent": {
    "cdtf-agreed": { type: "checkbox" },
    "cdtf-agreed-on": { type: "date" },
    "cdtf-channels": { type: "select", values: ["call", "sms", "email"], multiple: true }
  }
}

const regions: ReadonlyArray<Region> = [
  { name: "region-north", title: "North", territories: ["upper-north", "lower-north"] },
  { name: "region-coast", title: "Coast & islands", territories: ["coast"] },
  { name: "region-valley", title: "Valley", territories: ["valley-east", "valley-west", "valley-south"] }
]

export const firstNames = [
  "Ada",
  "Zoë",
  "Łucja",
  "Søren",
  "Anaïs",
  "Ngọc",
  "Ólafur",
  "Ἄννα",
  "Мира",
  "さくら",
  "明",
  "נועה",
  "ليلى",
  "O’Sample",
  "Jean-Test",
  "Ida"
]
export const lastNames = ["Example", "Sample", "Muster", "Ejemplo", "Próba", "Δείγμα", "Пример", "例", "Örnek", "Eredu"]
export const cities = ["Sampleton", "Musterstadt", "Villejemplo", "São Exemplo", "例町"]
const zones = ["America/Los_Angeles", "America/Chicago", "UTC", "Europe/Oslo", "US/Pacific", "Asia/Tokyo"]
export const sentence = "Prefers a call in the morning; says “later” when busy.\tAsked about the plan & wrote it down.\n"

/** Patients come three minutes apart. */
const step = 180_000
/** How many neighbours the order of last change shuffles among themselves. */
const block = 64
const cdtSlots = 5
/** How many programs a patient may be in. */
export const programSlots = 2

export interface Settings {
  readonly seed: number
  readonly patients: number
  readonly dataTypes: DataTypes
  readonly apiClient: { readonly id: string; readonly name: string }
  /** How many neighbours in the order of last change share one instant. */
  readonly sharedInstants: number
}

export const make = (settings: Settings): Population => {
  const keyOf = (purpose: string) => key(settings.seed, purpose)
  const { id: clientId, name: clientName } = settings.apiClient
  const staff = makeStaff(keyOf("staff"))
  const start = Date.UTC(2018, 0, 1) + (keyOf("start") % 30) * 86_400_000
  // far enough behind the creations that no record changes before it is there
  const changesStart = start + (block + settings.sharedInstants + 2) * step

  const authors = [
    ...staff.map((one) => [one.id, `${one.firstName} ${one.lastName}`] as const),
    [clientId, `API_CLIENT:${clientName}`] as const
  ]

  const patientKey = keyOf("patient")
  const patientMoment = keyOf("patient.createdAt")
  const patientIds = Ids.make(keyOf("patient.id"))
  const patientCreatedAt = (index: number) => start + index * step + (mix(patientMoment, index) % step)
  const patientOrder = makeOrder(keyOf("patient.order"), settings.sharedInstants, changesStart, step)

  const grow = <A>({ make, name, slots }: Growth<A>): Table.Base<A> => {
    const recordKey = keyOf(name)
    const ids = Ids.make(keyOf(`${name}.id`))
    const order = makeOrder(keyOf(`${name}.order`), settings.sharedInstants, changesStart, Math.floor(step / slots))
    const span = settings.patients * slots
    const at = (index: number): A | undefined => {
      if (index >= span) return undefined
      const owner = Math.floor(index / slots)
      const slot = index % slots
      const patientAt = patientCreatedAt(owner)
      // within five minutes of the patient, hence before any change
      const createdAt = patientAt + Math.floor(((slot + 1) * 300_000) / slots)
      return make({
        index,
        owner,
        patientId: patientIds.encode(owner, patientAt),
        slot,
        id: ids.encode(index, createdAt),
        createdAt,
        updatedAt: order.changedAt(order.rankOf(index)),
        draws: new Draws(recordKey, index)
      })
    }
    return Table.base({ span, ranks: ranksOf(span), ids, at, ...order })
  }

  const programKey = keyOf("patientProgram.name")
  const patientPrograms = grow({
    name: "patientProgram",
    slots: programSlots,
    make: (seedling) => {
      const word = mix(programKey, seedling.owner)
      if (seedling.slot >= word % (programSlots + 1)) return undefined
      return patientProgram(seedling, Designer.programs[((word >>> 8) + seedling.slot) % Designer.programs.length]!, authors)
    }
  })

  const patient = (index: number): Patient | undefined => {
    if (index >= settings.patients) return undefined
    const draws = new Draws(patientKey, index)
    const createdAt = patientCreatedAt(index)
    const id = patientIds.encode(index, createdAt)
    const [createdBy, createdByName] = draws.pick(authors)
    const [updatedBy, updatedByName] = draws.pick(authors)
    const firstName = draws.pick(firstNames)
    const lastName = `${draws.pick(lastNames)}-${index.toString(36)}`
    const region = draws.maybe(70, () => draws.pick(regions))
    const territory = region === null ? null : draws.pick(region.territories)
    const team = chosen(draws, staff, draws.below(4))
    const members = team.map((one, at) => ({ id: one.id, pointOfContact: at === 0 }))
    const phone = draws.maybe(75, () => fictionalPhone(draws))
    const secondPhone = draws.maybe(10, () => fictionalPhone(draws))
    return {
      id,
      externalGuid: externalGuid(index),
      externalId: externalId(index),
      mrn: mrn(index),
      // older instances lack it
      ...(draws.chance(90) ? { nric: null } : {}),
      createdAt: instant(createdAt),
      updatedAt: instant(patientOrder.changedAt(patientOrder.rankOf(index))),
      createdBy,
      updatedBy,
      createdByName,
      updatedByName,
      firstName,
      lastName,
      middleName: draws.pick([null, null, "", "M."]),
      birthDate: draws.maybe(90, () => instant(Date.UTC(1930 + draws.below(90), draws.below(12), 1 + draws.below(28)))),
      gender: draws.pick(["UNKNOWN", "OTHER", "MALE", "FEMALE"]),
      maritalStatus: "UKN",
      primaryLanguage: "ENGLISH",
      secondaryLanguage: null,
      email: draws.chance(80) ? `patient-${index}@patients.example` : draws.pick([null, ""]),
      secondaryEmail: draws.pick([null, null, ""]),
      phone,
      primaryPhoneCapabilities: phone === null ? [] : draws.pick([["VOICE_CALL", "SMS"], ["VOICE_CALL"]]),
      secondaryPhone: secondPhone,
      secondaryPhoneCapabilities: secondPhone === null ? [] : ["VOICE_CALL"],
      country: draws.pick([null, "", "US"]),
      state: draws.pick([null, "California", "Illinois"]),
      city: draws.maybe(60, () => draws.pick(cities)),
      zip: draws.maybe(60, () => String(90_000 + draws.below(9_999))),
      addressLine1: draws.maybe(60, () => `${1 + draws.below(999)} Sample Street`),
      addressLine2: draws.pick([null, null, "", "Apt. 2 ½"]),
      timezone: draws.maybe(50, () => draws.pick(zones)),
      patientTerritories: region === null ? [] : [{ name: region.name, territories: [territory] }],
      careTeamMembers: members,
      patientPrograms: Array.from({ length: programSlots }, (_, slot) => patientPrograms.at(index * programSlots + slot)).filter(
        (one) => one !== undefined
      ),
      careTeam: team.map((one, at) => ({ ...one, pointOfContact: at === 0 })),
      cadence: [],
      patientRegion: region?.name ?? null,
      patientRegionTitle: region?.title ?? null,
      patientTerritory: territory,
      pointOfContact: members[0] ?? null,
      ...(draws.chance(80) ? { accessCode: null, preferableInstancePhoneId: null } : {}),
      ...(draws.chance(60)
        ? {
            patientType: null,
            notes: draws.maybe(20, () => sentence.repeat(1 + draws.below(40))),
            goals: [],
            last_engaged_at: null,
            last_login: null
          }
        : {}),
      "ppf-favourite-sport": draws.maybe(50, () => draws.pick(["rowing", "go 囲碁", "none"])),
      "ppf-household-size": draws.maybe(50, () => 1 + draws.below(6))
    }
  }

  const cdtNames = Object.keys(settings.dataTypes)
  const cdtKey = keyOf("cdt")
  const cdtCounts = keyOf("cdt.count")
  const cdtIds = Ids.make(keyOf("cdt.id"))
  const cdtOrder = makeOrder(keyOf("cdt.order"), settings.sharedInstants, changesStart, step / cdtSlots)
  const cdtCount = (owner: number) => (cdtNames.length === 0 ? 0 : mix(cdtCounts, owner) % (cdtSlots + 1))

  const cdtRecord = (index: number): CdtRecord | undefined => {
    const owner = Math.floor(index / cdtSlots)
    if (owner >= settings.patients || index % cdtSlots >= cdtCount(owner)) return undefined
    const draws = new Draws(cdtKey, index)
    const createdAt = patientCreatedAt(owner) + (1 + (index % cdtSlots)) * 60_000
    const id = cdtIds.encode(index, createdAt)
    const cdtName = draws.pick(cdtNames)
    const [created_by, created_by_name] = draws.pick(authors)
    const [updated_by, updated_by_name] = draws.pick(authors)
    const fields = Object.entries(settings.dataTypes[cdtName]!).map(([name, field]) => [
      name,
      draws.maybe(80, () => fieldValue(draws, field))
    ])
    return {
      id,
      patientId: patientIds.encode(owner, patientCreatedAt(owner)),
      ...cdtDefinition(cdtName),
      jsonBody: {
        id,
        created_at: instant(createdAt),
        created_by,
        created_by_name,
        updated_at: instant(cdtOrder.changedAt(cdtOrder.rankOf(index))),
        updated_by,
        updated_by_name,
        source_type: null,
        source_name: null,
        source_id: null,
        external_id: null,
        external_guid: null,
        ...Object.fromEntries(fields)
      },
      cdtName
    }
  }

  const span = settings.patients * cdtSlots
  return {
    seed: settings.seed,
    patients: Table.base({ span: settings.patients, ranks: ranksOf(settings.patients), ids: patientIds, at: patient, ...patientOrder }),
    cdtRecords: Table.base({ span, ranks: ranksOf(span), ids: cdtIds, at: cdtRecord, ...cdtOrder }),
    cdtSlots,
    patientPrograms,
    dataTypes: { ...settings.dataTypes, ...answered(settings.dataTypes) },
    sharedInstants: settings.sharedInstants,
    staff,
    regions,
    authors,
    grow,
    end: changesStart + (settings.patients + 2 * block) * step
  }
}

/** The data types, and fields of known ones, that the questions of assessments refer to. Nobody has records of them from the start. */
const answered = (known: DataTypes): DataTypes => {
  const found: Record<string, { readonly [field: string]: Field }> = {}
  for (const [key, { values }] of Designer.assessments.flatMap(({ questions }) => Object.entries(questions))) {
    const [cdtName, field] = Designer.answerPlace(key)
    const fields = found[cdtName] ?? known[cdtName] ?? {}
    found[cdtName] = { ...fields, [field]: fields[field] ?? { type: "select", values } }
  }
  return found
}

/** What every record of a custom data type says of its definition. */
export const cdtDefinition = (cdtName: string): { readonly cdtId: string; readonly version: number } => ({
  cdtId: Ids.named(hashText(cdtName)),
  version: Designer.formationVersion
})

/** The caller's own ids are written so that the index can be read back out of them. Some hold characters that a URL must escape. */
const externalId = (index: number): string | null => (index % 3 === 0 ? null : `crm/${index}~a`)
const mrn = (index: number): string | null => (index % 2 === 0 ? `MRN-${index}` : null)
const externalGuid = (index: number): string | null =>
  index % 5 === 0 ? `c0a80101-0000-4000-8000-${index.toString(16).padStart(12, "0")}` : null

/** The patient that a caller's own id may belong to; the record itself must still be compared. */
export const indexOfOwnId = (value: string): number | undefined => {
  const decimal = /^(?:crm\/|MRN-)(\d{1,7})(?:~a)?$/.exec(value)
  if (decimal !== null) return Number(decimal[1])
  const guid = /^c0a80101-0000-4000-8000-([0-9a-f]{12})$/.exec(value)
  return guid === null ? undefined : Number.parseInt(guid[1]!, 16)
}

export const fictionalPhone = (draws: Draws): string => `+1202555${String(100 + draws.below(100)).padStart(4, "0")}`

/** Some of these, in their order. */
const chosen = <A>(draws: Draws, all: ReadonlyArray<A>, count: number): ReadonlyArray<A> => {
  const first = draws.below(all.length)
  return Array.from({ length: Math.min(count, all.length) }, (_, at) => all[(first + at) % all.length]!)
}

const patientProgram = (
  { createdAt, draws, id, patientId, updatedAt }: Seedling,
  program: Designer.Program,
  authors: Population["authors"]
): PatientProgram => {
  const [createdBy, createdByName] = draws.pick(authors)
  const entered = program.phases.slice(0, draws.below(program.phases.length + 1)).map((phase, at) =>
    phaseEntered(
      phase,
      createdAt + (at + 1) * 1000,
      draws.maybe(70, () => createdBy),
      createdByName
    )
  )
  const finished = entered.length === program.phases.length && draws.chance(40)
  return {
    id,
    createdByName,
    createdAt: instant(createdAt),
    updatedByName: draws.pick(authors)[1],
    updatedAt: instant(updatedAt),
    programName: program.name,
    programTitle: program.title,
    programDescription: "",
    assigned: true,
    patientId,
    currentPhase: entered.at(-1) ?? null,
    status: entered.length === 0 ? "NOT_STARTED" : finished ? "FINISHED" : "IN_PROGRESS",
    compatibleWithCurrentVersion: true,
    pathHistory: entered
  }
}

/** What a patient's program says of a phase. */
export const phaseEntered = ({ name, title }: Designer.Phase, at: number, createdBy: string | null, createdByName: string): JsonObject => ({
  timestamp: instant(at),
  createdBy,
  createdByName,
  name,
  title,
  description: "",
  currentVersion: String(Designer.formationVersion),
  deleted: false
})

export const fieldValue = (draws: Draws, { multiple = false, type, values = ["one", "two"] }: Field): unknown => {
  const moment = () => instant(Date.UTC(2024, draws.below(12), 1 + draws.below(28), draws.below(24), draws.below(60)))
  switch (type) {
    case "text":
      return `text ${draws.below(1000)}`
    case "textarea":
      return sentence.repeat(1 + draws.below(3))
    case "integer":
      return draws.below(10_000)
    case "float":
      return draws.below(2_000) / 8
    case "checkbox":
      return draws.chance(50)
    case "date":
      return moment().slice(0, 10)
    case "datetime":
      return moment()
    case "email":
      return `field-${draws.below(1000)}@mail.example`
    case "phone":
      return fictionalPhone(draws)
    case "uuid":
      return Ids.named(draws.word())
    case "select":
      return multiple ? chosen(draws, values, 1 + draws.below(values.length)) : draws.pick(values)
    case "object":
      return { remark: `text ${draws.below(1000)}` }
  }
}

const makeStaff = (staffKey: number): ReadonlyArray<Staff> =>
  Array.from({ length: 6 }, (_, index) => {
    const draws = new Draws(staffKey, index)
    const role = draws.pick(["nurse", "care-manager", "physician"])
    return {
      id: Ids.named(mix(staffKey, index)),
      username: `staff.${index}`,
      firstName: draws.pick(firstNames),
      lastName: `${draws.pick(lastNames)}-Staff-${index}`,
      email: `staff-${index}@staff.example`,
      roles: [{ name: role, primaryRole: true }],
      enabled: index !== 5
    }
  })

// the last block is full of places, whatever it holds
const ranksOf = (span: number): number => Math.ceil(span / block) * block

/*
 * The order of last change: neighbours in the order of creation, shuffled in blocks. Both directions are computed, so the n-th changed
 * record is found without looking at the others, and the order does not depend on how many there are.
 */
const makeOrder = (orderKey: number, shared: number, start: number, stride: number) => {
  const shuffled = (number: number) => {
    const weights = Array.from({ length: block }, (_, at) => mix(mix(orderKey, number), at))
    const order = weights.map((_, at) => at).sort((one, other) => weights[one]! - weights[other]! || one - other)
    const place = new Array<number>(block)
    for (const [rank, at] of order.entries()) place[at] = rank
    return { number, order, place }
  }
  // records are read in runs, so the block just used is the one used next
  let last = shuffled(0)
  const blockOf = (number: number) => {
    if (last.number !== number) last = shuffled(number)
    return last
  }
  return {
    ranked: (rank: number) => rank - (rank % block) + blockOf(Math.floor(rank / block)).order[rank % block]!,
    rankOf: (index: number) => index - (index % block) + blockOf(Math.floor(index / block)).place[index % block]!,
    changedAt: (rank: number) => start + (rank - (rank % shared)) * stride
  }
}
