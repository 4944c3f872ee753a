import * as DateTime from "effect/DateTime"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import { parseInstant } from "../../internal/time.js"
import { caller, created, updated } from "./authorship.js"
import { bad, type Call, type Handler, objectBody, reads } from "./call.js"
import * as Ids from "./ids.js"
import { instant, type JsonObject } from "./json.js"
import { local } from "./local.js"
import { once, type Population } from "./population.js"
import { Draws, hashText, key } from "./random.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Staff from "./staff.js"
import * as Table from "./table.js"
import * as World from "./world.js"

interface Interval extends JsonObject {
  readonly daysInfoId: string
  /** 1 is Monday. */
  readonly day: number
  readonly startTime: string | null
  readonly endTime: string | null
}

/** A weekly pattern of a user for a period. */
export interface Entry extends JsonObject {
  readonly workHoursId: string
  readonly psmId: string
  readonly type: string
  readonly ruleType: string
  readonly startDateTime: string
  readonly endDateTime: string | null
  readonly updatedAt: string
  readonly daysInfo: ReadonlyArray<Interval>
}

const hour = 3_600_000
const day = 24 * hour
const since = Date.UTC(2017, 0, 2)

const intervals = (workHoursId: string, given: ReadonlyArray<JsonObject>): ReadonlyArray<Interval> =>
  given.map(
    ({ day, endTime, startTime }, at) => ({ daysInfoId: Ids.named(hashText(`${workHoursId} ${at}`)), day, startTime, endTime }) as Interval
  )

/** Everybody works from Monday to Friday, and some take calls on one day. */
const seeded = ({ seed, staff }: Population, index: number): Entry | undefined => {
  const user = staff[index >> 1]
  const draws = new Draws(key(seed, "workHours"), index)
  const isAvailability = index % 2 === 1
  if (user === undefined || (isAvailability && draws.chance(40))) return undefined
  const at = since + index * hour
  const workHoursId = Ids.make(key(seed, "workHours.id")).encode(index, at)
  const weekday = (day: number) => ({ day, startTime: "09:00:00", endTime: draws.pick(["17:00:00", "14:30:00"]) })
  return {
    ...created({ id: user.id, name: "" }, at),
    psmId: user.id,
    name: null,
    type: isAvailability ? "AVAILABILITY" : "WORKING_HOURS",
    ruleType: "DEFAULT",
    startDateTime: instant(since),
    // open-ended, or so far ahead that it is as good as
    endDateTime: draws.pick([null, instant(since + 18_263 * day)]),
    daysInfo: intervals(
      workHoursId,
      isAvailability ? [weekday(3)] : [...[1, 2, 3, 4, 5].map(weekday), { day: 6, startTime: null, endTime: null }]
    ),
    workHoursId,
    ...(isAvailability ? { encounters: ["etmp-first-visit"] } : {})
  }
}

const kind: Table.Kind<Entry> = {
  name: "workHours",
  base: once((population) =>
    Table.base({
      span: 2 * population.staff.length,
      ids: Ids.make(key(population.seed, "workHours.id")),
      at: (index) => seeded(population, index),
      ranks: 2 * population.staff.length,
      ranked: (rank) => rank,
      changedAt: (rank) => since + rank * hour
    })
  ),
  idOf: (entry) => entry.workHoursId,
  changedAt: (entry) => Date.parse(entry.updatedAt)
}

/** The entries of a user that touch a period. They are not cut to it. */
export const within = (world: World.World, psmId: string, from: number, to: number): ReadonlyArray<Entry> => {
  const table = World.table(world, kind)
  return Array.from({ length: table.changes.span }, (_, index) => index).flatMap((index) => {
    const entry = Table.at(table, index)
    const touches =
      entry?.psmId === psmId &&
      Date.parse(entry.startDateTime) <= to &&
      (entry.endDateTime === null || Date.parse(entry.endDateTime) >= from)
    return touches ? [entry!] : []
  })
}

const clock = (time: string): number => {
  const [hours, minutes, seconds = 0] = time.split(":").map(Number) as [number, number, number?]
  return (hours * 60 + minutes) * 60_000 + seconds * 1000
}

