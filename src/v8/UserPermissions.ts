/**
 * Staff accounts of a tenant with their portal access, roles, policies and territories. All but one path hang under admin and
 * carry no instance. Encounters of a user are in the encounters area.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"
import { UserId, UserPermission } from "./Users.js"

/**
 * All roles and policies of a user.
 *
 * @since 0.1.0
 * @category models
 */
export const UserPermissions = Codecs.open<UserPermissions>()({
  /** Documented, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  userId: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  permissions: Codecs.optional(Schema.Array(UserPermission))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserPermissions extends Schema.Struct.Type<(typeof UserPermissions)["fields"]> {}

/**
 * A role or policy to grant.
 *
 * @since 0.1.0
 * @category models
 */
export const UserPermissionInput = Codecs.open<UserPermissionInput>()({
  permissionName: Schema.String,
  instanceName: Schema.String,
  type: Schema.Literal("SECURITY_ROLE", "SECURITY_POLICY"),
  /** Roles; the only role of an instance becomes primary by itself. */
  primaryRole: Codecs.optional(Schema.Boolean),
  /** Policies. */
  effectiveDate: Codecs.optional(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserPermissionInput extends Schema.Struct.Type<(typeof UserPermissionInput)["fields"]> {}

/**
 * Body that creates or replaces the roles and policies of a user.
 *
 * @since 0.1.0
 * @category models
 */
export const UserPermissionsUpdate = Codecs.open<UserPermissionsUpdate>()({
  permissions: Schema.Array(UserPermissionInput),
  /** Docs echo the read form. */
  id: Codecs.optional(Codecs.Id),
  /** As id. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** As id. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /** As id. */
  userId: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserPermissionsUpdate extends Schema.Struct.Type<(typeof UserPermissionsUpdate)["fields"]> {}

/**
 * Read the roles and policies of a user. Roles and policies come in one list, told apart by type.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("userPermissions.get", "/{tenant}/admin/user-permissions/{userId}", {
  path: { userId: UserId },
  success: UserPermissions
})

/**
 * Create or replace the roles and policies of a user. Replaces the whole list over all instances. Roles and policies must exist in
 * the Designer of the instance. Works as create or update; there is no POST.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const put = Endpoint.put("userPermissions.put", "/{tenant}/admin/user-permissions/{userId}", {
  path: { userId: UserId },
  body: UserPermissionsUpdate,
  success: UserPermissions
})
