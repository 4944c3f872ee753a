/**
 * Records of profile data types (PDT): lists that belong to the instance rather than to one patient, such as guardians, hospitals
 * or payers. Open to API clients since June 2023. `PdtFormations` tells which types there are and what fields they have.
 *
 * As with custom data types, a record's own fields stand in `jsonBody` beside system fields in snake case, the calls of this module
 * take and give any, and {@link typed} gives the same calls for one type, with a schema of yours for its fields.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import { CdtRecordBody } from "./Cdts.js"
import * as Endpoint from "./endpoint.js"
import * as Typed from "./typed.js"

/**
 * The id of a record.
 *
 * @since 0.1.0
 * @category ids
 */
export const PdtRecordId = Codecs.id("PdtRecordId")
/**
 * @since 0.1.0
 * @category ids
 */
export type PdtRecordId = typeof PdtRecordId.Type

const { id: _id, source_record_id: _source, ...system } = CdtRecordBody.fields

/**
 * The system fields of a record. The fields of its type stand beside them, null where they have no value.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtBody = Codecs.open<PdtBody>()({ id: PdtRecordId, ...system })
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtBody extends Schema.Struct.Type<(typeof PdtBody)["fields"]> {}

/**
 * A record of a profile type.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtRecord = Codecs.open<PdtRecord>()({
  id: PdtRecordId,
  createdAt: Codecs.Instant,
  updatedAt: Codecs.Instant,
  /** Its values in one line, for display and search. */
  fullValue: Schema.String,
  /** True where the record is as good as gone, though it can still be read. */
  deleted: Schema.Boolean,
  /** Name of the type. */
  pdtName: Schema.String,
  jsonBody: PdtBody
})
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtRecord extends Schema.Struct.Type<(typeof PdtRecord)["fields"]> {}

const pageOf = <A, I>(record: Schema.Schema<A, I>) => ({
  /** Name of the type. */
  pdtName: Schema.String,
  /** The latest change to any record. */
  lastUpdatedAt: Schema.NullOr(Codecs.Instant),
  records: Pagination.metaInfoPage(record)
})

/**
 * A page of records, one level deeper than in other lists.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtRecordPage = Codecs.open<PdtRecordPage>()(pageOf(PdtRecord))
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtRecordPage extends Schema.Struct.Type<(typeof PdtRecordPage)["fields"]> {}

const writableIds = {
  /** Yours, where the type allows it. */
  external_id: Codecs.optional(Schema.String),
  /** Yours, where the type allows it. */
  external_guid: Codecs.optional(Codecs.Id)
}
interface WritableIds extends Schema.Struct.Type<typeof writableIds> {}

/**
 * Fields of a record by their names in the Designer, not wrapped in `jsonBody`.
 *
 * @since 0.1.0
 * @category models
 */
export const PdtWrite = Schema.Struct(writableIds, Codecs.JsonObject)
/**
 * @since 0.1.0
 * @category models
 */
export interface PdtWrite extends Schema.Schema.Type<typeof PdtWrite> {}

/**
 * One page of the records of a profile type. Recorded.
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
 * Every record of a profile type, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list, { at: "records" })

/**
 * The pages of {@link list}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list, { at: "records" })

/**
 * Reads one record. A deleted one may still be read, with `deleted` true. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("pdts.get", "/{tenant}/{instance}/pdts/{pdtName}/{recordId}", {
  path: { pdtName: Codecs.Id, recordId: PdtRecordId },
  success: PdtRecord
})

/**
 * Creates a record. Fields left out come back as null. Recorded.
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
 * Changes some fields of a record. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("pdts.update", "/{tenant}/{instance}/pdts/{pdtName}/{recordId}", {
  path: { pdtName: Codecs.Id, recordId: PdtRecordId },
  body: PdtWrite,
  success: PdtRecord
})

/**
 * Deletes a record. API clients may not be allowed to: expect `Forbidden`, or a record that is marked `deleted` and can still be
 * read. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("pdts.remove", "/{tenant}/{instance}/pdts/{pdtName}/{recordId}", {
  path: { pdtName: Codecs.Id, recordId: PdtRecordId }
})

// ------------------------------------------------------------------------------------------------------------- one type of them

/**
 * A record whose fields a schema describes.
 *
 * @since 0.1.0
 * @category models
 */
export interface TypedPdtRecord<Fields> extends Omit<PdtRecord, "jsonBody"> {
  readonly jsonBody: PdtBody & Fields
}

/**
 * A page of such records.
 *
 * @since 0.1.0
 * @category models
 */
export interface TypedPdtRecordPage<Fields> extends Omit<PdtRecordPage, "records"> {
  readonly records: Pagination.MetaInfoPage<TypedPdtRecord<Fields>>
}

/**
 * The calls of this module for one type, with a schema for its fields: they are decoded in every answer and encoded in every body.
 * A field that may be null may be left out of a new record, and every field out of a change; system fields stay readable beside
 * them, and unknown ones survive.
 *
 * @example
 * ```ts
 * import * as Schema from "effect/Schema"
 * import * as Stream from "effect/Stream"
 * import { Pdts } from "effect-welkin/v8"
 *
 * const Guardians = Pdts.typed("pdt-guardian", Schema.Struct({ "pdtf-email": Schema.NullOr(Schema.String) }))
 *
 * const addresses = Guardians.listStream().pipe(Stream.map(({ jsonBody }) => jsonBody["pdtf-email"]))
 * ```
 *
 * @since 0.1.0
 * @category endpoints
 */
export const typed = <F extends Schema.Struct.Fields>(pdtName: string, schema: Typed.TenantSchema<F>) => {
  type Fields = Typed.FieldsOf<F>
  const { fields } = schema
  const record = Typed.model<TypedPdtRecord<Fields>>({
    ...PdtRecord.fields,
    jsonBody: Typed.model<PdtBody & Fields>({ ...PdtBody.fields, ...fields })
  })
  const given = { pdtName }
  const page = Typed.endpoint(list, given, { success: Codecs.open<TypedPdtRecordPage<Fields>>()(pageOf(record)) })
  return {
    list: page,
    listStream: Pagination.metaInfo(page, { at: "records" }),
    listPages: Pagination.metaInfoPages(page, { at: "records" }),
    get: Typed.endpoint(get, given, { success: record }),
    create: Typed.endpoint(create, given, {
      body: Typed.model<WritableIds & Typed.NewFieldsOf<F>>({ ...writableIds, ...Typed.creating(fields) }),
      success: record
    }),
    update: Typed.endpoint(update, given, {
      body: Typed.model<WritableIds & Partial<Fields>>({ ...writableIds, ...Typed.partially(fields) }),
      success: record
    }),
    remove: Typed.endpoint(remove, given, {})
  }
}
