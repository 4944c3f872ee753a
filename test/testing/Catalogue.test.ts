/*
 * The simulator held against what is known of the service, not against the SDK: its routes, and what it answers at each of them.
 */
import * as HttpClient from "@effect/platform/HttpClient"
import { describe, expect, it, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Simulator } from "../../src/testing/index.js"
import * as Routes from "../../src/testing/internal/routes.js"
import * as V8 from "../../src/v8/index.js"
import * as Conformance from "../support/conformance.js"
import { strayingFrom } from "../support/conformanceAnswers.js"
import * as Facts from "../support/conformanceFacts.js"
import { reader } from "../support/conformanceTypes.js"
import type { JsonObject } from "../support/json.js"
import { type Ask, exchange, send } from "./doors.js"

const catalogue = Facts.catalogue("v8")
const fixtures = Facts.fixtures("v8")

/** The routes that nobody knows what to answer at. */
const gaps = ["exports.byResource"]

describe("the simulator's routes", () => {
  it("are those that are known, with their query", () => {
    const known = new Map<string, Set<string>>()
    for (const facts of catalogue.endpoints) {
      const route = Facts.routeOf(facts)
      known.set(route, new Set([...(known.get(route) ?? []), ...Object.keys(facts.query)]))
    }
    const rows = (routes: Iterable<readonly [string, Iterable<string>]>) =>
      Object.fromEntries(Array.from(routes, ([route, names]) => [route, Array.from(names).sort()] as const).sort())
    const simulated = Routes.v8().map(({ method, query, template }) => [Facts.routeOf({ method, path: template }), query] as const)
    expect(simulated).toHaveLength(known.size)
    expect(rows(simulated)).toEqual(rows(known))
  })
})

// ------------------------------------------------------------------------------------------------------------------- the stage

type Method = Parameters<typeof send>[0]

/** The names of examples, and what stands for them in the simulator. */
type Names = Readonly<Record<string, string>>

interface Stage {
  readonly simulator: Simulator.Service
  readonly token: string
  readonly secret: string
  /** What stands for the ids of the examples. */
  readonly names: Names
  /** What fills the slots of routes, whatever the example says. */
  readonly slots: Names
}

class Staged extends Context.Tag("Staged")<Staged, Stage>() {}

const far = { startDateTime: "2068-01-02T03:04:05.006Z", endDateTime: "2068-01-02T04:04:05.006Z" }

const file = (name: string): FormData => {
  const form = new FormData()
  form.append(name, new Blob(["a plan"], { type: "application/pdf" }), "plan.pdf")
  return form
}

