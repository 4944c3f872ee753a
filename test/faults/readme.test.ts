/** README.md of this directory promises tests: they are there, for each promise and each fault. */
import { existsSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"

const here = new URL("./", import.meta.url)
const readme = readFileSync(new URL("README.md", here), "utf8")

const rows = readme.split("\n").flatMap((line) => {
  const id = /^\| ([PF]\d+) \|/.exec(line)?.[1]
  return id === undefined ? [] : [[id, line] as const]
})

const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n + 1}`)

describe("The tables of faults/README.md", () => {
  it("have a row for each promise and each fault, in order", () => {
    assert.deepEqual(
      rows.map(([id]) => id),
      [...numbered("P", 30), ...numbered("F", 76)]
    )
  })

  it.each(rows)("%s names tests that are there", (_, line) => {
    const named = [...line.matchAll(/`([\w./-]+)` › (.+?)(?=<br>| \|)/g)]
    assert.isNotEmpty(named)
    for (const [, path, title] of named) {
      const file = new URL(`../${path}.test.ts`, here)
      assert.isTrue(existsSync(file), path)
      assert.include(readFileSync(file, "utf8"), title!, path)
    }
  })
})
