/**
 * Patients of one instance: list, search, create, read by several identifiers, partial update, delete. Program state is nested
 * read-only; programs, records and messages of a patient live in other areas.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"

/**
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
 * One phase a patient entered inside a care program.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientProgramPhase = Codecs.open<PatientProgramPhase>()({
  /** When the phase was entered. */
  timestamp: Codecs.Instant,
  /** Who moved the patient; absent in the 2021 docs. */
  createdBy: Schema.NullOr(Codecs.Id),
  /** Absent in the 2021 docs. */
  createdByName: Schema.NullOr(Schema.String),
  /** Machine name of the phase. */
  name: Schema.String,
  title: Schema.String,
  /** Often an empty string. */
  description: Schema.String,
  /** Formation version as a STRING of digits; formations themselves give version as a number. */
  currentVersion: Schema.String,
  /** Phase no longer exists in the formation (meaning inferred from the name); absent in the 2021 docs. */
  deleted: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientProgramPhase extends Schema.Struct.Type<(typeof PatientProgramPhase)["fields"]> {}

/**
 * State of one patient in one care program. Nested in a patient as patientPrograms and returned on its own by the patient program
 * endpoints. Lists of the latter also hold a stub for each program the patient is not in: there id, createdAt, updatedAt,
 * patientId, currentPhase and status are null, assigned and compatibleWithCurrentVersion are false and pathHistory is empty.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientProgram = Codecs.open<PatientProgram>()({
  /** Null on stubs; absent in the 2021 docs. */
  id: Schema.NullOr(PatientProgramId),
  /** Null on stubs. */
  createdAt: Schema.NullOr(Codecs.Instant),
  /** Absent in the 2021 docs; most likely null on stubs. */
  createdByName: Schema.NullOr(Schema.String),
  /** Null on stubs; absent in the 2021 docs. */
  updatedAt: Schema.NullOr(Codecs.Instant),
  /** Absent in the 2021 docs; most likely null on stubs. */
  updatedByName: Schema.NullOr(Schema.String),
  programName: Schema.String,
  programTitle: Schema.String,
  /** May be an empty string. */
  programDescription: Schema.String,
  assigned: Schema.Boolean,
  /** Null on stubs. */
  patientId: Schema.NullOr(PatientId),
  /** Null on stubs and while status is NOT_STARTED (both recorded); null in a docs sample right after assigning without a phase. */
  currentPhase: Schema.NullOr(PatientProgramPhase),
  /**
   * NOT_STARTED (assigned, no phase entered) recorded in 2026, IN_PROGRESS recorded throughout, FINISHED only seen inside an error
   * detail; null on stubs; no full list is documented.
   */
  status: Schema.NullOr(Codecs.openEnum("NOT_STARTED", "IN_PROGRESS", "FINISHED")),
  /** False when the record was made under a formation version that the current one cannot continue; false on stubs. */
  compatibleWithCurrentVersion: Schema.Boolean,
  /** Every phase entered, oldest first; the last one equals currentPhase; empty on stubs and while NOT_STARTED. */
  pathHistory: Schema.Array(PatientProgramPhase)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientProgram extends Schema.Struct.Type<(typeof PatientProgram)["fields"]> {}

