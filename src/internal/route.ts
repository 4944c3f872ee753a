import * as Either from "effect/Either"

/** Names of the `{slots}` of a route template, in order. */
export const slotsOf = (template: string): ReadonlyArray<string> => Array.from(template.matchAll(/\{(\w+)\}/g), (match) => match[1]!)

/** Encodes one path segment; the left side says why the value would leave its segment or cannot be encoded. */
export const segment = (value: string): Either.Either<string, string> => {
  // a URL parser takes "." and ".." for steps, however they are encoded
  if (value === "" || value === "." || value === "..") return Either.left('a segment other than the empty one, "." and ".."')
  if (!isWellFormed(value)) return Either.left("well-formed Unicode")
  return Either.right(encodeURIComponent(value))
}

/** Whether a text has no lone surrogate, which no URL can carry. */
export const isWellFormed = (value: string): boolean => {
  try {
    encodeURIComponent(value)
    return true
  } catch {
    return false
  }
}

/** Fills a route's slots. The left side is the first slot that cannot be filled, and what it wants. */
export const fill = (
  template: string,
  values: Readonly<Record<string, unknown>>
): Either.Either<string, { readonly slot: string; readonly expected: string }> => {
  let refused: { readonly slot: string; readonly expected: string } | undefined
  const path = template.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const encoded = segment(String(values[slot] ?? ""))
    if (Either.isRight(encoded)) return encoded.right
    refused ??= { slot, expected: encoded.left }
    return ""
  })
  return refused === undefined ? Either.right(path) : Either.left(refused)
}

/** Whether a template consists of whole slots and plain literals, so that nothing in it can be taken for a host, a query or a step. */
export const isTemplate = (template: string): boolean => /^(?:\/(?:\{\w+\}|[A-Za-z0-9_~-][A-Za-z0-9._~-]*))+$/.test(template)
