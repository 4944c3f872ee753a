import * as NodeContext from "@effect/platform-node/NodeContext"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import * as Layer from "effect/Layer"
import { main } from "./main.js"
import * as Shutdown from "./Shutdown.js"

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

const unexpected = () => {
  process.stderr.write("An unexpected error ended the command. Please report it with the version and the command, without its data.\n")
}

// a process that runs out of things to do has not done what it was asked for
process.exitCode = 1
process.on("uncaughtException", () => {
  unexpected()
  process.exit(1)
})

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // somebody closed the pipe, as `| head` does: there is nobody left to tell
  if (error.code === "EPIPE") process.exit(141)
  process.stderr.write(`Disk: stdout could not be written (${error.code}).\n`)
  process.exit(74)
})
// the work goes on when nobody listens to how far it is
process.stderr.on("error", () => {})

const shutdown = Effect.runSync(Shutdown.make)

const fiber = main(process.argv, process).pipe(
  Effect.provide(Layer.merge(NodeContext.layer, Layer.succeed(Shutdown.Shutdown, shutdown))),
  Effect.runFork
)

// an interrupted command must not look like one that succeeded
let signal: keyof typeof exitCodes | undefined
for (const one of ["SIGINT", "SIGTERM"] as const) {
  process.on(one, () => {
    if (signal !== undefined) process.exit(exitCodes[signal])
    signal = one
    Effect.runFork(Effect.zipRight(shutdown.begin, Fiber.interruptAsFork(fiber, FiberId.none)))
  })
}

fiber.addObserver((exit) => {
  if (Exit.isSuccess(exit)) process.exit(exit.value)
  if (signal !== undefined) process.exit(exitCodes[signal])
  unexpected()
  process.exit(1)
})
