/**
 * The entries of dictionaries: lists of coded values that select fields draw on. `cpt` and `icd-10` are built in and can be filled,
 * `timezone` is built in and fixed, an instance adds its own. Which columns a dictionary has stands in `DictionaryFormations`.
 *
 * Nothing here was ever recorded. Of an entry only the id is counted on, everything else may be missing or null.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
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

/** A value for each column, by its name. */
const Values = Schema.Record({ key: Schema.String, value: Schema.String })

/**
 * One entry.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryRecord = Codecs.open<DictionaryRecord>()({
  id: DictionaryRecordId,
  createdAt: Codecs.optionalNull(Codecs.Instant),
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  /** How the entry is shown: its value where there is one column. */
  fullValue: Codecs.optionalNull(Schema.String),
  deleted: Codecs.optionalNull(Schema.Boolean),
  /** By name of the column, which is `value` for `cpt` and `icd-10` and `timezone` for `timezone`. */
  values: Codecs.optionalNull(Values)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryRecord extends Schema.Struct.Type<(typeof DictionaryRecord)["fields"]> {}

/**
 * Entries of one dictionary.
 *
 * @since 0.1.0
 * @category models
 */
export const Dictionary = Codecs.open<Dictionary>()({
  dictionaryName: Codecs.optionalNull(Schema.String),
  lastUpdatedAt: Codecs.optionalNull(Codecs.Instant),
  /** In no particular order. */
  records: Schema.Array(DictionaryRecord)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Dictionary extends Schema.Struct.Type<(typeof Dictionary)["fields"]> {}

/**
 * An entry to write.
 *
 * @since 0.1.0
 * @category models
 */
export const DictionaryRecordInput = Codecs.open<DictionaryRecordInput>()({
  /** By name of the column. */
  values: Values
})
/**
 * @since 0.1.0
 * @category models
 */
export interface DictionaryRecordInput extends Schema.Struct.Type<(typeof DictionaryRecordInput)["fields"]> {}

const records = Codecs.wrapped("records", Schema.Array(DictionaryRecordInput))

/**
 * All entries of a dictionary at once; code sets are large. To keep a copy fresh, ask for what changed since with `dateStart` and
 * `showDeleted`. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("dictionaries.list", "/{tenant}/{instance}/dictionaries/{dictionaryName}", {
  path: { dictionaryName: Codecs.Id },
  query: {
    /** Entries updated then or later. */
    dateStart: Schema.optional(Codecs.Instant),
    /** Entries updated earlier than that. */
    dateEnd: Schema.optional(Codecs.Instant),
    /** True adds deleted entries. */
    showDeleted: Schema.optional(Schema.Boolean)
  },
  success: Dictionary
})

/**
 * Every entry of a dictionary. They come in one answer.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = (...input: Parameters<typeof list>) =>
  Stream.unwrap(Effect.map(list(...input), (dictionary) => Stream.fromIterable(dictionary.records)))

/**
 * Reads one entry. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("dictionaries.get", "/{tenant}/{instance}/dictionaries/{dictionaryName}/{recordId}", {
  path: { dictionaryName: Codecs.Id, recordId: DictionaryRecordId },
  success: DictionaryRecord
})

/**
 * Adds entries, and answers with those alone. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("dictionaries.create", "/{tenant}/{instance}/dictionaries/{dictionaryName}", {
  path: { dictionaryName: Codecs.Id },
  body: records,
  success: Dictionary
})

/**
 * Puts these entries in the place of all others. Those are gone for good: not even kept as deleted. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const replaceAll = Endpoint.put("dictionaries.replaceAll", "/{tenant}/{instance}/dictionaries/{dictionaryName}", {
  path: { dictionaryName: Codecs.Id },
  body: records,
  success: Dictionary
})

/**
 * Replaces all values of an entry. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("dictionaries.update", "/{tenant}/{instance}/dictionaries/{dictionaryName}/{recordId}", {
  path: { dictionaryName: Codecs.Id, recordId: DictionaryRecordId },
  body: DictionaryRecordInput,
  success: DictionaryRecord
})

/**
 * Marks an entry as deleted, and answers with it: unlike other records it is kept. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("dictionaries.remove", "/{tenant}/{instance}/dictionaries/{dictionaryName}/{recordId}", {
  path: { dictionaryName: Codecs.Id, recordId: DictionaryRecordId },
  success: DictionaryRecord
})
