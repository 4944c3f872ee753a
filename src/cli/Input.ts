import type * as PlatformError from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as NodeStream from "@effect/platform-node/NodeStream"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Failure from "./Failure.js"

const stdin = NodeStream.stdin.pipe(
  Stream.decodeText(),
  Stream.mkString,
  Effect.mapError(() => Failure.usage("stdin cannot be read."))
)

/** Says which flag or variable names a file that cannot be read. The name of the file is not repeated: it may be a secret, typed there. */
export const named =
  (name: string) =>
  <A, R>(reading: Effect.Effect<A, PlatformError.PlatformError, R>): Effect.Effect<A, Failure.Failure, R> =>
    Effect.mapError(reading, (error) =>
      Failure.usage(`${name} names nothing that can be read${error._tag === "SystemError" ? ` (${error.reason})` : ""}.`)
    )

/** The text of the file that a flag or a variable names, or of stdin where it names `-`. */
export const text = (name: string, path: string): Effect.Effect<string, Failure.Failure, FileSystem.FileSystem> =>
  path === "-" ? stdin : Effect.flatMap(FileSystem.FileSystem, (fs) => fs.readFileString(path)).pipe(named(name))