/** A patient with a record of every kind. */
const furnish = Effect.gen(function* () {
  const simulator = yield* Simulator.Simulator
  const { instance, tenant } = simulator.credentials
  const token: string = (yield* exchange).json.token
  const made = (method: Method, path: string, ask: Ask = {}) =>
    Effect.flatMap(send(method, `/${tenant}/${instance}${path}`, { token, ...ask }), ({ json, status, text }) =>
      status < 300 ? Effect.succeed(json) : Effect.dieMessage(`${method} ${path} answered ${status}: ${text}`)
    )
  const post = (path: string, body: unknown) => made("POST", path, { body })

  const [user, other] = (yield* made("GET", "/users", { query: { userState: "ACTIVE" } })).data
  const patient = yield* post("/patients", { firstName: "Ada", lastName: "Example", externalId: "own-1", phone: "+12025550142" })
  const at = `/patients/${patient.id}`
  const participants = [
    { participantId: user.id, participantRole: "psm" },
    { participantId: patient.id, participantRole: "patient" }
  ]
  const appointment = { ...far, hostId: user.id, participants }
  const event = yield* post("/calendar/events", { ...appointment, externalId: "own-event", eventType: "APPOINTMENT" })
  const visit = { title: "First visit", templateName: "etmp-first-visit" }
  const encounter = yield* post(`${at}/encounters`, { ...visit, currentScheduledAppointment: appointment })
  const [link] = yield* made("GET", `${at}/encounters/${encounter.id}/assessments`)
  const comment = yield* post(`${at}/encounters/${encounter.id}/comments`, { text: "Follow up." })
  const assessment = yield* post(`${at}/assessment-records`, { assessmentName: "asm-sleep-check" })
  const monday = { day: 1, startTime: "09:00:00", endTime: "17:00:00" }
  const hours = yield* post("/calendar/work-hours", { ...far, psmId: user.id, daysInfo: [monday] })
  yield* post(`${at}/care-plan/overview`, { overview: "Works shifts." })
  const goal = yield* post(`${at}/care-plan/goals`, { goalTemplateName: "gtmp-sleep-hours" })
  yield* post(`${at}/care-plan/goals/${goal.id}/comments`, { text: "Good." })
  const task = { name: "Call", description: "", dueDate: far.startDateTime, status: "TODO", priority: "LOW", assignee: { id: user.id } }
  yield* post(`${at}/care-plan/goals/${goal.id}/tasks`, task)
  const call = yield* post("/tasks", {
    ...task,
    patient: { id: patient.id },
    watchers: [{ id: other.id }],
    comments: [{ text: "Left a message." }]
  })
  const record = yield* post(`${at}/cdts/cdt-wellbeing`, { "cdtf-mood": "good" })
  yield* post(`${at}/chat/inbound`, { message: "I will be late." })
  const profile = yield* post("/pdts/pdt-guardian", { "pdtf-first-name": "Rosa", "pdtf-last-name": "Field" })
  const otherProfile = yield* post("/pdts/pdt-guardian", { "pdtf-first-name": "Rosa", "pdtf-last-name": "Sample" })
  const contact = yield* post(`${at}/contacts`, { name: "Rosa Field", relation: "Sister", pdtRecordId: profile.id })
  const document = yield* post(`${at}/document-summary`, { type: "doc-type-others" })
  const emptyDocument = yield* post(`${at}/document-summary`, { type: "doc-type-others" })
  yield* post(`${at}/document-summary/${document.id}/doc-type-others`, { notes: "Signed." })
  const [upload] = yield* made("POST", `${at}/document-summary/${document.id}/files`, { form: file("files") })
  const later = { receiver: patient.id, scheduledAt: far.startDateTime }
  const sms = yield* post(`${at}/sms`, { ...later, message: "Soon" })
  const email = yield* post(`${at}/emails`, { ...later, subject: "Visit", body: "Soon" })
  const [strangeSms] = (yield* made("GET", "/unrecognized-patients/sms")).content
  const [strangeEmail] = (yield* made("GET", "/unrecognized-patients/emails")).content
  const program = yield* made("PATCH", `${at}/programs/prog-blood-pressure`, { body: { assigned: true, phaseName: "phase-enrolled" } })
  const { records } = yield* made("GET", "/dictionaries/d-visit-reasons")

  return {
    simulator,
    token,
    secret: Redacted.value(simulator.credentials.secretKey),
    names: {
      "4eb490f2-40d0-437d-b17e-25f0abce0fd2": patient.id,
      "0d9a2c1e-5f34-4a0b-9c55-2f7be1a40c11": patient.id,
      "4dff56ee-5d78-4731-94a6-b6fffbdd040d": user.id,
      "c0a80101-0000-4000-8000-0000000000aa": user.id,
      "52a09524-c74c-40c1-9588-93516fc6b7c8": other.id,
      "60840656-1cd3-49dc-b238-cbaa92e0b1ff": assessment.id,
      "3d2f1e0c-9b8a-4765-8432-10fedcba9876": record.id,
      "2f6f6a5e-1f0a-4b9e-8a57-6f1f0d3c4b21": profile.id,
      "ffda2bb6-3e0b-42c6-8618-5e23a52fde61": call.id,
      "asm-sleep": "asm-sleep-check",
      "_asm-sleep": "_asm-sleep-check",
      "gtmp-walk": "gtmp-walking",
      welcome: "phase-enrolled",
      "active-care": "phase-active"
    },
    slots: {
      patientId: patient.id,
      ownPatientId: "own-1",
      encounterId: encounter.id,
      encounterAssessmentId: link.id,
      commentId: comment.id,
      eventId: event.id,
      externalId: "own-event",
      workHoursId: hours.details[0].workHoursId,
      assessmentRecordId: assessment.id,
      goalId: goal.id,
      cdtName: "cdt-wellbeing",
      recordId: record.id,
      contactId: contact.id,
      id: profile.id,
      otherProfileId: otherProfile.id,
      documentSummaryId: document.id,
      emptyDocumentId: emptyDocument.id,
      fileId: upload.id,
      documentTypeName: "doc-type-others",
      ownTypeName: "dt-referral",
      answersName: "_asm-sleep-check",
      smsId: sms.id,
      strangeSmsId: strangeSms.id,
      emailId: email.id,
      strangeEmailId: strangeEmail.id,
      taskId: call.id,
      watcherId: other.id,
      taskCommentId: call.comments[0].id,
      userId: user.id,
      userRef: user.id,
      username: user.username,
      programName: "prog-blood-pressure",
      patientProgramId: program.id,
      dictionaryName: "d-visit-reasons",
      entryId: records[0].id,
      apiClientName: simulator.credentials.apiClient,
      resource: "CARE_PLAN",
      tenant,
      instance
    }
  }
})

