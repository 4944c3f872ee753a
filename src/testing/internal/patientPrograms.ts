import * as Either from "effect/Either"
import { caller, created, updated } from "./authorship.js"
import { bad, type Call, type Handler, notSimulated, objectBody, reads, word } from "./call.js"
import * as Designer from "./designer.js"
import { instant, type JsonObject } from "./json.js"
import * as Patients from "./patients.js"
import { type PatientProgram, phaseEntered, programSlots } from "./population.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as World from "./world.js"

type Found = Records.Found<PatientProgram>

/** The programs that patients are in or were in. */
export const kind: Records.Kind<PatientProgram> = {
  name: "patientPrograms",
  slots: programSlots,
  base: (population) => population.patientPrograms,
  idOf: (program) => program.id,
  changedAt: (program) => Date.parse(program.updatedAt),
  patientOf: (program) => program.patientId
}

/** What a list says of a program that the patient is not in. */
const stub = ({ name, title }: Designer.Program) => ({
  id: null,
  createdByName: null,
  createdAt: null,
  updatedByName: null,
  updatedAt: null,
  programName: name,
  programTitle: title,
  programDescription: "",
  assigned: false,
  patientId: null,
  currentPhase: null,
  status: null,
  compatibleWithCurrentVersion: false,
  pathHistory: []
})

const list = reads((call, world) =>
  Either.gen(function* () {
    const assigned = yield* word(call, "assignedPrograms", ["true", "false"])
    const own = Records.ofPatient(world, kind, yield* Patients.existing(call, world)).map(({ record }) => record)
    const others = Designer.programs.filter(({ name }) => !own.some(({ programName }) => programName === name)).map(stub)
    const programs: ReadonlyArray<JsonObject> = [...(assigned === "false" ? [] : own), ...(assigned === "true" ? [] : others)]
    return Records.metaInfo(yield* Records.page(call, programs, (program) => program), (program) => program)
  })
)

const missing = (call: Call, details: JsonObject): Reply.Or<never> =>
  Reply.refuse(
    Reply.problem(call.now, {
      status: 404,
      errorCode: "PATIENT_PROGRAM_NOT_FOUND",
      componentType: "PATIENT_PROGRAM",
      message: "The patient has no such program.",
      details
    })
  )

/** The patient's enrolment in the program of the path, unless it is finished. */
const running = (call: Call, world: World.World, found: Patients.Found): Found | undefined =>
  Records.ofPatient(world, kind, found).find(({ record }) => record.programName === call.path.programName && record.status !== "FINISHED")

const current = (call: Call, world: World.World): Reply.Or<Found> =>
  Either.flatMap(Patients.existing(call, world), (found) => {
    const program = running(call, world, found)
    return program === undefined
      ? missing(call, { programName: call.path.programName, patientId: found.patient.id, notStatus: "FINISHED" })
      : Either.right(program)
  })

const getCurrent = reads((call, world) => Either.map(current(call, world), ({ record }) => Reply.json(200, record)))

const byId = (call: Call, world: World.World): Reply.Or<Found> =>
  Either.flatMap(Patients.existing(call, world), ({ patient }) => {
    const id = call.path.patientProgramId!
    const found = Records.byId(world, kind, id)
    return found?.record.patientId === patient.id ? Either.right(found) : missing(call, { id, patientId: patient.id })
  })

const getById = reads((call, world) => Either.map(byId(call, world), ({ record }) => Reply.json(200, record)))

/** A patient shows its programs, and changes with them. */
const shown = (call: Call, world: World.World, { index, patient }: Patients.Found): World.World => {
  const patientPrograms = Records.ofPatient(world, kind, { index, patient }).map(({ record }) => record)
  return World.replace(world, call.now, Patients.kind, index, (at) => ({ ...patient, patientPrograms, updatedAt: instant(at) }))[1]
}

const programOf = (call: Call): Reply.Or<Designer.Program> => {
  const program = Designer.programs.find(({ name }) => name === call.path.programName)
  return program === undefined ? bad(call, "There is no such program.", { parameter: "programName" }) : Either.right(program)
}

