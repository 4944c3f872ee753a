/*
 * What faults make of a request or of an answer.
 */
import * as Effect from "effect/Effect"
import type { Action } from "../Fault.js"
import type * as Reply from "./reply.js"

type Of<Tag extends Action["_tag"]> = Extract<Action, { readonly _tag: Tag }>

const text = new TextEncoder()

export const bytesOf = (body: string | Uint8Array): Uint8Array => (typeof body === "string" ? text.encode(body) : body)

export const httpDate = (millis: number): string => new Date(millis).toUTCString()

export const rewriteQuery = (query: URLSearchParams, { cap = {}, remove = [], set = {} }: Of<"RewriteQuery">) => {
  const next = new URLSearchParams(query)
  for (const name of remove) next.delete(name)
  for (const [name, value] of Object.entries(set)) next.set(name, value)
  for (const [name, most] of Object.entries(cap)) if (Number(next.get(name) ?? 0) > most) next.set(name, String(most))
  return next
}

const withText = (body: unknown): { readonly type: string | undefined; readonly body: string } => {
  if (body === undefined) return { type: undefined, body: "" }
  return typeof body === "string" ? { type: "text/plain; charset=utf-8", body } : { type: "application/json", body: JSON.stringify(body) }
}

export const lowerCase = <A>(headers: { readonly [name: string]: A }): { readonly [name: string]: A } =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

export const status = ({ body, headers = {}, retryAfter, status }: Of<"Status">, now: number): Reply.Reply => {
  const content = withText(body)
  return {
    status,
    headers: {
      ...(content.type === undefined ? {} : { "content-type": content.type }),
      ...(retryAfter === undefined
        ? {}
        : { "retry-after": typeof retryAfter === "object" ? httpDate(now + retryAfter.dateInSeconds * 1000) : String(retryAfter) }),
      ...lowerCase(headers)
    },
    body: content.body
  }
}

export const replaceBody = (reply: Reply.Reply, { body, contentType }: Of<"ReplaceBody">): Reply.Reply => {
  const content = withText(body)
  const type = contentType ?? content.type
  return { ...reply, headers: type === undefined ? {} : { "content-type": type }, body: content.body }
}

export const replaceBytes = (reply: Reply.Reply, { base64, contentType }: Of<"ReplaceBytes">): Reply.Reply => ({
  ...reply,
  headers: contentType === undefined ? {} : { "content-type": contentType },
  body: Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
})

export const pad = (reply: Reply.Reply, bytes: number): Reply.Reply => ({
  ...reply,
  body: typeof reply.body === "string" ? reply.body + " ".repeat(bytes) : reply.body
})

/** Changes the JSON of an answer; any other answer stays as it is. */
export const editJson = (reply: Reply.Reply, change: (value: unknown) => unknown): Reply.Reply => {
  if (typeof reply.body !== "string" || reply.headers["content-type"] !== "application/json") return reply
  try {
    return { ...reply, body: JSON.stringify(change(JSON.parse(reply.body))) }
  } catch {
    return reply
  }
}

export const gzip = (reply: Reply.Reply, damage: Of<"Gzip">["damage"]): Effect.Effect<Reply.Reply> => {
  const plain = bytesOf(reply.body)
  const says = (body: Uint8Array): Reply.Reply => ({ ...reply, headers: { ...reply.headers, "content-encoding": "gzip" }, body })
  if (damage === "notGzip") return Effect.succeed(says(plain))
  return Effect.promise(async () => {
    const stream = new Blob([plain as BlobPart]).stream().pipeThrough(new CompressionStream("gzip"))
    const whole = new Uint8Array(await new Response(stream).arrayBuffer())
    const half = Math.floor(whole.length / 2)
    if (damage === "flipped") whole[half] = whole[half]! ^ 0xff
    // a gzip stream ends in eight bytes of checksum and length
    return says(damage === "noTrailer" ? whole.slice(0, -8) : damage === "half" ? whole.slice(0, half) : whole)
  })
}
