/**
 * Patients with everything that belongs to them, nested and decoded, as one Stream: for apps that want no files.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { WelkinClient } from "../internal/tags.js"
import * as Pagination from "../Pagination.js"
import * as AssessmentRecords from "../v8/AssessmentRecords.js"
import * as CalendarEvents from "../v8/CalendarEvents.js"
import * as CarePlanGoals from "../v8/CarePlanGoals.js"
import * as CarePlans from "../v8/CarePlans.js"
import * as Cdts from "../v8/Cdts.js"
import * as Chat from "../v8/Chat.js"
import * as Contacts from "../v8/Contacts.js"
import * as Documents from "../v8/Documents.js"
import * as Emails from "../v8/Emails.js"
import * as EncounterAssessments from "../v8/EncounterAssessments.js"
import * as EncounterComments from "../v8/EncounterComments.js"
import * as EncounterDispositions from "../v8/EncounterDispositions.js"
import * as Encounters from "../v8/Encounters.js"
import * as CdtFormations from "../v8/formations/CdtFormations.js"
import * as PatientPrograms from "../v8/PatientPrograms.js"
import * as Patients from "../v8/Patients.js"
import * as Sms from "../v8/Sms.js"
import * as Tasks from "../v8/Tasks.js"
import type { WelkinError } from "../WelkinError.js"
import { everMore, isGone } from "./internal/lists.js"
import { lesser } from "./Manifest.js"

/**
 * An encounter with what hangs on it. What the API client has no right to is undefined.
 *
 * @since 0.1.0
 * @category models
 */
export interface Encounter {
  readonly encounter: Encounters.Encounter
  readonly comments: ReadonlyArray<EncounterComments.EncounterComment> | undefined
  /** Null where there is none. */
  readonly disposition: EncounterDispositions.EncounterDisposition | null | undefined
  readonly assessments: ReadonlyArray<EncounterAssessments.EncounterAssessmentLink> | undefined
}

/**
 * A care plan with its goals, each with its tasks and comments. What the API client has no right to is undefined.
 *
 * @since 0.1.0
 * @category models
 */
export interface CarePlan {
  /** Null where there is none. */
  readonly plan: CarePlans.CarePlan | null | undefined
  readonly goals: ReadonlyArray<CarePlanGoals.CarePlanGoalDetails> | undefined
}

/**
 * What belongs to a patient. Profile records are not in it: they are nobody's.
 *
 * @since 0.1.0
 * @category models
 */
export interface Parts {
  readonly contacts: ReadonlyArray<Contacts.Contact>
  /** Of every data type that the tenant has. */
  readonly cdtRecords: ReadonlyArray<Cdts.CdtListedRecord>
  readonly encounters: ReadonlyArray<Encounter>
  readonly assessmentRecords: ReadonlyArray<AssessmentRecords.AssessmentRecord>
  readonly carePlan: CarePlan
  readonly tasks: ReadonlyArray<Tasks.Task>
  /** Cancelled ones as well. */
  readonly calendarEvents: ReadonlyArray<CalendarEvents.CalendarEvent>
  /** Archived ones as well, newest first. */
  readonly chat: ReadonlyArray<Chat.ChatMessage>
  readonly sms: ReadonlyArray<Sms.Sms>
  readonly emails: ReadonlyArray<Emails.Email>
  /** What is known of them; `DocumentFiles` has the bytes. */
  readonly documents: ReadonlyArray<Documents.DocumentSummary>
  /** Those that the patient is in. */
  readonly programs: ReadonlyArray<Patients.PatientProgram>
}

/**
 * @since 0.1.0
 * @category models
 */
export type Part = keyof Parts

/**
 * A patient with the parts that were asked for. One that was not, or that the API client has no right to, is undefined.
 *
 * @since 0.1.0
 * @category models
 */
export type PatientRecord = { readonly [P in Part]: Parts[P] | undefined } & {
  readonly _tag: "Patient"
  readonly patient: Patients.Patient
  /** How far the least certain of the patient's lists can be trusted to be whole. */
  readonly verdict: Pagination.Verdict
}

/**
 * What the stream brings.
 *
 * @since 0.1.0
 * @category models
 */
export type Element =
  | PatientRecord
  /** The patient was there, or was asked for, and is gone: nothing of it is delivered. */
  | { readonly _tag: "Removed"; readonly patientId: Patients.PatientId }
  /** The API client has no right to an endpoint, such as `sms.list`. Said once; what it reads is undefined from then on wherever it is refused. */
  | { readonly _tag: "Forbidden"; readonly endpoint: string }
  /** The last element. The verdict is that of the list of patients. */
  | { readonly _tag: "Finished"; readonly patients: number; readonly removed: number; readonly verdict: Pagination.Verdict }

