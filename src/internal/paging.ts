import * as Option from "effect/Option"
import * as AST from "effect/SchemaAST"
import type { Paging } from "../Endpoint.js"

/** Annotation of a page schema: which style of paging it belongs to. */
export const PagingStyle: unique symbol = Symbol.for("effect-welkin/PagingStyle")

/** The paging style of an answer: its own, or that of a field one level down. */
export const styleOf = (ast: AST.AST): Paging => {
  const own = (one: AST.AST): Paging | undefined => Option.getOrUndefined(AST.getAnnotation<Paging>(one, PagingStyle))
  const found = own(ast)
  if (found !== undefined) return found
  if (!AST.isTypeLiteral(ast)) return "none"
  return ast.propertySignatures.map((property) => own(property.type)).find((style) => style !== undefined) ?? "none"
}
