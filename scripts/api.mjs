// Writes docs/api.md, a table of every call with its HTTP route. With --check it writes nothing and fails if the file is out of date.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { listing } from "./listing.mjs"

const file = new URL("../docs/api.md", import.meta.url)

/**
 * `patients.get` is `get` of the module `Patients`.
 *
 * @param {string} id
 */
const place = (id) => {
  const parts = id.split(".")
  const call = parts.pop() ?? id
  return { module: parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("."), call }
}

/**
 * @param {ReadonlyArray<import("./listing.mjs").Listed>} endpoints
 */
const table = (endpoints) => [
  "| Call | Route | Repeatable | Paging |",
  "| --- | --- | --- | --- |",
  ...endpoints.map(({ id, method, path, safe, paging }) => {
    const { module, call } = place(id)
    return `| \`${module}.${call}\` | \`${method} ${path}\` | ${safe ? "yes" : ""} | ${paging === "none" ? "" : paging} |`
  })
]

const endpoints = await listing()
const generations = [...new Set(endpoints.map(({ generation }) => generation))].sort().reverse()
const text = [
  "# Every call and its route",
  "",
  "Written by `npm run docs` from the endpoints themselves; do not edit. A call is repeatable when it only reads: it is sent again",
  "even if nobody knows whether the first attempt arrived. Paging names the style of a list, which then has `…Stream` and `…Pages` beside it.",
  ...generations.flatMap((generation) => {
    const own = endpoints.filter((endpoint) => endpoint.generation === generation)
    const modules = [...new Set(own.map(({ id }) => place(id).module))]
    return [
      "",
      `## ${generation}`,
      "",
      `${own.length} endpoints, imported from \`effect-welkin/${generation}\`.`,
      ...modules.flatMap((module) => ["", `### ${module}`, "", ...table(own.filter(({ id }) => place(id).module === module))])
    ]
  }),
  ""
].join("\n")

if (!process.argv.includes("--check")) {
  mkdirSync(new URL(".", file), { recursive: true })
  writeFileSync(file, text)
} else if (readFileSync(file, "utf8") !== text) {
  console.error("docs/api.md is out of date: run `npm run docs` and commit it")
  process.exitCode = 1
}
