import { readFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Tests and examples may import the package by name: each entry of `exports` stands for its source. */
const entries = Object.entries(JSON.parse(readFileSync(file("package.json"), "utf8")).exports).flatMap(([entry, target]) =>
  typeof target === "object" && target !== null && "default" in target
    ? [
        {
          find: new RegExp(`^${`effect-welkin${entry.slice(1)}`}$`),
          replacement: file(String(target.default).replace("./dist/", "./src/").replace(/\.js$/, ".ts"))
        }
      ]
    : []
)

export default defineConfig(({ mode }) => {
  const sweep = mode === "sweep" || process.env.WELKIN_SWEEP === "1"
  return {
    resolve: { alias: entries },
    test: {
      include: ["test/**/*.test.ts"],
      globalSetup: ["test/support/command.ts"],
      setupFiles: ["test/support/setup.ts"],
      reporters: ["default", "./scripts/reporter.ts"],
      env: sweep ? { WELKIN_SWEEP: "1" } : {},
      // A process a file: tests measure memory, send signals and change the environment.
      pool: "forks",
      // Many wait for other processes, or for a moment of real time.
      maxWorkers: Math.ceil(availableParallelism() * 1.5),
      minWorkers: 1,
      testTimeout: sweep ? 1_800_000 : 30_000,
      hookTimeout: 60_000
    }
  }
})
