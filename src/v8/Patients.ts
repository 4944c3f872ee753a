/**
 * Patients: the people in care. List and search them, create, read by any of their ids, change, delete.
 *
 * Fields that a tenant has added stand flat beside the system ones (`ppf-…`, or any other name): they stay on the value, and
 * `Codecs.extension` reads them.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { compile } from "../internal/decoder.js"
import { Quick, refuse } from "../internal/quick.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { UserId } from "./Users.js"

/**
 * The id Welkin gives a patient.
 *
 * @since 0.1.0
 * @category ids
 */
export const PatientId = Codecs.id("PatientId")
/**
 * @since 0.1.0
 * @category ids
 */
export type PatientId = typeof PatientId.Type

/**
 * The id of one patient's way through one program.
 *
 * @since 0.1.0
 * @category ids
 */
export const PatientProgramId = Codecs.id("PatientProgramId")
/**
 * @since 0.1.0
 * @category ids
 */
export type PatientProgramId = typeof PatientProgramId.Type

/**
 * A phase of a program, as one patient entered it.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientProgramPhase = Codecs.open<PatientProgramPhase>()({
  /** When the patient entered the phase. */
  timestamp: Codecs.Instant,
  /** User or API client. */
  createdBy: Schema.NullOr(Codecs.Id),
  createdByName: Schema.NullOr(Schema.String),
  name: Schema.String,
  title: Schema.String,
  description: Schema.String,
  /** Version of the formation: digits, but text, where formations themselves give a number. */
  currentVersion: Schema.String,
  /** The formation has this phase no more. */
  deleted: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientProgramPhase extends Schema.Struct.Type<(typeof PatientProgramPhase)["fields"]> {}

/**
 * How far a patient has come in a program. Lists of a patient's programs also hold a stub for every program the patient is not
 * in: `assigned` is false there, `pathHistory` empty, and id, patient, dates, phase and status are null.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientProgram = Codecs.open<PatientProgram>()({
  id: Schema.NullOr(PatientProgramId),
  createdAt: Schema.NullOr(Codecs.Instant),
  createdByName: Schema.NullOr(Schema.String),
  updatedAt: Schema.NullOr(Codecs.Instant),
  updatedByName: Schema.NullOr(Schema.String),
  programName: Schema.String,
  programTitle: Schema.String,
  programDescription: Schema.String,
  assigned: Schema.Boolean,
  patientId: Schema.NullOr(PatientId),
  /** Null while no phase has been entered. */
  currentPhase: Schema.NullOr(PatientProgramPhase),
  /** NOT_STARTED: assigned, but no phase entered. */
  status: Schema.NullOr(Codecs.openEnum("NOT_STARTED", "IN_PROGRESS", "FINISHED")),
  /** False where the current version of the formation cannot continue this program. */
  compatibleWithCurrentVersion: Schema.Boolean,
  /** Every phase entered, oldest first; the last is the current one. */
  pathHistory: Schema.Array(PatientProgramPhase)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientProgram extends Schema.Struct.Type<(typeof PatientProgram)["fields"]> {}

