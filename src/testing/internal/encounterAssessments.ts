import * as Either from "effect/Either"
import * as AssessmentRecords from "./assessmentRecords.js"
import { caller, rowCreated, rowUpdated } from "./authorship.js"
import { bad, type Call, type Handler, objectBody, reads } from "./call.js"
import * as Designer from "./designer.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Visits from "./visits.js"
import * as World from "./world.js"

type Link = Visits.DataRecord<{ readonly source_id: string; readonly assessmentName: string; readonly assessmentRecordId: string | null }>

/** The links between encounters and assessments. */
const kind: Records.Kind<Link> = Visits.perEncounter<Link>(2, {
  name: "encounterAssessment",
  make: (seedling, encounter, population) => {
    const { draws, id, index, patientId } = seedling
    // one of each at most
    const assessment = Designer.assessments[index % Designer.assessments.length]!
    return {
      id,
      patientId,
      ...Visits.definition("__encounter_assessment__"),
      jsonBody: {
        ...Visits.rowBlank,
        ...Visits.ofEncounter(encounter.id),
        ...Visits.rowAuthors(seedling, population),
        id,
        assessmentName: assessment.name,
        assessmentTitle: assessment.title,
        assessmentRecordId: null,
        fromTemplate: draws.chance(60),
        relation: "ASSESSMENT"
      }
    }
  },
  changedAt: ({ jsonBody }) => jsonBody.updated_at,
  patientOf: ({ patientId }) => patientId
})

/** The links of an encounter. */
export const of = (world: World.World, encounter: Visits.Encounter): ReadonlyArray<Records.Found<Link>> =>
  Visits.ofOne(world, kind, encounter, ({ jsonBody }) => jsonBody.source_id)

interface NewLink {
  readonly assessmentName: string
  readonly assessmentRecordId: string | null
  readonly fromTemplate: boolean
}

/** Links an assessment to an encounter. */
export const add = (call: Call, world: World.World, encounter: Visits.Encounter, link: NewLink) =>
  World.create(world, call.now, kind, (id, at) => ({
    id,
    patientId: encounter.patientId,
    ...Visits.definition("__encounter_assessment__"),
    jsonBody: {
      ...Visits.rowBlank,
      ...Visits.ofEncounter(encounter.id),
      ...rowCreated(caller(world.setting), at),
      id,
      assessmentTitle: Designer.assessments.find(({ name }) => name === link.assessmentName)?.title ?? "",
      relation: "ASSESSMENT",
      ...link
    }
  }))

const existing = (call: Call, world: World.World): Reply.Or<Records.Found<Link>> =>
  Either.flatMap(Visits.existing(call, world), ({ record }) => {
    const found = of(world, record).find((one) => one.record.id === call.path.encounterAssessmentId)
    return found === undefined ? Records.noDataRecord(call) : Either.right(found)
  })

/** The patient's own assessment record, where one is named. */
const attachable = (call: Call, world: World.World, id: unknown): Reply.Or<void> => {
  if (id === null || id === undefined) return Either.void
  const record = AssessmentRecords.ofPatient(world, String(id), call.path.patientId!)
  return record === undefined ? bad(call, "There is no such assessment record.", { field: "assessmentRecordId" }) : Either.void
}

const list = reads((call, world) =>
  Either.map(Visits.existing(call, world), ({ record }) =>
    Reply.json(
      200,
      of(world, record).map((one) => one.record)
    )
  )
)

const get = reads((call, world) => Either.map(existing(call, world), ({ record }) => Reply.json(200, record)))

const create: Handler = (call, world) =>
  Either.gen(function* () {
    const { record: encounter } = yield* Visits.existing(call, world)
    const given = yield* Records.taken(
      call,
      yield* objectBody(call),
      {
        assessmentName: Records.isOneOf(...Designer.assessments.map(({ name }) => name)),
        assessmentRecordId: Records.orNull(Records.isText)
      },
      ["assessmentName"]
    )
    yield* attachable(call, world, given.assessmentRecordId)
    const [link, next] = add(call, world, encounter, { assessmentRecordId: null, fromTemplate: false, ...given } as NewLink)
    return [Reply.json(201, link), next] as const
  })

const update: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, record } = yield* existing(call, world)
    const given = yield* Records.taken(call, yield* objectBody(call), { assessmentRecordId: Records.isText })
    yield* attachable(call, world, given.assessmentRecordId)
    const [link, next] = World.replace(world, call.now, kind, index, (at) => ({
      ...record,
      jsonBody: { ...record.jsonBody, ...given, ...rowUpdated(caller(world.setting), at) }
    }))
    return [Reply.json(200, link), next] as const
  })

const remove: Handler = (call, world) =>
  Either.map(existing(call, world), ({ index }) => [Reply.empty(200), World.remove(world, kind, index)])

export const handlers = {
  "encounterAssessments.list": list,
  "encounterAssessments.get": get,
  "encounterAssessments.create": create,
  "encounterAssessments.update": update,
  "encounterAssessments.remove": remove
}
