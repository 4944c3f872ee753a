import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Simulator } from "../../../src/testing/index.js"
import {
  AssessmentResponses,
  CalendarEvents,
  Calendars,
  CareFlows,
  Conversations,
  CustomDataTypeRecords,
  EmailAddresses,
  ExternalIds,
  IntegrationTasks,
  Messages,
  Patients,
  PatientTasks,
  PhoneNumbers,
  type Timestamp,
  Workers
} from "../../../src/v1/index.js"
import { timestamp } from "../../support/legacy.js"
import { collect } from "../resources.js"
import { refusal, wire, within } from "./legacy.js"

const patient = (index: number) => Effect.map(Simulator.Simulator, ({ legacyPatientId }) => Patients.PatientId.make(legacyPatientId(index)))

const nobody = "00000000-0000-4000-8000-000000000000"

/** The end of a window that holds a record. */
const until = ({ updated_at }: { readonly updated_at?: Timestamp.Timestamp | null | undefined }) => ({ to: updated_at! })

/** What is refused of a body, each with status, code and place. */
const refused = (path: string, bodies: ReadonlyArray<readonly [body: unknown, ...told: ReadonlyArray<unknown>]>) =>
  Effect.gen(function* () {
    for (const [body, ...told] of bodies) expect(refusal(yield* wire("POST", path, { body }))).toEqual(told)
    expect(yield* (yield* Simulator.Simulator).ledger).toEqual([])
  })

const gone = <E extends { readonly _tag: string }, R>(get: Effect.Effect<unknown, E, R>) =>
  Effect.map(Effect.flip(get), ({ _tag }) => expect(_tag).toBe("NotFound"))

describe("legacy phone numbers", () => {
  it.effect("live with the conversation for their SMS", () =>
    within(
      Effect.gen(function* () {
        const patient_id = yield* patient(0)
        const created = yield* PhoneNumbers.create({
          body: { user_id: patient_id, phone_number: "206-555-0142", phone_number_type: "cell", opted_in_to_phone: true }
        })
        // a number is handed back as it was given
        expect(created).toMatchObject({ patient_id, phone_number: "206-555-0142", opted_in_to_phone: true, verified: false })
        const sms = Conversations.findStream({ patient_id, ...until(created) })
        const own = (yield* collect(sms)).filter(({ phone_number_id }) => phone_number_id === created.id)
        expect(own).toHaveLength(1)

        const updated = yield* PhoneNumbers.update({ id: created.id, body: { friendly_name: "仕事", verified: true } })
        expect(yield* PhoneNumbers.get({ id: created.id })).toEqual({ ...created, friendly_name: "仕事", verified: true, ...updated })
        const change = { body: { phone_number: "206-555-0143" } }
        expect(refusal(yield* wire("PUT", `phone_numbers/${created.id}`, change))).toEqual([400, "bad_request", ".phone_number"])

        for (const filter of [{ patient_id }, { user_id: patient_id }]) {
          expect(yield* collect(PhoneNumbers.findStream({ ...filter, ...until(updated) }))).toContainEqual(updated)
        }
        const body = { patient_id, phone_number: "206-555-0142" }
        expect(yield* collect(PhoneNumbers.searchStream({ body, ...until(updated) }))).toEqual([updated])

        yield* PhoneNumbers.remove({ id: created.id })
        yield* gone(PhoneNumbers.get({ id: created.id }))
        yield* gone(Conversations.get({ id: own[0]!.id }))
        expect(yield* collect(PhoneNumbers.searchStream({ body, ...until(updated) }))).toEqual([])
      })
    )
  )

  it.effect("can bring their patient along", () =>
    within(
      Effect.gen(function* () {
        const whole = { phase: "onboarding", timezone: "US/Pacific", first_name: "Ida", last_name: "Example", birthday: "1971-04-18" }
        const body = { patient: whole, phone_number: "+12025550142", phone_number_type: "cell" } as const
        const created = yield* PhoneNumbers.create({ body })
        expect(yield* Patients.get({ id: created.patient_id! })).toMatchObject({ first_name: "Ida", updated_at: created.updated_at })
      })
    )
  )

  it.effect("are refused without a patient, with two, with an unknown one, with a type that there is not", () =>
    within(
      Effect.gen(function* () {
        const [patient_id, number] = [yield* patient(0), { phone_number: "1", phone_number_type: "cell" }]
        yield* refused("phone_numbers", [
          [number, 400, "bad_request", ".patient_id"],
          [{ ...number, patient_id, user_id: patient_id }, 400, "bad_request", ".user_id"],
          [{ ...number, patient_id, patient: {} }, 400, "bad_request", ".patient"],
          [{ ...number, patient: {} }, 400, "bad_request", ".patient.phase"],
          [{ ...number, patient_id: nobody }, 404, "resource_not_found", ".patient_id"],
          [{ ...number, patient_id, phone_number_type: "fax" }, 400, "parse_exception", ".phone_number_type"],
          [{ ...number, patient_id, verified: "true" }, 400, "parse_exception", ".verified"]
        ])
        const query = { patient_id, user_id: patient_id }
        expect(refusal(yield* wire("GET", "phone_numbers", { query }))).toEqual([400, "bad_request", ".user_id"])
      })
    )
  )
})

