import { assert, describe, it } from "@effect/vitest"
import * as JsonSchema from "../../src/export/JsonSchema.js"
import { kinds } from "../../src/export/Kind.js"

/** Every object of a schema, at any depth. */
const nodesOf = (node: unknown): ReadonlyArray<Record<string, unknown>> => {
  if (Array.isArray(node)) return node.flatMap(nodesOf)
  if (typeof node !== "object" || node === null) return []
  return [node as Record<string, unknown>, ...Object.values(node).flatMap(nodesOf)]
}

describe("JsonSchema.schemaOf", () => {
  for (const { name } of kinds) {
    it(`${name}: an open object whose references lead somewhere`, () => {
      const schema = JsonSchema.schemaOf(name)
      assert.deepStrictEqual(JSON.parse(JSON.stringify(schema)), schema)
      assert.strictEqual(schema.title, name)
      const ways = (schema.anyOf ?? [schema]) as ReadonlyArray<Record<string, any>>
      assert.isAtMost(ways.length, 2)
      for (const way of ways) {
        assert.strictEqual(way.type, "object")
        assert.isNotEmpty(Object.keys(way.properties))
      }
      for (const node of nodesOf(schema)) {
        assert.notStrictEqual(node.additionalProperties, false)
        // ids that stand in a document twice are none
        assert.notProperty(node, "$id")
        const { $ref } = node
        if (typeof $ref === "string") assert.property(schema.$defs, $ref.replace("#/$defs/", ""))
      }
    })
  }

  it("patients: as they are on the wire", () => {
    const schema = JSON.parse(JSON.stringify(JsonSchema.schemaOf("patients")))
    const properties = (schema.anyOf ?? [schema])[0].properties
    assert.deepStrictEqual(properties.createdAt, { anyOf: [{ type: "string" }, { type: "null" }] })
    assert.deepStrictEqual(properties.mrn, { anyOf: [{ type: "string" }, { type: "number" }, { type: "null" }] })
  })

  it("a kind that nobody knows is an object of which nothing is said", () => {
    const { $schema, ...rest } = JsonSchema.schemaOf("unheard-of")
    assert.deepStrictEqual(rest, { title: "unheard-of", type: "object" })
  })
})

describe("JsonSchema.observe", () => {
  it("tells the types of fields, how often each came, and which no record lacks", () => {
    const seen = JsonSchema.observe("things")
    for (const record of [
      '{"id":"CANARY","n":1,"list":[{"a":"CANARY"},{"a":null,"b":[{"c":1}]}],"mixed":[{"a":1},2],"nested":{"CANARY":1}}',
      '{"id":"CANARY","n":1.5,"long":12345678901234567890,"__proto__":true}',
      '{"id":"CANARY","n":null,"list":[]}'
    ]) {
      seen.add(record)
    }
    const schema = JSON.parse(JSON.stringify(seen.schema()))
    assert.strictEqual(schema.description, "As seen in 3 records.")
    assert.deepStrictEqual(schema.required, ["id", "n"])
    // written plainly it would ask for the prototype
    const { ["__proto__"]: own, ...properties } = schema.properties
    assert.deepStrictEqual(own, { type: "boolean", "x-seen": { boolean: 1 } })
    assert.deepStrictEqual(properties, {
      id: { type: "string", "x-seen": { string: 3 } },
      n: { type: ["integer", "null", "number"], "x-seen": { integer: 1, number: 1, null: 1 } },
      list: {
        type: "array",
        items: {
          type: "object",
          properties: {
            a: { type: ["null", "string"], "x-seen": { string: 1, null: 1 } },
            b: { type: "array", "x-seen": { array: 1 } }
          },
          required: ["a"],
          additionalProperties: true
        },
        "x-seen": { array: 2 }
      },
      mixed: { type: "array", "x-seen": { array: 1 } },
      nested: { type: "object", "x-seen": { object: 1 } },
      long: { type: "number", "x-seen": { number: 1 } }
    })
    // keys below the first level can be values, such as the ids of a map
    assert.notInclude(JSON.stringify(schema), "CANARY")
  })
})
