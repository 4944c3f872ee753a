import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { BadArgument, SystemError } from "@effect/platform/Error"
import * as FileSystem from "@effect/platform/FileSystem"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Folder from "../../src/export/Folder.js"
import { temporaryFolder } from "../support/folder.js"
import * as CrashFs from "./crashFs.js"

/** A folder on the disk of this machine, and where it is. */
const taken = Effect.gen(function* () {
  const out = yield* temporaryFolder
  return { out, folder: yield* Folder.take(out) }
})

const bytes = (text: string) => new TextEncoder().encode(text)

const textIn = <E>(stream: Stream.Stream<Uint8Array, E>) => Stream.mkString(Stream.decodeText(stream))

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** The text of a file; undefined where there is none. */
const textOf = (folder: Folder.Folder, name: string) => Effect.map(folder.readText(name), Option.getOrUndefined)

/** What an error says, as far as it is a disk's. */
const said = (error: Folder.DiskError | Folder.FolderRefused) =>
  error._tag === "DiskError" ? ([error.doing, error.name, error.code] as const) : [error.reason]

const steps = (): CrashFs.Steps => ({ done: 0, powerFailsAfter: Number.POSITIVE_INFINITY })

describe("a folder that is taken", () => {
  it.scoped("is nobody else's to read, whether it was there or not", () =>
    Effect.gen(function* () {
      const parent = yield* temporaryFolder
      yield* Folder.take(join(parent, "a", "b"))
      assert.strictEqual(modeOf(join(parent, "a", "b")), "700")
      mkdirSync(join(parent, "c"))
      chmodSync(join(parent, "c"), 0o755)
      assert.strictEqual((yield* Folder.take(join(parent, "c"))).path, join(parent, "c"))
      assert.strictEqual(modeOf(join(parent, "c")), "700")
    }).pipe(Effect.provide(NodeContext.layer))
  )

  it.scoped("is empty, holds an export, or what a crash left before there was one", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      for (const name of ["lock", "lock.1.a"]) {
        writeFileSync(join(out, name), "")
        yield* Folder.take(out)
      }
      writeFileSync(join(out, "something"), "")
      chmodSync(out, 0o755)
      const error = yield* Effect.flip(Folder.take(out))
      assert.strictEqual(error._tag, "FolderRefused")
      assert.include(error.message, "it is not empty and holds no export")
      assert.strictEqual(modeOf(out), "755")
      writeFileSync(join(out, Folder.journalName), "")
      yield* Folder.take(out)
    }).pipe(Effect.provide(NodeContext.layer))
  )

  it.scoped("cannot be a file; one that is opened must be there", () =>
    Effect.gen(function* () {
      const out = yield* temporaryFolder
      writeFileSync(join(out, "file"), "")
      assert.deepStrictEqual(said(yield* Effect.flip(Folder.take(join(out, "file")))), ["prepare", "the folder", "EEXIST"])
      assert.deepStrictEqual(said(yield* Effect.flip(Folder.open(join(out, "none")))), ["read", "the folder", "ENOENT"])
      assert.strictEqual((yield* Folder.open(out)).path, out)
      assert.deepStrictEqual(readdirSync(out), ["file"])
    }).pipe(Effect.provide(NodeContext.layer))
  )
})