// ------------------------------------------------------------------------------------------------------------------- the visits

/** Where the example does not fit the simulator's instance: slots filled as others are, another query, another body. */
interface Own {
  readonly slots?: Names
  readonly query?: Readonly<Record<string, string>>
  readonly body?: (stage: Stage, example: JsonObject) => unknown
}

const always = { from: "2010-01-01T00:00:00.000Z", to: "2090-01-01T00:00:00.000Z" }
const strangeSms: Own = { slots: { smsId: "strangeSmsId" } }
const strangeEmail: Own = { slots: { emailId: "strangeEmailId" } }
const entry: Own = { slots: { recordId: "entryId" } }
const named = (name: string): Own => ({ body: (_, example) => ({ ...example, name }) })
const everything: Own = { query: { pageSize: "500" } }

const pages = ["patients", "cdtRecords", "calendarEvents", "voiceCalls", "sms", "emails", "tasks", "assessments", "encounters"]
const morePages = ["encounterDispositions", "encounterComments", "patientPrograms", "pdtRecords"]

const own: Readonly<Record<string, Own>> = {
  ...Object.fromEntries([...pages, ...morePages].map((kind) => [`exports.${kind}`, everything])),
  "audits.data.list": { query: {} },
  "audits.webhook.list": { query: {} },
  "auth.token": { body: ({ secret }) => ({ secret }) },
  "calendarEvents.find": { query: always },
  "cdts.list": { query: { page: "0", size: "20", filters: "cdtf-mood=good,fair", sort: "created_at,desc" } },
  "contacts.create": { body: ({ slots }) => ({ name: "Rosa Field", relation: "Sister", pdtRecordId: slots.otherProfileId }) },
  "assessmentFormations.getCdt": { slots: { cdtName: "answersName" } },
  "assessmentFormations.create": named("asm-new"),
  "dictionaries.records.get": entry,
  "dictionaries.records.create": { body: () => ({ records: [{ values: { "df-code": "third", "df-name": "Third visit" } }] }) },
  "dictionaries.records.replaceAll": { body: () => ({ records: [{ values: { "df-code": "only", "df-name": "Only visit" } }] }) },
  "dictionaries.records.update": { ...entry, body: () => ({ values: { "df-code": "first", "df-name": "Very first visit" } }) },
  "dictionaries.records.delete": entry,
  "dictionaryFormations.update": named("d-visit-reasons"),
  "documentTypes.update": { ...named("dt-referral"), slots: { documentTypeName: "ownTypeName" } },
  "documentTypes.delete": { slots: { documentTypeName: "ownTypeName" } },
  "documents.record.create": { slots: { documentSummaryId: "emptyDocumentId" } },
  "emails.list": { query: { status: "SCHEDULED", starred: "false", page: "0" } },
  "emails.unrecognized.get": strangeEmail,
  "emails.unrecognized.update": strangeEmail,
  "emails.unrecognized.delete": strangeEmail,
  "encounterTemplates.create": named("etmp-new"),
  "encounters.listFullForUser": { query: { withCareTeam: "false" } },
  "patients.get": { slots: { patientId: "ownPatientId" }, query: { type: "EID" } },
  "patients.delete": { query: {} },
  "programFormations.create": named("prog-new"),
  "programFormations.update": named("prog-blood-pressure"),
  "sms.list": { query: { status: "SCHEDULED", starred: "false", page: "0" } },
  "sms.unrecognized.get": strangeSms,
  "sms.unrecognized.update": strangeSms,
  "sms.unrecognized.delete": strangeSms,
  "tasks.removeComment": { slots: { commentId: "taskCommentId" } },
  "users.list": { query: { search: "staff", userState: "ACTIVE" } },
  "users.listByInstance": { query: { userState: "ACTIVE" } },
  "users.territories.put": { body: () => ({ territories: [{ instanceName: "demo", name: "region-coast", territories: ["coast"] }] }) }
}