/** How long a user works in a period, by days in UTC. An override takes the place of the usual hours. */
export const millisWithin = (world: World.World, psmId: string, from: number, to: number): number => {
  const entries = within(world, psmId, from, to).filter(({ type }) => type === "WORKING_HOURS")
  let sum = 0
  for (let midnight = from - (from % day); midnight <= to; midnight += day) {
    const valid = entries.filter(
      (entry) =>
        Date.parse(entry.startDateTime) < midnight + day && (entry.endDateTime === null || Date.parse(entry.endDateTime) > midnight)
    )
    const overrides = valid.filter(({ ruleType }) => ruleType === "OVERRIDE")
    const weekday = new Date(midnight).getUTCDay() || 7
    for (const { daysInfo } of overrides.length > 0 ? overrides : valid) {
      for (const one of daysInfo) {
        if (one.day !== weekday || one.startTime === null || one.endTime === null) continue
        sum += Math.max(0, Math.min(to, midnight + clock(one.endTime)) - Math.max(from, midnight + clock(one.startTime)))
      }
    }
  }
  return sum
}

/** An entry in the service's words: local to the viewer, or else to its user. */
export const view = (world: World.World, entry: Entry, viewerTimezone?: string): JsonObject => {
  const { createdByName: _, psmId, updatedByName: __, ...detail } = entry
  const zone = viewerTimezone ?? Staff.byId(world, psmId)?.timezone ?? "UTC"
  return {
    ...detail,
    localStartDateTime: local(entry.startDateTime, zone),
    localEndDateTime: local(entry.endDateTime, zone)
  }
}

/** Users without entries in the period are left out. */
const list = reads((call, world) =>
  Either.gen(function* () {
    const [from, to] = [yield* Records.needed(call, "from"), yield* Records.needed(call, "to")]
    const zone = call.query.get("viewerTimezone") ?? undefined
    if (zone !== undefined && Option.isNone(DateTime.zoneMakeNamed(zone))) {
      return yield* bad(call, "There is no such time zone.", { parameter: "viewerTimezone" })
    }
    const psmIds = Records.listed(call, "psmIds") ?? Staff.all(world).map(({ user }) => user.id)
    const users = psmIds.map((psmId) => ({
      psmId,
      details: within(world, psmId, from, to).map((entry) => view(world, entry, zone))
    }))
    return Reply.json(
      200,
      users.filter(({ details }) => details.length > 0)
    )
  })
)

const isClockTime = (value: unknown): boolean => typeof value === "string" && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value)

const asked = (call: Call, world: World.World): Reply.Or<JsonObject> =>
  Either.gen(function* () {
    const given = yield* Records.taken(
      call,
      yield* objectBody(call),
      {
        psmId: Records.isText,
        startDateTime: Records.isMoment,
        endDateTime: Records.isMoment,
        daysInfo: Records.isList,
        name: Records.orNull(Records.isText),
        type: Records.isText,
        ruleType: Records.isText,
        encounters: Records.isWords
      },
      ["psmId", "startDateTime", "endDateTime", "daysInfo"]
    )
    if (Staff.byId(world, String(given.psmId)) === undefined) return yield* bad(call, "There is no such user.", { field: "psmId" })
    for (const one of given.daysInfo as ReadonlyArray<JsonObject>) {
      yield* Records.taken(
        call,
        one,
        {
          day: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 7,
          startTime: Records.orNull(isClockTime),
          endTime: Records.orNull(isClockTime)
        },
        ["day", "startTime", "endTime"]
      )
    }
    return {
      ...given,
      startDateTime: instant(parseInstant(String(given.startDateTime))!),
      endDateTime: instant(parseInstant(String(given.endDateTime))!)
    }
  })

const create: Handler = (call, world) =>
  Either.map(asked(call, world), (given) => {
    const [entry, next] = World.create(
      world,
      call.now,
      kind,
      (workHoursId, at) =>
        ({
          ...created(caller(world.setting), at),
          name: null,
          type: "WORKING_HOURS",
          ruleType: "DEFAULT",
          ...given,
          daysInfo: intervals(workHoursId, given.daysInfo as ReadonlyArray<JsonObject>),
          workHoursId
        }) as unknown as Entry
    )
    return [Reply.json(201, { psmId: entry.psmId, details: [view(next, entry)] }), next]
  })

/** Answers as the documents show it: with what was asked, echoed. */
const update: Handler = (call, world) =>
  Either.gen(function* () {
    const table = World.table(world, kind)
    const index = Table.indexOf(table, call.path.workHoursId!)
    if (index === undefined) return yield* Records.missing(call, "There are no such work hours.")
    const given = yield* asked(call, world)
    const author = caller(world.setting)
    const [, next] = World.replace(
      world,
      call.now,
      kind,
      index,
      (at) =>
        ({
          ...Table.at(table, index),
          ...given,
          daysInfo: intervals(call.path.workHoursId!, given.daysInfo as ReadonlyArray<JsonObject>),
          ...updated(author, at)
        }) as Entry
    )
    return [Reply.json(200, { ...given, updatedBy: author.id }), next] as const
  })

export const handlers = {
  "workHours.create": create,
  "workHours.list": list,
  "workHours.update": update
}
