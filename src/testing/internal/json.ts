/** A JSON object whose keys nobody vouches for. */
export type JsonObject = { readonly [key: string]: unknown }

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value)

/** An epoch millisecond as the service writes it. */
export const instant = (millis: number): string => new Date(millis).toISOString()
