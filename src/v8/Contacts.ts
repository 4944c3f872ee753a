/**
 * Contacts: people who may be written to or called for a patient. A contact links the patient to a record of a profile type (see
 * `Pdts`) that the Designer marks as contactable, and says which of its addresses to use. Open to API clients since July 2023.
 *
 * They have no policy of their own: a client needs the right to read and update the patient.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { bare } from "../internal/bare.js"
import { prepared } from "../internal/prepared.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import { PdtRecordId } from "./Pdts.js"

/**
 * The id of a contact; not that of the profile record behind it.
 *
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
 * A contact of a patient. Each address names the field of the profile record that it comes from.
 *
 * @since 0.1.0
 * @category models
 */
export const Contact = Codecs.open<Contact>()({
  id: ContactId,
  createdAt: Codecs.Instant,
  updatedAt: Codecs.Instant,
  /** User or API client. */
  createdBy: Schema.NullOr(Codecs.Id),
  /** User or API client. */
  updatedBy: Schema.NullOr(Codecs.Id),
  createdByName: Schema.NullOr(Schema.String),
  updatedByName: Schema.NullOr(Schema.String),
  name: Schema.String,
  email: Schema.NullOr(Schema.String),
  emailLabel: Schema.NullOr(Schema.String),
  emailPdtFieldName: Schema.NullOr(Schema.String),
  /** E.164. */
  phone: Schema.NullOr(Schema.String),
  phoneLabel: Schema.NullOr(Schema.String),
  phonePdtFieldName: Schema.NullOr(Schema.String),
  /** E.164. */
  secondaryPhone: Schema.NullOr(Schema.String),
  secondaryPhoneLabel: Schema.NullOr(Schema.String),
  secondaryPhonePdtFieldName: Schema.NullOr(Schema.String),
  patientId: PatientId,
  pdtRecordId: PdtRecordId,
  /** Free text, such as Parent. */
  relation: Schema.String,
  active: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Contact extends Schema.Struct.Type<(typeof Contact)["fields"]> {}

const addresses = {
  /** Must be what the profile record says in the field named beside it. */
  email: Codecs.optional(Schema.String),
  /** Needed where there is an `email`. */
  emailPdtFieldName: Codecs.optional(Schema.String),
  emailLabel: Codecs.optional(Schema.String),
  /** E.164. Must be what the profile record says in the field named beside it. */
  phone: Codecs.optional(Schema.String),
  /** Needed where there is a `phone`. */
  phonePdtFieldName: Codecs.optional(Schema.String),
  phoneLabel: Codecs.optional(Schema.String),
  /** E.164. Must be what the profile record says in the field named beside it. */
  secondaryPhone: Codecs.optional(Schema.String),
  /** Needed where there is a `secondaryPhone`. */
  secondaryPhonePdtFieldName: Codecs.optional(Schema.String),
  secondaryPhoneLabel: Codecs.optional(Schema.String),
  active: Codecs.optional(Schema.Boolean)
}

/**
 * A contact to be created, active unless it says otherwise.
 *
 * @since 0.1.0
 * @category models
 */
export const ContactCreate = Codecs.closed<ContactCreate>()({
  name: Schema.String,
  /** Free text, such as Parent. */
  relation: Schema.String,
  pdtRecordId: PdtRecordId,
  ...addresses
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ContactCreate extends Schema.Struct.Type<(typeof ContactCreate)["fields"]> {}

/**
 * What is to change: a field left out keeps its value.
 *
 * @since 0.1.0
 * @category models
 */
export const ContactUpdate = Codecs.closed<ContactUpdate>()({
  name: Codecs.optional(Schema.String),
  /** Free text, such as Parent. */
  relation: Codecs.optional(Schema.String),
  ...addresses
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ContactUpdate extends Schema.Struct.Type<(typeof ContactUpdate)["fields"]> {}

/**
 * The contacts of a patient: a bare list, or the only page of a list.
 *
 * @since 0.1.0
 * @category schemas
 */
export const ContactList: Schema.Schema<ReadonlyArray<Contact>, unknown> = prepared(Schema.Array(Contact), bare)

/**
 * Reads all contacts of a patient. In what envelope they come is unknown: a bare list is read, and so is a page that is the only
 * one. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("contacts.list", "/{tenant}/{instance}/patients/{patientId}/contacts", {
  path: { patientId: PatientId },
  query: {
    /** Only the contact with this profile record. */
    pdtRecordId: Schema.optional(PdtRecordId),
    /** Only active ones, or only others. */
    active: Schema.optional(Schema.Boolean)
  },
  success: ContactList
})

/**
 * The contacts of a patient. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.list(list)

/**
 * Reads one contact. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("contacts.get", "/{tenant}/{instance}/patients/{patientId}/contacts/{contactId}", {
  path: { patientId: PatientId, contactId: ContactId },
  success: Contact
})

/**
 * Links a profile record to a patient. The addresses are checked against the record, and a second contact for the same record is
 * refused. Recorded.
 *
 * @example
 * ```ts
 * import { Contacts, type Patients, type Pdts } from "effect-welkin/v8"
 *
 * const link = (patientId: Patients.PatientId, guardian: Pdts.PdtRecord, email: string) =>
 *   Contacts.create({
 *     patientId,
 *     body: { name: "Sample Guardian", relation: "Parent", pdtRecordId: guardian.id, email, emailPdtFieldName: "pdtf-email" }
 *   })
 * ```
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
 * Changes some fields of a contact. No call deletes one: make it inactive. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("contacts.update", "/{tenant}/{instance}/patients/{patientId}/contacts/{contactId}", {
  path: { patientId: PatientId, contactId: ContactId },
  body: ContactUpdate,
  success: Contact
})
