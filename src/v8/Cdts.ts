/**
 * Records of custom data types (CDT), the tenant-defined tables hanging under a patient. Definitions of CDTs are in the formations
 * area.
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
export const CdtRecordId = Codecs.id("CdtRecordId")
/**
 * @since 0.1.0
 * @category ids
 */
export type CdtRecordId = typeof CdtRecordId.Type

/**
 * Flat bag of one record: system fields in snake_case next to the custom fields of the CDT under their own names (e.g. cdtf-pulse
 * or pulse). Key order is random. A custom field without a value is present as null. Values seen: string, number, null; by field
 * type of the formation expect text, textarea, phone, email, date, datetime and uuid as strings, select as string or number or an
 * array when multiple, checkbox as boolean, integer and float as numbers, file and object as json.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtRecordBody = Codecs.open<CdtRecordBody>()({
  /** Same as the outer id. */
  id: CdtRecordId,
  created_at: Codecs.Instant,
  /** User or API client. */
  created_by: Schema.NullOr(Codecs.Id),
  /** Full name, or API_CLIENT: followed by the client name. */
  created_by_name: Schema.NullOr(Schema.String),
  updated_at: Codecs.Instant,
  updated_by: Schema.NullOr(Codecs.Id),
  /** As created_by_name. */
  updated_by_name: Schema.NullOr(Schema.String),
  /**
   * What produced the record; null when written directly. ASSESSMENT and ENCOUNTER recorded elsewhere (answers, assessment links,
   * data audit), DOCUMENT_SUMMARY in the docs.
   */
  source_type: Schema.NullOr(Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")),
  /** Name of the source, e.g. an assessment; __encounter__ for encounters. */
  source_name: Schema.NullOr(Schema.String),
  /** Id of the source record. */
  source_id: Schema.NullOr(Codecs.Id),
  /** Caller's own id; null in every recording; absent in the older docs. */
  external_id: Schema.NullOr(Schema.String),
  /** Caller's own GUID; null in every recording; absent in the older docs. */
  external_guid: Schema.NullOr(Codecs.Id),
  /** Only in samples of the 2021 docs, null there. */
  source_record_id: Codecs.optionalNull(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtRecordBody extends Schema.Struct.Type<(typeof CdtRecordBody)["fields"]> {}

/**
 * A record of a custom data type of one patient.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtRecord = Codecs.open<CdtRecord>()({
  id: CdtRecordId,
  patientId: PatientId,
  /** Id of the CDT definition. */
  cdtId: Codecs.Id,
  /** Version of the CDT definition the record was written under, not an edit counter: it stays the same over updates. */
  version: Schema.Int,
  /** Absent in older docs and docs. */
  cdtName: Schema.String,
  jsonBody: CdtRecordBody
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtRecord extends Schema.Struct.Type<(typeof CdtRecord)["fields"]> {}

/**
 * Reply of the list call: the page sits one level deeper than elsewhere.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtRecordList = Codecs.open<CdtRecordList>()({
  /** CDT name. */
  name: Schema.String,
  /** A Spring page: content, pageable, last, first, totalElements, totalPages, number, size, numberOfElements, sort, empty. */
  data: Pagination.springPage(CdtRecord)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtRecordList extends Schema.Struct.Type<(typeof CdtRecordList)["fields"]> {}

/**
 * Custom fields of the new record at the top level, NOT wrapped in jsonBody. Values as in CdtRecordBody. external_id and
 * external_guid may be set too.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtRecordCreate = Codecs.open<CdtRecordCreate>()({
  /** Writable according to the security policy in the vendor configuration file. */
  external_id: Codecs.optionalNull(Schema.String),
  /** As external_id. */
  external_guid: Codecs.optionalNull(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtRecordCreate extends Schema.Struct.Type<(typeof CdtRecordCreate)["fields"]> {}

/**
 * Custom fields to change at the top level, NOT wrapped in jsonBody; fields left out keep their value.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtRecordUpdate = Codecs.open<CdtRecordUpdate>()({
  /** As in CdtRecordCreate. */
  external_id: Codecs.optionalNull(Schema.String),
  /** As in CdtRecordCreate. */
  external_guid: Codecs.optionalNull(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtRecordUpdate extends Schema.Struct.Type<(typeof CdtRecordUpdate)["fields"]> {}

/**
 * One record to change. Unlike the single update, fields ARE wrapped in jsonBody.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtBulkUpdateRow = Codecs.closed<CdtBulkUpdateRow>()({
  id: Codecs.Id,
  /** Custom fields to change. */
  jsonBody: Codecs.JsonObject
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtBulkUpdateRow extends Schema.Struct.Type<(typeof CdtBulkUpdateRow)["fields"]> {}

/**
 * Body of the bulk update.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtBulkUpdate = Codecs.closed<CdtBulkUpdate>()({
  rows: Schema.Array(CdtBulkUpdateRow)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtBulkUpdate extends Schema.Struct.Type<(typeof CdtBulkUpdate)["fields"]> {}

/**
 * Status of one row.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtBulkRowStatus = Codecs.open<CdtBulkRowStatus>()({
  /** Only OK seen. */
  status: Codecs.openEnum("OK"),
  /** Null on success; presumably error entries otherwise. */
  content: Schema.NullOr(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtBulkRowStatus extends Schema.Struct.Type<(typeof CdtBulkRowStatus)["fields"]> {}

/**
 * Outcome for one record. No patientId, cdtId, version or cdtName here.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtBulkUpdateResultRow = Codecs.open<CdtBulkUpdateResultRow>()({
  id: Codecs.Id,
  /** The whole record after the change; be lenient when the row failed. */
  jsonBody: CdtRecordBody,
  result: CdtBulkRowStatus
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtBulkUpdateResultRow extends Schema.Struct.Type<(typeof CdtBulkUpdateResultRow)["fields"]> {}

/**
 * Reply of the bulk update.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtBulkUpdateResult = Codecs.open<CdtBulkUpdateResult>()({
  rows: Schema.Array(CdtBulkUpdateResultRow)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtBulkUpdateResult extends Schema.Struct.Type<(typeof CdtBulkUpdateResult)["fields"]> {}

/**
 * List or filter the records of one CDT of a patient. Data.pageable.pageNumber repeats data.number (the Python client reads the
 * former). Projected records (fields) may lack any jsonBody key.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("cdts.list", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}", {
  path: { patientId: PatientId, cdtName: Codecs.Id },
  query: {
    ...Pagination.springQuery,
    /** Comma-separated field names to return. */
    fields: Schema.optional(Codecs.commaSeparated(Schema.String)),
    /** One expression key=v1,v2,v3 as the value of the parameter, percent-encoded. How several keys combine is not stated. */
    filters: Schema.optional(Schema.String),
    /** Lower bound; which date it applies to is not stated. */
    dateStart: Schema.optional(Codecs.Instant),
    /** Upper bound. */
    dateEnd: Schema.optional(Codecs.Instant)
  },
  success: CdtRecordList
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list, { at: "data" })

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list, { at: "data" })

/**
 * Read one record. A missing record answers 404 with DT_RECORD_NOT_FOUND and empty details (test_cdt_delete).
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("cdts.get", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}/{recordId}", {
  path: { patientId: PatientId, cdtName: Codecs.Id, recordId: Codecs.Id },
  query: {
    /** What recordId holds, default ID; only in the vendor samples. */
    type: Schema.optional(Schema.Literal("ID", "EID", "EGUID"))
  },
  success: CdtRecord
})

