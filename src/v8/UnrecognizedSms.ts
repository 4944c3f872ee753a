/**
 * Text messages between users and a patient, sent through the instance's Twilio set-up. A second set of paths holds incoming
 * messages from numbers that match no patient.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { Sms, SmsId, SmsUpdate } from "./Sms.js"

/**
 * List incoming SMS messages that match no patient. Use the unrecognized paths only for messages whose status says the sender
 * could not be matched to a patient. The docs give the collection URL but no list example for it: that GET works as on the patient
 * path is inferred.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("unrecognizedSms.list", "/{tenant}/{instance}/unrecognized-patients/sms", {
  query: {
    ...Pagination.springQuery,
    /** Looks in message text. */
    search: Schema.optional(Schema.String),
    /** By sender id. */
    sender: Schema.optional(Codecs.Id),
    /** By receiver id (the docs' example shows the sender parameter by mistake). */
    receiver: Schema.optional(Codecs.Id),
    /** By direction. */
    direction: Schema.optional(Schema.Literal("IN", "OUT")),
    /** By the important flag. */
    starred: Schema.optional(Schema.Boolean),
    /** By sender address (the docs' example holds an e-mail address by mistake). */
    from: Schema.optional(Schema.String),
    /** By receiver address (the docs' example holds an e-mail address by mistake). */
    to: Schema.optional(Schema.String),
    /** Either side's number (the docs' example shows `email=` by mistake). A leading + must be percent-encoded as %2B. */
    phone: Schema.optional(Schema.String),
    /** By sender name. */
    senderName: Schema.optional(Schema.String),
    /** By receiver name. */
    receiverName: Schema.optional(Schema.String),
    /** One status or several joined with commas. */
    status: Schema.optional(Codecs.commaSeparated(Schema.String))
  },
  success: Pagination.springPage(Sms)
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
 * Read one unmatched SMS. Use the unrecognized paths only for messages whose status says the sender could not be matched to a
 * patient.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("unrecognizedSms.get", "/{tenant}/{instance}/unrecognized-patients/sms/{smsId}", {
  path: { smsId: SmsId },
  success: Sms
})

/**
 * Star an unmatched SMS or assign it to a patient. Use the unrecognized paths only for messages whose status says the sender could
 * not be matched to a patient. Assign by sending `sender` with the patient's id. The full-update heading for SMS lists only the
 * patient path.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("unrecognizedSms.update", "/{tenant}/{instance}/unrecognized-patients/sms/{smsId}", {
  path: { smsId: SmsId },
  body: SmsUpdate,
  success: Sms
})

/**
 * Delete an unmatched SMS. Use the unrecognized paths only for messages whose status says the sender could not be matched to a
 * patient. Success status and body are not documented; accept any 2xx.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("unrecognizedSms.remove", "/{tenant}/{instance}/unrecognized-patients/sms/{smsId}", {
  path: { smsId: SmsId }
})
