import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { collections } from "../export/Collection.js"
import * as Export from "../export/Export.js"
import * as FolderSink from "../export/FolderSink.js"
import { byName, kinds } from "../export/Kind.js"
import * as Manifest from "../export/Manifest.js"
import * as Plan from "../export/Plan.js"
import * as Previous from "../export/Previous.js"
import type { SinkError } from "../export/Sink.js"
import { parseInstant } from "../internal/time.js"
import type { WelkinError } from "../WelkinError.js"
import * as Connection from "./Connection.js"
import * as Cohort from "./cohort.js"
import * as Display from "./Display.js"
import * as Failure from "./Failure.js"
import * as Flags from "./Flags.js"
import { nearest } from "./nearest.js"
import { Output } from "./Output.js"
import * as Progress from "./Progress.js"

interface Named {
  readonly name: string
  readonly onRequest?: boolean
}

const usual = (all: ReadonlyArray<Named>) => all.flatMap(({ name, onRequest }) => (onRequest === true ? [] : [name])).join(", ")
const onRequest = (all: ReadonlyArray<Named>) => all.flatMap(({ name, onRequest }) => (onRequest === true ? [name] : [])).join(", ")

const out = Options.text("out").pipe(
  Options.withAlias("o"),
  Options.withPseudoName("DIR"),
  Options.withDescription("The folder to write to: new, empty, or one that this export was begun in. Then it goes on.")
)

const resources = Options.text("resources").pipe(
  Options.withPseudoName("LIST"),
  Options.withDescription(
    `What to export, separated by commas: ${usual(kinds)}. All of these, if left out; on request also ${onRequest(kinds)}. ` +
      `Of v1: ${usual(collections)}; on request also ${onRequest(collections)}, withdrawn in 2018-10.`
  ),
  Options.optional
)

const mode = Options.choice("mode", ["auto", "bulk", "crawl"]).pipe(
  Options.withDescription(
    "bulk: by the export routes. crawl: by the lists of each patient. auto: by the export routes where they are permitted, else by a crawl."
  ),
  Options.withDefault("auto")
)

const since = Options.text("since").pipe(
  Options.withPseudoName("INSTANT|auto"),
  Options.withDescription(
    "Only records changed since then, such as 2026-01-31T00:00:00Z. Export routes alone can tell, and v1: it is bulk. " +
      "auto: what changed since the export that --previous names, read in full where nobody can tell; what is as it was is left out."
  ),
  Options.optional
)

const previous = Options.text("previous").pipe(
  Options.withPseudoName("DIR"),
  Options.withDescription(
    "With --since auto, the folder of the export to continue. If left out, the newest complete one of the same source beside --out."
  ),
  Options.optional
)

const deletions = Options.boolean("deletions").pipe(
  Options.withDescription(
    "With --since auto, tell what is gone of every kind: export routes are read whole, too, which takes as long as a full export. " +
      "Without it only lists tell."
  )
)

const retryFailed = Options.boolean("retry-failed").pipe(
  Options.withDescription("Do just what failures.ndjson in the folder lists, save what is forbidden. Without it, all that is not finished.")
)

const pageSize = Options.integer("page-size").pipe(
  Options.withPseudoName("N"),
  Options.withDescription("Records a page: 1000, and of v1 50, unless said."),
  Options.optional
)

const dryRun = Options.boolean("dry-run").pipe(
  Options.withAlias("n"),
  Options.withDescription("Print as JSON what would be read, how, and in how many calls at least. Asks nobody, writes nothing.")
)

const json = Options.boolean("json").pipe(Options.withDescription("Print the summary on stdout as one JSON document."))

const jsonLines = Options.boolean("json-lines").pipe(Options.withDescription("Print what happens on stdout, one JSON text a line."))

const chosen = (
  list: Option.Option<string>,
  all: ReadonlyArray<Named>
): Effect.Effect<ReadonlyArray<string> | undefined, Failure.Failure> => {
  if (Option.isNone(list)) return Effect.succeed(undefined)
  const names = all.map(({ name }) => name)
  const wanted = list.value.split(",").map((name) => name.trim())
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown === undefined) return Effect.succeed(wanted)
  const close = nearest(unknown, names)
  return Effect.fail(
    Failure.usage(
      `--resources names something unknown${close === undefined ? "" : `; did you mean "${close}"?`} There are: ${names.join(", ")}.`
    )
  )
}

const isAuto = Option.contains("auto")

const moment = (text: Option.Option<string>): Effect.Effect<string | undefined, Failure.Failure> => {
  if (Option.isNone(text) || isAuto(text)) return Effect.succeed(undefined)
  return parseInstant(text.value) !== undefined
    ? Effect.succeed(text.value)
    : Effect.fail(Failure.usage("--since must be auto, or an instant with its zone, such as 2026-01-31T00:00:00Z."))
}

const isStdin = (path: Option.Option<string>): number => (Option.contains(path, "-") ? 1 : 0)

