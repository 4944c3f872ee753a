/**
 * Staff accounts of a tenant with their portal access, roles, policies and territories. All but one path hang under admin and
 * carry no instance. Encounters of a user are in the encounters area.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"
import { ApplicationAccess, InstanceAccessInput, UserId } from "./Users.js"

/**
 * Body that creates or replaces the portal access of a user.
 *
 * @since 0.1.0
 * @category models
 */
export const ApplicationAccessUpdate = Codecs.open<ApplicationAccessUpdate>()({
  adminAccessEnabled: Schema.Boolean,
  auditSecurityAccessEnabled: Schema.Boolean,
  /** Instances left out lose access (inferred from PUT). */
  instanceAccesses: Schema.Array(InstanceAccessInput),
  /** Repeats the path. */
  userId: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ApplicationAccessUpdate extends Schema.Struct.Type<(typeof ApplicationAccessUpdate)["fields"]> {}

/**
 * Read which portals and instances a user may enter. Never recorded on its own; the same object is recorded inside a user, with
 * extra keys (createdAt, updatedAt, userEmailWithInstanceDomain, enabledTakenPersonally). Decode those as optional here.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("applicationAccesses.get", "/{tenant}/admin/application-accesses/{userId}", {
  path: { userId: UserId },
  success: ApplicationAccess
})

/**
 * Create or replace the portal and instance access of a user. Works as create or update; there is no POST. In the docs the reply
 * of the write has another id than the reply of the read for the same user.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const put = Endpoint.put("applicationAccesses.put", "/{tenant}/admin/application-accesses/{userId}", {
  path: { userId: UserId },
  body: ApplicationAccessUpdate,
  success: ApplicationAccess
})
