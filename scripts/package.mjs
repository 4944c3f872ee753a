// npm run package: checks what would be published, as its users would get it. Packs twice, from two builds; looks at what is
// inside; installs it in an empty folder; loads, type-checks, runs and bundles it there. Needs the npm cache or the network.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = fileURLToPath(new URL("..", import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))

/** The largest the package may become, in bytes, before somebody asks why. */
const budget = { packed: 2_000_000, unpacked: 10_000_000, browser: 850_000 }

/** Entries that only Node has use for, or that need the optional peer. */
const nodeOnly = new Set(["./testing/server", "./export"])

const entries = Object.keys(manifest.exports).filter((entry) => manifest.exports[entry]?.types !== undefined)
const portable = entries.filter((entry) => !nodeOnly.has(entry)).map((entry) => manifest.name + entry.slice(1))

/**
 * @param {boolean} condition
 * @param {string} otherwise
 */
const ensure = (condition, otherwise) => {
  if (!condition) throw new Error(otherwise)
}

/**
 * Runs a program to its end; what it says is shown only if it fails.
 *
 * @param {string} cwd
 * @param {string} command
 * @param {ReadonlyArray<string>} args
 */
const run = (cwd, command, args) => {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
  } catch (error) {
    const { stdout = "", stderr = "" } = /** @type {{ stdout?: string, stderr?: string }} */ (error)
    throw new Error(`${basename(command)} failed\n${stdout}${stderr}`)
  }
}

/** @param {string} name */
const installed = (name) => join(root, "node_modules/.bin", name)

/**
 * @param {string} folder
 * @returns {{ file: string, integrity: string, size: number, unpackedSize: number, files: Array<{ path: string, mode: number }> }}
 */
const pack = (folder) => {
  mkdirSync(folder)
  run(root, process.execPath, ["scripts/build.mjs"])
  const [report] = JSON.parse(run(root, "npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder]))
  return { ...report, file: join(folder, report.filename) }
}

/**
 * @param {ReturnType<typeof pack>} first
 * @param {ReturnType<typeof pack>} second
 */
const same = (first, second) => {
  ensure(first.integrity === second.integrity, "they give different packages")
  return "one package"
}

/**
 * @param {string} name
 * @param {ReadonlyArray<string>} args
 */
const quiet = (name, args) => {
  run(root, installed(name), args)
  return "clean"
}

/** @param {ReturnType<typeof pack>} tarball */
const contents = ({ files, size, unpackedSize }) => {
  const paths = new Set(files.map(({ path }) => path))
  const top = [...new Set([...paths].map((path) => path.split("/")[0]))].sort()
  ensure(top.join(" ") === "CHANGELOG.md LICENSE README.md dist package.json src", `the package holds on top: ${top.join(" ")}`)
  const modules = [...paths].filter((path) => /^src\/.*\.ts$/.test(path) && !path.startsWith("src/cli/"))
  const wanted = [
    ...modules.flatMap((path) =>
      ["js", "js.map", "d.ts", "d.ts.map"].map((extension) => path.replace(/^src(.*)ts$/, `dist$1${extension}`))
    ),
    ...Object.values(manifest.bin),
    "dist/bin/THIRD-PARTY-LICENSES.txt"
  ]
  const missing = wanted.filter((path) => !paths.has(path))
  ensure(missing.length === 0, `not in the package: ${missing.join(" ")}`)
  const known = new Set(wanted)
  const strangers = [...paths].filter((path) => path.startsWith("dist/") && !known.has(path))
  ensure(strangers.length === 0, `in the package, and made from nothing: ${strangers.join(" ")}`)
  for (const bin of Object.values(manifest.bin)) {
    ensure(((files.find(({ path }) => path === bin)?.mode ?? 0) & 0o111) !== 0, `${bin} is not executable`)
  }
  ensure(size <= budget.packed, `${size} bytes packed, over the budget of ${budget.packed}`)
  ensure(unpackedSize <= budget.unpacked, `${unpackedSize} bytes unpacked, over the budget of ${budget.unpacked}`)
  return `${paths.size} files, ${size} bytes packed, ${unpackedSize} unpacked`
}

/** What the command carries inside it, whoever wrote it: a new name here is a decision, not an accident. */
const carried = readFileSync(join(root, "scripts/bundled.txt"), "utf8").split("\n").filter(Boolean)

const supplyChain = () => {
  const notices = readFileSync(join(root, "dist/bin/THIRD-PARTY-LICENSES.txt"), "utf8")
  const found = [...new Set([...notices.matchAll(/^(\S+) \d+\.\d+\.\d+\S*\n-+$/gm)].map(([, name]) => String(name)))].sort()
  const strangers = found.filter((name) => !carried.includes(name)).concat(carried.filter((name) => !found.includes(name)))
  ensure(strangers.length === 0, `scripts/bundled.txt and the command disagree about: ${strangers.join(" ")}`)
  /** @type {{ components: ReadonlyArray<{ name: string, group?: string, scope?: string }> }} */
  const { components } = JSON.parse(
    run(root, "npm", ["sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--omit", "peer", "--omit", "optional"])
  )
  const names = components.map(({ group, name }) => (group ? `${group}/${name}` : name))
  ensure(names.join(" ") === "jose", `installed with the package: ${names.join(" ")}`)
  return `jose is installed, ${found.length} packages are inside the command`
}

/**
 * Only the package by name, and its peers as npm chooses them: what a newcomer types.
 *
 * @param {string} folder
 * @param {string} tarball
 */
const install = (folder, tarball) => {
  mkdirSync(folder)
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }))
  run(folder, "npm", ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball])
  const names = readdirSync(join(folder, "node_modules")).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(folder, "node_modules", name)).map((inner) => `${name}/${inner}`) : [name]
  )
  ensure(!names.includes("@effect/platform-node"), "the optional peer came uninvited")
  return `${names.filter((name) => !name.startsWith(".")).length} packages`
}

