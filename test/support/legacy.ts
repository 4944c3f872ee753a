/** The legacy generation over a script. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as LegacyClient from "../../src/v1/LegacyClient.js"
import * as Timestamp from "../../src/v1/Timestamp.js"
import * as Scripted from "./scripted.js"

export const options: LegacyClient.Options = {
  clientId: "2f6d1c4b-client",
  clientSecret: Redacted.make("s3cr3t-Example"),
  baseUrl: "https://legacy.example"
}

export const timestamp = (text: string): Timestamp.Timestamp => Option.getOrThrow(Timestamp.fromText(text))

/** What was sent: method, path and query, and the body where there is one. */
const sent = ({ body, method, url }: Scripted.Seen): string | readonly [line: string, body: unknown] => {
  const line = `${method} ${url.pathname}${decodeURIComponent(url.search)}`
  return body === "" ? line : [line, JSON.parse(body)]
}

/** A client whose calls are answered in this order, and what they sent. One call more than there are answers is a defect. */
export const answers = (...replies: ReadonlyArray<Scripted.Reply>) => {
  const seen: Array<Scripted.Seen> = []
  const http = Scripted.httpClient((request) => {
    if (request.url.pathname === "/v1/token") return Effect.succeed({ body: { access_token: "token-1" } })
    const reply = replies[seen.push(request) - 1]
    return reply === undefined ? Effect.dieMessage("one call too many") : Effect.succeed(reply)
  })
  return { layer: LegacyClient.layer(options).pipe(Layer.provide(http)), sent: () => seen.map(sent) }
}
