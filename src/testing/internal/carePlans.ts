import * as Either from "effect/Either"
import { caller, created, updated } from "./authorship.js"
import { type Call, type Handler, objectBody, reads, word } from "./call.js"
import * as Designer from "./designer.js"
import * as Goals from "./goals.js"
import * as Ids from "./ids.js"
import { instant, type JsonObject } from "./json.js"
import * as Patients from "./patients.js"
import { hashText } from "./random.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Tasks from "./tasks.js"
import * as World from "./world.js"

interface CarePlan extends JsonObject {
  readonly id: string
  readonly patientId: string
  readonly updatedAt: string
  readonly patientOverview: JsonObject | null
}

const planId = (patientId: string): string => Ids.named(hashText(`${patientId} care plan`))

/** The care plans of which something is known. */
const plans: Records.Kind<CarePlan> = Records.kind<CarePlan>({
  name: "carePlan",
  slots: 1,
  make: ({ createdAt, draws, patientId, updatedAt }, { authors }) => {
    const [[, byName], [, againName]] = [draws.pick(authors), draws.pick(authors)]
    const audit = (at: number) =>
      Goals.named({ ...created({ id: "", name: byName }, at), ...updated({ id: "", name: againName }, updatedAt) })
    const overview = draws.pick(["Works shifts; wants better sleep.", "", "Lebt allein – möchte „mehr gehen“.\n".repeat(60)])
    return {
      id: planId(patientId),
      ...audit(createdAt),
      patientId,
      patientOverview: draws.chance(70) ? { ...audit(createdAt + 1000), overview } : null
    }
  },
  changedAt: ({ updatedAt }) => updatedAt,
  patientOf: ({ patientId }) => patientId
})

/** Every patient has a plan: the platform makes it. Nothing is kept of one until it has an overview. */
const planOf = (world: World.World, found: Patients.Found): { readonly index: number | undefined; readonly plan: CarePlan } => {
  const kept = Records.ofPatient(world, plans, found)[0]
  if (kept !== undefined) return { index: kept.index, plan: kept.record }
  const { createdAt, createdByName, id } = found.patient
  const audit = { createdByName, createdAt, updatedByName: createdByName, updatedAt: createdAt }
  return { index: undefined, plan: { id: planId(id), ...audit, patientId: id, patientOverview: null } }
}

const get = reads((call, world) => Either.map(Patients.existing(call, world), (found) => Reply.json(200, planOf(world, found).plan)))

/** Sets the overview, whether or not there is one: its creation is kept, and the plan changes with it. */
const putOverview: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, plan } = planOf(world, yield* Patients.existing(call, world))
    const given = yield* Records.taken(call, yield* objectBody(call), { overview: Records.isText }, ["overview"])
    const { name } = caller(world.setting)
    const changed = (at: number): CarePlan => {
      const touched = { updatedByName: name, updatedAt: instant(at) }
      const before = plan.patientOverview ?? { createdByName: name, createdAt: instant(at) }
      return { ...plan, ...touched, patientOverview: { ...before, ...touched, ...given } }
    }
    const [{ patientOverview }, next] =
      index === undefined
        ? World.create(world, call.now, plans, (_, at) => changed(at))
        : World.replace(world, call.now, plans, index, changed)
    return [Reply.json(200, patientOverview), next] as const
  })

const goal = (call: Call, world: World.World): Reply.Or<Records.Found<Goals.Kept>> =>
  Either.flatMap(Patients.existing(call, world), ({ patient }) => {
    const found = Records.byId(world, Goals.kind, call.path.goalId!)
    return found?.record.patientId === patient.id ? Either.right(found) : Records.missing(call, "There is no such goal.")
  })

const listGoals = reads((call, world) =>
  Either.gen(function* () {
    const status = yield* word(call, "status", ["ACTIVE", "REMOVED", "COMPLETED"])
    const goals = Records.ofPatient(world, Goals.kind, yield* Patients.existing(call, world)).map(({ record }) => record.goal)
    const fits = goals.filter((one) => status === undefined || one.status === status)
    return Records.metaInfo(yield* Records.page(call, fits, (one) => one), (one) => one)
  })
)

