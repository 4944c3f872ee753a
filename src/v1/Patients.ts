/**
 * Patients of the legacy API: almost everything else belongs to one. The service does not prevent duplicates, and patients cannot be
 * deleted.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { atMostOne, Flag, renamed } from "./codecs.js"
import { ExternalIdInput } from "./ExternalIds.js"
import * as Endpoint from "./endpoint.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"
import { WorkerId } from "./Workers.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const PatientId = Codecs.id("LegacyPatientId")
/**
 * @since 0.1.0
 * @category ids
 */
export type PatientId = typeof PatientId.Type

/**
 * One patient. The `coach_id` of the services of 2018 reads as `primary_worker_id`.
 *
 * @since 0.1.0
 * @category models
 */
export const Patient = renamed(
  Codecs.open<Patient>()({
    id: PatientId,
    /** Stage of care; the values are the customer's own. */
    phase: Codecs.optionalNull(Schema.String),
    primary_worker_id: Codecs.optionalNull(WorkerId),
    /** IANA name, often an alias such as `US/Pacific`. */
    timezone: Codecs.optionalNull(Schema.String),
    first_name: Codecs.optionalNull(Schema.String),
    last_name: Codecs.optionalNull(Schema.String),
    birthday: Codecs.optionalNull(Codecs.CalendarDate),
    street: Codecs.optionalNull(Schema.String),
    street_line_two: Codecs.optionalNull(Schema.String),
    city: Codecs.optionalNull(Schema.String),
    county: Codecs.optionalNull(Schema.String),
    /** Five digits, later also `ddddd-dddd`. */
    zip_code: Codecs.optionalNull(Schema.String),
    /** Two letters. */
    state: Codecs.optionalNull(Schema.String),
    /** `USA` in 2018, `US` later. */
    country: Codecs.optionalNull(Schema.String),
    is_active: Codecs.optionalNull(Flag),
    gender: Codecs.optionalNull(Schema.String),
    /** Inches. */
    height: Codecs.optionalNull(Schema.String),
    /** Pounds. */
    weight: Codecs.optionalNull(Schema.String),
    smokes: Codecs.optionalNull(Flag),
    /** Such as `english`. */
    primary_language: Codecs.optionalNull(Schema.String),
    /** Id in another system. */
    provider_id_number: Codecs.optionalNull(Schema.String),
    email_addresses: Codecs.optional(Codecs.Json),
    /** When it was last changed. On a fresh record it can lie some microseconds before `created_at`. */
    updated_at: Codecs.optionalNull(Timestamp.Timestamp),
    created_at: Codecs.optionalNull(Timestamp.Timestamp)
  }),
  { coach_id: "primary_worker_id" }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface Patient extends Schema.Struct.Type<(typeof Patient)["fields"]> {}

/**
 * A phone number that is made along with its patient.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientPhoneNumberInput = Codecs.closed<PatientPhoneNumberInput>()({
  /** E.164. */
  phone_number: Schema.String,
  phone_number_type: Schema.Literal("cell", "landline", "other"),
  friendly_name: Codecs.optional(Schema.String),
  verified: Codecs.optional(Schema.Boolean),
  opted_in_to_sms: Codecs.optional(Schema.Boolean),
  opted_in_to_call_recording: Codecs.optional(Schema.Boolean),
  opted_in_to_voicemail: Codecs.optional(Schema.Boolean),
  opted_in_to_phone: Codecs.optional(Schema.Boolean),
  automatic_recipient: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientPhoneNumberInput extends Schema.Struct.Type<(typeof PatientPhoneNumberInput)["fields"]> {}

/**
 * A mail address that is made along with its patient.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientEmailAddressInput = Codecs.closed<PatientEmailAddressInput>()({
  email: Schema.String,
  friendly_name: Codecs.optional(Schema.String),
  verified: Codecs.optional(Schema.Boolean),
  opted_in_to_email: Codecs.optional(Schema.Boolean),
  automatic_recipient: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientEmailAddressInput extends Schema.Struct.Type<(typeof PatientEmailAddressInput)["fields"]> {}

/**
 * A custom record that is made along with its patient.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientRecordInput = Codecs.closed<PatientRecordInput>()({
  /** Name of the type, from Workshop. */
  type_name: Schema.String,
  body: Codecs.JsonObject
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PatientRecordInput extends Schema.Struct.Type<(typeof PatientRecordInput)["fields"]> {}

/**
 * Body of {@link create}. The worker is named by `primary_worker_id`, or `coach_id` for the services of 2018.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientCreate = Schema.Struct({
  /** Stage of care; the values are the customer's own. */
  phase: Schema.String,
  primary_worker_id: Codecs.optional(WorkerId),
  coach_id: Codecs.optional(WorkerId),
  /** IANA name. */
  timezone: Schema.String,
  first_name: Schema.String,
  last_name: Schema.String,
  birthday: Codecs.CalendarDate,
  street: Codecs.optional(Schema.String),
  street_line_two: Codecs.optional(Schema.String),
  city: Codecs.optional(Schema.String),
  county: Codecs.optional(Schema.String),
  /** Five digits, later also `ddddd-dddd`. */
  zip_code: Codecs.optional(Schema.String),
  /** Two letters. */
  state: Codecs.optional(Schema.String),
  country: Codecs.optional(Schema.String),
  /** Never answered here: read it through `EmailAddresses`. Later services want `email_addresses`. */
  email: Codecs.optional(Schema.String),
  /** Never answered here: read it through `PhoneNumbers`. Later services want `phone_numbers`. */
  phone: Codecs.optional(Schema.String),
  external_ids: Codecs.optional(Schema.Array(ExternalIdInput)),
  gender: Codecs.optional(Schema.String),
  /** Inches. */
  height: Codecs.optional(Schema.String),
  /** Pounds. */
  weight: Codecs.optional(Schema.String),
  smokes: Codecs.optional(Schema.Boolean),
  /** Such as `english`. */
  primary_language: Codecs.optional(Schema.String),
  /** Id in another system. */
  provider_id_number: Codecs.optional(Schema.String),
  phone_numbers: Codecs.optional(Schema.Array(PatientPhoneNumberInput)),
  email_addresses: Codecs.optional(Schema.Array(PatientEmailAddressInput)),
  custom_data_type_records: Codecs.optional(Schema.Array(PatientRecordInput))
}).pipe(atMostOne("primary_worker_id", "coach_id"))
/**
 * @since 0.1.0
 * @category models
 */
