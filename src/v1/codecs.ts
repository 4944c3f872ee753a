// What v1 writes in more than one way: flags as text, fields under two names, one thing where a list was promised.
import * as Schema from "effect/Schema"
import type * as Codecs from "../Codecs.js"
import { isRecord } from "../internal/json.js"
import { prepared } from "../internal/prepared.js"

const flagOf = (value: unknown): unknown => {
  if (typeof value !== "string") return value
  const text = value.toLowerCase()
  return text === "true" ? true : text === "false" ? false : value
}

/** A boolean that some answers put in quotes. Sent as a boolean. */
export const Flag: Schema.Schema<boolean, unknown> = prepared(Schema.Boolean, flagOf)

/** A list that some answers give as the one thing in it. */
export const list = <A, I>(item: Schema.Schema<A, I>): Schema.Schema<ReadonlyArray<A>, unknown> =>
  prepared(Schema.Array(item), (value) => (value === null || value === undefined || Array.isArray(value) ? value : [value]))

/** Reads fields under the names they had before as well, and hands them out under the newest. A value under the newest name wins. */
export const renamed = <Self, Fields extends Schema.Struct.Fields>(
  model: Codecs.Open<Self, Fields>,
  names: { readonly [old: string]: keyof Fields & string }
): Codecs.Open<Self, Fields> => {
  const rename = (value: unknown): unknown => {
    if (!isRecord(value)) return value
    const record = { ...value }
    for (const [old, name] of Object.entries(names)) {
      if (!Object.hasOwn(record, old)) continue
      record[name] ??= record[old]
      delete record[old]
    }
    return record
  }
  return Object.assign(prepared(model as unknown as Schema.Schema<Self>, rename), { fields: model.fields }) as any
}

const given = (value: object, names: ReadonlyArray<string>): number =>
  names.filter((name) => (value as Record<string, unknown>)[name] !== undefined).length

const limited =
  (identifier: string, holds: (count: number) => boolean, names: ReadonlyArray<string>) =>
  (self: Schema.Schema<any>): any =>
    self.pipe(Schema.filter((value) => holds(given(value, names)), { identifier: `${identifier} of ${names.join(", ")}` }))

// over each member of a union, so that several of them can be laid over each other

/** One of the fields, and none of the others. */
export type ExactlyOne<A, K extends PropertyKey> = A extends unknown
  ? Omit<A, K> &
      {
        [P in K & keyof A]: { readonly [Q in P]-?: Exclude<A[Q], undefined> } & { readonly [Q in Exclude<K, P>]?: never }
      }[K & keyof A]
  : never

/** One of the fields, or none. */
export type AtMostOne<A, K extends PropertyKey> =
  | ExactlyOne<A, K>
  | (A extends unknown ? Omit<A, K> & { readonly [P in K]?: never } : never)

/** One of the fields, or several. */
export type AtLeastOne<A, K extends PropertyKey> = A extends unknown
  ? Omit<A, K> &
      {
        [P in K & keyof A]: { readonly [Q in P]-?: Exclude<A[Q], undefined> } & Pick<A, Exclude<K & keyof A, P>>
      }[K & keyof A]
  : never

/** A body that takes a field under one of its names, and only one. */
export const exactlyOne = <const K extends string>(
  ...names: ReadonlyArray<K>
): (<A extends { readonly [P in K]?: any }, I>(self: Schema.Schema<A, I>) => Schema.Schema<ExactlyOne<A, K>, I>) =>
  limited("exactly one", (count) => count === 1, names)

/** A body that takes a field under one of its names, or not at all. */
export const atMostOne = <const K extends string>(
  ...names: ReadonlyArray<K>
): (<A extends { readonly [P in K]?: any }, I>(self: Schema.Schema<A, I>) => Schema.Schema<AtMostOne<A, K>, I>) =>
  limited("at most one", (count) => count <= 1, names)

/** A body that wants one of several fields. */
export const atLeastOne = <const K extends string>(
  ...names: ReadonlyArray<K>
): (<A extends { readonly [P in K]?: any }, I>(self: Schema.Schema<A, I>) => Schema.Schema<AtLeastOne<A, K>, I>) =>
  limited("at least one", (count) => count >= 1, names)
