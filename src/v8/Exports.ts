/**
 * Bulk reading of whole resources across all patients, ordered by last change, for API clients. Thirteen path names are proven by
 * a working connector, the Python client or release notes; seven more categories are announced without their names. No recording
 * exists: shapes come from a customer's connector, types from the same resource read singly. Decode openly: every field optional
 * and nullable.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Pagination from "../Pagination.js"
import { AssessmentRecordAnswers } from "./AssessmentRecords.js"
import { CalendarEventAdditionalInfo, CalendarEventParticipant } from "./CalendarEvents.js"
import { CdtRecordBody } from "./Cdts.js"
import * as Endpoint from "./endpoint.js"
import { PatientCareTeamMember, PatientCareTeamMemberRef, PatientId, PatientProgram, PatientTerritory } from "./Patients.js"
import { TaskComment, TaskPerson } from "./Tasks.js"

/**
 * resource SMS; the message of the area sms with bookkeeping fields
 *
 * @since 0.1.0
 * @category models
 */
export const ExportSms = Codecs.open<ExportSms>()({
  /** Known from a client, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Known from a client, never recorded. */
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  sendNow: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  scheduledAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  sentAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  receivedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  deletedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  date: Codecs.optionalNull(Codecs.Instant),
  /** Display name of the staff member. Known from a client, never recorded. */
  careTeam: Codecs.optionalNull(Schema.String),
  /** Display name of the patient. Known from a client, never recorded. */
  patientInfo: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  timezone: Codecs.optionalNull(Schema.String),
  /** Id of a user or patient on the single message (docs). */
  sender: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  from: Codecs.optionalNull(Schema.String),
  /** As sender. Known from a client, never recorded. */
  receiver: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  to: Codecs.optionalNull(Schema.String),
  /** Values as on the single message (docs). */
  direction: Codecs.optionalNull(Codecs.openEnum("IN", "OUT")),
  /** Known from a client, never recorded. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  starred: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  senderName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  receiverName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  errorMessage: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  assignedBy: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  assignedByName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  hasHistory: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  unrecognized: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  message: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  parts: Codecs.optionalNull(Schema.Int),
  /** Known from a client, never recorded. */
  status: Codecs.optionalNull(
    Codecs.openEnum("SCHEDULED", "ACCEPTED", "SENT", "RECEIVED", "DELIVERED", "UNDELIVERED", "FAILED", "UNRECOGNISED", "UNRECOGNIZED")
  ),
  /** Known from a client, never recorded. */
  messageType: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  phoneId: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  attachments: Codecs.optionalNull(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportSms extends Schema.Struct.Type<(typeof ExportSms)["fields"]> {}

/**
 * resource EMAIL; the message of the area emails with bookkeeping fields
 *
 * @since 0.1.0
 * @category models
 */
export const ExportEmail = Codecs.open<ExportEmail>()({
  /** Known from a client, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Known from a client, never recorded. */
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  sendNow: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  scheduledAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  sentAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  receivedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  deletedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  date: Codecs.optionalNull(Codecs.Instant),
  /** Display name of the staff member. Known from a client, never recorded. */
  careTeam: Codecs.optionalNull(Schema.String),
  /** Display name of the patient. Known from a client, never recorded. */
  patientInfo: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  timezone: Codecs.optionalNull(Schema.String),
  /** Id of a user or patient on the single message (docs). */
  sender: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  from: Codecs.optionalNull(Schema.String),
  /** As sender. Known from a client, never recorded. */
  receiver: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  to: Codecs.optionalNull(Schema.String),
  /** Values as on the single message (docs). */
  direction: Codecs.optionalNull(Codecs.openEnum("IN", "OUT")),
  /** Known from a client, never recorded. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  starred: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  senderName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  receiverName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  errorMessage: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  assignedBy: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  assignedByName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  hasHistory: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  unrecognized: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  subject: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  body: Codecs.optionalNull(Schema.String),
  /** Items not described. Known from a client, never recorded. */
  bodyType: Codecs.optionalNull(Schema.Array(Codecs.Json)),
  /** Known from a client, never recorded. */
  secure: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  status: Codecs.optionalNull(Codecs.openEnum("SCHEDULED", "ACCEPTED", "DELIVERED", "REJECTED", "FAILED", "UNRECOGNISED", "UNRECOGNIZED")),
  /** Known from a client, never recorded. */
  messageType: Codecs.optionalNull(Schema.String),
  /** Complete since release 2024.56. Known from a client, never recorded. */
  attachments: Codecs.optionalNull(Codecs.Json)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportEmail extends Schema.Struct.Type<(typeof ExportEmail)["fields"]> {}

/**
 * resource VOICE_CALL
 *
 * @since 0.1.0
 * @category models
 */
export const ExportVoiceCall = Codecs.open<ExportVoiceCall>()({
  /** Known from a client, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Known from a client, never recorded. */
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  sendNow: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  scheduledAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  sentAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  receivedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  deletedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  date: Codecs.optionalNull(Codecs.Instant),
  /** Display name of the staff member. Known from a client, never recorded. */
  careTeam: Codecs.optionalNull(Schema.String),
  /** Display name of the patient. Known from a client, never recorded. */
  patientInfo: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  timezone: Codecs.optionalNull(Schema.String),
  /** Id of a user or patient on the single message (docs). */
  sender: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  from: Codecs.optionalNull(Schema.String),
  /** As sender. Known from a client, never recorded. */
  receiver: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  to: Codecs.optionalNull(Schema.String),
  /** Values as on the single message (docs). */
  direction: Codecs.optionalNull(Codecs.openEnum("IN", "OUT")),
  /** Known from a client, never recorded. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  starred: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  senderName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  receiverName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  errorMessage: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  assignedBy: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  assignedByName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  hasHistory: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  unrecognized: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  childCallSid: Codecs.optionalNull(Schema.String),
  /** A busy value exists since 2023.16. Known from a client, never recorded. */
  parentCallStatus: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  childCallStatus: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  userPhone: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  parentCallDuration: Codecs.optionalNull(Schema.Number),
  /** Known from a client, never recorded. */
  childCallDuration: Codecs.optionalNull(Schema.Number),
  /** Known from a client, never recorded. */
  recorded: Codecs.optionalNull(Schema.Boolean),
  /** Known from a client, never recorded. */
  recordingDuration: Codecs.optionalNull(Schema.Number),
  /** Known from a client, never recorded. */
  recordingSid: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  recordingUrl: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  recordingFile: Codecs.optionalNull(Codecs.Json),
  /** Known from a client, never recorded. */
  phoneId: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportVoiceCall extends Schema.Struct.Type<(typeof ExportVoiceCall)["fields"]> {}

/**
 * resource PATIENT; the patient of the area patients, custom fields included
 *
 * @since 0.1.0
 * @category models
 */
export const ExportPatient = Codecs.open<ExportPatient>()({
  /** Known from a client, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Known from a client, never recorded. */
  externalGuid: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Connector says number; recordings of single patients show text: decode leniently. Known from a client, never recorded. */
  mrn: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  createdAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  createdBy: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  updatedBy: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  createdByName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  updatedByName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  firstName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  lastName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  middleName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  gender: Codecs.optionalNull(Codecs.openEnum("UNKNOWN", "OTHER", "MALE", "FEMALE")),
  /** Known from a client, never recorded. */
  maritalStatus: Codecs.optionalNull(Codecs.openEnum("UKN")),
  /** Known from a client, never recorded. */
  primaryLanguage: Codecs.optionalNull(Codecs.openEnum("ENGLISH")),
  /** Known from a client, never recorded. */
  secondaryLanguage: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  country: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  state: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  city: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  zip: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  addressLine1: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  addressLine2: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  patientRegion: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  patientRegionTitle: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  patientTerritory: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  birthDate: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  email: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  secondaryEmail: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  phone: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  secondaryPhone: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  timezone: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  patientTerritories: Codecs.optionalNull(Schema.Array(PatientTerritory)),
  /** Known from a client, never recorded. */
  careTeam: Codecs.optionalNull(Schema.Array(PatientCareTeamMember)),
  /** Known from a client, never recorded. */
  careTeamMembers: Codecs.optionalNull(Schema.Array(PatientCareTeamMemberRef)),
  /** Known from a client, never recorded. */
  pointOfContact: Codecs.optionalNull(PatientCareTeamMemberRef),
  /** Filled since 2022.8. Known from a client, never recorded. */
  patientPrograms: Codecs.optionalNull(Schema.Array(PatientProgram)),
  /** Known from a client, never recorded. */
  cadence: Codecs.optionalNull(Schema.Array(Codecs.Json)),
  /** Since 2024.48, from release notes. Known from a client, never recorded. */
  patientType: Codecs.optionalNull(Schema.String),
  /** On single patients since 2022 to 2026; younger than the connector. Inferred. */
  nric: Codecs.optionalNull(Schema.String),
  /** On single patients since 2022 to 2026; younger than the connector. Inferred. */
  primaryPhoneCapabilities: Codecs.optionalNull(Schema.Array(Codecs.openEnum("VOICE_CALL", "SMS"))),
  /** On single patients since 2022 to 2026; younger than the connector. Inferred. */
  secondaryPhoneCapabilities: Codecs.optionalNull(Schema.Array(Codecs.openEnum("VOICE_CALL", "SMS"))),
  /** On single patients since 2022 to 2026; younger than the connector. Inferred. */
  accessCode: Codecs.optionalNull(Schema.String),
  /** On single patients since 2022 to 2026; younger than the connector. Inferred. */
  preferableInstancePhoneId: Codecs.optionalNull(Schema.String),
  /** On single patients since 2022 to 2026; younger than the connector. Inferred. */
  notes: Codecs.optionalNull(Schema.String),
  /** On single patients since 2022 to 2026; younger than the connector. Inferred. */
  goals: Codecs.optionalNull(Schema.Array(Codecs.Json))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportPatient extends Schema.Struct.Type<(typeof ExportPatient)["fields"]> {}

/**
 * resource ASSESSMENT; the record of the area assessment-records
 *
 * @since 0.1.0
 * @category models
 */
export const ExportAssessment = Codecs.open<ExportAssessment>()({
  /** Known from a client, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Known from a client, never recorded. */
  createdAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  createdBy: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  updatedBy: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  createdByName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  updatedByName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  finalizedDate: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  assessmentName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  assessmentTitle: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  assessmentCdtName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  version: Codecs.optionalNull(Schema.Int),
  /** Known from a client, never recorded. */
  patientId: Codecs.optionalNull(PatientId),
  /** Known from a client, never recorded. */
  status: Codecs.optionalNull(Codecs.openEnum("NEW", "IN_PROGRESS", "SUBMITTED", "EXPIRED", "COMPLETED")),
  /** Known from a client, never recorded. */
  cdtRecordId: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  scoringRecordId: Codecs.optionalNull(Codecs.Id),
  /** Answer keys beside system fields, as on single records. Known from a client, never recorded. */
  answers: Codecs.optionalNull(AssessmentRecordAnswers),
  /** Null for all records before release 2023.16. Known from a client, never recorded. */
  scoring: Codecs.optionalNull(Codecs.JsonObject),
  /** Known from a client, never recorded. */
  questions: Codecs.optionalNull(Schema.Record({ key: Schema.String, value: Schema.String })),
  /** Since 2024.43 per release notes; spelling of the key as given there. Known from a client, never recorded. */
  source_id: Codecs.optionalNull(Codecs.Id),
  /** Since 2024.43 per release notes. Known from a client, never recorded. */
  source_type: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportAssessment extends Schema.Struct.Type<(typeof ExportAssessment)["fields"]> {}

/**
 * resource TASK; the shared Task
 *
 * @since 0.1.0
 * @category models
 */
export const ExportTask = Codecs.open<ExportTask>()({
  /** Known from a client, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Known from a client, never recorded. */
  createdAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  name: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  description: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  dueDate: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  status: Codecs.optionalNull(Codecs.openEnum("TODO", "IN_PROGRESS", "COMPLETED", "CANCELED")),
  /** Known from a client, never recorded. */
  priority: Codecs.optionalNull(Codecs.openEnum("LOW", "MEDIUM", "HIGH", "URGENT")),
  /** Connector says text: accept both. Known from a client, never recorded. */
  patient: Codecs.optionalNull(TaskPerson),
  /** Known from a client, never recorded. */
  assignee: Codecs.optionalNull(TaskPerson),
  /** Known from a client, never recorded. */
  author: Codecs.optionalNull(TaskPerson),
  /** Known from a client, never recorded. */
  watchers: Codecs.optionalNull(Schema.Array(TaskPerson)),
  /** Known from a client, never recorded. */
  watchersType: Codecs.optionalNull(Codecs.openEnum("POINT_OF_CONTACT")),
  /** Known from a client, never recorded. */
  comments: Codecs.optionalNull(Schema.Array(TaskComment)),
  /** Known from a client, never recorded. */
  templateName: Codecs.optionalNull(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportTask extends Schema.Struct.Type<(typeof ExportTask)["fields"]> {}

/**
 * resource CALENDAR_EVENT; the shared CalendarEvent
 *
 * @since 0.1.0
 * @category models
 */
export const ExportCalendarEvent = Codecs.open<ExportCalendarEvent>()({
  /** Known from a client, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Known from a client, never recorded. */
  externalId: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  externalIdUpdatedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  createdAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  createdBy: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  updatedBy: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  eventTitle: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  eventDescription: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  startDateTime: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  localStartDateTime: Codecs.optionalNull(Codecs.LocalInstant),
  /** Known from a client, never recorded. */
  endDateTime: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  localEndDateTime: Codecs.optionalNull(Codecs.LocalInstant),
  /** Known from a client, never recorded. */
  allDayEvent: Codecs.optionalNull(Schema.Boolean),
  /** Seconds; connector says number. Known from a client, never recorded. */
  duration: Codecs.optionalNull(Schema.Int),
  /** Known from a client, never recorded. */
  eventType: Codecs.optionalNull(Codecs.openEnum("GROUP_THERAPY", "APPOINTMENT", "LEAVE", "ENCOUNTER")),
  /** Letter case is not stable. Known from a client, never recorded. */
  eventStatus: Codecs.optionalNull(Codecs.openEnum("SCHEDULED", "CANCELLED", "COMPLETED", "MISSED", "RESCHEDULED", "Scheduled")),
  /** Known from a client, never recorded. */
  eventMode: Codecs.optionalNull(Codecs.openEnum("IN-PERSON", "CALL", "VIDEO")),
  /** Known from a client, never recorded. */
  eventColor: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  hostId: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  timezone: Codecs.optionalNull(Schema.String),
  /** Connector says text: accept both. Known from a client, never recorded. */
  additionalInfo: Codecs.optionalNull(CalendarEventAdditionalInfo),
  /** Known from a client, never recorded. */
  participants: Codecs.optionalNull(Schema.Array(CalendarEventParticipant))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportCalendarEvent extends Schema.Struct.Type<(typeof ExportCalendarEvent)["fields"]> {}

/**
 * resource CDT_RECORD; the record of the area cdts. The only recording is lost: keep everything, require nothing but the object
 *
 * @since 0.1.0
 * @category models
 */
export const ExportCdtRecord = Codecs.open<ExportCdtRecord>()({
  /** Known from a client, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /**
   * Not among the connector's fields of this resource, though its incremental sync reads it at the top level; else look at
   * jsonBody.updated_at. Known from a client, never recorded.
   */
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  patientId: Codecs.optionalNull(PatientId),
  /** Known from a client, never recorded. */
  cdtId: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  version: Codecs.optionalNull(Schema.Int),
  /** Known from a client, never recorded. */
  cdtName: Codecs.optionalNull(Schema.String),
  /** System keys such as created_at, updated_at inside, as in single records. Known from a client, never recorded. */
  jsonBody: Codecs.optionalNull(CdtRecordBody)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportCdtRecord extends Schema.Struct.Type<(typeof ExportCdtRecord)["fields"]> {}

/**
 * resource ENCOUNTER_COMMENT; the comment of the area encounters plus cursorAttribute
 *
 * @since 0.1.0
 * @category models
 */
export const ExportEncounterComment = Codecs.open<ExportEncounterComment>()({
  /** Known from a client, never recorded. */
  id: Codecs.optional(Codecs.Id),
  /** Known from a client, never recorded. */
  createdAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  updatedAt: Codecs.optionalNull(Codecs.Instant),
  /** Known from a client, never recorded. */
  createdBy: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  updatedBy: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  createdByName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  updatedByName: Codecs.optionalNull(Schema.String),
  /** Known from a client, never recorded. */
  encounterId: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  text: Codecs.optionalNull(Schema.String),
  /** The value the cursor runs on. Known from a client, never recorded. */
  cursorAttribute: Codecs.optionalNull(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportEncounterComment extends Schema.Struct.Type<(typeof ExportEncounterComment)["fields"]> {}

/**
 * resources whose records were never seen: ENCOUNTER, ENCOUNTER_DISPOSITION, PATIENT_PROGRAM, PDT_RECORD and any other. The
 * single-record models (Encounter, EncounterDisposition, PatientProgram, PdtRecord) are the best guide
 *
 * @since 0.1.0
 * @category models
 */
export const ExportOpen = Codecs.open<ExportOpen>()({
  /** Known from a client, never recorded. */
  id: Codecs.optionalNull(Codecs.Id),
  /** Known from a client, never recorded. */
  updatedAt: Codecs.optionalNull(Codecs.Instant)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface ExportOpen extends Schema.Struct.Type<(typeof ExportOpen)["fields"]> {}

/**
 * All PATIENT records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client resumes
 * with the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record changed
 * while paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt. The page
 * size is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six requests for a
 * whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must grant the Data
 * Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that reported hasNext
 * false too early was fixed in 2022 (release notes).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const patients = Endpoint.get("exports.patients", "/{tenant}/{instance}/export/PATIENT", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportPatient)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link patients}.
 *
 * @since 0.1.0
 * @category streams
 */
export const patientsStream = Pagination.cursor(patients)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const patientsPages = Pagination.cursorPages(patients)

/**
 * All CDT_RECORD records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client resumes
 * with the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record changed
 * while paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt. The page
 * size is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six requests for a
 * whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must grant the Data
 * Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that reported hasNext
 * false too early was fixed in 2022 (release notes).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const cdtRecords = Endpoint.get("exports.cdtRecords", "/{tenant}/{instance}/export/CDT_RECORD", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportCdtRecord)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link cdtRecords}.
 *
 * @since 0.1.0
 * @category streams
 */
export const cdtRecordsStream = Pagination.cursor(cdtRecords)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const cdtRecordsPages = Pagination.cursorPages(cdtRecords)

/**
 * All CALENDAR_EVENT records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client
 * resumes with the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record
 * changed while paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt.
 * The page size is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six
 * requests for a whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must
 * grant the Data Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that
 * reported hasNext false too early was fixed in 2022 (release notes).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const calendarEvents = Endpoint.get("exports.calendarEvents", "/{tenant}/{instance}/export/CALENDAR_EVENT", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportCalendarEvent)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link calendarEvents}.
 *
 * @since 0.1.0
 * @category streams
 */
export const calendarEventsStream = Pagination.cursor(calendarEvents)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const calendarEventsPages = Pagination.cursorPages(calendarEvents)

/**
 * All VOICE_CALL records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client resumes
 * with the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record changed
 * while paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt. The page
 * size is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six requests for a
 * whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must grant the Data
 * Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that reported hasNext
 * false too early was fixed in 2022 (release notes).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const voiceCalls = Endpoint.get("exports.voiceCalls", "/{tenant}/{instance}/export/VOICE_CALL", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportVoiceCall)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link voiceCalls}.
 *
 * @since 0.1.0
 * @category streams
 */
export const voiceCallsStream = Pagination.cursor(voiceCalls)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const voiceCallsPages = Pagination.cursorPages(voiceCalls)

/**
 * All SMS records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client resumes with
 * the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record changed while
 * paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt. The page size
 * is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six requests for a
 * whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must grant the Data
 * Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that reported hasNext
 * false too early was fixed in 2022 (release notes).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const sms = Endpoint.get("exports.sms", "/{tenant}/{instance}/export/SMS", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportSms)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link sms}.
 *
 * @since 0.1.0
 * @category streams
 */
export const smsStream = Pagination.cursor(sms)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const smsPages = Pagination.cursorPages(sms)

/**
 * All EMAIL records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client resumes with
 * the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record changed while
 * paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt. The page size
 * is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six requests for a
 * whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must grant the Data
 * Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that reported hasNext
 * false too early was fixed in 2022 (release notes).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const emails = Endpoint.get("exports.emails", "/{tenant}/{instance}/export/EMAIL", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportEmail)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link emails}.
 *
 * @since 0.1.0
 * @category streams
 */
export const emailsStream = Pagination.cursor(emails)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const emailsPages = Pagination.cursorPages(emails)

/**
 * All TASK records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client resumes with
 * the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record changed while
 * paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt. The page size
 * is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six requests for a
 * whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must grant the Data
 * Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that reported hasNext
 * false too early was fixed in 2022 (release notes).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const tasks = Endpoint.get("exports.tasks", "/{tenant}/{instance}/export/TASK", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportTask)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link tasks}.
 *
 * @since 0.1.0
 * @category streams
 */
export const tasksStream = Pagination.cursor(tasks)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const tasksPages = Pagination.cursorPages(tasks)

/**
 * All ASSESSMENT records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client resumes
 * with the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record changed
 * while paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt. The page
 * size is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six requests for a
 * whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must grant the Data
 * Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that reported hasNext
 * false too early was fixed in 2022 (release notes).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const assessments = Endpoint.get("exports.assessments", "/{tenant}/{instance}/export/ASSESSMENT", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportAssessment)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link assessments}.
 *
 * @since 0.1.0
 * @category streams
 */
export const assessmentsStream = Pagination.cursor(assessments)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const assessmentsPages = Pagination.cursorPages(assessments)

/**
 * All ENCOUNTER records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client resumes
 * with the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record changed
 * while paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt. The page
 * size is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six requests for a
 * whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must grant the Data
 * Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that reported hasNext
 * false too early was fixed in 2022 (release notes). Record shape never seen: see ExportOpen.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const encounters = Endpoint.get("exports.encounters", "/{tenant}/{instance}/export/ENCOUNTER", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportOpen)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link encounters}.
 *
 * @since 0.1.0
 * @category streams
 */
export const encountersStream = Pagination.cursor(encounters)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const encountersPages = Pagination.cursorPages(encounters)

/**
 * All ENCOUNTER_DISPOSITION records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a
 * client resumes with the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a
 * record changed while paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and
 * updatedAt. The page size is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked
 * in six requests for a whole instance; default and maximum are unknown. Only API clients may call exports, and the security
 * policy must grant the Data Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server
 * bug that reported hasNext false too early was fixed in 2022 (release notes). Record shape never seen: see ExportOpen.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const encounterDispositions = Endpoint.get("exports.encounterDispositions", "/{tenant}/{instance}/export/ENCOUNTER_DISPOSITION", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportOpen)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link encounterDispositions}.
 *
 * @since 0.1.0
 * @category streams
 */
export const encounterDispositionsStream = Pagination.cursor(encounterDispositions)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const encounterDispositionsPages = Pagination.cursorPages(encounterDispositions)

/**
 * All ENCOUNTER_COMMENT records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client
 * resumes with the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record
 * changed while paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt.
 * The page size is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six
 * requests for a whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must
 * grant the Data Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that
 * reported hasNext false too early was fixed in 2022 (release notes).
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const encounterComments = Endpoint.get("exports.encounterComments", "/{tenant}/{instance}/export/ENCOUNTER_COMMENT", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportEncounterComment)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link encounterComments}.
 *
 * @since 0.1.0
 * @category streams
 */
export const encounterCommentsStream = Pagination.cursor(encounterComments)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const encounterCommentsPages = Pagination.cursorPages(encounterComments)

/**
 * All PATIENT_PROGRAM records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client
 * resumes with the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record
 * changed while paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt.
 * The page size is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six
 * requests for a whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must
 * grant the Data Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that
 * reported hasNext false too early was fixed in 2022 (release notes). Record shape never seen: see ExportOpen.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const patientPrograms = Endpoint.get("exports.patientPrograms", "/{tenant}/{instance}/export/PATIENT_PROGRAM", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportOpen)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link patientPrograms}.
 *
 * @since 0.1.0
 * @category streams
 */
export const patientProgramsStream = Pagination.cursor(patientPrograms)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const patientProgramsPages = Pagination.cursorPages(patientPrograms)

/**
 * All PDT_RECORD records of the instance changed since a moment. Ordered by last update, oldest first (inferred: a client resumes
 * with the largest updatedAt it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record changed
 * while paging may come twice, and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt. The page
 * size is called pageSize here, not size (the Python client sends both when it differs from 20). 1000 worked in six requests for a
 * whole instance; default and maximum are unknown. Only API clients may call exports, and the security policy must grant the Data
 * Export right of the resource (else 403). No word on deletions; watch deleted and deletedAt. A server bug that reported hasNext
 * false too early was fixed in 2022 (release notes). Record shape never seen: see ExportOpen.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const pdtRecords = Endpoint.get("exports.pdtRecords", "/{tenant}/{instance}/export/PDT_RECORD", {
  query: {
    ...Pagination.cursorQuery
  },
  success: Pagination.cursorPage(ExportOpen)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link pdtRecords}.
 *
 * @since 0.1.0
 * @category streams
 */
export const pdtRecordsStream = Pagination.cursor(pdtRecords)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const pdtRecordsPages = Pagination.cursorPages(pdtRecords)

/**
 * Any other export by its path name. Ordered by last update, oldest first (inferred: a client resumes with the largest updatedAt
 * it saw). There is no upper bound. Cursor.end looks like a timestamp (inferred): a record changed while paging may come twice,
 * and records sharing the boundary instant may repeat. Drop duplicates by id and updatedAt. The page size is called pageSize here,
 * not size (the Python client sends both when it differs from 20). 1000 worked in six requests for a whole instance; default and
 * maximum are unknown. Only API clients may call exports, and the security policy must grant the Data Export right of the resource
 * (else 403). No word on deletions; watch deleted and deletedAt. A server bug that reported hasNext false too early was fixed in
 * 2022 (release notes). Also announced by the vendor, path value unknown: care plans, patient contacts, chat messages, WhatsApp
 * messages, assessments sent to patients, document summaries, automation audits. Accept any string as resource. A generic route:
 * the thirteen fixed siblings are the same call.
 *
 * Documented, never recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const byResource = Endpoint.get("exports.byResource", "/{tenant}/{instance}/export/{resource}", {
  path: {
    resource: Codecs.openEnum(
      "PATIENT",
      "CDT_RECORD",
      "CALENDAR_EVENT",
      "VOICE_CALL",
      "SMS",
      "EMAIL",
      "TASK",
      "ASSESSMENT",
      "ENCOUNTER",
      "ENCOUNTER_DISPOSITION",
      "ENCOUNTER_COMMENT",
      "PATIENT_PROGRAM",
      "PDT_RECORD"
    )
  },
  query: {
    ...Pagination.cursorQuery,
    /** Automation audit only; spelling and case from release notes. */
    status: Schema.optional(Codecs.openEnum("failure", "success", "conditions_check_failed"))
  },
  success: Pagination.cursorPage(ExportOpen)
})

/**
 * Every one of them, page by page as the consumer pulls: see {@link byResource}.
 *
 * @since 0.1.0
 * @category streams
 */
export const byResourceStream = Pagination.cursor(byResource)

/**
 * The same, a page at a time with its envelope.
 *
 * @since 0.1.0
 * @category streams
 */
export const byResourcePages = Pagination.cursorPages(byResource)