/**
 * A region, with those of its territories that apply.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientTerritory = Codecs.open<PatientTerritory>()({
  /** Name of the region in the Designer. */
  name: Schema.String,
  territories: Schema.Array(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientTerritory extends Schema.Struct.Type<(typeof PatientTerritory)["fields"]> {}

/**
 * A member of the care team, by id.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientCareTeamMemberRef = Codecs.open<PatientCareTeamMemberRef>()({
  id: UserId,
  /** True for exactly one member of a team. */
  pointOfContact: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientCareTeamMemberRef extends Schema.Struct.Type<(typeof PatientCareTeamMemberRef)["fields"]> {}

/**
 * What a member of the care team is there for.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientCareTeamRole = Codecs.open<PatientCareTeamRole>()({
  /** Name of the role in the Designer. */
  name: Schema.String,
  primaryRole: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientCareTeamRole extends Schema.Struct.Type<(typeof PatientCareTeamRole)["fields"]> {}

/**
 * A member of the care team, with details of the user. Only the id can be counted on.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientCareTeamMember = Codecs.open<PatientCareTeamMember>()({
  id: UserId,
  username: Codecs.optional(Schema.String),
  firstName: Codecs.optional(Schema.String),
  lastName: Codecs.optional(Schema.String),
  /** Since 2023. */
  email: Codecs.optional(Schema.String),
  roles: Codecs.optional(Schema.Array(PatientCareTeamRole)),
  pointOfContact: Codecs.optional(Schema.Boolean),
  /** Since 2023. */
  enabled: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientCareTeamMember extends Schema.Struct.Type<(typeof PatientCareTeamMember)["fields"]> {}

const members = Schema.Array(PatientCareTeamMember)
const quickMembers = compile(members)

/**
 * The members of a care team. Some answers wrap the list in a second one, which is taken off.
 *
 * @since 0.1.0
 * @category schemas
 */
export const PatientCareTeam: Schema.Schema<ReadonlyArray<PatientCareTeamMember>, ReadonlyArray<unknown>> = Schema.transform(
  Schema.Array(Schema.Unknown),
  members,
  { strict: false, decode: (items) => items.flat(), encode: (items) => items }
).annotations({ [Quick]: (value: unknown) => (Array.isArray(value) ? quickMembers(value.flat()) : refuse) })

/**
 * A person in care: demographics, territories, care team, and the programs the person is in. What was never filled in is null, or
 * an empty string where somebody emptied it.
 *
 * @since 0.1.0
 * @category models
 */
export const Patient = Codecs.open<Patient>()({
  id: PatientId,
  /** Yours; see {@link getByExternalGuid}. */
  externalGuid: Schema.NullOr(Codecs.Id),
  /** Yours; see {@link getByExternalId}. */
  externalId: Schema.NullOr(Schema.String),
  /** Medical record number; see {@link getByMrn}. */
  mrn: Schema.NullOr(Schema.String),
  /** Probably a national registration number. Since August 2022. */
  nric: Codecs.optionalNull(Schema.String),
  createdAt: Codecs.Instant,
  updatedAt: Codecs.Instant,
  /** User or API client. */
  createdBy: Schema.NullOr(Codecs.Id),
  /** User or API client. */
  updatedBy: Schema.NullOr(Codecs.Id),
  createdByName: Schema.NullOr(Schema.String),
  updatedByName: Schema.NullOr(Schema.String),
  firstName: Schema.String,
  lastName: Schema.String,
  middleName: Schema.NullOr(Schema.String),
  /** A date, written as its midnight in UTC. */
  birthDate: Schema.NullOr(Codecs.Instant),
  /** UNKNOWN unless somebody said otherwise. */
  gender: Codecs.openEnum("UNKNOWN", "OTHER", "MALE", "FEMALE"),
  /** UKN unless somebody said otherwise. */
  maritalStatus: Codecs.openEnum("UKN"),
  /** ENGLISH unless somebody said otherwise. */
  primaryLanguage: Codecs.openEnum("ENGLISH"),
  secondaryLanguage: Schema.NullOr(Schema.String),
  email: Schema.NullOr(Schema.String),
  secondaryEmail: Schema.NullOr(Schema.String),
  /** E.164. */
  phone: Schema.NullOr(Schema.String),
  /** Since August 2022; empty without a number. */
  primaryPhoneCapabilities: Codecs.optional(Schema.Array(Codecs.openEnum("VOICE_CALL", "SMS"))),
  /** E.164. */
  secondaryPhone: Schema.NullOr(Schema.String),
  /** Since August 2022; empty without a number. */
  secondaryPhoneCapabilities: Codecs.optional(Schema.Array(Codecs.openEnum("VOICE_CALL", "SMS"))),
  country: Schema.NullOr(Schema.String),
  state: Schema.NullOr(Schema.String),
  city: Schema.NullOr(Schema.String),
  zip: Schema.NullOr(Schema.String),
  addressLine1: Schema.NullOr(Schema.String),
  addressLine2: Schema.NullOr(Schema.String),
  /** IANA name, such as `America/Chicago`, old ones such as `US/Pacific` included. */
  timezone: Schema.NullOr(Schema.String),
  patientTerritories: Schema.NullOr(Schema.Array(PatientTerritory)),
  careTeamMembers: Schema.Array(PatientCareTeamMemberRef),
  /** Until 2023 empty even for patients who had a team: `careTeamMembers` is the one to trust. */
  careTeam: Schema.NullOr(PatientCareTeam),
  patientPrograms: Schema.Array(PatientProgram),
  /** Empty wherever it was seen: what an item looks like is unknown. */
  cadence: Schema.Array(Codecs.Json),
  /** The first region of `patientTerritories`. */
  patientRegion: Schema.NullOr(Schema.String),
  patientRegionTitle: Schema.NullOr(Schema.String),
  /** The territory inside `patientRegion`. */
  patientTerritory: Schema.NullOr(Schema.String),
  pointOfContact: Schema.NullOr(PatientCareTeamMemberRef),
  /** Since 2023. */
  accessCode: Codecs.optionalNull(Schema.String),
  /** Since 2023. */
  preferableInstancePhoneId: Codecs.optionalNull(Schema.String),
  /** Adult, minor or couple, however spelt. Since 2024. */
  patientType: Codecs.optionalNull(Schema.String),
  /** Since 2023. */
  notes: Codecs.optionalNull(Schema.String),
  /** Since 2023; what an item looks like is unknown. */
  goals: Codecs.optional(Schema.Array(Codecs.Json)),
  /** Since 2023, and perhaps not in every tenant. */
  last_engaged_at: Codecs.optionalNull(Codecs.Instant),
  /** Since 2023, and perhaps not in every tenant. */
  last_login: Codecs.optionalNull(Codecs.Instant),
  /** Only where it was asked for by `expand`. Documented, never recorded. */
  territorialTeam: Codecs.optionalNull(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Patient extends Schema.Struct.Type<(typeof Patient)["fields"]> {}

/** What may be said about a patient besides the name, when creating and when changing one. */
const writable = {
  middleName: Codecs.optionalNull(Schema.String),
  /** A date, written as its midnight in UTC. */
  birthDate: Codecs.optionalNull(Codecs.Instant),
  gender: Codecs.optionalNull(Codecs.openEnum("UNKNOWN", "OTHER", "MALE", "FEMALE")),
  maritalStatus: Codecs.optionalNull(Codecs.openEnum("UKN")),
  primaryLanguage: Codecs.optionalNull(Codecs.openEnum("ENGLISH")),
  secondaryLanguage: Codecs.optionalNull(Schema.String),
  email: Codecs.optionalNull(Schema.String),
  secondaryEmail: Codecs.optionalNull(Schema.String),
  /** E.164: national numbers are refused. */
  phone: Codecs.optionalNull(Schema.String),
  /** E.164: national numbers are refused. */
  secondaryPhone: Codecs.optionalNull(Schema.String),
  country: Codecs.optionalNull(Schema.String),
  state: Codecs.optionalNull(Schema.String),
  city: Codecs.optionalNull(Schema.String),
  zip: Codecs.optionalNull(Schema.String),
  addressLine1: Codecs.optionalNull(Schema.String),
  addressLine2: Codecs.optionalNull(Schema.String),
  /** IANA name. */
  timezone: Codecs.optionalNull(Schema.String),
  externalId: Codecs.optionalNull(Schema.String),
  externalGuid: Codecs.optionalNull(Codecs.Id),
  mrn: Codecs.optionalNull(Schema.String),
  /** Regions and territories must exist in the Designer. */
  patientTerritories: Codecs.optionalNull(Schema.Array(PatientTerritory)),
  /** The first member becomes the point of contact where none is marked. */
  careTeam: Codecs.optionalNull(Schema.Array(PatientCareTeamMemberRef))
}

/**
 * A patient to be created. Fields of the tenant's own stand beside these.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientCreate = Codecs.open<PatientCreate>()({
  firstName: Schema.String,
  lastName: Schema.String,
  ...writable
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientCreate extends Schema.Struct.Type<(typeof PatientCreate)["fields"]> {}

/**
 * What is to change: a field left out keeps its value, a list is replaced as a whole. Fields of the tenant's own stand beside
 * these.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientUpdate = Codecs.open<PatientUpdate>()({
  /** Not needed: the route names the patient. */
  id: Codecs.optional(PatientId),
  firstName: Codecs.optional(Schema.String),
  lastName: Codecs.optional(Schema.String),
  ...writable
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientUpdate extends Schema.Struct.Type<(typeof PatientUpdate)["fields"]> {}

/**
 * What to search for: `{}` is everyone. No key is documented, so any JSON object goes.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientFilter = Codecs.JsonObject
/**
 * @since 0.1.0
 * @category models
 */
export type PatientFilter = typeof PatientFilter.Type

/**
 * One page of the patients, filtered by query. {@link search} is the call that was seen at work. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("patients.list", "/{tenant}/{instance}/patients", {
  query: {
    ...Pagination.springQuery,
    /** Part of an email address, a first, middle or last name, a phone number or an access code. */
    query: Schema.optional(Schema.String),
    email: Schema.optional(Schema.String),
    /** The empty string asks for patients without a timezone. */
    timezone: Schema.optional(Schema.String),
    /** The empty string asks for patients without territories; how to ask for some is undocumented. */
    territories: Schema.optional(Schema.String),
    /** The empty string asks for patients without a cadence; how to ask for one is undocumented. */
    cadence: Schema.optional(Schema.String)
  },
  success: Pagination.springPage(Patient)
})

/**
 * Every patient that {@link list} finds, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list)

/**
 * The pages of {@link list}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list)

/**
 * One page of the patients that a filter matches. A POST that only reads, hence safe to repeat. A page past the end is empty, no
 * error. Recorded with the empty filter only.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const search = Endpoint.post("patients.search", "/{tenant}/{instance}/by-filter/patients", {
  query: Pagination.springQuery,
  body: PatientFilter,
  success: Pagination.springPage(Patient),
  safe: true
})

/**
 * Every patient that {@link search} finds, a page whenever the consumer pulls past the last one. Patients who come or go meanwhile
 * shift the pages behind them: for a copy of everyone see `Exports.patientsStream`.
 *
 * @example
 * ```ts
 * import * as Schema from "effect/Schema"
 * import * as Stream from "effect/Stream"
 * import { Codecs } from "effect-welkin"
 * import { Patients } from "effect-welkin/v8"
 *
 * const insurer = Codecs.extension(Schema.Struct({ "ppf-insurer": Schema.NullOr(Schema.String) }))
 *
 * const insurers = Patients.searchStream({ body: {} }).pipe(Stream.mapEffect(insurer))
 * ```
 *
 * @since 0.1.0
 * @category streams
 */
export const searchStream = Pagination.spring(search)

/**
 * The pages of {@link search}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchPages = Pagination.springPages(search)

/**
 * Creates a patient and answers with the whole of it, defaults filled in. Asked twice it creates two: give the patient an
 * `externalId` or `externalGuid`, and a lost answer can be looked up. Recorded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { Patients } from "effect-welkin/v8"
 *
 * const ensure = (externalId: string, firstName: string, lastName: string) =>
 *   Patients.getByExternalId(externalId).pipe(
 *     Effect.catchTag("NotFound", () => Patients.create({ body: { externalId, firstName, lastName } }))
 *   )
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("patients.create", "/{tenant}/{instance}/patients", {
  body: PatientCreate,
  success: Patient
})

/**
 * Reads one patient, by Welkin's id unless `type` names another kind. Nobody by that id is `NotFound`. Recorded with both Welkin's
 * id and EGUID; EID and MRN are documented only.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("patients.get", "/{tenant}/{instance}/patients/{patientId}", {
  path: { patientId: Codecs.Id },
  query: {
    type: Schema.optional(Schema.Literal("ID", "EID", "EGUID", "MRN")),
    /** Adds `territorialTeam`. */
    expand: Schema.optional(Schema.Boolean)
  },
  success: Patient
})

/**
 * Reads the patient whom you know by this id: {@link get} with type EID.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getByExternalId = (externalId: string) => get({ patientId: externalId, type: "EID" })

/**
 * Reads the patient whom you know by this GUID: {@link get} with type EGUID.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getByExternalGuid = (externalGuid: string) => get({ patientId: externalGuid, type: "EGUID" })

/**
 * Reads the patient with this medical record number: {@link get} with type MRN.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getByMrn = (mrn: string) => get({ patientId: mrn, type: "MRN" })

/**
 * Changes some fields of a patient and answers with the whole of it. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("patients.update", "/{tenant}/{instance}/patients/{patientId}", {
  path: { patientId: PatientId },
  body: PatientUpdate,
  success: Patient
})

/**
 * Deletes a patient for good. Most API clients may not: expect `Forbidden`, which is also all that was ever recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("patients.remove", "/{tenant}/{instance}/patients/{patientId}", {
  path: { patientId: Codecs.Id },
  query: {
    type: Schema.optional(Schema.Literal("ID", "EGUID"))
  }
})
