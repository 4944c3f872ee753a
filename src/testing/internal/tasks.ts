import * as Either from "effect/Either"
import { parseInstant } from "../../internal/time.js"
import { caller } from "./authorship.js"
import { bad, type Call, type Handler, objectBody, reads } from "./call.js"
import * as Goals from "./goals.js"
import * as Ids from "./ids.js"
import { instant, isObject, type JsonObject } from "./json.js"
import * as Patients from "./patients.js"
import { hashText } from "./random.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Staff from "./staff.js"
import * as World from "./world.js"

/** A reference to a patient or a user. */
interface Person extends JsonObject {
  readonly id: string
  readonly name: string
}

interface Comment extends JsonObject {
  readonly id: string
  readonly createdAt: string
  readonly author: Person
  readonly text: string
}

export interface Task extends JsonObject {
  readonly id: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly name: string
  readonly description?: string
  readonly dueDate?: string | null
  readonly status: string
  readonly priority: string
  readonly patient?: Person
  readonly assignee: Person
  readonly author: Person
  readonly watchers: ReadonlyArray<Person>
  readonly comments: ReadonlyArray<Comment>
  readonly goalId?: string
}

type Found = Records.Found<Task>

const statuses = ["TODO", "IN_PROGRESS", "COMPLETED", "CANCELED"]
const priorities = ["LOW", "MEDIUM", "HIGH", "URGENT"]
const day = 86_400_000
const slots = 3

const commentOn = (taskId: string, author: Person, at: number, text: unknown): Comment => ({
  id: Ids.named(hashText(`${taskId} ${at} ${String(text)}`)),
  createdAt: instant(at),
  author,
  text: String(text)
})

const personOf = (record: { readonly id: string; readonly firstName?: unknown; readonly lastName?: unknown }): Person => ({
  id: record.id,
  name: Staff.nameOf(record)
})

/** All tasks. The last place of a patient holds the task of a goal. */
export const kind: Records.Kind<Task> = Records.kind<Task>({
  name: "task",
  slots,
  make: ({ createdAt, draws, id, owner, slot, updatedAt }, population) => {
    const goal = slot === slots - 1 ? Goals.kind.base(population).at(owner * Goals.kind.slots) : undefined
    if (slot === slots - 1 ? goal === undefined : draws.chance(40)) return undefined
    const { staff } = population
    const author = personOf(draws.pick(staff))
    return {
      id,
      createdAt: instant(createdAt),
      updatedAt: instant(updatedAt),
      name: draws.pick(["Call the patient", "Review the labs", "書類を送る"]),
      description: draws.pick(["", "Ask about sleep", "Ask about sleep; “not before ten”.\n".repeat(40)]),
      ...(draws.chance(80) ? { dueDate: draws.maybe(80, () => instant(createdAt + (1 + draws.below(60)) * day)) } : {}),
      status: draws.pick(statuses),
      priority: draws.pick(priorities),
      patient: personOf(population.patients.at(owner)!),
      assignee: personOf(draws.pick(staff)),
      author,
      watchers: draws.chance(30) ? [personOf(draws.pick(staff))] : [],
      comments: draws.chance(40) ? [commentOn(id, author, createdAt + 1000, "Left a message.")] : [],
      ...(goal === undefined ? {} : { goalId: goal.id, watchersType: "POINT_OF_CONTACT" }),
      ...(draws.chance(30) ? { templateName: "ttmp-welcome-call" } : {})
    }
  },
  changedAt: ({ updatedAt }) => updatedAt,
  patientOf: ({ patient }) => patient?.id
})

/** A task as exports show it. */
export const exported = (task: Task): object => ({ watchersType: null, templateName: null, ...task })

const existing = (call: Call, world: World.World, id: string): Reply.Or<Found> => {
  const found = Records.byId(world, kind, id)
  return found !== undefined && Records.isOwned(kind)(world, found.record)
    ? Either.right(found)
    : Records.missing(call, "There is no such task.")
}

const atPath = (call: Call, world: World.World) => existing(call, world, call.path.taskId!)

const get = reads((call, world) => Either.map(atPath(call, world), ({ record }) => Reply.json(200, record)))

const user = (call: Call, world: World.World, field: string, given: unknown): Reply.Or<Person> => {
  const found = isObject(given) && typeof given.id === "string" ? Staff.byId(world, given.id) : undefined
  return found === undefined ? bad(call, "There is no such user.", { field }) : Either.right(personOf(found))
}

