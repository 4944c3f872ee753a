import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { versionOf } from "../../src/export/Kind.js"
import * as Manifest from "../../src/export/Manifest.js"
import * as Sink from "../../src/export/Sink.js"

/** A sink that keeps what it is given in memory. */
export const make = () => {
  const pages = new Map<string, Array<Sink.Page>>()
  const contents = new Map<string, Uint8Array>()
  const of = (unit: string) => pages.get(unit) ?? []
  const resultOf = (unit: string): Manifest.Result => {
    const sum = (field: "duplicates" | "drift" | "removed") => of(unit).reduce((all, page) => all + page[field], 0)
    return {
      records: of(unit).reduce((all, { records }) => all + records.length, 0),
      duplicates: sum("duplicates"),
      superseded: 0,
      drift: sum("drift"),
      removedDuringExport: sum("removed"),
      reading: Array.from(new Set(of(unit).flatMap(({ reading }) => reading))),
      verdict: of(unit).reduce((verdict: Manifest.ReadingVerdict, page) => Manifest.lesser(verdict, page.verdict), "verified"),
      cursor: null,
      files: []
    }
  }
  const sink: Sink.Sink["Type"] = {
    open: ({ id }) =>
      Effect.succeed({
        state: { _tag: "Begun", records: 0, position: undefined, last: [], has: () => false },
        write: (page) =>
          Effect.sync(() => {
            pages.set(id, [...of(id), page])
            return page.records.reduce((bytes, { text }) => bytes + text.length, 0)
          }),
        finish: Effect.sync(() => resultOf(id))
      }),
    begun: new Set(),
    ids: ({ id }) => Effect.sync(() => of(id).flatMap(({ records }) => records.flatMap(({ id }) => (id === undefined ? [] : [id])))),
    store: (content) =>
      Effect.map(Stream.runCollect(content), (chunks) => {
        const bytes = Buffer.concat(Array.from(chunks))
        const sha256 = createHash("sha256").update(bytes).digest("hex")
        contents.set(sha256, bytes)
        return { sha256, bytes: bytes.byteLength }
      }),
    finish: () => Effect.void
  }
  return {
    layer: Layer.succeed(Sink.Sink, sink),
    pages,
    contents,
    /** The lines of a kind, in the order of its units. */
    lines: (kind: string): ReadonlyArray<string> =>
      Array.from(pages)
        .filter(([unit]) => unit === kind || unit.startsWith(`${kind}/`))
        .flatMap(([, all]) => all.flatMap(({ records }) => records.map(({ text }) => text))),
    ids: (kind: string): ReadonlyArray<string> =>
      Array.from(pages)
        .filter(([unit]) => unit === kind || unit.startsWith(`${kind}/`))
        .flatMap(([, all]) => all.flatMap(({ records }) => records.map(({ text }) => versionOf(JSON.parse(text)).id ?? "")))
  }
}

export type Memory = ReturnType<typeof make>
