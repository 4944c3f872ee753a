/**
 * Records of custom data types (CDT): the tables a tenant has designed, such as vitals or medications, each record belonging to
 * one patient. `CdtFormations` tells which types there are and what fields they have.
 *
 * A record's own fields stand in `jsonBody` beside system fields in snake case. Every type has its own, so the calls of this
 * module take and give any; {@link typed} gives the same calls for one type, with a schema of yours for its fields.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"
import { CdtFormationId } from "./formations/CdtFormations.js"
import { PatientId } from "./Patients.js"
import * as Typed from "./typed.js"

/**
 * The id of a record.
 *
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
 * The system fields of a record. The fields of its type stand beside them, null where they have no value.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtRecordBody = Codecs.open<CdtRecordBody>()({
  id: CdtRecordId,
  created_at: Codecs.Instant,
  /** User or API client. */
  created_by: Schema.NullOr(Codecs.Id),
  /** Full name, or `API_CLIENT:` and the name of the client. */
  created_by_name: Schema.NullOr(Schema.String),
  updated_at: Codecs.Instant,
  /** User or API client. */
  updated_by: Schema.NullOr(Codecs.Id),
  /** Full name, or `API_CLIENT:` and the name of the client. */
  updated_by_name: Schema.NullOr(Schema.String),
  /** What the record came from; null where it was written directly. */
  source_type: Schema.NullOr(Codecs.openEnum("ASSESSMENT", "ENCOUNTER", "DOCUMENT_SUMMARY")),
  /** Name of the assessment or document type; `__encounter__` for encounters. */
  source_name: Schema.NullOr(Schema.String),
  source_id: Schema.NullOr(Codecs.Id),
  /** Yours. */
  external_id: Schema.NullOr(Schema.String),
  /** Yours. */
  external_guid: Schema.NullOr(Codecs.Id),
  /** Documented, never recorded. */
  source_record_id: Codecs.optionalNull(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtRecordBody extends Schema.Struct.Type<(typeof CdtRecordBody)["fields"]> {}

/**
 * As {@link CdtRecordBody}, where an answer need not show all of it.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtPartialBody = Codecs.open<CdtPartialBody>()(Typed.partially(CdtRecordBody.fields))
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtPartialBody extends Partial<CdtRecordBody> {}

/**
 * A record of a custom data type.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtRecord = Codecs.open<CdtRecord>()({
  id: CdtRecordId,
  patientId: PatientId,
  /** Id of the type. */
  cdtId: CdtFormationId,
  /** Version of the type under which the record was written. Changing the record does not change it. */
  version: Schema.Int,
  /** Name of the type. */
  cdtName: Schema.String,
  jsonBody: CdtRecordBody
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtRecord extends Schema.Struct.Type<(typeof CdtRecord)["fields"]> {}

/**
 * A record in a list, which may be asked to show some fields only.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtListedRecord = Codecs.open<CdtListedRecord>()({ ...CdtRecord.fields, jsonBody: CdtPartialBody })
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtListedRecord extends Schema.Struct.Type<(typeof CdtListedRecord)["fields"]> {}

const listOf = <A, I>(record: Schema.Schema<A, I>) => ({
  /** Name of the type. */
  name: Schema.String,
  data: Pagination.springPage(record)
})

/**
 * A page of records, one level deeper than in other lists.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtRecordList = Codecs.open<CdtRecordList>()(listOf(CdtListedRecord))
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtRecordList extends Schema.Struct.Type<(typeof CdtRecordList)["fields"]> {}

const writableIds = {
  /** Yours. */
  external_id: Codecs.optionalNull(Schema.String),
  /** Yours. */
  external_guid: Codecs.optionalNull(Codecs.Id)
}
interface WritableIds extends Schema.Struct.Type<typeof writableIds> {}

/**
 * Fields of a record by their names in the Designer, not wrapped in `jsonBody`. What the values are is up to the type: text for
 * dates, `2030-01-02T03:04:05.006Z`, and for phone numbers and choices; lists for multiple choices; numbers and booleans.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtRecordWrite = Schema.Struct(writableIds, Codecs.JsonObject)
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtRecordWrite extends Schema.Schema.Type<typeof CdtRecordWrite> {}

/** A row is written flat, `{ id, …fields }`, and sent as `{ id, jsonBody }`. */
const rowOf = <A>(flat: Schema.Schema<A, any>): Schema.Schema<A, { readonly id: string; readonly jsonBody: Record<string, unknown> }> =>
  Schema.transform(Schema.Struct({ id: CdtRecordId, jsonBody: Codecs.JsonObject }), flat, {
    strict: false,
    decode: ({ id, jsonBody }) => ({ ...jsonBody, id }),
    encode: ({ id, ...jsonBody }) => ({ id, jsonBody })
  }) as any

