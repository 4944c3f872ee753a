/*
 * Generators of the values of a schema, such as the service could send them: what Effect's own generators make does not all survive
 * JSON, and holds neither the fields that an open model lets in nor, but by rare chance, the values that an open enum knows.
 */
import * as Arbitrary from "effect/Arbitrary"
import * as FastCheck from "effect/FastCheck"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import * as Codecs from "../../Codecs.js"

type Any = FastCheck.Arbitrary<any>

/** JSON knows but one zero. */
const oneZero = (value: unknown): unknown => (value === 0 ? 0 : value)

const effects = (ast: AST.AST): Any => Arbitrary.make(Schema.make(ast)).map(oneZero)

/** Any value that JSON knows, but for a key that not every parser takes for one. */
export const json: FastCheck.Arbitrary<unknown> = FastCheck.json({ maxDepth: 1 })
  .filter((text) => !text.includes("__proto__"))
  .map((text) => JSON.parse(text) as unknown)

/** Decimals shrink to short ones. */
const decimal = FastCheck.tuple(FastCheck.integer(), FastCheck.nat(3)).map(([digits, places]) => digits / 10 ** places)

/** The first is what the others shrink to. */
const mostly = { withCrossShrink: true }

const number: Any = FastCheck.oneof(
  mostly,
  { arbitrary: decimal, weight: 3 },
  { arbitrary: FastCheck.double({ noNaN: true, noDefaultInfinity: true }), weight: 1 }
).map(oneZero)

const anyText: FastCheck.Arbitrary<string> = FastCheck.oneof(FastCheck.string(), FastCheck.fullUnicodeString())

const id: FastCheck.Arbitrary<string> = FastCheck.oneof(
  mostly,
  { arbitrary: FastCheck.uuid(), weight: 4 },
  { arbitrary: FastCheck.fullUnicodeString({ minLength: 1 }), weight: 1 }
)

/** Text of which some values are known is mostly one of those. */
const text = (ast: AST.AST): Any =>
  Option.match(AST.getExamplesAnnotation(ast), {
    onNone: () => anyText,
    onSome: (known) =>
      FastCheck.oneof(mostly, { arbitrary: FastCheck.constantFrom(...known), weight: 4 }, { arbitrary: anyText as Any, weight: 1 })
  })

/** Names as tenants give them to their fields, and as releases to come may. */
const addedFields = FastCheck.dictionary(FastCheck.constantFrom("ppf-colour", "added_later", "ppf-größe 1"), json, { maxKeys: 2 })

const isOpen = (ast: AST.AST): boolean =>
  Option.exists(AST.getParseOptionsAnnotation(ast), ({ onExcessProperty }) => onExcessProperty === "preserve")

const object = (ast: AST.TypeLiteral): Any => {
  const known = FastCheck.record(Object.fromEntries(ast.propertySignatures.map(({ name, type }) => [name, made(type)])), {
    requiredKeys: ast.propertySignatures.flatMap(({ isOptional, name }) => (isOptional ? [] : [name as string]))
  })
  const others = [
    ...(isOpen(ast) ? [addedFields] : []),
    ...ast.indexSignatures.map(({ parameter, type }) =>
      FastCheck.dictionary(made(parameter), made(type), { maxKeys: 3 }).filter((value) => !Object.hasOwn(value, "__proto__"))
    )
  ]
  return others.length === 0
    ? known
    : FastCheck.tuple(known, ...others).map(([fields, ...more]) => ({
        // what is known is as its field says
        ...Object.fromEntries(more.flatMap(Object.entries).filter(([key]) => ast.propertySignatures.every(({ name }) => name !== key))),
        ...fields
      }))
}

const list = (ast: AST.TupleType): Any => {
  const elements = FastCheck.tuple(...ast.elements.map(({ type }) => made(type)))
  const [rest] = ast.rest
  return rest === undefined
    ? elements
    : FastCheck.tuple(elements, FastCheck.array(made(rest.type), { maxLength: 3 })).map(([first, more]) => [...first, ...more])
}

/** The simplest first: it is what others shrink to. */
const simplest = (ast: AST.AST): number => (AST.isLiteral(ast) ? 0 : AST.isTypeLiteral(ast) ? 2 : 1)

const union = ({ types }: AST.Union): Any => {
  const members = types.filter((member) => !AST.isUndefinedKeyword(member)).toSorted((one, other) => simplest(one) - simplest(other))
  return FastCheck.oneof(mostly, ...members.map(made))
}

const rootOf = (ast: AST.AST): AST.AST => (AST.isRefinement(ast) ? rootOf(ast.from) : ast)

/** Ids are the only texts that have a brand and nothing to say of their form but that they are not empty. */
const isId = (ast: AST.Refinement): boolean =>
  ast === Codecs.Id.ast || (Option.isSome(AST.getBrandAnnotation(ast)) && AST.isStringKeyword(ast.from))

const refined = (ast: AST.Refinement): Any => {
  const root = rootOf(ast)
  if (AST.isStringKeyword(root)) return isId(ast) ? id : effects(ast)
  // JSON has no infinities
  if (AST.isNumberKeyword(root)) return effects(ast).filter(Number.isFinite)
  return made(ast.from).filter((value) => Option.isNone(ast.filter(value, {}, ast)))
}

const madeOf = (ast: AST.AST): Any => {
  if (Option.isSome(AST.getAnnotation(AST.ArbitraryAnnotationId)(ast))) return effects(ast)
  switch (ast._tag) {
    case "TypeLiteral":
      return object(ast)
    case "TupleType":
      return list(ast)
    case "Union":
      return union(ast)
    case "Refinement":
      return refined(ast)
    case "StringKeyword":
      return text(ast)
    case "NumberKeyword":
      return number
    case "UnknownKeyword":
    case "AnyKeyword":
    case "ObjectKeyword":
      return json
    default:
      return effects(ast)
  }
}

const known = new WeakMap<AST.AST, Any>()

const made = (ast: AST.AST): Any => {
  const before = known.get(ast)
  if (before !== undefined) return before
  const fresh = madeOf(ast)
  known.set(ast, fresh)
  return fresh
}

/** The values of a schema. */
export const of = <A, I>(schema: Schema.Schema<A, I>): FastCheck.Arbitrary<A> => made(AST.typeAST(schema.ast))
