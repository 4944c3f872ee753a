/**
 * Incoming text messages from numbers that match no patient, until somebody assigns them. Only messages whose status says
 * `UNRECOGNISED` or `UNRECOGNIZED` are reached here; those of patients stand in `Sms`.
 *
 * @since 0.1.0
 */
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { Sms, SmsId, SmsUpdate, smsQuery } from "./Sms.js"

/**
 * One page of the messages that match no patient. That it works like the list of a patient is inferred; never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("unrecognizedSms.list", "/{tenant}/{instance}/unrecognized-patients/sms", {
  query: smsQuery,
  success: Pagination.springPage(Sms)
})

/**
 * Every message that matches no patient and passes the filters, page by page as the consumer pulls.
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
 * Reads one message. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("unrecognizedSms.get", "/{tenant}/{instance}/unrecognized-patients/sms/{smsId}", {
  path: { smsId: SmsId },
  success: Sms
})

/**
 * Assigns a message to the patient named as its `sender`, or stars it. Documented, never recorded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { type Patients, UnrecognizedSms } from "effect-welkin/v8"
 *
 * // all that came from a number that turned out to be a patient's; collected first, because what is assigned leaves the list
 * const assign = (from: string, sender: Patients.PatientId) =>
 *   UnrecognizedSms.listStream({ from }).pipe(
 *     Stream.runCollect,
 *     Effect.flatMap(Effect.forEach(({ id }) => UnrecognizedSms.update({ smsId: id, body: { sender } })))
 *   )
 * ```
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
 * Deletes a message. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("unrecognizedSms.remove", "/{tenant}/{instance}/unrecognized-patients/sms/{smsId}", {
  path: { smsId: SmsId }
})
