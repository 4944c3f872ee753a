/**
 * Records of messages in a patient's conversation. Creating one sends nothing to anybody: it records that another system did. Services
 * since 2018-10 have other collections in its place.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { ConversationId } from "./Conversations.js"
import { atMostOne, exactlyOne, Flag, renamed } from "./codecs.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"
import { WorkerId } from "./Workers.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const MessageId = Codecs.id("LegacyMessageId")
/**
 * @since 0.1.0
 * @category ids
 */
export type MessageId = typeof MessageId.Type

/**
 * One message. The `send_time` of the services of 2018 reads as `sent_at`.
 *
 * @since 0.1.0
 * @category models
 */
export const Message = renamed(
  Codecs.open<Message>()({
    id: MessageId,
    /** Who sent or got it. */
    patient_id: Codecs.optionalNull(PatientId),
    /** Who sent it among the workers. */
    worker_id: Codecs.optionalNull(WorkerId),
    conversation_id: Codecs.optionalNull(ConversationId),
    /** As the worker sees it. */
    direction: Codecs.optionalNull(Codecs.openEnum("inbound", "outbound")),
    contents: Codecs.optionalNull(Schema.String),
    /** Sent by a process and not by a worker. */
    automatically_sent: Codecs.optionalNull(Flag),
    sent_at: Codecs.optionalNull(Timestamp.Timestamp),
    /** When it was last changed. On a fresh record it can lie some microseconds before `created_at`. */
    updated_at: Codecs.optionalNull(Timestamp.Timestamp),
    created_at: Codecs.optionalNull(Timestamp.Timestamp)
  }),
  { user_id: "patient_id", send_time: "sent_at" }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface Message extends Schema.Struct.Type<(typeof Message)["fields"]> {}

const MessageFields = Schema.Struct({
  patient_id: Codecs.optional(PatientId),
  user_id: Codecs.optional(PatientId),
  worker_id: Codecs.optional(WorkerId),
  conversation_id: ConversationId,
  direction: Schema.Literal("inbound", "outbound"),
  contents: Schema.String,
  sent_at: Codecs.optional(Timestamp.Timestamp),
  send_time: Codecs.optional(Timestamp.Timestamp)
}).pipe(exactlyOne("patient_id", "user_id"), atMostOne("sent_at", "send_time"))

type Directed<A> = A extends unknown
  ? Omit<A, "direction" | "worker_id"> &
      ({ readonly direction: "outbound"; readonly worker_id: WorkerId } | { readonly direction: "inbound"; readonly worker_id?: WorkerId })
  : never

/**
 * Body of {@link create}. The patient is named by `patient_id` and the time by `sent_at`, or by `user_id` and `send_time` for the
 * services of 2018. An outbound message has a worker who sent it.
 *
 * @since 0.1.0
 * @category models
 */
export const MessageCreate = MessageFields.pipe(
  Schema.filter(({ direction, worker_id }) => direction === "inbound" || worker_id !== undefined, {
    identifier: "a worker_id where the direction is outbound"
  })
) as unknown as Schema.Schema<Directed<typeof MessageFields.Type>, typeof MessageFields.Encoded>
/**
 * @since 0.1.0
 * @category models
 */
export type MessageCreate = typeof MessageCreate.Type

/**
 * Reads one message. Needs the scope `all`.
 *
 * Documented in 2018; later services answer `NotFound`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("messages.get", "/v1/messages/{id}", { path: { id: MessageId }, success: Message })

/**
 * Records a message that another system sent. Nothing is sent to the patient. Not idempotent. Needs the scope `all`.
 *
 * Documented in 2018; later services answer `NotFound`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("messages.create", "/v1/messages", { body: MessageCreate, success: Message })

/**
 * One page of the messages changed within a window of time. There is no filter by patient. Needs the scope `all`.
 *
 * Documented in 2018; later services answer `NotFound`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("messages.find", "/v1/messages", { item: Message })

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
