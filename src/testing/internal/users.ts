import * as Either from "effect/Either"
import { caller } from "./authorship.js"
import { bad, type Call, type Handler, notSimulated, objectBody, reads, word } from "./call.js"
import { instant, type JsonObject } from "./json.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Staff from "./staff.js"
import * as World from "./world.js"

/** A user in the service's words: grants name their instance. */
export const view = ({ instance }: World.Setting, user: Staff.User): Staff.User => {
  const named = (grants: ReadonlyArray<Staff.Grant>) => grants.map((grant) => ({ ...grant, instanceName: grant.instanceName ?? instance }))
  return {
    ...user,
    territories: named(user.territories),
    roles: named(user.roles),
    policies: named(user.policies),
    applicationAccess: { ...user.applicationAccess, instanceAccesses: named(user.applicationAccess.instanceAccesses) }
  }
}

const missing = (call: Call): Reply.Or<never> =>
  Reply.refuse(
    Reply.problem(call.now, { status: 404, errorCode: "USER_NOT_FOUND", componentType: "USER", message: "There is no such user." })
  )

const by = (call: Call, world: World.World, fits: (user: Staff.User) => boolean): Reply.Or<Staff.Found> => {
  const found = Staff.all(world).find(({ user }) => fits(user))
  return found === undefined ? missing(call) : Either.right(found)
}

/** The user in the path: a username unless the query says otherwise. */
const existing = (call: Call, world: World.World): Reply.Or<Staff.Found> =>
  Either.flatMap(word(call, "type", ["ID", "EMAIL"]), (type) => {
    const field = type === undefined ? "username" : type === "ID" ? "id" : "email"
    return by(call, world, (user) => user[field] === call.path.userRef)
  })

const byUsername = (call: Call, world: World.World) => by(call, world, (user) => user.username === call.path.username)

/** The user whose id is in the path. */
export const byId = (call: Call, world: World.World) => by(call, world, (user) => user.id === call.path.userId)

type Filter = (user: Staff.User) => boolean

const filters = (call: Call): Reply.Or<ReadonlyArray<Filter>> =>
  Either.gen(function* () {
    const { query } = call
    const found: Array<Filter> = []
    if ((yield* word(call, "includeDeleted", ["true", "false"])) === "true") {
      return yield* notSimulated(call, "What the list says of deleted users is not known.")
    }
    const search = query.get("search")?.toLowerCase()
    if (search !== undefined) {
      found.push((user) => [user.username, user.email, Staff.nameOf(user)].some((text) => text.toLowerCase().includes(search)))
    }
    const seat = yield* word(call, "seatAssigned", ["true", "false"])
    if (seat !== undefined) found.push((user) => user.seats.length > 0 === (seat === "true"))
    const state = yield* word(call, "userState", ["ACTIVE", "INACTIVE", "PROVISIONED"])
    if (state !== undefined) found.push((user) => user.userState === state)
    for (const field of ["email", "firstName", "lastName"] as const) {
      const value = query.get(field)?.toLowerCase()
      if (value !== undefined) found.push((user) => String(user[field] ?? "").toLowerCase() === value)
    }
    const ids = Records.listed(call, "ids")
    if (ids !== undefined) found.push((user) => ids.includes(user.id))
    const role = query.get("roleName")
    if (role !== null) found.push((user) => user.roles.some(({ permissionName }) => permissionName === role))
    const region = query.get("region")
    const territories = Records.listed(call, "territories")
    if (territories !== undefined && region === null) {
      return yield* bad(call, "Territories are looked for in a region.", { parameter: "territories" })
    }
    if (region !== null) {
      found.push((user) =>
        user.territories.some(
          (grant) =>
            grant.name === region &&
            (territories === undefined || territories.some((one) => (grant.territories as ReadonlyArray<string>).includes(one)))
        )
      )
    }
    return found
  })

const listOf = (isListed: (user: Staff.User, instance: string) => boolean) =>
  reads((call, world) =>
    Either.gen(function* () {
      const filter = yield* filters(call)
      const users = Staff.all(world)
        .map(({ user }) => view(world.setting, user))
        .filter((user) => isListed(user, world.setting.instance) && filter.every((one) => one(user)))
      return Records.metaInfo(yield* Records.page(call, users, (user) => user), (user) => user)
    })
  )

const list = listOf(() => true)

const listByInstance = listOf((user, instance) =>
  user.applicationAccess.instanceAccesses.some(({ instanceName }) => instanceName === instance)
)

const get = reads((call, world) => Either.map(existing(call, world), ({ user }) => Reply.json(200, view(world.setting, user))))