describe("legacy mail addresses", () => {
  it.effect("are created, found by their patient, changed and deleted", () =>
    within(
      Effect.gen(function* () {
        const patient_id = yield* patient(1)
        const created = yield* EmailAddresses.create({ body: { patient_id, email: "no address", opted_in_to_email: true } })
        expect(created).toMatchObject({ email: "no address", opted_in_to_email: true, verified: false, friendly_name: null })
        const updated = yield* EmailAddresses.update({ id: created.id, body: { email: "ada@mail.example" } })
        expect(yield* EmailAddresses.get({ id: created.id })).toEqual(updated)
        const found = yield* collect(EmailAddresses.findStream({ patient_id, ...until(updated) }))
        expect(found.at(-1)).toEqual(updated)
        expect(new Set(found.map((one) => one.patient_id))).toEqual(new Set([patient_id]))
        yield* EmailAddresses.remove({ id: created.id })
        yield* gone(EmailAddresses.get({ id: created.id }))
        expect(yield* collect(EmailAddresses.findStream({ patient_id, ...until(updated) }))).toEqual(found.slice(0, -1))
      })
    )
  )
})

describe("legacy workers and calendars", () => {
  it.effect("a worker comes with a calendar, and is found by address or number", () =>
    within(
      Effect.gen(function* () {
        const body = { email: "ida@staff.example", first_name: "Ida", last_name: "Example", timezone: "US/Eastern", role_ids: ["coach"] }
        const created = yield* Workers.create({
          body: { ...body, phone_number: "206-555-0142", external_ids: [{ external_id: "7", namespace: "hr" }] }
        })
        expect(created).toMatchObject({ ...body, active: false })
        const { email, phone_number } = (yield* collect(Workers.findStream())).find((one) => one.phone_number !== null)!
        const filter = { email: created.email!, phone: phone_number!, ...until(created) }
        const found = yield* collect(Workers.findStream(filter))
        expect(found).toContainEqual(created)
        expect(found.map((one) => one.email)).toContain(email)
        const [calendar, ...others] = yield* collect(Calendars.findStream({ worker: created.id, ...until(created) }))
        expect([calendar!.worker_id, others]).toEqual([created.id, []])
        expect(yield* collect(Calendars.findStream({ email: created.email!, ...until(created) }))).toEqual([calendar])
        expect(yield* Calendars.get({ id: calendar!.id })).toEqual(calendar)
        const updated = yield* Workers.update({ id: created.id, body: { active: true } })
        expect(yield* Workers.get({ id: created.id })).toEqual({ ...created, active: true, updated_at: updated.updated_at })
      }),
      { patients: 3, allow: ["workers.create", "workers.update"] }
    )
  )

  it.effect("each worker has one calendar", () =>
    within(
      Effect.gen(function* () {
        const workers = (yield* collect(Workers.findStream())).map(({ id }) => id)
        const owners = (yield* collect(Calendars.findStream())).map(({ worker_id }) => worker_id)
        expect(owners.toSorted()).toEqual(workers.toSorted())
      })
    )
  )
})

