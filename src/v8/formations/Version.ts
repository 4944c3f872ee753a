import * as Schema from "effect/Schema"

/**
 * Which state of the Designer is read: what is live, what is being edited, or a published version by its number.
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
