/*
 * The simulated service: a pure function from a request and a world to an answer and the next world.
 */
import * as Either from "effect/Either"
import * as HashSet from "effect/HashSet"
import * as AssessmentRecords from "./assessmentRecords.js"
import * as Audits from "./audits.js"
import * as Authentication from "./authentication.js"
import * as CalendarEvents from "./calendarEvents.js"
import * as CalendarSchedules from "./calendarSchedules.js"
import { type Call, type Handler, notSimulated, type Request } from "./call.js"
import * as CarePlans from "./carePlans.js"
import * as Cdts from "./cdts.js"
import * as Chat from "./chat.js"
import * as Contacts from "./contacts.js"
import * as Dictionaries from "./dictionaries.js"
import * as Documents from "./documents.js"
import * as Emails from "./emails.js"
import * as EncounterAssessments from "./encounterAssessments.js"
import * as EncounterComments from "./encounterComments.js"
import * as EncounterDispositions from "./encounterDispositions.js"
import * as Encounters from "./encounters.js"
import * as Exports from "./exports.js"
import * as Formations from "./formations.js"
import * as PatientPrograms from "./patientPrograms.js"
import * as Patients from "./patients.js"
import * as Pdts from "./pdts.js"
import * as Reply from "./reply.js"
import type { Match } from "./router.js"
import { type EndpointId, type RouteId, v8 } from "./routes.js"
import * as Sms from "./sms.js"
import * as Tasks from "./tasks.js"
import * as Users from "./users.js"
import * as Problem from "./v1/problem.js"
import { isPath } from "./v1/routes.js"
import * as V1 from "./v1/service.js"
import * as WorkHours from "./workHours.js"
import type { World } from "./world.js"

/** What each endpoint does. A resource is one file and one line here. */
const handlers: { readonly [Id in RouteId]?: Handler } = {
  ...Authentication.handlers,
  ...Patients.handlers,
  ...Cdts.handlers,
  ...Users.handlers,
  ...Pdts.handlers,
  ...Contacts.handlers,
  ...AssessmentRecords.handlers,
  ...CalendarEvents.handlers,
  ...CalendarSchedules.handlers,
  ...EncounterAssessments.handlers,
  ...EncounterComments.handlers,
  ...EncounterDispositions.handlers,
  ...Encounters.handlers,
  ...WorkHours.handlers,
  ...Formations.handlers,
  ...CarePlans.handlers,
  ...PatientPrograms.handlers,
  ...Tasks.handlers,
  ...Sms.handlers,
  ...Emails.handlers,
  ...Chat.handlers,
  ...Documents.handlers,
  ...Dictionaries.handlers,
  ...Audits.handlers,
  ...Exports.handlers
}

/** Why an endpoint is not simulated, where there is more to say than that. */
const reasons: { readonly [Id in RouteId]?: string } = {
  "exports.byResource": "Other exports are announced, but neither their names nor what they hold are known."
}

/** The endpoints that answer 501. */
export const gaps = (): ReadonlyArray<EndpointId> => [...v8().flatMap(({ id }) => (handlers[id] === undefined ? [id] : [])), ...V1.gaps()]

type Outcome = readonly [Reply.Reply, World]

/** Answers a request. A refusal on the way leaves the world as it was, but for the place the request took in the rate. */
export const answer = (request: Request, match: Match | undefined, before: World, now: number): Outcome => {
  if (match === undefined) return [nowhere(request), before]
  const call: Call = { ...request, ...match, now }
  const [admitted, world] = takePlace(before, now)
  const { route } = match
  return Either.getOrElse(
    Either.gen(function* () {
      if (route.generation === "v1") return yield* V1.answer(call, route, world, admitted)
      yield* addressed(call, world)
      if (!admitted) {
        yield* Reply.refuse(Reply.objection(now, 429, "TOO_MANY_REQUESTS", "Requests come faster than this API client may send them."))
      }
      if (call.route.id !== "authentication.exchange") yield* Authentication.authenticate(world, call.headers.authorization, now)
      yield* permitted(call, world)
      return yield* apply(call, world)
    }),
    (refusal): Outcome => [refusal, world]
  )
}

/** Answers a request of somebody who may do everything: neither token, nor rights, nor rate are looked at. */
export const answerAnybody = (request: Request, match: Match | undefined, world: World, now: number): Outcome => {
  if (match === undefined) return [nowhere(request), world]
  return Either.getOrElse(apply({ ...request, ...match, now }, world), (refusal): Outcome => [refusal, world])
}

/** v8 says nothing at all about a path it does not know. */
const nowhere = ({ pathname }: Request): Reply.Reply => (isPath(pathname) ? Problem.noRoute : Reply.empty(404))

const apply = (call: Call, world: World): Reply.Or<Outcome> =>
  Either.gen(function* () {
    const { route } = call
    if (route.generation === "v1") return yield* V1.apply(call, route, world)
    yield* understood(call)
    const handler = handlers[route.id]
    return yield* handler === undefined ? notSimulated(call, reasons[route.id] ?? `${route.id} is not simulated.`) : handler(call, world)
  })

const addressed = (call: Call, { setting }: World): Reply.Or<void> => {
  const { instance = setting.instance, tenant } = call.path
  return tenant === setting.tenant && instance === setting.instance
    ? Either.void
    : Reply.refuse(Reply.objection(call.now, 400, "BAD_REQUEST", "There is no such tenant or instance."))
}

const permitted = (call: Call, { denied, setting }: World): Reply.Or<void> =>
  HashSet.has(denied, call.route.id) ? Reply.refuse(Authentication.restricted(setting, call.pathname)) : Either.void

/** A parameter that the service does not know is refused: it would be passed over in silence, and the answer would be a wrong one. */
const understood = (call: Call): Reply.Or<void> => {
  const stranger = Array.from(call.query.keys()).find((name) => !call.route.query.has(name) && !call.route.ignoredQuery.has(name))
  return stranger === undefined
    ? Either.void
    : Reply.refuse(
        Reply.objection(call.now, 400, "UNKNOWN_QUERY_PARAMETER", `${call.route.id} has no such query parameter.`, { parameter: stranger })
      )
}

/** A bucket that fills at the allowed rate and holds one second of it. */
const takePlace = (world: World, now: number): readonly [boolean, World] => {
  const rate = world.requestsPerSecond
  if (rate === undefined) return [true, world]
  const level = Math.min(rate, world.bucket.level + (Math.max(0, now - world.bucket.at) * rate) / 1000)
  return level < 1 ? [false, { ...world, bucket: { level, at: now } }] : [true, { ...world, bucket: { level: level - 1, at: now } }]
}