/** Comments of a task as they are told within a goal. */
const taskView = (task: Tasks.Task): JsonObject => ({
  ...task,
  comments: task.comments.map(({ author, createdAt, id, text }) => ({
    id,
    createdByName: author.name,
    createdAt,
    updatedByName: author.name,
    updatedAt: createdAt,
    text
  }))
})

const tasksOf = (world: World.World, { id, patientId }: Goals.Kept): ReadonlyArray<JsonObject> => {
  const { index, record } = Records.byId(world, Patients.kind, patientId)!
  return Records.ofPatient(world, Tasks.kind, { index, patient: record }).flatMap((task) =>
    task.record.goalId === id ? [taskView(task.record)] : []
  )
}

const getGoal = reads((call, world) =>
  Either.map(goal(call, world), ({ record }) =>
    Reply.json(200, { details: record.goal, tasks: tasksOf(world, record), comments: record.comments })
  )
)

const createGoal: Handler = (call, world) =>
  Either.gen(function* () {
    const { patient } = yield* Patients.existing(call, world)
    const { goalTemplateName } = yield* Records.taken(
      call,
      yield* objectBody(call),
      { goalTemplateName: Records.isOneOf(...Designer.goalTemplates.map(({ name }) => name)) },
      ["goalTemplateName"]
    )
    const template = Designer.goalTemplates.find(({ name }) => name === goalTemplateName)!
    const [made, next] = World.create(world, call.now, Goals.kind, (id, at) => ({
      id,
      patientId: patient.id,
      goal: { id, ...Goals.named(created(caller(world.setting), at)), ...Goals.fromTemplate(template) },
      comments: []
    }))
    return [Reply.json(201, made.goal), next] as const
  })

const updateGoal: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, record } = yield* goal(call, world)
    const given = yield* Records.taken(call, yield* objectBody(call), {
      name: Records.isText,
      priority: Records.isOneOf("LOW", "MEDIUM", "HIGH"),
      status: Records.isOneOf("ACTIVE", "REMOVED", "COMPLETED")
    })
    const [changed, next] = World.replace(world, call.now, Goals.kind, index, (at) => ({
      ...record,
      goal: { ...record.goal, ...given, updatedByName: caller(world.setting).name, updatedAt: instant(at) }
    }))
    return [Reply.json(200, changed.goal), next] as const
  })

const listComments = reads((call, world) => Either.map(goal(call, world), ({ record }) => Reply.json(200, record.comments)))

/** A comment does not change the goal. */
const addComment: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, record } = yield* goal(call, world)
    const given = yield* Records.taken(call, yield* objectBody(call), { text: Records.isText }, ["text"])
    const [changed, next] = World.replace(world, call.now, Goals.kind, index, (at) => {
      const audit = Goals.named(created(caller(world.setting), at))
      return {
        ...record,
        comments: [...record.comments, { id: Goals.commentId(record.id, audit.createdAt), ...audit, text: String(given.text) }]
      }
    })
    return [Reply.json(201, changed.comments.at(-1)), next] as const
  })

const listTasks = reads((call, world) => Either.map(goal(call, world), ({ record }) => Reply.json(200, tasksOf(world, record))))

const addTask: Handler = (call, world) =>
  Either.gen(function* () {
    const { record } = yield* goal(call, world)
    const { comments: _, patient: __, watchers: ___, ...body } = yield* objectBody(call)
    const [task, next] = yield* Tasks.add(
      call,
      world,
      { ...body, patient: { id: record.patientId } },
      { goalId: record.id, watchersType: "POINT_OF_CONTACT" }
    )
    return [Reply.json(201, taskView(task)), next] as const
  })

export const handlers = {
  "carePlans.get": get,
  "carePlans.createOverview": putOverview,
  "carePlans.updateOverview": putOverview,
  "carePlanGoals.list": listGoals,
  "carePlanGoals.create": createGoal,
  "carePlanGoals.get": getGoal,
  "carePlanGoals.update": updateGoal,
  "carePlanGoals.listComments": listComments,
  "carePlanGoals.addComment": addComment,
  "carePlanGoals.listTasks": listTasks,
  "carePlanGoals.addTask": addTask
}
