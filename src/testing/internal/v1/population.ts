/*
 * Who and what is in v1 before anybody writes, made of the same seed as v8's clinic and no part of it: the two are different services.
 */
import type { JsonObject } from "../json.js"
import { cities, type DataTypes, fictionalPhone, fieldValue, firstNames, lastNames, type Population, sentence } from "../population.js"
import { type Draws, hex, key, mix } from "../random.js"
import * as Kind from "./kind.js"
import * as Workshop from "./workshop.js"

const zones = ["US/Pacific", "US/Eastern", "US/Central", "America/Denver", "US/Hawaii"]
const phases = ["onboarding", "active_care", "maintenance", "discharged"]
const minute = 60_000_000

/** A day of the calendar some days from a moment. */
const dayAfter = (micros: number, days: number): string => new Date(micros / 1000 + days * 86_400_000).toISOString().slice(0, 10)

const midnight = (day: string): string => `${day}T00:00:00+00:00`

const birthday = (draws: Draws): string =>
  new Date(Date.UTC(1930 + draws.below(90), draws.below(12), 1 + draws.below(28))).toISOString().slice(0, 10)

/** Fields that some answers leave out where others have null. */
const maybe = (draws: Draws, fields: JsonObject): JsonObject => (draws.chance(60) ? fields : {})

/** The fields without those that came later. */
const without = (fields: JsonObject, ...later: ReadonlyArray<string>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !later.includes(name)))

const anyWorker = (draws: Draws, population: Population): string => workers.base(population).idAt(draws.below(workerCount))

const patientOf = (owner: number, population: Population): string => patients.base(population).idAt(owner)

const workerCount = 12

export const workers = Kind.make({
  resource: "workers",
  size: { all: workerCount },
  in2018: (fields) => without(fields, "role_ids", "active"),
  make: ({ draws, index }) => ({
    email: `worker-${index}@staff.example`,
    first_name: draws.pick(firstNames),
    last_name: `${draws.pick(lastNames)}-Worker-${index}`,
    phone_number: draws.maybe(70, () => fictionalPhone(draws)),
    timezone: draws.pick(zones),
    gender: draws.pick([null, "", "Female", "Male", "Decline", "Unknown"]),
    ...maybe(draws, { role_ids: draws.pick([["coach"], ["coach", "supervisor"], []]), active: index !== 5 })
  })
})

export const calendars = Kind.make({
  resource: "calendars",
  size: { all: workerCount },
  make: ({ index }, population) => ({ worker_id: workers.base(population).idAt(index) })
})

export const patients = Kind.make({
  resource: "patients",
  size: { each: 1 },
  older: { primary_worker_id: "coach_id" },
  in2018: (fields) => ({
    ...without(fields, "is_active", "gender", "height", "weight", "smokes", "primary_language", "provider_id_number"),
    country: fields.country === "US" ? "USA" : fields.country
  }),
  make: ({ draws, index }, population) => ({
    phase: draws.pick(phases),
    primary_worker_id: draws.maybe(80, () => anyWorker(draws, population)),
    timezone: draws.pick(zones),
    first_name: draws.pick(firstNames),
    last_name: `${draws.pick(lastNames)}-${index.toString(36)}`,
    birthday: draws.maybe(90, () => birthday(draws)),
    street: draws.maybe(60, () => `${1 + draws.below(999)} Sample Street`),
    street_line_two: draws.pick([null, null, "", "Apt. 2 ½"]),
    city: draws.maybe(60, () => draws.pick(cities)),
    ...maybe(draws, { county: null }),
    zip_code: draws.pick([null, "00000", "00000-0000", "01234"]),
    state: draws.pick([null, "CA", "IL"]),
    country: draws.pick([null, "US"]),
    ...maybe(draws, {
      is_active: draws.chance(90),
      gender: draws.pick([null, "Female", "Male", "nonbinary"]),
      height: draws.maybe(50, () => String(55 + draws.below(25))),
      weight: draws.maybe(50, () => String(100 + draws.below(150))),
      smokes: draws.maybe(50, () => draws.chance(20)),
      primary_language: draws.pick([null, "english", "spanish"]),
      provider_id_number: null
    })
  })
})

