/*
 * The routes of the v1 service, written out once more, as those of v8 are: what the SDK's own descriptors say is not looked at. Only
 * the names are the SDK's. A row: id, method, template, and the query parameters that the endpoint knows.
 */

type Method = "GET" | "POST" | "PUT" | "DELETE"

const page = "page[from] page[to] page[size]"

const rows = [
  // assessment_responses
  ["assessmentResponses.get", "GET", "/v1/assessment_responses/{id}", "include_schema"],
  ["assessmentResponses.create", "POST", "/v1/assessment_responses", ""],
  ["assessmentResponses.find", "GET", "/v1/assessment_responses", `include_schema ${page}`],
  // authentication
  ["authentication.exchange", "POST", "/v1/token", ""],
  // calendar_events
  ["calendarEvents.get", "GET", "/v1/calendar_events/{id}", ""],
  ["calendarEvents.create", "POST", "/v1/calendar_events", ""],
  ["calendarEvents.update", "PUT", "/v1/calendar_events/{id}", ""],
  ["calendarEvents.find", "GET", "/v1/calendar_events", `calendar_id ${page}`],
  ["calendarEvents.remove", "DELETE", "/v1/calendar_events/{id}", ""],
  // calendars
  ["calendars.get", "GET", "/v1/calendars/{id}", ""],
  ["calendars.find", "GET", "/v1/calendars", `worker email ${page}`],
  // care_flows
  ["careFlows.get", "GET", "/v1/care_flows/{id}", ""],
  ["careFlows.find", "GET", "/v1/care_flows", page],
  // conversations
  ["conversations.get", "GET", "/v1/conversations/{id}", ""],
  ["conversations.create", "POST", "/v1/conversations", ""],
  ["conversations.find", "GET", "/v1/conversations", `patient_id ${page}`],
  // custom_data_type_records
  ["customDataTypeRecords.get", "GET", "/v1/custom_data_type_records/{id}", ""],
  ["customDataTypeRecords.create", "POST", "/v1/custom_data_type_records", ""],
  ["customDataTypeRecords.update", "PUT", "/v1/custom_data_type_records/{id}", ""],
  ["customDataTypeRecords.find", "GET", "/v1/custom_data_type_records", `type_name patient_id ${page}`],
  ["customDataTypeRecords.remove", "DELETE", "/v1/custom_data_type_records/{id}", ""],
  // email_addresses
  ["emailAddresses.get", "GET", "/v1/email_addresses/{id}", ""],
  ["emailAddresses.create", "POST", "/v1/email_addresses", ""],
  ["emailAddresses.update", "PUT", "/v1/email_addresses/{id}", ""],
  ["emailAddresses.find", "GET", "/v1/email_addresses", `user_id patient_id ${page}`],
  ["emailAddresses.remove", "DELETE", "/v1/email_addresses/{id}", ""],
  // external_ids
  ["externalIds.create", "POST", "/v1/external_ids", ""],
  ["externalIds.update", "PUT", "/v1/external_ids/{id}", ""],
  ["externalIds.find", "GET", "/v1/external_ids", `resource namespace external_id welkin_id ${page}`],
  ["externalIds.get", "GET", "/v1/external_ids/{id}", ""],
  ["externalIds.remove", "DELETE", "/v1/external_ids/{id}", ""],
  // integration_tasks
  ["integrationTasks.get", "GET", "/v1/integration_tasks/{id}", ""],
  ["integrationTasks.find", "GET", "/v1/integration_tasks", `job_id task_name ref_id ${page}`],
  // messages
  ["messages.get", "GET", "/v1/messages/{id}", ""],
  ["messages.create", "POST", "/v1/messages", ""],
  ["messages.find", "GET", "/v1/messages", page],
  // patient_tasks
  ["patientTasks.get", "GET", "/v1/patient_tasks/{id}", ""],
  ["patientTasks.create", "POST", "/v1/patient_tasks", ""],
  ["patientTasks.remove", "DELETE", "/v1/patient_tasks/{id}", ""],
  ["patientTasks.find", "GET", "/v1/patient_tasks", page],
  // patients
  ["patients.create", "POST", "/v1/patients", ""],
  ["patients.update", "PUT", "/v1/patients/{id}", ""],
  ["patients.get", "GET", "/v1/patients/{id}", ""],
  ["patients.find", "GET", "/v1/patients", page],
  // phone_numbers
  ["phoneNumbers.get", "GET", "/v1/phone_numbers/{id}", ""],
  ["phoneNumbers.create", "POST", "/v1/phone_numbers", ""],
  ["phoneNumbers.update", "PUT", "/v1/phone_numbers/{id}", ""],
  ["phoneNumbers.find", "GET", "/v1/phone_numbers", `user_id patient_id ${page}`],
  ["phoneNumbers.search", "POST", "/v1/phone_numbers/find", ""],
  ["phoneNumbers.remove", "DELETE", "/v1/phone_numbers/{id}", ""],
  // workers
  ["workers.get", "GET", "/v1/workers/{id}", ""],
  ["workers.find", "GET", "/v1/workers", `email phone ${page}`],
  ["workers.create", "POST", "/v1/workers", ""],
  ["workers.update", "PUT", "/v1/workers/{id}", ""]
] as const satisfies ReadonlyArray<readonly [string, Method, string, string]>

/** The id of a route. */
export type RouteId = (typeof rows)[number][0]

export interface Route {
  readonly generation: "v1"
  readonly id: RouteId
  readonly method: Method
  readonly template: string
  readonly query: ReadonlySet<string>
  readonly ignoredQuery: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()

/** Every route of the service. */
export const v1 = (): ReadonlyArray<Route> =>
  rows.map(([id, method, template, query]: readonly [RouteId, Method, string, string]) => ({
    generation: "v1",
    id,
    method,
    template,
    query: query === "" ? none : new Set(query.split(" ")),
    ignoredQuery: none
  }))

/** Whether a text is the id of a route. */
export const isRouteId = (text: string): text is RouteId => rows.some(([id]) => id === text)

/** Whether a path is one of v1's. No tenant has that name. */
export const isPath = (pathname: string): boolean => pathname.startsWith("/v1/")
