/**
 * E-mails between users and a patient, sent through the instance's Mailgun (plain) or Paubox (secure) set-up. A second set of
 * paths holds incoming mail from addresses that match no patient.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import { Email, EmailId, EmailUpdate } from "./Emails.js"
import * as Endpoint from "./endpoint.js"

/**
 * List incoming e-mail messages that match no patient. Use the unrecognized paths only for messages whose status says the sender
 * could not be matched to a patient. The docs give the collection URL but no list example for it: that GET works as on the patient
 * path is inferred.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("unrecognizedEmails.list", "/{tenant}/{instance}/unrecognized-patients/emails", {
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
 * Read one unmatched e-mail. Use the unrecognized paths only for messages whose status says the sender could not be matched to a
 * patient.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("unrecognizedEmails.get", "/{tenant}/{instance}/unrecognized-patients/emails/{emailId}", {
  path: { emailId: EmailId },
  success: Email
})

/**
 * Star an unmatched e-mail or assign it to a patient. Use the unrecognized paths only for messages whose status says the sender
 * could not be matched to a patient. Assign by sending `sender` with the patient's id.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("unrecognizedEmails.update", "/{tenant}/{instance}/unrecognized-patients/emails/{emailId}", {
  path: { emailId: EmailId },
  body: EmailUpdate,
  success: Email
})

/**
 * Delete an unmatched e-mail. Use the unrecognized paths only for messages whose status says the sender could not be matched to a
 * patient. Success status and body are not documented; accept any 2xx.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("unrecognizedEmails.remove", "/{tenant}/{instance}/unrecognized-patients/emails/{emailId}", {
  path: { emailId: EmailId }
})