/**
 * Whose records to read, and which.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** All, unless said. Each costs at least one call a patient. */
  readonly parts?: ReadonlyArray<Part> | undefined
  /** Patients that match; everybody, unless said. */
  readonly filter?: Patients.PatientFilter | undefined
  /** These patients and no others, instead of a filter. */
  readonly patientIds?: ReadonlyArray<Patients.PatientId> | undefined
  /** How many patients to read at a time: 4, unless said. The client's own limit counts as well. */
  readonly concurrency?: number | undefined
}

const searched = Pagination.complete(Patients.search)
const contacts = Pagination.complete(Contacts.list)
const cdts = Pagination.complete(Cdts.list)
const encounters = Pagination.complete(Encounters.listForPatient)
const comments = Pagination.complete(EncounterComments.list)
const assessments = Pagination.complete(EncounterAssessments.list)
const assessmentRecords = Pagination.complete(AssessmentRecords.list)
const goals = Pagination.complete(CarePlanGoals.list)
const tasks = Pagination.complete(Tasks.search)
const events = Pagination.complete(CalendarEvents.list)
const chat = Pagination.complete(Chat.list, { ids: ({ externalId }) => externalId })
const sms = Pagination.complete(Sms.list)
const emails = Pagination.complete(Emails.list)
const documents = Pagination.complete(Documents.list)
const programs = Pagination.complete(PatientPrograms.list)

type Call<A> = Effect.Effect<A, WelkinError, WelkinClient>
type Pages<A> = Stream.Stream<Pagination.CompletePage<A, unknown>, WelkinError, WelkinClient>

/** What the reading of one patient takes: whole lists, and calls that may be refused or find nothing. */
interface Reading {
  readonly patientId: Patients.PatientId
  readonly cdtNames: Call<ReadonlyArray<string>>
  readonly all: <A>(pages: Pages<A>) => Call<ReadonlyArray<A>>
  readonly permitted: <A>(call: Call<A>) => Call<A | undefined>
  /** Null for what is gone, if the patient is still there. */
  readonly maybe: <A>(call: Call<A>) => Call<A | null>
}

const isThere = <A>(found: A | null): found is A => found !== null

const readers: { readonly [P in Part]: (reading: Reading) => Call<Parts[P]> } = {
  contacts: ({ all, patientId }) => all(contacts({ patientId })),
  cdtRecords: ({ all, cdtNames, patientId }) =>
    Effect.flatMap(cdtNames, (names) =>
      Effect.map(
        Effect.forEach(names, (cdtName) => all(cdts({ patientId, cdtName }))),
        (lists) => lists.flat()
      )
    ),
  encounters: ({ all, maybe, patientId, permitted }) =>
    Effect.flatMap(all(encounters({ patientId, withCareTeam: false })), (found) =>
      Effect.map(
        Effect.forEach(found, (encounter) => {
          const input = { patientId, encounterId: encounter.id }
          return maybe(
            Effect.all({
              encounter: Effect.succeed(encounter),
              comments: permitted(all(comments(input))),
              assessments: permitted(all(assessments(input))),
              disposition: permitted(maybe(EncounterDispositions.get(input)))
            })
          )
        }),
        (read) => read.filter(isThere)
      )
    ),
  assessmentRecords: ({ all, patientId }) => all(assessmentRecords({ patientId })),
  carePlan: ({ all, maybe, patientId, permitted }) =>
    Effect.all({
      plan: permitted(maybe(CarePlans.get({ patientId }))),
      goals: permitted(
        Effect.flatMap(all(goals({ patientId })), (found) =>
          Effect.map(
            Effect.forEach(found, ({ id }) => maybe(CarePlanGoals.get({ patientId, goalId: id }))),
            (read) => read.filter(isThere)
          )
        )
      )
    }),
  tasks: ({ all, patientId }) => all(tasks({ patientId })),
  calendarEvents: ({ all, patientId }) => all(events({ ...everMore, participantIds: [patientId] })),
  chat: ({ all, patientId }) => all(chat({ patientId, includeArchived: true })),
  sms: ({ all, patientId }) => all(sms({ patientId })),
  emails: ({ all, patientId }) => all(emails({ patientId })),
  documents: ({ all, patientId }) => all(documents({ patientId })),
  programs: ({ all, patientId }) => all(programs({ patientId, assignedPrograms: true }))
}

/**
 * The parts there are.
 *
 * @since 0.1.0
 * @category constants
 */
export const parts: ReadonlyArray<Part> = Object.keys(readers) as ReadonlyArray<Part>

const nothing: { readonly [P in Part]: undefined } = Object.fromEntries(parts.map((part) => [part, undefined])) as any

const stillThere = (patientId: Patients.PatientId): Call<boolean> =>
  Patients.get({ patientId }).pipe(
    Effect.as(true),
    Effect.catchIf(isGone, () => Effect.succeed(false))
  )