export type PatientCreate = typeof PatientCreate.Type

/**
 * Body of {@link update}: what is left out stays; null is sent as it is, to clear a field. Services of 2018 take no address, nor
 * anything that follows it here.
 *
 * @since 0.1.0
 * @category models
 */
export const PatientUpdate = Schema.Struct({
  phase: Codecs.optional(Schema.String),
  primary_worker_id: Codecs.optionalNull(WorkerId),
  coach_id: Codecs.optionalNull(WorkerId),
  timezone: Codecs.optional(Schema.String),
  first_name: Codecs.optional(Schema.String),
  last_name: Codecs.optional(Schema.String),
  birthday: Codecs.optionalNull(Codecs.CalendarDate),
  street: Codecs.optionalNull(Schema.String),
  street_line_two: Codecs.optionalNull(Schema.String),
  city: Codecs.optionalNull(Schema.String),
  county: Codecs.optionalNull(Schema.String),
  zip_code: Codecs.optionalNull(Schema.String),
  state: Codecs.optionalNull(Schema.String),
  country: Codecs.optionalNull(Schema.String),
  /** False also finishes the patient's calendar events and dismisses alerts. */
  is_active: Codecs.optional(Schema.Boolean),
  gender: Codecs.optionalNull(Schema.String),
  /** Inches. */
  height: Codecs.optionalNull(Schema.String),
  /** Pounds. */
  weight: Codecs.optionalNull(Schema.String),
  smokes: Codecs.optionalNull(Schema.Boolean),
  primary_language: Codecs.optionalNull(Schema.String),
  provider_id_number: Codecs.optionalNull(Schema.String)
}).pipe(atMostOne("primary_worker_id", "coach_id"))
/**
 * @since 0.1.0
 * @category models
 */
export type PatientUpdate = typeof PatientUpdate.Type

/**
 * Creates a patient, along with numbers, addresses, records and external ids if the service is of 2018-10 or later; one of them that
 * fails undoes all. Not idempotent: give an external id to find an attempt whose answer was lost. Needs the scope `patients.write` or
 * `all`; with `write` alone nothing but the id comes back.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("patients.create", "/v1/patients", { body: PatientCreate, success: Patient })

/**
 * Changes some fields of a patient. Needs the scope `patients.write` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("patients.update", "/v1/patients/{id}", {
  path: { id: PatientId },
  body: PatientUpdate,
  success: Patient
})

/**
 * Reads one patient. Needs the scope `patients.read` or `all`.
 *
 * Documented since 2019-08, with the remark that it had always worked.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("patients.get", "/v1/patients/{id}", { path: { id: PatientId }, success: Patient })

/**
 * One page of the patients changed within a window of time. There is no filter: to find somebody, go through `ExternalIds`,
 * `PhoneNumbers` or `EmailAddresses`. Needs the scope `patients.read` or `all`.
 *
 * Documented since 2018-10; the notifications of 2018 lead to it.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("patients.find", "/v1/patients", { item: Patient })

/**
 * Every one of them, window by window as the consumer pulls: see {@link find} and `TimeWindow`.
 *
 * @since 0.1.0
 * @category streams
 */
export const findStream = TimeWindow.items(find)

/**
 * The same, a page at a time, each with the mark to begin again from.
 *
 * @since 0.1.0
 * @category streams
 */
export const findPages = TimeWindow.pages(find)
