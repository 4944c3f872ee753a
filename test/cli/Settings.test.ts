import * as FileSystem from "@effect/platform/FileSystem"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type * as Line from "../../src/cli/Line.js"
import * as Settings from "../../src/cli/Settings.js"

const flag = (name: string, takes?: string): Line.Flag => ({ name, spellings: [`--${name}`], takes })

const out = flag("out", "DIR")
const resources = flag("resources", "LIST")
const pageSize = flag("page-size", "N")
const quiet = flag("quiet")
const baseUrl = flag("base-url", "URL")
const secretFile = flag("secret-file", "FILE")
const grammar: Line.Grammar = new Map([
  ["export", [out, resources, pageSize, quiet, baseUrl, secretFile]],
  ["convert", [out, quiet]],
  ["get", [baseUrl, secretFile]]
])

const told = (text: string, isProject = true): string =>
  Either.match(Settings.parse("welkin.json", text, grammar, isProject), {
    onLeft: (failure) => failure.sentence,
    onRight: () => "nothing is wrong"
  })

const line = (command: string, ...options: Line.Line["options"]): Line.Line => ({ command, options, words: [] })

const values = new Map<string, string | boolean>([
  ["out", "./welkin"],
  ["quiet", true],
  ["page-size", "500"],
  ["base-url", "https://welkin.example"],
  ["secret-file", "key"]
])

describe("settings", () => {
  it("keys are options of the export, values texts, numbers, lists and yes or no", () => {
    const read = Settings.parse(
      "welkin.json",
      '{ "out": "./welkin", "page-size": 500, "resources": ["patients", "sms"], "quiet": false }',
      grammar,
      true
    )
    assert.deepStrictEqual(Array.from(Either.getOrThrow(read)), [
      ["out", "./welkin"],
      ["page-size", "500"],
      ["resources", "patients,sms"],
      ["quiet", false]
    ])
  })

  for (const [name, text, says] of [
    ["an unknown key", '{ "otu": "CANARY" }', 'unknown key "otu"; did you mean "out"?'],
    ["a key that is no word", '{ "CANARY one": 1 }', "unknown key."],
    ["a secret", '{ "secret-key": "CANARY" }', 'no secret: "secret-key"'],
    ["a token", '{ "token": "CANARY" }', 'no secret: "token"'],
    ["a value of another type", '{ "quiet": "CANARY" }', '"quiet" that must be true or false'],
    ["an object for a value", '{ "out": { "CANARY": 1 } }', '"out" that must be a text'],
    ["no object", '["CANARY"]', "one JSON object"],
    ["no JSON", "CANARY", "no JSON"],
    ["another host", '{ "base-url": "https://CANARY.example" }', 'must not hold "base-url"'],
    ["somebody's key", '{ "secret-file": "CANARY" }', 'must not hold "secret-file"']
  ] as const) {
    it(`${name} in a project's file: told without the value`, () => {
      assert.include(told(text), says)
      assert.notInclude(told(text), "CANARY")
    })
  }

  it("a user's own file may say where the API is and where the key", () => {
    assert.strictEqual(told('{ "base-url": "https://welkin.example", "secret-file": "/keys/welkin" }', false), "nothing is wrong")
  })

  it("the line comes first, then the environment, then the files", () => {
    const given = { flag: out, value: "elsewhere" }
    const names = (one: Line.Line) => one.options.map((option) => [option.flag.name, option.value])
    assert.deepStrictEqual(names(Settings.complete(line("export", given), grammar, values, {})), [
      ["out", "elsewhere"],
      ["page-size", "500"],
      ["quiet", undefined],
      ["base-url", "https://welkin.example"],
      ["secret-file", "key"]
    ])
    const env = { WELKIN_BASE_URL: "https://other.example", WELKIN_SECRET_KEY: "k" }
    assert.deepStrictEqual(names(Settings.complete(line("get"), grammar, values, env)), [])
    assert.deepStrictEqual(names(Settings.complete(line("get"), grammar, values, { WELKIN_SECRET_KEY_FILE: "f" })), [
      ["base-url", "https://welkin.example"]
    ])
  })

  it("another command takes over what all have in common, not where the export goes", () => {
    assert.deepStrictEqual(
      Settings.complete(line("convert"), grammar, values, {}).options.map((option) => option.flag),
      [quiet]
    )
  })

  for (const [users, projects, expected] of [
    ["v1", "v1", ["base-url", "secret-file"]],
    ["v1", "v8", []],
    [undefined, "v1", []],
    [undefined, undefined, ["base-url", "secret-file"]]
  ] as const) {
    it.effect(`a user's address and secret, kept for ${users ?? "v8"}, where a project asks for ${projects ?? "nothing else"}`, () =>
      Effect.gen(function* () {
        const api = flag("api", "v8 | v1")
        const files: Readonly<Record<string, string>> = {
          "/home/.config/welkin/config.json": JSON.stringify({ api: users, "base-url": "https://welkin.example", "secret-file": "key" }),
          "welkin.json": JSON.stringify({ api: projects })
        }
        const { options } = yield* Settings.completed(line("get"), new Map([...grammar, ["get", [api, baseUrl, secretFile]]]), {
          HOME: "/home"
        }).pipe(Effect.provide(FileSystem.layerNoop({ readFileString: (path) => Effect.succeed(files[path]!) })))
        assert.deepStrictEqual(
          options.flatMap((option) => (option.flag === api ? [] : [option.flag.name])),
          [...expected]
        )
        assert.strictEqual(options.find((option) => option.flag === api)?.value, projects)
      })
    )
  }

  it("of a file of variables only Welkin's count", () => {
    const text =
      "PATH=/bin\nexport WELKIN_TENANT=acme # ours\nWELKIN_INSTANCE=\"demo # 1\"\nWELKIN_API_CLIENT='X'\n#WELKIN_PROXY=env\nNODE_OPTIONS=--x"
    assert.deepStrictEqual(Array.from(Settings.variablesOf(text)), [
      ["WELKIN_TENANT", "acme"],
      ["WELKIN_INSTANCE", "demo # 1"],
      ["WELKIN_API_CLIENT", "X"]
    ])
  })
})
