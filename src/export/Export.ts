/**
 * A full export: every record of the chosen kinds, as the server wrote it, one JSON text a line.
 *
 * @since 0.1.0
 */
import type * as FileSystem from "@effect/platform/FileSystem"
import type * as Path from "@effect/platform/Path"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Endpoint from "../Endpoint.js"
import { compile } from "../internal/decoder.js"
import { refuse } from "../internal/quick.js"
import { slices } from "../internal/slices.js"
import type { WelkinClient } from "../internal/tags.js"
import { version } from "../internal/version.js"
import * as Pagination from "../Pagination.js"
import * as Exports from "../v8/Exports.js"
import type { WelkinError } from "../WelkinError.js"
import * as Folder from "./Folder.js"
import * as Manifest from "./Manifest.js"

type PageEndpoint = Endpoint.Endpoint<
  { readonly start?: string | undefined; readonly pageSize?: number | undefined },
  Pagination.CursorPage<unknown>,
  WelkinClient
>

/**
 * A kind of record that can be exported in bulk.
 *
 * @since 0.1.0
 * @category models
 */
export interface Kind {
  /** Its folder's name. */
  readonly name: string
  readonly endpoint: PageEndpoint
  readonly record: Schema.Schema.AnyNoContext
}

/**
 * The kinds that this version exports.
 *
 * @since 0.1.0
 * @category constants
 */
export const kinds: ReadonlyArray<Kind> = [
  { name: "patients", endpoint: Exports.patients as PageEndpoint, record: Exports.ExportPatient },
  { name: "cdt-records", endpoint: Exports.cdtRecords as PageEndpoint, record: Exports.ExportCdtRecord }
]

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  readonly out: string
  readonly kinds: ReadonlyArray<Kind>
  readonly tenant: string
  readonly instance: string
  /** Records a page. 1000, which is known to work. */
  readonly pageSize?: number | undefined
}

/**
 * What happens during an export, in counts only.
 *
 * @since 0.1.0
 * @category models
 */
export type Event =
  | { readonly _tag: "Started"; readonly kinds: ReadonlyArray<string> }
  | { readonly _tag: "PageWritten"; readonly kind: string; readonly records: number; readonly bytes: number }
  | { readonly _tag: "KindFinished"; readonly kind: string; readonly records: number }
  | { readonly _tag: "Finished"; readonly manifest: Manifest.Manifest }

const partBytes = 64 * 1024 * 1024

const envelope = Pagination.cursorPage(Schema.Unknown)

interface Identity {
  readonly id?: unknown
  readonly updatedAt?: unknown
}

// pages are ordered by the last change; what comes twice stands on both sides of a seam
const keyOf = (record: unknown): string | undefined => {
  const { id, updatedAt } = (record ?? {}) as Identity
  return typeof id === "string" ? `${id} ${String(updatedAt)}` : undefined
}

/** The records' own text. One of the envelopes that `Pagination.cursorPage` reads is there: the page has been decoded. */
const recordTexts = (text: string): ReadonlyArray<string> =>
  slices(text, ["data"]) ?? slices(text, ["content"]) ?? slices(text, ["rows"]) ?? slices(text, []) ?? []

/** Writes one kind into parts of bounded size. */
const writer: (
  kind: Kind,
  folder: Folder.Folder
) => Effect.Effect<
  {
    readonly page: (
      page: Pagination.Page<unknown, Endpoint.Source<Pagination.CursorPage<unknown>>>
    ) => Effect.Effect<Event, Folder.DiskError>
    readonly finish: Effect.Effect<Manifest.KindOfRecord, Folder.DiskError>
  },
  Folder.DiskError,
  Scope.Scope
