import * as Data from "effect/Data"
import type * as Stream from "effect/Stream"

/** How the end of a body shows: by its length, by a last chunk, or only by the connection's close. */
export type Framing = "length" | "chunked" | "close"

/** The connection ended inside a body: reset, or closed as if all were well. */
export class Broken extends Data.TaggedError("Broken")<{ readonly how: "reset" | "closed" }> {}

export interface Answer {
  readonly _tag: "Answer"
  readonly status: number
  /** Those of the framing included. Names in lower case. */
  readonly headers: { readonly [name: string]: string | ReadonlyArray<string> }
  readonly framing: Framing
  /** A whole body, or one that comes in pieces and may break. */
  readonly body: string | Uint8Array | Stream.Stream<Uint8Array, Broken>
  /** The head trickles, so many bytes at a time. */
  readonly headDrip: Drip | undefined
  /** What becomes of the connection once the body is out. */
  readonly ending: Ending
}

/** A connection stays, is reset, or is closed on the server's side only. */
export type Ending = "nothing" | "reset" | "halfClose"

export interface Drip {
  readonly bytes: number
  readonly everyMillis: number
}

/** What may be wrong with a TLS handshake. */
export type TlsProblem = "selfSigned" | "expired" | "wrongHost" | "plainHttp"

/** No connection, a connection that ends, or one that stays and is silent. */
export type NoAnswer =
  | { readonly _tag: "Refused" }
  | { readonly _tag: "TlsFailed"; readonly problem: TlsProblem }
  | { readonly _tag: "Reset" }
  | { readonly _tag: "Silence" }

/** What a door does with a request. */
export type Delivery = Answer | NoAnswer

/** The head as it stands on the wire. */
export const headText = ({ headers, status }: Pick<Answer, "status" | "headers">): string => {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one) => `${name}: ${one}\r\n`)
  )
  return `HTTP/1.1 ${status} \r\n${lines.join("")}\r\n`
}
