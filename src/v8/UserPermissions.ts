/**
 * The roles and policies of a user, over all instances. A user shows the same in two lists, `roles` and `policies`.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"
import { UserId, UserPermission } from "./Users.js"

/**
 * All roles and policies of a user, told apart by `type`.
 *
 * @since 0.1.0
 * @category models
 */
export const UserPermissions = Codecs.open<UserPermissions>()({
  id: Codecs.optional(Codecs.Id),
  createdAt: Codecs.optional(Codecs.Instant),
  updatedAt: Codecs.optional(Codecs.Instant),
  userId: Codecs.optional(UserId),
  permissions: Codecs.optional(Schema.Array(UserPermission))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserPermissions extends Schema.Struct.Type<(typeof UserPermissions)["fields"]> {}

/**
 * A role or policy to be given. It must exist in the Designer of the instance.
 *
 * @since 0.1.0
 * @category models
 */
export const UserPermissionInput = Codecs.open<UserPermissionInput>()({
  permissionName: Schema.String,
  instanceName: Schema.String,
  type: Schema.Literal("SECURITY_ROLE", "SECURITY_POLICY"),
  /** Roles: the only one of an instance becomes primary by itself. */
  primaryRole: Codecs.optional(Schema.Boolean),
  /** Policies: a date, as its midnight in UTC. By its name the first day, by the documentation the day the policy ends. */
  effectiveDate: Codecs.optional(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserPermissionInput extends Schema.Struct.Type<(typeof UserPermissionInput)["fields"]> {}

/**
 * A user's roles and policies, as they shall be. What else {@link get} shows may stand in it.
 *
 * @since 0.1.0
 * @category models
 */
export const UserPermissionsUpdate = Codecs.open<UserPermissionsUpdate>()({
  permissions: Schema.Array(UserPermissionInput),
  id: Codecs.optional(Codecs.Id),
  createdAt: Codecs.optional(Codecs.Instant),
  updatedAt: Codecs.optional(Codecs.Instant),
  userId: Codecs.optional(UserId)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserPermissionsUpdate extends Schema.Struct.Type<(typeof UserPermissionsUpdate)["fields"]> {}

/**
 * Reads the roles and policies of a user. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("userPermissions.get", "/{tenant}/admin/user-permissions/{userId}", {
  path: { userId: UserId },
  success: UserPermissions
})

/**
 * Sets the roles and policies of a user in all instances: what is not in the list is taken away. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const replace = Endpoint.put("userPermissions.replace", "/{tenant}/admin/user-permissions/{userId}", {
  path: { userId: UserId },
  body: UserPermissionsUpdate,
  success: UserPermissions
})
