/**
 * How far each collection has been read, kept by the application next to its records.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as HashMap from "effect/HashMap"
import * as Layer from "effect/Layer"
import type * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import type * as Timestamp from "../v1/Timestamp.js"
import type { Resource } from "./Notifications.js"

/**
 * The marks cannot be read or written. Why, the application has to say where it happens.
 *
 * @since 0.1.0
 * @category errors
 */
export class MarksUnavailable extends Data.TaggedError("MarksUnavailable") {
  override get message(): string {
    return "The marks of what has been read are not available"
  }
}

/**
 * A place for one time a collection. What was written last has to survive a restart.
 *
 * @since 0.1.0
 * @category models
 */
export interface Service {
  readonly get: (resource: Resource) => Effect.Effect<Option.Option<Timestamp.Timestamp>, MarksUnavailable>
  readonly set: (resource: Resource, mark: Timestamp.Timestamp) => Effect.Effect<void, MarksUnavailable>
}

/**
 * @since 0.1.0
 * @category tags
 */
export class Marks extends Context.Tag("effect-welkin/webhooks/Marks")<Marks, Service>() {}

/**
 * Marks that are gone with the program, for tests.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerMemory: Layer.Layer<Marks> = Layer.effect(
  Marks,
  Effect.map(Ref.make(HashMap.empty<Resource, Timestamp.Timestamp>()), (marks) => ({
    get: (resource) => Effect.map(Ref.get(marks), HashMap.get(resource)),
    set: (resource, mark) => Ref.update(marks, HashMap.set(resource, mark))
  }))
)
