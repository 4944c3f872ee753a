/**
 * Text messages between users and a patient. Sending needs the communication module and a Twilio account in the instance.
 * Messages from numbers of nobody stand in `UnrecognizedSms`.
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
 * How far a message has come. Welkin spells the last one in two ways.
 *
 * @since 0.1.0
 * @category schemas
 */
export const SmsStatus = Codecs.openEnum(
  "SCHEDULED",
  "ACCEPTED",
  "SENT",
  "RECEIVED",
  "DELIVERED",
  "UNDELIVERED",
  "FAILED",
  "UNRECOGNISED",
  "UNRECOGNIZED"
)
/**
 * @since 0.1.0
 * @category models
 */
export type SmsStatus = typeof SmsStatus.Type

/**
 * A text message. Known from documentation alone: only the id is counted on, everything else may be missing or null.
 *
 * @since 0.1.0
 * @category models
 */
export const Sms = Codecs.open<Sms>()({
  id: SmsId,
  /** False in answers, even to a request that said true. */
  sendNow: Codecs.optionalNull(Schema.Boolean),
  /** Set on messages sent at once as well, a little before `sentAt`. */
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
  /** Phone number. */
  from: Codecs.optionalNull(Schema.String),
  /** The patient's id where `direction` is `OUT`, a user's where it is `IN`. */
  receiver: Codecs.optionalNull(Codecs.Id),
  /** Phone number. */
  to: Codecs.optionalNull(Schema.String),
  /** `OUT`: from a user to the patient. */
  direction: Codecs.optionalNull(Codecs.openEnum("IN", "OUT")),
  /** The carrier's id. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Marked as important. */
  starred: Codecs.optionalNull(Schema.Boolean),
  senderName: Codecs.optionalNull(Schema.String),
  receiverName: Codecs.optionalNull(Schema.String),
  message: Codecs.optionalNull(Schema.String),
  /** Number of SMS segments. */
  parts: Codecs.optionalNull(Schema.Int),
  status: Codecs.optionalNull(SmsStatus)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Sms extends Schema.Struct.Type<(typeof Sms)["fields"]> {}

/**
 * A message to send: at once with `sendNow`, else at `scheduledAt`.
 *
 * @since 0.1.0
 * @category models
 */
export const SmsSend = Codecs.closed<SmsSend>()({
  message: Schema.String,
  /** The patient of the path. */
  receiver: PatientId,
  sendNow: Codecs.optional(Schema.Boolean),
  scheduledAt: Codecs.optional(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface SmsSend extends Schema.Struct.Type<(typeof SmsSend)["fields"]> {}

/**
 * What to change about a message; fields that are left out stay. `starred` may always change, all others depend on the message.
 *
 * @since 0.1.0
 * @category models
 */
export const SmsUpdate = Codecs.closed<SmsUpdate>()({
  starred: Codecs.optional(Schema.Boolean),
  /** Incoming messages only: assigns the message to this patient. */
  sender: Codecs.optional(PatientId),
  /** Only while `SCHEDULED`. */
  message: Codecs.optional(Schema.String),
  /** Only while `SCHEDULED`. */
  receiver: Codecs.optional(PatientId),
  /** Only while `SCHEDULED`. */
  sendNow: Codecs.optional(Schema.Boolean),
  /** Only while `SCHEDULED`. */
  scheduledAt: Codecs.optional(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface SmsUpdate extends Schema.Struct.Type<(typeof SmsUpdate)["fields"]> {}

/**
 * Query of a list of messages. Filters add up: a message must pass all of them.
 *
 * @since 0.1.0
 * @category schemas
 */
export const smsQuery = {
  ...Pagination.springQuery,
  /** Looks in the text. */
  search: Schema.optional(Schema.String),
  /** A user's or a patient's id. */
  sender: Schema.optional(Codecs.Id),
  /** A user's or a patient's id. */
  receiver: Schema.optional(Codecs.Id),
  direction: Schema.optional(Schema.Literal("IN", "OUT")),
  starred: Schema.optional(Schema.Boolean),
  /** The sender's number. */
  from: Schema.optional(Schema.String),
  /** The receiver's number. */
  to: Schema.optional(Schema.String),
  /** The number of either side. */
  phone: Schema.optional(Schema.String),
  senderName: Schema.optional(Schema.String),
  receiverName: Schema.optional(Schema.String),
  /** Any of these. */
  status: Schema.optional(Codecs.commaSeparated(SmsStatus))
}

/**
 * One page of a patient's messages. Recorded with an empty page: the messages themselves are known from documentation.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("sms.list", "/{tenant}/{instance}/patients/{patientId}/sms", {
  path: { patientId: PatientId },
  query: smsQuery,
  success: Pagination.springPage(Sms)
})

/**
 * Every message of a patient that passes the filters, page by page as the consumer pulls.
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
 * Reads one message of a patient; `NotFound` with `SMS_NOT_FOUND` where there is none. Of this call only that error was recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("sms.get", "/{tenant}/{instance}/patients/{patientId}/sms/{smsId}", {
  path: { patientId: PatientId, smsId: SmsId },
  success: Sms
})

/**
 * Sends a message to a patient, now or later. Without `sendNow` and with a `scheduledAt` it waits as `SCHEDULED`, and can be
 * rewritten or removed until then. After a failure with outcome `Unknown` look into {@link list} before sending again. Documented,
 * never recorded.
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
 * Stars a message, assigns an incoming one to a patient, or rewrites one that is still scheduled. Documented, never recorded.
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
 * Deletes a message that is still scheduled, or whose sender is unrecognized. Others stay for ever. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("sms.remove", "/{tenant}/{instance}/patients/{patientId}/sms/{smsId}", {
  path: { patientId: PatientId, smsId: SmsId }
})
