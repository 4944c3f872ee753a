/*
 * The users of the tenant, and what other records say of one.
 */
import * as Ids from "./ids.js"
import { instant, type JsonObject } from "./json.js"
import { once, type Population } from "./population.js"
import { Draws, hashText, key } from "./random.js"
import * as Table from "./table.js"
import * as World from "./world.js"

/** A grant in an instance. Null stands for the instance that is simulated. */
export interface Grant extends JsonObject {
  readonly instanceName: string | null
}

export interface User extends JsonObject {
  readonly id: string
  readonly username: string
  readonly email: string
  readonly firstName?: string
  readonly lastName?: string
  readonly phone?: string
  readonly timezone?: string
  readonly userState: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly enabled: boolean
  readonly territories: ReadonlyArray<Grant>
  readonly roles: ReadonlyArray<Grant>
  readonly policies: ReadonlyArray<Grant>
  readonly seats: ReadonlyArray<string>
  readonly applicationAccess: JsonObject & { readonly instanceAccesses: ReadonlyArray<Grant> }
}

const day = 86_400_000
/** Before any patient. */
const hired = Date.UTC(2017, 0, 2)

/** An id that stands for a part of a user. */
export const partId = (userId: string, part: string): string => Ids.named(hashText(`${userId} ${part}`))

/** What everybody has from the first day. */
export const newcomer = (id: string, at: number) => ({
  territories: [],
  roles: [],
  policies: [],
  seats: [],
  seatAssignAllowed: false,
  applicationAccess: {
    id: partId(id, "access"),
    createdAt: instant(at),
    updatedAt: instant(at),
    userId: id,
    adminAccessEnabled: false,
    auditSecurityAccessEnabled: false,
    instanceAccesses: []
  },
  locale: "en-US",
  enabled: false,
  mfaEnabled: false,
  statusType: null,
  ssoAccess: false,
  passwordAccess: true,
  terminologyName: "english",
  userState: "PROVISIONED",
  customUserAttributes: {},
  allowedToReceiveCalls: true,
  _root_user: false
})

const seeded = ({ regions, seed, staff }: Population, index: number): User | undefined => {
  const one = staff[index]
  if (one === undefined) return undefined
  const draws = new Draws(key(seed, "user"), index)
  const at = hired + index * day
  const times = { createdAt: instant(at), updatedAt: instant(at) }
  const region = draws.pick(regions)
  return {
    ...newcomer(one.id, at),
    id: one.id,
    username: one.username,
    email: one.email,
    firstName: one.firstName,
    lastName: one.lastName,
    // unset texts are left out
    ...(draws.chance(60) ? { phone: `+1202555${String(100 + draws.below(100)).padStart(4, "0")}` } : {}),
    ...(draws.chance(60) ? { timezone: draws.pick(["US/Pacific", "America/Chicago", "Europe/Oslo"]) } : {}),
    ...(draws.chance(40) ? { credentials: draws.pick(["", "RN", "MD, 循環器"]) } : {}),
    enabled: one.enabled,
    userState: one.enabled ? "ACTIVE" : "INACTIVE",
    createdByName: "Root Example",
    updatedByName: "Root Example",
    ...times,
    territories: [
      { ...times, createdBy: one.id, updatedBy: one.id, name: region.name, territories: region.territories.slice(0, 1), instanceName: null }
    ],
    roles: one.roles.map(({ name, primaryRole }) => ({
      ...times,
      permissionName: name,
      instanceName: null,
      type: "SECURITY_ROLE",
      primaryRole
    })),
    policies: draws.chance(50)
      ? [
          {
            ...times,
            permissionName: "sp-read",
            instanceName: null,
            type: "SECURITY_POLICY",
            effectiveDate: instant(at - (at % day))
          }
        ]
      : [],
    seats: one.enabled ? ["GENERAL"] : [],
    seatAssignAllowed: one.enabled,
    applicationAccess: {
      ...newcomer(one.id, at).applicationAccess,
      instanceAccesses: [
        {
          instanceId: partId("", "instance"),
          instanceName: null,
          instanceDescription: "",
          userEmailWithInstanceDomain: null,
          workshopAccessEnabled: index === 0,
          auditDataAccessEnabled: false,
          enabledTakenPersonally: true
        }
      ]
    }
  }
}

const base = once((population): Table.Base<User> => {
  const { seed, staff } = population
  const ids = Ids.make(key(seed, "user.id"))
  return Table.base({
    span: staff.length,
    ids: {
      encode: ids.encode,
      decode: (id) => {
        const index = staff.findIndex((one) => one.id === id)
        return index === -1 ? ids.decode(id) : index
      }
    },
    at: (index) => seeded(population, index),
    ranks: staff.length,
    ranked: (rank) => rank,
    changedAt: (rank) => hired + rank * day
  })
})

/** All users. */
export const kind: Table.Kind<User> = {
  name: "users",
  base,
  idOf: (user) => user.id,
  changedAt: (user) => Date.parse(user.updatedAt)
}

export interface Found {
  readonly index: number
  readonly user: User
}

export const all = (world: World.World): ReadonlyArray<Found> => {
  const table = World.table(world, kind)
  return Array.from({ length: table.changes.span }, (_, index) => index).flatMap((index) => {
    const user = Table.at(table, index)
    return user === undefined ? [] : [{ index, user }]
  })
}

export const byId = (world: World.World, id: string): User | undefined => {
  const table = World.table(world, kind)
  const index = Table.indexOf(table, id)
  return index === undefined ? undefined : Table.at(table, index)
}

/** A person's name as lists and references show it. */
export const nameOf = ({ firstName, lastName }: { readonly firstName?: unknown; readonly lastName?: unknown }): string =>
  [firstName, lastName].filter((part) => typeof part === "string" && part !== "").join(" ")
