/**
 * The `welkin` command as its users get it: one bundle, made once for the whole run. A test finds it by `inject("welkin")`
 * and runs it with `process.execPath`.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type {} from "vitest"
import type { TestProject } from "vitest/node"
import { bundleCommand, hasCommand } from "../../scripts/bundle.mjs"

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the bundled command, if it could be built. */
    readonly welkin: string | undefined
  }
}

export default async (project: TestProject) => {
  if (!hasCommand()) return
  const folder = mkdtempSync(join(tmpdir(), "welkin-command-"))
  // a test runs it as another user
  chmodSync(folder, 0o755)
  const outfile = join(folder, "welkin.mjs")
  try {
    await bundleCommand(outfile)
    project.provide("welkin", outfile)
  } catch {
    // esbuild has said why. It fails the tests that run the command, not those of everything else.
  }
  return () => rmSync(folder, { recursive: true, force: true })
}
