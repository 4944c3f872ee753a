import { beforeAll, describe, expect, it } from "vitest"
import { check, documents, extract, read, type Snippet } from "./snippets.js"

const snippets = documents().flatMap(read)

/** Two that are wrong, to see that the check would notice. */
const [wrong, wrongDocstring] = [
  ...extract("guide.md", 'One\n```ts\nimport * as Effect from "effect/Effect"\nconst n: Effect.Effect<string> = Effect.succeed(1)\n```'),
  ...extract("Module.ts", "/**\n * @example\n * ```ts\n * const n: string = 1\n * ```\n */\nexport {}")
] as [Snippet, Snippet]

let verdicts: ReadonlyMap<Snippet, ReadonlyArray<string>>
beforeAll(() => {
  verdicts = check([...snippets, wrong, wrongDocstring])
}, 180_000)

describe("every snippet compiles", () => {
  for (const snippet of snippets) {
    it(`${snippet.file}:${snippet.line}`, () => {
      expect(verdicts.get(snippet)).toEqual([])
    })
  }
})

describe("the check", () => {
  it("names the place of an error in a document", () => {
    expect(verdicts.get(wrong)).toEqual([expect.stringMatching(/^guide\.md:4:7 Type 'Effect<number/)])
  })

  it("names the place of an error in a docstring", () => {
    expect(verdicts.get(wrongDocstring)).toEqual([expect.stringMatching(/^Module\.ts:4:10 Type 'number'/)])
  })

  it("skips other languages and blocks tagged ignore", () => {
    expect(extract("guide.md", "```ts ignore\nnope(\n```\n```sh\nnpm ci\n```\n````ts\nconst fence = '```'\n````")).toEqual([
      { file: "guide.md", line: 8, code: "const fence = '```'" }
    ])
  })

  it("takes code for no docstring", () => {
    expect(extract("Module.ts", "const text = `\n```ts\nnope(\n```\n`")).toEqual([])
  })
})
