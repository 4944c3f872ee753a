/*
 * The notifications of v1: which collections have changed since somebody last accepted one. Until it is accepted, the same comes again
 * with whatever has changed meanwhile.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import * as Signing from "../../../webhooks/Signing.js"
import type { JsonObject } from "../json.js"
import type { World } from "../world.js"
import * as Moments from "./moments.js"

const aDay = 86_400_000_000

/** What there is to tell: for each changed collection when the first and the latest change were. Changes of long ago are never told. */
export const pending = ({ legacyChanges, legacyTold }: World, now: number, baseUrl: string): ReadonlyArray<JsonObject> => {
  const windows = new Map<string, readonly [from: number, to: number]>()
  for (const { at, resource } of Chunk.drop(legacyChanges, legacyTold)) {
    if (at < now * 1000 - aDay) continue
    const [from, to] = windows.get(resource) ?? [at, at]
    windows.set(resource, [Math.min(from, at), Math.max(to, at)])
  }
  return Array.from(windows, ([resource, bounds]) => {
    const [from, to] = bounds.map((micros) => Moments.format(micros, "naive"))
    return { resource, from, to, href: `${baseUrl}/v1/${resource}?page[to]=${to}&page[from]=${from}` }
  })
}

/**
 * Tells what there is to tell, and whether it was accepted: by a 200 within half a minute, and by nothing else. Nobody is told, and
 * nothing is accepted, where there is nobody to tell.
 */
export const send: (world: Ref.Ref<World>, client: HttpClient.HttpClient, baseUrl: string) => Effect.Effect<boolean> = Effect.fnUntraced(
  function* (world, client, baseUrl) {
    const now = yield* Clock.currentTimeMillis
    const known = yield* Ref.get(world)
    const {
      clockSkewMillis,
      legacy: { notify }
    } = known.setting
    if (notify === undefined) return false
    const notifications = pending(known, now + clockSkewMillis, baseUrl)
    const told = Ref.update(world, (after) => ({ ...after, legacyTold: Math.max(after.legacyTold, Chunk.size(known.legacyChanges)) }))
    if (notifications.length === 0) return yield* Effect.as(told, true)
    const { audience, issuer, secret, url } = notify
    const token = yield* Signing.sign({ secret: Redacted.make(secret), issuer, audience })
    const request = HttpClientRequest.post(url).pipe(HttpClientRequest.bearerToken(token), HttpClientRequest.bodyUnsafeJson(notifications))
    const accepted = yield* client.execute(request).pipe(
      Effect.map(({ status }) => status === 200),
      Effect.timeoutTo({ duration: "30 seconds", onTimeout: () => false, onSuccess: (is) => is }),
      Effect.orElseSucceed(() => false)
    )
    if (accepted) yield* told
    return accepted
  }
)

/** Tells every minute, where there is somebody to tell. */
export const forever: (world: Ref.Ref<World>, client: HttpClient.HttpClient, baseUrl: string) => Effect.Effect<void> = Effect.fnUntraced(
  function* (world, client, baseUrl) {
    const { setting } = yield* Ref.get(world)
    if (setting.legacy.notify !== undefined) yield* Effect.schedule(send(world, client, baseUrl), Schedule.fixed("60 seconds"))
  }
)
