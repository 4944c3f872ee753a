/**
 * Staff accounts of a tenant with their portal access, roles, policies and territories. All but one path hang under admin and
 * carry no instance. Encounters of a user are in the encounters area.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import * as Endpoint from "./endpoint.js"

/**
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
 * A region and its territories granted to a user in one instance.
 *
 * @since 0.1.0
 * @category models
 */
export const UserTerritory = Codecs.open<UserTerritory>()({
  instanceName: Schema.String,
  /** Region name. */
  name: Schema.String,
  /** Territory names; may be empty. */
  territories: Schema.Array(Schema.String),
  /** Present inside a user; absent in the samples of the user-territories endpoint. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** As createdAt. */
  updatedAt: Codecs.optional(Codecs.Instant),
  /** As createdAt. */
  createdBy: Codecs.optionalNull(Codecs.Id),
  /** As createdAt. */
  updatedBy: Codecs.optionalNull(Codecs.Id)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserTerritory extends Schema.Struct.Type<(typeof UserTerritory)["fields"]> {}

/**
 * A role or policy granted to a user in one instance. Inside a user, roles and policies are two lists; the user-permissions
 * endpoint mixes both in one.
 *
 * @since 0.1.0
 * @category models
 */
export const UserPermission = Codecs.open<UserPermission>()({
  /** Name of the role or policy in the Designer. */
  permissionName: Schema.String,
  instanceName: Schema.String,
  type: Codecs.openEnum("SECURITY_ROLE", "SECURITY_POLICY"),
  /** Roles only, always there for them; exactly one true per instance in the recordings. */
  primaryRole: Codecs.optional(Schema.Boolean),
  /** Policies only; midnight UTC. See conflicts on its meaning. */
  effectiveDate: Codecs.optional(Codecs.Instant),
  /** Present inside a user; absent in the samples of the user-permissions endpoint. */
  createdAt: Codecs.optional(Codecs.Instant),
  /** As createdAt. */
  updatedAt: Codecs.optional(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserPermission extends Schema.Struct.Type<(typeof UserPermission)["fields"]> {}

/**
 * Access of a user to one instance.
 *
 * @since 0.1.0
 * @category models
 */
export const InstanceAccess = Codecs.open<InstanceAccess>()({
  instanceId: Codecs.Id,
  instanceName: Schema.String,
  /** May be an empty string. */
  instanceDescription: Schema.String,
  /** Absent in the docs. */
  userEmailWithInstanceDomain: Schema.NullOr(Schema.String),
  /** Designer access. */
  workshopAccessEnabled: Schema.Boolean,
  /** Data audit access. */
  auditDataAccessEnabled: Schema.Boolean,
  /** In all entries of 2026 (always true), in none of 2022. */
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
  /** Absent in the docs. */
  createdAt: Codecs.Instant,
  /** Absent in the docs. */
  updatedAt: Codecs.Instant,
  userId: Codecs.Id,
  adminAccessEnabled: Schema.Boolean,
  auditSecurityAccessEnabled: Schema.Boolean,
  /** May be empty. */
  instanceAccesses: Schema.Array(InstanceAccess)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ApplicationAccess extends Schema.Struct.Type<(typeof ApplicationAccess)["fields"]> {}

/**
 * A staff account of the tenant. Unset text fields are left out of the reply instead of being null, unlike patients.
 *
 * @since 0.1.0
 * @category models
 */
export const User = Codecs.open<User>()({
  id: UserId,
  /** Unique login name; may hold capitals, dots, underscores or an email address. */
  username: Schema.String,
  email: Schema.String,
  /** Left out rather than null when unset; may carry stray blanks. */
  firstName: Codecs.optional(Schema.String),
  /** Left out rather than null when unset. */
  lastName: Codecs.optional(Schema.String),
  /** Left out rather than null when unset; E.164. */
  phone: Codecs.optional(Schema.String),
  /** Left out rather than null when unset; old-style names such as US/Eastern. */
  timezone: Codecs.optional(Schema.String),
  /** En-US; in all replies of 2026 and inside full encounters, in none of May 2022 on the users endpoints. */
  locale: Codecs.optional(Schema.String),
  /** Left out rather than null when unset; free text such as a degree or department, may be an empty string. */
  credentials: Codecs.optional(Schema.String),
  /** Equals userState being ACTIVE in every recording. */
  enabled: Schema.Boolean,
  /** PROVISIONED right after an API create. */
  userState: Codecs.openEnum("ACTIVE", "INACTIVE", "PROVISIONED"),
  mfaEnabled: Schema.Boolean,
  ssoAccess: Schema.Boolean,
  passwordAccess: Schema.Boolean,
  /** Null in every recording; type unknown. */
  statusType: Schema.NullOr(Schema.String),
  terminologyName: Codecs.openEnum("english"),
  createdAt: Codecs.Instant,
  updatedAt: Codecs.Instant,
  /** Left out rather than null when unset; there is no createdBy id. */
  createdByName: Codecs.optionalNull(Schema.String),
  /** Left out rather than null when unset; there is no updatedBy id. */
  updatedByName: Codecs.optionalNull(Schema.String),
  /** Attributes defined by the tenant; values seen: strings and arrays of strings; often empty. */
  customUserAttributes: Codecs.JsonObject,
  /**
   * Same content as customUserAttributes; users endpoints had it in 2022 only, users inside full encounters have it in every
   * recording; ignored on input.
   */
  userAttributes: Codecs.optional(Codecs.JsonObject),
  allowedToReceiveCalls: Schema.Boolean,
  /** The leading underscore is part of the key. */
  _root_user: Schema.Boolean,
  territories: Schema.Array(UserTerritory),
  /** Instance names with access to all regions; 2026 only and then on few users; may be empty. */
  fullTerritoriesAccessInstances: Codecs.optional(Schema.Array(Schema.String)),
  roles: Schema.Array(UserPermission),
  policies: Schema.Array(UserPermission),
  /** Licence seats; empty when none. */
  seats: Schema.Array(Codecs.openEnum("GENERAL")),
  seatAssignAllowed: Schema.Boolean,
  /** Always there on the users endpoints; missing from the copies of a user embedded in encounters. */
  applicationAccess: Codecs.optional(ApplicationAccess)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface User extends Schema.Struct.Type<(typeof User)["fields"]> {}

/**
 * Portal access given while creating a user.
 *
 * @since 0.1.0
 * @category models
 */
export const UserCreateApplicationAccess = Codecs.open<UserCreateApplicationAccess>()({
  /** Null in the Postman sample. */
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
 * Body to create a user. The one recorded create sent username and email only.
 *
 * @since 0.1.0
 * @category models
 */
export const UserCreate = Codecs.open<UserCreate>()({
  username: Schema.String,
  email: Schema.String,
  firstName: Codecs.optional(Schema.String),
  lastName: Codecs.optional(Schema.String),
  /** E.164. */
  phone: Codecs.optionalNull(Schema.String),
  timezone: Codecs.optionalNull(Schema.String),
  credentials: Codecs.optionalNull(Schema.String),
  /** Postman copy. */
  mfaEnabled: Codecs.optional(Schema.Boolean),
  /** Postman copy; false when not sent. */
  ssoAccess: Codecs.optional(Schema.Boolean),
  /** Postman copy; true when not sent; release notes say at least one of ssoAccess and passwordAccess must be on. */
  passwordAccess: Codecs.optional(Schema.Boolean),
  /** Postman copy; needs the User Attributes switch of the API client. */
  customUserAttributes: Codecs.optional(Codecs.JsonObject),
  /** Postman copy. */
  applicationAccess: Codecs.optional(UserCreateApplicationAccess)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserCreate extends Schema.Struct.Type<(typeof UserCreate)["fields"]> {}

/**
 * Body of a partial user update: only what changes.
 *
 * @since 0.1.0
 * @category models
 */
export const UserUpdate = Codecs.open<UserUpdate>()({
  username: Codecs.optional(Schema.String),
  email: Codecs.optional(Schema.String),
  firstName: Codecs.optional(Schema.String),
  lastName: Codecs.optional(Schema.String),
  phone: Codecs.optionalNull(Schema.String),
  timezone: Codecs.optionalNull(Schema.String),
  credentials: Codecs.optionalNull(Schema.String),
  /** From the create body. */
  mfaEnabled: Codecs.optional(Schema.Boolean),
  /** From the create body. */
  ssoAccess: Codecs.optional(Schema.Boolean),
  /** From the create body. */
  passwordAccess: Codecs.optional(Schema.Boolean),
  /** From the create body and release notes. */
  customUserAttributes: Codecs.optional(Codecs.JsonObject),
  /** Postman copy. */
  locale: Codecs.optional(Schema.String),
  /** Postman copy, whose sample body is this key alone. */
  seats: Codecs.optional(Schema.Array(Codecs.openEnum("GENERAL")))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserUpdate extends Schema.Struct.Type<(typeof UserUpdate)["fields"]> {}

/**
 * Body of a full user update (PUT): the whole set of editable fields.
 *
 * @since 0.1.0
 * @category models
 */
export const UserReplace = Codecs.open<UserReplace>()({
  username: Schema.String,
  email: Schema.String,
  phone: Codecs.optionalNull(Schema.String),
  timezone: Codecs.optionalNull(Schema.String),
  firstName: Codecs.optional(Schema.String),
  lastName: Codecs.optional(Schema.String),
  credentials: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface UserReplace extends Schema.Struct.Type<(typeof UserReplace)["fields"]> {}

/**
 * Wanted access to one instance.
 *
 * @since 0.1.0
 * @category models
 */
export const InstanceAccessInput = Codecs.open<InstanceAccessInput>()({
  instanceName: Schema.String,
  workshopAccessEnabled: Schema.Boolean,
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
 * List or search the users of the tenant. Size 1000 was accepted and echoed (52 users in one page); the maximum is unknown. The
 * Python client sends booleans as True and False; send lower case. Unset filters must be left out.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const list = Endpoint.get("users.list", "/{tenant}/admin/users", {
  query: {
    ...Pagination.springQuery,
    /** Free search; recorded in an earlier commit of the Python client, where a company name matched the email domain. */
    search: Schema.optional(Schema.String),
    /** Users with or without a licence seat. */
    seatAssigned: Schema.optional(Schema.Boolean),
    userState: Schema.optional(Schema.Literal("ACTIVE", "INACTIVE", "PROVISIONED")),
    /** Exact address (Postman copy, third-party C# client). */
    email: Schema.optional(Schema.String),
    /** Comma-separated user ids (Postman copy, third-party C# client). */
    ids: Schema.optional(Codecs.commaSeparated(Codecs.Id)),
    /** Postman copy. */
    firstName: Schema.optional(Schema.String),
    /** Postman copy. */
    lastName: Schema.optional(Schema.String),
    /** Postman copy. */
    roleName: Schema.optional(Schema.String),
    /** Postman copy. */
    includeDeleted: Schema.optional(Schema.Boolean),
    /** Region name. The Postman copy has it here, the Python client only on the instance path. */
    region: Schema.optional(Schema.String),
    /** Comma-separated territory names; only together with region (Postman copy). */
    territories: Schema.optional(Codecs.commaSeparated(Schema.String))
  },
  success: Pagination.metaInfoPage(User)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link list}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listStream = Pagination.metaInfo(list)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listPages = Pagination.metaInfoPages(list)

/**
 * List the users of one instance, optionally of one region. The item shape is assumed to be User; parts such as applicationAccess
 * may be missing.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const listByInstance = Endpoint.get("users.listByInstance", "/{tenant}/{instance}/users", {
  query: {
    ...Pagination.springQuery,
    /** Region name. */
    region: Schema.optional(Schema.String),
    search: Schema.optional(Schema.String),
    seatAssigned: Schema.optional(Schema.Boolean),
    userState: Schema.optional(Schema.Literal("ACTIVE", "INACTIVE", "PROVISIONED")),
    /** Third-party C# client. */
    email: Schema.optional(Schema.String),
    /** Third-party C# client. */
    ids: Schema.optional(Codecs.commaSeparated(Codecs.Id))
  },
  success: Pagination.metaInfoPage(User)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link listByInstance}.
 *
 * @since 0.1.0
 * @category streams
 */
export const listByInstanceStream = Pagination.metaInfo(listByInstance)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const listByInstancePages = Pagination.metaInfoPages(listByInstance)

/**
 * Create a user. The new user is PROVISIONED, enabled false, without roles, territories or seats. Release notes: activation and
 * licence must be given by hand in Admin. Needs the User Provision switch on the API client (403 otherwise). UserAttributes in the
 * body is ignored without an error since about 2023; use customUserAttributes.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const create = Endpoint.post("users.create", "/{tenant}/admin/users", {
  body: UserCreate,
  success: User
})

/**
 * Read one user by username, id or email. There is no me alias: reading the name me gave 404 USER_NOT_FOUND (test_exception).
 *
 * @since 0.1.0
 * @category endpoints
 */
export const get = Endpoint.get("users.get", "/{tenant}/admin/users/{userRef}", {
  path: { userRef: Codecs.Id },
  query: {
    /** What userRef holds; leave out for a username. ID is recorded, EMAIL only in the Postman copy; the explicit value for a username is not known. */
    type: Schema.optional(Schema.Literal("ID", "EMAIL"))
  },
  success: User
})

/**
 * Change some fields of a user. The reply is the whole user after the change. Release notes mention trouble with usernames that
 * contain capitals (fixed 2024). While a user is PROVISIONED every field may change (needs User Provision); afterwards only
 * credentials, timezone, locale and custom attributes (needs User Attributes) (Postman copy).
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
 * Replace the editable fields of a user. Never recorded. Fields left out are presumably cleared: prefer users.update.
 *
 * Documented, never recorded.
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
 * Delete a user. The only recorded call answered 403 ACCESS_FOR_API_CLIENT_RESTRICTED, so the success status and body are unknown:
 * accept any 2xx, body or not.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const remove = Endpoint.del("users.remove", "/{tenant}/admin/users/{userRef}", {
  path: { userRef: Codecs.Id },
  query: {
    /** ID recorded (on a refused call); EMAIL by analogy with the read. */
    type: Schema.optional(Schema.Literal("ID", "EMAIL"))
  }
})
