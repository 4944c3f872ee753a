/**
 * Reads what a notification tells of, through the SDK.
 *
 * Notifications come late, twice, out of order or not at all. So the records come twice rather than not at all: keep a record by its
 * id, in the version that was updated last, and the same state comes of it whatever the order.
 *
 * @since 0.1.0
 */
import * as Arr from "effect/Array"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as order from "effect/Order"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as AssessmentResponses from "../v1/AssessmentResponses.js"
import * as CalendarEvents from "../v1/CalendarEvents.js"
import * as Calendars from "../v1/Calendars.js"
import * as CareFlows from "../v1/CareFlows.js"
import * as Conversations from "../v1/Conversations.js"
import * as CustomDataTypeRecords from "../v1/CustomDataTypeRecords.js"
import * as EmailAddresses from "../v1/EmailAddresses.js"
import * as ExternalIds from "../v1/ExternalIds.js"
import * as IntegrationTasks from "../v1/IntegrationTasks.js"
import type { LegacyClient } from "../v1/LegacyClient.js"
import * as Messages from "../v1/Messages.js"
import * as Patients from "../v1/Patients.js"
import * as PatientTasks from "../v1/PatientTasks.js"
import * as PhoneNumbers from "../v1/PhoneNumbers.js"
import * as Timestamp from "../v1/Timestamp.js"
import type * as TimeWindow from "../v1/TimeWindow.js"
import * as Workers from "../v1/Workers.js"
import type { WelkinError } from "../WelkinError.js"
import * as Marks from "./Marks.js"
import type { Notification, Resource } from "./Notifications.js"

const collections = {
  assessment_responses: AssessmentResponses.findPages,
  calendar_events: CalendarEvents.findPages,
  calendars: Calendars.findPages,
  care_flows: CareFlows.findPages,
  conversations: Conversations.findPages,
  custom_data_type_records: CustomDataTypeRecords.findPages,
  email_addresses: EmailAddresses.findPages,
  external_ids: ExternalIds.findPages,
  integration_tasks: IntegrationTasks.findPages,
  messages: Messages.findPages,
  patient_tasks: PatientTasks.findPages,
  patients: Patients.findPages,
  phone_numbers: PhoneNumbers.findPages,
  workers: Workers.findPages
} satisfies { readonly [K in (typeof Resource.known)[number]]: unknown }

/**
 * The records of each collection.
 *
 * @since 0.1.0
 * @category models
 */
export interface Records {
  readonly assessment_responses: AssessmentResponses.AssessmentResponse
  readonly calendar_events: CalendarEvents.CalendarEvent
  readonly calendars: Calendars.Calendar
  readonly care_flows: CareFlows.CareFlow
  readonly conversations: Conversations.Conversation
  readonly custom_data_type_records: CustomDataTypeRecords.CustomDataTypeRecord
  readonly email_addresses: EmailAddresses.EmailAddress
  readonly external_ids: ExternalIds.ExternalId
  readonly integration_tasks: IntegrationTasks.IntegrationTask
  readonly messages: Messages.Message
  readonly patient_tasks: PatientTasks.PatientTask
  readonly patients: Patients.Patient
  readonly phone_numbers: PhoneNumbers.PhoneNumber
  readonly workers: Workers.Worker
}

/**
 * A record that was created or changed, and whose collection it is of. Of what was deleted Welkin says nothing.
 *
 * @since 0.1.0
 * @category models
 */
export type Change = { readonly [K in keyof Records]: { readonly resource: K; readonly record: Records[K] } }[keyof Records]

/**
 * A collection that this SDK cannot read. Its name is the sender's, and stays redacted.
 *
 * @since 0.1.0
 * @category errors
 */
export class UnknownResource extends Data.TaggedError("UnknownResource")<{ readonly resource: Redacted.Redacted }> {
  override get message(): string {
    return "A collection was to be read that this SDK does not know"
  }
}

const isKnown = (resource: string): resource is keyof Records => Object.hasOwn(collections, resource)

const unknown = (resource: string): UnknownResource => new UnknownResource({ resource: Redacted.make(resource) })

/** Notifications lag by a minute, and records may show late; this is what the marks of a walk go back by, too. */
const overlap = 120_000_000n

const ahead = (time: Timestamp.Timestamp): Timestamp.Timestamp => Timestamp.fromMicros(Timestamp.toMicros(time) - overlap)

interface Page {
  readonly changes: ReadonlyArray<Change>
  readonly mark: Timestamp.Timestamp
}

