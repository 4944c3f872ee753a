/**
 * A decoder compiled from a Schema's AST into closures, for JSON that was parsed a moment ago and is nobody else's.
 *
 * It checks the value in place and writes only what the type transforms, so that a page of large records costs no second tree.
 * Its answer is deeply equal to the ordinary decoder's (key order aside), or `refuse`. After a refusal the value may be half
 * written: to name the place, parse the text again and give the fresh value to the ordinary decoder.
 */
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import { Quick, type QuickDecoder, refuse } from "./quick.js"

/** Compiles one node under the parse options in force there. */
type Compile = (ast: AST.AST, options: AST.ParseOptions) => QuickDecoder

const unknown: QuickDecoder = (value) => value
const string: QuickDecoder = (value) => (typeof value === "string" ? value : refuse)
const number: QuickDecoder = (value) => (typeof value === "number" ? value : refuse)
const boolean: QuickDecoder = (value) => (typeof value === "boolean" ? value : refuse)
const notNullable: QuickDecoder = (value) => (value === null || value === undefined ? refuse : value)

/** A decoder made when it is first used. */
const lazily = (make: () => QuickDecoder): QuickDecoder => {
  let decode: QuickDecoder | undefined
  return (value) => {
    decode ??= make()
    return decode(value)
  }
}

/** Effect's own parser, which copies. It may not wait here: a value whose transformation is asynchronous is refused. */
const ordinary: Compile = (ast, options) => {
  const decode = ParseResult.decodeUnknownEither(Schema.make<unknown, unknown, never>(ast), options)
  return (value) => Either.getOrElse(decode(value), () => refuse)
}

const refinement = (ast: AST.Refinement, options: AST.ParseOptions, compile: Compile): QuickDecoder => {
  const from = compile(ast.from, options)
  return (value) => {
    const decoded = from(value)
    return decoded === refuse || Option.isSome(ast.filter(decoded, options, ast)) ? refuse : decoded
  }
}

const tuple = (ast: AST.TupleType, options: AST.ParseOptions, compile: Compile): QuickDecoder => {
  const elements = ast.elements.map(({ type }) => compile(type, options))
  const [rest, ...last] = ast.rest.map(({ type }) => compile(type, options))
  const atLeast = ast.elements.filter(({ isOptional }) => !isOptional).length + last.length
  const atMost = rest === undefined ? elements.length : Infinity
  return (value) => {
    if (!Array.isArray(value) || value.length < atLeast || value.length > atMost) return refuse
    const lastFrom = value.length - last.length
    for (let at = 0; at < value.length; at++) {
      const decode = at < elements.length ? elements[at]! : at < lastFrom ? rest! : last[at - lastFrom]!
      const decoded = decode(value[at])
      if (decoded === refuse) return refuse
      if (decoded !== value[at]) value[at] = decoded
    }
    return value
  }
}

/** Does with a key that the type does not list as the options say; false where they forbid it. */
const settleExcess = (value: Record<string, unknown>, key: string, { onExcessProperty }: AST.ParseOptions): boolean => {
  if (onExcessProperty === "error") return false
  if (onExcessProperty !== "preserve") delete value[key]
  return true
}

const struct = (ast: AST.TypeLiteral, options: AST.ParseOptions, compile: Compile): QuickDecoder => {
  const fields = ast.propertySignatures.map(({ isOptional, name, type }) => ({
    name: name as string,
    decode: compile(type, options),
    isOptional,
    // every object answers to these names, so that only the own ones count
    isInherited: name in Object.prototype
  }))
  const known = new Set(fields.map(({ name }) => name))
  return (value) => {
    if (!Predicate.isRecord(value)) return refuse
    for (let at = 0; at < fields.length; at++) {
      const { decode, isInherited, isOptional, name } = fields[at]!
      const encoded = value[name]
      const isMissing = (encoded === undefined || isInherited) && !Object.hasOwn(value, name)
      if (isMissing && isOptional) continue
      if (isMissing && options.exact === true) return refuse
      const decoded = decode(encoded)
      if (decoded === refuse) return refuse
      if (decoded !== encoded || isMissing) value[name] = decoded
    }
    if (options.onExcessProperty === "preserve") return value
    for (const key of Object.keys(value)) {
      if (!known.has(key) && !settleExcess(value, key, options)) return refuse
    }
    return value
  }
}

const record = (signature: AST.IndexSignature, options: AST.ParseOptions, compile: Compile): QuickDecoder => {
  const decodeKey = compile(signature.parameter, options)
  const decode = compile(signature.type, options)
  return (value) => {
    if (!Predicate.isRecord(value)) return refuse
    for (const key of Object.keys(value)) {
      if (decodeKey(key) === refuse) {
        if (!settleExcess(value, key, options)) return refuse
        continue
      }
      const decoded = decode(value[key])
      if (decoded === refuse) return refuse
      // the key is the object's own, so that writing to `__proto__` does not reach the prototype
      if (decoded !== value[key]) value[key] = decoded
    }
    return value
  }
}

