/**
 * The regions and territories that a user works in, over all instances. A user shows the same in `territories`.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"
import { UserId, UserTerritory } from "./Users.js"

/**
 * All regions and territories of a user.
 *
 * @since 0.1.0
 * @category models
 */
export const UserTerritories = Codecs.open<UserTerritories>()({
  id: Codecs.optional(Codecs.Id),
  createdAt: Codecs.optional(Codecs.Instant),
  updatedAt: Codecs.optional(Codecs.Instant),
  createdBy: Codecs.optionalNull(Codecs.Id),
  updatedBy: Codecs.optionalNull(Codecs.Id),
  userId: Codecs.optional(UserId),
  territories: Codecs.optional(Schema.Array(UserTerritory))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserTerritories extends Schema.Struct.Type<(typeof UserTerritories)["fields"]> {}

/**
 * A region of one instance, with those of its territories that are to be given. They must exist in the Designer.
 *
 * @since 0.1.0
 * @category models
 */
export const UserTerritoryInput = Codecs.open<UserTerritoryInput>()({
  instanceName: Schema.String,
  /** Name of the region. */
  name: Schema.String,
  territories: Schema.Array(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserTerritoryInput extends Schema.Struct.Type<(typeof UserTerritoryInput)["fields"]> {}

/**
 * A user's regions and territories, as they shall be.
 *
 * @since 0.1.0
 * @category models
 */
export const UserTerritoriesUpdate = Codecs.open<UserTerritoriesUpdate>()({
  territories: Schema.Array(UserTerritoryInput),
  /** Not needed: the route names the user. */
  userId: Codecs.optional(UserId)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserTerritoriesUpdate extends Schema.Struct.Type<(typeof UserTerritoriesUpdate)["fields"]> {}

/**
 * Reads the regions and territories of a user. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("userTerritories.get", "/{tenant}/admin/user-territories/{userId}", {
  path: { userId: UserId },
  success: UserTerritories
})

/**
 * Sets the regions and territories of a user in all instances: what is not in the list is taken away. Needs User Regions.
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const replace = Endpoint.put("userTerritories.replace", "/{tenant}/admin/user-territories/{userId}", {
  path: { userId: UserId },
  body: UserTerritoriesUpdate,
  success: UserTerritories
})
