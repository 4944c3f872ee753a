import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import type { File } from "../Codecs.js"

export type Field = string | number | boolean | File | ReadonlyArray<File>

const utf8 = new TextEncoder()

// the escapes of the HTML standard for names inside a form-data header
const quoted = (name: string): string => `"${name.replace(/"/g, "%22").replace(/\r/g, "%0D").replace(/\n/g, "%0A")}"`

const isFile = (field: Exclude<Field, ReadonlyArray<File>>): field is File => typeof field === "object"

/** The body of a multipart/form-data request, streamed part by part. */
export const encode = (
  fields: Readonly<Record<string, Field | undefined>>
): Effect.Effect<{ contentType: string; content: Stream.Stream<Uint8Array> }> =>
  Effect.map(Effect.replicateEffect(Random.nextIntBetween(0, 2 ** 31), 4), (numbers) => {
    const boundary = `welkin-${numbers.map((one) => one.toString(36)).join("")}`
    const part = (name: string, field: Exclude<Field, ReadonlyArray<File>>): Stream.Stream<Uint8Array> => {
      const open = `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}`
      if (!isFile(field)) return Stream.succeed(utf8.encode(`${open}\r\n\r\n${field}\r\n`))
      const content = field.content instanceof Uint8Array ? Stream.succeed(field.content) : field.content
      return Stream.succeed(utf8.encode(`${open}; filename=${quoted(field.name)}\r\nContent-Type: ${field.contentType}\r\n\r\n`)).pipe(
        Stream.concat(content),
        Stream.concat(Stream.succeed(utf8.encode("\r\n")))
      )
    }
    const parts = Object.entries(fields).flatMap(([name, field]) =>
      field === undefined
        ? []
        : (Array.isArray(field) ? (field as ReadonlyArray<File>) : [field as Exclude<Field, ReadonlyArray<File>>]).map((one) =>
            part(name, one)
          )
    )
    return {
      contentType: `multipart/form-data; boundary=${boundary}`,
      content: Stream.concat(Stream.flatten(Stream.fromIterable(parts)), Stream.succeed(utf8.encode(`--${boundary}--\r\n`)))
    }
  })
