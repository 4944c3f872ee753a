/*
 * Errors as v1 words them. They name a place and never what stood there.
 */
import * as Reply from "../reply.js"

/** The documented codes, each with its status and title; the last three are the simulator's own. */
const codes = {
  parse_exception: [400, "Parse error"],
  uniqueness_exception: [400, "Not unique"],
  bad_request: [400, "Bad request"],
  unauthorized: [401, "Unauthorized"],
  forbidden: [403, "Forbidden"],
  not_found: [404, "Not found"],
  resource_not_found: [404, "Resource not found"],
  too_many_requests: [429, "Too many requests"],
  not_simulated: [501, "Not simulated"]
} as const

export const make = (code: keyof typeof codes, detail: string, path?: string): Reply.Reply => {
  const [status, title] = codes[code]
  return Reply.json(status, { errors: [{ status, code, title, detail, extra: path === undefined ? null : { path } }] })
}

export const refuse = (...problem: Parameters<typeof make>): Reply.Or<never> => Reply.refuse(make(...problem))

/** What the service says to a token that is none, or none any more. */
export const unauthorized = make("unauthorized", "The token is not valid, or no longer.")

/** What the service says to a client that may not do this. */
export const forbidden = make("forbidden", "The client has no access to this.")

/** What the service says of a path that it does not have. */
export const noRoute = make("not_found", "There is no such route.")
