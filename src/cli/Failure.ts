import * as ConfigError from "effect/ConfigError"
import * as Data from "effect/Data"
import type * as Folder from "../export/Folder.js"
import type * as Previous from "../export/Previous.js"
import type * as Simulator from "../testing/Simulator.js"
import type * as Server from "../testing/server.js"
import * as WelkinError from "../WelkinError.js"

/** Why the command ends without having done its work, and the code it exits with. */
export class Failure extends Data.TaggedError("Failure")<{
  readonly exitCode: number
  readonly sentence: string
  /** What `--debug` shows besides. */
  readonly facts?: string
}> {}

export const usage = (sentence: string): Failure => new Failure({ exitCode: 2, sentence })

const configuration = (error: ConfigError.ConfigError): string => {
  switch (error._op) {
    case "MissingData":
      return `${error.path.join(".")} is not set.`
    case "InvalidData":
    case "Unsupported":
    case "SourceUnavailable":
      // messages of ours name the rule; those of others could quote the value
      return `${error.path.join(".")} ${error.message.startsWith("must ") ? error.message : "has no usable value"}.`
    case "And":
    case "Or":
      return configuration(error.left)
  }
}

type Known =
  | WelkinError.WelkinError
  | Folder.DiskError
  | Folder.FolderDamaged
  | Folder.FolderLocked
  | Folder.FolderRefused
  | Previous.PreviousRefused
  | Server.CannotListen
  | Simulator.InvalidOptions
  | Failure

/** The tags of an error and of what caused it. Their messages are left out: those of a platform could quote a value. */
const tagsOf = (error: unknown): ReadonlyArray<string> => {
  if (typeof error !== "object" || error === null) return []
  const { _tag, cause, name } = error as { readonly _tag?: unknown; readonly name?: unknown; readonly cause?: unknown }
  const tag = typeof _tag === "string" ? _tag : typeof name === "string" ? name : "unknown"
  return [tag, ...(cause === error ? [] : tagsOf(cause))]
}

/** An error as JSON: what an error of the SDK tells, which is no value and no secret; of all others their tags. */
export const factsOf = (error: unknown): string => JSON.stringify(WelkinError.isWelkinError(error) ? error : { tags: tagsOf(error) })

const told = (error: Exclude<Known, Failure> | ConfigError.ConfigError): Failure => {
  if (ConfigError.isConfigError(error)) return usage(configuration(error))
  if (WelkinError.isWelkinError(error))
    return new Failure({ exitCode: WelkinError.isAuth(error) ? 77 : 1, sentence: `${error._tag}: ${error.message}.` })
  switch (error._tag) {
    case "DiskError":
      return new Failure({ exitCode: 74, sentence: `Disk: ${error.message}.` })
    case "FolderDamaged":
      return new Failure({ exitCode: 74, sentence: `The folder is damaged: ${error.message}.` })
    case "FolderLocked":
      return new Failure({ exitCode: 75, sentence: `${error.message}.` })
    case "CannotListen":
      return new Failure({ exitCode: 1, sentence: error.message })
    case "FolderRefused":
    case "PreviousRefused":
    case "InvalidOptions":
      return usage(`${error.message}.`)
  }
}

/** The sentence and the exit code of whatever can go wrong. */
export const of = (error: Known | ConfigError.ConfigError): Failure => {
  if (error instanceof Failure) return error
  const { exitCode, sentence } = told(error)
  return new Failure({ exitCode, sentence, facts: factsOf(error) })
}
