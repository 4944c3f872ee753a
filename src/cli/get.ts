import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import type * as Endpoint from "../Endpoint.js"
import * as Encoding from "../internal/encoding.js"
import type * as Reading from "../internal/reading.js"
import * as LegacyClient from "../v1/LegacyClient.js"
import * as WelkinClient from "../WelkinClient.js"
import * as Connection from "./Connection.js"
import * as Display from "./Display.js"
import * as Failure from "./Failure.js"
import * as Flags from "./Flags.js"
import { Output } from "./Output.js"

/** A route and the input that makes it the path somebody typed. */
interface Target {
  readonly route: string
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, ReadonlyArray<string>>>
}

/** Where the paths of an API begin. What stands there is no slot of its own: the client fills it, or it is always the same. */
const roots = { v8: ["{tenant}", "{instance}"], v1: ["v1"] } as const

type Api = keyof typeof roots

const refused = (api: Api) =>
  Failure.usage(
    `PATH must be a path of the API such as patients/ID or /${roots[api].join("/")}/patients, with no host, no fragment and no step upwards.`
  )

/**
 * Takes a path apart, every segment of it a slot: the SDK encodes what fills them, and errors name the slots. A path without a
 * slash in front stands below the root.
 */
export const targetOf = (text: string, api: Api): Either.Either<Target, Failure.Failure> =>
  Either.gen(function* () {
    const root: ReadonlyArray<string> = roots[api]
    const [path = "", search = "", ...more] = text.split("?")
    if (more.length > 0 || text.includes("#") || text.includes("\\") || /^[a-z][a-z0-9+.-]*:/i.test(path))
      return yield* Either.left(refused(api))
    const whole = path.startsWith("/") ? path : `/${root.join("/")}/${path}`
    const segments = yield* Either.try({ try: () => whole.slice(1).split("/").map(decodeURIComponent), catch: () => refused(api) })
    if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) return yield* Either.left(refused(api))
    const slotOf = (segment: string, at: number) => (root.includes(segment) ? segment : `{segment${at + 1}}`)
    const parameters = new URLSearchParams(search)
    const query = Object.fromEntries(Array.from(parameters.keys(), (name) => [name, parameters.getAll(name)]))
    const values = Object.fromEntries(segments.flatMap((segment, at) => (root.includes(segment) ? [] : [[`segment${at + 1}`, segment]])))
    // a query of the same name would fill the slot
    if (Object.keys(query).some((name) => name in values)) return yield* Either.left(refused(api))
    return { route: `/${segments.map(slotOf).join("/")}`, path: values, query }
  })

/** Headers that say nothing about anybody. */
const shown = ["date", "content-type", "content-length", "retry-after"]

/** The text as it came, JSON or not. */
const asItCame: Reading.Read<string> = ({ text }) => Either.fromNullable(text, () => ({ reason: "Syntax" as const, places: [] }))

const path = Args.text({ name: "PATH" }).pipe(
  Args.withDescription("Such as patients/ID, below tenant and instance (v1: below /v1), or /{tenant}/{instance}/patients?page=0.")
)

const fields = (values: object, schema: Schema.Schema.AnyNoContext) => Object.fromEntries(Object.keys(values).map((name) => [name, schema]))

const asking = <R>(tag: Context.Tag<R, Endpoint.Client>, request: Endpoint.Constructors<R>["request"]) =>
  Effect.fnUntraced(function* ({ path, query, route }: Target) {
    const { descriptor } = request("GET", route, {
      path: fields(path, Schema.String),
      query: fields(query, Schema.Array(Schema.String)),
      success: Schema.String
    } as {})
    const client = yield* tag
    const call = yield* Encoding.make(descriptor)(client.slots, { ...path, ...query })
    return yield* client.execute(call, asItCame)
  })

const askCurrent = asking(WelkinClient.WelkinClient, WelkinClient.request)
const askLegacy = asking(LegacyClient.LegacyClient, LegacyClient.request)

export const command = Command.make("get", { path, ...Connection.options, ...Display.options }, (options) =>
  Effect.gen(function* () {
    const output = yield* Output
    const target = yield* targetOf(options.path, options.api)
    const answer = yield* options.api === "v1"
      ? Effect.provide(askLegacy(target), Connection.legacyLayer(yield* Connection.legacySettings(options)))
      : Effect.provide(askCurrent(target), Connection.layer(yield* Connection.settings(options)))
    yield* output.detail(
      [
        `GET ${target.route}: ${answer.status} after ${answer.attempts} attempt${answer.attempts === 1 ? "" : "s"}`,
        ...shown.flatMap((name) => (answer.headers[name] === undefined ? [] : [`${name}: ${answer.headers[name]}`]))
      ].join("\n")
    )
    yield* output.body(answer.value)
  }).pipe(Effect.mapError(Failure.of))
).pipe(Flags.heeded, Command.withDescription("Print what the API answers to a GET, as it came. Mind that this may be about somebody."))