const keywords = ["StringKeyword", "NumberKeyword", "BooleanKeyword", "UndefinedKeyword", "NeverKeyword"] as const
const scalars: ReadonlySet<AST.AST["_tag"]> = new Set([...keywords, "Literal", "Enums", "TemplateLiteral"])

/** Whether a type takes no object and gives back what it took: tried in vain, or after another in vain, it harms nothing. */
const isPlain = (ast: AST.AST): boolean => {
  if (Option.isSome(AST.getDecodingFallbackAnnotation(ast))) return false
  if (AST.isRefinement(ast)) return isPlain(ast.from)
  return AST.isUnion(ast) ? ast.types.every(isPlain) : scalars.has(ast._tag)
}

/** A tree of JSON once more. */
const copied = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copied)
  if (!Predicate.isRecord(value)) return value
  const copy = { ...value }
  for (const key of Object.keys(copy)) copy[key] = copied(copy[key])
  return copy
}

const isAnything = (ast: AST.AST): boolean => AST.isUnknownKeyword(ast) && Option.isNone(AST.getDecodingFallbackAnnotation(ast))

const inOrder =
  (first: QuickDecoder, second: QuickDecoder): QuickDecoder =>
  (value) => {
    const decoded = first(value)
    return decoded === refuse ? second(value) : decoded
  }

/**
 * Members in order, as long as no more than one of them can write into the value or change it. Such a one may have another behind it that
 * takes anything: it works on a copy, so that what it refuses is still as it came.
 */
const union = (ast: AST.Union, options: AST.ParseOptions, compile: Compile): QuickDecoder => {
  const last = ast.types[ast.types.length - 1]!
  const members = isAnything(last) ? ast.types.slice(0, -1) : ast.types
  const writing = members.filter((type) => !isPlain(type)).length
  if (writing > 1) return ordinary(ast, options)
  const decode = members.map((type) => compile(type, options)).reduce(inOrder)
  if (members === ast.types) return decode
  return inOrder(writing === 0 ? decode : (value) => decode(copied(value)), unknown)
}

const node = (ast: AST.AST, options: AST.ParseOptions, compile: Compile): QuickDecoder => {
  if (Option.isSome(AST.getDecodingFallbackAnnotation(ast))) return ordinary(ast, options)
  switch (ast._tag) {
    case "UnknownKeyword":
    case "AnyKeyword":
    case "VoidKeyword":
      return unknown
    case "StringKeyword":
      return string
    case "NumberKeyword":
      return number
    case "BooleanKeyword":
      return boolean
    case "ObjectKeyword":
      return (value) => (Predicate.isObject(value) ? value : refuse)
    case "Literal":
      return (value) => (value === ast.literal ? value : refuse)
    case "Enums":
      return (value) => (ast.enums.some(([_, member]) => member === value) ? value : refuse)
    case "Refinement":
      return refinement(ast, options, compile)
    case "TupleType":
      return tuple(ast, options, compile)
    case "TypeLiteral": {
      const [signature, ...more] = ast.indexSignatures
      if (signature === undefined) return ast.propertySignatures.length === 0 ? notNullable : struct(ast, options, compile)
      // a key that two signatures claim is decoded twice from what came
      return more.length + ast.propertySignatures.length === 0 ? record(signature, options, compile) : ordinary(ast, options)
    }
    case "Union":
      return union(ast, options, compile)
    case "Suspend":
      return lazily(() => compile(ast.f(), options))
    case "Transformation":
      return (ast.annotations[Quick] as QuickDecoder | undefined) ?? ordinary(ast, options)
    default:
      return ordinary(ast, options)
  }
}

/** The decoder of a schema, compiled when it is first used. */
export const compile = <A, I>(schema: Schema.Schema<A, I>): ((value: unknown) => A | typeof refuse) => {
  // a recursive type meets its own nodes again, under the same options or under others
  const compiled = new Map<AST.AST, Map<string, QuickDecoder>>()
  const compileNode: Compile = (ast, inherited) => {
    const options = { ...inherited, ...Option.getOrUndefined(AST.getParseOptionsAnnotation(ast)) }
    const inForce = JSON.stringify(options)
    const byOptions = compiled.get(ast) ?? new Map<string, QuickDecoder>()
    const decode = byOptions.get(inForce) ?? node(ast, options, compileNode)
    compiled.set(ast, byOptions.set(inForce, decode))
    return decode
  }
  return lazily(() => compileNode(schema.ast, {})) as (value: unknown) => A | typeof refuse
}
