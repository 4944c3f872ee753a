import { assert, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { compile } from "../../src/internal/decoder.js"
import { prepared } from "../../src/internal/prepared.js"
import { refuse } from "../../src/internal/quick.js"

const One = prepared(Schema.Struct({ id: Schema.String }), (value) => (Array.isArray(value) ? value[0] : value))

it("the compiled decoder reads every form by itself, as the ordinary one does", () => {
  // the kernel would fall back to the ordinary decoder, and only be slower
  const quick = compile(One)
  for (const form of [{ id: "a" }, [{ id: "a" }]]) {
    assert.deepStrictEqual(quick(structuredClone(form)), { id: "a" })
    assert.deepStrictEqual(Schema.decodeUnknownSync(One)(form), { id: "a" })
  }
  for (const stranger of [[], "a", [{ id: 1 }], null]) {
    assert.strictEqual(quick(structuredClone(stranger)), refuse)
    assert.strictEqual(Schema.decodeUnknownOption(One)(stranger)._tag, "None")
  }
})
