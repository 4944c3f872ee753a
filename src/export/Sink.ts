/**
 * Where exported records go: into a folder, or wherever you write them.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Position } from "../Pagination.js"
import type { DiskError, FolderDamaged } from "./Folder.js"
import type { Version } from "./Kind.js"
import type { Result, Summary } from "./Manifest.js"
import type { Unit } from "./Plan.js"

/**
 * A record as the server wrote it.
 *
 * @since 0.1.0
 * @category models
 */
export interface RecordText extends Version {
  /** Its own JSON text, on one line. */
  readonly text: string
}

/**
 * Records to be kept together with the place to go on from: either both are there after a crash, or neither.
 *
 * @since 0.1.0
 * @category models
 */
export interface Page {
  readonly records: ReadonlyArray<RecordText>
  /** Where the next page is; undefined behind the last one. */
  readonly next: Position | undefined
  /** The cursor that the page ended with. */
  readonly cursor: string | null
  readonly duplicates: number
  readonly drift: number
}

/**
 * How far a unit has come.
 *
 * @since 0.1.0
 * @category models
 */
export type State =
  | { readonly _tag: "Begun"; readonly records: number; readonly position: Position | undefined; readonly last: ReadonlyArray<Version> }
  /** All pages are there; {@link Writer.finish} is still due. */
  | { readonly _tag: "Read"; readonly records: number }
  | { readonly _tag: "Done"; readonly result: Result }

/**
 * Why records could not be kept: it ends the whole export.
 *
 * @since 0.1.0
 * @category errors
 */
export type SinkError = DiskError | FolderDamaged

/**
 * Takes one unit's pages, one after another.
 *
 * @since 0.1.0
 * @category models
 */
export interface Writer {
  readonly state: State
  /** Answers with the bytes it took. */
  readonly write: (page: Page) => Effect.Effect<number, SinkError>
  readonly finish: Effect.Effect<Result, SinkError>
}

/**
 * @since 0.1.0
 * @category tags
 */
export class Sink extends Context.Tag("effect-welkin/export/Sink")<
  Sink,
  {
    readonly open: (unit: Unit) => Effect.Effect<Writer, SinkError, Scope.Scope>
    /** Called once, behind the last unit. */
    readonly finish: (summary: Summary) => Effect.Effect<void, SinkError>
  }
>() {}
