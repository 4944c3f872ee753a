/**
 * Generators for property tests against the simulator, on `effect/FastCheck`. What they make shrinks to the least that still fails.
 *
 * @since 0.1.0
 */
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import type * as Fault from "./Fault.js"
import * as Plans from "./internal/plans.js"
import * as Populations from "./internal/populations.js"
import * as Values from "./internal/values.js"
import type * as Simulator from "./Simulator.js"

/**
 * The values of a model of the SDK, or of any schema of yours, as the service could send them: what an open model lets in beside its
 * fields is in some of them, and so is now and then a value that an open enum does not know. Each survives being encoded, written as
 * JSON, read and decoded.
 *
 * @example
 * ```ts
 * import { it } from "@effect/vitest"
 * import { Arbitraries } from "effect-welkin/testing"
 * import { Patients } from "effect-welkin/v8"
 *
 * const greeting = ({ firstName }: Patients.Patient) => `Hello ${firstName ?? "you"}`
 *
 * it.prop("everybody is greeted", { patient: Arbitraries.of(Patients.Patient) }, ({ patient }) => greeting(patient).length > 6)
 * ```
 *
 * @since 0.1.0
 * @category arbitraries
 */
export const of: <A, I>(schema: Schema.Schema<A, I>) => FastCheck.Arbitrary<A> = Values.of

/**
 * The same values in their encoded form, as they travel: for what reads the service's JSON without the SDK.
 *
 * @since 0.1.0
 * @category arbitraries
 */
export const encodedOf = <A, I>(schema: Schema.Schema<A, I>): FastCheck.Arbitrary<I> => of(schema).map(Schema.encodeSync(schema))

type Rule = FastCheck.Arbitrary<Fault.Fault>

const action = (at: Fault.At, action: Fault.Action): Rule => FastCheck.constant({ at, do: action })

const place = FastCheck.oneof(FastCheck.constant(0), FastCheck.nat(40_000)).map((afterBytes) => ({ afterBytes }))

/** Trouble that passes: whoever asks again gets the answer. */
const passing: Rule = FastCheck.oneof<Array<Rule>>(
  FastCheck.record({
    at: FastCheck.constantFrom<Fault.At>("accept", "beforeHeaders"),
    do: FastCheck.record({
      _tag: FastCheck.constant("Status" as const),
      status: FastCheck.constantFrom(503, 500, 502, 504, 408),
      body: FastCheck.constantFrom<unknown>("", "<html>busy</html>", [{ errorCode: "BUSY_NOW" }])
    })
  }),
  FastCheck.nat(3).map((retryAfter): Fault.Fault => ({ at: "accept", do: { _tag: "Status", status: 429, retryAfter } })),
  action("accept", { _tag: "Refuse" }),
  action("accept", { _tag: "Tls", problem: "plainHttp" }),
  action("afterEnd", { _tag: "HalfClose" }),
  FastCheck.constantFrom<Fault.At>("accept", "beforeHeaders").map((at) => ({ at, do: { _tag: "Reset" } })),
  place.map((at): Fault.Fault => ({ at, do: { _tag: "Reset" } })),
  FastCheck.tuple(place, FastCheck.constantFrom("length" as const, "chunked" as const)).map(([at, framing]) => ({
    at,
    do: { _tag: "Truncate", framing }
  })),
  FastCheck.oneof(FastCheck.constantFrom<Fault.At>("accept", "beforeHeaders"), place).map((at) => ({ at, do: { _tag: "Hang" } })),
  FastCheck.tuple(FastCheck.oneof(FastCheck.constantFrom<Fault.At>("accept", "beforeHeaders"), place), FastCheck.nat(20_000)).map(
    ([at, millis]) => ({ at, do: { _tag: "Delay", millis } })
  ),
  action("accept", { _tag: "RevokeTokens" })
)

/**
 * Where a plan of faults strikes.
 *
 * @since 0.1.0
 * @category models
 */
export interface PlanOptions {
  /** The endpoints that may be struck; any one unless said. */
  readonly endpoints?: ReadonlyArray<Fault.EndpointId>
  /** The most faults in a plan: 3 unless said, one less than a call has attempts. */
  readonly most?: number
}

