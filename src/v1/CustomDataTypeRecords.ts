/**
 * Structured data of the customer's own design about a patient. Its types are defined in Workshop.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { exactlyOne, renamed } from "./codecs.js"
import * as Endpoint from "./endpoint.js"
import { PatientId } from "./Patients.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const CustomDataTypeRecordId = Codecs.id("LegacyCustomDataTypeRecordId")
/**
 * @since 0.1.0
 * @category ids
 */
export type CustomDataTypeRecordId = typeof CustomDataTypeRecordId.Type

/**
 * One record.
 *
 * @since 0.1.0
 * @category models
 */
export const CustomDataTypeRecord = renamed(
  Codecs.open<CustomDataTypeRecord>()({
    id: CustomDataTypeRecordId,
    patient_id: Codecs.optionalNull(PatientId),
    /** Name of the type, from Workshop. */
    type_name: Codecs.optionalNull(Schema.String),
    /** The content, an object by field name. */
    body: Codecs.optional(Codecs.Json),
    updated_by: Codecs.optional(Codecs.Json),
    /** When it was last changed. On a fresh record it can lie some microseconds before `created_at`. */
    updated_at: Codecs.optionalNull(Timestamp.Timestamp),
    created_at: Codecs.optionalNull(Timestamp.Timestamp)
  }),
  { user_id: "patient_id" }
)
/**
 * @since 0.1.0
 * @category models
 */
export interface CustomDataTypeRecord extends Schema.Struct.Type<(typeof CustomDataTypeRecord)["fields"]> {}

/**
 * Body of {@link create}. The patient is named by `patient_id`, or `user_id` for the services of 2018.
 *
 * @since 0.1.0
 * @category models
 */
export const CustomDataTypeRecordCreate = Schema.Struct({
  patient_id: Codecs.optional(PatientId),
  user_id: Codecs.optional(PatientId),
  /** Name of the type, from Workshop. */
  type_name: Schema.String,
  body: Codecs.JsonObject
}).pipe(exactlyOne("patient_id", "user_id"))
/**
 * @since 0.1.0
 * @category models
 */
export type CustomDataTypeRecordCreate = typeof CustomDataTypeRecordCreate.Type

/**
 * Body of {@link update}. Patient and type cannot be changed.
 *
 * @since 0.1.0
 * @category models
 */
export const CustomDataTypeRecordUpdate = Codecs.closed<CustomDataTypeRecordUpdate>()({
  /** The whole content: whether the service would merge a part is not known. */
  body: Codecs.JsonObject
})
/**
 * @since 0.1.0
 * @category models
 */
export interface CustomDataTypeRecordUpdate extends Schema.Struct.Type<(typeof CustomDataTypeRecordUpdate)["fields"]> {}

/**
 * Reads one record. Needs the scope `custom_data_type_records.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("customDataTypeRecords.get", "/v1/custom_data_type_records/{id}", {
  path: { id: CustomDataTypeRecordId },
  success: CustomDataTypeRecord
})

/**
 * Creates a record: always a new one, even of a type that is shown as a single value, of which the newest is displayed. Not
 * idempotent. Needs the scope `custom_data_type_records.write` or `all`; with `write` alone nothing but the id comes back.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("customDataTypeRecords.create", "/v1/custom_data_type_records", {
  body: CustomDataTypeRecordCreate,
  success: CustomDataTypeRecord
})

/**
 * Changes the content of a record. Needs the scope `custom_data_type_records.write` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("customDataTypeRecords.update", "/v1/custom_data_type_records/{id}", {
  path: { id: CustomDataTypeRecordId },
  body: CustomDataTypeRecordUpdate,
  success: CustomDataTypeRecord
})

/**
 * One page of the records changed within a window of time. Needs the scope `custom_data_type_records.read` or `all`.
 *
 * Documented since 2018, `patient_id` since 2019-10.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("customDataTypeRecords.find", "/v1/custom_data_type_records", {
  query: {
    /** Services before 2019-10 ignore it: look at the type of what comes. */
    type_name: Schema.optional(Schema.String),
    patient_id: Schema.optional(PatientId)
  },
  item: CustomDataTypeRecord
})

/**
 * Every one of them, window by window as the consumer pulls: see {@link find} and `TimeWindow`.
 *
 * @since 0.1.0
 * @category streams
 */
export const findStream = TimeWindow.items(find)

/**
 * The same, a page at a time, each with the mark to begin again from.
 *
 * @since 0.1.0
 * @category streams
 */
export const findPages = TimeWindow.pages(find)

/**
 * Deletes a record. Needs the scope `custom_data_type_records.write` or `all`.
 *
 * Documented by 2020; older services answer `NotFound`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("customDataTypeRecords.remove", "/v1/custom_data_type_records/{id}", {
  path: { id: CustomDataTypeRecordId }
})