export const phoneNumbers = Kind.make({
  resource: "phone_numbers",
  size: { each: 2 },
  older: { patient_id: "user_id", opted_in_to_phone: "opted_on_to_phone" },
  make: ({ draws, owner, slot }, population) =>
    draws.chance(slot === 0 ? 75 : 10)
      ? {
          patient_id: patientOf(owner, population),
          phone_number: fictionalPhone(draws),
          phone_number_type: draws.pick(["cell", "landline", "other"]),
          friendly_name: draws.pick([null, "mobile", "à la maison"]),
          verified: draws.chance(50),
          opted_in_to_sms: draws.chance(60),
          opted_in_to_call_recording: draws.chance(30),
          opted_in_to_voicemail: draws.chance(50),
          automatic_recipient: draws.chance(30),
          ...maybe(draws, { opted_in_to_phone: draws.chance(70) })
        }
      : undefined
})

export const emailAddresses = Kind.make({
  resource: "email_addresses",
  size: { each: 2 },
  older: { patient_id: "user_id" },
  make: ({ draws, index, owner, slot }, population) =>
    draws.chance(slot === 0 ? 80 : 10)
      ? {
          email: `patient-${index}@mail.example`,
          friendly_name: draws.pick([null, "home", "仕事"]),
          patient_id: patientOf(owner, population),
          verified: draws.chance(50),
          opted_in_to_email: draws.chance(70),
          automatic_recipient: draws.chance(30)
        }
      : undefined
})

/** The kinds of conversation, and what they were called in 2018: `app` has changed its meaning. */
const conversationTypes: { readonly [newest: string]: string } = { sms: "phone", email: "email", app: "third_party_app", welkin_app: "app" }

/** The first of a patient is the one of the first phone number. */
export const conversations = Kind.make({
  resource: "conversations",
  size: { each: 2 },
  older: { patient_id: "user_id" },
  in2018: (fields) => ({
    ...without(fields, "title", "phone_number_id", "email_address_ids"),
    conversation_type: conversationTypes[String(fields.conversation_type)] ?? null
  }),
  make: ({ draws, owner, slot }, population) => {
    const patient_id = patientOf(owner, population)
    if (slot === 0) {
      const number = phoneNumbers.base(population).at(owner * phoneNumbers.slots)
      return number && { patient_id, conversation_type: "sms", title: null, phone_number_id: number.id, email_address_ids: null }
    }
    if (!draws.chance(50)) return undefined
    const conversation_type = draws.pick([null, "app", "email", "welkin_app"])
    return {
      patient_id,
      conversation_type,
      title: conversation_type === "app" ? "Sample chat 💬" : null,
      ...maybe(draws, { phone_number_id: null })
    }
  }
})

export const messages = Kind.make({
  resource: "messages",
  size: { each: 3 },
  older: { patient_id: "user_id", sent_at: "send_time" },
  moments: ["sent_at"],
  make: ({ created, draws, owner, slot }, population) => {
    const places = conversations.base(population)
    const conversation = places.at(owner * conversations.slots + (slot % conversations.slots))
    if (conversation === undefined || !draws.chance(70)) return undefined
    const direction = draws.pick(["inbound", "outbound"])
    return {
      patient_id: patientOf(owner, population),
      ...(direction === "outbound" || draws.chance(20) ? { worker_id: anyWorker(draws, population) } : maybe(draws, { worker_id: null })),
      conversation_id: conversation.id,
      direction,
      contents: draws.pick(["See you on Thursday 👋", "", sentence.repeat(1 + draws.below(20)), "Ἄννα: “yes”"]),
      automatically_sent: direction === "outbound" && draws.chance(20),
      sent_at: draws.maybe(90, () => created - draws.below(60) * 1_000_000)
    }
  }
})