describe("legacy calendar events", () => {
  const start_time = timestamp("2024-06-04T15:00:00.123456Z")
  const end_time = timestamp("2024-06-04T15:30:00Z")
  const day = "2024-06-05" as NonNullable<CalendarEvents.CalendarEvent["day"]>

  it.effect("have times or a day, and change between the two", () =>
    within(
      Effect.gen(function* () {
        const patient_id = yield* patient(0)
        const [calendar] = yield* collect(Calendars.findStream())
        const event = { calendar_id: calendar!.id, patient_id, modality: "call", appointment_type: "followup_call" }
        const created = yield* CalendarEvents.create({ body: { ...event, start_time, end_time } })
        expect(created).toMatchObject({ ...event, is_all_day: false, start_time, end_time, day: null, outcome: null })
        const allDay = yield* CalendarEvents.update({ id: created.id, body: { day } })
        expect(allDay).toMatchObject({ is_all_day: true, start_time: null, end_time: null, day })
        const timed = yield* CalendarEvents.update({ id: created.id, body: { start_time, end_time, outcome: "no_show" } })
        expect(yield* CalendarEvents.get({ id: created.id })).toEqual({ ...created, outcome: "no_show", updated_at: timed.updated_at })
        const found = yield* collect(CalendarEvents.findStream({ calendar_id: calendar!.id, ...until(timed) }))
        expect(found.at(-1)).toEqual(timed)
        expect(new Set(found.map(({ calendar_id }) => calendar_id))).toEqual(new Set([calendar!.id]))
        yield* CalendarEvents.remove({ id: created.id })
        yield* gone(CalendarEvents.get({ id: created.id }))

        const whole = yield* CalendarEvents.create({ body: { ...event, day, external_ids: [{ external_id: "e", namespace: "book" }] } })
        expect(whole).toMatchObject({ is_all_day: true, start_time: null, day })
        const mapped = yield* collect(ExternalIds.findStream({ welkin_id: whole.id, ...until(whole) }))
        expect(mapped).toMatchObject([{ resource: "calendar_events", external_id: "e" }])
      })
    )
  )

  it.effect("are refused with half a time, with time and day, backwards, on no calendar, with a null outcome", () =>
    within(
      Effect.gen(function* () {
        const [calendar, other] = yield* collect(Calendars.findStream())
        const patient_id = yield* patient(0)
        const event = { calendar_id: calendar!.id, patient_id, modality: "call", appointment_type: "followup_call" }
        yield* refused("calendar_events", [
          [event, 400, "bad_request", ".start_time"],
          [{ ...event, start_time }, 400, "bad_request", ".start_time"],
          [{ ...event, start_time, end_time, day }, 400, "bad_request", ".day"],
          [{ ...event, day, is_all_day: false }, 400, "bad_request", ".start_time"],
          [{ ...event, start_time: end_time, end_time: start_time }, 400, "bad_request", ".end_time"],
          [{ ...event, day, calendar_id: nobody }, 404, "resource_not_found", ".calendar_id"],
          [{ ...event, day: "2024-02-30" }, 400, "parse_exception", ".day"]
        ])
        const { id } = yield* CalendarEvents.create({ body: { ...event, day } })
        for (const [body, place] of [
          [{ outcome: null }, ".outcome"],
          [{ outcome: "forgotten" }, ".outcome"]
        ] as const) {
          expect(refusal(yield* wire("PUT", `calendar_events/${id}`, { body }))).toEqual([400, "parse_exception", place])
        }
        const moved = { body: { calendar_id: other!.id } }
        expect(refusal(yield* wire("PUT", `calendar_events/${id}`, moved))).toEqual([400, "bad_request", ".calendar_id"])
      })
    )
  )
})

