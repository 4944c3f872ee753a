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
 * One change to patient data. Keys that do not apply are left out, not null.
 *
 * @since 0.1.0
 * @category models
 */
export const DataAuditEvent = Codecs.open<DataAuditEvent>()({
  /** Long number as a string; only on the newest of the recorded rows (2026), so no dependable key. */
  eventId: Codecs.optional(Schema.String),
  /**
   * CDT and TASK recorded, PATIENT in a docs sample, the rest from release notes and the admin help; subscriptions and
   * communications are logged too under unknown names.
   */
  eventEntity: Codecs.openEnum("CDT", "TASK", "PATIENT", "CALENDAR", "USER"),
  /**
   * Entity and action; CDT_CREATED, CDT_UPDATED, CDT_DELETED, TASK_CREATED recorded, the others from docs, release notes and the
   * webhook audit.
   */
  eventSubtype: Codecs.openEnum(
    "CDT_CREATED",
    "CDT_UPDATED",
    "CDT_DELETED",
    "TASK_CREATED",
    "PATIENT_UPDATED",
    "PATIENT_CREATED",
    "CALENDAR_EVENT_CREATED",
    "CALENDAR_EVENT_UPDATED",
    "CALENDAR_EVENT_DELETED"
  ),
  /** Kind of actor; SYSTEM recorded but missing in the docs. */
  subjectActor: Codecs.openEnum("API_CLIENT", "PATIENT", "CS_TOOL_CLIENT", "USER", "SYSTEM"),
  /** Username or API client name; absent for SYSTEM. */
  subjectUsername: Codecs.optional(Schema.String),
  /** Absent for SYSTEM. */
  subjectUserId: Codecs.optional(Codecs.Id),
  /** For SYSTEM the name of the automation; for API clients API_CLIENT: and the client name. */
  subjectFullName: Schema.String,
  patientFullName: Schema.String,
  /** Always there in the recording, though events without a patient may exist. */
  patientId: PatientId,
  instance: Schema.String,
  /** CDT events only; internal names such as _patient_info and __encounter_disposition__, and assessment names, occur. */
  cdtName: Codecs.optional(Schema.String),
  /** CDT events only; absent in the docs. */
  cdtRelation: Codecs.optional(Codecs.openEnum("ENCOUNTER_DISPOSITION", "COMMON", "PATIENT_INFO")),
  /** When it happened. */
  sentAt: Codecs.Instant,
  /**
   * The object after the action, in the shape of its kind: AuditCdtRecord for CDT, AuditTask for TASK, a patient for PATIENT.
   * Always an object in the recording.
   */
  record: Codecs.Json,
  /** Address of the object; in the docs sample only. */
  url: Codecs.optional(Schema.String),
  /** Definition of the data type (CdtFormation by the docs' words); expected only with includeFormation. */
  cdt: Codecs.optionalNull(Codecs.Json),
  /** In the docs field table only; the docs sample and the recording have eventEntity. */
  entity: Codecs.optional(Codecs.openEnum("CDT", "PATIENT")),
  /** In the docs field table only; never recorded. */
  operation: Codecs.optional(Codecs.openEnum("CREATE", "UPDATE", "DELETE"))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DataAuditEvent extends Schema.Struct.Type<(typeof DataAuditEvent)["fields"]> {}

/**
 * record of a CDT event. On deletion only id and patientId are filled, everything else is null.
 *
 * @since 0.1.0
 * @category models
 */
export const AuditCdtRecord = Codecs.open<AuditCdtRecord>()({
  id: Codecs.Id,
  patientId: PatientId,
  cdtName: Schema.NullOr(Schema.String),
  cdtId: Schema.NullOr(Codecs.Id),
  version: Schema.NullOr(Schema.Int),
  /** CDT record body: snake_case system fields plus custom fields (see the cdts area). */
  jsonBody: Schema.NullOr(Codecs.JsonObject)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface AuditCdtRecord extends Schema.Struct.Type<(typeof AuditCdtRecord)["fields"]> {}

/**
 * Person on an audited task.
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
 * record of a TASK event; one was recorded.
 *
 * @since 0.1.0
 * @category models
 */
export const AuditTask = Codecs.open<AuditTask>()({
  id: Codecs.Id,
  name: Schema.String,
  /** May be empty. */
  description: Schema.String,
  status: Codecs.openEnum("TODO", "IN_PROGRESS", "COMPLETED", "CANCELED"),
  priority: Codecs.openEnum("LOW", "MEDIUM", "HIGH", "URGENT"),
  dueDate: Schema.NullOr(Codecs.Instant),
  /** Task template. */
  templateName: Schema.String,
  createdType: Codecs.openEnum("AUTOMATION"),
  watchersType: Codecs.openEnum("POINT_OF_CONTACT"),
  patient: AuditTaskPerson,
  assignee: AuditTaskPerson,
  watchers: Schema.Array(AuditTaskPerson),
  /** Empty. */
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
 * Find changes to patient data. Totals get large (hundreds of thousands): bound with dateStart and dateEnd. Without sort the rows
 * come in no useful order (neither by sentAt up nor down): always send sort. Needs the data audit switch of the API client; since
 * 2025 rows are limited to the instances the API client may use. The older docs only include this section by name; its text is in
 * the 2021 docs. There is no row id: identify rows by entity, record id, eventSubtype and sentAt.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("dataAudits.list", "/{tenant}/admin/audit-data", {
  query: {
    ...Pagination.springQuery,
    /** Lower bound on sentAt. */
    dateStart: Schema.optional(Codecs.Instant),
    /** Upper bound on sentAt. */
    dateEnd: Schema.optional(Codecs.Instant),
    /** Kind of object; other kinds (TASK, CALENDAR, USER) presumably work. */
    entity: Schema.optional(Codecs.openEnum("CDT", "PATIENT")),
    /** Narrows CDT events. */
    cdtName: Schema.optional(Schema.String),
    operation: Schema.optional(Schema.Literal("CREATE", "UPDATE", "DELETE")),
    subjectUsername: Schema.optional(Schema.String),
    subjectFullName: Schema.optional(Schema.String),
    subjectActor: Schema.optional(Codecs.openEnum("API_CLIENT", "PATIENT", "CS_TOOL_CLIENT", "USER", "SYSTEM")),
    /** Postman copy only. */
    subjectUserId: Schema.optional(Codecs.Id),
    instance: Schema.optional(Schema.String),
    patientFullName: Schema.optional(Schema.String),
    patientId: Schema.optional(PatientId),
    /** Add the CDT definition to each row. */
    includeFormation: Schema.optional(Schema.Boolean)
  },
  success: Pagination.metaInfoPage(DataAuditEvent)
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
