/**
 * In-app chat between one patient and the care team: read it, search it, and post in the patient's name. What the care team
 * writes cannot be posted here; it reaches the outside world through Welkin's chat webhook.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"
import * as Codecs from "../Codecs.js"
import type * as Kernel from "../Endpoint.js"
import * as Pagination from "../Pagination.js"
import type { WelkinClient } from "../WelkinClient.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const ChatMessageId = Codecs.id("ChatMessageId")
/**
 * @since 0.1.0
 * @category ids
 */
export type ChatMessageId = typeof ChatMessageId.Type

/**
 * Who wrote a message, or whom it is for.
 *
 * @since 0.1.0
 * @category models
 */
export const ChatParticipant = Codecs.open<ChatParticipant>()({
  clientType: Codecs.openEnum("PATIENT", "USER"),
  /** The patient's id for `PATIENT`, the user's for `USER`. */
  id: Codecs.Id,
  /** First and last name of a user; null for a patient. */
  titleName: Schema.NullOr(Schema.String),
  /** Only the answer to {@link sendInbound} has it; lists and search hits say null. */
  patientFullName: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ChatParticipant extends Schema.Struct.Type<(typeof ChatParticipant)["fields"]> {}

/**
 * One message.
 *
 * @since 0.1.0
 * @category models
 */
export const ChatMessage = Codecs.open<ChatMessage>()({
  sender: ChatParticipant,
  /** Only on messages of a user that come from the search index: hits, and pages opened with a hit's token. */
  receiver: Codecs.optional(ChatParticipant),
  message: Schema.String,
  /** The message's only id. */
  externalId: ChatMessageId,
  /** Whole seconds on ordinary pages, milliseconds from the search index: to find a message again, compare `externalId`. */
  createdAt: Codecs.Instant
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ChatMessage extends Schema.Struct.Type<(typeof ChatMessage)["fields"]> {}

/**
 * A message to post in the patient's name.
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
 * Where a hit stands in the chat: tokens for {@link list}, not for {@link search}.
 *
 * @since 0.1.0
 * @category models
 */
export const ChatSearchHitMeta = Codecs.open<ChatSearchHitMeta>()({
  /** Opens the messages before the hit. */
  nextPageToken: Schema.NullOr(Schema.String),
  /** Opens the messages after the hit. */
  prevPageToken: Schema.NullOr(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ChatSearchHitMeta extends Schema.Struct.Type<(typeof ChatSearchHitMeta)["fields"]> {}

/**
 * A message that was found.
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
 * Posts a message from the patient to the care team. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const sendInbound = Endpoint.post("chat.sendInbound", "/{tenant}/{instance}/patients/{patientId}/chat/inbound", {
  path: { patientId: PatientId },
  body: ChatMessageSend,
  success: ChatMessage
})

// A page token carries what its first page was asked with; the service does not take those parameters beside it.
const carriedByToken = <I extends object, A, R>(
  endpoint: Kernel.Endpoint<I, A, R>,
  ...carried: ReadonlyArray<keyof I & string>
): Kernel.Endpoint<I, A, R> => {
  const call = (input: I & { readonly pageToken?: string }) =>
    (endpoint as (input: unknown) => unknown)(input.pageToken === undefined ? input : Struct.omit(input, ...carried))
  return Object.assign(call, endpoint) as unknown as Kernel.Endpoint<I, A, R>
}

/**
 * One page of a patient's messages, newest first: `nextPageToken` leads to older ones, `prevPageToken` to newer ones. With a
 * `pageToken` leave `pageSize` out. A token of a search hit opens the page around that hit. Recorded.
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

const listOn = carriedByToken(list, "pageSize")

/**
 * Every message of a patient, newest first, page by page as the consumer pulls.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.pageToken(listOn)

/**
 * The same, a page at a time.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.pageTokenPages(listOn)

/**
 * One page of the messages that hold a text, newest first. The page's own tokens lead to more hits, those of a hit open the chat
 * around it with {@link list}. A `pageToken` goes alone, without `query` and all others. Recorded.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { Chat, type Patients } from "effect-welkin/v8"
 *
 * // the latest message about insulin, and what was written before it
 * const context = (patientId: Patients.PatientId) =>
 *   Chat.searchStream({ patientId, query: "insulin", contentPageSize: 10 }).pipe(
 *     Stream.take(1),
 *     Stream.mapEffect(({ meta }) => Chat.list({ patientId, pageToken: meta.nextPageToken ?? undefined }))
 *   )
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const search = Endpoint.get("chat.search", "/{tenant}/{instance}/patients/{patientId}/chat/search", {
  path: { patientId: PatientId },
  query: {
    ...Pagination.pageTokenQuery,
    /** The text, in upper or lower case. Needed unless there is a `pageToken`. */
    query: Schema.optional(Schema.String),
    /** How many messages {@link list} gives when opened with a hit's token. */
    contentPageSize: Schema.optional(Schema.Positive.pipe(Schema.int())),
    /** True searches archived messages as well. */
    includeArchived: Schema.optional(Schema.Boolean)
  },
  check: ({ pageToken, query }) =>
    pageToken === undefined && query === undefined ? [{ path: "query", expected: "a text, or a pageToken", actual: "undefined" }] : [],
  success: Pagination.pageTokenPage(ChatSearchHit)
})

const searchOn: Kernel.Endpoint<
  Parameters<typeof search>[0] & { readonly query: string },
  Pagination.PageTokenPage<ChatSearchHit>,
  WelkinClient
> = carriedByToken(search, "query", "pageSize", "contentPageSize", "includeArchived")

/**
 * Every message that holds a text, newest first, page by page as the consumer pulls.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchStream = Pagination.pageToken(searchOn)

/**
 * The same, a page at a time.
 *
 * @since 0.1.0
 * @category streams
 */
export const searchPages = Pagination.pageTokenPages(searchOn)

/**
 * Archives every message posted before a moment. By Welkin's word API clients may not: expect `Forbidden` with the code
 * `ACCESS_FOR_API_CLIENT_RESTRICTED`. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const archive = Endpoint.post("chat.archive", "/{tenant}/{instance}/patients/{patientId}/chat/archive", {
  path: { patientId: PatientId },
  query: { archiveDate: Codecs.Instant }
})

/**
 * Brings back all archived messages of a patient. Closed to API clients like {@link archive}. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const restore = Endpoint.post("chat.restore", "/{tenant}/{instance}/patients/{patientId}/chat/restore", {
  path: { patientId: PatientId }
})
