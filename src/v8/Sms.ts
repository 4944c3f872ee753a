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
import { PatientId } from "./Patients.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const SmsId = Codecs.id("SmsId")
/**
 * @since 0.1.0
 * @category ids
 */
export type SmsId = typeof SmsId.Type

/**
 * A text message to or from a patient. Documented only: no SMS record was ever recorded. Decode leniently (every field except id
 * optional and nullable).
 *
 * @since 0.1.0
 * @category models
 */
export const Sms = Codecs.open<Sms>()({
  /** Documented, never recorded. */
  id: Codecs.optional(SmsId),
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
  message: Codecs.optional(Schema.String),
  /** Number of SMS segments. Documented, never recorded. */
  parts: Codecs.optionalNull(Schema.Int),
  /** The docs spell the last one both ways; accept both. */
  status: Codecs.optional(
    Codecs.openEnum("SCHEDULED", "ACCEPTED", "SENT", "RECEIVED", "DELIVERED", "UNDELIVERED", "FAILED", "UNRECOGNISED", "UNRECOGNIZED")
  )
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Sms extends Schema.Struct.Type<(typeof Sms)["fields"]> {}

/**
 * Body for sending.
 *
 * @since 0.1.0
 * @category models
 */
export const SmsSend = Codecs.closed<SmsSend>()({
  message: Schema.String,
  /** Patient id. */
  receiver: Codecs.Id,
  /** True: send at once. */
  sendNow: Codecs.optional(Schema.Boolean),
  /** From the e-mail full-update sample; needed when sendNow is not true. */
  scheduledAt: Codecs.optional(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface SmsSend extends Schema.Struct.Type<(typeof SmsSend)["fields"]> {}

/**
 * Body for changing; send only the group that applies.
 *
 * @since 0.1.0
 * @category models
 */
export const SmsUpdate = Codecs.closed<SmsUpdate>()({
  /** Always allowed. */
  starred: Codecs.optional(Schema.Boolean),
  /** Patient id, incoming messages only. */
  sender: Codecs.optional(Codecs.Id),
  /** Only while SCHEDULED. */
  message: Codecs.optional(Schema.String),
  /** Only while SCHEDULED. */
  receiver: Codecs.optional(Codecs.Id),
  /** Only while SCHEDULED. */
  sendNow: Codecs.optional(Schema.Boolean),
  /** Only while SCHEDULED; by analogy with e-mail. */
  scheduledAt: Codecs.optional(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface SmsUpdate extends Schema.Struct.Type<(typeof SmsUpdate)["fields"]> {}

/**
 * List the SMS messages of a patient. On an empty result all counters are 0 and last is true (recorded). The recording holds an
 * empty page, so the envelope is certain and the items are known from the docs only. Filters combine with AND; `status` takes a
 * comma-separated list.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("sms.list", "/{tenant}/{instance}/patients/{patientId}/sms", {
  path: { patientId: PatientId },
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
 * Read one SMS message of a patient. Recorded as 404: SMS_NOT_FOUND with details {id}. No 200 was recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("sms.get", "/{tenant}/{instance}/patients/{patientId}/sms/{smsId}", {
  path: { patientId: PatientId, smsId: SmsId },
  success: Sms
})

/**
 * Send an SMS to a patient now or at a set time. Success status is not documented; accept 200 and 201. SendNow=true sends at once;
 * otherwise scheduledAt is needed and the message stays SCHEDULED (scheduledAt on send is inferred from the full-update sample).
 * Needs the communication module and a Twilio configuration in the instance; otherwise expect an error.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const send = Endpoint.post("sms.send", "/{tenant}/{instance}/patients/{patientId}/sms", {
  path: { patientId: PatientId },
  body: SmsSend,
  success: Sms
})

/**
 * Change an SMS: star it, assign it to a patient, or rewrite it while still scheduled. What may change depends on the message.
 * Outgoing and already handed over (ACCEPTED, SENT, DELIVERED, UNDELIVERED, FAILED): only `starred`. Incoming: `sender` may be set
 * to a patient id, which assigns the message to that patient (the docs mention this for unmatched senders). SCHEDULED: everything
 * may be replaced. Although the method is PUT, the samples send only the fields to change for starring and assigning.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("sms.update", "/{tenant}/{instance}/patients/{patientId}/sms/{smsId}", {
  path: { patientId: PatientId, smsId: SmsId },
  body: SmsUpdate,
  success: Sms
})

/**
 * Delete a scheduled or unrecognized SMS. Allowed only in the statuses SCHEDULED and UNRECOGNISED. Success status and body are not
 * documented; accept any 2xx.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("sms.remove", "/{tenant}/{instance}/patients/{patientId}/sms/{smsId}", {
  path: { patientId: PatientId, smsId: SmsId }
})