> = Effect.fnUntraced(function* (kind, folder) {
  const scope = yield* Effect.scope
  const decode = compile(kind.record)
  const files: Array<Manifest.File> = []
  const open = () => folder.draft(`${kind.name}/part-${String(files.length + 1).padStart(5, "0")}.ndjson`).pipe(Scope.extend(scope))
  let part = yield* open()
  let inPart = 0
  let records = 0
  let duplicates = 0
  let drift = 0
  let cursor: string | null = null
  let before: ReadonlySet<string> = new Set()

  const close = Effect.map(
    Effect.suspend(() => part.commit),
    (written) => {
      files.push(new Manifest.File({ ...written, records: inPart }))
      inPart = 0
    }
  )

  return {
    page: Effect.fnUntraced(function* ({ items, next, value: { text, value } }) {
      if (part.bytes() >= partBytes) {
        yield* close
        part = yield* open()
      }
      const texts = recordTexts(text)
      const seen = new Set<string>()
      const lines: Array<string> = []
      items.forEach((item, at) => {
        const key = keyOf(item)
        if (key !== undefined && (before.has(key) || seen.has(key))) {
          duplicates++
          return
        }
        if (key !== undefined) seen.add(key)
        if (decode(item as never) === refuse) drift++
        lines.push(texts[at]!, "\n")
      })
      before = seen
      const added = lines.length / 2
      const start = part.bytes()
      yield* part.append(lines.join(""))
      inPart += added
      records += added
      cursor = value.cursor.end ?? (next !== undefined && "start" in next ? next.start : cursor)
      return { _tag: "PageWritten", kind: kind.name, records: added, bytes: part.bytes() - start }
    }),
    finish: Effect.map(close, () => new Manifest.KindOfRecord({ name: kind.name, mode: "bulk", records, duplicates, drift, cursor, files }))
  }
})

const exportKind = (
  kind: Kind,
  folder: Folder.Folder,
  pageSize: number,
  done: (kind: Manifest.KindOfRecord) => void
): Stream.Stream<Event, WelkinError | Folder.DiskError, WelkinClient> =>
  Stream.unwrapScoped(
    Effect.map(writer(kind, folder), ({ finish, page }) =>
      Pagination.cursorPages(Endpoint.source(kind.endpoint, envelope), { at: "value" })({ pageSize }).pipe(
        Stream.mapEffect(page),
        Stream.concat(
          Effect.map(finish, (result): Event => {
            done(result)
            return { _tag: "KindFinished", kind: kind.name, records: result.records }
          })
        )
      )
    )
  )

/**
 * Exports into a new folder, and tells how far it is. The manifest comes last: a folder without one is not complete.
 *
 * @since 0.1.0
 * @category streams
 */
export const run = (
  options: Options
): Stream.Stream<Event, WelkinError | Folder.DiskError | Folder.FolderNotEmpty, WelkinClient | FileSystem.FileSystem | Path.Path> =>
  Stream.unwrap(
    Effect.gen(function* () {
      const startedAt = yield* DateTime.now
      const folder = yield* Folder.make(options.out)
      const results: Array<Manifest.KindOfRecord> = []
      const started: Event = { _tag: "Started", kinds: options.kinds.map(({ name }) => name) }
      const all = Stream.mergeAll(
        options.kinds.map((kind) => exportKind(kind, folder, options.pageSize ?? 1000, (result) => results.push(result))),
        { concurrency: options.kinds.length }
      )
      return Stream.make(started).pipe(
        Stream.concat(all),
        Stream.concat(Stream.fromEffect(Effect.suspend(() => writeManifest(options, folder, startedAt, results))))
      )
    })
  )

const writeManifest = (options: Options, folder: Folder.Folder, startedAt: DateTime.Utc, kinds: ReadonlyArray<Manifest.KindOfRecord>) =>
  Effect.scoped(
    Effect.gen(function* () {
      const manifest = new Manifest.Manifest({
        format: "effect-welkin-export",
        formatVersion: 1,
        tool: { name: "effect-welkin", version },
        tenant: options.tenant,
        instance: options.instance,
        generation: "v8",
        startedAt: DateTime.formatIso(startedAt),
        finishedAt: DateTime.formatIso(yield* DateTime.now),
        kinds: Array.from(kinds).sort((a, b) => (a.name < b.name ? -1 : 1)),
        complete: true
      })
      const draft = yield* folder.draft(Manifest.fileName)
      yield* draft.append(`${Schema.encodeSync(Manifest.Json)(manifest)}\n`)
      yield* draft.commit
      return { _tag: "Finished", manifest } satisfies Event
    })
  )
