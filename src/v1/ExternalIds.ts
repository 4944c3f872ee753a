/**
 * The ids that Welkin's records have in other systems. Within a namespace neither a record nor an external id may appear twice.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"
import * as TimeWindow from "./TimeWindow.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const ExternalIdId = Codecs.id("LegacyExternalIdId")
/**
 * @since 0.1.0
 * @category ids
 */
export type ExternalIdId = typeof ExternalIdId.Type

/**
 * One mapping. It carries no times, although windows of time apply to it.
 *
 * @since 0.1.0
 * @category models
 */
export const ExternalId = Codecs.open<ExternalId>()({
  id: ExternalIdId,
  /** The record's collection, such as `workers`. */
  resource: Codecs.optionalNull(Schema.String),
  /** Keeps the mappings to several systems apart. */
  namespace: Codecs.optionalNull(Schema.String),
  external_id: Codecs.optionalNull(Schema.String),
  welkin_id: Codecs.optionalNull(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExternalId extends Schema.Struct.Type<(typeof ExternalId)["fields"]> {}

/**
 * An external id that is made along with its record.
 *
 * @since 0.1.0
 * @category models
 */
export const ExternalIdInput = Codecs.closed<ExternalIdInput>()({
  external_id: Schema.String,
  namespace: Schema.String
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExternalIdInput extends Schema.Struct.Type<(typeof ExternalIdInput)["fields"]> {}

/**
 * Body of {@link create}.
 *
 * @since 0.1.0
 * @category models
 */
export const ExternalIdCreate = Codecs.closed<ExternalIdCreate>()({
  /** The record's collection, such as `workers`. */
  resource: Schema.String,
  /** Snake case is advised. */
  namespace: Schema.String,
  external_id: Schema.String,
  /** A record that exists. */
  welkin_id: Codecs.Id
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExternalIdCreate extends Schema.Struct.Type<(typeof ExternalIdCreate)["fields"]> {}

/**
 * Body of {@link update}: what is left out stays.
 *
 * @since 0.1.0
 * @category models
 */
export const ExternalIdUpdate = Codecs.closed<ExternalIdUpdate>()({
  resource: Codecs.optional(Schema.String),
  namespace: Codecs.optional(Schema.String),
  external_id: Codecs.optional(Schema.String),
  welkin_id: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExternalIdUpdate extends Schema.Struct.Type<(typeof ExternalIdUpdate)["fields"]> {}

/**
 * Creates a mapping. A second one in the same namespace, for the same record or the same external id, is a `BadRequest` with the code
 * `uniqueness_exception`. Needs the scope `external_ids.write` or `all`; with `write` alone nothing but the id comes back.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("externalIds.create", "/v1/external_ids", { body: ExternalIdCreate, success: ExternalId })

/**
 * Changes a mapping. Needs the scope `external_ids.write` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("externalIds.update", "/v1/external_ids/{id}", {
  path: { id: ExternalIdId },
  body: ExternalIdUpdate,
  success: ExternalId
})

/**
 * One page of the mappings within a window of time. To look one up, prefer {@link findStream}: what a find without a window covers is
 * not known. Needs the scope `external_ids.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("externalIds.find", "/v1/external_ids", {
  query: {
    resource: Schema.optional(Schema.String),
    namespace: Schema.optional(Schema.String),
    external_id: Schema.optional(Schema.String),
    welkin_id: Schema.optional(Codecs.Id)
  },
  item: ExternalId
})

/**
 * Every one of them, window by window as the consumer pulls: see {@link find} and `TimeWindow`.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { ExternalIds, Patients } from "effect-welkin/v1"
 *
 * const patientOf = (mrn: string) =>
 *   ExternalIds.findStream({ resource: "patients", namespace: "hospital", external_id: mrn }).pipe(
 *     Stream.runHead,
 *     Effect.flatten,
 *     Effect.flatMap(({ welkin_id }) => Patients.get({ id: Patients.PatientId.make(welkin_id ?? "") }))
 *   )
 * ```
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
 * Reads one mapping. Needs the scope `external_ids.read` or `all`.
 *
 * Documented since 2019-12; older services answer `NotFound`.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("externalIds.get", "/v1/external_ids/{id}", { path: { id: ExternalIdId }, success: ExternalId })

/**
 * Deletes a mapping.
 *
 * Never documented: known from a public client.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("externalIds.remove", "/v1/external_ids/{id}", { path: { id: ExternalIdId } })
