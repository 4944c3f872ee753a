/**
 * Incoming e-mails from addresses that match no patient, until somebody assigns them. Only mail whose status says `UNRECOGNISED`
 * or `UNRECOGNIZED` is reached here; that of patients stands in `Emails`.
 *
 * @since 0.1.0
 */
import * as Pagination from "../Pagination.js"
import { Email, EmailId, EmailUpdate, emailQuery } from "./Emails.js"
import * as Endpoint from "./endpoint.js"

/**
 * One page of the e-mails that match no patient. That it works like the list of a patient is inferred; never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("unrecognizedEmails.list", "/{tenant}/{instance}/unrecognized-patients/emails", {
  query: emailQuery,
  success: Pagination.springPage(Email)
})

/**
 * Every e-mail that matches no patient and passes the filters, page by page as the consumer pulls.
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
 * Reads one e-mail. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("unrecognizedEmails.get", "/{tenant}/{instance}/unrecognized-patients/emails/{emailId}", {
  path: { emailId: EmailId },
  success: Email
})

/**
 * Assigns an e-mail to the patient named as its `sender`, or stars it. Documented, never recorded.
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
 * Deletes an e-mail. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("unrecognizedEmails.remove", "/{tenant}/{instance}/unrecognized-patients/emails/{emailId}", {
  path: { emailId: EmailId }
})
