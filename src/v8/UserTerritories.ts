/**
 * Staff accounts of a tenant with their portal access, roles, policies and territories. All but one path hang under admin and
 * carry no instance. Encounters of a user are in the encounters area.
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
  /** Documented, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /** Documented, never recorded. */
  createdBy: Codecs.optionalNull(Codecs.Id),
  /** Documented, never recorded. */
  updatedBy: Codecs.optionalNull(Codecs.Id),
  /** Documented, never recorded. */
  userId: Codecs.optional(Codecs.Id),
  /** Documented, never recorded. */
  territories: Codecs.optional(Schema.Array(UserTerritory))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserTerritories extends Schema.Struct.Type<(typeof UserTerritories)["fields"]> {}

/**
 * A region with territories to grant in one instance.
 *
 * @since 0.1.0
 * @category models
 */
export const UserTerritoryInput = Codecs.open<UserTerritoryInput>()({
  instanceName: Schema.String,
  /** Region. */
  name: Schema.String,
  territories: Schema.Array(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserTerritoryInput extends Schema.Struct.Type<(typeof UserTerritoryInput)["fields"]> {}

/**
 * Body that creates or replaces the territories of a user.
 *
 * @since 0.1.0
 * @category models
 */
export const UserTerritoriesUpdate = Codecs.open<UserTerritoriesUpdate>()({
  territories: Schema.Array(UserTerritoryInput),
  /** Postman copy only. */
  userId: Codecs.optional(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserTerritoriesUpdate extends Schema.Struct.Type<(typeof UserTerritoriesUpdate)["fields"]> {}

/**
 * Read the regions and territories of a user. Never recorded on its own.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("userTerritories.get", "/{tenant}/admin/user-territories/{userId}", {
  path: { userId: UserId },
  success: UserTerritories
})

/**
 * Create or replace the regions and territories of a user. Replaces the whole list over all instances. Regions and territories
 * must exist in the Designer. Needs the User Regions switch on the API client. Works as create or update; there is no POST.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const put = Endpoint.put("userTerritories.put", "/{tenant}/admin/user-territories/{userId}", {
  path: { userId: UserId },
  body: UserTerritoriesUpdate,
  success: UserTerritories
})
