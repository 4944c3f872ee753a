import type * as Schema from "effect/Schema"
import * as Endpoint from "../Endpoint.js"
import { LegacyClient } from "../internal/tags.js"
import type { Place } from "../WelkinError.js"
import * as Envelope from "./Envelope.js"
import * as TimeWindow from "./TimeWindow.js"

const constructors = Endpoint.forClient(LegacyClient, "v1")

type Constructor = Endpoint.Constructor<LegacyClient>

const enveloped = (make: Constructor): Constructor =>
  ((id: string, path: string, facts: any) =>
    make(id, path, facts.success === undefined ? facts : { ...facts, success: Envelope.item(facts.success) })) as any

// The constructors of v1's endpoints: every one of them calls through LegacyClient, and takes its answer out of the envelope.
export const get = enveloped(constructors.get)
export const post = enveloped(constructors.post)
export const put = enveloped(constructors.put)

/** A delete. The deleted resource, which some collections answer, is handed out where `removed` says what it is. */
export const del = constructors.del

const check =
  (names: ReadonlyArray<string> = []) =>
  (input: TimeWindow.Query & Readonly<Record<string, unknown>>): ReadonlyArray<Place> => [
    ...(TimeWindow.isOrdered(input) ? [] : [{ path: "page[from]", expected: "a time not after page[to]", actual: "string" }]),
    ...names
      .filter((name) => input[name] !== undefined)
      .slice(1)
      .map((path) => ({ path, expected: `at most one of ${names.join(", ")}`, actual: typeof input[path] }))
  ]

/** A find: one page of the records that were changed within a window of time, and that its filters let through. */
export const find = <A, I, Q extends Schema.Struct.Fields = {}>(
  id: string,
  path: `/v1/${string}`,
  facts: {
    readonly item: Schema.Schema<A, I>
    readonly query?: Q
    /** Filters of which only one may be given: names of the same thing. */
    readonly atMostOne?: ReadonlyArray<keyof Q & string>
  }
): Endpoint.Endpoint<Endpoint.Input<{}, Q & typeof TimeWindow.query, never>, Envelope.FindPage<A>, LegacyClient> =>
  constructors.get(id, path as "/v1/found", {
    query: { ...facts.query, ...TimeWindow.query } as Q & typeof TimeWindow.query,
    success: Envelope.page(facts.item),
    check: check(facts.atMostOne) as any
  })

/** A find whose filters and window stand in the body, out of sight of logs. A POST that only reads. */
export const search = <A, I, B, BI>(
  id: string,
  path: `/v1/${string}`,
  facts: { readonly item: Schema.Schema<A, I>; readonly body: Schema.Schema<B, BI> }
): Endpoint.Endpoint<Endpoint.Input<{}, {}, B>, Envelope.FindPage<A>, LegacyClient> =>
  constructors.post(id, path as "/v1/found", { body: facts.body, success: Envelope.page(facts.item), safe: true })
