import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Simulator from "../../src/testing/Simulator.js"
import { layerServer } from "../../src/testing/server.js"
import { environment, two } from "../support/exporting.js"
import { temporaryFolder } from "../support/folder.js"
import * as Processes from "../support/process.js"

const simulated = layerServer({ seed: 1, patients: 60 })

/** Every folder and file of an export, with its mode. */
const modesOf = (out: string): ReadonlyArray<readonly [isFolder: boolean, mode: number]> =>
  ["", ...readdirSync(out, { recursive: true, encoding: "utf8" })].map((name) => {
    const stat = statSync(join(out, name))
    return [stat.isDirectory(), stat.mode & 0o777]
  })

const isRoot = process.getuid?.() === 0

describe("the disk of an export", () => {
  for (const umask of ["000", "077"]) {
    it.live(`umask ${umask}: folders are 0700 and files 0600 all the same (F77)`, () =>
      Effect.gen(function* () {
        const out = join(yield* temporaryFolder, "out")
        const { code, stderr } = yield* Processes.welkin(["export", "--out", out, ...two], {
          env: yield* environment,
          shell: `umask ${umask}`
        })
        assert.strictEqual(code, 0, stderr)
        const modes = modesOf(out)
        assert.isAbove(modes.length, 5)
        for (const [isFolder, mode] of modes) assert.strictEqual(mode, isFolder ? 0o700 : 0o600)
      }).pipe(Effect.scoped, Effect.provide(simulated))
    )
  }

  it.live("a full disk: exit 74; when there is room again the same command goes on (F81)", () =>
    Effect.gen(function* () {
      const out = join(yield* temporaryFolder, "out")
      const env = yield* environment
      const args = ["export", "--out", out, ...two, "--page-size", "20"]
      const { code, stderr } = yield* Processes.welkin(args, { env, shell: "ulimit -f 8" })
      assert.strictEqual(code, 74, stderr)
      assert.include(stderr, "EFBIG")
      assert.isFalse(existsSync(join(out, "manifest.json")))
      const again = yield* Processes.welkin(args, { env })
      assert.strictEqual(again.code, 0, again.stderr)
      assert.include(again.stderr, "there already")
      assert.strictEqual((yield* Processes.welkin(["verify", out])).code, 0)
    }).pipe(Effect.scoped, Effect.provide(simulated))
  )

  it.live.skipIf(process.platform === "win32")(
    `a folder that may not be written, ${isRoot ? "as nobody, since root may write everywhere" : "as this user"}: exit 74 before the first request (F82)`,
    () =>
      Effect.gen(function* () {
        const parent = yield* temporaryFolder
        mkdirSync(join(parent, "locked"))
        chmodSync(join(parent, "locked"), 0o555)
        chmodSync(parent, 0o755)
        const { code, stderr } = yield* Processes.welkin(["export", "--out", join(parent, "locked", "out")], {
          env: yield* environment,
          ...(isRoot ? { uid: 65534 } : {})
        })
        assert.strictEqual(code, 74, stderr)
        assert.include(stderr, "EACCES")
        assert.deepStrictEqual(yield* (yield* Simulator.Simulator).journal, [])
      }).pipe(Effect.scoped, Effect.provide(simulated))
  )
})
