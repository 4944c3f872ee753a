/**
 * In-app chat between one patient and the care team. The API lists and searches messages and posts messages in the patient's name;
 * messages of the care team reach the outside world through a webhook. Paging works with opaque tokens. That webhook is the model
 * ChatWebhook of the area webhooks.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * Who sent or should receive a chat message.
 *
 * @since 0.1.0
 * @category models
 */
export const ChatParticipant = Codecs.open<ChatParticipant>()({
  /** The docs state only these two; decode leniently anyway (audit endpoints know API_CLIENT and others). */
  clientType: Codecs.openEnum("PATIENT", "USER"),
  /** Patient id for PATIENT, user id for USER. */
  id: Codecs.Id,
  /** First and last name of the user; null for PATIENT. */
  titleName: Schema.NullOr(Schema.String),
  /** Filled in only in the reply to a send; null in every listed or found message. Absent in the 2021 docs, so decode as optional. */
  patientFullName: Schema.NullOr(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ChatParticipant extends Schema.Struct.Type<(typeof ChatParticipant)["fields"]> {}

/**
 * One chat message.
 *
 * @since 0.1.0
 * @category models
 */
export const ChatMessage = Codecs.open<ChatMessage>()({
  sender: ChatParticipant,
  /**
   * Seen only where a USER is the sender and the message came from the search index (search hits, and list pages reached through a
   * hit's token); never on ordinary list pages.
   */
  receiver: Codecs.optional(ChatParticipant),
  message: Schema.String,
  /** Unique id of the message: `IM` and 32 hex digits (which a third-party client reads as a uuid). There is no other id. */
  externalId: Schema.String,
  /**
   * Whole seconds on ordinary list pages and in the send reply, milliseconds in search results; the same message carries two
   * slightly different times, so match on externalId.
   */
  createdAt: Codecs.Instant
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ChatMessage extends Schema.Struct.Type<(typeof ChatMessage)["fields"]> {}

/**
 * Body for sending a message in the patient's name.
 *
 * @since 0.1.0
 * @category models
 */
export const ChatMessageSend = Codecs.closed<ChatMessageSend>()({
  /** Plain text. */
  message: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ChatMessageSend extends Schema.Struct.Type<(typeof ChatMessageSend)["fields"]> {}

/**
 * Tokens that open the ordinary message list around a hit.
 *
 * @since 0.1.0
 * @category models
 */
export const ChatSearchHitMeta = Codecs.open<ChatSearchHitMeta>()({
  /** Messages older than the hit; pass to chat.list, not to chat.search. Never null in a recording. */
  nextPageToken: Schema.NullOr(Schema.String),
  /** Messages newer than the hit; pass to chat.list. Never null in a recording. */
  prevPageToken: Schema.NullOr(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ChatSearchHitMeta extends Schema.Struct.Type<(typeof ChatSearchHitMeta)["fields"]> {}

/**
 * One search result.
 *
 * @since 0.1.0
 * @category models
 */
export const ChatSearchHit = Codecs.open<ChatSearchHit>()({
  meta: ChatSearchHitMeta,
  message: ChatMessage
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ChatSearchHit extends Schema.Struct.Type<(typeof ChatSearchHit)["fields"]> {}

/**
 * Post a message from the patient to the care team. Success is 200, not 201 (recorded). Only the patient's side can be written
 * through the API; what the care team writes leaves Welkin through the webhook (ChatWebhook in the area webhooks).
 * `sender.patientFullName` is filled in here but null when the same message is listed.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const sendInbound = Endpoint.post("chat.sendInbound", "/{tenant}/{instance}/patients/{patientId}/chat/inbound", {
  path: { patientId: PatientId },
  body: ChatMessageSend,
  success: ChatMessage
})

/**
 * List a patient's chat messages, newest first. Tokens are base64 JSON in two kinds: one wraps the chat provider's own cursor
 * (ordinary list), the other a border date, page size and direction (list opened from a search hit). Treat as opaque, and
 * URL-encode: they end in `=`. A list opened through a search hit's token comes from the local index: it always has both tokens
 * filled in, includes `receiver`, and has millisecond times. The server accepts booleans spelled `False` (recorded) as well as
 * `false`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("chat.list", "/{tenant}/{instance}/patients/{patientId}/chat", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.pageTokenQuery,
    /** True adds archived messages. */
    includeArchived: Schema.optional(Schema.Boolean)
  },
  success: Pagination.pageTokenPage(ChatMessage)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.pageToken(list)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.pageTokenPages(list)

/**
 * Search a patient's chat messages for a text. Two levels of tokens: meta.* of the envelope pages through hits (give them back to
 * chat.search), content[].meta.* opens the message list around a hit (give them to chat.list). With pageToken send nothing else:
 * query, pageSize, contentPageSize and includeArchived are carried in the token. A hit nests the message one level down
 * (`content[].message.message` is the text).
 *
 * @since 0.1.0
 * @category endpoints
 */
export const search = Endpoint.get("chat.search", "/{tenant}/{instance}/patients/{patientId}/chat/search", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.pageTokenQuery,
    /** Text to look for; case does not matter. Needed on the first call, left out when pageToken is given. */
    query: Schema.String,
    /** Page size baked into each hit's own tokens, i.e. how many messages chat.list returns when it is opened with one of them. */
    contentPageSize: Schema.optional(Schema.Int),
    /** True also searches archived messages. */
    includeArchived: Schema.optional(Schema.Boolean)
  },
  success: Pagination.pageTokenPage(ChatSearchHit)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link search}.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchStream = Pagination.pageToken(search)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchPages = Pagination.pageTokenPages(search)

/**
 * Archive every message posted before a date. The docs say API clients may not call this. Expect 403 with errorCode
 * ACCESS_FOR_API_CLIENT_RESTRICTED (recorded on other restricted endpoints). Success status and body are not documented; accept
 * any 2xx and ignore the body.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const archive = Endpoint.post("chat.archive", "/{tenant}/{instance}/patients/{patientId}/chat/archive", {
  path: { patientId: PatientId },
  query: {
    /** Messages older than this are archived. */
    archiveDate: Codecs.Instant
  }
})

/**
 * Bring back all archived messages of a patient. Same restriction for API clients as chat.archive. Success status and body are not
 * documented; accept any 2xx and ignore the body.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const restore = Endpoint.post("chat.restore", "/{tenant}/{instance}/patients/{patientId}/chat/restore", {
  path: { patientId: PatientId }
})
