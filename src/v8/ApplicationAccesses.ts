/**
 * Which portals and instances a user may enter. The same stands in a user's `applicationAccess`.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"
import { ApplicationAccess, UserId } from "./Users.js"

/**
 * Access to one instance, as it shall be.
 *
 * @since 0.1.0
 * @category models
 */
export const InstanceAccessInput = Codecs.open<InstanceAccessInput>()({
  instanceName: Schema.String,
  /** The Designer. */
  workshopAccessEnabled: Schema.Boolean,
  /** The data audit. */
  auditDataAccessEnabled: Schema.Boolean,
  instanceId: Codecs.optional(Codecs.Id),
  instanceDescription: Codecs.optional(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface InstanceAccessInput extends Schema.Struct.Type<(typeof InstanceAccessInput)["fields"]> {}

/**
 * A user's access, as it shall be.
 *
 * @since 0.1.0
 * @category models
 */
export const ApplicationAccessUpdate = Codecs.open<ApplicationAccessUpdate>()({
  adminAccessEnabled: Schema.Boolean,
  auditSecurityAccessEnabled: Schema.Boolean,
  /** The user loses what is not named. */
  instanceAccesses: Schema.Array(InstanceAccessInput),
  /** Not needed: the route names the user. */
  userId: Codecs.optional(UserId)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ApplicationAccessUpdate extends Schema.Struct.Type<(typeof ApplicationAccessUpdate)["fields"]> {}

/**
 * Reads what a user may enter. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("applicationAccesses.get", "/{tenant}/admin/application-accesses/{userId}", {
  path: { userId: UserId },
  success: ApplicationAccess
})

/**
 * Sets what a user may enter, whether anything was set before or not. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const replace = Endpoint.put("applicationAccesses.replace", "/{tenant}/admin/application-accesses/{userId}", {
  path: { userId: UserId },
  body: ApplicationAccessUpdate,
  success: ApplicationAccess
})
