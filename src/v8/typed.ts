import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type * as AST from "effect/SchemaAST"
import * as Stream from "effect/Stream"
import type { Simplify } from "effect/Types"
import * as Codecs from "../Codecs.js"
import { type Endpoint, TypeId } from "../Endpoint.js"
import { del, get, patch, post, put } from "./endpoint.js"

// What the typed calls of custom data types, profile types and assessments share: the tenant's schema in the place of "any field".

/** A tenant's schema for its own fields: a struct, an open model, or a class, whose records are plain objects all the same. */
export type TenantSchema<F extends Schema.Struct.Fields> = Schema.Schema.AnyNoContext & { readonly fields: F }

/** What a tenant's schema says of a record. */
export type FieldsOf<F extends Schema.Struct.Fields> = Schema.Struct.Type<F>

/** What a tenant's schema asks of a new record: a field without a value reads as null, so one that may be null may be left out. */
export type NewFieldsOf<F extends Schema.Struct.Fields> = Simplify<
  { readonly [K in keyof FieldsOf<F> as null extends FieldsOf<F>[K] ? never : K]: FieldsOf<F>[K] } & {
    readonly [K in keyof FieldsOf<F> as null extends FieldsOf<F>[K] ? K : never]?: FieldsOf<F>[K]
  }
>

const typeOf = (field: Schema.Struct.Field): AST.AST => {
  if (Schema.isSchema(field)) return Schema.typeSchema(field).ast
  const { ast } = field as Schema.PropertySignature.All
  return ast._tag === "PropertySignatureDeclaration" ? Schema.typeSchema(Schema.make(ast.type)).ast : ast.to.type
}

const isNullable = (field: Schema.Struct.Field): boolean => Schema.is(Schema.make<unknown, unknown, never>(typeOf(field)))(null)

/** The field where it is there: its key and its codec stay, its default does not. */
const ifThere = (field: Schema.Struct.Field): Schema.Struct.Field => {
  if (Schema.isSchema(field)) return Codecs.optional(field)
  const { ast } = field as Schema.PropertySignature.All
  if (ast._tag === "PropertySignatureDeclaration") return Codecs.optional(Schema.make(ast.type))
  const { from, to } = ast
  return Schema.makePropertySignature(
    new Schema.PropertySignatureTransformation(
      new Schema.FromPropertySignature(from.type, true, from.isReadonly, from.annotations, from.fromKey),
      new Schema.ToPropertySignature(to.type, true, to.isReadonly, to.annotations, undefined),
      (value) => (Option.isNone(value) ? value : ast.decode(value)),
      (value) => (Option.isNone(value) ? value : ast.encode(value))
    )
  ) as Schema.Struct.Field
}

const mapFields = (fields: Schema.Struct.Fields, change: (field: Schema.Struct.Field) => Schema.Struct.Field): Schema.Struct.Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, change(field as Schema.Struct.Field)]))

/** The fields of a record to be created. */
export const creating = (fields: Schema.Struct.Fields): Schema.Struct.Fields =>
  mapFields(fields, (field) => (isNullable(field) ? ifThere(field) : field))

/** The fields of a change, or of a record of which only a part is shown. */
export const partially = <F extends Schema.Struct.Fields>(
  fields: F
): { readonly [K in keyof F]: Schema.PropertySignature<"?:", any, never, "?:", any> } => mapFields(fields, ifThere) as any

/** An open model whose type is known better than its fields tell. */
export const model = <Self>(fields: Schema.Struct.Fields): Schema.Schema<Self, unknown> => Codecs.open<Self>()(fields) as any

/**
 * Those records of a list of all types that are of one type, which a field tells. One that does not tell it, or whose
 * fields do not fit the schema, is an error.
 */
export const ofType = <A>(
  field: "cdtName" | "pdtName" | "assessmentName",
  name: string,
  within: "jsonBody" | "answers",
  { fields }: TenantSchema<Schema.Struct.Fields>
): (<E, R>(records: Stream.Stream<object, E, R>) => Stream.Stream<A, E | Codecs.ExtensionMismatch, R>) => {
  const typeOf = Codecs.extension(Schema.Struct({ [field]: Schema.String }))
  const read = Codecs.extension(model<A>({ [within]: model(fields) }))
  const match = (record: object) =>
    Effect.flatMap(typeOf(record), (type) => (type[field] === name ? Effect.asSome(read(record)) : Effect.succeedNone))
  return (records) => records.pipe(Stream.mapEffect(match), Stream.filterMap(identity))
}

const constructors = { GET: get, POST: post, PUT: put, PATCH: patch, DELETE: del }

/**
 * The same endpoint with part of its input filled in, and with other schemas for its body and its answer.
 */
export const endpoint = <
  I,
  A,
  R,
  const Given extends keyof I,
  B = "body" extends Given ? never : I extends { readonly body: infer Body } ? Body : never,
  A2 = A
>(
  general: Endpoint<I, A, R>,
  given: Pick<I, Given>,
  facts: { readonly body?: Schema.Schema<B, any>; readonly success?: Schema.Schema<A2, any> }
): Endpoint<Simplify<Omit<I, Given | "body"> & ([B] extends [never] ? unknown : { readonly body: B })>, A2, R> => {
  const { method, pathFields, ...descriptor } = general.descriptor
  const special: any = constructors[method](descriptor.id, descriptor.path, { ...descriptor, path: pathFields, ...facts } as any)
  const kernel = special[TypeId]
  const fill = (input: object) => ({ ...input, ...given })
  return Object.assign((input: object) => special(fill(input)), {
    descriptor: special.descriptor,
    [TypeId]: { ...kernel, encode: () => (slots: any, input: object) => kernel.encode()(slots, fill(input)) }
  }) as any
}