const pages = (
  resource: keyof Records,
  window: Pick<TimeWindow.Options, "from" | "to">
): Stream.Stream<Page, WelkinError, LegacyClient> => {
  const walk = collections[resource] as TimeWindow.Pages<{}, Records[keyof Records], LegacyClient>
  return walk(window).pipe(Stream.map(({ items, mark }) => ({ changes: items.map((record) => ({ resource, record }) as Change), mark })))
}

/**
 * What has changed within the window of one notification, and in the two minutes before it. A version of a record comes once. What has
 * changed again since then may be missing here: the notification of that brings it.
 *
 * A window is as wide as its sender likes. That of a notification from a `Receiver` is a possible one.
 *
 * @since 0.1.0
 * @category streams
 */
export const changes = ({ from, resource, to }: Notification): Stream.Stream<Change, WelkinError | UnknownResource, LegacyClient> =>
  isKnown(resource)
    ? pages(resource, { from: ahead(from), to }).pipe(Stream.mapConcat((page) => page.changes))
    : Stream.fail(unknown(resource))

/**
 * A collection to be brought up to date: a notification, or the name of a collection alone.
 *
 * @since 0.1.0
 * @category models
 */
export type Due = Pick<Notification, "resource"> & Partial<Omit<Notification, "resource">>

const least = order.min(Timestamp.Order)
const most = order.max(Timestamp.Order)

/** The earliest begin of all of them; undefined where one has none. */
const beginOf = (all: Arr.NonEmptyReadonlyArray<Due>): Timestamp.Timestamp | undefined =>
  all.map(({ from }) => from).reduce((one, other) => (one === undefined || other === undefined ? undefined : least(one, other)))

/**
 * Brings collections up to date: reads each from where it was read to the last time, or from the begin of the notifications where that
 * lies earlier, until now, and moves its mark once `store` has kept a page. Both ends overlap by two minutes. So a notification that
 * never came is made up for by the next one of its collection. Notifications of one collection cost one walk; one that comes
 * again costs a short one.
 *
 * Without a mark and without a time the whole collection is read: begin with that, `catchUp([{ resource: "patients" }], store)`, and do
 * it from time to time, since notifications go back a day at most. `store` has to bear a record twice, and an older version of it
 * after a newer one.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { type Notifications, Pull } from "effect-welkin/webhooks"
 *
 * const upToDate = (notifications: ReadonlyArray<Notifications.Notification>) =>
 *   Pull.catchUp(notifications, (changes) =>
 *     Effect.forEach(changes, (change) =>
 *       change.resource === "patients" ? Effect.log(change.record.updated_at) : Effect.log(change.resource)
 *     )
 *   )
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const catchUp: <E, R>(
  due: ReadonlyArray<Due>,
  store: (changes: Arr.NonEmptyReadonlyArray<Change>) => Effect.Effect<unknown, E, R>
) => Effect.Effect<void, E | WelkinError | UnknownResource | Marks.MarksUnavailable, R | LegacyClient | Marks.Marks> = Effect.fnUntraced(
  function* (due, store) {
    const marks = yield* Marks.Marks
    // none is read before all are known: the caller need not find out which were
    const stranger = due.find(({ resource }) => !isKnown(resource))
    if (stranger !== undefined) return yield* Effect.fail(unknown(stranger.resource))
    const groups = Object.entries(Arr.groupBy(due, ({ resource }) => resource)) as ReadonlyArray<
      [keyof Records, Arr.NonEmptyReadonlyArray<Due>]
    >
    yield* Effect.forEach(
      groups,
      Effect.fnUntraced(function* ([resource, ones]) {
        const mark = Option.getOrUndefined(yield* marks.get(resource))
        const begin = beginOf(ones)
        const early = begin === undefined ? undefined : ahead(begin)
        const from = mark === undefined || early === undefined ? (mark ?? early) : least(mark, early)
        // our clock may be behind the one that the notifications or the mark went by
        const to = [from, ...ones.map((one) => one.to)]
          .filter((time) => time !== undefined)
          .reduce((one, other) => most(one, other), yield* Timestamp.now)
        yield* pages(resource, { from, to }).pipe(
          Stream.runForEach((page) =>
            Effect.zipRight(
              Arr.isNonEmptyReadonlyArray(page.changes) ? store(page.changes) : Effect.void,
              mark === undefined || page.mark > mark ? marks.set(resource, page.mark) : Effect.void
            )
          )
        )
      }),
      { discard: true }
    )
  }
)