const enrolled = (world: World.World, { id: patientId }: JsonObject, { name, title }: Designer.Program, id: string, at: number) => {
  const { createdAt, createdByName, updatedAt, updatedByName } = created(caller(world.setting), at)
  return {
    ...stub({ name, title, phases: [] }),
    id,
    createdByName,
    createdAt,
    updatedByName,
    updatedAt,
    assigned: true,
    patientId,
    status: "NOT_STARTED",
    compatibleWithCurrentVersion: true
  } as unknown as PatientProgram
}

/** The enrolment with a phase entered. The last phase leaves it in progress. */
const moved = (world: World.World, program: PatientProgram, phase: Designer.Phase | undefined, at: number): PatientProgram => {
  if (phase === undefined) return program
  const { id, name } = caller(world.setting)
  const entered = phaseEntered(phase, at, id, name)
  return { ...program, status: "IN_PROGRESS", currentPhase: entered, pathHistory: [...program.pathHistory, entered] }
}

const changed = (call: Call, world: World.World, given: JsonObject): Reply.Or<readonly [Reply.Reply, World.World]> =>
  Either.gen(function* () {
    const found = yield* Patients.existing(call, world)
    const definition = yield* programOf(call)
    const phase = definition.phases.find(({ name }) => name === given.phaseName)
    if (given.phaseName !== undefined && phase === undefined) {
      return yield* bad(call, "The program has no such phase.", { field: "phaseName" })
    }
    if (given.assigned === false) return yield* notSimulated(call, "What becomes of an enrolment that is not assigned is not known.")
    const status = given.status === undefined ? {} : { status: given.status as string }
    const old = running(call, world, found)
    if (old === undefined && given.assigned !== true) yield* current(call, world)
    const [program, next] =
      old === undefined
        ? World.create(world, call.now, kind, (id, at) => ({
            ...moved(world, enrolled(world, found.patient, definition, id, at), phase, at),
            ...status
          }))
        : World.replace(world, call.now, kind, old.index, (at) => {
            const { updatedAt, updatedByName } = updated(caller(world.setting), at)
            return { ...moved(world, old.record, phase, at), ...status, updatedAt, updatedByName }
          })
    return [Reply.json(200, program), shown(call, next, found)] as const
  })

const update: Handler = (call, world) =>
  Either.gen(function* () {
    const given = yield* Records.taken(call, yield* objectBody(call), {
      assigned: Records.isFlag,
      status: Records.isOneOf("NOT_STARTED", "IN_PROGRESS", "FINISHED"),
      phaseName: Records.isText
    })
    return yield* changed(call, world, given)
  })

const changePhase: Handler = (call, world) =>
  Either.gen(function* () {
    const given = yield* Records.taken(call, yield* objectBody(call), { phaseName: Records.isText }, ["phaseName"])
    return yield* changed(call, world, given)
  })

const remove: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* Patients.existing(call, world)
    const { index } = yield* byId(call, world)
    return [Reply.empty(200), shown(call, World.remove(world, kind, index), found)] as const
  })

/** Who stands in which program. What a row says of its phases was never seen. */
const distribution = reads((call, world) =>
  Either.map(Records.all(call, world, kind), (all) =>
    Reply.json(
      200,
      Designer.programs.map(({ name, title }) => {
        const patientIds = all.flatMap(({ record }) =>
          record.programName === name && record.status !== "FINISHED" ? [record.patientId] : []
        )
        return { title, count: patientIds.length, name, patientIds, phases: [] }
      })
    )
  )
)

export const handlers = {
  "patientPrograms.list": list,
  "patientPrograms.getCurrent": getCurrent,
  "patientPrograms.getByName": getCurrent,
  "patientPrograms.getById": getById,
  "patientPrograms.update": update,
  "patientPrograms.changePhase": changePhase,
  "patientPrograms.remove": remove,
  "reports.patientProgramPhaseDistribution": distribution
}
