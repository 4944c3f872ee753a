/**
 * Related contacts of a patient: people who may be written to or called on the patient's behalf. A contact always links a patient
 * to a profile record (PDT) whose type is marked contactable in the Designer. Open to API clients since July 2023.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const ContactId = Codecs.id("ContactId")
/**
 * @since 0.1.0
 * @category ids
 */
export type ContactId = typeof ContactId.Type

/**
 * A link between a patient and a profile record, with the addresses to use.
 *
 * @since 0.1.0
 * @category models
 */
export const Contact = Codecs.open<Contact>()({
  id: ContactId,
  createdAt: Codecs.Instant,
  updatedAt: Codecs.Instant,
  createdBy: Schema.NullOr(Codecs.Id),
  updatedBy: Schema.NullOr(Codecs.Id),
  createdByName: Schema.NullOr(Schema.String),
  updatedByName: Schema.NullOr(Schema.String),
  name: Schema.String,
  /** Seen filled; null expected when not given (inferred). */
  email: Schema.NullOr(Schema.String),
  emailLabel: Schema.NullOr(Schema.String),
  /** Name of the profile field the email comes from; seen filled. */
  emailPdtFieldName: Schema.NullOr(Schema.String),
  /** E.164; seen filled. */
  phone: Schema.NullOr(Schema.String),
  phoneLabel: Schema.NullOr(Schema.String),
  /** Seen filled. */
  phonePdtFieldName: Schema.NullOr(Schema.String),
  secondaryPhone: Schema.NullOr(Schema.String),
  secondaryPhoneLabel: Schema.NullOr(Schema.String),
  secondaryPhonePdtFieldName: Schema.NullOr(Schema.String),
  patientId: PatientId,
  pdtRecordId: Codecs.Id,
  /** Free text, for instance Parent. */
  relation: Schema.String,
  active: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Contact extends Schema.Struct.Type<(typeof Contact)["fields"]> {}

/**
 * Body for a new contact.
 *
 * @since 0.1.0
 * @category models
 */
export const ContactCreate = Codecs.closed<ContactCreate>()({
  name: Schema.String,
  /** Sent in every recording; whether the server insists is unknown. */
  relation: Schema.String,
  pdtRecordId: Codecs.Id,
  email: Codecs.optional(Schema.String),
  /** Needed when email is sent; the value must equal that field of the profile record. */
  emailPdtFieldName: Codecs.optional(Schema.String),
  emailLabel: Codecs.optional(Schema.String),
  /** E.164 without trunk zero; must equal the named field of the profile record. */
  phone: Codecs.optional(Schema.String),
  /** Needed when phone is sent. */
  phonePdtFieldName: Codecs.optional(Schema.String),
  phoneLabel: Codecs.optional(Schema.String),
  /** From the reply and the update sample. */
  secondaryPhone: Codecs.optional(Schema.String),
  secondaryPhoneLabel: Codecs.optional(Schema.String),
  secondaryPhonePdtFieldName: Codecs.optional(Schema.String),
  /** True when left out. */
  active: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ContactCreate extends Schema.Struct.Type<(typeof ContactCreate)["fields"]> {}

/**
 * Any subset.
 *
 * @since 0.1.0
 * @category models
 */
export const ContactUpdate = Codecs.closed<ContactUpdate>()({
  name: Codecs.optional(Schema.String),
  /** Sent in every recording; whether the server insists is unknown. */
  relation: Codecs.optional(Schema.String),
  email: Codecs.optional(Schema.String),
  /** Needed when email is sent; the value must equal that field of the profile record. */
  emailPdtFieldName: Codecs.optional(Schema.String),
  emailLabel: Codecs.optional(Schema.String),
  /** E.164 without trunk zero; must equal the named field of the profile record. */
  phone: Codecs.optional(Schema.String),
  /** Needed when phone is sent. */
  phonePdtFieldName: Codecs.optional(Schema.String),
  phoneLabel: Codecs.optional(Schema.String),
  /** From the reply and the update sample. */
  secondaryPhone: Codecs.optional(Schema.String),
  secondaryPhoneLabel: Codecs.optional(Schema.String),
  secondaryPhonePdtFieldName: Codecs.optional(Schema.String),
  /** True when left out. */
  active: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ContactUpdate extends Schema.Struct.Type<(typeof ContactUpdate)["fields"]> {}

/**
 * Link a profile record to a patient as a contact. Answers 200, not 201. One contact per patient and profile record; a second one
 * is refused (status and code not recorded). Email and phone are checked against the named fields of the profile record. The API
 * client needs read and update rights on the patient; contacts have no policy of their own.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("contacts.create", "/{tenant}/{instance}/patients/{patientId}/contacts", {
  path: { patientId: PatientId },
  body: ContactCreate,
  success: Contact
})

/**
 * All contacts of a patient. The Postman address ends in contacts/ with a slash before the question mark; send it without. The API
 * client needs read and update rights on the patient; contacts have no policy of their own.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("contacts.list", "/{tenant}/{instance}/patients/{patientId}/contacts", {
  path: { patientId: PatientId },
  query: {
    /** Only the contact made from this profile record. */
    pdtRecordId: Schema.optional(Codecs.Id),
    /** Only active or only inactive ones. */
    active: Schema.optional(Schema.Boolean)
  },
  success: Schema.Array(Contact)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * One contact. Postman lists pdtRecordId and active here too: copied over from the list request, of no use. The API client needs
 * read and update rights on the patient; contacts have no policy of their own.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("contacts.get", "/{tenant}/{instance}/patients/{patientId}/contacts/{contactId}", {
  path: { patientId: PatientId, contactId: ContactId },
  success: Contact
})

/**
 * Change some fields of a contact, or switch it off. No delete request is known: set active to false. The API client needs read
 * and update rights on the patient; contacts have no policy of their own.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("contacts.update", "/{tenant}/{instance}/patients/{patientId}/contacts/{contactId}", {
  path: { patientId: PatientId, contactId: ContactId },
  body: ContactUpdate,
  success: Contact
})
