/**
 * Three read-only logs of a tenant: changes to patient data, changes to accounts and rights, and webhook deliveries. All hang
 * under admin, across instances.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"

/**
 * A configured HTTP header or query parameter of a webhook.
 *
 * @since 0.1.0
 * @category models
 */
export const WebhookNameValue = Codecs.open<WebhookNameValue>()({
  /** Documented, never recorded. */
  name: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  value: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WebhookNameValue extends Schema.Struct.Type<(typeof WebhookNameValue)["fields"]> {}

/**
 * Which values a webhook is set up to put in its JSON body.
 *
 * @since 0.1.0
 * @category models
 */
export const WebhookPayloadConfig = Codecs.open<WebhookPayloadConfig>()({
  /** Empty in every recording, so the item shape is unknown. */
  customFields: Schema.Array(Codecs.Json),
  /** All eight were selected on every recorded webhook; a webhook with fewer selected sends fewer keys. */
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
 * Definition of an outbound webhook as it stood when it fired. Name and title come from the Designer, address and extras from
 * Admin. There is no known API to read or change it; it is only visible inside a webhook audit event.
 *
 * @since 0.1.0
 * @category models
 */
export const WebhookConfig = Codecs.open<WebhookConfig>()({
  /** Machine name; wh- prefix by convention. */
  name: Schema.String,
  /** Absent in the 2021 docs. */
  title: Schema.String,
  /** Address that was called. */
  url: Schema.String,
  /**
   * Static headers sent with every call, the only proven place for a shared secret; empty in every recording; item shape from the
   * 2021 docs.
   */
  headers: Schema.Array(WebhookNameValue),
  /** Empty in every recording; item shape from the 2021 docs. */
  queryParameters: Schema.Array(WebhookNameValue),
  /** Absent in the 2021 docs. */
  payload: WebhookPayloadConfig,
  /** Absent in the 2021 docs. */
  active: Schema.Boolean,
  /** Absent in the 2021 docs. */
  enabled: Schema.Boolean
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WebhookConfig extends Schema.Struct.Type<(typeof WebhookConfig)["fields"]> {}

/**
 * One attempt to deliver an outbound webhook. Keys that do not apply are left out, not null.
 *
 * @since 0.1.0
 * @category models
 */
export const WebhookAuditEvent = Codecs.open<WebhookAuditEvent>()({
  id: Codecs.Id,
  /**
   * Time of the event, equal for all attempts of one delivery (inferred: six failed rows of one event share it); unrelated events
   * may share a millisecond too.
   */
  sentAt: Codecs.Instant,
  /**
   * CALENDAR, CDT and USER_APP_ACCESS recorded, ASSESSMENT in the docs sample, PATIENT and TASK by a webhook receiver and the
   * vendor's configuration file; open, since any automation trigger may fire a webhook.
   */
  eventEntity: Codecs.openEnum("CALENDAR", "CDT", "PATIENT", "ASSESSMENT", "USER_APP_ACCESS", "TASK"),
  /**
   * CALENDAR_EVENT_CREATED, CALENDAR_EVENT_UPDATED, CDT_CREATED, CDT_UPDATED and USER_ACCESS_UPDATED recorded here; the list with
   * sources is eventSubtypes in the area webhooks.
   */
  eventSubtype: Codecs.openEnum(
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
  ),
  instance: Schema.String,
  /** DELIVERED and FAILED recorded, SENT from the docs. */
  status: Codecs.openEnum("SENT", "DELIVERED", "FAILED"),
  /**
   * NAME of the HTTP status, not its number: OK, BAD_REQUEST, INTERNAL_SERVER_ERROR, BAD_GATEWAY, SERVICE_UNAVAILABLE seen; absent
   * when no reply came; absent in the docs.
   */
  statusCode: Codecs.optional(Codecs.openEnum("OK", "BAD_REQUEST", "INTERNAL_SERVER_ERROR", "BAD_GATEWAY", "SERVICE_UNAVAILABLE")),
  /**
   * The receiver's reply body as text, unbounded (over 100 000 characters of HTML seen); absent together with statusCode; absent
   * in the docs.
   */
  response: Codecs.optional(Schema.String),
  /** Absent for events without a patient. */
  patientId: Codecs.optional(PatientId),
  /** The webhook that fired (shared model), NOT the changed object despite the name and the docs text. */
  record: WebhookConfig
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WebhookAuditEvent extends Schema.Struct.Type<(typeof WebhookAuditEvent)["fields"]> {}

/**
 * Find attempts to deliver outbound webhooks. Totals get large (hundreds of thousands): bound with dateStart and dateEnd. Without
 * sort the rows come in no useful order (neither by sentAt up nor down): always send sort. One page of 20 rows weighed 307 KB
 * because of response: keep size small, do not log bodies (they may hold secrets of the receiver). FAILED without statusCode means
 * that no reply came (the receiver was unreachable). The payload that was sent is not part of the row.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("webhookAudits.list", "/{tenant}/admin/audit-webhook", {
  query: {
    ...Pagination.springQuery,
    /** Lower bound on sentAt. */
    dateStart: Schema.optional(Codecs.Instant),
    /** Upper bound on sentAt. */
    dateEnd: Schema.optional(Codecs.Instant),
    instance: Schema.optional(Schema.String),
    eventSubtype: Schema.optional(
      Codecs.openEnum(
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
    ),
    /** Name in the 2021 docs. */
    entity: Schema.optional(Codecs.openEnum("CALENDAR", "CDT", "PATIENT", "ASSESSMENT", "USER_APP_ACCESS", "TASK")),
    /** The Postman copy's name for entity; nobody has tried both. */
    eventEntity: Schema.optional(Codecs.openEnum("CALENDAR", "CDT", "PATIENT", "ASSESSMENT", "USER_APP_ACCESS", "TASK")),
    /** Listed as a parameter in the Postman copy, which mixes parameters with reply fields. */
    status: Schema.optional(Codecs.openEnum("SENT", "DELIVERED", "FAILED")),
    /** As status. */
    patientId: Schema.optional(PatientId)
  },
  success: Pagination.metaInfoPage(WebhookAuditEvent)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list)
