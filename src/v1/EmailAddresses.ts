/**
 * A patient's mail addresses and what the patient agreed to. Set a consent flag only where its date and manner are on record. Addresses
 * need not be unique.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { exactlyOne, Flag, renamed } from "./codecs.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const EmailAddressId = Codecs.id("LegacyEmailAddressId")
/**
 * @since 0.1.0
 * @category ids
 */
export type EmailAddressId = typeof EmailAddressId.Type

/**
 * One address.
 *
 * @since 0.1.0
 * @category models
 */
export const EmailAddress = renamed(
  Codecs.open<EmailAddress>()({
    id: EmailAddressId,
    /** Not checked by the service. */
    email: Codecs.optionalNull(Schema.String),
    /** Label that workers see. */
    friendly_name: Codecs.optionalNull(Schema.String),
    patient_id: Codecs.optionalNull(PatientId),
    /** The patient followed a link in a message; no proof of ownership. */
    verified: Codecs.optionalNull(Flag),
    /** The patient agreed to mail; without it none may go there. */
    opted_in_to_email: Codecs.optionalNull(Flag),
    /** The patient agreed to automated mail. */
    automatic_recipient: Codecs.optionalNull(Flag),
    /** When it was last changed. On a fresh record it can lie some microseconds before `created_at`. */
    updated_at: Codecs.optionalNull(Timestamp.Timestamp),
    created_at: Codecs.optionalNull(Timestamp.Timestamp)
  }),
  { user_id: "patient_id" }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface EmailAddress extends Schema.Struct.Type<(typeof EmailAddress)["fields"]> {}

/**
 * Body of {@link create}. The patient is named by `patient_id`, or `user_id` for the services of 2018, or created along with the
 * address. A flag that is left out is false.
 *
 * @since 0.1.0
 * @category models
 */
export const EmailAddressCreate = Schema.Struct({
  email: Schema.String,
  friendly_name: Codecs.optional(Schema.String),
  patient_id: Codecs.optional(PatientId),
  user_id: Codecs.optional(PatientId),
  /** A new patient, in the place of a reference. */
  patient: Codecs.optional(Codecs.JsonObject),
  verified: Codecs.optional(Schema.Boolean),
  opted_in_to_email: Codecs.optional(Schema.Boolean),
  automatic_recipient: Codecs.optional(Schema.Boolean)
}).pipe(exactlyOne("patient_id", "user_id", "patient"))
/**
 * @since 0.1.0
 * @category models
 */
export type EmailAddressCreate = typeof EmailAddressCreate.Type

/**
 * Body of {@link update}: what is left out stays. The patient cannot be changed.
 *
 * @since 0.1.0
 * @category models
 */
export const EmailAddressUpdate = Codecs.closed<EmailAddressUpdate>()({
  email: Codecs.optional(Schema.String),
  friendly_name: Codecs.optionalNull(Schema.String),
  verified: Codecs.optional(Schema.Boolean),
  opted_in_to_email: Codecs.optional(Schema.Boolean),
  automatic_recipient: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EmailAddressUpdate extends Schema.Struct.Type<(typeof EmailAddressUpdate)["fields"]> {}

/**
 * Reads one address. Needs the scope `email_addresses.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("emailAddresses.get", "/v1/email_addresses/{id}", {
  path: { id: EmailAddressId },
  success: EmailAddress
})

/**
 * Creates an address. Not idempotent. Needs the scope `email_addresses.write` or `all`; with `write` alone nothing but the id comes
 * back.
 *
 * Documented since 2018, `patient` later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("emailAddresses.create", "/v1/email_addresses", {
  body: EmailAddressCreate,
  success: EmailAddress
})

/**
 * Changes an address. Needs the scope `email_addresses.write` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("emailAddresses.update", "/v1/email_addresses/{id}", {
  path: { id: EmailAddressId },
  body: EmailAddressUpdate,
  success: EmailAddress
})

/**
 * One page of the addresses changed within a window of time. Needs the scope `email_addresses.read` or `all`.
 *
 * Documented since 2018, `patient_id` later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("emailAddresses.find", "/v1/email_addresses", {
  query: {
    patient_id: Schema.optional(PatientId),
    /** The same filter for the services of 2018: give one of the two. */
    user_id: Schema.optional(PatientId)
  },
  atMostOne: ["patient_id", "user_id"],
  item: EmailAddress
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
 * Deletes an address. Needs the scope `email_addresses.write` or `all`.
 *
 * Documented since 2020-01; older services answer `NotFound`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("emailAddresses.remove", "/v1/email_addresses/{id}", { path: { id: EmailAddressId } })
