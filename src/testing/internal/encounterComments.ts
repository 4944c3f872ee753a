import * as Either from "effect/Either"
import { caller, created, updated } from "./authorship.js"
import { type Call, type Handler, objectBody, reads } from "./call.js"
import type { JsonObject } from "./json.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Visits from "./visits.js"
import * as World from "./world.js"

interface Comment extends JsonObject {
  readonly id: string
  readonly updatedAt: string
  readonly encounterId: string
  readonly text: string
}

/** A comment and whose encounter it is on. The service does not say the latter. */
interface Kept {
  readonly id: string
  readonly patientId: string
  readonly comment: Comment
}

/** All comments on encounters. */
export const kind: Records.Kind<Kept> = Visits.perEncounter<Kept>(2, {
  name: "encounterComment",
  make: ({ createdAt, draws, id, patientId, updatedAt }, encounter, { authors }) => {
    const [[by, byName], [again, againName]] = [draws.pick(authors), draws.pick(authors)]
    const comment = {
      id,
      ...created({ id: by, name: byName }, createdAt),
      ...updated({ id: again, name: againName }, updatedAt),
      encounterId: encounter.id,
      text: draws.pick(["Follow up by phone.", "Rückruf erbeten – bitte „vor 12 Uhr“.", "Seen. ✓\n".repeat(40)])
    }
    return { id, patientId, comment }
  },
  changedAt: ({ comment }) => comment.updatedAt,
  patientOf: ({ patientId }) => patientId
})

const on = (world: World.World, encounter: Visits.Encounter) => Visits.ofOne(world, kind, encounter, ({ comment }) => comment.encounterId)

/** The comments on an encounter. */
export const of = (world: World.World, encounter: Visits.Encounter): ReadonlyArray<Records.Found<Comment>> =>
  on(world, encounter).map(({ index, record }) => ({ index, record: record.comment }))

const existing = (call: Call, world: World.World): Reply.Or<Records.Found<Kept>> =>
  Either.flatMap(Visits.existing(call, world), ({ record }) => {
    const found = on(world, record).find((one) => one.record.id === call.path.commentId)
    return found === undefined ? Records.missing(call, "There is no such comment.") : Either.right(found)
  })

const list = reads((call, world) =>
  Either.map(Visits.existing(call, world), ({ record }) =>
    Reply.json(
      200,
      of(world, record).map((one) => one.record)
    )
  )
)

const get = reads((call, world) => Either.map(existing(call, world), ({ record }) => Reply.json(200, record.comment)))

const asked = (call: Call) => Either.flatMap(objectBody(call), (body) => Records.taken(call, body, { text: Records.isText }, ["text"]))

/** Open to API clients only where they are allowed it: the one call ever recorded was refused. */
const create: Handler = (call, world) =>
  Either.gen(function* () {
    const { record: encounter } = yield* Visits.existing(call, world)
    const given = yield* asked(call)
    const [{ comment }, next] = World.create(world, call.now, kind, (id, at) => ({
      id,
      patientId: encounter.patientId,
      comment: { id, ...created(caller(world.setting), at), encounterId: encounter.id, ...given } as unknown as Comment
    }))
    return [Reply.json(201, comment), next] as const
  })

const update: Handler = (call, world) =>
  Either.gen(function* () {
    const { index, record } = yield* existing(call, world)
    const given = yield* asked(call)
    const [{ comment }, next] = World.replace(world, call.now, kind, index, (at) => ({
      ...record,
      comment: { ...record.comment, ...given, ...updated(caller(world.setting), at) }
    }))
    return [Reply.json(200, comment), next] as const
  })

const remove: Handler = (call, world) =>
  Either.map(existing(call, world), ({ index }) => [Reply.empty(200), World.remove(world, kind, index)])

/** Whether the encounter of a comment is still there. */
export const isKept = (world: World.World, { comment }: Kept): boolean => Visits.isKept(world, comment.encounterId)

/** A comment as exports show it. */
export const exported = ({ comment }: Kept) => ({ ...comment, cursorAttribute: comment.updatedAt })

export const handlers = {
  "encounterComments.list": list,
  "encounterComments.get": get,
  "encounterComments.create": create,
  "encounterComments.update": update,
  "encounterComments.remove": remove
}
