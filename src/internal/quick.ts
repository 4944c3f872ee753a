/**
 * A transformation may carry a function that decodes without Effect's parser. The compiled decoder uses it; its answer must be
 * the one the ordinary decoder gives, or `refuse`.
 */
export const Quick: unique symbol = Symbol.for("effect-welkin/Quick")

/** What a quick decoder answers to a value that does not fit. */
export const refuse: unique symbol = Symbol.for("effect-welkin/refuse")

export type QuickDecoder = (value: unknown) => unknown