/**
 * Create a record. Send the custom fields bare. The recorded body also held cdtName, which the server ignored. Custom fields not
 * sent come back as null. Numbers sent as strings come back as numbers in a v8 docs (newer) sample, so the server converts by
 * field type.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("cdts.create", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}", {
  path: { patientId: PatientId, cdtName: Codecs.Id },
  body: CdtRecordCreate,
  success: CdtRecord
})

/**
 * Change some fields of a record. Always partial. Updated_at, updated_by and updated_by_name change; version and cdtId do not.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("cdts.update", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}/{recordId}", {
  path: { patientId: PatientId, cdtName: Codecs.Id, recordId: Codecs.Id },
  body: CdtRecordUpdate,
  success: CdtRecord
})

/**
 * Change several records of one CDT of a patient in one call. Docs: only select fields flagged bulkEdit in the CDT definition may
 * be changed this way (see the formation of the CDT). Rows answer one by one: check result.status of each row even on 200. A
 * failing row was never seen. Rows came back in the order sent. The Python client adds page=0 to the query; the server ignored it.
 * Do not send it.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const bulkUpdate = Endpoint.patch("cdts.bulkUpdate", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}", {
  path: { patientId: PatientId, cdtName: Codecs.Id },
  body: CdtBulkUpdate,
  success: CdtBulkUpdateResult
})

/**
 * Delete a record. Answers 200 with an empty body; reading the record afterwards gives 404.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("cdts.remove", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}/{recordId}", {
  path: { patientId: PatientId, cdtName: Codecs.Id, recordId: Codecs.Id }
})
