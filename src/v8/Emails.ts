/**
 * E-mails between users and a patient, sent through the instance's Mailgun (plain) or Paubox (secure) set-up. A second set of
 * paths holds incoming mail from addresses that match no patient.
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
export const EmailId = Codecs.id("EmailId")
/**
 * @since 0.1.0
 * @category ids
 */
export type EmailId = typeof EmailId.Type

/**
 * An e-mail to or from a patient. Documented only: no e-mail record was ever recorded. Decode leniently (every field except id
 * optional and nullable).
 *
 * @since 0.1.0
 * @category models
 */
export const Email = Codecs.open<Email>()({
  /** Documented, never recorded. */
  id: Codecs.optional(EmailId),
  /** False in every sample reply, also when the request said true. Documented, never recorded. */
  sendNow: Codecs.optional(Schema.Boolean),
  /** Set even when sent at once (slightly before sentAt). Null is an assumption for received messages. Documented, never recorded. */
  scheduledAt: Codecs.optionalNull(Codecs.Instant),
  /** Null until sent. Documented, never recorded. */
  sentAt: Codecs.optionalNull(Codecs.Instant),
  /** Null for outgoing messages. Documented, never recorded. */
  receivedAt: Codecs.optionalNull(Codecs.Instant),
  /** Equals sentAt in the samples; null while scheduled. Documented, never recorded. */
  date: Codecs.optionalNull(Codecs.Instant),
  /** Display name of the staff member; nullable by assumption. Documented, never recorded. */
  careTeam: Codecs.optionalNull(Schema.String),
  /** Display name of the patient; nullable by assumption (unrecognized senders). Documented, never recorded. */
  patientInfo: Codecs.optionalNull(Schema.String),
  /** Nullable by assumption. Documented, never recorded. */
  timezone: Codecs.optionalNull(Schema.String),
  /** User id on OUT, patient id on IN; null is likely while a sender is unrecognized. Documented, never recorded. */
  sender: Codecs.optionalNull(Codecs.Id),
  /** Documented, never recorded. */
  from: Codecs.optionalNull(Schema.String),
  /** Patient id on OUT, user id on IN; nullable by assumption. Documented, never recorded. */
  receiver: Codecs.optionalNull(Codecs.Id),
  /** Documented, never recorded. */
  to: Codecs.optionalNull(Schema.String),
  /** OUT: from a user to the patient. IN: from the patient. Documented, never recorded. */
  direction: Codecs.optional(Codecs.openEnum("IN", "OUT")),
  /** Id given by the carrier/mail service; no fixed format. Documented, never recorded. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Marked as important. Documented, never recorded. */
  starred: Codecs.optional(Schema.Boolean),
  /** Documented, never recorded. */
  senderName: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  receiverName: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  subject: Codecs.optionalNull(Schema.String),
  /** Documented, never recorded. */
  body: Codecs.optionalNull(Schema.String),
  /** The docs spell the last one both ways; accept both. */
  status: Codecs.optional(Codecs.openEnum("SCHEDULED", "ACCEPTED", "DELIVERED", "REJECTED", "FAILED", "UNRECOGNISED", "UNRECOGNIZED")),
  /** True when sent through the secure mail service. Documented, never recorded. */
  secure: Codecs.optionalNull(Schema.Boolean),
  /** Null in every sample, even after sending a file; shape unknown. Documented, never recorded. */
  attachments: Codecs.optionalNull(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Email extends Schema.Struct.Type<(typeof Email)["fields"]> {}

/**
 * JSON body for sending.
 *
 * @since 0.1.0
 * @category models
 */
export const EmailSend = Codecs.closed<EmailSend>()({
  subject: Schema.String,
  body: Schema.String,
  /** Patient id. */
  receiver: Codecs.Id,
  /** True: send at once. */
  sendNow: Codecs.optional(Schema.Boolean),
  /** From the full-update sample; needed when sendNow is not true. */
  scheduledAt: Codecs.optional(Codecs.Instant),
  /** True: through the secure mail service. */
  secure: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EmailSend extends Schema.Struct.Type<(typeof EmailSend)["fields"]> {}

/**
 * Parts of the multipart form for sending with attachments.
 *
 * @since 0.1.0
 * @category models
 */
export const EmailSendMultipart = Codecs.closed<EmailSendMultipart>()({
  /** File part, may be repeated (assumed); has file name and content type. */
  attachmentsAsFiles: Schema.Array(Codecs.File),
  subject: Schema.String,
  body: Schema.String,
  receiver: Codecs.Id,
  /** `true` or `false` as text. */
  sendNow: Codecs.optional(Schema.String),
  /** `true` or `false` as text; by analogy with the JSON body. */
  secure: Codecs.optional(Schema.String),
  /** By analogy with the JSON body. */
  scheduledAt: Codecs.optional(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EmailSendMultipart extends Schema.Struct.Type<(typeof EmailSendMultipart)["fields"]> {}

/**
 * Body for changing; send only the group that applies.
 *
 * @since 0.1.0
 * @category models
 */
export const EmailUpdate = Codecs.closed<EmailUpdate>()({
  /** Always allowed. */
  starred: Codecs.optional(Schema.Boolean),
  /** Patient id, incoming messages only. */
  sender: Codecs.optional(Codecs.Id),
  /** Only while SCHEDULED. */
  subject: Codecs.optional(Schema.String),
  /** Only while SCHEDULED. */
  body: Codecs.optional(Schema.String),
  /** Only while SCHEDULED. */
  receiver: Codecs.optional(Codecs.Id),
  /** Only while SCHEDULED. */
  scheduledAt: Codecs.optional(Codecs.Instant),
  /** Only while SCHEDULED; by analogy with SMS. */
  sendNow: Codecs.optional(Schema.Boolean),
  /** Only while SCHEDULED. */
  secure: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EmailUpdate extends Schema.Struct.Type<(typeof EmailUpdate)["fields"]> {}

/**
 * List the e-mail messages of a patient. On an empty result all counters are 0 and last is true (recorded). The recording holds an
 * empty page, so the envelope is certain and the items are known from the docs only. Filters combine with AND; `status` takes a
 * comma-separated list.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("emails.list", "/{tenant}/{instance}/patients/{patientId}/emails", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.springQuery,
    /** Looks in subject and body. */
    search: Schema.optional(Schema.String),
    /** By sender id. */
    sender: Schema.optional(Codecs.Id),
    /** By receiver id (the docs' example shows the sender parameter by mistake). */
    receiver: Schema.optional(Codecs.Id),
    /** By direction. */
    direction: Schema.optional(Schema.Literal("IN", "OUT")),
    /** By the important flag. */
    starred: Schema.optional(Schema.Boolean),
    /** By sender address. */
    from: Schema.optional(Schema.String),
    /** By receiver address. */
    to: Schema.optional(Schema.String),
    /** Either side's address. */
    email: Schema.optional(Schema.String),
    /** By sender name. */
    senderName: Schema.optional(Schema.String),
    /** By receiver name. */
    receiverName: Schema.optional(Schema.String),
    /** One status or several joined with commas. */
    status: Schema.optional(Codecs.commaSeparated(Schema.String))
  },
  success: Pagination.springPage(Email)
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
 * Read one e-mail message of a patient. Recorded as 404: EMAIL_NOT_FOUND with details {patientId, id}. No 200 was recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("emails.get", "/{tenant}/{instance}/patients/{patientId}/emails/{emailId}", {
  path: { patientId: PatientId, emailId: EmailId },
  success: Email
})

/**
 * Send an e-mail to a patient now or at a set time. Success status is not documented; accept 200 and 201. SendNow=true sends at
 * once; otherwise scheduledAt is needed and the message stays SCHEDULED (scheduledAt on send is inferred from the full-update
 * sample). Needs the communication module and a Mailgun (plain) or Paubox (secure) configuration in the instance; otherwise expect
 * an error. Same path with multipart/form-data sends attachments, see emails.sendWithAttachments.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const send = Endpoint.post("emails.send", "/{tenant}/{instance}/patients/{patientId}/emails", {
  path: { patientId: PatientId },
  body: EmailSend,
  success: Email
})

/**
 * Send an e-mail with attached files. Multipart/form-data; file parts are named `attachmentsAsFiles`, the remaining fields are
 * text parts and booleans are the strings true/false. Repeating the file part for several files is an assumption (the docs show
 * one). Files are kept in object storage; the reply still shows attachments null. Let the HTTP library set the Content-Type with
 * its boundary.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const sendWithAttachments = Endpoint.post("emails.sendWithAttachments", "/{tenant}/{instance}/patients/{patientId}/emails", {
  path: { patientId: PatientId },
  body: EmailSendMultipart,
  bodyType: "multipart",
  success: Email
})

/**
 * Change an e-mail: star it, assign it to a patient, or rewrite it while still scheduled. What may change depends on the message.
 * Outgoing and already handed over (ACCEPTED, DELIVERED, REJECTED, FAILED): only `starred`. Incoming: `sender` may be set to a
 * patient id, which assigns the message to that patient (also to move it to another patient). SCHEDULED: everything may be
 * replaced. Although the method is PUT, the samples send only the fields to change for starring and assigning.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("emails.update", "/{tenant}/{instance}/patients/{patientId}/emails/{emailId}", {
  path: { patientId: PatientId, emailId: EmailId },
  body: EmailUpdate,
  success: Email
})

/**
 * Delete a scheduled or unrecognized e-mail. Allowed only in the statuses SCHEDULED and UNRECOGNISED. Success status and body are
 * not documented; accept any 2xx.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("emails.remove", "/{tenant}/{instance}/patients/{patientId}/emails/{emailId}", {
  path: { patientId: PatientId, emailId: EmailId }
})
