/**
 * What can be exported of the legacy API, v1: every collection that has a find. Each is read by a walk over windows of time, and none
 * needs a filter or the id of anything else.
 *
 * Two things of v1 are not here. Notifications are sent and never listed. And what a find does not bring because it was deleted is
 * nowhere: v1 does not tell of deletions.
 *
 * @since 0.1.0
 */
import type * as Schema from "effect/Schema"
import type * as Endpoint from "../Endpoint.js"
import type { LegacyClient } from "../internal/tags.js"
import * as AssessmentResponses from "../v1/AssessmentResponses.js"
import * as CalendarEvents from "../v1/CalendarEvents.js"
import * as Calendars from "../v1/Calendars.js"
import * as CareFlows from "../v1/CareFlows.js"
import * as Conversations from "../v1/Conversations.js"
import * as CustomDataTypeRecords from "../v1/CustomDataTypeRecords.js"
import * as EmailAddresses from "../v1/EmailAddresses.js"
import type * as Envelope from "../v1/Envelope.js"
import * as ExternalIds from "../v1/ExternalIds.js"
import * as IntegrationTasks from "../v1/IntegrationTasks.js"
import * as Messages from "../v1/Messages.js"
import * as Patients from "../v1/Patients.js"
import * as PatientTasks from "../v1/PatientTasks.js"
import * as PhoneNumbers from "../v1/PhoneNumbers.js"
import type * as TimeWindow from "../v1/TimeWindow.js"
import * as Workers from "../v1/Workers.js"

/**
 * A collection.
 *
 * @since 0.1.0
 * @category models
 */
export interface Collection {
  /** Its name, which is that of its folder. */
  readonly name: string
  readonly find: Endpoint.Endpoint<TimeWindow.Query, Envelope.FindPage<unknown>, LegacyClient>
  readonly record: Schema.Schema.AnyNoContext
  /** Withdrawn in 2018-10, so that later services answer `NotFound`: left out unless it is asked for by name. */
  readonly onRequest?: boolean
  /**
   * Its records tell no times, so that nobody knows whether a change would bring one again: an export that continues another reads all
   * of them.
   */
  readonly isTimeless?: boolean
}

const collection = (name: string, find: Collection["find"], record: Collection["record"]): Collection => ({ name, find, record })

const withdrawn = (one: Collection): Collection => ({ ...one, onRequest: true })

/**
 * Every collection, by the order in which they are reported.
 *
 * @since 0.1.0
 * @category constants
 */
export const collections: ReadonlyArray<Collection> = [
  collection("patients", Patients.find, Patients.Patient),
  collection("phone-numbers", PhoneNumbers.find, PhoneNumbers.PhoneNumber),
  collection("email-addresses", EmailAddresses.find, EmailAddresses.EmailAddress),
  collection("custom-data-type-records", CustomDataTypeRecords.find, CustomDataTypeRecords.CustomDataTypeRecord),
  collection("assessment-responses", AssessmentResponses.find, AssessmentResponses.AssessmentResponse),
  collection("care-flows", CareFlows.find, CareFlows.CareFlow),
  collection("conversations", Conversations.find, Conversations.Conversation),
  collection("calendar-events", CalendarEvents.find, CalendarEvents.CalendarEvent),
  collection("calendars", Calendars.find, Calendars.Calendar),
  collection("workers", Workers.find, Workers.Worker),
  { ...collection("external-ids", ExternalIds.find, ExternalIds.ExternalId), isTimeless: true },
  collection("integration-tasks", IntegrationTasks.find, IntegrationTasks.IntegrationTask),
  withdrawn(collection("messages", Messages.find, Messages.Message)),
  withdrawn(collection("patient-tasks", PatientTasks.find, PatientTasks.PatientTask))
]

const named: ReadonlyMap<string, Collection> = new Map(collections.map((one) => [one.name, one]))

/**
 * @since 0.1.0
 * @category accessors
 */
export const byName = (name: string): Collection | undefined => named.get(name)
