import { assert, describe, it } from "@effect/vitest"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import * as Stream from "effect/Stream"
import type * as Codecs from "../../src/Codecs.js"
import * as Multipart from "../../src/internal/multipart.js"

/** The body as bytes, and as the platform's own parser reads it. */
const encoded = Effect.fnUntraced(function* (fields: Parameters<typeof Multipart.encode>[0]) {
  const { content, contentType } = yield* Multipart.encode(fields)
  const bytes = Buffer.concat(Chunk.toReadonlyArray(yield* Stream.runCollect(content)))
  const form = yield* Effect.promise(() => new Response(bytes, { headers: { "content-type": contentType } }).formData())
  return { bytes, contentType, form }
})

const bytesOf = (file: FormDataEntryValue | null) => Effect.promise(() => (file as File).arrayBuffer().then((all) => new Uint8Array(all)))

const pdf = (content: Codecs.File["content"], name = "a.pdf"): Codecs.File => ({ name, contentType: "application/pdf", content })

/** Text that a form may carry; the platform's parser takes a lone CR or LF in a value as it is. */
const text = FastCheck.fullUnicodeString({ maxLength: 20 })

describe("a multipart body", () => {
  it.effect.prop("carries any text and any bytes as they are", [text, FastCheck.uint8Array({ maxLength: 300 })], ([title, content]) =>
    Effect.gen(function* () {
      const { form } = yield* encoded({ title, file: pdf(content) })
      assert.strictEqual(form.get("title"), title)
      assert.deepEqual(yield* bytesOf(form.get("file")), content)
    })
  )

  it.effect("streams parts one after the other, repeats a name for each file, and leaves out what is undefined", () =>
    Effect.gen(function* () {
      const parts = ["one", "two"].map((part) => new TextEncoder().encode(part))
      const { form } = yield* encoded({
        count: 3,
        public: false,
        none: undefined,
        files: [pdf(Stream.fromIterable(parts)), pdf(new Uint8Array([0, 255, 13, 10]), "b.pdf")]
      })
      assert.deepEqual([...form.keys()], ["count", "public", "files", "files"])
      assert.deepEqual([form.get("count"), form.get("public")], ["3", "false"])
      const [first, second] = form.getAll("files") as [File, File]
      assert.deepEqual([first.name, first.type, second.name], ["a.pdf", "application/pdf", "b.pdf"])
      assert.strictEqual(Buffer.from(yield* bytesOf(first)).toString(), "onetwo")
      assert.deepEqual([...(yield* bytesOf(second))], [0, 255, 13, 10])
    })
  )

  for (const name of [
    'a"; filename="b',
    "a\r\nContent-Type: text/html\r\n\r\n<p>",
    "a\nb",
    "a\rb",
    "Grüße 日本 🙂.pdf",
    "%22",
    "../../x",
    'a"b'
  ]) {
    it.effect(`keeps the file name ${JSON.stringify(name)} inside its quotes`, () =>
      Effect.gen(function* () {
        const { bytes, form } = yield* encoded({ [name]: pdf(new Uint8Array([1]), name) })
        assert.lengthOf([...form.keys()], 1)
        const heads = bytes.toString().split("\r\n\r\n")[0]!.split("\r\n")
        assert.lengthOf(heads, 3)
        assert.match(heads[1]!, /^Content-Disposition: form-data; name="[^"\r\n]*"; filename="[^"\r\n]*"$/)
        assert.strictEqual(heads[2], "Content-Type: application/pdf")
        const escaped = name.replace(/"/g, "%22").replace(/\r/g, "%0D").replace(/\n/g, "%0A")
        assert.include(heads[1]!, `filename="${escaped}"`)
      })
    )
  }

  it.effect("has a boundary of its own each time, which no content can know", () =>
    Effect.gen(function* () {
      const all = yield* Effect.replicateEffect(Multipart.encode({}), 50)
      assert.strictEqual(new Set(all.map(({ contentType }) => contentType)).size, 50)
      assert.match(all[0]!.contentType, /^multipart\/form-data; boundary=[a-z0-9-]{1,70}$/)
    })
  )

  it.effect("runs its streams anew each time it is sent", () =>
    Effect.gen(function* () {
      let runs = 0
      const stream = Stream.sync(() => new Uint8Array([++runs]))
      const { content } = yield* Multipart.encode({ file: pdf(stream) })
      assert.strictEqual(runs, 0)
      yield* Stream.runDrain(content)
      yield* Stream.runDrain(content)
      assert.strictEqual(runs, 2)
    })
  )
})