/** Refuses what cannot be had together, rather than leaving something out. */
const possible = ({ filter, kinds: chosen, mode, patients, since }: Partial<Plan.Options>): Effect.Effect<void, Failure.Failure> => {
  const cohort = patients !== undefined ? "--patients" : filter !== undefined ? "--filter" : undefined
  if (cohort !== undefined && mode === "bulk") {
    return Failure.usage(`${cohort} and --mode bulk do not go together: export routes know no patients.`)
  }
  const crawled = cohort ?? (mode === "crawl" ? "--mode crawl" : undefined)
  if (since !== undefined && crawled !== undefined) {
    return Failure.usage(`--since and ${crawled} do not go together: only export routes can tell what changed.`)
  }
  const unread = chosen?.find((name) => !Plan.canRead(byName(name)!, { filter, mode, patients, since }))
  if (unread === undefined) return Effect.void
  const why = byName(unread)!.bulk === undefined ? "has no export route" : "has nothing but its export route"
  const by = since !== undefined ? "--since" : (crawled ?? "--mode bulk")
  return Failure.usage(`--resources names ${unread}, which ${why}: it cannot be read with ${by}.`)
}

const quoted = (word: string): string => (/^[\w./:=@,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** 3 where something is missing; 1 or 77 where nothing is there at all. */
const exitCodeOf = ({ complete, failures, kinds }: Manifest.Summary): number => {
  if (complete) return 0
  if (kinds.some(({ records, verdict }) => records > 0 || Manifest.isThere(verdict))) return 3
  return failures.every(({ error }) => error === "Forbidden") ? 77 : 1
}

/** The export that `--since auto` continues. */
const earlierOf = (
  given: { readonly out: string; readonly previous: Option.Option<string> },
  { fingerprint }: Pick<Plan.Plan, "fingerprint">
) =>
  Option.match(given.previous, {
    onNone: () => Previous.find(given.out, fingerprint),
    onSome: (directory) => Previous.open(directory, fingerprint)
  })

const failuresIn = Effect.fnUntraced(function* (out: string) {
  const failures = yield* FolderSink.failuresIn(out)
  if (failures.length > 0) return failures
  return yield* Failure.usage("--retry-failed finds no failures.ndjson in the folder: no run of its export has ended with any.")
})

const options = {
  out,
  resources,
  mode,
  patients: Cohort.options.patients,
  filter: Cohort.options.filter,
  since,
  previous,
  deletions,
  retryFailed,
  pageSize,
  dryRun,
  json,
  jsonLines,
  ...Connection.options,
  ...Display.withProgress
}

type Given = Command.Command.ParseConfig<typeof options>

type Watch = <R>(
  events: Stream.Stream<Export.Event, WelkinError | SinkError, R>
) => Effect.Effect<Option.Option<Export.Event>, WelkinError | SinkError, Exclude<R, Scope.Scope> | Output>

type Retry = ReadonlyArray<Manifest.Failure> | undefined

const ofCurrent = Effect.fnUntraced(function* (options: Given) {
  const client = yield* Connection.settings(options)
  const asked = {
    kinds: yield* chosen(options.resources, kinds),
    mode: options.mode,
    since: yield* moment(options.since),
    ...(yield* Cohort.read(options))
  }
  yield* possible(asked)
  const planned = { ...client, ...asked, deletions: options.deletions, pageSize: Option.getOrUndefined(options.pageSize) }
  const earlier = isAuto(options.since) ? yield* earlierOf(options, Export.plan(planned)) : undefined
  const plan = Export.plan({ ...planned, previous: earlier })
  return {
    outline: Plan.outline(plan),
    run: (watch: Watch, retry: Retry) =>
      Effect.provide(watch(Export.run(plan, { retry })), [Connection.layer(client), FolderSink.layer(options.out, plan, earlier)])
  }
})

/** Collections know no patients, and have one way to be read. */
const notOfLegacy = ({ filter, mode, patients }: Given): string | undefined =>
  mode !== "auto" ? "--mode" : Option.isSome(patients) ? "--patients" : Option.isSome(filter) ? "--filter" : undefined

const ofLegacy = Effect.fnUntraced(function* (options: Given) {
  const odd = notOfLegacy(options)
  if (odd !== undefined) return yield* Failure.usage(`${odd} and --api v1 do not go together: its collections are read whole, in one way.`)
  if (options.deletions) return yield* Failure.usage("--deletions and --api v1 do not go together: that API tells nobody what is gone.")
  const client = yield* Connection.legacySettings(options)
  const planned = {
    generation: "v1" as const,
    clientId: client.clientId,
    baseUrl: client.baseUrl,
    kinds: yield* chosen(options.resources, collections),
    since: yield* moment(options.since),
    pageSize: Option.getOrUndefined(options.pageSize)
  }
  const earlier = isAuto(options.since) ? yield* earlierOf(options, Export.plan(planned)) : undefined
  const plan = Export.plan({ ...planned, previous: earlier })
  return {
    outline: Plan.outlineLegacy(plan),
    run: (watch: Watch, retry: Retry) =>
      Effect.provide(watch(Export.run(plan, { retry })), [Connection.legacyLayer(client), FolderSink.layer(options.out, plan, earlier)])
  }
})

export const command = Command.make("export", options, (options) =>
  Effect.gen(function* () {
    const output = yield* Output
    if (isStdin(options.patients) + isStdin(options.filter) + isStdin(options.secretFile) > 1) {
      return yield* Failure.usage("Only one of --patients, --filter and --secret-file can be read from stdin.")
    }
    if (Option.isSome(options.previous) && !isAuto(options.since)) {
      return yield* Failure.usage("--previous says what --since auto continues: it goes with that alone.")
    }
    if (options.deletions && !isAuto(options.since)) {
      return yield* Failure.usage("--deletions has --since auto tell what is gone: it goes with that alone.")
    }
    if (Option.exists(options.pageSize, (size) => size < 1)) return yield* Failure.usage("--page-size must be 1 or more.")
    const { outline, run } = yield* options.api === "v1" ? ofLegacy(options) : ofCurrent(options)
    if (options.dryRun) return yield* output.result(JSON.stringify(outline, null, 2))

    const again = ["welkin export --out", quoted(options.out)]
      .concat(options.api === "v8" ? [] : ["--api", options.api])
      .concat(Option.isSome(options.resources) ? ["--resources", quoted(options.resources.value)] : [])
      .concat(options.mode === "auto" ? [] : ["--mode", options.mode])
      .concat(Option.isSome(options.patients) ? ["--patients", quoted(options.patients.value)] : [])
      .concat(Option.isSome(options.filter) ? ["--filter", quoted(options.filter.value)] : [])
      .concat(Option.isSome(options.since) ? ["--since", quoted(options.since.value)] : [])
      .concat(Option.isSome(options.previous) ? ["--previous", quoted(options.previous.value)] : [])
      .concat(options.deletions ? ["--deletions"] : [])
      .concat(Option.isSome(options.baseUrl) ? ["--base-url", quoted(options.baseUrl.value)] : [])
      .concat(Option.isSome(options.secretFile) ? ["--secret-file", quoted(options.secretFile.value)] : [])
      .join(" ")
    const retry = options.retryFailed ? yield* failuresIn(options.out) : undefined
    const goOn = output.note(`Nothing that is in the folder is lost. Go on with: ${again}`)

    const watch: Watch = (events) =>
      Effect.scoped(
        Effect.gen(function* () {
          const show = yield* Progress.display
          return yield* events.pipe(
            Stream.tap((event) => Effect.zipRight(show(event), options.jsonLines ? output.result(Progress.jsonOf(event)) : Effect.void)),
            Stream.runLast,
            Effect.tapError(() => goOn),
            Effect.onInterrupt(() => goOn)
          )
        })
      )
    const last = yield* run(watch, retry)
    if (Option.isNone(last) || last.value._tag !== "Finished") return yield* Effect.dieMessage("an export without an end")
    const { summary } = last.value
    const records = Progress.counted(
      summary.kinds.reduce((sum, kind) => sum + kind.records, 0),
      "record"
    )
    if (options.json) yield* output.result(JSON.stringify(summary))
    const seen = summary.kinds.filter(({ verdict }) => verdict === "bestEffort").map(({ name }) => name)
    if (seen.length > 0) yield* output.note(`read as well as their lists allow, which do not show that they are whole: ${seen.join(", ")}`)
    const removed = Math.max(0, ...summary.kinds.map(({ removedDuringExport }) => removedDuringExport))
    if (removed > 0) yield* output.note(`removed while they were read: ${Progress.counted(removed, "patient or encounter")}, or more`)
    if (summary.complete) {
      const files = summary.kinds.reduce((sum, kind) => sum + kind.files.length, 0)
      const sentence = `complete: ${records} in ${Progress.counted(files, "file")}, out: ${options.out}`
      return yield* options.json || options.jsonLines ? output.note(sentence) : output.result(sentence)
    }
    const missing = summary.kinds.filter(({ verdict }) => !Manifest.isThere(verdict)).map(({ name, verdict }) => `${name} (${verdict})`)
    const sentence = `not complete: ${records}, but not all of ${missing.join(", ")}. Go on with: ${again}`
    return yield* new Failure.Failure({ exitCode: exitCodeOf(summary), sentence })
  }).pipe(Effect.mapError(Failure.of))
).pipe(
  Flags.heeded,
  Command.withDescription(
    "Write every record to NDJSON files. WELKIN_TENANT, WELKIN_INSTANCE, WELKIN_API_CLIENT and WELKIN_SECRET_KEY say whose. " +
      "Stopped in the middle, the same command goes on."
  )
)