describe("legacy conversations and messages", () => {
  it.effect("a message is noted in its patient's conversation", () =>
    within(
      Effect.gen(function* () {
        const patient_id = yield* patient(0)
        const [worker] = yield* collect(Workers.findStream())
        const conversation = yield* Conversations.create({ body: { patient_id, conversation_type: "app", title: "Sample chat" } })
        expect(conversation).toMatchObject({ patient_id, conversation_type: "app", phone_number_id: null, email_address_ids: null })
        expect(yield* Conversations.get({ id: conversation.id })).toEqual(conversation)
        const sent_at = timestamp("2024-05-01T11:00:00.000001Z")
        const body = { patient_id, worker_id: worker!.id, conversation_id: conversation.id, contents: "👋", sent_at }
        const created = yield* Messages.create({ body: { ...body, direction: "outbound" } })
        expect(created).toMatchObject({ ...body, automatically_sent: false })
        expect(yield* Messages.get({ id: created.id })).toEqual(created)
        expect((yield* collect(Messages.findStream(until(created)))).at(-1)).toEqual(created)
        const inbound = yield* Messages.create({
          body: { patient_id, conversation_id: conversation.id, direction: "inbound", contents: "" }
        })
        expect(inbound.sent_at).toBe(null)
      })
    )
  )

  it.effect("none is noted in another's conversation, without its sender, or as sent by itself; none of SMS is created", () =>
    within(
      Effect.gen(function* () {
        const conversations = yield* collect(Conversations.findStream())
        const { id: conversation_id, patient_id } = conversations.find((one) => one.patient_id !== null)!
        const other = conversations.find((one) => one.patient_id !== patient_id)!
        const message = { patient_id, conversation_id, direction: "outbound", contents: "Hello" }
        yield* refused("messages", [
          [message, 400, "bad_request", ".worker_id"],
          [{ ...message, worker_id: nobody }, 404, "resource_not_found", ".worker_id"],
          [{ ...message, direction: "inbound", conversation_id: other.id }, 400, "bad_request", ".conversation_id"],
          [{ ...message, direction: "inbound", automatically_sent: true }, 400, "parse_exception", ".automatically_sent"],
          [{ ...message, direction: "inbound", sent_at: "today" }, 400, "parse_exception", ".sent_at"]
        ])
        yield* refused("conversations", [
          [{ patient_id, conversation_type: "sms" }, 400, "parse_exception", ".conversation_type"],
          [{ patient_id, email_address_ids: [nobody] }, 404, "resource_not_found", ".email_address_ids[0]"]
        ])
      })
    )
  )
})

describe("legacy custom records and assessments", () => {
  it.effect("a record is created as often as it is sent, replaced and deleted", () =>
    within(
      Effect.gen(function* () {
        const patient_id = yield* patient(2)
        const body = { patient_id, type_name: "cdt-vitals", body: { "cdtf-pulse": 60, own: [1] } }
        const created = yield* CustomDataTypeRecords.create({ body })
        expect((yield* CustomDataTypeRecords.create({ body })).id).not.toBe(created.id)
        const updated = yield* CustomDataTypeRecords.update({ id: created.id, body: { body: { "cdtf-pulse": 70 } } })
        expect(updated.body).toEqual({ "cdtf-pulse": 70 })
        expect(yield* CustomDataTypeRecords.get({ id: created.id })).toEqual(updated)
        const found = yield* collect(CustomDataTypeRecords.findStream({ patient_id, type_name: "cdt-vitals", ...until(updated) }))
        expect(found.at(-1)).toEqual(updated)
        expect(new Set(found.map(({ type_name }) => type_name))).toEqual(new Set(["cdt-vitals"]))
        yield* CustomDataTypeRecords.remove({ id: created.id })
        yield* gone(CustomDataTypeRecords.get({ id: created.id }))
        expect(refusal(yield* wire("POST", "custom_data_type_records", { body: { ...body, type_name: "none" } }))).toEqual([
          400,
          "bad_request",
          ".type_name"
        ])
      })
    )
  )

  it.effect("answers fit their assessment, which comes along on demand", () =>
    within(
      Effect.gen(function* () {
        const patient_id = yield* patient(2)
        const model = { hours_slept: 6.5, woke_rested: false, next_visit: "2021-03-20" }
        const created = yield* AssessmentResponses.create({ body: { patient_id, spec_id: "sleep_checkin", model, title: "Slept" } })
        expect(created).toMatchObject({ spec_name: "sleep_checkin", spec_version: expect.any(String), model })
        expect(created).not.toHaveProperty("title")
        expect(yield* AssessmentResponses.get({ id: created.id })).toEqual(created)
        const full = yield* AssessmentResponses.get({ id: created.id, include_schema: true })
        expect(full).toMatchObject({ ...created, spec: { name: "sleep_checkin" } })
        const found = yield* collect(AssessmentResponses.findStream({ include_schema: true, ...until(created) }))
        expect(found.at(-1)).toEqual(full)
        expect(found.every(({ spec }) => spec !== undefined)).toBe(true)
        const response = { patient_id, spec_name: "sleep_checkin", model }
        for (const [body, ...told] of [
          [{ ...response, spec_name: undefined }, 400, "bad_request", ".spec_name"],
          [{ ...response, model: { hours_slept: "6" } }, 400, "bad_request", ".model.hours_slept"],
          [{ ...response, model: { shoe_size: 38 } }, 400, "bad_request", ".model.shoe_size"]
        ] as const) {
          expect(refusal(yield* wire("POST", "assessment_responses", { body }))).toEqual(told)
        }
        expect(refusal(yield* wire("GET", "assessment_responses", { query: { include_schema: "yes" } }))).toEqual([
          400,
          "parse_exception",
          ".include_schema"
        ])
      })
    )
  )
})

