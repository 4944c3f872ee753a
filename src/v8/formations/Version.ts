/**
 * Versions of a formation.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * Which state of the Designer is read: what is live (`current`), what is being edited (`draft`), or a published version by its
 * number. Only `current` was recorded.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Version = Schema.Union(Schema.Literal("current", "draft"), Schema.NumberFromString.pipe(Schema.int(), Schema.positive()))
/**
 * @since 0.1.0
 * @category models
 */
export type Version = typeof Version.Type
