/**
 * Bulk export: whole resources across all patients, ordered by their last change, oldest first.
 *
 * An export begins with the oldest record, or with those changed since an instant: `start: "2030-01-02T03:04:05.000Z"`, and of
 * a stream `position: { start: … }`. It runs up to now and has no other bound. A record that changes meanwhile comes again, and records
 * that changed at the same instant may: drop what you have by `id` and `updatedAt`. Nothing says how deleted records show.
 *
 * Only an API client may export, and its security policy must grant Data Export for the resource: `Forbidden` otherwise. None of
 * these answers was ever recorded. So any field may be missing or null here, and a nested value that does not look as it does
 * elsewhere stays as it came ({@link Raw}).
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import * as Codecs from "../Codecs.js"
import type { WelkinClient } from "../internal/tags.js"
import * as Pagination from "../Pagination.js"
import type { WelkinError } from "../WelkinError.js"
import { AssessmentRecord, AssessmentRecordAnswers } from "./AssessmentRecords.js"
import { CalendarEvent, CalendarEventAdditionalInfo, CalendarEventParticipant } from "./CalendarEvents.js"
import { CdtPartialBody, CdtRecord } from "./Cdts.js"
import { Email } from "./Emails.js"
import { EncounterComment } from "./EncounterComments.js"
import * as Endpoint from "./endpoint.js"
import { Patient, PatientCareTeam, PatientCareTeamMemberRef, PatientProgram, PatientTerritory } from "./Patients.js"
import { Sms } from "./Sms.js"
import { Task, TaskComment, TaskPerson } from "./Tasks.js"
import * as Typed from "./typed.js"

/**
 * A value that does not look as the same field does elsewhere, as it came.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Raw = Schema.Unknown.pipe(Schema.brand("Raw")).annotations({
  arbitrary: () => (fc) => fc.string().map((text) => text as never)
})
/**
 * @since 0.1.0
 * @category models
 */
export type Raw = typeof Raw.Type

const orRaw = <A, I>(schema: Schema.Schema<A, I>) => Codecs.optionalNull(Schema.Union(schema, Raw))

/** The fields of a resource as it is read singly, of which any may be missing or null. */
type Sparse<Fields extends Schema.Struct.Fields> = {
  readonly [K in keyof Fields]: Schema.PropertySignature<
    "?:",
    Exclude<Schema.Schema.Type<Fields[K]>, undefined> | null,
    never,
    "?:",
    Exclude<Schema.Schema.Encoded<Fields[K]>, undefined> | null
  >
}

const sparse = <Fields extends Record<string, Schema.Schema.Any | Schema.optionalWith<Schema.Schema.Any, { exact: true }>>>(
  fields: Fields
): Sparse<Fields> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, Codecs.optionalNull(Schema.isSchema(field) ? field : field.from)])
  ) as any

/**
 * As {@link Patient}, fields of the tenant included.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportPatient = Codecs.open<ExportPatient>()({
  ...sparse(Patient.fields),
  id: Codecs.optional(Patient.fields.id),
  mrn: Codecs.optionalNull(Schema.Union(Schema.String, Schema.Number)),
  patientTerritories: orRaw(Schema.Array(PatientTerritory)),
  careTeam: orRaw(PatientCareTeam),
  careTeamMembers: orRaw(Schema.Array(PatientCareTeamMemberRef)),
  pointOfContact: orRaw(PatientCareTeamMemberRef),
  patientPrograms: orRaw(Schema.Array(PatientProgram))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportPatient extends Schema.Struct.Type<(typeof ExportPatient)["fields"]> {}

/**
 * As {@link CdtRecord}. `cdtName` tells its type: see {@link typedCdtRecordsStream}.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportCdtRecord = Codecs.open<ExportCdtRecord>()({
  ...sparse(CdtRecord.fields),
  id: Codecs.optional(CdtRecord.fields.id),
  /** Where it is missing, see `jsonBody.updated_at`. */
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  jsonBody: Codecs.optionalNull(CdtPartialBody)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportCdtRecord extends Schema.Struct.Type<(typeof ExportCdtRecord)["fields"]> {}

/**
 * As {@link CalendarEvent}.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportCalendarEvent = Codecs.open<ExportCalendarEvent>()({
  ...sparse(CalendarEvent.fields),
  id: Codecs.optional(CalendarEvent.fields.id),
  /** Seconds. */
  duration: Codecs.optionalNull(Schema.Number),
  additionalInfo: orRaw(CalendarEventAdditionalInfo),
  participants: orRaw(Schema.Array(CalendarEventParticipant))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportCalendarEvent extends Schema.Struct.Type<(typeof ExportCalendarEvent)["fields"]> {}