const fields = {
  username: Records.isText,
  email: Records.isText,
  firstName: Records.isText,
  lastName: Records.isText,
  phone: Records.orNull(Records.isText),
  timezone: Records.orNull(Records.isText),
  credentials: Records.orNull(Records.isText),
  locale: Records.isText,
  mfaEnabled: Records.isFlag,
  ssoAccess: Records.isFlag,
  passwordAccess: Records.isFlag,
  customUserAttributes: (value: unknown) => typeof value === "object" && value !== null,
  seats: Records.isWords
}

/** Those that a whole replacement clears where it leaves them out. */
const clearable = ["firstName", "lastName", "phone", "timezone", "credentials"]

const unset = (user: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(user).filter(([field, value]) => !(clearable.includes(field) && value === null)))

/** What a body asks for. Nobody else may have the username already. */
const asked = (call: Call, world: World.World, required: ReadonlyArray<string>, own?: string): Reply.Or<JsonObject> =>
  Either.gen(function* () {
    const taken = yield* Records.taken(call, yield* objectBody(call), fields, required)
    const isTaken = Staff.all(world).some(({ user }) => user.id !== own && user.username === taken.username)
    return isTaken ? yield* bad(call, "Another user has that username.", { field: "username" }) : taken
  })

const create: Handler = (call, world) =>
  Either.gen(function* () {
    const given = yield* asked(call, world, ["username", "email"])
    const { applicationAccess = {} } = yield* objectBody(call)
    const access = yield* Records.taken(call, applicationAccess as JsonObject, {
      adminAccessEnabled: Records.isFlag,
      auditSecurityAccessEnabled: Records.isFlag
    })
    const { name } = caller(world.setting)
    const [user, next] = World.create(
      world,
      call.now,
      Staff.kind,
      (id, at) =>
        ({
          ...Staff.newcomer(id, at),
          id,
          createdByName: name,
          updatedByName: name,
          createdAt: instant(at),
          updatedAt: instant(at),
          ...unset(given),
          applicationAccess: { ...Staff.newcomer(id, at).applicationAccess, ...access }
        }) as unknown as Staff.User
    )
    return [Reply.json(201, view(world.setting, user)), next] as const
  })

const changed = (call: Call, world: World.World, { index }: Staff.Found, change: (at: number) => JsonObject) => {
  const [user, next] = World.replace(
    world,
    call.now,
    Staff.kind,
    index,
    (at) => ({ ...change(at), updatedByName: caller(world.setting).name, updatedAt: instant(at) }) as unknown as Staff.User
  )
  return [user, next] as const
}

const update: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* byUsername(call, world)
    const given = yield* asked(call, world, [], found.user.id)
    const [user, next] = changed(call, world, found, () => unset({ ...found.user, ...given }))
    return [Reply.json(200, view(world.setting, user)), next] as const
  })

const replace: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* byUsername(call, world)
    const given = yield* asked(call, world, ["username", "email"], found.user.id)
    const cleared = Object.fromEntries(clearable.map((field) => [field, null]))
    const [user, next] = changed(call, world, found, () => unset({ ...found.user, ...cleared, ...given }))
    return [Reply.json(200, view(world.setting, user)), next] as const
  })

const remove: Handler = (call, world) =>
  Either.map(existing(call, world), ({ index }) => [Reply.empty(200), World.remove(world, Staff.kind, index)])

const getAccess = reads((call, world) =>
  Either.map(byId(call, world), ({ user }) => Reply.json(200, view(world.setting, user).applicationAccess))
)

/** Instances that are left out lose their access. */
const putAccess: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* byId(call, world)
    const { instanceAccesses, ...given } = yield* Records.taken(
      call,
      yield* objectBody(call),
      { adminAccessEnabled: Records.isFlag, auditSecurityAccessEnabled: Records.isFlag, instanceAccesses: Records.isList },
      ["adminAccessEnabled", "auditSecurityAccessEnabled", "instanceAccesses"]
    )
    const accesses: Array<Staff.Grant> = []
    for (const access of instanceAccesses as ReadonlyArray<JsonObject>) {
      const one = yield* Records.taken(
        call,
        access,
        { instanceName: Records.isText, workshopAccessEnabled: Records.isFlag, auditDataAccessEnabled: Records.isFlag },
        ["instanceName", "workshopAccessEnabled", "auditDataAccessEnabled"]
      )
      if (one.instanceName !== world.setting.instance) return yield* bad(call, "There is no such instance.", { field: "instanceName" })
      accesses.push({
        instanceId: Staff.partId("", "instance"),
        instanceDescription: "",
        userEmailWithInstanceDomain: null,
        enabledTakenPersonally: true,
        ...one,
        instanceName: null
      })
    }
    const [user, next] = changed(call, world, found, (at) => ({
      ...found.user,
      applicationAccess: { ...found.user.applicationAccess, ...given, updatedAt: instant(at), instanceAccesses: accesses }
    }))
    return [Reply.json(200, view(world.setting, user).applicationAccess), next] as const
  })

