import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import ts from "typescript"

/** A block of TypeScript inside a document or a docstring. */
export interface Snippet {
  readonly file: string
  /** The line of its first statement, counted from 1. */
  readonly line: number
  readonly code: string
}

const root = fileURLToPath(new URL("../../", import.meta.url))

/** Hand-written documents, and every source file for its docstrings. */
export const documents = (): ReadonlyArray<string> => {
  const below = (folder: string, extension: string, recursive: boolean) =>
    readdirSync(root + folder, { recursive, encoding: "utf8" })
      .filter((name) => name.endsWith(extension))
      .map((name) => `${folder}/${name}`)
  return ["README.md", ...below("docs", ".md", false).filter((file) => file !== "docs/api.md"), ...below("src", ".ts", true)].sort()
}

/**
 * The fenced `ts` blocks of a text, but those tagged `ts ignore`. Of a source file only docstrings count; their margin becomes
 * blanks, so that columns stay true.
 */
export const extract = (file: string, text: string): ReadonlyArray<Snippet> => {
  const snippets: Array<Snippet> = []
  let fence: { readonly close: string; readonly wanted: boolean; readonly line: number; readonly code: Array<string> } | undefined
  text.split("\n").forEach((raw, index) => {
    const margin = file.endsWith(".ts") ? /^\s*\*(?!\/) ?/.exec(raw)?.[0] : ""
    if (margin === undefined) return
    const line = " ".repeat(margin.length) + raw.slice(margin.length)
    if (fence === undefined) {
      const opening = /^\s*(`{3,})(\w*)(.*)$/.exec(line)
      if (opening === null) return
      const [, close = "", language = "", tags = ""] = opening
      fence = { close, wanted: /^(ts|typescript)$/.test(language) && !/\bignore\b/.test(tags), line: index + 2, code: [] }
    } else if (line.trim() === fence.close) {
      if (fence.wanted) snippets.push({ file, line: fence.line, code: fence.code.join("\n") })
      fence = undefined
    } else {
      fence.code.push(line)
    }
  })
  return snippets
}

export const read = (file: string): ReadonlyArray<Snippet> => extract(file, readFileSync(root + file, "utf8"))

/** Each entry of `exports` stands for its source, as it does for a reader who has installed the package. */
const paths = (): Record<string, Array<string>> => {
  const { name, exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8"))
  return Object.fromEntries(
    Object.entries<any>(exports).flatMap(([entry, target]) =>
      target?.types === undefined ? [] : [[name + entry.slice(1), [root + target.types.replace("./dist/", "src/").replace(".d.ts", ".ts")]]]
    )
  )
}

/**
 * Type-checks snippets together, each as a module of its own, and answers what the compiler says about each: `file:line:column`
 * of the document it stands in.
 */
export const check = (snippets: ReadonlyArray<Snippet>): ReadonlyMap<Snippet, ReadonlyArray<string>> => {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config, ts.sys, root)
  const own = {
    ...options,
    paths: paths(),
    allowJs: false,
    checkJs: false,
    declaration: false,
    noUnusedLocals: false,
    noUnusedParameters: false
  }

  // They exist only in memory, at the line they have in their document.
  const virtual = new Map(
    snippets.map((snippet, index) => [`${root}.snippets/${index}.ts`, { snippet, text: "\n".repeat(snippet.line - 1) + snippet.code }])
  )
  const host = ts.createCompilerHost(own)
  const { fileExists, readFile } = host
  host.fileExists = (file) => virtual.has(file) || fileExists(file)
  host.readFile = (file) => virtual.get(file)?.text ?? readFile(file)

  const program = ts.createProgram([...virtual.keys()], own, host)
  return new Map(
    Array.from(virtual, ([file, { snippet }]) => {
      const source = program.getSourceFile(file)!
      const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      return [
        snippet,
        diagnostics.map(({ start = 0, messageText }) => {
          const { line, character } = source.getLineAndCharacterOfPosition(start)
          return `${snippet.file}:${line + 1}:${character + 1} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`
        })
      ]
    })
  )
}
