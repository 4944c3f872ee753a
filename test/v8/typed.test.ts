import { assert, describe, it } from "@effect/vitest"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Codecs from "../../src/Codecs.js"
import * as Typed from "../../src/v8/typed.js"

const fields = {
  needed: Schema.Int,
  nullable: Schema.NullOr(Codecs.Instant),
  exact: Codecs.optional(Schema.String),
  renamed: Schema.propertySignature(Schema.NumberFromString).pipe(Schema.fromKey("f-renamed")),
  renamedNullable: Schema.propertySignature(Schema.NullOr(Schema.Int)).pipe(Schema.fromKey("f-nullable")),
  defaulted: Schema.optionalWith(Schema.String, { default: () => "default" }),
  option: Schema.optionalWith(Schema.String, { as: "Option" }),
  // sends something even where there is nothing: not so in a change
  insisting: Schema.requiredToOptional(Schema.String, Schema.String, {
    decode: Option.some,
    encode: Option.getOrElse(() => "nothing")
  })
}

const encode = (schema: Schema.Schema<any, any>, value: object) => Either.getOrUndefined(Schema.encodeUnknownEither(schema)(value))
const decode = (schema: Schema.Schema<any, any>, value: object) => Either.getOrUndefined(Schema.decodeUnknownEither(schema)(value))

describe("typed fields", () => {
  const partial = Typed.model<any>(Typed.partially(fields))
  const fresh = Typed.model<any>(Typed.creating(fields))

  it("a change may leave out every field, and what is left out is not sent", () => {
    assert.deepStrictEqual(encode(partial, {}), {})
    assert.deepStrictEqual(decode(partial, {}), {})
  })

  it("what a change does hold goes through the field's own codec and key", () => {
    const value = {
      needed: 1,
      nullable: null,
      exact: "a",
      renamed: 2,
      renamedNullable: 3,
      defaulted: "b",
      option: Option.some("c"),
      insisting: "d"
    }
    const wire = { needed: 1, nullable: null, exact: "a", "f-renamed": "2", "f-nullable": 3, defaulted: "b", option: "c", insisting: "d" }
    assert.deepStrictEqual(encode(partial, value), wire)
    assert.deepStrictEqual(decode(partial, wire), value)
  })

  it("a change with a field of the wrong type is refused", () => {
    for (const wrong of [{ needed: "1" }, { renamed: "2" }, { defaulted: null }, { exact: undefined }]) {
      assert.isUndefined(encode(partial, wrong), JSON.stringify(wrong))
    }
  })

  it("a new record needs what cannot be null, and only that", () => {
    const least = { needed: 1, renamed: 2, defaulted: "b", option: Option.none() }
    assert.deepStrictEqual(encode(fresh, least), { needed: 1, "f-renamed": "2", defaulted: "b", insisting: "nothing" })
    for (const missing of ["needed", "renamed", "defaulted"]) {
      const { [missing]: _, ...rest } = least as Record<string, unknown>
      assert.isUndefined(encode(fresh, rest), missing)
    }
  })
})
