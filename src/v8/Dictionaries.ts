/**
 * Lookup lists: their entries (records) and their definitions (formations). timezone is built in and fixed; cpt and icd-10 are
 * built in, their definition is fixed but entries may be loaded.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const DictionaryRecordId = Codecs.id("DictionaryRecordId")
/**
 * @since 0.1.0
 * @category ids
 */
export type DictionaryRecordId = typeof DictionaryRecordId.Type

/**
 * One entry of a dictionary.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryRecord = Codecs.open<DictionaryRecord>()({
  /** Documented, never recorded. */
  id: Codecs.optional(DictionaryRecordId),
  /** Documented, never recorded. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /**
   * Display form; equals the value for one-field dictionaries, how several fields are joined is not shown. Documented, never
   * recorded.
   */
  fullValue: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  deleted: Codecs.optional(Schema.Boolean),
  /** One key per field of the dictionary definition (value for cpt and icd-10). Documented, never recorded. */
  values: Codecs.optional(Schema.Record({ key: Schema.String, value: Schema.String }))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryRecord extends Schema.Struct.Type<(typeof DictionaryRecord)["fields"]> {}

/**
 * Reply holding entries of one dictionary. A create or replace returns only the entries just written.
 *
 * @since 0.1.0
 * @category models
 */
export const Dictionary = Codecs.open<Dictionary>()({
  /** Documented, never recorded. */
  dictionaryName: Codecs.optional(Schema.String),
  /** Documented, never recorded. */
  lastUpdatedAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  records: Codecs.optional(Schema.Array(DictionaryRecord))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Dictionary extends Schema.Struct.Type<(typeof Dictionary)["fields"]> {}

/**
 * Entry to write.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryRecordInput = Codecs.open<DictionaryRecordInput>()({
  values: Schema.Record({ key: Schema.String, value: Schema.String })
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryRecordInput extends Schema.Struct.Type<(typeof DictionaryRecordInput)["fields"]> {}

/**
 * Body with entries to add or to put in place of all others.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryRecordsInput = Codecs.open<DictionaryRecordsInput>()({
  records: Schema.Array(DictionaryRecordInput)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryRecordsInput extends Schema.Struct.Type<(typeof DictionaryRecordsInput)["fields"]> {}

/**
 * Read all entries of a dictionary. Sample order is not sorted by date or value. Documentation only, never recorded: decode every
 * field leniently.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("dictionaries.list", "/{tenant}/{instance}/dictionaries/{dictionaryName}", {
  path: { dictionaryName: Codecs.Id },
  query: {
    /** Entries whose updatedAt is at or after this instant. */
    dateStart: Schema.optional(Codecs.Instant),
    /** Entries whose updatedAt is before this instant. */
    dateEnd: Schema.optional(Codecs.Instant),
    /** Include deleted entries. */
    showDeleted: Schema.optional(Schema.Boolean)
  },
  success: Dictionary
})

/**
 * Read one entry. Documentation only, never recorded: decode every field leniently.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("dictionaries.get", "/{tenant}/{instance}/dictionaries/{dictionaryName}/{recordId}", {
  path: { dictionaryName: Codecs.Id, recordId: Codecs.Id },
  success: DictionaryRecord
})

/**
 * Add entries to a dictionary. Records in the reply holds the new entries only. Documentation only, never recorded: decode every
 * field leniently.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("dictionaries.create", "/{tenant}/{instance}/dictionaries/{dictionaryName}", {
  path: { dictionaryName: Codecs.Id },
  body: DictionaryRecordsInput,
  success: Dictionary
})

/**
 * Drop every entry of a dictionary and store new ones. Destroys the old entries for good (they are not kept as deleted).
 * Documentation only, never recorded: decode every field leniently.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const replaceAll = Endpoint.put("dictionaries.replaceAll", "/{tenant}/{instance}/dictionaries/{dictionaryName}", {
  path: { dictionaryName: Codecs.Id },
  body: DictionaryRecordsInput,
  success: Dictionary
})

/**
 * Change one entry. Full replacement of values. Documentation only, never recorded: decode every field leniently.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("dictionaries.update", "/{tenant}/{instance}/dictionaries/{dictionaryName}/{recordId}", {
  path: { dictionaryName: Codecs.Id, recordId: Codecs.Id },
  body: DictionaryRecordInput,
  success: DictionaryRecord
})

/**
 * Mark one entry as deleted. Soft delete: unlike other deletes it returns the entry, with deleted true. Documentation only, never
 * recorded: decode every field leniently.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("dictionaries.remove", "/{tenant}/{instance}/dictionaries/{dictionaryName}/{recordId}", {
  path: { dictionaryName: Codecs.Id, recordId: Codecs.Id },
  success: DictionaryRecord
})
