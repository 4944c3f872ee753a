/**
 * Profile data types (PDT): lists of people or things that belong to the instance rather than to one patient (guardians,
 * hospitals, payers, code lists), and their schemas. Record shape is close to that of CDTs. Open to API clients since June 2023.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const PdtRecordId = Codecs.id("PdtRecordId")
/**
 * @since 0.1.0
 * @category ids
 */
export type PdtRecordId = typeof PdtRecordId.Type

/**
 * Values: system keys as listed, plus every field of the schema under its own name, null when unset.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtBody = Codecs.open<PdtBody>()({
  /** Same as the record id. */
  id: Codecs.Id,
  created_at: Codecs.Instant,
  created_by: Schema.NullOr(Codecs.Id),
  created_by_name: Schema.NullOr(Schema.String),
  updated_at: Codecs.Instant,
  updated_by: Schema.NullOr(Codecs.Id),
  updated_by_name: Schema.NullOr(Schema.String),
  source_type: Schema.NullOr(Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")),
  source_id: Schema.NullOr(Codecs.Id),
  source_name: Schema.NullOr(Schema.String),
  /** Writable according to the schema. */
  external_id: Schema.NullOr(Schema.String),
  /** Writable according to the schema. */
  external_guid: Schema.NullOr(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtBody extends Schema.Struct.Type<(typeof PdtBody)["fields"]> {}

/**
 * One record of a profile type.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtRecord = Codecs.open<PdtRecord>()({
  id: PdtRecordId,
  createdAt: Codecs.Instant,
  updatedAt: Codecs.Instant,
  /** The filled values joined with spaces; for display and search only. */
  fullValue: Schema.String,
  deleted: Schema.Boolean,
  pdtName: Schema.String,
  jsonBody: PdtBody
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtRecord extends Schema.Struct.Type<(typeof PdtRecord)["fields"]> {}

/**
 * Flat map of field name to value; system keys other than external_id and external_guid are not for writing.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtWrite = Codecs.open<PdtWrite>()({
  /** From editable in the schema. */
  external_id: Codecs.optional(Schema.String),
  /** From editable in the schema. */
  external_guid: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtWrite extends Schema.Struct.Type<(typeof PdtWrite)["fields"]> {}

/**
 * Reply of the list call: the page sits one level down, under records.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtRecordPage = Codecs.open<PdtRecordPage>()({
  pdtName: Schema.String,
  /** Latest change in the list; filled in the one recording, null expected for an empty list (inferred). */
  lastUpdatedAt: Schema.NullOr(Codecs.Instant),
  /** A meta-info page: data and metaInfo. */
  records: Pagination.metaInfoPage(PdtRecord)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtRecordPage extends Schema.Struct.Type<(typeof PdtRecordPage)["fields"]> {}

/**
 * Add a record to a profile type. Fields stand at the top of the body, not inside jsonBody. Unset fields come back as null.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("pdts.create", "/{tenant}/{instance}/pdts/{pdtName}", {
  path: { pdtName: Codecs.Id },
  body: PdtWrite,
  success: PdtRecord
})

/**
 * One record. Deleted is part of the record: treat true as gone.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("pdts.get", "/{tenant}/{instance}/pdts/{pdtName}/{id}", {
  path: { pdtName: Codecs.Id, id: Codecs.Id },
  success: PdtRecord
})

/**
 * All records of a profile type, page by page.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("pdts.list", "/{tenant}/{instance}/pdts/{pdtName}", {
  path: { pdtName: Codecs.Id },
  query: {
    page: Pagination.springQuery.page,
    size: Pagination.springQuery.size
  },
  success: PdtRecordPage
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list, { at: "records" })

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list, { at: "records" })

/**
 * Change some fields of a record. Not recorded; reply shape inferred from get.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("pdts.update", "/{tenant}/{instance}/pdts/{pdtName}/{id}", {
  path: { pdtName: Codecs.Id, id: Codecs.Id },
  body: PdtWrite,
  success: PdtRecord
})

/**
 * Remove a record. Never recorded; expect 403 for API clients or a soft delete (deleted true).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("pdts.remove", "/{tenant}/{instance}/pdts/{pdtName}/{id}", {
  path: { pdtName: Codecs.Id, id: Codecs.Id }
})
