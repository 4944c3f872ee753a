import * as FileSystem from "@effect/platform/FileSystem"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as LegacyClient from "../v1/LegacyClient.js"
import * as WelkinClient from "../WelkinClient.js"
import * as Failure from "./Failure.js"
import type * as Line from "./Line.js"
import { nearest } from "./nearest.js"
import * as Secret from "./Secret.js"

// what other commands have in common with the export: its --out and the like are its own
const everywhere = ["api", "base-url", "secret-file", "progress", "quiet", "verbose", "no-color", "debug"]

type Environment = Readonly<Record<string, string | undefined>>

/** The file beside the work, for the whole project. */
export const projectFile = "welkin.json"

/** The file of a user, for all that they do. */
export const userFile = ({ HOME, XDG_CONFIG_HOME }: Environment): string | undefined =>
  XDG_CONFIG_HOME ? `${XDG_CONFIG_HOME}/welkin/config.json` : HOME ? `${HOME}/.config/welkin/config.json` : undefined

// whoever can put a file into a folder must not be able to send the credentials elsewhere, or to choose them
const usersOnly = ["base-url", "secret-file"]

type Api = "v8" | "v1"

/** The variables of an API's address and of its secret. */
const variablesOfApi = {
  v8: { baseUrl: WelkinClient.variables.baseUrl, secret: Secret.current },
  v1: { baseUrl: LegacyClient.variables.baseUrl, secret: Secret.legacy }
} as const

const apiOf = (value: string | boolean | undefined): Api => (value === "v1" ? "v1" : "v8")

/** What the environment says already, it says for good. */
const statedIn = (name: string, api: Api): ReadonlyArray<string> => {
  const { baseUrl, secret } = variablesOfApi[api]
  return name === "base-url" ? [baseUrl] : name === "secret-file" ? [secret.key, secret.file] : []
}

const isSecret = (key: string): boolean => /secret|token|password|credential/i.test(key) && key !== "secret-file"

const shown = (key: string): string => (/^[\w-]{1,40}$/.test(key) ? ` "${key}"` : "")

type Values = ReadonlyMap<string, string | boolean>

/** The options that can stand in a file: all of the export's. */
const settable = (grammar: Line.Grammar): ReadonlyArray<Line.Flag> =>
  Array.from(grammar).flatMap(([command, flags]) => flags.filter(({ name }) => command === "export" || everywhere.includes(name)))

/** Reads a settings file: a JSON object, each key an option of the export. What is wrong is told without any value. */
export const parse = (file: string, text: string, grammar: Line.Grammar, isProject: boolean): Either.Either<Values, Failure.Failure> => {
  const problem = (what: string) => Either.left(Failure.usage(`${file} ${what}`))
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // the engine's own message quotes the text
    return problem("is no JSON.")
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) return problem("must hold one JSON object.")
  const flags = settable(grammar)
  const names = Array.from(new Set(flags.map(({ name }) => name)))
  const values = new Map<string, string | boolean>()
  for (const [key, value] of Object.entries(json)) {
    if (isSecret(key)) return problem(`must hold no secret:${shown(key)}. Name a file of its own with --secret-file.`)
    const flag = flags.find(({ name }) => name === key)
    if (flag === undefined) {
      const meant = nearest(key, names)
      return problem(`holds an unknown key${shown(key)}${meant === undefined ? "." : `; did you mean "${meant}"?`}`)
    }
    if (isProject && usersOnly.includes(key)) return problem(`must not hold "${key}": say it in the environment or in your own settings.`)
    const isList = Array.isArray(value) && value.every((one) => typeof one === "string")
    const given = isList ? value.join(",") : typeof value === "number" ? String(value) : value
    if (typeof given !== (flag.takes === undefined ? "boolean" : "string"))
      return problem(
        `holds a key "${key}" that must be ${flag.takes === undefined ? "true or false" : "a text, a number or a list of texts"}.`
      )
    values.set(key, given as string | boolean)
  }
  return Either.right(values)
}

/**
 * Completes a command line with what the settings say and neither the line nor the environment does. `usersApi` is the API that the
 * user's own settings are about.
 */