describe("legacy external ids", () => {
  it.effect("map one record to one id in a namespace, and tell no times", () =>
    within(
      Effect.gen(function* () {
        const { id: welkin_id } = (yield* collect(Workers.findStream()))[0]!
        const body = { resource: "workers", namespace: "hr", external_id: "Ω 7/8", welkin_id }
        const created = yield* ExternalIds.create({ body })
        expect(created).toEqual({ id: created.id, ...body })
        expect(yield* ExternalIds.get({ id: created.id })).toEqual(created)
        const { id: other } = (yield* collect(Workers.findStream()))[1]!
        const to = timestamp("2030-01-01T00:00:00Z")
        for (const filter of [{ external_id: "Ω 7/8" }, { welkin_id }, { namespace: "hr" }, { resource: "workers" }]) {
          expect(yield* collect(ExternalIds.findStream({ ...filter, to }))).toEqual([created])
        }
        const place = ".external_id"
        for (const taken of [
          { ...body, welkin_id: other },
          { ...body, external_id: "8" }
        ]) {
          expect(refusal(yield* wire("POST", "external_ids", { body: taken }))).toEqual([400, "uniqueness_exception", place])
        }
        yield* ExternalIds.create({ body: { ...body, namespace: "payroll" } })
        const second = yield* ExternalIds.create({ body: { ...body, external_id: "8", welkin_id: other } })
        const clash = { body: { external_id: "Ω 7/8" } }
        expect(refusal(yield* wire("PUT", `external_ids/${second.id}`, clash))).toEqual([400, "uniqueness_exception", place])
        expect(yield* ExternalIds.update({ id: second.id, body: { external_id: "9" } })).toEqual({ ...second, external_id: "9" })
        yield* ExternalIds.remove({ id: created.id })
        yield* gone(ExternalIds.get({ id: created.id }))
        yield* ExternalIds.update({ id: second.id, body: { external_id: "Ω 7/8" } })
      })
    )
  )

  it.effect("those from the start are found by either id, and taken", () =>
    within(
      Effect.gen(function* () {
        const all = yield* collect(ExternalIds.findStream())
        const one = all[3]!
        const filter = { external_id: one.external_id!, namespace: one.namespace! }
        expect(yield* collect(ExternalIds.findStream(filter))).toEqual([one])
        expect(yield* collect(ExternalIds.findStream({ welkin_id: one.welkin_id! }))).toEqual([one])
        const { id: _, ...body } = one
        expect(refusal(yield* wire("POST", "external_ids", { body }))).toEqual([400, "uniqueness_exception", ".external_id"])
        for (const [changed, ...told] of [
          [{ resource: "shoes" }, 400, "bad_request", ".resource"],
          [{ welkin_id: nobody }, 404, "resource_not_found", ".welkin_id"],
          [{ resource: "workers" }, 404, "resource_not_found", ".welkin_id"]
        ] as const) {
          expect(refusal(yield* wire("POST", "external_ids", { body: { ...body, ...changed } }))).toEqual(told)
        }
      })
    )
  )
})

