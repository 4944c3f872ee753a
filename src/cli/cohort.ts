import * as Options from "@effect/cli/Options"
import type * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import type * as Plan from "../export/Plan.js"
import * as Failure from "./Failure.js"
import * as Input from "./Input.js"

const patients = Options.text("patients").pipe(
  Options.withPseudoName("FILE"),
  Options.withDescription("Only the records of these patients: a file with one Welkin id a line, or - for stdin. It is a crawl."),
  Options.optional
)

const filter = Options.text("filter").pipe(
  Options.withPseudoName("FILE"),
  Options.withDescription(
    "Only the records of the patients that a filter finds: a file with the JSON that by-filter/patients takes. It is a crawl."
  ),
  Options.optional
)

/** Whose records are exported. */
export const options = { patients, filter }

const idsOf = (text: string): ReadonlyArray<string> => text.split(/\r?\n/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()]))

const asFilter = Schema.decodeUnknown(Schema.parseJson(Codecs.JsonObject))

/** Reads what the options name. */
export const read = Effect.fnUntraced(function* (given: {
  readonly patients: Option.Option<string>
  readonly filter: Option.Option<string>
}): Effect.fn.Return<Pick<Plan.Options, "patients" | "filter">, Failure.Failure, FileSystem.FileSystem> {
  if (Option.isSome(given.patients) && Option.isSome(given.filter)) {
    return yield* Failure.usage("--patients and --filter both say whose records are exported: one of them is enough.")
  }
  if (Option.isSome(given.patients)) {
    const ids = idsOf(yield* Input.text("--patients", given.patients.value))
    if (ids.length === 0) return yield* Failure.usage("--patients names no patient.")
    const odd = ids.findIndex((id) => /\s/.test(id) || id === "." || id === "..")
    return odd < 0 ? { patients: ids } : yield* Failure.usage(`--patients must hold one id a line; id ${odd + 1} is none.`)
  }
  if (Option.isSome(given.filter)) {
    const text = yield* Input.text("--filter", given.filter.value)
    return { filter: yield* Effect.mapError(asFilter(text), () => Failure.usage("--filter must hold a JSON object.")) }
  }
  return {}
})