/** The caller as author. */
const self = (world: World.World): Person => caller(world.setting)

const fields = {
  name: Records.isText,
  priority: Records.isOneOf(...priorities),
  status: Records.isOneOf(...statuses),
  assignee: isObject,
  description: Records.isText,
  dueDate: Records.isMoment,
  patient: isObject,
  watchers: Records.isList,
  comments: Records.isList,
  templateName: Records.isText
}

/** What a body asks for, with the people it names. Comments are told apart: they need an author. */
const asked = (call: Call, world: World.World, body: JsonObject, required: ReadonlyArray<string>) =>
  Either.gen(function* () {
    const { assignee, comments, dueDate, patient, watchers, ...rest } = yield* Records.taken(call, body, fields, required)
    const found: { [field: string]: unknown } = { ...rest }
    if (dueDate !== undefined) found.dueDate = instant(parseInstant(String(dueDate))!)
    if (assignee !== undefined) found.assignee = yield* user(call, world, "assignee", assignee)
    if (watchers !== undefined) {
      found.watchers = yield* Either.all((watchers as ReadonlyArray<unknown>).map((one) => user(call, world, "watchers", one)))
    }
    if (patient !== undefined) {
      const record = Records.byId(world, Patients.kind, String((patient as JsonObject).id))?.record
      if (record === undefined) return yield* bad(call, "There is no such patient.", { field: "patient" })
      found.patient = personOf(record)
    }
    for (const comment of (comments ?? []) as ReadonlyArray<JsonObject>) {
      yield* Records.taken(call, comment, { text: Records.isText }, ["text"])
    }
    return { given: found, comments: comments as ReadonlyArray<JsonObject> | undefined }
  })

const required = ["name", "priority", "status", "assignee"]

/** Adds a task. `beside` is what the body does not decide. */
export const add = (call: Call, world: World.World, body: JsonObject, beside: JsonObject = {}): Reply.Or<readonly [Task, World.World]> =>
  Either.map(asked(call, world, body, required), ({ comments = [], given }) =>
    World.create(
      world,
      call.now,
      kind,
      (id, at) =>
        ({
          id,
          createdAt: instant(at),
          updatedAt: instant(at),
          description: "",
          watchers: [],
          ...given,
          author: self(world),
          comments: comments.map(({ text }) => commentOn(id, self(world), at, text)),
          ...beside
        }) as unknown as Task
    )
  )

const create: Handler = (call, world) =>
  Either.gen(function* () {
    const [task, next] = yield* add(call, world, yield* objectBody(call))
    return [Reply.json(201, task), next] as const
  })

const changed = (call: Call, world: World.World, { index, record }: Found, change: (at: number) => JsonObject) =>
  World.replace(world, call.now, kind, index, (at) => ({ ...record, ...change(at), updatedAt: instant(at) }) as Task)

const update: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* atPath(call, world)
    const { comments, given } = yield* asked(call, world, yield* objectBody(call), [])
    const [task, next] = changed(call, world, found, (at) => ({
      ...given,
      ...(comments === undefined ? {} : { comments: comments.map(({ text }) => commentOn(found.record.id, self(world), at, text)) })
    }))
    return [Reply.json(200, task), next] as const
  })

/** All of them or none. */
const updateStatuses: Handler = (call, world) =>
  Either.gen(function* () {
    const { status, taskIds } = yield* Records.taken(
      call,
      yield* objectBody(call),
      { taskIds: Records.isWords, status: Records.isOneOf(...statuses) },
      ["taskIds", "status"]
    )
    const tasks: Array<Task> = []
    let next = world
    for (const id of taskIds as ReadonlyArray<string>) {
      const [task, after] = changed(call, next, yield* existing(call, next, id), () => ({ status }))
      tasks.push(task)
      next = after
    }
    return [Reply.json(200, tasks), next] as const
  })

const withoutComments = ({ comments: _, ...task }: Task): object => task
const withoutWatchers = ({ watchers: _, ...task }: Task): object => task

const addWatcher: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* atPath(call, world)
    const watcher = yield* user(call, world, "id", yield* objectBody(call))
    const others = found.record.watchers.filter(({ id }) => id !== watcher.id)
    const [task, next] = changed(call, world, found, () => ({ watchers: [...others, watcher] }))
    return [Reply.json(200, withoutComments(task)), next] as const
  })

