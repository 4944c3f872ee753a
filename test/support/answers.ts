import * as Effect from "effect/Effect"
import * as Scripted from "./scripted.js"

/** What was sent: method, path below tenant and instance (or below the origin), query, and the body where there is one. */
export const sent = ({ body, method, url }: Scripted.Seen): string | readonly [line: string, body: unknown] => {
  const line = `${method} ${url.pathname.replace("/acme/demo", "")}${url.search}`
  return body === "" ? line : [line, JSON.parse(body)]
}

/** A client whose calls are answered in this order, and what they sent. One call more than there are answers is a defect. */
export const answers = (...replies: ReadonlyArray<Scripted.Reply>) => {
  const seen: Array<Scripted.Seen> = []
  const layer = Scripted.client((request) => {
    const reply = replies[seen.push(request) - 1]
    return reply === undefined ? Effect.dieMessage("one call too many") : Effect.succeed(reply)
  })
  return { layer, sent: () => seen.map(sent) }
}
