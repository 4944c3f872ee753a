import * as Either from "effect/Either"
import { instant, type JsonObject } from "./json.js"

/** What the service says to a request. */
export interface Reply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | ReadonlyArray<string> }
  readonly body: string | Uint8Array
  /** Left out: in chunks. A file is sent with its length. */
  readonly framing?: "length"
}

/** An answer, or the refusal that takes its place. */
export type Or<A> = Either.Either<A, Reply>

/** JSON that is written already. */
export const jsonText = (status: number, body: string): Reply => ({ status, headers: { "content-type": "application/json" }, body })

export const json = (status: number, value: unknown): Reply => jsonText(status, JSON.stringify(value))

export const empty = (status: number): Reply => ({ status, headers: {}, body: "" })

export interface Problem {
  readonly status: number
  readonly errorCode: string
  readonly componentType: string
  readonly message: string
  readonly details?: JsonObject
}

/** An error as the service words it: a list of one entry. Some entries have no date. */
export const problem = (now: number | undefined, { componentType, details = {}, errorCode, message, status }: Problem): Reply =>
  json(status, [{ errorCode, componentType, message, details, ...(now === undefined ? {} : { date: instant(now) }) }])

/** A refusal of the simulator's own: the service's words for it were never seen, so it says who is speaking. */
export const objection = (now: number, status: number, errorCode: string, message: string, details: JsonObject = {}): Reply =>
  problem(now, { status, errorCode, componentType: "SIMULATOR", message, details })

export const refuse = (reply: Reply): Or<never> => Either.left(reply)
