/*
 * The contents of files: each is stored under its hash, and the records of one kind say which there are.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { DiskError, Folder, FolderDamaged } from "../Folder.js"
import type { KindOfRecord } from "../Manifest.js"
import type { Stored } from "../Sink.js"
import * as Part from "./part.js"

/** The kind whose records list contents. */
export const kind = "document-files"

const directory = "files/"

export const isContent = (name: string): boolean => name.startsWith(directory)

/** The n-th content of a run while it arrives. */
export const draftOf = (number: number): string => `${directory}${number}.tmp`

/** Where a content is: names of files come from it alone. */
export const nameOf = (sha256: string): string => `${directory}${sha256.slice(0, 2)}/${sha256}`

const decode = Schema.decodeUnknownOption(
  Schema.parseJson(Schema.Struct({ sha256: Schema.String.pipe(Schema.pattern(/^[0-9a-f]{64}$/)), bytes: Schema.NonNegativeInt }))
)

/** The contents that finished parts list, by the names of their files. */
export const listedIn = (
  folder: Folder,
  kinds: ReadonlyArray<Pick<KindOfRecord, "name" | "files">>
): Effect.Effect<ReadonlyMap<string, Stored>, DiskError | FolderDamaged> =>
  Effect.suspend(() => {
    const found = new Map<string, Stored>()
    const parts = kinds.flatMap(({ files, name }) => (name === kind ? files : []))
    return Effect.as(
      Effect.forEach(
        parts,
        ({ name }) =>
          Stream.runForEach(Part.lines(folder, name), (line) =>
            Effect.sync(() => Option.map(decode(line), (stored) => found.set(nameOf(stored.sha256), stored)))
          ),
        { discard: true }
      ),
      found
    )
  })
