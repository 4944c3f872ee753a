/**
 * Every endpoint of Welkin's legacy API, one module a resource, with its client, its token and the walk over its collections.
 *
 * Field names are the wire's. A field that the years have renamed is read under every name it had and handed out under the newest.
 * Nothing of this API could ever be recorded, and its own documents disagree: every field of an answer but the `id` may be missing or
 * null. What the documents of 2018 do not have is marked with the time it came.
 *
 * @since 0.1.0
 */
export * as AssessmentResponses from "./AssessmentResponses.js"
export * as Authentication from "./Authentication.js"
export * as CalendarEvents from "./CalendarEvents.js"
export * as Calendars from "./Calendars.js"
export * as CareFlows from "./CareFlows.js"
export * as Conversations from "./Conversations.js"
export * as CustomDataTypeRecords from "./CustomDataTypeRecords.js"
export * as EmailAddresses from "./EmailAddresses.js"
export * as Envelope from "./Envelope.js"
export * as ExternalIds from "./ExternalIds.js"
export * as IntegrationTasks from "./IntegrationTasks.js"
export * as LegacyClient from "./LegacyClient.js"
export * as LegacyToken from "./LegacyToken.js"
export * as Messages from "./Messages.js"
export * as Patients from "./Patients.js"
export * as PatientTasks from "./PatientTasks.js"
export * as PhoneNumbers from "./PhoneNumbers.js"
export * as Timestamp from "./Timestamp.js"
export * as TimeWindow from "./TimeWindow.js"
export * as Workers from "./Workers.js"
