import * as Options from "@effect/cli/Options"
import * as FileSystem from "@effect/platform/FileSystem"
import * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as LegacyClient from "../v1/LegacyClient.js"
import * as WelkinClient from "../WelkinClient.js"
import * as Failure from "./Failure.js"
import * as Input from "./Input.js"

/** Where a secret can stand: in a variable, or in a file that another one names. */
export interface Places {
  readonly key: string
  readonly file: string
}

const placesOf = (key: string): Places => ({ key, file: `${key}_FILE` })

/** Those of the current API. */
export const current = placesOf(WelkinClient.variables.secretKey)

/** The same of the legacy API. */
export const legacy = placesOf(LegacyClient.variables.clientSecret)

export const option = Options.text("secret-file").pipe(
  Options.withPseudoName("FILE"),
  Options.withDescription(
    `A file with the secret key that nobody else may read, or - for stdin. Else ${current.key} or ${current.file}; with --api v1 ${legacy.key} or ${legacy.file}.`
  ),
  Options.optional
)

/** What is wrong with the mode of a file that holds a secret. On Windows modes say nothing. */
export const exposed = (mode: number): string | undefined =>
  process.platform !== "win32" && (mode & 0o077) !== 0
    ? `others may read (mode ${(mode & 0o777).toString(8).padStart(4, "0")}); chmod 600 makes it yours alone`
    : undefined

/** Refuses a file that others may read. */
const guarded = Effect.fnUntraced(function* (name: string, path: string) {
  const fs = yield* FileSystem.FileSystem
  const { mode } = yield* fs.stat(path).pipe(Input.named(name))
  const problem = exposed(mode)
  if (problem !== undefined) return yield* Failure.usage(`${name} names a file that ${problem}.`)
})

/** Runs an effect with the secret key from where its user keeps it: the file of the flag, the environment, or the environment's file. */
export const provided =
  (flag: Option.Option<string>, places = current) =>
  <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E | Failure.Failure | ConfigError.ConfigError, R | FileSystem.FileSystem> =>
    Effect.gen(function* () {
      const key = yield* Config.option(Config.string(places.key))
      const file = yield* Config.option(Config.string(places.file))
      const [name, path] = Option.isSome(flag)
        ? ["--secret-file", flag.value]
        : [places.file, Option.isNone(key) ? Option.getOrUndefined(file) : undefined]
      if (path === undefined) return yield* self
      if (path !== "-") yield* guarded(name, path)
      const text = yield* Input.text(name, path)
      const secret = text.replace(/\r?\n$/, "")
      if (secret === "") return yield* Failure.usage(`${name} names a file that holds nothing.`)
      const held = ConfigProvider.fromMap(new Map([[places.key, secret]]))
      return yield* Effect.configProviderWith((rest) =>
        Effect.withConfigProvider(
          self,
          ConfigProvider.orElse(held, () => rest)
        )
      )
    })
