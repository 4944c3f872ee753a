/**
 * Where exported records go: into a folder, or wherever you write them.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type * as Stream from "effect/Stream"
import type { DiskError, FolderDamaged } from "./Folder.js"
import type { Version } from "./Kind.js"
import type { Deletions, Reading, ReadingVerdict, Result, Summary } from "./Manifest.js"
import type { LegacyUnit, Place, Unit } from "./Plan.js"

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
  /** The ids of records that were left out because they are known. */
  readonly unchanged?: ReadonlyArray<string>
  /** Where the unit goes on; undefined behind its last page. */
  readonly next: Place | undefined
  /** The cursor that the page ended with. */
  readonly cursor: string | null
  readonly duplicates: number
  readonly drift: number
  /** Patients and encounters that were gone when their turn came. */
  readonly removed: number
  /** How the lists were read that the records come from. */
  readonly reading: ReadonlyArray<Reading>
  readonly verdict: ReadingVerdict
}

/**
 * How far a unit has come.
 *
 * @since 0.1.0
 * @category models
 */
export type State =
  | {
      readonly _tag: "Begun"
      readonly records: number
      readonly position: Place | undefined
      /** The records of the last page. */
      readonly last: ReadonlyArray<Version>
      /** Whether a list of the tenant has brought a record with this id already. */
      readonly has: (id: string) => boolean
      /** Whether the export that this one continues has a record with just this text: it is left out. */
      readonly known?: (text: string) => boolean
    }
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
 * @since 0.1.0
 * @category predicates
 */
export const isSinkError = (error: { readonly _tag: string }): error is SinkError =>
  error._tag === "DiskError" || error._tag === "FolderDamaged"

/**
 * Content that was stored.
 *
 * @since 0.1.0
 * @category models
 */
export interface Stored {
  readonly sha256: string
  readonly bytes: number
}

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
    readonly open: (unit: Unit | LegacyUnit) => Effect.Effect<Writer, SinkError, Scope.Scope>
    /** Ids of the units that earlier runs have written something of. */
    readonly begun: ReadonlySet<string>
    /** The ids of the records of a unit that is finished, those that were left out as unchanged included. */
    readonly ids: (unit: Unit) => Effect.Effect<ReadonlyArray<string>, SinkError>
    /** Compares the ids of a kind, all of whose units are finished and were read whole, with those of the export that this one continues. */
    readonly compare?: (kind: string, units: ReadonlyArray<Pick<Unit | LegacyUnit, "id" | "mode">>) => Effect.Effect<Deletions, SinkError>
    /** Keeps the content of a file under its hash: the same content once. What does not arrive whole is not kept. */
    readonly store: <E, R>(content: Stream.Stream<Uint8Array, E, R>) => Effect.Effect<Stored, E | SinkError, R>
    /** Called once, behind the last unit. */
    readonly finish: (summary: Summary) => Effect.Effect<void, SinkError>
  }
>() {}
