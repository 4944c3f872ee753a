import { spawn } from "node:child_process"
import fs, { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { syncBuiltinESMExports } from "node:module"
import os, { hostname, tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { afterEach, assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { vi } from "vitest"
import * as Folder from "../../src/export/Folder.js"
import * as Lock from "../../src/export/Lock.js"
import * as CrashFs from "./crashFs.js"

const owner = (pid: number, host = "here"): Lock.Owner => ({ host, boot: "one", pid, started: "1" })

const us = owner(1)

/** Those below a hundred are alive. */
const processes = { self: () => us, user: () => "", isAlive: ({ pid }: Lock.Owner) => pid < 100 }

const holding = <A, E>(
  disk: CrashFs.Disk,
  during: (folder: Folder.Folder) => Effect.Effect<A, E, Scope.Scope>,
  around: (folder: Folder.Folder) => Folder.Folder = (folder) => folder,
  steps: CrashFs.Steps = { done: 0, powerFailsAfter: Number.POSITIVE_INFINITY }
) =>
  Effect.flatMap(Folder.take(CrashFs.root), (folder) => Effect.zipRight(Lock.hold(around(folder)), during(folder))).pipe(
    Effect.scoped,
    Effect.provide(CrashFs.layer(disk, steps)),
    Effect.provideService(Lock.Processes, processes)
  )

const diskWith = (files: Readonly<Record<string, unknown>>): CrashFs.Disk => {
  const disk = CrashFs.empty()
  for (const [name, value] of Object.entries(files)) {
    const bytes = Buffer.from(typeof value === "string" ? value : JSON.stringify(value))
    disk.entries.set(`${CrashFs.root}/${name}`, { bytes, synced: bytes })
  }
  return disk
}

const namesOn = (disk: CrashFs.Disk): ReadonlyArray<string> =>
  [...disk.entries.keys()].filter((name) => name !== CrashFs.root).map((name) => name.slice(CrashFs.root.length + 1))

const ownerIn = (disk: CrashFs.Disk): unknown => JSON.parse(new TextDecoder().decode(Option.getOrThrow(CrashFs.bytesOf(disk, "lock"))))

describe("the lock of a folder", () => {
  it.effect("says who holds it, stands alone, and is gone with the scope", () =>
    Effect.gen(function* () {
      const disk = CrashFs.empty()
      yield* holding(disk, () =>
        Effect.sync(() => {
          assert.deepStrictEqual(namesOn(disk), ["lock"])
          assert.deepStrictEqual(ownerIn(disk), us)
        })
      )
      assert.deepStrictEqual(namesOn(disk), [])
    })
  )

  it.effect("has its owner durably in it before it stands", () =>
    Effect.gen(function* () {
      const disk = CrashFs.empty()
      const entry = yield* holding(disk, () => Effect.sync(() => disk.entries.get(`${CrashFs.root}/lock`)))
      assert.strictEqual(entry === "directory" ? "" : new TextDecoder().decode(entry?.synced), JSON.stringify(us))
    })
  )

  for (const [name, host, here, hint] of [
    ["this machine", "here", true, false],
    ["another machine", "there", false, true]
  ] as const) {
    it.effect(`of a living process on ${name} is left to it, and nothing is written`, () =>
      Effect.gen(function* () {
        const disk = diskWith({ lock: owner(7, host), "lock.9.left": owner(200) })
        // the folder itself takes one
        const steps: CrashFs.Steps = { done: 0, powerFailsAfter: 1 }
        const error = yield* Effect.flip(holding(disk, () => Effect.void, undefined, steps))
        assert.deepInclude(error, { _tag: "FolderLocked", pid: 7, host, here })
        assert.strictEqual(error.message.includes(host === "here" ? "this machine" : host), true)
        assert.strictEqual(error.message.includes('remove the file "lock"'), hint)
        assert.deepStrictEqual(namesOn(disk), ["lock", "lock.9.left"])
      })
    )
  }

  it.effect("of a dead process is taken over", () =>
    Effect.gen(function* () {
      const disk = diskWith({ lock: owner(200) })
      yield* holding(disk, () => Effect.sync(() => assert.deepStrictEqual([namesOn(disk), ownerIn(disk)], [["lock"], us])))
      assert.deepStrictEqual(namesOn(disk), [])
    })
  )

  it.effect("of a dead process whose successor died while it took over is taken over as well; one that lives is not disturbed", () =>
    Effect.gen(function* () {
      const after = diskWith({ lock: owner(200), "lock.dead": owner(201) })
      yield* holding(after, () => Effect.sync(() => assert.deepStrictEqual([namesOn(after), ownerIn(after)], [["lock"], us])))
      const busy = diskWith({ lock: owner(200), "lock.dead": owner(7) })
      assert.deepInclude(yield* Effect.flip(holding(busy, () => Effect.void)), { _tag: "FolderLocked", pid: 7, here: true })
      assert.deepStrictEqual(namesOn(busy), ["lock", "lock.dead"])
    })
  )

  it.effect("that is no lock is nobody's to take", () =>
    Effect.gen(function* () {
      const disk = diskWith({ lock: "{" })
      const error = yield* Effect.flip(holding(disk, () => Effect.void))
      assert.deepInclude(error, { _tag: "DiskError", doing: "read", name: "lock", code: "EINVAL" })
      assert.deepStrictEqual(namesOn(disk), ["lock"])
    })
  )

  /** What others do at the moment when the lock is read for the n-th time. */
  const meanwhile = (disk: CrashFs.Disk, nth: number, change: (disk: CrashFs.Disk) => void) => (folder: Folder.Folder) => {
    let reads = 0
    return {
      ...folder,
      readText: (name: string) =>
        Effect.suspend(() => {
          if (name === "lock" && ++reads === nth) change(disk)
          return folder.readText(name)
        })
    }
  }
  const put = (other: Lock.Owner) => (disk: CrashFs.Disk) => {
    for (const [name, entry] of diskWith({ lock: other }).entries) disk.entries.set(name, entry)
  }
  const removed = (disk: CrashFs.Disk) => void disk.entries.delete(`${CrashFs.root}/lock`)

  it.effect("that another takes over first is the other's", () =>
    Effect.gen(function* () {
      const disk = diskWith({ lock: owner(200) })
      const error = yield* Effect.flip(holding(disk, () => Effect.void, meanwhile(disk, 3, put(owner(7)))))
      assert.deepInclude(error, { _tag: "FolderLocked", pid: 7 })
      assert.deepStrictEqual([namesOn(disk), ownerIn(disk)], [["lock"], owner(7)])
    })
  )

  it.effect("that another takes over and gives back meanwhile is free", () =>
    Effect.gen(function* () {
      const disk = diskWith({ lock: owner(200) })
      yield* holding(
        disk,
        () => Effect.sync(() => assert.deepStrictEqual([namesOn(disk), ownerIn(disk)], [["lock"], us])),
        meanwhile(disk, 3, removed)
      )
      assert.deepStrictEqual(namesOn(disk), [])
    })
  )

  for (const [host, here] of [
    ["here", true],
    ["there", false]
  ] as const) {
    it.effect(`that another, ${host}, takes between a look and a link is the other's`, () =>
      Effect.gen(function* () {
        const disk = CrashFs.empty()
        const error = yield* Effect.flip(
          holding(
            disk,
            () => Effect.void,
            (folder) => ({
              ...folder,
              link: (from, to) =>
                Effect.suspend(() => {
                  put(owner(7, host))(disk)
                  return folder.link(from, to)
                })
            })
          )
        )
        assert.deepInclude(error, { _tag: "FolderLocked", pid: 7, host, here })
        assert.deepStrictEqual(namesOn(disk), ["lock"])
      })
    )
  }

  it.effect("that cannot be written leaves nothing behind", () =>
    Effect.gen(function* () {
      const disk = CrashFs.empty()
      const full = new Folder.DiskError({ doing: "prepare", name: "lock", code: "ENOSPC" })
      const error = yield* Effect.flip(
        holding(
          disk,
          () => Effect.void,
          (folder) => ({ ...folder, link: () => Effect.fail(full) })
        )
      )
      assert.strictEqual(error, full)
      assert.deepStrictEqual(namesOn(disk), [])
    })
  )

  it.effect("once held, sweeps away what dead processes left of taking it, and nothing else", () =>
    Effect.gen(function* () {
      const disk = diskWith({
        "lock.200.x": owner(200),
        "lock.7.x": owner(7),
        "lock.8.x": "{",
        "lock.dead": owner(201),
        "journal.ndjson": owner(200)
      })
      const others = ["lock.7.x", "lock.8.x", "journal.ndjson"]
      yield* holding(disk, () => Effect.sync(() => assert.sameMembers([...namesOn(disk)], ["lock", ...others])))
      assert.sameMembers([...namesOn(disk)], others)
    })
  )

  it("knows its files by their names", () => {
    assert.deepStrictEqual(["lock", "lock.dead", "lock.1.a", "locks", "unlock", "a/lock", ""].map(Lock.isOfLock), [
      true,
      true,
      true,
      false,
      false,
      false,
      false
    ])
  })
})

describe("processes", () => {
  afterEach(() => {
    vi.restoreAllMocks()
    syncBuiltinESMExports()
  })

  it.effect("this one is alive, a later one of its number and one of an earlier boot are not it", () =>
    Effect.gen(function* () {
      const { isAlive, self, user } = yield* Lock.Processes
      const here = self()
      assert.deepInclude(here, { host: hostname(), pid: process.pid })
      assert.match(here.boot, /^\S*$/)
      assert.strictEqual(user(), userInfo().username)
      assert.isTrue(isAlive(here))
      assert.isFalse(isAlive({ ...here, started: `${here.started}0` }))
      assert.isFalse(isAlive({ ...here, boot: `${here.boot}0` }))
      // larger than any that a kernel gives
      assert.isFalse(isAlive({ ...here, pid: 2 ** 30 }))
    })
  )

  it.effect("one of another machine may be alive, whatever is here", () =>
    Effect.gen(function* () {
      const { isAlive, self } = yield* Lock.Processes
      assert.isTrue(isAlive({ ...self(), host: "somewhere.example", pid: 2 ** 30 }))
    })
  )

  it.effect("one of another user answers, and is alive; one that does not answer is not", () =>
    Effect.gen(function* () {
      const { isAlive, self } = yield* Lock.Processes
      const here = self()
      for (const [code, expected] of [
        ["EPERM", true],
        ["ESRCH", false]
      ] as const) {
        vi.spyOn(process, "kill").mockImplementation(() => {
          throw Object.assign(new Error(code), { code })
        })
        assert.strictEqual(isAlive(here), expected)
      }
    })
  )

  it.effect("where a machine tells nothing of processes and users, the number alone counts", () =>
    Effect.gen(function* () {
      const { isAlive, self, user } = yield* Lock.Processes
      const nothing = () => {
        throw new Error("ENOENT")
      }
      vi.spyOn(fs, "readFileSync").mockImplementation(nothing)
      vi.spyOn(os, "userInfo").mockImplementation(nothing)
      syncBuiltinESMExports()
      const here = self()
      assert.deepStrictEqual(here, { host: hostname(), boot: "", pid: process.pid, started: "" })
      assert.isTrue(isAlive(here))
      assert.isFalse(isAlive({ ...here, pid: 2 ** 30 }))
      assert.strictEqual(user(), "")
    })
  )

  // what Linux tells of a process is read from a text in which its name may hold anything
  describe.skipIf(process.platform !== "linux")("on Linux", () => {
    const startOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ")[19]!

    it.live("a process is told by its start, whatever its name", () =>
      Effect.gen(function* () {
        const { isAlive, self } = yield* Lock.Processes
        const folder = mkdtempSync(join(tmpdir(), "welkin-names-"))
        symlinkSync("/bin/sleep", join(folder, "a) Z b"))
        const child = spawn(join(folder, "a) Z b"), ["20"])
        yield* Effect.addFinalizer(() =>
          Effect.sync(() => {
            child.kill("SIGKILL")
            rmSync(folder, { recursive: true })
          })
        )
        yield* Effect.promise(() => new Promise((resolve) => child.once("spawn", resolve)))
        const other = { ...self(), pid: child.pid! }
        assert.isTrue(isAlive({ ...other, started: startOf(other.pid) }))
        assert.isFalse(isAlive(other))
      }).pipe(Effect.scoped)
    )

    it.live("one that has ended and that nobody has asked after is dead", () =>
      Effect.gen(function* () {
        const { isAlive, self } = yield* Lock.Processes
        // its parent becomes a program that never asks
        const parent = spawn("/bin/sh", ["-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 20"])
        yield* Effect.addFinalizer(() => Effect.sync(() => parent.kill("SIGKILL")))
        const pid = yield* Effect.promise(
          () => new Promise<number>((resolve) => parent.stdout.once("data", (text) => resolve(Number(text))))
        )
        const child = { ...self(), pid, started: startOf(pid) }
        assert.isTrue(isAlive(child))
        parent.stdin.end()
        yield* Effect.suspend(() => (isAlive(child) ? Effect.fail("alive") : Effect.void)).pipe(
          Effect.delay("20 millis"),
          Effect.retry({ times: 200 })
        )
        // it answers still
        assert.isTrue(process.kill(pid, 0))
        assert.include(readFileSync(`/proc/${pid}/stat`, "utf8"), ") Z ")
      }).pipe(Effect.scoped)
    )
  })
})
