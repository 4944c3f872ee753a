// npm run build: the library by plain tsc (one ES module a file, with types and maps), the command by esbuild.
// With --if-needed it returns at once when dist is newer than everything it is made of.
//
// All it says goes to stderr, so that `npm run --silent endpoints` prints nothing but its answer.
import { spawnSync } from "node:child_process"
import { readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { bundleCommand, hasCommand } from "./bundle.mjs"

const root = fileURLToPath(new URL("..", import.meta.url))
const dist = join(root, "dist")
const inputs = [
  "src",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "scripts/tsconfig.build.json",
  "scripts/build.mjs",
  "scripts/bundle.mjs"
]

/**
 * When the newest file at or below the path was last changed; a folder counts, for what was deleted from it.
 *
 * @param {string} path
 * @returns {number}
 */
const changed = (path) => {
  const stat = statSync(path)
  return stat.isDirectory() ? Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => changed(join(path, name)))) : stat.mtimeMs
}

const fresh = () => {
  const built = statSync(dist, { throwIfNoEntry: false })
  return built !== undefined && inputs.every((input) => changed(join(root, input)) < built.mtimeMs)
}

// Beside dist, because source maps are relative; renamed at the end, so that nobody meets half a build.
const building = join(root, `.dist-${process.pid}`)

const build = async () => {
  const started = new Date()
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc")
  const { status } = spawnSync(process.execPath, [tsc, "-p", join(root, "scripts/tsconfig.build.json"), "--outDir", building], {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr]
  })
  if (status !== 0) throw new Error("tsc found errors")
  if (hasCommand()) await bundleCommand(join(building, "bin/welkin.js"))
  rmSync(dist, { recursive: true, force: true })
  renameSync(building, dist)
  // As old as its start: what is changed during a build is newer than its result.
  utimesSync(dist, started, started)
}

if (!(process.argv.includes("--if-needed") && fresh())) {
  try {
    await build()
  } catch (error) {
    rmSync(building, { recursive: true, force: true })
    rmSync(dist, { recursive: true, force: true })
    console.error(`build failed: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}
