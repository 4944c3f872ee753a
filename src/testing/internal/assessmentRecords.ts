import * as Either from "effect/Either"
import { caller, created, rowCreated, rowUpdated, updated } from "./authorship.js"
import { bad, type Call, type Handler, objectBody, reads } from "./call.js"
import * as Designer from "./designer.js"
import * as Ids from "./ids.js"
import { instant, type JsonObject } from "./json.js"
import * as Patients from "./patients.js"
import { hashText } from "./random.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as World from "./world.js"

interface AssessmentRecord extends JsonObject {
  readonly id: string
  readonly patientId: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly finalizedDate: string | null
  readonly assessmentName: string
  readonly status: string
  readonly answers: JsonObject & { readonly updated_at: string }
}

const statuses = ["NEW", "IN_PROGRESS", "SUBMITTED", "EXPIRED", "COMPLETED"]

const answersBlank = (id: string, { name, questions }: Designer.Assessment): JsonObject => ({
  id: Ids.named(hashText(`${id} answers`)),
  source_id: id,
  source_name: name,
  source_type: "ASSESSMENT",
  external_id: null,
  external_guid: null,
  ...Object.fromEntries(Object.keys(questions).map((question) => [question, null]))
})

const blank = ({ name, title }: Designer.Assessment) => ({
  finalizedDate: null,
  assessmentName: name,
  assessmentTitle: title,
  assessmentCdtName: `_${name}`,
  version: Designer.formationVersion,
  status: "NEW",
  scoring: {},
  folderId: null,
  expirationDate: null,
  questions: {},
  resolvedCdtValues: {},
  pfa: false
})

const labels = ({ questions }: Designer.Assessment) =>
  Object.fromEntries(Object.entries(questions).map(([question, { label }]) => [question, label]))

const definitionOf = (name: unknown): Designer.Assessment | undefined => Designer.assessments.find((one) => one.name === name)

/** All assessment records. */
export const kind: Records.Kind<AssessmentRecord> = Records.kind<AssessmentRecord>({
  name: "assessmentRecord",
  slots: 3,
  make: ({ createdAt, draws, id, patientId, updatedAt }, { authors }) => {
    if (draws.chance(40)) return undefined
    const assessment = draws.pick(Designer.assessments)
    const status = draws.pick(["NEW", "IN_PROGRESS", "COMPLETED", "COMPLETED"])
    const [by, byName] = draws.pick(authors)
    const author = { id: by, name: byName }
    const answers = Object.entries(assessment.questions).map(([question, { values }]) => [
      question,
      status === "NEW" ? null : draws.maybe(80, () => draws.pick(values))
    ])
    return {
      id,
      patientId,
      ...created(author, createdAt),
      ...updated(author, updatedAt),
      ...blank(assessment),
      status,
      ...(status === "COMPLETED" ? { finalizedDate: instant(updatedAt - 1), questions: labels(assessment) } : {}),
      answers: {
        ...answersBlank(id, assessment),
        ...rowCreated(author, createdAt),
        ...rowUpdated(author, createdAt + 30_000),
        ...Object.fromEntries(answers)
      }
    }
  },
  // answers are written without moving the record's own time
  changedAt: ({ answers, updatedAt }) => [answers.updated_at, updatedAt].sort()[1]!,
  patientOf: ({ patientId }) => patientId
})

/** A patient's record by its id. */
export const ofPatient = (world: World.World, id: string, patientId: string): Records.Found<AssessmentRecord> | undefined => {
  const found = Records.byId(world, kind, id)
  return found?.record.patientId === patientId ? found : undefined
}

const offset = (at: string): string => at.replace("Z", "+00:00")

const view = (record: AssessmentRecord): JsonObject => ({
  ...record,
  localFinalizedDate: record.finalizedDate === null ? null : offset(record.finalizedDate),
  localCreatedDate: offset(record.createdAt),
  localUpdatedDate: offset(record.updatedAt)
})

/** A record as exports show it. */
export const exported = ({ expirationDate: _, folderId: __, pfa: ___, resolvedCdtValues: ____, ...record }: AssessmentRecord) => ({
  ...record,
  cdtRecordId: (record as unknown as AssessmentRecord).answers.id,
  scoringRecordId: null,
  source_id: null,
  source_type: null
})

