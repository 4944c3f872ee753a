/** A JSON object whose keys nobody vouches for. */
export type JsonObject = { readonly [key: string]: unknown }

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value)

const texts = new WeakMap<object, string>()

/** The JSON of a record, which nobody changes. */
export const textOf = (record: object): string => {
  const known = texts.get(record)
  if (known !== undefined) return known
  const text = JSON.stringify(record)
  texts.set(record, text)
  return text
}

/** An epoch millisecond as the service writes it. */
export const instant = (millis: number): string => new Date(millis).toISOString()
