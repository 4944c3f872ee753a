import * as Either from "effect/Either"
import { parseInstant } from "../../internal/time.js"
import * as AssessmentRecords from "./assessmentRecords.js"
import * as CalendarEvents from "./calendarEvents.js"
import { bad, integer, reads } from "./call.js"
import * as Cdts from "./cdts.js"
import * as Emails from "./emails.js"
import * as EncounterComments from "./encounterComments.js"
import * as EncounterDispositions from "./encounterDispositions.js"
import * as Encounters from "./encounters.js"
import * as Envelopes from "./envelopes.js"
import { instant } from "./json.js"
import * as PatientPrograms from "./patientPrograms.js"
import * as Patients from "./patients.js"
import * as Pdts from "./pdts.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Sms from "./sms.js"
import * as Table from "./table.js"
import * as Tasks from "./tasks.js"
import * as Visits from "./visits.js"
import * as VoiceCalls from "./voiceCalls.js"
import * as World from "./world.js"

/** Where an export that was not told a page size stops. */
const defaultPageSize = 100

/**
 * All records of a kind, in the order of their last change, from `start` on.
 *
 * The cursor is an instant. Where records may share one, the next page begins with it again, so that they come twice; where each has
 * its own, the cursor is that of the next record, and none does.
 */
const exporting = <A extends object>(
  kind: Table.Kind<A>,
  isThere: (world: World.World, record: A) => boolean = () => true,
  view: (record: A, world: World.World) => object = (record) => record
) =>
  reads((call, world) =>
    Either.gen(function* () {
      const pageSize = yield* integer(call, "pageSize", defaultPageSize, 1)
      const start = call.query.get("start")
      const since = start === null ? Number.NEGATIVE_INFINITY : parseInstant(start)
      if (since === undefined) return yield* bad(call, "A query parameter is no moment.", { parameter: "start" })
      const repeats = world.setting.sharedInstants > 1
      const data: Array<A> = []
      let next: A | undefined
      for (const record of Table.changedSince(World.table(world, kind), since)) {
        if (!isThere(world, record)) continue
        // a page of one shared instant alone would lead back to itself
        const stands = repeats && data.length > 0 && kind.changedAt(data.at(-1)!) === since
        if (data.length >= pageSize && !stands) {
          next = record
          break
        }
        data.push(record)
      }
      const last = next === undefined || repeats ? data.at(-1) : next
      const end = last === undefined ? null : instant(kind.changedAt(last))
      return Reply.jsonText(
        200,
        Envelopes.cursor(
          data.map((record) => view(record, world)),
          { start, end, hasNext: next !== undefined, pageSize }
        )
      )
    })
  )

/** Records of an internal data type tell their last change where exports have it. */
const dated = (record: Visits.DataRecord): object => ({ ...record, updatedAt: record.jsonBody.updated_at })

export const handlers = {
  "exports.patientPrograms": exporting(PatientPrograms.kind, Records.isOwned(PatientPrograms.kind)),
  "exports.tasks": exporting(Tasks.kind, Records.isOwned(Tasks.kind), Tasks.exported),
  "exports.assessments": exporting(AssessmentRecords.kind, Records.isOwned(AssessmentRecords.kind), AssessmentRecords.exported),
  "exports.calendarEvents": exporting(Visits.events, Records.isOwned(Visits.events), (event) => CalendarEvents.view(event)),
  "exports.encounterComments": exporting(EncounterComments.kind, EncounterComments.isKept, EncounterComments.exported),
  "exports.encounterDispositions": exporting(Visits.dispositions, EncounterDispositions.isKept, dated),
  "exports.encounters": exporting(Visits.encounters, Records.isOwned(Visits.encounters), (encounter, world) =>
    dated(Encounters.view(world, encounter))
  ),
  "exports.patients": exporting(Patients.kind),
  "exports.sms": exporting(Sms.kind, Records.isOwned(Sms.kind)),
  "exports.emails": exporting(Emails.kind, Records.isOwned(Emails.kind)),
  "exports.voiceCalls": exporting(VoiceCalls.kind, Records.isOwned(VoiceCalls.kind)),
  "exports.pdtRecords": exporting(Pdts.kind),
  "exports.cdtRecords": exporting(Cdts.kind, Cdts.isOwned)
}
