import * as Command from "@effect/cli/Command"
import * as Options from "@effect/cli/Options"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Export from "../export/Export.js"
import * as WelkinClient from "../WelkinClient.js"
import * as Failure from "./Failure.js"
import * as Http from "./http.js"
import { nearest } from "./nearest.js"
import { Output } from "./Output.js"

const names = Export.kinds.map(({ name }) => name)

const out = Options.text("out").pipe(
  Options.withAlias("o"),
  Options.withPseudoName("DIR"),
  Options.withDescription("The folder to write to. It is made if it is not there, and must be empty.")
)

const baseUrl = Options.text("base-url").pipe(
  Options.withPseudoName("URL"),
  Options.withDescription("Where the API is, instead of WELKIN_BASE_URL or the live host."),
  Options.optional
)

const resources = Options.text("resources").pipe(
  Options.withPseudoName("LIST"),
  Options.withDescription(`What to export, separated by commas: ${names.join(", ")}. Everything, if left out.`),
  Options.optional
)

const pageSize = Options.integer("page-size").pipe(
  Options.withPseudoName("N"),
  Options.withDescription("Records a page."),
  Options.withDefault(1000)
)

const json = Options.boolean("json").pipe(Options.withDescription("Print the manifest on stdout instead of a summary."))

const quiet = Options.boolean("quiet").pipe(Options.withAlias("q"), Options.withDescription("No progress."))

const chosen = (list: Option.Option<string>): Effect.Effect<ReadonlyArray<Export.Kind>, Failure.Failure> => {
  if (Option.isNone(list)) return Effect.succeed(Export.kinds)
  const wanted = list.value.split(",").map((name) => name.trim())
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const close = nearest(unknown, names)
    return Effect.fail(
      Failure.usage(
        `--resources names something unknown${close === undefined ? "" : `; did you mean "${close}"?`} There are: ${names.join(", ")}.`
      )
    )
  }
  return Effect.succeed(Export.kinds.filter(({ name }) => wanted.includes(name)))
}

const counted = (n: number, noun: string): string => `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`

/** Tells how far an export is: a line that is redrawn on a terminal, a line every ten seconds elsewhere. */
const progress = Effect.map(Output, (output) => {
  const done = new Map<string, number>()
  let told = 0
  const line = () => Array.from(done, ([kind, records]) => `${kind} ${records.toLocaleString("en-US")}`).join(" · ")
  return (event: Export.Event): Effect.Effect<void> => {
    switch (event._tag) {
      case "Started":
        for (const kind of event.kinds) done.set(kind, 0)
        return output.note(`exporting ${event.kinds.join(", ")}`)
      case "PageWritten":
        done.set(event.kind, (done.get(event.kind) ?? 0) + event.records)
        return output.isLive
          ? output.live(line())
          : Effect.flatMap(Clock.currentTimeMillis, (now) => {
              if (now - told < 10_000) return Effect.void
              told = now
              return output.note(line())
            })
      case "KindFinished":
        return output.note(`${event.kind}: ${counted(event.records, "record")}, done`)
      case "Finished":
        return Effect.void
    }
  }
})

export const command = Command.make("export", { out, baseUrl, resources, pageSize, json, quiet }, (options) =>
  Effect.gen(function* () {
    const output = yield* Output
    const kinds = yield* chosen(options.resources)
    const fromEnvironment = yield* WelkinClient.config
    const client = { ...fromEnvironment, ...Option.match(options.baseUrl, { onNone: () => ({}), onSome: (baseUrl) => ({ baseUrl }) }) }
    const tell = yield* progress
    const last = yield* Export.run({
      out: options.out,
      kinds,
      pageSize: options.pageSize,
      tenant: client.tenant,
      instance: client.instance
    }).pipe(
      Stream.tap((event) => (options.quiet ? Effect.void : tell(event))),
      Stream.runLast,
      Effect.provide(WelkinClient.layer(client).pipe(Layer.provide(Http.layer)))
    )
    if (Option.isNone(last) || last.value._tag !== "Finished") return yield* Effect.dieMessage("an export without an end")
    const { manifest } = last.value
    const sum = (of: (kind: (typeof manifest.kinds)[number]) => number) => manifest.kinds.reduce((total, kind) => total + of(kind), 0)
    yield* output.result(
      options.json
        ? JSON.stringify(manifest)
        : `complete: ${counted(
            sum((kind) => kind.records),
            "record"
          )} in ${counted(
            sum((kind) => kind.files.length),
            "file"
          )}, out: ${options.out}`
    )
  }).pipe(Effect.mapError(Failure.of))
).pipe(
  Command.withDescription(
    "Write every record to NDJSON files. WELKIN_TENANT, WELKIN_INSTANCE, WELKIN_API_CLIENT and WELKIN_SECRET_KEY say whose."
  )
)
