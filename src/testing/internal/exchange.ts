/*
 * One request through the simulator: faults on the way in, the service, faults on the way out. Both doors do what comes out of here.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HashMap from "effect/HashMap"
import * as Ref from "effect/Ref"
import type { Action } from "../Fault.js"
import * as Alter from "./alter.js"
import * as Authentication from "./authentication.js"
import type { Request } from "./call.js"
import * as Delivery from "./delivery.js"
import * as Edit from "./edit.js"
import type { Latches } from "./latches.js"
import * as Messages from "./messages.js"
import { fingerprint, key, mix } from "./random.js"
import type * as Reply from "./reply.js"
import type { Match } from "./router.js"
import * as Service from "./service.js"
import * as Strike from "./strike.js"
import * as V1 from "./v1/authentication.js"
import * as Problem from "./v1/problem.js"
import { isPath } from "./v1/routes.js"
import type * as Wire from "./wire.js"
import type { World } from "./world.js"

/** What a running simulator consists of. */
export interface Runtime {
  readonly world: Ref.Ref<World>
  readonly latches: Latches
}

const text = new TextEncoder()

/** The service's clock, which may be wrong. */
const serviceNow = (world: Ref.Ref<World>): Effect.Effect<number> =>
  Effect.zipWith(Clock.currentTimeMillis, Ref.get(world), (now, { setting }) => now + setting.clockSkewMillis)

export const exchange: (runtime: Runtime, request: Request) => Effect.Effect<Wire.Delivery> = Effect.fnUntraced(
  function* (runtime, request) {
    const { setting } = yield* Ref.get(runtime.world)
    const match = setting.router(request.method, request.pathname)
    const arrivedAt = yield* Clock.currentTimeMillis
    const { number, struck } = yield* Ref.modify(runtime.world, (world) => Strike.arrive(world, request, match, arrivedAt))
    const waiting: Delivery.Waiting = {
      pause: (millis, upToMillis = millis) => Effect.sleep(spread(setting.seed, number, millis, upToMillis)),
      pass: runtime.latches.pass
    }

    const accepted = yield* accept(runtime, request, struck.accept, waiting)
    if ("_tag" in accepted) return accepted
    if (setting.latency.upToMillis > 0) yield* waiting.pause(setting.latency.millis, setting.latency.upToMillis)
    const reply = accepted.reply ?? (yield* serve(runtime.world, accepted.request, match))

    const draft = yield* beforeHeaders(runtime, reply, struck, waiting)
    if ("_tag" in draft) return draft
    yield* Ref.update(runtime.world, (world) => Strike.answered(world, number, draft.reply.status))
    return Delivery.answer(draft, yield* serviceNow(runtime.world), waiting)
  }
)

/** A duration between two, decided by the seed and the number of the request. */
const spread = (seed: number, number: number, least: number, most: number): number =>
  least + Math.floor((mix(key(seed, "delay"), number) / 0x1_0000_0000) * (Math.max(0, most - least) + 1))

/** Lets the service answer, and keeps count of what it wrote. */
const serve: (world: Ref.Ref<World>, request: Request, match: Match | undefined) => Effect.Effect<Reply.Reply> = Effect.fnUntraced(
  function* (world, received, match) {
    const now = yield* serviceNow(world)
    const request = yield* verified(world, received, match, now)
    return yield* Ref.modify(world, (found) => {
      const before = Messages.sendDue(found, now)
      const [reply, after] = Service.answer(request, match, before, now)
      return [reply, match === undefined || after.changes === before.changes ? after : noted(after, request, match)]
    })
  }
)

/** A signature takes a while to check, and the service itself does all at once. */
const verified = (world: Ref.Ref<World>, request: Request, match: Match | undefined, now: number): Effect.Effect<Request> =>
  match?.route.generation === "v1" && match.route.id === "authentication.exchange"
    ? Effect.flatMap(Ref.get(world), ({ setting }) =>
        Effect.map(V1.verify(setting, request, now), (assertion) => ({ ...request, assertion }))
      )
    : Effect.succeed(request)

const noted = (world: World, request: Request, { route }: Match): World => {
  const written = fingerprint(
    text.encode(`${request.method} ${request.pathname}?${request.query}\n${new TextDecoder().decode(request.body)}`)
  )
  const { applied } = HashMap.get(world.ledger, written).pipe((entry) => (entry._tag === "Some" ? entry.value : { applied: 0 }))
  return {
    ...world,
    ledger: HashMap.set(world.ledger, written, {
      generation: route.generation,
      endpoint: route.id,
      fingerprint: written,
      applied: applied + 1
    })
  }
}

