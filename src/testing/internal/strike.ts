/*
 * Which faults strike a request.
 */
import * as HashMap from "effect/HashMap"
import type { Action, Fault, Match } from "../Fault.js"
import { momentOf } from "../Fault.js"
import { tokenNumber } from "./authentication.js"
import type { Request } from "./call.js"
import { key, mix } from "./random.js"
import type { Match as Routed } from "./router.js"
import * as V1 from "./v1/authentication.js"
import type * as Wire from "./wire.js"
import type { Rule, World } from "./world.js"

/** Something that happens inside the body of an answer. */
export interface BodyEvent {
  readonly afterBytes: number
  readonly action: Action
}

/** The actions of the faults that strike one request, by moment, each in the order of the rules. */
export interface Struck {
  readonly accept: ReadonlyArray<Action>
  readonly beforeHeaders: ReadonlyArray<Action>
  /** By place. */
  readonly body: ReadonlyArray<BodyEvent>
  readonly ending: Wire.Ending
}

/** The patient in the path. In v1 it is there where the record itself is a patient. */
const patientOf = (routed: Routed | undefined): string | undefined =>
  routed?.route.template === "/v1/patients/{id}" ? routed.path.id : routed?.path.patientId

const fits = (match: Match, request: Request, routed: Routed | undefined, token: () => number | undefined): boolean =>
  (match.endpoint === undefined || match.endpoint === routed?.route.id) &&
  (match.generation === undefined || match.generation === routed?.route.generation) &&
  (match.method === undefined || match.method === request.method) &&
  (match.patient === undefined || match.patient === patientOf(routed)) &&
  (match.page === undefined || match.page === Number(request.query.get("page") ?? 0)) &&
  (match.token === undefined || match.token === token())

/** Which of the tokens given out a request carries. */
const tokenOf = ({ setting }: World, { headers: { authorization } }: Request): number | undefined =>
  tokenNumber(setting, authorization) ?? V1.tokenNumber(setting, authorization)

/** Looks at one more matching request: does this rule strike it? */
const looked = ({ fault, matched, since, struck }: Rule, place: number, seed: number, at: number): readonly [boolean, Rule] => {
  const { forMillis, nth = 1, probability } = fault.match ?? {}
  const times = fault.match?.times ?? (probability === undefined && forMillis === undefined ? 1 : "always")
  const isOver = forMillis !== undefined && since !== undefined && at >= since + forMillis
  const drawn = mix(mix(key(seed, "fault"), place), matched) / 0x1_0000_0000
  const strikes =
    !isOver && matched + 1 >= nth && (times === "always" || struck < times) && (probability === undefined || drawn < probability)
  return [strikes, { fault, matched: matched + 1, struck: struck + (strikes ? 1 : 0), since: since ?? (strikes ? at : undefined) }]
}

/** Takes note of a request: its number in the journal, and what strikes it. */
export const arrive = (world: World, request: Request, routed: Routed | undefined, at: number): readonly [Arrival, World] => {
  const number = HashMap.size(world.journal)
  const struck: Array<Fault> = []
  const rules = world.rules.map((rule, place) => {
    if (!fits(rule.fault.match ?? {}, request, routed, () => tokenOf(world, request))) return rule
    const [strikes, next] = looked(rule, place, world.setting.seed, at)
    if (strikes) struck.push(rule.fault)
    return next
  })
  const { id, template } = routed?.route ?? { id: undefined, template: undefined }
  const entry = { endpoint: id, method: request.method, route: template, at, status: undefined }
  return [
    { number, struck: struck.length === 0 ? nothing : byMoment(struck) },
    { ...world, rules, journal: HashMap.set(world.journal, number, entry) }
  ]
}

export interface Arrival {
  /** Which request this is, from 0. */
  readonly number: number
  readonly struck: Struck
}

const nothing: Struck = { accept: [], beforeHeaders: [], body: [], ending: "nothing" }

/** What can happen to a connection behind an answer, the worst first. */
const endings = [
  ["Reset", "reset"],
  ["HalfClose", "halfClose"]
] as const

const byMoment = (faults: ReadonlyArray<Fault>): Struck => {
  const at = (moment: "accept" | "beforeHeaders" | "afterEnd") => faults.flatMap((fault) => (momentOf(fault) === moment ? [fault.do] : []))
  const inside = faults.flatMap((fault) => {
    const moment = momentOf(fault)
    return typeof moment === "object" ? [{ afterBytes: moment.afterBytes, action: fault.do }] : []
  })
  const afterEnd = at("afterEnd")
  // a body that hangs behind its last byte lacks its end
  const hanging = afterEnd.filter(({ _tag }) => _tag === "Hang").map((action) => ({ afterBytes: Number.POSITIVE_INFINITY, action }))
  return {
    accept: at("accept"),
    beforeHeaders: at("beforeHeaders"),
    body: [...inside.toSorted((one, other) => one.afterBytes - other.afterBytes), ...hanging],
    ending: endings.find(([tag]) => afterEnd.some(({ _tag }) => _tag === tag))?.[1] ?? "nothing"
  }
}

/** The answer of a request began with this status. */
export const answered = (world: World, number: number, status: number): World => ({
  ...world,
  journal: HashMap.modify(world.journal, number, (entry) => ({ ...entry, status }))
})
