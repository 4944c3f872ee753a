/**
 * Staff with access to the coach portal.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import { Flag } from "./codecs.js"
import { ExternalIdInput } from "./ExternalIds.js"
import * as Endpoint from "./endpoint.js"
import * as Timestamp from "./Timestamp.js"
import * as TimeWindow from "./TimeWindow.js"

/**
 * @since 0.1.0
 * @category ids
 */
export const WorkerId = Codecs.id("LegacyWorkerId")
/**
 * @since 0.1.0
 * @category ids
 */
export type WorkerId = typeof WorkerId.Type

const Gender = Codecs.openEnum("Male", "Female", "Unknown", "Other", "Transgender", "Decline")

/**
 * One staff member.
 *
 * @since 0.1.0
 * @category models
 */
export const Worker = Codecs.open<Worker>()({
  id: WorkerId,
  /** The login name as well. */
  email: Codecs.optionalNull(Schema.String),
  first_name: Codecs.optionalNull(Schema.String),
  last_name: Codecs.optionalNull(Schema.String),
  /** Direct line. */
  phone_number: Codecs.optionalNull(Schema.String),
  /** IANA name, often an alias such as `US/Eastern`. */
  timezone: Codecs.optionalNull(Schema.String),
  gender: Codecs.optionalNull(Gender),
  role_ids: Codecs.optionalNull(Schema.Array(Schema.String)),
  /** Given up for `role_ids`. */
  roles: Codecs.optionalNull(Schema.Array(Schema.String)),
  active: Codecs.optionalNull(Flag),
  /** When it was last changed. On a fresh record it can lie some microseconds before `created_at`. */
  updated_at: Codecs.optionalNull(Timestamp.Timestamp),
  created_at: Codecs.optionalNull(Timestamp.Timestamp)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface Worker extends Schema.Struct.Type<(typeof Worker)["fields"]> {}

/**
 * Body of {@link create}.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkerCreate = Codecs.closed<WorkerCreate>()({
  email: Schema.String,
  first_name: Schema.String,
  last_name: Schema.String,
  phone_number: Codecs.optional(Schema.String),
  /** IANA name. */
  timezone: Schema.String,
  gender: Codecs.optional(Gender),
  role_ids: Schema.Array(Schema.String),
  active: Codecs.optional(Schema.Boolean),
  external_ids: Codecs.optional(Schema.Array(ExternalIdInput))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkerCreate extends Schema.Struct.Type<(typeof WorkerCreate)["fields"]> {}

/**
 * Body of {@link update}: what is left out stays.
 *
 * @since 0.1.0
 * @category models
 */
export const WorkerUpdate = Codecs.closed<WorkerUpdate>()({
  email: Codecs.optional(Schema.String),
  first_name: Codecs.optional(Schema.String),
  last_name: Codecs.optional(Schema.String),
  phone_number: Codecs.optionalNull(Schema.String),
  timezone: Codecs.optional(Schema.String),
  gender: Codecs.optionalNull(Gender),
  role_ids: Codecs.optional(Schema.Array(Schema.String)),
  active: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface WorkerUpdate extends Schema.Struct.Type<(typeof WorkerUpdate)["fields"]> {}

/**
 * Reads one worker. Needs the scope `workers.read` or `all`.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("workers.get", "/v1/workers/{id}", { path: { id: WorkerId }, success: Worker })

/**
 * One page of the workers changed within a window of time. Given both filters, it answers who fits either. Needs the scope
 * `workers.read` or `all`.
 *
 * Documented since 2018, the filters later.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const find = Endpoint.find("workers.find", "/v1/workers", {
  query: {
    email: Schema.optional(Schema.String),
    phone: Schema.optional(Schema.String)
  },
  item: Worker
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
 * Creates a worker, who has no password until they reset it. `Forbidden` unless Welkin has switched this on. Not idempotent. Needs the
 * scope `workers.write` or `all`; with `write` alone nothing but the id comes back.
 *
 * Documented since 2019-06.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("workers.create", "/v1/workers", { body: WorkerCreate, success: Worker })

/**
 * Changes some fields of a worker. `Forbidden` unless Welkin has switched this on. Needs the scope `workers.write` or `all`.
 *
 * Documented since 2019-06.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.put("workers.update", "/v1/workers/{id}", {
  path: { id: WorkerId },
  body: WorkerUpdate,
  success: Worker
})
