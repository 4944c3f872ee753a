import * as Either from "effect/Either"
import * as CalendarEvents from "./calendarEvents.js"
import { bad, reads, word } from "./call.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import type * as Visits from "./visits.js"
import * as WorkHours from "./workHours.js"

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

/** Every user that was asked for is there, be it with empty lists. */
const list = reads((call, world) =>
  Either.gen(function* () {
    const [from, to] = [yield* Records.needed(call, "from"), yield* Records.needed(call, "to")]
    const psmIds = Records.listed(call, "psmIds")
    if (psmIds === undefined) return yield* bad(call, "A required query parameter is missing.", { parameter: "psmIds" })
    const cancelled = yield* word(call, "includeCancelled", ["true", "false"])
    const events = yield* CalendarEvents.within(call, world, from, to)
    return Reply.json(
      200,
      psmIds.map((psmId) => ({
        psmId,
        workHours: WorkHours.within(world, psmId, from, to).map((entry) => WorkHours.view(world, entry)),
        events: events
          .filter((event) => event.participants.some((one) => one.participantRole === "psm" && one.participantId === psmId))
          .filter((event) => cancelled === "true" || !CalendarEvents.isCancelled(event))
          .map(short)
      }))
    )
  })
)

/** Who counts as available, and what a full schedule holds beyond this one, is not known: the other two lists are gaps. */
export const handlers = {
  "calendarSchedules.list": list
}
