import type * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/** The pieces as text; undefined where they are no UTF-8. A byte order mark stays. */
const textOf = (pieces: ReadonlyArray<Uint8Array>, size: number): string | undefined => {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Reads a body up to a number of bytes, whatever its header says about its length, for half a minute unless told otherwise. It is let go
 * with the scope and not before: on Node that closes the connection, and nobody would hear why.
 */
export const text: (
  request: HttpServerRequest.HttpServerRequest,
  most: number,
  limit: Duration.DurationInput | undefined
) => Effect.Effect<string | undefined, "TooLarge" | "TooSlow" | "Malformed", Scope.Scope> = Effect.fnUntraced(
  function* (request, most) {
    if (Number(request.headers["content-length"] ?? 0) > most) return yield* Effect.fail("TooLarge" as const)
    const pull = yield* Stream.toPull(request.stream)
    const pieces: Array<Uint8Array> = []
    let size = 0
    while (true) {
      const next = yield* pull.pipe(
        Effect.asSome,
        // the end, or a connection that broke
        Effect.catchAll((error) => (Option.isNone(error) ? Effect.succeedNone : Effect.fail("Malformed" as const)))
      )
      if (Option.isNone(next)) return textOf(pieces, size)
      for (const piece of next.value) {
        size += piece.length
        if (size > most) return yield* Effect.fail("TooLarge" as const)
        pieces.push(piece)
      }
    }
  },
  (reading, _, __, limit = "30 seconds") => Effect.timeoutFail(reading, { duration: limit, onTimeout: () => "TooSlow" as const })
)