/**
 * A region with the territories of it that apply.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientTerritory = Codecs.open<PatientTerritory>()({
  /** Region name, e.g. a machine name from the Designer. */
  name: Schema.String,
  /** Territory names inside the region. */
  territories: Schema.Array(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientTerritory extends Schema.Struct.Type<(typeof PatientTerritory)["fields"]> {}

/**
 * Care team member by id.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientCareTeamMemberRef = Codecs.open<PatientCareTeamMemberRef>()({
  /** User id. */
  id: Codecs.Id,
  /** Exactly one member carries true. */
  pointOfContact: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientCareTeamMemberRef extends Schema.Struct.Type<(typeof PatientCareTeamMemberRef)["fields"]> {}

/**
 * Role of a care team member.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientCareTeamRole = Codecs.open<PatientCareTeamRole>()({
  /** Role name from the Designer. */
  name: Schema.String,
  /** One entry carries true in the recording. */
  primaryRole: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientCareTeamRole extends Schema.Struct.Type<(typeof PatientCareTeamRole)["fields"]> {}

/**
 * Care team member with user details, as in careTeam. One entry was recorded (2026), the 2021 docs show the same without email and
 * enabled: decode every field but id as optional.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientCareTeamMember = Codecs.open<PatientCareTeamMember>()({
  id: Codecs.Id,
  username: Schema.String,
  firstName: Schema.String,
  lastName: Schema.String,
  /** Since 2023; absent in the 2021 docs. */
  email: Schema.String,
  roles: Schema.Array(PatientCareTeamRole),
  pointOfContact: Schema.Boolean,
  /** Since 2023; absent in the 2021 docs. */
  enabled: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientCareTeamMember extends Schema.Struct.Type<(typeof PatientCareTeamMember)["fields"]> {}

/**
 * A person receiving care, with demographics, territories, care team and program state. Unset keys come as null. Custom patient
 * fields of the Designer stand flat beside the system ones under their own names (often ppf-…, some free): keep unknown keys
 * (recorded 2026).
 *
 * @since 0.1.0
 * @category models
 */
export const Patient = Codecs.open<Patient>()({
  id: PatientId,
  /** Caller's own GUID; lookup type EGUID. */
  externalGuid: Schema.NullOr(Codecs.Id),
  /** Caller's own id; lookup type EID. */
  externalId: Schema.NullOr(Schema.String),
  /** Medical record number, as text (a connector types it as number: follow the recording); lookup type MRN. */
  mrn: Schema.NullOr(Schema.String),
  /** Null in every recording; absent before August 2022 and in the docs; name suggests a national registration number. */
  nric: Codecs.optionalNull(Schema.String),
  createdAt: Codecs.Instant,
  updatedAt: Codecs.Instant,
  /** User or API client. */
  createdBy: Schema.NullOr(Codecs.Id),
  updatedBy: Schema.NullOr(Codecs.Id),
  createdByName: Schema.NullOr(Schema.String),
  updatedByName: Schema.NullOr(Schema.String),
  firstName: Schema.String,
  lastName: Schema.String,
  /** Null and empty string both occur. */
  middleName: Schema.NullOr(Schema.String),
  /** Midnight UTC, full ISO-8601 with milliseconds and Z. */
  birthDate: Schema.NullOr(Codecs.Instant),
  /** UNKNOWN when not sent; UNKNOWN, OTHER and MALE recorded, FEMALE only on a newer vendor page. */
  gender: Codecs.openEnum("UNKNOWN", "OTHER", "MALE", "FEMALE"),
  /** UKN when not sent; no list is given; absent in the docs. */
  maritalStatus: Codecs.openEnum("UKN"),
  /** ENGLISH when not sent; no list is given; absent in the docs. */
  primaryLanguage: Codecs.openEnum("ENGLISH"),
  /** Null in every recording; absent in the docs. */
  secondaryLanguage: Schema.NullOr(Schema.String),
  /** Null and empty string both occur, so do not validate. */
  email: Schema.NullOr(Schema.String),
  /** Null and empty string both occur, so do not validate; absent in the docs. */
  secondaryEmail: Schema.NullOr(Schema.String),
  /** E.164. */
  phone: Schema.NullOr(Schema.String),
  /**
   * What the primary number can do; empty without a number; MMS named in release notes 2022; absent before August 2022 and in the
   * docs.
   */
  primaryPhoneCapabilities: Codecs.optional(Schema.Array(Codecs.openEnum("VOICE_CALL", "SMS"))),
  /** Null in every recording; absent in the docs. */
  secondaryPhone: Schema.NullOr(Schema.String),
  /**
   * What the secondary number can do; empty without a number; MMS named in release notes 2022; absent before August 2022 and in
   * the docs.
   */
  secondaryPhoneCapabilities: Codecs.optional(Schema.Array(Codecs.openEnum("VOICE_CALL", "SMS"))),
  /** Null and empty string both occur; free text in the docs. */
  country: Schema.NullOr(Schema.String),
  /** Full name of the state in the one recording that has it; free text in the docs. */
  state: Schema.NullOr(Schema.String),
  /** Null and empty string both occur. */
  city: Schema.NullOr(Schema.String),
  /** Null and empty string both occur; format may be restricted per environment, even to an integer (release notes 2022). */
  zip: Schema.NullOr(Schema.String),
  /** Null and empty string both occur. */
  addressLine1: Schema.NullOr(Schema.String),
  /** Null and empty string both occur. */
  addressLine2: Schema.NullOr(Schema.String),
  /** Null in every recording; America/Los_Angeles and UTC in the docs, US/Pacific in a recording of a third-party webhook receiver. */
  timezone: Schema.NullOr(Schema.String),
  /** Array in every recording; null in samples of v8 docs (older, newer). */
  patientTerritories: Schema.NullOr(Schema.Array(PatientTerritory)),
  /** Ids only; absent in the docs. */
  careTeamMembers: Schema.Array(PatientCareTeamMemberRef),
  /**
   * Empty in all recordings of 2022 and 2023, even for a patient whose careTeamMembers had two entries; filled in the one of 2026
   * and in the docs; null in v8 docs (older, newer); missing in some docs samples; wrapped in a second array in one docs sample
   * (see conflicts).
   */
  careTeam: Schema.NullOr(Schema.Array(PatientCareTeamMember)),
  /** Full program objects; absent in the docs. */
  patientPrograms: Schema.Array(PatientProgram),
  /** Empty in every recording, so the item type is unknown; the list filter of the same name exists. */
  cadence: Schema.Array(Codecs.Json),
  /** Name of the first region in patientTerritories; absent in the docs. */
  patientRegion: Schema.NullOr(Schema.String),
  /** Display name of patientRegion; absent in the docs. */
  patientRegionTitle: Schema.NullOr(Schema.String),
  /** Territory inside patientRegion; absent in the docs. */
  patientTerritory: Schema.NullOr(Schema.String),
  /** The care team member flagged as point of contact; absent in the docs. */
  pointOfContact: Schema.NullOr(PatientCareTeamMemberRef),
  /** Null in every recording; only from 2023 on; release notes say patients can be searched by it. */
  accessCode: Codecs.optionalNull(Schema.String),
  /** Null in every recording; only from 2023 on; probably a uuid. */
  preferableInstancePhoneId: Codecs.optionalNull(Schema.String),
  /**
   * Since 2023: only in the recording of 2026, null there; adult, minor or couple by release notes 2024.48, spelling of the values
   * unknown.
   */
  patientType: Codecs.optionalNull(Schema.String),
  /** Since 2023: only in the recording of 2026, null there. */
  notes: Codecs.optionalNull(Schema.String),
  /** Since 2023: only in the recording of 2026, empty there, so the item shape is unknown. */
  goals: Codecs.optional(Schema.Array(Codecs.Json)),
  /** Since 2023: only in the recording of 2026; snake case, so perhaps a configured field: do not count on it. */
  last_engaged_at: Codecs.optionalNull(Codecs.Instant),
  /** Since 2023: as last_engaged_at. */
  last_login: Codecs.optionalNull(Codecs.Instant),
  /** Only with expand=true (Postman copy); shape unknown. Documented, never recorded. */
  territorialTeam: Codecs.optionalNull(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Patient extends Schema.Struct.Type<(typeof Patient)["fields"]> {}

/**
 * Body to create a patient. The two recorded creates sent only names, and names plus birthDate. Custom patient fields of the
 * Designer presumably stand beside these keys, as they do in the reply (inferred).
 *
 * @since 0.1.0
 * @category models
 */
export const PatientCreate = Codecs.open<PatientCreate>()({
  firstName: Schema.String,
  /** Required is assumed: every recorded and documented create sends both names. */
  lastName: Schema.String,
  middleName: Codecs.optionalNull(Schema.String),
  /**
   * Send midnight UTC with milliseconds and Z; docs send an unpadded month (2012-3-12T...) and the sample reply has it padded, do
   * not rely on that.
   */
  birthDate: Codecs.optionalNull(Codecs.Instant),
  /** Appears in the reply of the docs; accepted on input by inference. */
  gender: Codecs.optionalNull(Codecs.openEnum("UNKNOWN", "OTHER", "MALE", "FEMALE")),
  /** From the response field. */
  maritalStatus: Codecs.optionalNull(Codecs.openEnum("UKN")),
  /** From the response field. */
  primaryLanguage: Codecs.optionalNull(Codecs.openEnum("ENGLISH")),
  /** From the response field. */
  secondaryLanguage: Codecs.optionalNull(Schema.String),
  email: Codecs.optionalNull(Schema.String),
  /** From the response field. */
  secondaryEmail: Codecs.optionalNull(Schema.String),
  /** International E.164 form; the API answers with an error instead of converting national numbers (release notes 2023). */
  phone: Codecs.optionalNull(Schema.String),
  /** From the response field. */
  secondaryPhone: Codecs.optionalNull(Schema.String),
  country: Codecs.optionalNull(Schema.String),
  state: Codecs.optionalNull(Schema.String),
  city: Codecs.optionalNull(Schema.String),
  zip: Codecs.optionalNull(Schema.String),
  addressLine1: Codecs.optionalNull(Schema.String),
  /** From the response field. */
  addressLine2: Codecs.optionalNull(Schema.String),
  /** IANA name. */
  timezone: Codecs.optionalNull(Schema.String),
  /** From the response field and the EID lookup. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Sent by the Python client test fixture and found again through the EGUID lookup. */
  externalGuid: Codecs.optionalNull(Codecs.Id),
  /** From the response field and the MRN lookup. */
  mrn: Codecs.optionalNull(Schema.String),
  /** Regions and territories must exist in the Designer. */
  patientTerritories: Codecs.optionalNull(Schema.Array(PatientTerritory)),
  /** Users must exist; when no entry has pointOfContact true the first one becomes it. */
  careTeam: Codecs.optionalNull(Schema.Array(PatientCareTeamMemberRef))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientCreate extends Schema.Struct.Type<(typeof PatientCreate)["fields"]> {}

/**
 * Body of a partial update: send only what changes; everything left out keeps its value. Arrays are replaced as a whole (docs send
 * an empty patientTerritories). Custom patient fields presumably stand beside these keys (inferred).
 *
 * @since 0.1.0
 * @category models
 */
export const PatientUpdate = Codecs.open<PatientUpdate>()({
  firstName: Codecs.optional(Schema.String),
  lastName: Codecs.optional(Schema.String),
  middleName: Codecs.optionalNull(Schema.String),
  birthDate: Codecs.optionalNull(Codecs.Instant),
  /** Appears in the reply of the docs; accepted on input by inference. */
  gender: Codecs.optionalNull(Codecs.openEnum("UNKNOWN", "OTHER", "MALE", "FEMALE")),
  /** From the response field. */
  maritalStatus: Codecs.optionalNull(Codecs.openEnum("UKN")),
  /** From the response field. */
  primaryLanguage: Codecs.optionalNull(Codecs.openEnum("ENGLISH")),
  /** From the response field. */
  secondaryLanguage: Codecs.optionalNull(Schema.String),
  email: Codecs.optionalNull(Schema.String),
  /** From the response field. */
  secondaryEmail: Codecs.optionalNull(Schema.String),
  /** International E.164 form; the API answers with an error instead of converting national numbers (release notes 2023). */
  phone: Codecs.optionalNull(Schema.String),
  /** From the response field. */
  secondaryPhone: Codecs.optionalNull(Schema.String),
  country: Codecs.optionalNull(Schema.String),
  state: Codecs.optionalNull(Schema.String),
  city: Codecs.optionalNull(Schema.String),
  zip: Codecs.optionalNull(Schema.String),
  addressLine1: Codecs.optionalNull(Schema.String),
  /** From the response field. */
  addressLine2: Codecs.optionalNull(Schema.String),
  /** IANA name. */
  timezone: Codecs.optionalNull(Schema.String),
  /** From the response field and the EID lookup. */
  externalId: Codecs.optionalNull(Schema.String),
  /** From the response field. */
  externalGuid: Codecs.optionalNull(Codecs.Id),
  /** From the response field and the MRN lookup. */
  mrn: Codecs.optionalNull(Schema.String),
  /** Regions and territories must exist in the Designer. */
  patientTerritories: Codecs.optionalNull(Schema.Array(PatientTerritory)),
  /** Users must exist; when no entry has pointOfContact true the first one becomes it. */
  careTeam: Codecs.optionalNull(Schema.Array(PatientCareTeamMemberRef)),
  /** Docs and vendor samples repeat the id in the body; not needed. */
  id: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientUpdate extends Schema.Struct.Type<(typeof PatientUpdate)["fields"]> {}

/**
 * Body of the patient search. Only {} was ever recorded, which returns everyone. No source names a key. Let callers pass any JSON
 * object.
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
 * List patients, optionally sorted and filtered by query parameters. Never recorded; the envelope is the documented one and that
 * of patients.search. Largest accepted size is not stated (admin/users took 1000). Empty strings are meaningful for timezone,
 * territories and cadence: do not drop them when building the query. Docs samples have a key written as 'timezone ' with a
 * trailing blank and a zone with blanks around the slash: both are typing slips, recordings have timezone.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("patients.list", "/{tenant}/{instance}/patients", {
  query: {
    ...Pagination.springQuery,
    /** Free search over email, first name, last name and phone (2021 docs); release notes later add middle name and access code. */
    query: Schema.optional(Schema.String),
    /** Search by email address; in v8 docs (older, newer) and still in an example of the 2021 docs, though its table has query instead. */
    email: Schema.optional(Schema.String),
    /** Patients in this zone; an EMPTY value (timezone=) selects patients without a zone. */
    timezone: Schema.optional(Schema.String),
    /** An EMPTY value selects patients without territories; the form for selecting named territories is not given. */
    territories: Schema.optional(Schema.String),
    /** An EMPTY value selects patients without a cadence; other values are not given (the docs text is a copy of the timezone line). */
    cadence: Schema.optional(Schema.String)
  },
  success: Pagination.springPage(Patient)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list)

/**
 * Search patients with a JSON filter; an empty filter returns all. This is how the Python client lists patients. Largest accepted
 * size is not stated (admin/users took 1000). A body is required: send {} when there is no filter. A page past the end answers 200
 * with empty content, last true, first false and empty true (earlier version of the same recording). It is a read despite POST:
 * safe to repeat on failure.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const search = Endpoint.post("patients.search", "/{tenant}/{instance}/by-filter/patients", {
  query: {
    ...Pagination.springQuery
  },
  body: PatientFilter,
  success: Pagination.springPage(Patient),
  safe: true
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link search}.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchStream = Pagination.spring(search)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchPages = Pagination.springPages(search)

/**
 * Create a patient. The reply is the full patient with server defaults filled in (gender UNKNOWN, maritalStatus UKN,
 * primaryLanguage ENGLISH). Not idempotent: a repeat creates a second patient. Set externalGuid or externalId to be able to look
 * it up after a lost reply. Territories and care team may be left out and set later with an update.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("patients.create", "/{tenant}/{instance}/patients", {
  body: PatientCreate,
  success: Patient
})

/**
 * Read one patient by id, external id, external GUID or medical record number. A lookup by EGUID answers with the same body as one
 * by id. The set of keys grew from 2022 over 2023 to 2026 and their order changes: decode by name, keep unknown keys. The reply to
 * an unknown patient was not recorded; expect 404 with ErrorList (the Python client's fixture relies on 404 for an unknown EGUID).
 * External ids may hold characters such as / and ~ (recorded): percent-encode.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("patients.get", "/{tenant}/{instance}/patients/{patientId}", {
  path: { patientId: Codecs.Id },
  query: {
    /** What patientId holds; leave out for the normal id. EGUID is recorded; EID and MRN come from the Python client; the explicit value ID only from the Postman copy. */
    type: Schema.optional(Schema.Literal("ID", "EID", "EGUID", "MRN")),
    /** True adds territorialTeam (Postman copy; default false). A slip keeps the Python client from ever sending it. */
    expand: Schema.optional(Schema.Boolean)
  },
  success: Patient
})

/**
 * Change some fields of a patient. The reply is the whole patient after the change.
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
 * Delete a patient for good. Cannot be undone. Needs a permission most API clients lack.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("patients.remove", "/{tenant}/{instance}/patients/{patientId}", {
  path: { patientId: Codecs.Id },
  query: {
    /** What patientId holds (Postman copy only). */
    type: Schema.optional(Schema.Literal("ID", "EGUID"))
  }
})
