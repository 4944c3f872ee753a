import * as Either from "effect/Either"
import * as CalendarEvents from "./calendarEvents.js"
import { bad, type Handler, reads, word } from "./call.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import type * as Visits from "./visits.js"
import * as WorkHours from "./workHours.js"
import type * as World from "./world.js"

const short = (event: Visits.CalendarEvent) => {
  const { localEndDateTime, localStartDateTime } = CalendarEvents.view(event)
  return {
    id: event.id,
    // older than id, and the same
    eventId: event.id,
    eventTitle: event.eventTitle,
    eventType: event.eventType,
    eventColor: event.eventColor,
    allDayEvent: event.allDayEvent,
    startDateTime: event.startDateTime,
    localStartDateTime,
    endDateTime: event.endDateTime,
    localEndDateTime
  }
}

const whole = (event: Visits.CalendarEvent) => ({ ...CalendarEvents.view(event), eventId: event.id })

type IsListed = (world: World.World, psmId: string, from: number, to: number) => boolean

/** The schedules of those users asked for that a list is about. Whoever it is about is there, be it with empty lists. */
const listing = (isListed: IsListed, view: (event: Visits.CalendarEvent) => object): Handler =>
  reads((call, world) =>
    Either.gen(function* () {
      const [from, to] = [yield* Records.needed(call, "from"), yield* Records.needed(call, "to")]
      const psmIds = Records.listed(call, "psmIds")
      if (psmIds === undefined) return yield* bad(call, "A required query parameter is missing.", { parameter: "psmIds" })
      const cancelled = yield* word(call, "includeCancelled", ["true", "false"])
      const events = yield* CalendarEvents.within(call, world, from, to)
      return Reply.json(
        200,
        psmIds
          .filter((psmId) => isListed(world, psmId, from, to))
          .map((psmId) => ({
            psmId,
            workHours: WorkHours.within(world, psmId, from, to).map((entry) => WorkHours.view(world, entry)),
            events: events
              .filter((event) => event.participants.some((one) => one.participantRole === "psm" && one.participantId === psmId))
              .filter((event) => cancelled === "true" || !CalendarEvents.isCancelled(event))
              .map(view)
          }))
      )
    })
  )

/** The service does not explain whom it calls available. Here it is whoever works in the period. */
const isAvailable: IsListed = (world, psmId, from, to) => WorkHours.millisWithin(world, psmId, from, to) > 0

const everybody: IsListed = () => true

/** A full schedule was never seen: its events have the fields of the short ones and of those that the calendar lists. */
export const handlers = {
  "calendarSchedules.list": listing(everybody, short),
  "calendarSchedules.listAvailable": listing(isAvailable, short),
  "calendarSchedules.listFull": listing(everybody, whole)
}