/** What an API client may not do unless it is allowed to. */
const allow = ["patients.remove", "users.remove", "encounterComments.create", "chat.archive", "chat.restore"] as const

/** A list or page that shows nothing of its items. */
const isEmpty = (json: any): boolean => {
  const items = Array.isArray(json) ? json : (json.data?.content ?? json.content ?? (Array.isArray(json.data) ? json.data : undefined))
  return items !== undefined && items.length === 0
}

/** The same with other names, each of which stands alone or in a list that is joined with commas. */
const translated = <A>(value: A, names: Names): A =>
  JSON.parse(JSON.stringify(value).replace(/(?<=[",])[\w-]+(?=[",])/g, (name) => names[name] ?? name))

const formOf = (fields: JsonObject): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (!Array.isArray(value)) form.append(name, String(value))
    else
      for (const { contentType, content, name: fileName } of value) form.append(name, new Blob([content], { type: contentType }), fileName)
  }
  return form
}

/** What a route answers to its example, in a state of its own. */
const visited = Effect.fnUntraced(function* (facts: Facts.Facts) {
  const stage = yield* Staged
  const { body, query, slots = {} } = own[facts.id] ?? {}
  const { request } = translated(fixtures.get(facts.id)!, stage.names)
  const filled = facts.path.replace(/\{(\w+)\}/g, (_, slot: string) =>
    encodeURIComponent(stage.slots[slots[slot] ?? slot] ?? request.path?.[slot] ?? "")
  )
  const texts = Object.entries(query ?? request.query ?? {}).map(([name, value]) => [name, String(value)])
  const simulator = yield* stage.simulator.fork
  return yield* send(facts.method as Method, filled, {
    token: stage.token,
    query: Object.fromEntries(texts),
    ...(request.multipart === undefined ? {} : { form: formOf(request.multipart) }),
    ...(request.body === undefined ? {} : { body: body === undefined ? request.body : body(stage, request.body as JsonObject) })
  }).pipe(Effect.provideService(Simulator.Simulator, simulator), Effect.provideService(HttpClient.HttpClient, simulator.httpClient))
})

/** What the examples all have, and need not be there: a patient's address, an encounter's appointment. */
const nulls = new Set([
  "CalendarEventParticipant.email",
  "FullEncounter.calendarEvent",
  "FullEncounter.disposition",
  "FullEncounter.userRelatedToCalendarEvent"
])

layer(Layer.effect(Staged, furnish).pipe(Layer.provide(Simulator.layer({ patients: 40, allow }))))("the simulator", (it) => {
  it.effect("answers 501 at no endpoint of the SDK but these", () =>
    Effect.gen(function* () {
      const byRoute = new Map(catalogue.endpoints.map((facts) => [Facts.routeOf(facts), facts]))
      const unanswered: Array<string> = []
      for (const { descriptor } of Conformance.endpointsOf(V8)) {
        const facts = byRoute.get(Facts.routeOf(descriptor))
        if (facts === undefined || (yield* visited(facts)).status === 501) unanswered.push(descriptor.id)
      }
      expect(unanswered).toEqual(gaps)
      expect(Simulator.gaps()).toEqual(gaps)
    })
  )

  it.effect.each(catalogue.endpoints.map((facts) => [facts.id, facts] as const))("answers as is known of %s", ([, facts]) =>
    Effect.gen(function* () {
      const told = yield* visited(facts)
      if (gaps.includes(facts.id)) return expect(told.status).toBe(501)
      expect(facts.statuses.filter((status) => status < 300)).toContain(told.status)
      const { answer, envelope, paging } = facts
      if (answer === null) return expect(told.text).toBe("")
      if (answer === "bytes") return expect(told.text).toBe("a plan")
      expect(told.headers["content-type"]).toBe("application/json")
      const { read } = reader(catalogue.models, envelope)
      const type = read(envelope !== null && paging === "none" ? `Page<${answer}>` : answer)
      expect(strayingFrom(told.json, type, nulls)).toEqual([])
      expect(isEmpty(told.json)).toBe(false)
    })
  )
})
