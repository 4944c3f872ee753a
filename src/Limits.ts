/**
 * How long things may take, how large an answer may be, and how many requests may be under way.
 *
 * Give a layer to the client to set its limits for good, or wrap an effect or stream in {@link withLimits}.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import { dual, identity } from "effect/Function"
import * as Layer from "effect/Layer"
import type * as Stream from "effect/Stream"
import { refine } from "./internal/refine.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface Values {
  /** From sending to the answer's headers, connecting included. 30 seconds. */
  readonly headers: Duration.DurationInput
  /** Silence in the middle of a body. 30 seconds. */
  readonly idle: Duration.DurationInput
  /** Least bytes a second that a body must bring, measured over `floorWindow`. 1024. */
  readonly floorBytesPerSecond: number
  /** 30 seconds. */
  readonly floorWindow: Duration.DurationInput
  /** One attempt, its body included. 60 seconds. Downloads have none. */
  readonly attempt: Duration.DurationInput
  /**
   * A call with all its attempts, the waits between them and its wait for a token; waiting for a turn or for the server's own pause
   * does not count. 120 seconds.
   */
  readonly call: Duration.DurationInput
  /** Largest body that is taken into memory. 64 MiB. Downloads have no such limit. */
  readonly bodyBytes: number
  /**
   * Requests of one client under way at the same time. 8. When the server answers 429 they are half as many, and leave no faster than
   * it took them before; both grow back with its answers. Read when the client is made.
   */
  readonly concurrency: number
}

/**
 * The limits of a client that was given none.
 *
 * @since 0.1.0
 * @category constants
 */
export const standard: Values = {
  headers: "30 seconds",
  idle: "30 seconds",
  floorBytesPerSecond: 1024,
  floorWindow: "30 seconds",
  attempt: "60 seconds",
  call: "120 seconds",
  bodyBytes: 64 * 1024 * 1024,
  concurrency: 8
}

/**
 * The limits a client is made with.
 *
 * @since 0.1.0
 * @category references
 */
export class Limits extends Context.Reference<Limits>()("effect-welkin/Limits", { defaultValue: (): Values => standard }) {}

/**
 * What a single call changes about its client's limits: nothing, unless {@link withLimits} says so.
 *
 * @since 0.1.0
 * @category references
 */
export class LimitsOfCall extends Context.Reference<LimitsOfCall>()("effect-welkin/LimitsOfCall", {
  defaultValue: (): ((ofClient: Values) => Values) => identity
}) {}

/**
 * Limits for a client; what is left out keeps its standard value. Give it to the client's layer, not to the call.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (limits: Partial<Values>): Layer.Layer<never> =>
  Layer.succeed(Limits, { ...standard, ...limits }) as Layer.Layer<never>

/**
 * Changes the limits of every call inside an effect or stream. Innermost wins. `concurrency` belongs to the client and stays.
 *
 * @since 0.1.0
 * @category combinators
 */
export const withLimits: {
  (limits: Partial<Omit<Values, "concurrency">>): <S extends Effect.Effect<any, any, any> | Stream.Stream<any, any, any>>(self: S) => S
  <S extends Effect.Effect<any, any, any> | Stream.Stream<any, any, any>>(self: S, limits: Partial<Omit<Values, "concurrency">>): S
} = dual(2, (self: Effect.Effect<any, any, any> | Stream.Stream<any, any, any>, limits: Partial<Values>) =>
  refine(self, LimitsOfCall, (ofClient: Values) => ({ ...ofClient, ...limits }))
)