const existing = (call: Call, world: World.World): Reply.Or<Records.Found<AssessmentRecord>> =>
  Either.flatMap(Patients.existing(call, world), ({ patient }) => {
    const recordId = call.path.assessmentRecordId!
    const found = ofPatient(world, recordId, patient.id)
    if (found !== undefined) return Either.right(found)
    return Reply.refuse(
      Reply.problem(call.now, {
        status: 404,
        errorCode: "ASSESSMENT_RECORD_NOT_FOUND",
        componentType: "ASSESSMENT",
        message: "There is no such assessment record.",
        details: { recordId, patientId: patient.id }
      })
    )
  })

const list = reads((call, world) =>
  Either.gen(function* () {
    const records = Records.ofPatient(world, kind, yield* Patients.existing(call, world)).map(({ record }) => record)
    return Records.spring(yield* Records.page(call, records, view), view)
  })
)

const get = reads((call, world) => Either.map(existing(call, world), ({ record }) => Reply.json(200, view(record))))

/** The answers of a body. Their keys must be those of the assessment, letter case included. */
const answered = (call: Call, { questions }: Designer.Assessment, given: JsonObject): Reply.Or<JsonObject> => {
  const stranger = Object.keys(given).find((question) => !Object.hasOwn(questions, question))
  return stranger === undefined ? Either.right(given) : bad(call, "The assessment has no such question.", { field: stranger })
}

const create: Handler = (call, world) =>
  Either.gen(function* () {
    const { patient } = yield* Patients.existing(call, world)
    const given = yield* Records.taken(
      call,
      yield* objectBody(call),
      { assessmentName: Records.isText, status: Records.isOneOf(...statuses), answers: (value) => typeof value === "object" },
      ["assessmentName"]
    )
    const assessment = definitionOf(given.assessmentName)
    if (assessment === undefined) return yield* bad(call, "There is no such assessment.", { field: "assessmentName" })
    const answers = yield* answered(call, assessment, (given.answers ?? {}) as JsonObject)
    const author = caller(world.setting)
    const [record, next] = World.create(world, call.now, kind, (id, at) => ({
      id,
      patientId: patient.id,
      ...created(author, at),
      ...blank(assessment),
      ...(given.status === undefined ? {} : completed(assessment, String(given.status), at)),
      answers: { ...answersBlank(id, assessment), ...rowCreated(author, at), ...answers }
    }))
    return [Reply.json(201, view(record)), next] as const
  })

/** What becomes of a record with its status. The last one fills in the rest. */
const completed = (assessment: Designer.Assessment, status: string, at: number) => ({
  status,
  ...(status === "COMPLETED" ? { finalizedDate: instant(at - 1), questions: labels(assessment) } : {})
})

/** Refuses what would change a completed record. */
const open = (call: Call, { status }: AssessmentRecord): Reply.Or<void> =>
  status === "COMPLETED" ? bad(call, "A completed record cannot be changed.", { field: "status" }) : Either.void

/** The body is the whole record, of which only the status counts: the rest comes back with the service's values. */
const replace: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, record } = yield* existing(call, world)
    yield* open(call, record)
    const given = yield* Records.taken(call, yield* objectBody(call), { status: Records.isOneOf(...statuses) })
    const assessment = definitionOf(record.assessmentName)!
    const [changed, next] = World.replace(world, call.now, kind, index, (at) => ({
      ...record,
      ...completed(assessment, String(given.status ?? record.status), at),
      ...updated(caller(world.setting), at)
    }))
    return [Reply.json(200, view(changed)), next] as const
  })

/** The answer still tells the old time of the answers, and the record's own does not move. */
const updateAnswers: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, record } = yield* existing(call, world)
    yield* open(call, record)
    const answers = yield* answered(call, definitionOf(record.assessmentName)!, yield* objectBody(call))
    const [changed, next] = World.replace(world, call.now, kind, index, (at) => ({
      ...record,
      answers: { ...record.answers, ...answers, ...rowUpdated(caller(world.setting), at) }
    }))
    const { updated_at, updated_by, updated_by_name } = record.answers
    const told = { ...changed, answers: { ...changed.answers, updated_at, updated_by, updated_by_name } }
    return [Reply.json(200, view(told)), next] as const
  })

const remove: Handler = (call, world) =>
  Either.map(existing(call, world), ({ index }) => [Reply.empty(200), World.remove(world, kind, index)])

export const handlers = {
  "assessmentRecords.list": list,
  "assessmentRecords.get": get,
  "assessmentRecords.create": create,
  "assessmentRecords.replace": replace,
  "assessmentRecords.updateAnswers": updateAnswers,
  "assessmentRecords.remove": remove
}