export const calendarEvents = Kind.make({
  resource: "calendar_events",
  size: { each: 2 },
  older: { patient_id: "user_id" },
  moments: ["start_time", "end_time"],
  in2018: (fields) => ({
    ...without(fields, "ignore_unavailable_times", "ignore_working_hours"),
    outcome: fields.outcome === "no_show" ? "no-show" : fields.outcome
  }),
  make: ({ created, draws, owner }, population) => {
    if (!draws.chance(70)) return undefined
    const is_all_day = draws.chance(20)
    const day = dayAfter(created, draws.below(30))
    const start = Date.parse(`${day}T00:00:00Z`) * 1000 + (8 + draws.below(10)) * 60 * minute
    return {
      calendar_id: calendars.base(population).idAt(draws.below(workerCount)),
      patient_id: draws.maybe(90, () => patientOf(owner, population)),
      is_all_day,
      ...(is_all_day
        ? { ...maybe(draws, { start_time: null, end_time: null }), day }
        : { start_time: start, end_time: start + 30 * minute, ...maybe(draws, { day: null }) }),
      outcome: draws.pick([null, "completed", "cancelled", "no_show"]),
      modality: draws.pick(["call", "visit", "video", "phone"]),
      appointment_type: draws.pick(["followup_call", "intake_visit"])
    }
  }
})

const bodyOf = (draws: Draws, fields: DataTypes[string]): JsonObject =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, field]) => (draws.chance(80) ? [[name, fieldValue(draws, field)]] : [])))

export const customDataTypeRecords = Kind.make({
  resource: "custom_data_type_records",
  size: { each: 3 },
  older: { patient_id: "user_id" },
  in2018: (fields) => without(fields, "updated_by"),
  make: ({ draws, owner }, population) => {
    const names = Object.keys(population.dataTypes)
    if (names.length === 0 || !draws.chance(60)) return undefined
    const type_name = draws.pick(names)
    return {
      body: draws.chance(5) ? null : bodyOf(draws, population.dataTypes[type_name]!),
      patient_id: patientOf(owner, population),
      type_name,
      ...maybe(draws, { updated_by: null })
    }
  }
})

export const assessmentResponses = Kind.make({
  resource: "assessment_responses",
  size: { each: 2 },
  older: { patient_id: "user_id" },
  in2018: ({ spec_name, ...fields }) => ({ spec_id: spec_name, ...without(fields, "spec_version", "worker_id") }),
  make: ({ draws, owner }, population) => {
    if (!draws.chance(50)) return undefined
    const { fields, name, version } = draws.pick(Workshop.assessments)
    return {
      spec_name: name,
      spec_version: version,
      patient_id: patientOf(owner, population),
      ...(draws.chance(50) ? { worker_id: anyWorker(draws, population) } : {}),
      model: bodyOf(draws, fields)
    }
  }
})

const task2018 = ({ description, due_date, ...task }: JsonObject): JsonObject => ({
  ...task,
  reminder_date: due_date,
  instructions: description
})

const goal2018 = ({ tasks, ...goal }: JsonObject): JsonObject => ({
  ...goal,
  interventions: (tasks as ReadonlyArray<JsonObject>).map(task2018)
})

const plan2018 = ({ title, ...plan }: JsonObject): JsonObject => ({
  ...plan,
  diagnosis: title,
  goals: (plan.goals as ReadonlyArray<JsonObject>).map(goal2018)
})