describe("legacy tasks and plans", () => {
  it.effect("a patient's task is created, and told once more when it is deleted", () =>
    within(
      Effect.gen(function* () {
        const user_id = yield* patient(0)
        const created = yield* PatientTasks.create({ body: { user_id, task_type: "weekly_survey" } })
        expect(created).toMatchObject({ patient_id: user_id, task_type: "weekly_survey", dismissed: null })
        expect(yield* PatientTasks.get({ id: created.id })).toEqual(created)
        expect((yield* collect(PatientTasks.findStream(until(created)))).at(-1)).toEqual(created)
        expect(yield* PatientTasks.remove({ id: created.id })).toEqual(created)
        yield* gone(PatientTasks.get({ id: created.id }))
      })
    )
  )

  it.effect("tasks of an intake are found by their job, name and reference; nobody writes them", () =>
    within(
      Effect.gen(function* () {
        const all = yield* collect(IntegrationTasks.findStream())
        const one = all.find(({ ref_ids }) => ref_ids?.length === 2)!
        expect(yield* IntegrationTasks.get({ id: one.id })).toEqual(one)
        for (const [filter, fits] of [
          [{ job_id: one.job_id! }, (task: typeof one) => task.job_id === one.job_id],
          [{ task_name: one.task_name! }, (task: typeof one) => task.task_name === one.task_name],
          [{ ref_id: one.ref_ids![0]! }, (task: typeof one) => task.ref_ids!.includes(one.ref_ids![0]!)],
          [{ ref_id: one.ref_ids![1]! }, (task: typeof one) => task.ref_ids!.includes(one.ref_ids![1]!)]
        ] as const) {
          expect(yield* collect(IntegrationTasks.findStream(filter))).toEqual(all.filter(fits))
        }
        expect((yield* wire("POST", "integration_tasks", { body: {} })).status).toBe(404)
      }),
      { patients: 40 }
    )
  )

  it.effect("plans are read in the spelling of any year", () =>
    Effect.gen(function* () {
      const plans = (spelling: "2018" | "2020" | "both") =>
        within(collect(CareFlows.findStream()), { patients: 40, legacy: { spelling } }).pipe(
          Effect.map((all) =>
            all.map((one) => ({
              ...one,
              care_flow: one.care_flow!.map(({ diagnosis, title, ...plan }) => ({ ...plan, title: title ?? diagnosis }))
            }))
          )
        )
      const wired = (spelling: "2018" | "2020") =>
        within(
          Effect.map(wire("GET", "care_flows"), ({ json }) => json.data.flatMap((one: any) => one.care_flow.goals)),
          { patients: 40, legacy: { spelling } }
        )
      const keys = (values: ReadonlyArray<object>) => Array.from(new Set(values.flatMap(Object.keys))).toSorted()
      const old = yield* wired("2018")
      expect(keys(old)).toEqual(["interventions", "title"])
      const common = ["completed_at", "completed_by_worker_id", "title", "worker_id"]
      expect(keys(old.flatMap((goal: any) => goal.interventions))).toEqual([...common, "instructions", "reminder_date"].toSorted())
      const goals = yield* wired("2020")
      expect(keys(goals.flatMap((goal: any) => goal.tasks))).toEqual([...common, "description", "due_date"].toSorted())
      const newest = yield* plans("2020")
      expect(newest.some(({ care_flow }) => care_flow.some(({ goals }) => goals!.some(({ tasks }) => tasks!.length > 0)))).toBe(true)
      expect(yield* plans("2018")).toEqual(newest)
      expect(yield* plans("both")).toEqual(newest)
    })
  )
})