/**
 * Plans of transient faults, none of which changes the outcome of a call that only reads: each passes, together they are fewer than
 * the attempts a call has, and no two strike the same request. Tokens are revoked once at most: a second refusal ends a call.
 *
 * @example
 * ```ts
 * import { it } from "@effect/vitest"
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { Arbitraries, Simulator } from "effect-welkin/testing"
 * import { Patients } from "effect-welkin/v8"
 *
 * it.effect.prop("trouble on the way loses no patient", { faults: Arbitraries.transientFaults() }, ({ faults }) =>
 *   Effect.map(Stream.runCount(Patients.listStream()), (count) => count === 100).pipe(
 *     Effect.provide(Simulator.layerClient({ patients: 100, faults }))
 *   )
 * )
 * ```
 *
 * @since 0.1.0
 * @category arbitraries
 */
export const transientFaults = ({ endpoints, most = 3 }: PlanOptions = {}): FastCheck.Arbitrary<ReadonlyArray<Fault.Fault>> =>
  FastCheck.uniqueArray(
    FastCheck.record({
      rule: passing,
      nth: FastCheck.integer({ min: 1, max: 8 }),
      endpoint: endpoints === undefined ? FastCheck.constant(undefined) : FastCheck.constantFrom(...endpoints)
    }).map(({ endpoint, nth, rule }): Fault.Fault => ({ ...rule, match: { ...(endpoint === undefined ? {} : { endpoint }), nth } })),
    {
      maxLength: most,
      comparator: (one, other) =>
        (one.match?.endpoint === other.match?.endpoint && one.match?.nth === other.match?.nth) ||
        (one.do._tag === "RevokeTokens" && other.do._tag === "RevokeTokens")
    }
  )

/**
 * Plans of faults of every kind, not only of those that pass: refusals, answers that lie, paging that goes wrong, lost writes. What
 * holds under all of them holds always. Latches are the exception: a test opens those itself.
 *
 * @example
 * ```ts
 * import { it } from "@effect/vitest"
 * import * as Effect from "effect/Effect"
 * import { Arbitraries, Simulator } from "effect-welkin/testing"
 * import { Patients } from "effect-welkin/v8"
 *
 * it.effect.prop("a patient is created once at most", { faults: Arbitraries.faults({ endpoints: ["patients.create"] }) }, ({ faults }) =>
 *   Effect.gen(function* () {
 *     const { ledger } = yield* Simulator.Simulator
 *     yield* Effect.exit(Patients.create({ body: { firstName: "Ada", lastName: "Example" } }))
 *     return (yield* ledger).every(({ applied }) => applied <= 1)
 *   }).pipe(Effect.provide(Simulator.layerClient({ faults })))
 * )
 * ```
 *
 * @since 0.1.0
 * @category arbitraries
 */
export const faults = ({ endpoints, most = 3 }: PlanOptions = {}): FastCheck.Arbitrary<ReadonlyArray<Fault.Fault>> =>
  Plans.faults(endpoints, most)

/**
 * How large a population may be.
 *
 * @since 0.1.0
 * @category models
 */
export interface PopulationOptions {
  /** The most patients: 30 unless said. */
  readonly patients?: number
}

/**
 * Whole populations: the options of a simulator that say who and what is there from the start. Records of a population fit together,
 * whatever its seed: each belongs to a patient who is there, ids are nobody else's, and lists, exports and totals agree.
 *
 * @example
 * ```ts
 * import { it } from "@effect/vitest"
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { Arbitraries, Simulator } from "effect-welkin/testing"
 * import { Patients } from "effect-welkin/v8"
 *
 * it.effect.prop("nobody is left out", { population: Arbitraries.population() }, ({ population }) =>
 *   Effect.map(Stream.runCount(Patients.listStream()), (count) => count === population.patients).pipe(
 *     Effect.provide(Simulator.layerClient(population))
 *   )
 * )
 * ```
 *
 * @since 0.1.0
 * @category arbitraries
 */
export const population = ({ patients = 30 }: PopulationOptions = {}): FastCheck.Arbitrary<Population> => Populations.of(patients)

/**
 * The options of a simulator that make its population.
 *
 * @since 0.1.0
 * @category models
 */
export type Population = Required<Pick<Simulator.Options, "seed" | "patients">> &
  Pick<Simulator.Options, "cdts" | "tenant" | "instance" | "sharedInstants">
