/**
 * What a notification of the legacy API says: which collection has changed, and from when until when. The changes themselves are
 * read with `Pull`.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Timestamp from "../v1/Timestamp.js"

/**
 * The name of a collection, as in its path. Those that this SDK can read are known; Welkin may notify of others.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Resource = Codecs.openEnum(
  "assessment_responses",
  "calendar_events",
  "calendars",
  "care_flows",
  "conversations",
  "custom_data_type_records",
  "email_addresses",
  "external_ids",
  "integration_tasks",
  "messages",
  "patient_tasks",
  "patients",
  "phone_numbers",
  "workers"
)
/**
 * @since 0.1.0
 * @category models
 */
export type Resource = typeof Resource.Type

/**
 * One changed collection. Plain JSON once decoded, so that it can wait in a queue: decoding it again gives the same.
 *
 * The `href` that comes along is left out, as is all else that a notification may say. It is an address that the sender chose; what
 * it leads to is in `resource`, `from` and `to`, and what is not there nobody can follow.
 *
 * @since 0.1.0
 * @category models
 */
export const Notification = Schema.Struct({
  resource: Resource,
  /** When the first of the changes was made. */
  from: Timestamp.Timestamp,
  /** When the latest was. */
  to: Timestamp.Timestamp
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Notification extends Schema.Schema.Type<typeof Notification> {}

/**
 * A notification that the receiver could read and does not vouch for: of a `Resource` that is not on its list, or with a `Window` that
 * ends before it begins, begins before the year 2000 or ends more than a day from now.
 *
 * @since 0.1.0
 * @category models
 */
export interface Refused {
  readonly reason: "Resource" | "Window"
  readonly notification: Notification
}
