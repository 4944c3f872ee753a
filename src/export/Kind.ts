/**
 * What can be exported: the kinds of record, how each is read, and what in a record tells two apart.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type * as Endpoint from "../Endpoint.js"
import type { WelkinClient } from "../internal/tags.js"
import type * as Pagination from "../Pagination.js"
import * as AssessmentRecords from "../v8/AssessmentRecords.js"
import * as CalendarEvents from "../v8/CalendarEvents.js"
import * as CarePlanGoals from "../v8/CarePlanGoals.js"
import * as CarePlans from "../v8/CarePlans.js"
import * as Cdts from "../v8/Cdts.js"
import * as Chat from "../v8/Chat.js"
import * as Contacts from "../v8/Contacts.js"
import * as DataAudits from "../v8/DataAudits.js"
import * as Documents from "../v8/Documents.js"
import * as Emails from "../v8/Emails.js"
import * as EncounterAssessments from "../v8/EncounterAssessments.js"
import * as EncounterComments from "../v8/EncounterComments.js"
import * as EncounterDispositions from "../v8/EncounterDispositions.js"
import * as Encounters from "../v8/Encounters.js"
import * as Exports from "../v8/Exports.js"
import * as AssessmentFormations from "../v8/formations/AssessmentFormations.js"
import * as CdtFormations from "../v8/formations/CdtFormations.js"
import * as DictionaryFormations from "../v8/formations/DictionaryFormations.js"
import * as DocumentTypes from "../v8/formations/DocumentTypes.js"
import * as EncounterDispositionFormation from "../v8/formations/EncounterDispositionFormation.js"
import * as EncounterTemplates from "../v8/formations/EncounterTemplates.js"
import * as GoalTemplates from "../v8/formations/GoalTemplates.js"
import * as PdtFormations from "../v8/formations/PdtFormations.js"
import * as ProgramFormations from "../v8/formations/ProgramFormations.js"
import * as PatientPrograms from "../v8/PatientPrograms.js"
import * as Patients from "../v8/Patients.js"
import * as Pdts from "../v8/Pdts.js"
import * as SecurityAudits from "../v8/SecurityAudits.js"
import * as Sms from "../v8/Sms.js"
import * as Tasks from "../v8/Tasks.js"
import * as UnrecognizedEmails from "../v8/UnrecognizedEmails.js"
import * as UnrecognizedSms from "../v8/UnrecognizedSms.js"
import * as Users from "../v8/Users.js"
import * as WebhookAudits from "../v8/WebhookAudits.js"
import type { WelkinError } from "../WelkinError.js"
import * as Files from "./internal/files.js"
import * as Lists from "./internal/lists.js"
import * as Versions from "./internal/versions.js"

/**
 * A list of the whole tenant, from its beginning or from where it was left.
 *
 * @since 0.1.0
 * @category models
 */
export interface TenantList {
  readonly name: string
  readonly read: (from?: Lists.From) => Lists.Reads
}

/**
 * How a kind is read by the ordinary lists: those of the tenant, those of a patient, or either.
 *
 * @since 0.1.0
 * @category models
 */
export interface Crawl {
  readonly record: Schema.Schema.AnyNoContext
  /** Everything, in lists that go on page by page. `filter` is one of `Patients.search`. */
  readonly tenant?: (filter: Patients.PatientFilter) => Effect.Effect<ReadonlyArray<TenantList>, WelkinError, WelkinClient>
  /** What belongs to one patient. */
  readonly patient?: (patientId: Patients.PatientId) => Lists.Reads
  /** Patients may have records in common, which are kept once: one unit reads them all. */
  readonly isShared?: boolean
  /** Each patient's records are dear, and are safe before the next one's are asked for. */
  readonly isDear?: boolean
}

/**
 * A kind of record.
 *
 * @since 0.1.0
 * @category models
 */
export interface Kind {
  /** Its name, which is that of its folder. */
  readonly name: string
  /** The route that gives all of them, across all patients. */
  readonly bulk?: {
    readonly endpoint: Endpoint.Endpoint<
      { readonly start?: string | undefined; readonly pageSize?: number | undefined },
      Pagination.CursorPage<unknown>,
      WelkinClient
    >
    readonly record: Schema.Schema.AnyNoContext
  }
  readonly crawl?: Crawl
  /** Left out unless it is asked for by name. */
  readonly onRequest?: boolean
}

type Bulk = NonNullable<Kind["bulk"]>

// ---------------------------------------------------------------------------------------------------------------------- lists

const listsOf =
  (...lists: ReadonlyArray<TenantList>) =>
  () =>
    Effect.succeed(lists)

