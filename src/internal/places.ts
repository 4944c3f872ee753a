import type * as ParseResult from "effect/ParseResult"
import type * as AST from "effect/SchemaAST"

/** Where a value broke its schema: the path, what was expected and the type of what was there. Never the value. */
export interface Place {
  readonly path: string
  readonly expected: string
  readonly actual: string
}

const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value)

const leaves = (issue: ParseResult.ParseIssue, path: ReadonlyArray<PropertyKey>, out: Array<Place>): void => {
  const place = (ast: AST.Annotated | undefined, actual: string): void => {
    out.push({ path: path.map(String).join("."), expected: ast === undefined ? "nothing" : String(ast), actual })
  }
  switch (issue._tag) {
    case "Pointer": {
      const more = Array.isArray(issue.path) ? issue.path : [issue.path]
      return leaves(issue.issue, [...path, ...more], out)
    }
    case "Composite": {
      const issues = Array.isArray(issue.issues) ? issue.issues : [issue.issues]
      for (const one of issues) leaves(one, path, out)
      return
    }
    case "Refinement":
      return issue.kind === "Predicate" ? place(issue.ast, typeOf(issue.actual)) : leaves(issue.issue, path, out)
    case "Transformation":
      return issue.kind === "Transformation" ? place(issue.ast, typeOf(issue.actual)) : leaves(issue.issue, path, out)
    case "Missing":
      return place(issue.ast, "undefined")
    case "Unexpected":
      return place(undefined, typeOf(issue.actual))
    case "Type":
    case "Forbidden":
      return place(issue.ast, typeOf(issue.actual))
  }
}

/** The places of a parse error, each once. */
export const of = (error: ParseResult.ParseError): ReadonlyArray<Place> => {
  const out: Array<Place> = []
  leaves(error.issue, [], out)
  return out.filter((one, at) => out.findIndex((other) => other.path === one.path && other.expected === one.expected) === at)
}

/** One line for people. */
export const format = (places: ReadonlyArray<Place>): string =>
  places.map(({ actual, expected, path }) => `${path === "" ? "the whole" : path}: expected ${expected}, got ${actual}`).join("; ")