describe("the files of a folder", () => {
  it.scoped("are begun once, are private, and grow at their end", () =>
    Effect.gen(function* () {
      const { folder, out } = yield* taken
      const file = yield* folder.create("a/b/part")
      yield* file.append(bytes("one"))
      yield* file.append(bytes("two"))
      yield* file.append(bytes(""))
      yield* file.sync
      assert.strictEqual(readFileSync(join(out, "a/b/part"), "utf8"), "onetwo")
      assert.deepStrictEqual([modeOf(join(out, "a/b")), modeOf(join(out, "a/b/part"))], ["700", "600"])
      assert.deepStrictEqual(said(yield* Effect.flip(folder.create("a/b/part"))), ["prepare", "a/b/part", "EEXIST"])
      const again = yield* folder.reopen("a/b/part", 4)
      yield* again.append(bytes("hree"))
      assert.strictEqual(readFileSync(join(out, "a/b/part"), "utf8"), "onethree")
      assert.deepStrictEqual(said(yield* Effect.flip(folder.reopen("a/none", 0))), ["prepare", "a/none", "ENOENT"])
    }).pipe(Effect.provide(NodeContext.layer))
  )

  it.scoped("are replaced whole, are renamed, and are removed where they are there", () =>
    Effect.gen(function* () {
      const { folder, out } = yield* taken
      writeFileSync(join(out, "list.tmp"), "what a crash left")
      yield* folder.replace("list", "first")
      yield* folder.replace("list", "täglich")
      assert.strictEqual(readFileSync(join(out, "list"), "utf8"), "täglich")
      yield* folder.rename("list", "c/list")
      assert.deepStrictEqual(yield* folder.names, ["c/list"])
      assert.strictEqual(modeOf(join(out, "c")), "700")
      yield* folder.remove("c/list")
      yield* folder.remove("c/list")
      assert.isFalse(existsSync(join(out, "c/list")))
      assert.deepStrictEqual(said(yield* Effect.flip(folder.rename("none", "d"))), ["rename", "d", "ENOENT"])
      assert.strictEqual((yield* Effect.flip(folder.remove("c"))).doing, "remove")
    }).pipe(Effect.provide(NodeContext.layer))
  )

  it.scoped("get a second name where that is free", () =>
    Effect.gen(function* () {
      const { folder } = yield* taken
      yield* folder.replace("one", "1")
      yield* folder.replace("other", "2")
      assert.isTrue(yield* folder.link("one", "both"))
      assert.isFalse(yield* folder.link("other", "both"))
      assert.strictEqual(yield* textOf(folder, "both"), "1")
      assert.deepStrictEqual(said(yield* Effect.flip(folder.link("none", "third"))), ["prepare", "third", "ENOENT"])
    }).pipe(Effect.provide(NodeContext.layer))
  )

  it.scoped("are read whole or in part, and are known by length and name", () =>
    Effect.gen(function* () {
      const { folder, out } = yield* taken
      yield* folder.replace("b/part", "0123456789")
      yield* folder.replace("a", "")
      writeFileSync(join(out, "b/c"), "")
      assert.deepStrictEqual(yield* folder.names, ["a", "b/c", "b/part"])
      assert.deepStrictEqual([yield* folder.size("b/part"), yield* folder.size("a"), yield* folder.size("none")], [10, 0, undefined])
      assert.strictEqual(yield* textIn(folder.read("b/part")), "0123456789")
      assert.strictEqual(yield* textIn(folder.read("b/part", { offset: 2, bytes: 3 })), "234")
      assert.strictEqual(yield* textIn(folder.read("b/part", { offset: 0, bytes: 1 })), "0")
      assert.deepStrictEqual(said(yield* Effect.flip(Stream.runDrain(folder.read("none")))), ["read", "none", "ENOENT"])
      assert.deepStrictEqual([yield* textOf(folder, "a"), yield* textOf(folder, "none")], ["", undefined])
      assert.deepStrictEqual(said(yield* Effect.flip(folder.readText("b"))), ["read", "b", "EISDIR"])
    }).pipe(Effect.provide(NodeContext.layer))
  )

  it.scoped("are no links, nor in directories that are", () =>
    Effect.gen(function* () {
      const { folder, out } = yield* taken
      const elsewhere = yield* temporaryFolder
      writeFileSync(join(elsewhere, "target"), "theirs")
      symlinkSync(elsewhere, join(out, "there"))
      symlinkSync(join(elsewhere, "target"), join(out, "file"))
      symlinkSync(join(elsewhere, "new"), join(out, "list.tmp"))
      yield* folder.replace("mine", "mine")
      for (const name of ["there/target", "file"]) {
        const refused = [Effect.scoped(folder.create(name)), Effect.scoped(folder.reopen(name, 0)), folder.rename("mine", name)]
        for (const attempt of refused) assert.deepStrictEqual(said(yield* Effect.flip(attempt)), ["prepare", name, "ELOOP"])
      }
      // the link itself goes, and not what it leads to
      yield* folder.replace("list", "mine")
      assert.deepStrictEqual(readdirSync(elsewhere), ["target"])
      assert.strictEqual(readFileSync(join(elsewhere, "target"), "utf8"), "theirs")
    }).pipe(Effect.provide(NodeContext.layer))
  )
})

