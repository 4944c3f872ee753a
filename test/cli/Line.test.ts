import { assert, describe, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Line from "../../src/cli/Line.js"
import { runs } from "../support/runs.js"

const flag = (name: string, takes?: string, ...more: ReadonlyArray<string>): Line.Flag => ({
  name,
  spellings: [...more, `--${name}`],
  takes
})

const out = flag("out", "DIR", "-o")
const quiet = flag("quiet", undefined, "-q")
const dryRun = flag("dry-run", undefined, "-n")
const progress = flag("progress", "auto | bar | none")
const grammar: Line.Grammar = new Map([
  ["export", [out, quiet, dryRun, progress]],
  ["verify", [quiet]]
])

const sentence = (...args: ReadonlyArray<string>): string =>
  Either.match(Line.read(grammar, args), { onLeft: (failure) => failure.sentence, onRight: () => "nothing is wrong" })

describe("the command line", () => {
  it("options, words and the command may stand in any order, and options be written as people write them", () => {
    const line = {
      command: "export",
      options: [
        { flag: out, value: "a b" },
        { flag: quiet, value: undefined }
      ],
      words: ["w"]
    }
    for (const args of [
      ["export", "--out", "a b", "--quiet", "w"],
      ["export", "w", "-o", "a b", "-q"],
      ["--out=a b", "export", "-q", "w"],
      ["--out", "a b", "-q", "export", "--", "w"]
    ]) {
      assert.deepStrictEqual(Line.read(grammar, args), Either.right(line), args.join(" "))
    }
    const both = Line.read(grammar, ["export", "-qn"])
    assert.deepStrictEqual(Either.isRight(both) && both.right.options.map((option) => option.flag), [quiet, dryRun])
    assert.deepStrictEqual(
      Line.read(grammar, ["verify", "-", "--", "--quiet"]),
      Either.right({ command: "verify", options: [], words: ["-", "--quiet"] })
    )
  })

  it("what is wrong is named, with what was probably meant", () => {
    assert.include(sentence("exprot"), 'did you mean "export"?')
    assert.include(sentence("-q"), '"welkin" needs a command: export, verify.')
    assert.include(sentence("export", "--uot", "x"), 'no such option --uot; did you mean "--out"? Try: welkin export --help')
    assert.include(sentence("verify", "--out", "x"), "no such option --out.")
    assert.include(sentence("export", "-o"), "--out needs a value: DIR.")
    assert.include(sentence("export", "-q", "--quiet"), "--quiet is given twice.")
    assert.include(sentence("export", "--quiet=yes"), "--quiet takes no value.")
    assert.include(sentence("export", "--progress", "often"), "--progress must be one of auto, bar, none.")
  })

  it("what was read is written so that it reads the same", () => {
    const options = FastCheck.uniqueArray(FastCheck.constantFrom(out, quiet, dryRun), { maxLength: 3 })
    FastCheck.assert(
      FastCheck.property(options, FastCheck.string(), FastCheck.array(FastCheck.string()), (flags, value, words) => {
        const line = { command: "export", options: flags.map((one) => ({ flag: one, value: one.takes && value })), words }
        assert.deepStrictEqual(Line.read(grammar, Line.write(line)), Either.right(line))
      }),
      { numRuns: runs({ test: 200, sweep: 10_000 }) }
    )
  })

  it("no sentence repeats a value", () => {
    const canary = FastCheck.constantFrom(
      "CANARY",
      "-CANARY",
      "--CANARY",
      "--out=CANARY",
      "--quiet=CANARY",
      "--progress=CANARY",
      "--x-y=CANARY"
    )
    const word = FastCheck.oneof(canary, FastCheck.constantFrom("export", "verify", "--out", "-o", "-q", "--progress", "--"))
    FastCheck.assert(
      FastCheck.property(FastCheck.array(word, { maxLength: 8 }), (args) => {
        assert.notInclude(sentence(...args), "CANARY")
      }),
      { numRuns: runs({ test: 500, sweep: 10_000 }) }
    )
  })
})
