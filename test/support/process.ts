import { type ChildProcess, spawn } from "node:child_process"
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
  readonly cwd?: string
  readonly uid?: number
  /** A shell prefix such as `ulimit -f 1`. */
  readonly shell?: string
  /** A shell redirection such as `>/dev/full`. */
  readonly redirect?: string
  /** What stands on stdin; nothing, if left out. */
  readonly stdin?: string
  /** Called with every piece of stderr: a test may answer with a signal. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
  /** Called once the process runs. */
  readonly onSpawn?: (child: ChildProcess) => void
}

/** Runs the bundled command with nothing of this process's environment but the path. */
export const welkin = (args: ReadonlyArray<string>, options: Options = {}): Effect.Effect<Ended> =>
  Effect.async((resume) => {
    const bundle = inject("welkin") ?? "the command could not be bundled"
    const argv = [process.execPath, bundle, ...args]
    const { redirect = "", shell } = options
    const script = `${shell === undefined ? "" : `${shell}; `}exec "$@" ${redirect}`
    const [file, ...rest] = shell === undefined && redirect === "" ? argv : ["bash", "-c", script, "bash", ...argv]
    const child = spawn(file!, rest, {
      env: { PATH: process.env.PATH ?? "", ...options.env },
      stdio: [options.stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.uid === undefined ? {} : { uid: options.uid })
    })
    let stdout = ""
    let stderr = ""
    child.stdin?.end(options.stdin)
    child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
    })
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
      options.onStderr?.(text, (signal) => child.kill(signal))
    })
    child.once("spawn", () => options.onSpawn?.(child))
    child.once("close", (code, signal) => resume(Effect.succeed({ code, signal, stdout, stderr })))
    return Effect.sync(() => child.kill("SIGKILL"))
  })