/**
 * A record's id, and the fields of it that change.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtBulkUpdateRow = rowOf(Schema.Struct({ id: CdtRecordId }, Codecs.JsonObject))
/**
 * @since 0.1.0
 * @category models
 */
export type CdtBulkUpdateRow = typeof CdtBulkUpdateRow.Type

/**
 * How it went with a row.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtBulkRowStatus = Codecs.open<CdtBulkRowStatus>()({
  /** Anything but OK is a failure, though none was ever seen. */
  status: Codecs.openEnum("OK"),
  /** Null where all went well, and probably the errors where not. */
  content: Schema.NullOr(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtBulkRowStatus extends Schema.Struct.Type<(typeof CdtBulkRowStatus)["fields"]> {}

const resultOf = <A, I>(body: Schema.Schema<A, I>) => ({
  id: CdtRecordId,
  /** The whole record after the change. Of a row that failed there may be less, or nothing. */
  jsonBody: Codecs.optionalNull(body),
  result: CdtBulkRowStatus
})

/**
 * What became of a row.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtBulkUpdateResultRow = Codecs.open<CdtBulkUpdateResultRow>()(resultOf(CdtPartialBody))
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtBulkUpdateResultRow extends Schema.Struct.Type<(typeof CdtBulkUpdateResultRow)["fields"]> {}

/**
 * What became of the rows, in the order they were sent.
 *
 * @since 0.1.0
 * @category models
 */
export const CdtBulkUpdateResult = Codecs.open<CdtBulkUpdateResult>()({ rows: Schema.Array(CdtBulkUpdateResultRow) })
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtBulkUpdateResult extends Schema.Struct.Type<(typeof CdtBulkUpdateResult)["fields"]> {}

/**
 * Records of which a field has one of these values. Sent as `field=value,value`: a field with an equals sign or a value with a
 * comma cannot be asked for. More than one field cannot either, as nobody says how.
 *
 * @since 0.1.0
 * @category schemas
 */
export const CdtFilter = Schema.transform(
  Schema.String,
  Schema.Struct({
    field: Schema.String.pipe(Schema.pattern(/^[^=]+$/)),
    values: Schema.Array(Schema.String.pipe(Schema.pattern(/^[^,]*$/))).pipe(Schema.minItems(1))
  }),
  {
    strict: true,
    decode: (text) => {
      const at = text.indexOf("=")
      return at < 0 ? { field: text, values: [] } : { field: text.slice(0, at), values: text.slice(at + 1).split(",") }
    },
    encode: ({ field, values }) => `${field}=${values.join(",")}`
  }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface CdtFilter extends Schema.Schema.Type<typeof CdtFilter> {}

/**
 * One page of a patient's records of one type. Recorded; of the query, only `page` was.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("cdts.list", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}", {
  path: { patientId: PatientId, cdtName: Codecs.Id },
  query: {
    ...Pagination.springQuery,
    /** The only fields to show. */
    fields: Schema.optional(Codecs.commaSeparated(Schema.String)),
    filters: Schema.optional(CdtFilter),
    /** From here on; which of a record's dates counts is undocumented. */
    dateStart: Schema.optional(Codecs.Instant),
    /** Up to here. */
    dateEnd: Schema.optional(Codecs.Instant)
  },
  success: CdtRecordList
})

/**
 * Every record that {@link list} finds, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.spring(list, { at: "data" })

/**
 * The pages of {@link list}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.springPages(list, { at: "data" })

/**
 * Reads one record, by Welkin's id unless `type` names another kind. No such record is `NotFound` with code DT_RECORD_NOT_FOUND.
 * Recorded with Welkin's id; other kinds are documented only.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("cdts.get", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}/{recordId}", {
  path: { patientId: PatientId, cdtName: Codecs.Id, recordId: Codecs.Id },
  query: {
    type: Schema.optional(Schema.Literal("ID", "EID", "EGUID"))
  },
  success: CdtRecord
})

/**
 * Creates a record. Fields left out come back as null. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("cdts.create", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}", {
  path: { patientId: PatientId, cdtName: Codecs.Id },
  body: CdtRecordWrite,
  success: CdtRecord
})

/**
 * Changes some fields of a record; those left out keep their values. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("cdts.update", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}/{recordId}", {
  path: { patientId: PatientId, cdtName: Codecs.Id, recordId: CdtRecordId },
  body: CdtRecordWrite,
  success: CdtRecord
})

/**
 * Changes some fields of several records of one patient. Only choices that the type marks `bulkEdit` can be changed this way. The
 * call succeeds even where a row fails: look at every `result.status`. Recorded, without a failing row.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const bulkUpdate = Endpoint.patch("cdts.bulkUpdate", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}", {
  path: { patientId: PatientId, cdtName: Codecs.Id },
  body: Codecs.wrapped("rows", Schema.Array(CdtBulkUpdateRow)),
  success: CdtBulkUpdateResult
})

/**
 * Deletes a record. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("cdts.remove", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}/{recordId}", {
  path: { patientId: PatientId, cdtName: Codecs.Id, recordId: CdtRecordId }
})

// ------------------------------------------------------------------------------------------------------------- one type of them

/**
 * A record whose fields a schema describes.
 *
 * @since 0.1.0
 * @category models
 */
