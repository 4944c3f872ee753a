/**
 * Threads of messages between workers and a patient. A patient may have several of each type.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { exactlyOne, list, renamed } from "./codecs.js"
import { EmailAddressId } from "./EmailAddresses.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import { PhoneNumberId } from "./PhoneNumbers.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const ConversationId = Codecs.id("LegacyConversationId")
/**
 * @since 0.1.0
 * @category ids
 */
export type ConversationId = typeof ConversationId.Type

/**
 * One thread.
 *
 * @since 0.1.0
 * @category models
 */
export const Conversation = renamed(
  Codecs.open<Conversation>()({
    id: ConversationId,
    patient_id: Codecs.optionalNull(PatientId),
    /** Mind the service's age: `app` was Welkin's own app in 2018 and has meant the apps of others since. */
    conversation_type: Codecs.optionalNull(Codecs.openEnum("app", "third_party_app", "phone", "email", "sms", "welkin_app")),
    /** Shown for threads of third-party apps. */
    title: Codecs.optionalNull(Schema.String),
    /** Set for SMS threads. */
    phone_number_id: Codecs.optionalNull(PhoneNumberId),
    email_address_ids: Codecs.optionalNull(list(EmailAddressId)),
    /** When it was last changed. On a fresh record it can lie some microseconds before `created_at`. */
    updated_at: Codecs.optionalNull(Timestamp.Timestamp),
    created_at: Codecs.optionalNull(Timestamp.Timestamp)
  }),
  { user_id: "patient_id" }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface Conversation extends Schema.Struct.Type<(typeof Conversation)["fields"]> {}

/**
 * Body of {@link create}. The patient is named by `patient_id`, or `user_id` for the services of 2018.
 *
 * @since 0.1.0
 * @category models
 */
export const ConversationCreate = Schema.Struct({
  patient_id: Codecs.optional(PatientId),
  user_id: Codecs.optional(PatientId),
  /** Services since 2018-11 require it; those before do not know it. */
  conversation_type: Codecs.optional(Codecs.openEnum("app", "email")),
  title: Codecs.optional(Schema.String),
  email_address_ids: Codecs.optional(Schema.Array(EmailAddressId))
}).pipe(exactlyOne("patient_id", "user_id"))
/**
 * @since 0.1.0
 * @category models
 */
export type ConversationCreate = typeof ConversationCreate.Type

/**
 * Reads one conversation. Needs the scope `conversations.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("conversations.get", "/v1/conversations/{id}", {
  path: { id: ConversationId },
  success: Conversation
})

/**
 * Creates a conversation. SMS threads cannot be created: they come into being with a patient's phone number. Not idempotent. Needs
 * the scope `conversations.write` or `all`; with `write` alone nothing but the id comes back.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("conversations.create", "/v1/conversations", {
  body: ConversationCreate,
  success: Conversation
})

/**
 * One page of the conversations changed within a window of time. Needs the scope `conversations.read` or `all`.
 *
 * Documented since 2018, `patient_id` later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("conversations.find", "/v1/conversations", {
  query: { patient_id: Schema.optional(PatientId) },
  item: Conversation
})

/**
 * Every one of them, window by window as the consumer pulls: see {@link find} and `TimeWindow`.
 *
 * @since 0.1.0
 * @category streams
 */
export const findStream = TimeWindow.items(find)

/**
 * The same, a page at a time, each with the mark to begin again from.
 *
 * @since 0.1.0
 * @category streams
 */
export const findPages = TimeWindow.pages(find)
