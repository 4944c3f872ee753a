/*
 * Forms with files, as multipart/form-data carries them.
 */
import * as Either from "effect/Either"
import { bad, type Call } from "./call.js"
import type * as Reply from "./reply.js"

export interface Part {
  readonly name: string
  /** Undefined for a field of text. */
  readonly fileName: string | undefined
  readonly contentType: string | undefined
  readonly bytes: Uint8Array
}

export const isForm = (call: Call): boolean => /^multipart\/form-data\b/i.test(call.headers["content-type"] ?? "")

export const textOf = ({ bytes }: Part): string => new TextDecoder().decode(bytes)

/** The parts of a form, in their order. */
export const parts = (call: Call): Reply.Or<ReadonlyArray<Part>> => {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(call.headers["content-type"] ?? "")
  if (boundary === null || !isForm(call)) return bad(call, "The body is no form.")
  const delimiter = new TextEncoder().encode(`\r\n--${boundary[1] ?? boundary[2]}`)
  const end = new Uint8Array([13, 10, 13, 10])
  const { body } = call
  const found: Array<Part> = []
  // the first delimiter stands at the very beginning, without its line break
  let at = delimiter.length - 2
  if (!startsWith(body, delimiter.subarray(2), 0)) return bad(call, "The form does not begin with its boundary.")
  while (!startsWith(body, new Uint8Array([45, 45]), at)) {
    const headersEnd = indexOf(body, end, at)
    const next = headersEnd === -1 ? -1 : indexOf(body, delimiter, headersEnd + 2)
    if (next === -1) return bad(call, "The form breaks off.")
    const part = read(new TextDecoder().decode(body.subarray(at, headersEnd)), body.slice(headersEnd + end.length, next))
    if (part === undefined) return bad(call, "A part of the form has no name.")
    found.push(part)
    at = next + delimiter.length
  }
  return Either.right(found)
}

const read = (headers: string, bytes: Uint8Array): Part | undefined => {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? ""
  const name = parameter(disposition, "name")
  const contentType = /^content-type:\s*(.*?)\s*$/im.exec(headers)?.[1]
  return name === undefined ? undefined : { name, fileName: parameter(disposition, "filename"), contentType, bytes }
}

/** Browsers and undici write quotes and line breaks within a name as they stand in a URL, others with a backslash. */
const parameter = (disposition: string, name: string): string | undefined =>
  new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, "i")
    .exec(disposition)?.[1]
    ?.replace(/%0D|%0A|%22/gi, decodeURIComponent)
    .replace(/\\(.)/g, "$1")

const startsWith = (bytes: Uint8Array, wanted: Uint8Array, at: number): boolean =>
  wanted.every((byte, offset) => bytes[at + offset] === byte)

const indexOf = (bytes: Uint8Array, wanted: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(wanted[0]!, from); at !== -1; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (startsWith(bytes, wanted, at)) return at
  }
  return -1
}