/** Runs before what is loaded, and lets nothing out of the process or onto a disk. */
const guard = `
import childProcess from "node:child_process"
import dgram from "node:dgram"
import dns from "node:dns"
import fs from "node:fs"
import net from "node:net"
import { syncBuiltinESMExports } from "node:module"
const closed = (holder, names) => {
  for (const name of names) holder[name] = () => { throw new Error("importing it calls " + name) }
}
closed(net.Socket.prototype, ["connect"])
closed(net.Server.prototype, ["listen"])
closed(dgram, ["createSocket"])
closed(dns, ["lookup", "resolve"])
closed(dns.promises, ["lookup", "resolve"])
closed(childProcess, ["spawn", "exec", "execFile", "fork", "spawnSync", "execSync", "execFileSync"])
const writes = /^(write|append|mkdir|mkdtemp|rename|rm|unlink|symlink|link|truncate|copy|cp|chmod|chown|create)/
for (const holder of [fs, fs.promises]) closed(holder, Object.keys(holder).filter((name) => writes.test(name) && typeof holder[name] === "function"))
closed(globalThis, ["fetch", "setInterval", "setTimeout"])
syncBuiltinESMExports()
`

/** @param {string} folder */
const load = (folder) => {
  writeFileSync(join(folder, "load.mjs"), portable.map((entry) => `await import(${JSON.stringify(entry)})\n`).join(""))
  writeFileSync(join(folder, "guard.mjs"), guard)
  run(folder, process.execPath, ["--import", "./guard.mjs", "load.mjs"])
  writeFileSync(
    join(folder, "closed.mjs"),
    `await import("${manifest.name}/internal/time").then(() => process.exit(1), ({ code }) => process.exit(code === "ERR_PACKAGE_PATH_NOT_EXPORTED" ? 0 : 1))`
  )
  run(folder, process.execPath, ["closed.mjs"])
  return portable.join(" ")
}

/** @param {string} folder */
const command = (folder) => {
  const bin = join(folder, "node_modules/.bin/welkin")
  const version = run(folder, bin, ["--version"]).trim()
  ensure(version.includes(manifest.version), `welkin --version says ${version}`)
  run(folder, bin, ["--help"])
  return version
}

/**
 * Types of ours are checked too, not skipped as those of libraries mostly are.
 *
 * @param {string} folder
 */
const typeCheck = (folder) => {
  writeFileSync(join(folder, "consumer.ts"), portable.map((entry, index) => `export * as m${index} from "${entry}"\n`).join(""))
  const compilerOptions = { noEmit: true, strict: true, exactOptionalPropertyTypes: true, target: "es2022", module: "nodenext", types: [] }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }))
  run(folder, installed("tsc"), ["-p", "."])
  return "types hold, libraries included"
}

/** @param {string} folder */
const browser = async (folder) => {
  const sizes = []
  for (const entry of portable) {
    const { outputFiles } = await build({
      stdin: { contents: `export * from "${entry}"`, resolveDir: folder },
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      platform: "browser",
      logLevel: "silent"
    })
    const size = outputFiles[0]?.contents.length ?? 0
    ensure(size > 0 && size <= budget.browser, `${entry} bundles to ${size} bytes, over the budget of ${budget.browser}`)
    sizes.push(`${entry} ${size}`)
  }
  return `bytes minified, Effect included: ${sizes.join(", ")}`
}

let failed = false

/**
 * @param {string} name
 * @param {() => string | Promise<string>} verdict
 */
const check = async (name, verdict) => {
  try {
    console.error(`${name}: ${await verdict()}`)
  } catch (error) {
    failed = true
    const reason = error instanceof Error ? error.message : String(error)
    console.error(`${name}: FAILED, ${reason.replaceAll(temporary, "")}`)
  }
}

const temporary = mkdtempSync(join(tmpdir(), "welkin-package-"))
try {
  const first = pack(join(temporary, "first"))
  const second = pack(join(temporary, "second"))
  await check("two builds", () => same(first, second))
  await check("contents", () => contents(first))
  await check("supply chain", supplyChain)
  await check("publint", () => quiet("publint", ["run", first.file, "--strict"]))
  await check("are the types wrong", () => quiet("attw", [first.file, "--profile", "esm-only"]))

  const consumer = join(temporary, "consumer")
  await check("install in an empty folder", () => install(consumer, first.file))
  await check("load", () => load(consumer))
  await check("command", () => command(consumer))
  await check("type-check", () => typeCheck(consumer))
  await check("bundle for a browser", () => browser(consumer))
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
if (failed) process.exitCode = 1