const removeWatcher: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* atPath(call, world)
    const others = found.record.watchers.filter(({ id }) => id !== call.path.watcherId)
    if (others.length === found.record.watchers.length) return yield* Records.missing(call, "There is no such watcher.")
    const [task, next] = changed(call, world, found, () => ({ watchers: others }))
    return [Reply.json(200, withoutComments(task)), next] as const
  })

const addComment: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* atPath(call, world)
    const { text } = yield* Records.taken(call, yield* objectBody(call), { text: Records.isText }, ["text"])
    const [task, next] = changed(call, world, found, (at) => ({
      comments: [...found.record.comments, commentOn(found.record.id, self(world), at, text)]
    }))
    return [Reply.json(200, withoutWatchers(task)), next] as const
  })

const removeComment: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* atPath(call, world)
    const others = found.record.comments.filter(({ id }) => id !== call.path.commentId)
    if (others.length === found.record.comments.length) return yield* Records.missing(call, "There is no such comment.")
    const [task, next] = changed(call, world, found, () => ({ comments: others }))
    return [Reply.json(200, withoutWatchers(task)), next] as const
  })

type Filter = (task: Task) => boolean

const startOfDay = (at: number): number => at - (((at % day) + day) % day)

const words = (call: Call, name: "status" | "priority", known: ReadonlyArray<string>): Reply.Or<ReadonlyArray<Filter>> => {
  const wanted = Records.listed(call, name)
  if (wanted === undefined) return Either.right([])
  return wanted.every((one) => known.includes(one))
    ? Either.right([(task) => wanted.includes(task[name])])
    : bad(call, "A query parameter has a value that the service does not know.", { parameter: name })
}

const filters = (call: Call): Reply.Or<ReadonlyArray<Filter>> =>
  Either.gen(function* () {
    const found: Array<Filter> = [...(yield* words(call, "status", statuses)), ...(yield* words(call, "priority", priorities))]
    const watches = (task: Task, id: string) => task.watchers.some((one) => one.id === id)
    const people: { readonly [parameter: string]: (task: Task, id: string) => boolean } = {
      assigneeId: (task, id) => task.assignee.id === id,
      patientId: (task, id) => task.patient?.id === id,
      watcherId: watches,
      authorId: (task, id) => task.author.id === id,
      relatedUserId: (task, id) => task.assignee.id === id || watches(task, id)
    }
    for (const [parameter, fits] of Object.entries(people)) {
      const id = call.query.get(parameter)
      if (id !== null) found.push((task) => fits(task, id))
    }
    const due =
      (fits: (at: number) => boolean): Filter =>
      ({ dueDate }) =>
        typeof dueDate === "string" && fits(Date.parse(dueDate))
    const on = yield* Records.moment(call, "dueDate")
    if (on !== undefined) found.push(due((at) => startOfDay(at) === startOfDay(on)))
    const before = yield* Records.moment(call, "dueBefore")
    if (before !== undefined) found.push(due((at) => startOfDay(at) <= startOfDay(before)))
    const texts: ReadonlyArray<readonly [string, ReadonlyArray<"name" | "description">]> = [
      ["description", ["description"]],
      ["search", ["name", "description"]]
    ]
    for (const [parameter, within] of texts) {
      const part = call.query.get(parameter)?.toLowerCase()
      if (part !== undefined) found.push((task) => within.some((field) => (task[field] ?? "").toLowerCase().includes(part)))
    }
    return found
  })

/** The tasks to look through: those of one patient need no look at the others. */
const searched = (call: Call, world: World.World): Reply.Or<ReadonlyArray<Found>> => {
  const patientId = call.query.get("patientId")
  if (patientId === null) return Records.all(call, world, kind)
  const found = Records.byId(world, Patients.kind, patientId)
  return Either.right(found === undefined ? [] : Records.ofPatient(world, kind, { index: found.index, patient: found.record }))
}

const search = reads((call, world) =>
  Either.gen(function* () {
    const filter = yield* filters(call)
    const tasks = (yield* searched(call, world)).flatMap(({ record }) => (filter.every((one) => one(record)) ? [record] : []))
    return Records.metaInfo(yield* Records.page(call, tasks, (task) => task), (task) => task)
  })
)

export const handlers = {
  "tasks.create": create,
  "tasks.search": search,
  "tasks.get": get,
  "tasks.update": update,
  "tasks.updateStatuses": updateStatuses,
  "tasks.addWatcher": addWatcher,
  "tasks.removeWatcher": removeWatcher,
  "tasks.addComment": addComment,
  "tasks.removeComment": removeComment
}
