/**
 * Marked values that must be seen nowhere but in the data, and the search for them.
 *
 * Every mark repeats itself within eight characters, so that any eight of them in a row hold a needle of the search.
 */
import type { Json } from "./json.js"

const word = "zqxjzqxjzqxj"

/** What stands in for secrets, tokens and names. */
export const text = word

const uuid = "cafe1907-cafe-4907-8afe-cafe1907cafe"
const day = "1907-07-19"

/** Marks of the shape that a text has, the likeliest first. */
const marksOf = (value: string): ReadonlyArray<string> => {
  if (/^\d{4}-\d{2}-\d{2}/.test(value)) return [day + value.slice(day.length)]
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value)) return [uuid]
  if (value.includes("@")) return [`${word}@canary.example`]
  if (/^\+\d/.test(value)) return ["+19071907190"]
  if (/^https?:/.test(value)) return [`https://${word}.canary.example/${word}`]
  return [`${word} "${word}" \\ ${word}é`, word]
}

const marksOfAny = (value: Json): ReadonlyArray<Json> => {
  if (typeof value === "string") return marksOf(value)
  if (typeof value === "number") return Number.isInteger(value) ? [1907190719071] : [19071907.1907]
  return []
}

type Path = ReadonlyArray<string | number>

const isNode = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null

const leavesOf = (value: Json, path: Path = []): ReadonlyArray<Path> =>
  isNode(value)
    ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))
    : [path]

const placesOf = (value: Json, path: Path = []): ReadonlyArray<Path> => [
  ...(path.length > 0 ? [path] : []),
  ...(isNode(value)
    ? Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))
    : [])
]

const at = (value: Json, path: Path): Json => path.reduce<any>((inner, key) => inner[key], value)

const put = (value: Json, [key, ...rest]: Path, to: Json): Json => {
  if (key === undefined) return to
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? put(item, rest, to) : item))
  return { ...(value as object), [key]: put((value as any)[key], rest, to) }
}

/** The same value, with a mark in each place where one is taken. */
export const marked = (value: Json, takes: (value: Json) => boolean): Json =>
  leavesOf(value).reduce<Json>((before, path) => {
    for (const mark of marksOfAny(at(before, path))) {
      const after = put(before, path, mark)
      if (takes(after)) return after
    }
    return before
  }, value)

const wrongFor = (value: Json): Json => {
  if (typeof value === "string") return /^\d/.test(value) ? word : { [word]: word }
  return Array.isArray(value) ? { [word]: [word] } : word
}

/** The value with one place after another taken by something marked of the wrong type. */
export const broken = (value: Json): ReadonlyArray<Json> => placesOf(value).map((path) => put(value, path, wrongFor(at(value, path))))

const needles = [
  "zqxjz",
  "qxjzq",
  "xjzqx",
  "jzqxj",
  "cafe1907",
  "1907cafe",
  "4907-8afe",
  "-cafe-4907",
  "1907-07-1",
  "19071907",
  "07190719",
  "canary.ex"
]

/** The middle of a text in Base64, the same whatever stands around it, at each of the three places where it can begin. */
const inBase64 = (needle: string): ReadonlyArray<string> =>
  [0, 1, 2].map((shift) => {
    const bytes = Buffer.from(`${"\0".repeat(shift)}${needle}`)
    const whole = bytes.length - (bytes.length % 3)
    return bytes
      .subarray(0, whole)
      .toString("base64")
      .slice(shift === 0 ? 0 : 4)
      .replace(/=+$/, "")
  })

const escaped = (value: string): string => value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

const inHex = (needle: string): string => Buffer.from(needle).toString("hex")

const percented = (needle: string): string => inHex(needle).replace(/../g, "%$&")

const folded = new RegExp(
  needles
    .flatMap((needle) => [needle, inHex(needle), percented(needle)])
    .map(escaped)
    .join("|"),
  "i"
)
const exact = new RegExp(
  ["zqxjzqxjzqxj", "cafe1907", "1907-07-19", "canary.example"]
    .flatMap(inBase64)
    .flatMap((one) => [one, one.replaceAll("+", "-").replaceAll("/", "_")])
    .map(escaped)
    .join("|")
)

/** What of a mark stands in a text, in any form; undefined where nothing does. */
export const hit = (sink: string): string | undefined => {
  const found = folded.exec(sink) ?? exact.exec(sink)
  if (found === null) return undefined
  return sink.slice(Math.max(0, found.index - 60), found.index + 60)
}