/** Grants of a kind have a document of their own, as old as the user and as new as the newest of them. */
const document = ({ createdAt, id }: Staff.User, part: string, grants: ReadonlyArray<Staff.Grant>) => ({
  id: Staff.partId(id, part),
  createdAt,
  updatedAt: [createdAt, ...grants.map((grant) => String(grant.updatedAt))].sort().at(-1),
  userId: id
})

const permissions = (setting: World.Setting, user: Staff.User) => {
  const { policies, roles } = view(setting, user)
  const grants = [...roles, ...policies]
  return {
    ...document(user, "permissions", grants),
    permissions: grants.map(({ createdAt: _, updatedAt: __, ...grant }) => grant)
  }
}

const getPermissions = reads((call, world) =>
  Either.map(byId(call, world), ({ user }) => Reply.json(200, permissions(world.setting, user)))
)

/** Replaces them all. The only role becomes the primary one by itself. */
const putPermissions: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* byId(call, world)
    const body = yield* Records.taken(call, yield* objectBody(call), { permissions: Records.isList }, ["permissions"])
    const given: Array<JsonObject> = []
    for (const permission of body.permissions as ReadonlyArray<JsonObject>) {
      const one = yield* Records.taken(
        call,
        permission,
        {
          permissionName: Records.isText,
          instanceName: Records.isOneOf(world.setting.instance),
          type: Records.isOneOf("SECURITY_ROLE", "SECURITY_POLICY"),
          primaryRole: Records.isFlag,
          effectiveDate: Records.isMoment
        },
        ["permissionName", "instanceName", "type"]
      )
      given.push({ ...one, instanceName: null })
    }
    const roles = given.filter(({ type }) => type === "SECURITY_ROLE")
    const [user, next] = changed(call, world, found, (at) => {
      const times = { createdAt: instant(at), updatedAt: instant(at) }
      return {
        ...found.user,
        roles: roles.map((role) => ({ ...times, ...role, primaryRole: roles.length === 1 || role.primaryRole === true })),
        policies: given.filter(({ type }) => type === "SECURITY_POLICY").map((policy) => ({ ...times, ...policy }))
      }
    })
    return [Reply.json(200, permissions(world.setting, user)), next] as const
  })

const territories = (setting: World.Setting, user: Staff.User) => ({
  ...document(user, "territories", user.territories),
  createdBy: user.id,
  updatedBy: user.id,
  territories: view(setting, user).territories.map(({ instanceName, name, territories: granted }) => ({
    instanceName,
    name,
    territories: granted
  }))
})

const getTerritories = reads((call, world) =>
  Either.map(byId(call, world), ({ user }) => Reply.json(200, territories(world.setting, user)))
)

/** Replaces them all. Regions and territories must be there. */
const putTerritories: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* byId(call, world)
    const body = yield* Records.taken(call, yield* objectBody(call), { territories: Records.isList }, ["territories"])
    const given: Array<JsonObject> = []
    for (const grant of body.territories as ReadonlyArray<JsonObject>) {
      const one = yield* Records.taken(
        call,
        grant,
        { instanceName: Records.isOneOf(world.setting.instance), name: Records.isText, territories: Records.isWords },
        ["instanceName", "name", "territories"]
      )
      const region = world.setting.population.regions.find(({ name }) => name === one.name)
      if (region === undefined || !(one.territories as ReadonlyArray<string>).every((name) => region.territories.includes(name))) {
        return yield* bad(call, "A region or territory does not exist.", { field: "territories" })
      }
      given.push({ ...one, instanceName: null })
    }
    const { id } = caller(world.setting)
    const [user, next] = changed(call, world, found, (at) => ({
      ...found.user,
      territories: given.map((grant) => ({ createdAt: instant(at), updatedAt: instant(at), createdBy: id, updatedBy: id, ...grant }))
    }))
    return [Reply.json(200, territories(world.setting, user)), next] as const
  })

export const handlers = {
  "users.list": list,
  "users.listByInstance": listByInstance,
  "users.create": create,
  "users.get": get,
  "users.update": update,
  "users.replace": replace,
  "users.remove": remove,
  "applicationAccesses.get": getAccess,
  "applicationAccesses.replace": putAccess,
  "userPermissions.get": getPermissions,
  "userPermissions.replace": putPermissions,
  "userTerritories.get": getTerritories,
  "userTerritories.replace": putTerritories
}
