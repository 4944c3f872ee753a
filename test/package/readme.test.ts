import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { build } from "esbuild"
import { expect, it } from "vitest"

const [, program] = /```ts\n([\s\S]*?)```/.exec(readFileSync("README.md", "utf8")) ?? []

it("the README's first program runs as it stands, and prints three patients", async () => {
  expect(program).toBeDefined()
  const { outputFiles } = await build({
    stdin: { contents: program!, loader: "ts", resolveDir: process.cwd() },
    bundle: true,
    write: false,
    platform: "node",
    format: "esm"
  })
  const folder = await mkdtemp(join(tmpdir(), "welkin-readme-"))
  try {
    const file = join(folder, "program.mjs")
    await writeFile(file, outputFiles[0]!.text)
    const { stdout } = await promisify(execFile)(process.execPath, [file])
    expect(stdout.trim().split("\n")).toHaveLength(3)
    expect(stdout).toMatch(/^[0-9a-f-]{36}: \S/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