type Accepted = Wire.NoAnswer | { readonly request: Request; readonly reply: Reply.Reply | undefined }

/** Everything that happens before the service sees the request. */
const accept: (runtime: Runtime, request: Request, actions: ReadonlyArray<Action>, waiting: Delivery.Waiting) => Effect.Effect<Accepted> =
  Effect.fnUntraced(function* (runtime, original, actions, waiting) {
    let request = original
    let reply: Reply.Reply | undefined
    for (const action of actions) {
      const now = yield* serviceNow(runtime.world)
      switch (action._tag) {
        case "Delay":
          yield* waiting.pause(action.millis, action.upToMillis)
          break
        case "Latch":
          yield* waiting.pass(action.name)
          break
        case "Refuse":
          return { _tag: "Refused" }
        case "Tls":
          return { _tag: "TlsFailed", problem: action.problem }
        case "Reset":
          return { _tag: "Reset" }
        case "Hang":
          return { _tag: "Silence" }
        case "Status":
          reply ??= Alter.status(action, now)
          break
        case "TokenExpired":
          reply ??= isPath(request.pathname) ? Problem.unauthorized : Authentication.expired(now)
          break
        case "Deny": {
          const { setting } = yield* Ref.get(runtime.world)
          reply ??= isPath(request.pathname) ? Problem.forbidden : Authentication.restricted(setting, request.pathname)
          break
        }
        case "RevokeTokens":
          yield* Ref.update(runtime.world, revoked)
          break
        case "RewriteQuery":
          request = { ...request, query: Alter.rewriteQuery(request.query, action) }
          break
        case "Write":
          yield* Ref.update(runtime.world, (world) => writtenBySomebody(world, action, now))
          break
      }
    }
    return { request, reply }
  })

/** Every token given out so far stops working. */
export const revoked = (world: World): World => ({ ...world, tokens: { ...world.tokens, revoked: world.tokens.issued } })

const writtenBySomebody = (world: World, { body, method, path }: Extract<Action, { _tag: "Write" }>, now: number): World => {
  const { instance, router, tenant } = world.setting
  const base = isPath(path) ? "" : `/${encodeURIComponent(tenant)}/${encodeURIComponent(instance)}`
  const url = new URL(`https://simulator.example${base}${path}`)
  const request = {
    method,
    pathname: url.pathname,
    query: url.searchParams,
    headers: {},
    body: text.encode(body === undefined ? "" : JSON.stringify(body))
  }
  return Service.answerAnybody(request, router(method, url.pathname), world, now)[1]
}

/** Everything that happens between the service's answer and its first byte. */
const beforeHeaders: (
  runtime: Runtime,
  said: Reply.Reply,
  struck: Strike.Struck,
  waiting: Delivery.Waiting
) => Effect.Effect<Wire.NoAnswer | Delivery.Draft> = Effect.fnUntraced(function* (runtime, said, struck, waiting) {
  let reply = said
  let lengthOff: number | undefined
  let headDrip: Wire.Drip | undefined
  for (const action of struck.beforeHeaders) {
    switch (action._tag) {
      case "Delay":
        yield* waiting.pause(action.millis, action.upToMillis)
        break
      case "Latch":
        yield* waiting.pass(action.name)
        break
      case "Reset":
        return { _tag: "Reset" }
      case "Hang":
        return { _tag: "Silence" }
      case "Status":
        reply = Alter.status(action, yield* serviceNow(runtime.world))
        break
      case "SetStatus":
        reply = { ...reply, status: action.status }
        break
      case "SetHeaders":
        reply = { ...reply, headers: { ...reply.headers, ...Alter.lowerCase(action.headers) } }
        break
      case "ReplaceBody":
        reply = Alter.replaceBody(reply, action)
        break
      case "ReplaceBytes":
        reply = Alter.replaceBytes(reply, action)
        break
      case "Pad":
        reply = Alter.pad(reply, action.bytes)
        break
      case "SetField":
        reply = Alter.editJson(reply, (value) => Edit.setField(value, action.path, action.value))
        break
      case "RemoveField":
        reply = Alter.editJson(reply, (value) => Edit.removeField(value, action.path))
        break
      case "MistypeField":
        reply = Alter.editJson(reply, (value) => Edit.mistypeField(value, action.path))
        break
      case "AddFields":
        reply = Alter.editJson(reply, Edit.addFields)
        break
      case "Gzip":
        reply = yield* Alter.gzip(reply, action.damage)
        break
      case "WrongLength":
        lengthOff = action.by
        break
      case "Drip":
        headDrip = action
        break
    }
  }
  return { reply, lengthOff, headDrip, events: struck.body, ending: struck.ending }
})