describe("a power cut", () => {
  it.effect("takes no file that was synced, wherever it is, nor the name it was given", () =>
    Effect.gen(function* () {
      const disk = CrashFs.empty()
      yield* Effect.gen(function* () {
        const folder = yield* Folder.take(CrashFs.root)
        const file = yield* folder.create("a/part.tmp")
        yield* file.append(bytes("1"))
        yield* file.sync
        yield* file.append(bytes("2"))
        yield* folder.replace("b/list", "list")
        yield* folder.rename("b/list", "c/list")
      }).pipe(Effect.scoped, Effect.provide(CrashFs.layer(disk, steps())))
      const folder = yield* Folder.open(CrashFs.root).pipe(Effect.provide(CrashFs.layer(CrashFs.afterPowerCut(disk, "nothing"), steps())))
      assert.deepStrictEqual(yield* folder.names, ["a/part.tmp", "c/list"])
      assert.deepStrictEqual([yield* textOf(folder, "a/part.tmp"), yield* textOf(folder, "c/list")], ["1", "list"])
    })
  )
})

describe("a process that is killed", () => {
  const making = (disk: CrashFs.Disk, powerFailsAfter: number) =>
    Effect.gen(function* () {
      const folder = yield* Folder.take(CrashFs.root)
      for (const name of ["files/ab/one", "files/cd/one"]) {
        yield* folder.remove(name)
        const file = yield* folder.create(name)
        yield* file.append(bytes(name))
        yield* file.sync
      }
    }).pipe(Effect.scoped, Effect.exit, Effect.provide(CrashFs.layer(disk, { done: 0, powerFailsAfter })))

  it.effect("at any step leaves no directory behind that a power cut takes from the next one", () =>
    Effect.gen(function* () {
      for (let step = 0, whole = false; !whole; step++) {
        const disk = CrashFs.empty()
        disk.entries.set(`${CrashFs.root}/${Folder.journalName}`, { bytes: bytes(""), synced: bytes("") })
        whole = Exit.isSuccess(yield* making(disk, step))
        assert.isTrue(Exit.isSuccess(yield* making(disk, Number.POSITIVE_INFINITY)))
        const back = CrashFs.afterPowerCut(disk, "nothing")
        for (const name of ["files/ab/one", "files/cd/one"]) {
          assert.strictEqual(new TextDecoder().decode(Option.getOrThrow(CrashFs.bytesOf(back, name))), name, `step ${step}`)
        }
      }
    })
  )
})

