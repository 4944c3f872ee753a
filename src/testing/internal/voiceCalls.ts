/*
 * Calls. No endpoint but their export is known.
 */
import * as Messages from "./messages.js"
import type { Population, Seedling } from "./population.js"
import * as Records from "./records.js"

const phoneOf = (number: number): string => `+1202555${String(100 + number).padStart(4, "0")}`

const seeded = (seedling: Seedling, population: Population): Messages.Message | undefined => {
  const { draws, id } = seedling
  if (!draws.chance(40)) return undefined
  const { isScheduled: _, ...call } = Messages.seeded(seedling, population, {
    ofPatient: ({ phone }) => phone,
    ofStaff: () => "+12025550190",
    ofStranger: () => phoneOf(draws.below(100))
  })
  const seconds = draws.below(1200)
  const recorded = draws.chance(20)
  const sid = id.replaceAll("-", "")
  return {
    ...call,
    // a call is never sent later
    ...(call.direction === "OUT" && call.sentAt === null ? { scheduledAt: null, sentAt: call.updatedAt, date: call.updatedAt } : {}),
    externalId: `CA${sid}`,
    childCallSid: draws.maybe(80, () => `CA${Array.from(sid).toReversed().join("")}`),
    parentCallStatus: draws.pick(["completed", "completed", "busy", "no-answer"]),
    childCallStatus: draws.pick(["completed", "no-answer", null]),
    userPhone: draws.maybe(80, () => phoneOf(draws.below(100))),
    parentCallDuration: seconds,
    childCallDuration: draws.maybe(80, () => Math.max(0, seconds - 5)),
    recorded,
    recordingDuration: recorded ? seconds : null,
    recordingSid: recorded ? `RE${sid}` : null,
    recordingUrl: recorded ? `https://recordings.example/${id}` : null,
    recordingFile: null,
    phoneId: null
  }
}

/** The calls of all patients, and those of nobody known. */
export const kind = Records.kind<Messages.Message>({
  name: "voiceCalls",
  slots: 2,
  make: seeded,
  changedAt: (message) => message.updatedAt,
  patientOf: Messages.patientOf
})
