import * as Args from "@effect/cli/Args"
import * as Command from "@effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import * as Encoding from "../internal/encoding.js"
import type * as Reading from "../internal/reading.js"
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

const refused = Failure.usage(
  "PATH must be a path of the API such as patients/ID or /{tenant}/{instance}/patients, with no host, no fragment and no step upwards."
)

/**
 * Takes a path apart, every segment of it a slot: the SDK encodes what fills them, and errors name the slots. A path without a
 * slash in front stands below tenant and instance.
 */
export const targetOf = (text: string): Either.Either<Target, Failure.Failure> =>
  Either.gen(function* () {
    const [path = "", search = "", ...more] = text.split("?")
    if (more.length > 0 || text.includes("#") || text.includes("\\") || /^[a-z][a-z0-9+.-]*:/i.test(path))
      return yield* Either.left(refused)
    const whole = path.startsWith("/") ? path : `/{tenant}/{instance}/${path}`
    const segments = yield* Either.try({ try: () => whole.slice(1).split("/").map(decodeURIComponent), catch: () => refused })
    if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) return yield* Either.left(refused)
    const isClients = (segment: string) => segment === "{tenant}" || segment === "{instance}"
    const slotOf = (segment: string, at: number) => (isClients(segment) ? segment : `{segment${at + 1}}`)
    const parameters = new URLSearchParams(search)
    const query = Object.fromEntries(Array.from(parameters.keys(), (name) => [name, parameters.getAll(name)]))
    const values = Object.fromEntries(segments.flatMap((segment, at) => (isClients(segment) ? [] : [[`segment${at + 1}`, segment]])))
    // a query of the same name would fill the slot
    if (Object.keys(query).some((name) => name in values)) return yield* Either.left(refused)
    return { route: `/${segments.map(slotOf).join("/")}`, path: values, query }
  })

/** Headers that say nothing about anybody. */
const shown = ["date", "content-type", "content-length", "retry-after"]

/** The text as it came, JSON or not. */
const asItCame: Reading.Read<string> = ({ text }) => Either.fromNullable(text, () => ({ reason: "Syntax" as const, places: [] }))

const path = Args.text({ name: "PATH" }).pipe(
  Args.withDescription("Such as patients/ID, below tenant and instance, or /{tenant}/{instance}/patients?page=0.")
)

export const command = Command.make("get", { path, ...Connection.options, ...Display.options }, (options) =>
  Effect.gen(function* () {
    const output = yield* Output
    const target = yield* targetOf(options.path)
    const fields = (values: object, schema: Schema.Schema.AnyNoContext) =>
      Object.fromEntries(Object.keys(values).map((name) => [name, schema]))
    const { descriptor } = WelkinClient.request("GET", target.route, {
      path: fields(target.path, Schema.String),
      query: fields(target.query, Schema.Array(Schema.String)),
      success: Schema.String
    } as {})
    const settings = yield* Connection.settings(options)
    const answer = yield* Effect.gen(function* () {
      const client = yield* WelkinClient.WelkinClient
      const call = yield* Encoding.make(descriptor)(client.slots, { ...target.path, ...target.query })
      return yield* client.execute(call, asItCame)
    }).pipe(Effect.provide(Connection.layer(settings)))
    yield* output.detail(
      [
        `GET ${target.route}: ${answer.status} after ${answer.attempts} attempt${answer.attempts === 1 ? "" : "s"}`,
        ...shown.flatMap((name) => (answer.headers[name] === undefined ? [] : [`${name}: ${answer.headers[name]}`]))
      ].join("\n")
    )
    yield* output.body(answer.value)
  }).pipe(Effect.mapError(Failure.of))
).pipe(Flags.heeded, Command.withDescription("Print what the API answers to a GET, as it came. Mind that this may be about somebody."))
