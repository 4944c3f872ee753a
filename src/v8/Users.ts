/**
 * Users: the staff accounts of the tenant, with their access, roles, policies and territories. They belong to the tenant, not to an
 * instance. `ApplicationAccesses`, `UserPermissions` and `UserTerritories` set what a user may do where.
 *
 * An API client needs a switch in Admin for what it may change here, such as User Provision or User Attributes: `Forbidden`
 * otherwise.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"

/**
 * The id Welkin gives a user. In the calendar a user is called a psm.
 *
 * @since 0.1.0
 * @category ids
 */
export const UserId = Codecs.id("UserId")
/**
 * @since 0.1.0
 * @category ids
 */
export type UserId = typeof UserId.Type

/**
 * A region, with those of its territories that a user works in, in one instance.
 *
 * @since 0.1.0
 * @category models
 */
export const UserTerritory = Codecs.open<UserTerritory>()({
  instanceName: Schema.String,
  /** Name of the region. */
  name: Schema.String,
  territories: Schema.Array(Schema.String),
  createdAt: Codecs.optional(Codecs.Instant),
  updatedAt: Codecs.optional(Codecs.Instant),
  createdBy: Codecs.optionalNull(Codecs.Id),
  updatedBy: Codecs.optionalNull(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserTerritory extends Schema.Struct.Type<(typeof UserTerritory)["fields"]> {}

/**
 * A role or policy that a user has in one instance.
 *
 * @since 0.1.0
 * @category models
 */
export const UserPermission = Codecs.open<UserPermission>()({
  /** Name of the role or policy in the Designer. */
  permissionName: Schema.String,
  instanceName: Schema.String,
  type: Codecs.openEnum("SECURITY_ROLE", "SECURITY_POLICY"),
  /** Roles: true for one in each instance. */
  primaryRole: Codecs.optional(Schema.Boolean),
  /** Policies: a date, as its midnight in UTC. By its name the first day, by the documentation the day the policy ends. */
  effectiveDate: Codecs.optional(Codecs.Instant),
  createdAt: Codecs.optional(Codecs.Instant),
  updatedAt: Codecs.optional(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserPermission extends Schema.Struct.Type<(typeof UserPermission)["fields"]> {}

/**
 * What a user may enter in one instance.
 *
 * @since 0.1.0
 * @category models
 */
export const InstanceAccess = Codecs.open<InstanceAccess>()({
  instanceId: Codecs.Id,
  instanceName: Schema.String,
  instanceDescription: Schema.String,
  userEmailWithInstanceDomain: Codecs.optionalNull(Schema.String),
  /** The Designer. */
  workshopAccessEnabled: Schema.Boolean,
  /** The data audit. */
  auditDataAccessEnabled: Schema.Boolean,
  /** Since 2023. */
  enabledTakenPersonally: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface InstanceAccess extends Schema.Struct.Type<(typeof InstanceAccess)["fields"]> {}

/**
 * Which portals and instances a user may enter.
 *
 * @since 0.1.0
 * @category models
 */
export const ApplicationAccess = Codecs.open<ApplicationAccess>()({
  id: Codecs.Id,
  createdAt: Codecs.optional(Codecs.Instant),
  updatedAt: Codecs.optional(Codecs.Instant),
  userId: UserId,
  adminAccessEnabled: Schema.Boolean,
  auditSecurityAccessEnabled: Schema.Boolean,
  instanceAccesses: Schema.Array(InstanceAccess)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ApplicationAccess extends Schema.Struct.Type<(typeof ApplicationAccess)["fields"]> {}

/**
 * A staff account. What was never filled in is left out, unlike with patients.
 *
 * @since 0.1.0
 * @category models
 */
export const User = Codecs.open<User>()({
  id: UserId,
  /** Login name: capitals, dots and whole email addresses occur. */
  username: Schema.String,
  email: Schema.String,
  firstName: Codecs.optional(Schema.String),
  lastName: Codecs.optional(Schema.String),
  /** E.164. */
  phone: Codecs.optional(Schema.String),
  /** IANA name, old ones such as `US/Eastern` included. */
  timezone: Codecs.optional(Schema.String),
  /** Such as `en-US`. Since 2023. */
  locale: Codecs.optional(Schema.String),
  /** Free text, such as a degree. */
  credentials: Codecs.optional(Schema.String),
  /** Whether `userState` is ACTIVE. */
  enabled: Schema.Boolean,
  /** PROVISIONED: created by the API, and not yet activated in Admin. */
  userState: Codecs.openEnum("ACTIVE", "INACTIVE", "PROVISIONED"),
  mfaEnabled: Schema.Boolean,
  ssoAccess: Schema.Boolean,
  passwordAccess: Schema.Boolean,
  statusType: Schema.NullOr(Schema.String),
  terminologyName: Codecs.openEnum("english"),
  createdAt: Codecs.Instant,
  updatedAt: Codecs.Instant,
  createdByName: Codecs.optionalNull(Schema.String),
  updatedByName: Codecs.optionalNull(Schema.String),
  /** Attributes of the tenant's own: texts and lists of texts. */
  customUserAttributes: Codecs.JsonObject,
  /** The same as `customUserAttributes`, where it is there at all. */
  userAttributes: Codecs.optional(Codecs.JsonObject),
  allowedToReceiveCalls: Schema.Boolean,
  _root_user: Schema.Boolean,
  territories: Schema.Array(UserTerritory),
  /** Names of instances of which the user sees every region. Since 2023. */
  fullTerritoriesAccessInstances: Codecs.optional(Schema.Array(Schema.String)),
  roles: Schema.Array(UserPermission),
  policies: Schema.Array(UserPermission),
  /** Licences. */
  seats: Schema.Array(Codecs.openEnum("GENERAL")),
  seatAssignAllowed: Schema.Boolean,
  /** Left out where a user stands inside an encounter, as are the contents of the lists above. */
  applicationAccess: Codecs.optional(ApplicationAccess)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface User extends Schema.Struct.Type<(typeof User)["fields"]> {}

const profile = {
  firstName: Codecs.optional(Schema.String),
  lastName: Codecs.optional(Schema.String),
  /** E.164. */
  phone: Codecs.optionalNull(Schema.String),
  /** IANA name. */
  timezone: Codecs.optionalNull(Schema.String),
  /** Free text, such as a degree. */
  credentials: Codecs.optionalNull(Schema.String)
}

const signIn = {
  mfaEnabled: Codecs.optional(Schema.Boolean),
  /** False unless it says otherwise. One of this and `passwordAccess` must be true. */
  ssoAccess: Codecs.optional(Schema.Boolean),
  /** True unless it says otherwise. */
  passwordAccess: Codecs.optional(Schema.Boolean),
  /** Attributes of the tenant's own. Under its older name, `userAttributes`, the service overlooks them. */
  customUserAttributes: Codecs.optional(Codecs.JsonObject)
}

/**
 * Portals that a new user may enter.
 *
 * @since 0.1.0
 * @category models
 */
export const UserCreateApplicationAccess = Codecs.open<UserCreateApplicationAccess>()({
  id: Codecs.optionalNull(Codecs.Id),
  adminAccessEnabled: Codecs.optional(Schema.Boolean),
  auditSecurityAccessEnabled: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserCreateApplicationAccess extends Schema.Struct.Type<(typeof UserCreateApplicationAccess)["fields"]> {}

/**
 * A user to be created.
 *
 * @since 0.1.0
 * @category models
 */
export const UserCreate = Codecs.open<UserCreate>()({
  username: Schema.String,
  email: Schema.String,
  ...profile,
  ...signIn,
  applicationAccess: Codecs.optional(UserCreateApplicationAccess)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserCreate extends Schema.Struct.Type<(typeof UserCreate)["fields"]> {}

/**
 * What is to change: a field left out keeps its value.
 *
 * @since 0.1.0
 * @category models
 */
export const UserUpdate = Codecs.open<UserUpdate>()({
  username: Codecs.optional(Schema.String),
  email: Codecs.optional(Schema.String),
  ...profile,
  ...signIn,
  /** Such as `en-US`. */
  locale: Codecs.optional(Schema.String),
  /** Licences. */
  seats: Codecs.optional(Schema.Array(Codecs.openEnum("GENERAL")))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserUpdate extends Schema.Struct.Type<(typeof UserUpdate)["fields"]> {}

/**
 * All that can be said of a user in one go.
 *
 * @since 0.1.0
 * @category models
 */
export const UserReplace = Codecs.open<UserReplace>()({
  username: Schema.String,
  email: Schema.String,
  ...profile
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserReplace extends Schema.Struct.Type<(typeof UserReplace)["fields"]> {}

/**
 * One page of the users of the tenant. Recorded with `search`, page and size, of which 1000 works; the other filters are
 * documented only.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("users.list", "/{tenant}/admin/users", {
  query: {
    ...Pagination.springQuery,
    /** Part of a name or an email address. */
    search: Schema.optional(Schema.String),
    /** Whether they have a licence. */
    seatAssigned: Schema.optional(Schema.Boolean),
    userState: Schema.optional(Schema.Literal("ACTIVE", "INACTIVE", "PROVISIONED")),
    /** The whole address. */
    email: Schema.optional(Schema.String),
    ids: Schema.optional(Codecs.commaSeparated(UserId)),
    firstName: Schema.optional(Schema.String),
    lastName: Schema.optional(Schema.String),
    roleName: Schema.optional(Schema.String),
    includeDeleted: Schema.optional(Schema.Boolean),
    /** Name of a region. */
    region: Schema.optional(Schema.String),
    /** Names of territories of that region. */
    territories: Schema.optional(Codecs.commaSeparated(Schema.String))
  },
  success: Pagination.metaInfoPage(User)
})

/**
 * Every user that {@link list} finds, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list)

/**
 * The pages of {@link list}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list)

/**
 * One page of the users of the client's instance. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listByInstance = Endpoint.get("users.listByInstance", "/{tenant}/{instance}/users", {
  query: {
    ...Pagination.springQuery,
    /** Name of a region. */
    region: Schema.optional(Schema.String),
    search: Schema.optional(Schema.String),
    /** Whether they have a licence. */
    seatAssigned: Schema.optional(Schema.Boolean),
    userState: Schema.optional(Schema.Literal("ACTIVE", "INACTIVE", "PROVISIONED")),
    email: Schema.optional(Schema.String),
    ids: Schema.optional(Codecs.commaSeparated(UserId))
  },
  success: Pagination.metaInfoPage(User)
})

/**
 * Every user that {@link listByInstance} finds, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const listByInstanceStream = Pagination.metaInfo(listByInstance)

/**
 * The pages of {@link listByInstance}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const listByInstancePages = Pagination.metaInfoPages(listByInstance)

/**
 * Creates a user, who cannot sign in yet: somebody has to activate the account and give it a licence in Admin. Needs User
 * Provision. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("users.create", "/{tenant}/admin/users", {
  body: UserCreate,
  success: User
})

/**
 * Reads one user, by username unless `type` says it is Welkin's id or an email address. Nobody by that name is `NotFound` with code
 * USER_NOT_FOUND; there is no name that means oneself. Recorded by username and id; by email documented only.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("users.get", "/{tenant}/admin/users/{userRef}", {
  path: { userRef: Codecs.Id },
  query: {
    type: Schema.optional(Schema.Literal("ID", "EMAIL"))
  },
  success: User
})

/**
 * Reads the user with this id, which is how everything else refers to users: {@link get} with type ID.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getById = (userId: UserId) => get({ userRef: userId, type: "ID" })

/**
 * Reads the user with this email address: {@link get} with type EMAIL.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const getByEmail = (email: string) => get({ userRef: email, type: "EMAIL" })

/**
 * Changes some fields of a user and answers with the whole of it. Everything may change while the user is PROVISIONED (needs User
 * Provision), then only credentials, timezone, locale and the tenant's own attributes (needs User Attributes). Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const update = Endpoint.patch("users.update", "/{tenant}/admin/users/{username}", {
  path: { username: Codecs.Id },
  body: UserUpdate,
  success: User
})

/**
 * Says all there is to say of a user; what is left out is probably lost, so rather {@link update}. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const replace = Endpoint.put("users.replace", "/{tenant}/admin/users/{username}", {
  path: { username: Codecs.Id },
  body: UserReplace,
  success: User
})

/**
 * Deletes a user. API clients may not: `Forbidden` with code ACCESS_FOR_API_CLIENT_RESTRICTED is all that was ever recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("users.remove", "/{tenant}/admin/users/{userRef}", {
  path: { userRef: Codecs.Id },
  query: {
    type: Schema.optional(Schema.Literal("ID", "EMAIL"))
  }
})