/** What an export says of a message besides the message. */
const bookkeeping = {
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  deletedAt: Codecs.optionalNull(Codecs.Instant),
  sender: Codecs.optionalNull(Schema.String),
  receiver: Codecs.optionalNull(Schema.String),
  errorMessage: Codecs.optionalNull(Schema.String),
  assignedBy: Codecs.optionalNull(Schema.String),
  assignedByName: Codecs.optionalNull(Schema.String),
  hasHistory: Codecs.optionalNull(Schema.Boolean),
  /** It came from an address or number of nobody known. */
  unrecognized: Codecs.optionalNull(Schema.Boolean)
}

/**
 * As {@link Sms}, with its bookkeeping.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportSms = Codecs.open<ExportSms>()({
  ...sparse(Sms.fields),
  id: Codecs.optional(Sms.fields.id),
  ...bookkeeping,
  messageType: Codecs.optionalNull(Schema.String),
  phoneId: Codecs.optionalNull(Schema.String),
  attachments: Codecs.optionalNull(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportSms extends Schema.Struct.Type<(typeof ExportSms)["fields"]> {}

/**
 * As {@link Email}, with its bookkeeping.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportEmail = Codecs.open<ExportEmail>()({
  ...sparse(Email.fields),
  id: Codecs.optional(Email.fields.id),
  ...bookkeeping,
  /** What an item looks like is unknown. */
  bodyType: orRaw(Schema.Array(Codecs.Json)),
  messageType: Codecs.optionalNull(Schema.String),
  /** Complete since 2024. */
  attachments: Codecs.optionalNull(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportEmail extends Schema.Struct.Type<(typeof ExportEmail)["fields"]> {}

const { message: _message, parts: _parts, status: _status, ...contact } = Sms.fields

/**
 * A call between a user and a patient. Exports are the only place that shows calls.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportVoiceCall = Codecs.open<ExportVoiceCall>()({
  ...sparse(contact),
  id: Codecs.optional(Codecs.Id),
  ...bookkeeping,
  childCallSid: Codecs.optionalNull(Schema.String),
  parentCallStatus: Codecs.optionalNull(Schema.String),
  childCallStatus: Codecs.optionalNull(Schema.String),
  userPhone: Codecs.optionalNull(Schema.String),
  parentCallDuration: Codecs.optionalNull(Schema.Number),
  childCallDuration: Codecs.optionalNull(Schema.Number),
  recorded: Codecs.optionalNull(Schema.Boolean),
  recordingDuration: Codecs.optionalNull(Schema.Number),
  recordingSid: Codecs.optionalNull(Schema.String),
  recordingUrl: Codecs.optionalNull(Schema.String),
  recordingFile: Codecs.optionalNull(Codecs.Json),
  phoneId: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportVoiceCall extends Schema.Struct.Type<(typeof ExportVoiceCall)["fields"]> {}

/**
 * As {@link Task}.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportTask = Codecs.open<ExportTask>()({
  ...sparse(Task.fields),
  id: Codecs.optional(Task.fields.id),
  patient: orRaw(TaskPerson),
  assignee: orRaw(TaskPerson),
  author: orRaw(TaskPerson),
  watchers: orRaw(Schema.Array(TaskPerson)),
  comments: orRaw(Schema.Array(TaskComment))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportTask extends Schema.Struct.Type<(typeof ExportTask)["fields"]> {}

/**
 * As {@link AssessmentRecord}.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportAssessment = Codecs.open<ExportAssessment>()({
  ...sparse(AssessmentRecord.fields),
  id: Codecs.optional(AssessmentRecord.fields.id),
  /** The record of {@link ExportCdtRecord} that holds the answers. */
  cdtRecordId: Codecs.optionalNull(CdtRecord.fields.id),
  /** The record of {@link ExportCdtRecord} that holds the scores. */
  scoringRecordId: Codecs.optionalNull(CdtRecord.fields.id),
  answers: orRaw(AssessmentRecordAnswers),
  /** Null in records older than 2023. */
  scoring: orRaw(Codecs.JsonObject),
  /** Labels by question. */
  questions: orRaw(Schema.Record({ key: Schema.String, value: Schema.String })),
  /** Since 2024. */
  source_id: Codecs.optionalNull(Codecs.Id),
  /** Since 2024. */
  source_type: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportAssessment extends Schema.Struct.Type<(typeof ExportAssessment)["fields"]> {}

/**
 * As {@link EncounterComment}.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportEncounterComment = Codecs.open<ExportEncounterComment>()({
  ...sparse(EncounterComment.fields),
  id: Codecs.optional(EncounterComment.fields.id),
  /** What the export is ordered by. */
  cursorAttribute: Codecs.optionalNull(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportEncounterComment extends Schema.Struct.Type<(typeof ExportEncounterComment)["fields"]> {}

/**
 * A record nobody has seen yet. The model of the same resource read singly is the best guess: read it by `Codecs.extension`.
 *
 * @since 0.1.0
 * @category models
 */
export const ExportOpen = Codecs.open<ExportOpen>()({
  id: Codecs.optionalNull(Codecs.Id),
  updatedAt: orRaw(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportOpen extends Schema.Struct.Type<(typeof ExportOpen)["fields"]> {}

const kind = <const Name extends string, const Resource extends string, A, I>(
  name: Name,
  resource: Resource,
  record: Schema.Schema<A, I>
) => {
  const route: string = `/{tenant}/{instance}/export/${resource}`
  const endpoint = Endpoint.get(`exports.${name}`, route, { query: Pagination.cursorQuery, success: Pagination.cursorPage(record) })
  return { name, resource, record, endpoint, stream: Pagination.cursor(endpoint), pages: Pagination.cursorPages(endpoint) }
}

/**
 * Every resource whose export is known by name, with its record, its call and its streams: the exports of this module are made
 * from this table.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const kinds = {
  patients: kind("patients", "PATIENT", ExportPatient),
  cdtRecords: kind("cdtRecords", "CDT_RECORD", ExportCdtRecord),
  pdtRecords: kind("pdtRecords", "PDT_RECORD", ExportOpen),
  encounters: kind("encounters", "ENCOUNTER", ExportOpen),
  encounterDispositions: kind("encounterDispositions", "ENCOUNTER_DISPOSITION", ExportOpen),
  encounterComments: kind("encounterComments", "ENCOUNTER_COMMENT", ExportEncounterComment),
  assessments: kind("assessments", "ASSESSMENT", ExportAssessment),
  calendarEvents: kind("calendarEvents", "CALENDAR_EVENT", ExportCalendarEvent),
  tasks: kind("tasks", "TASK", ExportTask),
  patientPrograms: kind("patientPrograms", "PATIENT_PROGRAM", ExportOpen),
  sms: kind("sms", "SMS", ExportSms),
  emails: kind("emails", "EMAIL", ExportEmail),
  voiceCalls: kind("voiceCalls", "VOICE_CALL", ExportVoiceCall)
}

/**
 * One page of all patients. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const patients = kinds.patients.endpoint

/**
 * All patients, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const patientsStream = kinds.patients.stream

/**
 * The pages of {@link patients}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const patientsPages = kinds.patients.pages

/**
 * One page of all records of custom data types. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const cdtRecords = kinds.cdtRecords.endpoint

/**
 * All records of custom data types, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const cdtRecordsStream = kinds.cdtRecords.stream

/**
 * The pages of {@link cdtRecords}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const cdtRecordsPages = kinds.cdtRecords.pages

/**
 * One page of all records of profile types. What they look like is unknown. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const pdtRecords = kinds.pdtRecords.endpoint

/**
 * All records of profile types, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const pdtRecordsStream = kinds.pdtRecords.stream

/**
 * The pages of {@link pdtRecords}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const pdtRecordsPages = kinds.pdtRecords.pages

/**
 * A record of one custom data type, its fields as a schema says.
 *
 * @since 0.1.0
 * @category models
 */
export interface TypedExportCdtRecord<Fields> extends Omit<ExportCdtRecord, "cdtName" | "jsonBody"> {
  readonly cdtName: string
  readonly jsonBody: CdtPartialBody & Fields
}

/**
 * A record of one profile type, its fields as a schema says.
 *
 * @since 0.1.0
 * @category models
 */
export interface TypedExportPdtRecord<Fields> extends ExportOpen {
  readonly pdtName: string
  readonly jsonBody: Fields
}

/**
 * All records of one custom data type, their fields decoded by a schema of yours: the same that `Cdts.typed` takes. The
 * export holds all types; the others are passed over.
 *
 * @example
 * ```ts
 * import * as Schema from "effect/Schema"
 * import * as Stream from "effect/Stream"
 * import { Exports } from "effect-welkin/v8"
 *
 * const Vitals = Schema.Struct({ "cdtf-pulse": Schema.NullOr(Schema.Int) })
 *
 * const pulses = Exports.typedCdtRecordsStream("cdt-vitals", Vitals).pipe(Stream.map(({ jsonBody }) => jsonBody["cdtf-pulse"]))
 * ```
 *
 * @since 0.1.0
 * @category streams
 */
export const typedCdtRecordsStream = <F extends Schema.Struct.Fields>(
  cdtName: string,
  schema: Typed.TenantSchema<F>,
  ...input: Parameters<typeof cdtRecordsStream>
): Stream.Stream<TypedExportCdtRecord<Typed.FieldsOf<F>>, WelkinError | Codecs.ExtensionMismatch, WelkinClient> =>
  cdtRecordsStream(...input).pipe(Typed.ofType("cdtName", cdtName, "jsonBody", schema))

/**
 * All records of one profile type, their fields decoded by a schema of yours: the same that `Pdts.typed` takes. The export
 * holds all types; the others are passed over.
 *
 * @since 0.1.0
 * @category streams
 */
export const typedPdtRecordsStream = <F extends Schema.Struct.Fields>(
  pdtName: string,
  schema: Typed.TenantSchema<F>,
  ...input: Parameters<typeof pdtRecordsStream>
): Stream.Stream<TypedExportPdtRecord<Typed.FieldsOf<F>>, WelkinError | Codecs.ExtensionMismatch, WelkinClient> =>
  pdtRecordsStream(...input).pipe(Typed.ofType("pdtName", pdtName, "jsonBody", schema))

/**
 * One page of all encounters. What they look like is unknown. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const encounters = kinds.encounters.endpoint

/**
 * All encounters, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const encountersStream = kinds.encounters.stream

/**
 * The pages of {@link encounters}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const encountersPages = kinds.encounters.pages

/**
 * One page of all dispositions of encounters. What they look like is unknown. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const encounterDispositions = kinds.encounterDispositions.endpoint

/**
 * All dispositions of encounters, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const encounterDispositionsStream = kinds.encounterDispositions.stream

/**
 * The pages of {@link encounterDispositions}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const encounterDispositionsPages = kinds.encounterDispositions.pages

/**
 * One page of all comments on encounters. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const encounterComments = kinds.encounterComments.endpoint

/**
 * All comments on encounters, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const encounterCommentsStream = kinds.encounterComments.stream

/**
 * The pages of {@link encounterComments}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const encounterCommentsPages = kinds.encounterComments.pages

/**
 * One page of all assessment records. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const assessments = kinds.assessments.endpoint

/**
 * All assessment records, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const assessmentsStream = kinds.assessments.stream

/**
 * The pages of {@link assessments}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const assessmentsPages = kinds.assessments.pages

/**
 * One page of all calendar events. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const calendarEvents = kinds.calendarEvents.endpoint

/**
 * All calendar events, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const calendarEventsStream = kinds.calendarEvents.stream

/**
 * The pages of {@link calendarEvents}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const calendarEventsPages = kinds.calendarEvents.pages

/**
 * One page of all tasks. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const tasks = kinds.tasks.endpoint

/**
 * All tasks, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const tasksStream = kinds.tasks.stream

/**
 * The pages of {@link tasks}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const tasksPages = kinds.tasks.pages

/**
 * One page of all programs of patients. What they look like is unknown. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const patientPrograms = kinds.patientPrograms.endpoint

/**
 * All programs of patients, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const patientProgramsStream = kinds.patientPrograms.stream

/**
 * The pages of {@link patientPrograms}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const patientProgramsPages = kinds.patientPrograms.pages

/**
 * One page of all text messages. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const sms = kinds.sms.endpoint

/**
 * All text messages, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const smsStream = kinds.sms.stream

/**
 * The pages of {@link sms}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const smsPages = kinds.sms.pages

/**
 * One page of all e-mails. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const emails = kinds.emails.endpoint

/**
 * All e-mails, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const emailsStream = kinds.emails.stream

/**
 * The pages of {@link emails}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const emailsPages = kinds.emails.pages

/**
 * One page of all calls. Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const voiceCalls = kinds.voiceCalls.endpoint

/**
 * All calls, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const voiceCallsStream = kinds.voiceCalls.stream

/**
 * The pages of {@link voiceCalls}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const voiceCallsPages = kinds.voiceCalls.pages

/**
 * One page of any resource, by its name in the route. Welkin has announced more exports than it has named: care plans, patient
 * contacts, chat and WhatsApp messages, assessments sent to patients, document summaries, automation audits. Documented, never
 * recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const byResource = Endpoint.get("exports.byResource", "/{tenant}/{instance}/export/{resource}", {
  path: { resource: Codecs.openEnum(...Object.values(kinds).map(({ resource }) => resource)) },
  query: {
    ...Pagination.cursorQuery,
    /** For automation audits. */
    status: Schema.optional(Codecs.openEnum("failure", "success", "conditions_check_failed"))
  },
  success: Pagination.cursorPage(ExportOpen)
})

/**
 * All records of any resource, a page whenever the consumer pulls past the last one.
 *
 * @since 0.1.0
 * @category streams
 */
export const byResourceStream = Pagination.cursor(byResource)

/**
 * The pages of {@link byResource}, envelope included.
 *
 * @since 0.1.0
 * @category streams
 */
export const byResourcePages = Pagination.cursorPages(byResource)
