import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { DiskError, type Folder } from "../../export/Folder.js"
import type { Failure } from "../Failure.js"
import type { Row, Table } from "./Table.js"

/** Takes the rows of one table. */
export interface Writer {
  /** Relative to the folder. */
  readonly file: string
  readonly write: (rows: ReadonlyArray<Row>) => Effect.Effect<void, DiskError>
  /** Called once, behind the last row. */
  readonly finish: Effect.Effect<void, DiskError>
}

/** Tables in a format, written to a folder that nobody reads yet. */
export interface Tables {
  readonly table: (table: Table) => Effect.Effect<Writer, DiskError | Failure, Scope.Scope>
  /** Called behind each part of the export. */
  readonly checkpoint: Effect.Effect<void, DiskError>
  /** Called once, behind the last table. */
  readonly finish: Effect.Effect<void, DiskError>
}

export type Format = (folder: Folder) => Effect.Effect<Tables, DiskError | Failure, Scope.Scope>

/** A file that is whole on the disk when it is finished. */
export interface Sheet {
  readonly append: (bytes: Uint8Array) => Effect.Effect<void, DiskError>
  readonly finish: Effect.Effect<void, DiskError>
}

export const sheet: (folder: Folder, name: string) => Effect.Effect<Sheet, DiskError, Scope.Scope> = Effect.fnUntraced(
  function* (folder, name) {
    const file = yield* folder.create(name)
    let written = 0
    return {
      append: (bytes) => {
        written += bytes.byteLength
        return file.append(bytes)
      },
      finish: Effect.gen(function* () {
        yield* file.sync
        // what a disk took without saying that it did not keep it
        if ((yield* folder.size(name)) !== written) return yield* new DiskError({ doing: "write", name, code: "EIO" })
      })
    }
  }
)
