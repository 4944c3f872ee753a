import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import { main } from "./main.js"
import * as Output from "./Output.js"

// an interrupted command must not look like one that succeeded, and the runtime does not say which signal came
let signal: "SIGINT" | "SIGTERM" | undefined
for (const one of ["SIGINT", "SIGTERM"] as const) process.once(one, () => (signal ??= one))

// somebody closed the pipe, as `| head` does: there is nobody left to tell
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(141)
  })
}

main(process.argv).pipe(
  Effect.provide(Layer.merge(NodeContext.layer, Output.layer)),
  Effect.tapErrorCause(() =>
    Effect.sync(() =>
      process.stderr.write("An unexpected error ended the command. Please report it with the version and the command, without its data.\n")
    )
  ),
  NodeRuntime.runMain({
    disableErrorReporting: true,
    disablePrettyLogger: true,
    teardown: (exit, end) => {
      if (signal !== undefined) end(signal === "SIGINT" ? 130 : 143)
      else end(Exit.isSuccess(exit) ? (exit.value as number) : 1)
    }
  })
)
