/*
 * The routes of the v8 service, written out once more: what the SDK's own descriptors say is not looked at, so that a mistake there
 * shows as a 404 here. Only the names are the SDK's. A row: id, method, template, the query parameters that the endpoint knows, and
 * those it bears but ignores.
 */
import * as V1 from "./v1/routes.js"

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

const rows = [
  // assessment-records
  ["assessmentRecords.list", "GET", "/{tenant}/{instance}/patients/{patientId}/assessment-records", "page size sort"],
  ["assessmentRecords.get", "GET", "/{tenant}/{instance}/patients/{patientId}/assessment-records/{assessmentRecordId}", ""],
  ["assessmentRecords.create", "POST", "/{tenant}/{instance}/patients/{patientId}/assessment-records", ""],
  ["assessmentRecords.replace", "PUT", "/{tenant}/{instance}/patients/{patientId}/assessment-records/{assessmentRecordId}", ""],
  [
    "assessmentRecords.updateAnswers",
    "PUT",
    "/{tenant}/{instance}/patients/{patientId}/assessment-records/{assessmentRecordId}/answers",
    ""
  ],
  ["assessmentRecords.remove", "DELETE", "/{tenant}/{instance}/patients/{patientId}/assessment-records/{assessmentRecordId}", ""],
  // assessments
  ["encounterAssessments.list", "GET", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/assessments", "", "page"],
  [
    "encounterAssessments.get",
    "GET",
    "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/assessments/{encounterAssessmentId}",
    ""
  ],
  ["encounterAssessments.create", "POST", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/assessments", ""],
  [
    "encounterAssessments.update",
    "PATCH",
    "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/assessments/{encounterAssessmentId}",
    ""
  ],
  [
    "encounterAssessments.remove",
    "DELETE",
    "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/assessments/{encounterAssessmentId}",
    ""
  ],
  ["assessmentFormations.list", "GET", "/{tenant}/{instance}/formations/{version}/assessments", "", "page"],
  ["assessmentFormations.get", "GET", "/{tenant}/{instance}/formations/{version}/assessments/{assessmentName}", ""],
  ["assessmentFormations.getCdt", "GET", "/{tenant}/{instance}/formations/{version}/assessments/cdt/{cdtName}", ""],
  ["assessmentFormations.create", "POST", "/{tenant}/{instance}/formations/draft/assessments", ""],
  ["assessmentFormations.update", "PUT", "/{tenant}/{instance}/formations/draft/assessments/{assessmentName}", ""],
  ["assessmentFormations.remove", "DELETE", "/{tenant}/{instance}/formations/draft/assessments/{assessmentName}", ""],
  // audits
  [
    "dataAudits.list",
    "GET",
    "/{tenant}/admin/audit-data",
    "page size sort dateStart dateEnd entity cdtName operation subjectUsername subjectFullName subjectActor subjectUserId instance patientFullName patientId includeFormation"
  ],
  [
    "securityAudits.list",
    "GET",
    "/{tenant}/admin/audit-security",
    "page size sort dateStart dateEnd subjectUsername subjectFullName subjectActor objectUsername objectFullName objectActor eventSubtype"
  ],
  [
    "webhookAudits.list",
    "GET",
    "/{tenant}/admin/audit-webhook",
    "page size sort dateStart dateEnd instance eventSubtype entity eventEntity status patientId"
  ],
  // authentication
  ["authentication.exchange", "POST", "/{tenant}/admin/api_clients/{apiClientName}", ""],
  // calendar-events
  ["calendarEvents.create", "POST", "/{tenant}/{instance}/calendar/events", ""],
  ["calendarEvents.get", "GET", "/{tenant}/{instance}/calendar/events/{eventId}", "type"],
  [
    "calendarEvents.list",
    "GET",
    "/{tenant}/{instance}/calendar/events",
    "from to participantIds eventType sort includeCancelled includeEncounterInfo excludeAssignedToEncounterEvents viewerTimezone page size"
  ],
  ["calendarEvents.replace", "PUT", "/{tenant}/{instance}/calendar/events/{eventId}", ""],
  ["calendarEvents.update", "PATCH", "/{tenant}/{instance}/calendar/events/{eventId}", ""],
  ["calendarEvents.remove", "DELETE", "/{tenant}/{instance}/calendar/events/{eventId}", ""],
  ["calendarEvents.respondToInvitation", "PUT", "/{tenant}/{instance}/calendar/events/{eventId}/invitation-response", ""],
  ["calendarEvents.summarize", "GET", "/{tenant}/{instance}/calendar/psm-event-summary", "psmIds from to"],
  // calendar-schedules
  ["calendarSchedules.list", "GET", "/{tenant}/{instance}/calendar/psm-schedules", "psmIds from to includeCancelled", "page"],
  ["calendarSchedules.listAvailable", "GET", "/{tenant}/{instance}/calendar/available-psm-schedules", "psmIds from to includeCancelled"],
  ["calendarSchedules.listFull", "GET", "/{tenant}/{instance}/calendar/full-psm-schedules", "psmIds from to includeCancelled"],
  // calendar-work-hours
  ["workHours.create", "POST", "/{tenant}/{instance}/calendar/work-hours", ""],
  ["workHours.list", "GET", "/{tenant}/{instance}/calendar/work-hours", "psmIds from to viewerTimezone"],
  ["workHours.update", "PUT", "/{tenant}/{instance}/calendar/work-hours/{workHoursId}", ""],
  // care-plans
  ["carePlans.get", "GET", "/{tenant}/{instance}/patients/{patientId}/care-plan", ""],
  ["carePlans.createOverview", "POST", "/{tenant}/{instance}/patients/{patientId}/care-plan/overview", ""],
  ["carePlans.updateOverview", "PUT", "/{tenant}/{instance}/patients/{patientId}/care-plan/overview", ""],
  ["carePlanGoals.list", "GET", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals", "status page size"],
  ["carePlanGoals.create", "POST", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals", ""],
  ["carePlanGoals.get", "GET", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}", ""],
  ["carePlanGoals.update", "PATCH", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}", ""],
  ["carePlanGoals.listComments", "GET", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}/comments", ""],
  ["carePlanGoals.addComment", "POST", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}/comments", ""],
  ["carePlanGoals.listTasks", "GET", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}/tasks", ""],
  ["carePlanGoals.addTask", "POST", "/{tenant}/{instance}/patients/{patientId}/care-plan/goals/{goalId}/tasks", ""],
  // cdts
  ["cdts.list", "GET", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}", "fields page size sort filters dateStart dateEnd"],
  ["cdts.get", "GET", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}/{recordId}", "type"],
  ["cdts.create", "POST", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}", ""],
  ["cdts.update", "PATCH", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}/{recordId}", ""],
  ["cdts.bulkUpdate", "PATCH", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}", "", "page"],
  ["cdts.remove", "DELETE", "/{tenant}/{instance}/patients/{patientId}/cdts/{cdtName}/{recordId}", ""],
  // chat
  ["chat.sendInbound", "POST", "/{tenant}/{instance}/patients/{patientId}/chat/inbound", ""],
  ["chat.list", "GET", "/{tenant}/{instance}/patients/{patientId}/chat", "includeArchived pageSize pageToken"],
  [
    "chat.search",
    "GET",
    "/{tenant}/{instance}/patients/{patientId}/chat/search",
    "query pageSize contentPageSize includeArchived pageToken"
  ],
  ["chat.archive", "POST", "/{tenant}/{instance}/patients/{patientId}/chat/archive", "archiveDate"],
  ["chat.restore", "POST", "/{tenant}/{instance}/patients/{patientId}/chat/restore", ""],
  // contacts
  ["contacts.create", "POST", "/{tenant}/{instance}/patients/{patientId}/contacts", ""],
  ["contacts.list", "GET", "/{tenant}/{instance}/patients/{patientId}/contacts", "pdtRecordId active"],
  ["contacts.get", "GET", "/{tenant}/{instance}/patients/{patientId}/contacts/{contactId}", ""],
  ["contacts.update", "PATCH", "/{tenant}/{instance}/patients/{patientId}/contacts/{contactId}", ""],
  // dictionaries
  ["dictionaries.list", "GET", "/{tenant}/{instance}/dictionaries/{dictionaryName}", "dateStart dateEnd showDeleted"],
  ["dictionaries.get", "GET", "/{tenant}/{instance}/dictionaries/{dictionaryName}/{recordId}", ""],
  ["dictionaries.create", "POST", "/{tenant}/{instance}/dictionaries/{dictionaryName}", ""],
  ["dictionaries.replaceAll", "PUT", "/{tenant}/{instance}/dictionaries/{dictionaryName}", ""],
  ["dictionaries.update", "PUT", "/{tenant}/{instance}/dictionaries/{dictionaryName}/{recordId}", ""],
  ["dictionaries.remove", "DELETE", "/{tenant}/{instance}/dictionaries/{dictionaryName}/{recordId}", ""],
  ["dictionaryFormations.list", "GET", "/{tenant}/{instance}/formations/{version}/dictionaries", ""],
  ["dictionaryFormations.get", "GET", "/{tenant}/{instance}/formations/{version}/dictionaries/{dictionaryName}", ""],
  ["dictionaryFormations.create", "POST", "/{tenant}/{instance}/formations/draft/dictionaries", ""],
  ["dictionaryFormations.update", "PUT", "/{tenant}/{instance}/formations/draft/dictionaries/{dictionaryName}", ""],
  ["dictionaryFormations.remove", "DELETE", "/{tenant}/{instance}/formations/draft/dictionaries/{dictionaryName}", ""],
  // documents
  ["documents.list", "GET", "/{tenant}/{instance}/patients/{patientId}/document-summary", "sourceId page size sort"],
  ["documents.get", "GET", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}", ""],
  ["documents.create", "POST", "/{tenant}/{instance}/patients/{patientId}/document-summary", ""],
  ["documents.update", "PUT", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}", ""],
  ["documents.remove", "DELETE", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}", ""],
  ["documentFiles.upload", "POST", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/files", ""],
  ["documentFiles.download", "GET", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/files/{fileId}", ""],
  ["documentRecords.get", "GET", "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}", ""],
  [
    "documentRecords.create",
    "POST",
    "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
    ""
  ],
  [
    "documentRecords.update",
    "PUT",
    "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
    ""
  ],
  [
    "documentRecords.remove",
    "DELETE",
    "/{tenant}/{instance}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}",
    ""
  ],
  // emails
  [
    "emails.list",
    "GET",
    "/{tenant}/{instance}/patients/{patientId}/emails",
    "page size sort search sender receiver direction starred from to email senderName receiverName status"
  ],
  ["emails.get", "GET", "/{tenant}/{instance}/patients/{patientId}/emails/{emailId}", ""],
  ["emails.send", "POST", "/{tenant}/{instance}/patients/{patientId}/emails", ""],
  ["emails.update", "PUT", "/{tenant}/{instance}/patients/{patientId}/emails/{emailId}", ""],
  ["emails.remove", "DELETE", "/{tenant}/{instance}/patients/{patientId}/emails/{emailId}", ""],
  [
    "unrecognizedEmails.list",
    "GET",
    "/{tenant}/{instance}/unrecognized-patients/emails",
    "page size sort search sender receiver direction starred from to email senderName receiverName status"
  ],
  ["unrecognizedEmails.get", "GET", "/{tenant}/{instance}/unrecognized-patients/emails/{emailId}", ""],
  ["unrecognizedEmails.update", "PUT", "/{tenant}/{instance}/unrecognized-patients/emails/{emailId}", ""],
  ["unrecognizedEmails.remove", "DELETE", "/{tenant}/{instance}/unrecognized-patients/emails/{emailId}", ""],
  // encounters
  [
    "encounters.listForPatient",
    "GET",
    "/{tenant}/{instance}/patients/{patientId}/encounters",
    "statuses page size sort withCareTeam onlyWithCalendarEvent"
  ],
  [
    "encounters.listForUser",
    "GET",
    "/{tenant}/{instance}/users/{userId}/encounters",
    "statuses page size sort withCareTeam onlyWithCalendarEvent"
  ],
  ["encounters.list", "GET", "/{tenant}/{instance}/encounters", "statuses page size sort withCareTeam onlyWithCalendarEvent"],
  ["fullEncounters.list", "GET", "/{tenant}/{instance}/full-encounters", "statuses page size sort onlyWithCalendarEvent withCareTeam"],
  [
    "fullEncounters.listForPatient",
    "GET",
    "/{tenant}/{instance}/patients/{patientId}/full-encounters",
    "statuses page size sort onlyWithCalendarEvent withCareTeam"
  ],
  [
    "fullEncounters.listForUser",
    "GET",
    "/{tenant}/{instance}/users/{userId}/full-encounters",
    "statuses page size sort onlyWithCalendarEvent withCareTeam"
  ],
  ["encounters.get", "GET", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}", ""],
  ["fullEncounters.get", "GET", "/{tenant}/{instance}/patients/{patientId}/full-encounters/{encounterId}", ""],
  ["encounters.create", "POST", "/{tenant}/{instance}/patients/{patientId}/encounters", ""],
  ["encounters.update", "PATCH", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}", ""],
  ["encounters.remove", "DELETE", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}", ""],
  ["encounterComments.list", "GET", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments", ""],
  ["encounterComments.get", "GET", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}", ""],
  ["encounterComments.create", "POST", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments", ""],
  ["encounterComments.update", "PUT", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}", ""],
  ["encounterComments.remove", "DELETE", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/comments/{commentId}", ""],
  ["encounterDispositions.get", "GET", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/disposition", ""],
  ["encounterDispositions.update", "PATCH", "/{tenant}/{instance}/patients/{patientId}/encounters/{encounterId}/disposition", ""],
  ["encounterDispositionFormation.get", "GET", "/{tenant}/{instance}/formations/{version}/encounter-disposition", "", "page"],
  ["encounterDispositionFormation.update", "PUT", "/{tenant}/{instance}/formations/draft/encounter-disposition", ""],
  ["encounterTemplates.list", "GET", "/{tenant}/{instance}/formations/{version}/encounters", "", "page"],
  ["encounterTemplates.get", "GET", "/{tenant}/{instance}/formations/{version}/encounters/{encounterTemplateName}", ""],
  ["encounterTemplates.create", "POST", "/{tenant}/{instance}/formations/draft/encounters", ""],
  ["encounterTemplates.update", "PUT", "/{tenant}/{instance}/formations/draft/encounters/{encounterTemplateName}", ""],
  ["encounterTemplates.remove", "DELETE", "/{tenant}/{instance}/formations/draft/encounters/{encounterTemplateName}", ""],
  // exports
  ["exports.patients", "GET", "/{tenant}/{instance}/export/PATIENT", "start pageSize"],
  ["exports.cdtRecords", "GET", "/{tenant}/{instance}/export/CDT_RECORD", "start pageSize"],
  ["exports.calendarEvents", "GET", "/{tenant}/{instance}/export/CALENDAR_EVENT", "start pageSize"],
  ["exports.voiceCalls", "GET", "/{tenant}/{instance}/export/VOICE_CALL", "start pageSize"],
  ["exports.sms", "GET", "/{tenant}/{instance}/export/SMS", "start pageSize"],
  ["exports.emails", "GET", "/{tenant}/{instance}/export/EMAIL", "start pageSize"],
  ["exports.tasks", "GET", "/{tenant}/{instance}/export/TASK", "start pageSize"],
  ["exports.assessments", "GET", "/{tenant}/{instance}/export/ASSESSMENT", "start pageSize"],
  ["exports.encounters", "GET", "/{tenant}/{instance}/export/ENCOUNTER", "start pageSize"],
  ["exports.encounterDispositions", "GET", "/{tenant}/{instance}/export/ENCOUNTER_DISPOSITION", "start pageSize"],
  ["exports.encounterComments", "GET", "/{tenant}/{instance}/export/ENCOUNTER_COMMENT", "start pageSize"],
  ["exports.patientPrograms", "GET", "/{tenant}/{instance}/export/PATIENT_PROGRAM", "start pageSize"],
  ["exports.pdtRecords", "GET", "/{tenant}/{instance}/export/PDT_RECORD", "start pageSize"],
  ["exports.byResource", "GET", "/{tenant}/{instance}/export/{resource}", "start pageSize status"],
  ["reports.patientProgramPhaseDistribution", "GET", "/{tenant}/{instance}/reports/patient-program-phase-distribution", ""],
  // formations
  ["cdtFormations.list", "GET", "/{tenant}/{instance}/formations/{version}/cdts", "", "page"],
  ["cdtFormations.get", "GET", "/{tenant}/{instance}/formations/{version}/cdts/{cdtName}", ""],
  ["documentTypes.list", "GET", "/{tenant}/{instance}/formations/{version}/document-types", "", "page"],
  ["documentTypes.get", "GET", "/{tenant}/{instance}/formations/{version}/document-types/{documentTypeName}", ""],
  ["documentTypes.create", "POST", "/{tenant}/{instance}/formations/draft/document-types", ""],
  ["documentTypes.update", "PUT", "/{tenant}/{instance}/formations/draft/document-types/{documentTypeName}", ""],
  ["documentTypes.remove", "DELETE", "/{tenant}/{instance}/formations/draft/document-types/{documentTypeName}", ""],
  ["goalTemplates.list", "GET", "/{tenant}/{instance}/formations/{version}/goal-templates", "", "page"],
  ["goalTemplates.get", "GET", "/{tenant}/{instance}/formations/{version}/goal-templates/{goalTemplateName}", ""],
  ["programFormations.list", "GET", "/{tenant}/{instance}/formations/{version}/programs", "", "page"],
  ["programFormations.get", "GET", "/{tenant}/{instance}/formations/{version}/programs/{programName}", ""],
  ["programFormations.create", "POST", "/{tenant}/{instance}/formations/draft/programs", ""],
  ["programFormations.update", "PUT", "/{tenant}/{instance}/formations/draft/programs/{programName}", ""],
  ["programFormations.remove", "DELETE", "/{tenant}/{instance}/formations/draft/programs/{programName}", ""],
  // patient-programs
  ["patientPrograms.list", "GET", "/{tenant}/{instance}/patients/{patientId}/programs", "assignedPrograms page size sort"],
  [
    "patientPrograms.getCurrent",
    "GET",
    "/{tenant}/{instance}/patients/{patientId}/programs/current/{programName}",
    "",
    "assignedPrograms sort"
  ],
  [
    "patientPrograms.getById",
    "GET",
    "/{tenant}/{instance}/patients/{patientId}/programs/history/{patientProgramId}",
    "",
    "assignedPrograms sort"
  ],
  ["patientPrograms.getByName", "GET", "/{tenant}/{instance}/patients/{patientId}/programs/{programName}", ""],
  ["patientPrograms.update", "PATCH", "/{tenant}/{instance}/patients/{patientId}/programs/{programName}", ""],
  ["patientPrograms.changePhase", "PATCH", "/{tenant}/{instance}/patients/{patientId}/programs/{programName}/phases", ""],
  ["patientPrograms.remove", "DELETE", "/{tenant}/{instance}/patients/{patientId}/programs/{patientProgramId}", ""],
  // patients
  ["patients.list", "GET", "/{tenant}/{instance}/patients", "page size sort query email timezone territories cadence"],
  ["patients.search", "POST", "/{tenant}/{instance}/by-filter/patients", "page size sort"],
  ["patients.create", "POST", "/{tenant}/{instance}/patients", ""],
  ["patients.get", "GET", "/{tenant}/{instance}/patients/{patientId}", "type expand"],
  ["patients.update", "PATCH", "/{tenant}/{instance}/patients/{patientId}", ""],
  ["patients.remove", "DELETE", "/{tenant}/{instance}/patients/{patientId}", "type"],
  // pdts
  ["pdts.create", "POST", "/{tenant}/{instance}/pdts/{pdtName}", ""],
  ["pdts.get", "GET", "/{tenant}/{instance}/pdts/{pdtName}/{id}", ""],
  ["pdts.list", "GET", "/{tenant}/{instance}/pdts/{pdtName}", "page size"],
  ["pdts.update", "PATCH", "/{tenant}/{instance}/pdts/{pdtName}/{id}", ""],
  ["pdts.remove", "DELETE", "/{tenant}/{instance}/pdts/{pdtName}/{id}", ""],
  ["pdtFormations.list", "GET", "/{tenant}/{instance}/formations/{version}/pdts", "", "page"],
  ["pdtFormations.get", "GET", "/{tenant}/{instance}/formations/{version}/pdts/{pdtName}", ""],
  // sms
  [
    "sms.list",
    "GET",
    "/{tenant}/{instance}/patients/{patientId}/sms",
    "page size sort search sender receiver direction starred from to phone senderName receiverName status"
  ],
  ["sms.get", "GET", "/{tenant}/{instance}/patients/{patientId}/sms/{smsId}", ""],
  ["sms.send", "POST", "/{tenant}/{instance}/patients/{patientId}/sms", ""],
  ["sms.update", "PUT", "/{tenant}/{instance}/patients/{patientId}/sms/{smsId}", ""],
  ["sms.remove", "DELETE", "/{tenant}/{instance}/patients/{patientId}/sms/{smsId}", ""],
  [
    "unrecognizedSms.list",
    "GET",
    "/{tenant}/{instance}/unrecognized-patients/sms",
    "page size sort search sender receiver direction starred from to phone senderName receiverName status"
  ],
  ["unrecognizedSms.get", "GET", "/{tenant}/{instance}/unrecognized-patients/sms/{smsId}", ""],
  ["unrecognizedSms.update", "PUT", "/{tenant}/{instance}/unrecognized-patients/sms/{smsId}", ""],
  ["unrecognizedSms.remove", "DELETE", "/{tenant}/{instance}/unrecognized-patients/sms/{smsId}", ""],
  // tasks
  ["tasks.create", "POST", "/{tenant}/{instance}/tasks", ""],
  [
    "tasks.search",
    "GET",
    "/{tenant}/{instance}/tasks",
    "assigneeId patientId watcherId authorId relatedUserId status priority dueDate dueBefore description search page size sort"
  ],
  ["tasks.get", "GET", "/{tenant}/{instance}/tasks/{taskId}", ""],
  ["tasks.update", "PATCH", "/{tenant}/{instance}/tasks/{taskId}", ""],
  ["tasks.updateStatuses", "PATCH", "/{tenant}/{instance}/tasks", ""],
  ["tasks.addWatcher", "PATCH", "/{tenant}/{instance}/tasks/{taskId}/watchers", ""],
  ["tasks.removeWatcher", "DELETE", "/{tenant}/{instance}/tasks/{taskId}/watchers/{watcherId}", ""],
  ["tasks.addComment", "PATCH", "/{tenant}/{instance}/tasks/{taskId}/comments", ""],
  ["tasks.removeComment", "DELETE", "/{tenant}/{instance}/tasks/{taskId}/comments/{commentId}", ""],
  // users
  [
    "users.list",
    "GET",
    "/{tenant}/admin/users",
    "page size sort search seatAssigned userState email ids firstName lastName roleName includeDeleted region territories"
  ],
  ["users.listByInstance", "GET", "/{tenant}/{instance}/users", "region search seatAssigned userState page size sort email ids"],
  ["users.create", "POST", "/{tenant}/admin/users", ""],
  ["users.get", "GET", "/{tenant}/admin/users/{userRef}", "type"],
  ["users.update", "PATCH", "/{tenant}/admin/users/{username}", ""],
  ["users.replace", "PUT", "/{tenant}/admin/users/{username}", ""],
  ["users.remove", "DELETE", "/{tenant}/admin/users/{userRef}", "type"],
  ["applicationAccesses.get", "GET", "/{tenant}/admin/application-accesses/{userId}", ""],
  ["applicationAccesses.replace", "PUT", "/{tenant}/admin/application-accesses/{userId}", ""],
  ["userPermissions.get", "GET", "/{tenant}/admin/user-permissions/{userId}", ""],
  ["userPermissions.replace", "PUT", "/{tenant}/admin/user-permissions/{userId}", ""],
  ["userTerritories.get", "GET", "/{tenant}/admin/user-territories/{userId}", ""],
  ["userTerritories.replace", "PUT", "/{tenant}/admin/user-territories/{userId}", ""]
] as const satisfies ReadonlyArray<readonly [string, Method, string, string, string?]>

/** The id of a route. */
export type RouteId = (typeof rows)[number][0]

interface V8Route {
  readonly generation: "v8"
  readonly id: RouteId
  readonly method: Method
  readonly template: string
  readonly query: ReadonlySet<string>
  readonly ignoredQuery: ReadonlySet<string>
}

/** A route of either generation. */
export type Route = V8Route | V1.Route

/** The id of an endpoint of either generation. Some stand for one in each. */
export type EndpointId = RouteId | V1.RouteId

const words = (text: string): ReadonlySet<string> => new Set(text === "" ? [] : text.split(" "))

/** Every route of the service. */
export const v8 = (): ReadonlyArray<V8Route> =>
  rows.map(([id, method, template, query, ignored = ""]: readonly [RouteId, Method, string, string, string?]) => ({
    generation: "v8",
    id,
    method,
    template,
    query: words(query),
    ignoredQuery: words(ignored)
  }))

/** Whether a text is the id of an endpoint. */
export const isEndpointId = (text: string): text is EndpointId => rows.some(([id]) => id === text) || V1.isRouteId(text)
