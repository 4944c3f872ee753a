/**
 * The log of changes to accounts and rights, across all instances of a tenant: who changed whose access.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import { AuditActor } from "./DataAudits.js"
import * as Endpoint from "./endpoint.js"

const Subtype = Codecs.openEnum("USER_ACCESS_UPDATED")

/**
 * One change: the subject changed the object. Known from documentation alone.
 *
 * @since 0.1.0
 * @category models
 */
export const SecurityAuditEvent = Codecs.open<SecurityAuditEvent>()({
  /** When it happened. */
  sentAt: Codecs.optional(Codecs.Instant),
  subjectUsername: Codecs.optional(Schema.String),
  subjectUserId: Codecs.optional(Codecs.Id),
  subjectActor: Codecs.optional(AuditActor),
  subjectFullName: Codecs.optional(Schema.String),
  objectUsername: Codecs.optional(Schema.String),
  objectUserId: Codecs.optional(Codecs.Id),
  objectActor: Codecs.optional(AuditActor),
  objectFullName: Codecs.optional(Schema.String),
  eventSubtype: Codecs.optional(Subtype),
  /** The object after the change; for `USER_ACCESS_UPDATED` an application access, see `ApplicationAccesses`. */
  record: Codecs.optionalNull(Codecs.Json),
  cdtName: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface SecurityAuditEvent extends Schema.Struct.Type<(typeof SecurityAuditEvent)["fields"]> {}

/**
 * One page of the log. It may be long: bound it with `dateStart` and `dateEnd`, and always send `sort`, such as `sentAt,asc`, for
 * the other two logs come in no order without. Documented, never recorded; the page is taken to be that of the other two logs.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("securityAudits.list", "/{tenant}/admin/audit-security", {
  query: {
    ...Pagination.springQuery,
    /** Earliest `sentAt`. */
    dateStart: Schema.optional(Codecs.Instant),
    /** Latest `sentAt`. */
    dateEnd: Schema.optional(Codecs.Instant),
    /** Who did it. */
    subjectUsername: Schema.optional(Schema.String),
    subjectFullName: Schema.optional(Schema.String),
    subjectActor: Schema.optional(AuditActor),
    /** To whom. */
    objectUsername: Schema.optional(Schema.String),
    objectFullName: Schema.optional(Schema.String),
    objectActor: Schema.optional(AuditActor),
    eventSubtype: Schema.optional(Subtype)
  },
  success: Pagination.metaInfoPage(SecurityAuditEvent)
})

/**
 * Every change that passes the filters, page by page as the consumer pulls.
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