export const complete = (
  line: Line.Line,
  grammar: Line.Grammar,
  values: Values,
  env: Environment,
  usersApi = apiOf(values.get("api"))
): Line.Line => {
  const api = apiOf(line.options.find(({ flag }) => flag.name === "api")?.value ?? values.get("api"))
  const isOpen = ({ name }: Line.Flag) =>
    // an address and a secret are those of one API
    (!usersOnly.includes(name) || api === usersApi) &&
    (line.command === "export" || everywhere.includes(name)) &&
    !line.options.some(({ flag }) => flag.name === name) &&
    !statedIn(name, api).some((variable) => env[variable])
  const added = (grammar.get(line.command) ?? []).filter(isOpen).flatMap((flag) => {
    const value = values.get(flag.name)
    if (value === undefined || value === false) return []
    return [{ flag, value: value === true ? undefined : value }]
  })
  return { ...line, options: [...line.options, ...added] }
}

/** A file that may be there. */
const readIfThere = (
  path: string,
  pardoned: ReadonlyArray<string> = ["NotFound"]
): Effect.Effect<string | undefined, Failure.Failure, FileSystem.FileSystem> =>
  Effect.flatMap(FileSystem.FileSystem, (fs) => fs.readFileString(path)).pipe(
    Effect.catchAll((error) =>
      error._tag === "SystemError" && pardoned.includes(error.reason)
        ? Effect.succeed(undefined)
        : Effect.fail(Failure.usage(`${path} is there, but cannot be read.`))
    )
  )

/** The command line with all that the files of the project and of the user add. The project's come first. */
export const completed = (
  line: Line.Line,
  grammar: Line.Grammar,
  env: Environment
): Effect.Effect<Line.Line, Failure.Failure, FileSystem.FileSystem> =>
  Effect.gen(function* () {
    const home = userFile(env)
    // the home of somebody else, as sudo leaves it behind, is no concern of this user
    const users = home === undefined ? undefined : yield* readIfThere(home, ["NotFound", "PermissionDenied"])
    const projects = yield* readIfThere(projectFile)
    const own: Values = users === undefined ? new Map() : yield* parse(home!, users, grammar, false)
    const values = new Map([...own, ...(projects === undefined ? [] : yield* parse(projectFile, projects, grammar, true))])
    return complete(line, grammar, values, env, apiOf(own.get("api")))
  })

/** The file of variables beside the work, for development. */
export const variablesFile = ".env"

const assignment = /^\s*(?:export\s+)?(WELKIN_[A-Z0-9_]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^#]*?))\s*(?:#.*)?$/

/** The variables of Welkin in such a file; those of others are passed over. */
export const variablesOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(/\r?\n/).flatMap((line): ReadonlyArray<readonly [string, string]> => {
      const found = assignment.exec(line)
      return found === null ? [] : [[found[1]!, found[2] ?? found[3] ?? found[4] ?? ""]]
    })
  )

/** Everything that the environment says, and for what it does not, the file. */
export const environment = (env: Environment): Effect.Effect<ReadonlyMap<string, string>, Failure.Failure, FileSystem.FileSystem> =>
  Effect.gen(function* () {
    const own = new Map(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
    const text = yield* readIfThere(variablesFile)
    if (text === undefined) return own
    const added = new Map(Array.from(variablesOf(text)).filter(([name]) => !own.has(name)))
    for (const { baseUrl, secret } of Object.values(variablesOfApi)) {
      if (added.has(baseUrl) && !added.has(secret.key) && !added.has(secret.file))
        return yield* Failure.usage(
          `${variablesFile} must not say ${baseUrl} without ${secret.key}: a secret goes only where its owner says.`
        )
    }
    const { mode } = yield* Effect.orDie(Effect.flatMap(FileSystem.FileSystem, (fs) => fs.stat(variablesFile)))
    const isSecret = Object.values(variablesOfApi).some(({ secret }) => added.has(secret.key))
    const problem = isSecret ? Secret.exposed(mode) : undefined
    if (problem !== undefined) return yield* Failure.usage(`${variablesFile} holds a secret that ${problem}.`)
    return new Map([...added, ...own])
  })
