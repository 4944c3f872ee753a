/**
 * A patient's phone numbers and what the patient agreed to. Numbers need not be unique, but calls and texts of a shared one show as
 * unassigned. The SDK never sets a consent flag by itself.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { atMostOne, exactlyOne, Flag, renamed } from "./codecs.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const PhoneNumberId = Codecs.id("LegacyPhoneNumberId")
/**
 * @since 0.1.0
 * @category ids
 */
export type PhoneNumberId = typeof PhoneNumberId.Type

/**
 * One number. The misspelt `opted_on_to_phone` of the services of 2018 reads as `opted_in_to_phone`.
 *
 * @since 0.1.0
 * @category models
 */
export const PhoneNumber = renamed(
  Codecs.open<PhoneNumber>()({
    id: PhoneNumberId,
    patient_id: Codecs.optionalNull(PatientId),
    /** `ddd-ddd-dddd` in 2018, E.164 since 2019: see {@link toE164}. May belong to a carer. */
    phone_number: Codecs.optionalNull(Schema.String),
    phone_number_type: Codecs.optionalNull(Codecs.openEnum("cell", "landline", "other")),
    /** Label that workers see. */
    friendly_name: Codecs.optionalNull(Schema.String),
    /** A call to the number confirmed the patient's details. */
    verified: Codecs.optionalNull(Flag),
    opted_in_to_sms: Codecs.optionalNull(Flag),
    opted_in_to_call_recording: Codecs.optionalNull(Flag),
    opted_in_to_voicemail: Codecs.optionalNull(Flag),
    opted_in_to_phone: Codecs.optionalNull(Flag),
    /** The patient agreed to automated SMS. */
    automatic_recipient: Codecs.optionalNull(Flag),
    /** When it was last changed. On a fresh record it can lie some microseconds before `created_at`. */
    updated_at: Codecs.optionalNull(Timestamp.Timestamp),
    created_at: Codecs.optionalNull(Timestamp.Timestamp)
  }),
  { user_id: "patient_id", opted_on_to_phone: "opted_in_to_phone" }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface PhoneNumber extends Schema.Struct.Type<(typeof PhoneNumber)["fields"]> {}

/**
 * Body of {@link create}. The patient is named by `patient_id`, or `user_id` for the services of 2018, or created along with the
 * number. A flag that is left out is false.
 *
 * @since 0.1.0
 * @category models
 */
export const PhoneNumberCreate = Schema.Struct({
  patient_id: Codecs.optional(PatientId),
  user_id: Codecs.optional(PatientId),
  /** A new patient, in the place of a reference. */
  patient: Codecs.optional(Codecs.JsonObject),
  /** Sent as it is: E.164 for services since 2019, `ddd-ddd-dddd` for those before. */
  phone_number: Schema.String,
  phone_number_type: Schema.Literal("cell", "landline", "other"),
  friendly_name: Codecs.optional(Schema.String),
  verified: Codecs.optional(Schema.Boolean),
  opted_in_to_sms: Codecs.optional(Schema.Boolean),
  opted_in_to_call_recording: Codecs.optional(Schema.Boolean),
  opted_in_to_voicemail: Codecs.optional(Schema.Boolean),
  opted_in_to_phone: Codecs.optional(Schema.Boolean),
  automatic_recipient: Codecs.optional(Schema.Boolean)
}).pipe(exactlyOne("patient_id", "user_id", "patient"))
/**
 * @since 0.1.0
 * @category models
 */
export type PhoneNumberCreate = typeof PhoneNumberCreate.Type

/**
 * Body of {@link update}: what is left out stays. Neither the number nor the patient can be changed: delete it and create another,
 * which also ends the SMS conversation.
 *
 * @since 0.1.0
 * @category models
 */
export const PhoneNumberUpdate = Codecs.closed<PhoneNumberUpdate>()({
  phone_number_type: Codecs.optional(Schema.Literal("cell", "landline", "other")),
  friendly_name: Codecs.optionalNull(Schema.String),
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
export interface PhoneNumberUpdate extends Schema.Struct.Type<(typeof PhoneNumberUpdate)["fields"]> {}

/**
 * Body of {@link search}.
 *
 * @since 0.1.0
 * @category models
 */
export const PhoneNumberFind = Schema.Struct({
  patient_id: Codecs.optional(PatientId),
  /** The same filter for older services: give one of the two. */
  user_id: Codecs.optional(PatientId),
  /** E.164. */
  phone_number: Codecs.optional(Schema.String),
  ...TimeWindow.query
}).pipe(atMostOne("patient_id", "user_id"), Schema.filter(TimeWindow.isOrdered, { identifier: "a page[from] not after page[to]" }))
/**
 * @since 0.1.0
 * @category models
 */
export type PhoneNumberFind = typeof PhoneNumberFind.Type

/**
 * The digits of a number in the United States in E.164, `+1dddddddddd`, as services since 2019 want them.
 *
 * @since 0.1.0
 * @category conversions
 */
export const toE164 = (text: string): Option.Option<string> => Option.map(digitsOf(text), (digits) => `+1${digits.join("")}`)

/**
 * The digits of a number in the United States as `ddd-ddd-dddd`, as the services of 2018 want them.
 *
 * @since 0.1.0
 * @category conversions
 */
export const toNational = (text: string): Option.Option<string> => Option.map(digitsOf(text), (digits) => digits.join("-"))

const digitsOf = (text: string): Option.Option<ReadonlyArray<string>> =>
  Option.map(Option.fromNullable(/^(?:\+?1)?(\d{3})(\d{3})(\d{4})$/.exec(text.replace(/[\s().-]/g, ""))), (parts) => parts.slice(1))

/**
 * Reads one number. Needs the scope `phone_numbers.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("phoneNumbers.get", "/v1/phone_numbers/{id}", { path: { id: PhoneNumberId }, success: PhoneNumber })

/**
 * Creates a number, and with it the conversation for its SMS. Not idempotent. Needs the scope `phone_numbers.write` or `all`; with
 * `write` alone nothing but the id comes back.
 *
 * Documented since 2018, `patient` later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("phoneNumbers.create", "/v1/phone_numbers", { body: PhoneNumberCreate, success: PhoneNumber })

/**
 * Changes a number's type, label and flags. Needs the scope `phone_numbers.write` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("phoneNumbers.update", "/v1/phone_numbers/{id}", {
  path: { id: PhoneNumberId },
  body: PhoneNumberUpdate,
  success: PhoneNumber
})

/**
 * One page of the numbers changed within a window of time. Needs the scope `phone_numbers.read` or `all`.
 *
 * Documented since 2018, `patient_id` later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("phoneNumbers.find", "/v1/phone_numbers", {
  query: {
    patient_id: Schema.optional(PatientId),
    /** The same filter for the services of 2018: give one of the two. */
    user_id: Schema.optional(PatientId)
  },
  atMostOne: ["patient_id", "user_id"],
  item: PhoneNumber
})

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

/**
 * The same find with its filters in the body, where no log of addresses sees them. It can look for a number. A POST that only reads,
 * hence safe to repeat. Needs the scope `phone_numbers.read` or `all`.
 *
 * Documented since 2019-12; older services answer `NotFound`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const search = Endpoint.search("phoneNumbers.search", "/v1/phone_numbers/find", { body: PhoneNumberFind, item: PhoneNumber })

/**
 * Every one of them, window by window as the consumer pulls: see {@link search} and `TimeWindow`.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchStream = TimeWindow.items(search, { at: "body" })

/**
 * The same, a page at a time, each with the mark to begin again from.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchPages = TimeWindow.pages(search, { at: "body" })

/**
 * Deletes a number. Needs the scope `phone_numbers.write` or `all`.
 *
 * Documented since 2019-01; older services answer `NotFound`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("phoneNumbers.remove", "/v1/phone_numbers/{id}", { path: { id: PhoneNumberId } })
