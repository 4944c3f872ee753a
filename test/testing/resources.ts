/*
 * What the tests of the simulated resources share: the SDK's client on a simulator, and a look below it at what goes over the wire.
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Simulator } from "../../src/testing/index.js"
import type * as WelkinClient from "../../src/WelkinClient.js"
import { type Ask, exchange, send } from "./doors.js"

export const within = <A, E>(
  effect: Effect.Effect<A, E, Simulator.Simulator | HttpClient.HttpClient | WelkinClient.WelkinClient>,
  options: Simulator.Options = { patients: 12 }
) => Effect.provide(effect, Simulator.layerClient(options))

/** Everything a stream holds. */
export const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) => Effect.map(Stream.runCollect(stream), Chunk.toReadonlyArray)

/** Sends a request as it stands, below the tenant: what comes back is nothing that the SDK made of it. */
export const wire = Effect.fnUntraced(function* (method: Parameters<typeof send>[0], path: string, options: Ask = {}) {
  const { instance, tenant } = (yield* Simulator.Simulator).credentials
  const token = (yield* exchange).json.token as string
  const whole = path.startsWith("/admin/") ? `/${tenant}${path}` : `/${tenant}/${instance}${path}`
  return yield* send(method, whole, { ...options, token })
})

/** Status and code of a refusal. */
export const refusal = ({ json, status }: { readonly status: number; readonly json: any }) => [status, json?.[0]?.errorCode]

/** Every page of an export, over the wire. */
export const exported = Effect.fnUntraced(function* (resource: string, pageSize = 50) {
  const found: Array<any> = []
  let start: string | undefined
  for (let hasNext = true; hasNext; ) {
    const query = { pageSize: String(pageSize), ...(start === undefined ? {} : { start }) }
    const { json, status } = yield* wire("GET", `/export/${resource}`, { query })
    if (status !== 200) return yield* Effect.dieMessage(`the export answered ${status}`)
    found.push(...json.data)
    hasNext = json.cursor.hasNext
    start = json.cursor.end
  }
  return found as ReadonlyArray<any>
})
