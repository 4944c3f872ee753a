/**
 * The log of changes to patient data: who did what to which record, in all instances of the tenant that the API client may use.
 * Needs the data audit switch of the API client in Admin.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import { CdtRecordId } from "./Cdts.js"
import * as Endpoint from "./endpoint.js"
import { CdtFormationId } from "./formations/CdtFormations.js"
import { PatientId } from "./Patients.js"
import { TaskId } from "./Tasks.js"

/**
 * What kind of actor is behind a change.
 *
 * @since 0.1.0
 * @category schemas
 */
export const AuditActor = Codecs.openEnum("API_CLIENT", "PATIENT", "CS_TOOL_CLIENT", "USER", "SYSTEM")
/**
 * @since 0.1.0
 * @category models
 */
export type AuditActor = typeof AuditActor.Type

/**
 * One change. It has no id of its own: it is known by entity, id of the record, subtype and moment.
 *
 * @since 0.1.0
 * @category models
 */
export const DataAuditEvent = Codecs.open<DataAuditEvent>()({
  /** A long number, only on the newest events. */
  eventId: Codecs.optional(Schema.String),
  eventEntity: Codecs.openEnum("CDT", "TASK", "PATIENT", "CALENDAR", "USER"),
  eventSubtype: Codecs.openEnum(
    "CDT_CREATED",
    "CDT_UPDATED",
    "CDT_DELETED",
    "TASK_CREATED",
    "PATIENT_CREATED",
    "PATIENT_UPDATED",
    "CALENDAR_EVENT_CREATED",
    "CALENDAR_EVENT_UPDATED",
    "CALENDAR_EVENT_DELETED"
  ),
  subjectActor: AuditActor,
  /** Name of a user or an API client; missing for `SYSTEM`. */
  subjectUsername: Codecs.optional(Schema.String),
  /** Id of a user or an API client; missing for `SYSTEM`. */
  subjectUserId: Codecs.optional(Codecs.Id),
  /** For `SYSTEM` the name of the automation, for an API client `API_CLIENT:` and its name. */
  subjectFullName: Schema.String,
  /** Missing where a change is about no patient. */
  patientFullName: Codecs.optional(Schema.String),
  /** Missing where a change is about no patient. */
  patientId: Codecs.optional(PatientId),
  instance: Schema.String,
  /** On `CDT` events. Internal types and assessments occur as well, such as `_patient_info`. */
  cdtName: Codecs.optional(Schema.String),
  /** On `CDT` events. */
  cdtRelation: Codecs.optional(Codecs.openEnum("ENCOUNTER_DISPOSITION", "COMMON", "PATIENT_INFO")),
  /** When it happened. */
  sentAt: Codecs.Instant,
  /** The object after the change: for `CDT` see {@link AuditCdtRecord}, for `TASK` {@link AuditTask}, for `PATIENT` a patient. */
  record: Codecs.Json,
  /** Address of the object in the API. */
  url: Codecs.optional(Schema.String),
  /** Definition of the data type, with `includeFormation`. */
  cdt: Codecs.optionalNull(Codecs.Json),
  /** Documented; the recorded events have `eventEntity`. */
  entity: Codecs.optional(Codecs.openEnum("CDT", "PATIENT")),
  /** Documented; the recorded events have `eventSubtype`. */
  operation: Codecs.optional(Codecs.openEnum("CREATE", "UPDATE", "DELETE"))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DataAuditEvent extends Schema.Struct.Type<(typeof DataAuditEvent)["fields"]> {}

/**
 * The `record` of a `CDT` event. After a deletion all but its two ids is null.
 *
 * @since 0.1.0
 * @category models
 */
export const AuditCdtRecord = Codecs.open<AuditCdtRecord>()({
  id: CdtRecordId,
  patientId: PatientId,
  cdtName: Schema.NullOr(Schema.String),
  cdtId: Schema.NullOr(CdtFormationId),
  /** The formation version. */
  version: Schema.NullOr(Schema.Int),
  /** System fields in snake case and the fields of the type, as in `Cdts`. */
  jsonBody: Schema.NullOr(Codecs.JsonObject)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AuditCdtRecord extends Schema.Struct.Type<(typeof AuditCdtRecord)["fields"]> {}

/**
 * A person on an audited task.
 *
 * @since 0.1.0
 * @category models
 */
export const AuditTaskPerson = Codecs.open<AuditTaskPerson>()({
  id: Codecs.Id,
  name: Schema.String,
  /** Users only. */
  enabled: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AuditTaskPerson extends Schema.Struct.Type<(typeof AuditTaskPerson)["fields"]> {}

/**
 * The `record` of a `TASK` event. A single one was recorded.
 *
 * @since 0.1.0
 * @category models
 */
export const AuditTask = Codecs.open<AuditTask>()({
  id: TaskId,
  name: Schema.String,
  /** May be empty. */
  description: Schema.String,
  status: Codecs.openEnum("TODO", "IN_PROGRESS", "COMPLETED", "CANCELED"),
  priority: Codecs.openEnum("LOW", "MEDIUM", "HIGH", "URGENT"),
  dueDate: Schema.NullOr(Codecs.Instant),
  /** Name of the task template. */
  templateName: Schema.String,
  createdType: Codecs.openEnum("AUTOMATION"),
  watchersType: Codecs.openEnum("POINT_OF_CONTACT"),
  patient: AuditTaskPerson,
  assignee: AuditTaskPerson,
  watchers: Schema.Array(AuditTaskPerson),
  comments: Schema.Array(Codecs.Json),
  createdAt: Codecs.Instant,
  createdBy: Schema.NullOr(Codecs.Id),
  createdByName: Schema.NullOr(Schema.String),
  updatedAt: Codecs.Instant,
  updatedBy: Schema.NullOr(Codecs.Id),
  updatedByName: Schema.NullOr(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AuditTask extends Schema.Struct.Type<(typeof AuditTask)["fields"]> {}

/**
 * One page of the log. It is long (hundreds of thousands of events): bound it with `dateStart` and `dateEnd`. It comes in no
 * order, so always send `sort`: `sentAt,asc` keeps pages apart while the log grows. `Forbidden` where the switch is off. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("dataAudits.list", "/{tenant}/admin/audit-data", {
  query: {
    ...Pagination.springQuery,
    /** Earliest `sentAt`. */
    dateStart: Schema.optional(Codecs.Instant),
    /** Latest `sentAt`. */
    dateEnd: Schema.optional(Codecs.Instant),
    /** What `eventEntity` says. Only these two are documented. */
    entity: Schema.optional(Codecs.openEnum("CDT", "PATIENT")),
    cdtName: Schema.optional(Schema.String),
    operation: Schema.optional(Schema.Literal("CREATE", "UPDATE", "DELETE")),
    subjectUsername: Schema.optional(Schema.String),
    subjectFullName: Schema.optional(Schema.String),
    subjectActor: Schema.optional(AuditActor),
    subjectUserId: Schema.optional(Codecs.Id),
    instance: Schema.optional(Schema.String),
    patientFullName: Schema.optional(Schema.String),
    patientId: Schema.optional(PatientId),
    /** True adds the definition of the data type to each event. */
    includeFormation: Schema.optional(Schema.Boolean)
  },
  success: Pagination.metaInfoPage(DataAuditEvent)
})

/**
 * Every change that passes the filters, page by page as the consumer pulls.
 *
 * @example
 * ```ts
 * import type * as DateTime from "effect/DateTime"
 * import * as Schema from "effect/Schema"
 * import * as Stream from "effect/Stream"
 * import { DataAudits } from "effect-welkin/v8"
 *
 * // the records that were deleted since
 * const deleted = (dateStart: DateTime.Utc) =>
 *   DataAudits.listStream({ dateStart, entity: "CDT", operation: "DELETE", sort: "sentAt,asc" }).pipe(
 *     Stream.mapEffect(({ record }) => Schema.decodeUnknown(DataAudits.AuditCdtRecord)(record)),
 *     Stream.map(({ id }) => id)
 *   )
 * ```
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
