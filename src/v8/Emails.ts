/**
 * E-mails between users and a patient. Sending needs the communication module and a mail service in the instance: Mailgun for
 * plain mail, Paubox for secure mail. Mail from addresses of nobody stands in `UnrecognizedEmails`.
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
 * How far an e-mail has come. Welkin spells the last one in two ways.
 *
 * @since 0.1.0
 * @category schemas
 */
export const EmailStatus = Codecs.openEnum("SCHEDULED", "ACCEPTED", "DELIVERED", "REJECTED", "FAILED", "UNRECOGNISED", "UNRECOGNIZED")
/**
 * @since 0.1.0
 * @category models
 */
export type EmailStatus = typeof EmailStatus.Type

/**
 * An e-mail. Known from documentation alone: only the id is counted on, everything else may be missing or null.
 *
 * @since 0.1.0
 * @category models
 */
export const Email = Codecs.open<Email>()({
  id: EmailId,
  /** False in answers, even to a request that said true. */
  sendNow: Codecs.optionalNull(Schema.Boolean),
  /** Set on mail sent at once as well, a little before `sentAt`. */
  scheduledAt: Codecs.optionalNull(Codecs.Instant),
  sentAt: Codecs.optionalNull(Codecs.Instant),
  receivedAt: Codecs.optionalNull(Codecs.Instant),
  /** The same as `sentAt`; null while scheduled. */
  date: Codecs.optionalNull(Codecs.Instant),
  /** Display name of the staff member. */
  careTeam: Codecs.optionalNull(Schema.String),
  /** Display name of the patient. */
  patientInfo: Codecs.optionalNull(Schema.String),
  timezone: Codecs.optionalNull(Schema.String),
  /** A user's id where `direction` is `OUT`, the patient's where it is `IN`. */
  sender: Codecs.optionalNull(Codecs.Id),
  /** E-mail address. */
  from: Codecs.optionalNull(Schema.String),
  /** The patient's id where `direction` is `OUT`, a user's where it is `IN`. */
  receiver: Codecs.optionalNull(Codecs.Id),
  /** E-mail address. */
  to: Codecs.optionalNull(Schema.String),
  /** `OUT`: from a user to the patient. */
  direction: Codecs.optionalNull(Codecs.openEnum("IN", "OUT")),
  /** The mail service's id. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Marked as important. */
  starred: Codecs.optionalNull(Schema.Boolean),
  senderName: Codecs.optionalNull(Schema.String),
  receiverName: Codecs.optionalNull(Schema.String),
  subject: Codecs.optionalNull(Schema.String),
  body: Codecs.optionalNull(Schema.String),
  status: Codecs.optionalNull(EmailStatus),
  /** Went through the secure mail service. */
  secure: Codecs.optionalNull(Schema.Boolean),
  /** Null in all that is documented, even after files were sent; its shape is unknown. */
  attachments: Codecs.optionalNull(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Email extends Schema.Struct.Type<(typeof Email)["fields"]> {}

/**
 * An e-mail to send: at once with `sendNow`, else at `scheduledAt`.
 *
 * @since 0.1.0
 * @category models
 */
export const EmailSend = Codecs.closed<EmailSend>()({
  subject: Schema.String,
  body: Schema.String,
  /** The patient of the path. */
  receiver: PatientId,
  sendNow: Codecs.optional(Schema.Boolean),
  scheduledAt: Codecs.optional(Codecs.Instant),
  /** Through the secure mail service. */
  secure: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EmailSend extends Schema.Struct.Type<(typeof EmailSend)["fields"]> {}

/**
 * An e-mail with files. It travels as a form, whose booleans are text.
 *
 * @since 0.1.0
 * @category models
 */
export const EmailSendMultipart = Codecs.closed<EmailSendMultipart>()({
  ...EmailSend.fields,
  sendNow: Codecs.optional(Schema.BooleanFromString),
  secure: Codecs.optional(Schema.BooleanFromString),
  /** At least one. Only a single file is documented; several repeat the part. */
  attachmentsAsFiles: Schema.Array(Codecs.File).pipe(Schema.minItems(1))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EmailSendMultipart extends Schema.Struct.Type<(typeof EmailSendMultipart)["fields"]> {}

/**
 * What to change about an e-mail; fields that are left out stay. `starred` may always change, all others depend on the e-mail.
 *
 * @since 0.1.0
 * @category models
 */
export const EmailUpdate = Codecs.closed<EmailUpdate>()({
  starred: Codecs.optional(Schema.Boolean),
  /** Incoming mail only: assigns it to this patient, also away from another one. */
  sender: Codecs.optional(PatientId),
  /** Only while `SCHEDULED`. */
  subject: Codecs.optional(Schema.String),
  /** Only while `SCHEDULED`. */
  body: Codecs.optional(Schema.String),
  /** Only while `SCHEDULED`. */
  receiver: Codecs.optional(PatientId),
  /** Only while `SCHEDULED`. */
  scheduledAt: Codecs.optional(Codecs.Instant),
  /** Only while `SCHEDULED`. */
  sendNow: Codecs.optional(Schema.Boolean),
  /** Only while `SCHEDULED`. */
  secure: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface EmailUpdate extends Schema.Struct.Type<(typeof EmailUpdate)["fields"]> {}

/**
 * Query of a list of e-mails. Filters add up: an e-mail must pass all of them.
 *
 * @since 0.1.0
 * @category schemas
 */
export const emailQuery = {
  ...Pagination.springQuery,
  /** Looks in subject and body. */
  search: Schema.optional(Schema.String),
  /** A user's or a patient's id. */
  sender: Schema.optional(Codecs.Id),
  /** A user's or a patient's id. */
  receiver: Schema.optional(Codecs.Id),
  direction: Schema.optional(Schema.Literal("IN", "OUT")),
  starred: Schema.optional(Schema.Boolean),
  /** The sender's address. */
  from: Schema.optional(Schema.String),
  /** The receiver's address. */
  to: Schema.optional(Schema.String),
  /** The address of either side. */
  email: Schema.optional(Schema.String),
  senderName: Schema.optional(Schema.String),
  receiverName: Schema.optional(Schema.String),
  /** Any of these. */
  status: Schema.optional(Codecs.commaSeparated(EmailStatus))
}

/**
 * One page of a patient's e-mails. Recorded with an empty page: the e-mails themselves are known from documentation.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("emails.list", "/{tenant}/{instance}/patients/{patientId}/emails", {
  path: { patientId: PatientId },
  query: emailQuery,
  success: Pagination.springPage(Email)
})

/**
 * Every e-mail of a patient that passes the filters, page by page as the consumer pulls.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list)

/**
 * The same, a page at a time.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list)

/**
 * Reads one e-mail of a patient; `NotFound` with `EMAIL_NOT_FOUND` where there is none. Of this call only that error was recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("emails.get", "/{tenant}/{instance}/patients/{patientId}/emails/{emailId}", {
  path: { patientId: PatientId, emailId: EmailId },
  success: Email
})

/**
 * Sends an e-mail to a patient, now or later. Without `sendNow` and with a `scheduledAt` it waits as `SCHEDULED`, and can be
 * rewritten or removed until then. After a failure with outcome `Unknown` look into {@link list} before sending again. Documented,
 * never recorded.
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
 * Sends an e-mail with files; all else is as with {@link send}. The answer does not show them: its `attachments` are null.
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
 * Stars an e-mail, assigns an incoming one to a patient, or rewrites one that is still scheduled. Documented, never recorded.
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
 * Deletes an e-mail that is still scheduled, or whose sender is unrecognized. Others stay for ever. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("emails.remove", "/{tenant}/{instance}/patients/{patientId}/emails/{emailId}", {
  path: { patientId: PatientId, emailId: EmailId }
})
