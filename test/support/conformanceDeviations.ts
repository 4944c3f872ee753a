/** Where the package does not follow the facts of a field to the letter, each with its reason. */
import type { Catalogue } from "./conformanceFacts.js"

export interface Deviation {
  readonly why: string
  /** `Model.field` or, in a query, `facts.id.parameter`; `Model.*` for what no other row names; a `Model` for `open`. */
  readonly of: ReadonlyArray<string>
  /** The endpoints it is so for, if not for all. */
  readonly only?: ReadonlyArray<string>
  /** Whether it may be absent. */
  readonly absent?: boolean
  /** Whether it may be null. */
  readonly null?: boolean
  /** Whether values of another type are taken: kept as they came, or passed over. */
  readonly other?: boolean
  /** Whether other fields than the known may be sent. */
  readonly open?: boolean
}

/** What the rows say of a change to a field: whether it is taken; undefined where they say nothing. */
export const lookup =
  (deviations: ReadonlyArray<Deviation>) =>
  (endpoint: string, name: string, change: "absent" | "null" | "other"): boolean | undefined =>
    [name, name.replace(/\..*/, ".*")]
      .flatMap((key) => deviations.filter(({ of, only = [endpoint] }) => of.includes(key) && only.includes(endpoint)))
      .find((row) => row[change] !== undefined)?.[change]

/** The facts, with those models closed to which nothing may be added. */
export const closing = (deviations: ReadonlyArray<Deviation>, { endpoints, models }: Catalogue): Catalogue => {
  const closed = deviations.flatMap(({ of, open }) => (open === false ? of : []))
  return { endpoints, models: { ...models, ...Object.fromEntries(closed.map((name) => [name, { ...models[name]!, open: false }])) } }
}

export const v8: ReadonlyArray<Deviation> = [
  {
    why: "a page is one by its items",
    of: ["SpringPage.*", "SpringPageable.*", "SpringSort.*", "MetaInfo.*", "PageTokenMeta.*"],
    absent: true
  },
  { why: "nobody should fail over a total", of: ["SpringPage.totalElements", "SpringPage.totalPages"], null: true, other: true },
  { why: "nobody should fail over a total", of: ["MetaInfo.totalElements", "MetaInfo.totalPages"], null: true, other: true },
  { why: "an answer without its items is no page", of: ["SpringPage.content", "CursorPage.data"], absent: false },
  { why: "null ends the list, as false does", of: ["ExportCursor.hasNext"], null: true },
  { why: "the token of a page carries the search", of: ["chat.search.query"], absent: true },
  { why: "the method says that few fields may be sent, the facts that most must", of: ["TaskUpdate.*"], absent: true },
  {
    why: "documented only: nothing but the id is counted on",
    of: ["Email.*", "Sms.*", "Task.*", "TaskPerson.*", "Dictionary.*", "DictionaryRecord.*"],
    null: true
  },
  { why: "documented only: nothing but the name is counted on", of: ["DictionaryFormation.*", "DictionaryFormationField.*"], null: true },
  { why: "documented in two forms", of: ["TaskComment.author", "TaskComment.updatedAt"], null: true },
  {
    why: "what a record is named by",
    of: ["Email.id", "Sms.id", "Task.id", "TaskPerson.id", "DictionaryRecord.id"],
    absent: false,
    null: false
  },
  { why: "what a record is named by", of: ["DictionaryFormation.name", "DictionaryFormationField.name"], absent: false, null: false },
  {
    why: "what a record is named by",
    of: ["CarePlanGoal.id", "CarePlanGoalComment.id", "DocumentTypeRecord.id", "EncounterComment.id"],
    absent: false
  },
  { why: "a comment is its text", of: ["TaskComment.id", "TaskComment.createdAt", "TaskComment.text"], absent: false },
  { why: "an answer without its records is none", of: ["Dictionary.records", "CarePlanGoalDetails.details"], absent: false, null: false },
  { why: "callers write the records alone", of: ["DictionaryRecordsInput"], open: false },
  { why: "figures of nobody are none", of: ["CalendarEventSummary.summary", "CalendarPsmSummary.psmId"], absent: false },
  { why: "a patient need have none", of: ["CalendarEventParticipant.email"], null: true },
  { why: "the plan is older than its overview", of: ["CarePlan.patientOverview"], absent: true, null: true },
  { why: "the event that it shortens may have none", of: ["ScheduleEvent.eventTitle", "ScheduleEvent.eventType"], null: true },
  { why: "events may be about no patient", of: ["DataAuditEvent.patientFullName", "DataAuditEvent.patientId"], absent: true },
  { why: "a row may have failed", of: ["CdtBulkUpdateResultRow.jsonBody"], absent: true, null: true },
  {
    why: "not all fields need have been asked for, or changed",
    of: ["CdtRecordBody.*"],
    only: ["cdts.list", "cdts.bulkUpdate", "exports.cdtRecords"],
    absent: true
  },
  { why: "a policy may hide them", of: ["DocumentSummaryBody.*"], absent: true },
  { why: "an empty text or null", of: ["EncounterBody.description"], null: true },
  { why: "an encounter need have no event", of: ["FullEncounter.*"], absent: true, null: true },
  { why: "what all the rest is about", of: ["FullEncounter.encounter"], absent: false, null: false },
  { why: "the docs lack them", of: ["ApplicationAccess.createdAt", "ApplicationAccess.updatedAt"], absent: true },
  { why: "the docs lack them", of: ["InstanceAccess.userEmailWithInstanceDomain"], absent: true },
  { why: "recorded once, with fields that the docs lack", of: ["PatientCareTeamMember.*"], absent: true },
  { why: "what a record is named by", of: ["PatientCareTeamMember.id"], absent: false },
  {
    why: "older instances lack them",
    of: [
      ...["AssessmentFormation.displayType", "AssessmentFormation.autoCompleted", "ChatParticipant.patientFullName"],
      ...["CdtFormationField.editable", "CdtFormationField.disable", "CdtFormationField.injectedSource"],
      ...["CdtFormationField.displayType", "CdtFormationField.valueType"],
      ...["Encounter.cdtId", "Encounter.version", "Encounter.cdtName"],
      ...["EncounterTemplate.encounterDescription", "EncounterTemplate.encounterInstruction", "EncounterTemplate.encounterColor"],
      ...["EncounterTemplate.type", "EncounterTemplate.deliveryMethod", "EncounterTemplate.defaultDuration"],
      ...["ProgramFormationPhase.type", "ProgramFormationPhase.autoFinishProgram"],
      ...["WebhookConfig.title", "WebhookConfig.payload", "WebhookConfig.active", "WebhookConfig.enabled"]
    ],
    absent: true
  },
  {
    why: "the document type says what it holds",
    of: ["DocumentTypeRecordCreate.notes", "DocumentTypeRecordUpdate.notes"],
    null: true,
    other: true
  },
  {
    why: "known from a connector that calls objects text: kept as it came",
    of: [
      ...["ExportAssessment.answers", "ExportAssessment.scoring"],
      ...["ExportAssessment.questions", "ExportCalendarEvent.additionalInfo", "ExportCalendarEvent.participants", "ExportEmail.bodyType"],
      ...["ExportOpen.updatedAt", "ExportPatient.mrn", "ExportPatient.patientTerritories", "ExportPatient.careTeam"],
      ...["ExportPatient.careTeamMembers", "ExportPatient.pointOfContact", "ExportPatient.patientPrograms"],
      ...["ExportTask.patient", "ExportTask.assignee", "ExportTask.author", "ExportTask.watchers", "ExportTask.comments"]
    ],
    other: true
  }
]