const encounters = Lists.paged(Encounters.listForPatient)
const encountersOf = (patientId: Patients.PatientId) => encounters({ patientId, withCareTeam: false })
const goals = Lists.paged(CarePlanGoals.list)
const documents = Lists.paged(Documents.list, "data")
const events = Lists.paged(CalendarEvents.list)
const tasks = Lists.paged(Tasks.search)
const patients = Lists.paged(Patients.search)
const cdts = Lists.paged(Cdts.list, "data")
const pdts = Lists.paged(Pdts.list, "records")
const chat = Lists.paged(Chat.list)
const users = Lists.paged(Users.list)
const unrecognizedSms = Lists.paged(UnrecognizedSms.list)
const unrecognizedEmails = Lists.paged(UnrecognizedEmails.list)
const programs = Lists.paged(PatientPrograms.list)
const disposition = Lists.one(EncounterDispositionFormation.get)

/** Reads what each encounter of a patient has. */
const perEncounter =
  (read: (input: { readonly patientId: Patients.PatientId; readonly encounterId: Encounters.EncounterId }) => Lists.Reads) =>
  (patientId: Patients.PatientId): Lists.Reads =>
    Lists.below(encountersOf(patientId), (id) => {
      const encounterId = id as Encounters.EncounterId
      return Lists.owned(read({ patientId, encounterId }), { encounterId, patientId })
    })

/** Reads what each goal of a patient has. */
const perGoal =
  (read: (input: { readonly patientId: Patients.PatientId; readonly goalId: CarePlanGoals.CarePlanGoalId }) => Lists.Reads) =>
  (patientId: Patients.PatientId): Lists.Reads =>
    Lists.below(goals({ patientId }), (id) => {
      const goalId = id as CarePlanGoals.CarePlanGoalId
      return Lists.owned(read({ patientId, goalId }), { goalId, patientId })
    })

/** Reads a list of each patient. */
const perPatient =
  (read: (input: { readonly patientId: Patients.PatientId }) => Lists.Reads) =>
  (patientId: Patients.PatientId): Lists.Reads =>
    Lists.owned(read({ patientId }), { patientId })

type Formations = Endpoint.Endpoint<{ readonly version: "current" }, any, WelkinClient>

/** Formations are in no patient's hands: each list of them is a kind, for records do not say which they are. */
const formations = (name: string, endpoint: Formations, record: Schema.Schema.AnyNoContext): Kind => {
  const list = Lists.unpaged(endpoint)
  return { name, crawl: { record, tenant: listsOf({ name: "", read: () => list({ version: "current" }) }) } }
}

const audits = (
  name: string,
  endpoint: Endpoint.Endpoint<{ readonly sort?: string | undefined }, any, WelkinClient>,
  record: Schema.Schema.AnyNoContext
): Kind => {
  const list = Lists.paged(endpoint)
  // the logs come in no order unless they are told one
  const read = (from?: Lists.From) => list({ sort: "sentAt,asc" }, from)
  return { name, onRequest: true, crawl: { record, tenant: listsOf({ name: "", read }) } }
}

// ---------------------------------------------------------------------------------------------------------------------- facts

/** How the kinds with a bulk route are read where that route is not permitted. */
const counterparts: { readonly [K in keyof typeof Exports.kinds]: Crawl | undefined } = {
  patients: {
    record: Patients.Patient,
    tenant: (filter) => Effect.succeed([{ name: "", read: (from) => patients({ body: filter }, from) }]),
    patient: (patientId) => Lists.one(Patients.get)({ patientId })
  },
  cdtRecords: {
    record: Cdts.CdtListedRecord,
    patient: (patientId) => Lists.each(Lists.namesOf(CdtFormations.list), (cdtName) => cdts({ patientId, cdtName }))
  },
  pdtRecords: {
    record: Pdts.PdtRecord,
    tenant: () =>
      Effect.map(Lists.namesOf(PdtFormations.list), (names) =>
        names.map((pdtName) => ({ name: pdtName, read: (from) => pdts({ pdtName }, from) }))
      )
  },
  encounters: { record: Encounters.Encounter, patient: encountersOf },
  encounterDispositions: {
    record: EncounterDispositions.EncounterDisposition,
    patient: perEncounter(Lists.maybe(Lists.one(EncounterDispositions.get)))
  },
  encounterComments: { record: EncounterComments.EncounterComment, patient: perEncounter(Lists.unpaged(EncounterComments.list)) },
  assessments: { record: AssessmentRecords.AssessmentRecord, patient: perPatient(Lists.paged(AssessmentRecords.list)) },
  calendarEvents: {
    record: CalendarEvents.CalendarEvent,
    tenant: listsOf({ name: "", read: (from) => events(Lists.everMore, from) }),
    patient: (patientId) => events({ ...Lists.everMore, participantIds: [patientId] }),
    isShared: true
  },
  tasks: {
    record: Tasks.Task,
    tenant: listsOf({ name: "", read: (from) => tasks({}, from) }),
    patient: (patientId) => tasks({ patientId })
  },
  patientPrograms: {
    record: Patients.PatientProgram,
    // what the patient is not in is listed too, as stubs
    patient: (patientId) => programs({ patientId, assignedPrograms: true })
  },
  sms: { record: Sms.Sms, patient: perPatient(Lists.paged(Sms.list)) },
  emails: { record: Emails.Email, patient: perPatient(Lists.paged(Emails.list)) },
  voiceCalls: undefined
}

const nameOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/**
 * Every kind, by the order in which they are reported.
 *
 * @since 0.1.0
 * @category constants
 */
export const kinds: ReadonlyArray<Kind> = [
  ...Object.values(Exports.kinds).map(({ endpoint, name, record }): Kind => {
    const crawl = counterparts[name]
    return { name: nameOf(name), bulk: { endpoint: endpoint as unknown as Bulk["endpoint"], record }, ...(crawl && { crawl }) }
  }),
  { name: "contacts", crawl: { record: Contacts.Contact, patient: perPatient(Lists.unpaged(Contacts.list)) } },
  { name: "care-plans", crawl: { record: CarePlans.CarePlan, patient: perPatient(Lists.maybe(Lists.one(CarePlans.get))) } },
  { name: "care-plan-goals", crawl: { record: CarePlanGoals.CarePlanGoal, patient: perPatient(goals) } },
  {
    name: "care-plan-goal-comments",
    crawl: { record: CarePlanGoals.CarePlanGoalComment, patient: perGoal(Lists.unpaged(CarePlanGoals.listComments)) }
  },
  { name: "care-plan-goal-tasks", crawl: { record: Tasks.Task, patient: perGoal(Lists.unpaged(CarePlanGoals.listTasks)) } },
  {
    name: "encounter-assessments",
    crawl: { record: EncounterAssessments.EncounterAssessmentLink, patient: perEncounter(Lists.unpaged(EncounterAssessments.list)) }
  },
  {
    name: "chat",
    crawl: { record: Chat.ChatMessage, patient: perPatient(({ patientId }) => chat({ patientId, includeArchived: true })) }
  },
  { name: "documents", crawl: { record: Documents.DocumentSummary, patient: perPatient(documents) } },
  {
    name: "document-files",
    crawl: { record: Files.StoredFile, patient: (patientId) => Files.of(patientId, documents({ patientId })), isDear: true }
  },
  { name: "users", crawl: { record: Users.User, tenant: listsOf({ name: "", read: (from) => users({}, from) }) } },
  formations("cdt-formations", CdtFormations.list, CdtFormations.CdtFormation),
  formations("pdt-formations", PdtFormations.list, PdtFormations.PdtFormation),
  formations("assessment-formations", AssessmentFormations.list, AssessmentFormations.AssessmentFormation),
  formations("dictionary-formations", DictionaryFormations.list, DictionaryFormations.DictionaryFormation),
  formations("document-types", DocumentTypes.list, CdtFormations.CdtFormation),
  {
    name: "encounter-disposition-formation",
    crawl: { record: CdtFormations.CdtFormation, tenant: listsOf({ name: "", read: () => disposition({ version: "current" }) }) }
  },
  formations("encounter-templates", EncounterTemplates.list, EncounterTemplates.EncounterTemplate),
  formations("goal-templates", GoalTemplates.list, GoalTemplates.GoalTemplate),
  formations("program-formations", ProgramFormations.list, ProgramFormations.ProgramFormation),
  // nobody's: a bulk route has them among the others
  {
    name: "unrecognized-sms",
    onRequest: true,
    crawl: { record: Sms.Sms, tenant: listsOf({ name: "", read: (from) => unrecognizedSms({}, from) }) }
  },
  {
    name: "unrecognized-emails",
    onRequest: true,
    crawl: { record: Emails.Email, tenant: listsOf({ name: "", read: (from) => unrecognizedEmails({}, from) }) }
  },
  audits("data-audits", DataAudits.list, DataAudits.DataAuditEvent),
  audits("security-audits", SecurityAudits.list, SecurityAudits.SecurityAuditEvent),
  audits("webhook-audits", WebhookAudits.list, WebhookAudits.WebhookAuditEvent)
]

const named: ReadonlyMap<string, Kind> = new Map(kinds.map((kind) => [kind.name, kind]))

/**
 * @since 0.1.0
 * @category accessors
 */
export const byName = (name: string): Kind | undefined => named.get(name)

/**
 * What tells a record from others, and one version of it from another.
 *
 * @since 0.1.0
 * @category models
 */
export type Version = Versions.Version

/**
 * The version of a parsed record. Records of custom data types tell the time of their last change one level deeper, and messages of
 * a chat have an external id alone.
 *
 * @since 0.1.0
 * @category accessors
 */
export const versionOf: (record: unknown) => Version = Versions.of

/**
 * Whether what came later is the newer version: it is, unless its last change is the older one.
 *
 * @since 0.1.0
 * @category predicates
 */
export const replaces: (later: Version, earlier: Version) => boolean = Versions.replaces
