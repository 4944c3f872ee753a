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

/**
 * One change to accounts and rights. Docs only.
 *
 * @since 0.1.0
 * @category models
 */
export const SecurityAuditEvent = Codecs.open<SecurityAuditEvent>()({
  /** Documented, never recorded. */
  sentAt: Codecs.optional(Codecs.Instant),
  /** Who did it. Documented, never recorded. */
  subjectUsername: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  subjectUserId: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  subjectActor: Codecs.optional(Codecs.openEnum("API_CLIENT", "PATIENT", "CS_TOOL_CLIENT", "USER", "SYSTEM")),
  /** Documented, never recorded. */
  subjectFullName: Codecs.optional(Schema.String),
  /** To whom. Documented, never recorded. */
  objectUsername: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  objectUserId: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  objectActor: Codecs.optional(Codecs.openEnum("API_CLIENT", "PATIENT", "CS_TOOL_CLIENT", "USER", "SYSTEM")),
  /** Documented, never recorded. */
  objectFullName: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  eventSubtype: Codecs.optional(Codecs.openEnum("USER_ACCESS_UPDATED")),
  /** Object after the action; in the sample an application access (see users). Documented, never recorded. */
  record: Codecs.optionalNull(Codecs.Json),
  /** In the field table only, probably copied from the data audit. Documented, never recorded. */
  cdtName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface SecurityAuditEvent extends Schema.Struct.Type<(typeof SecurityAuditEvent)["fields"]> {}

/**
 * Find changes to accounts and rights. Totals get large (hundreds of thousands): bound with dateStart and dateEnd. Send sort: on
 * the two sister logs the rows come in no useful order without it. Never recorded, not in the Python client.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("securityAudits.list", "/{tenant}/admin/audit-security", {
  query: {
    ...Pagination.springQuery,
    /** Lower bound on sentAt. */
    dateStart: Schema.optional(Codecs.Instant),
    /** Upper bound on sentAt. */
    dateEnd: Schema.optional(Codecs.Instant),
    /** Who did it. */
    subjectUsername: Schema.optional(Schema.String),
    subjectFullName: Schema.optional(Schema.String),
    subjectActor: Schema.optional(Codecs.openEnum("API_CLIENT", "PATIENT", "CS_TOOL_CLIENT", "USER", "SYSTEM")),
    /** To whom. */
    objectUsername: Schema.optional(Schema.String),
    objectFullName: Schema.optional(Schema.String),
    objectActor: Schema.optional(Codecs.openEnum("API_CLIENT", "PATIENT", "CS_TOOL_CLIENT", "USER", "SYSTEM")),
    eventSubtype: Schema.optional(Codecs.openEnum("USER_ACCESS_UPDATED"))
  },
  success: Pagination.metaInfoPage(SecurityAuditEvent)
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