export const careFlows = Kind.make({
  resource: "care_flows",
  size: { each: 1 },
  older: { patient_id: "user_id" },
  in2018: (fields) => ({ ...fields, care_flow: plan2018(fields.care_flow as JsonObject) }),
  make: ({ created, draws, owner }, population) => {
    if (!draws.chance(60)) return undefined
    const task = () => {
      const due = dayAfter(created, 7 + draws.below(30))
      const isDone = draws.chance(40)
      return {
        title: draws.pick(["Agree on a bedtime", "Walk every day", "例"]),
        due_date: draws.maybe(80, () => midnight(due)),
        completed_at: isDone ? midnight(due) : null,
        completed_by_worker_id: isDone ? anyWorker(draws, population) : null,
        worker_id: draws.maybe(70, () => anyWorker(draws, population)),
        description: draws.maybe(70, () => sentence)
      }
    }
    const goal = () => ({ title: draws.pick(["Regular hours", "More steps"]), tasks: Array.from({ length: draws.below(4) }, task) })
    return {
      patient_id: patientOf(owner, population),
      care_flow: {
        title: draws.pick(["Short nights", "Low mood"]),
        description: draws.maybe(60, () => "Sleep better"),
        goals: Array.from({ length: draws.below(3) }, goal)
      }
    }
  }
})

export const patientTasks = Kind.make({
  resource: "patient_tasks",
  size: { each: 1 },
  older: { patient_id: "user_id" },
  make: ({ draws, owner }, population) =>
    draws.chance(50)
      ? {
          patient_id: patientOf(owner, population),
          task_type: draws.pick(["weekly_survey", "intake_form"]),
          dismissed: draws.pick([null, null, true, false])
        }
      : undefined
})

/** How many neighbouring tasks belong to one job. */
export const tasksOfJob = 4

/** The id of a job; it looks like a guid and is none. */
export const jobId = (job: number, { seed }: Population): string => {
  const word = hex(mix(key(seed, "v1/job"), 0), 8)
  return `${word}-${word.slice(0, 4)}-0${word.slice(4, 7)}-0${word.slice(1, 4)}-${hex(job, 12)}`
}

/** The id of what a task dealt with in the other system. */
export const refId = (index: number): string => `labs-${index}`

export const integrationTasks = Kind.make({
  resource: "integration_tasks",
  size: { each: 1 },
  older: { patient_id: "user_id" },
  make: ({ draws, index, owner }, population) => {
    const isTop = index % tasksOfJob === 0
    if (!isTop && !draws.chance(40)) return undefined
    const status = draws.pick(["unattempted", "running", "failed", "succeeded", "succeeded"])
    const errors =
      status === "failed" && !isTop
        ? [
            {
              code: "user_not_found",
              message: "No such person is known.",
              extra: draws.pick([null, { attempt_number: 2 }, '{"attempt_number":2}'])
            }
          ]
        : []
    return {
      status,
      ...(isTop ? {} : { patient_id: patientOf(owner, population) }),
      ref_ids: isTop ? [] : [refId(index), ...(draws.chance(30) ? [refId(index + 1)] : [])],
      job_id: jobId(Math.floor(index / tasksOfJob), population),
      task_name: isTop ? "labfeed_pull.start" : draws.pick(["labfeed_pull.process_item", "labfeed_pull.match"]),
      ...(errors.length > 0 || draws.chance(50) ? { errors } : {})
    }
  }
})

export const namespace = "crm"

/** The other system's id of a patient; which patient it is can be read back out of it. */
export const externalIdOf = (owner: number): string => `crm/${owner}~é`
export const ownerOf = (externalId: string): number | undefined => {
  const parts = /^crm\/(\d{1,9})~é$/.exec(externalId)
  return parts === null ? undefined : Number(parts[1])
}

export const externalIds = Kind.make({
  resource: "external_ids",
  size: { each: 1 },
  stamped: false,
  make: ({ draws, owner }, population) =>
    draws.chance(66)
      ? { resource: "patients", namespace, external_id: externalIdOf(owner), welkin_id: patientOf(owner, population) }
      : undefined
})

/** All collections, by their names. */
export const kinds: { readonly [resource: string]: Kind.Kind } = Object.fromEntries(
  [
    assessmentResponses,
    calendarEvents,
    calendars,
    careFlows,
    conversations,
    customDataTypeRecords,
    emailAddresses,
    externalIds,
    integrationTasks,
    messages,
    patientTasks,
    patients,
    phoneNumbers,
    workers
  ].map((kind) => [kind.resource, kind])
)