export interface TypedCdtRecord<Fields> extends Omit<CdtRecord, "jsonBody"> {
  readonly jsonBody: CdtRecordBody & Fields
}

/**
 * A page of such records.
 *
 * @since 0.1.0
 * @category models
 */
export interface TypedCdtRecordList<Fields> extends Omit<CdtRecordList, "data"> {
  readonly data: Pagination.SpringPage<TypedCdtRecord<Fields>>
}

/**
 * What became of a row of such records.
 *
 * @since 0.1.0
 * @category models
 */
export interface TypedCdtBulkUpdateResultRow<Fields> extends Omit<CdtBulkUpdateResultRow, "jsonBody"> {
  readonly jsonBody?: (CdtPartialBody & Partial<Fields>) | null
}

/**
 * What became of the rows, in the order they were sent.
 *
 * @since 0.1.0
 * @category models
 */
export interface TypedCdtBulkUpdateResult<Fields> {
  readonly rows: ReadonlyArray<TypedCdtBulkUpdateResultRow<Fields>>
}

/**
 * The calls of this module for one type, with a schema for its fields: they are decoded in every answer and encoded in every body.
 * A field that may be null may be left out of a new record, and every field out of a change; system fields stay readable beside
 * them, and unknown ones survive. Give a field a name of your own by `Schema.fromKey`.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Schema from "effect/Schema"
 * import { Codecs } from "effect-welkin"
 * import { Cdts, type Patients } from "effect-welkin/v8"
 *
 * const Vitals = Cdts.typed(
 *   "cdt-vitals",
 *   Schema.Struct({
 *     pulse: Schema.propertySignature(Schema.NullOr(Schema.Int)).pipe(Schema.fromKey("cdtf-pulse")),
 *     measuredAt: Schema.propertySignature(Codecs.Instant).pipe(Schema.fromKey("cdtf-measured-at"))
 *   })
 * )
 *
 * const correct = (patientId: Patients.PatientId, recordId: Cdts.CdtRecordId, pulse: number) =>
 *   Vitals.update({ patientId, recordId, body: { pulse } }).pipe(Effect.map(({ jsonBody }) => jsonBody.measuredAt))
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const typed = <F extends Schema.Struct.Fields>(cdtName: string, schema: Typed.TenantSchema<F>) => {
  type Fields = Typed.FieldsOf<F>
  const { fields } = schema
  const some = Typed.partially(fields)
  const record = Typed.model<TypedCdtRecord<Fields>>({
    ...CdtRecord.fields,
    jsonBody: Typed.model<CdtRecordBody & Fields>({ ...CdtRecordBody.fields, ...fields })
  })
  const result = Typed.model<TypedCdtBulkUpdateResultRow<Fields>>(
    resultOf(Typed.model<CdtPartialBody & Partial<Fields>>({ ...CdtPartialBody.fields, ...some }))
  )
  const given = { cdtName }
  // a record of which some fields are shown would not fit the schema
  const page = Typed.endpoint(list, { cdtName, fields: undefined }, { success: Codecs.open<TypedCdtRecordList<Fields>>()(listOf(record)) })
  return {
    list: page,
    listStream: Pagination.spring(page, { at: "data" }),
    listPages: Pagination.springPages(page, { at: "data" }),
    get: Typed.endpoint(get, given, { success: record }),
    create: Typed.endpoint(create, given, {
      body: Typed.model<WritableIds & Typed.NewFieldsOf<F>>({ ...writableIds, ...Typed.creating(fields) }),
      success: record
    }),
    update: Typed.endpoint(update, given, {
      body: Typed.model<WritableIds & Partial<Fields>>({ ...writableIds, ...some }),
      success: record
    }),
    bulkUpdate: Typed.endpoint(bulkUpdate, given, {
      body: Codecs.wrapped("rows", Schema.Array(rowOf(Typed.model<Pick<CdtRecord, "id"> & Partial<Fields>>({ ...some, id: CdtRecordId })))),
      success: Codecs.open<TypedCdtBulkUpdateResult<Fields>>()({ rows: Schema.Array(result) })
    }),
    remove: Typed.endpoint(remove, given, {})
  }
}
