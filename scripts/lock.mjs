// npm run lock: completes package-lock.json after an install from a registry that does not have every platform's binaries.
//
// Such a registry (a company's mirror, say) makes npm leave those optional packages out of the lock file, and `npm ci` then
// refuses the file everywhere. Their versions are pinned by the packages that want them, and their names say what they run on.
import { readFileSync, writeFileSync } from "node:fs"

const file = new URL("../package-lock.json", import.meta.url)
const lock = JSON.parse(readFileSync(file, "utf8"))

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"]
const processors = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64"]

/**
 * @param {string} name
 * @param {string} version
 * @param {{ dev?: boolean, license?: string }} parent
 */
const entry = (name, version, parent) => {
  const words = name.replace(/^@[^/]+\//, "").split("-")
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.includes(processor))
  if (os.length !== 1 || cpu.length !== 1 || !/^\d+\.\d+\.\d+\S*$/.test(version)) throw new Error(`what is ${name}@${version}?`)
  const libc = words.some((word) => word.startsWith("musl")) ? ["musl"] : words.some((word) => word.startsWith("gnu")) ? ["glibc"] : []
  return {
    version,
    cpu,
    ...(parent.dev ? { dev: true } : {}),
    ...(os[0] === "linux" && libc.length > 0 ? { libc } : {}),
    ...(parent.license === undefined ? {} : { license: parent.license }),
    optional: true,
    os
  }
}

for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    lock.packages[`node_modules/${name}`] ??= entry(name, version, parent)
  }
}
const [[, own] = [], ...others] = Object.entries(lock.packages)
others.sort(([a], [b]) => a.localeCompare(b, "en"))
lock.packages = { "": own, ...Object.fromEntries(others) }
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
