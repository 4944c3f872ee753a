/**
 * The `welkin` command as its users get it: one bundle, made once for the whole run. A test finds it by `inject("welkin")`
 * and runs it with `process.execPath`.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type {} from "vitest"
import type { TestProject } from "vitest/node"
import { bundleCommand, hasCommand } from "../../scripts/bundle.mjs"

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the bundled command. */
    readonly welkin: string
  }
}

export default async (project: TestProject) => {
  if (!hasCommand()) return
  const folder = mkdtempSync(join(tmpdir(), "welkin-command-"))
  const outfile = join(folder, "welkin.mjs")
  await bundleCommand(outfile)
  project.provide("welkin", outfile)
  return () => rmSync(folder, { recursive: true, force: true })
}
