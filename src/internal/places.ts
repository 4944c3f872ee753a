import * as Option from "effect/Option"
import type * as ParseResult from "effect/ParseResult"
import * as AST from "effect/SchemaAST"

/** Where a value broke its schema: the path, what was expected and the type of what was there. Never the value. */
export interface Place {
  readonly path: string
  readonly expected: string
  readonly actual: string
}

const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value)

/** What a schema asks for, in a few words: the text of a large struct would bury the place. */
const wanted = (ast: AST.AST): string => {
  if (Option.isNone(AST.getIdentifierAnnotation(ast))) {
    if (AST.isTypeLiteral(ast)) return "object"
    if (AST.isTupleType(ast)) return "array"
  }
  return String(ast)
}

// the keys of a map are data, those of a model are not
const keysAreData = (ast: AST.AST, key: PropertyKey): boolean =>
  AST.isTypeLiteral(ast) && ast.indexSignatures.length > 0 && !ast.propertySignatures.some(({ name }) => name === key)

const listed = <A>(one: A | ReadonlyArray<A>): ReadonlyArray<A> => (Array.isArray(one) ? one : [one as A])

const leaves = (issue: ParseResult.ParseIssue, path: ReadonlyArray<PropertyKey>, out: Array<Place>): void => {
  const place = (expected: string, actual: string): void => {
    out.push({ path: path.map(String).join("."), expected, actual })
  }
  switch (issue._tag) {
    case "Pointer":
      return leaves(issue.issue, [...path, ...listed(issue.path)], out)
    case "Composite": {
      for (const one of listed(issue.issues)) {
        if (one._tag !== "Pointer") leaves(one, path, out)
        else {
          const keys = listed(one.path).map((key) => (keysAreData(issue.ast as AST.AST, key) ? "*" : key))
          leaves(one.issue, [...path, ...keys], out)
        }
      }
      return
    }
    case "Refinement":
      return issue.kind === "Predicate" ? place(wanted(issue.ast), typeOf(issue.actual)) : leaves(issue.issue, path, out)
    case "Transformation":
      return issue.kind === "Transformation" ? place(wanted(issue.ast), typeOf(issue.actual)) : leaves(issue.issue, path, out)
    case "Missing":
      return place(wanted(issue.ast.type), "undefined")
    case "Unexpected":
      return place("nothing", typeOf(issue.actual))
    case "Type":
    case "Forbidden":
      return place(wanted(issue.ast), typeOf(issue.actual))
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
