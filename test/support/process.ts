import { spawn } from "node:child_process"
import * as Effect from "effect/Effect"
import { inject } from "vitest"

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Options {
  readonly env?: Readonly<Record<string, string>>
  readonly uid?: number
  /** A shell prefix such as `ulimit -f 1`. */
  readonly shell?: string
  /** Called with every piece of stderr: a test may answer with a signal. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
}

/** Runs the bundled command with nothing of this process's environment but the path. */
export const welkin = (args: ReadonlyArray<string>, options: Options = {}): Effect.Effect<Ended> =>
  Effect.async((resume) => {
    const bundle = inject("welkin") ?? "the command could not be bundled"
    const argv = [process.execPath, bundle, ...args]
    const [file, ...rest] = options.shell === undefined ? argv : ["bash", "-c", `${options.shell}; exec "$@"`, "bash", ...argv]
    const child = spawn(file!, rest, {
      env: { PATH: process.env.PATH ?? "", ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(options.uid === undefined ? {} : { uid: options.uid })
    })
    let stdout = ""
    let stderr = ""
    child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
    })
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
      options.onStderr?.(text, (signal) => child.kill(signal))
    })
    child.once("close", (code, signal) => resume(Effect.succeed({ code, signal, stdout, stderr })))
    return Effect.sync(() => child.kill("SIGKILL"))
  })