/** Reads one patient, and says what it has no right to. */
const reading = (patient: Patients.Patient, wanted: ReadonlyArray<Part>, cdtNames: Reading["cdtNames"]): Call<ReadonlyArray<Element>> =>
  Effect.suspend(() => {
    const patientId = patient.id
    const forbidden: Array<Element> = []
    let verdict: Pagination.Verdict = "verified"
    const facts: Reading = {
      patientId,
      cdtNames,
      all: <A>(pages: Pages<A>) =>
        Effect.suspend(() => {
          const records: Array<A> = []
          return Effect.as(
            Stream.runForEach(pages, (page) =>
              Effect.sync(() => {
                for (const one of page.items) records.push(one)
                verdict = lesser(verdict, page.verdict ?? "verified")
              })
            ),
            records
          )
        }),
      permitted: (call) =>
        Effect.catchTag(call, "Forbidden", ({ endpoint }) => {
          forbidden.push({ _tag: "Forbidden", endpoint })
          return Effect.succeed(undefined)
        }),
      maybe: (call) =>
        Effect.catchIf(call, isGone, (error) =>
          Effect.flatMap(stillThere(patientId), (there) => (there ? Effect.succeed(null) : Effect.fail(error)))
        )
    }
    return Effect.forEach(wanted, (part) =>
      Effect.map(facts.permitted<unknown>(readers[part](facts)), (found) => [part, found] as const)
    ).pipe(
      Effect.map(
        (found): ReadonlyArray<Element> => [
          ...forbidden,
          { ...nothing, ...Object.fromEntries(found), _tag: "Patient", patient, verdict } as PatientRecord
        ]
      ),
      Effect.catchIf(isGone, (error) =>
        Effect.flatMap(stillThere(patientId), (there) =>
          there ? Effect.fail(error) : Effect.succeed<ReadonlyArray<Element>>([...forbidden, { _tag: "Removed", patientId }])
        )
      )
    )
  })

/**
 * Every patient with everything that belongs to them: one element a patient, in the order in which the patients are found. Each list
 * is read so that nothing is missed that is there throughout, one page at a time, while a few patients are read at once.
 *
 * Patients who are removed meanwhile, and rights that are missing, are elements of the stream: nothing is left out in silence. What a
 * patient has is held in memory until the patient is delivered. To have files, and to go on after a break, see `Export.run`.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { Export } from "effect-welkin/export"
 *
 * const program = Export.patientRecords({ parts: ["contacts", "encounters"], concurrency: 8 }).pipe(
 *   Stream.runForEach((element) =>
 *     element._tag === "Patient"
 *       ? Effect.log(`${element.encounters?.length ?? "no right to"} encounters`)
 *       : Effect.log(element._tag)
 *   )
 * )
 * ```
 *
 * @since 0.1.0
 * @category streams
 */
export const stream = (options: Options = {}): Stream.Stream<Element, WelkinError, WelkinClient> =>
  Stream.unwrap(
    Effect.gen(function* () {
      const { concurrency = 4, filter = {}, patientIds, parts: wanted = parts } = options
      // asked for once; a refusal strikes every patient alike
      const formations = wanted.includes("cdtRecords")
        ? yield* Effect.either(CdtFormations.list({ version: "current" }))
        : yield* Effect.either(Effect.succeed([]))
      const cdtNames = Effect.map(formations, (found) => Array.from(new Set(found.map(({ name }) => name))))
      let verdict: Pagination.Verdict = "verified"
      let patients = 0
      let removed = 0
      const told = new Set<string>()
      const found: Stream.Stream<Call<ReadonlyArray<Element>>, WelkinError, WelkinClient> = patientIds === undefined
        ? searched({ body: filter }).pipe(
            Stream.tap((page) => Effect.sync(() => (verdict = page.verdict ?? verdict))),
            Stream.mapConcat(({ items }) => items),
            Stream.map((patient) => reading(patient, wanted, cdtNames))
          )
        : Stream.map(Stream.fromIterable(patientIds), (patientId) =>
            Patients.get({ patientId }).pipe(
              Effect.matchEffect({
                onFailure: (error) =>
                  isGone(error) ? Effect.succeed<ReadonlyArray<Element>>([{ _tag: "Removed", patientId }]) : Effect.fail(error),
                onSuccess: (patient) => reading(patient, wanted, cdtNames)
              })
            )
          )
      const elements = found.pipe(
        Stream.mapEffect((read) => read, { concurrency }),
        Stream.mapConcat((read) => read),
        Stream.filter((element) => {
          if (element._tag === "Patient") patients++
          if (element._tag === "Removed") removed++
          if (element._tag !== "Forbidden") return true
          const isNew = !told.has(element.endpoint)
          told.add(element.endpoint)
          return isNew
        })
      )
      return Stream.concat(
        elements,
        Stream.sync((): Element => ({ _tag: "Finished", patients, removed, verdict }))
      )
    })
  )