describe("a disk that lies or fails", () => {
  /** A folder in a file system of which some operations are others. */
  const where = (changes: (sound: FileSystem.FileSystem) => Partial<FileSystem.FileSystem>) =>
    Effect.gen(function* () {
      const sound = yield* FileSystem.FileSystem
      return yield* Effect.provideService(Folder.open(CrashFs.root), FileSystem.FileSystem, { ...sound, ...changes(sound) })
    }).pipe(Effect.provide(CrashFs.layer(CrashFs.empty(), steps())))

  const failure = (reason: SystemError["reason"], cause?: unknown) =>
    new SystemError({ reason, module: "FileSystem", method: "test", cause })

  it.effect("is told by the system's code, or else by the platform's word", () =>
    Effect.gen(function* () {
      for (const [error, code] of [
        [failure("Unknown", { code: "ENOSPC" }), "ENOSPC"],
        [failure("Busy", { code: "ERR_FS_EISDIR" }), "Busy"],
        [failure("Busy", { code: "see EIO" }), "Busy"],
        [failure("Busy", { code: 5 }), "Busy"],
        [failure("Busy", {}), "Busy"],
        [failure("Busy", null), "Busy"],
        [failure("Busy", "EIO"), "Busy"],
        [failure("Busy"), "Busy"],
        [new BadArgument({ module: "FileSystem", method: "test" }), "BadArgument"]
      ] as const) {
        const fail = () => Effect.fail(error)
        const failing = { open: fail, remove: fail, stat: fail, rename: fail, link: fail, readFileString: fail }
        const folder = yield* where(() => ({ ...failing, stream: () => Stream.fail(error) }))
        const errors = yield* Effect.all([
          Effect.flip(Effect.scoped(folder.create("a"))),
          Effect.flip(folder.remove("a")),
          Effect.flip(folder.size("a")),
          Effect.flip(folder.rename("a", "b")),
          Effect.flip(folder.link("a", "b")),
          Effect.flip(folder.readText("a")),
          Effect.flip(Stream.runDrain(folder.read("a")))
        ])
        assert.deepStrictEqual(errors.map(said), [
          ["prepare", "a", code],
          ["remove", "a", code],
          ["read", "a", code],
          ["rename", "b", code],
          ["prepare", "b", code],
          ["read", "a", code],
          ["read", "a", code]
        ])
        assert.strictEqual(errors[0].message, `could not prepare a: ${code}`)
      }
    })
  )

  it.effect("is told with the directory whose names it could not sync", () =>
    Effect.gen(function* () {
      for (const [directory, name, told] of [
        [CrashFs.root, "b", "the folder"],
        [CrashFs.root, "a/b", "the folder"],
        [`${CrashFs.root}/a`, "a/b", "a"],
        [`${CrashFs.root}/a/b`, "a/b/c", "a/b"]
      ] as const) {
        const folder = yield* where((sound) => ({
          open: (path, options) => (path === directory ? Effect.fail(failure("Unknown", { code: "EIO" })) : sound.open(path, options))
        }))
        assert.deepStrictEqual(said(yield* Effect.flip(Effect.scoped(folder.create(name)))), ["sync", told, "EIO"])
      }
    })
  )

  it.effect("replaces nothing by what it did not keep", () =>
    Effect.gen(function* () {
      let lies = false
      const folder = yield* where((sound) => ({
        open: (path, options) => Effect.map(sound.open(path, options), (file) => (lies ? { ...file, writeAll: () => Effect.void } : file))
      }))
      yield* folder.replace("list", "before")
      lies = true
      assert.deepStrictEqual(said(yield* Effect.flip(folder.replace("list", "after"))), ["write", "list", "EIO"])
      assert.strictEqual(yield* textOf(folder, "list"), "before")
    })
  )

  it.effect("has no name of a file that is gone since its directory was read; other trouble is told", () =>
    Effect.gen(function* () {
      const listing = (error: SystemError) =>
        Effect.flatMap(
          where(() => ({
            readDirectory: () => Effect.succeed(["two", "gone", "one"]),
            stat: (path) => (path.endsWith("gone") ? Effect.fail(error) : Effect.succeed({ type: "File" } as FileSystem.File.Info))
          })),
          ({ names }) => names
        )
      assert.deepStrictEqual(yield* listing(failure("NotFound")), ["one", "two"])
      assert.deepStrictEqual(said(yield* Effect.flip(listing(failure("PermissionDenied")))), ["read", "the folder", "PermissionDenied"])
    })
  )
})
