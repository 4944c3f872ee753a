/**
 * What an export holds: written last, so that a folder with a manifest is a whole one.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * @since 0.1.0
 * @category models
 */
export class File extends Schema.Class<File>("effect-welkin/export/File")({
  /** Relative to the folder, with `/` between its parts. */
  name: Schema.NonEmptyString,
  records: Schema.NonNegativeInt,
  bytes: Schema.NonNegativeInt,
  sha256: Schema.String
}) {}

/**
 * @since 0.1.0
 * @category models
 */
export class KindOfRecord extends Schema.Class<KindOfRecord>("effect-welkin/export/Kind")({
  name: Schema.NonEmptyString,
  /** How the records were read. */
  mode: Schema.Literal("bulk"),
  records: Schema.NonNegativeInt,
  /** Records that the server sent again at the seam of two pages, and that were left out. */
  duplicates: Schema.NonNegativeInt,
  /** Records that break their schema. They are in the files as they came. */
  drift: Schema.NonNegativeInt,
  /** Where the last page ended: a later export may begin there. */
  cursor: Schema.NullOr(Schema.String),
  files: Schema.Array(File)
}) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Manifest extends Schema.Class<Manifest>("effect-welkin/export/Manifest")({
  format: Schema.Literal("effect-welkin-export"),
  formatVersion: Schema.Literal(1),
  tool: Schema.Struct({ name: Schema.String, version: Schema.String }),
  tenant: Schema.String,
  instance: Schema.String,
  generation: Schema.Literal("v8"),
  startedAt: Schema.String,
  finishedAt: Schema.String,
  kinds: Schema.Array(KindOfRecord),
  complete: Schema.Literal(true)
}) {}

/**
 * @since 0.1.0
 * @category constants
 */
export const fileName = "manifest.json"

/**
 * @since 0.1.0
 * @category schemas
 */
export const Json = Schema.parseJson(Manifest, { space: 2 })
