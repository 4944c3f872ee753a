import * as Either from "effect/Either"
import type { JsonObject } from "../json.js"
import type * as Reply from "../reply.js"
import * as Collection from "./collection.js"
import * as People from "./people.js"
import { calendars, calendarEvents as kind } from "./population.js"
import * as Problem from "./problem.js"
import { day, flag, moment, objects, oneOf, orNull, type Reader, text } from "./reading.js"

/** Both spellings of one outcome. */
const outcome: Reader = (value) => (value === "no-show" ? "no_show" : oneOf("completed", "cancelled", "no_show")(value))

const times = { start_time: orNull(moment), end_time: orNull(moment), day: orNull(day), is_all_day: flag }
const flags = { ignore_unavailable_times: flag, ignore_working_hours: flag }

/** A day, or a beginning and an end: nothing of the other, and as `is_all_day` says where it is said. */
const timed = (fields: JsonObject): Reply.Or<JsonObject> => {
  const { day = null, end_time = null, start_time = null } = fields
  const is_all_day = fields.is_all_day ?? day !== null
  const isWhole = is_all_day
    ? day !== null && start_time === null && end_time === null
    : day === null && start_time !== null && end_time !== null
  if (!isWhole)
    return Problem.refuse("bad_request", "An event has either a day or a beginning and an end.", is_all_day ? ".day" : ".start_time")
  if (!is_all_day && Number(start_time) > Number(end_time))
    return Problem.refuse("bad_request", "An event ends before it begins.", ".end_time")
  return Either.right({ ...fields, day, end_time, is_all_day, start_time })
}

/** An event that comes to be all day loses its times, and one that no longer is its day. */
const retimed = (fields: JsonObject, before: JsonObject): Reply.Or<JsonObject> => {
  if (!Object.keys(times).some((name) => Object.hasOwn(fields, name))) return Either.right(fields)
  const isAllDay =
    fields.is_all_day ?? (typeof fields.day === "string" || (before.is_all_day === true && typeof fields.start_time !== "number"))
  const kept = isAllDay ? { day: before.day } : { start_time: before.start_time, end_time: before.end_time }
  return timed({ ...kept, ...fields, is_all_day: isAllDay })
}

export const handlers = {
  "calendarEvents.get": Collection.get(kind),
  "calendarEvents.find": Collection.find(kind, { filters: { calendar_id: Collection.equal("calendar_id") } }),
  "calendarEvents.create": Collection.create(
    kind,
    {
      fields: { calendar_id: text, ...People.ofPatient, ...times, ...flags, modality: text, appointment_type: text, external_ids: objects },
      required: ["calendar_id", "modality", "appointment_type"]
    },
    (world, at, { external_ids, ...fields }) =>
      Either.gen(function* () {
        yield* Collection.referred(world, calendars, fields.calendar_id, ".calendar_id")
        yield* People.namedPatient(world, fields)
        const [row, next] = Collection.add(world, kind, at, { outcome: null, ...(yield* timed(fields)) })
        return [row, yield* People.addExternalIds(next, at, kind, row.id, external_ids)] as const
      })
  ),
  "calendarEvents.update": Collection.update(
    kind,
    { fields: { ...times, ...flags, outcome, appointment_type: text } },
    (fields, _, { row }) => retimed(fields, row.fields)
  ),
  "calendarEvents.remove": Collection.remove(kind)
}
