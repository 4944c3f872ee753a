import { members } from "../../../internal/slices.js"

/** A number as it is written: a double would change some of them. */
export class Numeral {
  constructor(readonly text: string) {}
}

/** An object or array as it is written. */
export class Nested {
  constructor(readonly text: string) {}
}

export type Value = null | boolean | string | Numeral | Nested

/**
 * What a value is, told finely enough to choose how to store it: an `integer` is one as a double too, a `wide` one only in 64 bits; a
 * `decimal` is the number that a double holds, an `inexact` one is not.
 */
export type Type = "null" | "boolean" | "integer" | "wide" | "decimal" | "inexact" | "string" | "object" | "array"

/** The fields of a record, each as the text of its value. A record that is no object is its only field. */
export const fieldsOf = (text: string): ReadonlyMap<string, string> => {
  const found = members(text)
  if (found !== undefined) return found
  if (text.trimStart().startsWith("{")) throw new SyntaxError("an object without an end")
  return new Map([["value", text.trim()]])
}

export const valueOf = (text: string): Value => {
  switch (text[0]) {
    case '"':
      // a slice would keep all the text in memory that it is cut from
      return JSON.parse(text)
    case "t":
      return true
    case "f":
      return false
    case "n":
      return null
    case "{":
    case "[":
      return new Nested(text)
    default:
      return new Numeral(text)
  }
}

/** Sign, digits and exponent of a number, the same however it is written. */
const canonical = (text: string): string | undefined => {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (parts === null) return undefined
  const [, sign, whole, fraction = "", exponent = "0"] = parts
  const digits = `${whole}${fraction}`.replace(/^0+/, "")
  const significant = digits.replace(/0+$/, "")
  const power = Number(exponent) - fraction.length + digits.length - significant.length
  return significant === "" ? `${sign}0` : `${sign}${significant}e${power}`
}

/** Longer ones are no doubles, and comparing them would take its time. */
const longest = 400

const isDouble = (text: string): boolean => {
  const number = Number(text)
  return text.length <= longest && canonical(Object.is(number, -0) ? "-0" : String(number)) === canonical(text)
}

const isInt64 = (text: string): boolean => text.length <= 20 && BigInt(text) === BigInt.asIntN(64, BigInt(text))

const typeOfNumeral = (text: string): Type => {
  if (/^-?\d+$/.test(text) && text !== "-0") {
    if (Number.isSafeInteger(Number(text))) return "integer"
    if (isInt64(text)) return "wide"
  }
  return isDouble(text) ? "decimal" : "inexact"
}

export const typeOf = (text: string): Type => {
  switch (text[0]) {
    case '"':
      return "string"
    case "t":
    case "f":
      return "boolean"
    case "n":
      return "null"
    case "{":
      return "object"
    case "[":
      return "array"
    default:
      return typeOfNumeral(text)
  }
}
