import { describe, expect, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { Exports, Patients } from "../../src/v8/index.js"
import { collect, exported, refusal, wire, within } from "./resources.js"

// what a connector is known to read
const known = new Set(
  [
    "id updatedAt sendNow scheduledAt sentAt receivedAt deletedAt date careTeam patientInfo timezone sender from receiver to direction",
    "externalId starred senderName receiverName errorMessage assignedBy assignedByName hasHistory unrecognized childCallSid",
    "parentCallStatus childCallStatus userPhone parentCallDuration childCallDuration recorded recordingDuration recordingSid",
    "recordingUrl recordingFile phoneId"
  ].flatMap((line) => line.split(" "))
)

describe("voice calls", () => {
  it.effect("calls are exported in the order of their last change, with all that is known of one", () =>
    within(
      Effect.gen(function* () {
        const calls = yield* collect(Exports.voiceCallsStream({ pageSize: 4 }))
        expect(calls.length).toBeGreaterThan(20)
        const times = calls.map(({ updatedAt }) => DateTime.toEpochMillis(updatedAt as DateTime.Utc))
        expect(times).toEqual(times.toSorted((one, other) => one - other))
        expect(new Set(Object.keys((yield* exported("VOICE_CALL"))[0]))).toEqual(known)
        for (const { direction, receivedAt, scheduledAt, sentAt } of calls) {
          expect([receivedAt === null, sentAt === null]).toEqual(direction === "IN" ? [false, true] : [true, false])
          if (direction === "IN") expect(scheduledAt).toBe(null)
        }
        // the same export, by its name in the route; names that nobody knows are no answer
        expect(yield* collect(Exports.byResourceStream({ resource: "VOICE_CALL", pageSize: 50 }))).toHaveLength(calls.length)
        expect(refusal(yield* wire("GET", "/export/CHAT"))).toEqual([501, "NOT_SIMULATED"])
        const patients = new Set((yield* collect(Patients.listStream())).map(({ id }) => String(id)))
        for (const { direction, receiver, sender, unrecognized } of calls) {
          expect(patients.has(String(direction === "OUT" ? receiver : sender))).toBe(!unrecognized)
        }
      }),
      { patients: 40 }
    )
  )
})
