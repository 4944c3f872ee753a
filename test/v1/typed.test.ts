/** What the compiler refuses. Nothing here is run: `npm run check` is the test. */
import { describe, expect, it } from "vitest"
import type * as Codecs from "../../src/Codecs.js"
import * as AssessmentResponses from "../../src/v1/AssessmentResponses.js"
import * as CalendarEvents from "../../src/v1/CalendarEvents.js"
import type { CalendarId } from "../../src/v1/Calendars.js"
import type { ConversationId } from "../../src/v1/Conversations.js"
import * as Messages from "../../src/v1/Messages.js"
import type { Patient, PatientId } from "../../src/v1/Patients.js"
import * as PhoneNumbers from "../../src/v1/PhoneNumbers.js"
import type * as Timestamp from "../../src/v1/Timestamp.js"
import type { WorkerId } from "../../src/v1/Workers.js"
import type { PatientId as PatientIdOfV8 } from "../../src/v8/Patients.js"

declare const patient_id: PatientId
declare const worker_id: WorkerId
declare const time: Timestamp.Timestamp
declare const day: Codecs.CalendarDate
declare const calendar_id: CalendarId
declare const conversation_id: ConversationId
declare const ofV8: PatientIdOfV8
declare const patient: Patient

const model = {}
const event = () => ({ calendar_id, patient_id, modality: "call", appointment_type: "followup" })
const message = () => ({ patient_id, conversation_id, contents: "" })

const compiled = () => [
  AssessmentResponses.create({ body: { patient_id, spec_name: "sleep", model } }),
  AssessmentResponses.create({ body: { user_id: patient_id, spec_id: "sleep", spec_name: "sleep", model } }),
  // @ts-expect-error a patient under both names
  AssessmentResponses.create({ body: { patient_id, user_id: patient_id, spec_name: "sleep", model } }),
  // @ts-expect-error no patient
  AssessmentResponses.create({ body: { spec_name: "sleep", model } }),
  // @ts-expect-error no assessment
  AssessmentResponses.create({ body: { patient_id, model } }),
  // @ts-expect-error the id of a patient of the other generation
  AssessmentResponses.create({ body: { patient_id: ofV8, spec_name: "sleep", model } }),
  CalendarEvents.create({ body: { ...event(), day } }),
  CalendarEvents.create({ body: { ...event(), start_time: time, end_time: time, is_all_day: false } }),
  // @ts-expect-error a day and times
  CalendarEvents.create({ body: { ...event(), day, start_time: time, end_time: time } }),
  // @ts-expect-error a time without an end
  CalendarEvents.create({ body: { ...event(), start_time: time } }),
  Messages.create({ body: { ...message(), direction: "inbound", sent_at: time } }),
  // @ts-expect-error a time under both names
  Messages.create({ body: { ...message(), direction: "inbound", sent_at: time, send_time: time } }),
  // @ts-expect-error a patient under both names
  Messages.create({ body: { ...message(), user_id: patient_id, direction: "inbound" } }),
  Messages.create({ body: { ...message(), direction: "outbound", worker_id } }),
  // @ts-expect-error nobody sent it
  Messages.create({ body: { ...message(), direction: "outbound" } }),
  CalendarEvents.findStream({ from: time, calendar_id }),
  // @ts-expect-error no such filter
  CalendarEvents.findStream({ patient_id }),
  // @ts-expect-error the walk chooses its windows
  CalendarEvents.findStream({ "page[from]": time }),
  // @ts-expect-error a text that nobody has read
  CalendarEvents.findStream({ from: "2021-03-01" }),
  PhoneNumbers.searchPages({ body: { patient_id }, size: 200 }),
  // @ts-expect-error the walk chooses its windows
  PhoneNumbers.searchPages({ body: { patient_id, "page[size]": 200 } }),
  // @ts-expect-error no field of that name: it is read under the newest
  patient.coach_id
]

describe("types of v1", () => {
  it("are checked by the compiler", () => {
    expect(compiled).toBeTypeOf("function")
  })
})
