/**
 * The log of Welkin's attempts to deliver webhooks, across all instances of a tenant: which webhook fired for what, and what its
 * receiver answered. It is the only place where the API shows how a webhook is set up.
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
export const WebhookAuditEventId = Codecs.id("WebhookAuditEventId")
/**
 * @since 0.1.0
 * @category ids
 */
export type WebhookAuditEventId = typeof WebhookAuditEventId.Type

const Entity = Codecs.openEnum("CALENDAR", "CDT", "PATIENT", "ASSESSMENT", "USER_APP_ACCESS", "TASK")

const Subtype = Codecs.openEnum(
  "CALENDAR_EVENT_CREATED",
  "CALENDAR_EVENT_UPDATED",
  "CALENDAR_EVENT_DELETED",
  "CDT_CREATED",
  "CDT_UPDATED",
  "CDT_DELETED",
  "PATIENT_CREATED",
  "PATIENT_UPDATED",
  "ASSESSMENT_COMPLETED",
  "USER_ACCESS_UPDATED",
  "TASK_CREATED"
)

const Status = Codecs.openEnum("SENT", "DELIVERED", "FAILED")

/**
 * A header or a query parameter that a webhook sends. It may be a shared secret.
 *
 * @since 0.1.0
 * @category models
 */
export const WebhookNameValue = Codecs.open<WebhookNameValue>()({
  name: Codecs.optional(Schema.String),
  value: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WebhookNameValue extends Schema.Struct.Type<(typeof WebhookNameValue)["fields"]> {}

/**
 * What a webhook puts into its body.
 *
 * @since 0.1.0
 * @category models
 */
export const WebhookPayloadConfig = Codecs.open<WebhookPayloadConfig>()({
  customFields: Schema.Array(Codecs.Json),
  predefinedFields: Schema.Array(
    Codecs.openEnum("INSTANCE_NAME", "TENANT_NAME", "SOURCE_NAME", "SOURCE_ID", "PATIENT_ID", "EVENT_ENTITY", "EVENT_SUBTYPE", "URL")
  )
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WebhookPayloadConfig extends Schema.Struct.Type<(typeof WebhookPayloadConfig)["fields"]> {}

/**
 * A webhook as it was set up when it fired. What came after 2021 is missing on events of that time.
 *
 * @since 0.1.0
 * @category models
 */
export const WebhookConfig = Codecs.open<WebhookConfig>()({
  name: Schema.String,
  title: Codecs.optional(Schema.String),
  /** The address that was called. */
  url: Schema.String,
  headers: Schema.Array(WebhookNameValue),
  queryParameters: Schema.Array(WebhookNameValue),
  payload: Codecs.optional(WebhookPayloadConfig),
  active: Codecs.optional(Schema.Boolean),
  enabled: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WebhookConfig extends Schema.Struct.Type<(typeof WebhookConfig)["fields"]> {}

/**
 * One attempt to deliver a webhook. `FAILED` without a `statusCode` means that the receiver could not be reached.
 *
 * @since 0.1.0
 * @category models
 */
export const WebhookAuditEvent = Codecs.open<WebhookAuditEvent>()({
  id: WebhookAuditEventId,
  /** When the event happened, not the attempt: all attempts to deliver it say the same. */
  sentAt: Codecs.Instant,
  eventEntity: Entity,
  eventSubtype: Subtype,
  instance: Schema.String,
  status: Status,
  /** The name of the receiver's HTTP status, not its number. */
  statusCode: Codecs.optional(Codecs.openEnum("OK", "BAD_REQUEST", "INTERNAL_SERVER_ERROR", "BAD_GATEWAY", "SERVICE_UNAVAILABLE")),
  /** What the receiver answered, however long. It may hold secrets of the receiver. */
  response: Codecs.optional(Schema.String),
  /** Missing where an event is about no patient. */
  patientId: Codecs.optional(PatientId),
  /** The webhook that fired, not the object that changed. What was sent is not kept. */
  record: WebhookConfig
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WebhookAuditEvent extends Schema.Struct.Type<(typeof WebhookAuditEvent)["fields"]> {}

/**
 * One page of the log. It is long (hundreds of thousands of events), and heavy where receivers answer with web pages: bound it
 * with `dateStart` and `dateEnd`, and keep `size` small. It comes in no order, so always send `sort`: `sentAt,asc` keeps pages
 * apart while the log grows. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("webhookAudits.list", "/{tenant}/admin/audit-webhook", {
  query: {
    ...Pagination.springQuery,
    /** Earliest `sentAt`. */
    dateStart: Schema.optional(Codecs.Instant),
    /** Latest `sentAt`. */
    dateEnd: Schema.optional(Codecs.Instant),
    instance: Schema.optional(Schema.String),
    eventSubtype: Schema.optional(Subtype),
    /** Known by this name and by the next; nobody has tried both. */
    entity: Schema.optional(Entity),
    /** See `entity`. */
    eventEntity: Schema.optional(Entity),
    /** Documented in one place only. */
    status: Schema.optional(Status),
    /** Documented in one place only. */
    patientId: Schema.optional(PatientId)
  },
  success: Pagination.metaInfoPage(WebhookAuditEvent)
})

/**
 * Every attempt that passes the filters, page by page as the consumer pulls.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list)

/**
 * The same, a page at a time.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list)
