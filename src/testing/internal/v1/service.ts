/*
 * The simulated v1 service: which handler answers an endpoint, who is let in, and what stands around the answer.
 */
import * as Either from "effect/Either"
import * as HashSet from "effect/HashSet"
import { baseUrlOf } from "../address.js"
import type { Call } from "../call.js"
import * as Reply from "../reply.js"
import type { World } from "../world.js"
import * as AssessmentResponses from "./assessmentResponses.js"
import * as Authentication from "./authentication.js"
import * as CalendarEvents from "./calendarEvents.js"
import * as Calendars from "./calendars.js"
import * as CareFlows from "./careFlows.js"
import type { Answer, Handler } from "./collection.js"
import * as Conversations from "./conversations.js"
import * as CustomDataTypeRecords from "./customDataTypeRecords.js"
import * as EmailAddresses from "./emailAddresses.js"
import * as Envelopes from "./envelopes.js"
import * as ExternalIds from "./externalIds.js"
import * as IntegrationTasks from "./integrationTasks.js"
import * as Messages from "./messages.js"
import * as Patients from "./patients.js"
import * as PatientTasks from "./patientTasks.js"
import * as PhoneNumbers from "./phoneNumbers.js"
import * as Problem from "./problem.js"
import { type Route, type RouteId, v1 } from "./routes.js"
import * as Workers from "./workers.js"

/** What each endpoint does. A collection is one file and one line here. */
const handlers: { readonly [Id in RouteId]?: Handler } = {
  ...AssessmentResponses.handlers,
  ...CalendarEvents.handlers,
  ...Calendars.handlers,
  ...CareFlows.handlers,
  ...Conversations.handlers,
  ...CustomDataTypeRecords.handlers,
  ...EmailAddresses.handlers,
  ...ExternalIds.handlers,
  ...IntegrationTasks.handlers,
  ...Messages.handlers,
  ...PatientTasks.handlers,
  ...Patients.handlers,
  ...PhoneNumbers.handlers,
  ...Workers.handlers
}

const isExchange = ({ id }: Route): boolean => id === "authentication.exchange"

/** The endpoints that answer 501. */
export const gaps = (): ReadonlyArray<RouteId> =>
  v1().flatMap((route) => (isExchange(route) || handlers[route.id] !== undefined ? [] : [route.id]))

type Outcome = readonly [Reply.Reply, World]

/** The scopes of a collection. */
const scopesOf = ({ template }: Route): { readonly read: string; readonly write: string } => {
  const resource = template.split("/")[2]!
  return { read: `${resource}.read`, write: `${resource}.write` }
}

/** Whether a call changes something. One POST only searches. */
const writes = ({ id, method }: Route): boolean => method !== "GET" && id !== "phoneNumbers.search"

/** Answers a request whose route was found. `admitted` says whether it came within the rate. */
export const answer = (call: Call, route: Route, world: World, admitted: boolean): Reply.Or<Outcome> =>
  Either.gen(function* () {
    if (!admitted) yield* Problem.refuse("too_many_requests", "Requests come faster than this client may send them.")
    if (isExchange(route)) {
      yield* understood(call, route)
      // the assertion was looked at when the request came in
      return Authentication.issue(world, call.now, yield* call.assertion!)
    }
    const rights = yield* Authentication.authenticate(world, call.headers.authorization, call.now)
    const { read, write } = scopesOf(route)
    if (HashSet.has(world.denied, route.id) || !rights(writes(route) ? write : read)) yield* Reply.refuse(Problem.forbidden)
    return yield* apply(call, route, world, rights)
  })

/** Answers a request of somebody who may do everything, or what these rights allow. */
export const apply = (call: Call, route: Route, world: World, rights = Authentication.everything): Reply.Or<Outcome> =>
  Either.gen(function* () {
    yield* understood(call, route)
    const handler = handlers[route.id]
    if (handler === undefined)
      return yield* Problem.refuse("not_simulated", `${route.id} (${route.method} ${route.template}) is not simulated.`)
    const [said, next] = yield* handler(call, world)
    const tellsAll = !writes(route) || rights(scopesOf(route).read)
    return [Reply.json(200, enveloped(tellsAll ? said : idOnly(said), call, world)), next] as const
  })

/** A parameter that the service does not know is refused: what the service does with it is not known. */
const understood = (call: Call, route: Route): Reply.Or<void> => {
  const stranger = Array.from(call.query.keys()).find((name) => !route.query.has(name))
  return stranger === undefined ? Either.void : Problem.refuse("bad_request", "There is no such query parameter.", `.${stranger}`)
}

/** Who may write and not read is told the id and nothing else. */
const idOnly = (said: Answer): Answer => ("item" in said && said.item !== null ? { item: { id: said.item.id } } : said)

const enveloped = (said: Answer, call: Call, { setting: { legacy } }: World): unknown => {
  if ("item" in said) return Envelopes.item(legacy, said.item)
  return Envelopes.page(legacy, said.page, new URL(`${call.pathname}?${call.query}`, baseUrlOf(call)))
}
