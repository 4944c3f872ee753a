import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import { describe, expect, it } from "vitest"

const root = fileURLToPath(new URL("../../", import.meta.url))
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8"))
const lock = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8"))
const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean)

const entries = Object.entries<any>(manifest.exports).filter(([, target]) => target?.types !== undefined)
const source = (types: string) => types.replace("./dist/", "./src/").replace(".d.ts", ".ts")

describe("package.json", () => {
  it.each(entries)("%s is built from a source that exists", (_, target) => {
    expect(Object.keys(target)).toEqual(["types", "default"])
    expect(target.default).toBe(target.types.replace(".d.ts", ".js"))
    expect(existsSync(root + source(target.types))).toBe(true)
  })

  it("closes what is internal", () => {
    expect(manifest.exports["./internal/*"]).toBeNull()
    expect(entries.filter(([entry]) => entry.includes("internal"))).toEqual([])
  })

  it("names the entries that tsconfig.json names", () => {
    const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
    expect(config.compilerOptions.paths).toEqual(
      Object.fromEntries(entries.map(([entry, target]) => [manifest.name + entry.slice(1), [source(target.types)]]))
    )
  })

  it("runs nothing at install", () => {
    const hooks = ["install", "prepare", "prepublish", "dependencies"].flatMap((name) => [`pre${name}`, name, `post${name}`])
    expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([])
  })

  it("depends on jose alone", () => {
    expect(Object.keys(manifest.dependencies)).toEqual(["jose"])
    expect(manifest.optionalDependencies).toBeUndefined()
    expect(manifest.bundledDependencies ?? manifest.bundleDependencies).toBeUndefined()
  })

  it("is developed against the ranges its users have", () => {
    expect(manifest.devDependencies).toMatchObject(manifest.peerDependencies)
  })

  it("leaves the platform of Node to choice, and what conversions to SQLite need before Node 22", () => {
    const optional = { optional: true }
    expect(manifest.peerDependenciesMeta).toEqual({ "@effect/platform-node": optional, "node-sqlite3-wasm": optional })
  })
})

describe("package-lock.json", () => {
  it("names no registry", () => {
    expect(JSON.stringify(lock.packages)).not.toContain('"resolved"')
  })

  it("lists the binaries of every platform, else npm ci refuses it: npm run lock adds them", () => {
    const missing = Object.values<any>(lock.packages)
      .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
      .filter((name) => !(`node_modules/${name}` in lock.packages))
    expect(missing).toEqual([])
  })

  it("holds one copy of effect and of its platform", () => {
    for (const name of ["effect", "@effect/platform", "@effect/platform-node"]) {
      expect(Object.keys(lock.packages).filter((path) => path.endsWith(`node_modules/${name}`))).toEqual([`node_modules/${name}`])
    }
  })
})

describe("the repository", () => {
  it("holds on top what belongs there", () => {
    const allowed = new Set([
      "README.md",
      "CHANGELOG.md",
      "LICENSE",
      "SECURITY.md",
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      "vitest.config.ts",
      "biome.json",
      "src",
      "test",
      "scripts",
      "docs"
    ])
    const top = new Set(tracked.map((path) => path.split("/")[0]!))
    expect([...top].filter((name) => !allowed.has(name) && !name.startsWith("."))).toEqual([])
  })

  const here = root.replace(/\/$/, "").replace(/[^\w/]/g, "\\$&")
  it.skipIf(here.split("/").length < 3)("knows nothing of the machine it lies on", () => {
    const path = new RegExp(`(?<![\\w.-])${here}(?![\\w-])`)
    expect(tracked.filter((file) => existsSync(root + file) && path.test(readFileSync(root + file, "utf8")))).toEqual([])
  })
})
